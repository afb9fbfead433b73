//! An observation in the making.

use crate::Tools;
use crate::scope::{Nearness, Scope, ScopedPeriod, ScopedStatus};
use crate::statement::words::counter_noun;
use rust_decimal::Decimal;
use shiryo_ja::Quantity;
use shiryo_model::{Aggregation, Bound, Context, Observation, Status, Text};
use std::collections::BTreeMap;
use std::ops::Range;

/// An observation in the making: bound to its words, not yet to a page or line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    /// Characters of the [`Text`] that hold the number and its unit.
    pub chars: Range<usize>,
    /// What is measured.
    pub subject: String,
    /// What the section speaks of, where the subject is one of its things (in `section / subject`); else empty.
    pub section: String,
    /// The quantity in the document's words.
    pub measure_label: String,
    /// Value in the base unit.
    pub value: Decimal,
    /// Upper end of a range.
    pub value_upper: Option<Decimal>,
    /// Canonical unit.
    pub unit: String,
    /// How the value bounds the quantity.
    pub bound: Bound,
    /// Whether it happened, and which words say so.
    pub status: Option<ScopedStatus>,
    /// Kind of figure.
    pub aggregation: Aggregation,
    /// When, and which words say so.
    pub period: Option<ScopedPeriod>,
    /// Unit in charge.
    pub department: String,
    /// Other labels.
    pub dimensions: BTreeMap<String, String>,
    /// Table, prose or figure.
    pub context: Context,
    /// 0–1.
    pub confidence: f64,
    /// What produced it (`prose.count.clause`).
    pub rule: String,
}

impl Draft {
    /// Nothing but what the surroundings tell: the status with where it comes from as `rule`, the time.
    pub(crate) fn within(scope: &Scope, chars: Range<usize>) -> Self {
        let told = ScopedStatus { status: Status::Actual, from: Nearness::Document };
        let status = scope.status.unwrap_or(told);
        Self {
            chars,
            status: Some(status),
            period: scope.period.clone(),
            department: scope.department.clone(),
            dimensions: scope.dimensions.clone(),
            context: scope.context,
            rule: status.from.as_str().to_owned(),
            ..Self::default()
        }
    }

    /// A quantity that a label names, told with what the section speaks of; where its surroundings tell time and
    /// status, those.
    pub(crate) fn named(name: &str, q: &Quantity, chars: Range<usize>, scope: &Scope) -> Self {
        let (topic, share) = (scope.topic(), q.unit == "%");
        let draft = Self::within(scope, chars);
        Self {
            subject: if topic.is_empty() { name.to_owned() } else { format!("{topic} / {name}") },
            measure_label: if share { "割合".to_owned() } else { counter_noun(&q.unit) },
            value: q.value,
            unit: q.unit.clone(),
            aggregation: if share { Aggregation::Ratio } else { Aggregation::Point },
            period: draft.period.or_else(|| scope.reported.clone()),
            ..draft
        }
    }

    /// The observation, with page, line, box and evidence from the text it was read from and its measure from
    /// the catalogue. `table_id`, `row` and `col` are left to the reader of the table.
    pub fn into_observation(self, text: &Text, tools: &Tools) -> Observation {
        let place = text.place_of(self.chars.clone());
        let measure = tools.catalog.match_measure(&self.measure_label, &self.subject, &self.unit);
        let (start, end, label) =
            self.period.map(|p| (p.period.start, p.period.end, p.label)).unwrap_or_default();
        let subject = match self.section.as_str() {
            section if section.is_empty() || self.subject.starts_with(section) => self.subject,
            section => format!("{section} / {}", self.subject),
        };
        Observation {
            page: place.page,
            line: place.line,
            bbox: place.bbox,
            evidence: text.raw_of(self.chars),
            measure: measure.map(|m| m.id.clone()).unwrap_or_default(),
            subject,
            measure_label: self.measure_label,
            value: self.value,
            value_upper: self.value_upper,
            unit: self.unit,
            bound: self.bound,
            status: self.status.map_or(Status::Unknown, |s| s.status),
            aggregation: self.aggregation,
            period_start: start,
            period_end: end,
            period_label: label,
            department: self.department,
            dimensions: self.dimensions,
            context: self.context,
            confidence: (self.confidence.clamp(0.0, 1.0) * 100.0).round() / 100.0,
            rule: self.rule,
            ..Observation::default()
        }
    }
}
