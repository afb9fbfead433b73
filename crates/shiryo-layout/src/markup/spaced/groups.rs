//! What the words of an upper line of heads stand over.

use super::body::Shape;
use super::columns::Columns;
use super::heads::is_time;
use super::words::{Word, Words};

/// A group of names: the word above them, if any, and how many they are.
pub(super) type Group = (Option<usize>, usize);

/// The groups that the words of the line above make of the names, and how many of its words name columns of
/// labels.
pub(super) fn groups(
    above: &Words,
    names: &Words,
    shape: Shape,
    corner: bool,
    columns: Option<&Columns>,
) -> Option<(Vec<Group>, usize)> {
    let under = names.words.get(if corner { 0 } else { shape.lead }..)?;
    let fixed = above.is_apart() && names.is_apart() || columns.is_some();
    let most = if corner { shape.lead.min(above.words.len()) } else { 0 };
    (0..=most).rev().find_map(|labels| {
        let (before, over) = above.words.split_at_checked(labels)?;
        // A long word alone over all columns is the caption.
        let caption =
            matches!(over, [only] if labels == 0 && !is_time(&only.text) && only.text.chars().count() > 6);
        if over.is_empty() || over.len() > under.len() || caption {
            return None;
        }
        let each = under.len() / over.len();
        if over.len() > 1 && each * over.len() == under.len() && repeats(under, each) {
            return Some(((0..over.len()).map(|i| (Some(labels + i), each)).collect(), labels));
        }
        (0..2).find_map(|measure| {
            let edge = under.first().map_or(0, |u| start(u, measure));
            let left = before.iter().all(|w| end(w, measure) <= edge + 1);
            let spans = (fixed && left).then(|| standing_over(over, under, measure)).flatten()?;
            Some((spans.into_iter().map(|(w, n)| (w.map(|w| w + labels), n)).collect(), labels))
        })
    })
}

/// Whether words repeat after `each`.
fn repeats(words: &[Word], each: usize) -> bool {
    each > 1
        && words
            .chunks(each)
            .all(|c| c.iter().map(|w| &w.text).eq(words.get(..each).unwrap_or(&[]).iter().map(|w| &w.text)))
}

fn start(w: &Word, measure: usize) -> u32 {
    w.extent.get(measure).map_or(0, |e| e.0)
}

fn end(w: &Word, measure: usize) -> u32 {
    w.extent.get(measure).map_or(0, |e| e.1)
}

/// Heads begin so far from the first of what they stand over, or have their middle so far from the middle.
const ASKEW: u32 = 3;

/// How many of `under` each of `over` stands over: set flush left with the first, in the middle, or with some
/// that it does not reach.
fn standing_over(over: &[Word], under: &[Word], measure: usize) -> Option<Vec<Group>> {
    let left = |w: &Word| start(w, measure) * 2;
    let middle = |w: &Word| start(w, measure) + end(w, measure);
    let all = |spans: Vec<usize>| spans.into_iter().enumerate().map(|(i, n)| (Some(i), n)).collect();
    let flush = spans_by(over, under, |o, u| left(u) + 2 * ASKEW >= left(o));
    let flush = flush.filter(|spans| {
        let mut firsts = under.iter();
        spans.iter().zip(over).all(|(n, o)| {
            let first = firsts.next();
            firsts.by_ref().take(n - 1).for_each(drop);
            first.is_some_and(|u| left(u).abs_diff(left(o)) <= 2 * ASKEW)
        })
    });
    if let Some(spans) = flush {
        let last_alone = spans.split_last().is_some_and(|(l, rest)| *l > 1 && rest.iter().all(|n| *n == 1));
        let reached = (last_alone && over.len() > 1).then(|| reaching_over(over, under, measure)).flatten();
        return reached.or_else(|| Some(all(spans)));
    }
    let mut spans = vec![0; over.len()];
    for u in under {
        let (i, _) = over.iter().enumerate().min_by_key(|(_, o)| middle(o).abs_diff(middle(u)))?;
        *spans.get_mut(i)? += 1;
    }
    let mut at = 0;
    let centred = spans.iter().zip(over).all(|(n, o)| {
        let own = under.get(at..at + n).unwrap_or(&[]);
        at += n;
        let (Some(a), Some(b)) = (own.first(), own.last()) else { return false };
        (start(a, measure) + end(b, measure)).abs_diff(middle(o)) <= 4 * ASKEW
    });
    if centred {
        return Some(all(spans));
    }
    // One word over some of the names is a caption.
    if over.len() > 1 { reaching_over(over, under, measure) } else { None }
}

/// The groups of words that share a place with those above them; the others stand alone.
fn reaching_over(over: &[Word], under: &[Word], measure: usize) -> Option<Vec<Group>> {
    let mut out: Vec<Group> = Vec::new();
    let mut used = 0;
    for u in under {
        let shares = |o: &Word| start(o, measure) < end(u, measure) && start(u, measure) < end(o, measure);
        let own = over.iter().position(shares);
        if own.is_some_and(|i| i != used && i + 1 != used.max(1)) {
            return None;
        }
        match out.last_mut() {
            Some(last) if own.is_some() && last.0 == own => last.1 += 1,
            _ => {
                used += usize::from(own.is_some());
                out.push((own, 1));
            }
        }
    }
    (used == over.len()).then_some(out)
}

/// Parts `under` where the next of `over` begins.
fn spans_by(over: &[Word], under: &[Word], reached: impl Fn(&Word, &Word) -> bool) -> Option<Vec<usize>> {
    let mut spans = vec![0; over.len()];
    let mut at = 0;
    for u in under {
        while over.get(at + 1).is_some_and(|o| reached(o, u)) {
            at += 1;
        }
        if !reached(over.get(at)?, u) {
            return None;
        }
        *spans.get_mut(at)? += 1;
    }
    spans.iter().all(|n| *n > 0).then_some(spans)
}
