//! Japanese committee papers in, a checked dataset out.
//!
//! [`run_document`] takes the bytes of one paper through every stage and gives a [`shiryo_model::Document`];
//! [`batch`] does it for folders, in parallel, and writes a dataset. The program `shiryo` is thin around both.
//!
//! ```text
//! bytes ─► sniff ─► shiryo-pdf ─► shiryo-layout ─► shiryo-metrics ─► ids ─► Document
//! ```

pub mod batch;
mod cells;
pub mod check;
pub mod cli;
mod doubts;
pub mod explain;
mod ids;
mod lines;
mod ocr;
mod pipeline;
mod plain;
pub mod sniff;
mod step;

pub use ids::{document_id, sha256_hex};
pub use ocr::{OcrMode, RecognisedPages};
pub use pipeline::{Part, Pipeline, Read, run_document, run_document_watched};
pub use plain::plain_text;
pub use step::{Stage, Step, Watch};
