//! Lines of a text of any encoding, read as it comes and never held as a whole.

use crate::sniff::{Sniffed, sniff};
use encoding_rs::{Decoder, Encoding};
use shiryo_model::DiagnosticCode;
use std::io::{self, Read};

/// How much is looked at to tell the encoding.
const HEAD: usize = 1 << 20;
/// How much is read at once.
const CHUNK: usize = 1 << 16;
/// A line longer than this many bytes comes in pieces.
const LONGEST: usize = 1 << 20;

/// A line, or a piece of one that is very long.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece<'a> {
    /// 1-based number of the line.
    pub(crate) line: usize,
    /// Characters of the line that came before.
    pub(crate) offset: usize,
    /// Its characters, without the line break.
    pub(crate) text: &'a str,
}

/// Why a text cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LinesError {
    /// Reading failed.
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    /// Not a text.
    #[error("{0}")]
    NoText(String),
}

/// The lines of a text.
pub(crate) struct Lines<R> {
    source: R,
    decoder: Decoder,
    encoding: &'static Encoding,
    /// Bytes read to tell the encoding and not decoded yet.
    head: Vec<u8>,
    /// Decoded text from the current line on.
    text: String,
    /// Where in `text` the next piece begins.
    at: usize,
    line: usize,
    offset: usize,
    ended: bool,
    damaged: bool,
}

impl<R: Read> Lines<R> {
    /// Tells the encoding from the first megabyte; `None` for an empty source.
    pub(crate) fn new(mut source: R) -> Result<Option<Self>, LinesError> {
        let mut head = Vec::new();
        // What comes through a pipe is taken as it comes: a first line is enough.
        let mut chunk = vec![0; CHUNK];
        loop {
            let n = read_some(&mut source, &mut chunk)?;
            head.extend_from_slice(chunk.get(..n).unwrap_or_default());
            let plain = head.is_ascii();
            if n == 0 || head.len() >= HEAD || !plain && head.contains(&b'\n') && n < CHUNK {
                break;
            }
        }
        if head.is_empty() {
            return Ok(None);
        }
        let encoding = match sniff(sample(&head)) {
            Ok(Sniffed::Text(text)) => Encoding::for_label(text.encoding.as_bytes()),
            Ok(Sniffed::Pdf) => {
                let message =
                    "this is a PDF; annotate reads plain text (try `shiryo text FILE | shiryo annotate`)";
                return Err(LinesError::NoText(message.into()));
            }
            Err(why) if why.code == DiagnosticCode::EmptyFile => None,
            Err(why) => return Err(LinesError::NoText(why.message)),
        }
        .unwrap_or(encoding_rs::UTF_8);
        let decoder = encoding.new_decoder_with_bom_removal();
        Ok(Some(Self {
            source,
            decoder,
            encoding,
            head,
            text: String::new(),
            at: 0,
            line: 1,
            offset: 0,
            ended: false,
            damaged: false,
        }))
    }

    /// WHATWG name of the encoding.
    pub(crate) fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// Whether bytes so far were not valid in the encoding.
    pub(crate) fn damaged(&self) -> bool {
        self.damaged
    }

    /// Whether the next piece asks the source for more.
    pub(crate) fn would_wait(&self) -> bool {
        !self.ended && line_break(self.rest(), self.ended).is_none()
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next line or piece of one; `None` at the end.
    pub(crate) fn next_piece(&mut self) -> io::Result<Option<Piece<'_>>> {
        loop {
            let rest = self.rest();
            let (length, skip) = match line_break(rest, self.ended) {
                Some((length, skip)) if length <= LONGEST => (length, skip),
                None if self.ended && rest.is_empty() => return Ok(None),
                None if self.ended && rest.len() <= LONGEST => (rest.len(), 0),
                None if rest.len() <= LONGEST => {
                    self.fill()?;
                    continue;
                }
                _ => (floor(rest, LONGEST), 0),
            };
            let from = self.at;
            self.at += length + skip;
            let (line, offset) = (self.line, self.offset);
            let text = self.text.get(from..from + length).unwrap_or_default();
            if skip > 0 {
                (self.line, self.offset) = (line + 1, 0);
            } else {
                self.offset += text.chars().count();
            }
            return Ok(Some(Piece { line, offset, text }));
        }
    }

    /// Drops what was given and decodes more.
    fn fill(&mut self) -> io::Result<()> {
        self.text.drain(..self.at);
        self.at = 0;
        let mut bytes = std::mem::take(&mut self.head);
        if bytes.is_empty() {
            bytes = vec![0; CHUNK];
            let n = read_some(&mut self.source, &mut bytes)?;
            bytes.truncate(n);
        }
        self.ended = bytes.is_empty();
        let needed = self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3 + 16);
        self.text.reserve(needed);
        let (_, _, bad) = self.decoder.decode_to_string(&bytes, &mut self.text, self.ended);
        self.damaged |= bad;
        Ok(())
    }
}

/// Reads what there is, at least a byte before the end.
fn read_some(source: &mut impl Read, into: &mut [u8]) -> io::Result<usize> {
    loop {
        match source.read(into) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

/// The part of the head that surely ends with a character.
fn sample(head: &[u8]) -> &[u8] {
    if head.contains(&0) || head.starts_with(&[0xFE, 0xFF]) || head.starts_with(&[0xFF, 0xFE]) {
        return head.get(..head.len() & !1).unwrap_or_default();
    }
    let end = head.iter().rposition(|b| *b == b'\n').map_or(head.len(), |i| i + 1);
    head.get(..end).unwrap_or_default()
}

/// The length of the line `text` begins with and of its break; `None` if no break is in sight.
fn line_break(text: &str, ended: bool) -> Option<(usize, usize)> {
    let at = text.bytes().position(|b| matches!(b, b'\n' | b'\r'))?;
    match text.as_bytes().get(at..)? {
        [b'\r', b'\n', ..] => Some((at, 2)),
        // The other half of \r\n may be on its way.
        [b'\r'] if !ended => None,
        _ => Some((at, 1)),
    }
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A source that gives a few bytes at a time.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let n = self.1.min(self.0.len()).min(into.len());
            let (now, later) = self.0.split_at(n);
            into[..n].copy_from_slice(now);
            self.0 = later;
            Ok(n)
        }
    }

    fn all(bytes: &[u8], drip: usize) -> Vec<(usize, usize, String)> {
        let mut lines = Lines::new(Drip(bytes, drip)).expect("a text").expect("not empty");
        let mut out = Vec::new();
        while let Some(p) = lines.next_piece().expect("reads") {
            out.push((p.line, p.offset, p.text.to_owned()));
        }
        out
    }

    #[test]
    fn lines_of_every_encoding_and_break() {
        let want = vec![(1, 0, "令和5年度".to_owned()), (2, 0, String::new()), (3, 0, "10件".to_owned())];
        let text = "令和5年度\r\n\r\n10件";
        for drip in [1, 3, 7, 4096] {
            assert_eq!(all(text.as_bytes(), drip), want);
            assert_eq!(all("令和5年度\r\r10件".as_bytes(), drip), want);
            assert_eq!(all("\u{FEFF}令和5年度\n\n10件\n".as_bytes(), drip), want);
        }
        assert_eq!(all(&encoding_rs::SHIFT_JIS.encode(text).0, 4096), want);
        assert_eq!(all(&encoding_rs::EUC_JP.encode(text).0, 4096), want);
        let utf16: Vec<u8> =
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(all(&utf16, 4096), want);
    }

    #[test]
    fn a_line_without_end_comes_in_pieces() {
        let text = "計10件、".repeat(LONGEST / 4);
        let pieces = all(text.as_bytes(), 1 << 20);
        assert!(pieces.len() > 2 && pieces.iter().all(|p| p.0 == 1 && p.2.len() <= LONGEST));
        assert_eq!(pieces.iter().map(|p| p.2.as_str()).collect::<String>(), text);
        assert_eq!(pieces[1].1, pieces[0].2.chars().count());
    }

    #[test]
    fn what_is_no_text_is_told() {
        assert!(Lines::new(&b""[..]).is_ok_and(|l| l.is_none()));
        assert!(matches!(Lines::new(&b"%PDF-1.7\n"[..]), Err(LinesError::NoText(_))));
        assert!(matches!(Lines::new(&[0u8, 159, 146, 150, 255, 1, 2, 3][..]), Err(LinesError::NoText(_))));
        assert_eq!(all(b" \n \n", 4096).len(), 2);
    }
}
