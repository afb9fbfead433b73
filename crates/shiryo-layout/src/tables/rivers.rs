//! White-space rivers: where columns part when no ruling does.

use super::words::Chunk;

/// Gaps up to this may be an ideographic space inside a cell, in em.
const WORD_SPACE: f64 = 1.3;

/// A free strip between two columns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct River {
    pub(super) x0: f64,
    pub(super) x1: f64,
}

impl River {
    pub(super) fn middle(&self) -> f64 {
        (self.x0 + self.x1) / 2.0
    }
}

/// The rivers through lines of chunks (each line sorted left to right). Lines with few chunks (heads over
/// several columns, titles of sections) have no vote.
pub(super) fn rivers_of(lines: &[Vec<&Chunk>]) -> Vec<River> {
    let (mut strong, voters) = free_rivers(lines);
    add_narrow(&mut strong, &voters);
    without_sign_columns(strong, &voters)
}

/// The same through rows of several lines each, where the number of pieces tells nothing.
pub(super) fn rivers_of_rows(rows: &[Vec<&Chunk>]) -> Vec<River> {
    let (strong, voters) = free_rivers(rows);
    without_sign_columns(strong, &voters)
}

/// Strips that stay free, and the lines that have a vote.
fn free_rivers<'a, 'b>(lines: &'a [Vec<&'b Chunk>]) -> (Vec<River>, Vec<&'a Vec<&'b Chunk>>) {
    let mut counts: Vec<usize> = lines.iter().map(Vec::len).filter(|&n| n >= 2).collect();
    if counts.is_empty() {
        return (Vec::new(), Vec::new());
    }
    counts.sort_unstable();
    let usual = counts[counts.len() * 3 / 4];
    let voters: Vec<&Vec<&Chunk>> =
        lines.iter().filter(|l| l.len() >= 2 && l.len() * 10 >= usual * 6).collect();
    let free = free_strips(&voters);
    let alone: Vec<&Chunk> = lines.iter().filter(|l| l.len() == 1).flatten().copied().collect();
    (supported(&free, &voters, &alone), voters)
}

/// Strips that at most one voter in fifteen covers.
fn free_strips(voters: &[&Vec<&Chunk>]) -> Vec<River> {
    let tolerance = voters.len() as i32 / 15;
    let mut edges: Vec<(f64, i32)> = Vec::new();
    let mut cuts: Vec<f64> =
        voters.iter().flat_map(|l| l.iter()).filter(|c| c.after_cut).map(|c| c.bbox.x0).collect();
    cuts.sort_by(f64::total_cmp);
    let cut_in =
        |x0: f64, x1: f64| cuts.get(cuts.partition_point(|&c| c <= x0)).is_some_and(|&c| c < x1 + 1.0);
    let mut em = f64::MAX;
    for c in voters.iter().flat_map(|l| l.iter()) {
        edges.push((c.bbox.x0, 1));
        edges.push((c.bbox.x1, -1));
        em = em.min(c.size);
    }
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut out = Vec::new();
    let mut depth = 0;
    let mut since: Option<f64> = None;
    let mut seen = false;
    for (x, step) in edges {
        depth += step;
        if depth > tolerance {
            if let Some(x0) = since.take()
                && seen
                && (x - x0 >= 0.3 * em || (x - x0 >= 0.05 * em && cut_in(x0, x)))
            {
                out.push(River { x0, x1: x });
            }
            seen = true;
        } else if since.is_none() {
            since = Some(x);
        }
    }
    out
}

/// Keeps rivers that have text on both of their sides in enough lines. Pieces alone on their line that end before the
/// river stand for one such line: labels of groups, set between the lines of their rows.
fn supported(free: &[River], voters: &[&Vec<&Chunk>], alone: &[&Chunk]) -> Vec<River> {
    let mut kept: Vec<River> = Vec::new();
    for (i, r) in free.iter().enumerate() {
        let left_edge = kept.last().map_or(f64::NEG_INFINITY, |k| k.x1 - 0.1);
        let right_edge = free.get(i + 1).map_or(f64::INFINITY, |n| n.x0 + 0.1);
        let mut both = 0;
        let mut words = 0; // lines where the gap may be a space between words
        let mut lefts: Vec<&Chunk> = Vec::new();
        let mut em = 0.0f64;
        for line in voters {
            let right = line.iter().find(|c| c.bbox.x0 >= r.x0 - 0.1 && c.bbox.x1 <= right_edge);
            let Some(b) = right else { continue };
            // A row may have several lines; what stands on one of them tells the gap.
            let before = || line.iter().rev().filter(|c| c.bbox.x0 >= left_edge && c.bbox.x0 < r.x0);
            let Some(a) = before().find(|c| c.line == b.line).or_else(|| before().next()) else { continue };
            both += 1;
            em = em.max(a.size);
            lefts.push(a);
            let space = b.after_space && b.bbox.x0 - a.bbox.x1 <= WORD_SPACE * a.size.min(b.size);
            words += usize::from(space && (a.has_wide() || b.has_wide()));
        }
        // An ideographic space inside a cell is one em wide in line after line; the distance to the next
        // column changes with the words, unless the column on the left is set flush right.
        let flush_right = set_flush_right(&lefts, em);
        let wide_enough = words * 5 <= both * 4 || flush_right;
        let groups = || alone.iter().any(|c| c.bbox.x0 >= left_edge && c.bbox.x1 <= r.x0 + 0.1);
        let enough = both >= 2.min(voters.len()) || (both == 1 && voters.len() >= 4 && groups());
        if enough && wide_enough {
            kept.push(*r);
        }
    }
    kept
}

/// Adds borders where many lines have the same number of pieces but long words of some reach into the next column,
/// so that no strip stays free: where fewest pieces stand.
fn add_narrow(rivers: &mut Vec<River>, voters: &[&Vec<&Chunk>]) {
    let mut counts: std::collections::BTreeMap<usize, usize> = Default::default();
    voters.iter().for_each(|l| *counts.entry(l.len()).or_default() += 1);
    let enough = |n: usize| n >= 3 && n * 6 >= voters.len();
    let Some((&k, _)) = counts.iter().rev().find(|&(_, n)| enough(*n)) else { return };
    if k <= rivers.len() + 1 {
        return;
    }
    let full: Vec<&Vec<&Chunk>> = voters.iter().copied().filter(|l| l.len() == k).collect();
    for i in 0..k - 1 {
        let pairs: Vec<(&Chunk, &Chunk)> =
            full.iter().filter_map(|l| Some((*l.get(i)?, *l.get(i + 1)?))).collect();
        let mean = |side: &dyn Fn(&(&Chunk, &Chunk)) -> f64| {
            pairs.iter().map(side).sum::<f64>() / pairs.len() as f64
        };
        let (left, right) = (mean(&|p| p.0.bbox.center().x), mean(&|p| p.1.bbox.center().x));
        let known = rivers.iter().any(|r| (left..right).contains(&r.middle()));
        let words = pairs
            .iter()
            .filter(|(a, b)| b.after_space && b.bbox.x0 - a.bbox.x1 <= WORD_SPACE * a.size)
            .count();
        if known || words * 2 > pairs.len() {
            continue;
        }
        let cover =
            |x: f64| voters.iter().filter(|l| l.iter().any(|c| c.bbox.x0 < x && x < c.bbox.x1)).count();
        let spots =
            pairs.iter().map(|(a, b)| (a.bbox.x1 + b.bbox.x0) / 2.0).filter(|x| (left..right).contains(x));
        let best = spots.map(|x| (cover(x), x)).min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        if let Some((over, x)) = best
            && over * 10 <= voters.len() * 3
        {
            rivers.push(River { x0: x, x1: x });
        }
    }
    rivers.sort_by(|a, b| a.x0.total_cmp(&b.x0));
}

/// Whether most pieces end at one place but begin at different ones.
fn set_flush_right(pieces: &[&Chunk], em: f64) -> bool {
    let mut ends: Vec<f64> = pieces.iter().map(|c| c.bbox.x1).collect();
    ends.sort_by(f64::total_cmp);
    let Some(&usual) = ends.get(ends.len() / 2) else { return false };
    let flush = || pieces.iter().filter(|c| (c.bbox.x1 - usual).abs() < 0.3 * em);
    let (low, high) = flush().fold((f64::MAX, f64::MIN), |(a, z), c| (a.min(c.bbox.x0), z.max(c.bbox.x0)));
    flush().count() * 10 >= pieces.len() * 6 && high - low > 0.9 * em
}

/// Columns that hold nothing but currency or other signs belong to their neighbour.
fn without_sign_columns(rivers: Vec<River>, voters: &[&Vec<&Chunk>]) -> Vec<River> {
    let n = rivers.len() + 1;
    let mut others = vec![0usize; n];
    let mut before = vec![0usize; n];
    let mut after = vec![0usize; n];
    for c in voters.iter().flat_map(|l| l.iter()) {
        let k = rivers.partition_point(|r| r.middle() < c.bbox.center().x);
        let t = c.text.trim();
        if ["$", "US$", "¥", "￥", "±", "<", ">", "約"].contains(&t) {
            before[k] += 1;
        } else if ["%", "％", ")", "*", "**", "***", "†", "‡"].contains(&t) {
            after[k] += 1;
        } else {
            others[k] += 1;
        }
    }
    let joins = |i: usize| {
        // River `i` lies between columns `i` and `i + 1`.
        (others[i] == 0 && before[i] > 0) || (others[i + 1] == 0 && after[i + 1] > 0)
    };
    (0..rivers.len()).filter(|&i| !joins(i)).map(|i| rivers[i]).collect()
}

/// First and last column a chunk covers.
pub(super) fn columns_under(rivers: &[River], c: &Chunk) -> (usize, usize) {
    let slack = 0.15 * c.size;
    if c.turned {
        let at = rivers.partition_point(|r| r.middle() < c.bbox.center().x);
        return (at, at);
    }
    let first = rivers.partition_point(|r| r.x0 <= c.bbox.x0 + slack && c.bbox.x1 > r.middle());
    let last = rivers.partition_point(|r| r.x1 <= c.bbox.x1 - slack);
    (first, last.max(first))
}
