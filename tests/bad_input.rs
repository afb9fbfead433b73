//! Bad input: a clear message that names the file, the right exit code, nothing lost of the rest.

// Helpers of tests, too, may stop at the first surprise.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use common::{NO_PAGES, PAPER, contents, fixture, noise, shiryo};
use std::fs;
use std::path::Path;

/// Runs `shiryo extract FILE -o OUT` on one file of the given content.
fn extract_one(name: &str, content: &[u8]) -> (common::Ran, bool) {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join(name);
    fs::write(&file, content).expect("the file is written");
    let out = dir.path().join("out");
    let ran = shiryo([Path::new("extract"), &file, Path::new("-o"), &out]);
    let exists = out.exists();
    let left: Vec<_> = fs::read_dir(dir.path()).expect("readable").filter_map(Result::ok).collect();
    assert_eq!(left.len(), 1 + usize::from(exists), "nothing else is left beside the output: {left:?}");
    (ran, exists)
}

#[test]
fn single_bad_files_are_named_with_the_reason() {
    let truncated = fs::read(fixture("chromium/midorino-2024-progress.pdf")).expect("fixture");
    let truncated = &truncated[..2000];
    let cases: [(&str, &[u8], &str); 6] = [
        ("空.pdf", b"", "empty"),
        ("blank.txt", "\n 　\n".as_bytes(), "white space"),
        ("no-pages.pdf", NO_PAGES.as_bytes(), "pages"),
        ("truncated.pdf", truncated, "truncated.pdf"),
        ("noise.txt", &noise(5000), "neither a PDF nor text"),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x01\x00", "neither a PDF nor text"),
    ];
    for (name, content, reason) in cases {
        let (ran, written) = extract_one(name, content);
        assert_eq!(ran.code, 1, "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains(name) && ran.stderr.contains(reason), "{name}: {}", ran.stderr);
        assert!(!written, "{name}: nothing could be done, nothing is written");
        assert!(!ran.stderr.contains("panicked"), "{name}: {}", ran.stderr);
    }
}

#[test]
fn one_file_commands_name_the_file_and_the_reason() {
    let dir = tempfile::tempdir().expect("a folder");
    let noise_file = dir.path().join("noise.pdf");
    fs::write(&noise_file, noise(3000)).expect("written");
    for command in ["text", "tables", "annotate"] {
        let ran = shiryo([Path::new(command), &noise_file]);
        assert_eq!(ran.code, 1, "{command}: {}", ran.stderr);
        assert!(ran.stderr.contains("noise.pdf"), "{command}: {}", ran.stderr);
        assert!(ran.stdout.is_empty(), "{command}");
        let ran = shiryo([Path::new(command), Path::new("無い.pdf")]);
        assert_eq!(ran.code, 1, "{command}");
        assert!(ran.stderr.contains("無い.pdf"), "{command}: {}", ran.stderr);
    }
}

#[test]
fn type_is_told_by_content_not_by_name() {
    let pdf = fs::read(fixture("typst/kitahara-2024-evaluation.pdf")).expect("fixture");
    let (ran, written) = extract_one("pdf-named.txt", &pdf);
    assert_eq!((ran.code, written), (0, true), "{}", ran.stderr);
    let (ran, written) = extract_one("text-named.pdf", PAPER.as_bytes());
    assert_eq!((ran.code, written), (0, true), "{}", ran.stderr);
}

#[test]
fn every_encoding_gives_the_same_observations() {
    let read = |bytes: &[u8]| {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join("paper.txt"), bytes).expect("written");
        let ran = shiryo([Path::new("text"), &dir.path().join("paper.txt")]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stdout
    };
    let expected = read(PAPER.as_bytes());
    assert!(expected.contains("12,345件"), "{expected}");
    let utf16 = |units: fn(u16) -> [u8; 2]| PAPER.encode_utf16().flat_map(units).collect::<Vec<u8>>();
    assert_eq!(read(&[b"\xef\xbb\xbf", PAPER.as_bytes()].concat()), expected, "UTF-8 with BOM");
    assert_eq!(read(&encoding_rs::SHIFT_JIS.encode(PAPER).0), expected, "Shift_JIS");
    assert_eq!(read(&encoding_rs::EUC_JP.encode(PAPER).0), expected, "EUC-JP");
    assert_eq!(read(&[b"\xff\xfe".as_slice(), &utf16(u16::to_le_bytes)].concat()), expected, "UTF-16LE");
    assert_eq!(read(&[b"\xfe\xff".as_slice(), &utf16(u16::to_be_bytes)].concat()), expected, "UTF-16BE");
    assert_eq!(read(&PAPER.replace('\n', "\r\n").into_bytes()), expected, "CR LF");
}

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let dir = tempfile::tempdir().expect("a folder");
    let papers = dir.path().join("資料");
    fs::create_dir_all(papers.join("下位")).expect("created");
    for (name, content) in [
        ("a.txt", PAPER.as_bytes()),
        ("b-empty.pdf", b"".as_slice()),
        ("c-no-pages.pdf", NO_PAGES.as_bytes()),
        ("d-image.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"),
        ("下位/e.txt", "別の資料\n令和５年度の参加者は30人\n".as_bytes()),
        ("f-copy.txt", PAPER.as_bytes()),
    ] {
        fs::write(papers.join(name), content).expect("written");
    }
    let out = dir.path().join("out");
    let ran = shiryo([Path::new("extract"), &papers, Path::new("-o"), &out]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    for name in ["b-empty.pdf", "c-no-pages.pdf", "d-image.png", "f-copy.txt"] {
        assert!(ran.stderr.contains(name), "{name} is named: {}", ran.stderr);
    }
    let dataset = shiryo_dataset::read(&out).expect("the dataset reads back");
    let sources: Vec<_> = dataset.documents.iter().map(|d| (d.source.as_str(), d.status)).collect();
    use shiryo_model::DocumentStatus::{Complete, Failed};
    // Both empty PDFs are there, each once; the copy of a.txt stands for itself in a diagnostic.
    assert_eq!(
        sources,
        [("a.txt", Complete), ("b-empty.pdf", Failed), ("c-no-pages.pdf", Failed), ("下位/e.txt", Complete)]
    );
    for name in ["b-empty.pdf", "c-no-pages.pdf", "d-image.png", "f-copy.txt"] {
        assert!(dataset.diagnostics.iter().any(|d| d.source == name), "{name} is in the dataset");
    }
}

#[test]
fn skipped_files_alone_do_not_fail_a_run() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("a.txt"), PAPER).expect("written");
    fs::write(dir.path().join("b.png"), b"\x89PNG\r\n\x1a\n\x00\x00").expect("written");
    let ran = shiryo([Path::new("extract"), dir.path(), Path::new("-o"), &dir.path().join("out")]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("b.png"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_reported_and_the_rest_is_done() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let dir = tempfile::tempdir().expect("a folder");
    let papers = dir.path().join("in");
    fs::create_dir(&papers).expect("created");
    fs::write(papers.join("a.txt"), PAPER).expect("written");
    symlink(dir.path().join("nowhere"), papers.join("dangling.pdf")).expect("linked");
    fs::write(papers.join("locked.pdf"), "x").expect("written");
    fs::set_permissions(papers.join("locked.pdf"), fs::Permissions::from_mode(0o000)).expect("changed");
    let ran = shiryo([Path::new("extract"), &papers, Path::new("-o"), &dir.path().join("out")]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("dangling.pdf"), "{}", ran.stderr);
    // The superuser may read anything.
    if fs::read(papers.join("locked.pdf")).is_err() {
        assert!(ran.stderr.contains("locked.pdf"), "{}", ran.stderr);
    }
    assert!(dir.path().join("out/dataset.json").exists());
}

#[test]
fn nothing_to_read_is_said() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let empty = dir.path().join("empty");
    fs::create_dir(&empty).expect("created");
    let ran = shiryo([Path::new("extract"), &empty, Path::new("-o"), &out]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("empty"), "{}", ran.stderr);
    fs::write(empty.join("x.png"), b"\x89PNG\r\n\x1a\n\x00").expect("written");
    let ran = shiryo([Path::new("extract"), &empty, Path::new("-o"), &out]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let ran = shiryo([Path::new("extract"), &dir.path().join("無い"), Path::new("-o"), &out]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("無い"), "{}", ran.stderr);
    assert!(!out.exists());
}

#[test]
fn wrong_usage_is_exit_code_2() {
    for args in [
        vec![],
        vec!["extract"],
        vec!["extract", "x.pdf"],
        vec!["frobnicate"],
        vec!["extract", "x", "-o", "y", "--format", "pdf"],
        vec!["text", "x.pdf", "--pages", "3-1"],
        vec!["text", "x.pdf", "--pages", "0"],
        vec!["annotate", "--reference-date", "2024-13-01"],
        vec!["schema", "nonsense"],
    ] {
        let ran = shiryo(&args);
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.stderr);
        assert!(!ran.stderr.is_empty(), "{args:?}");
    }
}

#[test]
fn other_peoples_folders_are_not_swallowed() {
    let dir = tempfile::tempdir().expect("a folder");
    let (paper, out) = (dir.path().join("a.txt"), dir.path().join("out"));
    fs::write(&paper, PAPER).expect("written");
    fs::create_dir(&out).expect("created");
    fs::write(out.join("大事.txt"), "mine").expect("written");
    let extract = |more: &[&str]| {
        let mut args = vec![Path::new("extract"), &paper, Path::new("-o"), &out];
        args.extend(more.iter().map(Path::new));
        shiryo(args)
    };
    let ran = extract(&[]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("--force"), "{}", ran.stderr);
    assert_eq!(contents(&out).len(), 1, "nothing was written");
    assert_eq!(extract(&["--force"]).code, 0);
    assert!(out.join("dataset.json").exists());
    // Now it is a dataset: it is replaced without asking, and what is not shiryo's stays.
    let ran = extract(&["--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(fs::read_to_string(out.join("大事.txt")).expect("still there"), "mine");
    assert!(!out.join("observations.csv").exists(), "files of the earlier run are gone");
    fs::write(dir.path().join("file"), "x").expect("written");
    let ran = shiryo([Path::new("extract"), &paper, Path::new("-o"), &dir.path().join("file")]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
}

#[test]
fn an_earlier_dataset_stays_when_nothing_can_be_read() {
    let dir = tempfile::tempdir().expect("a folder");
    let (paper, bad, out) = (dir.path().join("a.txt"), dir.path().join("b.pdf"), dir.path().join("out"));
    fs::write(&paper, PAPER).expect("written");
    fs::write(&bad, "").expect("written");
    assert_eq!(shiryo([Path::new("extract"), &paper, Path::new("-o"), &out]).code, 0);
    let before = contents(&out);
    assert_eq!(shiryo([Path::new("extract"), &bad, Path::new("-o"), &out]).code, 1);
    assert_eq!(contents(&out), before);
}
