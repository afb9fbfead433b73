//! Lines of pages to drafts of blocks: leading, indents, sizes and sentence ends tell where blocks end.

use super::apart::Apart;
use super::page_lines::PageLine;
use super::running::{LinedPage, running_lines};
use crate::prose::joining::Gap;
use crate::prose::marker::leading_marker;
use crate::prose::outline::{Draft, Hint};
use crate::prose::words::{ends_sentence, is_figures, width};
use shiryo_model::{BBox, BlockKind, Direction, FigurePart, FigureRole};
use std::collections::BTreeMap;

/// Drafts of all pages in reading order. `table_ids` gives, by page and index in the page, the number of the
/// document's table; `None` for a table that was joined to the one before.
pub(crate) fn drafts_of(
    pages: Vec<LinedPage>,
    table_ids: &[Vec<Option<u32>>],
    apart: Vec<Vec<Apart>>,
) -> Vec<Draft> {
    let running = running_lines(&pages);
    let body = body_size(&pages);
    let mut out: Vec<Draft> = Vec::new();
    let mut open: Option<Open> = None;
    let mut apart = apart.into_iter();
    let mut charts = Charts::default();
    for (p, page) in pages.into_iter().enumerate() {
        let edges: BTreeMap<usize, BlockKind> = running.get(p).into_iter().flatten().copied().collect();
        let margins = Margins::of(&page, &edges);
        for (i, line) in page.lines.into_iter().enumerate() {
            if let Some(kind) = edges.get(&i) {
                // Does not close the paragraph that goes on over the page.
                out.push(Draft::begin(line.source, Hint::Fixed(*kind), Gap::Break));
                continue;
            }
            if let Some(t) = line.table {
                if let Some(Some(id)) = table_ids.get(p).and_then(|ids| ids.get(t)) {
                    out.push(Draft::table(*id, Gap::Wide));
                }
                open = None;
                continue;
            }
            if line.source.text.trim().is_empty() {
                continue;
            }
            if let Some(part) = line.figure {
                let caption = part.role == FigureRole::Title;
                let kind = if caption { BlockKind::Caption } else { BlockKind::Figure };
                let mut draft = Draft::begin(line.source, Hint::Fixed(kind), Gap::Break);
                line.more.into_iter().for_each(|l| draft.push(l));
                draft.figure = Some(FigurePart { chart: charts.number(p, part.chart), ..part });
                out.push(draft);
                open = None;
                continue;
            }
            place_line(&mut out, &mut open, line, page.number, &margins, body);
        }
        for it in apart.next().into_iter().flatten() {
            let mut lines = it.lines.into_iter();
            let Some(first) = lines.next() else { continue };
            let mut draft = Draft::begin(first, Hint::Fixed(it.kind), Gap::Break);
            draft.of = it.of;
            lines.for_each(|l| draft.push(l));
            out.push(draft);
        }
    }
    out
}

/// Numbers the charts of a document in the order they are met.
#[derive(Default)]
struct Charts {
    last: Option<(usize, u32)>,
    count: u32,
}

impl Charts {
    fn number(&mut self, page: usize, chart: u32) -> u32 {
        if self.last != Some((page, chart)) {
            self.last = Some((page, chart));
            self.count = self.count.saturating_add(1);
        }
        self.count
    }
}

/// The draft that the next line may go on, and its last line.
struct Open {
    draft: usize,
    page: u32,
    region: u32,
    bbox: BBox,
    size: f64,
    bold: bool,
    direction: Direction,
    full: bool,
    /// Where its first line begins, and whether that has a marker (then later lines hang).
    left: f64,
    hangs: bool,
    lines: usize,
}

fn place_line(
    out: &mut Vec<Draft>,
    open: &mut Option<Open>,
    line: PageLine,
    page: u32,
    margins: &Margins,
    body: f64,
) {
    // Nothing goes on from the last of several things far apart.
    let full = !line.complete && !is_spread(&line) && margins.fills(&line);
    let gap = open.as_ref().map_or(Gap::Break, |o| gap_between(o, &line, page));
    let joins = open.as_ref().is_some_and(|o| {
        fits(o, &line, page) && out.get(o.draft).is_some_and(|d| d.takes(&line.source.text, gap, o.full))
    });
    let (bbox, size, bold, direction, region) =
        (line.bbox, line.size, line.bold, line.direction, line.region);
    let start = start_of(&line);
    if joins && let Some(o) = open.as_mut() {
        if let Some(d) = out.get_mut(o.draft) {
            d.push(line.source);
        }
        *o = Open {
            page,
            region,
            bbox,
            size,
            bold,
            direction,
            full,
            draft: o.draft,
            left: o.left,
            hangs: o.hangs,
            lines: o.lines + 1,
        };
        return;
    }
    let hint = heading_hint(&line, body);
    let hangs = leading_marker(&line.source.text).is_some();
    out.push(Draft::begin(line.source, hint, gap));
    let draft = out.len() - 1;
    *open =
        Some(Open { draft, page, region, bbox, size, bold, direction, full, left: start, hangs, lines: 1 });
}

/// Start of a line along its direction.
fn start_of(l: &PageLine) -> f64 {
    if l.direction == Direction::Vertical { l.bbox.y0 } else { l.bbox.x0 }
}

/// A much larger line than the body is a heading, whatever it says.
fn heading_hint(line: &PageLine, body: f64) -> Hint {
    let large = line.size >= 1.3 * body && line.size >= body + 2.0;
    let words = line.source.text.trim();
    let short = width(words) <= 80
        && !ends_sentence(words)
        && words.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && !is_figures(words);
    if large && short && leading_marker(words).is_none() {
        Hint::Heading(if line.size >= 1.7 * body { 1 } else { 2 })
    } else {
        Hint::Auto
    }
}

fn gap_between(o: &Open, line: &PageLine, page: u32) -> Gap {
    if o.page != page || o.region != line.region {
        return Gap::Wide;
    }
    let (distance, height) = if line.direction == Direction::Vertical {
        (o.bbox.x0 - line.bbox.x1, line.bbox.width())
    } else {
        (line.bbox.y0 - o.bbox.y1, line.bbox.height())
    };
    let height = height.max(o.size).max(1.0);
    if distance < -1.5 * height || distance > 2.2 * height {
        Gap::Break
    } else if distance > 1.05 * height {
        Gap::Wide
    } else {
        Gap::None
    }
}

/// Whether sizes, weights and indents let the line go on with the open block.
fn fits(o: &Open, line: &PageLine, page: u32) -> bool {
    let ratio = line.size / o.size.max(0.1);
    if o.direction != line.direction
        || !(0.87..=1.15).contains(&ratio)
        || (o.bold != line.bold && o.lines == 1)
    {
        return false;
    }
    let moved = o.page != page || o.region != line.region;
    if moved {
        return o.full;
    }
    // A new indent begins a paragraph, unless the block hangs under its marker.
    let indent = start_of(line) - o.left;
    let em = line.size.max(1.0);
    let centred = (o.bbox.center().x - line.bbox.center().x).abs() < em;
    o.hangs || centred || o.lines > 1 || indent < 0.6 * em
}

/// A gap wider than this, in em, parts a line.
const WIDEST_GAP: f64 = 4.0;

/// Where lines begin and end, by region.
struct Margins {
    ends: BTreeMap<u32, (f64, f64)>,
}

impl Margins {
    fn of(page: &LinedPage, edges: &BTreeMap<usize, BlockKind>) -> Self {
        let mut ends: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
        for (_, l) in page.lines.iter().enumerate().filter(|(i, l)| {
            l.table.is_none() && l.figure.is_none() && !edges.contains_key(i) && !is_spread(l)
        }) {
            let (from, to) = (start_of(l), end_of(l));
            let e = ends.entry(l.region).or_insert((from, to));
            *e = (e.0.min(from), e.1.max(to));
        }
        Self { ends }
    }

    /// Whether a line begins near the left margin and goes on to the right one. Running text is taken to do
    /// so earlier: its lines may be set shorter than the page allows.
    fn fills(&self, line: &PageLine) -> bool {
        let Some((from, to)) = self.ends.get(&line.region).copied() else { return false };
        let em = line.size.max(1.0);
        let (start, end) = (start_of(line), end_of(line));
        let running = line.source.text.contains(['、', 'を', 'は', 'が']);
        let reach = if running { (0.18 * (to - from)).max(2.2 * em) } else { 2.2 * em };
        start <= from + (0.25 * (to - from)).max(2.0 * em) && end >= to - reach && end - start >= 9.0 * em
    }
}

/// Whether a line is several things far apart (a paper's number on the left, its date on the right): it tells
/// nothing of the measure that text is set to.
fn is_spread(l: &PageLine) -> bool {
    let wide = |b: &BBox| b.width().max(b.height()) > WIDEST_GAP * l.size.max(1.0);
    l.source.text.chars().zip(&l.source.boxes).any(|(c, b)| c == ' ' && wide(b))
}

fn end_of(l: &PageLine) -> f64 {
    if l.direction == Direction::Vertical { l.bbox.y1 } else { l.bbox.x1 }
}

/// The size most characters of the document have.
fn body_size(pages: &[LinedPage]) -> f64 {
    let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
    for l in pages.iter().flat_map(|p| &p.lines).filter(|l| l.table.is_none() && l.figure.is_none()) {
        *sizes.entry((l.size * 4.0).round() as i64).or_default() += l.source.text.chars().count();
    }
    sizes.into_iter().max_by_key(|(_, n)| *n).map_or(10.0, |(s, _)| s as f64 / 4.0).max(1.0)
}
