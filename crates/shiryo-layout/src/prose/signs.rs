//! Signs (◆, ■) that begin headings in one place and items in another.

use super::joining::Gap;
use super::marker::MarkerKind;
use super::outline::{Draft, Hint};
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
    for ((i, draft), role) in drafts.iter().enumerate().zip(roles.iter_mut()) {
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
}
