//! Files that must not be shown to the second reader: it takes memory for whatever widths a cross-reference
//! stream or a predictor declares before it looks whether there is that much, and a failed allocation ends the
//! whole process.

use crate::raw_streams::{numbers, streams, values};

/// Bytes of a number in a cross-reference stream.
const WIDEST_FIELD: u64 = 8;
/// Columns of a predictor: pixels in a row of the widest image.
const MOST_COLUMNS: u64 = 1_000_000;

/// Whether every stream of the file declares widths that can be meant.
pub(crate) fn allows(bytes: &[u8]) -> bool {
    streams(bytes).all(|stream| dict_is_sane(&stream.dict))
}

fn dict_is_sane(dict: &[u8]) -> bool {
    values(dict, b"/W").all(|value| match value.strip_prefix(b"[") {
        Some(fields) => {
            let widths: Vec<u64> = numbers(fields).take(3).collect();
            widths.iter().all(|&w| w <= WIDEST_FIELD) && widths.iter().any(|&w| w > 0)
        }
        None => true,
    }) && ["/Columns", "/Colors", "/BitsPerComponent"]
        .iter()
        .all(|key| values(dict, key.as_bytes()).all(|v| numbers(v).next().is_none_or(|n| n <= MOST_COLUMNS)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_that_no_file_needs_are_refused() {
        let file = |dict: &str| {
            format!("%PDF-1.5\n1 0 obj\n<< {dict} >>\nstream\nx\nendstream\nendobj").into_bytes()
        };
        for sound in [
            "/Type /XRef /W [1 3 2] /Size 9",
            "/W[1 4 0]",
            "/Width 99999999 /DecodeParms << /Predictor 12 /Columns 5 >>",
        ] {
            assert!(allows(&file(sound)), "{sound}");
        }
        for giant in [
            "/Type /XRef /W [1 99999999999 2]",
            "/#57[ 1 3 9]",
            "/W %\n[0 0 0]",
            "/DecodeParms << /Predictor 12 /Columns 4294967295 >>",
        ] {
            assert!(!allows(&file(giant)), "{giant}");
        }
    }

    #[test]
    fn widths_of_glyphs_are_no_fields() {
        let font =
            b"1 0 obj << /Type /Font /W [231 324 500] >> endobj 2 0 obj << /Length 1 >> stream\nx endstream";
        assert!(allows(font));
    }
}
