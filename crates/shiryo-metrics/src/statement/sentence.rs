//! Sentences of a text with their mentions and brackets.

use super::chars::{begins_any, closer_of, ends_any, opener_of, string};
use crate::letters::{Letters, Words};
use rust_decimal::Decimal;
use shiryo_ja::grammar::calendar::fiscal_year_of;
use shiryo_ja::{Mention, MentionKind, Pos, Quantity, Segmenter, TimeContext, TimeMention, annotate};
use shiryo_model::Granularity;
use std::cell::OnceCell;
use std::ops::Range;

/// A bracket open for longer than this was never closed.
const LONGEST_BRACKET: usize = 300;

/// Longer sentences are cut, behind a comma where there is one: work on a sentence grows with its length times its
/// numbers.
const LONGEST_SENTENCE: usize = 600;

/// One sentence: its characters, the mentions in it, and which bracket each character stands in.
pub(super) struct Sentence<'t> {
    /// Its characters.
    pub(super) chars: &'t [char],
    /// The same as text.
    pub(super) text: String,
    /// Where it begins in the text.
    pub(super) at: usize,
    /// Quantities and times, in order; ranges count from the sentence's begin.
    pub(super) mentions: Vec<Mention>,
    /// For each character, the innermost round bracket it stands in.
    paren: Vec<Option<usize>>,
    /// For each opening bracket, where it closes.
    close: Vec<Option<usize>>,
    /// For each character, whether it stands in quotation marks.
    quoted: Vec<bool>,
    letters: Letters,
    segmenter: Option<&'t Segmenter>,
    /// Read when they are first asked for: segmentation takes longer than all the rest.
    nouns: OnceCell<Nouns>,
}

/// The nouns of a sentence, as the dictionary has them.
#[derive(Default)]
struct Nouns {
    /// For each character inside a noun, where that noun begins and ends.
    around: Vec<Option<(usize, usize)>>,
    /// For each character, whether a noun of doing (サ変接続) ends behind it.
    doing: Vec<bool>,
}

impl Nouns {
    fn of(s: &Sentence, segmenter: &Segmenter) -> Self {
        let mut nouns = Self { around: vec![None; s.chars.len()], doing: vec![false; s.chars.len()] };
        for token in segmenter.tokens(&s.text) {
            let formal = matches!(token.pos1, "非自立" | "代名詞" | "副詞可能");
            if !matches!(token.pos, Pos::Noun | Pos::Prefix) || formal {
                continue;
            }
            for slot in nouns.around.get_mut(token.chars.clone()).into_iter().flatten() {
                *slot = Some((token.chars.start, token.chars.end));
            }
            if token.pos1 == "サ変接続"
                && let Some(slot) = token.chars.end.checked_sub(1).and_then(|i| nouns.doing.get_mut(i))
            {
                *slot = true;
            }
        }
        nouns
    }
}

impl<'t> Sentence<'t> {
    /// Reads a sentence that begins at character `at` of its text.
    pub(super) fn new(
        chars: &'t [char],
        at: usize,
        time: &TimeContext,
        segmenter: Option<&'t Segmenter>,
    ) -> Self {
        let text: String = chars.iter().collect();
        let mentions = annotate(&text, time);
        let letters = Letters::of(&text);
        let mut sentence = Self {
            chars,
            text,
            at,
            mentions,
            paren: vec![None; chars.len()],
            close: vec![None; chars.len()],
            quoted: vec![false; chars.len()],
            letters,
            segmenter,
            nouns: OnceCell::new(),
        };
        sentence.match_brackets();
        sentence.count_parts();
        sentence
    }

    /// 全34取組のうち、順調なものは26、遅れているものは6であった: the bare parts are counted as the whole is.
    fn count_parts(&mut self) {
        let whole = self.quantities().find_map(|(_, m, q)| {
            let behind = begins_any(self.chars, m.chars.end, &["のうち", "の内訳は"])?;
            (!q.unit.is_empty()).then(|| (behind, q.value, q.unit.clone()))
        });
        let Some((from, most, unit)) = whole else { return };
        let digit = |i: usize| self.chars.get(i).is_some_and(char::is_ascii_digit);
        let mut parts = Vec::new();
        for at in (from..self.chars.len())
            .filter(|&i| digit(i) && matches!(self.chars.get(i - 1), Some('は' | 'が')))
        {
            let end = (at..self.chars.len()).find(|&i| !digit(i)).unwrap_or(self.chars.len());
            let closed = end == self.chars.len()
                || begins_any(self.chars, end, &["、", "。", "で、", "であ", "となっ", "となり"]).is_some();
            let known = self.mentions.iter().any(|m| m.chars.start < end && at < m.chars.end);
            let value = string(self.chars, at..end).parse::<Decimal>().ok().filter(|v| *v <= most);
            let Some(value) = value.filter(|_| closed && !known) else { continue };
            let q = Quantity { value, unit: unit.clone(), number: at..end, ..Quantity::default() };
            let kind = MentionKind::Quantity(q);
            parts.push(Mention { chars: at..end, kind, status: None, rule: "quantity.part" });
        }
        self.mentions.extend(parts);
        self.mentions.sort_by_key(|m| m.chars.start);
    }

    /// The words of a list that the sentence may hold: the only ones to be looked for at each character.
    pub(super) fn may_hold(&self, words: &Words) -> Vec<&'static str> {
        words.within(self.letters).collect()
    }

    fn nouns(&self) -> &Nouns {
        self.nouns.get_or_init(|| {
            // Nothing is bound in a sentence without a number.
            let segmenter = self.segmenter.filter(|_| self.quantities().next().is_some());
            segmenter.map(|segmenter| Nouns::of(self, segmenter)).unwrap_or_default()
        })
    }

    /// Whether the dictionary was asked.
    pub(super) fn is_segmented(&self) -> bool {
        self.nouns().around.iter().any(Option::is_some)
    }

    /// The noun of the dictionary that holds character `i`.
    pub(super) fn noun_at(&self, i: usize) -> Option<(usize, usize)> {
        self.nouns().around.get(i).copied().flatten()
    }

    /// Whether a noun of doing ends at `end`.
    pub(super) fn is_doing(&self, end: usize) -> bool {
        end.checked_sub(1).and_then(|i| self.nouns().doing.get(i)).copied().unwrap_or_default()
    }

    fn match_brackets(&mut self) {
        let mut open: Vec<(usize, char)> = Vec::new();
        for (i, &c) in self.chars.iter().enumerate() {
            if opener_of(c).is_some_and(|o| open.last().is_some_and(|l| l.1 == o))
                && let Some((start, _)) = open.pop()
                && let Some(slot) = self.close.get_mut(start)
            {
                *slot = Some(i);
            }
            let in_round = open.iter().rev().find(|o| o.1 == '(').map(|o| o.0);
            if let Some(slot) = self.paren.get_mut(i) {
                *slot = in_round;
            }
            if let Some(slot) = self.quoted.get_mut(i) {
                *slot = open.iter().any(|o| matches!(o.1, '「' | '『'));
            }
            if closer_of(c).is_some() && c != '<' && c != '[' && open.len() < 16 {
                open.push((i, c));
            }
        }
    }

    /// The round bracket that holds character `i`, if it is closed.
    pub(super) fn paren_of(&self, i: usize) -> Option<Range<usize>> {
        let start = (*self.paren.get(i)?)?;
        let end = self.close_of(start).unwrap_or(self.chars.len());
        Some(start..end)
    }

    /// Where the bracket that opens at `i` closes.
    pub(super) fn close_of(&self, i: usize) -> Option<usize> {
        self.close.get(i).copied().flatten()
    }

    /// The bracket that closes at `i` opens here.
    pub(super) fn open_of(&self, i: usize) -> Option<usize> {
        let from = i.saturating_sub(LONGEST_BRACKET);
        (from..i).rev().find(|&o| self.close_of(o) == Some(i))
    }

    /// Whether character `i` stands in quotation marks.
    pub(super) fn is_quoted(&self, i: usize) -> bool {
        self.quoted.get(i).copied().unwrap_or_default()
    }

    /// The characters that belong together around `i`: the inside of its round bracket, else the sentence.
    pub(super) fn region(&self, i: usize) -> Range<usize> {
        self.paren_of(i).map_or(0..self.chars.len(), |p| p.start + 1..p.end)
    }

    /// Behind any round brackets that open at `at` (blanks before them passed over).
    pub(super) fn behind_brackets(&self, at: usize) -> usize {
        let mut at = at;
        loop {
            let blank = usize::from(self.chars.get(at) == Some(&' '));
            match self.chars.get(at + blank) {
                Some('(') => match self.close_of(at + blank) {
                    Some(close) => at = close + 1,
                    None => return at,
                },
                _ => return at,
            }
        }
    }

    /// Quantities with their index among the mentions.
    pub(super) fn quantities(&self) -> impl Iterator<Item = (usize, &Mention, &Quantity)> {
        self.mentions.iter().enumerate().filter_map(|(i, m)| match &m.kind {
            MentionKind::Quantity(q) => Some((i, m, q)),
            MentionKind::Time(_) => None,
        })
    }

    /// The quantity that begins at `at`.
    pub(super) fn quantity_at(&self, at: usize) -> Option<(&Mention, &Quantity)> {
        self.quantities().find(|(_, m, _)| m.chars.start == at).map(|(_, m, q)| (m, q))
    }

    /// A range without a time at its beginning and the particle behind that (令和6年9月末で総申請数).
    pub(super) fn without_time(&self, range: Range<usize>) -> Range<usize> {
        let Some(end) = self
            .times()
            .map(|(m, _)| &m.chars)
            .find(|m| m.start == range.start && m.end <= range.end)
            .map(|m| m.end)
        else {
            return range;
        };
        let particles = [
            "における",
            "には",
            "では",
            "までは",
            "からは",
            "までに",
            "中に",
            "中は",
            "で",
            "の",
            "に",
            "から",
            "は",
            "、",
            " ",
        ];
        // 前年度(令和4年度)の: the bracket says the same time again.
        let same = |i: usize| {
            self.times().any(|(m, _)| m.chars.start == i + 1 && self.close_of(i) == Some(m.chars.end))
        };
        let end = self
            .close_of(end)
            .filter(|_| self.chars.get(end) == Some(&'(') && same(end))
            .map_or(end, |c| c + 1);
        begins_any(self.chars, end, &particles).unwrap_or(end).min(range.end)..range.end
    }

    /// The words of a range without the times that only say when (市の7月末時点での交付枚数 → 市の交付枚数); those in
    /// brackets and quotation marks belong to the name.
    pub(super) fn words(&self, range: Range<usize>) -> String {
        const WHEN: [&str; 10] = [
            "時点での",
            "時点の",
            "現在での",
            "現在の",
            "時点における",
            "における",
            "での",
            "中の",
            "末の",
            "の",
        ];
        let outer = self.paren_of(range.start);
        let mut out = String::with_capacity(range.len() * 3);
        let mut i = range.start;
        while i < range.end {
            // A month whose year is not known (7月末) is one as well.
            let time = self.mentions.iter().find(|m| {
                m.chars.start == i && m.chars.end < range.end && matches!(m.kind, MentionKind::Time(_))
            });
            let plain = !self.is_quoted(i) && self.paren_of(i) == outer;
            match time.and_then(|m| begins_any(self.chars, m.chars.end, &WHEN)) {
                Some(end) if plain && end < range.end => i = end,
                _ => {
                    out.extend(self.chars.get(i));
                    i += 1;
                }
            }
        }
        out
    }

    /// Times on the calendar.
    pub(super) fn times(&self) -> impl Iterator<Item = (&Mention, &TimeMention)> {
        self.mentions.iter().filter_map(|m| match &m.kind {
            MentionKind::Time(t)
                if (t.period.start.is_some() || t.period.end.is_some())
                    && !matches!(t.period.granularity, Granularity::Duration | Granularity::Time) =>
            {
                Some((m, t))
            }
            _ => None,
        })
    }

    /// Where what follows a time goes on, if one of the words stands right behind it or ends it (9月末 時点).
    pub(super) fn behind_said(&self, m: &Mention, words: &[&str]) -> Option<usize> {
        let end = m.chars.end;
        begins_any(self.chars, end, words).or_else(|| ends_any(self.chars, end, words).map(|_| end))
    }

    /// The fiscal year the sentence ends up speaking of, where it names one.
    pub(super) fn fiscal_year(&self) -> Option<i16> {
        self.times()
            .filter(|(m, t)| !t.relative && !self.is_quoted(m.chars.start) && super::period::is_free(self, m))
            .filter_map(|(_, t)| Some((t.period.granularity, t.period.start.or(t.period.end)?)))
            .map(|(g, d)| if g == Granularity::Year { d.year() } else { fiscal_year_of(d) })
            .last()
    }
}

/// Cuts a range of characters into lines and sentences; each with where it begins. White space at the ends is
/// left out.
pub(super) fn split(chars: &[char], range: Range<usize>) -> Vec<Vec<Range<usize>>> {
    let mut lines = Vec::new();
    let mut sentences = Vec::new();
    let (mut start, mut depth, mut opened) = (range.start, 0usize, range.start);
    for i in range.clone() {
        let Some(&c) = chars.get(i) else { break };
        if depth > 0 && i - opened > LONGEST_BRACKET {
            depth = 0;
        }
        match c {
            '(' | '「' | '『' | '【' => {
                if depth == 0 {
                    opened = i;
                }
                depth += 1;
            }
            ')' | '」' | '』' | '】' => depth = depth.saturating_sub(1),
            '\n' => {
                push(chars, start..i, &mut sentences);
                lines.push(std::mem::take(&mut sentences));
                (start, depth) = (i + 1, 0);
            }
            // 実員702人 ※4月1日に定員を740人へ改正予定: a note is a statement of its own; ※1 is a mark.
            '※' if depth == 0 && i > start && is_statement(chars, i + 1, range.end) => {
                push(chars, start..i, &mut sentences);
                start = i;
            }
            _ if i - start >= LONGEST_SENTENCE => {
                let half = start + LONGEST_SENTENCE / 2;
                let cut = (half..i).rev().find(|&k| chars.get(k) == Some(&'、')).map_or(i, |k| k + 1);
                push(chars, start..cut, &mut sentences);
                (start, depth) = (cut, 0);
            }
            '。' if depth == 0 => {
                push(chars, start..i + 1, &mut sentences);
                start = i + 1;
            }
            _ => {}
        }
    }
    push(chars, start..range.end.min(chars.len()), &mut sentences);
    lines.push(sentences);
    lines.retain(|l| !l.is_empty());
    lines
}

/// Whether what stands behind a ※ tells something of its own; ※1 is a mark, and ※前年同月末 71,835人 tells a figure beside others.
fn is_statement(chars: &[char], from: usize, end: usize) -> bool {
    let note = chars.get(from..end).unwrap_or_default();
    let note = || note.iter().take_while(|c| !matches!(c, '\n' | '※'));
    !note().next().is_some_and(char::is_ascii_digit) && note().any(|c| matches!(c, 'を' | 'は' | 'が'))
}

fn push(chars: &[char], range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let blank = |i: &usize| chars.get(*i).is_none_or(|c| c.is_whitespace());
    let start = range.clone().find(|i| !blank(i)).unwrap_or(range.end);
    let end = range.rev().find(|i| !blank(i)).map_or(start, |i| i + 1);
    if start < end {
        out.push(start..end);
    }
}
