//! Charts on a page: what is drawn ([`plots`]), the words around it ([`labels`]), and which figure belongs to
//! which name ([`bind`]).
//!
//! A chart is told by its drawing (bars on one base line, slices of one circle, lines over an axis), never by its
//! words alone. Its words are taken out of the page before tables are looked for and come back as blocks of kind
//! figure: a value with its names on one line, the legend, the scale, other labels.

mod bind;
mod boxes;
mod labels;
mod plots;
mod region;
#[cfg(test)]
mod tests;

use crate::prose::marker::leading_marker;
use bind::{Bound, Parts, bind, is_whole};
use boxes::{Diagram, boxes_of, diagrams_of};
use labels::{Piece, legend_of, pieces_of};
use plots::{Kind, Plot, plots_of};
use region::{Region, holds};
use shiryo_model::{BBox, FigureRole, PageContent, SourceLine, Visibility};

/// Charts on one page; a page with more is a drawing.
const MOST_CHARTS: usize = 40;
/// Pages with more rulings than this are tables or drawings; diagrams are not looked for.
const MOST_RULINGS: usize = 240;
/// Words on a page with charts; longer pages are no slides.
const MOST_PIECES: usize = 4_000;

/// A chart of a page with its words in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PageFigure {
    /// Around drawing and words.
    pub(crate) bbox: BBox,
    /// Its words.
    pub(crate) lines: Vec<FigureLine>,
    /// Indexes into [`PageContent::glyphs`] of all its words, sorted.
    pub(crate) glyphs: Vec<u32>,
    /// Where nothing drawn belongs to a table.
    drawn: Vec<BBox>,
}

/// One line of a chart's words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FigureLine {
    pub(crate) source: SourceLine,
    /// Further lines of the same words.
    pub(crate) more: Vec<SourceLine>,
    /// What it is; `None` for headings and notes inside the frame, which are read as such.
    pub(crate) role: Option<FigureRole>,
    /// For values: the category and the series.
    pub(crate) names: Vec<String>,
    /// Number of the chart among those of the page.
    pub(crate) chart: u32,
    pub(crate) size: f64,
}

/// The charts of a page, top to bottom.
pub(crate) fn find_figures(page: &PageContent) -> Vec<PageFigure> {
    let plots = plots_of(page);
    let drawn = !plots.is_empty() && plots.len() <= MOST_CHARTS;
    let boxes = if may_hold_diagrams(page) { boxes_of(page) } else { Vec::new() };
    if !drawn && boxes.is_empty() {
        return Vec::new();
    }
    let pieces = pieces_of(page);
    if pieces.len() > MOST_PIECES {
        return Vec::new();
    }
    let regions = if drawn { region::regions(page, plots, &pieces) } else { Vec::new() };
    let found = regions.into_iter().enumerate().filter_map(|(k, r)| figure_of(page, &r, &pieces, k));
    let mut found: Vec<PageFigure> = found.collect();
    let diagrams = diagrams_of(page, &boxes, &pieces).into_iter().enumerate();
    let diagrams: Vec<PageFigure> =
        diagrams.filter_map(|(k, d)| figure_of_diagram(&d, &pieces, MOST_CHARTS + k)).collect();
    let free = |d: &PageFigure| !found.iter().any(|f| f.bbox.intersection(&d.bbox).is_some());
    let diagrams: Vec<PageFigure> = diagrams.into_iter().filter(free).collect();
    found.extend(diagrams);
    found.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
    side_by_side(found, &pieces)
}

/// Whether a page has boxes, and lines besides those of a table.
fn may_hold_diagrams(page: &PageContent) -> bool {
    page.rulings.len() + page.fills.len() + page.shapes.len() >= 5 && page.rulings.len() <= MOST_RULINGS
}

/// The boxes of a diagram, each with its words; `None` where other words stand among them.
fn figure_of_diagram(d: &Diagram, pieces: &[Piece], number: usize) -> Option<PageFigure> {
    let bbox = BBox::union_all(d.boxes.iter().map(|b| &b.0))?;
    let own = |i: usize| d.boxes.iter().any(|b| b.1.contains(&i));
    let arrow = |p: &Piece| p.text.chars().count() <= 2;
    let foreign = |(i, p): (usize, &Piece)| bbox.contains(p.bbox.center()) && !own(i) && !arrow(p);
    if pieces.iter().enumerate().any(foreign) {
        return None;
    }
    let mut lines = Vec::new();
    for (_, own) in &d.boxes {
        let words: Vec<&Piece> = own.iter().filter_map(|&i| pieces.get(i)).collect();
        let mut rows = words.chunk_by(|a, b| a.row == b.row).filter_map(|row| {
            let mut open = row.first()?.source.clone();
            row.iter().skip(1).for_each(|p| append(&mut open, &p.source));
            Some(open)
        });
        let (Some(source), size) = (rows.next(), words.first().map_or(10.0, |p| p.size)) else { continue };
        let chart = u32::try_from(number * MOST_CHARTS).unwrap_or(u32::MAX);
        let more = rows.collect();
        lines.push(FigureLine {
            source,
            more,
            role: Some(FigureRole::Label),
            names: Vec::new(),
            chart,
            size,
        });
    }
    let all = d.boxes.iter().flat_map(|b| &b.1).filter_map(|&i| pieces.get(i));
    let mut glyphs: Vec<u32> = all.flat_map(|p| p.line.glyphs.iter().copied()).collect();
    glyphs.sort_unstable();
    let drawn = d.boxes.iter().map(|b| b.0).chain(d.links.iter().copied()).map(|b| b.expand(1.5)).collect();
    Some(PageFigure { bbox, lines, glyphs, drawn })
}

/// Charts beside each other, with no other words between, as one: they are read from left to right, whichever begins
/// higher.
fn side_by_side(found: Vec<PageFigure>, pieces: &[Piece]) -> Vec<PageFigure> {
    let mut out: Vec<PageFigure> = Vec::new();
    for f in found {
        let host = out.iter_mut().find(|o| {
            let shared = f.bbox.y1.min(o.bbox.y1) - f.bbox.y0.max(o.bbox.y0);
            let both = f.bbox.union(&o.bbox);
            let foreign = |p: &&Piece| {
                let own =
                    |g: &PageFigure| p.line.glyphs.first().is_some_and(|i| g.glyphs.binary_search(i).is_ok());
                both.contains(p.bbox.center()) && !own(&f) && !own(o)
            };
            shared > 0.6 * f.bbox.height().min(o.bbox.height()) && !pieces.iter().any(|p| foreign(&p))
        });
        match host {
            Some(o) => {
                o.bbox = o.bbox.union(&f.bbox);
                o.lines.extend(f.lines);
                o.glyphs.extend(f.glyphs);
                o.glyphs.sort_unstable();
                o.drawn.extend(f.drawn);
            }
            None => out.push(f),
        }
    }
    let boxes: Vec<BBox> = out.iter().map(|f| f.bbox).collect();
    for f in &mut out {
        let own = f.bbox;
        let beside = boxes.iter().filter(|b| {
            let shared = b.y1.min(own.y1) - b.y0.max(own.y0);
            shared > 0.6 * b.height().min(own.height())
        });
        (f.bbox.y0, f.bbox.y1) = beside.fold((own.y0, own.y1), |(y0, y1), b| (y0.min(b.y0), y1.max(b.y1)));
    }
    out
}

/// The page without its charts, for finding tables; `None` where there are none.
pub(crate) fn without_figures(page: &PageContent, figures: &[PageFigure]) -> Option<PageContent> {
    if figures.is_empty() {
        return None;
    }
    let mut rest = page.clone();
    for i in figures.iter().flat_map(|f| &f.glyphs) {
        if let Some(g) = rest.glyphs.get_mut(*i as usize) {
            g.visibility = Visibility::Covered;
        }
    }
    let areas: Vec<BBox> = figures.iter().flat_map(|f| f.drawn.iter().copied()).collect();
    rest.rulings.retain(|r| {
        let b = if r.horizontal {
            BBox::new(r.start, r.position, r.end, r.position)
        } else {
            BBox::new(r.position, r.start, r.position, r.end)
        };
        !areas.iter().any(|a| a.expand(2.0).contains(b.center()) && holds(&a.expand(3.0), &b))
    });
    rest.fills
        .retain(|f| !areas.iter().any(|a| a.contains(f.bbox.center()) && f.bbox.area() < 1.3 * a.area()));
    Some(rest)
}

fn figure_of(page: &PageContent, region: &Region, pieces: &[Piece], first: usize) -> Option<PageFigure> {
    let mut out = Writer { page, pieces, lines: Vec::new(), used: Vec::new(), chart: 0 };
    let above = region.plots.iter().map(|p| p.area.y0).fold(f64::MAX, f64::min);
    let mut told = false;
    // What stands over all charts of one frame comes first.
    let shared: Vec<usize> =
        region.own.iter().copied().filter(|&i| region.plot_of(pieces, i).is_none()).collect();
    let (over, under): (Vec<usize>, Vec<usize>) =
        shared.into_iter().partition(|&i| pieces.get(i).is_some_and(|p| p.bbox.center().y < above));
    out.texts(&over);
    for (k, placed) in region.plots.iter().enumerate() {
        let own: Vec<usize> =
            region.own.iter().copied().filter(|&i| region.plot_of(pieces, i) == Some(k)).collect();
        out.chart = u32::try_from(first * MOST_CHARTS + k).unwrap_or(u32::MAX);
        let read = Read::of(page, &placed.plot, placed.area, pieces, &own);
        told |= read.is_chart(&placed.plot);
        out.chart_lines(&read, &placed.plot, placed.area, &own);
    }
    out.texts(&under);
    let mut glyphs: Vec<u32> = region
        .own
        .iter()
        .filter_map(|&i| pieces.get(i))
        .flat_map(|p| p.line.glyphs.iter().copied())
        .collect();
    glyphs.sort_unstable();
    let drawn = vec![region.bbox.expand(1.0)];
    told.then_some(PageFigure { bbox: region.bbox, lines: out.lines, glyphs, drawn })
}

/// What the words of one chart are.
struct Read {
    bound: Vec<Bound>,
    legend: Vec<(usize, u32)>,
    scale: Vec<usize>,
    categories: Vec<Vec<usize>>,
    /// Values printed in it.
    figures: usize,
}

impl Read {
    fn of(page: &PageContent, plot: &Plot, area: BBox, pieces: &[Piece], own: &[usize]) -> Self {
        let marks: Vec<BBox> = plot.bars.iter().map(|b| b.bbox).collect();
        let legend: Vec<(usize, u32)> =
            legend_of(page, pieces, &marks).into_iter().filter(|l| own.contains(&l.0)).collect();
        let categories = region::categories(plot, area, pieces, own, &legend);
        let scale = region::scale(plot, area, pieces, own, &categories);
        let parts = Parts { plot, pieces, own, legend: &legend, scale: &scale, categories: &categories };
        let bound = bind(&parts);
        let figures = own.iter().filter(|i| pieces.get(**i).is_some_and(|p| p.figure.is_some())).count();
        Self { bound, figures: figures - scale.len().min(figures), legend, scale, categories }
    }

    /// Whether the words are those of a chart.
    fn is_chart(&self, plot: &Plot) -> bool {
        match plot.kind {
            Kind::Ring => self.figures > 0 || self.legend.len() >= 2,
            Kind::Line => self.categories.len() >= 3 && (self.scale.len() >= 3 || self.bound.len() >= 3),
            Kind::Upright | Kind::Level => {
                self.bound.len() >= 3 || self.scale.len() >= 3 || self.categories.len() >= 3
            }
        }
    }
}

/// Puts the words of a chart in order.
struct Writer<'a> {
    page: &'a PageContent,
    pieces: &'a [Piece],
    lines: Vec<FigureLine>,
    used: Vec<usize>,
    chart: u32,
}

impl Writer<'_> {
    /// Headings, notes and other words, line by line.
    fn texts(&mut self, own: &[usize]) {
        for row in self.rows_of(own) {
            self.push(&row, None, Vec::new());
        }
    }

    fn chart_lines(&mut self, read: &Read, plot: &Plot, area: BBox, own: &[usize]) {
        let mut named: Vec<usize> =
            read.legend.iter().map(|l| l.0).chain(read.scale.iter().copied()).collect();
        named.extend(read.categories.iter().flatten());
        let of_values: Vec<usize> =
            read.bound.iter().flat_map(|b| b.category.iter().copied().chain([b.value])).collect();
        let free: Vec<usize> =
            own.iter().copied().filter(|i| !named.contains(i) && !of_values.contains(i)).collect();
        let pieces = self.pieces;
        let at = |i: &usize| pieces.get(*i).map_or(0.0, |p| p.bbox.center().y);
        let (above, rest): (Vec<usize>, Vec<usize>) = free.into_iter().partition(|i| at(i) < area.y0);
        let (below, inside): (Vec<usize>, Vec<usize>) = rest.into_iter().partition(|i| at(i) > area.y1);
        for row in self.rows_of(&above) {
            let title = self.is_title(&row).then_some(FigureRole::Title);
            self.push(&row, title, Vec::new());
        }
        let (whole, inside): (Vec<usize>, Vec<usize>) =
            inside.into_iter().partition(|&i| pieces.get(i).is_some_and(|p| is_whole(&p.text)));
        for b in &read.bound {
            let mut row = b.category.clone();
            row.extend(b.series);
            let names: Vec<String> = [Some(self.text_of(&b.category)), b.series.map(|s| self.text_of(&[s]))]
                .into_iter()
                .flatten()
                .collect();
            row.push(b.value);
            self.push(&row, Some(FigureRole::Value), names);
        }
        whole.iter().for_each(|&i| self.push(&[i], Some(FigureRole::Whole), Vec::new()));
        // Categories whose value is not printed.
        let mut rest: Vec<usize> = inside;
        if plot.kind != Kind::Ring {
            rest.extend(read.categories.iter().flatten().filter(|i| !of_values.contains(i)));
        }
        for i in rest {
            self.push(&[i], Some(FigureRole::Label), Vec::new());
        }
        let legend: Vec<usize> = read.legend.iter().map(|l| l.0).filter(|i| !of_values.contains(i)).collect();
        self.push(&legend, Some(FigureRole::Legend), Vec::new());
        self.push(&read.scale, Some(FigureRole::Scale), Vec::new());
        self.texts(&below);
    }

    fn is_title(&self, row: &[usize]) -> bool {
        let text = self.text_of(row);
        leading_marker(&text).is_none() && !crate::prose::words::is_unit_note(&text) && !text.ends_with('。')
    }

    /// Pieces in lines, top to bottom, each from left to right.
    fn rows_of(&self, own: &[usize]) -> Vec<Vec<usize>> {
        let mut sorted: Vec<(usize, f64, usize)> =
            own.iter().filter_map(|&i| self.pieces.get(i).map(|p| (p.row, p.bbox.x0, i))).collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        sorted.chunk_by(|a, b| a.0 == b.0).map(|row| row.iter().map(|r| r.2).collect()).collect()
    }

    fn text_of(&self, row: &[usize]) -> String {
        let words: Vec<&str> =
            row.iter().filter_map(|&i| self.pieces.get(i)).map(|p| p.text.as_str()).collect();
        words.concat()
    }

    fn push(&mut self, row: &[usize], role: Option<FigureRole>, names: Vec<String>) {
        let mut line: Option<(SourceLine, f64)> = None;
        for p in row.iter().filter_map(|&i| self.pieces.get(i)) {
            match &mut line {
                None => line = Some((p.source.clone(), p.size)),
                Some((open, _)) => append(open, &p.source),
            }
        }
        self.used.extend(row);
        let Some((mut source, size)) = line else { return };
        source.place.page = Some(self.page.number);
        self.lines.push(FigureLine { source, more: Vec::new(), role, names, chart: self.chart, size });
    }
}

/// Adds words behind a space.
fn append(open: &mut SourceLine, more: &SourceLine) {
    let at = open.boxes.last().copied().unwrap_or_default();
    open.text.push(' ');
    open.boxes.push(BBox { x0: at.x1, ..at });
    open.text.push_str(&more.text);
    open.boxes.extend(more.boxes.iter().copied());
    open.place.bbox = match (open.place.bbox, more.place.bbox) {
        (Some(a), Some(b)) => Some(a.union(&b)),
        (a, b) => a.or(b),
    };
}
