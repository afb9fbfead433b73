//! Prints the characters of a PDF in painting order, a line per run: what the reader gives before any layout.
//! Takes its arguments as `shiryo text FILE` does, so that scorers of that command run on it.
//!
//! usage: plain_text text FILE

use shiryo_model::Visibility;
use shiryo_pdf::{Engine, ReadOptions, read};
use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().next_back().ok_or("usage: plain_text text FILE")?;
    let engine = match std::env::var("ENGINE").as_deref() {
        Ok("hayro") => Engine::Hayro,
        Ok("pdf-extract") => Engine::PdfExtract,
        _ => Engine::Auto,
    };
    let options = ReadOptions { engine, ..ReadOptions::default() };
    let started = std::time::Instant::now();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let (mut glyphs, mut undecoded, mut hidden) = (0, 0, 0);
    let mut failed = Ok(());
    let (facts, diagnostics) = read(std::fs::read(path)?, &options, &mut |page| {
        glyphs += page.glyphs.len();
        undecoded += page.undecoded;
        let mut last = f64::NAN;
        for glyph in &page.glyphs {
            if !matches!(glyph.visibility, Visibility::Visible | Visibility::Invisible) {
                hidden += 1;
                continue;
            }
            if (glyph.origin.y - last).abs() > 1.0 {
                failed = writeln!(out);
            }
            last = glyph.origin.y;
            if write!(out, "{}", glyph.text).is_err() {
                return;
            }
        }
        for d in &page.diagnostics {
            eprintln!("page {}: {:?} {}", page.number, d.code, d.message);
        }
    })?;
    failed?;
    writeln!(out)?;
    for d in diagnostics {
        eprintln!("{:?} {}", d.code, d.message);
    }
    let time = started.elapsed();
    eprintln!(
        "{} pages, {glyphs} glyphs, {undecoded} undecoded, {hidden} hidden, {time:?}",
        facts.page_count
    );
    Ok(())
}
