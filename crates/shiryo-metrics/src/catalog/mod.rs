//! The measure catalogue: what municipal papers count, and by which words a count is recognised.
//!
//! The catalogue is data (`measures.toml`, embedded; another can be given). [`Catalog::match_measure`] names
//! the measure of a number from its own label, the words of its subject and its unit;
//! [`Catalog::default_label`] gives the natural noun of a number whose unit alone says what it is.

mod error;
mod lint;
mod matching;
mod read;
#[cfg(test)]
mod tests;

pub use error::CatalogError;
pub use lint::{Lint, lint};
pub use matching::{Candidate, Verdict};

use crate::letters::Letters;

/// The embedded catalogue's TOML.
pub const EMBEDDED: &str = include_str!("../../measures.toml");

/// What sort of quantity a measure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeasureKind {
    /// Things counted.
    Count,
    /// People counted.
    People,
    /// Amounts of money.
    Money,
    /// Lengths of time.
    Time,
    /// Shares, rates, multiples.
    Ratio,
    /// Areas.
    Area,
    /// Lengths.
    Length,
    /// Weights.
    Weight,
    /// Volumes.
    Volume,
    /// Energy and power.
    Energy,
}

impl MeasureKind {
    /// Every kind with its name in the catalogue.
    pub const ALL: [(&'static str, Self); 10] = [
        ("count", Self::Count),
        ("people", Self::People),
        ("money", Self::Money),
        ("time", Self::Time),
        ("ratio", Self::Ratio),
        ("area", Self::Area),
        ("length", Self::Length),
        ("weight", Self::Weight),
        ("volume", Self::Volume),
        ("energy", Self::Energy),
    ];

    /// The name used in the catalogue.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(_, k)| *k == self).map_or("", |(name, _)| name)
    }
}

/// One measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Stable name, topic first (`sessions.attendance`).
    pub id: String,
    /// Japanese label.
    pub ja: String,
    /// English label.
    pub en: String,
    /// What sort of quantity it is.
    pub kind: MeasureKind,
    /// Canonical units it comes in.
    pub units: Vec<String>,
    /// Words that name it; each cue is a list of words that must all occur.
    pub cues: Vec<Vec<String>>,
    /// Words that rule it out.
    pub not: Vec<String>,
    /// 1-based line of its catalogue where it stands.
    pub line: u32,
    /// 1-based column there, in characters.
    pub column: u32,
}

/// What a number is called whose unit alone says what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultLabel {
    /// Canonical unit.
    pub unit: String,
    /// Words of subject or heading, one of which must occur; empty: always applies.
    pub near: Vec<String>,
    /// The noun.
    pub label: String,
    /// 1-based line of its catalogue where it stands.
    pub line: u32,
    /// 1-based column there, in characters.
    pub column: u32,
}

/// A catalogue, read and checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Catalog {
    measures: Vec<Measure>,
    /// For each measure and cue the letters of its words.
    letters: Vec<Vec<Letters>>,
    defaults: Vec<DefaultLabel>,
    source: String,
}

impl Catalog {
    /// The catalogue that comes with the program.
    ///
    /// # Errors
    /// None in a released build: a test reads the embedded text.
    pub fn embedded() -> Result<Self, CatalogError> {
        Self::from_toml(EMBEDDED)
    }

    /// Reads and checks a catalogue. One that begins with `extends = "embedded"` is laid over the embedded one: its
    /// measures replace those of the same id and come before the others, its defaults come before the others.
    ///
    /// # Errors
    /// Broken TOML, unknown keys or kinds, duplicate ids, units that cannot be units or do not go with the
    /// kind, measures without cues: with line and column.
    pub fn from_toml(toml: &str) -> Result<Self, CatalogError> {
        let (mut catalog, extends) = Self::stated(toml)?;
        if extends {
            let below = read::read(EMBEDDED)?;
            let new = |m: &Measure| catalog.measures.iter().all(|o| o.id != m.id);
            let kept: Vec<Measure> = below.measures.into_iter().filter(new).collect();
            catalog.measures.extend(kept);
            catalog.defaults.extend(below.defaults);
            catalog.source.push_str(EMBEDDED);
        }
        catalog.mark_letters();
        Ok(catalog)
    }

    /// The same, without what the text extends: for checking the text alone.
    ///
    /// # Errors
    /// As [`Catalog::from_toml`].
    pub fn own_of_toml(toml: &str) -> Result<Self, CatalogError> {
        let (mut catalog, _) = Self::stated(toml)?;
        catalog.mark_letters();
        Ok(catalog)
    }

    /// What the text itself states, and whether it extends the embedded catalogue.
    fn stated(toml: &str) -> Result<(Self, bool), CatalogError> {
        let own = read::read(toml)?;
        let catalog = Self {
            measures: own.measures,
            defaults: own.defaults,
            source: toml.to_owned(),
            ..Self::default()
        };
        Ok((catalog, own.extends))
    }

    /// Every measure, in the catalogue's order.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// Every default label, in the catalogue's order.
    pub fn defaults(&self) -> &[DefaultLabel] {
        &self.defaults
    }

    /// The measure with this id.
    pub fn get(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|m| m.id == id)
    }

    /// The text it was read from, for hashing.
    pub fn source(&self) -> &str {
        &self.source
    }
}
