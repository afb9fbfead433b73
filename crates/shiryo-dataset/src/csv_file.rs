//! CSV files: UTF-8, RFC 4180.

use crate::columns::{Column, ColumnType};
use crate::values::Value;
use std::borrow::Cow;
use std::io::{self, Write};

/// How CSV files are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CsvOptions {
    /// Begin with a byte order mark, so that Excel takes the file for UTF-8.
    pub bom: bool,
    /// Put an apostrophe before text that a spreadsheet would take for a formula.
    pub safe: bool,
}

/// A CSV file being written.
#[derive(Debug)]
pub(crate) struct CsvFile<W: Write> {
    out: csv::Writer<W>,
    options: CsvOptions,
    typed: Vec<ColumnType>,
}

impl<W: Write> CsvFile<W> {
    /// Begins a file with the header of `columns`.
    pub(crate) fn with_header(out: W, options: CsvOptions, columns: &[Column]) -> io::Result<Self> {
        let mut file = Self::without_header(out, options)?;
        file.typed = columns.iter().map(|c| c.kind).collect();
        file.out.write_record(columns.iter().map(|c| c.name))?;
        Ok(file)
    }

    /// Begins a file that is a grid of text.
    pub(crate) fn without_header(mut out: W, options: CsvOptions) -> io::Result<Self> {
        if options.bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let out = csv::WriterBuilder::new().flexible(true).terminator(csv::Terminator::CRLF).from_writer(out);
        Ok(Self { out, options, typed: Vec::new() })
    }

    pub(crate) fn row(&mut self, values: &[Value<'_>]) -> io::Result<()> {
        for (i, value) in values.iter().enumerate() {
            let text = value.to_csv();
            let guarded = match self.typed.get(i) {
                Some(ColumnType::Text) if self.options.safe => guard(&text),
                _ => Cow::Borrowed(&*text),
            };
            self.out.write_field(guarded.as_bytes())?;
        }
        self.out.write_record(None::<&[u8]>)?;
        Ok(())
    }

    pub(crate) fn text_row(&mut self, row: &[&str]) -> io::Result<()> {
        for field in row {
            let text = if self.options.safe { guard(field) } else { Cow::Borrowed(*field) };
            self.out.write_field(text.as_bytes())?;
        }
        self.out.write_record(None::<&[u8]>)?;
        Ok(())
    }

    pub(crate) fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(|e| io::Error::new(e.error().kind(), e.error().to_string()))
    }
}

/// Text that a spreadsheet would run as a formula gets an apostrophe in front; plain numbers stay.
fn guard(text: &str) -> Cow<'_, str> {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number =
        text.trim_start_matches(['+', '-']).chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    if risky && !(number && text.len() > 1) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for risky in ["=1+1", "+cmd|x", "-", "@SUM(A1)", "-2+3", "\t=1"] {
            assert!(guard(risky).starts_with('\''), "{risky}");
        }
        for plain in ["-5", "+1,200", "件", "－", "", "-0.5"] {
            assert_eq!(guard(plain), plain);
        }
    }
}
