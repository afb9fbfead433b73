//! Periods of time that values refer to.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stretch of time, both ends inclusive; `None` is an open or unstated end.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// First day.
    #[schemars(with = "Option<String>")]
    pub start: Option<Date>,
    /// Last day.
    #[schemars(with = "Option<String>")]
    pub end: Option<Date>,
    /// How finely it is told.
    pub granularity: Granularity,
}

/// How finely a period is told.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Granularity {
    /// One day (also: as of).
    #[default]
    Day,
    /// Third of a month (上旬 中旬 下旬).
    TenDays,
    /// Week.
    Week,
    /// Calendar month.
    Month,
    /// Quarter.
    Quarter,
    /// Half (上期 下期).
    HalfYear,
    /// Fiscal year, April to March.
    FiscalYear,
    /// Calendar year.
    Year,
    /// From one expression to another.
    Range,
    /// A length of time without a place on the calendar (５年間).
    Duration,
    /// Time of day.
    Time,
}
