//! What looks like a table and is none; how sure a table is.

use super::aligned::Aligned;
use super::cells::is_figure;
use super::regions::Candidate;
use super::{PageCell, PageTable};
use shiryo_model::{BBox, Ruling, RulingStyle, SourceLine};

/// Confidence of a ruled table; `None` when it is no table: a frame, a chart's grid, boxes of a flow chart.
/// `drawn` says that rulings, not alignment, part all its rows.
pub(super) fn judge_grid(table: &PageTable, drawn: bool) -> Option<f64> {
    let filled = table.cells.iter().filter(|c| !c.is_blank()).count();
    let cells = table.cells.len().max(1);
    if filled < 2 || cells < 3 {
        return None;
    }
    if table.n_rows < 2 {
        return Some(0.4);
    }
    let share = filled as f64 / cells as f64;
    // A chart's grid has next to no text in its cells.
    if share < 0.12 || (cells > 40 && share < 0.2) {
        return None;
    }
    // Bars of a chart and boxes of a drawing leave few cells of a fine grid.
    let base = (table.n_rows as usize) * (table.n_cols as usize);
    if cells * 5 < base {
        return None;
    }
    // Nothing but figures between boxes of all sizes: values at the bars of a chart.
    let words = table.cells.iter().any(|c| !c.is_blank() && !is_figure(&c.plain()));
    let spanning = table.cells.iter().filter(|c| c.row_span > 1 || c.col_span > 1).count();
    if !words && spanning * 4 > cells {
        return None;
    }
    // A frame around other content: one cell has nearly all the words.
    let chars = |c: &PageCell| c.lines.iter().map(|l| l.text.chars().count()).sum::<usize>();
    let all: usize = table.cells.iter().map(chars).sum();
    if let Some(most) = table.cells.iter().max_by_key(|c| chars(c))
        && chars(most) * 10 > all * 8
        && most.lines.len() > 8
    {
        return None;
    }
    let spans: usize = table.cells.iter().filter(|c| c.row_span > 1 && c.col_span > 1).count();
    let mut confidence: f64 = 0.98;
    if share < 0.35 {
        confidence -= 0.15;
    }
    if spans * 4 > cells {
        confidence -= 0.2;
    }
    if filled < 4 {
        confidence -= 0.2;
    }
    // Measured (docs/tables.md): rows told apart by alignment, heads without rulings between them and rows without
    // rulings inside one box are where ruled tables go wrong.
    if !drawn || table.cells.iter().any(|c| holds_columns(c) || holds_rows(c)) {
        confidence -= 0.13;
    }
    Some(confidence.clamp(0.05, 0.99))
}

/// Whether one line of a spanning cell has pieces far apart: heads of several columns without a ruling between.
fn holds_columns(cell: &PageCell) -> bool {
    cell.col_span > 1
        && cell.lines.iter().any(|l| {
            let boxes = || l.text.chars().zip(&l.boxes).filter(|(c, _)| !c.is_whitespace()).map(|(_, b)| b);
            boxes().zip(boxes().skip(1)).any(|(a, b)| b.x0 - a.x1 > 3.0 * a.height().max(b.height()))
        })
}

/// Whether blank lines part the lines of a cell although it is no list of paragraphs: short labels far apart.
fn holds_rows(cell: &PageCell) -> bool {
    let line_box = |l: &SourceLine| l.boxes.iter().copied().reduce(|a, b| a.union(&b));
    let boxes: Vec<BBox> = cell.lines.iter().filter_map(line_box).collect();
    let short = cell.lines.iter().all(|l| l.text.chars().count() <= 12);
    short && cell.col == 0 && boxes.windows(2).any(|w| w[1].y0 - w[0].y1 > 1.5 * w[0].height())
}

/// Whether pieces stand in boxes beside each other, each with lines of its own: cards, not columns. Boxes share no
/// border, cells do.
pub(super) fn are_cards(frames: &[BBox], candidate: &Candidate) -> bool {
    let chunks = &candidate.region.chunks;
    let mut held: Vec<(usize, Vec<f64>)> = Vec::new();
    for c in chunks {
        let Some(k) = frames.iter().position(|f| f.contains(c.bbox.center())) else { return false };
        let at = held.iter().position(|h| h.0 == k).unwrap_or_else(|| {
            held.push((k, Vec::new()));
            held.len() - 1
        });
        if let Some((_, heights)) = held.get_mut(at) {
            heights.push(c.bbox.center().y);
        }
    }
    let apart =
        |a: &BBox, b: &BBox| b.x0 - a.x1 > 2.0 || a.x0 - b.x1 > 2.0 || b.y0 - a.y1 > 2.0 || a.y0 - b.y1 > 2.0;
    let boxes: Vec<&BBox> = held.iter().filter_map(|h| frames.get(h.0)).collect();
    let separate = boxes.iter().enumerate().all(|(i, a)| boxes.iter().skip(i + 1).all(|b| apart(a, b)));
    let several = held.iter().all(|(_, heights)| {
        let (low, high) = heights.iter().fold((f64::MAX, f64::MIN), |(l, h), y| (l.min(*y), h.max(*y)));
        high - low > 6.0
    });
    boxes.len() >= 2 && separate && several
}

/// Confidence of a table read from alignment; `None` when it is none.
pub(super) fn judge_aligned(found: &Aligned, candidate: &Candidate) -> Option<f64> {
    let t = &found.table;
    if t.n_rows < 2 || t.n_cols < 2 {
        return None;
    }
    let shape = Shape::of(t);
    if shape.filled < 4 || shape.prose_columns >= 2 || is_chart(t, &shape) || (t.n_cols == 2 && is_list(t)) {
        return None;
    }
    if t.n_cols <= 3 && !candidate.between_rules && is_contents(t) {
        return None;
    }
    if !candidate.between_rules && is_outline(t) {
        return None;
    }
    let width = candidate.region.bbox.width();
    let drawn = |r: &&Ruling| r.style != RulingStyle::FillEdge && r.end - r.start > 0.6 * width;
    let n_drawn = candidate.region.rules.iter().filter(drawn).count();
    // Figures without a word are the values and scales of a chart.
    if t.cells.iter().all(|c| c.is_blank() || is_figure(&c.plain())) {
        return None;
    }
    // Figures strewn among words are labels of a chart; in a table they stand in columns.
    if shape.plain_columns == 0 && shape.figures * 5 > shape.filled && (t.n_cols == 2 || n_drawn < 2) {
        return None;
    }
    if candidate.between_rules {
        // Edges of cards and label boxes are rules of a table only where its columns are of one kind.
        let cards = shape.plain_columns == 0 && n_drawn < 2;
        let words_only = shape.plain_columns == 0 && shape.full_rows < if t.n_cols == 2 { 0.8 } else { 0.55 };
        if shape.share < 0.3 || cards || words_only {
            return None;
        }
        return Some(if t.n_cols > 2 { 0.88 } else { 0.8 });
    }
    // Running text in columns: most pieces are long.
    let chunks = &candidate.region.chunks;
    let long = chunks.iter().filter(|c| !c.figure && c.bbox.width() > 11.0 * c.size).count();
    let figures = chunks.iter().filter(|c| c.figure).count();
    if long * 10 > chunks.len() * 4 && figures * 4 < chunks.len() {
        return None;
    }
    let leaders = candidate.region.chunks.iter().filter(|c| c.leader).count();
    if t.n_cols == 2 && leaders * 2 > t.n_rows as usize {
        return None;
    }
    let enough_rows = t.n_rows >= 3;
    let plain = shape.plain_columns;
    let narrow = found.rivers.iter().all(|r| r.x1 - r.x0 < 4.0);
    if !enough_rows || narrow || shape.share < 0.45 {
        return None;
    }
    match (t.n_cols, plain) {
        (2, 1..) if shape.share > 0.8 && t.n_rows >= 4 && shape.labels_first => Some(0.6),
        (3.., 1..) => Some((0.6 + 0.05 * f64::from(t.n_cols)).min(0.85)),
        _ => None,
    }
}

/// Whether columns are scales of a chart (five or more figures falling by steps of one size, or by a few of them) with little beside them, or
/// with nothing but scales. Running numbers that fall have full rows beside them.
fn is_chart(t: &PageTable, shape: &Shape) -> bool {
    let scales = (0..t.n_cols).filter(|&col| is_scale(t, col)).count();
    (scales > 1 && scales + 1 >= t.n_cols as usize) || (scales > 0 && shape.share < 0.65)
}

/// Whether it is a table of contents without leaders: no heads, words, and page numbers that never fall.
fn is_contents(t: &PageTable) -> bool {
    let column = |col: u32| t.cells.iter().filter(move |c| c.col == col && !c.is_blank());
    let pages: Vec<Option<u32>> = column(t.n_cols - 1).map(|c| c.plain().trim().parse().ok()).collect();
    // 3 課題: one letter beside a running number may be a unit, two are a title.
    let titled = |c: &&PageCell| c.plain().chars().filter(|c| c.is_alphabetic()).count() >= 2;
    let words = column(t.n_cols.saturating_sub(2)).filter(titled).count();
    let rising = pages.windows(2).all(|w| matches!((w[0], w[1]), (Some(a), Some(b)) if a <= b && b < 2000));
    let spread = pages.first().zip(pages.last()).is_some_and(|(a, b)| a < b);
    pages.len() >= 3 && rising && spread && words * 10 >= pages.len() * 9
}

fn is_scale(t: &PageTable, col: u32) -> bool {
    let column = t.cells.iter().filter(|c| c.col == col && c.col_span == 1 && !c.is_blank());
    let values: Vec<f64> = column.filter_map(|c| value_of(c.lines.first().map_or("", |l| &l.text))).collect();
    // The labels of the other axis may follow.
    let falling = values.windows(2).map(|w| w[0] - w[1]).take_while(|&s| s > 0.0);
    let steps: Vec<f64> = falling.collect();
    if steps.len() * 10 < values.len() * 7 {
        return false;
    }
    let step = steps.iter().copied().fold(f64::MAX, f64::min);
    let whole = |s: &f64| {
        let n = (s / step).round();
        n <= 3.0 && (s - n * step).abs() < 1e-6 + 0.001 * step
    };
    step > 0.0 && steps.len() >= 4 && steps.iter().all(whole)
}

fn value_of(text: &str) -> Option<f64> {
    let t: String =
        text.chars().filter(|c| !matches!(c, ',' | '，' | '%' | '％' | ' ' | '$' | '　')).collect();
    t.parse().ok()
}

/// Whether the first column holds nothing but bullets or running numbers: a list, not a table.
fn is_list(t: &PageTable) -> bool {
    let first: Vec<String> =
        t.cells.iter().filter(|c| c.col == 0 && !c.is_blank()).map(PageCell::plain).collect();
    let marker = |s: &String| {
        let s = s.trim();
        let n = s.chars().count();
        let numbered =
            n <= 4 && s.ends_with(['.', ')', '）', '．']) && s.chars().any(|c| c.is_alphanumeric());
        let circled =
            n == 1 && s.chars().all(|c| ('\u{2460}'..='\u{24ff}').contains(&c) || !c.is_alphanumeric());
        numbered
            || circled
            || (n == 1 && s.chars().all(|c| matches!(c, '\u{ff61}'..='\u{ff9f}' | '\u{e000}'..='\u{f8ff}')))
    };
    first.iter().filter(|s| marker(s)).count() * 10 >= first.len() * 7
}

/// Whether the first column holds the enumerators of an outline, (1), (2) and so on between １ and ２: items whose keys are
/// set with wide spacing.
fn is_outline(t: &PageTable) -> bool {
    let first = || t.cells.iter().filter(|c| c.col == 0 && !c.is_blank()).map(PageCell::plain);
    let number = |s: &str| (1..=2).contains(&s.chars().count()) && s.chars().all(char::is_numeric);
    let enumerated = |s: &str| {
        let inner = s.trim().strip_prefix(['(', '（']).and_then(|r| r.split_once([')', '）']));
        inner.is_some_and(|(n, _)| number(n))
    };
    first().filter(|s| enumerated(s)).count() >= 2 && first().all(|s| enumerated(&s) || number(s.trim()))
}

/// What the cells of a table's body are like.
struct Shape {
    filled: usize,
    /// Cells that hold a figure.
    figures: usize,
    /// Rows with at least two filled cells, of all.
    full_rows: f64,
    /// Filled cells of all.
    share: f64,
    /// The last column has figures, and the first one words (or figures throughout, as ages and years are).
    labels_first: bool,
    /// Columns of figures or short marks.
    plain_columns: usize,
    /// Columns of long text in nearly every row.
    prose_columns: usize,
}

impl Shape {
    fn of(t: &PageTable) -> Self {
        let n = t.n_cols as usize;
        let mut filled = vec![0usize; n];
        let mut figures = 0;
        let mut per_row: std::collections::BTreeMap<u32, usize> = Default::default();
        let mut plain = vec![0usize; n];
        let mut long = vec![0usize; n];
        for c in t.cells.iter().filter(|c| c.row >= t.header_rows && !c.is_blank()) {
            let text = c.plain();
            let k = (c.col as usize).min(n.saturating_sub(1));
            let chars = text.trim().chars().count();
            filled[k] += 1;
            figures += usize::from(is_figure(&text));
            *per_row.entry(c.row).or_default() += 1;
            plain[k] += usize::from(is_figure(&text) || chars <= 2);
            long[k] += usize::from(chars > 30 && c.lines.len() == 1);
        }
        let body = t.n_rows.saturating_sub(t.header_rows) as usize;
        Shape {
            filled: filled.iter().sum(),
            figures,
            full_rows: per_row.values().filter(|&&n| n > 1).count() as f64 / body.max(1) as f64,
            share: filled.iter().sum::<usize>() as f64 / (body * n).max(1) as f64,
            labels_first: n > 1
                && (plain[0] * 3 <= filled[0] || plain[0] * 10 >= filled[0] * 9)
                && plain[n - 1] * 10 >= filled[n - 1] * if plain[0] * 3 <= filled[0] { 7 } else { 9 },
            plain_columns: (0..n).filter(|&k| filled[k] > 1 && plain[k] * 10 >= filled[k] * 7).count(),
            prose_columns: (0..n).filter(|&k| filled[k] > 1 && long[k] * 2 >= filled[k]).count(),
        }
    }
}
