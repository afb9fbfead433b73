//! Differences that a person can read.

use super::expected::{Expected, ExpectedTable};
use shiryo_dataset::diff::{Difference, Record, compare, describe};
use std::collections::BTreeSet;

/// Fields of an observation that are compared: all that the expected output holds.
fn compared<'a>(was: &'a [Record], is: &'a [Record]) -> Vec<&'a str> {
    let names: BTreeSet<&str> = was.iter().chain(is).flat_map(|r| r.keys().map(String::as_str)).collect();
    names.into_iter().collect()
}

/// What differs, one entry each.
pub fn differences(was: &Expected, is: &Expected) -> Vec<String> {
    let mut found = Vec::new();
    document(&was.document, &is.document, &mut found);
    for number in 0..was.tables.len().max(is.tables.len()) {
        match (was.tables.get(number), is.tables.get(number)) {
            (Some(was), Some(is)) => table(number + 1, was, is, &mut found),
            (Some(was), None) => found.push(format!("table {}: gone (was {})", number + 1, told(was))),
            (None, Some(is)) => found.push(format!("table {}: new ({})", number + 1, told(is))),
            (None, None) => {}
        }
    }
    for d in compare(&was.observations, &is.observations, &compared(&was.observations, &is.observations)) {
        match d {
            Difference::Added { is } => found.push(format!("observation: new: {}", describe(&is))),
            Difference::Gone { was } => found.push(format!("observation: gone: {}", describe(&was))),
            Difference::Changed { was, fields, .. } => {
                let changes: Vec<String> = fields
                    .iter()
                    .map(|c| format!("{}: {} → {}", c.field, shown(&c.was), shown(&c.is)))
                    .collect();
                found.push(format!("observation: {}\n    {}", describe(&was), changes.join("\n    ")));
            }
        }
    }
    found
}

fn shown(value: &str) -> String {
    if value.is_empty() { "nothing".to_owned() } else { format!("「{}」", value.replace('\n', "⏎")) }
}

fn document(was: &Record, is: &Record, found: &mut Vec<String>) {
    let names: BTreeSet<&String> = was.keys().chain(is.keys()).collect();
    for name in names {
        let (a, b) = (was.get(name).map_or("", String::as_str), is.get(name).map_or("", String::as_str));
        if a != b {
            found.push(format!("document: {name}: {} → {}", shown(a), shown(b)));
        }
    }
}

fn told(t: &ExpectedTable) -> String {
    let first: Vec<&str> = t.cells.iter().take(4).map(|c| c.4.as_str()).collect();
    format!("{} cells: {} …", t.cells.len(), first.join(" | "))
}

fn table(number: usize, was: &ExpectedTable, is: &ExpectedTable, found: &mut Vec<String>) {
    let mut say = |what: String| found.push(format!("table {number}: {what}"));
    if was.caption != is.caption {
        say(format!("caption: {} → {}", shown(&was.caption), shown(&is.caption)));
    }
    if was.header_rows != is.header_rows {
        say(format!("header rows: {} → {}", was.header_rows, is.header_rows));
    }
    if was.pages != is.pages {
        say(format!("pages: {:?} → {:?}", was.pages, is.pages));
    }
    let (a, b) = (was.by_position(), is.by_position());
    let positions: BTreeSet<_> = a.keys().chain(b.keys()).collect();
    for position in positions {
        let (row, col) = *position;
        match (a.get(position), b.get(position)) {
            (Some((ar, ac, at)), Some((br, bc, bt))) => {
                if at != bt {
                    say(format!("row {row}, column {col}: {} → {}", shown(at), shown(bt)));
                }
                if (ar, ac) != (br, bc) {
                    say(format!("row {row}, column {col} {}: covers {ar}×{ac} → {br}×{bc}", shown(at)));
                }
            }
            (Some((.., text)), None) => say(format!("row {row}, column {col}: gone: {}", shown(text))),
            (None, Some((.., text))) => say(format!("row {row}, column {col}: new: {}", shown(text))),
            (None, None) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Expected {
        let fact = |subject: &str, value: &str, status: &str| {
            let fields = [
                ("subject", subject),
                ("measure_label", "件数"),
                ("unit", "件"),
                ("value", value),
                ("status", status),
                ("evidence", value),
                ("line", "3"),
            ];
            fields.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect::<Record>()
        };
        let cell = |r, c, t: &str| (r, c, 1, 1, t.to_owned());
        Expected {
            document: Record::from([("title".to_owned(), "資料".to_owned())]),
            tables: vec![ExpectedTable {
                cells: vec![cell(0, 0, "区分"), cell(0, 1, "件数"), cell(1, 0, "窓口"), cell(1, 1, "12")],
                ..ExpectedTable::default()
            }],
            observations: vec![fact("窓口", "12", "actual"), fact("電子", "30", "plan")],
        }
    }

    #[test]
    fn what_was_written_reads_back_the_same() {
        let sample = sample();
        assert_eq!(Expected::parse(&sample.to_text()), Ok(sample.clone()));
        assert!(differences(&sample, &sample).is_empty());
    }

    /// One digit, one status, one merged cell, one lost row: each is named, and nothing else.
    #[test]
    fn seeded_changes_are_named() {
        let was = sample();
        let mut is = sample();
        is.observations[0].insert("value".into(), "13".into());
        is.observations[1].insert("status".into(), "actual".into());
        is.tables[0].cells[0].3 = 2;
        is.tables[0].cells.truncate(2);
        let found = differences(&was, &is);
        assert_eq!(found.len(), 5, "{found:#?}");
        for (wanted, entry) in [
            ("row 0, column 0 「区分」: covers 1×1 → 1×2", 0),
            ("row 1, column 0: gone: 「窓口」", 1),
            ("row 1, column 1: gone: 「12」", 2),
            ("value: 「12」 → 「13」", 3),
            ("status: 「plan」 → 「actual」", 4),
        ] {
            assert!(found[entry].contains(wanted), "{wanted} in {}", found[entry]);
        }
    }
}
