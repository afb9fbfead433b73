//! What a paper is expected to give, as a person reviews it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use shiryo_dataset::diff::Record;
use shiryo_model::{Document, Observation, Severity, Table};
use std::collections::BTreeMap;

/// What is put after a paper's file name.
pub const EXPECTED_SUFFIX: &str = ".expected.jsonl";

/// Columns that are not compared: identities and what only machines read.
const LEFT_OUT: [&str; 10] = [
    "observation_id",
    "document_id",
    "source",
    "issuer",
    "issuer_code",
    "document_date",
    "table_id",
    "bbox",
    "confidence",
    "rule",
];

/// What a paper is expected to give.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Expected {
    /// Facts of the document, by name.
    pub document: Record,
    /// Its tables.
    pub tables: Vec<ExpectedTable>,
    /// Its observations.
    pub observations: Vec<Record>,
}

/// A table without boxes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ExpectedTable {
    /// Pages it stands on.
    pub pages: Vec<u32>,
    /// Its caption.
    pub caption: String,
    /// Header rows.
    pub header_rows: u32,
    /// Cells as `[row, col, row_span, col_span, text]`, blank ones left out.
    pub cells: Vec<(u32, u32, u32, u32, String)>,
}

impl ExpectedTable {
    /// Cells by position.
    pub fn by_position(&self) -> BTreeMap<(u32, u32), (u32, u32, &str)> {
        self.cells.iter().map(|(r, c, rs, cs, text)| ((*r, *c), (*rs, *cs, text.as_str()))).collect()
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    Document(Map<String, Value>),
    Table(ExpectedTable),
    Observation(Map<String, Value>),
}

impl Expected {
    /// What `document` gives.
    pub fn of(document: &Document) -> Self {
        Self {
            document: facts(document),
            tables: document.tables.iter().map(table).collect(),
            observations: document.observations.iter().map(observation).collect(),
        }
    }

    /// One JSON object a line.
    pub fn to_text(&self) -> String {
        let object = |r: &Record| r.iter().map(|(k, v)| (k.clone(), Value::from(v.as_str()))).collect();
        let lines = std::iter::once(Line::Document(object(&self.document)))
            .chain(self.tables.iter().cloned().map(Line::Table))
            .chain(self.observations.iter().map(|o| Line::Observation(object(o))));
        lines.filter_map(|l| serde_json::to_string(&l).ok()).map(|l| l + "\n").collect()
    }

    /// Reads what [`Expected::to_text`] wrote.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut expected = Self::default();
        for (number, line) in (1..).zip(text.lines()).filter(|(_, l)| !l.trim().is_empty()) {
            let line: Line = serde_json::from_str(line).map_err(|e| format!("line {number}: {e}"))?;
            match line {
                Line::Document(fields) => expected.document = record(fields),
                Line::Table(table) => expected.tables.push(table),
                Line::Observation(fields) => expected.observations.push(record(fields)),
            }
        }
        Ok(expected)
    }
}

/// Fields by name; numbers written by hand count as their digits.
fn record(fields: Map<String, Value>) -> Record {
    let text = |v: Value| match v {
        Value::String(s) => s,
        other => other.to_string(),
    };
    fields.into_iter().map(|(k, v)| (k, text(v))).collect()
}

fn facts(d: &Document) -> Record {
    let mut fields = Record::new();
    let head = serde_json::to_value(&d.facts).ok();
    for (name, value) in head.as_ref().and_then(Value::as_object).into_iter().flatten() {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        // The producer's version is the machine's that made the fixture, not the paper's.
        if !text.is_empty() && text != "null" && name != "producer" {
            fields.insert(name.clone(), text);
        }
    }
    let word = |v: Result<Value, serde_json::Error>| {
        v.ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
    };
    fields.insert("status".to_owned(), word(serde_json::to_value(d.status)));
    fields.insert("media_type".to_owned(), word(serde_json::to_value(d.media_type)));
    fields.insert("pages".to_owned(), d.pages.len().to_string());
    let problems: Vec<String> = d
        .diagnostics
        .iter()
        .filter(|x| x.severity > Severity::Info)
        .map(|x| word(serde_json::to_value(x.code)))
        .collect();
    if !problems.is_empty() {
        fields.insert("problems".to_owned(), problems.join(", "));
    }
    fields
}

fn table(t: &Table) -> ExpectedTable {
    let cells = t.cells.iter().filter(|c| !c.text.is_empty());
    ExpectedTable {
        pages: t.pages.clone(),
        caption: t.caption.text.clone(),
        header_rows: t.header_rows,
        cells: cells
            .map(|c| (c.row, c.col, c.row_span.max(1), c.col_span.max(1), c.text.text.clone()))
            .collect(),
    }
}

fn observation(o: &Observation) -> Record {
    let mut record = shiryo_dataset::diff::record(o);
    // The table's number within the document, without the document's id.
    if let Some((_, number)) = o.table_id.rsplit_once('-') {
        record.insert("table".to_owned(), number.to_owned());
    }
    record.retain(|name, _| !LEFT_OUT.contains(&name.as_str()));
    record
}
