//! TOML to measures, with every check that can name a line.

use super::error::Lines;
use super::{CatalogError, DefaultLabel, Measure, MeasureKind};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    extends: Option<Spanned<String>>,
    #[serde(default)]
    measure: Vec<RawMeasure>,
    #[serde(default)]
    default: Vec<RawDefault>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMeasure {
    id: Spanned<String>,
    ja: Spanned<String>,
    en: Spanned<String>,
    kind: Spanned<String>,
    units: Spanned<Vec<Spanned<String>>>,
    cues: Spanned<Vec<Spanned<String>>>,
    #[serde(default)]
    not: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDefault {
    unit: Spanned<String>,
    #[serde(default)]
    near: Vec<Spanned<String>>,
    label: Spanned<String>,
}

/// What a catalogue's text holds.
pub(super) struct Contents {
    pub(super) measures: Vec<Measure>,
    pub(super) defaults: Vec<DefaultLabel>,
    /// Whether the embedded catalogue stands behind it.
    pub(super) extends: bool,
}

/// What `extends` may name.
const EMBEDDED_NAME: &str = "embedded";

/// Reads and checks a catalogue's text.
pub(super) fn read(source: &str) -> Result<Contents, CatalogError> {
    let file: File =
        toml::from_str(source).map_err(|e| CatalogError::at(source, e.span(), e.message().to_owned()))?;
    if let Some(name) = file.extends.as_ref().filter(|n| n.get_ref() != EMBEDDED_NAME) {
        let message = format!("extends `{}`: only `{EMBEDDED_NAME}` can be extended", name.get_ref());
        return Err(CatalogError::at(source, Some(name.span()), message));
    }
    let lines = Lines::new(source);
    let mut seen = BTreeMap::new();
    let mut measures = Vec::with_capacity(file.measure.len());
    for raw in &file.measure {
        let measure = read_measure(source, &lines, raw)?;
        if let Some(first) = seen.insert(measure.id.clone(), measure.line) {
            let message = format!("duplicate id `{}`, first used in line {first}", measure.id);
            return Err(CatalogError::at(source, Some(raw.id.span()), message));
        }
        measures.push(measure);
    }
    let defaults =
        file.default.iter().map(|raw| read_default(source, &lines, raw)).collect::<Result<_, _>>()?;
    Ok(Contents { measures, defaults, extends: file.extends.is_some() })
}

fn read_measure(source: &str, lines: &Lines, raw: &RawMeasure) -> Result<Measure, CatalogError> {
    let id = raw.id.get_ref();
    if !is_id(id) {
        let message = format!("id `{id}`: lower-case letters, digits, `_` and `.` between its parts only");
        return Err(CatalogError::at(source, Some(raw.id.span()), message));
    }
    for label in [&raw.ja, &raw.en] {
        if label.get_ref().trim().is_empty() {
            return Err(CatalogError::at(source, Some(label.span()), format!("`{id}` has an empty label")));
        }
    }
    let kind = read_kind(source, &raw.kind)?;
    if raw.units.get_ref().is_empty() {
        return Err(CatalogError::at(source, Some(raw.units.span()), format!("`{id}` has no units")));
    }
    for unit in raw.units.get_ref() {
        check_unit(source, unit, Some(kind))?;
    }
    if raw.cues.get_ref().is_empty() {
        return Err(CatalogError::at(source, Some(raw.cues.span()), format!("`{id}` has no cues")));
    }
    let cues = raw.cues.get_ref().iter().map(|c| read_cue(source, c)).collect::<Result<_, _>>()?;
    for word in &raw.not {
        read_cue(source, word)?;
    }
    let (line, column) = lines.position(raw.id.span().start);
    Ok(Measure {
        id: id.clone(),
        ja: raw.ja.get_ref().trim().to_owned(),
        en: raw.en.get_ref().trim().to_owned(),
        kind,
        units: raw.units.get_ref().iter().map(|u| u.get_ref().clone()).collect(),
        cues,
        not: raw.not.iter().map(|w| w.get_ref().trim().to_owned()).collect(),
        line,
        column,
    })
}

fn read_default(source: &str, lines: &Lines, raw: &RawDefault) -> Result<DefaultLabel, CatalogError> {
    check_unit(source, &raw.unit, None)?;
    for word in raw.near.iter().chain([&raw.label]) {
        read_cue(source, word)?;
    }
    let (line, column) = lines.position(raw.unit.span().start);
    Ok(DefaultLabel {
        unit: raw.unit.get_ref().clone(),
        near: raw.near.iter().map(|w| w.get_ref().trim().to_owned()).collect(),
        label: raw.label.get_ref().trim().to_owned(),
        line,
        column,
    })
}

/// A cue's words: separated by blanks, at least one, none empty.
fn read_cue(source: &str, raw: &Spanned<String>) -> Result<Vec<String>, CatalogError> {
    let words: Vec<String> = raw.get_ref().split_whitespace().map(str::to_owned).collect();
    if words.is_empty() {
        return Err(CatalogError::at(source, Some(raw.span()), "an empty cue would match everything"));
    }
    Ok(words)
}

fn read_kind(source: &str, raw: &Spanned<String>) -> Result<MeasureKind, CatalogError> {
    let found = MeasureKind::ALL.iter().find(|(name, _)| name == raw.get_ref());
    found.map(|(_, kind)| *kind).ok_or_else(|| {
        let names: Vec<&str> = MeasureKind::ALL.iter().map(|(name, _)| *name).collect();
        let message = format!("unknown kind `{}`; one of {}", raw.get_ref(), names.join(", "));
        CatalogError::at(source, Some(raw.span()), message)
    })
}

/// Units that only go with certain kinds.
const BOUND_UNITS: [(&str, &[MeasureKind]); 8] = [
    ("円", &[MeasureKind::Money]),
    ("ドル", &[MeasureKind::Money]),
    ("%", &[MeasureKind::Ratio]),
    ("割", &[MeasureKind::Ratio]),
    ("時間", &[MeasureKind::Time]),
    ("秒", &[MeasureKind::Time]),
    ("トン", &[MeasureKind::Weight]),
    ("kWh", &[MeasureKind::Energy]),
];

/// A unit is a short word without blanks that does not begin with a digit, and goes with the measure's kind.
fn check_unit(source: &str, raw: &Spanned<String>, kind: Option<MeasureKind>) -> Result<(), CatalogError> {
    let unit = raw.get_ref();
    let wrong_shape = unit.is_empty()
        || unit.chars().count() > 10
        || unit.chars().any(char::is_whitespace)
        || unit.starts_with(|c: char| c.is_ascii_digit());
    if wrong_shape {
        let message = format!("bad unit `{unit}`: a canonical unit is a short word such as 件, 円 or %");
        return Err(CatalogError::at(source, Some(raw.span()), message));
    }
    let Some(kind) = kind else { return Ok(()) };
    let only = BOUND_UNITS.iter().find(|(name, _)| name == unit);
    if only.is_some_and(|(_, kinds)| !kinds.contains(&kind)) {
        let message = format!("bad unit `{unit}` for a measure of kind {}", kind.as_str());
        return Err(CatalogError::at(source, Some(raw.span()), message));
    }
    Ok(())
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.split('.').all(|part| {
            part.starts_with(|c: char| c.is_ascii_lowercase())
                && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        })
}
