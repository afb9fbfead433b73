//! What parent and worker say to each other: frames of a JSON header and, behind it, raw bytes.
//!
//! `u32` length of the header, `u64` length of the body (both little-endian), header, body.

use crate::batch::log::LogFormat;
use crate::{OcrMode, Pipeline, Step};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use shiryo_pdf::{Engine, ReadOptions};
use std::collections::BTreeMap;
use std::io::{self, Read, Write};

/// Headers are small; a longer one is no header.
const MAX_HEADER: u32 = 64 << 20;

/// What the parent asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Ask {
    /// How to read; the first frame.
    Setup(Setup),
    /// Read the document in the body.
    Read {
        /// Its name, for its observations' ids.
        source: String,
        /// Pages of a PDF; all when `None`.
        pages: Option<Vec<u32>>,
        /// Whether observations are read, or text and tables alone.
        observe: bool,
    },
    /// Say how many pages the document in the body has.
    Count,
}

/// What the worker says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Say {
    /// Ready for documents.
    Ready,
    /// It cannot begin.
    Unable(String),
    /// A step of the document begins.
    Step(Step),
    /// The document is the body, as `documents/ID.json` has it.
    Done {
        /// Seconds of each stage.
        stages: BTreeMap<String, f64>,
    },
    /// Reading panicked.
    Panicked(String),
    /// Number of pages.
    Pages(u32),
}

/// How to read, for a worker that shares nothing with the parent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Setup {
    engine: u8,
    password: Option<String>,
    catalog: Option<String>,
    user_dictionary: Option<String>,
    ocr: u8,
    max_pages: u32,
    /// Bytes of address space; 0 for no limit.
    pub(super) max_memory: u64,
    /// Obey faults that tests plant in documents.
    pub(super) faults: bool,
    /// Logs to standard error.
    pub(super) logs: Option<LogFormat>,
}

const ENGINES: [Engine; 3] = [Engine::Auto, Engine::Hayro, Engine::PdfExtract];
const OCR: [OcrMode; 3] = [OcrMode::Auto, OcrMode::Force, OcrMode::Off];

fn index_of<T: PartialEq>(all: &[T], one: T) -> u8 {
    all.iter().position(|x| *x == one).and_then(|i| u8::try_from(i).ok()).unwrap_or(0)
}

impl Setup {
    /// What `pipeline` reads like.
    pub(super) fn of(pipeline: &Pipeline, max_memory: u64, faults: bool, logs: Option<LogFormat>) -> Self {
        Self {
            engine: index_of(&ENGINES, pipeline.read.engine),
            password: pipeline.read.password.clone(),
            catalog: pipeline.catalog.clone(),
            user_dictionary: pipeline.user_dictionary.clone(),
            ocr: index_of(&OCR, pipeline.ocr),
            max_pages: pipeline.max_pages,
            max_memory,
            faults,
            logs,
        }
    }

    /// The same pipeline again.
    pub(super) fn pipeline(&self) -> Pipeline {
        let engine = ENGINES.get(usize::from(self.engine)).copied().unwrap_or_default();
        let read = ReadOptions { engine, password: self.password.clone(), pages: None };
        let mut pipeline = Pipeline::new(read, self.catalog.clone());
        pipeline.user_dictionary.clone_from(&self.user_dictionary);
        pipeline.ocr = OCR.get(usize::from(self.ocr)).copied().unwrap_or_default();
        pipeline.max_pages = self.max_pages;
        pipeline
    }
}

/// Writes one frame.
pub(super) fn send(out: &mut impl Write, header: &impl Serialize, body: &[u8]) -> io::Result<()> {
    let header = serde_json::to_vec(header)?;
    let length = u32::try_from(header.len()).map_err(io::Error::other)?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(&(body.len() as u64).to_le_bytes())?;
    out.write_all(&header)?;
    out.write_all(body)?;
    out.flush()
}

/// Reads one frame; `None` at the end of the stream. A body longer than `most` is refused.
pub(super) fn receive<T: DeserializeOwned>(
    from: &mut impl Read,
    most: u64,
) -> io::Result<Option<(T, Vec<u8>)>> {
    let mut length = [0; 4];
    if let Err(e) = from.read_exact(&mut length) {
        return if e.kind() == io::ErrorKind::UnexpectedEof { Ok(None) } else { Err(e) };
    }
    let length = u32::from_le_bytes(length);
    let mut size = [0; 8];
    from.read_exact(&mut size)?;
    let size = u64::from_le_bytes(size);
    if length > MAX_HEADER || size > most {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the frame is too long"));
    }
    let header = exactly(from, length.into())?;
    let body = exactly(from, size)?;
    Ok(Some((serde_json::from_slice(&header)?, body)))
}

/// Reads `n` bytes, taking memory only as they come.
fn exactly(from: &mut impl Read, n: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(n).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == n { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_as_they_were_sent() -> io::Result<()> {
        let mut pipe = Vec::new();
        let ask = Ask::Read { source: "資料.pdf".to_owned(), pages: Some(vec![1, 3]), observe: true };
        send(&mut pipe, &ask, b"%PDF")?;
        send(&mut pipe, &Ask::Count, b"")?;
        let mut from = pipe.as_slice();
        assert_eq!(receive::<Ask>(&mut from, 100)?, Some((ask, b"%PDF".to_vec())));
        assert_eq!(receive::<Ask>(&mut from, 100)?, Some((Ask::Count, Vec::new())));
        assert_eq!(receive::<Ask>(&mut from, 100)?, None);
        Ok(())
    }

    #[test]
    fn a_worker_reads_as_its_parent_would() {
        let read =
            ReadOptions { engine: Engine::PdfExtract, password: Some("秘密".to_owned()), pages: None };
        let mut pipeline = Pipeline::new(read, Some("version = 1".to_owned()));
        pipeline.user_dictionary = Some("手続ナビ,カスタム名詞,テツヅキナビ".to_owned());
        pipeline.ocr = OcrMode::Force;
        pipeline.max_pages = 7;
        let there = Setup::of(&pipeline, 1, false, None).pipeline();
        assert_eq!(format!("{:?}", there.read), format!("{:?}", pipeline.read));
        assert_eq!(there.catalog, pipeline.catalog);
        assert_eq!(there.user_dictionary, pipeline.user_dictionary);
        assert_eq!((there.ocr, there.max_pages), (pipeline.ocr, pipeline.max_pages));
    }

    #[test]
    fn torn_and_overlong_frames_are_errors() -> io::Result<()> {
        let mut pipe = Vec::new();
        send(&mut pipe, &Ask::Count, b"12345678")?;
        assert!(receive::<Ask>(&mut pipe.as_slice(), 4).is_err());
        let torn = pipe.get(..pipe.len() - 1).unwrap_or_default().to_vec();
        assert!(receive::<Ask>(&mut torn.as_slice(), 100).is_err());
        assert!(receive::<Ask>(&mut [0xff; 40].as_slice(), 100).is_err());
        Ok(())
    }
}
