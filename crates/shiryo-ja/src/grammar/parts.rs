//! Parts of a year or month (上期, 第1四半期, 秋, 中旬) and decades.

use super::calendar as cal;
use super::number::small;
use super::time::{Point, has, last_of};
use crate::mention::YearParts;
use shiryo_model::{Granularity, Period};

/// Halves, quarters, seasons, thirds of a month; gives the days and the position after.
pub(super) fn part_of(c: &[char], p: &Point, parts: YearParts) -> Option<(Option<Period>, usize)> {
    let i = if c.get(p.end) == Some(&'の') || c.get(p.end) == Some(&' ') { p.end + 1 } else { p.end };
    if p.day.is_some() {
        return None;
    }
    if p.through.is_some() {
        return None;
    }
    if let Some(m) = p.month {
        for (n, word) in ["上旬", "中旬", "下旬"].iter().enumerate() {
            if has(c, i, word) {
                return Some((p.year.and_then(|y| cal::ten_days(y, m, n as i8)), i + 2));
            }
        }
        if has(c, i, "初旬") {
            return Some((p.year.and_then(|y| cal::ten_days(y, m, 0)), i + 2));
        }
        for (n, word) in ["前半", "後半"].iter().enumerate() {
            if has(c, i, word) {
                return Some((p.year.and_then(|y| cal::half_month(y, m, n as i8)), i + 2));
            }
        }
        return None;
    }
    let y = p.year;
    if let Some(days) = decade(c, p) {
        return Some((Some(days), p.end + 1));
    }
    // Parts of a 年度 are fiscal whatever the context says.
    let named = p.fiscal && !p.relative;
    let fiscal = |usual: bool| match parts {
        YearParts::AsWritten => usual,
        YearParts::Fiscal => true,
        YearParts::Calendar => named,
    };
    // 上期 and 下期 are halves of the fiscal year, also after 年; 上半期 after 年 is of the calendar year.
    for (word, n, by_year) in [
        ("上半期", 1, p.fiscal),
        ("下半期", 2, p.fiscal),
        ("上期", 1, true),
        ("下期", 2, true),
        ("前半", 1, p.fiscal),
        ("後半", 2, p.fiscal),
        ("前期", 1, true),
        ("後期", 2, true),
    ] {
        // 令和6年度後期高齢者医療: another word.
        if has(c, i, word) && !(word.ends_with('期') && c.get(i + word.chars().count()) == Some(&'高')) {
            return Some((y.and_then(|y| cal::half(y, n, fiscal(by_year))), i + word.chars().count()));
        }
    }
    if let Some((n, end)) = quarter_word(c, i) {
        return Some((y.and_then(|y| cal::quarter(y, n, fiscal(p.fiscal))), end));
    }
    for (n, word) in ["春", "夏", "秋", "冬"].iter().enumerate() {
        // 春季, 秋頃, 今年の秋; not 夏目町, 秋田.
        let after = c.get(i + 1).copied().unwrap_or(' ');
        if has(c, i, word) && (!crate::chars::is_kanji(after) || matches!(after, '季' | '期' | '頃')) {
            let end = i + 1 + usize::from(matches!(after, '季' | '期'));
            // 夏季一時保育, 冬期講習: a name.
            let name = end > i + 1
                && c.get(end).is_some_and(|n| crate::chars::is_kanji(*n) && !"中頃分末".contains(*n));
            if name {
                return None;
            }
            return Some((y.and_then(|y| cal::season(y, n as i8)), end));
        }
    }
    None
}

/// 2010年代, 昭和40年代: ten years.
fn decade(c: &[char], p: &Point) -> Option<Period> {
    let word = c.get(p.end) == Some(&'代') && last_of(c, p) == Some('年');
    if !word || c.get(p.end + 1).is_some_and(|n| "表理金行替休議".contains(*n)) {
        return None;
    }
    let year = p.year?;
    let round = p.era.map_or(year, |e| year - e.first + 1) % 10 == 0;
    let (start, end) = (cal::calendar_year(year)?.start, cal::calendar_year(year.checked_add(9)?)?.end);
    round.then_some(Period { start, end, granularity: Granularity::Range })
}

/// 第1四半期, 第３・四半期, 1四半期, Q2.
pub(crate) fn quarter_word(c: &[char], at: usize) -> Option<(i8, usize)> {
    let q = c.get(at) == Some(&'Q');
    let i = if q || c.get(at) == Some(&'第') { at + 1 } else { at };
    let (n, end) = small(c, i)?;
    let n = i8::try_from(n).ok().filter(|n| (1..=4).contains(n))?;
    if q {
        return (!c.get(end).is_some_and(char::is_ascii_alphanumeric)).then_some((n, end));
    }
    let end = end + usize::from(c.get(end) == Some(&'・'));
    has(c, end, "四半期").then_some((n, end + 3))
}
