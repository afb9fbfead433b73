//! Periods of the calendar and of the fiscal year (April to March).

use jiff::civil::Date;
use shiryo_model::{Granularity, Period};

/// First month of the fiscal year.
const FISCAL_START: i8 = 4;

/// A calendar day, if there is one.
pub(crate) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// The fiscal year (its first calendar year) a day lies in.
pub fn fiscal_year_of(day: Date) -> i16 {
    if day.month() >= FISCAL_START { day.year() } else { day.year().saturating_sub(1) }
}

/// The calendar year of month `month` of fiscal year `fiscal`.
pub(crate) fn year_in_fiscal(fiscal: i16, month: i8) -> i16 {
    if month >= FISCAL_START { fiscal } else { fiscal.saturating_add(1) }
}

/// `count` months from the first of `month`.
fn months(year: i16, month: i8, count: i8, granularity: Granularity) -> Option<Period> {
    let start = date(year, month, 1)?;
    let last = i16::from(month) - 1 + i16::from(count) - 1;
    let end = date(year.checked_add(last / 12)?, i8::try_from(last % 12).ok()? + 1, 1)?.last_of_month();
    Some(Period { start: Some(start), end: Some(end), granularity })
}

/// A fiscal year: 令和5年度 = 2023-04-01 … 2024-03-31.
pub fn fiscal_year(year: i16) -> Option<Period> {
    months(year, FISCAL_START, 12, Granularity::FiscalYear)
}

/// A calendar year.
pub fn calendar_year(year: i16) -> Option<Period> {
    months(year, 1, 12, Granularity::Year)
}

/// A month.
pub fn month(year: i16, month: i8) -> Option<Period> {
    months(year, month, 1, Granularity::Month)
}

/// The months from `first` of `year` to the next `last`.
pub(crate) fn through_month(year: i16, first: i8, last: i8) -> Option<Period> {
    months(year, first, (last - first).rem_euclid(12) + 1, Granularity::Range)
}

/// One day.
pub(crate) fn day(year: i16, month: i8, day: i8) -> Option<Period> {
    date(year, month, day).map(on)
}

/// One day as a period.
pub(crate) fn on(day: Date) -> Period {
    Period { start: Some(day), end: Some(day), granularity: Granularity::Day }
}

/// Half of a fiscal or calendar year, 1 or 2.
pub(crate) fn half(year: i16, n: i8, fiscal: bool) -> Option<Period> {
    part(year, n, 2, fiscal, Granularity::HalfYear)
}

/// Quarter of a fiscal or calendar year, 1 to 4.
pub(crate) fn quarter(year: i16, n: i8, fiscal: bool) -> Option<Period> {
    part(year, n, 4, fiscal, Granularity::Quarter)
}

fn part(year: i16, n: i8, of: i8, fiscal: bool, granularity: Granularity) -> Option<Period> {
    if !(1..=of).contains(&n) {
        return None;
    }
    let length = 12 / of;
    let first = if fiscal { FISCAL_START - 1 } else { 0 } + (n - 1) * length;
    months(year.checked_add(i16::from(first / 12))?, first % 12 + 1, length, granularity)
}

/// Season of a year: 0 spring (March to May) … 3 winter (December to February).
pub(crate) fn season(year: i16, n: i8) -> Option<Period> {
    months(year, 3 + 3 * n, 3, Granularity::Quarter)
}

/// First, second or last third of a month, 0 to 2.
pub(crate) fn ten_days(year: i16, month: i8, n: i8) -> Option<Period> {
    let first = date(year, month, 1 + 10 * n)?;
    let end = if n == 2 { first.last_of_month() } else { date(year, month, 10 + 10 * n)? };
    Some(Period { start: Some(first), end: Some(end), granularity: Granularity::TenDays })
}

/// First or second half of a month, 0 or 1.
pub(crate) fn half_month(year: i16, month: i8, n: i8) -> Option<Period> {
    let first = date(year, month, 1 + 15 * n)?;
    let end = if n == 1 { first.last_of_month() } else { date(year, month, 15)? };
    Some(Period { start: Some(first), end: Some(end), granularity: Granularity::Range })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(p: Option<Period>) -> String {
        p.and_then(|p| Some(format!("{}..{}", p.start?, p.end?))).unwrap_or_default()
    }

    #[test]
    fn periods() {
        assert_eq!(ends(fiscal_year(2023)), "2023-04-01..2024-03-31");
        assert_eq!(ends(half(2024, 2, true)), "2024-10-01..2025-03-31");
        assert_eq!(ends(quarter(2024, 4, true)), "2025-01-01..2025-03-31");
        assert_eq!(ends(quarter(2024, 4, false)), "2024-10-01..2024-12-31");
        assert_eq!(ends(ten_days(2024, 2, 2)), "2024-02-21..2024-02-29");
        assert_eq!(ends(season(2023, 3)), "2023-12-01..2024-02-29");
        assert_eq!(ends(month(2023, 13)), "");
    }
}
