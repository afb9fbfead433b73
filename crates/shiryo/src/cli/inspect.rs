//! `shiryo text` and `shiryo tables`: one document to standard output.

use super::{DONE, Failure, NOTHING, PARTLY, ReadArgs, read_file, say};
use crate::ids::name_tables;
use crate::{Read, document_id, plain_text, sha256_hex};
use clap::{Args, ValueEnum};
use shiryo_model::{Block, Diagnostic, MediaType, PageContent, Severity};
use std::path::{Path, PathBuf};

/// Prints the document's text in reading order, normalised; a form feed stands between pages.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  shiryo text 会議資料.pdf
  shiryo text 会議資料.pdf --pages 1-3 > 資料.txt")]
pub(super) struct TextArgs {
    /// Committee paper: PDF, text, Markdown or HTML (told by content)
    file: PathBuf,
    #[command(flatten)]
    read: ReadArgs,
}

/// Prints the document's tables.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  shiryo tables 会議資料.pdf
  shiryo tables 会議資料.pdf --format csv > 表.csv
  shiryo tables 会議資料.pdf --format html --pages 2 > 表.html
  shiryo tables 会議資料.pdf --debug-svg 頁/ > /dev/null")]
pub(super) struct TablesArgs {
    /// Committee paper: PDF, text, Markdown or HTML (told by content)
    file: PathBuf,
    /// How to print them
    #[arg(long, value_enum, default_value_t)]
    format: TableFormat,
    /// Also draw each page of a PDF as DIR/page-NNN.svg: glyph boxes, separators, cells and blocks
    #[arg(long, value_name = "DIR")]
    debug_svg: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum TableFormat {
    /// One JSON object with all tables
    #[default]
    Json,
    /// Rectangular grids, a blank line between tables
    Csv,
    /// HTML tables with spans
    Html,
    /// Markdown tables
    Md,
}

/// A document's content with its id, or why there is none.
fn read(path: &PathBuf, args: &ReadArgs) -> Result<(String, Read), Failure> {
    let bytes = read_file(path)?;
    let id = document_id(&sha256_hex(&bytes));
    let pipeline = args.pipeline(None);
    let read =
        pipeline.read(bytes).map_err(|d| Failure::nothing(format!("{}: {}", path.display(), d.message)))?;
    Ok((id, read))
}

/// Tells what was lost on stderr; the exit code that goes with it.
fn report(path: &Path, diagnostics: &[Diagnostic]) -> u8 {
    let mut code = DONE;
    for d in diagnostics.iter().filter(|d| d.severity >= Severity::Warning) {
        let page = d.page.map(|p| format!(", page {p}")).unwrap_or_default();
        let line = d.line.map(|l| format!(", line {l}")).unwrap_or_default();
        eprintln!("shiryo: {}{page}{line}: {}", path.display(), d.message);
        if d.severity == Severity::Error {
            code = PARTLY;
        }
    }
    code
}

pub(super) fn text(args: &TextArgs) -> Result<u8, Failure> {
    let (_, read) = read(&args.file, &args.read)?;
    let code = report(&args.file, &read.content.diagnostics);
    let text = plain_text(&read.content);
    if text.trim().is_empty() && code != DONE {
        return Ok(NOTHING);
    }
    say(&text)?;
    Ok(code)
}

/// Draws every page with what the table stage saw on it. The pages are read once more: the first reading keeps none.
fn draw(args: &TablesArgs, dir: &Path, blocks: &[Block]) -> Result<(), Failure> {
    std::fs::create_dir_all(dir)
        .map_err(|e| Failure::nothing(format!("{}: cannot be made: {e}", dir.display())))?;
    let mut failed = None;
    let mut each = |page: PageContent| {
        let found = shiryo_layout::tables::find_tables(&page);
        let path = dir.join(format!("page-{:03}.svg", page.number));
        if let Err(e) = std::fs::write(&path, shiryo_layout::tables::debug_svg(&page, &found, blocks)) {
            failed.get_or_insert(Failure::nothing(format!("{}: cannot be written: {e}", path.display())));
        }
    };
    let read = shiryo_pdf::read(read_file(&args.file)?, &args.read.options(), &mut each);
    read.map_err(|e| Failure::nothing(format!("{}: {e}", args.file.display())))?;
    failed.map_or(Ok(()), Err)
}

pub(super) fn tables(args: &TablesArgs) -> Result<u8, Failure> {
    let (id, mut read) = read(&args.file, &args.read)?;
    if let Some(dir) = &args.debug_svg {
        if read.media_type != MediaType::Pdf {
            return Err(Failure::usage(format!("{}: only PDFs have pages to draw", args.file.display())));
        }
        draw(args, dir, &read.content.blocks)?;
    }
    let code = report(&args.file, &read.content.diagnostics);
    name_tables(&id, &mut read.content.tables);
    let tables = &read.content.tables;
    let text = match args.format {
        TableFormat::Json => shiryo_dataset::tables::json(&args.file.to_string_lossy(), tables),
        TableFormat::Csv => shiryo_dataset::tables::csv(tables),
        TableFormat::Html => shiryo_dataset::tables::html(tables),
        TableFormat::Md => shiryo_dataset::tables::markdown(tables),
    };
    say(&text)?;
    Ok(code)
}
