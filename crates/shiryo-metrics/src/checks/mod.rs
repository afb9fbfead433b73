//! Arithmetic checks: figures of a paper against each other.
//!
//! Totals against their parts, changes against what they compare, rates and shares against their counts, running
//! totals against the years, charts against their whole. A check never changes a value: agreement makes a row a
//! little surer, a contradiction makes it less sure, marks its `rule` and is told with both figures, because papers
//! do contain mistakes and so do readers.
//!
//! Whether figures belong together is learned from the paper itself ([`sums`], [`relations`]): a contradiction is
//! told only where the same reckoning comes out elsewhere in the table, or where nothing else can be meant.

mod lattice;
mod prose;
mod relations;
mod report;
mod sums;
#[cfg(test)]
mod tests;

use lattice::Lattice;
use rust_decimal::Decimal;
use shiryo_model::{Diagnostic, Observation, Table};
use std::collections::HashMap;

/// What a check reckons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CheckKind {
    /// A total and its parts.
    Sum,
    /// A change: the later figure less the earlier one.
    Difference,
    /// A rate or share: one figure over another, in percent.
    Share,
    /// A rate of change: the difference over the earlier figure, in percent.
    ChangeRate,
    /// A running total: the one before and this year's figure.
    Cumulative,
}

impl CheckKind {
    /// What the figure is called in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sum => "total",
            Self::Difference => "change",
            Self::Share => "share",
            Self::ChangeRate => "rate of change",
            Self::Cumulative => "running total",
        }
    }
}

/// One reckoning and how it came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What is reckoned.
    pub kind: CheckKind,
    /// Whether the figures agree, within rounding.
    pub agrees: bool,
    /// The figure that others give: index of its observation.
    pub result: usize,
    /// The figures it is reckoned from: indexes of observations, in order.
    pub parts: Vec<usize>,
    /// What the others give, in the unit of the result.
    pub computed: Decimal,
}

/// Every reckoning that the paper's own figures allow. `observations` are those of the paper that has the tables.
pub fn find(tables: &[Table], observations: &[Observation]) -> Vec<Check> {
    let mut of_table: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, o) in observations.iter().enumerate() {
        if let (false, Some(_), Some(_)) = (o.table_id.is_empty(), o.row, o.col) {
            of_table.entry(&o.table_id).or_default().push(i);
        }
    }
    let mut checks = Vec::new();
    for table in tables {
        let Some(own) = of_table.get(table.id.as_str()) else { continue };
        if let Some(lattice) = Lattice::new(table, observations, own) {
            sums::find(&lattice, &mut checks);
            relations::find(&lattice, &mut checks);
        }
    }
    prose::find(observations, &mut checks);
    // R6－R5 in a row of shares: a difference, not a share of the figures beside it.
    let negative = |c: &Check| observations.get(c.result).is_some_and(|o| o.value.is_sign_negative());
    checks.retain(|c| c.agrees || c.kind != CheckKind::Share || !negative(c));
    checks
}

/// Confidence that agreement adds, and the most it can give: that figures add up proves the digits, not the words.
const AGREES: f64 = 0.02;
const MOST: f64 = 0.99;
/// What a contradiction leaves of the confidence of the figure that does not come out, and of those it is reckoned
/// from: one of them is wrong, and more often it is the one that was reckoned.
const RESULT_CONTRADICTED: f64 = 0.8;
const PART_CONTRADICTED: f64 = 0.95;

/// Checks the figures of a paper against each other, settles their confidence and tells of contradictions.
pub fn settle(tables: &[Table], observations: &mut [Observation]) -> Vec<Diagnostic> {
    let checks = find(tables, observations);
    let diagnostics =
        checks.iter().filter(|c| !c.agrees).map(|c| report::told(c, tables, observations)).collect();
    let mut agrees = vec![false; observations.len()];
    let mut contradicted = vec![1.0_f64; observations.len()];
    for check in &checks {
        for (&i, factor) in check
            .parts
            .iter()
            .zip(std::iter::repeat(PART_CONTRADICTED))
            .chain([(&check.result, RESULT_CONTRADICTED)])
        {
            match (agrees.get_mut(i), contradicted.get_mut(i)) {
                (Some(slot), _) if check.agrees => *slot = true,
                (_, Some(slot)) => *slot = slot.min(factor),
                _ => {}
            }
        }
    }
    for ((o, agrees), factor) in observations.iter_mut().zip(agrees).zip(contradicted) {
        // A figure that comes out in one reckoning is hardly the wrong one in another.
        let confidence = match (agrees, factor < 1.0) {
            (true, false) => (o.confidence + AGREES).min(MOST.max(o.confidence)),
            (false, true) => o.confidence * factor,
            (true, true) | (false, false) => o.confidence,
        };
        o.confidence = (confidence * 100.0).round() / 100.0;
        if factor < 1.0 {
            o.rule.push_str(".contradicted");
        } else if agrees {
            o.rule.push_str(".reckoned");
        }
    }
    diagnostics
}
