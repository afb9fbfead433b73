//! Units and counters: the table and its lookup.

mod scale;
mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

pub use scale::base;
pub(crate) use table::AFTER_UNIT;

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Counters: 件 名 台 手続.
    Count,
    /// Lengths of time: 年 か月 時間.
    Duration,
    /// Rates and multiples: % ‰ 倍 ポイント.
    Rate,
    /// Work: 人日 人月.
    Labour,
    /// Currency.
    Money,
    /// Length.
    Length,
    /// Area.
    Area,
    /// Volume.
    Volume,
    /// Mass.
    Mass,
    /// Energy, power, light.
    Energy,
    /// Data and frequency.
    Data,
    /// Other physical units.
    Physical,
    /// Age, degrees and the like.
    Other,
    /// Not a unit: the number is a name or a place in an order (3番目, 第2条, 1級).
    Ordinal,
}

/// One written form of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// The form found in (normalised) text.
    pub written: &'static str,
    /// The form given in the dataset.
    pub canonical: &'static str,
    /// What it measures.
    pub kind: Kind,
}

impl Unit {
    /// Whether a single kanji numeral may stand before it (一台, 三社); before the others it makes a word (一部, 一時).
    /// Digits and longer numerals may stand before any.
    pub fn takes_kanji(&self) -> bool {
        table::KANJI_COUNTED.contains(&self.canonical)
    }
}

/// Every unit and ordinal ending of the table.
pub fn all() -> impl Iterator<Item = Unit> {
    let plain = table::PLAIN
        .iter()
        .flat_map(|(kind, list)| list.iter().map(|w| Unit { written: w, canonical: w, kind: *kind }));
    let aliases = table::ALIASES.iter().flat_map(|(kind, canonical, list)| {
        std::iter::once(canonical).chain(list.iter()).map(|w| Unit { written: w, canonical, kind: *kind })
    });
    let ordinals = table::ORDINALS.iter().map(|w| Unit { written: w, canonical: w, kind: Kind::Ordinal });
    aliases.chain(plain).chain(ordinals)
}

/// A written form as characters, with what it means.
type Form = (Vec<char>, Unit);

/// Written forms by first character, longest first.
static BY_FIRST: LazyLock<HashMap<char, Vec<Form>>> = LazyLock::new(|| {
    let mut map: HashMap<char, Vec<Form>> = HashMap::new();
    for unit in all() {
        let chars: Vec<char> = unit.written.chars().collect();
        if let Some(&first) = chars.first() {
            let list = map.entry(first).or_default();
            if !list.iter().any(|(c, _)| *c == chars) {
                list.push((chars, unit));
            }
        }
    }
    for list in map.values_mut() {
        list.sort_by_key(|(c, _)| std::cmp::Reverse(c.len()));
    }
    map
});

/// The longest written form at the start of `chars`, with its length in characters.
pub(crate) fn longest(chars: &[char]) -> Option<(usize, Unit)> {
    matches(chars).next()
}

/// All written forms at the start of `chars`, longest first.
pub(crate) fn matches(chars: &[char]) -> impl Iterator<Item = (usize, Unit)> + '_ {
    let list = chars.first().and_then(|c| BY_FIRST.get(c)).map(Vec::as_slice).unwrap_or_default();
    list.iter().filter(|(form, _)| chars.starts_with(form)).map(|(form, unit)| (form.len(), *unit))
}

/// Whether one of the words that may follow a unit stands at the start of `chars`.
pub(crate) fn after_unit(chars: &[char]) -> Option<usize> {
    AFTER_UNIT.iter().filter(|w| crate::chars::starts_with(chars, w)).map(|w| w.chars().count()).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_large_and_its_longest_form_wins() {
        assert!(all().filter(|u| u.kind != Kind::Ordinal).count() >= 300);
        let at = |s: &str| longest(&s.chars().collect::<Vec<_>>()).map(|(_, u)| u.canonical);
        assert_eq!(at("箇所に"), Some("か所"));
        assert_eq!(at("か年計画"), Some("年"));
        assert_eq!(at("年目に"), Some("年目"));
        assert_eq!(at("人日"), Some("人日"));
        assert_eq!(at("m2の"), Some("m2"));
        assert_eq!(at("々"), None);
    }
}
