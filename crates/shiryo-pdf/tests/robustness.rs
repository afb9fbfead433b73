//! Two thousand broken copies of our own papers, seeded and repeatable: no panic, no page over ten seconds, and
//! the whole run in less than a gigabyte of memory.
//!
//! A case is named by its number: `CASE=123 cargo test -p shiryo-pdf --test robustness -- --nocapture` repeats
//! one, and `KEEP=folder` writes its bytes there. `mutations.rs` does the same to hand-made files at byte level;
//! here the structure is attacked: objects swapped, references bent into circles, streams cut, sizes made giant.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
#[path = "common/dice.rs"]
mod dice;
#[path = "common/memory.rs"]
mod memory;
#[path = "common/mutate.rs"]
mod mutate;

use common::try_read;
use dice::Dice;
use shiryo_pdf::{Engine, ReadOptions};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const CASES: u64 = 2_000;
/// Larger papers only cost time: what makes them large is their fonts.
const LARGEST_FIXTURE: u64 = 60_000;
const SLOWEST_PAGE: Duration = Duration::from_secs(10);
const MOST_MEMORY_KIB: u64 = 1 << 20;

fn fixtures() -> Vec<Vec<u8>> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|e| e == "pdf")
                && entry.metadata().unwrap().len() <= LARGEST_FIXTURE
            {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures")), &mut found);
    found.sort();
    assert!(found.len() >= 3, "small papers among the fixtures");
    found.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// The broken file of a case, and who reads it.
fn case(number: u64, seeds: &[Vec<u8>]) -> (Vec<u8>, Engine) {
    let mut dice = Dice::new(0xC0FFEE + number * 104_729);
    let mut bytes = seeds[dice.roll(seeds.len())].clone();
    let other = &seeds[dice.roll(seeds.len())];
    mutate::break_structure(&mut bytes, other, &mut dice);
    (bytes, [Engine::Auto, Engine::Auto, Engine::Hayro, Engine::PdfExtract][dice.roll(4)])
}

/// Runs a case; how long its slowest page took.
fn run(number: u64, seeds: &[Vec<u8>]) -> Duration {
    let (bytes, engine) = case(number, seeds);
    if let Ok(folder) = std::env::var("KEEP") {
        std::fs::write(Path::new(&folder).join(format!("case-{number}.pdf")), &bytes).unwrap();
    }
    let options = ReadOptions { engine, pages: Some(vec![1, 2]), ..ReadOptions::default() };
    let mut since = Instant::now();
    let mut slowest = Duration::ZERO;
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _ = shiryo_pdf::read(bytes, &options, &mut |_| {
            slowest = slowest.max(since.elapsed());
            since = Instant::now();
        });
    }));
    assert!(result.is_ok(), "case {number} panicked");
    slowest = slowest.max(since.elapsed());
    assert!(slowest < SLOWEST_PAGE, "case {number}: a page took {slowest:?}");
    slowest
}

#[test]
fn broken_papers_are_read_in_bounded_time_and_memory() {
    let seeds = fixtures();
    if let Some(number) = std::env::var("CASE").ok().and_then(|n| n.parse().ok()) {
        println!("case {number}: slowest page {:?}, peak {:?} KiB", run(number, &seeds), memory::peak_kib());
        return;
    }
    let (next, slowest) = (AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= CASES {
                        break;
                    }
                    let took = u64::try_from(run(number, &seeds).as_millis()).unwrap();
                    // The case's number rides along, to be named at the end.
                    slowest.fetch_max(took << 16 | number, Ordering::Relaxed);
                }
            });
        }
    });
    let slowest = slowest.into_inner();
    println!("{CASES} cases; slowest page {} ms (case {})", slowest >> 16, slowest & 0xFFFF);
    match memory::peak_kib() {
        Some(peak) => {
            println!("peak memory {} MiB", peak >> 10);
            assert!(peak < MOST_MEMORY_KIB, "{peak} KiB");
        }
        None => println!("skipped: this system does not tell how much memory was used"),
    }
}

#[test]
fn cases_are_the_same_every_time() {
    let seeds = fixtures();
    for number in [0, 7, 1999] {
        assert_eq!(case(number, &seeds).0, case(number, &seeds).0);
    }
    // Most cases are still files that can be opened: what is tested is the reader, not its first look.
    let opened = (0..100).filter(|&n| try_read(case(n, &seeds).0, &few_pages()).is_ok()).count();
    println!("{opened} of 100 broken papers still open");
    assert!(opened >= 50, "{opened}");
}

fn few_pages() -> ReadOptions {
    ReadOptions { pages: Some(vec![1]), ..ReadOptions::default() }
}
