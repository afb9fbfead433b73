//! What is allowed in a catalogue but hardly meant.

use super::{Catalog, Measure, MeasureKind};

/// Something a person should look at in a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lint {
    /// 1-based line of the entry.
    pub line: u32,
    /// 1-based column, in characters.
    pub column: u32,
    /// What looks wrong.
    pub message: String,
}

impl Lint {
    fn at(measure: &Measure, message: String) -> Self {
        Self { line: measure.line, column: measure.column, message }
    }
}

/// Checks a catalogue that reads without error: cues that can never win, labels that do not find their own
/// measure, defaults that an earlier one hides.
pub fn lint(catalog: &Catalog) -> Vec<Lint> {
    let mut lints = Vec::new();
    for (i, measure) in catalog.measures().iter().enumerate() {
        lint_words(measure, &mut lints);
        lint_label(catalog, measure, &mut lints);
        let earlier = catalog.measures().get(..i).unwrap_or_default();
        lint_shared_cues(earlier, measure, &mut lints);
    }
    lint_defaults(catalog, &mut lints);
    lints.sort_by(|a, b| (a.line, &a.message).cmp(&(b.line, &b.message)));
    lints
}

/// Why no number is ever given in a unit: another form of it is canonical, or the table of units does not have it.
/// Things are also counted in words that the table does not have (23事務), so these may be units of counts.
fn unknown_unit(unit: &str, kind: MeasureKind) -> Option<String> {
    if shiryo_ja::units::all().any(|u| u.canonical == unit) {
        return None;
    }
    let canonical = shiryo_ja::units::all().find(|u| u.written == unit).map(|u| u.canonical);
    let counter =
        kind == MeasureKind::Count && !unit.chars().any(|c| c.is_ascii() || c.is_ascii_punctuation());
    match canonical {
        Some(canonical) => Some(format!(": write {canonical}")),
        None if counter => None,
        None => Some(String::new()),
    }
}

fn lint_words(measure: &Measure, lints: &mut Vec<Lint>) {
    for (i, unit) in measure.units.iter().enumerate() {
        if let Some(why) = unknown_unit(unit, measure.kind) {
            lints.push(Lint::at(
                measure,
                format!("`{}`: no number is ever given in the unit {unit}{why}", measure.id),
            ));
        }
        if measure.units.iter().take(i).any(|u| u == unit) {
            let message = format!("`{}` lists the unit {unit} twice", measure.id);
            lints.push(Lint::at(measure, message));
        }
    }
    for cue in &measure.cues {
        if let Some(word) = cue.iter().find(|w| measure.not.contains(w)) {
            let message =
                format!("`{}`: cue `{}` is ruled out by its own not-word {word}", measure.id, cue.join(" "));
            lints.push(Lint::at(measure, message));
        }
    }
}

/// The Japanese label of a measure should lead to it, in some unit of its own.
fn lint_label(catalog: &Catalog, measure: &Measure, lints: &mut Vec<Lint>) {
    let found = |unit: &String| catalog.match_measure(&measure.ja, "", unit);
    let finds_itself = measure.units.iter().any(|u| found(u).is_some_and(|m| m.id == measure.id));
    if !finds_itself {
        let other = measure.units.first().and_then(found).map_or("nothing", |m| m.id.as_str());
        let message = format!("`{}`: its label {} leads to {other}", measure.id, measure.ja);
        lints.push(Lint::at(measure, message));
    }
}

fn lint_shared_cues(earlier: &[Measure], measure: &Measure, lints: &mut Vec<Lint>) {
    for other in earlier {
        let same_unit = other.units.iter().any(|u| measure.units.contains(u));
        if !same_unit {
            continue;
        }
        for cue in measure.cues.iter().filter(|c| other.cues.contains(c)) {
            if other.not == measure.not {
                let message =
                    format!("`{}`: cue `{}` always goes to `{}` first", measure.id, cue.join(" "), other.id);
                lints.push(Lint::at(measure, message));
            }
        }
    }
}

fn lint_defaults(catalog: &Catalog, lints: &mut Vec<Lint>) {
    for (i, default) in catalog.defaults().iter().enumerate() {
        let hidden = catalog.defaults().iter().take(i).any(|d| d.unit == default.unit && d.near.is_empty());
        if hidden {
            let message =
                format!("default {} for {} is hidden by an earlier one", default.label, default.unit);
            lints.push(Lint { line: default.line, column: default.column, message });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_catalogue_is_clean() {
        let catalog = Catalog::embedded().expect("embedded catalogue");
        assert!(catalog.measures().len() >= 60);
        assert_eq!(lint(&catalog), Vec::new());
    }

    #[test]
    fn a_hidden_default_is_told() {
        let text =
            "[[default]]\nunit='件'\nlabel='件数'\n[[default]]\nunit='件'\nnear=['相談']\nlabel='相談件数'\n";
        let lints = lint(&Catalog::from_toml(text).expect("reads"));
        assert_eq!(lints.len(), 1);
        assert_eq!(lints[0].line, 5);
    }
}
