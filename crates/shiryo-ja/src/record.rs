//! Mentions as the lines that `shiryo annotate` writes.

use crate::grammar::scan;
use crate::mention::{self, Mention, MentionKind, TimeContext};
use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;
use shiryo_model::Granularity;

/// One line of `shiryo annotate`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AnnotationRecord {
    /// 1-based line of the input.
    pub line: usize,
    /// First character in the line, as it came in.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The line's own words.
    pub text: String,
    /// `quantity` or `time`.
    pub kind: &'static str,
    /// Value in the base unit; `None` for times and for values left open (未定).
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    #[schemars(with = "Option<f64>")]
    pub value: Option<Decimal>,
    /// Upper end of a range.
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option")]
    #[schemars(with = "Option<f64>")]
    pub value_upper: Option<Decimal>,
    /// `exact`, `approx` … for quantities.
    pub bound: Option<&'static str>,
    /// Canonical unit; `None` for a bare number.
    pub unit: Option<String>,
    /// What a quantity is counted per (年4回: 年); absent when nothing says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
    /// First day of a time.
    #[schemars(with = "Option<String>")]
    pub period_start: Option<Date>,
    /// Last day of a time.
    #[schemars(with = "Option<String>")]
    pub period_end: Option<Date>,
    /// How finely a time is told.
    pub granularity: Option<Granularity>,
    /// Status word that governs it.
    pub status: Option<&'static str>,
    /// The grammar rule that gave it.
    pub rule: &'static str,
}

/// The records of one line of text, in order; `line` is its 1-based number.
pub fn annotate_line(line: usize, text: &str, context: &TimeContext) -> Vec<AnnotationRecord> {
    records(line, text, mention::annotate(text, context))
}

/// The records of the mentions found in one line of text and of what it says to be undecided or none, in order;
/// `line` is its 1-based number.
pub fn records(line: usize, text: &str, mentions: Vec<Mention>) -> Vec<AnnotationRecord> {
    let open = open_values(text);
    if mentions.is_empty() && open.is_empty() {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().collect();
    let words =
        |r: &std::ops::Range<usize>| chars.get(r.clone()).unwrap_or_default().iter().collect::<String>();
    let blank = |r: &std::ops::Range<usize>, kind, rule| AnnotationRecord {
        line,
        start: r.start,
        end: r.end,
        text: words(r),
        kind,
        value: None,
        value_upper: None,
        bound: None,
        unit: None,
        per: None,
        period_start: None,
        period_end: None,
        granularity: None,
        status: None,
        rule,
    };
    let mut records: Vec<AnnotationRecord> = mentions
        .into_iter()
        .map(|m| {
            let record = AnnotationRecord {
                status: m.status.map(|s| s.as_str()),
                ..blank(&m.chars, "quantity", m.rule)
            };
            match m.kind {
                MentionKind::Quantity(q) => AnnotationRecord {
                    value: Some(q.value),
                    value_upper: q.value_upper,
                    bound: Some(q.bound.as_str()),
                    unit: (!q.unit.is_empty()).then_some(q.unit),
                    per: (!q.per.is_empty()).then_some(q.per),
                    ..record
                },
                MentionKind::Time(t) => AnnotationRecord {
                    kind: "time",
                    period_start: t.period.start,
                    period_end: t.period.end,
                    granularity: Some(t.period.granularity),
                    ..record
                },
            }
        })
        .collect();
    records.extend(open.iter().map(|(r, none)| match none {
        false => blank(r, "quantity", "quantity.undecided"),
        true => AnnotationRecord {
            value: Some(Decimal::ZERO),
            bound: Some(shiryo_model::Bound::Exact.as_str()),
            ..blank(r, "quantity", "quantity.none")
        },
    }));
    records.sort_by_key(|r| r.start);
    records
}

/// Places where a value is said to be undecided (未定), as character ranges.
pub fn undecided(text: &str) -> Vec<std::ops::Range<usize>> {
    open_values(text).into_iter().filter(|(_, none)| !none).map(|(r, _)| r).collect()
}

/// Places where the text says that there is none of what it counts (皆無, 該当なし, 実績なし), as character ranges.
pub fn absent(text: &str) -> Vec<std::ops::Range<usize>> {
    open_values(text).into_iter().filter(|(_, none)| *none).map(|(r, _)| r).collect()
}

/// Words for a value that is no number, and whether they say that there is none.
const OPEN: &[(&str, bool)] = &[
    ("未定", false),
    ("皆無", true),
    ("該当なし", true),
    ("該当無し", true),
    ("実績なし", true),
    ("実績無し", true),
];

/// Where a word of [`OPEN`] stands, and what it says. One look at each character: this runs over every text.
fn open_values(text: &str) -> Vec<(std::ops::Range<usize>, bool)> {
    let mut found = Vec::new();
    for (i, (at, c)) in text.char_indices().enumerate() {
        if !matches!(c, '未' | '皆' | '該' | '実') {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        let Some((word, none)) = OPEN.iter().find(|(w, _)| rest.starts_with(w)) else { continue };
        // 未定義, 未定着: other words.
        let other = rest.strip_prefix("未定").is_some_and(|r| r.starts_with(['義', '着', '稿']));
        if !other {
            found.push((i..i + word.chars().count(), *none));
        }
    }
    found
}

/// What looks like a date but is none on the calendar: the character range and the reason.
pub fn impossible_expressions(text: &str, context: &TimeContext) -> Vec<(std::ops::Range<usize>, String)> {
    if !mention::may_hold_any(text) {
        return Vec::new();
    }
    let source = mention::Source::new(text);
    let found = scan(&source.chars, context, |i| source.gap(i));
    found.impossible.into_iter().map(|(r, why)| (source.range(text, &r), why)).collect()
}
