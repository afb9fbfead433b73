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
        let period = period.map(|p| if self.is_yearly() { period::whole_year(p) } else { p });
        let period = period.map(|p| period::months_to(s, m.chars.start, period::summed_up(s, m, p, scope)));
        // 繁忙期(3月25日から4月5日まで)の待ち時間は38分で、19分短くなった。
        let told = s.text.trim_end_matches('。').ends_with('た');
        let came = told && !["予定", "見込", "計画", "目標", "予算"].iter().any(|w| s.text.contains(w));
        let period = period.map(|p| if came { period::before_today(p, scope) } else { p });
        // 待ち時間は9.5分で、前年度の10.2分から: the year before the one that it is compared with.
        let beside = self.prior.last().filter(|d| d.unit == self.q.unit).and_then(|d| d.period.as_ref());
        let period = period.map(|p| {
            let same = beside.is_some_and(|b| b.period == p.period && !b.label.starts_with(['前', '昨']));
            let lead = self.lead();
            let base = ["前年", "昨年"].iter().any(|w| p.label.starts_with(w) && lead.contains(w));
            // The paper's own year is not the year before it.
            let own =
                || scope.period.as_ref().is_some_and(|o| o.period == p.period && o.from <= Nearness::Section);
            // 待機者は14人(4月1日)で、前年度の22人から: the same day of the year before.
            let day = beside.filter(|b| b.period.start == b.period.end && b.period.start.is_some());
            match day.filter(|_| base && p.period.start != p.period.end) {
                Some(day) => ScopedPeriod { label: p.label, ..period::year_before(day.clone()) },
                None if base && (same || beside.is_none() && own()) => period::year_before(p),
                None => p,
            }
        });
        period.or_else(|| self.reported())
    }

    /// The time of the figure that this one is a part, a bracket or the change of.
    fn copied(&self) -> Option<&ScopedPeriod> {
        let (s, m) = (self.s, self.m);
        // A change does not happen in the time that it is told from.
        let told_from = |d: &&Draft| !kept_mention(s, d).is_some_and(|m| period::is_base(s, m));
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
            || ["年間の", "年間では", "年間で"].iter().any(|w| clause.contains(w))
    }

    /// The span that the paper reports on, of a result that nothing nearer dates.
    fn reported(&self) -> Option<ScopedPeriod> {
        let span = self.scope.reported.as_ref().filter(|_| self.aggregation != Aggregation::Change)?;
        let said = standing::of(self.s, self.m, self.scope, self.base(), None);
        said.is_none_or(|s| s.status == Status::Actual).then(|| span.clone())
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
        let reached = standing::is_reached(&self.b.label, &self.q.unit);
        // 電子契約の割合を5割に引き上げる: a share is aimed at.
        let share = matches!(self.q.unit.as_str(), "%" | "割")
            && ["率", "割合"].iter().any(|w| self.b.label.ends_with(w));
        let raised = ["に引き上げる", "に高める", "まで引き上げる", "まで高める", "とする。"];
        let aimed = share && raised.iter().any(|w| chars::begins(s.chars, m.chars.end, w).is_some());
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
        // 放送設備48基のうち5基は12月中に直す予定である: when that will be is no time of how many there are.
        let behind = |p: &ScopedPeriod| {
            let end = self.m.chars.end;
            self.s
                .times()
                .any(|(t, _)| t.chars.start >= end && chars::string(self.s.chars, t.chars.clone()) == p.label)
        };
        let period = match status {
            Some(ScopedStatus { status: Status::Actual, .. }) => period.and_then(|p| {
                let before = period::before_today(p.clone(), self.scope);
                let ahead = before != p && behind(&p);
                if ahead {
                    self.scope.period.clone().filter(|own| !is_ahead(own, self.scope))
                } else {
                    Some(before)
                }
            }),
            _ => period,
        };
        let period = match (status, period) {
            // What happened did not happen in a year to come that a heading tells of an aim.
            (Some(ScopedStatus { status: Status::Actual, .. }), Some(p)) if is_to_come(&p, self.scope) => {
                self.reported()
            }
            // 令和11年度の目標には遠く、受診率は24.6%にとどまっている.
            (Some(ScopedStatus { status: Status::Actual, from: Nearness::Clause }), Some(p))
                if is_ahead(&p, self.scope)
                    && period::is_year(&p)
                    && self.prior.last().is_none_or(|d| d.period.as_ref() == Some(&p)) =>
            {
                self.scope.period.clone().filter(|own| !is_ahead(own, self.scope)).or_else(|| self.reported())
            }
            (Some(ScopedStatus { status: Status::Actual, .. }), Some(p)) => {
                Some(period::counted_since(p, self.scope))
            }
            (_, period) => period,
        };
        period.and_then(|p| settled_by(p, status, &self.b.label, self.s, self.m, self.scope))
    }

    /// The time as the figures beside it and the kind of quantity make it.
    pub(super) fn shared(
        &self,
        period: Option<ScopedPeriod>,
        status: Option<ScopedStatus>,
    ) -> Option<ScopedPeriod> {
        let (s, m, scope, label) = (self.s, self.m, self.scope, &self.b.label);
        // 上半期の状況 … 年間では168回を見込む: of the year of what is reported.
        let ahead = status.is_some_and(|s| matches!(s.status, Status::Forecast | Status::Plan));
        let whole = || {
            let span = scope.reported.clone().or_else(|| scope.outer.clone());
            span.map(period::whole_year).filter(period::is_year)
        };
        let period = period.or_else(|| whole().filter(|_| ahead && self.is_yearly()));
        // 年度末時点の手続は318件となった。申請件数は…: what is counted over the report's year.
        let spent = ["費", "経費", "委託料", "購入額"].iter().any(|w| label.ends_with(w));
        let within = ["年度中に", "年度内に", "年間に"].iter().any(|w| s.text.contains(w));
        // 漏水31か所を修繕したことによる。
        let done = ["したことによる", "を行った", "を実施した"]
            .iter()
            .any(|w| s.text.trim_end_matches('。').ends_with(w));
        let flows = spent || within || done || FLOWS.iter().any(|w| label.contains(w));
        let year = scope.outer.as_ref().filter(|p| flows && period::is_year(p));
        let period = period.map(|p| match year {
            Some(year) if p.from == Nearness::Sentence && p.period.start == p.period.end => year.clone(),
            _ => p,
        });
        // 効果額は3億1,240万円となり、目標の3億円を上回った: what a result is measured against is of its time.
        let against = ["を上回", "を下回", "に届", "に達し", "に対し"];
        let against = against.iter().any(|w| chars::begins(s.chars, m.chars.end, w).is_some());
        let result = || self.prior.last().filter(|d| d.unit == self.q.unit).and_then(|d| d.period.clone());
        let period = period.or_else(|| result().filter(|_| against));
        // 98基(予算120基): beside the figure that it was set for.
        let beside = |d: &&Draft| {
            s.paren_of(m.chars.start).is_some_and(|p| (d.chars.end..=d.chars.end + 1).contains(&p.start))
        };
        let lead = self.lead();
        let set = ["予算", "計画", "目標", "見込み", "見込", "想定", "当初"]
            .iter()
            .any(|w| lead.trim_end().ends_with(w));
        // 実績480万円 / 目標500万円.
        let next_to = |d: &&Draft| {
            let between = chars::string(s.chars, d.chars.end..m.chars.start);
            let signs = between.trim_start_matches([' ', '/', '／', '、', '・']);
            d.unit == self.q.unit && signs.chars().count() <= 6 && signs.len() < between.len()
        };
        let owner = || {
            let owner = self.prior.iter().rfind(beside).or(self.prior.last().filter(next_to));
            owner.and_then(|d| d.period.clone())
        };
        let period = period.or_else(|| owner().filter(|_| set));
        // What an event cost is told of its year, not of its day.
        let money = ["経費", "費", "額", "予算", "決算"].iter().any(|w| label.ends_with(w));
        let spent = self.q.unit == "円" && money;
        let budget = spent && label.contains("予算");
        // What stands at a day (基金 at 年度末) is of that day.
        let stands = |p: &ScopedPeriod| ["末", "現在", "時点"].iter().any(|w| p.label.contains(w));
        let yearly = |p: &ScopedPeriod| budget || spent && p.from <= Nearness::Sentence && !stands(p);
        period.map(|p| if yearly(&p) { period::year_of_day(p) } else { p })
    }
}

/// Whether a heading's or the paper's time had not begun when the paper was written.
fn is_to_come(p: &ScopedPeriod, scope: &Scope) -> bool {
    let today = scope.time.reference.or(scope.written);
    p.from <= Nearness::Section && p.period.start.zip(today).is_some_and(|(start, today)| start > today)
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
    // 令和4年度計画 over a cell says both.
    let header = matches!(p.from, Nearness::Column | Nearness::Row | Nearness::Caption);
    let together = header && status.is_some_and(|s| s.from == p.from);
    ahead && past && p.from < Nearness::Clause && !set && !together
}

/// A period as the status makes it: what happened up to a day (9月末までの件数) did so since it was begun or since the
/// year began, and what is so is not of a time that an earlier sentence only planned for.
fn settled_by(
    mut p: ScopedPeriod,
    status: Option<ScopedStatus>,
    label: &str,
    s: &Sentence,
    m: &Mention,
    scope: &Scope,
) -> Option<ScopedPeriod> {
    // 令和6年度の件数は、12月末までで6,924件となり、9,100件に達する見込み: of the year.
    if status.is_some_and(|s| matches!(s.status, Status::Forecast | Status::Plan)) {
        let past = p.period.end.zip(scope.time.reference).filter(|(end, today)| end < today);
        let upto = p.label.ends_with("まで") || period::goes_up_to(s, &p.label);
        let year = past.filter(|_| upto).and_then(|(end, _)| period::whole_around(s, m.chars.start, end));
        return Some(year.unwrap_or(p));
    }
    if status.is_none_or(|s| s.status != Status::Actual) || label.contains("累計") {
        return Some(p);
    }
    let ahead = p.period.start.zip(scope.time.reference).is_some_and(|(start, today)| start > today);
    if ahead && p.from == Nearness::Sentence {
        return scope.result.clone().or_else(|| scope.outer.clone());
    }
    if p.period.start.is_none_or(|start| p.period.end == Some(start))
        && let Some(end) = p.period.end
        && (p.label.contains("まで") || period::goes_up_to(s, &p.label))
    {
        // 令和5年度末までに126手続がオンラインで申請できるようになった: how many there are then.
        let clause = chars::string(s.chars, m.chars.end..s.chars.len());
        let clause = clause.split(['、', '。']).next().unwrap_or_default();
        let state = ["ており", "ている", "ようになった", "ようになりました", "対応済み", "対応済"];
        let things = ["手続", "業務", "課", "個", "本", "施設", "か所", "校", "システム", "種類"];
        let counted = s.quantities().any(|(_, q, o)| q.chars == m.chars && things.contains(&o.unit.as_str()));
        if counted && p.label.contains('末') && state.iter().any(|w| clause.ends_with(w)) {
            p.period.start = Some(end);
            return Some(p);
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
            .or(period::since(s, m.chars.start, end))
            .or(headed)
            .filter(|day| *day < end);
        p.period.start = begun.or(year).or_else(|| period::april_before(end)).or(p.period.start);
    }
    Some(p)
}

/// The mention that a draft was made from.
fn kept_mention<'s>(s: &'s Sentence, d: &Draft) -> Option<&'s Mention> {
    s.quantities().map(|(_, m, _)| m).find(|m| m.chars == d.chars)
}
