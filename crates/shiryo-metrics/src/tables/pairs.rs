//! Cells of two figures, the second in brackets, under a header that names both: 実施回数(参加者数) | 18回(455人).

use super::bind::ColumnLabel;
use super::content::{self, Content, Number};
use super::{unit_words, when, words};
use crate::scope::Scope;
use shiryo_ja::{Quantity, TimeContext};
use shiryo_model::Status;
use std::ops::Range;

/// One of the two.
pub(super) enum Figure {
    /// A bare number.
    Number(Number),
    /// A number with its unit, and its characters in the cell.
    Quantity(Quantity, Range<usize>),
}

/// The two figures of a cell; none: it holds something else.
pub(super) fn figures(text: &str, context: &TimeContext) -> Option<(Figure, Figure)> {
    let whole = text.trim_end();
    let inner = whole.strip_suffix(')')?;
    let (first, second) = inner.split_once('(')?;
    if second.contains(['(', ')']) || first.trim().is_empty() {
        return None;
    }
    let at = first.chars().count() + 1;
    Some((figure(first, 0, context)?, figure(second, at, context)?))
}

/// A piece of a cell as a figure, with its characters counted from the beginning of the cell.
fn figure(piece: &str, at: usize, context: &TimeContext) -> Option<Figure> {
    let shift = |r: &Range<usize>| at + r.start..at + r.end;
    match content::of(piece, context) {
        Content::Number(n) if !n.yearlike && n.share.is_none() => {
            let chars = shift(&n.chars);
            Some(Figure::Number(Number { chars, ..n }))
        }
        Content::Quantity(quantity, range) => Some(Figure::Quantity(quantity, shift(&range))),
        _ => None,
    }
}

/// The headers of both figures, where the innermost names two: what stands before its bracket and what in it. The
/// bracket may name a part (うち予備機) or the year before; a unit, a time or a status is no second name.
pub(super) fn headers(column: &ColumnLabel, scope: &Scope) -> Option<(ColumnLabel, ColumnLabel)> {
    let (last, outer) = column.path.split_last()?;
    let (first, second) = last.strip_suffix(')')?.split_once('(')?;
    let (first, second) = (first.trim(), second.trim());
    let before = words::is_year_before(second);
    let names = |name: &str| name.chars().any(char::is_alphabetic);
    let dated = || when::read(second, &scope.time).period.is_some();
    let other = unit_words::unit_word(second).is_some()
        || words::status(second) != Status::Unknown && !words::names_quantity(second)
        || second.contains("単位");
    if !names(first) || !names(second) || !before && (other || dated()) {
        return None;
    }
    let path = |tail: &[&str]| {
        let mut path = outer.to_vec();
        path.extend(tail.iter().map(|w| (*w).to_owned()));
        ColumnLabel { compared: column.compared.clone(), ..ColumnLabel::new(path, scope) }
    };
    // 令和4年度決算額(うち一般財源): both are of that year.
    let year = when::read(first, &scope.time);
    let second = match year.period {
        _ if before => path(&[first, second]),
        Some(_) => path(&[&year.label, second]),
        None => path(&[second]),
    };
    Some((path(&[first]), second))
}
