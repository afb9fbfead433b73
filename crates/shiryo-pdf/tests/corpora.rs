//! Real papers, where the shared corpora are at hand: read whole, with every glyph decoded.

#![allow(clippy::unwrap_used)]

mod common;

use common::try_read;
use shiryo_model::{PageContent, Visibility};
use shiryo_pdf::ReadOptions;
use std::path::{Path, PathBuf};

fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")).join(folder);
    if !path.is_dir() {
        println!("skipped: {} is not here", path.display());
        return None;
    }
    Some(path)
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(folder) = todo.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|e| e == "pdf") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn pages(file: &Path) -> Vec<PageContent> {
    let (_, _, pages) = try_read(std::fs::read(file).unwrap(), &ReadOptions::default()).unwrap();
    pages
}

#[test]
fn every_glyph_of_government_papers_has_unicode() {
    for corpus in ["corpus/government", "corpus/clinics", "documents/pdf/chromium", "documents/pdf/word"] {
        let Some(folder) = shared(corpus) else { continue };
        for file in pdfs(&folder) {
            let pages = pages(&file);
            assert!(!pages.is_empty());
            for page in pages {
                assert_eq!(page.undecoded, 0, "{} page {}", file.display(), page.number);
                assert!(page.diagnostics.is_empty(), "{} {:?}", file.display(), page.diagnostics);
            }
        }
    }
}

/// Characters of the text that matter for the comparison.
fn bag(text: &str) -> std::collections::BTreeMap<char, usize> {
    let mut bag = std::collections::BTreeMap::new();
    // Producers differ in width and dashes; this test is about CJK, kana and digits.
    for c in text.chars().filter(|c| c.is_ascii_digit() || ('\u{3041}'..='\u{9FFF}').contains(c)) {
        *bag.entry(c).or_insert(0) += 1;
    }
    bag
}

#[test]
fn every_encoding_gives_the_right_characters() {
    let Some(folder) = shared("corpus/pdf-encodings") else { return };
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv")).unwrap();
    let (mut right, mut total) = (0, 0);
    for row in manifest.lines().skip(1) {
        let fields: Vec<&str> = row.split('\t').collect();
        let (Some(file), Some(expected)) = (fields.first(), fields.get(3)) else { continue };
        let Ok(expected) = std::fs::read_to_string(folder.join(expected)) else { continue };
        let want = bag(&expected);
        if want.is_empty() {
            continue;
        }
        let seen = |v: Visibility| matches!(v, Visibility::Visible | Visibility::Invisible);
        let text: String = pages(&folder.join(file))
            .iter()
            .flat_map(|p| {
                p.glyphs.iter().filter(|g| seen(g.visibility)).map(|g| g.text.to_string()).collect::<Vec<_>>()
            })
            .collect();
        let got = bag(&text);
        let shared: usize = want.iter().map(|(c, n)| got.get(c).copied().unwrap_or(0).min(*n)).sum();
        let all = want.values().sum::<usize>() + got.values().sum::<usize>();
        total += 1;
        if 2000 * shared >= 985 * all {
            right += 1;
        } else {
            println!("wrong: {file}");
        }
    }
    println!("{right} of {total} files right");
    // Two are images only, one was clipped by its producer, one font is hopeless.
    assert!(right + 5 >= total, "{right} of {total}");
}
