//! What one cell holds: a number, a quantity, a time, a mark, words.

use super::words;
use rust_decimal::Decimal;
use shiryo_ja::{MentionKind, Quantity, TimeContext, annotate, is_dash, is_mark};
use shiryo_model::Bound;
use std::ops::Range;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    /// Nothing, or a dash or word that stands for nothing (－, 未定, 皆無).
    Blank,
    /// A mark (〇, ×).
    Mark,
    /// A bare number.
    Number(Number),
    /// One number with its unit, and nothing else that matters.
    Quantity(Quantity, Range<usize>),
    /// One number with its unit and the time it holds for in brackets: 7,025件(H26).
    Dated(Quantity, Range<usize>, String),
    /// A name with a count behind it (集会室4か所完了): length of the name in characters, then the quantity.
    Counted(usize, Quantity, Range<usize>),
    /// A time.
    Time,
    /// A code, telephone number, address of the web.
    Code,
    /// Words without quantities.
    Words,
    /// Words with quantities among them.
    Running,
}

/// A bare number in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    /// Its value.
    pub(super) value: Decimal,
    /// Written with a sign.
    pub(super) signed: bool,
    /// Whether it could be a year (four digits without a separator, 1900–2099).
    pub(super) yearlike: bool,
    /// Whether it stands in brackets.
    pub(super) bracketed: bool,
    /// 約 before it, 以上 behind it.
    pub(super) bound: Bound,
    /// Its characters in the cell.
    pub(super) chars: Range<usize>,
    /// A share that follows in brackets: 437(15.6%).
    pub(super) share: Option<(Decimal, Range<usize>)>,
}

/// Words that stand for no value.
const NO_VALUE: [&str; 20] = [
    "なし",
    "無し",
    "無",
    "未定",
    "未実施",
    "調整中",
    "検討中",
    "集計中",
    "算定中",
    "該当なし",
    "不明",
    "皆無",
    "随時",
    "同左",
    "―",
    "...",
    "n/a",
    "N/A",
    "***",
    "X",
];

/// Tells what a cell holds. `text` is normalised and may have list items on lines of their own.
pub(super) fn of(text: &str, context: &TimeContext) -> Content {
    let trimmed = text.trim();
    let solid = words::closed_up(trimmed);
    if solid.is_empty() || solid.chars().all(is_nothing) || NO_VALUE.contains(&solid.as_str()) {
        return Content::Blank;
    }
    if solid.chars().all(stands_for_mark) {
        return Content::Mark;
    }
    if is_code(&solid) {
        return Content::Code;
    }
    if let Some(number) = bare(text).or_else(|| bare(without_remark(text)?)) {
        return Content::Number(number);
    }
    // 千円 alone is a unit, no thousand yen.
    if !solid.chars().any(|c| c.is_ascii_digit()) && super::unit_words::unit_word(&solid).is_some() {
        return Content::Words;
    }
    if !solid.chars().any(|c| c.is_numeric() || "一二三四五六七八九十百千万億元".contains(c)) {
        return Content::Words;
    }
    spoken(text, context)
}

/// A dash or another sign that leaves a cell without value.
fn is_nothing(c: char) -> bool {
    is_dash(c) || matches!(c, '…' | '・' | '*' | '/' | '／' | '←' | '→' | '↓' | '↑' | '.' | '一')
}

/// A mark, or a letter written for one.
fn stands_for_mark(c: char) -> bool {
    is_mark(c) || is_nothing(c) || matches!(c, 'レ' | 'O')
}

/// Telephone numbers, web and mail addresses, codes with letters or leading zeros.
fn is_code(solid: &str) -> bool {
    if solid.contains("://") || solid.contains("www.") || (solid.contains('@') && solid.contains('.')) {
        return true;
    }
    let digits = solid.chars().filter(char::is_ascii_digit).count();
    let hyphens = solid.chars().filter(|c| *c == '-').count();
    let only = |extra: &str| solid.chars().all(|c| c.is_ascii_digit() || extra.contains(c));
    if only("-()") && digits >= 9 && (hyphens >= 1 || solid.contains('(')) {
        return true;
    }
    // 0123, 13-104-2: codes; 0.5 and 0 are numbers.
    (only("") && digits >= 2 && solid.starts_with('0')) || (only("-") && hyphens >= 2)
}

/// Reads a bare number: sign (△ ▲ - +), thousands separators, decimals, brackets, a share behind it, footnote
/// marks. Positions are characters of `text`.
pub(super) fn bare(text: &str) -> Option<Number> {
    let chars: Vec<char> = text.chars().collect();
    let mut at = skip_blank(&chars, 0);
    let bracketed = matches!(chars.get(at), Some('(' | '[' | '<'));
    if bracketed {
        at = skip_blank(&chars, at + 1);
    }
    let (about, after) = skip_lead(&chars, at);
    at = after;
    let start = at;
    let sign = chars.get(at).copied().filter(|c| matches!(c, '△' | '▲' | '-' | '−' | '－' | '+' | '±'));
    if sign.is_some() {
        at = skip_blank(&chars, at + 1);
    }
    let (value, mut end) = digits(&chars, at)?;
    let plain = chars.get(at..end).unwrap_or_default();
    let yearlike = sign.is_none()
        && plain.len() == 4
        && plain.iter().all(char::is_ascii_digit)
        && (Decimal::from(1900)..Decimal::from(2100)).contains(&value);
    let number = start..end;
    end = skip_blank(&chars, end);
    if bracketed {
        if !matches!(chars.get(end), Some(')' | ']' | '>')) {
            return None;
        }
        end = skip_blank(&chars, end + 1);
    }
    let mut share = None;
    if let Some((found, after)) = bracketed_share(&chars, end) {
        share = Some(found);
        end = skip_blank(&chars, after);
    }
    let mut bound = if about { Bound::Approx } else { Bound::Exact };
    let rest: String =
        chars.get(end..).unwrap_or_default().iter().filter(|c| !c.is_whitespace()).take(3).collect();
    if let Some((words, told)) = BOUNDS.iter().find(|(words, _)| rest.starts_with(words)) {
        bound = *told;
        end = chars
            .iter()
            .enumerate()
            .skip(end)
            .filter(|(_, c)| !c.is_whitespace())
            .nth(words.chars().count() - 1)?
            .0
            + 1;
    }
    end = skip_footnote(&chars, end);
    if end < chars.len() {
        return None;
    }
    let negative = matches!(sign, Some('△' | '▲' | '-' | '−' | '－'));
    let value = if negative { -value } else { value };
    Some(Number { value, signed: sign.is_some(), yearlike, bracketed, bound, chars: number, share })
}

/// A cell without the bracket at its end that says whether its figure happened: 1,056(見込).
fn without_remark(text: &str) -> Option<&str> {
    let (figure, remark) = text.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let said = super::words::status(remark) != shiryo_model::Status::Unknown
        || matches!(remark, "速報値" | "速報" | "暫定" | "概算");
    (said && remark.chars().count() <= 6).then_some(figure)
}

/// Words behind a bare number that bound it (105.0以上).
const BOUNDS: [(&str, Bound); 6] = [
    ("以上", Bound::AtLeast),
    ("以下", Bound::AtMost),
    ("以内", Bound::AtMost),
    ("未満", Bound::LessThan),
    ("超", Bound::MoreThan),
    ("程度", Bound::Approx),
];

/// Words before a bare number: 約1,200, 年間 1,860, 延べ356. Whether it is an approximate one, and the position
/// behind the words.
fn skip_lead(chars: &[char], at: usize) -> (bool, usize) {
    let leads = ["約", "およそ", "年間", "延べ", "のべ", "累計", "合計"];
    let (mut at, mut about) = (at, false);
    for _ in 0..3 {
        let rest: String = chars.get(at..).unwrap_or_default().iter().take(4).collect();
        let Some(lead) = leads.iter().find(|l| rest.starts_with(**l)) else { break };
        about |= matches!(*lead, "約" | "およそ");
        at = skip_blank(chars, at + lead.chars().count());
    }
    (about, at)
}

fn skip_blank(chars: &[char], mut at: usize) -> usize {
    while chars.get(at).is_some_and(|c| c.is_whitespace()) {
        at += 1;
    }
    at
}

/// Footnote marks behind a number: ※1, *2, 注1, and arrows that extracts leave behind.
fn skip_footnote(chars: &[char], at: usize) -> usize {
    let mut end = skip_blank(chars, at);
    while let Some(c) = chars.get(end) {
        match c {
            '※' | '*' | '注' | '(' | ')' | '←' | '→' | '↓' | '↑' => end += 1,
            c if end > at && c.is_ascii_digit() => end += 1,
            c if c.is_whitespace() => end += 1,
            _ => break,
        }
    }
    end
}

/// A share in brackets: (15.6%).
fn bracketed_share(chars: &[char], at: usize) -> Option<((Decimal, Range<usize>), usize)> {
    if !matches!(chars.get(at), Some('(' | '[')) {
        return None;
    }
    let start = skip_blank(chars, at + 1);
    let sign = chars.get(start).copied().filter(|c| matches!(c, '△' | '▲' | '-' | '−' | '－' | '+' | '±'));
    let first = if sign.is_some() { skip_blank(chars, start + 1) } else { start };
    let (value, end) = digits(chars, first)?;
    let percent = skip_blank(chars, end);
    if chars.get(percent) != Some(&'%') {
        return None;
    }
    // (31%増), (4.3%減).
    let turn = chars.get(skip_blank(chars, percent + 1)).copied().filter(|c| matches!(c, '増' | '減'));
    let close = skip_blank(chars, percent + 1);
    let close = if turn.is_some() { skip_blank(chars, close + 1) } else { close };
    let falls = turn == Some('減') || matches!(sign, Some('△' | '▲' | '-' | '−' | '－'));
    let value = if falls && turn != Some('増') { -value.abs() } else { value };
    matches!(chars.get(close), Some(')' | ']')).then_some(((value, start..percent + 1), close + 1))
}

/// Digits with separators in threes and decimals; the value and the position behind them.
fn digits(chars: &[char], at: usize) -> Option<(Decimal, usize)> {
    if let Some(spaced) = spaced_digits(chars, at) {
        return Some(spaced);
    }
    let mut end = at;
    let mut written = String::new();
    while let Some(&c) = chars.get(end) {
        let three =
            |from: usize| chars.get(from..from + 3).is_some_and(|d| d.iter().all(char::is_ascii_digit));
        match c {
            c if c.is_ascii_digit() => written.push(c),
            ',' if !written.is_empty() && !written.contains('.') && three(end + 1) => {
                if chars.get(end + 4).is_some_and(char::is_ascii_digit) {
                    return None;
                }
            }
            '.' if !written.is_empty()
                && !written.contains('.')
                && chars.get(end + 1).is_some_and(char::is_ascii_digit) =>
            {
                written.push(c);
            }
            _ => break,
        }
        end += 1;
    }
    if written.is_empty() || written.len() > 20 {
        return None;
    }
    written.parse().ok().map(|value| (value, end))
}

/// Digits in threes that spaces part (4 371 784), with two spaces at least: fewer may part two numbers.
fn spaced_digits(chars: &[char], at: usize) -> Option<(Decimal, usize)> {
    let run = |from: usize| chars.iter().skip(from).take_while(|c| c.is_ascii_digit()).count();
    let first = run(at);
    let (mut end, mut groups) = (at + first, 0);
    while chars.get(end) == Some(&' ') && run(end + 1) == 3 && groups < 6 {
        end += 4;
        groups += 1;
    }
    if !(1..=3).contains(&first) || groups < 2 {
        return None;
    }
    let written: String = chars.get(at..end)?.iter().filter(|c| c.is_ascii_digit()).collect();
    written.parse().ok().map(|value| (value, end))
}

/// Words that may stand around the one quantity of a cell without making it running text.
const AROUND: [&str; 22] = [
    "(",
    ")",
    "約",
    "延べ",
    "延",
    "計",
    "合計",
    "累計",
    "全",
    "完了",
    "済",
    "済み",
    "予定",
    "見込",
    "見込み",
    "(予定)",
    "(見込み)",
    "(見込)",
    "程度",
    "以上",
    "以下",
    "増",
];

/// Cells with words or units: by the grammar.
fn spoken(text: &str, context: &TimeContext) -> Content {
    if years_summed(text).is_some() {
        return Content::Words;
    }
    let mentions = annotate(text, context);
    let chars: Vec<char> = text.chars().collect();
    let mut quantities = mentions.iter().filter_map(|m| match &m.kind {
        MentionKind::Quantity(q) if !q.unit.is_empty() => Some((q, m.chars.clone())),
        _ => None,
    });
    let first = quantities.next();
    let more = quantities.next().is_some();
    let has_time = mentions.iter().any(|m| matches!(m.kind, MentionKind::Time(_)));
    match first {
        Some(_) if more => Content::Running,
        Some((quantity, range)) => {
            let before: String = chars.get(..range.start).unwrap_or_default().iter().collect();
            let after: String = chars.get(range.end..).unwrap_or_default().iter().collect();
            let (before, after) = (before.trim(), after.trim());
            // -約5億円: the sign belongs to the number.
            let falls = matches!(before, "-" | "△" | "▲" | "−");
            if (falls || before == "+") && after.is_empty() {
                let mut change = quantity.clone();
                change.value = if falls { -change.value.abs() } else { change.value };
                return Content::Quantity(change, range);
            }
            let light = |words: &str| words.is_empty() || AROUND.contains(&words) || skip_all_marks(words);
            if light(before)
                && has_time
                && let Some(time) = bracketed_time(&chars, range.end, &mentions)
            {
                Content::Dated(quantity.clone(), range, time)
            } else if light(after) && light(before) {
                Content::Quantity(quantity.clone(), range)
            } else if light(after) && !has_time && is_name(before) {
                Content::Counted(chars.get(..range.start).map_or(0, <[char]>::len), quantity.clone(), range)
            } else {
                Content::Running
            }
        }
        None if has_time && only_times(&chars, &mentions) => Content::Time,
        None => Content::Words,
    }
}

/// The words in brackets behind a quantity where those are one time and nothing else follows.
fn bracketed_time(chars: &[char], at: usize, mentions: &[shiryo_ja::Mention]) -> Option<String> {
    let open = skip_blank(chars, at);
    if chars.get(open) != Some(&'(') {
        return None;
    }
    let close = chars.iter().rposition(|c| !c.is_whitespace())?;
    let inner = chars.get(open + 1..close).filter(|_| chars.get(close) == Some(&')'))?;
    let mut times =
        mentions.iter().filter(|m| m.chars.start > open && matches!(m.kind, MentionKind::Time(_)));
    let time = times.next().filter(|_| times.next().is_none())?;
    let rest: String = chars.get(time.chars.end..close)?.iter().filter(|c| !c.is_whitespace()).collect();
    let alone = time.chars.start == skip_blank(chars, open + 1)
        && ["", "現在", "時点", "末", "末現在", "末時点", "実績", "度"].contains(&rest.as_str());
    alone.then(|| inner.iter().collect())
}

/// How many years a header sums up (3か年計, 5年間合計).
pub(super) fn years_summed(text: &str) -> Option<usize> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && !"()".contains(*c)).collect();
    let digits = plain.len() - plain.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = plain.get(..digits)?.parse().ok().filter(|n| (2..=20).contains(n))?;
    let rest = plain.get(digits..)?.trim_start_matches(['か', 'ヵ', 'カ', 'ヶ', 'ケ', '箇', '個']);
    let sum = rest.strip_prefix("年度").or_else(|| rest.strip_prefix('年'))?.trim_start_matches('間');
    ["計", "合計", "累計", "総計", "の計", "の合計"].contains(&sum).then_some(number)
}

/// Only footnote marks and punctuation.
fn skip_all_marks(words: &str) -> bool {
    words.chars().all(|c| c.is_ascii_digit() || "※*注()・、。 ←→↑↓".contains(c))
        && words.starts_with(['※', '*', '(', ')', '、', '。', '←', '→', '↑', '↓'])
}

/// A short noun phrase without particles that end a clause: the name of a site or group.
fn is_name(words: &str) -> bool {
    let length = words.chars().count();
    let clause = ["は", "が", "を", "に", "で", "と", "、", "。", ":", "\n", "も", "から", "より", "へ"];
    (2..=30).contains(&length)
        && !clause.iter().any(|c| words.ends_with(c))
        && !words.contains(['。', '\n', ':', '・'])
        && !words.chars().any(|c| c.is_ascii_digit())
        && words.chars().any(char::is_alphabetic)
}

/// Whether times and the words around them are all there is.
fn only_times(chars: &[char], mentions: &[shiryo_ja::Mention]) -> bool {
    let mut rest = String::new();
    let mut at = 0;
    for mention in mentions {
        rest.extend(chars.get(at..mention.chars.start).unwrap_or_default());
        at = mention.chars.end.max(at);
    }
    rest.extend(chars.get(at..).unwrap_or_default());
    for filler in
        ["から", "まで", "現在", "実施中", "開始", "以降", "予定", "頃", "時点", "末", "中", "ごろ", "迄"]
    {
        rest = rest.replace(filler, "");
    }
    rest.chars().all(|c| c.is_whitespace() || !c.is_alphanumeric())
}

#[cfg(test)]
mod tests;
