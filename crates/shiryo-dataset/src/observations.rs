//! `observations.csv`.

use shiryo_model::Observation;
use std::io;

/// The columns of `observations.csv`, in order.
pub(crate) const COLUMNS: [&str; 31] = [
    "observation_id",
    "document_id",
    "source",
    "issuer",
    "issuer_code",
    "document_date",
    "page",
    "line",
    "subject",
    "measure",
    "measure_label",
    "value",
    "value_upper",
    "unit",
    "bound",
    "status",
    "aggregation",
    "period_start",
    "period_end",
    "period_label",
    "department",
    "dimensions",
    "context",
    "table_id",
    "row",
    "col",
    "evidence",
    "bbox",
    "confidence",
    "rule",
    "",
];

fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// One observation as the fields of its row.
pub(crate) fn fields(o: &Observation) -> [String; 30] {
    let dimensions = if o.dimensions.is_empty() {
        "{}".to_owned()
    } else {
        serde_json::to_string(&o.dimensions).unwrap_or_default()
    };
    [
        o.observation_id.clone(),
        o.document_id.clone(),
        o.source.clone(),
        o.issuer.clone(),
        o.issuer_code.clone(),
        text(o.document_date),
        text(o.page),
        text(o.line),
        o.subject.clone(),
        o.measure.clone(),
        o.measure_label.clone(),
        o.value.normalize().to_string(),
        text(o.value_upper.map(|v| v.normalize())),
        o.unit.clone(),
        o.bound.as_str().to_owned(),
        o.status.as_str().to_owned(),
        o.aggregation.as_str().to_owned(),
        text(o.period_start),
        text(o.period_end),
        o.period_label.clone(),
        o.department.clone(),
        dimensions,
        o.context.as_str().to_owned(),
        o.table_id.clone(),
        text(o.row),
        text(o.col),
        o.evidence.clone(),
        text(o.bbox),
        o.confidence.to_string(),
        o.rule.clone(),
    ]
}

pub(crate) fn csv(all: &[&Observation]) -> io::Result<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(COLUMNS.iter().take(30))?;
    for o in all {
        out.write_record(fields(o))?;
    }
    out.into_inner().map_err(|e| io::Error::other(e.to_string()))
}
