//! A document's content as plain text.

use shiryo_model::{BlockKind, DocumentContent, Table};

/// Reading-order text: one line a block, cells of a table row separated by tabs, a form feed between pages.
pub fn plain_text(content: &DocumentContent) -> String {
    let mut out = String::new();
    let mut page = None;
    for block in &content.blocks {
        if block.kind == BlockKind::Hidden {
            continue;
        }
        if let Some(now) = block.place.page {
            // One form feed a page turned, so that pages without text keep their place.
            for _ in page.unwrap_or(now)..now {
                out.push('\u{c}');
            }
            page = Some(now.max(page.unwrap_or(now)));
        }
        match block.table.and_then(|i| content.tables.get(i as usize)) {
            Some(table) => push_table(&mut out, table),
            None => {
                out.push_str(&block.marker);
                if !block.marker.is_empty() && !block.text.is_empty() {
                    out.push(' ');
                }
                out.push_str(&block.text.text);
                out.push('\n');
            }
        }
    }
    out
}

fn push_table(out: &mut String, table: &Table) {
    let (mut row, mut first) = (0, true);
    for cell in &table.cells {
        while row < cell.row {
            out.push('\n');
            row += 1;
            first = true;
        }
        if !first {
            out.push('\t');
        }
        first = false;
        out.push_str(&cell.text.text.replace(['\n', '\t'], " "));
    }
    out.push('\n');
}
