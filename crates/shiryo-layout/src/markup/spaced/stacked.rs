//! Heads over several lines none of which has a word for each column: what stands below what.
//!
//! ```text
//! 組   主な業務    業務数   移行費      運用費
//!                           （総額）  R6決算   R8見込
//! ```

use super::TOLD;
use super::body::{Shape, cell};
use super::heads::{Heads, is_time, names_labels};
use super::words::Words;
use crate::markup::grid::GridCell;
use shiryo_model::RawText;

/// Most lines that make heads together.
const MOST_LINES: usize = 4;

/// A name and what stands below it.
struct Name {
    place: (u32, u32),
    words: RawText,
    below: Vec<((u32, u32), RawText)>,
}

/// The heads that the nearest of the lines (the nearest first) make, if they are as many as the columns.
pub(super) fn stacked(lines: &[Words], shape: Shape) -> Option<Heads> {
    (2..=lines.len().min(MOST_LINES)).find_map(|count| {
        let own = lines.get(..count)?;
        if own.last().is_some_and(|top| !top.is_apart()) {
            return None;
        }
        // A line with a name for each column of figures stands below groups, or goes on below each name.
        let whole = |l: &Words| {
            let values = l.words.len() == shape.figures + shape.tail
                && !l.words.iter().any(|w| w.is_remark() || names_labels(&w.text));
            values || l.words.len() == shape.columns()
        };
        let single = own.iter().any(whole);
        let values = own.iter().filter(|l| l.words.len() == shape.figures + shape.tail).count();
        if single && (values < 2 || own.iter().any(|l| l.words.len() == shape.columns())) {
            return None;
        }
        let names = (0..2).filter_map(|measure| names_of(own, measure, single));
        let (_, names) = names
            .filter(|(_, names)| fits(names, shape) && !(single && names.iter().any(|n| n.below.len() > 1)))
            .min_by_key(|(alone, _)| *alone)?;
        heads_of(names, shape, count)
    })
}

fn fits(names: &[Name], shape: Shape) -> bool {
    let columns: usize = names.iter().map(|n| n.below.len().max(1)).sum();
    columns == shape.columns() && names.iter().take(shape.lead).all(|n| n.below.len() < 2)
}

/// The names of the uppermost line, what stands below each, and what stands below none, with the number of
/// those. Where lines are to be `whole`, the words of one all stand below others or none does.
fn names_of(lines: &[Words], measure: usize, whole: bool) -> Option<(usize, Vec<Name>)> {
    let mut names: Vec<Name> = Vec::new();
    let top = lines.last().map_or(0, |l| l.words.len());
    for (i, line) in lines.iter().rev().enumerate() {
        let before = names.len();
        // The name that the word before stands below, where both are times, or say of one time what came of it.
        let mut group: Option<RawText> = None;
        for word in &line.words {
            let place = *word.extent.get(measure)?;
            let source = vec![line.source(word)];
            match names
                .iter_mut()
                .filter(|n| shared(n.place, place) > 0)
                .max_by_key(|n| shared(n.place, place))
            {
                Some(name) => {
                    let year = name.words.first().is_some_and(|w| is_time(&w.text));
                    let told = year && TOLD.contains(&word.text.as_str());
                    group = (is_time(&word.text) || told).then(|| name.words.clone());
                    match name.below.iter_mut().find(|b| shared(b.0, place) > 0) {
                        Some(below) => below.1.extend(source),
                        None => name.below.push((place, source)),
                    }
                }
                None if (is_time(&word.text) || TOLD.contains(&word.text.as_str())) && group.is_some() => {
                    let name = names.iter_mut().find(|n| Some(&n.words) == group.as_ref())?;
                    name.below.push((place, source));
                }
                None => {
                    group = None;
                    let at = names.iter().position(|n| n.place.0 > place.0).unwrap_or(names.len());
                    names.insert(at, Name { place, words: source, below: Vec::new() });
                }
            }
        }
        let alone = names.len() - before;
        if whole && i > 0 && alone > 0 && alone < line.words.len() {
            return None;
        }
    }
    Some((names.len() - top, names))
}

fn shared(a: (u32, u32), b: (u32, u32)) -> u32 {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

fn heads_of(names: Vec<Name>, shape: Shape, lines: usize) -> Option<Heads> {
    let two = names.iter().any(|n| n.below.len() > 1);
    let (mut upper, mut lower): (Vec<GridCell>, Vec<GridCell>) = (Vec::new(), Vec::new());
    for mut name in names {
        if name.below.len() > 1 {
            upper.push(cell(name.words, (1, u32::try_from(name.below.len()).ok()?)));
            lower.extend(name.below.into_iter().map(|(_, words)| cell(words, (1, 1))));
        } else {
            name.words.extend(name.below.into_iter().flat_map(|b| b.1));
            upper.push(cell(name.words, (if two { 2 } else { 1 }, 1)));
        }
    }
    let rows = if two { vec![upper, lower] } else { vec![upper] };
    Some(Heads { rows, lines, shape, columns: None, named: true })
}
