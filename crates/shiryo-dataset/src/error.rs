//! Why a dataset could not be written or read.

use std::io;
use std::path::PathBuf;

/// Why a dataset could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum DatasetError {
    /// The output folder holds other things.
    #[error(
        "{0}: the folder is not empty and holds no shiryo dataset; choose another one or give --force (nothing of yours is deleted, files of the same names are replaced)"
    )]
    NotADataset(PathBuf),
    /// The output path is a file.
    #[error("{0}: is a file, not a folder")]
    NotAFolder(PathBuf),
    /// Another run is writing.
    #[error("{0}: another run of shiryo is writing there")]
    Busy(PathBuf),
    /// A file could not be written or read.
    #[error("{path}: {error}")]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The workbook could not be made.
    #[error("dataset.xlsx: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A Parquet file could not be made.
    #[error("{path}: {error}")]
    Parquet {
        /// Which file.
        path: PathBuf,
        /// Why.
        error: parquet::errors::ParquetError,
    },
    /// A file is not what it should be.
    #[error("{path}: not a shiryo dataset: {reason}")]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

/// Names the file in an I/O error.
pub(crate) fn at(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> DatasetError {
    let path = path.into();
    move |error| DatasetError::Io { path, error }
}
