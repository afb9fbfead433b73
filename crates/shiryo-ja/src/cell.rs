//! Table cells: a cell that is a number, a header that names a unit.

use crate::grammar::bounds;
use crate::grammar::number::{Number, number};
use crate::mention::Quantity;
use crate::normalise::normalise;
use crate::units::{self, Kind};
use rust_decimal::Decimal;
use shiryo_model::Bound;

/// Reads a whole cell that is one number, with or without sign, bound and unit: 1,234 / △5 / 約53.1 / 85.4％ /
/// 16億円 / (1,200). Dashes, words and several numbers give `None`. `number` is the range of the number in the
/// cell's own characters.
///
/// ```
/// let q = shiryo_ja::parse_cell_number("△ 1,234").expect("a number");
/// assert_eq!(q.value.to_string(), "-1234");
/// assert!(shiryo_ja::parse_cell_number("第3回").is_none());
/// ```
pub fn parse_cell_number(text: &str) -> Option<Quantity> {
    let (normal, map) = normalise(text);
    let chars: Vec<char> = normal.chars().collect();
    // Only a cell that a number could fill: words are long.
    if chars.len() > 40 || !chars.iter().any(char::is_ascii_digit) {
        return None;
    }
    let (mut from, mut to) = (0, chars.len());
    // (1,200) of accounts is a plain value in brackets; its meaning is the table's.
    if chars.first() == Some(&'(') && chars.last() == Some(&')') && chars.len() > 3 {
        (from, to) = (1, to - 1);
    }
    let c = chars.get(from..to)?;
    let mut q = Quantity::default();
    let mut at = 0;
    for (word, bound) in bounds::BEFORE {
        if crate::chars::starts_with(c, word) && word.chars().count() > at {
            q.bound = *bound;
            at = word.chars().count();
        }
    }
    let sign = c.get(at).copied()?;
    if matches!(sign, '+' | '-' | '−' | '△' | '▲' | '±' | '―' | '–') {
        q.signed = true;
        at += 1;
        at += usize::from(c.get(at) == Some(&' '));
    }
    let n: Number = number(c, at).filter(|n| !n.padded && !n.kanji)?;
    let negative = q.signed && !matches!(sign, '+' | '±');
    q.value = if negative { -n.value } else { n.value }.normalize();
    q.number = (from + at)..(from + n.end);
    let end = upper(c, &n, &mut q).unwrap_or(n.end);
    let end = unit(c, end, &mut q)?;
    let end = match bounds::after(c, end) {
        Some((bound, end)) => {
            q.bound = bound;
            end
        }
        None => end,
    };
    let rest: String = c.get(end..)?.iter().filter(|x| !x.is_whitespace()).collect();
    if !rest.is_empty() && !matches!(rest.as_str(), "←" | "*" | "←*") {
        return None;
    }
    let back = |i: usize| map.get(i).map_or(0, |m| *m as usize);
    q.number = back(q.number.start)..back(q.number.end - 1) + 1;
    Some(q)
}

/// The upper end of a range in a cell: 100～999.
fn upper(c: &[char], n: &Number, q: &mut Quantity) -> Option<usize> {
    let mark = *c.get(n.end)?;
    if !matches!(mark, '～' | '〜' | '~') {
        return None;
    }
    let second = number(c, n.end + 1).filter(|s| s.value > n.value)?;
    q.value_upper = Some(second.value.normalize());
    q.bound = Bound::Range;
    Some(second.end)
}

/// The unit after the number; `None` when what follows is no unit.
fn unit(c: &[char], at: usize, q: &mut Quantity) -> Option<usize> {
    let i = at + usize::from(c.get(at) == Some(&' '));
    let rest = c.get(i..)?;
    let Some((len, u)) = units::matches(rest)
        .find(|(len, u)| u.kind != Kind::Ordinal && crate::normalise::spacing::ends_word(rest, *len))
    else {
        return Some(at);
    };
    // 1位, 2024年 and R4 are no values; 3年 is.
    if units::longest(rest).is_some_and(|(l, u)| u.kind == Kind::Ordinal && l >= len) {
        return None;
    }
    q.unit = u.canonical.to_string();
    if u.canonical == "年" && q.value > Decimal::from(1800) && q.value < Decimal::from(2200) {
        return None;
    }
    if u.canonical == "割" {
        q.unit = "%".into();
        q.value = q.value.checked_mul(Decimal::TEN)?;
    }
    Some(i + len)
}

/// Nouns of a header that stand for a unit (件数 → 件).
const NOUNS: &[(&str, &str)] = &[
    ("件数", "件"),
    ("人数", "人"),
    ("回数", "回"),
    ("台数", "台"),
    ("校数", "校"),
    ("社数", "社"),
    ("名数", "名"),
    ("箇所数", "か所"),
    ("か所数", "か所"),
    ("世帯数", "世帯"),
    ("手続数", "手続"),
    ("事業数", "事業"),
    ("業務数", "業務"),
    ("戸数", "戸"),
    ("棟数", "棟"),
    ("床数", "床"),
    ("枚数", "枚"),
    ("冊数", "冊"),
    ("部数", "部"),
    ("日数", "日"),
    ("月数", "か月"),
    ("年数", "年"),
    ("週数", "週間"),
    ("時間数", "時間"),
    ("コマ数", "コマ"),
    ("クラス数", "クラス"),
    ("学級数", "学級"),
    ("団体数", "団体"),
    ("施設数", "施設"),
    ("店舗数", "店舗"),
    ("自治体数", "自治体"),
    ("システム数", "システム"),
    ("者数", "人"),
    ("員数", "人"),
    ("客数", "人"),
    ("児数", "人"),
    ("人口", "人"),
    ("定員", "人"),
    ("申請数", "件"),
    ("届出数", "件"),
    ("登録数", "件"),
    ("交付数", "件"),
    ("相談数", "件"),
    ("時間", "時間"),
    ("金額", "円"),
    ("予算額", "円"),
    ("決算額", "円"),
    ("事業費", "円"),
    ("経費", "円"),
    ("費用", "円"),
    ("率", "%"),
    ("割合", "%"),
    ("構成比", "%"),
    ("面積", "m2"),
    ("延長", "m"),
];

/// The unit a header names and what its numbers must be multiplied by: (単位：千円) → 円, 1000; （％） → %, 1;
/// 年間処理件数 → 件, 1. Brackets decide over nouns.
///
/// ```
/// let (unit, times) = shiryo_ja::unit_of_header("事業費（千円）").expect("names a unit");
/// assert_eq!((unit.as_str(), times.to_string().as_str()), ("円", "1000"));
/// ```
pub fn unit_of_header(text: &str) -> Option<(String, Decimal)> {
    let (normal, _) = normalise(text);
    let chars: Vec<char> = normal.chars().collect();
    if chars.len() > 200 {
        return None;
    }
    if let Some(found) =
        after_unit_word(&chars).or_else(|| in_brackets(&chars)).or_else(|| whole_unit(&chars))
    {
        return Some(found);
    }
    // The noun that ends the header, notes in brackets left aside; for nouns of one unit the longest.
    let bare = without_brackets(&chars);
    NOUNS
        .iter()
        .filter(|(noun, _)| crate::chars::ends_with(&bare, noun))
        .max_by_key(|(noun, _)| noun.len())
        .map(|(_, unit)| ((*unit).to_string(), Decimal::ONE))
}

/// 単位:千円
fn after_unit_word(c: &[char]) -> Option<(String, Decimal)> {
    let at = c.windows(2).position(|w| w == ['単', '位'])? + 2;
    let rest: Vec<char> =
        c.get(at..)?.iter().copied().skip_while(|x| matches!(x, ':' | ' ' | '、' | '=')).collect();
    let end = rest
        .iter()
        .position(|x| matches!(x, ')' | ']' | '】' | ' ' | '、' | ',' | '\n'))
        .unwrap_or(rest.len());
    whole_unit(rest.get(..end)?)
}

/// (千円), [%]
fn in_brackets(c: &[char]) -> Option<(String, Decimal)> {
    let mut found = None;
    let mut open = None;
    for (i, x) in c.iter().enumerate() {
        match x {
            '(' | '[' | '【' | '〔' => open = Some(i + 1),
            ')' | ']' | '】' | '〕' => {
                found = open.take().and_then(|o| whole_unit(c.get(o..i)?)).or(found);
            }
            _ => {}
        }
    }
    found
}

/// A text that is nothing but a unit: 千円, 件, %, 万人.
fn whole_unit(c: &[char]) -> Option<(String, Decimal)> {
    let scaled = c.iter().take_while(|x| matches!(x, '十' | '百' | '千' | '万' | '億' | '兆')).count();
    let scale = if scaled == 0 { Decimal::ONE } else { scale_word(c.get(..scaled)?)? };
    let rest = c.get(scaled..)?;
    let (len, unit) = units::matches(rest).find(|(_, u)| u.kind != Kind::Ordinal)?;
    (len == rest.len()).then(|| (unit.canonical.to_string(), scale))
}

/// 千, 百万, 億: what a scale word multiplies by.
fn scale_word(c: &[char]) -> Option<Decimal> {
    let one: Vec<char> = std::iter::once('1').chain(c.iter().copied()).collect();
    number(&one, 0).filter(|n| n.end == one.len()).map(|n| n.value)
}

fn without_brackets(c: &[char]) -> Vec<char> {
    let mut depth = 0usize;
    let mut out = Vec::with_capacity(c.len());
    for &x in c {
        match x {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            '※' => break,
            _ if depth == 0 && !x.is_whitespace() => out.push(x),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells() {
        let v = |s: &str| parse_cell_number(s).map(|q| format!("{} {}", q.value, q.unit).trim().to_string());
        for (cell, want) in [
            ("1,234", "1234"),
            ("△5", "-5"),
            ("53.1", "53.1"),
            ("85.4％", "85.4 %"),
            ("539 時間", "539 時間"),
            ("約１６億円", "1600000000 円"),
            ("▲ 1,200", "-1200"),
            ("(1,200)", "1200"),
            ("+5,000件", "5000 件"),
            ("1,140←", "1140"),
            ("3か年", "3 年"),
            ("0", "0"),
            ("2,000 台", "2000 台"),
        ] {
            assert_eq!(v(cell).as_deref(), Some(want), "{cell}");
        }
        for cell in [
            "－",
            "—",
            "-",
            "",
            "未定",
            "R4",
            "令和5年度",
            "2か所3名",
            "006",
            "1位",
            "第3回",
            "1/2",
            "納税課",
            "2024年",
            "12:30",
            "3-1",
            "5月",
        ] {
            assert_eq!(v(cell), None, "{cell}");
        }
        assert_eq!(
            parse_cell_number("約 1,450時間").map(|q| (q.bound, q.number)),
            Some((Bound::Approx, 2..7))
        );
    }

    #[test]
    fn headers() {
        let h = |s: &str| unit_of_header(s).map(|(u, d)| format!("{u} {d}"));
        for (header, want) in [
            ("(単位：千円)", "円 1000"),
            ("（千円）", "円 1000"),
            ("金額（百万円）", "円 1000000"),
            ("交付率（％）", "% 1"),
            ("年間処理件数", "件 1"),
            ("参加者数", "人 1"),
            ("年間\n処理時間", "時間 1"),
            ("単位：人", "人 1"),
            ("申請件数(累計)", "件 1"),
            ("対象手続数※1", "手続 1"),
            ("％", "% 1"),
            ("万人", "人 10000"),
        ] {
            assert_eq!(h(header).as_deref(), Some(want), "{header}");
        }
        for header in ["所管課", "備考", "内容", "業務概要", "(参考)"] {
            assert_eq!(h(header), None, "{header}");
        }
    }
}
