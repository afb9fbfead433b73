//! Faults of a catalogue and where they are told to be.

use super::{Catalog, CatalogError};

const GOOD: &str =
    "[[measure]]\nid = 'a.b'\nja = '件数'\nen = 'cases'\nkind = 'count'\nunits = ['件']\ncues = ['件数']\n";

fn fault(text: &str) -> CatalogError {
    Catalog::from_toml(text).expect_err("a fault")
}

#[test]
fn a_good_catalogue_reads() {
    let catalog = Catalog::from_toml(GOOD).expect("reads");
    assert_eq!(catalog.measures().len(), 1);
    assert_eq!(catalog.source(), GOOD);
    assert_eq!(catalog.get("a.b").map(|m| m.line), Some(2));
}

#[test]
fn faults_name_line_and_column() {
    for (from, to, line, column, word) in [
        ("'count'", "'counts'", 5, 8, "unknown kind"),
        ("['件']", "['12']", 6, 10, "bad unit"),
        ("['件']", "['円']", 6, 10, "bad unit"),
        ("['件']", "[]", 6, 9, "no units"),
        ("['件数']", "[]", 7, 8, "no cues"),
        ("['件数']", "[' ']", 7, 9, "empty cue"),
        ("'a.b'", "'A b'", 2, 6, "id"),
        ("en =", "english =", 4, 1, "unknown field"),
        ("ja = '件数'", "ja = 件数", 3, 6, ""),
    ] {
        let error = fault(&GOOD.replace(from, to));
        assert_eq!((error.line, error.column), (line, column), "{error}");
        assert!(error.message.contains(word), "{error}");
    }
}

#[test]
fn a_duplicate_id_names_both_lines() {
    let error = fault(&format!("{GOOD}{GOOD}"));
    assert_eq!(error.line, 9);
    assert!(error.message.contains("line 2"), "{error}");
    assert!(error.to_string().starts_with("line 9, column 6: "));
}

#[test]
fn garbage_is_an_error_not_a_panic() {
    for text in ["", "x", "[[measure]]", "[measure]\nid=1", "\u{feff}", "[[default]]\nunit=''\nlabel='x'"] {
        let _ = Catalog::from_toml(text);
    }
}
