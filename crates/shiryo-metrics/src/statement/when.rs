//! When a figure is told for: its own time first, then as its status and its neighbours make it.

use super::bind::Binding;
use super::sentence::Sentence;
use super::{chars, period, standing};
use crate::Draft;
use crate::scope::{Nearness, Scope, ScopedPeriod, ScopedStatus};
use shiryo_ja::{Mention, Quantity};
use shiryo_model::{Aggregation, Status};

/// A figure that is bound to its subject, in its sentence.
pub(super) struct Figure<'a, 't> {
    pub(super) s: &'a Sentence<'t>,
    pub(super) m: &'a Mention,
    pub(super) q: &'a Quantity,
    pub(super) b: &'a Binding,
    pub(super) scope: &'a Scope,
    /// The figures of the sentence before it.
    pub(super) prior: &'a [Draft],
    pub(super) aggregation: Aggregation,
}

impl Figure<'_, '_> {
    /// The figure that it goes on from.
    fn base(&self) -> Option<&Draft> {
        self.b.prior.and_then(|i| self.prior.get(i))
    }

    /// The time that its own words, the figure it goes on from or the surroundings tell.
    pub(super) fn told(&self) -> Option<ScopedPeriod> {
        let (s, m, scope) = (self.s, self.m, self.scope);
        let repeated = self.b.frequency.as_ref().is_some_and(|f| f.starts_with('毎'));
        let period = period::of(s, m.chars.start, m.chars.end, scope, self.copied()).filter(|_| !repeated);
        // 16.4%から13.7ポイント増加: the time before is that of what the change is told from.
        let told_from = self.base().filter(|d| {
            let between = chars::string(s.chars, d.chars.end..m.chars.start);
            let change = self.aggregation == Aggregation::Change || self.q.unit == "倍";
            between.starts_with("から") && between.chars().count() <= 4 && change
        });
        let period = period.filter(|p| told_from.and_then(|d| d.period.as_ref()) != Some(p));
        let period = match self.compared() {
            Some((base, now)) if period.is_none() || period == base.period || now.is_some() => {
                now.and_then(|d| d.period.clone()).or_else(|| scope.period.clone())
            }
            _ => period,
        };
        let period = period.map(|p| {
            let p = if self.is_yearly() { period::whole_year(p) } else { p };
            let p = period::months_to(s, m.chars.start, period::summed_up(s, m, p, scope));
            // 繁忙期(3月25日から4月5日まで)の待ち時間は38分で、19分短くなった。
            let p = if tells_what_came(s) { period::before_today(p, scope) } else { p };
            self.of_year_before(p)
        });
        period.or_else(|| self.months_since_begun()).or_else(|| self.reported())
    }

    /// 7月から取扱いを開始した。9か月間の件数は…: so many months from when it was begun.
    fn months_since_begun(&self) -> Option<ScopedPeriod> {
        let begun = self.scope.begun?;
        let (s, at) = (self.s, self.m.chars.start);
        let mut spans = s.quantities().filter(|(_, n, o)| {
            n.chars.end <= at
                && matches!(o.unit.as_str(), "か月" | "か月間")
                && chars::begins_any(s.chars, n.chars.end, &["の", "間の"]).is_some()
        });
        let (_, n, o) = spans.next().filter(|(_, n, _)| s.region(n.chars.start) == s.region(at))?;
        let count = i64::try_from(o.value.trunc().mantissa()).ok().filter(|c| (2..=24).contains(c))?;
        let end = begun.checked_add(jiff::Span::new().months(count)).ok()?.yesterday().ok()?;
        let period = shiryo_model::Period {
            start: Some(begun),
            end: Some(end),
            granularity: shiryo_model::Granularity::Range,
        };
        let label = chars::string(s.chars, n.chars.clone());
        Some(ScopedPeriod { period, label, from: Nearness::Sentence })
    }

    /// 受付件数は184件で、前年度の141件に比べて43件増加した: what a change is told against, and the figure that it is the change of.
    fn compared(&self) -> Option<(&Draft, Option<&Draft>)> {
        const LONGEST: usize = 8;
        const AGAINST: [&str; 6] = ["から", "に比べ", "と比べ", "に対し", "より", "と比較"];
        let (s, at) = (self.s, self.m.chars.start);
        if self.aggregation != Aggregation::Change && self.q.unit != "ポイント" {
            return None;
        }
        let like = |d: &&Draft| d.unit == self.q.unit || self.q.unit == "ポイント" && d.unit == "%";
        let base = self.prior.last().filter(like)?;
        let between = chars::string(s.chars, s.behind_brackets(base.chars.end).min(at)..at);
        let against = AGAINST.iter().any(|w| between.starts_with(w));
        if !against || between.chars().count() > LONGEST || s.region(base.chars.start) != s.region(at) {
            return None;
        }
        let before = self.prior.iter().rev().skip(1).filter(like);
        let now =
            before.filter(|d| s.region(d.chars.start) == s.region(at)).find(|d| d.period != base.period);
        Some((base, now))
    }

    /// 待ち時間は9.5分で、前年度の10.2分から: what is compared with is of the year before the one beside it.
    fn of_year_before(&self, p: ScopedPeriod) -> ScopedPeriod {
        let base = ["前年", "昨年"].iter().any(|w| p.label.starts_with(w) && self.lead().contains(w));
        if !base {
            return p;
        }
        let beside = self.prior.last().filter(|d| d.unit == self.q.unit).and_then(|d| d.period.as_ref());
        // 待機者は14人(4月1日)で、前年度の22人から: the same day of the year before.
        let day = beside.filter(|b| b.period.start == b.period.end && b.period.start.is_some());
        if let Some(day) = day.filter(|_| p.period.start != p.period.end) {
            return ScopedPeriod { label: p.label, ..period::year_before(day.clone()) };
        }
        let same = |b: &ScopedPeriod| b.period == p.period && !b.label.starts_with(['前', '昨']);
        // The paper's own year is not the year before it.
        let own = || {
            let own = self.scope.period.as_ref();
            own.is_some_and(|o| o.period == p.period && o.from <= Nearness::Section)
        };
        if beside.map_or_else(own, same) { period::year_before(p) } else { p }
    }

    /// The time of the figure that this one is a part, a bracket or the change of.
    fn copied(&self) -> Option<&ScopedPeriod> {
        let (s, m) = (self.s, self.m);
        // A change does not happen in the time that it is told from.
        let told_from =
            |d: &&Draft| !s.quantity_at(d.chars.start).is_some_and(|(m, _)| period::is_base(s, m));
        // 会員は214人(3月末)で、うち60歳以上が121人: a part is told for the time of the whole.
        let whole = self.prior.last().filter(|d| {
            let between = chars::string(s.chars, s.behind_brackets(d.chars.end)..m.chars.start);
            let parts = ["で、うち", "、うち", "うち", "で、このうち", "、このうち", "のうち"];
            parts.iter().any(|w| between.starts_with(w))
        });
        let copied = self.base().filter(told_from).or(whole).and_then(|d| d.period.as_ref());
        // 6,214台(前年同期7,380台、15.8%減): the change is that of the figure before the bracket.
        let compared = copied.is_some_and(|p| ["前", "昨"].iter().any(|w| p.label.starts_with(w)));
        let bracket =
            s.paren_of(m.chars.start).filter(|_| compared && self.aggregation == Aggregation::Change);
        let owner = bracket.and_then(|p| self.prior.iter().rfind(|d| d.chars.end <= p.start));
        owner.and_then(|d| d.period.as_ref()).or(copied)
    }

    /// The words right before the number.
    fn lead(&self) -> String {
        const LONGEST: usize = 14;
        let start = self.m.chars.start;
        chars::string(self.s.chars, start.saturating_sub(LONGEST)..start)
    }

    /// Whether it is told for a whole year (年間168回).
    fn is_yearly(&self) -> bool {
        let lead = self.lead();
        let clause = lead.rsplit('、').next().unwrap_or_default();
        self.b.label.starts_with("年間")
            || self.b.frequency.as_deref() == Some("年間")
            || ["年間の", "年間では", "年間で", "年間目標", "年間計画"].iter().any(|w| clause.contains(w))
            || self.s.text.contains("年間の") && self.clause_begins_with("年間の")
    }

    /// Whether the clause that the figure ends begins with these words.
    fn clause_begins_with(&self, words: &str) -> bool {
        const LONGEST: usize = 40;
        let start = self.m.chars.start;
        let before = chars::string(self.s.chars, start.saturating_sub(LONGEST)..start);
        before
            .rsplit(['、', '。'])
            .next()
            .is_some_and(|clause| clause.starts_with(words) && clause.ends_with('は'))
    }

    /// The span that the paper reports on, of a result that nothing nearer dates.
    fn reported(&self) -> Option<ScopedPeriod> {
        let base = ["基準年度", "基準年", "策定時", "当初", "開始時", "開設時"];
        let lead = self.lead();
        if base.iter().any(|w| lead.contains(w)) {
            return None;
        }
        let span = self.scope.reported.as_ref().filter(|_| self.aggregation != Aggregation::Change)?;
        let said = standing::of(self.s, self.m, self.scope, self.base(), None);
        // 補助額 上限2万円: a rule, no result.
        let ruled = || ["上限", "下限", "限度"].iter().any(|w| lead.contains(w));
        said.map_or_else(|| !ruled(), |s| s.status == Status::Actual).then(|| span.clone())
    }

    /// Its status, and whether nothing said one.
    pub(super) fn status(&self, period: Option<&ScopedPeriod>) -> (Option<ScopedStatus>, bool) {
        let (s, m, scope) = (self.s, self.m, self.scope);
        let status = standing::of(s, m, scope, self.base(), period).or_else(|| {
            let ahead = period.and_then(|p| p.period.end).zip(scope.time.reference);
            let over = ahead.is_none_or(|(end, today)| end < today);
            let came = over && standing::of_results(s, m, self.q, self.b);
            came.then_some(ScopedStatus { status: Status::Actual, from: Nearness::Sentence })
        });
        // 4月から2館で試行します。経費は約210万円です: the cost of what is planned.
        let cost =
            self.q.unit == "円" && ["経費", "費用", "費", "委託料"].iter().any(|w| self.b.label.ends_with(w));
        let stands = ["です。", "である。", "となる。", "となります。"].iter().any(|w| s.text.ends_with(w));
        let copula =
            chars::begins_any(s.chars, m.chars.end, &["です", "である", "となる", "となります"]).is_some();
        let of_plan = scope.planned && cost && stands && copula;
        let status = match status {
            Some(told) if of_plan && told.status == Status::Actual => {
                Some(ScopedStatus { status: Status::Plan, ..told })
            }
            told => told,
        };
        let reached = standing::is_reached(&self.b.label, &self.q.unit);
        // 電子契約の割合を5割に引き上げる: a share is aimed at.
        let share = matches!(self.q.unit.as_str(), "%" | "割")
            && ["率", "割合"].iter().any(|w| self.b.label.ends_with(w));
        let raised = ["に引き上げる", "に高める", "まで引き上げる", "まで高める", "とする。"];
        let aimed = share && chars::begins_any(s.chars, m.chars.end, &raised).is_some();
        let status = status.map(|told| match told.status {
            Status::Plan if aimed => ScopedStatus { status: Status::Target, ..told },
            Status::Target | Status::Plan if reached => ScopedStatus { status: Status::Actual, ..told },
            _ => told,
        });
        (status, status.is_none())
    }

    /// The time as the status makes it.
    pub(super) fn settled(
        &self,
        period: Option<ScopedPeriod>,
        status: Option<ScopedStatus>,
    ) -> Option<ScopedPeriod> {
        let period = period.filter(|p| !is_past_of_plan(p, status, &self.b.label, self.scope));
        let period = match status {
            Some(told) if told.status == Status::Actual => period.and_then(|p| self.come(p, told.from)),
            _ => period,
        };
        period.and_then(|p| self.settled_by(p, status))
    }

    /// The time of what happened: it had come when the paper was written.
    fn come(&self, p: ScopedPeriod, said: Nearness) -> Option<ScopedPeriod> {
        let (s, scope) = (self.s, self.scope);
        let own = || scope.period.clone().filter(|own| !is_ahead(own, scope));
        let was = p.period.clone();
        let p = period::before_today(p, scope);
        // 放送設備48基のうち5基は12月中に直す予定である: when that will be is no time of how many there are.
        let mut behind = s.times().filter(|(t, _)| t.chars.start >= self.m.chars.end);
        let ahead =
            p.period != was && behind.any(|(t, _)| chars::string(s.chars, t.chars.clone()) == p.label);
        let p = if ahead { own()? } else { p };
        if !is_ahead(&p, scope) {
            return Some(period::counted_since(p, scope));
        }
        // What happened did not happen in a year to come that a heading tells of an aim.
        if p.from <= Nearness::Section {
            return self.reported();
        }
        // 令和11年度の目標には遠く、受診率は24.6%にとどまっている.
        let alone = || self.prior.last().is_none_or(|d| d.period.as_ref() == Some(&p));
        if said == Nearness::Clause && period::is_year(&p) && alone() {
            return own().or_else(|| self.reported());
        }
        Some(period::counted_since(p, scope))
    }

    /// The time as the figures beside it and the kind of quantity make it.
    pub(super) fn shared(
        &self,
        period: Option<ScopedPeriod>,
        status: Option<ScopedStatus>,
    ) -> Option<ScopedPeriod> {
        // 上半期の状況 … 年間では168回を見込む: of the year of what is reported.
        let ahead = status.is_some_and(|s| matches!(s.status, Status::Forecast | Status::Plan));
        let whole = || {
            let span = self.scope.reported.clone().or_else(|| self.scope.outer.clone());
            span.map(period::whole_year).filter(period::is_year)
        };
        let period = period.or_else(|| if ahead && self.is_yearly() { whole() } else { None });
        let period = period.map(|p| self.year_of_flow(&p).unwrap_or(p));
        let period = period.or_else(|| self.measured_against()).or_else(|| self.set_beside());
        // What an event cost is told of its year, not of its day.
        let label = &self.b.label;
        let money = ["費", "額", "予算", "決算"].iter().any(|w| label.ends_with(w));
        let spent = self.q.unit == "円" && money;
        let budget = spent && label.contains("予算");
        // What stands at a day (基金 at 年度末) is of that day.
        let stands = |p: &ScopedPeriod| ["末", "現在", "時点"].iter().any(|w| p.label.contains(w));
        let yearly = |p: &ScopedPeriod| budget || spent && p.from <= Nearness::Sentence && !stands(p);
        period.map(|p| if yearly(&p) { period::year_of_day(p) } else { p })
    }

    /// 年度末時点の手続は318件となった。申請件数は…: what is counted over the report's year, for a day that the sentence before
    /// told.
    fn year_of_flow(&self, p: &ScopedPeriod) -> Option<ScopedPeriod> {
        let day = p.from == Nearness::Sentence && p.period.start == p.period.end;
        let year = self.scope.outer.as_ref().filter(|outer| day && period::is_year(outer))?;
        let (text, label) = (&self.s.text, &self.b.label);
        let spent = ["費", "委託料", "購入額"].iter().any(|w| label.ends_with(w));
        let within = ["年度中に", "年度内に", "年間に"].iter().any(|w| text.contains(w));
        // 漏水31か所を修繕したことによる。
        let ends = |w: &&str| text.trim_end_matches('。').ends_with(w);
        let done = ["したことによる", "を行った", "を実施した"].iter().any(ends);
        (spent || within || done || FLOWS.iter().any(|w| label.contains(w))).then(|| year.clone())
    }

    /// 効果額は3億1,240万円となり、目標の3億円を上回った: what a result is measured against is of its time.
    fn measured_against(&self) -> Option<ScopedPeriod> {
        const AGAINST: [&str; 5] = ["を上回", "を下回", "に届", "に達し", "に対し"];
        // 計画額(2億9,400万円)を2,450万円上回った
        let bracket = self.s.paren_of(self.m.chars.start).filter(|p| p.end == self.m.chars.end);
        let end = bracket.map_or(self.m.chars.end, |p| p.end + 1);
        let beyond = || {
            let over = chars::begins(self.s.chars, end, "を")?;
            let by = self.s.quantities().find(|(_, q, _)| (over..=over + 1).contains(&q.chars.start))?.1;
            chars::begins_any(self.s.chars, by.chars.end, &["上回", "下回"])
        };
        chars::begins_any(self.s.chars, end, &AGAINST).or_else(beyond)?;
        self.prior.last().filter(|d| d.unit == self.q.unit)?.period.clone()
    }

    /// 98基(予算120基), 実績480万円 / 目標500万円: the time of the figure that this one was set for.
    fn set_beside(&self) -> Option<ScopedPeriod> {
        const SET: [&str; 7] = ["予算", "計画", "目標", "見込み", "見込", "想定", "当初"];
        let (s, m) = (self.s, self.m);
        let lead = self.lead();
        if !SET.iter().any(|w| lead.trim_end().ends_with(w)) {
            return None;
        }
        let bracket = s.paren_of(m.chars.start);
        let before =
            |d: &&Draft| bracket.as_ref().is_some_and(|p| (d.chars.end..=d.chars.end + 1).contains(&p.start));
        let next_to = |d: &&Draft| {
            let between = chars::string(s.chars, d.chars.end..m.chars.start);
            let signs = between.trim_start_matches([' ', '/', '／', '、', '・']);
            d.unit == self.q.unit && signs.chars().count() <= 6 && signs.len() < between.len()
        };
        let owner = self.prior.iter().rfind(before).or(self.prior.last().filter(next_to));
        owner?.period.clone()
    }

    /// A period as the status makes it: what happened up to a day (9月末までの件数) did so since it was begun or since the
    /// year began, and what is so is not of a time that an earlier sentence only planned for.
    fn settled_by(&self, p: ScopedPeriod, status: Option<ScopedStatus>) -> Option<ScopedPeriod> {
        let (s, m, scope) = (self.s, self.m, self.scope);
        // 令和6年度の件数は、12月末までで6,924件となり、9,100件に達する見込み: of the year.
        if status.is_some_and(|s| matches!(s.status, Status::Forecast | Status::Plan)) {
            let past = p.period.end.zip(scope.time.reference).filter(|(end, today)| end < today);
            let upto = p.label.ends_with("まで") || period::goes_up_to(s, &p.label);
            let year = past.filter(|_| upto).and_then(|(end, _)| period::whole_around(s, m.chars.start, end));
            return Some(year.unwrap_or(p));
        }
        if status.is_none_or(|s| s.status != Status::Actual) || self.b.label.contains("累計") {
            return Some(p);
        }
        let ahead = p.period.start.zip(scope.time.reference).is_some_and(|(start, today)| start > today);
        if ahead && p.from == Nearness::Sentence {
            return scope.result.clone().or_else(|| scope.outer.clone());
        }
        let day = p.period.end.filter(|end| p.period.start.is_none_or(|start| start == *end));
        match day {
            Some(end) if p.label.contains("まで") || period::goes_up_to(s, &p.label) => {
                Some(self.up_to(p, end))
            }
            _ => Some(p),
        }
    }

    /// The time of what is counted up to a day.
    fn up_to(&self, mut p: ScopedPeriod, mut end: jiff::civil::Date) -> ScopedPeriod {
        let (s, m, scope) = (self.s, self.m, self.scope);
        // 令和5年10月に稼働し、3月までの利用は…: the March after it.
        let yearless = !p.label.contains(['年', '/', '.']);
        let later = end.checked_add(jiff::Span::new().years(1)).ok();
        let over = later.zip(scope.time.reference.or(scope.written)).is_none_or(|(end, today)| end <= today);
        if yearless && over && period::since(s, m.chars.start, end).is_some_and(|begun| begun > end) {
            end = later.unwrap_or(end);
            p.period.end = Some(end);
        }
        // 令和5年度末までに126手続がオンラインで申請できるようになった: how many there are then.
        let clause = chars::string(s.chars, m.chars.end..s.chars.len());
        let clause = chars::clause_behind(&clause);
        let state = ["ており", "ている", "ようになった", "ようになりました", "対応済み", "対応済"];
        let things = ["手続", "業務", "課", "個", "本", "施設", "か所", "校", "システム", "種類"];
        let counted = s.quantity_at(m.chars.start).is_some_and(|(_, o)| things.contains(&o.unit.as_str()));
        // 9月末までに68手続を追加した: so many of them came.
        let lead = self.lead();
        let came = ["追加", "新たに", "加え", "拡充", "増や", "減ら", "廃止", "新規"]
            .iter()
            .any(|w| clause.contains(w) || lead.contains(w));
        let things = matches!(self.q.unit.as_str(), "手続" | "業務" | "システム") && !came;
        if counted && p.label.contains('末') && (things || state.iter().any(|w| clause.ends_with(w))) {
            p.period.start = Some(end);
            return p;
        }
        let year = period::year_around(s, m.chars.start, end)
            .or_else(|| period::year_of(scope.period.as_ref(), end));
        // デマンド交通(10月1日から実証運行): the heading says since when.
        let headed = scope.period.as_ref().filter(|p| p.period.end.is_none()).and_then(|p| p.period.start);
        // 昨年6月に始まり… 今年度は10月までに92回: within the year that the sentence tells.
        let told = |b: &jiff::civil::Date| year.is_none_or(|first| *b > first);
        let begun = scope
            .begun
            .filter(told)
            .or_else(|| period::since(s, m.chars.start, end))
            .or(headed)
            .filter(|day| *day < end);
        p.period.start = begun.or(year).or_else(|| period::april_before(end)).or(p.period.start);
        p
    }
}

/// Whether a sentence tells what happened, and nothing that is still ahead.
fn tells_what_came(s: &Sentence) -> bool {
    let told = s.text.trim_end_matches('。').ends_with('た');
    told && !["予定", "見込", "計画", "目標", "予算"].iter().any(|w| s.text.contains(w))
}

/// Whether a time had not begun when the paper was written.
fn is_ahead(p: &ScopedPeriod, scope: &Scope) -> bool {
    let today = scope.time.reference.or(scope.written);
    p.period.start.zip(today).is_some_and(|(start, today)| start > today)
}

/// Words in names of quantities that are counted over a time.
const FLOWS: [&str; 17] = [
    "徴収率",
    "収納率",
    "電子申請率",
    "受診率",
    "申請件数",
    "利用件数",
    "利用者数",
    "相談件数",
    "受付件数",
    "参加者数",
    "開催",
    "利用回数",
    "回収量",
    "発行件数",
    "受講者数",
    "来館者数",
    "貸出",
];

/// A time that only the surroundings tell, and that was over when the paper was written, is not that of what is still
/// planned in it.
fn is_past_of_plan(p: &ScopedPeriod, status: Option<ScopedStatus>, label: &str, scope: &Scope) -> bool {
    let ahead = status
        .is_some_and(|s| matches!(s.status, Status::Plan | Status::Forecast) && s.from >= Nearness::Section);
    let past = p.period.end.zip(scope.time.reference).is_some_and(|(end, today)| end < today);
    // 予算額, 計画値 of a year that is over are told beside its results.
    let set = ["予算", "計画", "見込", "定員", "予定"].iter().any(|w| label.contains(w));
    // 令和4年度計画 over a cell says both, and so do 令和4年度 over it and 年度別計画 beside it.
    let header = |from| matches!(from, Nearness::Column | Nearness::Row | Nearness::Caption);
    // 経費(令和6年度決算見込み): so does a heading that expects what the year that has just ended comes to.
    let expected = |s: ScopedStatus| s.status == Status::Forecast && s.from == Nearness::Section;
    let together = header(p.from) && status.is_some_and(|s| header(s.from))
        || p.from == Nearness::Section && status.is_some_and(expected);
    ahead && past && p.from < Nearness::Clause && !set && !together
}
