//! Rows whose cells hold one figure a line: 開催回数 / 参加者数 | 80回 / 800人 is two rows.

use super::content::{self, Content};
use super::{listed, words};
use shiryo_ja::TimeContext;
use shiryo_model::{Cell, Table, Text};
use std::ops::Range;

/// Most lines that are rows.
const MOST_LINES: usize = 12;

/// A table with such rows parted, and for each of its rows the one that it came from.
pub(super) struct Unstacked {
    pub(super) table: Table,
    pub(super) rows: Vec<u32>,
}

/// Parts the rows in which a name and every figure have as many lines, each whole by itself; `None` where there are
/// none.
pub(super) fn unstacked(table: &Table, context: &TimeContext) -> Option<Unstacked> {
    let broken = |c: &Cell| c.text.lines.len() > 1 || c.text.text.contains('\n');
    if !table.cells.iter().any(|c| broken(c) && c.row >= table.header_rows && holds_digit(c)) {
        return None;
    }
    let mut rows: Vec<Vec<&Cell>> = vec![Vec::new(); table.n_rows as usize];
    for cell in table.cells.iter().filter(|c| c.row >= table.header_rows && c.row_span <= 1) {
        if let Some(row) = rows.get_mut(cell.row as usize) {
            row.push(cell);
        }
    }
    let heights: Vec<u32> = rows.iter().map(|row| height(row, context).unwrap_or(1)).collect();
    if heights.iter().all(|h| *h == 1) {
        return None;
    }
    let after = heights.iter().scan(0, |end, height| {
        *end += height;
        Some(*end)
    });
    let starts: Vec<u32> = std::iter::once(0).chain(after).collect();
    let first = |row: u32| starts.get(row as usize).or(starts.last()).copied().unwrap_or(0);
    let mut cells = Vec::with_capacity(table.cells.len());
    for cell in &table.cells {
        let height = heights.get(cell.row as usize).copied().unwrap_or(1);
        let lines = if height > 1 { listed::ranges(&cell.text) } else { Vec::new() };
        let row = first(cell.row);
        if height > 1 && lines.len() == height as usize {
            for (line, row) in lines.into_iter().zip(row..) {
                cells.push(Cell { row, text: slice(&cell.text, line), ..cell.clone() });
            }
        } else {
            let end = cell.row.saturating_add(cell.row_span.max(1)).min(table.n_rows);
            cells.push(Cell { row, row_span: first(end).saturating_sub(row).max(1), ..cell.clone() });
        }
    }
    cells.sort_by_key(|c| (c.row, c.col));
    let rows = (0u32..).zip(&heights).flat_map(|(row, height)| (0..*height).map(move |_| row)).collect();
    Some(Unstacked { table: Table { n_rows: first(table.n_rows), cells, ..table.clone() }, rows })
}

fn holds_digit(cell: &Cell) -> bool {
    cell.text.text.contains(|c: char| c.is_ascii_digit())
}

/// How many rows a row of these cells is: the lines of its figures, where a name to their left has as many.
fn height(row: &[&Cell], context: &TimeContext) -> Option<u32> {
    let lines = |c: &Cell| -> Vec<String> {
        let words = |r: Range<usize>| c.text.text.chars().skip(r.start).take(r.len()).collect::<String>();
        listed::ranges(&c.text).into_iter().map(|r| words(r).trim().to_owned()).collect()
    };
    let figures: Vec<(u32, Vec<String>)> = row
        .iter()
        .filter(|c| holds_digit(c))
        .map(|c| (c.col, lines(c)))
        .filter(|(_, l)| l.len() > 1)
        .collect();
    let (left, first) = figures.first()?;
    let n = first.len();
    // 1,200 / (64.5%): what stands in brackets belongs to the line above.
    let figure = |l: &String| {
        !l.starts_with('(')
            && matches!(content::of(l, context), Content::Number(_) | Content::Quantity(..) | Content::Blank)
    };
    let whole = |l: &[String]| l.len() == n && l.iter().all(figure);
    let named = |c: &&Cell| {
        let names = lines(c);
        c.col < *left && names.len() == n && names.iter().all(|w| words::names_quantity(&words::clean(w)))
    };
    let parted = n <= MOST_LINES && figures.iter().all(|(_, l)| whole(l)) && row.iter().any(named);
    parted.then(|| u32::try_from(n).ok()).flatten()
}

/// Some characters of a text, still with the way back to its source.
fn slice(text: &Text, chars: Range<usize>) -> Text {
    Text {
        text: text.text.chars().skip(chars.start).take(chars.len()).collect(),
        map: text.map.iter().skip(chars.start).take(chars.len()).copied().collect(),
        ..text.clone()
    }
}
