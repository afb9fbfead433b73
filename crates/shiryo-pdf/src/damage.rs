//! What is broken in a file's structure, so that a person knows what was rebuilt.
//!
//! The engine repairs silently; this looks at the same places it does and says what it must have found.

use shiryo_model::{Diagnostic, DiagnosticCode, Severity};
use std::sync::Arc;

/// Where the header may stand.
const HEADER_WINDOW: usize = 1 << 20;
/// Entries of a cross-reference table that are tried.
const MOST_ENTRIES: usize = 2_000;

fn warning(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Severity::Warning, DiagnosticCode::DamagedPdf, message)
}

/// Cuts off what stands before the header (offsets count from there) and tells what is broken.
pub(crate) fn examine(bytes: &mut Arc<Vec<u8>>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let window = bytes.get(..HEADER_WINDOW).unwrap_or(bytes);
    match find(window, b"%PDF-") {
        Some(0) => {}
        Some(junk) => {
            // Either convention of counting occurs; keep the one that leads to the table.
            if xref_position(bytes).is_none_or(|at| table_state(bytes, at).is_none()) {
                *bytes = Arc::new(bytes.get(junk..).unwrap_or_default().to_vec());
            }
            found.push(Diagnostic::new(
                Severity::Info,
                DiagnosticCode::DamagedPdf,
                format!("{junk} bytes before the PDF header were skipped"),
            ));
        }
        None => found.push(warning("the PDF header is missing")),
    }
    match xref_position(bytes) {
        None => found.push(warning(
            "the pointer to the cross-reference table (startxref) is missing; objects were found by scanning the file",
        )),
        Some(at) => match table_state(bytes, at) {
            None => found.push(warning(
                "the cross-reference table is not where the file says; objects were found by scanning the file",
            )),
            Some(wrong) if wrong > 0 => found.push(warning(format!(
                "{wrong} entries of the cross-reference table point to the wrong place; objects were found by scanning the file"
            ))),
            Some(_) => {}
        },
    }
    let tail = bytes.get(bytes.len().saturating_sub(2048)..).unwrap_or_default();
    if find(tail, b"%%EOF").is_none() {
        found
            .push(warning("the file has no end mark; it may have been cut short, and what followed is lost"));
    }
    found
}

/// Whether the bytes hold anything that looks like an object of a PDF.
pub(crate) fn has_objects(bytes: &[u8]) -> bool {
    find(bytes, b" obj").is_some()
}

/// Whether some object of the file (outside compressed streams) is a page.
pub(crate) fn mentions_pages(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(at) = find(rest, b"/Page") {
        rest = rest.get(at + 5..).unwrap_or_default();
        if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
            return true;
        }
    }
    find(bytes, b"/ObjStm").is_some()
}

/// The bytes with the branches of the page tree made unreadable; nothing else moves.
pub(crate) fn without_page_tree(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let mut from = 0;
    while let Some(at) = out.get(from..).and_then(|rest| find(rest, b"/Kids")) {
        if let Some(letter) = out.get_mut(from + at + 1) {
            *letter = b'k';
        }
        from += at + 5;
    }
    out
}

/// Where `needle` first stands.
pub(crate) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let (&first, _) = needle.split_first()?;
    let mut from = 0;
    while let Some(at) = haystack.get(from..)?.iter().position(|&b| b == first) {
        let at = from + at;
        if haystack.get(at..)?.starts_with(needle) {
            return Some(at);
        }
        from = at + 1;
    }
    None
}

/// The last `startxref`'s number.
fn xref_position(bytes: &[u8]) -> Option<usize> {
    let tail_start = bytes.len().saturating_sub(1 << 16);
    let tail = bytes.get(tail_start..)?;
    let keyword = b"startxref";
    let at = tail.windows(keyword.len()).rposition(|w| w == keyword)?;
    number(tail.get(at + keyword.len()..)?).map(|(n, _)| n)
}

/// Skips white space and reads a number; what follows comes with it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace() && *b != 0)?;
    let bytes = bytes.get(start..)?;
    let end = bytes.iter().position(|b| !b.is_ascii_digit()).unwrap_or(bytes.len());
    let (digits, rest) = bytes.split_at(end);
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let value = digits.iter().fold(0, |n, d| n * 10 + usize::from(d - b'0'));
    Some((value, rest))
}

/// How many entries of the table at `at` lead nowhere; `None` when no table (or stream) is there.
fn table_state(bytes: &[u8], at: usize) -> Option<usize> {
    let start = bytes.get(at..)?;
    let skip = start.iter().position(|b| !b.is_ascii_whitespace())?;
    let start = start.get(skip..)?;
    let Some(table) = start.strip_prefix(b"xref") else {
        // A cross-reference stream: an object.
        return is_object(start).then_some(0);
    };
    let (mut rest, mut wrong, mut tried) = (table, 0, 0);
    while let Some((_first, after)) = number(rest) {
        let (count, after) = number(after)?;
        rest = after;
        for _ in 0..count {
            let Some((offset, after)) = number(rest) else { return Some(wrong) };
            let Some((_, after)) = number(after) else { return Some(wrong) };
            let kind = after.iter().find(|b| !b.is_ascii_whitespace());
            if kind == Some(&b'n') && offset > 0 {
                tried += 1;
                let there = bytes.get(offset..).unwrap_or_default();
                wrong += usize::from(!is_object(there));
            }
            let skip = after.iter().position(|b| matches!(b, b'n' | b'f')).map_or(after.len(), |i| i + 1);
            rest = after.get(skip..)?;
            if tried > MOST_ENTRIES {
                return Some(wrong);
            }
        }
    }
    Some(wrong)
}

/// Whether `N G obj` stands here.
fn is_object(bytes: &[u8]) -> bool {
    let head = || {
        let (_, rest) = number(bytes.get(..64).unwrap_or(bytes))?;
        let (_, rest) = number(rest)?;
        let start = rest.iter().position(|b| !b.is_ascii_whitespace())?;
        rest.get(start..)
    };
    head().is_some_and(|rest| rest.starts_with(b"obj"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_table_and_wrong_offsets() {
        let sound = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<<>>\nstartxref\n29\n%%EOF";
        assert!(examine(&mut Arc::new(sound.to_vec())).is_empty());
        let text = String::from_utf8_lossy(sound).replace("0000000009", "0000000011");
        let wrong = examine(&mut Arc::new(text.into_bytes()));
        assert!(wrong.iter().any(|d| d.message.contains("1 entries")), "{wrong:?}");
    }

    #[test]
    fn junk_and_cut() {
        let mut bytes = Arc::new(b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n1 0 obj\n<<>>\nendobj\n".to_vec());
        let found = examine(&mut bytes);
        assert!(bytes.starts_with(b"%PDF-"));
        assert_eq!(found.len(), 3, "{found:?}");
    }

    #[test]
    fn nothing_at_all() {
        assert_eq!(examine(&mut Arc::default()).len(), 3);
        assert!(!mentions_pages(b"<< /Type /Pages /Kids [] >>"));
        assert!(mentions_pages(b"<< /Type /Page /Parent 1 0 R >>"));
    }
}
