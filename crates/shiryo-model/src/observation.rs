//! Observations: stated quantities bound to what they measure.

use crate::BBox;
use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One stated quantity about what the issuing body does, has, plans or measures. The fields are the columns
/// of `observations.csv`, in their order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Observation {
    /// Stable: the same fact in the same document keeps its id from run to run.
    pub observation_id: String,
    /// Document it was read from.
    pub document_id: String,
    /// Path of the document relative to the input root.
    pub source: String,
    /// Body that issued the document; empty if not found.
    pub issuer: String,
    /// Its local-government code, 6 digits; empty if not found.
    pub issuer_code: String,
    /// Date of the document.
    #[schemars(with = "Option<String>")]
    pub document_date: Option<Date>,
    /// 1-based page; `None` for text sources.
    pub page: Option<u32>,
    /// 1-based line of a text source; `None` for PDFs.
    pub line: Option<u32>,
    /// What is measured, as the document names it.
    pub subject: String,
    /// Id in the measure catalogue; empty if none applies.
    pub measure: String,
    /// The quantity in the document's own words.
    pub measure_label: String,
    /// Value in the base unit.
    #[serde(with = "rust_decimal::serde::arbitrary_precision")]
    #[schemars(with = "f64")]
    pub value: Decimal,
    /// Upper end of a range.
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option", default)]
    #[schemars(with = "Option<f64>")]
    pub value_upper: Option<Decimal>,
    /// Normalised unit.
    pub unit: String,
    /// How the value bounds the quantity.
    pub bound: Bound,
    /// Whether it happened.
    pub status: Status,
    /// Point value, running total, change or ratio.
    pub aggregation: Aggregation,
    /// First day of the period the value refers to.
    #[schemars(with = "Option<String>")]
    pub period_start: Option<Date>,
    /// Last day of the period the value refers to.
    #[schemars(with = "Option<String>")]
    pub period_end: Option<Date>,
    /// The words the period came from.
    pub period_label: String,
    /// The unit in charge, where stated.
    pub department: String,
    /// Other labels that tell this number from its neighbours.
    pub dimensions: BTreeMap<String, String>,
    /// Table, prose or figure.
    pub context: Context,
    /// Table it stands in; empty for prose.
    pub table_id: String,
    /// Row in that table.
    pub row: Option<u32>,
    /// Column in that table.
    pub col: Option<u32>,
    /// The words it was read from, verbatim.
    pub evidence: String,
    /// Box of the evidence on the page.
    pub bbox: Option<BBox>,
    /// 0–1, two decimals.
    pub confidence: f64,
    /// What produced it, so that a wrong row can be traced.
    pub rule: String,
}

/// How a stated value bounds the quantity.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Just so.
    #[default]
    Exact,
    /// 約, 概ね, 程度.
    Approx,
    /// 以上.
    AtLeast,
    /// 以下, まで.
    AtMost,
    /// 超, を超えて.
    MoreThan,
    /// 未満.
    LessThan,
    /// From `value` to `value_upper`.
    Range,
}

/// Whether the stated thing happened.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// 実績, 済: it is so.
    Actual,
    /// 予定, 計画.
    Plan,
    /// 目標, 目指す.
    Target,
    /// 見込み.
    Forecast,
    /// The paper does not say.
    #[default]
    Unknown,
}

/// What kind of figure it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Aggregation {
    /// A count or amount.
    #[default]
    Point,
    /// 累計, 延べ, 合計.
    Cumulative,
    /// Increase or decrease.
    Change,
    /// 率, 割合, 倍.
    Ratio,
}

/// Where in the document an observation stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Context {
    /// A cell of a table.
    Table,
    /// Running text or a list.
    #[default]
    Prose,
    /// Labels of a chart or diagram.
    Figure,
}

macro_rules! as_str {
    ($($type:ty { $($variant:ident = $name:literal),+ })+) => {$(
        impl $type {
            /// The name used in files.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    )+};
}
as_str! {
    Bound { Exact = "exact", Approx = "approx", AtLeast = "at_least", AtMost = "at_most", MoreThan = "more_than",
            LessThan = "less_than", Range = "range" }
    Status { Actual = "actual", Plan = "plan", Target = "target", Forecast = "forecast", Unknown = "unknown" }
    Aggregation { Point = "point", Cumulative = "cumulative", Change = "change", Ratio = "ratio" }
    Context { Table = "table", Prose = "prose", Figure = "figure" }
}
