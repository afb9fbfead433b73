//! The scanner: at each character that may begin an expression, asks the grammar for it.

use super::calendar;
use super::era::{self, ERAS};
use super::number;
use super::quantity::{self, Read};
use super::range::{Time, time};
use super::reject;
use super::relative;
use super::time::{Anchor, Base, Impossible};
use super::{extent, length};
use crate::chars::{is_kanji, is_katakana};
use crate::mention::{Mention, MentionKind, TimeContext, TimeMention};
use shiryo_model::{Granularity, Period};

/// Expressions of the text, and what looked like one but cannot be.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) mentions: Vec<Mention>,
    /// Quantities if the words after their numbers are words of their own.
    pub(crate) candidates: Vec<Mention>,
    pub(crate) impossible: Vec<(std::ops::Range<usize>, String)>,
}

/// Scans normalised text; `gap(i)` tells whether the source has a gap before character `i`.
pub(crate) fn scan(c: &[char], context: &TimeContext, gap: impl Fn(usize) -> bool) -> Found {
    let mut found = Found::default();
    let mut anchor = anchor(context);
    let mut i = 0;
    while let Some(&x) = c.get(i) {
        // What stands in a tag (colspan="2") is nothing that the text says.
        if x == '<'
            && let Some(end) = crate::noise::tag_end(c, i)
        {
            i = end;
            continue;
        }
        let next = if !may_begin(x) { i + 1 } else { step(c, i, x, &mut anchor, &gap, &mut found) };
        i = next.max(i + 1);
    }
    found
}

fn anchor(context: &TimeContext) -> Anchor {
    let fiscal = context.fiscal_year.or_else(|| context.reference.map(calendar::fiscal_year_of));
    Anchor {
        base: fiscal.map(Base::Fiscal),
        era: fiscal.and_then(|y| ERAS.iter().find(|e| e.first <= y).copied()),
        reference: context.reference,
        fiscal,
        parts: context.year_parts,
        ..Default::default()
    }
}

/// Whether an expression can begin with `x`.
pub(crate) fn may_begin(x: char) -> bool {
    // Kana begin nothing, and are most of any text.
    x.is_ascii_alphanumeric()
        || !matches!(x, '\0'..='\u{7F}' | '\u{3000}'..='\u{30FF}')
            && (number::starts(x)
                || matches!(x, '毎' | '隔' | '半' | '紀' | '月' | '火' | '水' | '木' | '金' | '土' | '日')
                || relative::starts(x)
                || matches!(x, '万' | '億' | '兆')
                || matches!(x, '令' | '平' | '昭' | '大' | '明' | '西' | '午'))
}

/// Reads what begins at `i`; gives where to go on.
fn step(
    c: &[char],
    i: usize,
    x: char,
    anchor: &mut Anchor,
    gap: &impl Fn(usize) -> bool,
    found: &mut Found,
) -> usize {
    let before = i.checked_sub(1).and_then(|b| c.get(b)).copied().unwrap_or('\n');
    if matches!(x, '毎' | '隔' | '半' | '紀' | '月' | '火' | '水' | '木' | '金' | '土' | '日')
        && !extent::starts(c, i)
    {
        return i + 1;
    }
    if x.is_ascii_alphabetic() {
        // n=325: how many answered.
        let sample = matches!(x, 'n' | 'N') && c.get(i + 1) == Some(&'=') && !before.is_ascii_alphanumeric();
        if sample && c.get(i + 2).is_some_and(char::is_ascii_digit) {
            return i + 2;
        }
        let starts_word = !before.is_ascii_alphanumeric();
        if starts_word
            && ERAS.iter().any(|e| e.letter == x)
            && let Some(end) = read_time(c, i, anchor, found)
        {
            return end;
        }
        let end = reject::token_end(c, i);
        // p3～5: the second number belongs to the name too.
        let numbered = c.get(end - 1).is_some_and(char::is_ascii_digit);
        let ranged = matches!(c.get(end), Some('～' | '〜' | '~' | '・'))
            && c.get(end + 1).is_some_and(char::is_ascii_digit);
        return if numbered && ranged { reject::token_end(c, end + 1) } else { end };
    }
    // In 令和 4 年 the number belongs to the era; 第3 is an ordinal.
    let in_name = x.is_ascii_digit()
        && (before.is_ascii_alphabetic() || before == '第' && super::parts::quarter_word(c, i).is_none());
    if !in_name && may_be_time(c, i, x, before) {
        if let Some(end) = read_time(c, i, anchor, found) {
            return end;
        }
        if let Some(end) = clocks(c, i) {
            found.mentions.push(Mention {
                chars: i..end,
                kind: MentionKind::Time(TimeMention {
                    period: Period { granularity: Granularity::Time, ..Default::default() },
                    relative: true,
                }),
                status: None,
                rule: "time.clock",
            });
            return end;
        }
    }
    if let Some((q, chars)) = (x == '半' || x == '四').then(|| length::word(c, i)).flatten() {
        let end = chars.end;
        let chars = chars.start.max(found.mentions.last().map_or(0, |m| m.chars.end))..end;
        let kind = MentionKind::Quantity(q);
        found.mentions.push(Mention { chars, kind, status: None, rule: "quantity.half" });
        return end;
    }
    if !(number::starts(x) || before == '数' && matches!(x, '万' | '億' | '兆')) {
        return i + 1;
    }
    match quantity::read(c, i, gap(i)) {
        Read::Skip(end) => end,
        Read::Perhaps(q, chars, end) => {
            let kind = MentionKind::Quantity(q);
            found.candidates.push(Mention { chars, kind, status: None, rule: "quantity.segmented-counter" });
            end
        }
        Read::Quantity(q, chars, rule) => {
            let end = chars.end;
            // A bound word may have been taken by the expression before.
            let from = found.mentions.last().map_or(0, |m| m.chars.end);
            let chars = chars.start.max(from)..end;
            found.mentions.push(Mention { chars, kind: MentionKind::Quantity(q), status: None, rule });
            end
        }
    }
}

fn may_be_time(c: &[char], i: usize, x: char, before: char) -> bool {
    if x.is_ascii_digit() {
        return !matches!(before, '.' | '※' | '^' | '-')
            || before == '-' && !c.get(i.wrapping_sub(2)).is_some_and(char::is_ascii_digit);
    }
    if number::starts(x) {
        return !is_kanji(before) && !is_katakana(before);
    }
    true
}

/// Reads a time at `i` and moves the anchor; `None` if there is none.
fn read_time(c: &[char], i: usize, anchor: &mut Anchor, found: &mut Found) -> Option<usize> {
    match time(c, i, anchor) {
        Ok(None) => None,
        Err(Impossible { end, reason }) => {
            found.impossible.push((i..end, reason));
            Some(end)
        }
        Ok(Some(t)) => {
            advance(anchor, &t);
            let end = t.end;
            let period =
                t.period.unwrap_or(Period { granularity: unresolved(&t.last), ..Default::default() });
            let mention = TimeMention { period, relative: t.relative };
            found.mentions.push(Mention {
                chars: i..end,
                kind: MentionKind::Time(mention),
                status: None,
                rule: t.rule,
            });
            Some(end)
        }
    }
}

fn unresolved(p: &super::time::Point) -> Granularity {
    match (p.month, p.day, p.fiscal) {
        (_, Some(_), _) => Granularity::Day,
        (Some(_), None, _) => Granularity::Month,
        (None, None, true) => Granularity::FiscalYear,
        _ => Granularity::Year,
    }
}

/// What year-less expressions after this one are read against.
fn advance(anchor: &mut Anchor, t: &Time) {
    let p = &t.last;
    if let Some((start, end)) = t.period.as_ref().and_then(|p| p.start.zip(p.end)) {
        anchor.told = Some((start, end));
    }
    if p.era.is_some() {
        anchor.era = p.era;
        anchor.era_told = true;
    }
    if let Some(y) = p.year {
        if p.explicit || p.month.is_none() {
            anchor.base = Some(if p.fiscal { Base::Fiscal(y) } else { Base::Calendar(y) });
        }
        anchor.month = p.month;
        anchor.day = p.day;
    }
    if p.explicit && anchor.era.is_none() {
        anchor.era = p.year.and_then(|y| era::ERAS.iter().find(|e| e.first <= y).copied());
    }
}

/// 午前9時～午後5時, 9:00-17:00, or one time of day; where it ends.
fn clocks(c: &[char], at: usize) -> Option<usize> {
    let end = clock(c, at)?;
    let i = super::time::skip_space(c, end);
    let rest = c.get(i..)?;
    let second = match rest.first() {
        Some('～' | '〜' | '~' | '-' | '−' | '–' | '―' | '—') => i + 1,
        _ if crate::chars::starts_with(rest, "から") => i + 2,
        _ => return Some(end),
    };
    let Some(last) = clock(c, super::time::skip_space(c, second)) else { return Some(end) };
    Some(last + if super::time::has(c, last, "まで") { 2 } else { 0 })
}

/// 午後2時30分, 9時, 12:30: a time of day; where it ends.
fn clock(c: &[char], at: usize) -> Option<usize> {
    let half =
        crate::chars::starts_with(c.get(at..)?, "午前") || crate::chars::starts_with(c.get(at..)?, "午後");
    let i = if half { at + 2 } else { at };
    if !half && super::time::has(c, at, "正午") {
        return Some(at + 2);
    }
    let (hour, end) = number::small(c, i)?;
    let valid = (0..=30).contains(&hour);
    if c.get(end) == Some(&':') {
        let (minute, after) = number::small(c, end + 1)?;
        let two = after - end == 3 && (0..60).contains(&minute);
        let clean = !c.get(after).is_some_and(|n| n.is_ascii_alphanumeric() || *n == ':');
        return (valid && two && clean).then_some(after);
    }
    if c.get(end) != Some(&'時') || matches!(c.get(end + 1), Some('間' | '点' | '限' | '期' | '短')) || !valid
    {
        return None;
    }
    if !half
        && c.get(at).is_some_and(|x| !x.is_ascii_digit())
        && !matches!(c.get(end + 1), Some('か' | 'ま' | '～' | '三' | '五' | '十'))
    {
        return None;
    }
    let end = end + 1;
    if c.get(end) == Some(&'半') {
        return Some(end + 1);
    }
    match number::small(c, end) {
        Some((m, after))
            if (0..60).contains(&m) && c.get(after) == Some(&'分') && c.get(after + 1) != Some(&'間') =>
        {
            Some(after + 1)
        }
        _ => Some(end),
    }
}
