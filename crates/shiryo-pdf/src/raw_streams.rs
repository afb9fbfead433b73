//! Streams as they stand in the bytes of a file, before any reader has looked at it: for guards that must not trust a
//! reader.

use crate::damage::find;

/// A stream's dictionary is looked for so far before the stream.
const LONGEST_DICT: usize = 1 << 14;

/// A stream in the bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawStream {
    /// What stands before it up to the beginning of its object, escapes in names resolved.
    pub(crate) dict: Vec<u8>,
    /// Where its data begin.
    pub(crate) start: usize,
}

/// Every stream of a file, and whatever looks like one.
pub(crate) fn streams(bytes: &[u8]) -> impl Iterator<Item = RawStream> {
    const KEYWORD: &[u8] = b"stream";
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + find(bytes.get(from..)?, KEYWORD)?;
            let window = bytes.get(at.saturating_sub(LONGEST_DICT).max(from)..at).unwrap_or_default();
            from = at + KEYWORD.len();
            if window.ends_with(b"end") {
                continue;
            }
            let begin = window.windows(4).rposition(|w| w == b" obj").unwrap_or(0);
            let dict = without_escapes(window.get(begin..).unwrap_or_default());
            let line_end = match bytes.get(from..) {
                Some([b'\r', b'\n', ..]) => 2,
                Some([b'\r' | b'\n', ..]) => 1,
                _ => 0,
            };
            return Some(RawStream { dict, start: from + line_end });
        }
    })
}

/// What follows each occurrence of a key, white space and comments skipped.
pub(crate) fn values<'a>(dict: &'a [u8], key: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let ends = dict
        .windows(key.len())
        .enumerate()
        .filter(move |(_, w)| *w == key)
        .map(move |(at, _)| at + key.len());
    ends.filter_map(move |end| {
        let mut rest = dict.get(end..)?;
        if rest.first().is_some_and(u8::is_ascii_alphanumeric) {
            // A longer name: /Width for /W. A number as in `/W3` is none.
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
pub(crate) fn numbers(bytes: &[u8]) -> impl Iterator<Item = u64> {
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
    fn streams_are_found_with_their_dictionaries() {
        let file =
            b"1 0 obj\n<< /#46ilter /A85 >>\nstream\r\nabc\nendstream endobj 2 0 obj << /L 1 >>stream\nx";
        let found: Vec<RawStream> = streams(file).collect();
        let [one, two] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(values(&one.dict, b"/Filter").next().map(|v| v.starts_with(b"/A85")), Some(true));
        assert!(file.get(one.start..).is_some_and(|data| data.starts_with(b"abc")));
        assert!(!two.dict.windows(4).any(|w| w == b"/A85"), "of its own object only");
        assert!(file.get(two.start..).is_some_and(|data| data == b"x"));
    }

    #[test]
    fn values_of_a_key_and_of_no_longer_one() {
        let dict = b"/Width 3 /W %7\n [1 2 1] /W3 /W 9";
        let found: Vec<Vec<u64>> = values(dict, b"/W").map(|v| numbers(v).take(3).collect()).collect();
        assert_eq!(found, [vec![1, 2, 1], vec![9]]);
    }
}
