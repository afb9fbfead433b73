//! `shiryo annotate`.

use super::{DONE, Failure, read_text, stdout_error};
use crate::lines::{Lines, Piece};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use shiryo_ja::{Segmenter, TimeContext, YearParts, annotate_segmented, impossible_expressions, records};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;

/// Reads plain text and prints every quantity and time expression with its span and value, one JSON object a
/// line. `start` and `end` count characters of the original line, from 0. Input is read as it comes, however long
/// it is; dates that no calendar has are told on stderr.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  echo '令和5年度は約16億円、1,000件以上' | shiryo annotate
  shiryo annotate 会議資料.txt --reference-date 2024-06-01
  tail -f 議事録.txt | shiryo annotate - --year-parts fiscal --user-dictionary 用語.csv")]
pub(super) struct AnnotateArgs {
    /// Text file; `-` or nothing reads standard input
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Date that gives the year to expressions that name none
    #[arg(long, value_name = "YYYY-MM-DD")]
    reference_date: Option<Date>,
    /// Which year halves and quarters (上期, 第1四半期) divide where their year is not called 年度
    #[arg(long, value_enum, default_value_t)]
    year_parts: YearPartsArg,
    /// Words of your own for segmentation: CSV lines of surface,part_of_speech,reading
    #[arg(long, value_name = "FILE")]
    user_dictionary: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum YearPartsArg {
    /// 上期 and 下期 the fiscal year, quarters after 年 the calendar year, all alone the fiscal year
    #[default]
    AsWritten,
    /// Always the fiscal year (April to March)
    Fiscal,
    /// The calendar year
    Calendar,
}

impl From<YearPartsArg> for YearParts {
    fn from(arg: YearPartsArg) -> Self {
        match arg {
            YearPartsArg::AsWritten => Self::AsWritten,
            YearPartsArg::Fiscal => Self::Fiscal,
            YearPartsArg::Calendar => Self::Calendar,
        }
    }
}

pub(super) fn run(args: &AnnotateArgs) -> Result<u8, Failure> {
    let own = args.user_dictionary.as_ref().map(read_text).transpose()?;
    let segmenter = Segmenter::with_user_dictionary(own.as_deref().unwrap_or_default())
        .map_err(|e| Failure::usage(e.to_string()))?;
    let file = args.file.as_ref().filter(|f| f.as_os_str() != "-");
    let name = file.map_or("standard input".to_owned(), |f| f.display().to_string());
    let source: Box<dyn Read> = match file {
        Some(path) => {
            Box::new(File::open(path).map_err(|e| Failure::nothing(format!("{name}: cannot be read: {e}")))?)
        }
        None => Box::new(io::stdin().lock()),
    };
    let Some(mut lines) = Lines::new(source).map_err(|e| Failure::nothing(format!("{name}: {e}")))? else {
        return if file.is_none() {
            Ok(DONE)
        } else {
            Err(Failure::nothing(format!("{name}: the file is empty")))
        };
    };
    let context = TimeContext {
        reference: args.reference_date,
        year_parts: args.year_parts.into(),
        ..TimeContext::default()
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    while let Some(piece) =
        lines.next_piece().map_err(|e| Failure::nothing(format!("{name}: cannot be read: {e}")))?
    {
        annotate(&piece, &context, &segmenter, &mut out)?;
        // A reader that waits (tail -f | shiryo annotate) sees each line when it comes.
        if lines.would_wait() {
            out.flush().map_err(stdout_error)?;
        }
    }
    out.flush().map_err(stdout_error)?;
    if lines.damaged() {
        eprintln!("shiryo: {name}: some bytes are not valid {}; they were replaced", lines.encoding());
    }
    Ok(DONE)
}

fn annotate(
    piece: &Piece<'_>,
    context: &TimeContext,
    segmenter: &Segmenter,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let mentions = annotate_segmented(piece.text, context, segmenter);
    for mut record in records(piece.line, piece.text, mentions) {
        record.start += piece.offset;
        record.end += piece.offset;
        let json = serde_json::to_string(&record).map_err(|e| Failure::nothing(e.to_string()))?;
        writeln!(out, "{json}").map_err(stdout_error)?;
    }
    for (_, reason) in impossible_expressions(piece.text, context) {
        eprintln!("shiryo: line {}: {reason}", piece.line);
    }
    Ok(())
}
