//! Symbol fonts: their private code points (U+F020–F0FF) as the characters they show.
//!
//! Word writes bullets and signs with Wingdings and Symbol; ToUnicode and the fonts' own cmaps give the code in
//! the Private Use Area. Only signs with a Unicode character of their own are listed.

/// Wingdings, by code.
const WINGDINGS: &[(u8, char)] = &[
    (0x28, '☎'),
    (0x29, '✆'),
    (0x2A, '✉'),
    (0x46, '☞'),
    (0x4A, '☺'),
    (0x6C, '●'),
    (0x6D, '❍'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x80, '⓪'),
    (0x81, '①'),
    (0x82, '②'),
    (0x83, '③'),
    (0x84, '④'),
    (0x85, '⑤'),
    (0x86, '⑥'),
    (0x87, '⑦'),
    (0x88, '⑧'),
    (0x89, '⑨'),
    (0x8A, '⑩'),
    (0x8C, '❶'),
    (0x8D, '❷'),
    (0x8E, '❸'),
    (0x8F, '❹'),
    (0x90, '❺'),
    (0x91, '❻'),
    (0x92, '❼'),
    (0x93, '❽'),
    (0x94, '❾'),
    (0x95, '❿'),
    (0x9E, '·'),
    (0x9F, '•'),
    (0xA1, '○'),
    (0xA4, '◉'),
    (0xA5, '◎'),
    (0xA7, '▪'),
    (0xA8, '◻'),
    (0xAB, '★'),
    (0xD8, '➢'),
    (0xDC, '➲'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE8, '➔'),
    (0xEF, '⇦'),
    (0xF0, '⇨'),
    (0xF1, '⇧'),
    (0xF2, '⇩'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

/// Symbol, by code.
const SYMBOL: &[(u8, char)] = &[
    (0x2A, '∗'),
    (0x2B, '+'),
    (0x2D, '−'),
    (0x3C, '<'),
    (0x3D, '='),
    (0x3E, '>'),
    (0x44, 'Δ'),
    (0x53, 'Σ'),
    (0x57, 'Ω'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x64, 'δ'),
    (0x65, 'ε'),
    (0x67, 'γ'),
    (0x6C, 'λ'),
    (0x6D, 'μ'),
    (0x70, 'π'),
    (0x72, 'ρ'),
    (0x73, 'σ'),
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xAB, '↔'),
    (0xAC, '←'),
    (0xAD, '↑'),
    (0xAE, '→'),
    (0xAF, '↓'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBB, '≈'),
    (0xBC, '…'),
    (0xD6, '√'),
    (0xDE, '⇒'),
    (0xE5, '∑'),
];

/// The character a private code point of the font called `name` shows.
pub(super) fn decode(c: char, name: &str) -> Option<char> {
    let code = u32::from(c).checked_sub(0xF000).and_then(|c| u8::try_from(c).ok())?;
    let name = name.to_ascii_lowercase();
    // Wingdings 2 and 3 are laid out otherwise.
    let table = if name.contains("wingdings") && !name.contains("wingdings2") && !name.contains("wingdings3")
    {
        WINGDINGS
    } else if name.contains("symbol") {
        SYMBOL
    } else {
        return None;
    };
    table.binary_search_by_key(&code, |e| e.0).ok().and_then(|i| table.get(i)).map(|e| e.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        for table in [WINGDINGS, SYMBOL] {
            assert!(table.is_sorted_by(|a, b| a.0 < b.0));
        }
    }

    #[test]
    fn bullets() {
        assert_eq!(decode('\u{F06C}', "Wingdings-Regular"), Some('●'));
        assert_eq!(decode('\u{F0B7}', "SymbolMT"), Some('•'));
        assert_eq!(decode('\u{F06C}', "Wingdings3"), None);
        assert_eq!(decode('A', "Symbol"), None);
    }
}
