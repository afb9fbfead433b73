//! Differences that a person can read.

use super::expected::Expected;
use super::tables::{self, shown};
use super::tolerance::Tolerance;
use shiryo_dataset::diff::{Difference, FieldChange, Record, compare, describe};
use std::collections::BTreeSet;

/// Fields that say where an observation stands and not what it states.
const PLACE: [&str; 5] = ["page", "line", "table", "row", "col"];

/// Fields of an observation that are compared: all that the expected output holds.
fn compared<'a>(was: &'a [Record], is: &'a [Record]) -> Vec<&'a str> {
    let names: BTreeSet<&str> = was.iter().chain(is).flat_map(|r| r.keys().map(String::as_str)).collect();
    names.into_iter().collect()
}

/// What differs, one entry each.
pub fn differences(was: &Expected, is: &Expected, tolerance: Tolerance) -> Vec<String> {
    let mut found = Vec::new();
    document(&was.document, &is.document, &mut found);
    tables::differences(&was.tables, &is.tables, &tolerance, &mut found);
    let mut moved = Vec::new();
    for d in compare(&was.observations, &is.observations, &compared(&was.observations, &is.observations)) {
        match d {
            Difference::Added { is } => found.push(format!("observation: new: {}", describe(&is))),
            Difference::Gone { was } => found.push(format!("observation: gone: {}", describe(&was))),
            Difference::Changed { was, mut fields, .. } => {
                forgive(&mut fields, tolerance);
                if fields.is_empty() {
                    continue;
                }
                let entry = format!("{}\n    {}", describe(&was), told(&fields).join("\n    "));
                if fields.iter().all(|c| PLACE.contains(&c.field.as_str())) {
                    moved.push(entry);
                } else {
                    found.push(format!("observation: {entry}"));
                }
            }
        }
    }
    // What moved with a lost row or line is one difference, and not one each.
    match moved.as_slice() {
        [] => {}
        [one] => found.push(format!("observation: {one}")),
        [first, rest @ ..] => {
            found.push(format!("observation: {first}\n    and {} more stand elsewhere", rest.len()));
        }
    }
    found
}

/// Leaves out values that are near enough, and the words they were read from.
fn forgive(fields: &mut Vec<FieldChange>, tolerance: Tolerance) {
    let near = |c: &FieldChange| {
        matches!(c.field.as_str(), "value" | "value_upper") && tolerance.values(&c.was, &c.is)
    };
    if fields.iter().any(near) {
        fields.retain(|c| !near(c) && c.field != "evidence");
    }
}

fn told(fields: &[FieldChange]) -> Vec<String> {
    fields.iter().map(|c| format!("{}: {} → {}", c.field, shown(&c.was), shown(&c.is))).collect()
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

#[cfg(test)]
mod tests {
    use super::super::expected::ExpectedTable;
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
        let cells = [["区分", "件数"], ["窓口", "12"], ["電子", "30"], ["郵送", "7"]];
        let cells = (0..).zip(cells).flat_map(|(r, [a, b])| [cell(r, 0, a), cell(r, 1, b)]).collect();
        Expected {
            document: Record::from([("title".to_owned(), "資料".to_owned())]),
            tables: vec![ExpectedTable { cells, ..ExpectedTable::default() }],
            observations: vec![
                fact("窓口", "12", "actual"),
                fact("電子", "30", "plan"),
                fact("郵送", "7", "plan"),
            ],
        }
    }

    fn found(change: impl FnOnce(&mut Expected)) -> Vec<String> {
        let mut is = sample();
        change(&mut is);
        differences(&sample(), &is, Tolerance::default())
    }

    #[test]
    fn what_was_written_reads_back_the_same() {
        let sample = sample();
        assert_eq!(Expected::parse(&sample.to_text()), Ok(sample.clone()));
        assert!(differences(&sample, &sample, Tolerance::default()).is_empty());
    }

    // Each seeded change is named, and nothing else.

    #[test]
    fn one_digit() {
        let found = found(|is| {
            is.observations[0].insert("value".into(), "13".into());
            is.tables[0].cells[3].4 = "13".into();
        });
        assert_eq!(found.len(), 2, "{found:#?}");
        assert_eq!(found[0], "table 1: row 1, column 1: 「12」 → 「13」");
        assert!(
            found[1].contains("窓口 / 件数") && found[1].contains("value: 「12」 → 「13」"),
            "{found:#?}"
        );
    }

    #[test]
    fn one_status() {
        let found = found(|is| {
            is.observations[1].insert("status".into(), "actual".into());
        });
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(
            found[0].contains("電子") && found[0].contains("status: 「plan」 → 「actual」"),
            "{found:#?}"
        );
    }

    #[test]
    fn one_merged_cell() {
        let found = found(|is| {
            is.tables[0].cells[0].3 = 2;
            is.tables[0].cells.remove(1);
        });
        assert_eq!(
            found,
            [
                "table 1: row 0, column 0 「区分」: covers 1×1 → 1×2",
                "table 1: row 0, column 1: gone: 「件数」"
            ]
        );
    }

    #[test]
    fn one_lost_row() {
        let found = found(|is| {
            is.tables[0].cells.drain(2..4);
            is.tables[0].cells.iter_mut().skip(2).for_each(|c| c.0 -= 1);
            is.observations.remove(0);
            is.observations.iter_mut().for_each(|o| {
                o.insert("line".into(), "2".into());
            });
        });
        assert_eq!(found.len(), 3, "{found:#?}");
        assert_eq!(found[0], "table 1: row 1: gone: 「窓口 | 12」");
        assert!(found[1].starts_with("observation: gone: 窓口"), "{found:#?}");
        assert!(
            found[2].contains("電子") && found[2].contains("line: 「3」 → 「2」\n    and 1 more"),
            "{found:#?}"
        );
    }

    /// A lost row within a merged cell: the cell is not told as well.
    #[test]
    fn a_row_lost_or_won_within_a_merged_cell() {
        let cell = |r, c, rs, t: &str| (r, c, rs, 1, t.to_owned());
        let of = |cells: Vec<(u32, u32, u32, u32, String)>| Expected {
            tables: vec![ExpectedTable { cells, ..ExpectedTable::default() }],
            ..Expected::default()
        };
        let three =
            of(vec![cell(0, 0, 3, "課"), cell(0, 1, 1, "甲"), cell(1, 1, 1, "乙"), cell(2, 1, 1, "丙")]);
        let two = of(vec![cell(0, 0, 2, "課"), cell(0, 1, 1, "甲"), cell(1, 1, 1, "丙")]);
        let none = Tolerance::default();
        assert_eq!(differences(&three, &two, none), ["table 1: row 1: gone: 「乙」"]);
        assert_eq!(differences(&two, &three, none), ["table 1: row 1: new: 「乙」"]);
    }

    #[test]
    fn a_lost_table_is_not_a_shift_of_those_that_follow() {
        let mut was = sample();
        let cells = vec![(0, 0, 1, 1, "備考".to_owned())];
        was.tables.insert(0, ExpectedTable { cells, ..ExpectedTable::default() });
        let found = differences(&was, &sample(), Tolerance::default());
        assert_eq!(found, ["table 1: gone: 1 cells: 「備考」", "table 2: is now table 1"]);
    }
}
