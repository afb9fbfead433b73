//! Memory does not grow with the number of documents. A process of its own, because peak memory is the process's
//! (`examples/replicate.rs` does the same with real papers and 20,000 documents).

// Helpers of tests, too, may stop at the first surprise.
#![allow(clippy::expect_used, clippy::panic)]

use shiryo_dataset::{DatasetWriter, Formats, RunRecord, WriteOptions};
use shiryo_model::{Cell, Document, Generator, Observation, Table};
use std::fs;

/// The most memory this process ever held, in kB; `None` where the system does not say.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

fn document(number: usize) -> Document {
    let id = format!("{number:016x}");
    let observation = |i: usize| Observation {
        observation_id: format!("{number:08x}{i:08x}"),
        document_id: id.clone(),
        source: format!("{number}/資料.pdf"),
        subject: format!("事業{i}の{number}回目"),
        table_id: format!("{id}-t01"),
        evidence: "1,234件".repeat(20),
        ..Observation::default()
    };
    let cells = (0..40).map(|row| Cell { row, row_span: 1, col_span: 1, ..Cell::default() }).collect();
    let table = Table { id: format!("{id}-t01"), n_rows: 40, n_cols: 1, cells, ..Table::default() };
    let observations = (0..40).map(observation).collect();
    Document {
        id,
        source: format!("{number}/資料.pdf"),
        observations,
        tables: vec![table],
        ..Document::default()
    }
}

fn write(documents: usize) -> u64 {
    let dir = tempfile::tempdir().expect("a folder");
    let formats = Formats { json: true, csv: true, xlsx: true, parquet: true };
    let options = WriteOptions { formats, ..WriteOptions::default() };
    let generator = Generator { name: "shiryo".into(), version: "1".into(), catalog: String::new() };
    let mut writer = DatasetWriter::begin(dir.path(), options, generator).expect("begins");
    for number in 0..documents {
        writer.push(&document(number), "../資料.pdf").expect("written");
    }
    writer.finish(&mut RunRecord::default()).expect("finished");
    for file in
        ["dataset.json", "observations.csv", "observations.parquet", "dataset.xlsx", "datapackage.json"]
    {
        assert!(fs::metadata(dir.path().join(file)).expect("written").len() > 0, "{file}");
    }
    fs::metadata(dir.path().join("observations.csv")).expect("written").len()
}

#[test]
fn memory_does_not_grow_with_documents() {
    write(100);
    let Some(few) = peak() else { return println!("skipped: the system does not tell peak memory") };
    let size = write(700);
    let many = peak().expect("told before");
    // What is kept: links of the workbook and table sheets up to their limits, a row group, ids of tables.
    assert!(many < few + 60_000, "{few} kB for 100 documents, {many} kB for 700 ({size} bytes of CSV)");
}
