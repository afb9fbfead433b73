//! Shares and ratios (割合は1/2, 2:1の比率), and what a quantity is counted per (年4回, 10件/日).

use super::bounds;
use super::number::{self, Number, number};
use super::quantity::{Read, next, prev};
use crate::chars::{ends_with, is_hiragana, starts_with};
use crate::mention::Quantity;

/// Words before a fraction that make it a share.
const SHARES: &[&str] =
    &["割合", "率", "比", "比率", "配分", "按分", "分担", "負担", "内訳比", "補助", "縮尺"];

/// Words after a fraction that make it a share. Longer words stand before their beginnings.
const OF: &[&str] = &[
    "の割合",
    "の比率",
    "の比",
    "を補助",
    "の補助",
    "を負担",
    "の負担",
    "に減",
    "に削減",
    "に縮",
    "の額",
    "相当",
];

/// 1/2 and 2:1 where the words beside them say that they are shares; the value is the first by the second.
pub(super) fn share(c: &[char], at: usize, n: &Number) -> Option<Read> {
    let mark = next(c, n.end);
    if !matches!(mark, '/' | ':' | '対') || n.kanji || n.padded {
        return None;
    }
    let second = number(c, n.end + 1).filter(|s| !s.padded && !s.kanji)?;
    let follow = next(c, second.end);
    if follow.is_ascii_alphanumeric()
        || matches!(follow, '/' | ':' | '-' | '.') && next(c, second.end + 1).is_ascii_digit()
    {
        return None;
    }
    let before = prev(c, at);
    if before.is_ascii_alphanumeric() || matches!(before, '/' | ':' | '-' | '.') {
        return None;
    }
    let head = c.get(at.saturating_sub(8)..at).unwrap_or_default();
    let joint = head.iter().rev().take_while(|x| "はがをのにで:約 (、=も".contains(**x)).count().min(3);
    let head = head.get(..head.len() - joint).unwrap_or_default();
    // 国1/2、都1/4: who bears what.
    let told =
        mark == '/' && "国都道府県市区町村約".contains(before) || SHARES.iter().any(|w| ends_with(head, w));
    let rest = c.get(second.end..).unwrap_or_default();
    if !told && !OF.iter().any(|w| starts_with(rest, w)) || mark == '/' && n.value > second.value {
        return None;
    }
    let value = n.value.checked_div(second.value)?.round_dp(12).normalize();
    let mut q = Quantity { value, number: at..second.end, ..Default::default() };
    let (mut start, mut end) = (at, second.end);
    if let Some((bound, from)) = bounds::before(c, start) {
        (q.bound, start) = (bound, from);
    }
    if let Some((bound, to)) = bounds::after(c, end) {
        (q.bound, end) = (bound, to);
    }
    let rule = if mark == '/' { "quantity.fraction" } else { "quantity.ratio" };
    Some(Read::Quantity(q, start..end, rule))
}

/// What comes round before a number (年4回, 月に2回, 週3日, 年間4回): the word and where it begins.
pub(super) fn per_before(c: &[char], at: usize) -> Option<(&'static str, usize)> {
    let mut i = at;
    i -= usize::from(prev(c, i) == 'に');
    if prev(c, i) == '間' && matches!(prev(c, i.checked_sub(1)?), '年' | '月' | '週') {
        i -= 1;
    }
    let word = match prev(c, i) {
        '年' => "年",
        '月' => "月",
        '週' => "週",
        '日' => "日",
        _ => return None,
    };
    let start = i.checked_sub(1)?;
    // 昨年4回 and 令和5年4回 say when.
    let before = prev(c, start);
    let apart = is_hiragana(before) || "\n\t 、。,()「」:~～→".contains(before);
    apart.then_some((word, start))
}

/// What stands after the unit (3回/年, 10件/日): the word and where it ends.
pub(super) fn per_after(c: &[char], end: usize) -> Option<(&'static str, usize)> {
    if next(c, end) != '/' {
        return None;
    }
    let rest = c.get(end + 1..)?;
    ["年度", "年", "か月", "月", "週", "日", "時間", "時", "人", "件", "回", "世帯", "m2"]
        .iter()
        .find(|w| {
            starts_with(rest, w) && !rest.get(w.chars().count()).is_some_and(|x| crate::chars::is_kanji(*x))
        })
        .map(|w| (*w, end + 1 + w.chars().count()))
}

/// 1人当たり3回, 10万人当たり8人: what the number before it is counted for, without its own 1.
pub(super) fn per_each(c: &[char], at: usize) -> Option<String> {
    let head = c.get(at.saturating_sub(16)..at)?;
    let word = BASES.iter().find(|w| ends_with(head, w))?;
    let head = head.get(..head.len() - word.chars().count())?;
    let part_of_number = |x: &char| number::starts(*x) || matches!(x, ',' | '.' | '万' | '億');
    let unit = head.iter().rposition(part_of_number).and_then(|i| head.get(i + 1..))?;
    let count = head.len() - unit.len();
    let digits = head.iter().take(count).rev().take_while(|x| part_of_number(x)).count();
    let one = matches!(head.get(count - digits..count)?, ['1' | '一']);
    let said = if one { unit } else { head.get(count - digits..)? };
    ((1..=4).contains(&unit.len())).then(|| said.iter().collect())
}

/// Words after what a quantity is counted per (1人当たり, 人口10万人当たり, 1件につき).
pub(super) const BASES: &[&str] = &["当たり", "あたり", "当り", "につき", "に付き"];
