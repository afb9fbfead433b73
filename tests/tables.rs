//! Tables by the program itself: the drawn pages, and lists of institutions checked row by row.

// Helpers of tests, too, may stop at the first surprise.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use common::{fixture, repository, shiryo};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization as _;

#[test]
fn each_page_is_drawn_with_its_cells_and_blocks() {
    let dir = tempfile::tempdir().expect("a folder");
    let drawn = dir.path().join("drawn");
    let paper = fixture("weasyprint/sawabe-2024-settlement.pdf");
    let args =
        [Path::new("tables"), &paper, Path::new("--debug-svg"), &drawn, Path::new("--pages"), Path::new("1")];
    let ran = shiryo(args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let pages: Vec<PathBuf> =
        fs::read_dir(&drawn).expect("the folder is there").map(|e| e.expect("an entry").path()).collect();
    assert_eq!(pages, [drawn.join("page-001.svg")]);
    let svg = fs::read_to_string(&pages[0]).expect("the page reads");
    for wanted in ["<svg ", "<line ", "Ruled ", "Heading", "</svg>"] {
        assert!(svg.contains(wanted), "{wanted}");
    }
    // A text has no pages.
    let text = fixture("text/sawabe-2024-settlement.txt");
    let ran = shiryo([Path::new("tables"), &text, Path::new("--debug-svg"), &drawn]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
}

/// NFKC without white space and hyphens of any kind.
fn folded(text: &str) -> String {
    const HYPHENS: &str = "-\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{ff70}\u{30fc}";
    text.nfkc().filter(|c| !c.is_whitespace() && !HYPHENS.contains(*c)).collect()
}

/// The one list in `folder` (a PDF and its rows as CSV): every row whole in one extracted row, all of them in one
/// table whose heading row stands once.
fn check_list(folder: &Path) {
    let with = |extension: &str| -> PathBuf {
        let mut found = fs::read_dir(folder).expect("the folder reads").map(|e| e.expect("an entry").path());
        found.find(|p| p.extension() == Some(OsStr::new(extension))).expect("a PDF and a CSV")
    };
    let ran = shiryo([OsStr::new("tables"), with("pdf").as_os_str()]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let tables = json["tables"].as_array().expect("tables");
    assert_eq!(tables.len(), 1, "{} comes out as one table", folder.display());

    let mut rows: BTreeMap<u64, Vec<String>> = BTreeMap::new();
    for cell in tables[0]["cells"].as_array().expect("cells") {
        let text = folded(cell["text"].as_str().unwrap_or_default());
        rows.entry(cell["row"].as_u64().expect("a row")).or_default().push(text);
    }
    let heads = rows.values().filter(|r| r.iter().any(|c| c == "郵便番号")).count();
    assert!(heads <= 1, "{}: {heads} heading rows", folder.display());

    let mut reader = csv::Reader::from_path(with("csv")).expect("the file opens");
    let (mut wanted, mut missing) = (0, Vec::new());
    for row in reader.deserialize::<BTreeMap<String, String>>() {
        let row = row.expect("the row reads");
        let values = ["施設名", "郵便番号", "住所", "電話番号"].map(|name| folded(&row[name]));
        let whole =
            |cells: &&Vec<String>| values.iter().all(|v| cells.iter().any(|c| c.contains(v.as_str())));
        wanted += 1;
        if rows.values().find(whole).is_none() {
            missing.push(values);
        }
    }
    assert!(
        wanted > 0 && missing.is_empty(),
        "{}: {} of {wanted} rows: {missing:?}",
        folder.display(),
        missing.len()
    );
}

/// The folders of lists that go with the project, in order; none where they are not at hand.
fn lists() -> Vec<PathBuf> {
    let Ok(found) = fs::read_dir(repository().join("../shared/corpus/clinics")) else {
        println!("skipped: ../shared/corpus/clinics is not here");
        return Vec::new();
    };
    let mut folders: Vec<PathBuf> = found.map(|e| e.expect("an entry").path()).collect();
    folders.sort();
    folders
}

#[test]
fn every_row_of_every_list_of_clinics_is_whole() {
    lists().iter().for_each(|folder| check_list(folder));
}
