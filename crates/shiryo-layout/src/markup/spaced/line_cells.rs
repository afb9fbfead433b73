//! Lines that may be cells by themselves: names, units, figures.

use super::rows::is_fragment;
use super::words::{Words, is_mark};
use crate::markup::flow::{Flow, FlowLine};
use crate::markup::found::line;
use crate::prose::joining::Gap;
use crate::prose::marker::{MarkerKind, leading_marker};
use crate::prose::outline::{Hint, is_numbered_caption};
use crate::prose::words::{
    begins_inside, closed_up, digit, ends_open, ends_sentence, ends_with_particle, is_unit_note,
    open_brackets, width,
};
use shiryo_model::{RawText, SourceLine};

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Words.
    Name,
    /// A unit alone (人, ％).
    Unit,
    /// A figure, a sign that stands for one, a mark or a grade.
    Figure,
    /// Words with figures among them, behind figures: what a row remarks.
    Remark,
}

/// A cell on its line, or on several that go on in one another.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) words: RawText,
    pub(super) kind: Kind,
    /// Space before it.
    pub(super) gap: Gap,
    /// Whether it begins as headings do (１ 窓口).
    pub(super) numbered: bool,
    /// Where it stands in the flow, and the first element behind it.
    pub(super) at: usize,
    pub(super) end: usize,
}

impl Line {
    /// Its words as they stand.
    pub(super) fn text(&self) -> String {
        self.words.iter().map(|l| l.text.as_str()).collect()
    }

    /// Ａ, Ｂ, S: a grade in its cell.
    pub(super) fn is_grade(&self) -> bool {
        is_grade(&self.text())
    }
}

fn is_grade(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| matches!(c, 'A'..='E' | 'S' | 'Ａ'..='Ｅ' | 'Ｓ'))
        && chars.as_str().chars().all(|c| matches!(c, '+' | '-' | '＋' | '－'))
        && text.chars().count() <= 2
}

/// A cell takes no more lines.
const MOST_LINES: usize = 6;
/// Names of several words are no wider (half-width cells).
const WIDEST_NAME: u32 = 48;

/// Remarks on one line are no wider.
const WIDEST_REMARK: u32 = 80;

/// The cells from `at` on, at most so many; the numbers of rows are left out.
pub(super) fn cells_from(flow: &[Flow], at: usize, most: usize) -> Vec<Line> {
    let mut cells = with_remarks(all_cells(flow, at, most));
    let number = |l: &Line| {
        let name = closed_up(&l.text()).to_lowercase();
        ["no", "no.", "ｎｏ", "ｎｏ．", "№", "番号", "項番", "順位"].contains(&name.as_str())
    };
    let first = cells.iter().position(|l| l.kind == Kind::Figure).unwrap_or(0);
    let Some(head) = cells.iter().take(first).rposition(number) else { return cells };
    let mut next = 1u32;
    let mut kept = Vec::with_capacity(cells.len());
    let mut cells = cells.drain(..).enumerate().peekable();
    while let Some((i, l)) = cells.next() {
        let named = cells.peek().is_some_and(|(_, l)| l.kind == Kind::Name);
        let counts = l.kind == Kind::Figure && named && counted(&l.text()) == Some(next);
        next += u32::from(counts);
        if !counts && i != head {
            kept.push(l);
        }
    }
    kept
}

/// Puts together the lines behind the figures of a row that a blank line parts from the next row: one remark.
fn with_remarks(cells: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(cells.len());
    let mut cells = cells.into_iter().peekable();
    while let Some(l) = cells.next() {
        let behind = out.last().is_some_and(|before| before.kind == Kind::Figure);
        let opens = behind && l.kind != Kind::Figure && l.gap == Gap::None;
        out.push(l);
        if !opens {
            continue;
        }
        let mut run: Vec<Line> = Vec::new();
        while let Some(next) = cells.next_if(|n| n.kind != Kind::Figure && n.gap == Gap::None) {
            run.push(next);
        }
        let parted = cells.peek().is_none_or(|n| n.gap > Gap::None);
        match out.last_mut().filter(|_| parted) {
            Some(open) => {
                for line in run {
                    open.words.extend(line.words);
                    open.end = line.end;
                    open.kind = Kind::Remark;
                }
            }
            None => out.append(&mut run),
        }
    }
    out
}

/// What digits alone count.
fn counted(text: &str) -> Option<u32> {
    let digits = text.chars().map(digit).collect::<Option<Vec<u32>>>()?;
    (1..=3).contains(&digits.len()).then(|| digits.into_iter().fold(0, |n, d| n * 10 + d))
}

fn all_cells(flow: &[Flow], at: usize, most: usize) -> Vec<Line> {
    let mut cells: Vec<Line> = Vec::new();
    for i in at..flow.len() {
        let Some(l) = line(flow, i) else { break };
        let behind = cells.last().is_some_and(|c| matches!(c.kind, Kind::Figure | Kind::Remark));
        let Some(next) = cell_of(l, i).or_else(|| remark_of(l, i).filter(|_| behind)) else {
            // （人） below a name is its unit.
            let short = |c: &&mut Line| c.kind == Kind::Name && c.words.len() < MOST_LINES;
            match cells.last_mut().filter(|c| short(c) && is_remark(&l.source.text)) {
                Some(named) => {
                    named.words.push(l.source.clone());
                    named.end = i + 1;
                    continue;
                }
                None => break,
            }
        };
        match cells.last_mut() {
            Some(open) if goes_on(open, &next) => {
                open.words.extend(next.words);
                open.end = next.end;
            }
            _ => cells.push(next),
        }
        if cells.len() >= most {
            break;
        }
    }
    cells
}

/// Whether all of a line stands in one pair of brackets, a note of the unit for the whole table excepted.
fn is_remark(text: &str) -> bool {
    let text = text.trim();
    let inner = text.strip_prefix(['（', '(']).and_then(|t| t.strip_suffix(['）', ')']));
    inner.is_some_and(|t| !t.contains(['（', '(', '）', ')', '。']) && !closed_up(t).contains("単位"))
        && width(text) <= WIDEST_NAME
}

/// Whether a name goes on in the line below it.
fn goes_on(open: &Line, next: &Line) -> bool {
    let text = open.text();
    let both = open.kind == Kind::Name && next.kind == Kind::Name && next.gap < Gap::Break;
    let both = both && open.words.len() < MOST_LINES;
    let remark = || is_remark(&next.text()) && !is_remark(&text);
    let inside = open_brackets(0, &text) > 0 || ends_open(&text) || ends_with_particle(&text);
    both && !next.numbered && (inside || begins_inside(&next.text()) || remark())
}

/// The cell that a line is.
fn cell_of(l: &FlowLine, at: usize) -> Option<Line> {
    let text = l.source.text.trim();
    if matches!(l.hint, Hint::Heading(_)) {
        return None;
    }
    let words = Words::of(l)?;
    let marker = leading_marker(text);
    let headed = |m: &crate::prose::marker::Marker<'_>| {
        use MarkerKind::{Number, NumberStop, ParenNumber, Roman};
        matches!(m.kind, Roman | Number | NumberStop | ParenNumber)
    };
    let listed = marker.filter(|m| m.kind == MarkerKind::Bullet);
    // （3）今後の予定, ３ 今後: a heading, though its number could count something.
    let heading = marker.is_some_and(|m| {
        let name = text.get(m.len..).unwrap_or("");
        let unit = words.words.last().is_some_and(|w| w.is_unit());
        headed(&m) && !unit && name.starts_with(char::is_alphabetic)
    });
    let kind = if !heading && is_figure(&words) || is_grade(text) {
        Kind::Figure
    } else if matches!(words.words.as_slice(), [w] if w.is_unit()) {
        Kind::Unit
    } else if is_name(text, &words) || text == "単位" {
        Kind::Name
    } else if let Some(m) = marker.filter(headed).or(listed) {
        // １ 歳入の確保, ・広告収入: a name with its number or sign.
        let name = text.get(m.len..).unwrap_or("");
        let short = width(name) <= WIDEST_NAME && name.chars().any(char::is_alphabetic);
        if !short || ends_sentence(text) || name.contains(['、', '。', '：']) || is_numbered_caption(text)
        {
            return None;
        }
        Kind::Name
    } else {
        return None;
    };
    let mut source = l.source.clone();
    source.text = text.to_string();
    let numbered = kind == Kind::Name && marker.is_some_and(|m| headed(&m));
    Some(Line { words: vec![source], kind, gap: l.gap, numbered, at, end: at + 1 })
}

/// The cell of a line that may remark on the figures right above it.
fn remark_of(l: &FlowLine, at: usize) -> Option<Line> {
    let text = l.source.text.trim();
    let marked = leading_marker(text).is_some_and(|m| m.kind != MarkerKind::Bullet && !m.weak);
    if l.gap > Gap::None || marked || is_unit_note(text) || width(text) > WIDEST_REMARK {
        return None;
    }
    let source = SourceLine { text: text.to_string(), ..l.source.clone() };
    Some(Line { words: vec![source], kind: Kind::Remark, gap: l.gap, numbered: false, at, end: at + 1 })
}

/// Whether a line is nothing but figures; 412,000 食 is one with what it counts, whatever that is.
fn is_figure(words: &Words) -> bool {
    let counted = words.words.len() == 2
        && words.words.first().is_some_and(|w| w.figure && !is_mark(&w.text))
        && words
            .words
            .last()
            .is_some_and(|w| w.text.chars().count() <= 4 && !w.text.contains(char::is_numeric));
    counted || words.figures() == words.words.len()
}

/// Whether a line is one name: a word, or a few that stand near each other (基準値 (R3)).
fn is_name(text: &str, words: &Words) -> bool {
    let near = words.words.len() <= 3
        && words.words.iter().skip(1).all(|w| !w.apart())
        && width(text) <= WIDEST_NAME;
    // 一時預かり（幼稚園型を除く。） is no sentence.
    let name =
        text.strip_suffix(['）', ')']).and_then(|t| t.split_once(['（', '('])).map_or(text, |(name, _)| name);
    let stated = words.words.len() > 1 && name.contains(['、', '。', '：']);
    let name = if name.trim().is_empty() { text } else { name };
    (words.words.len() == 1 || near) && !stated && is_fragment(name, words) && !is_numbered_caption(text)
}
