//! Years: eras, Western years, both beside each other.

use super::number::small;
use crate::chars::starts_with;

/// A Japanese era.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Era {
    /// 令和
    pub name: &'static str,
    /// 令
    pub short: char,
    /// R
    pub letter: char,
    /// Calendar year of its first year.
    pub first: i16,
}

/// Eras from Meiji, newest first.
pub const ERAS: &[Era] = &[
    Era { name: "令和", short: '令', letter: 'R', first: 2019 },
    Era { name: "平成", short: '平', letter: 'H', first: 1989 },
    Era { name: "昭和", short: '昭', letter: 'S', first: 1926 },
    Era { name: "大正", short: '大', letter: 'T', first: 1912 },
    Era { name: "明治", short: '明', letter: 'M', first: 1868 },
];

impl Era {
    /// The calendar year of year `n` of the era. Papers written before an era ended name years beyond its
    /// end (平成33年度), so there is no upper limit but two digits.
    pub fn year(&self, n: i16) -> Option<i16> {
        (1..=99).contains(&n).then(|| self.first + n - 1)
    }
}

/// Years that a Western number may name.
pub(crate) const WESTERN: std::ops::RangeInclusive<i16> = 1868..=2199;

/// How a year was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum YearForm {
    /// 年度
    Fiscal,
    /// 年
    Calendar,
    /// Nothing (R5, 2023/).
    Bare,
}

/// A year read from text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Year {
    pub(crate) year: i16,
    pub(crate) form: YearForm,
    pub(crate) era: Option<Era>,
    pub(crate) letter: bool,
    pub(crate) end: usize,
}

/// The year that begins at `at`. `inherited` is the era a number without one belongs to (～6年度).
pub(crate) fn year(c: &[char], at: usize, inherited: Option<Era>) -> Option<Year> {
    let first = *c.get(at)?;
    let rest = c.get(at..)?;
    if starts_with(rest, "西暦") {
        return western(c, at + 2);
    }
    if let Some(era) = ERAS.iter().find(|e| e.short == first) {
        let named = starts_with(rest, era.name);
        return of_era(c, at + if named { 2 } else { 1 }, *era, false)
            .filter(|y| named || y.form != YearForm::Bare || separator(c, y.end));
    }
    if let Some(era) = ERAS.iter().find(|e| e.letter == first) {
        return of_letter(c, at, *era);
    }
    western(c, at).or_else(|| bare(c, at, inherited))
}

fn separator(c: &[char], at: usize) -> bool {
    matches!(c.get(at), Some('.' | '/')) && c.get(at + 1).is_some_and(char::is_ascii_digit)
}

/// 令和 + 5年度, 元年, 5(2023)年度, 8年(2026年)度
fn of_era(c: &[char], at: usize, era: Era, letter: bool) -> Option<Year> {
    let (n, end) = era_number(c, at)?;
    let year = era.year(n)?;
    let (form, end) = year_word(c, end);
    Some(Year { year, form, era: Some(era), letter, end })
}

/// The number of a year in its era: 元 is the first.
pub(super) fn era_number(c: &[char], at: usize) -> Option<(i16, usize)> {
    if c.get(at) == Some(&'元') { Some((1, at + 1)) } else { small(c, at) }
}

/// R5, R5年度, H30.4
fn of_letter(c: &[char], at: usize, era: Era) -> Option<Year> {
    let digits = c.get(at + 1..)?.iter().take_while(|d| d.is_ascii_digit()).count();
    if !(1..=2).contains(&digits) && c.get(at + 1) != Some(&'元') {
        return None;
    }
    let y = of_era(c, at + 1, era, true)?;
    if y.form != YearForm::Bare {
        return Some(y);
    }
    let next = c.get(y.end);
    // S3, T2 and M1 are more often names than years; R5 and H30 are years.
    let common = matches!(era.letter, 'R' | 'H') && (era.letter == 'R' || digits == 2 || separator(c, y.end));
    let ends = next.is_none_or(|n| !n.is_ascii_alphanumeric() && !matches!(n, '-' | '_' | '&'))
        || hyphenated(c, y.end, era);
    (ends && (common || separator(c, y.end))).then_some(y)
}

/// Whether the hyphen at `at` stands in a date (R6-4-1) or before another year (R5-R7), not in an id (R5-2).
fn hyphenated(c: &[char], at: usize, era: Era) -> bool {
    let number = |at: usize| small(c, at).filter(|_| c.get(at).is_some_and(char::is_ascii_digit));
    let free = |e: usize| c.get(e).is_none_or(|n| !n.is_ascii_alphanumeric() && *n != '-');
    let date = || {
        number(at + 1).is_some_and(|(month, e)| {
            (1..=12).contains(&month)
                && c.get(e) == Some(&'-')
                && number(e + 1).is_some_and(|(day, e)| (1..=31).contains(&day) && free(e))
        })
    };
    let year =
        || c.get(at + 1) == Some(&era.letter) && number(at + 2).is_some_and(|(n, e)| n < 100 && free(e));
    c.get(at) == Some(&'-') && (year() || date())
}

/// 2023年度, 2023(令和5)年度, 2023年(令和5年)
fn western(c: &[char], at: usize) -> Option<Year> {
    let (n, end) = small(c, at)?;
    if !WESTERN.contains(&n) {
        return None;
    }
    let (form, end) = year_word(c, end);
    let numeric = || {
        matches!(c.get(end), Some('/' | '-' | '.' | '・')) && c.get(end + 1).is_some_and(char::is_ascii_digit)
    };
    let dated = form != YearForm::Bare || numeric() || season_after(c, end).is_some();
    dated.then_some(Year { year: n, form, era: None, letter: false, end })
}

/// Where a season stands right after a year (2021夏, 2021/春); not 2021秋田, 2021春日.
pub(super) fn season_after(c: &[char], at: usize) -> Option<usize> {
    let i = at + usize::from(c.get(at) == Some(&'/'));
    let after = c.get(i + 1).copied().unwrap_or('\n');
    let ends = !crate::chars::is_kanji(after) || matches!(after, '季' | '期' | '頃');
    (matches!(c.get(i), Some('春' | '夏' | '秋' | '冬')) && ends).then_some(i)
}

/// 6(2024)年度; 6年度 after an era.
fn bare(c: &[char], at: usize, inherited: Option<Era>) -> Option<Year> {
    let (n, end) = small(c, at)?;
    if !(1..=99).contains(&n) {
        return None;
    }
    if let Some((year, paren)) = in_brackets(c, end) {
        let (form, end) = year_word(c, paren);
        let era = ERAS.iter().find(|e| e.year(n) == Some(year)).copied();
        return (form != YearForm::Bare && era.is_some()).then_some(Year {
            year,
            form,
            era,
            letter: false,
            end,
        });
    }
    let (form, end) = year_word(c, end);
    let era = inherited?;
    let year = era.year(n)?;
    // A number and 年 alone is a length of time; with a month it is a date.
    let dated = form == YearForm::Calendar
        && small(c, end).is_some_and(|(m, e)| (1..=12).contains(&m) && c.get(e) == Some(&'月'));
    (form == YearForm::Fiscal || dated).then_some(Year { year, form, era: Some(era), letter: false, end })
}

/// How far ahead of their day papers plan in years without an era.
const LONGEST_PLAN: i16 = 8;

/// What a year without an era names where that of the day it was written (`now`) would put it too far ahead: 16年度 in
/// 2024 is 2016, 30年度 the year of the era before.
pub(crate) fn likely(y: Year, now: i16) -> Option<i16> {
    let era = y.era?;
    let n = y.year - era.first + 1;
    if y.year <= now + LONGEST_PLAN {
        return None;
    }
    let western = 2000 + n;
    let earlier = || ERAS.iter().skip_while(|e| e.first >= era.first).find_map(|e| e.year(n));
    if western <= now + 1 { Some(western) } else { earlier() }
}

/// 年, 年度, and the other calendar's year in brackets around them; gives the position after.
fn year_word(c: &[char], at: usize) -> (YearForm, usize) {
    let mut end = in_brackets(c, at).map_or(at, |(_, e)| e);
    if c.get(end) == Some(&' ') && c.get(end + 1) == Some(&'年') {
        end += 1;
    }
    if c.get(end) != Some(&'年') {
        return (YearForm::Bare, at);
    }
    end += 1;
    let bracket = in_brackets(c, end).map(|(_, e)| e);
    let after = bracket.unwrap_or(end);
    if c.get(after) == Some(&'度') {
        let end = after + 1;
        return (YearForm::Fiscal, in_brackets(c, end).map_or(end, |(_, e)| e));
    }
    (YearForm::Calendar, after)
}

/// (2023年度), (令和5): a year in brackets and nothing else.
fn in_brackets(c: &[char], at: usize) -> Option<(i16, usize)> {
    let open = if c.get(at) == Some(&' ') { at + 1 } else { at };
    if !matches!(c.get(open), Some('(' | '[')) {
        return None;
    }
    let skip = |at: usize| at + usize::from(c.get(at) == Some(&' '));
    let inside = skip(open + 1);
    let first = *c.get(inside)?;
    let (year, mut end) = match ERAS.iter().find(|e| e.short == first || e.letter == first) {
        Some(era) => {
            let named = starts_with(c.get(inside..)?, era.name);
            let (n, end) = era_number(c, skip(inside + if named { 2 } else { 1 }))?;
            (era.year(n)?, end)
        }
        None => {
            let (n, end) = small(c, inside)?;
            (WESTERN.contains(&n).then_some(n)?, end)
        }
    };
    for word in ['年', '度'] {
        if c.get(end) == Some(&word) {
            end += 1;
        }
    }
    let end = skip(end);
    matches!(c.get(end), Some(')' | ']')).then_some((year, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years() {
        let y = |s: &str| {
            let c: Vec<char> = s.chars().collect();
            year(&c, 0, Some(ERAS[0])).map(|y| (y.year, y.form, y.end))
        };
        use YearForm::*;
        assert_eq!(y("令和5年度"), Some((2023, Fiscal, 5)));
        assert_eq!(y("令和元年"), Some((2019, Calendar, 4)));
        assert_eq!(y("令和5(2023)年度"), Some((2023, Fiscal, 11)));
        assert_eq!(y("令和8年(2026年)度末"), Some((2026, Fiscal, 12)));
        assert_eq!(y("令和5年度(2023年度)"), Some((2023, Fiscal, 13)));
        assert_eq!(y("2023(令和5)年度"), Some((2023, Fiscal, 11)));
        assert_eq!(y("6(2024)年度"), Some((2024, Fiscal, 9)));
        assert_eq!(y("R5"), Some((2023, Bare, 2)));
        assert_eq!(y("R5年度"), Some((2023, Fiscal, 4)));
        assert_eq!(y("R4.3"), Some((2022, Bare, 2)));
        assert_eq!(y("6年度"), Some((2024, Fiscal, 3)));
        assert_eq!(y("明治45年"), Some((1912, Calendar, 5)));
        assert_eq!(y("令和0年"), None);
        assert_eq!(y("S3"), None);
        assert_eq!(y("3年"), None);
        assert_eq!(y("RPA"), None);
    }

    #[test]
    fn years_without_an_era_lie_near_their_day() {
        let likely_of = |n: i16, now: i16| {
            let era = ERAS.iter().find(|e| e.first <= now).copied();
            let year = era.and_then(|e| e.year(n)).unwrap_or_default();
            likely(Year { year, form: YearForm::Fiscal, era, letter: false, end: 0 }, now)
        };
        assert_eq!(likely_of(8, 2024), None);
        assert_eq!(likely_of(14, 2024), None);
        assert_eq!(likely_of(16, 2024), Some(2016));
        assert_eq!(likely_of(30, 2024), Some(2018));
        assert_eq!(likely_of(33, 2018), None);
    }
}
