//! Kill test: SIGKILL of the parent or of workers at random moments of a batch, then the same command again.
//!
//! Small here; `SHIRYO_KILLS=50 SHIRYO_KILL_DOCUMENTS=300 cargo test --release -p shiryo --test batch_kill -- --nocapture` is
//! the whole thing, and docs/batches.md has its figures.

#![cfg(target_os = "linux")]
// Helpers of tests, too, may stop at the first surprise.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use common::{Random, contents, fixture};
use shiryo_dataset::read_run;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

fn papers(folder: &Path, count: u64) -> PathBuf {
    let papers = folder.join("papers");
    fs::create_dir(&papers).expect("created");
    let bases = ["typst/kitahara-2024-evaluation.pdf", "text/kitahara-2024-evaluation.txt"]
        .map(|b| fs::read(fixture(b)).expect("fixture"));
    for n in 0..count {
        let pdf = n % 3 != 0;
        let (base, ending) = if pdf { (&bases[0], "pdf") } else { (&bases[1], "txt") };
        let more = if pdf {
            format!("\n% {n}\n")
        } else {
            format!("\n令和５年度の相談は{n}件であった。\n")
        };
        fs::write(papers.join(format!("{n:04}.{ending}")), [base, more.as_bytes()].concat())
            .expect("written");
    }
    papers
}

fn start(papers: &Path, out: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_shiryo"))
        .args(["extract", "--jobs", "2", "--format", "json,csv", "--progress", "none", "-o"])
        .args([out, papers])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts")
}

fn workers(pid: u32) -> Vec<u32> {
    let text = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    // Workers are started by threads of the parent.
    let threads = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let more = threads.map(|t| fs::read_to_string(t.path().join("children")).unwrap_or_default());
    let all: Vec<String> = more.chain([text]).collect();
    let mut found: Vec<u32> =
        all.iter().flat_map(|t| t.split_whitespace()).filter_map(|p| p.parse().ok()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn results(out: &Path) -> u64 {
    let list = fs::read_dir(out.join(".shiryo/results")).into_iter().flatten().flatten();
    list.filter(|e| e.file_name().to_string_lossy().ends_with(".json")).count() as u64
}

/// What stands where two files begin to differ.
fn difference(was: &[u8], is: &[u8]) -> String {
    let at = was.iter().zip(is).take_while(|(a, b)| a == b).count().saturating_sub(100);
    let around = |bytes: &[u8]| String::from_utf8_lossy(&bytes[at..bytes.len().min(at + 400)]).into_owned();
    format!("{} → {}", around(was), around(is))
}

#[test]
fn a_batch_killed_at_any_moment_ends_as_if_it_had_not_been() {
    let (kills, count) = (number("SHIRYO_KILLS", 4), number("SHIRYO_KILL_DOCUMENTS", 24));
    let dir = tempfile::tempdir().expect("a folder");
    let papers = papers(dir.path(), count);
    let whole = dir.path().join("whole");
    let began = Instant::now();
    assert_eq!(start(&papers, &whole).wait().expect("ends").code(), Some(0));
    let (took, expected) = (began.elapsed(), contents(&whole));
    let mut random = Random::new(0x9E37_79B9_7F4A_7C15);
    let (mut parents, mut killed_workers, mut kept) = (0, 0, Vec::new());
    for round in 0..kills {
        let out = dir.path().join(format!("out-{round}"));
        let mut run = start(&papers, &out);
        std::thread::sleep(took.mul_f64(random.fraction() * 1.05));
        let victims = workers(run.id());
        if round % 2 == 1
            && let Some(worker) = victims.first()
        {
            let _ = Command::new("kill").args(["-9", &worker.to_string()]).status();
            killed_workers += 1;
        } else {
            let _ = run.kill();
            parents += 1;
        }
        let code = run.wait().expect("ends").code();
        let (done, published) = (results(&out), out.join("run.json").exists());
        kept.push(done);
        if code.is_none() {
            let mut run = start(&papers, &out);
            assert_eq!(run.wait().expect("ends").code(), Some(0), "round {round}");
            let record = read_run(&out).expect("run.json");
            assert!(published || record.counts.reused >= done, "round {round}: {done} were read already");
        }
        let now = contents(&out);
        assert_eq!(now.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "round {round}");
        for (name, bytes) in &now {
            assert!(
                expected[name] == *bytes,
                "round {round}: {name} differs: {}",
                difference(&expected[name], bytes)
            );
        }
        for worker in victims {
            let until = Instant::now() + Duration::from_secs(20);
            let alive =
                || fs::read_to_string(format!("/proc/{worker}/cmdline")).is_ok_and(|c| c.contains("worker"));
            while alive() {
                assert!(Instant::now() < until, "worker {worker} outlives its parent");
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        fs::remove_dir_all(&out).expect("removed");
    }
    kept.sort_unstable();
    println!(
        "{count} documents in {:.1} s; {parents} parents and {killed_workers} workers killed; done when it happened: {kept:?}",
        took.as_secs_f64()
    );
}
