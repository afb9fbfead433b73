//! The same values in JSON, CSV, Parquet and the workbook, each read back by a reader of its own.

// Helpers of tests, too, may stop at the first surprise.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Float64Type, Int64Type};
use arrow_array::{Array, ArrayRef};
use calamine::{Data, Reader, Xlsx, open_workbook};
use common::{fixture, shiryo};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn extracted(more: &[&str]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("式.txt"), "区分\t件数\n=1+1\t3件\n@x\t-5件\n+81\t1,234件\n").expect("written");
    let (out, own) = (dir.path().join("out"), dir.path().join("式.txt"));
    let (text, pdf) = (fixture("text"), fixture("typst"));
    let mut args = vec![Path::new("extract"), &text, &pdf, &own, Path::new("-o"), &out];
    args.extend(more.iter().map(Path::new));
    let ran = shiryo(args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    dir
}

/// Rows of a CSV file by column name.
fn csv_rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("the file opens");
    reader.deserialize().collect::<Result<_, _>>().expect("the rows read")
}

/// A cell as CSV writes it.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        // Excel counts days from 1899-12-30.
        Data::DateTime(d) => {
            let days = jiff::Span::new().days(d.as_f64() as i64);
            jiff::civil::date(1899, 12, 30).checked_add(days).expect("a date").to_string()
        }
        other => other.to_string(),
    }
}

/// A value of `dataset.json` as CSV writes it.
fn json_shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(n) => n.to_string().parse::<Decimal>().map_or_else(|_| n.to_string(), plain),
        Value::Array(edges) => {
            let edges: Vec<String> =
                edges.iter().map(|v| v.as_f64().expect("a coordinate").to_string()).collect();
            edges.join(" ")
        }
        other => other.to_string(),
    }
}

fn plain(d: Decimal) -> String {
    d.normalize().to_string()
}

/// Rows of a Parquet file as CSV writes them, by column name.
fn parquet_rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let file = fs::File::open(path).expect("the file opens");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).and_then(|b| b.build()).expect("Parquet");
    let mut rows = Vec::new();
    for batch in reader {
        let batch = batch.expect("the rows read");
        let schema = batch.schema();
        for i in 0..batch.num_rows() {
            let fields = schema.fields().iter().zip(batch.columns());
            rows.push(fields.map(|(f, column)| (f.name().clone(), parquet_shown(column, i))).collect());
        }
    }
    rows
}

fn parquet_shown(column: &ArrayRef, i: usize) -> String {
    if column.is_null(i) {
        return String::new();
    }
    if let Some(texts) = column.as_string_opt::<i32>() {
        texts.value(i).to_owned()
    } else if let Some(numbers) = column.as_primitive_opt::<Int64Type>() {
        numbers.value(i).to_string()
    } else if let Some(decimals) = column.as_primitive_opt::<Decimal128Type>() {
        let scale = u32::try_from(decimals.scale()).expect("no negative scale");
        plain(Decimal::from_i128_with_scale(decimals.value(i), scale))
    } else if let Some(dates) = column.as_primitive_opt::<Date32Type>() {
        let days = jiff::Span::new().days(dates.value(i));
        jiff::civil::date(1970, 1, 1).checked_add(days).expect("a date").to_string()
    } else if let Some(flags) = column.as_boolean_opt() {
        flags.value(i).to_string()
    } else if let Some(labels) = column.as_map_opt() {
        let entries = labels.value(i);
        let texts = |n: usize| entries.column(n).as_string::<i32>().iter().flatten().map(str::to_owned);
        let labels: BTreeMap<String, String> = texts(0).zip(texts(1)).collect();
        serde_json::to_string(&labels).expect("JSON")
    } else {
        let edges = column.as_list::<i32>().value(i);
        let edges: Vec<String> =
            edges.as_primitive::<Float64Type>().values().iter().map(f64::to_string).collect();
        edges.join(" ")
    }
}

#[test]
fn json_csv_parquet_and_workbook_agree_value_by_value() {
    let dir = extracted(&["--format", "json,csv,xlsx,parquet"]);
    let out = dir.path().join("out");
    let dataset: Value =
        serde_json::from_slice(&fs::read(out.join("dataset.json")).expect("there")).expect("JSON");
    let rows = csv_rows(&out.join("observations.csv"));
    assert!(rows.len() > 50, "{}", rows.len());
    let stated = dataset["observations"].as_array().expect("a list");
    assert_eq!(stated.len(), rows.len());
    for (object, row) in stated.iter().zip(&rows) {
        let object: BTreeMap<String, String> =
            object.as_object().expect("an object").iter().map(|(k, v)| (k.clone(), json_shown(v))).collect();
        assert_eq!(object, *row);
    }
    assert_eq!(parquet_rows(&out.join("observations.parquet")), rows);
    assert_eq!(parquet_rows(&out.join("cells.parquet")), csv_rows(&out.join("cells.csv")));
    let mut book: Xlsx<_> = open_workbook(out.join("dataset.xlsx")).expect("the workbook opens");
    let sheet = book.worksheet_range("観測値").expect("the sheet is there");
    let mut lines = sheet.rows();
    let columns: Vec<String> = lines.next().expect("a header").iter().map(ToString::to_string).collect();
    assert_eq!(columns.len(), rows[0].len());
    assert_eq!(sheet.height(), rows.len() + 1);
    for (line, row) in lines.zip(&rows) {
        for (cell, column) in line.iter().zip(&columns) {
            assert_eq!(shown(cell), row[column].replace('\r', ""), "{column} of {row:?}");
        }
    }
}

/// Every cell of every table: `dataset.json`, `cells.csv`, its own CSV file and its own sheet.
#[test]
fn tables_agree_cell_by_cell() {
    let dir = extracted(&[]);
    let out = dir.path().join("out");
    let dataset = shiryo_dataset::read(&out).expect("the dataset reads back");
    let mut rows = csv_rows(&out.join("cells.csv")).into_iter();
    let mut book: Xlsx<_> = open_workbook(out.join("dataset.xlsx")).expect("the workbook opens");
    assert!(dataset.tables.len() > 10);
    for table in &dataset.tables {
        let grid: Vec<csv::StringRecord> = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_path(out.join(format!("tables/{}.csv", table.id)))
            .expect("the file opens")
            .records()
            .collect::<Result<_, _>>()
            .expect("the rows read");
        let sheet = book.worksheet_range(&table.id).expect("the table has a sheet");
        for cell in &table.cells {
            let row = rows.next().expect("a row a cell");
            assert_eq!((&row["table_id"], &row["text"]), (&table.id, &cell.text.text));
            assert_eq!([&row["row"], &row["col"]], [&cell.row.to_string(), &cell.col.to_string()]);
            assert_eq!(
                [&row["row_span"], &row["col_span"]],
                [&cell.row_span.to_string(), &cell.col_span.to_string()]
            );
            // Merged cells repeat their text in the CSV file; the sheet begins with two rows of its own.
            for r in cell.row..cell.row + cell.row_span {
                let in_grid = grid[r as usize].get(cell.col as usize).unwrap_or_default();
                assert_eq!(in_grid, cell.text.text, "{} {r} {}", table.id, cell.col);
            }
            let in_sheet = sheet.get_value((cell.row + 2, cell.col)).map(shown).unwrap_or_default();
            let plain = cell.text.text.replace(',', "");
            let number = |text: &str| text.parse::<Decimal>().ok();
            assert!(
                in_sheet == cell.text.text || number(&in_sheet).is_some_and(|n| number(&plain) == Some(n)),
                "{} {in_sheet} {cell:?}",
                table.id
            );
        }
    }
    assert!(rows.next().is_none());
}

#[test]
fn the_workbook_has_its_sheets_and_text_stays_text() {
    let dir = extracted(&[]);
    let mut book: Xlsx<_> = open_workbook(dir.path().join("out/dataset.xlsx")).expect("the workbook opens");
    let names = book.sheet_names();
    for wanted in ["観測値", "文書", "表一覧", "列の説明"] {
        assert!(names.iter().any(|n| n == wanted), "{wanted} in {names:?}");
    }
    let tables = csv_rows(&dir.path().join("out/cells.csv"));
    let formula = tables.iter().find(|c| c["text"] == "=1+1").expect("the cell is there");
    let sheet = book.worksheet_range(&formula["table_id"]).expect("the table has a sheet");
    let cells: Vec<String> = sheet.rows().flatten().map(ToString::to_string).collect();
    assert!(cells.iter().any(|c| c == "=1+1"), "{cells:?}");
    let formulas = book.worksheet_formula(&formula["table_id"]).expect("readable");
    assert!(formulas.rows().flatten().all(String::is_empty), "no formulas");
}

#[test]
fn csv_options_for_spreadsheets() {
    let dir = extracted(&["--csv-bom", "--csv-safe"]);
    let cells = fs::read_to_string(dir.path().join("out/cells.csv")).expect("the file is there");
    assert!(cells.starts_with('\u{feff}'));
    assert!(cells.contains("'=1+1") && cells.contains("'@x"), "{cells}");
    let plain = extracted(&[]);
    let cells = fs::read_to_string(plain.path().join("out/cells.csv")).expect("the file is there");
    assert!(cells.starts_with("document_id,") && cells.contains(",=1+1,"), "{cells}");
    assert!(cells.lines().count() > 4 && cells.contains("\r\n"));
}
