//! Heads of unruled tables: levels, and the columns a spanning head covers.

use super::rivers::River;
use super::rows::{Block, Item};
use shiryo_model::Ruling;

/// Blocks of the head with their rows set, and the vertical ranges of its rows.
pub(super) fn head_rows<'a>(
    items: &[Item<'a>],
    rivers: &[River],
    rules: &[Ruling],
) -> (Vec<Block<'a>>, Vec<(f64, f64)>) {
    let cuts = level_cuts(items, rules);
    let mut sorted: Vec<Item> = items.to_vec();
    sorted.sort_by(|a, b| {
        let (p, q) = (a.chunk.bbox.center(), b.chunk.bbox.center());
        p.y.total_cmp(&q.y).then(p.x.total_cmp(&q.x))
    });
    let mut blocks: Vec<Block> = Vec::new();
    for item in sorted {
        let (level, last) = levels_of(&cuts, &item);
        let host = blocks.iter_mut().rev().find(|b| {
            let overlap = b.first <= item.last && item.first <= b.last;
            let same = (b.first, b.last) == (item.first, item.last);
            let near = item.chunk.bbox.y0 - b.y1 < 0.9 * item.chunk.size;
            overlap && near && b.rows == (level, last) && (same || !item.crosses())
        });
        match host {
            Some(b) => b.add(item),
            None => {
                let mut b = Block::new(item);
                b.rows = (level, last);
                blocks.push(b);
            }
        }
    }
    let levels = cuts.len() + 1;
    let rows = ranges(&blocks, &cuts, levels);
    if levels > 1 {
        widen(&mut blocks, rivers, rules, levels);
    }
    join_over_levels(&mut blocks, levels);
    fill_levels(&mut blocks, levels);
    (blocks, rows)
}

/// The levels a head lies in: both where a cut goes right through it.
fn levels_of(cuts: &[f64], item: &Item) -> (usize, usize) {
    let b = &item.chunk.bbox;
    let level = |y: f64| cuts.partition_point(|&c| c < y);
    if item.crosses() {
        let l = level(b.center().y);
        return (l, l);
    }
    let inset = if item.chunk.turned { 0.45 } else { 0.25 } * b.height();
    (level(b.y0 + inset), level(b.y1 - inset))
}

/// Heights at which one level of the head ends: under spanning heads, and at rules inside the head.
fn level_cuts(items: &[Item], rules: &[Ruling]) -> Vec<f64> {
    let mut cuts: Vec<f64> = Vec::new();
    let (top, bottom) =
        items.iter().fold((f64::MAX, f64::MIN), |(a, b), i| (a.min(i.chunk.bbox.y0), b.max(i.chunk.bbox.y1)));
    let splits = |y: f64| {
        let above = items.iter().any(|i| i.chunk.bbox.center().y < y);
        let below = items.iter().any(|i| i.chunk.bbox.center().y > y);
        above && below
    };
    cuts.extend(rules.iter().map(|r| r.position).filter(|&y| y > top && y < bottom && splits(y)));
    for i in items.iter().filter(|i| i.crosses()) {
        let y = i.chunk.bbox.y1 + 0.05 * i.chunk.size;
        // A rule right under it is the better cut.
        if cuts.iter().any(|c| (y - 2.0..y + i.chunk.size).contains(c)) {
            continue;
        }
        // Only where heads of single columns follow beneath it.
        let beneath = items.iter().filter(|k| {
            !k.crosses() && k.first >= i.first && k.last <= i.last && k.chunk.bbox.center().y > y
        });
        if beneath.count() >= 2 {
            cuts.push(y);
        }
    }
    cuts.sort_by(f64::total_cmp);
    let mut out: Vec<f64> = Vec::new();
    for y in cuts {
        let fresh =
            out.last().is_none_or(|&l| items.iter().any(|i| (l..y).contains(&i.chunk.bbox.center().y)));
        if fresh {
            out.push(y);
        }
    }
    out
}

fn ranges(blocks: &[Block], cuts: &[f64], levels: usize) -> Vec<(f64, f64)> {
    (0..levels)
        .map(|k| {
            let own = blocks.iter().filter(|b| b.rows.0 == k);
            let (a, z) = own.fold((f64::MAX, f64::MIN), |(a, z), b| (a.min(b.y0), z.max(b.y1)));
            if a > z {
                let y = cuts.get(k).or(cuts.last()).copied().unwrap_or(0.0);
                (y, y)
            } else {
                (a, z)
            }
        })
        .collect()
}

/// A head of one column whose lines run over several levels is one cell over those levels.
fn join_over_levels(blocks: &mut Vec<Block>, levels: usize) {
    if levels < 2 {
        return;
    }
    let mut i = 0;
    while i < blocks.len() {
        let crossed = |blocks: &[Block], b: &Block| {
            blocks.iter().any(|o| o.last > o.first && o.first <= b.first && b.first <= o.last)
        };
        let b = &blocks[i];
        if b.first == b.last && !crossed(blocks, b) {
            let col = b.first;
            let others: Vec<usize> = (0..blocks.len())
                .filter(|&k| k != i && blocks[k].first == col && blocks[k].last == col)
                .collect();
            for &k in others.iter().rev() {
                let o = blocks.remove(k);
                if k < i {
                    i -= 1;
                }
                let b = &mut blocks[i];
                b.rows = (b.rows.0.min(o.rows.0), b.rows.1.max(o.rows.1));
                o.items.into_iter().for_each(|it| b.add(it));
            }
        }
        i += 1;
    }
}

/// A head of one column takes the blank levels above and below it: nothing else names its column there.
fn fill_levels(blocks: &mut [Block], levels: usize) {
    let mut taken: std::collections::BTreeSet<(usize, usize)> = Default::default();
    for b in blocks.iter() {
        taken.extend((b.rows.0..=b.rows.1).flat_map(|r| (b.first..=b.last).map(move |c| (r, c))));
    }
    for b in blocks.iter_mut().filter(|b| b.first == b.last) {
        while b.rows.0 > 0 && taken.insert((b.rows.0 - 1, b.first)) {
            b.rows.0 -= 1;
        }
        while b.rows.1 + 1 < levels && taken.insert((b.rows.1 + 1, b.first)) {
            b.rows.1 += 1;
        }
    }
}

/// Gives spanning heads the columns of the rule under them, or those they stand in the middle of.
fn widen(blocks: &mut [Block], rivers: &[River], rules: &[Ruling], levels: usize) {
    let n_cols = rivers.len() + 1;
    let edges: Vec<(f64, f64)> = column_edges(blocks, rivers);
    for level in 0..levels - 1 {
        let mut own: Vec<usize> = (0..blocks.len())
            .filter(|&i| blocks[i].rows == (level, level) && blocks[i].items.iter().all(|t| !t.chunk.turned))
            .collect();
        own.sort_by_key(|&i| blocks[i].first);
        for (k, &i) in own.iter().enumerate() {
            let low = k.checked_sub(1).map_or(0, |p| blocks[own[p]].last + 1);
            let high = own.get(k + 1).map_or(n_cols - 1, |&n| blocks[n].first.saturating_sub(1));
            let b = &blocks[i];
            if low > b.first || high < b.last {
                continue;
            }
            let x = text_middle(b);
            let has_below = |c: usize| blocks.iter().any(|o| o.rows.0 > level && o.first <= c && c <= o.last);
            let ruled = rules.iter().find(|r| {
                (b.y1 - 2.0..b.y1 + 1.0 * b.items[0].chunk.size).contains(&r.position)
                    && r.start <= x
                    && x <= r.end
            });
            // Without a rule under it, a head over one column spans only where it stands between columns.
            let between = rivers.iter().any(|r| (r.x0..r.x1).contains(&x));
            if ruled.is_none() && b.first == b.last && !between && own.len() > 1 {
                continue;
            }
            let range = match ruled {
                Some(r) => under_rule(&edges, r, b, low, high),
                None => balanced(&edges, b, x, low, high, &has_below),
            };
            let b = &mut blocks[i];
            b.first = range.0.min(b.first);
            b.last = range.1.max(b.last);
        }
    }
}

fn text_middle(b: &Block) -> f64 {
    let (x0, x1) = b
        .items
        .iter()
        .fold((f64::MAX, f64::MIN), |(a, z), i| (a.min(i.chunk.bbox.x0), z.max(i.chunk.bbox.x1)));
    (x0 + x1) / 2.0
}

/// Left and right end of each column: between the rivers beside it.
fn column_edges(blocks: &[Block], rivers: &[River]) -> Vec<(f64, f64)> {
    let boxes = || blocks.iter().flat_map(|b| b.items.iter()).map(|i| &i.chunk.bbox);
    let left = boxes().map(|b| b.x0).fold(f64::MAX, f64::min);
    let right = boxes().map(|b| b.x1).fold(f64::MIN, f64::max);
    (0..=rivers.len())
        .map(|c| {
            let a = c.checked_sub(1).and_then(|k| rivers.get(k)).map_or(left, |r| r.x1);
            let z = rivers.get(c).map_or(right, |r| r.x0);
            (a.min(z), z.max(a))
        })
        .collect()
}

fn under_rule(edges: &[(f64, f64)], r: &Ruling, b: &Block, low: usize, high: usize) -> (usize, usize) {
    let covered = |c: usize| {
        edges.get(c).is_some_and(|e| {
            let w = (e.1 - e.0).max(1.0);
            (r.end.min(e.1) - r.start.max(e.0)) / w > 0.4
        })
    };
    let mut range = (b.first, b.last);
    while range.0 > low && covered(range.0 - 1) {
        range.0 -= 1;
    }
    while range.1 < high && covered(range.1 + 1) {
        range.1 += 1;
    }
    range
}

/// The widest range of columns in whose middle the head stands, each with a head of its own beneath.
fn balanced(
    edges: &[(f64, f64)],
    b: &Block,
    x: f64,
    low: usize,
    high: usize,
    has_below: &dyn Fn(usize) -> bool,
) -> (usize, usize) {
    let mut best = (b.first, b.last);
    let from = low.max(b.first.saturating_sub(12));
    let to = high.min(b.last + 12);
    for a in from..=b.first {
        for z in b.last..=to {
            let (Some(l), Some(r)) = (edges.get(a), edges.get(z)) else { continue };
            let width = r.1 - l.0;
            let centred = ((l.0 + r.1) / 2.0 - x).abs() < 0.08 * width + 2.0;
            if centred && z - a > best.1 - best.0 && (a..=z).all(has_below) && a > 0 {
                best = (a, z);
            }
        }
    }
    best
}
