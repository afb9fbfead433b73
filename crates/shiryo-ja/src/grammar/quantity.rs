//! A number with what stands around it: sign, bound, range, unit; and what makes a number no quantity.

use super::bounds;
use super::length;
use super::number::{Number, kanji_digit, number};
use super::reject::{is_unit_note, labelled_unit, not_a_number, per_one, stands_bare};
use super::share;
use crate::chars::{is_hiragana, is_japanese, is_kanji, is_katakana, starts_with};
use crate::mention::Quantity;
use crate::normalise::spacing::ends_word;
use crate::units::{self, Kind, Unit};
use rust_decimal::Decimal;
use shiryo_model::Bound;
use std::ops::Range;

/// What a number at some position turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Read {
    /// A quantity over these characters.
    Quantity(Quantity, Range<usize>, &'static str),
    /// No quantity; go on from here.
    Skip(usize),
}

const RANGE_MARKS: &[char] = &['～', '〜', '~', '-', '−', '–', '―', '—'];

/// Reads the number at `at`; `gap` tells whether a gap of the source that normalisation closed stands before it.
pub(crate) fn read(c: &[char], at: usize, gap: bool) -> Read {
    let Some(n) = number(c, at) else { return Read::Skip(skip_digits(c, at)) };
    if let Some(read) = share::share(c, at, &n) {
        return read;
    }
    if let Some(end) = not_a_number(c, at, &n) {
        return Read::Skip(end.max(n.end));
    }
    if let Some(read) = fraction(c, at, &n).or_else(|| tenths(c, at, &n)) {
        return read;
    }
    let several = several(c, at, &n);
    let (upper, mut end, lower_unit) =
        upper(c, &n).map_or((None, n.end, None), |(u, lower)| (Some(u), u.end, lower));
    let digits_end = end;
    let unit = unit(c, end, n.kanji && several.is_none() && n.digits + usize::from(n.scale_only) > 0, at)
        .or(lower_unit.map(|u| (0, u)));
    let (kind, canonical) = match &unit {
        Some((_, UnitRead::Table(u))) => (Some(u.kind), u.canonical.to_string()),
        Some((_, UnitRead::Unknown(word))) => (Some(Kind::Count), word.clone()),
        None => (None, String::new()),
    };
    if kind == Some(Kind::Ordinal) {
        return Read::Skip(end + unit.map_or(0, |u| u.0));
    }
    if unit.is_none() && !stands_bare(c, at, end, &n, gap) {
        return Read::Skip(end);
    }
    if unit.is_some() && labelled_unit(c, at, &canonical) {
        return Read::Skip(end);
    }
    end += unit.as_ref().map_or(0, |u| u.0);
    // 1時間半, 5か月半
    let half = kind == Some(Kind::Duration)
        && next(c, end) == '半'
        && !matches!(next(c, end + 1), '期' | '分' | '数');
    end += usize::from(half);
    let compound = (upper.is_none() && several.is_none() && !half)
        .then(|| length::compound(c, n.value, &canonical, end))
        .flatten();
    if let Some((.., after)) = compound {
        end = after;
    }
    if kind == Some(Kind::Money) && n.scale_only && starts_with(c.get(end..).unwrap_or_default(), "単位")
        || is_unit_note(c, at, end)
    {
        return Read::Skip(end);
    }
    if per_one(c, end, &n) {
        return Read::Skip(end);
    }
    // 割 is ten per cent.
    let tenths = canonical == "割";
    let canonical = if tenths { "%".into() } else { canonical };
    let mut q = Quantity { value: n.value, unit: canonical, number: at..digits_end, ..Default::default() };
    let mut start = at;
    set_range(&mut q, &n, upper.as_ref(), several);
    if let Some((whole, unit, number_end, _)) = compound {
        (q.value, q.unit, q.number) = (whole, unit.into(), at..number_end);
    }
    if half {
        let last = q.value_upper.as_mut().unwrap_or(&mut q.value);
        *last = last.checked_add(Decimal::new(5, 1)).unwrap_or(*last);
    }
    if tenths {
        let ten = |v: Decimal| v.checked_mul(Decimal::TEN).map(|v| v.normalize());
        q.value = ten(q.value).unwrap_or(q.value);
        q.value_upper = q.value_upper.and_then(ten);
    }
    set_sign(c, &mut start, &mut q);
    set_per(c, at, &mut start, &mut end, &mut q);
    set_bound(c, &mut start, &mut end, &mut q, several.is_some());
    q.signed |= bounds::change(c, end);
    let rule = match (&unit, q.value_upper) {
        _ if compound.is_some() => "quantity.compound",
        (_, Some(_)) => "quantity.range",
        (Some((_, UnitRead::Unknown(_))), _) => "quantity.unknown-counter",
        (Some(_), _) => "quantity.unit",
        (None, _) => "quantity.bare",
    };
    Read::Quantity(q, start..end, rule)
}

fn skip_digits(c: &[char], at: usize) -> usize {
    let n = c
        .get(at..)
        .unwrap_or_default()
        .iter()
        .take_while(|d| d.is_ascii_digit() || kanji_digit(**d).is_some())
        .count();
    at + n.max(1)
}

pub(crate) fn prev(c: &[char], at: usize) -> char {
    at.checked_sub(1).and_then(|i| c.get(i)).copied().unwrap_or('\n')
}

pub(crate) fn next(c: &[char], at: usize) -> char {
    c.get(at).copied().unwrap_or('\n')
}

/// 3分の2
fn fraction(c: &[char], at: usize, n: &Number) -> Option<Read> {
    if !starts_with(c.get(n.end..)?, "分の") {
        return None;
    }
    let top = number(c, n.end + 2)?;
    let value = top.value.checked_div(n.value)?;
    let mut q = Quantity { value: value.round_dp(12).normalize(), number: at..top.end, ..Default::default() };
    let (mut start, mut end) = (at, top.end);
    set_bound(c, &mut start, &mut end, &mut q, false);
    Some(Read::Quantity(q, start..end, "quantity.fraction"))
}

/// 3割5分2厘
fn tenths(c: &[char], at: usize, n: &Number) -> Option<Read> {
    if next(c, n.end) != '割' || number(c, n.end + 1).is_none_or(|p| next(c, p.end) != '分') {
        return None;
    }
    let (mut value, mut end) = (n.value.checked_mul(Decimal::TEN)?, n.end + 1);
    let mut weight = Decimal::ONE;
    for word in ['分', '厘'] {
        if let Some(part) = number(c, end).filter(|p| next(c, p.end) == word) {
            value = value.checked_add(part.value.checked_mul(weight)?)?;
            end = part.end + 1;
        }
        weight /= Decimal::TEN;
    }
    let mut q =
        Quantity { value: value.normalize(), unit: "%".into(), number: at..end, ..Default::default() };
    let mut start = at;
    set_sign(c, &mut start, &mut q);
    set_bound(c, &mut start, &mut end, &mut q, false);
    q.signed |= bounds::change(c, end);
    Some(Read::Quantity(q, start..end, "quantity.tenths"))
}

/// 数十, 数百: the largest of what the word may mean, as a multiple.
fn several(c: &[char], at: usize, n: &Number) -> Option<Decimal> {
    (n.scale_only && prev(c, at) == '数').then(|| Decimal::from(9))
}

/// A second number after ～, with the unit that stood before the mark if any.
fn upper(c: &[char], n: &Number) -> Option<(Number, Option<UnitRead>)> {
    let lower = unit(c, n.end, n.kanji, n.end);
    let candidates = [lower.as_ref().map(|(len, _)| n.end + len), Some(n.end)];
    for mark in candidates.into_iter().flatten() {
        let i = if next(c, mark) == ' ' { mark + 1 } else { mark };
        let rest = c.get(i..)?;
        let words =
            ["から", "ないし", "乃至"].iter().find(|w| starts_with(rest, w)).map(|w| w.chars().count());
        let after = match words {
            Some(len) => i + len,
            None if RANGE_MARKS.contains(&next(c, i)) => i + 1,
            None => continue,
        };
        let after = if next(c, after) == ' ' { after + 1 } else { after };
        let Some(second) = number(c, after).filter(|s| !s.padded) else { continue };
        let own = unit(c, second.end, second.kanji, after);
        // 2か所から5か所に: a change, not a range.
        let end = second.end + own.as_ref().map_or(0, |u| u.0);
        let from = words == Some(2);
        let until = starts_with(c.get(end..)?, "まで") && !bounds::change(c, end + 2);
        let changes = from && !until && (mark > n.end || matches!(next(c, end), 'に' | 'へ'));
        let same = match (&lower, &own) {
            (Some((_, a)), Some((_, b))) if mark > n.end => a == b,
            (_, own) => own.is_some() || mark > n.end || RANGE_MARKS.contains(&next(c, i)),
        };
        let hyphen = matches!(next(c, i), '-' | '−') && own.is_none();
        if changes || !same || hyphen || second.value <= n.value {
            continue;
        }
        return Some((second, (mark > n.end && own.is_none()).then_some(()).and(lower.map(|l| l.1))));
    }
    None
}

/// A unit as read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum UnitRead {
    Table(Unit),
    Unknown(String),
}

/// The unit at `at` and its length; `strict` asks that it end there (after kanji numerals).
pub(crate) fn unit(c: &[char], at: usize, strict: bool, number_at: usize) -> Option<(usize, UnitRead)> {
    let rest = c.get(at..)?;
    let first = *rest.first()?;
    let table = |m: Option<(usize, Unit)>| m.map(|(len, u)| (len, UnitRead::Table(u)));
    // 1か月前, 28名出席: what follows a plain counter is another word.
    let plain = units::longest(rest).filter(|(_, u)| is_plain_counter(u) && !strict);
    if plain.is_some() {
        return table(plain);
    }
    let complete = units::matches(rest).find(|(len, _)| ends_word(rest, *len));
    if complete.is_some() || strict {
        return table(complete);
    }
    let run: usize =
        rest.iter().take_while(|x| if is_kanji(first) { is_kanji(**x) } else { is_katakana(**x) }).count();
    if run > 4 && units::longest(rest).is_some_and(|(len, _)| len > 1) {
        return table(units::longest(rest));
    }
    unknown(c, at, rest, run, number_at).or_else(|| table(units::longest(rest)))
}

fn is_plain_counter(u: &Unit) -> bool {
    matches!(u.kind, Kind::Duration | Kind::Money | Kind::Rate | Kind::Ordinal)
        || matches!(
            u.canonical,
            "件" | "名"
                | "人"
                | "回"
                | "台"
                | "社"
                | "校"
                | "か所"
                | "歳"
                | "枚"
                | "冊"
                | "個"
                | "世帯"
                | "つ"
        )
}

/// A counter the table does not have: a short noun that ends where a particle or the clause begins.
fn unknown(c: &[char], at: usize, rest: &[char], run: usize, number_at: usize) -> Option<(usize, UnitRead)> {
    let first = *rest.first()?;
    let before = prev(c, number_at);
    let named =
        is_japanese(before) && !"の約計全は、がをにで延も".contains(before) || before.is_ascii_alphanumeric();
    if named
        || !(is_kanji(first) && run <= 4 || is_katakana(first) && (2..=10).contains(&run))
        || first == '年'
        || first == '月'
        || is_year(c, number_at, at)
    {
        return None;
    }
    let after = rest.get(run).copied().unwrap_or('\n');
    let ends = matches!(after, '\n' | '。' | '、' | ')' | '(' | '」' | '・' | ',' | ' ' | '\t')
        || "のをがはにでとも".contains(after);
    (ends && is_hiragana_or_end(after)).then(|| (run, UnitRead::Unknown(rest.iter().take(run).collect())))
}

/// Four digits that name a year: 2021夏 and 2020東京 count nothing.
fn is_year(c: &[char], from: usize, to: usize) -> bool {
    let digits = c.get(from..to).unwrap_or_default();
    digits.len() == 4
        && digits.iter().all(char::is_ascii_digit)
        && matches!(digits, ['1', '9', ..] | ['2', '0' | '1', ..])
}

fn is_hiragana_or_end(c: char) -> bool {
    is_hiragana(c) || !is_japanese(c)
}

fn set_range(q: &mut Quantity, n: &Number, upper: Option<&Number>, several: Option<Decimal>) {
    if let Some(u) = upper {
        // 3～5億円: the scale word counts for both.
        if n.scale == Decimal::ONE && u.scale > Decimal::ONE && !n.separated_above(u) {
            q.value = q.value.checked_mul(u.scale).filter(|v| *v < u.value).unwrap_or(q.value);
        }
        q.value_upper = Some(u.value.normalize());
        q.bound = Bound::Range;
    }
    if let Some(times) = several {
        q.value_upper = q.value.checked_mul(times);
        q.bound = Bound::Approx;
    }
    q.value = q.value.normalize();
}

impl Number {
    /// Whether the number is already as large as the scale word of `upper` would make it.
    fn separated_above(&self, upper: &Number) -> bool {
        self.value >= upper.scale
    }
}

/// + △ ▲ − before the number.
fn set_sign(c: &[char], start: &mut usize, q: &mut Quantity) {
    let sign = prev(c, *start);
    let before = start.checked_sub(2).and_then(|i| c.get(i)).copied().unwrap_or('\n');
    let free = !before.is_ascii_alphanumeric() && !is_japanese(before) || matches!(sign, '△' | '▲' | '+');
    match sign {
        '+' | '±' if free => q.signed = true,
        '△' | '▲' | '−' | '-' if free && q.value_upper.is_none() => {
            q.signed = true;
            q.value = -q.value;
        }
        _ => return,
    }
    *start -= 1;
}

/// What the quantity is counted per: 年4回, 10件/日, 1人当たり3回.
fn set_per(c: &[char], at: usize, start: &mut usize, end: &mut usize, q: &mut Quantity) {
    if q.unit.is_empty() {
        return;
    }
    if let Some((word, from)) = share::per_before(c, at).filter(|_| *start == at) {
        q.per = word.into();
        *start = from;
    } else if let Some((word, to)) = share::per_after(c, *end) {
        q.per = word.into();
        *end = to;
    } else if let Some(word) = share::per_each(c, at) {
        q.per = word;
    }
}

fn set_bound(c: &[char], start: &mut usize, end: &mut usize, q: &mut Quantity, several: bool) {
    if several {
        *start -= 1;
    }
    if let Some((bound, at)) = bounds::before(c, *start) {
        *start = at;
        if q.bound == Bound::Exact {
            q.bound = bound;
        }
    }
    if let Some((bound, at)) = bounds::after(c, *end) {
        *end = at;
        let keep = q.bound == Bound::Range
            || q.bound == Bound::Approx
                && bound == Bound::AtMost
                && c.get(at - 1) != Some(&'下')
                && c.get(at - 1) != Some(&'内');
        if !keep {
            q.bound = bound;
        }
    }
}
