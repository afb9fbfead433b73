//! A page drawn as SVG with what the table stage saw, for looking at.

use super::PageTable;
use super::separators::{ruling_box, usable_rulings};
use crate::lines::{is_blank, readable_glyphs};
use shiryo_model::{BBox, Block, PageContent, RulingStyle};
use std::fmt::Write;

/// The page as an SVG document: glyphs with their boxes, rulings and fills as read, tables with their cells,
/// spans, header rows and confidence, and those of the document's `blocks` that stand on the page, with their kind
/// and their number in reading order.
pub fn debug_svg(page: &PageContent, tables: &[PageTable], blocks: &[Block]) -> String {
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w:.0}\" height=\"{h:.0}\" viewBox=\"0 0 {w:.2} {h:.2}\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
        w = page.width,
        h = page.height
    );
    for f in &page.fills {
        rect(&mut out, &f.bbox, &format!("fill=\"#{:06x}\" fill-opacity=\"0.4\"", f.color & 0xff_ff_ff));
    }
    for shape in &page.shapes {
        let points: Vec<String> = shape.points.iter().map(|p| format!("{:.2},{:.2}", p.x, p.y)).collect();
        let color = shape.color.unwrap_or(0x80_80_80) & 0xff_ff_ff;
        let fill = if shape.filled { format!("#{color:06x}") } else { "none".to_owned() };
        let _ = writeln!(
            out,
            "<polyline points=\"{}\" fill=\"{fill}\" fill-opacity=\"0.3\" stroke=\"#{color:06x}\" stroke-width=\"0.5\"/>",
            points.join(" ")
        );
    }
    for &i in &readable_glyphs(page) {
        let Some(g) = page.glyphs.get(i as usize).filter(|g| !is_blank(g)) else { continue };
        rect(&mut out, &g.bbox, "fill=\"none\" stroke=\"#bbb\" stroke-width=\"0.2\"");
        let at = (g.origin.x, g.origin.y, g.font_size);
        let _ = writeln!(
            out,
            "<text x=\"{:.2}\" y=\"{:.2}\" font-size=\"{:.2}\">{}</text>",
            at.0,
            at.1,
            at.2,
            escaped(&g.text)
        );
    }
    for r in usable_rulings(page) {
        let color = if r.style == RulingStyle::FillEdge { "#e80" } else { "#07c" };
        let b = ruling_box(&r);
        let _ = writeln!(
            out,
            "<line x1=\"{:.2}\" y1=\"{:.2}\" x2=\"{:.2}\" y2=\"{:.2}\" stroke=\"{color}\" stroke-width=\"0.7\"/>",
            b.x0, b.y0, b.x1, b.y1
        );
    }
    for t in tables {
        for c in &t.cells {
            let head = c.row < t.header_rows || c.col < t.label_cols;
            let fill = if head { "#0a0" } else { "none" };
            let style = format!("fill=\"{fill}\" fill-opacity=\"0.1\" stroke=\"#d00\" stroke-width=\"0.5\"");
            rect(&mut out, &c.bbox.expand(-0.8), &style);
        }
        rect(&mut out, &t.bbox.expand(1.0), "fill=\"none\" stroke=\"#d00\" stroke-width=\"1.2\"");
        let label = format!("{:?} {}×{} {:.2}", t.method, t.n_rows, t.n_cols, t.confidence);
        let (x, y) = (t.bbox.x0, t.bbox.y0 - 2.0);
        let _ = writeln!(out, "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"7\" fill=\"#d00\">{label}</text>");
    }
    for (i, block) in blocks.iter().enumerate().filter(|(_, b)| b.place.page == Some(page.number)) {
        let Some(b) = block.bbox() else { continue };
        rect(&mut out, &b, "fill=\"none\" stroke=\"#808\" stroke-width=\"0.5\" stroke-dasharray=\"3 2\"");
        let label = format!("{} {:?}", i + 1, block.kind);
        let (x, y) = (b.x1 + 1.0, b.y0 + 5.0);
        let _ = writeln!(out, "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"5\" fill=\"#808\">{label}</text>");
    }
    out.push_str("</svg>\n");
    out
}

fn rect(out: &mut String, b: &BBox, style: &str) {
    let (w, h) = (b.width().max(0.0), b.height().max(0.0));
    let _ = writeln!(
        out,
        "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{w:.2}\" height=\"{h:.2}\" {style}/>",
        b.x0, b.y0
    );
}

fn escaped(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .map(|c| match c {
            '<' => "&lt;".into(),
            '>' => "&gt;".into(),
            '&' => "&amp;".into(),
            c => c.to_string(),
        })
        .collect()
}
