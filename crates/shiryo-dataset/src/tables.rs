//! Tables on their own: JSON, CSV, HTML and Markdown.

use serde::Serialize;
use shiryo_model::{BBox, Table, TableMethod};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What `shiryo tables --format json` prints.
#[derive(Debug, Serialize)]
struct TableList<'a> {
    source: &'a str,
    tables: Vec<TableView<'a>>,
}

#[derive(Debug, Serialize)]
struct TableView<'a> {
    id: &'a str,
    page: Option<u32>,
    pages: &'a [u32],
    bbox: Option<BBox>,
    caption: &'a str,
    header_rows: u32,
    method: TableMethod,
    confidence: f64,
    continued_from: Option<&'a str>,
    cells: Vec<CellView<'a>>,
}

#[derive(Debug, Serialize)]
struct CellView<'a> {
    row: u32,
    col: u32,
    row_span: u32,
    col_span: u32,
    text: &'a str,
    bbox: Option<BBox>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
}

fn view(table: &Table) -> TableView<'_> {
    let cells = table.cells.iter().filter(|c| !c.text.is_empty()).map(|c| CellView {
        row: c.row,
        col: c.col,
        row_span: c.row_span.max(1),
        col_span: c.col_span.max(1),
        text: c.text.text.trim(),
        bbox: c.bbox,
        page: c.page,
    });
    TableView {
        id: &table.id,
        page: table.page(),
        pages: &table.pages,
        bbox: table.bbox,
        caption: &table.caption.text,
        header_rows: table.header_rows,
        method: table.method,
        confidence: (table.confidence * 100.0).round() / 100.0,
        continued_from: None,
        cells: cells.collect(),
    }
}

/// All tables of a document as one JSON object.
pub fn json(source: &str, tables: &[Table]) -> String {
    let list = TableList { source, tables: tables.iter().map(view).collect() };
    serde_json::to_string_pretty(&list).map(|s| s + "\n").unwrap_or_default()
}

/// The most grid positions a table is spread out to: a hostile span must not fill the memory.
const MOST_POSITIONS: u64 = 4_000_000;

/// The table as a rectangular grid; merged cells repeat their text.
pub fn grid(table: &Table) -> Vec<Vec<&str>> {
    let rows = table
        .cells
        .iter()
        .map(|c| c.row.saturating_add(c.row_span.max(1)))
        .max()
        .unwrap_or(0)
        .max(table.n_rows);
    let cols = table
        .cells
        .iter()
        .map(|c| c.col.saturating_add(c.col_span.max(1)))
        .max()
        .unwrap_or(0)
        .max(table.n_cols);
    if u64::from(rows) * u64::from(cols) > MOST_POSITIONS {
        return sparse(table);
    }
    let mut grid = vec![vec![""; cols as usize]; rows as usize];
    for cell in &table.cells {
        for row in grid.iter_mut().skip(cell.row as usize).take(cell.row_span.max(1) as usize) {
            for field in row.iter_mut().skip(cell.col as usize).take(cell.col_span.max(1) as usize) {
                *field = &cell.text.text;
            }
        }
    }
    grid
}

/// Rows and columns that begin no cell left out.
fn sparse(table: &Table) -> Vec<Vec<&str>> {
    let mut rows: BTreeMap<u32, BTreeMap<u32, &str>> = BTreeMap::new();
    for c in &table.cells {
        rows.entry(c.row).or_default().insert(c.col, &c.text.text);
    }
    rows.into_values().map(|r| r.into_values().collect()).collect()
}

/// One table as CSV (RFC 4180).
pub fn one_csv(table: &Table) -> Vec<u8> {
    let mut out =
        csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in grid(table) {
        let _ = out.write_record(row);
    }
    out.into_inner().unwrap_or_default()
}

/// All tables as CSV, a blank line between them.
pub fn csv(tables: &[Table]) -> String {
    let all: Vec<String> = tables.iter().map(|t| String::from_utf8_lossy(&one_csv(t)).into_owned()).collect();
    all.join("\r\n")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// All tables as a complete HTML page, spans kept.
pub fn html(tables: &[Table]) -> String {
    let mut out = String::from(
        "<!DOCTYPE html>\n<html lang=\"ja\">\n<head><meta charset=\"utf-8\"><title>tables</title></head>\n<body>\n",
    );
    for table in tables {
        let _ = writeln!(out, "<table id=\"{}\" border=\"1\">", escape(&table.id));
        if !table.caption.is_empty() {
            let _ = writeln!(out, "<caption>{}</caption>", escape(&table.caption.text));
        }
        let mut rows: BTreeMap<u32, Vec<&shiryo_model::Cell>> = BTreeMap::new();
        for cell in &table.cells {
            rows.entry(cell.row).or_default().push(cell);
        }
        let last = rows.keys().next_back().copied().unwrap_or(0).min(1_000_000);
        for row in 0..=last {
            out.push_str("<tr>");
            for cell in rows.get(&row).into_iter().flatten() {
                let tag = if cell.is_header || cell.row < table.header_rows { "th" } else { "td" };
                let span =
                    |name: &str, n: u32| if n > 1 { format!(" {name}=\"{n}\"") } else { String::new() };
                let text = escape(&cell.text.text).replace('\n', "<br>");
                let (r, c) = (span("rowspan", cell.row_span), span("colspan", cell.col_span));
                let _ = write!(out, "<{tag}{r}{c}>{text}</{tag}>");
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</table>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// All tables in Markdown; merged cells repeat their text.
pub fn markdown(tables: &[Table]) -> String {
    let mut out = String::new();
    for table in tables {
        if !table.caption.is_empty() {
            let _ = writeln!(out, "**{}**\n", table.caption.text.replace('\n', " "));
        }
        for (i, row) in grid(table).iter().enumerate() {
            let fields: Vec<String> =
                row.iter().map(|f| f.replace('|', "\\|").replace('\n', "<br>")).collect();
            let _ = writeln!(out, "| {} |", fields.join(" | "));
            if i == 0 {
                let _ = writeln!(out, "|{}", " --- |".repeat(row.len()));
            }
        }
        out.push('\n');
    }
    out
}
