//! A number with what stands around it: sign, bound, range, unit; and what makes a number no quantity.

use super::bounds;
use super::length;
use super::number::{Number, kanji_digit, number};
use super::reject::{
    is_base, is_reference, is_unit_note, label_before, labelled_unit, not_a_number, stands_bare,
};
use super::share;
use crate::chars::{ends_with, is_japanese, is_kanji, is_katakana, starts_with};
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
    /// A number before a word that counts it if it is a word of its own, which segmentation tells; go on from here.
    Perhaps(Quantity, Range<usize>, usize),
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
    if let Some(read) = fraction(c, at, &n).or_else(|| tenths(c, at, &n)).or_else(|| some_more(c, at, &n)) {
        return read;
    }
    let several = several(c, at, &n);
    let (upper, mut end, lower_unit) =
        upper(c, at, &n).map_or((None, n.end, None), |(u, lower)| (Some(u), u.end, lower));
    let digits_end = end;
    let unit = unit(c, end, n.kanji && several.is_none() && n.digits + usize::from(n.scale_only) > 0, at)
        .or_else(|| counted_noun(c, at, end, &n))
        .or(lower_unit.map(|u| (0, u)))
        .or_else(|| (prev(c, at) == '¥').then(|| yen().map(|u| (0, UnitRead::Table(u)))).flatten());
    let (kind, canonical) = match &unit {
        Some((_, UnitRead::Table(u))) => (Some(u.kind), u.canonical.to_string()),
        Some((_, UnitRead::Unknown(word))) => (Some(Kind::Count), word.clone()),
        None => (None, String::new()),
    };
    if kind == Some(Kind::Ordinal) {
        return Read::Skip(end + unit.map_or(0, |u| u.0));
    }
    if unit.is_none() && !stands_bare(c, at, end, &n, gap) {
        return perhaps(c, at, &n).filter(|_| upper.is_none()).unwrap_or(Read::Skip(end));
    }
    let told = unit.as_ref().map_or(0, |u| u.0);
    if unit.is_some() && labelled_unit(c, at, &canonical) && !states_aim(c, at, end, end + told) {
        return Read::Skip(end);
    }
    end += told;
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
        || is_unit_note(c, at, end, &n)
        || canonical == "歳" && names_a_checkup(c, end)
    {
        return Read::Skip(end);
    }
    if is_base(c, end, unit.is_some()) || canonical == "ページ" && is_reference(c, end) {
        return Read::Skip(end);
    }
    // 割 is ten per cent.
    let tenths = canonical == "割";
    let canonical = if tenths { "%".into() } else { canonical };
    let mut q = Quantity { value: n.value, unit: canonical, number: at..digits_end, ..Default::default() };
    let mut start = at - usize::from(prev(c, at) == '¥');
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

/// 目標24組 実績15組, (目標24組): the number of an aim that a result stands beside or a bracket holds, not that of a
/// heading (目標2 窓口). `end`: of the digits, `unit_end`: of the unit.
fn states_aim(c: &[char], at: usize, end: usize, unit_end: usize) -> bool {
    let before = if prev(c, at) == ' ' { at - 1 } else { at };
    let head = c.get(..before).unwrap_or_default();
    let rest = c.get(unit_end..).unwrap_or_default();
    let beside = ["実績", "現状", "見込", "達成", "進捗", "(達成", "(進捗", "(実績"];
    let result = matches!(next(c, unit_end), ' ' | '、')
        && beside.iter().any(|w| starts_with(rest.get(1..).unwrap_or_default(), w));
    unit_end > end
        && ends_with(head, "目標")
        && (result || ends_with(head, "(目標") && next(c, unit_end) == ')')
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

/// 十数件, 20数名, 百数十件: some more than the number, in units or in tens.
fn some_more(c: &[char], at: usize, n: &Number) -> Option<Read> {
    let round = n.scale_only || n.value.checked_rem(Decimal::TEN)?.is_zero();
    if next(c, n.end) != '数' || !round || n.decimal || n.value.is_zero() {
        return None;
    }
    let step = match number(c, n.end + 1) {
        Some(s) if s.scale_only && s.value < n.value => s,
        Some(_) => return None,
        None => Number { value: Decimal::ONE, end: n.end + 1, ..*n },
    };
    let (len, unit) = unit(c, step.end, true, at)?;
    let UnitRead::Table(unit) = unit else { return None };
    let mut q = Quantity {
        value: n.value.checked_add(step.value)?.normalize(),
        value_upper: Some(n.value.checked_add(step.value.checked_mul(Decimal::from(9))?)?.normalize()),
        unit: unit.canonical.into(),
        bound: Bound::Approx,
        number: at..step.end,
        ..Default::default()
    };
    let (mut start, mut end) = (at, step.end + len);
    set_bound(c, &mut start, &mut end, &mut q, false);
    (unit.kind != Kind::Ordinal).then_some(Read::Quantity(q, start..end, "quantity.some-more"))
}

/// 12の施策, 38の手続: a noun of the table that a whole number counts. A small number before の numbers more often
/// than it counts (1の事業).
fn counted_noun(c: &[char], at: usize, end: usize, n: &Number) -> Option<(usize, UnitRead)> {
    if next(c, end) != 'の' || n.kanji || n.decimal || n.value < Decimal::TEN {
        return None;
    }
    let rest = c.get(end + 1..)?;
    let noun = units::matches(rest).find(|(len, u)| {
        u.kind == Kind::Count && *len > 1 && ends_word(rest, *len) && !is_plain_counter(u)
    })?;
    (!label_before(c, at)).then_some((noun.0 + 1, UnitRead::Table(noun.1)))
}

/// 1歳6か月児健診: an age that names.
fn names_a_checkup(c: &[char], at: usize) -> bool {
    number(c, at).is_some_and(|n| {
        ["か月児", "カ月児", "ヶ月児", "ケ月児", "ヵ月児"]
            .iter()
            .any(|w| starts_with(c.get(n.end..).unwrap_or_default(), w))
    })
}

fn yen() -> Option<Unit> {
    units::longest(&['円']).map(|(_, u)| u)
}

/// 数十, 数百: the largest of what the word may mean, as a multiple.
fn several(c: &[char], at: usize, n: &Number) -> Option<Decimal> {
    (n.scale_only && prev(c, at) == '数').then(|| Decimal::from(9))
}

/// 2、3日, 二、三年, 20、30人: two numbers that follow each other stand for all between them.
pub(crate) fn neighbour(c: &[char], n: &Number) -> Option<Number> {
    if !matches!(next(c, n.end), '、' | ',' | '・') || n.decimal || n.separated || n.scale > Decimal::TEN {
        return None;
    }
    let second =
        number(c, n.end + 1).filter(|s| s.kanji == n.kanji && !s.separated && !s.decimal && !s.padded)?;
    let tens = |v: Decimal| v.checked_rem(Decimal::TEN).is_some_and(|r| r.is_zero());
    let step = if tens(n.value) && tens(second.value) { Decimal::TEN } else { Decimal::ONE };
    let follows = n.value.checked_add(step)? == second.value
        && (n.value < Decimal::TEN && second.value < Decimal::TEN
            || step == Decimal::TEN && second.value < 100.into());
    let counted = unit(c, second.end, second.kanji, n.end + 1).is_some_and(
        |(_, u)| matches!(u, UnitRead::Table(u) if is_plain_counter(&u) && u.kind != Kind::Ordinal),
    );
    (follows && counted).then_some(second)
}

/// A second number after ～, with the unit that stood before the mark if any.
fn upper(c: &[char], at: usize, n: &Number) -> Option<(Number, Option<UnitRead>)> {
    if let Some(second) = neighbour(c, n) {
        return Some((second, None));
    }
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
        let follow = c.get(end..)?;
        let about =
            matches!(bounds::before(c, at), Some((Bound::Approx, _))) && !"にへ".contains(next(c, end));
        let until = about
            || starts_with(follow, "まで") && !bounds::change(c, end + 2)
            || ["程度", "前後", "くらい", "ぐらい", "の間", "の範囲", "の幅"]
                .iter()
                .any(|w| starts_with(follow, w));
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
    rest.first()?;
    let table = |m: Option<(usize, Unit)>| m.map(|(len, u)| (len, UnitRead::Table(u)));
    // 1か月前, 28名出席: what follows a plain counter is another word.
    let plain = units::longest(rest).filter(|(_, u)| is_plain_counter(u) && !strict);
    if plain.is_some() {
        return table(plain);
    }
    // 7つ道具: つ goes on into a word.
    let complete = units::matches(rest)
        .find(|(len, u)| ends_word(rest, *len) && (u.canonical != "つ" || !names_a_set(rest)));
    if complete.is_some() || strict {
        return table(complete);
    }
    let run = run_of(rest);
    if run > 4 && units::longest(rest).is_some_and(|(len, _)| len > 1) {
        return table(units::longest(rest));
    }
    let longest = units::longest(rest).filter(|(_, u)| u.canonical != "つ" || !names_a_set(rest));
    unknown(c, at, rest, run, number_at).or_else(|| table(longest))
}

/// 7つ道具, 3つ星: what follows つ makes a name.
fn names_a_set(rest: &[char]) -> bool {
    let follow = rest.get(1..).unwrap_or_default();
    ["道具", "星", "子", "葉", "股", "巴", "折", "揃"].iter().any(|w| starts_with(follow, w))
}

fn is_plain_counter(u: &Unit) -> bool {
    matches!(u.kind, Kind::Duration | Kind::Money | Kind::Rate | Kind::Ordinal)
        || matches!(
            u.canonical,
            "件" | "名" | "人" | "回" | "台" | "社" | "校" | "か所" | "歳" | "枚" | "冊" | "個" | "世帯"
        )
}

/// A counter the table does not have: a short noun that ends where a particle or the clause begins.
fn unknown(c: &[char], at: usize, rest: &[char], run: usize, number_at: usize) -> Option<(usize, UnitRead)> {
    let first = *rest.first()?;
    let before = prev(c, number_at);
    // 施策3, WiFi6, WiFi 6: the number belongs to the name before it.
    let named = is_japanese(before) && !"の約計全は、がをにで延も".contains(before)
        || before.is_ascii_alphanumeric()
        || before == ' ' && prev(c, number_at - 1).is_ascii_alphabetic();
    if named
        || !(is_kanji(first) && run <= 4 || is_katakana(first) && (2..=10).contains(&run))
        || matches!(first, '年' | '月' | '第')
        || is_year(c, number_at, at)
    {
        return None;
    }
    let after = rest.get(run).copied().unwrap_or('\n');
    let ends = matches!(after, '\n' | '。' | '、' | ')' | '(' | '」' | '・' | ',' | ' ' | '\t')
        || "のをがはにでとも".contains(after)
        || after.is_ascii_digit();
    ends.then(|| (run, UnitRead::Unknown(rest.iter().take(run).collect())))
}

/// 5ベッド増床, 2ヘリポート整備 within a sentence: what counts may be the first word of the run.
fn perhaps(c: &[char], at: usize, n: &Number) -> Option<Read> {
    let run = run_of(c.get(n.end..)?);
    let led = "のはがをにでとも、約計全延".contains(prev(c, at));
    if !led || n.kanji || n.padded || !(1..=12).contains(&run) || is_year(c, at, n.end) || label_before(c, at)
    {
        return None;
    }
    let q = Quantity {
        value: n.value.normalize(),
        unit: c.get(n.end..n.end + run)?.iter().collect(),
        number: at..n.end,
        ..Default::default()
    };
    Some(Read::Perhaps(q, at..n.end + run, n.end))
}

/// How far kanji or katakana go on as the first character begins; no further than any counter is long.
fn run_of(rest: &[char]) -> usize {
    let kana = rest.first().is_some_and(|x| is_katakana(*x));
    rest.iter().take(32).take_while(|x| if kana { is_katakana(**x) } else { is_kanji(**x) }).count()
}

/// Four digits that name a year: 2021夏 and 2020東京 count nothing.
fn is_year(c: &[char], from: usize, to: usize) -> bool {
    let digits = c.get(from..to).unwrap_or_default();
    digits.len() == 4
        && digits.iter().all(char::is_ascii_digit)
        && matches!(digits, ['1', '9', ..] | ['2', '0' | '1', ..])
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
    // 前年同月比-4人, 差は-4人
    let told = "比差はがで".contains(before);
    let free =
        !before.is_ascii_alphanumeric() && (told || !is_japanese(before)) || matches!(sign, '△' | '▲' | '+');
    match sign {
        '+' | '±' if free || sign == '±' => q.signed = true,
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
