//! Running heads and feet and page numbers: lines at the edge of pages that come again at the same height.

use super::page_lines::PageLine;
use crate::prose::words::{closed_up, is_page_number};
use shiryo_model::BlockKind;
use std::collections::BTreeMap;

/// The edge zones of a page: this share of its height at the top and at the bottom.
const EDGE: f64 = 0.1;
/// At most so many lines at either edge are looked at.
const MOST_EDGE_LINES: usize = 3;

/// A page's lines with its size.
#[derive(Debug, Clone, Default)]
pub(crate) struct LinedPage {
    /// 1-based number.
    pub(crate) number: u32,
    /// Height in points.
    pub(crate) height: f64,
    /// Lines in reading order.
    pub(crate) lines: Vec<PageLine>,
}

/// For each page, the lines that are heads, feet or page numbers: (index, kind), by index.
pub(crate) fn running_lines(pages: &[LinedPage]) -> Vec<Vec<(usize, BlockKind)>> {
    let edges: Vec<Vec<Edge>> = pages.iter().map(edges_of).collect();
    let mut seen: BTreeMap<(bool, i64, String), u32> = BTreeMap::new();
    for e in edges.iter().flatten() {
        // Half-point shifts must not part what comes again: count both nearest heights.
        *seen.entry((e.top, e.height, e.pattern.clone())).or_default() += 1;
    }
    let total = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    let again = |e: &Edge| {
        let near = [-1, 0, 1]
            .iter()
            .filter_map(|d| seen.get(&(e.top, e.height + d, e.pattern.clone())))
            .sum::<u32>();
        // Titles of parts come again too; a running head stands on a good share of all pages.
        (near >= 3 && near.saturating_mul(5) >= total.saturating_mul(2)) || (near >= 2 && near >= total)
    };
    let kind_of = |e: &Edge| match (e.numbered, again(e), e.top) {
        (true, _, _) => Some(BlockKind::PageNumber),
        (false, true, true) => Some(BlockKind::Header),
        (false, true, false) => Some(BlockKind::Footer),
        (false, false, _) => None,
    };
    edges.iter().map(|page| page.iter().filter_map(|e| Some((e.index, kind_of(e)?))).collect()).collect()
}

struct Edge {
    index: usize,
    top: bool,
    /// Distance from the edge in steps of 4 pt.
    height: i64,
    /// Words with digits made equal.
    pattern: String,
    numbered: bool,
}

fn edges_of(page: &LinedPage) -> Vec<Edge> {
    let zone = EDGE * page.height;
    let text = |l: &&(usize, &PageLine)| {
        l.1.table.is_none() && l.1.figure.is_none() && !l.1.source.text.trim().is_empty()
    };
    let all: Vec<(usize, &PageLine)> = page.lines.iter().enumerate().collect();
    let mut top: Vec<_> = all.iter().filter(text).filter(|(_, l)| l.bbox.y1 <= zone).collect();
    top.sort_by(|a, b| a.1.bbox.y0.total_cmp(&b.1.bbox.y0));
    let mut bottom: Vec<_> =
        all.iter().filter(text).filter(|(_, l)| l.bbox.y0 >= page.height - zone).collect();
    bottom.sort_by(|a, b| b.1.bbox.y1.total_cmp(&a.1.bbox.y1));
    let edge = |(index, l): &(usize, &PageLine), top: bool| {
        let words = closed_up(&l.source.text);
        let distance = if top { l.bbox.y0 } else { page.height - l.bbox.y1 };
        Edge {
            index: *index,
            top,
            height: (distance / 4.0).round() as i64,
            numbered: is_page_number(&words),
            pattern: words.chars().map(|c| if c.is_numeric() { '#' } else { c }).collect(),
        }
    };
    let mut out: Vec<Edge> = top.into_iter().take(MOST_EDGE_LINES).map(|l| edge(l, true)).collect();
    out.extend(bottom.into_iter().take(MOST_EDGE_LINES).map(|l| edge(l, false)));
    out.sort_by_key(|e| e.index);
    out.dedup_by_key(|e| e.index);
    out
}
