//! Words around a number that say how it bounds the quantity, and those that say it changed.

use crate::chars::{ends_with, starts_with};
use shiryo_model::Bound;

/// Words before a number.
pub(crate) const BEFORE: &[(&str, Bound)] = &[
    ("およそ", Bound::Approx),
    ("おおよそ", Bound::Approx),
    ("おおむね", Bound::Approx),
    ("概ね", Bound::Approx),
    ("概算", Bound::Approx),
    ("凡そ", Bound::Approx),
    ("大体", Bound::Approx),
    ("ほぼ", Bound::Approx),
    ("約", Bound::Approx),
    ("最大", Bound::AtMost),
    ("最大で", Bound::AtMost),
    ("最長", Bound::AtMost),
    ("最長で", Bound::AtMost),
    ("最多", Bound::AtMost),
    ("上限", Bound::AtMost),
    ("多くとも", Bound::AtMost),
    ("高々", Bound::AtMost),
    ("最低", Bound::AtLeast),
    ("最低でも", Bound::AtLeast),
    ("最短", Bound::AtLeast),
    ("下限", Bound::AtLeast),
    ("少なくとも", Bound::AtLeast),
];

/// Words after a number and its unit. Longer words stand before their beginnings.
pub(crate) const AFTER: &[(&str, Bound)] = &[
    ("以上", Bound::AtLeast),
    ("以下", Bound::AtMost),
    ("以内", Bound::AtMost),
    ("未満", Bound::LessThan),
    ("に満たない", Bound::LessThan),
    ("を下回", Bound::LessThan),
    ("超", Bound::MoreThan),
    ("を超え", Bound::MoreThan),
    ("をこえ", Bound::MoreThan),
    ("を上回", Bound::MoreThan),
    ("を上限", Bound::AtMost),
    ("を限度", Bound::AtMost),
    ("を下限", Bound::AtLeast),
    ("程度", Bound::Approx),
    ("前後", Bound::Approx),
    ("内外", Bound::Approx),
    ("ほど", Bound::Approx),
    ("くらい", Bound::Approx),
    ("ぐらい", Bound::Approx),
    ("ごろ", Bound::Approx),
    ("頃", Bound::Approx),
    ("近く", Bound::Approx),
    ("あまり", Bound::Approx),
    ("余り", Bound::Approx),
    ("余", Bound::Approx),
    ("弱", Bound::Approx),
    ("強", Bound::Approx),
    ("まで", Bound::AtMost),
    ("迄", Bound::AtMost),
];

/// Words of change: after まで they make the number a result, not a bound; beside a number, a change.
pub(crate) const CHANGE: &[&str] = &[
    "増",
    "減",
    "削減",
    "短縮",
    "向上",
    "拡大",
    "拡充",
    "縮小",
    "縮減",
    "低下",
    "上昇",
    "引き上げ",
    "引上げ",
    "引き下げ",
    "引下げ",
    "延長",
    "圧縮",
    "改善",
    "伸び",
    "落ち",
    "回復",
    "抑制",
    "抑え",
    "下が",
    "上が",
    "高め",
    "下げ",
    "上げ",
    "伸ば",
    "達",
];

/// The bound a word ending just before `at` sets, with where it begins.
pub(crate) fn before(c: &[char], at: usize) -> Option<(Bound, usize)> {
    let i = if at > 0 && c.get(at - 1) == Some(&' ') { at - 1 } else { at };
    let head = c.get(i.saturating_sub(6)..i)?;
    let (word, bound) = BEFORE.iter().filter(|(w, _)| ends_with(head, w)).max_by_key(|(w, _)| w.len())?;
    let start = i - word.chars().count();
    // 電子契約612件, 予約30件: the noun's own last character.
    let noun = *word == "約"
        && start
            .checked_sub(1)
            .and_then(|b| c.get(b))
            .is_some_and(|b| "契予公規条節制成誓要集解".contains(*b));
    (!noun).then_some((*bound, start))
}

/// The bound a word at `at` sets, with where it ends.
pub(crate) fn after(c: &[char], at: usize) -> Option<(Bound, usize)> {
    let i = if c.get(at) == Some(&' ') { at + 1 } else { at };
    let rest = c.get(i..)?;
    let (word, bound) = AFTER.iter().find(|(w, _)| starts_with(rest, w))?;
    let end = i + word.chars().count();
    let follow = c.get(end..).unwrap_or_default();
    // 680時間まで短縮: a result. 超過, 強化, 弱者, 余剰, 以上のとおり are other words.
    let other = match *word {
        "まで" | "迄" => {
            let next =
                if follow.first() == Some(&'に') { follow.get(1..).unwrap_or_default() } else { follow };
            CHANGE.iter().any(|w| starts_with(next, w))
        }
        "超" => matches!(follow.first(), Some('過' | '音' | '高')),
        "強" => matches!(follow.first(), Some('化' | '度' | '力')),
        "弱" => matches!(follow.first(), Some('者' | '体')),
        "余" => matches!(follow.first(), Some('剰' | '暇' | '裕' | '地')),
        _ => false,
    };
    (!other).then_some((*bound, end))
}

/// Whether a word of change stands at `at` (after an optional を, の or に).
pub(crate) fn change(c: &[char], at: usize) -> bool {
    let rest = c.get(at..).unwrap_or_default();
    let rest = match rest {
        ['を' | 'の', rest @ ..] => rest,
        _ => rest,
    };
    CHANGE.iter().filter(|w| **w != "達").any(|w| starts_with(rest, w))
}
