//! Text sources: plain text, text extracts with tabs and HTML fragments, Markdown, HTML.
//!
//! Text and Markdown go the same way, so that a wrong guess of the type does no harm: lines and tables
//! ([`flow`]), lines joined to drafts of blocks, drafts settled to blocks ([`crate::prose::outline`]).

mod boxed;
mod cells;
mod flow;
mod found;
mod grid;
mod headed;
mod html;
mod inline;
mod records;
mod spaced;
mod tabs;

use crate::prose::outline::settle;
use crate::prose::references::record;
use shiryo_model::{DocumentContent, MediaType};

/// Lays out decoded text (line breaks `\n`, `\r\n` allowed; form feeds are page breaks).
///
/// Lines in the places of the result are 1-based lines of `text`. Never fails: what cannot be told apart
/// stays in paragraphs.
pub fn layout_text(text: &str, media: MediaType) -> DocumentContent {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (drafts, mut tables) = if media == MediaType::Html {
        let content = html::read_html(text, 1, 0);
        (content.drafts, content.tables)
    } else {
        let built = flow::FlowBuilder::default().read(text).rebuild_tables();
        (flow::drafts_of(built.flow), built.tables)
    };
    let mut blocks = settle(drafts, &mut tables);
    record(&mut blocks);
    DocumentContent { blocks, tables, ..DocumentContent::default() }
}

#[cfg(test)]
mod tests {
    use super::layout_text;
    use shiryo_model::{BlockKind, MediaType};

    /// The kind and the words of each block of a plain text.
    pub(super) fn blocks(text: &str) -> Vec<(BlockKind, String)> {
        let blocks = layout_text(text, MediaType::Text).blocks;
        blocks.into_iter().map(|b| (b.kind, b.text.text)).collect()
    }

    #[test]
    fn measures_by_kind_and_number_are_headings_and_below_each_other_a_list() {
        let got = blocks(
            "重点項目１　窓口の改革\n\n　窓口を３か所増やした。\n\n施策２－１　相談の充実\n【計画】\n相談員を置く。\n\n柱１　財政の強化\n柱２　施設の見直し\n■ 計画期間\n",
        );
        let of = |words: &str| got.iter().find(|b| b.1.contains(words)).map(|b| b.0);
        assert_eq!(of("窓口の改革"), Some(BlockKind::Heading));
        assert_eq!(of("相談の充実"), Some(BlockKind::Heading));
        assert_eq!(of("財政の強化"), Some(BlockKind::ListItem));
        assert_eq!(of("施設の見直し"), Some(BlockKind::ListItem));
    }

    #[test]
    fn a_name_between_two_indents_goes_on_with_nothing() {
        let got = blocks(
            "◆ 受付\n　本館は５月、分館 ３か所は11月に開始して受け付けている\n　　１件当たりの手続時間\n　　　転入　38分　→　21分\n　　　転出　72分　→　45分\n",
        );
        assert!(got.iter().any(|b| b.1 == "1件当たりの手続時間"), "{got:?}");
    }
}
