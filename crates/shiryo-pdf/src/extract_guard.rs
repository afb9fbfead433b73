//! Files that must not be shown to the second reader: it takes memory for whatever widths a cross-reference
//! stream or a predictor declares before it looks whether there is that much, and a failed allocation ends the
//! whole process.

/// Bytes of a number in a cross-reference stream.
const WIDEST_FIELD: u64 = 8;
/// Columns of a predictor: pixels in a row of the widest image.
const MOST_COLUMNS: u64 = 1_000_000;
/// A stream's dictionary is looked for so far before the stream.
const LONGEST_DICT: usize = 1 << 14;

/// Whether every stream of the file declares widths that can be meant.
pub(crate) fn allows(bytes: &[u8]) -> bool {
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| super::damage::find(rest, b"stream")) {
        let at = from + at;
        let window = bytes.get(at.saturating_sub(LONGEST_DICT).max(from)..at).unwrap_or_default();
        from = at + b"stream".len();
        if !window.ends_with(b"end") && !dict_is_sane(&without_escapes(window)) {
            return false;
        }
    }
    true
}

fn dict_is_sane(dict: &[u8]) -> bool {
    let start = dict.windows(4).rposition(|w| w == b" obj").unwrap_or(0);
    let dict = dict.get(start..).unwrap_or_default();
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

/// What follows each occurrence of a key, white space and comments skipped.
fn values<'a>(dict: &'a [u8], key: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let ends = dict
        .windows(key.len())
        .enumerate()
        .filter(move |(_, w)| *w == key)
        .map(move |(at, _)| at + key.len());
    ends.filter_map(move |end| {
        let mut rest = dict.get(end..)?;
        if rest.first().is_some_and(u8::is_ascii_alphanumeric) && key == b"/W" {
            // A longer name: /Width. A number as in `/W3` is none.
            return None;
        }
        loop {
            match rest.first() {
                Some(b) if b.is_ascii_whitespace() || *b == 0 => rest = rest.get(1..)?,
                Some(b'%') => rest = rest.get(rest.iter().position(|b| matches!(b, b'\n' | b'\r'))?..)?,
                _ => return Some(rest),
            }
        }
    })
}

/// The numbers at the beginning of `bytes`, up to the end of an array.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = u64> {
    bytes
        .split(|b| !b.is_ascii_digit() && *b != b']')
        .filter(|word| !word.is_empty())
        .map_while(|word| word.first().is_some_and(u8::is_ascii_digit).then_some(word))
        .map(|word| {
            word.iter()
                .take_while(|b| b.is_ascii_digit())
                .fold(0_u64, |n, b| n.saturating_mul(10).saturating_add(u64::from(b - b'0')))
        })
}

/// `#57` in a name is `W`.
fn without_escapes(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    let hex = |b: u8| (b as char).to_digit(16).and_then(|d| u8::try_from(d).ok());
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if let (b'#', &[a, b, ..]) = (first, after)
            && let (Some(a), Some(b)) = (hex(a), hex(b))
        {
            out.push(a << 4 | b);
            rest = after.get(2..).unwrap_or_default();
        } else {
            out.push(first);
        }
    }
    out
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
