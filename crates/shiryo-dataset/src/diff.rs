//! What changed between two lists of observations, matched by what they state rather than by where they stand.

use crate::columns::OBSERVATIONS;
use crate::rows;
use crate::values::Value;
use serde::Serialize;
use shiryo_model::Observation;
use std::collections::{BTreeMap, HashMap, VecDeque};

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

/// Which fields two observations must share to be taken for the same fact, from the surest to the vaguest.
const TIERS: [&[&str]; 12] = [
    &[
        "source",
        "subject",
        "measure_label",
        "unit",
        "dimensions",
        "department",
        "period_start",
        "period_end",
        "status",
        "value",
    ],
    &[
        "source",
        "subject",
        "measure_label",
        "unit",
        "dimensions",
        "department",
        "period_start",
        "period_end",
        "status",
    ],
    &[
        "subject",
        "measure_label",
        "unit",
        "dimensions",
        "department",
        "period_start",
        "period_end",
        "status",
        "value",
    ],
    &["subject", "measure_label", "unit", "dimensions", "department", "period_start", "period_end", "status"],
    &["subject", "measure_label", "unit", "dimensions", "period_start", "period_end"],
    &["subject", "measure_label", "unit", "dimensions", "value", "status"],
    &["subject", "measure_label", "unit", "dimensions", "status"],
    &["evidence", "value", "unit", "dimensions", "period_start", "period_end"],
    &["subject", "unit", "dimensions", "context", "period_start", "period_end"],
    &["source", "page", "line", "evidence", "value"],
    &["subject", "measure_label", "period_start", "period_end"],
    &["source", "page", "line", "table_id", "row", "col", "context"],
];

/// From this tier on, keys go by place.
const VAGUE: usize = 9;

/// Matches `old` and `new` and gives what differs in the fields `compared`: changes and losses in the order of `old`,
/// then what was added in the order of `new`.
pub fn compare(old: &[Record], new: &[Record], compared: &[&str]) -> Vec<Difference> {
    let pairs = matched(old, new);
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

struct Pairs {
    of_old: Vec<Option<usize>>,
    new_taken: Vec<bool>,
}

fn matched(old: &[Record], new: &[Record]) -> Pairs {
    let mut pairs = Pairs { of_old: vec![None; old.len()], new_taken: vec![false; new.len()] };
    for (tier, fields) in TIERS.iter().enumerate() {
        // Vague keys must not pair a fact with one of another place's table.
        let vague = tier >= VAGUE;
        let mut waiting: HashMap<Vec<&str>, VecDeque<usize>> = HashMap::new();
        for (i, r) in new.iter().enumerate().filter(|(i, _)| pairs.new_taken.get(*i) == Some(&false)) {
            waiting.entry(key(r, fields)).or_default().push_back(i);
        }
        for (i, r) in old.iter().enumerate() {
            if pairs.of_old.get(i).is_none_or(Option::is_some) {
                continue;
            }
            let key = key(r, fields);
            if vague && key.iter().filter(|f| !f.is_empty()).count() < 3 {
                continue;
            }
            if let Some(j) = waiting.get_mut(&key).and_then(VecDeque::pop_front)
                && let (Some(pair), Some(taken)) = (pairs.of_old.get_mut(i), pairs.new_taken.get_mut(j))
            {
                (*pair, *taken) = (Some(j), true);
            }
        }
    }
    pairs
}

fn key<'a>(record: &'a Record, fields: &[&str]) -> Vec<&'a str> {
    fields.iter().map(|f| record.get(*f).map_or("", String::as_str)).collect()
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
