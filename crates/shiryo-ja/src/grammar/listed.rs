//! Years, months and days that share the word after the last of them: 令和5・6年度, 10～12月, 5/7・13.

use super::calendar as cal;
use super::era::{self, ERAS, Era, era_number};
use super::number::small;
use super::range::DASHES;
use super::time::{Anchor, Point, Span, has, skip_space, weekday};
use crate::chars::starts_with;
use shiryo_model::{Granularity, Period};

/// The era named at `at` and where its number begins.
fn era_name(c: &[char], at: usize) -> (Option<Era>, usize) {
    let rest = c.get(at..).unwrap_or_default();
    match ERAS.iter().find(|e| starts_with(rest, e.name)) {
        Some(e) => (Some(*e), at + 2),
        None => (None, at),
    }
}

fn joint(c: char) -> bool {
    DASHES.contains(&c) || matches!(c, '・' | '、' | ',')
}

/// 令和5・6年度, 平成30～令和4年度, 2024-25年度: the word that makes them years comes after the last.
pub(super) fn years_listed(c: &[char], at: usize, anchor: &Anchor) -> Option<Span> {
    let (era, i) = era_name(c, at);
    let (first, end) = era_number(c, i)?;
    if !joint(*c.get(end)?) {
        return None;
    }
    let (named, i) = era_name(c, skip_space(c, end + 1));
    let (last, end) = era_number(c, i)?;
    let fiscal = has(c, end, "年度");
    let calendar = era.is_some() && has(c, end, "年") && !has(c, end, "年間");
    if !fiscal && !calendar {
        return None;
    }
    let year = |n: i16, era: Option<Era>| match era {
        Some(e) if n < 100 => e.year(n),
        _ => era::WESTERN.contains(&n).then_some(n),
    };
    let from = year(first, era.or(anchor.era))?;
    // 2024-25: the century is told once.
    let to = if era.is_none() && first >= 100 && last < 100 {
        era::WESTERN.contains(&first).then_some(first / 100 * 100 + last)?
    } else {
        year(last, named.or(era).or(anchor.era))?
    };
    let whole = |y| if fiscal { cal::fiscal_year(y) } else { cal::calendar_year(y) };
    let end = end + if fiscal { 2 } else { 1 };
    let period = Period { start: whole(from)?.start, end: whole(to)?.end, granularity: Granularity::Range };
    let era = named.or(era).or(anchor.era);
    let point = Point { year: Some(to), fiscal, era, explicit: true, end, ..Default::default() };
    (from < to).then_some(Span { period: Some(period), point, end, rule: None })
}

/// 10～12月, 5・6月, 4～6月期: the first month, the last, and the position after.
pub(super) fn months_listed(c: &[char], at: usize) -> Option<(i8, i8, usize)> {
    let (first, end) = small(c, at)?;
    if !joint(*c.get(end)?) || end - at > 2 {
        return None;
    }
    let (last, end) = small(c, end + 1)?;
    let month = |n: i16| i8::try_from(n).ok().filter(|m| (1..=12).contains(m));
    let (first, last) = (month(first)?, month(last)?);
    let word = c.get(end) == Some(&'月') && !matches!(c.get(end + 1), Some('間' | '号' | '曜' | '例'));
    let end = end + 1 + usize::from(c.get(end + 1) == Some(&'期') && c.get(end + 2) != Some(&'末'));
    (word && first != last).then_some((first, last, end))
}

/// ・13, 、13日 after a day: further days of the same month; gives the last and the position after.
pub(super) fn more_days(c: &[char], p: &Point, at: usize) -> Option<(i8, usize)> {
    let mut day = p.day?;
    let numeric = c.get(at.checked_sub(1)?)?.is_ascii_digit();
    let mut end = at;
    while matches!(c.get(end), Some('・' | '、' | ',')) {
        let Some((next, after)) = small(c, end + 1) else { break };
        let word = c.get(after) == Some(&'日') && !matches!(c.get(after + 1), Some('間' | '目'));
        let plain = numeric
            && !c.get(after).is_some_and(|n| {
                n.is_ascii_alphanumeric() || matches!(n, '/' | '.') || crate::chars::is_japanese(*n)
            });
        let next = i8::try_from(next).ok().filter(|n| *n > day && *n <= 31);
        match next {
            Some(n) if word || plain && c.get(end) == Some(&'・') => {
                day = n;
                end = weekday(c, if word { after + 1 } else { after });
            }
            _ => break,
        }
    }
    (end > at).then_some((day, end))
}
