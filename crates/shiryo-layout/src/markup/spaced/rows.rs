//! Lines that are rows: a label, figures, words behind them; and the lines between them.

use super::words::{Word, Words, gather, is_place};
use crate::markup::flow::{Flow, FlowLine};
use crate::markup::found::line;
use crate::prose::joining::Gap;
use crate::prose::marker::{MarkerKind, leading_marker};
use crate::prose::words::{
    digit, ends_sentence, ends_with_particle, is_letter_spaced, is_page_number, is_unit_note, open_brackets,
    width,
};

/// Most rows of one table.
const MOST_ROWS: usize = 5_000;
/// A label alone on its line is no wider (half-width cells).
const WIDEST_LABEL: u32 = 64;

/// A row as its line has it.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Lines before it that hold a label, or a part of one.
    pub(super) before: Vec<Words>,
    /// Its own words.
    pub(super) line: Words,
    /// Where it stands in the flow.
    pub(super) at: usize,
}

/// Rows, and what follows them.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    /// From top to bottom.
    pub(super) rows: Vec<Row>,
    /// Lines behind the last that may go on with its label.
    pub(super) after: Vec<Words>,
    /// The first element behind the rows.
    pub(super) end: usize,
}

/// The rows from `at` on.
pub(super) fn rows_from(flow: &[Flow], at: usize) -> Rows {
    let mut rows: Vec<Row> = Vec::new();
    let mut before: Vec<Words> = Vec::new();
    let (mut next, mut end) = (at, at);
    // The widest gap between the rows.
    let mut widest: Option<Gap> = None;
    while let Some(l) = line(flow, next).filter(|l| next == at || l.gap < Gap::Break) {
        if rows.len() >= MOST_ROWS {
            break;
        }
        let Some(words) = Words::of(l) else { break };
        // Behind a wider gap than that between rows stands something else.
        let stands_off = widest.is_some_and(|w| l.gap > w);
        let titles = stands_off && heads_rows(flow, next, &words, &rows);
        let unlike = rows.first().is_some_and(|r| r.line.words.len() != words.words.len());
        if stands_off && unlike && !titles {
            break;
        }
        if is_row(&l.source.text, &words, !before.is_empty(), rows.is_empty()) {
            if !rows.is_empty() {
                widest = widest.max(Some(l.gap));
            }
            rows.push(Row { before: std::mem::take(&mut before), line: words, at: next });
            end = next + 1;
        } else if (!stands_off || titles)
            && before.len() < 2
            && words.words.len() <= 2
            && let counts_on = is_next(&words, &rows)
            && (counts_on || is_fragment(&l.source.text, &words))
        {
            let mut words = words;
            if counts_on {
                words.words = gather(words.words, |a, _| is_place(&a.text));
            }
            before.push(words);
        } else {
            break;
        }
        next += 1;
    }
    Rows { rows, after: before, end }
}

/// Whether a line holds the next number of rows that count on, and a name (３ 用紙の枚数 behind rows 1 and 2).
fn is_next(words: &Words, rows: &[Row]) -> bool {
    let number = |w: &Words| numbered(w).map(|n| n.chars().filter_map(digit).fold(0, |n, d| n * 10 + d));
    let opening = |r: &Row| r.before.first().and_then(number).or_else(|| number(&r.line));
    let before = rows.iter().rev().take(2).find_map(opening);
    words.words.len() == 2
        && words.words.last().is_some_and(|w| !w.figure)
        && number(words).is_some_and(|n| n > 1 && before == Some(n - 1))
}

/// The number that a line begins with, if a name follows it.
pub(super) fn numbered(words: &Words) -> Option<&str> {
    let (number, name) = match words.words.as_slice() {
        [first, second, ..] if is_place(&first.text) => (first.text.as_str(), second.text.as_str()),
        [first, ..] => first.text.split_once(' ')?,
        [] => return None,
    };
    let place = number.chars().all(char::is_numeric) && is_place(number);
    (place && !name.starts_with(char::is_numeric)).then_some(number)
}

/// Whether a word alone stands right above a row like the others: the title of further rows.
fn heads_rows(flow: &[Flow], at: usize, words: &Words, rows: &[Row]) -> bool {
    let below = line(flow, at + 1).filter(|l| l.gap == Gap::None);
    let row = below.and_then(|l| Some((l, Words::of(l)?)));
    let like = |(l, w): (&FlowLine, Words)| {
        is_row(&l.source.text, &w, false, false)
            && rows.first().is_some_and(|r| r.line.words.len() == w.words.len())
    };
    words.words.len() == 1 && row.is_some_and(like)
}

/// Whether a line may be a row: words and figures, no sentence.
fn is_row(text: &str, words: &Words, labelled: bool, first: bool) -> bool {
    let figures = words.figures();
    let lead = words.lead();
    let label = || words.words.iter().take(lead);
    if figures == 0 || (lead == 0 && !(labelled && figures >= 2)) {
        return false;
    }
    let stated = |w: &Word| has_outside_brackets(&w.text, &['、', '。', '，', '：', ':']);
    let prose = label().any(stated) && !(words.is_apart() && figures >= 2)
        || (!words.is_apart() && label().next_back().is_some_and(|w| ends_with_particle(&w.text)))
        || ends_sentence(text) && words.tail() == 0;
    let marked = leading_marker(text).is_some_and(|m| {
        let listed = matches!(m.kind, MarkerKind::Bullet | MarkerKind::Circle | MarkerKind::Square);
        (listed && (first || !words.is_apart())) || m.kind == MarkerKind::Note
    });
    !prose && !marked
}

/// Whether one of the signs stands outside brackets.
fn has_outside_brackets(text: &str, signs: &[char]) -> bool {
    let mut depth = 0usize;
    text.chars().any(|c| {
        match c {
            '（' | '(' | '「' => depth += 1,
            '）' | ')' | '」' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && signs.contains(&c)
    })
}

/// A short line without sentence or figures: a label, or a part of one.
pub(super) fn is_fragment(text: &str, words: &Words) -> bool {
    let heading = leading_marker(text).is_some_and(|m| {
        let label = matches!(m.kind, MarkerKind::Bracket | MarkerKind::Circled);
        !(label || (m.weak && is_letter_spaced(text)))
    });
    words.figures() == 0
        && !heading
        && (!ends_sentence(text) || open_brackets(0, text) > 0)
        && !is_unit_note(text)
        && !is_page_number(text)
        && !has_outside_brackets(text, &['、', '：'])
        && width(text) <= WIDEST_LABEL
        && text.chars().any(char::is_alphabetic)
}
