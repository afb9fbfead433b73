//! Normalisation of one line of text, with the way back to every source character.

use unicode_normalization::UnicodeNormalization;

/// Normalises `raw` and returns the result with, for each of its characters, the index of the character of
/// `raw` it came from (never decreasing).
pub fn normalise(raw: &str) -> (String, Vec<u32>) {
    let (mut text, mut map) = (String::with_capacity(raw.len()), Vec::with_capacity(raw.len()));
    for (i, c) in raw.chars().enumerate() {
        for n in std::iter::once(c).nfkc() {
            text.push(n);
            map.push(i as u32);
        }
    }
    (text, map)
}
