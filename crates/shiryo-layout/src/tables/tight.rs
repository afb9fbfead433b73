//! Cells of neighbours that nearly touch: figures set flush right beside words set flush left leave less white than a
//! word space, but leave it at the same place on line after line.

use super::cells::{is_figure, is_mark};
use super::words::{Chunk, chunk_of};
use crate::lines::{is_blank, is_wide};
use shiryo_model::PageContent;

/// Narrowest gap looked at, in em, and the narrowest where a word ends and a number begins: typesetters put a
/// quarter of an em there of their own.
const LEAST: f64 = 0.14;
const AFTER_WORDS: f64 = 0.32;
/// Edges at the same place differ at most by this, in points.
const SAME_EDGE: f64 = 0.6;
/// Lines of one table stand at most this far apart, in em.
const REACH: f64 = 9.0;
/// So many gaps at one place make a border.
const LEAST_LINES: usize = 4;
/// Gaps looked at in one piece.
const MOST_GAPS: usize = 8;
/// Pages with more pieces are no tables; they would only cost time.
const MOST_CHUNKS: usize = 12_000;
/// Borders looked at on one page, those of most lines first.
const MOST_BORDERS: usize = 64;
/// What follows a number inside one cell.
const COUNTERS: &str = "年月日時分秒人件円回名％%枚台校社所か箇ヶ千万億兆歳位倍点号番丁階床種冊戸世棟室組団期級本個度割課部問項条款目節";

/// A narrow gap inside a piece.
#[derive(Clone, Copy)]
struct Gap {
    chunk: usize,
    /// Index in the piece's glyphs of the first glyph behind it.
    at: usize,
    x0: f64,
    x1: f64,
    y: f64,
    size: f64,
}

/// Cuts pieces at borders that narrow gaps at one place on many lines show.
pub(super) fn cut_tight(page: &PageContent, chunks: &mut Vec<Chunk>) {
    // A piece may hold the cells of several columns.
    for _ in 0..3 {
        if chunks.len() > MOST_CHUNKS || !cut_once(page, chunks) {
            return;
        }
    }
}

fn cut_once(page: &PageContent, chunks: &mut Vec<Chunk>) -> bool {
    let mut per_line: std::collections::HashMap<usize, usize> = Default::default();
    chunks.iter().filter(|c| !c.turned).for_each(|c| *per_line.entry(c.line).or_default() += 1);
    let gaps: Vec<Gap> =
        chunks.iter().enumerate().filter(|(_, c)| !c.turned).flat_map(|(i, c)| gaps_in(page, i, c)).collect();
    let mut borders: Vec<Vec<Gap>> = Vec::new();
    for edge in [|g: &Gap| g.x1, |g: &Gap| g.x0] {
        borders.extend(at_one_place(gaps.clone(), edge));
    }
    borders.sort_by_key(|b| std::cmp::Reverse(b.len()));
    let mut cut_at: std::collections::BTreeMap<usize, usize> = Default::default();
    for b in borders.iter().take(MOST_BORDERS) {
        let beside = b.iter().filter(|g| per_line.get(&chunks[g.chunk].line).is_some_and(|&n| n > 1)).count();
        if beside * 2 >= b.len() && is_border(page, b, chunks) {
            b.iter().for_each(|g| {
                cut_at.entry(g.chunk).or_insert(g.at);
            });
        }
    }
    let edges = Edges::of(chunks);
    for g in gaps.iter().filter(|g| ends_a_column(page, g, chunks, &edges)) {
        cut_at.entry(g.chunk).or_insert(g.at);
    }
    if cut_at.is_empty() {
        return false;
    }
    let mut out = Vec::with_capacity(chunks.len() + cut_at.len());
    for (i, c) in std::mem::take(chunks).into_iter().enumerate() {
        let Some(&at) = cut_at.get(&i) else {
            out.push(c);
            continue;
        };
        let (left, right) = c.glyphs.split_at(at.min(c.glyphs.len()));
        out.extend(chunk_of(page, left.to_vec(), c.line, false));
        out.extend(chunk_of(page, right.to_vec(), c.line, false).map(|r| Chunk {
            leader: c.leader,
            after_cut: true,
            ..r
        }));
    }
    *chunks = out;
    true
}

/// The gaps of a piece that may part two cells: wider than those beside them, without a painted space in them.
fn gaps_in(page: &PageContent, chunk: usize, c: &Chunk) -> Vec<Gap> {
    let mut out = Vec::new();
    let glyph = |k: usize| c.glyphs.get(k).and_then(|&i| page.glyphs.get(i as usize));
    let step = |k: usize| -> Option<f64> { Some(glyph(k)?.bbox.x0 - glyph(k.checked_sub(1)?)?.bbox.x1) };
    let narrow = |k: usize| glyph(k).is_some_and(|g| !g.text.chars().any(is_wide));
    let mut left = String::new();
    for k in 1..c.glyphs.len() {
        let (Some(a), Some(b), Some(gap)) = (glyph(k - 1), glyph(k), step(k)) else { continue };
        left.push_str(&a.text);
        let em = a.font_size.min(b.font_size).max(1.0);
        // Letters set apart throughout are one word.
        let even =
            [k.checked_sub(1), Some(k + 1)].into_iter().flatten().filter_map(step).any(|s| s > 0.6 * gap);
        let painted = c.glyphs.get(k).is_some_and(|&i| {
            (i as usize).checked_sub(1).and_then(|p| page.glyphs.get(p)).is_some_and(is_blank)
        });
        if gap < LEAST * em || even || painted {
            continue;
        }
        let wanted = match (narrow(k - 1), narrow(k)) {
            (true, _) if is_figure(&left) => LEAST,
            (false, false) => LEAST,
            _ => AFTER_WORDS,
        };
        if gap >= wanted * em {
            let y = b.bbox.center().y;
            out.push(Gap { chunk, at: k, x0: a.bbox.x1, x1: b.bbox.x0, y, size: em });
        }
        if out.len() >= MOST_GAPS {
            break;
        }
    }
    out
}

/// Groups of gaps whose edge stands at one place, on lines that follow each other.
fn at_one_place(mut gaps: Vec<Gap>, edge: fn(&Gap) -> f64) -> Vec<Vec<Gap>> {
    gaps.sort_by(|a, b| edge(a).total_cmp(&edge(b)));
    let mut out = Vec::new();
    for place in gaps.chunk_by(|a, b| edge(b) - edge(a) < SAME_EDGE) {
        let mut place = place.to_vec();
        place.sort_by(|a, b| a.y.total_cmp(&b.y));
        let near = place.chunk_by(|a, b| b.y - a.y < REACH * a.size);
        out.extend(near.filter(|run| run.len() >= LEAST_LINES).map(<[Gap]>::to_vec));
    }
    out
}

/// Whether words follow a figure that ends where the figures above and below it end, flush right: the next column is
/// blank in most rows.
fn ends_a_column(page: &PageContent, g: &Gap, chunks: &[Chunk], edges: &Edges) -> bool {
    let Some(c) = chunks.get(g.chunk) else { return false };
    let (left, right) = c.glyphs.split_at(g.at.min(c.glyphs.len()));
    let (left, right) = (text_of(page, left), text_of(page, right));
    let begins = right.chars().next().is_some_and(|c| is_wide(c) && !COUNTERS.contains(c));
    if !is_figure(&left) || !begins || (right.chars().count() < 2 && !is_mark(&right)) {
        return false;
    }
    let near = |y: f64| {
        let step = (y - g.y).abs();
        step > 0.5 * g.size && step < 2.0 * REACH * g.size
    };
    let ends = || within(&edges.ends, g.x0).iter().filter(|e| near(e.1));
    if ends().take(LEAST_LINES).count() < LEAST_LINES {
        return false;
    }
    // Codes of one length end where they may; then the words, too, have to begin at one place.
    let length = ends().next().map(|e| e.2);
    let begin = || within(&edges.begins, g.x1).iter().filter(|e| near(e.1));
    ends().any(|e| Some(e.2) != length) || begin().take(LEAST_LINES).count() >= LEAST_LINES
}

/// Whether the left sides count the rows: each is one more than the one above, and they are no numbers of sections
/// (few, of one or two digits).
fn is_running(sides: &[(String, String)]) -> bool {
    let numbers: Vec<Option<u32>> = sides.iter().map(|s| s.0.parse().ok()).collect();
    let ones = numbers
        .windows(2)
        .filter(|w| matches!((w[0], w[1]), (Some(a), Some(b)) if a < u32::MAX && b == a + 1));
    let lengths = || sides.iter().map(|s| s.0.len());
    let varied = lengths().min() != lengths().max() || lengths().min() > Some(2) || sides.len() > 12;
    ones.count() * 10 >= numbers.len().saturating_sub(1) * 8 && varied
}

/// Where figures end and pieces begin: the place, the height and the number of characters, by place.
struct Edges {
    ends: Vec<(f64, f64, usize)>,
    begins: Vec<(f64, f64, usize)>,
}

impl Edges {
    fn of(chunks: &[Chunk]) -> Self {
        let upright = || chunks.iter().filter(|c| !c.turned);
        let y = |c: &Chunk| c.bbox.center().y;
        let mut ends: Vec<_> = upright().filter(|c| c.figure).map(|c| (c.bbox.x1, y(c), c.chars)).collect();
        let mut begins: Vec<_> = upright().map(|c| (c.bbox.x0, y(c), c.chars)).collect();
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        begins.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self { ends, begins }
    }
}

/// The edges at one place.
fn within(edges: &[(f64, f64, usize)], x: f64) -> &[(f64, f64, usize)] {
    let from = edges.partition_point(|e| e.0 <= x - SAME_EDGE);
    let to = edges.partition_point(|e| e.0 < x + SAME_EDGE);
    edges.get(from..to).unwrap_or_default()
}

fn text_of(page: &PageContent, glyphs: &[u32]) -> String {
    glyphs.iter().filter_map(|&i| page.glyphs.get(i as usize)).map(|g| g.text.as_str()).collect()
}

/// Whether gaps at one place part two columns: few lines reach over the place, and what stands on both sides is no
/// number with its counter, no name with its number.
fn is_border(page: &PageContent, gaps: &[Gap], chunks: &[Chunk]) -> bool {
    let (Some(first), Some(last)) = (gaps.first(), gaps.last()) else { return false };
    let x0 = gaps.iter().map(|g| g.x0).fold(f64::MIN, f64::max);
    let x1 = gaps.iter().map(|g| g.x1).fold(f64::MAX, f64::min);
    if x1 - x0 < 0.1 * first.size {
        return false;
    }
    let middle = (x0 + x1) / 2.0;
    let covers = |c: &&Chunk| {
        !c.turned
            && (first.y - 1.0..=last.y + 1.0).contains(&c.bbox.center().y)
            && c.bbox.x0 < middle
            && c.bbox.x1 > middle
            && c.glyphs
                .iter()
                .filter_map(|&i| page.glyphs.get(i as usize))
                .any(|g| g.bbox.x0 < middle - 0.1 && g.bbox.x1 > middle + 0.1)
    };
    if chunks.iter().filter(covers).count() * 4 > gaps.len() {
        return false;
    }
    let sides: Vec<(String, String)> = gaps
        .iter()
        .filter_map(|g| chunks.get(g.chunk).map(|c| c.glyphs.split_at(g.at.min(c.glyphs.len()))))
        .map(|(l, r)| (text_of(page, l), text_of(page, r)))
        .collect();
    let n = sides.len();
    let share =
        |test: &dyn Fn(&(String, String)) -> bool| sides.iter().filter(|s| test(s)).count() * 10 / n.max(1);
    let distinct = |side: &dyn Fn(&(String, String)) -> &String| {
        sides.iter().map(side).collect::<std::collections::BTreeSet<_>>().len()
    };
    let marks = share(&|s| is_mark(&s.1)) >= 8;
    let figures = share(&|s| is_figure(&s.0)) >= 8;
    // Wrapped lines of two columns of words end where they happen to; what begins behind them stands in one place.
    let words = share(&|s| !is_figure(&s.0) && !is_figure(&s.1)) >= 8;
    let (lefts, rights) = (distinct(&|s| &s.0), distinct(&|s| &s.1));
    if lefts * 3 < n {
        return false;
    }
    if figures && !marks && is_running(&sides) {
        return true;
    }
    if !marks && rights * 4 < n && !(figures && rights > 1) {
        return false;
    }
    if figures && !marks {
        let counted = share(&|s| s.1.chars().next().is_some_and(|c| COUNTERS.contains(c)));
        let lengths = sides.iter().map(|s| s.0.chars().count());
        let (short, long) = lengths.fold((usize::MAX, 0), |(a, z), k| (a.min(k), z.max(k)));
        // Numbers of one length before words may be the words' own: 1総務費, 2民生費.
        return counted < 6 && (short != long || short >= 4);
    }
    figures || marks || words
}
