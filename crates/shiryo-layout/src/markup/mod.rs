//! Text sources: plain text, text extracts with tabs and HTML fragments, Markdown, HTML.

use shiryo_model::{DocumentContent, MediaType};

/// Lays out decoded text (line breaks `\n`).
pub fn layout_text(text: &str, media: MediaType) -> DocumentContent {
    let _ = (text, media);
    DocumentContent::default()
}
