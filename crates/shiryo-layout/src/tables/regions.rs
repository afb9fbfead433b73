//! Where tables without a drawn grid may stand: between horizontal rules, and in runs of aligned lines.

use super::aligned::{Region, is_body_line, lines_in};
use super::cells::is_period;
use super::rivers::{columns_under, rivers_of_rows};
use super::ruled::is_caption;
use super::separators::ruling_box;
use super::words::Chunk;
use crate::prose::words::closed_up;
use shiryo_model::{BBox, PageContent, Ruling};

/// More long rules than this on a page are a pattern.
const MOST_RULES: usize = 500;

/// A place to look at, and how it was found.
pub(super) struct Candidate<'a> {
    pub(super) region: Region<'a>,
    /// Between rules of one width.
    pub(super) between_rules: bool,
}

/// Rules of one height whose gaps are small, taken as one.
fn composite(rules: &[Ruling]) -> Vec<Ruling> {
    let mut sorted: Vec<Ruling> = rules.to_vec();
    sorted.sort_by(|a, b| a.position.total_cmp(&b.position).then(a.start.total_cmp(&b.start)));
    let mut rows: Vec<Vec<Ruling>> = Vec::new();
    for r in sorted {
        match rows.last_mut() {
            Some(row) if row.first().is_some_and(|f| r.position - f.position < 2.5) => row.push(r),
            _ => rows.push(vec![r]),
        }
    }
    let mut out = Vec::new();
    for mut row in rows {
        row.sort_by(|a, b| a.start.total_cmp(&b.start));
        // Rules cut at every column are one; two long ones with a single gap belong to neighbours.
        let gaps = row.windows(2).filter(|w| w[1].start - w[0].end > 4.0).count();
        let short = row.iter().any(|r| r.end - r.start < 60.0);
        let reach = if gaps == 1 && !short { 7.0 } else { 14.0 };
        let mut open: Option<Ruling> = None;
        for r in row {
            match open.as_mut() {
                Some(o) if r.start - o.end < reach => o.end = o.end.max(r.end),
                _ => out.extend(open.replace(r)),
            }
        }
        out.extend(open);
    }
    out.sort_by(|a, b| a.position.total_cmp(&b.position).then(a.start.total_cmp(&b.start)));
    out
}

/// Regions between horizontal rules of one width.
pub(super) fn between_rules<'a>(
    page: &PageContent,
    rules: &[Ruling],
    chunks: &'a [Chunk],
) -> Vec<Candidate<'a>> {
    let shortest = (0.12 * page.width).max(60.0);
    let all = composite(rules);
    let long: Vec<&Ruling> = all.iter().filter(|r| r.end - r.start >= shortest).take(MOST_RULES).collect();
    let mut used = vec![false; long.len()];
    let mut out = Vec::new();
    for i in 0..long.len() {
        if used[i] {
            continue;
        }
        let mut chain = vec![long[i]];
        for (j, r) in long.iter().enumerate().skip(i + 1) {
            let last = chain[chain.len() - 1];
            if used[j] || !same_extent(last, r) {
                continue;
            }
            if !band_is_tabular(last, r, chunks, chain.len() == 1) {
                break;
            }
            used[j] = true;
            chain.push(r);
        }
        if chain.len() >= 2
            && let Some(c) = enclosed(&chain, &all, rules, chunks)
        {
            out.push(c);
        }
    }
    // Wide regions first: short rules under spanning heads are part of the table around them.
    out.sort_by(|a, b| b.region.bbox.width().total_cmp(&a.region.bbox.width()));
    out
}

fn same_extent(a: &Ruling, b: &Ruling) -> bool {
    (a.start - b.start).abs() < 12.0 && (a.end - b.end).abs() < 12.0
}

/// Whether what stands between two rules may be part of a table: lines of several pieces, or a few lines.
fn band_is_tabular(a: &Ruling, b: &Ruling, chunks: &[Chunk], first: bool) -> bool {
    let inside: Vec<&Chunk> = chunks
        .iter()
        .filter(|c| {
            let m = c.bbox.center();
            m.y > a.position && m.y < b.position && c.bbox.x1 > a.start - 4.0 && c.bbox.x0 < a.end + 4.0
        })
        .collect();
    if inside.is_empty() {
        return b.position - a.position < 40.0 && !heads_begin(a, b, chunks);
    }
    let lines = lines_in(&inside);
    let several = lines.iter().filter(|l| l.len() >= 2).count();
    // The caption of the next table ends this one.
    if several == 0 && lines.first().is_some_and(|l| is_caption(&joined_text(l))) {
        return false;
    }
    // Wrapped cells set on different heights are a row all the same.
    let low = b.position - a.position < 8.0 * inside.iter().map(|c| c.size).fold(0.0, f64::max);
    if !first && low && strips(&inside).len() >= 3 && !inside.iter().any(|c| c.prose) {
        return true;
    }
    // A table begins with its heads, not with a caption between two rules.
    if first && several == 0 {
        return false;
    }
    let width = a.end - a.start;
    let prose =
        lines.iter().filter(|l| l.len() == 1 && l[0].prose && l[0].bbox.width() > 0.75 * width).count();
    prose * 3 < lines.len().max(2) && (several * 3 >= lines.len() || lines.len() <= 2)
}

/// The strips free of each other that the pieces stand in, left to right.
fn strips(pieces: &[&Chunk]) -> Vec<(f64, f64)> {
    let mut spans: Vec<(f64, f64)> = pieces.iter().map(|c| (c.bbox.x0, c.bbox.x1)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out: Vec<(f64, f64)> = Vec::new();
    for (x0, x1) in spans {
        match out.last_mut() {
            Some(last) if x0 <= last.1 + 1.0 => last.1 = last.1.max(x1),
            _ => out.push((x0, x1)),
        }
    }
    out
}

/// Whether a new table begins under two rules with nothing between: figures above, heads below.
fn heads_begin(a: &Ruling, b: &Ruling, chunks: &[Chunk]) -> bool {
    let beside = |c: &&Chunk| !c.turned && c.bbox.x1 > a.start - 4.0 && c.bbox.x0 < a.end + 4.0;
    let near = |c: &&Chunk| {
        let y = c.bbox.center().y;
        y > a.position - 3.0 * c.size && y < b.position + 3.0 * c.size
    };
    let own: Vec<&Chunk> = chunks.iter().filter(beside).filter(near).collect();
    let lines = lines_in(&own);
    let middle = |l: &[&Chunk]| l.first().map_or(0.0, |c| c.bbox.center().y);
    let above = lines.iter().rfind(|l| middle(l) < a.position);
    let below = lines.iter().find(|l| middle(l) > b.position);
    above.is_some_and(|l| is_body_line(l))
        && below.is_some_and(|l| l.len() >= 2 && l.iter().all(|c| !c.figure || is_period(&c.text)))
}

fn enclosed<'a>(
    chain: &[&Ruling],
    all: &[Ruling],
    rules: &[Ruling],
    chunks: &'a [Chunk],
) -> Option<Candidate<'a>> {
    let frame = chain.iter().map(|r| ruling_box(r)).reduce(|a, b| a.union(&b))?;
    let inside = |b: &BBox| {
        let m = b.center();
        m.y > frame.y0 && m.y < frame.y1 && m.x > frame.x0 - 6.0 && m.x < frame.x1 + 6.0
    };
    let own: Vec<&Chunk> = chunks.iter().filter(|c| inside(&c.bbox)).collect();
    let last = last_row_below(&own, chain, &frame, chunks);
    let mut own = with_open_ends(own, &frame, chunks);
    if own.iter().all(|c| c.bbox.center().y <= frame.y1) {
        own.extend(last);
    }
    if let Some(first) = lines_in(&own).first().filter(|l| is_caption(&joined_text(l))) {
        let line = first.first().map(|c| c.line);
        own.retain(|c| Some(c.line) != line);
    }
    let text = BBox::union_all(own.iter().map(|c| &c.bbox))?;
    let bbox = frame.union(&text);
    let within = |r: &&Ruling| {
        r.position >= bbox.y0 - 1.0 && r.position <= bbox.y1 + 1.0 && r.start < frame.x1 && r.end > frame.x0
    };
    let region = Region {
        chunks: own,
        rules: all.iter().filter(within).copied().collect(),
        pieces: rules.iter().filter(within).copied().collect(),
        bbox,
    };
    Some(Candidate { region, between_rules: true })
}

/// The row under the last rule, where rules part all rows but none closes the last one (lists cut at the page's foot):
/// it has a label and pieces in most columns and stands within the height of the rows above, wrapped lines included.
fn last_row_below<'a>(
    own: &[&'a Chunk],
    chain: &[&Ruling],
    frame: &BBox,
    chunks: &'a [Chunk],
) -> Vec<&'a Chunk> {
    let bands = chain.len().saturating_sub(1);
    if bands < 4 {
        return Vec::new();
    }
    // Rows with wrapped cells have their pieces on several lines; what counts is the columns they fill.
    let rows: Vec<Vec<&Chunk>> = chain
        .windows(2)
        .map(|w| {
            let within = |c: &&&Chunk| (w[0].position..w[1].position).contains(&c.bbox.center().y);
            let mut row: Vec<&Chunk> = own.iter().filter(within).copied().collect();
            row.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
            row
        })
        .collect();
    let rivers = rivers_of_rows(&rows);
    let n_cols = rivers.len() + 1;
    let filled = |row: &[&Chunk]| -> usize {
        let columns = row.iter().flat_map(|c| {
            let (first, last) = columns_under(&rivers, c);
            first..=last
        });
        columns.collect::<std::collections::BTreeSet<usize>>().len()
    };
    let most = |row: &[&Chunk]| filled(row) * 10 >= n_cols * 6;
    let several = lines_in(own).iter().filter(|l| l.len() * 10 >= n_cols * 8).count();
    if n_cols < 3 || several > bands || rows.iter().filter(|r| most(r)).count() * 2 < bands {
        return Vec::new();
    }
    let height = chain.windows(2).map(|w| w[1].position - w[0].position).fold(0.0, f64::max);
    let below = |c: &&Chunk| {
        let m = c.bbox.center();
        !c.turned && m.y > frame.y1 && m.y < frame.y1 + height && m.x > frame.x0 && m.x < frame.x1
    };
    let mut row: Vec<&Chunk> = chunks.iter().filter(below).collect();
    row.sort_by(|a, b| a.bbox.y0.total_cmp(&b.bbox.y0));
    // A page number may stand below, too, apart from it.
    let mut end = f64::MAX;
    let apart = row.iter().position(|c| {
        let gap = c.bbox.y0 - end > 1.2 * c.size;
        end = if end == f64::MAX { c.bbox.y1 } else { end.max(c.bbox.y1) };
        gap
    });
    row.truncate(apart.unwrap_or(row.len()));
    let inside = row.iter().all(|c| !c.prose && c.bbox.y1 < frame.y1 + height);
    // One label stands in the first column; wrapped cells have several lines, and two cells that touch are one piece.
    let columns: Vec<(usize, usize)> = row.iter().map(|c| columns_under(&rivers, c)).collect();
    let labels = columns.iter().filter(|c| c.0 == 0).count();
    if inside && most(&row) && labels == 1 && columns.iter().all(|c| c.1 - c.0 <= 1) {
        row
    } else {
        Vec::new()
    }
}

/// Takes in lines beyond the outer rules: heads over the first rule when the body begins right under it, and rows
/// under the last rule that go on without a break.
fn with_open_ends<'a>(own: Vec<&'a Chunk>, frame: &BBox, chunks: &'a [Chunk]) -> Vec<&'a Chunk> {
    let lines = lines_in(&own);
    let usual = lines.iter().map(Vec::len).max().unwrap_or(0);
    let body_first = lines.first().is_some_and(|l| is_body_line(l));
    // What only begins at the edge of the rules stands in the table beside them.
    let beside = |c: &&Chunk| {
        let x = c.bbox.center().x;
        x > frame.x0 - 4.0 && x < frame.x1 + 4.0 && !c.turned && !c.prose
    };
    let mut out = own;
    if body_first {
        let above: Vec<&Chunk> =
            chunks.iter().filter(beside).filter(|c| c.bbox.center().y < frame.y0).collect();
        let mut edge = frame.y0;
        for line in lines_in(&above).into_iter().rev().take(4) {
            let Some(first) = line.first() else { break };
            if edge - first.bbox.y1 > 1.2 * first.size || line.len() * 2 < usual || line.len() < 2 {
                break;
            }
            edge = first.bbox.y0;
            out.extend(line);
        }
    }
    let below: Vec<&Chunk> = chunks.iter().filter(beside).filter(|c| c.bbox.center().y > frame.y1).collect();
    let mut edge = frame.y1;
    for line in lines_in(&below) {
        let Some(first) = line.first() else { break };
        if first.bbox.y0 - edge > 1.2 * first.size
            || line.len() * 2 < usual
            || line.len() < 2
            || !is_body_line(&line)
        {
            break;
        }
        edge = first.bbox.y1;
        out.extend(line);
    }
    out
}

/// Runs of lines whose pieces stand under each other.
pub(super) fn aligned_runs<'a>(rules: &[Ruling], chunks: &'a [Chunk], taken: &[BBox]) -> Vec<Candidate<'a>> {
    let free: Vec<&Chunk> = chunks
        .iter()
        .filter(|c| !c.prose && !c.turned && !taken.iter().any(|t| t.contains(c.bbox.center())))
        .collect();
    let lines = lines_in(&free);
    let all = composite(rules);
    let mut out = Vec::new();
    let mut run: Vec<Vec<&Chunk>> = Vec::new();
    let mut last = f64::NEG_INFINITY;
    let mut columns: Vec<(f64, f64)> = Vec::new();
    for line in lines {
        let Some(first) = line.first() else { continue };
        let y = first.bbox.center().y;
        let size = first.size;
        let near = y - last < 3.2 * size;
        let fits = line.len() >= 2 && columns.is_empty() || fits_columns(&line, &columns);
        if run.is_empty() || (near && fits) {
            run.push(line.clone());
        } else {
            out.extend(candidate(std::mem::take(&mut run), &all));
            columns.clear();
            run.push(line.clone());
        }
        if line.len() >= 2 && columns.len() < line.len() {
            columns = line.iter().map(|c| (c.bbox.x0, c.bbox.x1)).collect();
        }
        last = y;
    }
    out.extend(candidate(run, &all));
    out
}

/// Whether a line can stand under columns: no more than half of its pieces lie across two of them.
fn fits_columns(line: &[&Chunk], columns: &[(f64, f64)]) -> bool {
    if columns.is_empty() || line.len() == 1 {
        return true;
    }
    let across = |c: &Chunk| columns.iter().filter(|k| c.bbox.x0 < k.1 && c.bbox.x1 > k.0).count() > 1;
    line.iter().filter(|c| across(c)).count() * 2 <= line.len()
}

fn joined_text(line: &[&Chunk]) -> String {
    line.iter().map(|c| c.text.as_str()).collect()
}

/// Takes in lines of one piece above the first line when the piece stands in the middle over two or more pieces
/// below: heads that span columns, not captions.
fn with_spanning_heads(run: &[Vec<&Chunk>], first: usize) -> usize {
    let mut top = first;
    while let Some(above) = top.checked_sub(1).and_then(|k| run.get(k)) {
        let below: Vec<&Chunk> = run[top..(top + 3).min(run.len())].iter().flatten().copied().collect();
        let spans = |c: &Chunk| {
            let near = below.iter().map(|b| b.bbox.y0).fold(f64::MAX, f64::min) - c.bbox.y1 < 1.2 * c.size;
            let mut under: Vec<&&Chunk> = below.iter().filter(|b| b.bbox.width() < c.bbox.width()).collect();
            under.sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0));
            let pairs = under.windows(2).any(|w| {
                let apart = w[1].bbox.x0 - w[0].bbox.x1 > 0.5 * c.size;
                let middle = (w[0].bbox.x0 + w[1].bbox.x1) / 2.0;
                apart && (middle - c.bbox.center().x).abs() < 4.0
            });
            near && pairs
        };
        if is_unit_note(&joined_text(above)) || !above.iter().all(|c| spans(c)) {
            break;
        }
        top -= 1;
    }
    top
}

/// Whether a line tells the unit of the table below it: （単位：千円）, in whole or at its end.
fn is_unit_note(text: &str) -> bool {
    let t = closed_up(text);
    t.ends_with([')', '）', ']', '］', '】'])
        && ["(単位", "（単位", "[単位", "［単位", "【単位"].iter().any(|w| t.contains(w))
}

/// A run without its single lines at both ends (captions, notes).
fn candidate<'a>(mut run: Vec<Vec<&'a Chunk>>, rules: &[Ruling]) -> Option<Candidate<'a>> {
    let several = |l: &Vec<&Chunk>| l.len() >= 2;
    let first = run.iter().position(several)?;
    let last = run.iter().rposition(several)?;
    run.truncate(last + 1);
    let first = with_spanning_heads(&run, first);
    run.drain(..first);
    while run.first().is_some_and(|l| is_caption(&joined_text(l)) || is_unit_note(&joined_text(l))) {
        run.remove(0);
    }
    if run.len() < 2 {
        return None;
    }
    let own: Vec<&Chunk> = run.into_iter().flatten().collect();
    let bbox = BBox::union_all(own.iter().map(|c| &c.bbox))?;
    let near: Vec<Ruling> = rules
        .iter()
        .filter(|r| {
            r.position > bbox.y0 - 12.0 && r.position < bbox.y1 + 12.0 && r.start < bbox.x1 && r.end > bbox.x0
        })
        .copied()
        .collect();
    let region = Region { chunks: own, pieces: near.clone(), rules: near, bbox };
    Some(Candidate { region, between_rules: false })
}

/// A candidate, or two when a second table begins inside it.
pub(super) enum Split<'a> {
    One(Candidate<'a>),
    Two(Candidate<'a>, Candidate<'a>),
}

/// Splits tables that stand one above the other: where a line begins with the same words as the first line of
/// several pieces, a new head begins.
pub(super) fn split_at_repeated_head(c: Candidate) -> Split {
    let lines = lines_in(&c.region.chunks);
    // A label over a column of figures only is a head, even where its columns are named by figures.
    let label = |l: &Vec<&Chunk>| l.len() >= 2 && l.first().is_some_and(|c| !c.figure);
    let only_label = |k: usize| {
        let first = lines[k].first().map(|c| c.text.trim());
        let others = lines.iter().filter(|l| l.len() >= 2 && l.first().map(|c| c.text.trim()) != first);
        label(&lines[k]) && others.clone().count() >= 4 && others.into_iter().all(|l| l[0].figure)
    };
    let plain = lines.iter().take(4).position(|l| l.len() >= 2 && !is_body_line(l));
    let Some(head) = plain.or_else(|| (0..lines.len().min(4)).find(|&k| only_label(k))) else {
        return Split::One(c);
    };
    // Between figures the label may stand anywhere over its column.
    let slack = if plain.is_some() { 2.0 } else { lines[head].first().map_or(2.0, |c| 4.0 * c.size) };
    let words = |l: &[&Chunk]| l.first().map(|k| k.text.trim().to_owned()).filter(|t| t.chars().count() >= 2);
    let same = |l: &&[&Chunk]| {
        l.len() >= 2
            && l.len() * 2 >= lines[head].len()
            && !l[0].figure
            && words(l).is_some()
            && words(l) == words(&lines[head])
            && (l[0].bbox.x0 - lines[head][0].bbox.x0).abs() < slack
    };
    let Some(again) = (head + 3..lines.len()).find(|&k| same(&&lines[k][..])) else { return Split::One(c) };
    // Lines above the repeated head belong to it up to the widest gap.
    let top = |k: usize| lines[k].iter().map(|c| c.bbox.y0).fold(f64::MAX, f64::min);
    let bottom = |k: usize| lines[k].iter().map(|c| c.bbox.y1).fold(f64::MIN, f64::max);
    let cut = (again.saturating_sub(4).max(head + 2)..=again)
        .max_by(|&a, &b| (top(a) - bottom(a - 1)).total_cmp(&(top(b) - bottom(b - 1))))
        .unwrap_or(again);
    let y = (bottom(cut - 1) + top(cut)) / 2.0;
    let part = |keep: &dyn Fn(f64) -> bool| {
        let mut own: Vec<Vec<&Chunk>> =
            lines.iter().filter(|l| keep(l[0].bbox.center().y)).cloned().collect();
        while own.last().is_some_and(|l| l.len() < 2) {
            own.pop();
        }
        let chunks: Vec<&Chunk> = own.into_iter().flatten().collect();
        let bbox = BBox::union_all(chunks.iter().map(|c| &c.bbox)).unwrap_or_default();
        let rules = |all: &[Ruling]| all.iter().filter(|r| keep(r.position)).copied().collect();
        let region = Region { chunks, rules: rules(&c.region.rules), pieces: rules(&c.region.pieces), bbox };
        Candidate { region, between_rules: c.between_rules }
    };
    Split::Two(part(&|v| v < y), part(&|v| v >= y))
}
