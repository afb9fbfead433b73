//! How near a paper's observations come to the right answers, where somebody has written them down.
//!
//! A gold file has one JSON object a line, with the fields of an observation and `subject_any` (other wordings that an
//! expert accepts) and `required` (false: neither for nor against). Two levels are counted: the value with its upper
//! end and unit; and `full`, with subject, period and status as well.

use rust_decimal::Decimal;
use serde::Deserialize;
use shiryo_model::Observation;
use std::collections::BTreeMap;
use std::ops::AddAssign;
use unicode_normalization::UnicodeNormalization as _;

/// What is put after a paper's file name.
pub const GOLD_SUFFIX: &str = ".gold.jsonl";

/// Subjects less alike than this are different subjects.
const SAME_SUBJECT: f64 = 0.5;

/// Units that say the same.
const SAME_UNITS: [&[&str]; 5] = [
    &["名", "人", "人数"],
    &["か所", "箇所", "ヶ所", "カ所", "ヵ所", "ケ所"],
    &["%", "パーセント"],
    &["件", "手続"],
    &["か年", "年", "年間"],
];

/// A right answer.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Gold {
    subject: String,
    #[serde(default)]
    subject_any: Vec<String>,
    #[serde(default)]
    measure_label: String,
    value: serde_json::Number,
    value_upper: Option<serde_json::Number>,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    status: String,
    period_start: Option<String>,
    period_end: Option<String>,
    #[serde(default)]
    dimensions: BTreeMap<String, String>,
    #[serde(default)]
    evidence: String,
    #[serde(default = "yes")]
    required: bool,
}

fn yes() -> bool {
    true
}

/// How many answers are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    /// Right answers that any careful reader would give.
    pub gold: usize,
    /// Observations that count.
    pub given: usize,
    /// Observations whose value and unit are right.
    pub value: usize,
    /// Observations that are right in subject, period and status as well.
    pub full: usize,
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.gold += other.gold;
        self.given += other.given;
        self.value += other.value;
        self.full += other.full;
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let share = |hits: usize, of: usize| if of == 0 { 0.0 } else { hits as f64 / of as f64 };
        write!(f, "gold {}, found {}", self.gold, self.given)?;
        for (name, hits) in [("value", self.value), ("full", self.full)] {
            let (p, r) = (share(hits, self.given), share(hits, self.gold));
            let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
            write!(f, "; {name} P {p:.3} R {r:.3} F1 {f1:.3}")?;
        }
        Ok(())
    }
}

/// Reads a gold file.
pub(super) fn parse(text: &str) -> Result<Vec<Gold>, String> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(n, line)| serde_json::from_str(line).map_err(|e| format!("line {n}: {e}"))).collect()
}

/// What is right of one pair.
#[derive(Debug, Clone, Copy)]
struct Verdict {
    full: bool,
    likeness: f64,
}

/// Scores `given` against `gold`; each answer is used once, the likest pairs first.
pub(super) fn score(gold: &[Gold], given: &[Observation]) -> Score {
    let mut pairs: Vec<(Verdict, usize, usize)> = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        pairs.extend(given.iter().enumerate().filter_map(|(j, o)| judge(g, o).map(|v| (v, i, j))));
    }
    pairs.sort_by(|a, b| b.0.likeness.total_cmp(&a.0.likeness));
    let (mut free_gold, mut free_given) = (vec![true; gold.len()], vec![true; given.len()]);
    let mut result =
        Score { gold: gold.iter().filter(|g| g.required).count(), given: given.len(), ..Score::default() };
    for (verdict, i, j) in pairs {
        let (Some(a), Some(b), Some(g)) = (free_gold.get_mut(i), free_given.get_mut(j), gold.get(i)) else {
            continue;
        };
        if !(*a && *b) {
            continue;
        }
        (*a, *b) = (false, false);
        if g.required {
            result.value += 1;
            result.full += usize::from(verdict.full);
        } else {
            result.given -= 1;
        }
    }
    result
}

fn judge(gold: &Gold, given: &Observation) -> Option<Verdict> {
    let same_value = number(&gold.value) == Some(given.value.normalize())
        && gold.value_upper.as_ref().and_then(number) == given.value_upper.map(|v| v.normalize())
        && same_unit(&gold.unit, &given.unit);
    if !same_value {
        return None;
    }
    let alike = subject_likeness(gold, given);
    let day = |wanted: &Option<String>, day: Option<jiff::civil::Date>| {
        wanted.as_ref().is_none_or(|w| w.is_empty() || day.is_some_and(|d| d.to_string() == *w))
    };
    let period = day(&gold.period_start, given.period_start) && day(&gold.period_end, given.period_end);
    let status = matches!(gold.status.as_str(), "" | "unknown") || gold.status == given.status.as_str();
    let (wanted, read) = (folded(&gold.evidence), folded(&given.evidence));
    let lead: String = wanted.chars().take(12).collect();
    let same_place = read.contains(&lead) || wanted.contains(&read);
    let flag = |yes: bool, weight: f64| if yes { weight } else { 0.0 };
    Some(Verdict {
        full: alike >= SAME_SUBJECT && period && status,
        likeness: alike
            + flag(period, 1.0)
            + flag(status, 1.0)
            + flag(same_place, 0.5)
            + flag(gold.required, 0.25),
    })
}

fn number(n: &serde_json::Number) -> Option<Decimal> {
    let text = n.to_string();
    text.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&text)).ok().map(|d| d.normalize())
}

fn same_unit(gold: &str, given: &str) -> bool {
    let (gold, given): (String, String) = (gold.nfkc().collect(), given.nfkc().collect());
    gold.is_empty()
        || gold == given
        || SAME_UNITS.iter().any(|units| units.contains(&gold.as_str()) && units.contains(&given.as_str()))
}

/// Letters and digits alone, in one form.
fn folded(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

fn subject_likeness(gold: &Gold, given: &Observation) -> f64 {
    let read = folded(&given.subject);
    let inside =
        |a: &str, b: &str| a.chars().count().min(b.chars().count()) >= 3 && (a.contains(b) || b.contains(a));
    let wordings = [&gold.subject].into_iter().chain(&gold.subject_any).map(|s| folded(s));
    let best = wordings
        .filter(|s| !s.is_empty() && !read.is_empty())
        .map(|s| if inside(&s, &read) { 1.0 } else { dice(&s, &read) })
        .fold(0.0, f64::max);
    let all = |subject: &str, label: &str, dimensions: &BTreeMap<String, String>| {
        folded(
            &[subject, label].into_iter().chain(dimensions.values().map(String::as_str)).collect::<String>(),
        )
    };
    let whole = dice(
        &all(&gold.subject, &gold.measure_label, &gold.dimensions),
        &all(&given.subject, &given.measure_label, &given.dimensions),
    );
    best.max(whole)
}

/// Pairs of neighbouring characters that two texts share, as a share of all.
fn dice(a: &str, b: &str) -> f64 {
    let pairs = |text: &str| {
        let chars: Vec<char> = text.chars().collect();
        let pairs: Vec<String> = chars.windows(2).map(|w| w.iter().collect()).collect();
        if pairs.is_empty() { vec![text.to_owned()] } else { pairs }
    };
    let (a, b) = (pairs(a), pairs(b));
    let (a, b): (Vec<&str>, Vec<&str>) =
        (a.iter().map(String::as_str).collect(), b.iter().map(String::as_str).collect());
    f64::from(super::align::alike(&a, &b)) / f64::from(super::align::EQUAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(subject: &str, value: &str, unit: &str) -> Observation {
        Observation {
            subject: subject.to_owned(),
            value: value.parse().unwrap(),
            unit: unit.to_owned(),
            period_start: Some(jiff::civil::date(2023, 4, 1)),
            status: shiryo_model::Status::Actual,
            ..Observation::default()
        }
    }

    const GOLD: &str = r#"{"subject":"相談窓口","subject_any":["窓口"],"value":1600000000,"value_upper":null,"unit":"円","status":"actual","period_start":"2023-04-01","period_end":null}
{"subject":"講座","value":53.1,"unit":"人","status":"unknown","period_start":null,"period_end":null}
{"subject":"定義","value":500,"unit":"件","status":"unknown","period_start":null,"period_end":null,"required":false}"#;

    #[test]
    fn answers_are_counted_once_and_optional_ones_not_at_all() {
        let gold = parse(GOLD).unwrap();
        let right =
            [given("相談窓口", "1600000000", "円"), given("講座", "53.10", "名"), given("定義", "500", "件")];
        let all = score(&gold, &right);
        assert_eq!(all, Score { gold: 2, given: 2, value: 2, full: 2 });
        assert!(all.to_string().ends_with("full P 1.000 R 1.000 F1 1.000"), "{all}");
        let twice = [given("相談窓口", "1600000000", "円"), given("相談窓口", "1600000000", "円")];
        assert_eq!(score(&gold, &twice), Score { gold: 2, given: 2, value: 1, full: 1 });
        let elsewhere = [given("公園の面積", "53.1", "人"), given("講座", "53", "人")];
        assert_eq!(score(&gold, &elsewhere), Score { gold: 2, given: 2, value: 1, full: 0 });
        assert!(parse("{\"value\": 1}").unwrap_err().starts_with("line 1"));
    }
}
