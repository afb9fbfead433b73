//! The same values in JSON, CSV and the workbook, read back by an independent reader.

// Helpers of tests, too, may stop at the first surprise.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use calamine::{Data, Reader, Xlsx, open_workbook};
use common::{fixture, shiryo};
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

#[test]
fn json_csv_and_workbook_agree_value_by_value() {
    let dir = extracted(&[]);
    let out = dir.path().join("out");
    let dataset = shiryo_dataset::read(&out).expect("the dataset reads back");
    let rows = csv_rows(&out.join("observations.csv"));
    assert!(rows.len() > 50, "{}", rows.len());
    assert_eq!(dataset.observations.len(), rows.len());
    for (o, row) in dataset.observations.iter().zip(&rows) {
        assert_eq!(o.observation_id, row["observation_id"]);
        assert_eq!(o.value.to_string(), row["value"]);
        assert_eq!(o.evidence, row["evidence"]);
        assert_eq!(o.period_start.map(|d| d.to_string()).unwrap_or_default(), row["period_start"]);
        let dimensions: BTreeMap<String, String> = serde_json::from_str(&row["dimensions"]).expect("JSON");
        assert_eq!(o.dimensions, dimensions);
    }
    let mut book: Xlsx<_> = open_workbook(out.join("dataset.xlsx")).expect("the workbook opens");
    let sheet = book.worksheet_range("観測値").expect("the sheet is there");
    let mut lines = sheet.rows();
    let columns: Vec<String> = lines.next().expect("a header").iter().map(ToString::to_string).collect();
    assert_eq!(sheet.height(), rows.len() + 1);
    for (line, row) in lines.zip(&rows) {
        for (cell, column) in line.iter().zip(&columns) {
            assert_eq!(shown(cell), row[column].replace('\r', ""), "{column} of {row:?}");
        }
    }
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
