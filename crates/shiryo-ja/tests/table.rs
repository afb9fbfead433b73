//! The table of expressions and traps: sentences of our own for every class of the grammar, each with what it says.
//!
//! `tests/data/expressions.jsonl`: `want` lists every mention of `text` in order, a quantity as `value[..upper] unit
//! [bound]`, a time as `first..last` (either may be empty). `tests/data/traps.jsonl`: texts without any. Times are
//! read on 1 June 2024.

use serde_json::Value;
use shiryo_ja::{MentionKind, TimeContext, annotate};
use shiryo_model::Bound;

const TABLE: &str = include_str!("data/expressions.jsonl");
const TRAPS: &str = include_str!("data/traps.jsonl");

/// What is read in a text, in the notation of the table.
fn read(text: &str) -> Vec<String> {
    let context = TimeContext { reference: Some(jiff::civil::date(2024, 6, 1)), ..TimeContext::default() };
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    annotate(text, &context)
        .iter()
        .map(|m| match &m.kind {
            MentionKind::Quantity(q) => {
                let upper = q.value_upper.map(|u| format!("..{u}")).unwrap_or_default();
                let bound = if q.bound == Bound::Exact { "" } else { q.bound.as_str() };
                let words = [format!("{}{upper}", q.value), q.unit.clone(), bound.to_string()];
                words.into_iter().filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
            }
            MentionKind::Time(t) => format!("{}..{}", day(t.period.start), day(t.period.end)),
        })
        .collect()
}

fn rows(table: &str) -> impl Iterator<Item = Value> + '_ {
    table.lines().map(|l| serde_json::from_str(l).unwrap_or_default())
}

#[test]
fn every_expression_of_the_table_is_read() {
    let (mut right, mut total, mut wrong) = (0, 0, Vec::new());
    for row in rows(TABLE) {
        assert!(row["text"].is_string(), "a line of the table is no JSON");
        let text = row["text"].as_str().unwrap_or_default();
        let want: Vec<&str> =
            row["want"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let found = read(text);
        total += 1;
        if found == want {
            right += 1;
        } else {
            wrong.push(format!("{text}: want {want:?}, read {found:?}"));
        }
    }
    println!("{right} of {total} texts read as they should be");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_trap_of_the_table_springs() {
    let found: Vec<(String, Vec<String>)> = rows(TRAPS)
        .map(|row| row["text"].as_str().unwrap_or_default().to_string())
        .map(|text| (read(&text), text))
        .filter(|(found, _)| !found.is_empty())
        .map(|(found, text)| (text, found))
        .collect();
    println!("{} of {} traps sprung", found.len(), rows(TRAPS).count());
    assert!(found.is_empty(), "{found:#?}");
}
