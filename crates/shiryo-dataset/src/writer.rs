//! Writes a dataset document by document: memory does not grow with their number (the workbook apart, which is
//! written through temporary files, and lists of ids).

use crate::columns::{CELLS, OBSERVATIONS};
use crate::csv_file::{CsvFile, CsvOptions};
use crate::datapackage;
use crate::error::{DatasetError, at};
use crate::json_file::{DocumentHead, List};
use crate::parquet_file::ParquetFile;
use crate::rows::{self, CellNumber};
use crate::run_record::RunRecord;
use crate::tables::grid;
use crate::workbook::WorkbookWriter;
use shiryo_model::{Diagnostic, Document, Generator, SCHEMA_VERSION, Table};
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Which files are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Formats {
    /// `dataset.json` and `documents/*.json`.
    pub json: bool,
    /// `observations.csv`, `cells.csv`, `tables/*.csv` and `datapackage.json`.
    pub csv: bool,
    /// `dataset.xlsx`.
    pub xlsx: bool,
    /// `observations.parquet` and `cells.parquet`.
    pub parquet: bool,
}

impl Default for Formats {
    fn default() -> Self {
        Self { json: true, csv: true, xlsx: true, parquet: false }
    }
}

/// How a dataset is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct WriteOptions {
    /// Which files.
    pub formats: Formats,
    /// How CSV files look.
    pub csv: CsvOptions,
    /// Reads the value of a cell that is one number.
    pub cell_number: Option<CellNumber>,
}

/// A dataset being written into a folder.
///
/// Documents come in the order they are to stand in. `documents/*.json` are not written here but with
/// [`crate::write_document`], so that it can happen wherever the documents are made.
#[derive(Debug)]
pub struct DatasetWriter {
    folder: PathBuf,
    options: WriteOptions,
    generator: Generator,
    json: Option<JsonParts>,
    csv: Option<CsvParts>,
    parquet: Option<ParquetParts>,
    workbook: Option<WorkbookWriter>,
}

type Out = BufWriter<File>;

/// The four lists of `dataset.json`, the last three in files of their own until the first is complete.
#[derive(Debug)]
struct JsonParts {
    documents: (Out, List),
    rest: [(Out, List); 3],
}

#[derive(Debug)]
struct CsvParts {
    observations: CsvFile<Out>,
    cells: CsvFile<Out>,
    tables: Vec<(String, usize)>,
}

/// Names of the lists of `dataset.json` after `documents`.
const LISTS: [&str; 3] = ["tables", "observations", "diagnostics"];

fn create(path: &Path) -> Result<Out, DatasetError> {
    File::create(path).map(BufWriter::new).map_err(at(path))
}

impl DatasetWriter {
    /// Begins a dataset in `folder`, which exists.
    pub fn begin(folder: &Path, options: WriteOptions, generator: Generator) -> Result<Self, DatasetError> {
        let json = options.formats.json.then(|| JsonParts::begin(folder, &generator)).transpose()?;
        let csv = options.formats.csv.then(|| CsvParts::begin(folder, options.csv)).transpose()?;
        let parquet = options.formats.parquet.then(|| ParquetParts::begin(folder)).transpose()?;
        let workbook = options.formats.xlsx.then(|| WorkbookWriter::begin(folder)).transpose()?;
        Ok(Self { folder: folder.to_owned(), options, generator, json, csv, parquet, workbook })
    }

    /// Adds a document; `link` is the path from the dataset's folder to the source file, for hyperlinks.
    pub fn push(&mut self, document: &Document, link: &str) -> Result<(), DatasetError> {
        let folder = &self.folder;
        if let Some(json) = &mut self.json {
            json.push(document).map_err(at(folder.join("dataset.json")))?;
        }
        if let Some(csv) = &mut self.csv {
            csv.push(folder, document, &self.options).map_err(at(folder.join("observations.csv")))?;
        }
        if let Some(parquet) = &mut self.parquet {
            parquet.push(document, self.options.cell_number)?;
        }
        if let Some(workbook) = &mut self.workbook {
            workbook.push(document, link)?;
        }
        Ok(())
    }

    /// Adds a diagnostic about something that is no document of the dataset (a file that could not be opened).
    pub fn push_diagnostic(&mut self, diagnostic: &Diagnostic) -> Result<(), DatasetError> {
        if let Some(JsonParts { rest: [.., (out, list)], .. }) = &mut self.json {
            list.item(out, diagnostic).map_err(at(self.folder.join("dataset.json")))?;
        }
        Ok(())
    }

    /// Completes all files, `run.json` included. What a file could not take is told in `run.notes`.
    pub fn finish(self, run: &mut RunRecord) -> Result<(), DatasetError> {
        let Self { folder, generator, json, csv, parquet, workbook, .. } = self;
        if let Some(json) = json {
            json.finish(&folder).map_err(at(folder.join("dataset.json")))?;
        }
        if let Some(csv) = csv {
            let path = folder.join("datapackage.json");
            csv.observations
                .finish()
                .and_then(|mut w| w.flush())
                .map_err(at(folder.join("observations.csv")))?;
            csv.cells.finish().and_then(|mut w| w.flush()).map_err(at(folder.join("cells.csv")))?;
            let mut out = create(&path)?;
            datapackage::write(&mut out, &generator.version, &csv.tables)
                .and_then(|()| out.flush())
                .map_err(at(&path))?;
        }
        if let Some(parquet) = parquet {
            run.notes.extend(parquet.finish()?);
        }
        if let Some(workbook) = workbook {
            run.notes.extend(workbook.finish(&folder.join("dataset.xlsx"))?);
        }
        write_json(&folder.join("run.json"), run)
    }
}

fn write_json(path: &Path, value: &impl serde::Serialize) -> Result<(), DatasetError> {
    let mut out = create(path)?;
    serde_json::to_writer_pretty(&mut out, value)
        .map_err(io::Error::from)
        .and_then(|()| out.write_all(b"\n"))
        .and_then(|()| out.flush())
        .map_err(at(path))
}

impl JsonParts {
    fn begin(folder: &Path, generator: &Generator) -> Result<Self, DatasetError> {
        let path = folder.join("dataset.json");
        let mut documents = create(&path)?;
        let generator = serde_json::to_string(generator).unwrap_or_default();
        write!(
            documents,
            "{{\"schema_version\":\"{SCHEMA_VERSION}\",\n\"generator\":{generator},\n\"documents\": ["
        )
        .map_err(at(&path))?;
        let [a, b, c] = LISTS.map(|name| create(&part(folder, name)).map(|out| (out, List::new())));
        Ok(Self { documents: (documents, List::new()), rest: [a?, b?, c?] })
    }

    fn push(&mut self, d: &Document) -> io::Result<()> {
        let (out, list) = &mut self.documents;
        list.item(out, &DocumentHead::of(d))?;
        let [(tables, table_list), (observations, observation_list), (diagnostics, diagnostic_list)] =
            &mut self.rest;
        d.tables.iter().try_for_each(|t| table_list.item(tables, t))?;
        d.observations.iter().try_for_each(|o| observation_list.item(observations, o))?;
        d.diagnostics.iter().try_for_each(|x| diagnostic_list.item(diagnostics, x))
    }

    fn finish(self, folder: &Path) -> io::Result<()> {
        let (mut out, list) = self.documents;
        write!(out, "{}]", list.end())?;
        for (name, (mut spool, list)) in LISTS.into_iter().zip(self.rest) {
            spool.flush()?;
            drop(spool);
            let path = part(folder, name);
            write!(out, ",\n\"{name}\": [")?;
            io::copy(&mut BufReader::new(File::open(&path)?), &mut out)?;
            write!(out, "{}]", list.end())?;
            fs::remove_file(&path)?;
        }
        out.write_all(b"}\n")?;
        out.flush()
    }
}

fn part(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!(".{name}.part"))
}

impl CsvParts {
    fn begin(folder: &Path, options: CsvOptions) -> Result<Self, DatasetError> {
        let tables = folder.join("tables");
        fs::create_dir_all(&tables).map_err(at(&tables))?;
        let file = |name: &str, columns| {
            let path = folder.join(name);
            CsvFile::with_header(create(&path)?, options, columns).map_err(at(path))
        };
        Ok(Self {
            observations: file("observations.csv", &OBSERVATIONS)?,
            cells: file("cells.csv", &CELLS)?,
            tables: Vec::new(),
        })
    }

    fn push(&mut self, folder: &Path, d: &Document, options: &WriteOptions) -> io::Result<()> {
        for o in &d.observations {
            self.observations.row(&rows::observation(o))?;
        }
        for table in &d.tables {
            for cell in &table.cells {
                self.cells.row(&rows::cell(&d.id, table, cell, options.cell_number))?;
            }
            let width = write_table(folder, table, options.csv)?;
            self.tables.push((table.id.clone(), width));
        }
        Ok(())
    }
}

#[derive(Debug)]
struct ParquetParts {
    observations: ParquetFile,
    cells: ParquetFile,
    /// Values that do not fit exactly and are therefore null: how many, and where the first stand.
    unfit: (u64, Vec<String>),
}

/// How many unfit values are named.
const NAMED: usize = 20;

impl ParquetParts {
    fn begin(folder: &Path) -> Result<Self, DatasetError> {
        Ok(Self {
            observations: ParquetFile::begin(&folder.join("observations.parquet"), &OBSERVATIONS)?,
            cells: ParquetFile::begin(&folder.join("cells.parquet"), &CELLS)?,
            unfit: (0, Vec::new()),
        })
    }

    fn push(&mut self, d: &Document, number: Option<CellNumber>) -> Result<(), DatasetError> {
        for o in &d.observations {
            let unfit = self.observations.row(&OBSERVATIONS, &rows::observation(o))?;
            self.tell(&unfit, || format!("observation {}", o.observation_id));
        }
        for table in &d.tables {
            for cell in &table.cells {
                let unfit = self.cells.row(&CELLS, &rows::cell(&d.id, table, cell, number))?;
                self.tell(&unfit, || format!("row {}, column {} of {}", cell.row, cell.col, table.id));
            }
        }
        Ok(())
    }

    fn tell(&mut self, columns: &[&str], place: impl Fn() -> String) {
        for column in columns {
            self.unfit.0 += 1;
            if self.unfit.1.len() < NAMED {
                self.unfit.1.push(format!("{column} of {}", place()));
            }
        }
    }

    fn finish(self) -> Result<Option<String>, DatasetError> {
        self.observations.finish()?;
        self.cells.finish()?;
        let (count, named) = self.unfit;
        Ok((count > 0).then(|| {
            format!(
                "Parquet: {count} values with more than 28 digits before the point or 10 after it are null there; \
                 CSV and JSON have them: {}",
                named.join("; ")
            )
        }))
    }
}

/// Writes `tables/TABLE_ID.csv`; gives its number of columns.
fn write_table(folder: &Path, table: &Table, options: CsvOptions) -> io::Result<usize> {
    let path = folder.join("tables").join(format!("{}.csv", table.id));
    let mut file = CsvFile::without_header(BufWriter::new(File::create(path)?), options)?;
    let rows = grid(table);
    for row in &rows {
        file.text_row(row)?;
    }
    file.finish()?.flush()?;
    Ok(rows.iter().map(Vec::len).max().unwrap_or(0))
}
