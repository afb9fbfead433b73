//! What changed between two lists of observations, matched by what they state rather than by where they stand.

use crate::columns::OBSERVATIONS;
use crate::rows;
use crate::values::Value;
use serde::Serialize;
use shiryo_model::Observation;
use std::collections::{BTreeMap, BTreeSet};

mod matching;
mod report;

pub use report::{write_csv, write_xlsx};

/// An observation as named fields; fields without a value are left out.
pub type Record = BTreeMap<String, String>;

/// An observation as named fields.
pub fn record(o: &Observation) -> Record {
    let columns = OBSERVATIONS.iter().map(|c| c.name);
    let values = rows::observation(o);
    let filled = columns.zip(&values).filter(|(_, v)| !matches!(v, Value::Blank));
    filled
        .map(|(name, v)| (name.to_owned(), v.to_csv().into_owned()))
        .filter(|(name, v)| !v.is_empty() && (name != "dimensions" || v != "{}"))
        .collect()
}

/// One field that changed; empty for a field without a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Column.
    pub field: String,
    /// Old value.
    pub was: String,
    /// New value.
    pub is: String,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Difference {
    /// Only in the new list.
    Added {
        /// The observation.
        is: Record,
    },
    /// Only in the old list.
    Gone {
        /// The observation.
        was: Record,
    },
    /// In both, with different fields.
    Changed {
        /// Old observation.
        was: Record,
        /// New observation.
        is: Record,
        /// What changed.
        fields: Vec<FieldChange>,
    },
}

/// How many differences there are of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// In both, with different fields.
    pub changed: usize,
    /// Only in the new list.
    pub added: usize,
    /// Only in the old list.
    pub gone: usize,
}

impl Counts {
    /// Counts `differences`.
    pub fn of(differences: &[Difference]) -> Self {
        let mut counts = Self::default();
        for d in differences {
            *match d {
                Difference::Changed { .. } => &mut counts.changed,
                Difference::Added { .. } => &mut counts.added,
                Difference::Gone { .. } => &mut counts.gone,
            } += 1;
        }
        counts
    }
}

/// Fields whose change is a change of the fact, and not only of where it is told.
pub const FACT: [&str; 12] = [
    "subject",
    "measure_label",
    "value",
    "value_upper",
    "unit",
    "bound",
    "status",
    "aggregation",
    "period_start",
    "period_end",
    "department",
    "dimensions",
];

/// Name of the dimension that tells versions of one figure apart (修正案, 現行).
const VERSION: &str = "version";

/// Those of `observations` that stand in the version `name` of their papers (修正案, 現行), by paper, without that
/// label: so that two versions can be compared as if they were two papers.
pub fn of_version(observations: &[Observation], name: &str) -> BTreeMap<String, Vec<Record>> {
    let mut papers = BTreeMap::<String, Vec<Record>>::new();
    for o in observations.iter().filter(|o| o.dimensions.get(VERSION).is_some_and(|v| v == name)) {
        let mut o = o.clone();
        o.dimensions.remove(VERSION);
        papers.entry(o.source.clone()).or_default().push(record(&o));
    }
    papers
}

/// The names of all versions that `observations` tell apart.
pub fn versions(observations: &[Observation]) -> BTreeSet<&str> {
    observations.iter().filter_map(|o| o.dimensions.get(VERSION)).map(String::as_str).collect()
}

/// Matches `old` and `new` and gives what differs in the fields `compared`: changes and losses in the order of `old`,
/// then what was added in the order of `new`.
pub fn compare(old: &[Record], new: &[Record], compared: &[&str]) -> Vec<Difference> {
    let pairs = matching::pairs(old, new);
    let mut found = Vec::new();
    for (was, pair) in old.iter().zip(&pairs.of_old) {
        match pair.and_then(|i| new.get(i)) {
            None => found.push(Difference::Gone { was: was.clone() }),
            Some(is) => {
                let fields = changes(was, is, compared);
                if !fields.is_empty() {
                    found.push(Difference::Changed { was: was.clone(), is: is.clone(), fields });
                }
            }
        }
    }
    let added = new.iter().zip(&pairs.new_taken).filter(|(_, taken)| !**taken);
    found.extend(added.map(|(is, _)| Difference::Added { is: is.clone() }));
    found
}

fn changes(was: &Record, is: &Record, compared: &[&str]) -> Vec<FieldChange> {
    let field = |r: &Record, f: &str| r.get(f).cloned().unwrap_or_default();
    compared
        .iter()
        .map(|f| FieldChange { field: (*f).to_owned(), was: field(was, f), is: field(is, f) })
        .filter(|c| c.was != c.is)
        .collect()
}

/// An observation in one line for a person: what, when, how much, where.
pub fn describe(r: &Record) -> String {
    let get = |f: &str| r.get(f).map_or("", String::as_str);
    let what: Vec<&str> =
        [get("subject"), get("measure_label")].into_iter().filter(|s| !s.is_empty()).collect();
    let mut line = what.join(" / ");
    if !get("dimensions").is_empty() {
        line += &format!(" {}", get("dimensions"));
    }
    if !get("period_start").is_empty() || !get("period_end").is_empty() {
        line += &format!(" ({}…{})", get("period_start"), get("period_end"));
    }
    line += &format!(
        " = {}{}{}",
        get("value"),
        if get("value_upper").is_empty() { String::new() } else { format!("～{}", get("value_upper")) },
        get("unit")
    );
    if !matches!(get("status"), "" | "unknown") {
        line += &format!(" [{}]", get("status"));
    }
    let place = [("page", "p. "), ("line", "line ")].into_iter().find(|(f, _)| !get(f).is_empty());
    let place = place.map(|(f, lead)| format!(" {lead}{}", get(f))).unwrap_or_default();
    format!("{line}  〈{}{place}「{}」〉", get("source"), get("evidence").replace('\n', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(subject: &str, period: &str, value: &str, status: &str) -> Record {
        let fields = [
            ("source", "a.pdf"),
            ("subject", subject),
            ("measure_label", "件数"),
            ("unit", "件"),
            ("period_start", period),
            ("value", value),
            ("status", status),
        ];
        fields.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect()
    }

    #[test]
    fn order_and_place_do_not_matter() {
        let (a, b) = (fact("甲", "2023", "1", "actual"), fact("乙", "2023", "2", "actual"));
        assert!(compare(&[a.clone(), b.clone()], &[b, a], &["value", "status"]).is_empty());
    }

    #[test]
    fn a_changed_value_or_status_is_a_change_and_not_a_loss() {
        let old = [fact("甲", "2023", "1", "plan"), fact("乙", "2023", "2", "actual")];
        let new = [fact("甲", "2023", "1", "actual"), fact("乙", "2023", "3", "actual")];
        let found = compare(&old, &new, &["value", "status"]);
        let fields: Vec<_> = found
            .iter()
            .map(|d| match d {
                Difference::Changed { fields, .. } => fields[0].field.as_str(),
                _ => "other",
            })
            .collect();
        assert_eq!(fields, ["status", "value"]);
    }

    #[test]
    fn what_came_and_went_is_told() {
        let found =
            compare(&[fact("甲", "2023", "1", "plan")], &[fact("丙", "2022", "7", "plan")], &["value"]);
        assert!(matches!(found.as_slice(), [Difference::Gone { .. }, Difference::Added { .. }]));
    }
}
