//! Identities: of documents by their content, of tables by their place, of observations by their meaning.

use sha2::{Digest, Sha256};
use shiryo_model::{Document, Observation, Table};
use std::collections::HashMap;
use std::fmt::Write as _;

/// SHA-256 of `bytes`, 64 hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut s, b| {
        let _ = write!(s, "{b:02x}");
        s
    })
}

/// The id of a document whose SHA-256 is `sha256`: its first 16 digits.
pub fn document_id(sha256: &str) -> String {
    sha256.chars().take(16).collect()
}

/// Gives tables their ids, which observations refer to.
pub(crate) fn name_tables(document_id: &str, tables: &mut [Table]) {
    for (number, table) in (1..).zip(tables) {
        table.id = format!("{document_id}-t{number:02}");
        table.confidence = rounded(table.confidence);
    }
}

/// Two decimals.
pub(crate) fn rounded(value: f64) -> f64 {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded.is_finite() { rounded } else { 0.0 }
}

/// Gives observations and diagnostics their ids and the document's name, and values their shortest form.
///
/// An observation's id comes from the document's path and what it states, never from where it stands or from
/// the content hash: it stays when another part of the paper changes. Facts stated several times in the same
/// words are told apart by their order among themselves.
pub(crate) fn assign(document: &mut Document) {
    let Document { id, source, facts, observations, diagnostics, .. } = document;
    let mut seen: HashMap<String, u32> = HashMap::new();
    for o in observations.iter_mut() {
        o.document_id.clone_from(id);
        o.source.clone_from(source);
        o.issuer.clone_from(&facts.issuer);
        o.issuer_code.clone_from(&facts.issuer_code);
        o.document_date = facts.date;
        o.value = o.value.normalize();
        o.value_upper = o.value_upper.map(|v| v.normalize());
        o.confidence = rounded(o.confidence);
        let meaning = meaning(o);
        let ordinal = seen.entry(meaning.clone()).and_modify(|n| *n += 1).or_insert(0);
        let hash = sha256_hex(format!("{source}\u{1e}{meaning}\u{1e}{ordinal}").as_bytes());
        o.observation_id = hash.chars().take(16).collect();
    }
    for d in diagnostics.iter_mut() {
        d.document_id.clone_from(id);
        d.source.clone_from(source);
    }
}

/// What an observation states, in one string.
fn meaning(o: &Observation) -> String {
    let date = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let mut parts = vec![
        o.subject.clone(),
        o.measure_label.clone(),
        o.value.normalize().to_string(),
        o.value_upper.map(|v| v.normalize().to_string()).unwrap_or_default(),
        o.unit.clone(),
        o.bound.as_str().to_owned(),
        o.status.as_str().to_owned(),
        o.aggregation.as_str().to_owned(),
        date(o.period_start),
        date(o.period_end),
        o.department.clone(),
        o.context.as_str().to_owned(),
    ];
    parts.extend(o.dimensions.iter().map(|(k, v)| format!("{k}\u{1d}{v}")));
    parts.join("\u{1f}")
}
