//! Signs (◆, ■) that begin headings in one place and items in another.

use super::joining::Gap;
use super::marker::MarkerKind;
use super::outline::{Draft, Hint};
use super::words::is_digit;
use shiryo_model::BlockKind;
use std::collections::BTreeMap;

/// A name under a sign that mostly heads sections (◆) heads the lines below it as well.
pub(super) fn level_signs(drafts: &[Draft], roles: &mut [BlockKind]) {
    let sign =
        |d: &Draft| d.marker.as_ref().filter(|(k, _)| *k == MarkerKind::Square).map(|(_, m)| m.clone());
    // How many of each sign are headings and items.
    let mut uses: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (draft, role) in drafts.iter().zip(roles.iter()) {
        let Some(sign) = sign(draft) else { continue };
        let count = uses.entry(sign).or_default();
        match role {
            BlockKind::Heading => count.0 += 1,
            BlockKind::ListItem => count.1 += 1,
            _ => {}
        }
    }
    let nested: Vec<bool> = (0..drafts.len()).map(|i| holds_other_sign(drafts, roles, i)).collect();
    for ((i, draft), role) in drafts.iter().enumerate().zip(roles.iter_mut()) {
        if nested.get(i) == Some(&true) {
            *role = BlockKind::Heading;
            continue;
        }
        let Some(sign) = sign(draft).filter(|_| *role == BlockKind::ListItem) else { continue };
        let usual = uses.get(&sign).is_some_and(|(headings, items)| headings >= items);
        let figures = draft.joined().chars().any(char::is_numeric);
        let name = draft.hint == Hint::Auto && draft.lines.len() == 1 && !draft.is_sentence() && !figures;
        let below = drafts
            .get(i + 1)
            .is_some_and(|next| next.hint == Hint::Auto && next.kind().is_none() && next.gap < Gap::Break);
        if usual && name && below {
            *role = BlockKind::Heading;
        }
    }
}

/// Drafts looked through for another sign.
const NEAR: usize = 5;

/// Whether a line that only names a time and what kind of figures follow (■ 令和６年度の目標と実績) stands above items
/// with another sign (●), before the next of its own.
fn holds_other_sign(drafts: &[Draft], roles: &[BlockKind], at: usize) -> bool {
    let sign =
        |d: &Draft| d.marker.as_ref().filter(|(k, _)| *k == MarkerKind::Square).map(|(_, m)| m.clone());
    let Some((own, draft)) = drafts.get(at).and_then(|d| Some((sign(d)?, d))) else { return false };
    let item = |i: usize| roles.get(i) == Some(&BlockKind::ListItem);
    if !item(at) || draft.lines.len() > 1 || draft.is_sentence() || !names_time_and_kind(&draft.joined()) {
        return false;
    }
    let below = drafts.iter().enumerate().skip(at + 1).take(NEAR);
    let mut below = below.take_while(|(i, d)| {
        d.gap < Gap::Break && sign(d).as_ref() != Some(&own) && roles.get(*i) != Some(&BlockKind::Heading)
    });
    below.any(|(i, d)| item(i) && sign(d).is_some())
}

/// Whether words are a year and what kind of figures follow (令和６年度の目標と実績, R7の主な取組).
fn names_time_and_kind(words: &str) -> bool {
    const KINDS: [&str; 8] = ["実績", "目標", "計画", "予定", "状況", "取組", "結果", "見込み"];
    let year = ["令和", "平成", "R", "Ｒ", "20"].iter().any(|w| words.trim_start().starts_with(w));
    let name =
        words.trim_start().trim_start_matches(|c: char| "令和平成RＲ元年度の".contains(c) || is_digit(c));
    year && KINDS.iter().any(|k| name.ends_with(k)) && !name.contains(is_digit) && name.chars().count() <= 12
}

#[cfg(test)]
mod tests {
    use crate::markup::layout_text;
    use shiryo_model::{BlockKind, MediaType};

    #[test]
    fn names_under_a_sign_that_heads_sections() {
        let text = "１ 主な取組\n\n◆電子決裁\n・４月に導入\n・全課で利用\n\n◆端末の配備\n・140台を配備\n・支所は６台\n\n\
                    ◆調理業務の委託（教育課）\n  実施校数\n  Ｒ３  ４校\n  Ｒ４  ７校\n\n◆訓練経費　632万円\n";
        let c = layout_text(text, MediaType::Text);
        let kind = |words: &str| c.blocks.iter().find(|b| b.text.text.starts_with(words)).map(|b| b.kind);
        assert_eq!(kind("調理業務の委託"), Some(BlockKind::Heading));
        assert_eq!(kind("訓練経費"), Some(BlockKind::ListItem));
    }

    #[test]
    fn a_year_and_its_kind_of_figures_head_items_with_another_sign() {
        let text = "１ 申請\n\n■ 令和６年度の目標と実績\n\n電子化率\n\n目標 60％ → 実績 63.4％\n\n　● 手続数　528手続\n　● 件数　214,390件\n";
        let c = layout_text(text, MediaType::Text);
        let kind = |words: &str| c.blocks.iter().find(|b| b.text.text.starts_with(words)).map(|b| b.kind);
        assert_eq!(kind("令和6年度の"), Some(BlockKind::Heading));
        assert_eq!(kind("件数"), Some(BlockKind::ListItem));
    }
}
