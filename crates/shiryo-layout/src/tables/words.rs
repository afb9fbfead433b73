//! Pieces of text that no column border may cut.

use super::cells::is_figure;
use crate::lines::{ReadablePage, is_blank, is_wide};
use shiryo_model::{BBox, Direction, Glyph, PageContent, Ruling, RulingStyle};

/// Gaps that part two pieces of one line, in em: between narrow characters, and where a wide one takes part.
const LATIN_PART: f64 = 0.5;
const CJK_PART: f64 = 0.6;
const LATIN_SPACE: f64 = 0.22;
/// In type of one width a word space is as wide as a letter.
const MONO_PART: f64 = 0.95;
/// Words of a justified line stand at most this far apart, in em.
const STRETCHED: f64 = 1.6;
/// So many dots in a row are a leader, not text.
const LEADER: usize = 4;

/// A piece of text on one baseline without a wide gap in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Chunk {
    pub(super) bbox: BBox,
    pub(super) glyphs: Vec<u32>,
    /// Number of its line on the page; chunks of one line share a baseline.
    pub(super) line: usize,
    /// Size in points.
    pub(super) size: f64,
    /// Number of characters.
    pub(super) chars: usize,
    /// A number with its signs and unit.
    pub(super) figure: bool,
    /// A single mark or a few characters (〇, －, 済).
    pub(super) short: bool,
    /// Set vertically or turned.
    pub(super) turned: bool,
    /// The text, for judging only.
    pub(super) text: String,
    /// A line of running text (see [`mark_prose`]).
    pub(super) prose: bool,
    /// A painted space stands right before it.
    pub(super) after_space: bool,
    /// Cut from the piece before it (see [`super::tight`]): a narrower strip than usual parts their columns.
    pub(super) after_cut: bool,
    /// Followed by a leader of dots.
    pub(super) leader: bool,
}

impl Chunk {
    pub(super) fn has_wide(&self) -> bool {
        self.text.chars().any(is_wide)
    }
}

/// The pieces of text of the given glyphs, line by line, left to right. Vertical rulings cut lines.
pub(super) fn chunks_of(readable: &ReadablePage, glyphs: &[u32], verticals: &[Ruling]) -> Vec<Chunk> {
    let page = readable.page;
    let mut out = Vec::new();
    let lines = readable.lines_of(glyphs);
    for (n, line) in lines.iter().enumerate() {
        let turned = line.direction != Direction::Horizontal;
        let parts = if turned { vec![line.glyphs.clone()] } else { parts_of(page, &line.glyphs, verticals) };
        for part in parts {
            out.extend(without_leaders(page, part).into_iter().filter_map(|(p, leader)| {
                let mut c = chunk_of(page, p, n, turned)?;
                c.leader = leader;
                Some(c)
            }));
        }
    }
    out
}

fn parts_of(page: &PageContent, line: &[u32], verticals: &[Ruling]) -> Vec<Vec<u32>> {
    let mut parts: Vec<Vec<u32>> = Vec::new();
    let mut before: Option<&Glyph> = None;
    let mut end = f64::NEG_INFINITY;
    let mono = is_monospaced(page, line);
    let mut run = 0usize; // length of the number that the open part is so far
    let plain = |g: &Glyph| g.text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '%'));
    // Groups of two digits after a number are one code (0302 11 20), not a column beside it.
    let pair = |k: usize| {
        let at = |n: usize| line.get(k + n).and_then(|&i| page.glyphs.get(i as usize));
        let digit = |n: usize| at(n).filter(|g| g.text.chars().all(|c| c.is_ascii_digit()));
        let apart = |a: &Glyph, b: &Glyph| b.bbox.x0 - a.bbox.x1 > LATIN_SPACE * a.font_size;
        let ends = digit(1).is_some_and(|b| at(2).is_none_or(|c| apart(b, c)));
        digit(0).is_some() && ends
    };
    for (k, &i) in line.iter().enumerate() {
        let Some(g) = page.glyphs.get(i as usize) else { continue };
        let cut = before.is_none_or(|b| {
            let em = g.font_size.min(b.font_size).max(1.0);
            let wide = [b, g].iter().any(|g| g.text.chars().any(is_wide));
            let gap = g.bbox.x0 - end;
            let part = match (wide, mono) {
                (true, _) => CJK_PART,
                (false, true) if !(plain(b) && plain(g)) => MONO_PART,
                // Two numbers side by side need no more than a word space between them.
                (false, false) if plain(b) && plain(g) && run >= 4 && !pair(k) => LATIN_SPACE,
                _ => LATIN_PART,
            };
            gap > em * part || ruled_apart(verticals, end, g)
        });
        match parts.last_mut() {
            Some(part) if !cut => {
                part.push(i);
                run = if plain(g) && run + 1 == part.len() { run + 1 } else { 0 };
            }
            _ => {
                parts.push(vec![i]);
                run = usize::from(plain(g));
            }
        }
        end = end.max(g.bbox.x1);
        before = Some(g);
    }
    parts
}

/// Whether the narrow glyphs of a line all have one wide advance (typewriter type).
fn is_monospaced(page: &PageContent, line: &[u32]) -> bool {
    let mut n = 0;
    for &i in line {
        let Some(g) = page.glyphs.get(i as usize) else { continue };
        if !g.text.chars().any(is_wide) {
            n += 1;
            if (g.bbox.width() - 0.6 * g.font_size).abs() > 0.03 * g.font_size {
                return false;
            }
        }
    }
    n >= 8
}

/// Takes out pieces that are rules made of characters (-----, ────) and gives them as rulings.
pub(super) fn take_typed_rules(chunks: &mut Vec<Chunk>) -> Vec<Ruling> {
    let is_rule = |c: &Chunk| {
        !c.turned
            && c.chars >= 5
            && c.text
                .chars()
                .all(|c| matches!(c, '-' | '_' | '=' | '─' | '━' | '―' | '—' | '－' | '＿' | '＝'))
    };
    let rules = chunks
        .iter()
        .filter(|c| is_rule(c))
        .map(|c| Ruling {
            horizontal: true,
            position: c.bbox.center().y,
            start: c.bbox.x0,
            end: c.bbox.x1,
            width: 0.5,
            style: RulingStyle::Dashed,
        })
        .collect();
    chunks.retain(|c| !is_rule(c));
    rules
}

/// Whether a vertical ruling stands between `end` and the glyph, at the glyph's height.
fn ruled_apart(verticals: &[Ruling], end: f64, g: &Glyph) -> bool {
    let y = g.bbox.center().y;
    let from = verticals.partition_point(|v| v.position < end - 0.5);
    let near = verticals[from..].iter().take_while(|v| v.position <= g.bbox.x0 + 0.5);
    near.take(64).any(|v| v.start <= y && y <= v.end)
}

/// Cuts leaders of dots out of a piece; tells of each part whether a leader followed.
fn without_leaders(page: &PageContent, part: Vec<u32>) -> Vec<(Vec<u32>, bool)> {
    let dot = |i: u32| {
        let text = page.glyphs.get(i as usize).map(|g| g.text.as_str());
        text.is_some_and(|t| t.chars().all(|c| matches!(c, '.' | '…' | '‥' | '．' | '･')))
    };
    if !part.windows(LEADER).any(|run| run.iter().all(|&i| dot(i))) {
        return vec![(part, false)];
    }
    let mut out: Vec<(Vec<u32>, bool)> = vec![(Vec::new(), false)];
    let mut at = 0;
    while at < part.len() {
        let run = part[at..].iter().take_while(|&&i| dot(i)).count();
        if run >= LEADER {
            if let Some(last) = out.last_mut() {
                last.1 = true;
            }
            out.push((Vec::new(), false));
            at += run;
            continue;
        }
        let take = run.max(1);
        if let Some(last) = out.last_mut() {
            last.0.extend_from_slice(&part[at..at + take]);
        }
        at += take;
    }
    out.retain(|(p, _)| !p.is_empty());
    out
}

pub(super) fn chunk_of(page: &PageContent, glyphs: Vec<u32>, line: usize, turned: bool) -> Option<Chunk> {
    let all: Vec<&Glyph> = glyphs.iter().filter_map(|&i| page.glyphs.get(i as usize)).collect();
    let bbox = BBox::union_all(all.iter().map(|g| &g.bbox))?;
    let mut text = String::with_capacity(all.len() * 3);
    text.extend(all.iter().map(|g| g.text.as_str()));
    let mut sizes: Vec<f64> = all.iter().map(|g| g.font_size).collect();
    sizes.sort_by(f64::total_cmp);
    let chars = text.chars().count();
    Some(Chunk {
        after_space: follows_space(page, *glyphs.first()?),
        bbox,
        line,
        size: sizes.get(sizes.len() / 2).copied().unwrap_or(10.0).max(1.0),
        chars,
        figure: is_figure(&text),
        short: chars <= 4,
        turned,
        text,
        glyphs,
        ..Default::default()
    })
}

/// Whether the glyph painted before this one is a space that ends where this one begins.
fn follows_space(page: &PageContent, first: u32) -> bool {
    let before = (first as usize).checked_sub(1).and_then(|i| page.glyphs.get(i));
    before.zip(page.glyphs.get(first as usize)).is_some_and(|(b, g)| {
        is_blank(b)
            && (b.origin.y - g.origin.y).abs() < 0.3 * g.font_size
            && (g.bbox.x0 - b.bbox.x1).abs() < 0.4 * g.font_size
    })
}

/// Joins the pieces of justified lines: every word stands alone at one and the same distance, and the line above or
/// below, not cut, has the same left or right end.
pub(super) fn join_stretched(chunks: &mut Vec<Chunk>) {
    let mut lines: std::collections::BTreeMap<usize, Vec<usize>> = Default::default();
    for (i, c) in chunks.iter().enumerate().filter(|(_, c)| !c.turned) {
        lines.entry(c.line).or_default().push(i);
    }
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for line in lines.values_mut() {
        line.sort_by(|&a, &b| chunks[a].bbox.x0.total_cmp(&chunks[b].bbox.x0));
        let near =
            |a: &usize, b: &usize| chunks[*b].bbox.x0 - chunks[*a].bbox.x1 < STRETCHED * chunks[*a].size;
        runs.extend(line.chunk_by(near).filter(|run| run.len() >= 3).map(<[usize]>::to_vec));
    }
    let whole: Vec<BBox> =
        chunks.iter().filter(|c| !c.turned && c.bbox.width() > 16.0 * c.size).map(|c| c.bbox).collect();
    let mut gone = vec![false; chunks.len()];
    runs.retain(|run| is_stretched(chunks, run, &whole));
    for run in &runs {
        let (first, rest) = (run[0], &run[1..]);
        for &i in rest {
            let piece = std::mem::take(&mut chunks[i]);
            let c = &mut chunks[first];
            c.bbox = c.bbox.union(&piece.bbox);
            c.chars += piece.chars;
            c.text.push(' ');
            c.text.push_str(&piece.text);
            c.glyphs.extend(piece.glyphs);
            gone[i] = true;
        }
        (chunks[first].figure, chunks[first].short) = (false, false);
    }
    let mut gone = gone.into_iter();
    chunks.retain(|_| !gone.next().unwrap_or(false));
}

/// Whether the pieces of one line stand at even distances and the line beside them is whole and as wide.
fn is_stretched(chunks: &[Chunk], run: &[usize], whole: &[BBox]) -> bool {
    let gap = |w: &[usize]| chunks[w[1]].bbox.x0 - chunks[w[0]].bbox.x1;
    let (low, high) = run.windows(2).map(gap).fold((f64::MAX, f64::MIN), |(a, z), g| (a.min(g), z.max(g)));
    let size = chunks[run[0]].size;
    let words = run.iter().filter(|&&i| !chunks[i].figure).count();
    if high - low > 0.25 * size || words * 10 < run.len() * 6 {
        return false;
    }
    let Some(b) = BBox::union_all(run.iter().map(|&i| &chunks[i].bbox)) else { return false };
    b.width() > 16.0 * size
        && whole.iter().any(|o| {
            let step = (o.center().y - b.center().y).abs();
            let ends = (o.x0 - b.x0).abs() < 1.5 || (o.x1 - b.x1).abs() < 1.5;
            step > 0.5 * size && step < 1.9 * size && ends && o.width() < 1.15 * b.width()
        })
}

/// Marks lines of running text: three or more lines of one size under each other that fill a measure of at
/// least 18 em, all but the last of them.
pub(super) fn mark_prose(chunks: &mut [Chunk]) {
    const MEASURE: f64 = 16.0;
    /// Paragraphs side by side; more are no running text.
    const MOST_OPEN: usize = 64;
    let mut order: Vec<usize> = (0..chunks.len())
        .filter(|&i| !chunks[i].turned && chunks[i].bbox.width() >= 6.0 * chunks[i].size)
        .collect();
    order.sort_by(|&a, &b| chunks[a].bbox.y1.total_cmp(&chunks[b].bbox.y1));
    // `stack[k]` is an open paragraph: the chunks of it so far.
    let mut open: Vec<Vec<usize>> = Vec::new();
    let mut done: Vec<Vec<usize>> = Vec::new();
    for i in order {
        let c = &chunks[i];
        let (old, live): (Vec<_>, Vec<_>) = open.into_iter().partition(|p: &Vec<usize>| {
            p.last().is_none_or(|&l| c.bbox.y1 - chunks[l].bbox.y1 > 2.6 * c.size)
        });
        done.extend(old);
        open = live;
        if open.len() > MOST_OPEN {
            done.append(&mut open);
        }
        let host = open.iter().position(|p| {
            p.last().is_some_and(|&l| {
                let q = &chunks[l];
                let left = c.bbox.x0 - q.bbox.x0;
                let step = c.bbox.y1 - q.bbox.y1;
                let before = p.len().checked_sub(2).map(|k| q.bbox.y1 - chunks[p[k]].bbox.y1);
                before.is_none_or(|d| (step - d).abs() < 0.2 * d)
                    && c.bbox.y1 - q.bbox.y1 > 0.5 * c.size
                    && (c.size - q.size).abs() < 0.12 * q.size
                    && (-4.0 * c.size..2.5 * c.size).contains(&left)
                    && q.bbox.width() >= MEASURE * q.size
            })
        });
        match host {
            Some(k) => open[k].push(i),
            None => open.push(vec![i]),
        }
    }
    done.extend(open);
    let mut alone: std::collections::HashMap<usize, usize> = Default::default();
    for c in chunks.iter().filter(|c| c.figure || c.short) {
        *alone.entry(c.line).or_default() += 1;
    }
    for p in done {
        // Beside marks and figures, long text is a column of a table.
        let beside = p.iter().filter(|&&i| alone.get(&chunks[i].line).is_some_and(|&n| n > 0)).count();
        if beside * 2 > p.len() {
            continue;
        }
        let right = p.iter().map(|&i| chunks[i].bbox.x1).fold(f64::MIN, f64::max);
        let left = p.iter().map(|&i| chunks[i].bbox.x0).fold(f64::MAX, f64::min);
        let full = p.iter().filter(|&&i| chunks[i].bbox.x1 > right - 0.15 * (right - left)).count();
        if p.len() >= 3 && full * 10 >= (p.len() - 1) * 6 && right - left >= MEASURE * chunks[p[0]].size {
            p.iter().for_each(|&i| chunks[i].prose = true);
        }
    }
}
