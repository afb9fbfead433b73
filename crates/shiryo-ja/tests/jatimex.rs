//! ja-timex's own expectations, where a reader of documents should agree with them. Skipped when the shared
//! corpus is not there.

use rust_decimal::Decimal;
use serde_json::Value;
use shiryo_ja::{MentionKind, TimeContext, annotate};

/// Cases that contradict how papers of offices are read, with the reason. A case that comes to agree must leave
/// the list; these are not among the cases that we should agree with.
const CONTRARY: &[(&str, &str)] = &[
    ("0011", DAY),
    ("0573", DAY),
    ("0584", DAY),
    ("0066", "(月) heads columns of monthly figures: a day of the week is read with 曜 or after a date"),
    ("0083", QUARTER),
    ("0085", QUARTER),
    ("0166", QUARTER),
    ("0099", BC),
    ("0101", BC),
    ("0103", BC),
    ("0223", "100秒5 is spoken, not written; 100.5秒 is read"),
    ("0474", ORDINAL),
    ("0568", ORDINAL),
    ("0577", "500年はかかる is a length of time"),
];

/// Cases that we should agree with and do not yet.
const NOT_YET: &[(&str, &str)] =
    &[("0227", "months and days have no unit in common: 1年2ヶ月10日 is read as 14か月 and 10日")];

const DAY: &str = "a day without a month is a number of days in papers (18日 under 日数)";
const QUARTER: &str = "Q2 without a year is the second question";
const BC: &str = "read as a time, but the dataset's dates (YYYY-MM-DD) begin with our era";
const ORDINAL: &str = "3ヶ月目 is a place in an order, which the contract keeps apart from lengths";

/// What a case expects of us: a date with these ends, or a length of time with this number.
fn agrees(case: &Value) -> Option<bool> {
    let input = case["input"].as_str()?;
    let mentions = annotate(input, &TimeContext::default());
    let mut judged = None;
    for entity in case["entities"].as_array()? {
        let kind = entity["type"].as_str().or(entity["type_inferred"].as_str());
        let value = entity["value"].as_str();
        let ok = match (kind, value) {
            (Some("DATE"), Some(v)) => mentions.iter().any(|m| is_date(&m.kind, v)),
            (Some("DURATION"), Some(v)) => mentions.iter().any(|m| is_length(&m.kind, v)),
            (Some("DATE"), None) => mentions.iter().any(|m| matches!(m.kind, MentionKind::Time(_))),
            _ => continue,
        };
        judged = Some(judged.unwrap_or(true) && ok);
    }
    judged
}

/// 2021-07-XX and the like against a period; parts left open (XXXX) hold for an unresolved one.
fn is_date(kind: &MentionKind, value: &str) -> bool {
    let MentionKind::Time(t) = kind else { return false };
    let Some((start, end)) = t.period.start.zip(t.period.end) else {
        return value.starts_with("XXXX") && !value.contains('W') && !value.contains('Q');
    };
    let (first, last) = (start.to_string(), end.to_string());
    // 10XX is the eleventh century, which runs from 1001 to 1100; 2021-SU a season, by its months.
    if let Some(century) = value.strip_suffix("XX").filter(|c| c.len() == 2) {
        return first == format!("{century}01-01-01")
            && last == format!("{:02}00-12-31", century.parse::<u8>().unwrap_or_default() + 1);
    }
    let seasons = [
        ("SP", "03-01", "05-31"),
        ("SU", "06-01", "08-31"),
        ("FA", "09-01", "11-30"),
        ("WI", "12-01", "02-2"),
    ];
    if let Some((_, from, to)) = seasons.iter().find(|(s, ..)| value.ends_with(s)) {
        return first == format!("{}{from}", &value[..5]) && last[5..].starts_with(to);
    }
    let fits = |d: &str| d.chars().zip(value.chars()).all(|(a, b)| a == b || b == 'X');
    fits(&first) && fits(&last)
}

/// Months, days and seconds of P1Y2M, PT1H30M.
fn length(value: &str) -> (Decimal, Decimal, Decimal) {
    let (mut months, mut days, mut seconds) = Default::default();
    let (mut digits, mut clock) = (String::new(), false);
    for c in value.chars().skip(1) {
        if c.is_ascii_digit() || c == '.' {
            digits.push(c);
            continue;
        }
        let n: Decimal = digits.parse().unwrap_or_default();
        digits.clear();
        match (c, clock) {
            ('T', _) => clock = true,
            ('Y', _) => months += n * Decimal::from(12),
            ('M', false) => months += n,
            ('W', _) => days += n * Decimal::from(7),
            ('D', _) => days += n,
            ('H', _) => seconds += n * Decimal::from(3600),
            ('M', true) => seconds += n * Decimal::from(60),
            _ => seconds += n,
        }
    }
    (months, days, seconds)
}

/// P5.5M, PT100H against one quantity; P1Y of 年1回 against what the quantity is counted per.
fn is_length(kind: &MentionKind, value: &str) -> bool {
    let q = match kind {
        MentionKind::Quantity(q) => q,
        // 再来年, 今日, 毎年: read as the time meant.
        MentionKind::Time(t) => return t.relative,
    };
    let per = [("年", "P1Y"), ("月", "P1M"), ("週", "P1W"), ("日", "P1D")];
    if per.contains(&(q.per.as_str(), value)) {
        return true;
    }
    let (v, none) = (q.value, Decimal::ZERO);
    let read = match q.unit.as_str() {
        "年" => (v * Decimal::from(12), none, none),
        "か月" => (v, none, none),
        "週間" => (none, v * Decimal::from(7), none),
        "日" => (none, v, none),
        "時間" => (none, none, v * Decimal::from(3600)),
        "分" => (none, none, v * Decimal::from(60)),
        "秒" => (none, none, v),
        _ => return false,
    };
    read == length(value)
}

#[test]
fn agrees_with_ja_timex_where_documents_do() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpus/jatimex.jsonl");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("skipped: {path} is not there");
        return;
    };
    let (mut agree, mut total, mut wrong) = (0, 0, Vec::new());
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).expect("the corpus is JSON lines");
        let flags = case["flags"].to_string();
        let apart = ["normaliser_output", "parser_option", "ambiguous", "wrong:", "fiscal_year_word"]
            .iter()
            .any(|f| flags.contains(f));
        let Some(ok) = (!apart).then(|| agrees(&case)).flatten() else { continue };
        let id = case["id"].as_str().and_then(|i| i.rsplit('.').next()).unwrap_or_default();
        let contrary = CONTRARY.iter().any(|(d, _)| *d == id);
        if ok == (contrary || NOT_YET.iter().any(|(d, _)| *d == id)) {
            wrong.push(format!("{id} {} {}", case["input"], if ok { "agrees now" } else { "disagrees" }));
        }
        total += usize::from(!contrary);
        agree += usize::from(ok);
    }
    println!("{agree} of {total} agree; {} more are read otherwise on purpose", CONTRARY.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(agree * 100 >= total * 95, "{agree} of {total}");
}
