//! Mentions of quantities and times in text.

use crate::grammar::{may_begin, scan};
use crate::normalise::fold::stays;
use crate::normalise::folded;
use crate::status;
use jiff::civil::Date;
use rust_decimal::Decimal;
use shiryo_model::{Bound, Period, Status};
use std::ops::Range;

/// A quantity or time expression found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Character (not byte) range in the text that was given.
    pub chars: Range<usize>,
    /// What it says.
    pub kind: MentionKind,
    /// Status word that governs it in the same text, if any.
    pub status: Option<Status>,
    /// The grammar rule that gave it.
    pub rule: &'static str,
}

/// What a mention says.
#[derive(Debug, Clone, PartialEq)]
pub enum MentionKind {
    /// A number with or without a unit.
    Quantity(Quantity),
    /// A date, period or duration.
    Time(TimeMention),
}

/// A quantity.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Quantity {
    /// In the base unit (約16億円 → 1600000000).
    pub value: Decimal,
    /// Upper end of a range.
    pub value_upper: Option<Decimal>,
    /// Canonical unit; empty when the number stands bare.
    pub unit: String,
    /// How the value bounds the quantity.
    pub bound: Bound,
    /// Written with a sign (+5,000件, △3％) or a change word beside it.
    pub signed: bool,
    /// What it is counted per (年4回 → 年, 10件/日 → 日, 1人当たり3回 → 人); empty when nothing says so.
    pub per: String,
    /// Character range of the number itself, without bound words and unit.
    pub number: Range<usize>,
}

/// A time expression.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TimeMention {
    /// The days it covers.
    pub period: Period,
    /// Whether it is told relative to a reference (今年度, 同月) and could only be resolved with one.
    pub relative: bool,
}

/// A status word and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusWord {
    /// Character range.
    pub chars: Range<usize>,
    /// What it says.
    pub status: Status,
}

/// What year-less and relative expressions are read against.
#[derive(Debug, Clone, Copy, Default)]
pub struct TimeContext {
    /// Date the text was written, or the section speaks of.
    pub reference: Option<Date>,
    /// Fiscal year the surroundings speak of (its first calendar year), where it differs from the reference's.
    pub fiscal_year: Option<i16>,
    /// What halves and quarters are parts of.
    pub year_parts: YearParts,
}

/// Which year halves and quarters (上期, 第1四半期) divide where their year is not called 年度.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum YearParts {
    /// 上期 and 下期 the fiscal year, 上半期 and quarters after 年 the calendar year, all alone the fiscal year.
    #[default]
    AsWritten,
    /// Always the fiscal year.
    Fiscal,
    /// The calendar year.
    Calendar,
}

/// Every quantity and time expression in `text`, in order, not overlapping. The text may be raw or
/// normalised; ranges count its own characters.
pub fn annotate(text: &str, context: &TimeContext) -> Vec<Mention> {
    annotate_with_candidates(text, context).0
}

/// As [`annotate`], with the numbers beside it whose counter only segmentation can confirm.
pub(crate) fn annotate_with_candidates(text: &str, context: &TimeContext) -> (Vec<Mention>, Vec<Mention>) {
    if !may_hold_any(text) {
        return Default::default();
    }
    let source = Source::new(text);
    let found = scan(&source.chars, context, |i| source.gap(i));
    let (mut mentions, mut candidates) = (found.mentions, found.candidates);
    if mentions.is_empty() && candidates.is_empty() {
        return (mentions, candidates);
    }
    let words = status::in_chars(&source.chars);
    for m in mentions.iter_mut().chain(&mut candidates) {
        m.status = status::governing(&source.chars, &words, m.chars.start, m.chars.end);
    }
    source.restore(text, &mut mentions);
    source.restore(text, &mut candidates);
    (mentions, candidates)
}

/// Whether the text, normalised, can hold an expression: lets text without any pass at once.
pub(crate) fn may_hold_any(text: &str) -> bool {
    text.chars().any(may_come_to_begin)
}

/// Whether a time can begin with the first character of the text: `false` for most text, at no cost.
pub fn may_begin_with_time(text: &str) -> bool {
    text.chars().next().is_some_and(may_come_to_begin)
}

/// Whether an expression can begin with `c`, or with what normalisation makes of it.
fn may_come_to_begin(c: char) -> bool {
    may_begin(c) || !stays(c)
}

/// Text in normal form with the way back.
pub(crate) struct Source {
    pub(crate) chars: Vec<char>,
    map: Vec<u32>,
}

impl Source {
    pub(crate) fn new(text: &str) -> Self {
        let folded = folded(text);
        Self { chars: folded.iter().map(|f| f.c).collect(), map: folded.iter().map(|f| f.at).collect() }
    }

    /// Whether normalisation dropped a gap before character `i`.
    pub(crate) fn gap(&self, i: usize) -> bool {
        let at = |i: usize| self.map.get(i).copied();
        i.checked_sub(1).and_then(at).zip(at(i)).is_some_and(|(a, b)| b > a + 1)
    }

    /// The characters of `text` that a range of normalised characters came from.
    pub(crate) fn range(&self, text: &str, r: &Range<usize>) -> Range<usize> {
        let mut mentions = [Mention {
            chars: r.clone(),
            kind: MentionKind::Time(TimeMention::default()),
            status: None,
            rule: "",
        }];
        self.restore(text, &mut mentions);
        let [m] = mentions;
        m.chars
    }

    /// Turns ranges of normalised characters into ranges of `text`'s own.
    fn restore(&self, text: &str, mentions: &mut [Mention]) {
        if mentions.is_empty() {
            return;
        }
        // Marks that normalisation composed into the character before belong to it.
        let marks: Vec<u32> = text
            .chars()
            .enumerate()
            .filter(|(_, c)| matches!(c, '\u{FF9E}' | '\u{FF9F}' | '\u{3099}' | '\u{309A}'))
            .filter_map(|(i, _)| u32::try_from(i).ok())
            .collect();
        let back = |r: &Range<usize>| {
            let at = |i: usize| self.map.get(i).copied().unwrap_or_default();
            let start = at(r.start);
            let mut end = if r.is_empty() { start } else { at(r.end - 1) + 1 };
            while marks.binary_search(&end).is_ok() {
                end += 1;
            }
            start as usize..end as usize
        };
        for m in mentions {
            m.chars = back(&m.chars);
            if let MentionKind::Quantity(q) = &mut m.kind {
                q.number = back(&q.number);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_of_any_form_are_looked_for() {
        for text in ["３件", "①件", "㊿", "三か所", "ⅷ", "令和", "翌月"] {
            assert!(may_hold_any(text), "{text}");
        }
        assert!(!may_hold_any("窓口の混雑、相談※"));
    }

    proptest! {
        #[test]
        fn text_that_is_let_pass_holds_nothing(text in "[ a-zぁ-ヾ、-】一-龠～※〈〇\n\t]{0,24}") {
            let source = Source::new(&text);
            let found = scan(&source.chars, &TimeContext::default(), |i| source.gap(i));
            let first = |m: &Mention| matches!(m.kind, MentionKind::Time(_)) && source.map.get(m.chars.start) == Some(&0);
            prop_assert!(!found.mentions.iter().any(first) || may_begin_with_time(&text));
            let any = !(found.mentions.is_empty() && found.candidates.is_empty() && found.impossible.is_empty());
            prop_assert!(!any || may_hold_any(&text));
        }
    }
}
