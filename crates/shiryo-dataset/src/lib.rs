//! Writes and reads shiryo datasets: JSON, CSV, Parquet, an Excel workbook and a Frictionless Data Package.
//!
//! A dataset is written aside and put in place whole ([`Staging`]), document by document ([`DatasetWriter`]):
//!
//! ```no_run
//! # use shiryo_dataset::*;
//! # fn documents() -> Vec<shiryo_model::Document> { Vec::new() }
//! # fn main() -> Result<(), DatasetError> {
//! let staging = Staging::create("out".as_ref(), false)?;
//! let generator = shiryo_model::Generator { name: "shiryo".into(), version: "1".into(), catalog: String::new() };
//! let mut writer = DatasetWriter::begin(staging.folder(), WriteOptions::default(), generator)?;
//! for document in documents() {
//!     writer.push(&document, "")?;
//! }
//! writer.finish(&mut RunRecord::default())?;
//! staging.publish(false)?;
//!
//! let dataset = read("out".as_ref())?;
//! println!("{} observations", dataset.observations.len());
//! # Ok(())
//! # }
//! ```

pub mod columns;
mod csv_file;
mod datapackage;
pub mod diff;
mod error;
mod json_file;
mod listing;
mod parquet_file;
mod read;
mod rows;
mod run_record;
mod staging;
mod table_sheet;
pub mod tables;
mod values;
mod workbook;
mod writer;

pub use csv_file::CsvOptions;
pub use error::DatasetError;
pub use json_file::write_document;
pub use read::{read, read_document, read_document_file, read_run};
pub use rows::CellNumber;
pub use run_record::{RunCounts, RunDocument, RunOptions, RunRecord, SkippedFile};
pub use staging::{Staging, is_dataset};
pub use writer::{DatasetWriter, Formats, WriteOptions};
