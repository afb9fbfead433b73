//! Tables on a page: detection and structure from rulings, fills, white space and alignment together.

mod aligned;
mod anchors;
mod below;
mod cells;
pub mod continuation;
mod debug;
mod grid;
mod halfruled;
mod halves;
mod header;
mod heads;
mod regions;
mod reject;
mod rivers;
mod rows;
mod ruled;
mod separators;
mod tight;
mod turned;

mod wide;
mod words;

#[cfg(test)]
mod tests;

pub use debug::debug_svg;

use crate::blocks::{LEAST_FRAME, frames_of};
use crate::figures::{find_figures, without_figures};
use crate::lines::ReadablePage;
use shiryo_model::{BBox, PageContent, RawText, Ruling, TableMethod};

/// A table found on one page, before its text is normalised and before pages are joined.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageTable {
    /// Box of the grid.
    pub bbox: BBox,
    /// Rows of the grid.
    pub n_rows: u32,
    /// Columns of the grid.
    pub n_cols: u32,
    /// Header rows at the top.
    pub header_rows: u32,
    /// Row-label columns at the left.
    pub label_cols: u32,
    /// What told the cells apart.
    pub method: TableMethod,
    /// 0–1.
    pub confidence: f64,
    /// Cells, row-major; blank ones included.
    pub cells: Vec<PageCell>,
    /// Indexes into [`PageContent::glyphs`] of every glyph that belongs to the table.
    pub glyphs: Vec<u32>,
}

/// A cell of a [`PageTable`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageCell {
    /// Top row, from 0.
    pub row: u32,
    /// Left column, from 0.
    pub col: u32,
    /// Rows covered, at least 1.
    pub row_span: u32,
    /// Columns covered, at least 1.
    pub col_span: u32,
    /// Box of the cell.
    pub bbox: BBox,
    /// Its lines of text, top to bottom.
    pub lines: RawText,
}

/// Cards have no more lines than this.
const MOST_CARD_LINES: u32 = 12;
/// Groups of rulings looked at on one page, the largest first.
const MOST_GRIDS: usize = 400;

/// Every table on a page, top to bottom; charts and diagrams are none.
pub fn find_tables(page: &PageContent) -> Vec<PageTable> {
    let cleared = without_figures(page, &find_figures(page));
    find_among_words(&ReadablePage::of(cleared.as_ref().unwrap_or(page)))
}

/// Every table of a page of which charts and diagrams were taken out.
pub(crate) fn find_among_words(readable: &ReadablePage) -> Vec<PageTable> {
    if let Some(turn) = turned::Turn::needed(readable.page) {
        let mut tables = find_upright(&ReadablePage::of(&turn.page(readable.page)));
        tables.iter_mut().for_each(|t| turn.table_back(t));
        return tables;
    }
    find_upright(readable)
}

fn find_upright(readable: &ReadablePage) -> Vec<PageTable> {
    let page = readable.page;
    let mut free = readable.glyphs.clone();
    let rulings = separators::usable_rulings(page);
    let mut tables: Vec<PageTable> = Vec::new();
    let verticals: Vec<Ruling> = rulings.iter().filter(|r| !r.horizontal).copied().collect();
    let all_chunks = words::chunks_of(readable, &free, &verticals);
    for mut component in separators::components(&rulings).into_iter().take(MOST_GRIDS) {
        component.drop_insets();
        let middle = component.bbox.center();
        if tables.iter().any(|t| t.bbox.contains(middle)) || component.is_bracket(&rulings) {
            continue;
        }
        if let Some(table) = ruled::table_of(page, &component, &free, &all_chunks) {
            free.retain(|i| table.glyphs.binary_search(i).is_err());
            tables.push(table);
        }
    }
    let outside = if tables.is_empty() { all_chunks } else { words::chunks_of(readable, &free, &verticals) };
    find_unruled(page, &rulings, outside, &mut tables);
    halves::join_halves(&mut tables);
    tables.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0).then(a.bbox.x0.total_cmp(&b.bbox.x0)));
    tables
}

/// Whether a good part of the smaller of two boxes lies in the other.
fn overlaps(a: &BBox, b: &BBox) -> bool {
    a.intersection(b).is_some_and(|i| i.area() > 0.25 * a.area().min(b.area()))
}

/// Tables outside the drawn grids: between rules, and in aligned lines.
fn find_unruled(
    page: &PageContent,
    rulings: &[Ruling],
    mut chunks: Vec<words::Chunk>,
    tables: &mut Vec<PageTable>,
) {
    let typed = words::take_typed_rules(&mut chunks);
    tight::cut_tight(page, &mut chunks);
    words::join_stretched(&mut chunks);
    words::mark_prose(&mut chunks);
    let horizontals = rulings.iter().filter(|r| r.horizontal).copied();
    let outside: Vec<Ruling> = horizontals
        .chain(typed)
        .filter(|r| !tables.iter().any(|t| t.bbox.expand(2.0).contains(separators::ruling_box(r).center())))
        .collect();
    let mut taken: Vec<BBox> = tables.iter().map(|t| t.bbox).collect();
    let frames = std::cell::OnceCell::new();
    let mut keep = |candidates: Vec<regions::Candidate>, taken: &mut Vec<BBox>| {
        let mut open: std::collections::VecDeque<regions::Candidate> = candidates.into();
        while let Some(c) = open.pop_front() {
            if taken.iter().any(|t| overlaps(t, &c.region.bbox)) {
                continue;
            }
            let c = match regions::split_at_repeated_head(c) {
                regions::Split::One(c) => c,
                regions::Split::Two(a, b) => {
                    open.push_front(b);
                    open.push_front(a);
                    continue;
                }
            };
            let Some(mut found) = aligned::structure(page, &c.region) else { continue };
            if let Some(confidence) = reject::judge_aligned(&found, &c) {
                let few = found.table.n_rows <= MOST_CARD_LINES;
                if few && reject::are_cards(frames.get_or_init(|| frames_of(page, LEAST_FRAME, &[])), &c) {
                    continue;
                }
                found.table.confidence = confidence;
                taken.push(found.table.bbox);
                tables.push(found.table);
            }
        }
    };
    keep(regions::between_rules(page, &outside, &chunks), &mut taken);
    let free_runs = regions::aligned_runs(&outside, &chunks, &taken);
    keep(free_runs, &mut taken);
}
