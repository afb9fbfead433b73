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

/// What is told of figures up to a day.
pub(in super::super) const RESULTS: &str = "実績";

/// The part of a year that a time told behind it is; up to a day: from the beginning of the year.
pub(super) fn part_told(year: &Period, told: &Period, words: &str, behind: &str) -> Option<Period> {
    if !matches!(year.granularity, Granularity::FiscalYear | Granularity::Year) {
        return None;
    }
    // (9月末), (9月末実績): what was counted up to then; 現在 says that it is the state of a day.
    let counted = words.ends_with("月末") && behind.trim_start_matches(RESULTS).starts_with(')');
    let until = (told.start.is_none() || counted) && told.end.is_some();
    let start = if until { year.start } else { told.start };
    let granularity = if until { Granularity::Range } else { told.granularity };
    let part = Period { start, end: told.end, granularity };
    narrows(&part, year).then_some(part)
}

/// A time without an end (R6.4~) with the month that a number behind it names, and how many characters that takes.
pub(super) fn until_month(open: &Period, behind: &[char]) -> Option<(Period, usize)> {
    let start = open.start.filter(|_| open.end.is_none())?;
    let digits: String = behind.iter().take_while(|c| c.is_ascii_digit()).collect();
    let month: i8 = digits.parse().ok().filter(|m| (1..=12).contains(m))?;
    let mut taken = digits.len();
    if behind.get(taken) == Some(&'月') {
        taken += 1;
    }
    let closes = behind.get(taken).is_none_or(|c| matches!(c, ')' | '）' | '、' | ' '));
    let year = if month < start.month() { start.year().checked_add(1)? } else { start.year() };
    let end = jiff::civil::Date::new(year, month, 1).ok()?.last_of_month();
    let period = Period { start: Some(start), end: Some(end), granularity: Granularity::Range };
    closes.then_some((period, taken))
}

/// Era, year and month of a label that names a month of a year: 令和5年9月, R5.9, 2023年9月.
fn month_parts(label: &str) -> Option<(&str, i16, i8)> {
    let eras = ["令和", "平成", "昭和", "R", "H", "S"];
    let era = eras.iter().find(|e| label.starts_with(**e)).copied().unwrap_or_default();
    let rest = label.get(era.len()..)?;
    let (year, month) = rest.split_once('年').or_else(|| rest.split_once('.').filter(|_| !era.is_empty()))?;
    let year = if year == "元" { 1 } else { year.parse().ok()? };
    let digits = month.len() - month.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, tail) = month.split_at(digits);
    let month = number.parse().ok().filter(|m| (1..=12).contains(m))?;
    let whole = matches!(tail, "" | "月" | "月分" | "月末") && (!era.is_empty() || year >= 1900);
    whole.then_some((era, year, month))
}

/// Whether a label names a month of a year: what months behind it may go on from.
pub(in super::super) fn begins_months(label: &str) -> bool {
    month_parts(label).is_some()
}

/// The month that goes on from one with its year: behind 令和5年12月, 1月 is 令和6年1月. `None`: it goes on from none.
pub(in super::super) fn month_continued(before: &str, label: &str) -> Option<String> {
    let (era, year, month) = month_parts(before)?;
    let at = label.find('月')?;
    let next: i8 = label.get(..at)?.parse().ok().filter(|m| (1..=12).contains(m))?;
    let tail = label.get(at..).filter(|t| matches!(*t, "月" | "月分" | "月末"))?;
    let year = match next.cmp(&month) {
        std::cmp::Ordering::Greater => year,
        std::cmp::Ordering::Less => year.checked_add(1)?,
        std::cmp::Ordering::Equal => return None,
    };
    Some(format!("{era}{year}年{next}{tail}"))
}
