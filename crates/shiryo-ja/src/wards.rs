//! Wards of designated cities (横浜市港北区) and cities whose names ended in a merger since 2000 (浦和市).
//!
//! Kept apart from [`crate::gazetteer`]: a ward is no body of its own that issues papers, and a name that ended names
//! a body in older papers only.

use crate::gazetteer::{Municipality, municipality};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A ward of a designated city.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ward {
    /// Local-government code: six digits, the last a check digit.
    pub code: &'static str,
    /// Prefecture it lies in.
    pub prefecture: &'static str,
    /// City it is a part of.
    pub city: &'static str,
    /// Its own name.
    pub name: &'static str,
}

/// A city whose name ended in a merger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FormerCity {
    /// Prefecture it lay in.
    pub prefecture: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Year of the merger.
    pub until: i16,
    /// The city it became a part of.
    pub successor: &'static str,
}

impl FormerCity {
    /// The body that it became a part of, with its present code.
    pub fn successor(&self) -> Option<&'static Municipality> {
        municipality(&format!("{}{}", self.prefecture, self.successor))
    }
}

/// The four fields of each line of a table.
fn rows(data: &'static str) -> impl Iterator<Item = [&'static str; 4]> {
    data.lines().filter(|l| !l.starts_with('#')).filter_map(|line| {
        let mut fields = line.split('\t');
        Some([fields.next()?, fields.next()?, fields.next()?, fields.next()?])
    })
}

static WARDS: LazyLock<Vec<Ward>> = LazyLock::new(|| {
    rows(include_str!("../data/wards.tsv"))
        .map(|[code, prefecture, city, name]| Ward { code, prefecture, city, name })
        .collect()
});

static FORMER: LazyLock<Vec<FormerCity>> = LazyLock::new(|| {
    rows(include_str!("../data/former.tsv"))
        .filter_map(|[prefecture, name, until, successor]| {
            Some(FormerCity { prefecture, name, until: until.parse().ok()?, successor })
        })
        .collect()
});

/// Wards by city and own name.
static BY_NAME: LazyLock<HashMap<String, &'static Ward>> =
    LazyLock::new(|| WARDS.iter().map(|w| (format!("{}{}", w.city, w.name), w)).collect());

/// All wards of designated cities, by code.
pub fn wards() -> &'static [Ward] {
    &WARDS
}

/// All cities of the list whose names ended.
pub fn former_cities() -> &'static [FormerCity] {
    &FORMER
}

/// The ward of this name with its city (and prefecture): 横浜市港北区, 神奈川県横浜市港北区. 北区 alone names none.
///
/// ```
/// assert_eq!(shiryo_ja::ward("横浜市港北区").map(|w| w.code), Some("141097"));
/// assert_eq!(shiryo_ja::ward("北区"), None);
/// ```
pub fn ward(name: &str) -> Option<&'static Ward> {
    let name = name.trim();
    BY_NAME.get(name).copied().or_else(|| {
        let rest =
            |w: &&Ward| name.strip_prefix(w.prefecture).and_then(|r| r.strip_prefix(w.city)) == Some(w.name);
        WARDS.iter().find(rest)
    })
}

/// The city of this name, with or without its prefecture, if its name ended since 2000.
///
/// ```
/// let city = shiryo_ja::former_city("浦和市").expect("it is in the list");
/// assert_eq!((city.until, city.successor().map(|m| m.code)), (2001, Some("111007")));
/// ```
pub fn former_city(name: &str) -> Option<&'static FormerCity> {
    let name = name.trim();
    let same = |c: &&FormerCity| name.strip_prefix(c.prefecture).unwrap_or(name) == c.name;
    FORMER.iter().find(same)
}

/// Longest name of a city with its ward, in characters.
const LONGEST: usize = 10;

/// Every ward named with its city in `text`, with character ranges.
pub fn find_wards(text: &str) -> Vec<(Range<usize>, &'static Ward)> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    for end in (1..=chars.len()).filter(|i| chars.get(i - 1) == Some(&'区')) {
        let hit = (5..=LONGEST.min(end)).rev().find_map(|len| {
            let name: String = chars.get(end - len..end)?.iter().collect();
            BY_NAME.get(&name).map(|w| (end - len..end, *w))
        });
        found.extend(hit);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_whole_and_their_check_digits_are_right() {
        assert_eq!(wards().len(), 171);
        for w in wards() {
            let digits: Vec<u32> = w.code.chars().filter_map(|c| c.to_digit(10)).collect();
            let sum: u32 = digits.iter().zip([6, 5, 4, 3, 2]).map(|(d, w)| d * w).sum();
            assert_eq!(digits.get(5), Some(&((11 - sum % 11) % 10)), "{}", w.code);
            let city = municipality(&format!("{}{}", w.prefecture, w.city));
            assert!(city.is_some_and(|m| m.code.get(..2) == w.code.get(..2)), "{}", w.city);
        }
        for c in former_cities() {
            assert!(c.successor().is_some(), "{}", c.name);
            assert_eq!(municipality(&format!("{}{}", c.prefecture, c.name)), None, "{}", c.name);
        }
    }

    #[test]
    fn names_with_their_city_are_found() {
        let found = |s: &str| find_wards(s).iter().map(|(r, w)| (r.clone(), w.code)).collect::<Vec<_>>();
        assert_eq!(found("神奈川県横浜市港北区と大阪市北区の市場"), [(4..10, "141097"), (11..16, "271276")]);
        assert_eq!(found("杉並区と北区"), []);
        assert_eq!(ward("福岡県北九州市八幡西区").map(|w| w.code), Some("401099"));
        assert_eq!(former_city("東京都田無市").map(|c| c.successor), Some("西東京市"));
        assert_eq!(former_city("浦安市"), None);
    }
}
