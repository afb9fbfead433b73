//! Prints the blocks and tables of text files: `cargo run -p shiryo-layout --example layout_text -- FILE…`

use shiryo_model::{BlockKind, DocumentContent, MediaType};

fn main() {
    for path in std::env::args().skip(1) {
        let text = match std::fs::read_to_string(&path) {
            Ok(t) => t,
            Err(e) => {
                eprintln!("{path}: {e}");
                continue;
            }
        };
        let media = if path.ends_with(".html") { MediaType::Html } else { MediaType::Text };
        print(&shiryo_layout::layout_text(&text, media));
    }
}

fn print(content: &DocumentContent) {
    for b in &content.blocks {
        let line = b.place.line.unwrap_or(0);
        if b.kind == BlockKind::Table {
            let Some(t) = b.table.and_then(|i| content.tables.get(i as usize)) else { continue };
            println!(
                "{line:4} TABLE {}x{} headers {} labels {} {:?} {} caption «{}» unit «{}» notes {}",
                t.n_rows,
                t.n_cols,
                t.header_rows,
                t.label_cols,
                t.method,
                t.confidence,
                t.caption.text,
                t.unit.text,
                t.notes.len()
            );
            for c in &t.cells {
                let spans = if c.row_span * c.col_span > 1 {
                    format!(" {}x{}", c.row_span, c.col_span)
                } else {
                    String::new()
                };
                let head = if c.is_header { "*" } else { "" };
                println!("       {},{}{spans}{head} «{}»", c.row, c.col, c.text.text.replace('\n', "⏎"));
            }
            continue;
        }
        let level = b.level.map_or(String::new(), |l| l.to_string());
        println!("{line:4} {:?}{level} [{}] {}", b.kind, b.marker, b.text.text.replace('\n', "⏎"));
    }
}
