//! What a time means for the figure that it is told for: deadlines, stretches that end with it, the year around it.

use super::is_free;
use crate::scope::{Nearness, Scope, ScopedPeriod};
use crate::statement::chars::{begins_any, ends_any, string};
use crate::statement::sentence::Sentence;
use shiryo_ja::grammar::calendar;
use shiryo_ja::{Mention, TimeMention};
use shiryo_model::{Granularity, Period};

/// 6月及び9月に計18,400通: from the first of the times to the last.
pub(super) fn from_first(s: &Sentence, m: &Mention, mut p: ScopedPeriod) -> ScopedPeriod {
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
pub(in crate::statement) fn months_to(s: &Sentence, from: usize, mut p: ScopedPeriod) -> ScopedPeriod {
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

/// Whether a period is a whole year.
pub(in crate::statement) fn is_year(p: &ScopedPeriod) -> bool {
    matches!(p.period.granularity, Granularity::FiscalYear | Granularity::Year)
}

/// The fiscal year that a day lies in.
fn fiscal_year_around(day: jiff::civil::Date) -> Option<Period> {
    calendar::fiscal_year(calendar::fiscal_year_of(day))
}

/// The fiscal year of a day.
pub(in crate::statement) fn year_of_day(mut p: ScopedPeriod) -> ScopedPeriod {
    let day =
        p.period.start.filter(|day| p.period.end == Some(*day) && p.period.granularity == Granularity::Day);
    if let Some(year) = day.and_then(fiscal_year_around) {
        p.period = year;
    }
    p
}

/// 年度末の人口は…、年間配水量は…: what is counted over a year is told for the year that the day ends.
pub(in crate::statement) fn whole_year(mut p: ScopedPeriod) -> ScopedPeriod {
    let part = matches!(p.period.granularity, Granularity::HalfYear | Granularity::Quarter);
    let day = match (p.period.start, p.period.end) {
        // 5月から6業務で…し、年間の削減時間を1,000時間以上とする: of the year that it begins in.
        (Some(start), None) => Some(start),
        // 上半期の状況 … 年間では168回を見込む: of the year that the half belongs to.
        (start, _) if part && p.from <= Nearness::Sentence => start,
        (start, end) => end.filter(|end| start == Some(*end) && end.month() == 3 && end.day() == 31),
    };
    if let Some(year) = day.and_then(fiscal_year_around) {
        p.period = year;
    }
    p
}

/// 令和5年度は4億円、令和3年度からの累計は10億円: a sum from a year on ends with the time that is spoken of.
pub(in crate::statement) fn summed_up(
    s: &Sentence,
    m: &Mention,
    mut p: ScopedPeriod,
    scope: &Scope,
) -> ScopedPeriod {
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
pub(in crate::statement) fn since(
    s: &Sentence,
    from: usize,
    upto: jiff::civil::Date,
) -> Option<jiff::civil::Date> {
    // 予約(6月開始)は、年度末までに…
    let began = |m: &Mention| {
        let held = s.paren_of(m.chars.start).is_some_and(|p| p.start + 1 == m.chars.start);
        let opened = ["開始)", "導入)", "開設)", "から)", "運用開始)", "稼働)"];
        held && begins_any(s.chars, m.chars.end, &opened).is_some()
            || crate::statement::events::is_beginning(s, m, from)
    };
    let open = s.times().filter(|(m, t)| m.chars.end <= from && (t.period.end.is_none() || began(m)));
    // 1月に開始し、3月末までに…: the month is the last one before.
    let yearless = |m: &Mention| !string(s.chars, m.chars.clone()).contains(['年', '/', '.']);
    let (m, day) = open.filter_map(|(m, t)| Some((m, t.period.start?))).last()?;
    if day > upto && yearless(m) { a_year_before(day).or(Some(day)) } else { Some(day) }
}

/// The first day of the fiscal year of a day that does not end it: what was counted up to a year's end may have begun
/// in any year.
pub(in crate::statement) fn april_before(end: jiff::civil::Date) -> Option<jiff::civil::Date> {
    fiscal_year_around(end).and_then(|year| year.start).filter(|_| end.month() != 3)
}

/// 令和3年4月から取扱いを始め、21,460件の利用があった: what came since is told up to the end of what is reported.
pub(in crate::statement) fn counted_since(mut p: ScopedPeriod, scope: &Scope) -> ScopedPeriod {
    let (Some(start), None) = (p.period.start, p.period.end) else { return p };
    let told = scope.period.as_ref().or(scope.reported.as_ref());
    let told = told.filter(|t| t.period.start.is_some_and(|first| first <= start));
    if let Some(end) = told.and_then(|t| t.period.end).filter(|end| *end > start) {
        p.period.end = Some(end);
        p.period.granularity = Granularity::Range;
    }
    p
}

/// 令和6年度からの計画 … 12月に寄せられた意見: a month without a year that has happened is the last one before the paper's day,
/// whatever year was told last; the last of what a paper without a date reports.
pub(in crate::statement) fn before_today(mut p: ScopedPeriod, scope: &Scope) -> ScopedPeriod {
    let yearless = !p.label.contains(['年', '/', '.']) && p.label.starts_with(|c: char| c.is_ascii_digit());
    let month = yearless && p.label.contains('月') || p.label.starts_with("年度末");
    let month = month && p.from >= Nearness::Sentence;
    let ahead = |p: &ScopedPeriod, today| p.period.start.or(p.period.end).is_some_and(|d| d > today);
    let reported = || scope.reported.as_ref().and_then(|r| r.period.end);
    let Some(today) = scope.time.reference.or_else(reported).filter(|_| month) else { return p };
    while ahead(&p, today) {
        p = year_before(p);
    }
    p
}

/// The same days a year before.
pub(in crate::statement) fn year_before(mut p: ScopedPeriod) -> ScopedPeriod {
    p.period.start = p.period.start.and_then(a_year_before);
    p.period.end = p.period.end.and_then(a_year_before);
    p
}

fn a_year_before(day: jiff::civil::Date) -> Option<jiff::civil::Date> {
    day.checked_sub(jiff::Span::new().years(1)).ok()
}

/// Whether a period is more than a day.
pub(super) fn is_span(p: &ScopedPeriod) -> bool {
    p.period.start.is_some() && p.period.start != p.period.end
}

/// 9月までの3か月間, 令和2年度までの3か年: the first day of so many months or years that end with the period.
pub(super) fn stretch_start(s: &Sentence, m: &Mention, p: &Period) -> Option<jiff::civil::Date> {
    const LONGEST: i64 = 240;
    let inside = ends_any(s.chars, m.chars.end, &["まで"]).map(|_| m.chars.end);
    let at = inside.or_else(|| begins_any(s.chars, m.chars.end, &["まで"]))?;
    let at = begins_any(s.chars, at, &["の", "の過去", "の直近"])?;
    let (_, o) = s.quantity_at(at)?;
    let count = i64::try_from(o.value.trunc().mantissa()).ok().filter(|n| (1..=LONGEST).contains(n))?;
    let months = match o.unit.as_str() {
        "か月" | "か月間" | "月" | "月間" => count,
        "年" | "年間" | "か年" => count * 12,
        _ => return None,
    };
    let next = p.end?.checked_add(jiff::Span::new().days(1)).ok()?;
    next.checked_sub(jiff::Span::new().months(months)).ok()
}

/// 令和5年度(9月末まで), 令和5年度(10月以降): the year and the part of it that its bracket tells.
pub(super) fn narrowed(s: &Sentence, m: &Mention, period: &Period) -> Period {
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
pub(in crate::statement) fn goes_up_to(s: &Sentence, label: &str) -> bool {
    s.times().any(|(m, _)| {
        string(s.chars, m.chars.clone()) == label && begins_any(s.chars, m.chars.end, &["まで"]).is_some()
    })
}

/// The first day of the year that a sentence tells before the number at `from`, where `end` lies in it.
pub(in crate::statement) fn year_around(
    s: &Sentence,
    from: usize,
    end: jiff::civil::Date,
) -> Option<jiff::civil::Date> {
    whole_around(s, from, end).and_then(|p| p.period.start)
}

/// The year that a sentence tells before the number at `from`, where `end` lies in it.
pub(in crate::statement) fn whole_around(
    s: &Sentence,
    from: usize,
    end: jiff::civil::Date,
) -> Option<ScopedPeriod> {
    let holds = |t: &TimeMention| year_from(&t.period, end).is_some();
    let whole = s.times().filter(|(m, t)| m.chars.end <= from && holds(t) && is_free(s, m)).last();
    whole.map(|(m, t)| ScopedPeriod {
        period: t.period.clone(),
        label: string(s.chars, m.chars.clone()),
        from: Nearness::Clause,
    })
}

/// The first day of a year that holds `end`.
pub(in crate::statement) fn year_of(
    p: Option<&ScopedPeriod>,
    end: jiff::civil::Date,
) -> Option<jiff::civil::Date> {
    p.and_then(|p| year_from(&p.period, end))
}

fn year_from(p: &Period, end: jiff::civil::Date) -> Option<jiff::civil::Date> {
    let (from, to) = (p.start?, p.end?);
    let year = matches!(p.granularity, Granularity::FiscalYear | Granularity::Year);
    (year && from < end && end <= to).then_some(from)
}

/// What a period means for a stated value: a deadline at a point (年度末までに) is the day itself; a change
/// that holds from a fiscal year on (今年度から) is told for that year.
pub(super) fn settled(s: &Sentence, m: &Mention, t: &TimeMention) -> Period {
    let (period, relative) = (&t.period, t.relative);
    let mut p = narrowed(s, m, period);
    if let Some(start) = stretch_start(s, m, &p) {
        p.start = Some(start);
        return p;
    }
    // 3月補正予算: the budget of the month's year.
    if period.granularity == Granularity::Month
        && begins_any(s.chars, m.chars.end, &["補正予算", "補正"]).is_some()
        && let Some(year) = period.start.and_then(fiscal_year_around)
    {
        return year;
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
            if words.contains("年度")
                && start.month() == 4
                && words.contains("から")
                && (relative || !goes_on(s, m)) =>
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

/// Whether what a time begins has been going on since (令和3年度から実施している; not 令和7年度から4課に拡大する).
fn goes_on(s: &Sentence, m: &Mention) -> bool {
    const FARTHEST: usize = 60;
    let behind = string(s.chars, m.chars.end..(m.chars.end + FARTHEST).min(s.chars.len()));
    let clause = behind.split('。').next().unwrap_or_default();
    ["ている", "ておる", "てきた", "累計", "通算", "までの", "までに", "した"]
        .iter()
        .any(|w| clause.contains(w))
}

/// 令和5年10月から3か月間, 4月1日から2年間: the last day of a time that is told by its length.
pub(super) fn last_day(s: &Sentence, m: &Mention, start: jiff::civil::Date) -> Option<jiff::civil::Date> {
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
