//! Facts of the file: text strings of the document information and catalog.

/// A PDF text string as Unicode: UTF-16 or UTF-8 with their marks, Shift_JIS or UTF-8 where a producer wrote
/// raw bytes, else PDFDocEncoding (whose printable part is Latin-1 but for a few signs).
pub(crate) fn text_string(bytes: &[u8]) -> String {
    let utf16 = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, _) = rest.as_chunks::<2>();
        let units = pairs.iter().map(|&p| unit(p));
        strip_language(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    };
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return utf16(rest, u16::from_be_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return utf16(rest, u16::from_le_bytes);
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    // Older Japanese producers write the title in the system's encoding.
    let (text, wrong) = encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes);
    if !wrong && text.chars().any(|c| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}')) {
        return text.into_owned();
    }
    bytes.iter().map(|&b| b as char).collect()
}

/// Drops language marks (ESC … ESC) that UTF-16 text strings may carry.
fn strip_language(text: String) -> String {
    if !text.contains('\u{1B}') {
        return text;
    }
    text.split('\u{1B}').step_by(2).collect()
}

/// The same for a title or name: one line, without control characters.
pub(crate) fn line(bytes: &[u8]) -> String {
    let text = text_string(bytes);
    let words: Vec<&str> = text.split(|c: char| c.is_control()).filter(|w| !w.is_empty()).collect();
    words.join(" ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_of_text_strings() {
        assert_eq!(text_string(b"\xFE\xFF\x8C\xC7\x65\x99"), "資料");
        assert_eq!(text_string(b"\xFF\xFE\xC7\x8C\x99\x65"), "資料");
        assert_eq!(text_string("資料".as_bytes()), "資料");
        assert_eq!(text_string(b"\x8E\x91\x97\xBF"), "資料");
        assert_eq!(text_string(b"caf\xE9"), "café");
        assert_eq!(text_string(b"\xFE\xFF\x00\x1B\x00j\x00a\x00\x1B\x8C\xC7"), "資");
    }

    #[test]
    fn a_title_is_one_line() {
        assert_eq!(line(b" Report\r\n2024\x00"), "Report 2024");
    }
}
