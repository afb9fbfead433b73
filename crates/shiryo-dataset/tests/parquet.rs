//! Parquet files, read back by the parquet crate's own reader.

// Helpers of tests, too, may stop at the first surprise.
#![allow(clippy::expect_used, clippy::panic)]

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Decimal128Type, Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use jiff::civil::date;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rust_decimal::Decimal;
use shiryo_dataset::{DatasetWriter, Formats, RunRecord, WriteOptions};
use shiryo_model::{BBox, Document, Generator, Observation};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

fn generator() -> Generator {
    Generator { name: "shiryo".to_owned(), version: "1".to_owned(), catalog: String::new() }
}

fn written(documents: &[Document]) -> (tempfile::TempDir, RunRecord) {
    let dir = tempfile::tempdir().expect("a folder");
    let formats = Formats { json: false, csv: false, xlsx: false, parquet: true };
    let options = WriteOptions { formats, ..WriteOptions::default() };
    let mut writer = DatasetWriter::begin(dir.path(), options, generator()).expect("begins");
    for document in documents {
        writer.push(document, "").expect("written");
    }
    let mut run = RunRecord::default();
    writer.finish(&mut run).expect("finished");
    (dir, run)
}

fn batches(path: &Path) -> Vec<RecordBatch> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).expect("opens")).expect("Parquet");
    reader.build().expect("reads").collect::<Result<_, _>>().expect("reads")
}

fn observation(id: &str, value: &str) -> Observation {
    Observation {
        observation_id: id.to_owned(),
        value: value.parse().expect("a number"),
        page: Some(3),
        period_start: Some(date(2023, 4, 1)),
        dimensions: BTreeMap::from([
            ("course".to_owned(), "個別相談会".to_owned()),
            ("版".to_owned(), String::new()),
        ]),
        bbox: Some(BBox::new(1.0, 2.5, 30.004, 40.0)),
        confidence: 0.95,
        ..Observation::default()
    }
}

#[test]
fn types_and_values_survive() {
    let second = Observation { value: Decimal::new(-5, 1), ..Observation::default() };
    let document =
        Document { observations: vec![observation("a", "1600000000"), second], ..Document::default() };
    let (dir, run) = written(&[document]);
    assert!(run.notes.is_empty(), "{:?}", run.notes);
    let batches = batches(&dir.path().join("observations.parquet"));
    let [batch] = batches.as_slice() else { panic!("one batch") };
    let column = |name: &str| batch.column_by_name(name).unwrap_or_else(|| panic!("{name}"));
    let value = column("value").as_primitive::<Decimal128Type>();
    assert_eq!((value.precision(), value.scale()), (38, 10));
    assert_eq!(value.value(0), 1_600_000_000 * 10_i128.pow(10));
    assert_eq!(value.value(1), -5 * 10_i128.pow(9));
    assert_eq!(column("page").as_primitive::<Int64Type>().value(0), 3);
    assert!(column("page").is_null(1) && column("value_upper").is_null(0));
    assert_eq!(column("period_start").as_primitive::<Date32Type>().value(0), 19_448);
    assert_eq!(column("confidence").as_primitive::<Decimal128Type>().value(0), 95);
    assert!(column("subject").is_null(0), "empty text is null");
    let dimensions = column("dimensions").as_map();
    let labels = dimensions.value(0);
    let texts = |i: usize| labels.column(i).as_string::<i32>().iter().flatten().collect::<Vec<_>>();
    assert_eq!((texts(0), texts(1)), (vec!["course", "版"], vec!["個別相談会", ""]));
    assert_eq!((dimensions.is_null(1), dimensions.value_length(1)), (false, 0), "no labels: an empty map");
    let boxes = column("bbox").as_list::<i32>();
    assert_eq!(&boxes.value(0).as_primitive::<Float64Type>().values()[..], &[1.0, 2.5, 30.0, 40.0]);
    assert!(boxes.is_null(1));
}

#[test]
fn a_value_that_does_not_fit_is_null_and_named() {
    let observations = vec![observation("fine", "0.1234567891"), observation("tiny", "0.00000000001")];
    let (dir, run) = written(&[Document { observations, ..Document::default() }]);
    assert!(matches!(run.notes.as_slice(), [note] if note.contains("value of observation tiny")), "{run:?}");
    let batches = batches(&dir.path().join("observations.parquet"));
    let value = batches[0].column_by_name("value").expect("there").as_primitive::<Decimal128Type>();
    assert_eq!((value.value(0), value.is_null(1)), (1_234_567_891, true));
}

/// Row groups end, so that memory does not grow with the dataset.
#[test]
fn many_rows_go_into_several_row_groups() {
    let observations = (0..500).map(|i| observation(&format!("{i:04}"), "1")).collect();
    let document = Document { observations, ..Document::default() };
    let (dir, _) = written(&vec![document; 250]);
    let file = File::open(dir.path().join("observations.parquet")).expect("opens");
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
    assert_eq!(reader.metadata().file_metadata().num_rows(), 125_000);
    assert!(reader.metadata().num_row_groups() > 1);
}
