//! What text extracts carry that nobody wrote: stray arrows, a lone Latin word of a reader's, tags, replacement marks.

use std::ops::Range;

/// What a piece of noise is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoiseKind {
    /// An arrow that leads from or to nothing (1,140←).
    StrayArrow,
    /// A lone Latin function word among Japanese ones, as recognition gives for a bullet or a smudge (of).
    StrayWord,
    /// An HTML tag or comment.
    Tag,
    /// A character that stands for one that could not be read (U+FFFD), or a control character.
    Unreadable,
}

/// A piece of noise and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noise {
    /// Character range in the text given.
    pub chars: Range<usize>,
    /// What it is.
    pub kind: NoiseKind,
}

/// Words that recognition of Japanese text makes out of marks.
const WORDS: &[&str] = &["of", "oF", "Of"];

/// Longest tag that is looked for, in characters.
const TAG: usize = 200;

/// Every piece of noise in `text`, in order, so that a caller can tell the reader what was passed over.
pub fn find_noise(text: &str) -> Vec<Noise> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut i = 0;
    while let Some(&x) = chars.get(i) {
        let hit = match x {
            '<' => tag_end(&chars, i).map(|end| (end, NoiseKind::Tag)),
            '←' | '→' => stray_arrow(&chars, i).then_some((i + 1, NoiseKind::StrayArrow)),
            '\u{FFFD}' => Some((i + 1, NoiseKind::Unreadable)),
            'o' | 'O' => stray_word(&chars, i).map(|end| (end, NoiseKind::StrayWord)),
            _ if x.is_control() && !matches!(x, '\n' | '\r' | '\t' | '\u{C}') => {
                Some((i + 1, NoiseKind::Unreadable))
            }
            _ => None,
        };
        i = match hit {
            Some((end, kind)) => {
                found.push(Noise { chars: i..end, kind });
                end
            }
            None => i + 1,
        };
    }
    found
}

/// Where the tag or comment that begins at `at` ends: `<p>`, `</li>`, `<td rowspan="2">`, `<!-- … -->`.
pub(crate) fn tag_end(c: &[char], at: usize) -> Option<usize> {
    let name = at + 1 + usize::from(c.get(at + 1) == Some(&'/'));
    // <R6年度の予定>: brackets of the author's, no tag.
    let end = c.get(name..)?.iter().position(|x| !x.is_ascii_alphanumeric()).map(|n| name + n)?;
    let named = c.get(name)?.is_ascii_alphabetic() && end - name <= 12;
    let closes = |x: &char| x.is_ascii_whitespace() || matches!(x, '/' | '>' | '-' | ':');
    if !(named && c.get(end).is_some_and(closes) || c.get(name) == Some(&'!')) {
        return None;
    }
    let near = c.get(at..c.len().min(at + TAG))?;
    let close = near.iter().position(|x| matches!(x, '>' | '\n'))?;
    (near.get(close) == Some(&'>')).then_some(at + close + 1)
}

/// An arrow at an end of its line or cell: nothing stands on one of its sides.
fn stray_arrow(c: &[char], at: usize) -> bool {
    let ends = |x: Option<&char>| x.is_none_or(|x| matches!(x, '\n' | '\t'));
    let before = c.get(at.saturating_sub(8)..at).unwrap_or_default();
    let before = before.iter().rev().find(|x| !matches!(x, ' ' | '\u{3000}'));
    let after = c.get(at + 1..c.len().min(at + 9)).unwrap_or_default();
    let after = after.iter().find(|x| !matches!(x, ' ' | '\u{3000}'));
    // → 継続 at the start of a cell is a bullet; ← at the end of a number is noise.
    ends(after) || ends(before) && c.get(at) == Some(&'←')
}

/// A word of the list between Japanese characters, and no Latin word near.
fn stray_word(c: &[char], at: usize) -> Option<usize> {
    let word = WORDS.iter().find(|w| crate::chars::starts_with(c.get(at..).unwrap_or_default(), w))?;
    let end = at + word.chars().count();
    let near = |range: &[char], back: bool| {
        let blank = |x: &&char| !matches!(x, ' ' | '\u{3000}');
        if back { range.iter().rev().find(blank).copied() } else { range.iter().find(blank).copied() }
    };
    let before = near(c.get(at.saturating_sub(4)..at).unwrap_or_default(), true);
    let after = near(c.get(end..c.len().min(end + 4)).unwrap_or_default(), false);
    let edge = |x: Option<char>| x.is_none_or(|x| !x.is_ascii_alphanumeric());
    let japanese = |x: Option<char>| x.is_some_and(crate::chars::is_cjk);
    (edge(before) && edge(after) && (japanese(before) || japanese(after))).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_is_seen_and_text_is_not() {
        let n = |s: &str| {
            let c: Vec<char> = s.chars().collect();
            find_noise(s)
                .into_iter()
                .map(|n| (c[n.chars].iter().collect::<String>(), n.kind))
                .collect::<Vec<_>>()
        };
        assert_eq!(n("1,140←\t20"), [("←".into(), NoiseKind::StrayArrow)]);
        assert_eq!(n("窓口 of 混雑"), [("of".into(), NoiseKind::StrayWord)]);
        assert_eq!(n("<td colspan=\"2\">件</td>").len(), 2);
        assert_eq!(n("申\u{FFFD}書"), [("\u{FFFD}".into(), NoiseKind::Unreadable)]);
        for text in ["3件→5件", "Internet of Things", "the office", "a<5かつb>3", "→ 継続", "profile"]
        {
            assert_eq!(n(text), [], "{text}");
        }
    }
}
