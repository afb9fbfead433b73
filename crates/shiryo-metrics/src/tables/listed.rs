//! Cells that list names with their figures, one on each line: 財源内訳(千円) | 県支出金 6,200 / 一般財源 10,455.

use super::content::{self, Content};
use shiryo_ja::{Mention, Quantity, TimeContext, annotate};
use shiryo_model::Text;
use std::ops::Range;

/// Most lines of such a cell.
const MOST_LINES: usize = 30;

/// A line of a list: its name, its figure and the characters of that.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) figure: Figure,
    pub(super) chars: Range<usize>,
}

/// What a line tells.
pub(super) enum Figure {
    /// A bare number; its unit is the column's.
    Number(content::Number),
    /// A number with its unit.
    Quantity(Quantity),
}

/// The lines of a cell in which each is a name with a figure behind it; none: it is no such list.
pub(super) fn lines(text: &Text, context: &TimeContext) -> Option<Vec<Line>> {
    let ranges = ranges(text);
    if !(2..=MOST_LINES).contains(&ranges.len()) {
        return None;
    }
    let chars: Vec<char> = text.text.chars().collect();
    let ends: Vec<usize> = ranges.iter().map(|r| r.end).collect();
    let lines =
        ranges.into_iter().map(|range| line(&chars, &text.map, range, context)).collect::<Option<_>>()?;
    // 申請の拡大15手 / 続(累計120手続): a line break inside a figure parts no list; 5,366 / 県支出金 is none.
    let digit = |at: usize| at.checked_sub(1).and_then(|i| chars.get(i)).is_some_and(char::is_ascii_digit);
    let cut = |m: &Mention| {
        ends.iter().any(|end| {
            let number =
                digit(*end) && !chars.get(*end).is_some_and(|c| c.is_ascii_digit() || ",.".contains(*c));
            m.chars.start < *end && *end < m.chars.end && !number
        })
    };
    (!annotate(&text.text, context).iter().any(cut)).then_some(lines)
}

/// The characters of each line, by where the source's lines begin and the items of the text end.
pub(super) fn ranges(text: &Text) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = vec![0];
    for line in text.lines.iter().skip(1) {
        starts.push(text.map.iter().take_while(|at| **at < line.start).count());
    }
    starts.extend(text.text.chars().enumerate().filter(|(_, c)| *c == '\n').map(|(i, _)| i + 1));
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).copied().chain([text.text.chars().count()]);
    starts.iter().copied().zip(ends).map(|(a, b)| a..b).filter(|r| !r.is_empty()).collect()
}

/// One line: words without digits, a space or colon, a figure.
fn line(chars: &[char], map: &[u32], range: Range<usize>, context: &TimeContext) -> Option<Line> {
    let words = chars.get(range.clone())?;
    let first = words.iter().position(|c| c.is_ascii_digit() || "△▲-−".contains(*c))?;
    let name: String = words.get(..first)?.iter().collect();
    // White space between name and figure is gone from normalised text.
    let places =
        map.get(range.start + first).zip((range.start + first).checked_sub(1).and_then(|at| map.get(at)));
    let parted = name.ends_with([' ', '\u{3000}', ':', '：'])
        || places.is_some_and(|(at, before)| at - before.min(at) > 1);
    let name =
        name.trim().trim_end_matches([':', '：']).trim_start_matches(['・', '○', '●']).trim().to_owned();
    let counts = |c: char| c.is_alphabetic();
    if !(1..=20).contains(&name.chars().count()) || !name.chars().any(counts) || name.contains(['、', '。'])
    {
        return None;
    }
    let rest: String = words.get(first..)?.iter().collect();
    let at = range.start + first;
    let shift = |r: &Range<usize>| at + r.start..at + r.end;
    match content::of(&rest, context) {
        Content::Number(number) if parted && !number.yearlike => {
            Some(Line { name, chars: shift(&number.chars), figure: Figure::Number(number) })
        }
        Content::Quantity(quantity, range) => {
            Some(Line { name, chars: shift(&range), figure: Figure::Quantity(quantity) })
        }
        _ => None,
    }
}
