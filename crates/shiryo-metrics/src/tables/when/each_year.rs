//! The day that figures of a series hold for in each of its years.

use jiff::civil::Date;
use shiryo_model::{Granularity, Period};

/// The day or month of every year that figures of a series hold for (各年4月1日現在, 各年度末).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct EachYear {
    month: i8,
    /// `None`: the last day of the month.
    day: Option<i8>,
    /// 各年度: the fiscal year is meant, whatever the label says.
    fiscal: bool,
}

/// Reads a day without a year (4月1日現在): beside years it is that day of each.
pub(in super::super) fn day_without_year(words: &str) -> Option<EachYear> {
    let (before, after) = words.split_once('月')?;
    let month_digits = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let month = super::month(before.get(month_digits.len()..)?)?;
    let lead = month_digits.trim_end();
    if lead.ends_with(['年', '度', '.', '/']) || !after.contains("現在") {
        return None;
    }
    if after.starts_with('末') {
        return Some(EachYear { month, day: None, fiscal: false });
    }
    let day = after.split_once('日')?.0.trim().parse().ok().filter(|d| (1..=31).contains(d))?;
    Some(EachYear { month, day: Some(day), fiscal: false })
}

/// Reads 各年…, 毎年… in a caption, note or header.
pub(in super::super) fn each_year(words: &str) -> Option<EachYear> {
    find(words).map(|(each, _)| each)
}

/// Takes 各年… out of words: 登録者数の推移(各年5月1日現在) leaves 登録者数の推移.
pub(in super::super) fn each_year_apart(words: &str) -> Option<(EachYear, String)> {
    let (each, range) = find(words)?;
    let mut rest = words.to_owned();
    rest.replace_range(range, "");
    Some((each, super::without_remains(&rest)))
}

/// 各年…, 毎年… with the bytes it takes.
fn find(words: &str) -> Option<(EachYear, std::ops::Range<usize>)> {
    let (start, lead) = ["各年度", "毎年度", "各年", "毎年"]
        .iter()
        .filter_map(|lead| words.find(lead).map(|at| (at, *lead)))
        .min_by_key(|(at, lead)| (*at, std::cmp::Reverse(lead.len())))?;
    let fiscal = lead.ends_with('度');
    let rest = words.get(start + lead.len()..)?;
    let end = |left: &str| start + lead.len() + rest.len() - left.len();
    if let Some(left) = rest.strip_prefix('末') {
        let month = if fiscal { 3 } else { 12 };
        return Some((EachYear { month, day: None, fiscal }, start..end(left)));
    }
    let (month, left) = rest.trim_start_matches([' ', 'の', '、']).split_once('月')?;
    let month = super::month(month.trim())?;
    if let Some(left) = left.strip_prefix("末日").or_else(|| left.strip_prefix('末')) {
        return Some((EachYear { month, day: None, fiscal }, start..end(left)));
    }
    let (day, left) = left.split_once('日')?;
    let day = day.trim().parse().ok().filter(|d| (1..=31).contains(d))?;
    Some((EachYear { month, day: Some(day), fiscal }, start..end(left)))
}

impl EachYear {
    /// The same day of every year.
    pub(in super::super) fn of(day: Date) -> Self {
        Self { month: day.month(), day: Some(day.day()), fiscal: false }
    }

    /// The day within a year of a series; `None` when it cannot be told which day that is.
    pub(in super::super) fn in_year(self, year: &Period) -> Option<Period> {
        let start = year.start?;
        let by_fiscal_year = match year.granularity {
            Granularity::FiscalYear => true,
            Granularity::Year => self.fiscal,
            _ => return None,
        };
        // 各年3月31日 beside 令和5年度: the day that ends it; 各年1月1日: of either year.
        if by_fiscal_year && !self.fiscal && self.month < 3 {
            return None;
        }
        let y = if by_fiscal_year && self.month < 4 { start.year().checked_add(1)? } else { start.year() };
        let first = Date::new(y, self.month, 1).ok()?;
        let day = match self.day {
            Some(day) => Date::new(y, self.month, day).ok()?,
            None => first.last_of_month(),
        };
        Some(Period { start: Some(day), end: Some(day), granularity: Granularity::Day })
    }
}
