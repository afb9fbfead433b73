//! The command line.

mod annotate;
mod catalog;
mod check;
mod diff;
mod explain;
mod extract;
mod inspect;
mod schema;
mod worker;

use crate::{OcrMode, Pipeline};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// Everything was done.
const DONE: u8 = 0;
/// Nothing could be done.
const NOTHING: u8 = 1;
/// Wrong usage.
const USAGE: u8 = 2;
/// Done, but some documents failed or are incomplete.
const PARTLY: u8 = 3;

/// Japanese committee papers in, a checked dataset out: every table and every stated quantity bound to its
/// subject, unit, period, status and place.
#[derive(Debug, Parser)]
#[command(name = "shiryo", version, max_term_width = 110, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 all documents done · 1 nothing could be done · 2 wrong usage · \
    3 done, but some documents failed or are incomplete")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Files and folders of committee papers to one dataset
    Extract(extract::ExtractArgs),
    /// The document's reading-order text, normalised, to stdout (form feed between pages)
    Text(inspect::TextArgs),
    /// The document's tables to stdout
    Tables(inspect::TablesArgs),
    /// Quantities and time expressions of plain text, one JSON object a line
    Annotate(annotate::AnnotateArgs),
    /// Re-reads papers and compares them with their expected output
    Check(check::CheckArgs),
    /// What changed between two datasets, observation by observation
    Diff(diff::DiffArgs),
    /// Where a row of a dataset comes from and why it says what it says
    Explain(explain::ExplainArgs),
    /// The measure catalogue: list it, test a label, check a catalogue of one's own
    Catalog(catalog::CatalogArgs),
    /// The JSON Schemas of all that is written
    Schema(schema::SchemaArgs),
    /// Reads documents for a parent process (extract starts these by itself)
    #[command(hide = true)]
    Worker,
}

/// How PDFs are read.
#[derive(Debug, Clone, Args)]
struct ReadArgs {
    /// Which PDF reader may be used
    #[arg(long, value_enum, default_value_t)]
    engine: EngineArg,
    /// Password of encrypted PDFs
    #[arg(long, value_name = "P")]
    password: Option<String>,
    /// Pages of PDFs to read, such as 1-3,7 (all by default)
    #[arg(long, value_name = "LIST", value_parser = parse_pages)]
    pages: Option<Pages>,
    /// Which pages are read by character recognition (Tesseract)
    #[arg(long, value_enum, default_value_t)]
    ocr: OcrArg,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum OcrArg {
    /// Scanned pages, where Tesseract is installed
    #[default]
    Auto,
    /// Every page, even where it has text: for text layers that are wrong
    Force,
    /// None: scanned pages are reported
    Off,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum EngineArg {
    /// hayro first, pdf-extract for pages it could not decode
    #[default]
    Auto,
    /// hayro alone
    Hayro,
    /// pdf-extract alone
    PdfExtract,
}

/// 1-based page numbers in ascending order.
#[derive(Debug, Clone)]
struct Pages(Vec<u32>);

impl ReadArgs {
    /// A pipeline that reads as these arguments say.
    fn pipeline(&self, catalog: Option<String>) -> Pipeline {
        let mut pipeline = Pipeline::new(self.options(), catalog);
        pipeline.ocr = match self.ocr {
            OcrArg::Auto => OcrMode::Auto,
            OcrArg::Force => OcrMode::Force,
            OcrArg::Off => OcrMode::Off,
        };
        pipeline
    }

    fn options(&self) -> shiryo_pdf::ReadOptions {
        shiryo_pdf::ReadOptions {
            engine: match self.engine {
                EngineArg::Auto => shiryo_pdf::Engine::Auto,
                EngineArg::Hayro => shiryo_pdf::Engine::Hayro,
                EngineArg::PdfExtract => shiryo_pdf::Engine::PdfExtract,
            },
            password: self.password.clone(),
            pages: self.pages.as_ref().map(|p| p.0.clone()),
        }
    }
}

/// `1-3,7` to `[1, 2, 3, 7]`.
fn parse_pages(text: &str) -> Result<Pages, String> {
    const MOST: u32 = 100_000;
    let number = |s: &str| {
        let n: u32 = s.trim().parse().map_err(|_| format!("`{s}` is not a page number"))?;
        if (1..=MOST).contains(&n) { Ok(n) } else { Err(format!("page {n} is not within 1-{MOST}")) }
    };
    let mut pages = std::collections::BTreeSet::new();
    for part in text.split(',') {
        let (from, to) = match part.split_once('-') {
            Some((a, b)) => (number(a)?, number(b)?),
            None => (number(part)?, number(part)?),
        };
        if from > to {
            return Err(format!("`{part}` runs backwards"));
        }
        pages.extend(from..=to);
    }
    Ok(Pages(pages.into_iter().collect()))
}

/// What ends a command early.
#[derive(Debug)]
struct Failure {
    code: u8,
    message: String,
}

impl Failure {
    fn nothing(message: impl Into<String>) -> Self {
        Self { code: NOTHING, message: message.into() }
    }
    fn usage(message: impl Into<String>) -> Self {
        Self { code: USAGE, message: message.into() }
    }
}

/// A reader of stdout that went away (`shiryo text x | head`) is no error.
fn stdout_error(error: io::Error) -> Failure {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Failure { code: DONE, message: String::new() };
    }
    Failure::nothing(format!("cannot write to standard output: {error}"))
}

/// Writes to standard output.
fn say(text: &str) -> Result<(), Failure> {
    use io::Write as _;
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(stdout_error)
}

/// Reads a file, naming it in the error.
fn read_file(path: &PathBuf) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|e| Failure::nothing(format!("{}: cannot be read: {e}", path.display())))
}

/// Reads a file of UTF-8 text.
fn read_text(path: &PathBuf) -> Result<String, Failure> {
    String::from_utf8(read_file(path)?)
        .map_err(|e| Failure::nothing(format!("{}: not UTF-8: {e}", path.display())))
}

/// Runs the program.
pub fn main() -> ExitCode {
    quiet_panics();
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Extract(args) => extract::run(&args),
        Command::Text(args) => inspect::text(&args),
        Command::Tables(args) => inspect::tables(&args),
        Command::Annotate(args) => annotate::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Catalog(args) => catalog::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Worker => worker::run(),
    };
    let code = done.unwrap_or_else(|failure| {
        if !failure.message.is_empty() {
            eprintln!("shiryo: {}", failure.message);
        }
        failure.code
    });
    ExitCode::from(code)
}

/// A panic while reading a document is caught and recorded there; the default report would only confuse.
fn quiet_panics() {
    if std::env::var_os("RUST_BACKTRACE").is_none_or(|v| v == "0") {
        std::panic::set_hook(Box::new(|_| {}));
    }
}
