//! One typed field of a tabular file.

use jiff::civil::Date;
use rust_decimal::Decimal;
use shiryo_model::BBox;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A field: what CSV writes as text and the workbook as a typed cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value<'a> {
    /// Nothing.
    Blank,
    /// Text.
    Text(Cow<'a, str>),
    /// Whole number.
    Integer(i64),
    /// Decimal number.
    Decimal(Decimal),
    /// Calendar date.
    Date(Date),
    /// Yes or no.
    Boolean(bool),
    /// Labels by name.
    Labels(&'a BTreeMap<String, String>),
    /// A box on a page.
    Place(BBox),
}

impl<'a> Value<'a> {
    pub(crate) fn text(text: &'a str) -> Self {
        Value::Text(Cow::Borrowed(text))
    }

    pub(crate) fn owned(text: String) -> Self {
        Value::Text(Cow::Owned(text))
    }

    /// Bytes of its text, roughly.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Value::Text(t) => t.len(),
            Value::Labels(labels) => labels.iter().map(|(k, v)| k.len() + v.len()).sum(),
            _ => 0,
        }
    }

    /// As CSV writes it. Decimals are plain digits without trailing zeros.
    pub(crate) fn to_csv(&self) -> Cow<'_, str> {
        match self {
            Value::Blank => Cow::Borrowed(""),
            Value::Text(t) => Cow::Borrowed(t),
            Value::Integer(n) => Cow::Owned(n.to_string()),
            Value::Decimal(d) => Cow::Owned(d.normalize().to_string()),
            Value::Date(d) => Cow::Owned(d.to_string()),
            Value::Boolean(b) => Cow::Borrowed(if *b { "true" } else { "false" }),
            Value::Labels(labels) => {
                Cow::Owned(serde_json::to_string(labels).unwrap_or_else(|_| "{}".to_owned()))
            }
            Value::Place(b) => Cow::Owned(b.to_string()),
        }
    }
}

impl From<u32> for Value<'_> {
    fn from(n: u32) -> Self {
        Value::Integer(n.into())
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Blank, Into::into)
    }
}

impl From<Date> for Value<'_> {
    fn from(d: Date) -> Self {
        Value::Date(d)
    }
}

impl From<Decimal> for Value<'_> {
    fn from(d: Decimal) -> Self {
        Value::Decimal(d)
    }
}

/// A share between 0 and 1 with two decimals.
pub(crate) fn share(value: f64) -> Value<'static> {
    Decimal::try_from((value * 100.0).round() / 100.0).map_or(Value::Blank, Value::Decimal)
}
