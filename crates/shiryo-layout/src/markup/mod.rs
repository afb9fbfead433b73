//! Text sources: plain text, text extracts with tabs and HTML fragments, Markdown, HTML.
//!
//! Text and Markdown go the same way, so that a wrong guess of the type does no harm: lines and tables
//! ([`flow`]), lines joined to drafts of blocks, drafts settled to blocks ([`crate::prose::outline`]).

mod boxed;
mod cells;
mod flow;
mod found;
mod grid;
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
