//! ja-timex's own expectations, where a reader of documents should agree with them. Skipped when the shared
//! corpus is not there.

use serde_json::Value;
use shiryo_ja::{MentionKind, TimeContext, annotate};

/// Cases where we read otherwise, with the reason. A case that comes to agree must leave the list.
const DISAGREE: &[(&str, &str)] = &[
    ("0011", DAY),
    ("0573", DAY),
    ("0584", DAY),
    ("0642", DAY),
    ("0066", WEEKDAY),
    ("0071", SEASON),
    ("0073", SEASON),
    ("0075", SEASON),
    ("0083", QUARTER),
    ("0085", QUARTER),
    ("0166", QUARTER),
    ("0097", CENTURY),
    ("0099", CENTURY),
    ("0101", CENTURY),
    ("0103", CENTURY),
    ("0168", CENTURY),
    ("0170", CENTURY),
    ("0179", "なかば after a year is read as the year"),
    ("0223", "100秒5 is no Japanese of documents"),
    ("0225", COMPOUND),
    ("0227", COMPOUND),
    ("0229", COMPOUND),
    ("0247", HALF),
    ("0249", HALF),
    ("0251", HALF),
    ("0462", HALF),
    ("0464", HALF),
    ("0466", HALF),
    ("0469", HALF),
    ("0472", HALF),
    ("0566", HALF),
    ("0597", HALF),
    ("0433", WEEK),
    ("0435", WEEK),
    ("0439", "先々月: not yet"),
    ("0450", "今世紀: not yet"),
    ("0474", ORDINAL),
    ("0568", ORDINAL),
    ("0546", RECURRING),
    ("0548", RECURRING),
    ("0550", RECURRING),
    ("0552", RECURRING),
    ("0484", RECURRING),
    ("0486", RECURRING),
    ("0490", RECURRING),
    ("0492", RECURRING),
    ("0577", "500年はかかる is a length of time"),
    ("0604", "十分な食料 is enough food, not ten minutes"),
];

const DAY: &str = "a day without a month is a number of days unless a month was told";
const WEEKDAY: &str = "a day of the week alone dates nothing";
const SEASON: &str = "a season after a bare number: 夏 follows 年 in documents";
const QUARTER: &str = "Q2 without a year is a label";
const CENTURY: &str = "centuries are lengths or names here, not dates";
const COMPOUND: &str = "1年2ヶ月 is read as two quantities";
const HALF: &str = "半年 has no numeral";
const WEEK: &str = "weeks relative to today are not resolved";
const ORDINAL: &str = "3ヶ月目 is a place in an order";
const RECURRING: &str = "recurring times state no interval";

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
    let fits =
        |d: jiff::civil::Date| d.to_string().chars().zip(value.chars()).all(|(a, b)| a == b || b == 'X');
    fits(start) && fits(end)
}

/// P5.5M, PT100H against a quantity.
fn is_length(kind: &MentionKind, value: &str) -> bool {
    let units: &[(char, &str)] = if value.starts_with("PT") {
        &[('H', "時間"), ('M', "分"), ('S', "秒")]
    } else {
        &[('Y', "年"), ('M', "か月"), ('W', "週間"), ('D', "日")]
    };
    let number: String = value.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let unit = value.chars().last().and_then(|last| units.iter().find(|(c, _)| *c == last));
    match kind {
        MentionKind::Quantity(q) => unit.is_some_and(|(_, u)| *u == q.unit) && q.value.to_string() == number,
        // 再来年, 今日: read as the time meant.
        MentionKind::Time(t) => t.relative,
    }
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
        let listed = DISAGREE.iter().any(|(d, _)| *d == id);
        if ok == listed {
            wrong.push(format!("{id} {} {}", case["input"], if ok { "agrees now" } else { "disagrees" }));
        }
        total += 1;
        agree += usize::from(ok);
    }
    println!("{agree} of {total} agree, {} listed", DISAGREE.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}
