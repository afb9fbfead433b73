//! Small raised figures (308³, 手続¹⁾): marks of notes, told from figures of the text.
//!
//! A mark is written with superscript characters, as the page shows it; the normaliser makes it ※3. Left as plain
//! digits it would stick to the number before it.

/// A character of a line with its place: `base` is its baseline (downwards), `size` its em.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Raised {
    /// The character; `None` for glyphs of several.
    pub(crate) c: Option<char>,
    /// Size in points.
    pub(crate) size: f64,
    /// Baseline.
    pub(crate) base: f64,
}

/// Marks have at most this many digits in a row.
const LONGEST_NUMBER: usize = 2;
/// Marks with their brackets and commas are no longer than this.
const LONGEST_MARK: usize = 8;
/// Smaller than this part of the line's size and raised by this part of it.
const SMALL: f64 = 0.86;
const RISE: f64 = 0.15;

/// The superscript form of each character that belongs to a note mark; `None` for all others. `size` and `base`
/// are the line's own.
pub(crate) fn superscripts(line: &[Raised], size: f64, base: f64) -> Vec<Option<char>> {
    let mut out = vec![None; line.len()];
    let is_raised = |r: &Raised| r.size < SMALL * size && base - r.base > RISE * size;
    let mut from = 0;
    while let Some(skipped) = line.get(from..).and_then(|rest| rest.iter().position(&is_raised)) {
        let start = from + skipped;
        let run = line.get(start..).unwrap_or_default();
        let length = run.iter().position(|r| !is_raised(r)).unwrap_or(run.len());
        let chars: Option<Vec<char>> = run.iter().take(length).map(|r| r.c).collect();
        let next = run.get(length).and_then(|r| r.c);
        // The upper figure of a fraction is no mark.
        if let Some(chars) = chars
            && is_mark(&chars)
            && !next.is_some_and(|c| matches!(c, '/' | '／' | '⁄'))
        {
            for (slot, c) in out.iter_mut().skip(start).zip(&chars) {
                *slot = superscript(*c);
            }
        }
        from = start + length.max(1);
    }
    out
}

/// Numbers of one or two digits, commas between them, brackets or an asterisk around them.
fn is_mark(chars: &[char]) -> bool {
    let digit = |c: &char| c.is_ascii_digit() || ('０'..='９').contains(c);
    let numbers = chars.split(|c| !digit(c)).filter(|n| !n.is_empty());
    chars.len() <= LONGEST_MARK
        && chars.iter().any(digit)
        && chars.iter().all(|c| superscript(*c).is_some())
        && numbers.clone().all(|n| n.len() <= LONGEST_NUMBER)
        // ４－５ and １，２ are marks; more than three numbers are something else.
        && numbers.count() <= 3
}

fn superscript(c: char) -> Option<char> {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let value = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '０'..='９' => u32::from(c) - u32::from('０'),
        '(' | '（' => return Some('⁽'),
        ')' | '）' => return Some('⁾'),
        ',' | '，' | '、' | '､' | '・' | '･' => return Some('・'),
        '*' | '＊' => return Some('*'),
        // 30注１トン: the word stays what it is, its number does not become one of the text.
        '注' => return Some('注'),
        _ => return None,
    };
    DIGITS.get(usize::try_from(value).ok()?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, raised: &str) -> String {
        let low = text.chars().map(|c| Raised { c: Some(c), size: 10.0, base: 100.0 });
        let high = raised.chars().map(|c| Raised { c: Some(c), size: 6.0, base: 96.0 });
        let all: Vec<Raised> = low.chain(high).collect();
        let marks = superscripts(&all, 10.0, 100.0);
        all.iter().zip(marks).filter_map(|(r, m)| m.or(r.c)).collect()
    }

    #[test]
    fn raised_numbers_are_marks() {
        assert_eq!(line("手続308", "3"), "手続308³");
        assert_eq!(line("手続", "１）"), "手続¹⁾");
        assert_eq!(line("手続", "1,2"), "手続¹・²");
        assert_eq!(line("手続", "注1"), "手続注¹");
    }

    #[test]
    fn other_raised_things_stay_what_they_are() {
        assert_eq!(line("手続", "※１"), "手続※１");
        assert_eq!(line("対象", "150件"), "対象150件");
        assert_eq!(line("対象", "123"), "対象123");
    }
}
