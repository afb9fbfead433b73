//! Tells what a file is by its content and decodes text.

use encoding_rs::{EUC_JP, Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};
use shiryo_model::{Diagnostic, DiagnosticCode, MediaType, Severity};

/// A PDF's header may stand anywhere in this many bytes.
const PDF_HEADER_WINDOW: usize = 1024;
/// How much decoded text is looked at to tell HTML and Markdown from plain text.
const MARKUP_WINDOW: usize = 64 * 1024;

/// What a file turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Sniffed {
    /// A PDF; the bytes go to the PDF reader.
    Pdf,
    /// Text in a known encoding.
    Text(DecodedText),
}

/// Decoded text.
#[derive(Debug, Clone, PartialEq)]
pub struct DecodedText {
    /// The text, line breaks `\n`, without a byte order mark.
    pub text: String,
    /// WHATWG name of the encoding.
    pub encoding: &'static str,
    /// Plain text, Markdown or HTML.
    pub media: MediaType,
    /// Doubts about the encoding.
    pub diagnostics: Vec<Diagnostic>,
}

/// Tells what `bytes` are; an error says why they are nothing that can be read.
pub fn sniff(bytes: &[u8]) -> Result<Sniffed, Diagnostic> {
    if bytes.is_empty() {
        return Err(Diagnostic::new(
            Severity::Error,
            DiagnosticCode::EmptyFile,
            "the file is empty (0 bytes)",
        ));
    }
    if is_pdf(bytes) {
        return Ok(Sniffed::Pdf);
    }
    let (text, encoding, diagnostics) = decode(bytes)?;
    if text.chars().all(char::is_whitespace) {
        return Err(Diagnostic::new(
            Severity::Error,
            DiagnosticCode::EmptyFile,
            "the file holds nothing but white space",
        ));
    }
    let text = unify_line_breaks(text);
    let media = media_of(&text);
    Ok(Sniffed::Text(DecodedText { text, encoding: encoding.name(), media, diagnostics }))
}

/// Whether `bytes` begin like a PDF: its header within the first kilobyte, as readers accept it.
fn is_pdf(bytes: &[u8]) -> bool {
    let head = bytes.get(..PDF_HEADER_WINDOW.min(bytes.len())).unwrap_or_default();
    let Some(at) = head.windows(5).position(|w| w == b"%PDF-") else { return false };
    // A text about PDFs is no PDF: what stands before the header must not be a long readable text, and after
    // `%PDF-` comes the version's digit.
    bytes.get(at + 5).is_some_and(u8::is_ascii_digit) || at == 0
}

type Decoded = (String, &'static Encoding, Vec<Diagnostic>);

fn decode(bytes: &[u8]) -> Result<Decoded, Diagnostic> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let body = bytes.get(mark..).unwrap_or_default();
        let (text, bad) = encoding.decode_without_bom_handling(body);
        let doubts = if bad {
            vec![doubt(format!(
                "some bytes are not valid {}; they were replaced by \u{fffd}",
                encoding.name()
            ))]
        } else {
            Vec::new()
        };
        return readable(text.into_owned(), encoding, doubts);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        let (text, bad) = encoding.decode_without_bom_handling(bytes);
        if !bad {
            return readable(text.into_owned(), encoding, Vec::new());
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return readable(text.to_owned(), UTF_8, Vec::new());
    }
    legacy(bytes)
}

/// UTF-16 without a byte order mark: Japanese text has NUL bytes on one side for its ASCII and line breaks, and
/// kana (0x30) on the same side.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..4096.min(bytes.len()))?;
    if !bytes.len().is_multiple_of(2) || head.len() < 4 {
        return None;
    }
    let side = |offset: usize| {
        let high = head.iter().skip(offset).step_by(2);
        high.filter(|&&b| b == 0 || b == 0x30).count() as f64 / (head.len() / 2) as f64
    };
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    match (side(0), side(1)) {
        (be, le) if be > 0.4 && zeros(0) > zeros(1) && be > le => Some(UTF_16BE),
        (be, le) if le > 0.4 && zeros(1) > zeros(0) && le > be => Some(UTF_16LE),
        _ => None,
    }
}

/// Shift_JIS, EUC-JP or damaged UTF-8: the one in which the bytes read best.
fn legacy(bytes: &[u8]) -> Result<Decoded, Diagnostic> {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"jp"), chardetng::Utf8Detection::Allow);
    let mut best: Option<(f64, &'static Encoding, String)> = None;
    for encoding in [guess, SHIFT_JIS, EUC_JP, UTF_8] {
        if ![SHIFT_JIS, EUC_JP, UTF_8, encoding_rs::ISO_2022_JP].contains(&encoding) {
            continue;
        }
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        let score = doubtfulness(&text);
        if best.as_ref().is_none_or(|(s, ..)| score < *s) {
            best = Some((score, encoding, text.into_owned()));
        }
    }
    let Some((score, encoding, text)) = best else { return Err(unknown()) };
    if score > 0.05 {
        return Err(unknown());
    }
    let name = encoding.name();
    let diagnostics = if text.contains('\u{fffd}') {
        vec![doubt(format!("some bytes are not valid {name}; they were replaced by \u{fffd}"))]
    } else {
        Vec::new()
    };
    readable(text, encoding, diagnostics)
}

/// Share of characters that no Japanese text has: undecodable bytes, control characters, private use.
fn doubtfulness(text: &str) -> f64 {
    let (mut all, mut bad) = (0usize, 0.0f64);
    for c in text.chars() {
        all += 1;
        bad += match c {
            '\u{fffd}' => 1.0,
            '\u{e000}'..='\u{f8ff}' => 0.5,
            // Half-width katakana are what EUC-JP looks like in Shift_JIS.
            '\u{ff61}'..='\u{ff9f}' => 0.04,
            c if is_bad_control(c) => 1.0,
            _ => 0.0,
        };
    }
    bad / all.max(1) as f64
}

fn is_bad_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{b}' | '\u{1a}' | '\u{85}')
}

/// Text with control characters in it is a binary file that happens to decode.
fn readable(
    text: String,
    encoding: &'static Encoding,
    diagnostics: Vec<Diagnostic>,
) -> Result<Decoded, Diagnostic> {
    if doubtfulness(&text) > 0.05 || text.contains('\0') {
        return Err(unknown());
    }
    Ok((text, encoding, diagnostics))
}

fn unknown() -> Diagnostic {
    Diagnostic::new(
        Severity::Error,
        DiagnosticCode::UnknownFormat,
        "neither a PDF nor text in UTF-8, UTF-16, Shift_JIS or EUC-JP",
    )
}

fn doubt(message: String) -> Diagnostic {
    Diagnostic::new(Severity::Warning, DiagnosticCode::EncodingDoubt, message)
}

fn unify_line_breaks(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

/// HTML, Markdown or plain text.
///
/// Text extracts carry single HTML fragments (`<p>`, `<ul>`); only a whole page or a text that is mostly tags is
/// HTML. Markdown needs two different kinds of its marks.
fn media_of(text: &str) -> MediaType {
    let end = text.char_indices().map(|(i, _)| i).take_while(|&i| i <= MARKUP_WINDOW).last().unwrap_or(0);
    let head = if text.len() <= MARKUP_WINDOW { text } else { text.get(..end).unwrap_or(text) };
    let start = head.trim_start().chars().take(512).collect::<String>().to_ascii_lowercase();
    if start.starts_with("<!doctype html")
        || start.contains("<html")
        || start.contains("<body")
        || start.contains("<head>")
    {
        return MediaType::Html;
    }
    if is_markdown(head) { MediaType::Markdown } else { MediaType::Text }
}

fn is_markdown(text: &str) -> bool {
    let (mut headings, mut rows, mut separators, mut bullets, mut fences) = (0, 0, 0, 0, 0);
    for line in text.lines() {
        let line = line.trim();
        let hashes = line.bytes().take_while(|&b| b == b'#').count();
        headings += usize::from((1..=6).contains(&hashes) && line.as_bytes().get(hashes) == Some(&b' '));
        let is_separator = line.contains('-')
            && line.contains('|')
            && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
        separators += usize::from(is_separator);
        rows += usize::from(line.starts_with('|') && line.ends_with('|') && line.len() > 2);
        bullets += usize::from(line.starts_with("- ") || line.starts_with("* ") || line.contains("**"));
        fences += usize::from(line.starts_with("```"));
    }
    separators > 0 && rows > 1 || headings > 0 && (headings > 1 || bullets > 0 || fences > 1)
}
