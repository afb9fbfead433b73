//! Pages whose text stands on its head (`/Rotate 180` in the file, a sheet scanned the wrong way round): laid
//! out upright, and every place turned back to the page as it is.

use shiryo_model::{BBox, Direction, DocumentContent, Glyph, PageContent, Place, Point, Ruling, Text};
use std::collections::HashMap;

/// Width and height of the pages that were turned, by page number.
pub(crate) type TurnedPages = HashMap<u32, (f64, f64)>;

/// The page set upright, when at least three quarters of its glyphs stand on their heads.
pub(crate) fn upright(page: &PageContent) -> Option<PageContent> {
    let upside_down = page.glyphs.iter().filter(|g| is_upside_down(g)).count();
    if upside_down == 0 || upside_down * 4 < page.glyphs.len() * 3 {
        return None;
    }
    let size = (page.width, page.height);
    let mut out = page.clone();
    let over = out.overlays.iter_mut();
    let over = over.flat_map(|o| {
        turn(&mut o.bbox, size);
        o.glyphs.iter_mut()
    });
    for g in out.glyphs.iter_mut().chain(over) {
        g.direction = match g.direction {
            Direction::Other if is_upside_down(g) => Direction::Horizontal,
            Direction::Horizontal => Direction::Other,
            Direction::Clockwise => Direction::Anticlockwise,
            Direction::Anticlockwise => Direction::Clockwise,
            other => other,
        };
        turn(&mut g.bbox, size);
        g.origin = Point { x: size.0 - g.origin.x, y: size.1 - g.origin.y };
    }
    for r in &mut out.rulings {
        let (across, along) = if r.horizontal { (size.1, size.0) } else { size };
        *r = Ruling { position: across - r.position, start: along - r.end, end: along - r.start, ..*r };
    }
    out.fills.iter_mut().for_each(|f| turn(&mut f.bbox, size));
    for shape in &mut out.shapes {
        turn(&mut shape.bbox, size);
        shape.points.iter_mut().for_each(|p| (p.x, p.y) = (size.0 - p.x, size.1 - p.y));
    }
    out.images.iter_mut().for_each(|i| turn(&mut i.bbox, size));
    Some(out)
}

/// Whether the baseline of a glyph begins at the upper right of its box and runs to the left.
fn is_upside_down(g: &Glyph) -> bool {
    let (em, center) = (g.font_size.abs().max(0.1), g.bbox.center());
    g.direction == Direction::Other
        && (g.origin.x - g.bbox.x1).abs() <= 0.1 * em
        && g.origin.y < center.y
        // A glyph at an angle has a larger box than the em.
        && g.bbox.height() <= 1.1 * em
}

fn turn(b: &mut BBox, (width, height): (f64, f64)) {
    *b = BBox::new(width - b.x1, height - b.y1, width - b.x0, height - b.y0);
}

/// Turns the places of a document back on the pages that were turned.
pub(crate) fn turn_back(content: &mut DocumentContent, pages: &TurnedPages) {
    if pages.is_empty() {
        return;
    }
    for block in &mut content.blocks {
        place_back(&mut block.place, pages);
        text_back(&mut block.text, pages);
    }
    for table in &mut content.tables {
        if let (Some(bbox), Some(&size)) = (&mut table.bbox, table.pages.first().and_then(|p| pages.get(p))) {
            turn(bbox, size);
        }
        [&mut table.caption, &mut table.unit].into_iter().for_each(|t| text_back(t, pages));
        table.notes.iter_mut().for_each(|t| text_back(t, pages));
        for cell in &mut table.cells {
            text_back(&mut cell.text, pages);
            if let (Some(bbox), Some(&size)) = (&mut cell.bbox, cell.page.and_then(|p| pages.get(&p))) {
                turn(bbox, size);
            }
        }
    }
}

fn place_back(place: &mut Place, pages: &TurnedPages) {
    if let (Some(bbox), Some(&size)) = (&mut place.bbox, place.page.and_then(|p| pages.get(&p))) {
        turn(bbox, size);
    }
}

fn text_back(text: &mut Text, pages: &TurnedPages) {
    let mut ends = text.lines.iter().skip(1).map(|l| l.start as usize).collect::<Vec<_>>();
    ends.push(text.boxes.len());
    for (line, end) in text.lines.iter_mut().zip(ends) {
        let page = line.place.page;
        place_back(&mut line.place, pages);
        let Some(&size) = page.and_then(|p| pages.get(&p)) else { continue };
        let boxes = text.boxes.get_mut(line.start as usize..end).unwrap_or_default();
        // Characters that stand nowhere have empty boxes.
        boxes.iter_mut().filter(|b| b.width() > 0.0 || b.height() > 0.0).for_each(|b| turn(b, size));
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::super::PageLayout;
    use super::*;

    /// Two lines as a page turned by half a turn shows them.
    fn page(turned: bool) -> PageContent {
        let mut page = PageContent { number: 1, width: 400.0, height: 600.0, ..PageContent::default() };
        for (row, line) in ["窓口の受付件数", "前年度より増加した。"].iter().enumerate() {
            for (i, c) in line.chars().enumerate() {
                let (x, y) = (50.0 + 10.0 * i as f64, 60.0 + 80.0 * row as f64);
                let mut glyph = Glyph::on_baseline(c.to_string(), x, y + 8.8, 10.0, 10.0);
                if turned {
                    turn(&mut glyph.bbox, (400.0, 600.0));
                    glyph.origin = Point { x: 400.0 - x, y: 600.0 - (y + 8.8) };
                    glyph.direction = Direction::Other;
                }
                page.glyphs.push(glyph);
            }
        }
        page
    }

    fn lay_out(page: &PageContent) -> DocumentContent {
        let mut layout = PageLayout::default();
        layout.push(page);
        layout.finish()
    }

    #[test]
    fn a_page_on_its_head_reads_like_one_on_its_feet_and_keeps_its_places() {
        assert!(upright(&page(false)).is_none());
        let (as_is, turned) = (lay_out(&page(false)), lay_out(&page(true)));
        let words = |c: &DocumentContent| c.blocks.iter().map(|b| b.text.text.clone()).collect::<Vec<_>>();
        assert_eq!(words(&as_is), words(&turned));
        let mut bbox = as_is.blocks[0].place.bbox.unwrap();
        turn(&mut bbox, (400.0, 600.0));
        assert_eq!(turned.blocks[0].place.bbox.unwrap().rounded(), bbox.rounded());
        let mut first = as_is.blocks[0].text.boxes[0];
        turn(&mut first, (400.0, 600.0));
        assert_eq!(turned.blocks[0].text.boxes[0].rounded(), first.rounded());
    }
}
