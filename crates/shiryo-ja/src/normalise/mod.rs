//! Normalisation of text, with the way back to every source character.
//!
//! Two steps: [`fold`] looks at one character at a time (compatibility forms, half-width katakana,
//! radicals), [`spacing`] decides which spaces are typography and which carry meaning.

pub(crate) mod fold;
pub(crate) mod spacing;

use fold::Folded;

/// Normalises `raw` and returns the result with, for each of its characters, the index of the character of
/// `raw` it came from (never decreasing). Normalising a result again changes nothing.
///
/// ```
/// let (text, map) = shiryo_ja::normalise("令 和 ５ 年  ①ﾃﾞｰﾀ");
/// assert_eq!(text, "令和5年 ①データ");
/// assert_eq!(map[2], 4); // 5 came from ５
/// ```
pub fn normalise(raw: &str) -> (String, Vec<u32>) {
    split(&folded(raw))
}

/// As [`normalise`], character by character.
pub(crate) fn folded(raw: &str) -> Vec<Folded> {
    let mut folded = Vec::with_capacity(raw.len() / 2);
    fold::fold(raw.chars(), &mut folded);
    spacing::close_letter_spacing(&mut folded);
    spacing::close_gaps(&mut folded);
    folded
}

/// The characters as text, and their map.
pub(crate) fn split(folded: &[Folded]) -> (String, Vec<u32>) {
    let mut text = String::with_capacity(folded.len() * 3);
    text.extend(folded.iter().map(|f| f.c));
    (text, folded.iter().map(|f| f.at).collect())
}
