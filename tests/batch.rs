//! Batches: what goes wrong in one document costs no other one, and what was read is not read again.

#![cfg(unix)]
// Helpers of tests, too, may stop at the first surprise.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use common::{PAPER, contents, fixture, shiryo, shiryo_with};
use shiryo_dataset::{RunDocument, RunRecord, read_run};
use shiryo_model::{Dataset, DiagnosticCode, Document, DocumentStatus};
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn extract(input: &Path, out: &Path, more: &[&str]) -> common::Ran {
    let mut args = vec![Path::new("extract"), input, Path::new("-o"), out];
    args.extend(more.iter().map(Path::new));
    shiryo(args)
}

/// A PDF of seven pages with a planted fault.
fn faulty_pdf(fault: &str) -> Vec<u8> {
    let mut bytes = fs::read(fixture("chromium/minatosato-2025-slides.pdf")).expect("fixture");
    bytes.extend(format!("\n%SHIRYO-FAULT {fault}\n").as_bytes());
    bytes
}

fn faulty_text(fault: &str) -> Vec<u8> {
    format!("{PAPER}\n{fault}\nSHIRYO-FAULT {fault}\n").into_bytes()
}

fn folder(dir: &Path, files: &[(&str, &[u8])]) -> PathBuf {
    let papers = dir.join("資料");
    for (name, bytes) in files {
        let path = papers.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("created");
        fs::write(path, bytes).expect("written");
    }
    papers
}

fn document(out: &Path, source: &str) -> Document {
    let run = read_run(out).expect("run.json");
    let found = run.documents.iter().find(|d| d.source == source);
    let id = &found.unwrap_or_else(|| panic!("{source} is recorded")).id;
    shiryo_dataset::read_document(out, id).expect("the document reads back")
}

fn dataset(out: &Path) -> Dataset {
    shiryo_dataset::read(out).expect("the dataset reads back")
}

fn recorded(run: &RunRecord, source: &str) -> RunDocument {
    run.documents.iter().find(|d| d.source == source).cloned().unwrap_or_else(|| panic!("{source}"))
}

#[test]
fn what_goes_wrong_in_a_document_costs_that_document_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    let faults = ["loop", "allocate", "stack", "abort", "panic", "exit"];
    let good = fs::read(fixture("typst/kitahara-2024-evaluation.pdf")).expect("fixture");
    let papers = folder(dir.path(), &[("a.txt", PAPER.as_bytes()), ("z.pdf", &good)]);
    for fault in faults {
        fs::write(papers.join(format!("{fault}.txt")), faulty_text(&format!("{fault} layout")))
            .expect("written");
    }
    let out = dir.path().join("out");
    let ran = extract(
        &papers,
        &out,
        &["--planted-faults", "--timeout", "6", "--max-memory", "400M", "--jobs", "2"],
    );
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let reason = |fault: &str| {
        let d = document(&out, &format!("{fault}.txt"));
        assert_eq!(d.status, DocumentStatus::Failed, "{fault}");
        (d.diagnostics[0].code, d.diagnostics[0].message.clone())
    };
    for (fault, code, words) in [
        ("loop", DiagnosticCode::LimitReached, "--timeout 6 s"),
        ("allocate", DiagnosticCode::LimitReached, "--max-memory 400M"),
        ("stack", DiagnosticCode::LimitReached, "nested too deeply"),
        ("abort", DiagnosticCode::InternalError, "signal 6"),
        ("panic", DiagnosticCode::InternalError, "planted"),
        ("exit", DiagnosticCode::InternalError, "exit code 7"),
    ] {
        let (found, message) = reason(fault);
        assert!(found == code && message.contains(words), "{fault}: {found:?} {message}");
        assert!(message.contains("lines and tables"), "{fault}: the stage is named: {message}");
        assert!(ran.stderr.contains(&format!("{fault}.txt")), "{}", ran.stderr);
    }
    // The good ones are what they are alone, read in this process.
    let alone = dir.path().join("alone");
    for name in faults {
        fs::remove_file(papers.join(format!("{name}.txt"))).expect("removed");
    }
    assert_eq!(extract(&papers, &alone, &["--isolation", "thread"]).code, 0);
    for source in ["a.txt", "z.pdf"] {
        assert!(document(&out, source) == document(&alone, source), "{source}");
    }
}

#[test]
fn faults_are_not_obeyed_unasked() {
    let dir = tempfile::tempdir().expect("a folder");
    let papers = folder(dir.path(), &[("a.txt", &faulty_text("abort layout"))]);
    let ran = extract(&papers, &dir.path().join("out"), &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn good_pages_are_kept() {
    let dir = tempfile::tempdir().expect("a folder");
    let papers = folder(
        dir.path(),
        &[
            ("abort.pdf", &faulty_pdf("abort layout 2")),
            ("loop.pdf", &faulty_pdf("loop layout 5")),
            ("panic.pdf", &faulty_pdf("panic layout 6")),
            ("observe.pdf", &faulty_pdf("stack observe")),
            ("observe.txt", &faulty_text("abort observe")),
        ],
    );
    let out = dir.path().join("out");
    let ran = extract(&papers, &out, &["--planted-faults", "--timeout", "4"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    for (source, page) in [("abort.pdf", 2), ("loop.pdf", 5), ("panic.pdf", 6)] {
        let d = document(&out, source);
        let pages: Vec<u32> = d.pages.iter().map(|p| p.number).collect();
        let expected: Vec<u32> = (1..=7).filter(|p| *p != page).collect();
        assert_eq!((d.status, pages), (DocumentStatus::Incomplete, expected), "{source}");
        let why = d.diagnostics.iter().find(|x| x.page == Some(page)).expect("the page is named");
        assert!(why.message.contains("the page was left out"), "{}", why.message);
        assert!(
            !d.observations.is_empty() && d.observations.iter().all(|o| o.page != Some(page)),
            "{source}"
        );
    }
    // Where reading observations is what fails, text and tables stay.
    for source in ["observe.pdf", "observe.txt"] {
        let d = document(&out, source);
        assert_eq!(d.status, DocumentStatus::Incomplete, "{source}");
        assert!(!d.tables.is_empty() && d.observations.is_empty(), "{source}");
        assert!(d.diagnostics.iter().any(|x| x.message.contains("without observations")), "{source}");
    }
}

#[test]
fn limits_that_strike_are_named_and_raising_them_reads_what_they_struck() {
    let dir = tempfile::tempdir().expect("a folder");
    let slides = fs::read(fixture("chromium/minatosato-2025-slides.pdf")).expect("fixture");
    let long = "あ".repeat(1 << 20);
    let papers =
        folder(dir.path(), &[("a.txt", PAPER.as_bytes()), ("b.pdf", &slides), ("long.txt", long.as_bytes())]);
    let (out, fresh) = (dir.path().join("out"), dir.path().join("fresh"));
    let ran = extract(&papers, &out, &["--max-pages", "4", "--max-size", "1M"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("--max-pages 4") && ran.stderr.contains("--max-size 1M"), "{}", ran.stderr);
    assert_eq!(document(&out, "b.pdf").pages.len(), 4);
    fs::remove_file(papers.join("long.txt")).expect("removed");
    assert_eq!(extract(&papers, &out, &[]).code, 0);
    let run = read_run(&out).expect("run.json");
    assert!(recorded(&run, "a.txt").reused && !recorded(&run, "b.pdf").reused);
    assert_eq!(document(&out, "b.pdf").pages.len(), 7);
    // And lowering them again.
    assert_eq!(extract(&papers, &out, &["--max-pages", "4"]).code, 3);
    assert_eq!(extract(&papers, &fresh, &["--max-pages", "4"]).code, 3);
    assert_eq!(contents(&out), contents(&fresh));
}

#[test]
fn a_grown_folder_has_its_new_papers_read_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    let other = PAPER.replace("12,345", "777");
    let papers = folder(dir.path(), &[("a.txt", PAPER.as_bytes()), ("b.txt", other.as_bytes())]);
    for format in ["json,csv,xlsx", "csv"] {
        let (out, fresh) = (dir.path().join(format), dir.path().join(format!("fresh-{format}")));
        let options = ["--format", format];
        let reused = |more: &[&str]| {
            let ran = extract(&papers, &out, &[&options, more].concat());
            assert_eq!(ran.code, 0, "{}", ran.stderr);
            let run = read_run(&out).expect("run.json");
            let mut names: Vec<String> =
                run.documents.iter().filter(|d| d.reused).map(|d| d.source.clone()).collect();
            names.sort();
            names.join(" ")
        };
        let _ = fs::remove_file(papers.join("c.txt"));
        fs::write(papers.join("b.txt"), &other).expect("written");
        assert_eq!(reused(&[]), "");
        assert_eq!(reused(&[]), "a.txt b.txt");
        fs::write(papers.join("c.txt"), PAPER.replace("12,345", "888")).expect("written");
        assert_eq!(reused(&[]), "a.txt b.txt");
        // Changed: read again. Renamed: known, under its new name.
        fs::write(papers.join("b.txt"), PAPER.replace("12,345", "999")).expect("written");
        fs::rename(papers.join("a.txt"), papers.join("a2.txt")).expect("renamed");
        assert_eq!(reused(&[]), "a2.txt c.txt");
        assert_eq!(extract(&papers, &fresh, &options).code, 0);
        let dataset_only = |folder: &Path| {
            let mut files = contents(folder);
            files.retain(|name, _| !name.starts_with(".shiryo"));
            files
        };
        assert_eq!(dataset_only(&out), dataset_only(&fresh), "{format}");
        assert_eq!(
            out.join(".shiryo").exists(),
            format == "csv",
            "{format}: kept where nothing else holds results"
        );
        // What is asked for again, and what another catalogue touches.
        assert_eq!(reused(&["--fresh"]), "");
        let catalog = dir.path().join("measures.toml");
        let embedded = common::repository().join("crates/shiryo-metrics/measures.toml");
        let changed = fs::read_to_string(embedded).expect("the catalogue") + "\n# changed\n";
        fs::write(&catalog, changed).expect("written");
        assert_eq!(reused(&["--catalog", &catalog.to_string_lossy()]), "");
        fs::rename(papers.join("a2.txt"), papers.join("a.txt")).expect("renamed");
    }
}

#[test]
fn a_result_that_somebody_changed_is_not_taken_over() {
    let dir = tempfile::tempdir().expect("a folder");
    let papers = folder(dir.path(), &[("a.txt", PAPER.as_bytes())]);
    let out = dir.path().join("out");
    assert_eq!(extract(&papers, &out, &[]).code, 0);
    let before = contents(&out);
    let file = out.join("documents").join(format!("{}.json", document(&out, "a.txt").id));
    let text = fs::read_to_string(&file).expect("readable").replace("12345", "99999");
    fs::write(&file, text).expect("written");
    assert_eq!(extract(&papers, &out, &[]).code, 0);
    assert!(!recorded(&read_run(&out).expect("run.json"), "a.txt").reused);
    assert_eq!(contents(&out), before);
}

/// Starts a run that hangs on one document until it is killed or that document's time is over.
fn hanging(papers: &Path, out: &Path, timeout: &str) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_shiryo"))
        .args(["extract", "--planted-faults", "--timeout", timeout, "--jobs", "1", "-o"])
        .args([out, papers])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn results(out: &Path) -> usize {
    let list =
        fs::read_dir(out.join(".shiryo/results")).map(|l| l.filter_map(Result::ok).collect::<Vec<_>>());
    list.unwrap_or_default().iter().filter(|e| e.file_name().to_string_lossy().ends_with(".json")).count()
}

/// Processes whose parent is `pid`.
fn children(pid: u32) -> Vec<u32> {
    let mut found = Vec::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Ok(number) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let parent = stat.rsplit_once(") ").and_then(|(_, rest)| rest.split(' ').nth(1)?.parse::<u32>().ok());
        if parent == Some(pid) && !stat.contains(") Z ") {
            found.push(number);
        }
    }
    found
}

fn is_running(pid: u32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|s| !s.contains(") Z "))
}

#[cfg(target_os = "linux")]
#[test]
fn a_killed_run_goes_on_and_its_workers_do_not_outlive_it() {
    let dir = tempfile::tempdir().expect("a folder");
    let other = PAPER.replace("12,345", "777");
    let hang = faulty_text("loop layout");
    let papers =
        folder(dir.path(), &[("a.txt", PAPER.as_bytes()), ("b.txt", other.as_bytes()), ("c.txt", &hang)]);
    let (out, whole) = (dir.path().join("out"), dir.path().join("whole"));
    let mut run = hanging(&papers, &out, "600");
    until("two documents are read", || results(&out) == 2);
    // The second run on the same folder is told so and leaves.
    let second = extract(&papers, &out, &[]);
    assert_eq!(second.code, 1, "{}", second.stderr);
    assert!(second.stderr.contains("another run"), "{}", second.stderr);
    let workers = children(run.id());
    assert_eq!(workers.len(), 1);
    run.kill().expect("killed");
    run.wait().expect("ended");
    until("the worker ends though its document hangs", || !workers.iter().any(|w| is_running(*w)));
    assert!(!out.join("dataset.json").exists() && !out.join("run.json").exists(), "no half dataset");
    let options = ["--planted-faults", "--timeout", "1"];
    assert_eq!(extract(&papers, &out, &options).code, 3);
    let record = read_run(&out).expect("run.json");
    assert!(record.resumed && record.counts.reused == 2, "{record:?}");
    assert_eq!(extract(&papers, &whole, &options).code, 3);
    assert_eq!(contents(&out), contents(&whole));
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_killed_from_outside_costs_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let papers = folder(dir.path(), &[("a.txt", PAPER.as_bytes()), ("b.txt", &faulty_text("loop layout"))]);
    let out = dir.path().join("out");
    let mut run = hanging(&papers, &out, "3");
    let mut victim = None;
    until("there is a worker", || {
        victim = children(run.id()).first().copied();
        victim.is_some() && results(&out) == 1
    });
    let killed = Command::new("kill").args(["-9", &victim.expect("a worker").to_string()]).status();
    assert!(killed.expect("kill runs").success());
    let mut said = String::new();
    run.stderr.take().expect("piped").read_to_string(&mut said).expect("readable");
    assert_eq!(run.wait().expect("ended").code(), Some(3), "{said}");
    assert!(said.contains("--timeout 3 s") && !said.contains("signal"), "it was read again: {said}");
    assert_eq!(document(&out, "a.txt").status, DocumentStatus::Complete);
}

#[test]
fn memory_is_named_also_where_backtraces_are_wanted() {
    let dir = tempfile::tempdir().expect("a folder");
    let papers =
        folder(dir.path(), &[("a.txt", PAPER.as_bytes()), ("b.txt", &faulty_text("allocate layout"))]);
    let out = dir.path().join("out");
    let ran = Command::new(env!("CARGO_BIN_EXE_shiryo"))
        .args(["extract", "--planted-faults", "--max-memory", "400M", "-o"])
        .args([&out, &papers])
        .env("RUST_BACKTRACE", "full")
        .output()
        .expect("the program runs");
    assert_eq!(ran.status.code(), Some(3));
    let d = document(&out, "b.txt");
    assert!(d.diagnostics.iter().any(|d| d.message.contains("--max-memory 400M")), "{:?}", d.diagnostics);
}

#[test]
fn files_that_vanish_are_recorded() {
    let dir = tempfile::tempdir().expect("a folder");
    let papers = folder(
        dir.path(),
        &[
            ("a.txt", PAPER.as_bytes()),
            ("b.txt", &faulty_text("loop layout")),
            // The next file is opened while the one before it hangs; the one after that is not.
            ("c.txt", "次の資料".as_bytes()),
            ("d.txt", "その次の資料".as_bytes()),
        ],
    );
    let out = dir.path().join("out");
    let mut run = hanging(&papers, &out, "2");
    until("the first document is read", || results(&out) == 1);
    fs::remove_file(papers.join("d.txt")).expect("removed");
    assert_eq!(run.wait().expect("ended").code(), Some(3));
    assert!(
        dataset(&out).diagnostics.iter().any(|d| d.source == "d.txt" && d.message.contains("cannot be read"))
    );
}

fn zip_of(path: &Path, members: &[(&[u8], &[u8])]) {
    // Written by hand: names in Shift_JIS, and names that lead out of the folder, are not for a library to write.
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in members {
        let offset = u32::try_from(file.len()).expect("small");
        let (size, length) =
            (u32::try_from(bytes.len()).expect("small"), u16::try_from(name.len()).expect("short"));
        let mut entry = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        entry.extend(crc32(bytes).to_le_bytes());
        entry.extend(size.to_le_bytes());
        entry.extend(size.to_le_bytes());
        entry.extend(length.to_le_bytes());
        entry.extend([0, 0]);
        file.extend(b"PK\x03\x04");
        file.extend(&entry);
        file.extend(*name);
        file.extend(*bytes);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&entry);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(*name);
    }
    let (count, start) =
        (u16::try_from(members.len()).expect("few"), u32::try_from(file.len()).expect("small"));
    let size = u32::try_from(directory.len()).expect("small");
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(count.to_le_bytes());
    file.extend(count.to_le_bytes());
    file.extend(size.to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend([0, 0]);
    fs::write(path, file).expect("written");
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, b| {
        (0..8).fold(crc ^ u32::from(*b), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xEDB8_8320 } else { c >> 1 })
    })
}

#[test]
fn archives_are_read_and_write_nothing_outside_the_output() {
    let dir = tempfile::tempdir().expect("a folder");
    let papers = folder(dir.path(), &[("a.txt", PAPER.as_bytes())]);
    let other = PAPER.replace("12,345", "777");
    let (sjis, _, _) = encoding_rs::SHIFT_JIS.encode("表示/ソ連.txt");
    zip_of(
        &papers.join("過去.zip"),
        &[
            (&sjis, other.as_bytes()),
            (b"../../../escaped.txt", PAPER.replace("12,345", "888").as_bytes()),
            (b"nested.zip", b"PK\x03\x04rest"),
            (b"copy.txt", PAPER.as_bytes()),
        ],
    );
    zip_of(&papers.join("office.docx"), &[(b"[Content_Types].xml", b"<x/>")]);
    fs::write(papers.join("broken.zip"), b"PK\x03\x04 and no more").expect("written");
    let before = listing(dir.path());
    let out = dir.path().join("out");
    let ran = extract(&papers, &out, &[]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("broken.zip"), "{}", ran.stderr);
    let dataset = dataset(&out);
    let sources: Vec<_> = dataset.documents.iter().map(|d| d.source.as_str()).collect();
    assert_eq!(sources, ["a.txt", "過去.zip/escaped.txt", "過去.zip/表示/ソ連.txt"]);
    for (source, words) in [
        ("過去.zip/copy.txt", "same content as a.txt"),
        ("過去.zip/nested.zip", "neither"),
        ("office.docx", "neither"),
    ] {
        let d = dataset.diagnostics.iter().find(|d| d.source == source);
        assert!(d.is_some_and(|d| d.message.contains(words)), "{source}: {d:?}");
    }
    fs::remove_dir_all(&out).expect("removed");
    assert_eq!(listing(dir.path()), before, "nothing was written beside the output");
    assert!(!Path::new("/tmp/escaped.txt").exists());
}

/// Every path below `folder` with its length.
fn listing(folder: &Path) -> Vec<(PathBuf, u64)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("readable").flatten() {
        let m = entry.metadata().expect("there");
        if m.is_dir() {
            found.extend(listing(&entry.path()));
        }
        found.push((entry.path(), if m.is_dir() { 0 } else { m.len() }));
    }
    found.sort();
    found
}

#[test]
fn lists_patterns_long_names_and_links() {
    let dir = tempfile::tempdir().expect("a folder");
    let long = format!("{}.txt", "長".repeat(80));
    let papers = folder(
        dir.path(),
        &[
            ("r5/x.txt", PAPER.as_bytes()),
            ("r6/x.txt", PAPER.replace("12,345", "777").as_bytes()),
            (&long, PAPER.replace("12,345", "888").as_bytes()),
        ],
    );
    std::os::unix::fs::symlink(&papers, papers.join("r5/loop")).expect("linked");
    std::os::unix::fs::symlink(papers.join("r5/x.txt"), papers.join("r6/same.txt")).expect("linked");
    let out = dir.path().join("out");
    let sources = || -> Vec<String> { dataset(&out).documents.into_iter().map(|d| d.source).collect() };
    assert_eq!(extract(&papers, &out, &[]).code, 0);
    assert_eq!(sources(), ["r5/x.txt", "r6/x.txt", &long]);
    let pattern = papers.join("r[56]/*.txt");
    assert_eq!(extract(&pattern, &out, &[]).code, 0);
    assert_eq!(sources(), ["r5/x.txt", "r6/x.txt"]);
    let list = format!("{}\n\n{}\r\n", papers.join("r5/x.txt").display(), papers.join(&long).display());
    let ran = shiryo_with(
        [Path::new("extract"), "--files-from".as_ref(), "-".as_ref(), "-o".as_ref(), &out],
        &list,
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(sources(), ["x.txt", &long]);
}

#[test]
fn outputs_that_cannot_be_written_are_told_before_anything_is_read() {
    let dir = tempfile::tempdir().expect("a folder");
    let papers = folder(dir.path(), &[("a.txt", PAPER.as_bytes())]);
    // Not even the superuser writes there.
    let ran = extract(&papers, Path::new("/proc/shiryo-out"), &[]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("/proc/shiryo-out"), "{}", ran.stderr);
    let locked = dir.path().join("locked");
    fs::create_dir(&locked).expect("created");
    fs::set_permissions(&locked, std::os::unix::fs::PermissionsExt::from_mode(0o555)).expect("changed");
    if fs::write(locked.join("try"), "").is_err() {
        let ran = extract(&papers, &locked.join("out"), &[]);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(ran.stderr.contains("locked"), "{}", ran.stderr);
    }
}

/// A file system of one megabyte that is full after the first documents: needs the right to mount one.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let pdf = fs::read(fixture("chromium/minatosato-2025-slides.pdf")).expect("fixture");
    let papers = folder(dir.path(), &[("a.txt", PAPER.as_bytes()), ("b.pdf", &pdf)]);
    let small = dir.path().join("small");
    fs::create_dir(&small).expect("created");
    let mounted =
        Command::new("mount").args(["-t", "tmpfs", "-o", "size=160k", "tmpfs"]).arg(&small).output();
    if !mounted.is_ok_and(|o| o.status.success()) {
        println!("skipped: no right to mount a small file system here");
        return;
    }
    let out = small.join("out");
    let ran = extract(&papers, &out, &["--format", "json,csv"]);
    let half = contents(&small);
    let more = Command::new("mount").args(["-o", "remount,size=64m"]).arg(&small).status();
    let again = extract(&papers, &out, &["--format", "json,csv"]);
    let whole = dir.path().join("whole");
    let other = extract(&papers, &whole, &["--format", "json,csv"]);
    let same = contents(&out) == contents(&whole);
    let unmounted = Command::new("umount").arg(&small).status();
    assert!(more.is_ok_and(|s| s.success()) && unmounted.is_ok_and(|s| s.success()));
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("No space left"), "{}", ran.stderr);
    assert!(
        half.keys().all(|name| name.starts_with("out/.shiryo")),
        "nothing half-written: {:?}",
        half.keys()
    );
    assert_eq!((again.code, other.code), (0, 0), "{}", again.stderr);
    assert!(same, "on another file system it is the same");
}

#[test]
fn progress_and_logs_are_lines_of_json() {
    let dir = tempfile::tempdir().expect("a folder");
    let papers = folder(dir.path(), &[("a.txt", PAPER.as_bytes()), ("b.pdf", b"")]);
    let out = dir.path().join("out");
    for isolation in ["process", "thread"] {
        let more = ["--progress", "json", "--log-format", "json", "--isolation", isolation, "--fresh"];
        let ran = extract(&papers, &out, &more);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        let lines: Vec<serde_json::Value> = ran
            .stderr
            .lines()
            .map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{e}: {l}")))
            .collect();
        let event = |name: &str| lines.iter().filter(|l| l["event"] == name).count();
        assert_eq!((event("document"), event("summary"), event("error")), (2, 1, 1), "{}", ran.stderr);
        let stages: Vec<&str> = lines.iter().filter_map(|l| l["span"]["stage"].as_str()).collect();
        for stage in ["open", "layout", "observe"] {
            assert!(stages.contains(&stage), "{isolation}: {stage} in {stages:?}");
        }
        let summary = lines.iter().find(|l| l["event"] == "summary").expect("counted");
        assert_eq!(summary["not_complete"][0]["source"], "b.pdf");
        let record = recorded(&read_run(&out).expect("run.json"), "a.txt");
        assert!(record.stages.contains_key("observe"), "{record:?}");
    }
}

#[test]
fn a_worker_is_no_command_for_people() {
    let ran = shiryo(["worker"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    let mut worker = Command::new(env!("CARGO_BIN_EXE_shiryo"))
        .arg("worker")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let _ = worker.stdin.take().expect("piped").write_all(&[0xff; 100]);
    assert_eq!(worker.wait().expect("ends").code(), Some(2));
}

/// The batch as other programs use it: threads, and a callback for every document.
#[test]
fn a_program_can_run_a_batch_itself() {
    use shiryo::batch::{BatchOptions, ProgressMode, run_with};
    let dir = tempfile::tempdir().expect("a folder");
    let papers = folder(dir.path(), &[("a.txt", PAPER.as_bytes()), ("b.pdf", b"")]);
    let options = BatchOptions {
        inputs: vec![papers],
        out: dir.path().join("out"),
        progress: ProgressMode::None,
        ..BatchOptions::default()
    };
    let mut seen = Vec::new();
    let summary =
        run_with(&options, &shiryo::Pipeline::default(), &mut |d| seen.push((d.source.clone(), d.status)));
    assert!(!summary.expect("it runs").all_done());
    assert_eq!(
        seen,
        [("a.txt".to_owned(), DocumentStatus::Complete), ("b.pdf".to_owned(), DocumentStatus::Failed)]
    );
}
