//! Speed of the table stage alone: `cargo bench -p shiryo --bench tables [-- FOLDER…]`.
//!
//! Reads every PDF below the folders (default: `fixtures`, and the shared corpora where they are at hand), then
//! times `find_tables` page by page on one core and prints pages per second and the slowest page. Reading the
//! PDF is not counted. A plain program: what it prints are whole-stage figures, not micro-benchmarks.

use shiryo_pdf::ReadOptions;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The best of this many runs counts for each page: the machine's noise only ever adds.
const RUNS: u32 = 3;

fn main() {
    let mut folders: Vec<PathBuf> =
        std::env::args().skip(1).filter(|a| !a.starts_with("--")).map(PathBuf::from).collect();
    if folders.is_empty() {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        folders = vec![top.join("fixtures"), top.join("../shared/corpus"), top.join("../shared/documents")];
    }
    let mut files = Vec::new();
    folders.iter().filter(|f| f.exists()).for_each(|f| pdfs_below(f, &mut files));
    files.sort();

    let (mut pages, mut tables, mut total) = (0u32, 0usize, Duration::ZERO);
    let mut slowest = (Duration::ZERO, String::new());
    for file in &files {
        let Ok(bytes) = std::fs::read(file) else { continue };
        let _ = shiryo_pdf::read(bytes, &ReadOptions::default(), &mut |page| {
            let mut best = Duration::MAX;
            let mut found = 0;
            for _ in 0..RUNS {
                let begin = Instant::now();
                found = std::hint::black_box(shiryo_layout::tables::find_tables(&page)).len();
                best = best.min(begin.elapsed());
            }
            pages += 1;
            tables += found;
            total += best;
            if best > slowest.0 {
                slowest = (best, format!("{} page {}", file.display(), page.number));
            }
        });
    }
    let rate = f64::from(pages) / total.as_secs_f64().max(1e-9);
    println!("{} files, {pages} pages, {tables} tables: {rate:.0} pages/s", files.len());
    println!("slowest page {:.1} ms: {}", slowest.0.as_secs_f64() * 1e3, slowest.1);
}

/// Every `.pdf` below a folder.
fn pdfs_below(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            pdfs_below(&path, files);
        } else if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf")) {
            files.push(path);
        }
    }
}
