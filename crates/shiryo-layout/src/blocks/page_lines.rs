//! One page to lines in reading order, with what is needed to join them later.

use super::frames::{LEAST_FRAME, frame_around, frames_of};
use super::order::{Item, Row, reading_order};
use super::spaces::PaintedSpaces;
use crate::figures::{FigureLine, PageFigure};
use crate::lines::{
    GlyphLine, ReadablePage, is_blank, is_wide, lines_of, readable_glyphs, source_line, split_at_gaps,
};
use crate::prose::marker::{MarkerKind, leading_marker};
use crate::prose::words::{is_page_number, is_unit_note};
use crate::tables::PageTable;
use shiryo_model::{BBox, Direction, FigurePart, PageContent, SourceLine, Visibility};

/// A line of a page, or a table, in reading order.
#[derive(Debug, Clone)]
pub(crate) struct PageLine {
    /// Words and boxes.
    pub(crate) source: SourceLine,
    /// Table of this page (its index in the page's list); the words are empty then.
    pub(crate) table: Option<usize>,
    /// Box of the line.
    pub(crate) bbox: BBox,
    /// Size of most letters.
    pub(crate) size: f64,
    /// Whether all of it is bold.
    pub(crate) bold: bool,
    /// Which way it runs.
    pub(crate) direction: Direction,
    /// Region (column) of the page.
    pub(crate) region: u32,
    /// Further lines of the same words, for boxes of diagrams.
    pub(crate) more: Vec<SourceLine>,
    /// What it is in a chart; the chart's words stand for themselves.
    pub(crate) figure: Option<FigurePart>,
    /// Ends with a page number at the margin (a line of a table of contents): nothing goes on from it.
    pub(crate) complete: bool,
}

/// Lines are cut at gaps wider than this, in em; pieces of one row come together again.
const PIECE_GAP: f64 = 1.5;
/// Rulings this wide, as a share of the text, part bands of vertical text.
const WIDE_RULING: f64 = 0.85;
/// More letters than this side by side are a level line.
const LONGEST_HEADS: usize = 12;
/// Pages have no more bands than this.
const MOST_BANDS: usize = 12;
/// More turned lines than this are not grouped.
const MOST_TURNED: usize = 400;

/// Lines and tables of a page in reading order. `taken` are the glyphs of the tables, sorted.
pub(crate) fn page_lines(
    readable: &ReadablePage,
    tables: &[PageTable],
    figures: &[PageFigure],
) -> Vec<PageLine> {
    let page = readable.page;
    let mut taken: Vec<u32> = tables.iter().flat_map(|t| t.glyphs.iter().copied()).collect();
    taken.extend(figures.iter().flat_map(|f| f.glyphs.iter().copied()));
    taken.sort_unstable();
    let text = with_layer(page, readable.glyphs.clone());
    let free: Vec<u32> = text.into_iter().filter(|g| taken.binary_search(g).is_err()).collect();
    let lines = readable.lines_of(&free);
    let vertical: usize =
        lines.iter().filter(|l| l.direction == Direction::Vertical).map(|l| l.glyphs.len()).sum();
    let all: usize = lines.iter().map(|l| l.glyphs.len()).sum();
    if vertical * 10 > all * 6 {
        return vertical_page(page, &lines, tables);
    }
    horizontal_page(page, &lines, tables, figures)
}

/// Glyphs that count as text: what a reader sees, and the text layer of a scan beside it.
pub(crate) fn text_glyphs(page: &PageContent) -> Vec<u32> {
    with_layer(page, readable_glyphs(page))
}

/// Readable glyphs with the text layer of a scan.
fn with_layer(page: &PageContent, mut glyphs: Vec<u32>) -> Vec<u32> {
    let scanned = page.images.iter().any(|i| i.bbox.area() > 0.5 * page.width * page.height);
    let seen = glyphs
        .first()
        .and_then(|g| page.glyphs.get(*g as usize))
        .is_some_and(|g| g.visibility == Visibility::Visible);
    if scanned && seen {
        let layer = page
            .glyphs
            .iter()
            .enumerate()
            .filter(|(_, g)| g.visibility == Visibility::Invisible && !is_blank(g));
        glyphs.extend(layer.filter_map(|(i, _)| u32::try_from(i).ok()));
        glyphs.sort_unstable();
    }
    glyphs
}

/// Lines of glyphs that no reader sees, in painting order by line.
pub(crate) fn hidden_lines(page: &PageContent) -> Vec<SourceLine> {
    let mut hidden: Vec<u32> = page
        .glyphs
        .iter()
        .enumerate()
        .filter(|(_, g)| g.visibility != Visibility::Visible && !g.text.is_empty() && !is_blank(g))
        .filter_map(|(i, _)| u32::try_from(i).ok())
        .collect();
    if hidden.is_empty() {
        return Vec::new();
    }
    let text = text_glyphs(page);
    hidden.retain(|i| text.binary_search(i).is_err());
    lines_of(page, &hidden).iter().map(|l| source_line(page, l)).collect()
}

fn is_bold(page: &PageContent, line: &GlyphLine) -> bool {
    line.glyphs.iter().filter_map(|i| page.glyphs.get(*i as usize)).all(|g| g.bold)
}

fn line_of(page: &PageContent, line: &GlyphLine, region: u32, spaces: &PaintedSpaces) -> PageLine {
    page_line(page, line, source_line(page, line), region, spaces)
}

/// A line whose words are known.
fn page_line(
    page: &PageContent,
    line: &GlyphLine,
    mut source: SourceLine,
    region: u32,
    spaces: &PaintedSpaces,
) -> PageLine {
    spaces.give_back(&mut source, line);
    PageLine {
        source,
        table: None,
        bbox: line.bbox,
        size: line.font_size,
        bold: is_bold(page, line),
        direction: line.direction,
        region,
        more: Vec::new(),
        figure: None,
        complete: false,
    }
}

fn table_line(index: usize, table: &PageTable, region: u32) -> PageLine {
    PageLine {
        source: SourceLine::default(),
        table: Some(index),
        bbox: table.bbox,
        size: 0.0,
        bold: false,
        direction: Direction::Horizontal,
        region,
        more: Vec::new(),
        figure: None,
        complete: false,
    }
}

/// The size most letters have, in points.
fn usual_em(lines: &[GlyphLine]) -> f64 {
    let mut sizes: Vec<(f64, usize)> = lines.iter().map(|l| (l.font_size, l.glyphs.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|s| s.1).sum::<usize>() / 2;
    let mut seen = 0;
    sizes
        .iter()
        .find(|s| {
            seen += s.1;
            seen >= half
        })
        .map_or(10.0, |s| s.0.max(1.0))
}

/// A line of a chart's words.
fn figure_line(line: &FigureLine, bbox: BBox, region: u32) -> PageLine {
    let figure = line.role.map(|role| FigurePart { chart: line.chart, role, names: line.names.clone() });
    PageLine {
        source: line.source.clone(),
        table: None,
        bbox: line.source.place.bbox.unwrap_or(bbox),
        size: line.size,
        bold: false,
        direction: Direction::Horizontal,
        region,
        more: line.more.clone(),
        figure,
        complete: false,
    }
}

fn horizontal_page(
    page: &PageContent,
    lines: &[GlyphLine],
    tables: &[PageTable],
    figures: &[PageFigure],
) -> Vec<PageLine> {
    let spaces = PaintedSpaces::of(page);
    let em = usual_em(lines);
    let (flat, turned): (Vec<_>, Vec<_>) =
        lines.iter().partition(|l| matches!(l.direction, Direction::Horizontal | Direction::Other));
    // Ids: pieces of lines, then groups of turned lines, then tables.
    let pieces = flat.into_iter().flat_map(|l| split_at_gaps(page, l, PIECE_GAP));
    let pieces: Vec<Piece> = pieces.map(|line| Piece { source: source_line(page, &line), line }).collect();
    let turned = turned_groups(turned);
    let frames = frames_of(page, LEAST_FRAME, tables);
    let mut items: Vec<Item> = pieces
        .iter()
        .enumerate()
        .map(|(id, p)| Item {
            id,
            bbox: p.line.bbox,
            alone: false,
            marked: begins_block(&p.source.text),
            frame: frame_around(&frames, &p.line.bbox),
        })
        .collect();
    let first_turned = items.len();
    for group in &turned {
        let bbox = BBox::union_all(group.iter().map(|&l| &l.bbox)).unwrap_or_default();
        items.push(Item { id: items.len(), bbox, alone: true, marked: false, frame: 0 });
    }
    let first_table = items.len();
    for t in tables {
        items.push(Item { id: items.len(), bbox: t.bbox, alone: true, marked: false, frame: 0 });
    }
    let first_figure = items.len();
    for f in figures {
        items.push(Item { id: items.len(), bbox: f.bbox, alone: true, marked: false, frame: 0 });
    }
    let mut out = Vec::new();
    for row in reading_order(items, em) {
        match row.ids.first() {
            Some(id) if *id >= first_figure => {
                let lines = figures
                    .get(id - first_figure)
                    .into_iter()
                    .flat_map(|f| f.lines.iter().map(move |l| (f, l)));
                out.extend(lines.map(|(f, l)| figure_line(l, f.bbox, row.region)));
            }
            Some(id) if *id >= first_table => {
                if let Some(t) = tables.get(id - first_table) {
                    out.push(table_line(id - first_table, t, row.region));
                }
            }
            Some(id) if *id >= first_turned => {
                let group = turned.get(id - first_turned).map_or(&[][..], Vec::as_slice);
                out.extend(group.iter().map(|l| line_of(page, l, row.region, &spaces)));
            }
            _ => out.extend(merge_row(page, &pieces, &row, &spaces)),
        }
    }
    out
}

/// A part of a line without a wide gap in it, and its words.
struct Piece {
    line: GlyphLine,
    source: SourceLine,
}

/// The pieces of a row as one line; unit notes stand for themselves.
fn merge_row(page: &PageContent, pieces: &[Piece], row: &Row, spaces: &PaintedSpaces) -> Vec<PageLine> {
    // Lines of one piece have its words.
    let mut out: Vec<(GlyphLine, Option<&SourceLine>)> = Vec::new();
    let mut apart = true;
    for Piece { line, source } in row.ids.iter().filter_map(|i| pieces.get(*i)) {
        let unit = is_unit_note(&source.text);
        match out.last_mut() {
            Some((open, words)) if !apart && !unit && !begins_block(&source.text) => {
                open.glyphs.extend(line.glyphs.iter().copied());
                open.bbox = open.bbox.union(&line.bbox);
                open.font_size = open.font_size.max(line.font_size);
                *words = None;
            }
            _ => out.push((line.clone(), Some(source))),
        }
        apart = unit;
    }
    let words = |line: &GlyphLine, known: Option<&SourceLine>| {
        known.cloned().unwrap_or_else(|| source_line(page, line))
    };
    let mut out: Vec<PageLine> =
        out.iter().map(|(l, known)| page_line(page, l, words(l, *known), row.region, spaces)).collect();
    let last = row.ids.iter().filter_map(|i| pieces.get(*i)).next_back();
    let contents = row.ids.len() > 1 && last.is_some_and(|p| is_page_number(&p.source.text));
    if let Some(l) = out.last_mut().filter(|_| contents) {
        l.complete = true;
    }
    out
}

/// Whether words begin a block of their own wherever they stand in a row.
fn begins_block(text: &str) -> bool {
    leading_marker(text).is_some_and(|m| !m.weak && m.kind != MarkerKind::Note)
}

/// Turned lines that lie side by side, each group in its reading order.
fn turned_groups(lines: Vec<&GlyphLine>) -> Vec<Vec<&GlyphLine>> {
    let mut groups: Vec<Vec<&GlyphLine>> = Vec::new();
    if lines.len() > MOST_TURNED {
        return lines.into_iter().map(|l| vec![l]).collect();
    }
    for line in lines {
        let near = |g: &Vec<&GlyphLine>| {
            g.last().is_some_and(|l| {
                l.direction == line.direction
                    && l.bbox.y0 < line.bbox.y1
                    && line.bbox.y0 < l.bbox.y1
                    && (l.bbox.x0 - line.bbox.x1).max(line.bbox.x0 - l.bbox.x1) < 1.5 * line.font_size
            })
        };
        match groups.iter_mut().rev().find(|g| near(g)) {
            Some(g) => g.push(line),
            None => groups.push(vec![line]),
        }
    }
    groups
}

/// Whether most of a page's text runs downwards.
pub(crate) fn is_vertical(page: &PageContent) -> bool {
    let all = text_glyphs(page);
    let down = all
        .iter()
        .filter_map(|i| page.glyphs.get(*i as usize))
        .filter(|g| g.direction == Direction::Vertical);
    down.count() * 10 > all.len() * 6
}

/// A page of vertical text: columns right to left, bands top to bottom. The order is found on the page turned
/// so that columns become rows; Latin words and figures turned or set across belong to their column.
fn vertical_page(page: &PageContent, lines: &[GlyphLine], tables: &[PageTable]) -> Vec<PageLine> {
    let spaces = PaintedSpaces::of(page);
    let em = usual_em(lines);
    let turn = |b: &BBox| BBox::new(b.y0, page.width - b.x1, b.y1, page.width - b.x0);
    let pieces: Vec<GlyphLine> = lines.iter().flat_map(|l| split_at_gaps(page, l, 0.6)).collect();
    let pieces = letters_of_columns(page, pieces);
    let frames = frames_of(page, LEAST_FRAME, tables);
    let mut items: Vec<Item> = pieces
        .iter()
        .enumerate()
        .map(|(id, l)| {
            let frame = frame_around(&frames, &l.bbox);
            Item { id, bbox: turn(&l.bbox), alone: false, marked: false, frame }
        })
        .collect();
    let first_table = items.len();
    for t in tables {
        items.push(Item { id: items.len(), bbox: turn(&t.bbox), alone: true, marked: false, frame: 0 });
    }
    let bands = bands_of(page, &pieces);
    let mut out: Vec<PageLine> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    for band in 0..=bands.len() {
        // The upper edge of a column is its turned left edge.
        let own = |i: &&Item| bands.iter().filter(|y| **y < i.bbox.center().x).count() == band;
        let regions = rows.iter().map(|r| r.region).max().unwrap_or(0);
        let mut own: Vec<Item> = items.iter().filter(own).copied().collect();
        // A band set across, such as a running head, reads from left to right.
        let piece = |i: &Item| pieces.get(i.id);
        let glyphs = |level: bool| {
            let these =
                own.iter().filter_map(piece).filter(|p| (p.direction == Direction::Horizontal) == level);
            these.map(|p| p.glyphs.len()).sum::<usize>()
        };
        if glyphs(true) > glyphs(false) {
            for item in &mut own {
                item.bbox = piece(item).map_or(item.bbox, |p| p.bbox);
            }
        }
        let found = reading_order(own, em);
        rows.extend(found.into_iter().map(|r| Row { region: r.region + regions, ..r }));
    }
    for row in rows {
        let mut open: Option<PageLine> = None;
        for id in row.ids {
            if let Some(t) = id.checked_sub(first_table) {
                out.extend(tables.get(t).map(|table| table_line(t, table, row.region)));
                continue;
            }
            let Some(piece) = pieces.get(id).map(|l| line_of(page, l, row.region, &spaces)) else { continue };
            match &mut open {
                Some(o) => append_piece(o, piece),
                None => open = Some(piece),
            }
        }
        out.extend(open);
    }
    out
}

/// Enumerators that head columns side by side (一, 二) look like a level line; each belongs to its column.
fn letters_of_columns(page: &PageContent, pieces: Vec<GlyphLine>) -> Vec<GlyphLine> {
    let middles: Vec<f64> = {
        let down = pieces.iter().filter(|p| p.direction == Direction::Vertical);
        let mut middles: Vec<f64> = down.map(|p| p.bbox.center().x).collect();
        middles.sort_by(f64::total_cmp);
        middles
    };
    let glyph = |i: &u32| page.glyphs.get(*i as usize);
    let in_column = |i: &u32| {
        glyph(i).is_some_and(|g| {
            let (x, reach) = (g.bbox.center().x, 0.2 * g.font_size);
            let at = middles.partition_point(|m| *m < x - reach);
            g.text.chars().all(is_wide) && middles.get(at).is_some_and(|m| *m <= x + reach)
        })
    };
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let level = piece.direction == Direction::Horizontal && piece.glyphs.len() <= LONGEST_HEADS;
        if !level || !piece.glyphs.iter().all(in_column) {
            out.push(piece);
            continue;
        }
        for i in &piece.glyphs {
            let Some(g) = glyph(i) else { continue };
            let (bbox, font_size) = (g.bbox, g.font_size);
            out.push(GlyphLine { glyphs: vec![*i], bbox, direction: Direction::Vertical, font_size });
        }
    }
    out
}

/// Heights of the rulings that part a page of vertical text into bands: nearly as wide as the text, and no column
/// runs across them.
fn bands_of(page: &PageContent, lines: &[GlyphLine]) -> Vec<f64> {
    let Some(text) = BBox::union_all(lines.iter().map(|l| &l.bbox)) else { return Vec::new() };
    let crossed = |y: f64| lines.iter().any(|l| l.bbox.y0 + 1.0 < y && y < l.bbox.y1 - 1.0);
    let mut bands: Vec<f64> = page
        .rulings
        .iter()
        .filter(|r| r.horizontal && r.end - r.start >= WIDE_RULING * text.width())
        .map(|r| r.position)
        .filter(|y| !crossed(*y))
        .take(MOST_BANDS)
        .collect();
    bands.sort_by(f64::total_cmp);
    bands
}

/// Adds a further piece of the same column.
fn append_piece(open: &mut PageLine, piece: PageLine) {
    let gap = piece.bbox.y0 - open.bbox.y1;
    if gap > 0.8 * open.size {
        open.source.text.push(' ');
        open.source.boxes.push(BBox { y0: open.bbox.y1, y1: piece.bbox.y0, ..open.bbox });
    }
    open.source.text.push_str(&piece.source.text);
    open.source.boxes.extend(piece.source.boxes);
    open.bbox = open.bbox.union(&piece.bbox);
    open.source.place.bbox = Some(open.bbox);
    open.size = open.size.max(piece.size);
    open.bold &= piece.bold;
    open.direction = Direction::Vertical;
}
