//! Quantity and time expressions of plain text, one record each.

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use shiryo_ja::{Mention, MentionKind, TimeContext};
use shiryo_model::{Bound, Granularity, Status};

/// One expression found by `shiryo annotate`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Annotation {
    /// 1-based line of the input.
    pub line: u64,
    /// First character (not byte) of the expression in its line, from 0.
    pub start: usize,
    /// Character after the expression.
    pub end: usize,
    /// The expression as written.
    pub text: String,
    /// What it is.
    pub kind: AnnotationKind,
    /// Value in the base unit, for quantities.
    #[schemars(with = "Option<f64>")]
    pub value: Option<Decimal>,
    /// Upper end of a range.
    #[schemars(with = "Option<f64>")]
    pub value_upper: Option<Decimal>,
    /// How the value bounds the quantity.
    pub bound: Option<Bound>,
    /// Normalised unit; empty for a bare number; `null` for times.
    pub unit: Option<String>,
    /// First day of a time expression.
    #[schemars(with = "Option<String>")]
    pub period_start: Option<Date>,
    /// Last day of a time expression.
    #[schemars(with = "Option<String>")]
    pub period_end: Option<Date>,
    /// How finely a time expression is told.
    pub granularity: Option<Granularity>,
    /// Status word that governs the expression, if any.
    pub status: Option<Status>,
}

/// What an annotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AnnotationKind {
    /// A number with or without a unit.
    Quantity,
    /// A date, period or duration.
    Time,
}

/// Every expression of one line; `number` is its 1-based number. Offsets count characters of `line` as given.
pub fn annotate_line(line: &str, number: u64, context: &TimeContext) -> Vec<Annotation> {
    let (text, map) = shiryo_ja::normalise(line);
    let source: Vec<char> = line.chars().collect();
    shiryo_ja::annotate(&text, context).into_iter().map(|m| record(m, number, &map, &source)).collect()
}

fn record(mention: Mention, line: u64, map: &[u32], source: &[char]) -> Annotation {
    let at = |i: usize| map.get(i).map_or(source.len(), |&i| i as usize);
    let start = at(mention.chars.start);
    // The last character's own place, so that blanks dropped after it stay outside.
    let end = mention
        .chars
        .end
        .checked_sub(1)
        .map_or(start, |last| at(last) + 1)
        .clamp(start, source.len().max(start));
    let mut out = Annotation {
        line,
        start,
        end,
        text: source.get(start..end).unwrap_or_default().iter().collect(),
        kind: AnnotationKind::Quantity,
        value: None,
        value_upper: None,
        bound: None,
        unit: None,
        period_start: None,
        period_end: None,
        granularity: None,
        status: mention.status,
    };
    match mention.kind {
        MentionKind::Quantity(q) => {
            out.value = Some(q.value.normalize());
            out.value_upper = q.value_upper.map(|v| v.normalize());
            out.bound = Some(q.bound);
            out.unit = Some(q.unit);
        }
        MentionKind::Time(t) => {
            out.kind = AnnotationKind::Time;
            out.period_start = t.period.start;
            out.period_end = t.period.end;
            out.granularity = Some(t.period.granularity);
        }
    }
    out
}
