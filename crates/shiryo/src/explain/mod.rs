//! One row of a dataset for a person: where it comes from and why it says what it says.
//!
//! Everything is taken from `documents/ID.json`; nothing is read again from the paper.

mod context;
mod reasons;

use shiryo_metrics::checks::{self, Check};
use shiryo_metrics::rules;
use shiryo_model::{Document, Observation};
use std::fmt::Write as _;

/// Related rows shown, at most.
const MOST_RELATED: usize = 8;

/// Explains the observation at `index` of a document, as lines for a terminal; `None` when there is none.
pub fn explain(document: &Document, index: usize) -> Option<String> {
    let o = document.observations.get(index)?;
    let mut out = String::new();
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(out, "{title}");
            lines.iter().flat_map(|l| l.lines()).for_each(|line| {
                let _ = writeln!(out, "  {line}");
            });
            out.push('\n');
        }
    };
    section(&format!("Observation {}", o.observation_id), facts(o));
    section("Source", source(document, o));
    section("Evidence", context::evidence(document, o));
    section("Bound by", rules::in_words(&o.rule).into_iter().chain([format!("(rule {})", o.rule)]).collect());
    section("Period", reasons::period(document, o));
    section("Status", reasons::status(document, o));
    section(&format!("Confidence {}", o.confidence), reasons::confidence(document, o));
    let checks = checks::find(&document.tables, &document.observations);
    section(
        "Checks",
        checks.iter().filter(|c| concerns(c, index)).map(|c| told(document, c, index)).collect(),
    );
    section("Related rows", related(document, index));
    Some(out)
}

/// Every reckoning of a document: how many figures come out, and those that do not.
pub fn reckonings(document: &Document) -> (usize, Vec<String>) {
    let checks = checks::find(&document.tables, &document.observations);
    let wrong = checks.iter().filter(|c| !c.agrees).map(|c| told(document, c, c.result)).collect();
    (checks.len(), wrong)
}

fn facts(o: &Observation) -> Vec<String> {
    let mut lines = vec![format!("{} = {}", named(o), amount(o))];
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            lines.push(format!("{name}: {value}"));
        }
    };
    field("subject", &o.subject);
    field("measure", [o.measure_label.as_str(), o.measure.as_str()].join(" ").trim());
    field("department", &o.department);
    for (name, value) in &o.dimensions {
        field(name, value);
    }
    field("kind", &format!("{}, {}", o.aggregation.as_str(), o.bound.as_str()));
    lines
}

fn source(document: &Document, o: &Observation) -> Vec<String> {
    let mut lines = vec![o.source.clone()];
    let facts = &document.facts;
    let about = [facts.issuer.as_str(), facts.committee.as_str(), facts.title.as_str()];
    let about: Vec<&str> = about.into_iter().filter(|w| !w.is_empty()).collect();
    if !about.is_empty() {
        lines.push(about.join(" / "));
    }
    if let Some(date) = facts.date {
        lines.push(format!("dated {date}"));
    }
    lines.push(place(o));
    lines
}

/// Page and box, or line, and the cell.
fn place(o: &Observation) -> String {
    let mut words = Vec::new();
    if let Some(page) = o.page {
        words.push(format!("page {page}"));
    }
    if let Some(line) = o.line {
        words.push(format!("line {line}"));
    }
    if let Some(b) = o.bbox {
        words.push(format!("box {} {} {} {} pt", b.x0, b.y0, b.x1, b.y1));
    }
    if let (Some(row), Some(col)) = (o.row, o.col) {
        words.push(format!("table {} row {row} column {col}", o.table_id));
    }
    if words.is_empty() { "place unknown".to_owned() } else { words.join(", ") }
}

fn named(o: &Observation) -> String {
    [o.subject.as_str(), o.measure_label.as_str()]
        .iter()
        .filter(|w| !w.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" / ")
}

fn amount(o: &Observation) -> String {
    let upper = o.value_upper.map(|u| format!("–{u}")).unwrap_or_default();
    format!("{}{upper}{}", o.value, o.unit)
}

fn concerns(check: &Check, index: usize) -> bool {
    check.result == index || check.parts.contains(&index)
}

/// A check in words, seen from one of its figures.
fn told(document: &Document, check: &Check, from: usize) -> String {
    /// Figures named one by one, at most.
    const MOST_NAMED: usize = 12;
    let of = |i: &usize| document.observations.get(*i);
    let parts: Vec<String> = check.parts.iter().filter_map(of).take(MOST_NAMED).map(amount).collect();
    let more = check.parts.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let Some(result) = of(&check.result) else { return String::new() };
    let role = if check.result == from { "given by others" } else { "one of those that give another" };
    let verdict = if check.agrees { "agrees" } else { "CONTRADICTS" };
    format!(
        "{verdict}: {} {} ({}), reckoned {}{} from {}{more} [{role}]",
        check.kind.as_str(),
        amount(result),
        place(result),
        check.computed.round_dp(2).normalize(),
        result.unit,
        parts.join(", "),
    )
}

/// Rows of the same cell, sentence or row of the table, and the same quantity at other times.
fn related(document: &Document, index: usize) -> Vec<String> {
    let Some(o) = document.observations.get(index) else { return Vec::new() };
    let nearness = |other: &Observation| {
        let same_quantity =
            other.subject == o.subject && other.measure_label == o.measure_label && other.unit == o.unit;
        let same_row = !o.table_id.is_empty() && other.table_id == o.table_id && other.row == o.row;
        let same_cell = same_row && other.col == o.col;
        let same_line = o.table_id.is_empty()
            && other.table_id.is_empty()
            && (o.page, o.line) == (other.page, other.line);
        let beside = same_line && other.subject == o.subject;
        match (same_cell, same_quantity, same_row || beside) {
            (true, _, _) => Some((0, "same cell")),
            (_, true, _) => Some((1, "same quantity")),
            (_, _, true) => Some((2, if same_row { "same row" } else { "same subject, beside it" })),
            _ => None,
        }
    };
    let mut found: Vec<(u8, &str, &Observation)> = document
        .observations
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != index)
        .filter_map(|(_, other)| nearness(other).map(|(rank, how)| (rank, how, other)))
        .collect();
    found.sort_by_key(|(rank, ..)| *rank);
    let more = found.len().saturating_sub(MOST_RELATED);
    let mut lines: Vec<String> =
        found.iter().take(MOST_RELATED).map(|(_, how, other)| row(how, other)).collect();
    if more > 0 {
        lines.push(format!("… and {more} more"));
    }
    lines
}

fn row(how: &str, o: &Observation) -> String {
    let period = if o.period_label.is_empty() { "no period" } else { &o.period_label };
    let dimensions: Vec<&str> = o.dimensions.values().map(String::as_str).collect();
    let dimensions =
        if dimensions.is_empty() { String::new() } else { format!(" [{}]", dimensions.join(", ")) };
    format!(
        "{} {how}: {}{dimensions} = {} ({period}, {})",
        o.observation_id,
        named(o),
        amount(o),
        o.status.as_str()
    )
}
