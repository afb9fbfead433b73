//! The fuzz targets as a plain loop: mutated seeds for a given time. Unlike libFuzzer it is blind (no coverage
//! guides it), and needs nothing but the stable toolchain.
//!
//! ```text
//! cargo run --no-default-features --bin loop -- [TARGET…] [--seconds N] [--seed N] [--case N] FOLDER…
//! ```
//! FOLDER: seeds, all files below it. A failing case is named by its number; `--case` repeats it alone.

use std::panic::catch_unwind;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// A case that takes longer is a finding.
const SLOWEST: Duration = Duration::from_secs(20);
/// Larger seeds cost time and show nothing more.
const LARGEST_SEED: u64 = 300_000;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (mut seconds, mut seed, mut only) = (30_u64, 1_u64, None);
    let (mut targets, mut seeds) = (Vec::new(), Vec::new());
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().and_then(|n| n.parse().ok());
        match argument.as_str() {
            "--seconds" => seconds = number().unwrap_or(seconds),
            "--seed" => seed = number().unwrap_or(seed),
            "--case" => only = number(),
            name => match shiryo_fuzz::TARGETS.iter().find(|t| t.0 == name) {
                Some(target) => targets.push(*target),
                None => collect(Path::new(name), &mut seeds),
            },
        }
    }
    if seeds.is_empty() {
        eprintln!("usage: loop [TARGET…] [--seconds N] [--seed N] [--case N] FOLDER…");
        return ExitCode::from(2);
    }
    seeds.sort();
    if targets.is_empty() {
        targets = shiryo_fuzz::TARGETS.to_vec();
    }
    let each = Duration::from_secs_f64(seconds as f64 / targets.len() as f64);
    let mut sound = true;
    for (name, target) in targets {
        sound &= run(name, target, &seeds, seed, each, only);
    }
    if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs one target; false at the first finding.
fn run(name: &str, target: fn(&[u8]), seeds: &[Seed], seed: u64, time: Duration, only: Option<u64>) -> bool {
    let fitting: Vec<&Seed> =
        seeds.iter().filter(|s| fits(name, &s.0)).collect();
    let (started, mut slowest, mut number) = (Instant::now(), (Duration::ZERO, 0), only.unwrap_or(0));
    loop {
        let mut dice = Dice::new(seed.wrapping_mul(1_000_003).wrapping_add(number));
        let mut bytes = fitting.get(dice.roll(fitting.len())).map(|s| s.1.clone()).unwrap_or_default();
        if name == "tables" {
            bytes = (0..dice.roll(4_000)).map(|_| dice.byte()).collect();
        }
        mutate(&mut bytes, &mut dice);
        let began = Instant::now();
        let outcome = catch_unwind(|| target(&bytes));
        let took = began.elapsed();
        if outcome.is_err() || took > SLOWEST {
            eprintln!("{name}: case {number} (seed {seed}) failed after {took:?}");
            return false;
        }
        slowest = slowest.max((took, number));
        number += 1;
        if only.is_some() || started.elapsed() >= time {
            break;
        }
    }
    println!("{name}: {number} cases, slowest {:?} (case {})", slowest.0, slowest.1);
    true
}

/// Whether a file is a seed for a target.
fn fits(target: &str, file: &str) -> bool {
    match target {
        "pdf_page" => file.ends_with(".pdf"),
        "catalog" => file.ends_with(".toml"),
        "decode" => !file.ends_with(".toml"),
        _ => !file.ends_with(".pdf") && !file.ends_with(".toml"),
    }
}

/// Name and bytes of a file.
type Seed = (String, Vec<u8>);

fn collect(path: &Path, seeds: &mut Vec<Seed>) {
    if let Ok(entries) = std::fs::read_dir(path) {
        entries.flatten().for_each(|entry| collect(&entry.path(), seeds));
    } else if path.metadata().is_ok_and(|m| m.len() <= LARGEST_SEED)
        && let Ok(bytes) = std::fs::read(path)
    {
        seeds.push((path.display().to_string(), bytes));
    }
}

/// xorshift64*.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).max(1))
    }

    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % sides.max(1)
    }

    fn byte(&mut self) -> u8 {
        self.roll(256) as u8
    }
}

const WORDS: [&str; 16] = [
    " 0 R",
    "<<",
    ">>",
    "[",
    "endobj",
    "stream\n",
    "/Length 99999999999",
    "4294967296",
    "-1",
    "令和",
    "１，２３４",
    "△",
    "\t",
    "|---|",
    "<td rowspan=99999>",
    "年度から",
];

/// One to twelve changes: bytes flipped, stretches cut, doubled or replaced.
fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.roll(12) {
        let at = dice.roll(bytes.len());
        let end = (at + dice.roll(60)).min(bytes.len());
        match dice.roll(6) {
            0 | 1 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = dice.byte();
                }
            }
            2 => drop(bytes.drain(at..end)),
            3 => {
                let copy = bytes[at..end].repeat(1 + dice.roll(20));
                bytes.splice(at..at, copy);
            }
            4 => {
                bytes.splice(at..end, WORDS[dice.roll(WORDS.len())].bytes());
            }
            _ if dice.roll(8) == 0 => bytes.truncate(at),
            _ => {
                bytes.splice(at..at, WORDS[dice.roll(WORDS.len())].bytes());
            }
        }
    }
}
