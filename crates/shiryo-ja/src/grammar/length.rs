//! Lengths of time that are more than one number and one unit: 1時間30分, 1年6か月, 半年, 四半世紀.

use super::bounds;
use super::number::number;
use super::quantity::{UnitRead, unit};
use crate::mention::Quantity;
use rust_decimal::Decimal;
use std::ops::Range;

/// Words for a part of a unit: the value and its unit, in units of a tenth.
const WORDS: &[(&str, i64, &str)] = &[
    ("四半世紀", 250, "年"),
    ("半世紀", 500, "年"),
    ("半年", 5, "年"),
    ("半月", 5, "か月"),
    ("半日", 5, "日"),
];

/// How many of the second unit make one of the first, where a length may be written in both. Days and hours are
/// left out: 1日8時間 says how long a day is.
const PARTS: &[(&str, &str, i64)] =
    &[("年", "か月", 12), ("時間", "分", 60), ("分", "秒", 60), ("円", "銭", 100)];

/// 半年, 半世紀: the quantity and its characters, bound words included.
pub(super) fn word(c: &[char], at: usize) -> Option<(Quantity, Range<usize>)> {
    let (word, tenths, unit) = WORDS.iter().find(|(w, ..)| super::time::has(c, at, w))?;
    let before = at.checked_sub(1).and_then(|i| c.get(i)).copied().unwrap_or('\n');
    if crate::chars::is_kanji(before) && !"約各全丸計毎".contains(before) || before.is_ascii_digit() {
        return None;
    }
    let (mut start, mut end) = (at, at + word.chars().count());
    let mut q = Quantity {
        value: Decimal::new(*tenths, 1).normalize(),
        unit: (*unit).to_string(),
        number: start..end,
        ..Default::default()
    };
    end += usize::from(c.get(end) == Some(&'間'));
    // 半月板, 半日勤務者 …: the word goes on; 半日程度 and 半年ごと do not.
    if c.get(end).is_some_and(|x| "板形型刊制券".contains(*x)) {
        return None;
    }
    for (found, before) in
        [bounds::before(c, start).map(|b| (b, true)), bounds::after(c, end).map(|b| (b, false))]
            .into_iter()
            .flatten()
    {
        let (bound, to) = found;
        q.bound = bound;
        if before { start = to } else { end = to }
    }
    Some((q, start..end))
}

/// Goes on from `value` of `unit`, ending at `end`, into a second number of a smaller unit: the whole in that
/// unit, where the number ends, and where the unit ends.
pub(super) fn compound(
    c: &[char],
    value: Decimal,
    first: &str,
    end: usize,
) -> Option<(Decimal, &'static str, usize, usize)> {
    if value.scale() > 0 || !PARTS.iter().any(|(u, ..)| *u == first) || !c.get(end)?.is_ascii_digit() {
        return None;
    }
    let second = number(c, end).filter(|n| !n.padded || n.digits == 2)?;
    let (len, UnitRead::Table(read)) = unit(c, second.end, false, end)? else { return None };
    let (_, small, times) = PARTS.iter().find(|(u, s, _)| *u == first && *s == read.canonical)?;
    let times = Decimal::from(*times);
    if second.value >= times {
        return None;
    }
    let whole = value.checked_mul(times)?.checked_add(second.value)?;
    let after = second.end + len;
    // Money stays in its base unit.
    if first == "円" {
        return Some((whole.checked_div(times)?.normalize(), "円", second.end, after));
    }
    match compound(c, whole, small, after) {
        Some(more) => Some(more),
        None => Some((whole.normalize(), small, second.end, after)),
    }
}
