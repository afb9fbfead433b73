//! Which of the times in a sentence a number refers to.

use super::chars::{begins_any, ends_any, string};
use super::sentence::Sentence;
use crate::scope::{Nearness, Scope, ScopedPeriod};
use shiryo_ja::{Mention, TimeMention};
use shiryo_model::{Granularity, Period};

/// Where 同 may still mean what an earlier bracket named.
const FARTHEST_BRACKET: usize = 200;

/// How far behind 翌年度へ the sum and 繰越 may stand.
const FARTHEST_CARRY: usize = 16;

/// Words behind a time that make it a comparison's base or the date of another document or meeting.
const BACKGROUND: [&str; 51] = [
    "と比較",
    "に比べ",
    "と比べ",
    "比で",
    "比)",
    "比",
    "並み",
    "を基準",
    "策定",
    "改定",
    "改訂",
    "制定",
    "施行",
    "付け",
    "付で",
    "第",
    "版",
    "発表",
    "公表",
    "決定",
    "に策定",
    "に改定",
    "に制定",
    "に開催された",
    "の調査",
    "に実施した調査",
    "当初予算編成",
    "以前",
    "より前",
    "に設置した",
    "に設置された",
    "に施行",
    "同期",
    "同月",
    "同日",
    "同時期",
    "度同日",
    "度同期",
    "度同月",
    "に対し",
    "を上回",
    "を下回",
    "度比",
    "期比",
    "に繰り越",
    "へ繰り越",
    "繰越",
    "の約半分",
    "の半分",
    "の半数",
    "の約半数",
];

/// Words behind the noun that a time modifies which make it background (令和4年度の実績を踏まえ).
const BASES: [&str; 13] = [
    "と比べ",
    "に比べ",
    "と比較",
    "に対し",
    "を踏まえ",
    "に基づ",
    "を参考",
    "に鑑み",
    "を受け、",
    "に伴い",
    "において定めた",
    "において決定",
    "と同",
];

/// The period of the number at `from..to`: `None` for not stated. `copied` is the period of the number in whose
/// bracket this one stands.
pub(super) fn of(
    s: &Sentence,
    from: usize,
    to: usize,
    scope: &Scope,
    copied: Option<&ScopedPeriod>,
) -> Option<ScopedPeriod> {
    let region = s.region(from);
    // 令和4年(2,247件)に比べて: the bracket gives the figure of that time.
    if let Some((m, t)) = time_of_bracket(s, from) {
        return Some(clause(s, m, t));
    }
    // (R4年度 77億円 昨対比4億円増): a change is told of the statement's own time.
    let change = ends_any(s.chars, from, &["昨対比", "前年比", "前年度比"]);
    if change.is_some() && s.paren_of(from).is_some() {
        return copied.cloned().or_else(|| around_bracket(s, from)).or_else(|| scope.period.clone());
    }
    if is_bare_base(s, from) {
        let owner = copied.cloned().or_else(|| around_bracket(s, from)).or_else(|| scope.period.clone());
        return Base::YearBefore.of(owner);
    }
    let governs = |m: &Mention| region == s.region(m.chars.start) && is_free(s, m);
    // 86店舗(9月末現在): the bracket right behind.
    let open = to + usize::from(s.chars.get(to) == Some(&' '));
    if s.chars.get(open) == Some(&'(')
        && let Some(found) = behind_bracket(s, to, region.end)
    {
        return Some(found);
    }
    let told = |m: &Mention| {
        governs(m)
            && !is_taken(s, m, from)
            && !is_of_reason(s, m, from)
            && !super::events::is_beginning(s, m, from)
            && !is_stock_of_another(s, m, from, scope)
            && !is_earlier_of_another(s, m, from, to)
    };
    let before = s.times().filter(|(m, _)| m.chars.end <= from && told(m)).last();
    // 14業務は令和7年度末までに…、残る6業務は令和8年度以降に…: each clause has its time.
    let own =
        before.is_some_and(|(m, _)| used_before(s, m, from)).then(|| time_behind(s, to, &region)).flatten();
    if own.is_some() && begins_any(s.chars, open, &["("]).is_none() {
        return own;
    }
    // (前年度 2億8,110万円、15.5%増): the change is that of the statement.
    let changed = s.quantities().any(|(_, q, _)| {
        q.chars.start == from && begins_any(s.chars, s.behind_brackets(q.chars.end), &["増", "減"]).is_some()
    });
    let earlier = |m: &Mention| {
        let words = string(s.chars, m.chars.clone());
        let told = s.quantities().any(|(_, q, _)| q.chars.start >= m.chars.end && q.chars.end <= from);
        told && ["前年", "昨年"].iter().any(|w| words.starts_with(w))
    };
    let before = before.filter(|(m, _)| !(changed && region.start > 0 && earlier(m)));
    let near = before.map(|(m, t)| from_first(s, m, clause(s, m, t)));
    // 9月末時点の受診者は前年同月の412人から: the same day of the year before.
    let outer = s.paren_of(from).map_or(0..0, |p| s.region(p.start.saturating_sub(1)));
    let same = before.filter(|(m, _)| {
        ["前年同月", "前年同日", "前年同時"].iter().any(|w| string(s.chars, m.chars.clone()).starts_with(w))
    });
    if let Some((m, _)) = same {
        let days = s.times().filter(|(n, t)| {
            n.chars.end <= m.chars.start
                && (s.region(n.chars.start) == region || s.region(n.chars.start) == outer)
                && t.period.start == t.period.end
                && is_free(s, n)
        });
        if let Some((n, t)) = days.last() {
            return Base::YearBefore.of(Some(clause(s, n, t)));
        }
    }
    // 前年同期(31,905件)の約1.5倍: told of the time that is spoken of.
    let times = s.quantities().any(|(_, q, o)| q.chars.start == from && o.unit == "倍");
    if let Some(base) = base_before(s, from, &region).filter(|_| !times) {
        return base.of(near.or_else(|| scope.period.clone()));
    }
    let named = of_named(s, from, &region).filter(|(at, _)| before.is_none_or(|(m, _)| m.chars.end <= *at));
    if let Some((_, period)) = named {
        return Some(period);
    }
    if near.is_some() {
        return near;
    }
    if let Some(found) = behind_bracket(s, to, region.end) {
        return Some(found);
    }
    let next = s.quantities().map(|(_, m, _)| m.chars.start).find(|q| *q >= to && s.region(*q) == region);
    let limit =
        next.unwrap_or(region.end).min(super::status::end_of_done(s, to, region.end).unwrap_or(usize::MAX));
    let after = s.times().find(|(m, _)| m.chars.start >= to && governs(m));
    // Behind another number it may still be the period of both: 18手続に加え、…20手続…は、令和4年度に.
    // は約16億円で、令和5年度に…: the statement is complete, what follows has its own time.
    let complete =
        begins_any(s.chars, s.behind_brackets(to), &["で、", "であり、", "となり、", "となっており、"])
            .is_some();
    // …が81.4%、割合は前年度の9.7%から: the time of a number further on.
    let of_other = |m: &Mention| {
        next.is_some_and(|n| n < m.chars.start)
            && s.quantities().any(|(_, q, _)| (m.chars.end..=m.chars.end + 2).contains(&q.chars.start))
    };
    // 30人を養成し、令和7年度からの…: the next clause has its own time.
    let ended = |m: &Mention| {
        string(s.chars, to..m.chars.start).contains("し、") && next.is_none_or(|n| n > m.chars.start)
    };
    let after = after.filter(|(m, _)| !of_other(m) && !ended(m));
    let after =
        after.filter(|(m, _)| !complete && !next.is_some_and(|n| m.chars.end <= n && n <= m.chars.end + 2));
    if let Some((m, t)) = after.filter(|(m, _)| m.chars.start < limit || joined(s, to, limit)) {
        return Some(clause(s, m, t));
    }
    let own =
        copied.cloned().or_else(|| around_bracket(s, from)).or_else(|| closing_bracket(s, to, region.end));
    own.or_else(|| scope.period.clone())
}

/// 6月及び9月に計18,400通: from the first of the times to the last.
fn from_first(s: &Sentence, m: &Mention, mut p: ScopedPeriod) -> ScopedPeriod {
    let joint = ends_any(s.chars, m.chars.start, &["及び", "と", "、", "・", "並びに"]);
    let first = joint.and_then(|end| s.times().find(|(n, _)| n.chars.end == end));
    if let Some((_, t)) = first.filter(|(_, t)| t.period.granularity == p.period.granularity)
        && let (Some(start), Some(from)) = (t.period.start, p.period.start)
        && start < from
        && matches!(p.period.granularity, Granularity::Month | Granularity::Day)
    {
        p.period.start = Some(start);
        p.period.granularity = Granularity::Range;
    }
    p
}

/// Nか月間で3億円: the day that figures stand at ends so many months.
pub(super) fn months_to(s: &Sentence, from: usize, mut p: ScopedPeriod) -> ScopedPeriod {
    let counted = s.quantities().find(|(_, q, o)| {
        let near = begins_any(s.chars, q.chars.end, &["で", "の", "間で", "間の"])
            .is_some_and(|end| end <= from && from <= end + 2);
        near && matches!(o.unit.as_str(), "か月" | "か月間")
    });
    let months = counted
        .and_then(|(_, _, o)| i64::try_from(o.value.trunc().mantissa()).ok())
        .filter(|n| (2..=24).contains(n));
    let next = p.period.end.filter(|end| p.period.start == Some(*end)).and_then(|end| end.tomorrow().ok());
    if let Some(start) =
        months.zip(next).and_then(|(n, next)| next.checked_sub(jiff::Span::new().months(n)).ok())
    {
        p.period.start = Some(start);
        p.period.granularity = Granularity::Range;
    }
    p
}

/// Whether a time was told for an earlier number of a clause that a comma has ended.
fn used_before(s: &Sentence, m: &Mention, from: usize) -> bool {
    let used = s.quantities().filter(|(_, q, _)| q.chars.end <= from && q.chars.start + 40 > m.chars.start);
    let comma = |a: usize, b: usize| (a..b).any(|i| s.chars.get(i) == Some(&'、'));
    let mut used = used.filter(|(_, q, _)| s.region(q.chars.start) == s.region(from));
    used.any(|(_, q, _)| {
        let end = q.chars.end.max(m.chars.end);
        q.chars.start != m.chars.start
            && comma(end, from)
            && !comma(m.chars.end.min(q.chars.end), m.chars.start.max(q.chars.start))
    })
}

/// A time that the number's own clause tells behind it: 6業務は令和8年度以降の移行.
fn time_behind(s: &Sentence, to: usize, region: &std::ops::Range<usize>) -> Option<ScopedPeriod> {
    let stop = (to..region.end).find(|&i| matches!(s.chars.get(i), Some('、' | '。'))).unwrap_or(region.end);
    let next = s.quantities().map(|(_, q, _)| q.chars.start).find(|q| *q >= to).unwrap_or(stop);
    let at = begins_any(s.chars, to, &["については", "は", "を", "が", "に"])?;
    let (m, t) = s.times().find(|(m, _)| m.chars.start >= at && m.chars.end <= stop.min(next))?;
    (m.chars.start <= at + 1 && is_free(s, m)).then(|| clause(s, m, t))
}

/// What a number is compared with, told without a date of its own.
enum Base {
    /// The same days a year before (前年同期の42人).
    YearBefore,
    /// An earlier time that only a bracket or another place tells (前回調査の79.1%).
    Told(Option<ScopedPeriod>),
}

impl Base {
    /// The base's period, given the one that the statement speaks of.
    fn of(self, near: Option<ScopedPeriod>) -> Option<ScopedPeriod> {
        let year_before = |day: jiff::civil::Date| day.checked_sub(jiff::Span::new().years(1)).ok();
        match self {
            Self::Told(period) => period,
            // Some of these words are times of their own already.
            Self::YearBefore
                if near.as_ref().is_some_and(|p| p.label.contains("前年") || p.label.contains("昨年")) =>
            {
                near
            }
            Self::YearBefore => near.map(|mut p| {
                p.period.start = p.period.start.and_then(year_before);
                p.period.end = p.period.end.and_then(year_before);
                p.label = format!("前年同期({})", p.label);
                p
            }),
        }
    }
}

/// Whether a period is a whole year.
pub(super) fn is_year(p: &ScopedPeriod) -> bool {
    matches!(p.period.granularity, Granularity::FiscalYear | Granularity::Year)
}

/// The fiscal year of a day.
pub(super) fn year_of_day(mut p: ScopedPeriod) -> ScopedPeriod {
    let day =
        p.period.start.filter(|day| p.period.end == Some(*day) && p.period.granularity == Granularity::Day);
    let year = day.map(|d| if d.month() < 4 { d.year() - 1 } else { d.year() });
    let first = year.and_then(|y| jiff::civil::Date::new(y, 4, 1).ok());
    let last = year.and_then(|y| jiff::civil::Date::new(y.saturating_add(1), 3, 31).ok());
    if let (Some(first), Some(last)) = (first, last) {
        (p.period.start, p.period.end) = (Some(first), Some(last));
        p.period.granularity = Granularity::FiscalYear;
    }
    p
}

/// 年度末の人口は…、年間配水量は…: what is counted over a year is told for the year that the day ends.
pub(super) fn whole_year(mut p: ScopedPeriod) -> ScopedPeriod {
    // 5月から6業務で…し、年間の削減時間を1,000時間以上とする: of the year that it begins in.
    if let (Some(start), None) = (p.period.start, p.period.end) {
        let year = if start.month() < 4 { start.year() - 1 } else { start.year() };
        if let (Ok(first), Ok(last)) =
            (jiff::civil::Date::new(year, 4, 1), jiff::civil::Date::new(year.saturating_add(1), 3, 31))
        {
            (p.period.start, p.period.end) = (Some(first), Some(last));
            p.period.granularity = Granularity::FiscalYear;
        }
        return p;
    }
    // 上半期の状況 … 年間では168回を見込む: of the year that the half belongs to.
    if p.from <= Nearness::Section
        && matches!(p.period.granularity, Granularity::HalfYear | Granularity::Quarter)
    {
        let year = p.period.start.map(|d| if d.month() < 4 { d.year() - 1 } else { d.year() });
        if let Some((start, end)) = year.and_then(|y| {
            jiff::civil::Date::new(y, 4, 1).ok().zip(jiff::civil::Date::new(y.saturating_add(1), 3, 31).ok())
        }) {
            (p.period.start, p.period.end) = (Some(start), Some(end));
            p.period.granularity = Granularity::FiscalYear;
        }
        return p;
    }
    let day = p.period.end.filter(|end| p.period.start == Some(*end) && end.month() == 3 && end.day() == 31);
    if let Some(first) = day.and_then(|end| jiff::civil::Date::new(end.year() - 1, 4, 1).ok()) {
        p.period.start = Some(first);
        p.period.granularity = Granularity::FiscalYear;
    }
    p
}

/// 令和5年度は4億円、令和3年度からの累計は10億円: a sum from a year on ends with the time that is spoken of.
pub(super) fn summed_up(s: &Sentence, m: &Mention, mut p: ScopedPeriod, scope: &Scope) -> ScopedPeriod {
    let (Some(start), None) = (p.period.start, p.period.end) else { return p };
    let sums = ["累計", "累積", "通算", "延べ", "合計"];
    let Some((from, _)) = s.times().filter(|(t, _)| t.chars.end <= m.chars.start).last() else { return p };
    let between = string(s.chars, from.chars.start..m.chars.start);
    if !between.contains("から") || !sums.iter().any(|w| between.contains(w)) {
        return p;
    }
    let told = s.times().filter(|(t, _)| t.chars.end <= from.chars.start).map(|(_, t)| t.period.end).last();
    let end = told.flatten().or_else(|| scope.period.as_ref().and_then(|p| p.period.end));
    if let Some(end) = end.filter(|end| *end > start) {
        p.period.end = Some(end);
        p.period.granularity = Granularity::Range;
    }
    p
}

/// The day that a sentence counts from (令和5年6月から受け付け、12月末までに…), told before the number at `from`.
pub(super) fn since(s: &Sentence, from: usize) -> Option<jiff::civil::Date> {
    let open = s.times().filter(|(m, t)| m.chars.end <= from && t.period.end.is_none());
    open.filter_map(|(_, t)| t.period.start).last()
}

/// The first day of the fiscal year of a day that does not end it: what was counted up to a year's end may have begun
/// in any year.
pub(super) fn april_before(end: jiff::civil::Date) -> Option<jiff::civil::Date> {
    let year = end.year() - i16::from(end.month() < 4);
    jiff::civil::Date::new(year, 4, 1).ok().filter(|_| end.month() != 3)
}

/// 令和3年4月から取扱いを始め、21,460件の利用があった: what came since is told up to the end of what is reported.
pub(super) fn counted_since(mut p: ScopedPeriod, scope: &Scope) -> ScopedPeriod {
    let (Some(start), None) = (p.period.start, p.period.end) else { return p };
    let told = scope.period.as_ref().or(scope.reported.as_ref());
    let told = told.filter(|t| t.period.start.is_some_and(|first| first <= start));
    if let Some(end) = told.and_then(|t| t.period.end).filter(|end| *end > start) {
        p.period.end = Some(end);
        p.period.granularity = Granularity::Range;
    }
    p
}

/// The same days of the year before.
const YEAR_BEFORE: [&str; 9] = [
    "前年同期",
    "前年同月",
    "前年同日",
    "前年度同期",
    "前年度同月",
    "昨年同期",
    "昨年同月",
    "前年同時期",
    "昨年度同期",
];

/// The time right before the bracket that holds nothing but the number at `from`.
pub(super) fn time_of_bracket<'s>(s: &'s Sentence, from: usize) -> Option<(&'s Mention, &'s TimeMention)> {
    let bracket = s.paren_of(from)?;
    // 令和5年度の実績(96回、1,134人): the noun between says what the bracket tells.
    const TOLD: [&str; 8] = ["", "の実績", "実績", "の結果", "の調査", "調査", "の決算", "決算"];
    let reaches = |m: &Mention, open: usize| {
        TOLD.contains(&string(s.chars, m.chars.end.min(open)..open).as_str()) && m.chars.end <= open
    };
    // 令和4年度(36日、延べ820人): all that the bracket lists.
    let timed = s.times().any(|(m, _)| bracket.contains(&m.chars.start));
    // 令和元年度(小学校36.0%、中学校61.2%): a whole year has no size of its own that a bracket could tell.
    let year = |t: &TimeMention| matches!(t.period.granularity, Granularity::FiscalYear | Granularity::Year);
    let first = s.quantities().any(|(_, q, _)| q.chars.start == bracket.start + 1);
    let of_year = s.times().any(|(m, t)| reaches(m, bracket.start) && year(t));
    if timed || !(first || bracket.start + 1 == from || of_year) {
        return None;
    }
    s.times().find(|(m, _)| reaches(m, bracket.start) && s.paren_of(m.chars.start).is_none())
}

/// A bracket that only gives the figure of the year before, or of the same time as the bracket before it:
/// 35件(前年36件), その他17件(同23件).
pub(super) fn is_bare_base(s: &Sentence, from: usize) -> bool {
    const YEARS: [&str; 4] = ["前年", "前年度", "昨年", "昨年度"];
    let Some(bracket) = s.paren_of(from) else { return false };
    // 前年度実質収支(23億円): the noun before the bracket says so.
    let noun = super::phrase::noun_start(s, bracket.start, 0);
    let same = begins_any(s.chars, noun, &["前年同日", "前年同期", "前年同時期"]) == Some(bracket.start);
    let told =
        same || begins_any(s.chars, noun, &["前年度", "昨年度"]).is_some_and(|end| end < bracket.start);
    if told && bracket.start + 1 == from {
        return true;
    }
    let lead: String = string(s.chars, bracket.start + 1..from).replace([' ', ':', 'は', '約', '、'], "");
    if YEARS.contains(&lead.as_str()) {
        return true;
    }
    if lead != "同" {
        return false;
    }
    // The last bracket that names the year tells whether its figure or the change since then is meant.
    let from = bracket.start.saturating_sub(FARTHEST_BRACKET);
    let opened = (from..bracket.start).rev().filter(|&i| s.chars.get(i) == Some(&'('));
    let named = opened.filter_map(|i| begins_any(s.chars, i + 1, &YEARS)).next();
    named.is_some_and(|end| s.chars.get(end).is_some_and(|c| c.is_ascii_digit() || " :は".contains(*c)))
}

/// 前年同時期の接種率57.9%: the base of a comparison before the name of the quantity.
fn base_of_named(s: &Sentence, from: usize, region: &std::ops::Range<usize>) -> bool {
    let name = super::phrase::noun_start(s, from, region.start);
    let Some(end) = ends_any(s.chars, name, &["の", "における"]).filter(|e| *e > region.start && name < from)
    else {
        return false;
    };
    ends_any(s.chars, end, &YEAR_BEFORE).is_some() && !s.times().any(|(m, _)| m.chars.end == end)
}

/// Earlier times that are not on the calendar.
const EARLIER: [&str; 9] =
    ["前回調査", "前回の調査", "前回", "前々回", "従前", "従来", "導入前", "見直し前", "前々回調査"];

/// The base of a comparison right before the number at `from`.
fn base_before(s: &Sentence, from: usize, region: &std::ops::Range<usize>) -> Option<Base> {
    let c = s.chars;
    let mut at = from;
    while at > region.start && c.get(at - 1).is_some_and(|x| " 約の:".contains(*x)) {
        at -= 1;
    }
    let mut told = None;
    if let Some(open) = at.checked_sub(1).and_then(|close| s.open_of(close)).filter(|o| *o >= region.start) {
        told =
            s.times().find(|(m, _)| m.chars.start > open && m.chars.end < at).map(|(m, t)| clause(s, m, t));
        at = open;
    }
    if ends_any(c, at, &YEAR_BEFORE).is_some_and(|w| w >= region.start) {
        return Some(told.map_or(Base::YearBefore, |t| Base::Told(Some(t))));
    }
    if base_of_named(s, from, region) {
        return Some(Base::YearBefore);
    }
    // 前年の7,062件 in a paper without a date: the year before the one it speaks of.
    let year = ends_any(c, at, &["前年", "前年度", "昨年", "昨年度"]).filter(|w| *w >= region.start);
    if year.is_some() && !s.times().any(|(m, _)| m.chars.end == at) {
        return Some(Base::YearBefore);
    }
    ends_any(c, at, &EARLIER).filter(|w| *w >= region.start).map(|_| Base::Told(told))
}

/// The time in the bracket behind a noun that tells which one is meant (前回調査(令和3年度) 回収数1,318件): it
/// holds for the numbers up to the next time. Gives where the bracket closes.
fn of_named(s: &Sentence, from: usize, region: &std::ops::Range<usize>) -> Option<(usize, ScopedPeriod)> {
    const NAMES: [&str; 13] = [
        "期間中",
        "期間",
        "アンケート",
        "聞き取り",
        "ヒアリング",
        "調査",
        "前回",
        "今回",
        "前年度",
        "前年",
        "昨年度",
        "実績",
        "現況",
    ];
    const SURVEYS: [&str; 4] = ["アンケート", "調査", "聞き取り", "ヒアリング"];
    let inside = s.times().filter_map(|(m, t)| Some((s.paren_of(m.chars.start)?, m, t)));
    let found = inside.filter(|(bracket, m, _)| {
        bracket.end < from
            && bracket.start >= region.start
            && s.region(bracket.start) == *region
            && (ends_any(s.chars, bracket.start, &NAMES).is_some()
                || s.chars.get(bracket.end + 1) == Some(&':') && bracket.end < 40
                || (bracket.end + 1..from).all(|i| s.chars.get(i).is_some_and(|c| " :約".contains(*c))))
            && !s.quantities().any(|(_, q, _)| q.chars.end == bracket.start)
            && is_free(s, m)
            // 職員アンケート(令和6年12月、回答2,013人)では: the survey's time, and how many replied.
            && (ends_any(s.chars, bracket.start, &SURVEYS).is_some() && m.chars.start == bracket.start + 1
                || !s.quantities().any(|(_, q, _)| bracket.contains(&q.chars.start)))
    });
    let (bracket, m, t) = found.last()?;
    let taken = s.quantities().any(|(_, q, _)| {
        (bracket.end..bracket.end + 4).contains(&q.chars.start) && q.chars.end <= from && is_base(s, q)
    });
    (!taken).then(|| (bracket.end, clause(s, m, t)))
}

/// A date in the bracket that ends the sentence holds for all its numbers: …である(9月末時点)。
fn closing_bracket(s: &Sentence, to: usize, end: usize) -> Option<ScopedPeriod> {
    let last = (to..end).rev().find(|&i| s.chars.get(i).is_some_and(|c| !"。 ".contains(*c)))?;
    let open = s.open_of(last).filter(|o| *o > to && s.chars.get(*o) == Some(&'('))?;
    let whole = s.times().any(|(m, _)| m.chars.start == open + 1 && m.chars.end == last);
    let dated = whole || ends_any(s.chars, last, &["時点", "現在", "末", "実績"]).is_some();
    let only = !s.quantities().any(|(_, q, _)| (open..last).contains(&q.chars.start));
    let (m, t) = s.times().find(|(m, _)| (open..last).contains(&m.chars.start)).filter(|_| dated && only)?;
    Some(clause(s, m, t))
}

/// For a number in a bracket: the time before the bracket.
fn around_bracket(s: &Sentence, from: usize) -> Option<ScopedPeriod> {
    let open = s.paren_of(from)?.start;
    let outer = s.region(open);
    let before =
        s.times().filter(|(m, _)| m.chars.end <= open && s.region(m.chars.start) == outer && is_free(s, m));
    before.last().map(|(m, t)| clause(s, m, t))
}

/// Whether a time stands right before an earlier number that this one sets itself off from: 前年度の5か所から8か所に.
fn is_taken(s: &Sentence, m: &Mention, from: usize) -> bool {
    if names_entry(s, m, from) {
        return true;
    }
    // 前年度(令和4年度)の534名から: the bracket says the same time again.
    let end = s.behind_brackets(m.chars.end);
    let near = end..=end + 1;
    // 7月1日から300円から200円に: the day of the change is no base.
    if begins_any(s.chars, m.chars.end, &["から", "より"]).is_some()
        || ends_any(s.chars, m.chars.end, &["から", "より"]).is_some()
    {
        return false;
    }
    s.quantities()
        .filter(|(_, q, _)| near.contains(&q.chars.start) && q.chars.end <= from)
        .any(|(_, q, _)| is_base(s, q))
}

/// 前年度(3,851件)から131件減, 前年同期の1.5倍, 前年の22人から8人減: the year before is that of the number right
/// behind it, not of those that follow, unless the sentence speaks of it (前年度は…).
fn is_earlier_of_another(s: &Sentence, m: &Mention, from: usize, to: usize) -> bool {
    let words = string(s.chars, m.chars.clone());
    if !["前年", "昨年", "前回", "前期", "前月", "前々年"].iter().any(|w| words.starts_with(w)) {
        return false;
    }
    let at = m.chars.end;
    if begins_any(s.chars, at, &["は", "に", "においては", "中に", "も"]).is_some() {
        return false;
    }
    let between = s.quantities().any(|(_, q, _)| q.chars.start >= at && q.chars.end <= from);
    let times = begins_any(s.chars, at, &["の約", "の"]) == Some(from)
        && begins_any(s.chars, to - 1, &["倍"]).is_some();
    between || times
}

/// 令和5年6月に規制が緩んだことにより、5,120人となり: the day of the reason is not that of the figure.
fn is_of_reason(s: &Sentence, m: &Mention, from: usize) -> bool {
    const REASONS: [&str; 6] =
        ["ことにより、", "ことから、", "ため、", "ことに伴い、", "ことを受け、", "たことで、"];
    let when = begins_any(s.chars, m.chars.end, &["に", "から", "より"]).is_some()
        || ends_any(s.chars, m.chars.end, &["から", "より"]).is_some();
    let between = string(s.chars, m.chars.end..from);
    when && REASONS.iter().any(|w| between.contains(w))
        && !s.quantities().any(|(_, q, _)| q.chars.start >= m.chars.end && q.chars.end <= from)
}

/// 登録者は3月末現在210人、年間の利用は…: the day belongs to the number right behind it; a topic of its own is told
/// for what the paper reports.
fn is_stock_of_another(s: &Sentence, m: &Mention, from: usize, scope: &Scope) -> bool {
    let as_of = begins_any(s.chars, m.chars.end, &["現在", "時点"])
        .or_else(|| ends_any(s.chars, m.chars.end, &["現在", "時点"]).map(|_| m.chars.end));
    let Some(at) = as_of.filter(|_| scope.period.as_ref().is_some_and(is_span)) else { return false };
    let at = begins_any(s.chars, at, &["で"]).unwrap_or(at);
    let near = s.quantities().map(|(_, q, _)| &q.chars).find(|q| (at..=at + 1).contains(&q.start));
    near.is_some_and(|q| {
        let between = string(s.chars, q.end.min(from)..from);
        q.end < from && between.starts_with('、') && between.contains('は')
    })
}

/// Whether a period is more than a day.
fn is_span(p: &ScopedPeriod) -> bool {
    p.period.start.is_some() && p.period.start != p.period.end
}

/// 令和元年度の補正予算が7件、条例の制定が2件: the year is part of the first entry's name.
fn names_entry(s: &Sentence, m: &Mention, from: usize) -> bool {
    let Some(noun) = begins_any(s.chars, m.chars.end, &["の"]) else { return false };
    let first = s.quantities().map(|(_, q, _)| &q.chars).find(|q| q.start > noun);
    first.filter(|q| q.end < from).is_some_and(|q| {
        let name = string(s.chars, noun..q.start);
        let listed = name.ends_with('が')
            && !name.contains(['は', '、', 'を', 'で', 'に'])
            && name.chars().count() <= 24;
        let next = string(s.chars, s.behind_brackets(q.end)..from);
        listed && next.starts_with('、') && next.ends_with('が')
    })
}

/// Whether a number is what another is told from (58.0%から6.2ポイント増加).
pub(super) fn is_base(s: &Sentence, q: &Mention) -> bool {
    const BEHIND: [&str; 9] = [
        "から",
        "に対し",
        "を上回",
        "を下回",
        "と比",
        "とする目標に",
        "の目標に",
        "という目標に",
        "との目標に",
    ];
    begins_any(s.chars, q.chars.end, &BEHIND).is_some()
}

/// Whether the next number belongs to the same statement.
fn joined(s: &Sentence, to: usize, next: usize) -> bool {
    let between = string(s.chars, to..next);
    between.contains("加え")
        || ["及び", "並びに", "から", "のうち", "、"].iter().any(|w| between.starts_with(w))
}

pub(super) fn clause(s: &Sentence, m: &Mention, t: &TimeMention) -> ScopedPeriod {
    ScopedPeriod { period: settled(s, m, t), label: string(s.chars, m.chars.clone()), from: Nearness::Clause }
}

/// Whether the time of these words is what something is compared with (令和元年度(36.0%)に比べ).
pub(super) fn is_compared(s: &Sentence, label: &str) -> bool {
    const AGAINST: [&str; 8] = ["に比べ", "と比べ", "と比較", "に対し", "から", "より", "を上回", "を下回"];
    s.times().any(|(m, _)| {
        let end = s.behind_brackets(m.chars.end);
        end > m.chars.end
            && string(s.chars, m.chars.clone()) == label
            && begins_any(s.chars, end, &AGAINST).is_some()
    })
}

/// Whether a time may govern numbers: not in quotation marks, no base of comparison, no meeting's date.
pub(super) fn is_free(s: &Sentence, m: &Mention) -> bool {
    if s.is_quoted(m.chars.start) {
        return false;
    }
    let c = s.chars;
    let mut at = m.chars.end;
    // 前年同期から15.1%増えた: what the change is told from.
    let words = string(c, m.chars.clone());
    let earlier = ["前年", "昨年", "前回", "前期", "前月", "前々年"].iter().any(|w| words.starts_with(w));
    if earlier && (words.ends_with("から") || begins_any(c, at, &["から", "より", "と同"]).is_some())
    {
        return false;
    }
    if is_told_from(s, m) {
        return false;
    }
    // 計14窓口(令和3年10月導入): since when they are there.
    const MADE: [&str; 6] = ["導入)", "開始)", "開設)", "設置)", "創設)", "発足)"];
    if begins_any(c, at, &MADE).is_some()
        && s.paren_of(m.chars.start).is_some_and(|p| p.start + 1 == m.chars.start)
    {
        return false;
    }
    // 前年同月の2倍, 前年同期(31,905件)の約1.5倍: of the time that is told, against the one before.
    let times = begins_any(c, s.behind_brackets(at), &["の約", "の", "の "])
        .and_then(|from| s.quantities().find(|(_, q, _)| (from - 1..=from).contains(&q.chars.start)))
        .is_some_and(|(_, _, q)| q.unit == "倍");
    if times {
        return false;
    }
    // 5年前(令和元年10月1日現在)と比べると: the bracket's date is the base's too.
    let outer = s.paren_of(m.chars.start).filter(|p| p.start > 0).map_or(at, |p| p.end + 1);
    let compared = ["と比べ", "に比べ", "と比較"];
    let base = [s.behind_brackets(at), outer].iter().any(|&i| begins_any(c, i, &compared).is_some());
    // 令和6年5月に実施した調査では、34校中9校: what the survey found.
    let found =
        ["の調査で", "に実施した調査で", "に行った調査で", "の調査によると", "に実施した調査によると"];
    if base || begins_any(c, at, &BACKGROUND).is_some() && begins_any(c, at, &found).is_none() {
        return false;
    }
    // 翌年度への繰越財源, 翌年度へ1,045万円繰越: it is carried over at the end of this year.
    let carried = |i: usize| begins_any(c, i, &["繰越", "繰り越"]).is_some();
    if begins_any(c, at, &["へ", "に"]).is_some_and(|to| (to..c.len().min(to + FARTHEST_CARRY)).any(carried))
    {
        return false;
    }
    // 令和5年度予算と比べ: what is compared with.
    let noun = begins_any(c, at, &["当初予算", "予算", "決算", "実績", "末残高", "見込み", "調査"]);
    if noun.is_some_and(|n| begins_any(c, n, &["と比べ", "に比べ", "と比較", "に対し", "より"]).is_some())
    {
        return false;
    }
    if let Some(no) = begins_any(c, at, &["における", "の"]) {
        at = super::phrase::forward(s, no, c.len());
        if begins_any(c, at, &BASES).is_some() {
            return false;
        }
        // 令和4年度の実績及び令和5年度の取組予定を踏まえ: both are background.
        if ends_any(c, at, &["及び", "と", "や"]).is_some()
            || begins_any(c, at, &["及び", "と", "や"]).is_some()
        {
            let next = s.times().find(|(n, _)| n.chars.start >= at && n.chars.start <= at + 3);
            return next.is_none_or(|(n, _)| is_free(s, n));
        }
    }
    true
}

/// 令和3年度から5.6ポイント上昇, 昨年より3件減少: the time that a change is told from.
fn is_told_from(s: &Sentence, m: &Mention) -> bool {
    const CHANGES: [&str; 12] =
        ["増", "減", "上昇", "低下", "上が", "下が", "伸び", "改善", "悪化", "縮小", "拡大", "多"];
    let inside = ends_any(s.chars, m.chars.end, &["から", "より"]).is_some();
    // 前年度(7,512人)から414人増加.
    let noun = begins_any(s.chars, m.chars.end, &["調査", "の調査", "実績", "決算", "末", "策定時"])
        .unwrap_or(m.chars.end);
    let end = s.behind_brackets(noun);
    let behind = begins_any(s.chars, end, &["と比べて", "に比べて", "に比べ", "と比べ", "から", "より"]);
    let Some(from) = inside.then_some(m.chars.end).or(behind) else { return false };
    let next = s.quantities().map(|(_, q, _)| &q.chars).find(|q| q.start >= from);
    next.is_some_and(|q| {
        let gap = string(s.chars, from..q.start);
        let to = begins_any(s.chars, q.end, &["の", "ほど", "程度", "も"]).unwrap_or(q.end);
        gap.chars().count() <= 12
            && !gap.contains(['。', 'は'])
            && begins_any(s.chars, to, &CHANGES).is_some()
    })
}

/// A period in the bracket right behind the clause: 71事業で実施(令和2年度実績).
fn behind_bracket(s: &Sentence, to: usize, end: usize) -> Option<ScopedPeriod> {
    let clause_end = (to..end).find(|&i| matches!(s.chars.get(i), Some('、' | '。'))).unwrap_or(end);
    let open = (to..clause_end).find(|&i| s.chars.get(i) == Some(&'('))?;
    let close = s.close_of(open)?;
    // 18.9%(令和6年4月1日現在。目標 25%): what follows the stop is another statement.
    let close = (open..close).find(|&i| s.chars.get(i) == Some(&'。')).unwrap_or(close);
    let inside = |m: &Mention| m.chars.start > open && m.chars.end <= close;
    if s.quantities().any(|(_, m, _)| inside(m)) {
        return None;
    }
    let (m, t) = s.times().find(|(m, _)| inside(m) && is_free(s, m))?;
    let mut found = clause(s, m, t);
    // (令和6年11月、令和7年1月ほか): from the first to the last.
    let others = s.times().filter(|(n, _)| inside(n) && n.chars.start > m.chars.end);
    let last = others.filter_map(|(_, t)| t.period.end).max();
    if let Some(last) = last.filter(|last| found.period.end.is_some_and(|end| *last > end)) {
        found.period.end = Some(last);
        found.period.granularity = Granularity::Range;
    }
    Some(found)
}

/// 9月までの3か月間, 令和2年度までの3か年: the first day of so many months or years that end with the period.
fn stretch_start(s: &Sentence, m: &Mention, p: &Period) -> Option<jiff::civil::Date> {
    const LONGEST: i64 = 240;
    let inside = ends_any(s.chars, m.chars.end, &["まで"]).map(|_| m.chars.end);
    let at = inside.or_else(|| begins_any(s.chars, m.chars.end, &["まで"]))?;
    let at = begins_any(s.chars, at, &["の", "の過去", "の直近"])?;
    let (_, q, o) = s.quantities().find(|(_, q, _)| q.chars.start == at)?;
    let count = i64::try_from(o.value.trunc().mantissa()).ok().filter(|n| (1..=LONGEST).contains(n))?;
    let months = match o.unit.as_str() {
        "か月" | "か月間" | "月" | "月間" => count,
        "年" | "年間" | "か年" => count * 12,
        _ => return None,
    };
    let _ = q;
    let next = p.end?.checked_add(jiff::Span::new().days(1)).ok()?;
    next.checked_sub(jiff::Span::new().months(months)).ok()
}

/// 令和5年度(9月末まで), 令和5年度(10月以降): the year and the part of it that its bracket tells.
fn narrowed(s: &Sentence, m: &Mention, period: &Period) -> Period {
    let year = |t: &TimeMention| matches!(t.period.granularity, Granularity::FiscalYear | Granularity::Year);
    let inside = |held: std::ops::Range<usize>| {
        let mut found = s.times().filter(move |(n, _)| held.contains(&n.chars.start));
        found.next().filter(|_| found.next().is_none())
    };
    let counted =
        |held: &std::ops::Range<usize>| s.quantities().any(|(_, q, _)| held.contains(&q.chars.start));
    let pair = match s.paren_of(m.chars.start) {
        Some(held) if !counted(&held) => {
            let owner = s.times().find(|(n, t)| n.chars.end == held.start && year(t));
            owner.map(|(_, t)| (t.period.clone(), period.clone()))
        }
        _ => s.close_of(m.chars.end).filter(|_| s.chars.get(m.chars.end) == Some(&'(')).and_then(|close| {
            let held = m.chars.end..close;
            let part = inside(held.clone()).filter(|_| !counted(&held))?;
            matches!(period.granularity, Granularity::FiscalYear | Granularity::Year)
                .then(|| (period.clone(), part.1.period.clone()))
        }),
    };
    let Some((whole, part)) = pair else { return period.clone() };
    let within = |d: jiff::civil::Date| {
        whole.start.is_some_and(|from| from <= d) && whole.end.is_some_and(|to| d <= to)
    };
    let part_of = [part.start, part.end].into_iter().flatten().all(within);
    if !part_of || part.start.is_none() && part.end.is_none() {
        return period.clone();
    }
    // A day that figures stand at (6月末現在) is no stretch.
    let start = part.start.or(whole.start);
    let end = part.end.or(whole.end);
    Period { start, end, granularity: Granularity::Range }
}

/// Whether the time of these words is one up to which something is counted (9月末 までの).
pub(super) fn goes_up_to(s: &Sentence, label: &str) -> bool {
    s.times().any(|(m, _)| {
        string(s.chars, m.chars.clone()) == label && begins_any(s.chars, m.chars.end, &["まで"]).is_some()
    })
}

/// The first day of the year that a sentence tells before the number at `from`, where `end` lies in it.
pub(super) fn year_around(s: &Sentence, from: usize, end: jiff::civil::Date) -> Option<jiff::civil::Date> {
    let before = s.times().filter(|(m, _)| m.chars.end <= from && is_free(s, m));
    before
        .filter_map(|(m, t)| {
            year_of(Some(&ScopedPeriod { period: t.period.clone(), ..clause(s, m, t) }), end)
        })
        .last()
}

/// The year that a sentence tells before the number at `from`, where `end` lies in it.
pub(super) fn whole_around(s: &Sentence, from: usize, end: jiff::civil::Date) -> Option<ScopedPeriod> {
    let before = s.times().filter(|(m, _)| m.chars.end <= from && is_free(s, m));
    let whole = before.map(|(m, t)| ScopedPeriod { period: t.period.clone(), ..clause(s, m, t) });
    whole.filter(|p| year_of(Some(p), end).is_some()).last()
}

/// The first day of a year that holds `end`.
pub(super) fn year_of(p: Option<&ScopedPeriod>, end: jiff::civil::Date) -> Option<jiff::civil::Date> {
    let p = p.filter(|p| matches!(p.period.granularity, Granularity::FiscalYear | Granularity::Year))?;
    let (from, to) = (p.period.start?, p.period.end?);
    (from < end && end <= to).then_some(from)
}

/// What a period means for a stated value: a deadline at a point (年度末までに) is the day itself; a change
/// that holds from a fiscal year on (今年度から) is told for that year.
fn settled(s: &Sentence, m: &Mention, t: &TimeMention) -> Period {
    let (period, relative) = (&t.period, t.relative);
    let mut p = narrowed(s, m, period);
    if let Some(start) = stretch_start(s, m, &p) {
        p.start = Some(start);
        return p;
    }
    // 3月補正予算: the budget of the month's year.
    if period.granularity == Granularity::Month
        && begins_any(s.chars, m.chars.end, &["補正予算", "補正"]).is_some()
    {
        let year = period.start.map(|d| if d.month() < 4 { d.year() - 1 } else { d.year() });
        let day = |year: Option<i16>, month| {
            jiff::civil::Date::new(year?, month, if month == 4 { 1 } else { 31 }).ok()
        };
        (p.start, p.end) = (day(year, 4), day(year.map(|y| y.saturating_add(1)), 3));
        p.granularity = Granularity::FiscalYear;
        return p;
    }
    let words = string(s.chars, m.chars.start..(m.chars.end + 3).min(s.chars.len()));
    match (p.start, p.end) {
        (None, Some(end)) if words.contains('末') && words.contains("まで") => p.start = Some(end),
        // 令和9年度までに450グラムとする: it is to be so in that year.
        (None, Some(end)) if words.contains("年度まで") && end.month() == 3 && end.day() == 31 => {
            p.start = jiff::civil::Date::new(end.year() - 1, 4, 1).ok();
            p.granularity = Granularity::FiscalYear;
        }
        (Some(start), None)
            if relative && words.contains("年度") && start.month() == 4 && words.contains("から") =>
        {
            p.end = jiff::civil::Date::new(start.year().saturating_add(1), 3, 31).ok();
            p.granularity = Granularity::FiscalYear;
        }
        (Some(start), None) => {
            if let Some(end) = last_day(s, m, start) {
                p.end = Some(end);
                p.granularity = Granularity::Range;
            }
        }
        _ => {}
    }
    p
}

/// 令和5年10月から3か月間, 4月1日から2年間: the last day of a time that is told by its length.
fn last_day(s: &Sentence, m: &Mention, start: jiff::civil::Date) -> Option<jiff::civil::Date> {
    let at = begins_any(s.chars, m.chars.end, &["からの", "から", "の"]).unwrap_or(m.chars.end);
    let at = at + usize::from(s.chars.get(at) == Some(&'、'));
    let digits = s.chars.get(at..)?.iter().take(3).take_while(|c| c.is_ascii_digit()).count();
    let count: i32 = string(s.chars, at..at + digits).parse().ok()?;
    let unit: String = string(s.chars, at + digits..(at + digits + 4).min(s.chars.len()));
    let span = match unit {
        u if ["か月間", "ヶ月間", "カ月間", "箇月間", "ケ月間"].iter().any(|w| u.starts_with(w)) => {
            jiff::Span::new().months(count)
        }
        u if u.starts_with("年間") || u.starts_with("か年") => jiff::Span::new().years(count),
        u if u.starts_with("週間") => jiff::Span::new().weeks(count),
        u if u.starts_with("日間") => jiff::Span::new().days(count),
        _ => return None,
    };
    start.checked_add(span).ok()?.yesterday().ok()
}

/// The period a heading or label line gives to what stands under it.
pub(crate) fn of_heading(words: &str, scope: &Scope, from: Nearness) -> Option<ScopedPeriod> {
    let chars: Vec<char> = words.chars().collect();
    let s = Sentence::new(&chars, 0, &scope.time, None);
    let found = s.times().filter(|(m, _)| is_free(&s, m)).last();
    let (m, t) = found?;
    Some(ScopedPeriod { period: settled(&s, m, t), label: string(&chars, m.chars.clone()), from })
}
