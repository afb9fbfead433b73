//! Numbers as they are written: digits with separators, kanji numerals, both mixed with 万 億 兆.

use rust_decimal::Decimal;

/// A number and how it was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    /// Its value.
    pub(crate) value: Decimal,
    /// One past its last character.
    pub(crate) end: usize,
    /// Written with thousands separators.
    pub(crate) separated: bool,
    /// Written with a decimal point.
    pub(crate) decimal: bool,
    /// Begins with a kanji numeral.
    pub(crate) kanji: bool,
    /// Consists of scale words alone (千, 百万).
    pub(crate) scale_only: bool,
    /// Digits before the decimal point, where written in digits.
    pub(crate) digits: usize,
    /// Begins with 0 and has more digits (an id, not a number).
    pub(crate) padded: bool,
    /// What the last scale word multiplies by (億 → 10^8), 1 without one.
    pub(crate) scale: Decimal,
}

/// More digits than this are an id, not a number.
const MAX_DIGITS: usize = 16;

pub(crate) fn kanji_digit(c: char) -> Option<u8> {
    Some(match c {
        '〇' | '零' => 0,
        '一' | '壱' | '壹' => 1,
        '二' | '弐' => 2,
        '三' | '参' => 3,
        '四' => 4,
        '五' | '伍' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn small_scale(c: char) -> Option<i64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' => 100,
        '千' | '阡' => 1000,
        _ => return None,
    })
}

fn big_scale(c: char) -> Option<i64> {
    Some(match c {
        '万' | '萬' => 10_000,
        '億' => 100_000_000,
        '兆' => 1_000_000_000_000,
        _ => return None,
    })
}

/// Whether a number can begin with `c`.
pub(crate) fn starts(c: char) -> bool {
    c.is_ascii_digit() || c != '〇' && kanji_digit(c).is_some() || small_scale(c).is_some()
}

/// What one coefficient (a run of digits of one script) says.
struct Coefficient {
    value: Decimal,
    end: usize,
    separated: bool,
    decimal: bool,
    digits: usize,
    padded: bool,
}

/// Reads the number that begins at `at`.
pub(crate) fn number(c: &[char], at: usize) -> Option<Number> {
    let first = *c.get(at)?;
    if !starts(first) {
        return several_large(c, at);
    }
    let mut n = Number {
        value: Decimal::ZERO,
        end: at,
        separated: false,
        decimal: false,
        kanji: !first.is_ascii_digit(),
        scale_only: true,
        digits: 0,
        padded: false,
        scale: Decimal::ONE,
    };
    let mut ceiling = i64::MAX;
    // Sections of falling scale: 1億 2,345万 6千.
    loop {
        let (section, end) = section(c, &mut n)?;
        if end == n.end {
            break;
        }
        match c.get(end).copied().and_then(big_scale).filter(|s| *s < ceiling) {
            Some(scale) => {
                n.value = n.value.checked_add(section.checked_mul(Decimal::from(scale))?)?;
                n.end = end + 1;
                n.scale = Decimal::from(scale);
                ceiling = scale;
                if n.decimal {
                    break;
                }
            }
            None => {
                n.value = n.value.checked_add(section)?;
                n.end = end;
                break;
            }
        }
    }
    (n.end > at).then_some(n)
}

/// 万 and 億 after 数 (数億円): a number of its own.
fn several_large(c: &[char], at: usize) -> Option<Number> {
    let scale = big_scale(*c.get(at)?).filter(|_| at > 0 && c.get(at - 1) == Some(&'数'))?;
    Some(Number {
        value: scale.into(),
        end: at + 1,
        separated: false,
        decimal: false,
        kanji: true,
        scale_only: true,
        digits: 0,
        padded: false,
        scale: scale.into(),
    })
}

/// One section below 万: 3,500 / 三千五百 / 2千5百.
fn section(c: &[char], n: &mut Number) -> Option<(Decimal, usize)> {
    let (mut sum, mut end, mut ceiling) = (Decimal::ZERO, n.end, i64::MAX);
    loop {
        let coefficient = coefficient(c, end);
        let after = coefficient.as_ref().map_or(end, |k| k.end);
        if let Some(k) = &coefficient {
            if end == n.end && n.digits == 0 {
                (n.separated, n.decimal, n.digits, n.padded) = (k.separated, k.decimal, k.digits, k.padded);
            }
            n.decimal |= k.decimal;
            n.scale_only = false;
        }
        match c.get(after).copied().and_then(small_scale).filter(|s| *s < ceiling) {
            // 2,345百 is no number; 25百万円 is.
            Some(scale) => {
                let k = coefficient.map_or(Decimal::ONE, |k| k.value);
                sum = sum.checked_add(k.checked_mul(Decimal::from(scale))?)?;
                n.scale = Decimal::from(scale);
                end = after + 1;
                ceiling = scale;
            }
            None => {
                if let Some(k) = coefficient {
                    n.scale = Decimal::ONE;
                    sum = sum.checked_add(k.value)?;
                    end = k.end;
                }
                return Some((sum, end));
            }
        }
    }
}

fn coefficient(c: &[char], at: usize) -> Option<Coefficient> {
    if c.get(at)?.is_ascii_digit() { ascii(c, at) } else { kanji(c, at) }
}

/// 1,234.5
fn ascii(c: &[char], at: usize) -> Option<Coefficient> {
    let digits_at =
        |i: usize| c.get(i..).unwrap_or_default().iter().take_while(|d| d.is_ascii_digit()).count();
    let mut end = at + digits_at(at);
    let (mut separated, mut decimal) = (false, false);
    let lead = end - at;
    if lead <= 3 {
        while c.get(end) == Some(&',') && digits_at(end + 1) == 3 {
            end += 4;
            separated = true;
        }
    }
    let whole = c.get(at..end)?.iter().filter(|d| d.is_ascii_digit()).count();
    if c.get(end) == Some(&'.') {
        let n = digits_at(end + 1);
        // 1.2.3 is a version or a date.
        if n > 0 && !(c.get(end + 1 + n) == Some(&'.') && digits_at(end + 2 + n) > 0) {
            end += 1 + n;
            decimal = true;
        }
    } else if let Some(after) = middle_dot(c, at, end, |d| d.is_ascii_digit()) {
        end = after;
        decimal = true;
    }
    let digit = |d: &char| match d {
        ',' => None,
        '・' => Some('.'),
        d => Some(*d),
    };
    let text: String = c.get(at..end)?.iter().filter_map(digit).collect();
    if text.len() > MAX_DIGITS + 4 || whole > MAX_DIGITS {
        return None;
    }
    let value = text.parse().ok()?;
    let padded = c.get(at) == Some(&'0') && whole > 1;
    Some(Coefficient { value, end, separated, decimal, digits: whole, padded })
}

/// 8・3%, 五・八倍, 二・〇七人: a decimal point as columns set vertically write it; gives the position after the last
/// decimal. Elsewhere the dot parts two numbers (1・2歳児, 令和5・6年度), so it counts only before a word of rates and
/// scales, or, among kanji numerals, where what follows can be no number of its own (〇七).
fn middle_dot(c: &[char], at: usize, dot: usize, digit: impl Fn(char) -> bool) -> Option<usize> {
    const RATES: &[&str] = &["%", "‰", "パーセント", "ポイント", "倍", "万", "億", "兆"];
    let count = |i: usize| c.get(i..).unwrap_or_default().iter().take_while(|d| digit(**d)).count();
    let listed = at > 0 && c.get(at - 1) == Some(&'・');
    if c.get(dot) != Some(&'・') || listed || !(1..=3).contains(&(dot - at)) {
        return None;
    }
    let decimals = count(dot + 1);
    let end = dot + 1 + decimals;
    let rate = || RATES.iter().any(|w| w.chars().enumerate().all(|(i, x)| c.get(end + i) == Some(&x)));
    let positional = decimals > 1 && c.get(dot + 1) == Some(&'〇');
    ((1..=2).contains(&decimals) && c.get(end) != Some(&'・') && (positional || rate())).then_some(end)
}

/// 二〇二四, 五, 二・〇七
fn kanji(c: &[char], at: usize) -> Option<Coefficient> {
    let digits = c.get(at..)?.iter().take(MAX_DIGITS).map_while(|d| kanji_digit(*d)).count();
    if digits == 0 {
        return None;
    }
    let point = middle_dot(c, at, at + digits, |d| kanji_digit(d).is_some());
    let end = point.unwrap_or(at + digits);
    let mantissa = c.get(at..end)?.iter().filter_map(|d| kanji_digit(*d));
    let mantissa = mantissa.fold(0i64, |value, d| value * 10 + i64::from(d));
    let decimals = u32::try_from(end - at - digits).ok()?.saturating_sub(1);
    Some(Coefficient {
        value: Decimal::new(mantissa, decimals),
        end,
        separated: false,
        decimal: point.is_some(),
        digits,
        padded: false,
    })
}

/// A small whole number (a year of an era, a month, a day): at most `max_digits` digits, or a kanji numeral.
pub(crate) fn small(c: &[char], at: usize) -> Option<(i16, usize)> {
    let first = *c.get(at)?;
    if first.is_ascii_digit() {
        let len = c.get(at..)?.iter().take_while(|d| d.is_ascii_digit()).count();
        if len > 4 {
            return None;
        }
        let digits =
            c.get(at..at + len)?.iter().filter_map(|d| d.to_digit(10)).filter_map(|d| i16::try_from(d).ok());
        return Some((digits.fold(0, |value, d| value * 10 + d), at + len));
    }
    if kanji_digit(first).is_none() && first != '十' {
        return None;
    }
    let n = number(c, at)?;
    let value = i16::try_from(n.value.trunc().mantissa()).ok()?;
    (n.value.scale() == 0).then_some((value, n.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(s: &str) -> Option<(String, usize)> {
        let c: Vec<char> = s.chars().collect();
        number(&c, 0).map(|n| (n.value.normalize().to_string(), n.end))
    }

    #[test]
    fn written_numbers_have_their_value() {
        for (s, want) in [
            ("1,234", "1234"),
            ("16億", "1600000000"),
            ("1万2千", "12000"),
            ("十二万", "120000"),
            ("三千五百", "3500"),
            ("二〇二四", "2024"),
            ("壱", "1"),
            ("53.1", "53.1"),
            ("1億2,345万6千", "123456000"),
            ("百万", "1000000"),
            ("2億7.765万", "200077650"),
            ("一万三百四十五", "10345"),
            ("千四", "1004"),
            ("百〇七", "107"),
            ("二・〇七", "2.07"),
        ] {
            assert_eq!(value(s).map(|v| v.0).as_deref(), Some(want), "{s}");
            assert_eq!(value(s).map(|v| v.1), Some(s.chars().count()), "{s}");
        }
        assert_eq!(value("万一"), None);
        assert_eq!(value("〇印"), None);
        assert_eq!(value("1,23件").map(|v| v.1), Some(1));
    }
}
