//! `shiryo explain` and `shiryo catalog`, by the program itself.

// Helpers of tests, too, may stop at the first surprise.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use common::{extract, fixture, shiryo};
use std::fs;
use std::path::Path;

/// A small paper with a sentence, a table whose first total is wrong, and one whose total is right.
const PAPER: &str = "# 相談事業の実施状況\n\n令和7年2月3日 みなと台市\n\n令和6年度は、出張相談会を12回開催した。\n\n\
    | 地区 | 相談件数(件) | 参加者数(人) |\n| --- | --- | --- |\n| 東地区 | 120 | 34 |\n| 西地区 | 81 | 25 |\n\
    | 合計 | 211 | 59 |\n";

fn dataset(dir: &Path) -> std::path::PathBuf {
    let (paper, out) = (dir.join("paper.md"), dir.join("out"));
    fs::write(&paper, PAPER).expect("the paper is written");
    let ran = extract(&[&paper], &out, &["--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    out
}

#[test]
fn a_row_is_explained_from_its_evidence_to_its_checks() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dataset(dir.path());
    let read = shiryo_dataset::read(&out).expect("the dataset reads back");
    let id = |value: i64| {
        let found = read.observations.iter().find(|o| o.value == value.into());
        found.unwrap_or_else(|| panic!("no {value}")).observation_id.clone()
    };
    let told = |id: &str| {
        let ran = shiryo([Path::new("explain"), &out, Path::new(id)]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stdout
    };
    let total = told(&id(211));
    for words in ["【211】", "相談件数", "CONTRADICTS", "reckoned 201件", "paper.md", "less, because"]
    {
        assert!(total.contains(words), "{words} not in\n{total}");
    }
    let right = told(&id(59));
    assert!(right.contains("agrees: total 59人") && right.contains("same row"), "{right}");
    let sentence = told(&id(12));
    for words in ["出張相談会を【12回】開催した", "「令和6年度」 in the passage itself", "line 5"]
    {
        assert!(sentence.contains(words), "{words} not in\n{sentence}");
    }
    // The beginning of an id will do.
    let whole = id(12);
    let short: String = whole.chars().take(12).collect();
    assert_eq!(told(&short), sentence);
    let diagnostics: Vec<_> = read.diagnostics.iter().map(|d| d.message.as_str()).collect();
    assert!(diagnostics.iter().any(|m| m.contains("211件") && m.contains("201件")), "{diagnostics:?}");
    let checks = shiryo([Path::new("explain"), &out, Path::new("--checks")]);
    assert!(
        checks.stdout.ends_with("2 figures checked against others, 1 contradicted\n"),
        "{}",
        checks.stdout
    );
}

#[test]
fn unknown_and_ambiguous_ids_and_missing_datasets_are_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dataset(dir.path());
    let unknown = shiryo([Path::new("explain"), &out, Path::new("zzz")]);
    assert_eq!(unknown.code, 1);
    assert!(unknown.stderr.contains("zzz"), "{}", unknown.stderr);
    let empty = shiryo([Path::new("explain"), &out, Path::new("")]);
    assert_eq!(empty.code, 2, "{}", empty.stderr);
    let nowhere = shiryo([Path::new("explain"), &dir.path().join("nowhere"), Path::new("a")]);
    assert_eq!(nowhere.code, 1);
    assert!(nowhere.stderr.contains("nowhere"), "{}", nowhere.stderr);
}

#[test]
fn every_row_of_a_real_paper_can_be_explained() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let ran = extract(&[&fixture("typst")], &out, &["--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for listed in shiryo_dataset::read(&out).expect("the dataset reads back").documents {
        let document = shiryo_dataset::read_document(&out, &listed.id).expect("the document reads back");
        for (i, o) in document.observations.iter().enumerate() {
            let told = shiryo::explain::explain(&document, i).expect("an explanation");
            assert!(told.contains(&o.observation_id) && told.contains("Evidence"), "{told}");
        }
        assert_eq!(shiryo::explain::explain(&document, document.observations.len()), None);
    }
}

#[test]
fn catalogues_are_listed_tested_checked_and_laid_over_the_embedded_one() {
    let list = shiryo(["catalog", "list", "--topic", "library"]);
    assert!(list.stdout.contains("library.holdings\t蔵書数\tLibrary holdings\tcount\t"), "{}", list.stdout);
    let test = shiryo(["catalog", "test", "参加者数 24名"]);
    assert!(test.stdout.contains("→ sessions.attendance") && test.code == 0, "{}", test.stdout);
    assert_eq!(shiryo(["catalog", "test", "なにか", "--unit", "件"]).code, 1);
    assert_eq!(shiryo(["catalog", "lint"]).code, 0);

    let dir = tempfile::tempdir().expect("a folder");
    let own = dir.path().join("own.toml");
    let measure =
        "[[measure]]\nid = 'own.visits'\nja = '出張相談会'\nen = 'Visits'\nkind = 'count'\nunits = ['回']\n";
    let lint = |text: &str| {
        fs::write(&own, text).expect("the catalogue is written");
        shiryo([Path::new("catalog"), Path::new("lint"), &own])
    };
    let broken = lint(&format!("{measure}cue = ['出張']\n"));
    assert_eq!(broken.code, 1);
    assert!(broken.stderr.contains("own.toml:7:1: "), "{}", broken.stderr);
    let good = format!(
        "extends = 'embedded'\n{measure}cues = ['実施回数 出張相談会', '開催回数 出張相談会', '出張相談会']\n"
    );
    assert_eq!(lint(&good).code, 0);

    let (paper, out) = (dir.path().join("paper.md"), dir.path().join("out"));
    fs::write(&paper, PAPER).expect("the paper is written");
    let catalog = own.to_string_lossy().into_owned();
    let ran = extract(&[&paper], &out, &["--format", "json", "--catalog", &catalog]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let measures: Vec<_> =
        shiryo_dataset::read(&out).expect("reads back").observations.into_iter().map(|o| o.measure).collect();
    for wanted in ["own.visits", "sessions.attendance", "consultations"] {
        assert!(measures.iter().any(|m| m == wanted), "{wanted} not in {measures:?}");
    }
}
