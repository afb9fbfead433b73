//! Soak test: many documents, a tenth of them broken, some planted to hang, eat memory, overflow the stack and abort.
//!
//! Small here; `SHIRYO_SOAK=10000 cargo test --release -p shiryo --test batch_soak -- --nocapture` is the whole thing, and
//! docs/batches.md has its figures.

#![cfg(target_os = "linux")]
// Helpers of tests, too, may stop at the first surprise.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use common::Random;
use serde_json::Value;
use shiryo_dataset::read_run;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Of so many documents one is broken by seeded mutation.
const BROKEN: usize = 10;
const FAULTS: [&str; 6] = ["loop", "allocate", "stack", "abort", "panic", "exit"];

/// Fixtures as bytes, with their file ending.
fn bases() -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for folder in ["text", "typst", "chromium", "weasyprint"] {
        let mut names: Vec<PathBuf> = fs::read_dir(common::fixture(folder))
            .expect("fixtures")
            .map(|e| e.expect("an entry").path())
            .collect();
        names.sort();
        for path in names.iter().filter(|p| !p.to_string_lossy().ends_with(".jsonl")) {
            let ending = path.extension().expect("an ending").to_string_lossy().into_owned();
            let bytes = fs::read(path).expect("readable");
            // Where a line can be added.
            if ending == "pdf" || std::str::from_utf8(&bytes).is_ok() {
                found.push((ending, bytes));
            }
        }
    }
    found
}

/// The same paper as another file: what is added says nothing.
fn distinct(ending: &str, mut bytes: Vec<u8>, number: usize) -> Vec<u8> {
    if ending == "pdf" {
        bytes.extend(format!("\n% {number}\n").as_bytes());
    } else {
        // Lines of one or two spaces.
        let lines: String =
            format!("{number:b}").chars().map(|c| if c == '0' { "\n " } else { "\n  " }).collect();
        bytes.extend(format!("{lines}\n").as_bytes());
    }
    bytes
}

fn mutated(mut bytes: Vec<u8>, random: &mut Random) -> Vec<u8> {
    match random.below(4) {
        0 => bytes.truncate(random.below(bytes.len())),
        1 => {
            let (from, n) = (random.below(bytes.len()), random.below(2000));
            bytes.drain(from..bytes.len().min(from + n));
        }
        2 => {
            for _ in 0..random.below(200) {
                let at = random.below(bytes.len());
                bytes[at] = u8::try_from(random.below(256)).expect("a byte");
            }
        }
        _ => {
            let (from, to) = (random.below(bytes.len()), random.below(bytes.len()));
            let piece = bytes[from..bytes.len().min(from + 500)].to_vec();
            bytes.splice(to..to, piece);
        }
    }
    bytes
}

/// What each file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Good; its base.
    Good(usize),
    Broken,
    Planted(usize),
}

/// Of so many documents one carries a fault: all kinds in a small run, too.
fn planted(count: usize) -> usize {
    if count < 600 { 10 } else { 100 }
}

fn write_papers(folder: &Path, count: usize, bases: &[(String, Vec<u8>)]) -> BTreeMap<String, Kind> {
    let mut random = Random::new(0x2545_F491_4F6C_DD1D);
    let mut kinds = BTreeMap::new();
    for number in 0..count {
        let base = random.below(bases.len());
        let (ending, bytes) = &bases[base];
        let bytes = distinct(ending, bytes.clone(), number);
        let every = planted(count);
        let (kind, bytes) = if number % every == every / 2 {
            let fault = number / every % FAULTS.len();
            let line = format!("\n%SHIRYO-FAULT {} layout\n", FAULTS[fault]);
            (Kind::Planted(fault), [bytes, line.into_bytes()].concat())
        } else if number % BROKEN == 3 {
            (Kind::Broken, mutated(bytes, &mut random))
        } else {
            (Kind::Good(base), bytes)
        };
        let name = format!("{:03}/{number:05}.{ending}", number / 100);
        let path = folder.join(&name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        fs::write(path, bytes).expect("written");
        kinds.insert(name, kind);
    }
    kinds
}

/// A document without what comes from its name and its bytes.
fn plain(out: &Path, id: &str) -> Value {
    let text = fs::read_to_string(out.join(format!("documents/{id}.json"))).expect("the document is there");
    let mut value: Value = serde_json::from_str(&text.replace(id, "ID")).expect("JSON");
    for key in ["source", "sha256", "bytes"] {
        value.as_object_mut().expect("an object").remove(key);
    }
    for o in value["observations"].as_array_mut().expect("a list") {
        let o = o.as_object_mut().expect("an object");
        o.remove("observation_id");
        o.remove("source");
    }
    for d in value["diagnostics"].as_array_mut().expect("a list") {
        d.as_object_mut().expect("an object").remove("source");
    }
    value
}

/// Kilobytes of memory a process has.
fn resident(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?.trim().trim_end_matches(" kB").parse().ok()
}

#[test]
fn every_good_document_is_complete_and_every_bad_one_recorded() {
    let count = std::env::var("SHIRYO_SOAK").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let dir = tempfile::tempdir().expect("a folder");
    let bases: Vec<_> = bases().into_iter().step_by(if count < 600 { 4 } else { 1 }).collect();
    // Each base alone, in a process of its own.
    let singles: Vec<Value> = bases
        .iter()
        .enumerate()
        .map(|(n, (ending, bytes))| {
            let (file, out) =
                (dir.path().join(format!("base.{ending}")), dir.path().join(format!("single-{n}")));
            fs::write(&file, distinct(ending, bytes.clone(), count + n)).expect("written");
            let ran = common::shiryo([
                Path::new("extract"),
                &file,
                Path::new("-o"),
                &out,
                "--isolation=thread".as_ref(),
            ]);
            assert_eq!(ran.code, 0, "{}", ran.stderr);
            plain(&out, &read_run(&out).expect("run.json").documents[0].id)
        })
        .collect();
    let (papers, out) = (dir.path().join("papers"), dir.path().join("out"));
    let kinds = write_papers(&papers, count, &bases);
    let began = Instant::now();
    let mut run = Command::new(env!("CARGO_BIN_EXE_shiryo"))
        .args([
            "extract",
            "--planted-faults",
            "--timeout",
            "5",
            "--max-memory",
            "1G",
            "--progress",
            "none",
            "-o",
        ])
        .args([&out, &papers])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let mut memory = Vec::new();
    let code = loop {
        if let Some(status) = run.try_wait().expect("waited for") {
            break status.code();
        }
        memory.push((began.elapsed(), resident(run.id()).unwrap_or_default() / 1024));
        std::thread::sleep(Duration::from_millis(if count > 1000 { 1000 } else { 50 }));
    };
    let took = began.elapsed();
    assert_eq!(code, Some(3));
    let run = read_run(&out).expect("run.json");
    let by_source: BTreeMap<&str, _> = run.documents.iter().map(|d| (d.source.as_str(), d)).collect();
    let passed_over: Vec<&str> = run.skipped.iter().map(|s| s.source.as_str()).collect();
    let (mut good, mut reasons) = (0, BTreeMap::new());
    for (source, kind) in &kinds {
        let recorded = by_source.get(source.as_str());
        match kind {
            Kind::Good(base) => {
                let d = recorded.unwrap_or_else(|| panic!("{source} is missing"));
                let (now, alone) = (plain(&out, &d.id), &singles[*base]);
                for (key, value) in alone.as_object().expect("an object") {
                    assert!(now[key] == *value, "{source}: {key} is {}, alone {value}", now[key]);
                }
                good += 1;
            }
            Kind::Planted(fault) => {
                let d = recorded.unwrap_or_else(|| panic!("{source} is missing"));
                assert!(!d.reasons.is_empty(), "{source}, {}: {d:?}", FAULTS[*fault]);
                let reason = d.reasons.join("; ");
                let key = format!(
                    "{}: {:?}: {}",
                    FAULTS[*fault],
                    d.status,
                    reason.split(" (").next().unwrap_or("")
                );
                *reasons.entry(key.replace(|c: char| c.is_ascii_digit(), "#")).or_insert(0) += 1;
            }
            Kind::Broken => {
                let outcome = match recorded {
                    Some(d) => format!("broken: {:?}", d.status),
                    None => {
                        assert!(passed_over.contains(&source.as_str()), "{source} is not recorded");
                        "broken: passed over".to_owned()
                    }
                };
                *reasons.entry(outcome).or_insert(0) += 1;
            }
        }
    }
    println!(
        "{count} documents in {:.0} s, {} pages; {good} good ones as alone",
        took.as_secs_f64(),
        run.counts.pages
    );
    for (reason, n) in reasons {
        println!("{n:6} {reason}");
    }
    let at = |part: usize| memory.get(memory.len() * part / 10).map_or(0, |(_, m)| *m);
    let most = memory.iter().map(|(_, m)| *m).max().unwrap_or_default();
    println!(
        "memory of the parent: {} MB at 10 %, {} at 50 %, {} at 90 %, {most} at most",
        at(1),
        at(5),
        at(9)
    );
}
