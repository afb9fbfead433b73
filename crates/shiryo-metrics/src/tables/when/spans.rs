//! Times made of several: years that follow each other, months joined, parts of a year told behind it.

use super::{When, narrows};
use shiryo_model::{Granularity, Period};

/// The time from the first to the last of several fiscal years that follow each other, latest first.
pub(in super::super) fn span_of(years: impl Iterator<Item = Option<Period>>) -> Option<When> {
    let years: Vec<Period> = years
        .collect::<Option<Vec<_>>>()?
        .into_iter()
        .filter(|p| p.granularity == Granularity::FiscalYear)
        .collect();
    let (last, first) = (years.first()?, years.last()?);
    let count = i16::try_from(years.len()).ok()?;
    if last.start?.year() - first.start?.year() + 1 != count {
        return None;
    }
    let period = Period { start: first.start, end: last.end, granularity: Granularity::Range };
    Some(When { period: Some(period), ..When::default() })
}

/// The time from the first to the last of years, months or quarters that follow each other, each told once.
pub(in super::super) fn span_from<'a>(times: impl Iterator<Item = &'a Period>) -> Option<When> {
    let times: Vec<&Period> = times.collect();
    let (first, last) = (times.first()?, times.last()?);
    let whole = |p: &Period| !matches!(p.granularity, Granularity::Day | Granularity::Range);
    let follows = |w: &[&Period]| matches!(w, [a, b] if a.granularity == b.granularity && a.end.and_then(|e| e.tomorrow().ok()) == b.start);
    if times.len() < 2 || !whole(first) || !times.windows(2).all(follows) {
        return None;
    }
    let period = Period { start: first.start, end: last.end, granularity: Granularity::Range };
    Some(When { period: Some(period), ..When::default() })
}

/// Two months that follow each other, as one time.
pub(super) fn joined(first: &Period, second: &Period) -> Option<Period> {
    let months = first.granularity == Granularity::Month && second.granularity == Granularity::Month;
    let follows = first.end?.tomorrow().ok() == second.start;
    let granularity = Granularity::Range;
    (months && follows).then_some(Period { start: first.start, end: second.end, granularity })
}

/// The part of a year that a time told behind it is; up to a day: from the beginning of the year.
pub(super) fn part_told(year: &Period, told: &Period, words: &str, behind: &str) -> Option<Period> {
    if !matches!(year.granularity, Granularity::FiscalYear | Granularity::Year) {
        return None;
    }
    // (9月末): what was counted up to then; 現在 says that it is the state of a day.
    let counted = words.ends_with("月末") && behind.starts_with(')');
    let until = (told.start.is_none() || counted) && told.end.is_some();
    let start = if until { year.start } else { told.start };
    let granularity = if until { Granularity::Range } else { told.granularity };
    let part = Period { start, end: told.end, granularity };
    narrows(&part, year).then_some(part)
}
