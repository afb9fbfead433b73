//! Papers in, dataset out, by the program itself.

// Helpers of tests, too, may stop at the first surprise.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use common::{PAPER, contents, extract, fixture, shiryo, shiryo_with};
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

#[test]
fn the_number_of_threads_does_not_show() {
    let dir = tempfile::tempdir().expect("a folder");
    let (one, two) = (dir.path().join("one"), dir.path().join("two"));
    let (text, pdf) = (fixture("text"), fixture("typst"));
    for (out, jobs) in [(&one, "1"), (&two, "2")] {
        let ran = extract(&[&text, &pdf], out, &["--jobs", jobs]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
    let (one, two) = (contents(&one), contents(&two));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(two[name] == *bytes, "{name} differs");
    }
    for wanted in ["dataset.json", "observations.csv", "cells.csv", "dataset.xlsx", "datapackage.json"] {
        assert!(one.contains_key(wanted), "{wanted}");
    }
}

#[test]
fn ids_are_unique_and_refer_to_what_is_there() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let ran = extract(&[&fixture("text"), &fixture("typst")], &out, &["--format", "json,csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let dataset = shiryo_dataset::read(&out).expect("the dataset reads back");
    let ids: HashSet<_> = dataset.observations.iter().map(|o| &o.observation_id).collect();
    assert_eq!(ids.len(), dataset.observations.len());
    let documents: HashSet<_> = dataset.documents.iter().map(|d| &d.id).collect();
    let tables: BTreeMap<_, _> = dataset.tables.iter().map(|t| (&t.id, t)).collect();
    assert_eq!(tables.len(), dataset.tables.len());
    for o in &dataset.observations {
        assert!(documents.contains(&o.document_id));
        if o.context == shiryo_model::Context::Table {
            let table = tables.get(&o.table_id).unwrap_or_else(|| panic!("{o:?} names no table"));
            let (row, col) = (o.row.expect("a row"), o.col.expect("a column"));
            assert!(table.cell_at(row, col).is_some(), "{row}, {col} of {}", o.table_id);
        }
    }
    for t in &dataset.tables {
        assert!(out.join(format!("tables/{}.csv", t.id)).exists());
    }
    for id in documents {
        let document = shiryo_dataset::read_document(&out, id).expect("the document reads back");
        assert_eq!(&document.id, id);
        assert!(!document.blocks.is_empty());
    }
}

/// An observation keeps its id when another part of the paper changes.
#[test]
fn observation_ids_are_stable() {
    let ids = |paper: &str| -> BTreeMap<String, String> {
        let dir = tempfile::tempdir().expect("a folder");
        let (file, out) = (dir.path().join("paper.txt"), dir.path().join("out"));
        fs::write(&file, paper).expect("written");
        let ran = extract(&[&file], &out, &["--format", "json"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let dataset = shiryo_dataset::read(&out).expect("reads back");
        dataset.observations.into_iter().map(|o| (o.observation_id, o.evidence)).collect()
    };
    let before = ids(PAPER);
    assert!(before.len() >= 4, "{before:?}");
    let changes: [(&str, String, &[&str]); 4] = [
        ("something added below", format!("{PAPER}\n２　その他\n令和５年度の相談は88件であった。\n"), &[]),
        (
            "something added above",
            PAPER.replace("１　実績\n", "１　実績\n令和５年度の相談は88件であった。\n"),
            &[],
        ),
        ("another figure corrected", PAPER.replace("4,560件", "4,561件"), &["4,560件"]),
        ("a row lost", PAPER.replace("窓口申請\t1,200件\t980件\n", ""), &["1,200件", "980件"]),
    ];
    for (what, paper, without) in changes {
        let after = ids(&paper);
        for (id, evidence) in before.iter().filter(|(_, evidence)| !without.contains(&evidence.as_str())) {
            assert_eq!(after.get(id), Some(evidence), "{what}");
        }
        let lost = before.keys().filter(|id| !after.contains_key(*id)).count();
        assert_eq!(lost, without.len(), "{what}");
    }
}

#[test]
fn tables_in_every_form() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("paper.txt");
    fs::write(&file, PAPER).expect("written");
    let run = |format: &str| shiryo([Path::new("tables"), &file, Path::new("--format"), Path::new(format)]);
    let json: serde_json::Value = serde_json::from_str(&run("json").stdout).expect("JSON");
    let table = &json["tables"][0];
    for key in [
        "id",
        "page",
        "bbox",
        "caption",
        "header_rows",
        "method",
        "confidence",
        "continued_from",
        "cells",
        "pages",
    ] {
        assert!(table.get(key).is_some(), "{key}");
    }
    for key in ["row", "col", "row_span", "col_span", "text", "bbox"] {
        assert!(table["cells"][0].get(key).is_some(), "{key}");
    }
    assert!(run("csv").stdout.contains("電子申請,"));
    assert!(
        run("html").stdout.contains("<td>電子申請</td>") || run("html").stdout.contains("<th>電子申請</th>")
    );
    assert!(run("md").stdout.contains("| 電子申請 |"));
}

#[test]
fn text_has_a_form_feed_between_pages() {
    let pdf = fixture("chromium/minatosato-2025-slides.pdf");
    let ran = shiryo([Path::new("text"), &pdf]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let pages = ran.stdout.matches('\u{c}').count() + 1;
    assert!(pages > 1);
    let one = shiryo([Path::new("text"), &pdf, Path::new("--pages"), Path::new("2")]);
    assert_eq!(one.code, 0, "{}", one.stderr);
    assert!(!one.stdout.trim().is_empty() && !one.stdout.contains('\u{c}'), "{}", one.stdout);
}

#[test]
fn annotations_count_characters_of_the_original_line() {
    let ran = shiryo_with(["annotate"], "見出し\n　令和５年度の申請は１，２００件以上\n");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let quantity = ran
        .stdout
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).expect("JSON"))
        .find(|a| a["kind"] == "quantity")
        .expect("a quantity");
    assert_eq!(quantity["line"], 2);
    assert_eq!(quantity["value"].to_string(), "1200");
    assert_eq!((quantity["unit"].as_str(), quantity["bound"].as_str()), (Some("件"), Some("at_least")));
    let line: Vec<char> = "　令和５年度の申請は１，２００件以上".chars().collect();
    let span = |k: &str| usize::try_from(quantity[k].as_u64().expect("a number")).expect("small");
    let words: String = line[span("start")..span("end")].iter().collect();
    assert_eq!(Some(words.as_str()), quantity["text"].as_str());
    assert_eq!(words, "１，２００件以上");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_shiryo"))
        .args(["annotate", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("piped");
    let line = "令和５年度は1,234件\n".repeat(2000);
    let _ = std::io::Write::write_all(&mut stdin, line.as_bytes());
    drop(stdin);
    let mut said = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut said).expect("readable");
    assert_eq!(child.wait().expect("ends").code(), Some(0), "{said}");
    assert!(said.is_empty(), "{said}");
}

#[test]
fn every_command_explains_itself_with_examples() {
    for command in ["extract", "text", "tables", "annotate", "check", "diff", "schema"] {
        let ran = shiryo([command, "--help"]);
        assert_eq!(ran.code, 0);
        assert!(ran.stdout.contains("Examples:"), "{command}: {}", ran.stdout);
    }
    assert_eq!(shiryo(["-V"]).code, 0);
}

#[test]
fn a_scan_that_is_not_read_is_incomplete_and_says_how_to_read_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let scan = common::repository().join("tests/papers/scan/midorino-2024-progress.pdf");
    let ran = extract(&[&scan], &out, &["--ocr", "off"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("midorino-2024-progress.pdf") && ran.stderr.contains("page 1"),
        "{}",
        ran.stderr
    );
    let dataset = shiryo_dataset::read(&out).expect("the dataset reads back");
    assert_eq!(dataset.documents[0].status, shiryo_model::DocumentStatus::Incomplete);
    assert!(dataset.diagnostics.iter().any(|d| d.code == shiryo_model::DiagnosticCode::ScannedPage));
    assert!(dataset.observations.is_empty());
}

#[test]
fn forced_character_recognition_without_the_program_reads_the_text_and_says_so() {
    let dir = tempfile::tempdir().expect("a folder");
    let paper = fixture("encrypted/kazemachi-2025-notice.pdf");
    // No program can be found on an empty path.
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_shiryo"))
        .arg("text")
        .arg(&paper)
        .args(["--ocr", "force"])
        .env("PATH", dir.path())
        .output()
        .expect("the program starts");
    let (text, told) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert_eq!(ran.status.code(), Some(3), "{told}");
    assert!(told.contains("--ocr force") && told.contains("tesseract-ocr-jpn"), "{told}");
    assert!(text.chars().count() > 100, "{text}");
}
