//! Classes of characters, on normalised text.

/// Kanji, 々 and the compatibility and extension blocks.
pub(crate) fn is_kanji(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '々' | '〆' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3134F}')
}

/// Hiragana.
pub(crate) fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | 'ゝ' | 'ゞ')
}

/// Katakana, the long vowel mark included.
pub(crate) fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30A1}'..='\u{30FA}' | 'ー' | 'ヽ' | 'ヾ')
}

/// A character of Japanese words: kanji or kana.
pub(crate) fn is_japanese(c: char) -> bool {
    is_kanji(c) || is_hiragana(c) || is_katakana(c)
}

/// A character set without spaces around it: Japanese letters, punctuation, brackets and marks.
pub(crate) fn is_cjk(c: char) -> bool {
    is_japanese(c)
        || matches!(c, '\u{3001}'..='\u{3040}' | '\u{3097}'..='\u{30A0}' | '\u{30FB}'..='\u{30FF}' | '\u{FF00}'..='\u{FFEF}')
        || matches!(c, '\u{2460}'..='\u{24FF}' | '\u{3200}'..='\u{33FF}' | '※' | '○' | '●' | '◯' | '→' | '△' | '▲')
}

/// Whether `chars` begins with `word`.
pub(crate) fn starts_with(chars: &[char], word: &str) -> bool {
    let mut at = chars.iter();
    word.chars().all(|w| at.next() == Some(&w))
}

/// Whether `chars` ends with `word`.
pub(crate) fn ends_with(chars: &[char], word: &str) -> bool {
    let mut at = chars.iter().rev();
    word.chars().rev().all(|w| at.next() == Some(&w))
}

/// A mark that stands for yes, no, partly or done in a cell of a table.
pub fn is_mark(c: char) -> bool {
    matches!(
        c,
        '〇' | '○'
            | '◯'
            | '●'
            | '◎'
            | '△'
            | '▲'
            | '×'
            | '✕'
            | '✓'
            | '✔'
            | '☑'
            | '☐'
            | '□'
            | '■'
            | '★'
            | '☆'
            | '⚪'
            | '⚫'
    )
}

/// A dash, which in a cell of a table stands for nothing.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '－' | '―' | '—' | '–' | '‐' | '─' | 'ー')
}
