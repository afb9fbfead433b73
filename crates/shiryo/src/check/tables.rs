//! What differs between tables: lost and new tables, rows and columns by name, then cell by cell.

use super::align::{Alignment, EQUAL, align, alike};
use super::expected::ExpectedTable;
use super::tolerance::Tolerance;
use std::collections::{BTreeMap, BTreeSet};

/// Tables with less in common are two tables.
const LEAST_ALIKE: u32 = 300;
/// Rows or columns beyond which a table is compared by position only.
const MOST: usize = 20_000;
/// How much of a text is shown.
const SHOWN: usize = 60;

/// A cell as `(row_span, col_span, text)`.
type Extent<'a> = (u32, u32, &'a str);

/// Adds what differs to `found`.
pub(super) fn differences(
    was: &[ExpectedTable],
    is: &[ExpectedTable],
    tolerance: &Tolerance,
    found: &mut Vec<String>,
) {
    let texts = |t: &ExpectedTable| t.cells.iter().map(|c| c.4.clone()).collect::<Vec<String>>();
    let (a, b): (Vec<_>, Vec<_>) = (was.iter().map(texts).collect(), is.iter().map(texts).collect());
    let pairs = align(was.len(), is.len(), |i, j| {
        let (Some(was), Some(is)) = (was.get(i), is.get(j)) else { return 0 };
        if was == is {
            return EQUAL + 1;
        }
        let same = match (a.get(i), b.get(j)) {
            (Some(a), Some(b)) => alike(&words(a), &words(b)),
            _ => 0,
        };
        let captioned = !was.caption.is_empty() && was.caption == is.caption;
        // Only identical tables are equal for certain.
        let same = (same + if captioned { LEAST_ALIKE } else { 0 }).min(EQUAL - 1);
        if same >= LEAST_ALIKE { same } else { 0 }
    });
    for (i, (was, j)) in was.iter().zip(&pairs.new_of).enumerate() {
        match j.and_then(|j| is.get(j).map(|is| (j, is))) {
            Some((j, _)) if i != j => found.push(format!("table {}: is now table {}", i + 1, j + 1)),
            Some(_) => {}
            None => found.push(format!("table {}: gone: {}", i + 1, told(was))),
        }
        if let Some(is) = j.and_then(|j| is.get(j)) {
            table(i + 1, was, is, tolerance, found);
        }
    }
    for j in pairs.added {
        if let Some(is) = is.get(j) {
            found.push(format!("table {}: new: {}", j + 1, told(is)));
        }
    }
}

fn words(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// A value for a person: in brackets, on one line.
pub(super) fn shown(value: &str) -> String {
    if value.is_empty() { "nothing".to_owned() } else { format!("「{}」", value.replace('\n', "⏎")) }
}

/// Cells side by side, cut where they are long.
fn side_by_side<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let all = texts.into_iter().collect::<Vec<_>>().join(" | ").replace('\n', "⏎");
    let cut: String = all.chars().take(SHOWN).collect();
    if cut.len() < all.len() { format!("「{cut}…」") } else { format!("「{all}」") }
}

fn told(t: &ExpectedTable) -> String {
    let caption = if t.caption.is_empty() { String::new() } else { format!("{} ", shown(&t.caption)) };
    format!("{caption}{} cells: {}", t.cells.len(), side_by_side(t.cells.iter().map(|c| c.4.as_str())))
}

fn table(number: usize, was: &ExpectedTable, is: &ExpectedTable, same: &Tolerance, found: &mut Vec<String>) {
    let mut say = |what: String| found.push(format!("table {number}: {what}"));
    if was.caption != is.caption {
        say(format!("caption: {} → {}", shown(&was.caption), shown(&is.caption)));
    }
    if was.header_rows != is.header_rows {
        say(format!("header rows: {} → {}", was.header_rows, is.header_rows));
    }
    if was.pages != is.pages {
        say(format!("pages: {:?} → {:?}", was.pages, is.pages));
    }
    let (a, b) = (Lines::of(was), Lines::of(is));
    let columns = a.columns.alignment(&b.columns);
    let rows = a.rows.alignment(&b.rows);
    for (what, map, old, new) in
        [("column", &columns, &a.columns, &b.columns), ("row", &rows, &a.rows, &b.rows)]
    {
        for (i, texts) in old.0.iter().enumerate().filter(|(i, _)| map.new_of.get(*i) == Some(&None)) {
            say(format!("{what} {i}: gone: {}", side_by_side(texts.iter().copied())));
        }
        for j in &map.added {
            let texts = new.0.get(*j).into_iter().flatten();
            say(format!("{what} {j}: new: {}", side_by_side(texts.copied())));
        }
    }
    cells(was, is, (&rows, &columns), same, &mut say);
}

/// Compares what stands in rows and columns that both tables have.
fn cells(
    was: &ExpectedTable,
    is: &ExpectedTable,
    (rows, columns): (&Alignment, &Alignment),
    same: &Tolerance,
    say: &mut impl FnMut(String),
) {
    let mut expected = BTreeMap::<(u32, u32), (&(u32, u32, u32, u32, String), Extent<'_>)>::new();
    for cell in &was.cells {
        let (row, col, row_span, col_span, text) = cell;
        // Where the cell should stand now, given the rows and columns that came and went.
        let places = (kept(rows, *row, *row_span), kept(columns, *col, *col_span));
        if let (Some((row, row_span)), Some((col, col_span))) = places {
            expected.insert((row, col), (cell, (row_span, col_span, text)));
        }
    }
    let given = is.by_position();
    let positions: BTreeSet<_> = expected.keys().chain(given.keys()).collect();
    for position in positions {
        match (expected.get(position), given.get(position)) {
            (Some(((row, col, ..), (ar, ac, at))), Some((br, bc, bt))) => {
                if !same.texts(at, bt) {
                    say(format!("row {row}, column {col}: {} → {}", shown(at), shown(bt)));
                }
                if (ar, ac) != (br, bc) {
                    say(format!("row {row}, column {col} {}: covers {ar}×{ac} → {br}×{bc}", shown(at)));
                }
            }
            (Some(((row, col, ..), (.., text))), None) => {
                say(format!("row {row}, column {col}: gone: {}", shown(text)));
            }
            (None, Some((.., text))) if !is_new(*position, rows, columns) => {
                let (row, col) = position;
                say(format!("row {row}, column {col}: new: {}", shown(text)));
            }
            _ => {}
        }
    }
}

/// First line and number of lines of what is left of `span` lines from `start`; lines that came between count.
fn kept(map: &Alignment, start: u32, span: u32) -> Option<(u32, u32)> {
    let lines = map.new_of.iter().skip(start as usize).take(span as usize);
    let mut left = lines.filter_map(|j| j.and_then(|j| u32::try_from(j).ok()));
    let first = left.next()?;
    let last = left.next_back().unwrap_or(first);
    Some((first, last.saturating_sub(first).saturating_add(1)))
}

/// Whether a new cell stands in a row or column that is told as new.
fn is_new((row, col): (u32, u32), rows: &Alignment, columns: &Alignment) -> bool {
    rows.added.contains(&(row as usize)) || columns.added.contains(&(col as usize))
}

/// The texts of each row and each column, as far as cells begin there.
struct Lines<'a> {
    rows: Texts<'a>,
    columns: Texts<'a>,
}

struct Texts<'a>(Vec<Vec<&'a str>>);

impl<'a> Lines<'a> {
    fn of(table: &'a ExpectedTable) -> Self {
        let end = |at: u32, span: u32| (at as usize).saturating_add(span as usize).min(MOST);
        let heights = table.cells.iter().map(|c| end(c.0, c.2)).max().unwrap_or(0);
        let widths = table.cells.iter().map(|c| end(c.1, c.3)).max().unwrap_or(0);
        let (mut rows, mut columns) = (vec![Vec::new(); heights], vec![Vec::new(); widths]);
        for (row, col, .., text) in &table.cells {
            rows.get_mut(*row as usize).into_iter().for_each(|r| r.push(text.as_str()));
            columns.get_mut(*col as usize).into_iter().for_each(|c| c.push(text.as_str()));
        }
        Lines { rows: Texts(rows), columns: Texts(columns) }
    }
}

impl Texts<'_> {
    /// Lines in order; any two may be the same line with other words, but the more alike the better.
    fn alignment(&self, other: &Texts<'_>) -> Alignment {
        align(self.0.len(), other.0.len(), |i, j| match (self.0.get(i), other.0.get(j)) {
            (Some(a), Some(b)) if a == b => EQUAL,
            (Some(a), Some(b)) => alike(a, b).clamp(1, EQUAL - 1),
            _ => 0,
        })
    }
}
