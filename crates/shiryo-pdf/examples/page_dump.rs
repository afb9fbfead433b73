//! Prints what the reader saw on the pages of a PDF: glyphs in painting order, a line whenever the baseline
//! changes, then rulings, fills and images.
//!
//! usage: page_dump [--glyphs] FILE [PAGE]
//!
//! With `--glyphs` every glyph has a line of its own: page, text, box, origin, visibility.

use shiryo_pdf::{ReadOptions, read};
use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1).peekable();
    let single = args.next_if(|a| a == "--glyphs").is_some();
    let path = args.next().ok_or("usage: page_dump [--glyphs] FILE [PAGE]")?;
    let pages = args.next().map(|p| p.parse()).transpose()?.map(|p: u32| vec![p]);
    let options = ReadOptions { pages, ..ReadOptions::default() };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut failed = Ok(());
    let (facts, diagnostics) = read(std::fs::read(path)?, &options, &mut |page| {
        if failed.is_ok() {
            failed = if single { dump_glyphs(&page, &mut out) } else { dump(&page, &mut out) };
        }
    })?;
    failed?;
    writeln!(out, "{facts:?}")?;
    for d in diagnostics {
        writeln!(out, "{:?} {:?}: {}", d.severity, d.code, d.message)?;
    }
    Ok(())
}

fn dump_glyphs(page: &shiryo_model::PageContent, out: &mut impl Write) -> std::io::Result<()> {
    for g in &page.glyphs {
        let (b, o) = (g.bbox, g.origin);
        writeln!(
            out,
            "{}\t{}\t{:.2}\t{:.2}\t{:.2}\t{:.2}\t{:.2}\t{:.2}\t{:?}",
            page.number, g.text, b.x0, b.y0, b.x1, b.y1, o.x, o.y, g.visibility
        )?;
    }
    Ok(())
}

fn dump(page: &shiryo_model::PageContent, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(
        out,
        "=== page {} {:.1} x {:.1}, {} glyphs ({} undecoded), reader {:?}",
        page.number,
        page.width,
        page.height,
        page.glyphs.len(),
        page.undecoded,
        page.reader
    )?;
    let mut rest = page.glyphs.as_slice();
    while let Some(first) = rest.first() {
        let same = |g: &shiryo_model::Glyph| {
            let across = if first.direction == shiryo_model::Direction::Horizontal {
                g.origin.y - first.origin.y
            } else {
                g.origin.x - first.origin.x
            };
            across.abs() < 0.5 && g.direction == first.direction && g.visibility == first.visibility
        };
        let end = rest.iter().position(|g| !same(g)).unwrap_or(rest.len());
        let (line, after) = rest.split_at(end);
        let text: String =
            line.iter().map(|g| if g.text.is_empty() { "\u{FFFD}" } else { g.text.as_str() }).collect();
        let x1 = line.last().map_or(0.0, |g| g.bbox.x1);
        writeln!(
            out,
            "{:7.2} {:7.2} -{:7.2}  {:5.2}pt {:?} {:?}{}  {text}",
            first.bbox.x0,
            first.bbox.y0,
            x1,
            first.font_size,
            first.direction,
            first.visibility,
            if first.bold { " bold" } else { "" },
        )?;
        rest = after;
    }
    for r in &page.rulings {
        let axis = if r.horizontal { "h y" } else { "v x" };
        writeln!(
            out,
            "ruling {axis}={:.2} {:.2}..{:.2} width {:.2} {:?}",
            r.position, r.start, r.end, r.width, r.style
        )?;
    }
    for f in &page.fills {
        writeln!(out, "fill {} #{:06x}", f.bbox, f.color)?;
    }
    for i in &page.images {
        writeln!(out, "image {} {}x{}", i.bbox, i.pixel_width, i.pixel_height)?;
    }
    for d in &page.diagnostics {
        writeln!(out, "{:?} {:?}: {}", d.severity, d.code, d.message)?;
    }
    Ok(())
}
