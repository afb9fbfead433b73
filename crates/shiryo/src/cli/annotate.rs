//! `shiryo annotate`.

use super::{DONE, Failure, read_file, stdout_error};
use crate::sniff::{Sniffed, sniff};
use clap::Args;
use jiff::civil::Date;
use shiryo_ja::{TimeContext, annotate_line};
use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;

/// Reads plain text and prints every quantity and time expression with its span and value, one JSON object a
/// line. `start` and `end` count characters of the original line, from 0.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  echo '令和5年度は約16億円、1,000件以上' | shiryo annotate
  shiryo annotate 会議資料.txt --reference-date 2024-06-01")]
pub(super) struct AnnotateArgs {
    /// Text file; `-` or nothing reads standard input
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Date that gives the year to expressions that name none
    #[arg(long, value_name = "YYYY-MM-DD")]
    reference_date: Option<Date>,
}

pub(super) fn run(args: &AnnotateArgs) -> Result<u8, Failure> {
    let file = args.file.as_ref().filter(|f| f.as_os_str() != "-");
    let bytes = match file {
        Some(path) => read_file(path)?,
        None => {
            let mut bytes = Vec::new();
            io::stdin()
                .lock()
                .read_to_end(&mut bytes)
                .map_err(|e| Failure::nothing(format!("cannot read standard input: {e}")))?;
            bytes
        }
    };
    let name = file.map_or("standard input".to_owned(), |f| f.display().to_string());
    if bytes.is_empty() && file.is_none() {
        return Ok(DONE);
    }
    let text = match sniff(&bytes) {
        Ok(Sniffed::Text(text)) => text.text,
        Ok(Sniffed::Pdf) => {
            return Err(Failure::nothing(format!(
                "{name}: this is a PDF; annotate reads plain text (try `shiryo text FILE | shiryo annotate`)"
            )));
        }
        Err(why) => return Err(Failure::nothing(format!("{name}: {}", why.message))),
    };
    let context = TimeContext { reference: args.reference_date, ..TimeContext::default() };
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (number, line) in (1..).zip(text.split('\n')) {
        for annotation in annotate_line(number, line, &context) {
            let json = serde_json::to_string(&annotation).map_err(|e| Failure::nothing(e.to_string()))?;
            writeln!(out, "{json}").map_err(stdout_error)?;
        }
    }
    out.flush().map_err(stdout_error)?;
    Ok(DONE)
}
