//! Broken copies of small PDFs, seeded and repeatable: whatever is done to the bytes, the reader answers in
//! bounded time and without a panic.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
#[path = "common/dice.rs"]
mod dice;

use common::{hex, page, try_read};
use dice::Dice;
use shiryo_pdf::{Engine, ReadOptions};
use std::time::{Duration, Instant};

fn seeds() -> Vec<Vec<u8>> {
    let words = hex("令和６年度の実績は38件");
    vec![
        page(
            "/Rotate 90 /CropBox [10 10 150 250]",
            &format!("BT /F1 10 Tf 20 50 Td {words} Tj ET 10 10 100 0.5 re f"),
        ),
        page(
            "",
            &format!("q 0 0 90 90 re W n BT /F3 9 Tf 50 280 Td [{words} -200 {words}] TJ ET Q /X0 Do /I0 Do"),
        ),
        page(
            "",
            &format!(
                "/Span << /ActualText (x) >> BDC BT 2 Tr /F2 9 Tf 3 Ts 80 Tz 50 280 Td {words} ' ET EMC [2 1] 0 d 0 0 m 9 0 l S"
            ),
        ),
        page(
            "/Annots [<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] >>]",
            "BT /F0 8 Tf 9 9 Td (Total 1,234) Tj ET 0.5 g 9 9 50 50 re f",
        ),
    ]
}

const WORDS: [&[u8]; 14] = [
    b" 0 R",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"endobj",
    b"stream\n",
    b"/Length 99999999999",
    b"/Kids [1 0 R 2 0 R 3 0 R 8 0 R]",
    b"-1",
    b"4294967296",
    b"1e38",
    b"/Filter /FlateDecode",
    b"/Contents [9 0 R 9 0 R 9 0 R]",
];

fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.roll(6) {
        let at = dice.roll(bytes.len());
        match dice.roll(6) {
            0 if !bytes.is_empty() => bytes[at] = u8::try_from(dice.roll(256)).unwrap(),
            1 if !bytes.is_empty() => bytes[at] ^= 1 << dice.roll(8),
            2 => bytes.truncate(at),
            3 => {
                let end = (at + dice.roll(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            4 => {
                let end = (at + dice.roll(80)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                let to = dice.roll(bytes.len());
                bytes.splice(to..to, copy);
            }
            _ => {
                let word = WORDS[dice.roll(WORDS.len())];
                let end = (at + dice.roll(word.len() + 1)).min(bytes.len());
                bytes.splice(at..end, word.iter().copied());
            }
        }
    }
}

#[test]
fn mutated_files_neither_panic_nor_hang() {
    let seeds = seeds();
    let mut slowest = Duration::ZERO;
    for case in 0..600_u64 {
        let mut dice = Dice::new(0x5EED + case * 7919);
        let mut bytes = seeds[dice.roll(seeds.len())].clone();
        mutate(&mut bytes, &mut dice);
        let engine = [Engine::Auto, Engine::Auto, Engine::Hayro, Engine::PdfExtract][dice.roll(4)];
        let started = Instant::now();
        let result = std::panic::catch_unwind(|| {
            let options = ReadOptions { engine, ..ReadOptions::default() };
            try_read(bytes, &options).map(|(_, _, pages)| pages.len())
        });
        assert!(result.is_ok(), "case {case} panicked");
        let took = started.elapsed();
        assert!(took < Duration::from_secs(10), "case {case} took {took:?}");
        slowest = slowest.max(took);
    }
    println!("slowest of 600: {slowest:?}");
}

#[test]
fn widths_without_end_are_refused() {
    let file = page("", &format!("BT /F3 9 Tf 50 280 Td {} Tj ET", hex("令12")));
    for (sound, endless) in [
        ("/W [231 324 500]", "/W [1 999999999 5]"),
        ("/W2 [231 324 -500 250 880]", "/W2 [1 4294967295 -5 2 8]"),
    ] {
        let at = file.windows(sound.len()).position(|w| w == sound.as_bytes()).unwrap();
        let mut bytes = file.clone();
        bytes.splice(at..at + sound.len(), endless.bytes());
        let (_, _, pages) = try_read(bytes, &ReadOptions::default()).unwrap();
        assert_eq!(pages[0].diagnostics[0].code, shiryo_model::DiagnosticCode::LimitReached);
    }
}

#[test]
fn deep_nesting_is_survived() {
    for (open, close) in [("[", "]"), ("<< /A ", " >>")] {
        let deep = format!("{}1{}", open.repeat(20_000), close.repeat(20_000));
        for engine in [Engine::Auto, Engine::Hayro] {
            let options = ReadOptions { engine, ..ReadOptions::default() };
            let _ = try_read(page(&format!("/Deep {deep}"), &format!("{deep} pop")), &options);
        }
    }
}

#[test]
fn many_path_pieces_are_joined_in_time() {
    // A hundred thousand short pieces: hatching, dots, and a grid drawn cell by cell.
    let mut content = String::from("0.4 w ");
    for i in 0..50_000 {
        let (x, y) = (i % 250, i / 250);
        content.push_str(&format!("{x} {y} m {} {y} l S {x} {y} 0.5 0.5 re f\n", x + 1));
    }
    let started = Instant::now();
    let page = common::read_one(page("/MediaBox [0 0 300 300]", &content));
    assert!(page.rulings.len() < 2_000, "{}", page.rulings.len());
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}
