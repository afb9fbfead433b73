//! Small questions about characters and their runs.

/// Whether `c[..at]` ends with `word`; gives where the word begins.
pub(super) fn ends(c: &[char], at: usize, word: &str) -> Option<usize> {
    let mut rest = c.get(..at)?.iter().rev();
    word.chars().rev().all(|w| rest.next() == Some(&w)).then(|| rest.len())
}

/// Whether `word` stands at `at`; gives where it ends.
pub(super) fn begins(c: &[char], at: usize, word: &str) -> Option<usize> {
    let mut rest = c.get(at..)?.iter();
    word.chars().all(|w| rest.next() == Some(&w)).then(|| c.len() - rest.len())
}

/// The longest word of `list` that stands at `at`; gives where it ends.
pub(super) fn begins_any(c: &[char], at: usize, list: &[&str]) -> Option<usize> {
    list.iter().filter_map(|w| begins(c, at, w)).max()
}

/// The longest word of `list` that `c[..at]` ends with; gives where it begins.
pub(super) fn ends_any(c: &[char], at: usize, list: &[&str]) -> Option<usize> {
    list.iter().filter_map(|w| ends(c, at, w)).min()
}

/// A range of characters as a string; empty when it lies outside.
pub(super) fn string(c: &[char], range: std::ops::Range<usize>) -> String {
    c.get(range).unwrap_or_default().iter().collect()
}

/// The words up to the first comma or stop.
pub(super) fn clause_behind(text: &str) -> &str {
    text.split(['、', '。']).next().unwrap_or_default()
}

/// The words behind the last comma or stop.
pub(super) fn clause_before(text: &str) -> &str {
    text.rsplit(['、', '。']).next().unwrap_or_default()
}

pub(super) fn is_hiragana(c: char) -> bool {
    ('ぁ'..='ゖ').contains(&c)
}

pub(super) fn is_kanji(c: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&c)
        || ('\u{F900}'..='\u{FAFF}').contains(&c)
        || matches!(c, '々' | '〆' | 'ヶ')
}

pub(super) fn is_katakana(c: char) -> bool {
    ('ァ'..='ヺ').contains(&c) || c == 'ー'
}

/// Characters that stand inside nouns.
pub(super) fn is_noun(c: char) -> bool {
    is_kanji(c)
        || is_katakana(c)
        || c.is_ascii_alphanumeric()
        || matches!(c, '・' | '&' | '-' | '/' | '+' | '～' | '→' | '※' | '〇' | '×' | '.' | '＆')
}

/// The opening bracket that closes with `c`.
pub(super) fn opener_of(c: char) -> Option<char> {
    Some(match c {
        ')' => '(',
        '」' => '「',
        '』' => '『',
        '】' => '【',
        '〉' => '〈',
        '》' => '《',
        ']' => '[',
        '>' => '<',
        _ => return None,
    })
}

/// The closing bracket that `c` opens.
pub(super) fn closer_of(c: char) -> Option<char> {
    Some(match c {
        '(' => ')',
        '「' => '」',
        '『' => '』',
        '【' => '】',
        '〈' => '〉',
        '《' => '》',
        '[' => ']',
        '<' => '>',
        _ => return None,
    })
}

/// The characters of a text, with the comma of papers set in the manner of reports (実施し,参加者は) as 、. One that
/// groups digits stays.
pub(super) fn with_japanese_commas(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().collect();
    let wide = |c: Option<&char>| c.is_some_and(|c| !c.is_ascii());
    for i in 0..chars.len() {
        let before = i.checked_sub(1).and_then(|b| chars.get(b));
        let clause = chars.get(i) == Some(&',') && (wide(before) || wide(chars.get(i + 1)));
        if clause && let Some(slot) = chars.get_mut(i) {
            *slot = '、';
        }
    }
    chars
}
