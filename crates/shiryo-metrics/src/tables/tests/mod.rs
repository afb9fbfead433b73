//! Table shapes, each small and in its own words; the cases by theme below.

mod labels;
mod sheets;
mod spans;
mod times;
mod units;
mod versions;

use super::*;
use jiff::civil::date;
use shiryo_model::{LineStart, Place as TextPlace, Text};

/// A text as `shiryo-ja` would build it from one line.
fn text(words: &str) -> Text {
    Text {
        text: words.to_owned(),
        raw: words.to_owned(),
        map: (0..words.chars().count() as u32).collect(),
        lines: vec![LineStart { start: 0, place: TextPlace { line: Some(1), ..TextPlace::default() } }],
        ..Text::default()
    }
}

/// A table from rows of `|`-separated cells; `<` continues the cell to the left, `^` the one above.
fn table(caption: &str, header_rows: u32, label_cols: u32, rows: &[&str]) -> Table {
    let grid: Vec<Vec<&str>> = rows.iter().map(|r| r.split('|').map(str::trim).collect()).collect();
    let n_cols = grid.iter().map(Vec::len).max().unwrap_or(0);
    let mut cells = Vec::new();
    for (r, row) in grid.iter().enumerate() {
        for (c, words) in row.iter().enumerate() {
            if words.is_empty() || *words == "<" || *words == "^" {
                continue;
            }
            let col_span = 1 + row[c + 1..].iter().take_while(|w| **w == "<").count() as u32;
            let row_span = 1 + grid[r + 1..].iter().take_while(|x| x.get(c) == Some(&"^")).count() as u32;
            cells.push(Cell {
                row: r as u32,
                col: c as u32,
                row_span,
                col_span,
                text: text(&words.replace('/', "\n")),
                ..Cell::default()
            });
        }
    }
    Table {
        caption: text(caption),
        n_rows: grid.len() as u32,
        n_cols: n_cols as u32,
        header_rows,
        label_cols,
        confidence: 1.0,
        cells,
        ..Table::default()
    }
}

/// Observations as lines: `subject | label | value unit | status | start..end | department`.
fn lines(table: &Table) -> Vec<String> {
    let mut scope = Scope { context: Context::Table, ..Scope::default() };
    scope.time.reference = Some(date(2024, 11, 1));
    let observer = crate::Observer::new(None).expect("an observer");
    let show = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    read(table, &scope, observer.tools())
        .iter()
        .map(|o| {
            let (start, end) = (show(o.period_start), show(o.period_end));
            format!(
                "{}|{}|{}{}|{}|{start}..{end}|{}",
                o.subject,
                o.measure_label,
                o.value,
                o.unit,
                o.status.as_str(),
                o.department
            )
        })
        .collect()
}

/// Status and period of what a paper with a title tells in one table.
fn titled(title: &str, paper: &Table) -> Vec<String> {
    let mut scope = Scope { context: Context::Table, title: title.to_owned(), ..Scope::default() };
    scope.topics = vec![title.to_owned()];
    let observer = crate::Observer::new(None).expect("an observer");
    let end = |o: &Observation| o.period_end.map(|d| d.to_string()).unwrap_or_default();
    read(paper, &scope, observer.tools())
        .iter()
        .map(|o| format!("{} {}", o.status.as_str(), end(o)))
        .collect()
}
