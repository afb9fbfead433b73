//! The published JSON Schemas are current, and everything written follows them.

// Helpers of tests, too, may stop at the first surprise.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use common::{fixture, repository, shiryo, shiryo_with};
use serde_json::Value;
use std::fs;
use std::path::Path;

const NAMES: [&str; 6] = ["dataset", "document", "observation", "table", "annotation", "run"];

fn schema(name: &str) -> String {
    let ran = shiryo(["schema", name]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

/// Asserts that `instance` follows the schema `name`.
fn assert_valid(name: &str, instance: &Value) {
    let schema: Value = serde_json::from_str(&schema(name)).expect("a schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema is a schema");
    let errors: Vec<String> =
        validator.iter_errors(instance).take(5).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).expect("the file is there")).expect("the file is JSON")
}

#[test]
fn published_schemas_are_current() {
    for name in NAMES {
        let path = repository().join(format!("docs/schema/{name}.schema.json"));
        let published = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            published,
            schema(name),
            "write it again: shiryo schema {name} > docs/schema/{name}.schema.json"
        );
    }
    let listed = shiryo(["schema"]).stdout;
    assert!(NAMES.iter().all(|n| listed.contains(n)), "{listed}");
}

#[test]
fn everything_written_follows_its_schema() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let (text, pdf) = (fixture("text"), fixture("typst"));
    let ran = shiryo([Path::new("extract"), &text, &pdf, Path::new("-o"), &out]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let dataset = json(&out.join("dataset.json"));
    assert_valid("dataset", &dataset);
    assert_valid("run", &json(&out.join("run.json")));
    let list = |name: &str| dataset[name].as_array().expect("a list").clone();
    assert!(!list("observations").is_empty() && !list("tables").is_empty());
    // One of each by itself; the dataset's schema has judged all of them.
    assert_valid("observation", &list("observations")[0]);
    assert_valid("table", &list("tables")[0]);
    for entry in fs::read_dir(out.join("documents")).expect("documents") {
        assert_valid("document", &json(&entry.expect("an entry").path()));
    }
}

#[test]
fn annotations_follow_their_schema() {
    let ran = shiryo_with(["annotate", "-"], "令和５年度は約16億円、参加者は20～30人の予定。\n費用は未定\n");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.lines().count() >= 3, "{}", ran.stdout);
    for line in ran.stdout.lines() {
        assert_valid("annotation", &serde_json::from_str(line).expect("a line is JSON"));
    }
}
