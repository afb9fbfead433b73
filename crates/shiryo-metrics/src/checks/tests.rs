//! Reckonings on small tables, each in its own words, and on arbitrary ones.

use super::*;
use crate::Observer;
use proptest::prelude::*;
use shiryo_model::{
    Aggregation, Block, BlockKind, Cell, Context, DocumentContent, DocumentFacts, LineStart, Place, Text,
};
use std::sync::LazyLock;

static OBSERVER: LazyLock<Observer> = LazyLock::new(|| Observer::new(None).expect("an observer"));

fn text(words: &str) -> Text {
    Text {
        text: words.to_owned(),
        raw: words.to_owned(),
        map: (0..words.chars().count() as u32).collect(),
        lines: vec![LineStart { start: 0, place: Place { line: Some(1), ..Place::default() } }],
        ..Text::default()
    }
}

/// A table of `|`-separated cells with one header row and one label column.
fn table(unit: &str, rows: &[String]) -> Table {
    let grid: Vec<Vec<&str>> = rows.iter().map(|r| r.split('|').map(str::trim).collect()).collect();
    let n_cols = grid.iter().map(Vec::len).max().unwrap_or(0) as u32;
    let cell = |(row, col, words): (usize, usize, &&str)| Cell {
        row: row as u32,
        col: col as u32,
        row_span: 1,
        col_span: 1,
        text: text(words),
        ..Cell::default()
    };
    let cells = grid
        .iter()
        .enumerate()
        .flat_map(|(r, row)| {
            row.iter().enumerate().filter(|(_, w)| !w.is_empty()).map(move |(c, w)| (r, c, w))
        })
        .map(cell)
        .collect();
    Table {
        id: "paper-t01".to_owned(),
        caption: text("相談の状況"),
        unit: text(unit),
        n_rows: grid.len() as u32,
        n_cols,
        header_rows: 1,
        label_cols: 1,
        confidence: 1.0,
        cells,
        ..Table::default()
    }
}

fn read(table: &Table) -> (Vec<Observation>, Vec<Diagnostic>) {
    let block = Block { kind: BlockKind::Table, table: Some(0), ..Block::default() };
    let content =
        DocumentContent { blocks: vec![block], tables: vec![table.clone()], ..DocumentContent::default() };
    OBSERVER.observe(&content, &DocumentFacts::default())
}

/// Agreeing checks, and what is told of the others.
fn outcome(unit: &str, rows: &[&str]) -> (usize, Vec<String>) {
    let rows: Vec<String> = rows.iter().map(|r| (*r).to_owned()).collect();
    let table = table(unit, &rows);
    let (observations, diagnostics) = read(&table);
    let agree = find(&[table], &observations).iter().filter(|c| c.agrees).count();
    (agree, diagnostics.into_iter().map(|d| d.message).collect())
}

#[test]
fn totals_that_add_up_are_surer_and_say_so() {
    let rows =
        ["区分|相談件数(件)|参加者数(人)", "東地区|120|34", "西地区|80|△4", "南地区|－|10", "合計|200|40"];
    let (agree, told) = outcome("", &rows);
    assert_eq!((agree, told), (2, Vec::new()));
    let rows: Vec<String> = rows.iter().map(|r| (*r).to_owned()).collect();
    let (observations, _) = read(&table("", &rows));
    assert!(observations.iter().all(|o| o.rule.ends_with(".reckoned") && o.confidence <= MOST));
}

#[test]
fn a_total_that_does_not_add_up_is_told_with_both_figures() {
    let rows =
        ["区分|相談件数(件)|参加者数(人)", "東地区|120|34", "西地区|81|25", "南地区|55|10", "合計|255|69"];
    let (agree, told) = outcome("", &rows);
    assert_eq!(agree, 1);
    assert_eq!(told.len(), 1);
    assert!(
        told[0].contains("255件") && told[0].contains("256件") && told[0].contains("(row 4, column 1)"),
        "{told:?}"
    );
    let rows: Vec<String> = rows.iter().map(|r| (*r).to_owned()).collect();
    let (observations, _) = read(&table("", &rows));
    let wrong: Vec<_> =
        observations.iter().filter(|o| o.rule.ends_with(".contradicted")).map(|o| o.value).collect();
    assert_eq!(wrong, [120, 81, 55, 255].map(Decimal::from), "values are never changed");
}

#[test]
fn subtotals_and_totals_above_their_parts() {
    let rows = [
        "区分|相談件数(件)",
        "東地区|120",
        "西地区|80",
        "小計|200",
        "南地区|30",
        "北地区|25",
        "小計|55",
        "合計|255",
    ];
    assert_eq!(outcome("", &rows), (3, Vec::new()));
    let rows =
        ["区分|相談件数(件)|参加者数(人)", "総数|255|70", "東地区|120|30", "西地区|80|25", "南地区|55|15"];
    assert_eq!(outcome("", &rows), (2, Vec::new()));
}

#[test]
fn columns_add_up_too() {
    let rows =
        ["区分|4月(件)|5月(件)|6月(件)|計(件)", "窓口|12|15|20|47", "電話|100|110|95|305", "来所|7|9|5|22"];
    let (agree, told) = outcome("", &rows);
    assert_eq!((agree, told.len()), (2, 1), "{told:?}");
}

#[test]
fn no_alarm_where_figures_are_rounded_counted_again_or_of_another_nature() {
    // Rounded to thousands.
    let rows = [
        "区分|予算額|決算額",
        "東地区|1,235|1,000",
        "西地区|2,346|1,500",
        "南地区|3,417|300",
        "合計|6,997|2,800",
    ];
    assert_eq!(outcome("単位:千円", &rows), (2, Vec::new()));
    // うち is in the row above it; 再掲 is counted elsewhere.
    let rows = [
        "区分|相談件数(件)|参加者数(人)",
        "東地区|120|34",
        "うち新規|20|4",
        "西地区|80|26",
        "再掲 夜間|30|9",
        "合計|200|60",
    ];
    assert_eq!(outcome("", &rows), (2, Vec::new()));
    // Averages, rates and distinct people do not add up.
    let rows = [
        "区分|相談件数(件)|平均時間(時間)|実施率(%)|実人数(人)",
        "東地区|120|3|50|70",
        "西地区|80|5|70|50",
        "合計|200|4|58|90",
    ];
    assert_eq!(outcome("", &rows), (1, Vec::new()));
    // Words among the figures may stand for some.
    let rows = ["区分|窓口数", "東地区|2か所", "本庁舎|各課", "西地区|5か所", "合計|9か所"];
    assert_eq!(outcome("", &rows), (0, Vec::new()));
    // A list of the greatest, not of all.
    let rows = ["主な事業|事業費(千円)", "甲事業|100", "乙事業|50", "合計|900"];
    assert_eq!(outcome("", &rows), (0, Vec::new()));
}

#[test]
fn changes_rates_and_shares_are_learned_and_checked() {
    let rows = [
        "区分|令和5年度 相談件数(件)|令和6年度 相談件数(件)|増減(件)|増減率(%)|構成比(%)",
        "東地区|100|120|20|20.0|48.0",
        "西地区|80|76|△4|△5.0|30.4",
        "南地区|50|54|4|8.0|21.6",
        "合計|230|250|20|8.7|100.0",
    ];
    let (agree, told) = outcome("", &rows);
    assert_eq!(told, Vec::<String>::new());
    assert!(agree >= 2 + 4 + 4 + 3, "{agree}");
    let wrong = rows.map(|r| r.replace("△4|△5.0", "△4|△6.0"));
    let (_, told) = outcome("", &wrong.each_ref().map(String::as_str));
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("rate of change"), "{told:?}");
}

#[test]
fn running_totals_follow_the_years() {
    let rows = [
        "年度|導入件数(件)|累計(件)",
        "令和2年度|10|10",
        "令和3年度|25|35",
        "令和4年度|30|65",
        "令和5年度|40|105",
        "令和6年度|12|118",
    ];
    let (agree, told) = outcome("", &rows);
    assert_eq!((agree, told.len()), (3, 1), "{told:?}");
    assert!(told[0].contains("118件") && told[0].contains("117件"), "{told:?}");
}

fn prose(value: i64, unit: &str, phase: &str, aggregation: Aggregation) -> Observation {
    let mut o = Observation {
        subject: "入力業務".into(),
        value: value.into(),
        unit: unit.into(),
        line: Some(3),
        evidence: format!("{value}{unit}"),
        aggregation,
        confidence: 0.9,
        ..Observation::default()
    };
    if !phase.is_empty() {
        o.dimensions.insert("phase".into(), phase.into());
    }
    o
}

#[test]
fn before_after_and_the_cut_between_them() {
    let sentence = |cut| {
        let mut all = [
            prose(500, "時間", "before", Aggregation::Point),
            prose(200, "時間", "after", Aggregation::Point),
            prose(cut, "%", "", Aggregation::Change),
        ];
        (settle(&[], &mut all).len(), all[2].rule.clone())
    };
    assert_eq!(sentence(60), (0, ".reckoned".to_owned()));
    assert_eq!(sentence(40), (1, ".contradicted".to_owned()));
}

#[test]
fn charts_share_a_whole() {
    let item = |name: &str, value: i64, unit: &str| {
        let mut o = prose(value, unit, "", Aggregation::Point);
        o.context = Context::Figure;
        o.dimensions.insert("item".into(), name.into());
        o.subject = format!("受付の内訳 / {name}");
        o
    };
    let mut all = [
        item("甲", 60, "件"),
        item("甲", 60, "%"),
        item("乙", 30, "件"),
        item("乙", 30, "%"),
        item("丙", 10, "件"),
        item("丙", 19, "%"),
    ];
    let told = settle(&[], &mut all);
    assert_eq!(told.len(), 1);
    assert!(told[0].message.contains("19%") && told[0].message.contains("10%"), "{told:?}");
}

#[test]
fn a_share_in_brackets_is_that_of_the_whole_before() {
    let mut all = [
        prose(120, "か所", "", Aggregation::Point),
        prose(90, "か所", "", Aggregation::Point),
        prose(75, "%", "", Aggregation::Ratio),
    ];
    all[2].rule = "prose.bracket.clause".into();
    let told = settle(&[], &mut all);
    assert!(told.is_empty(), "{told:?}");
    assert!(all[2].rule.ends_with(".reckoned"), "{}", all[2].rule);
    // Of what else a share may be is not known: no alarm.
    let mut other = all.clone();
    other[2].rule = "prose.bracket.clause".into();
    other[2].value = 60.into();
    assert!(settle(&[], &mut other).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Tables whose totals are right give no alarm; one wrong figure in many columns is found; values stay.
    #[test]
    fn right_totals_are_silent_and_a_wrong_one_is_told(
        figures in proptest::collection::vec(proptest::array::uniform4(1i64..5000), 2..7),
        wrong in 0usize..4,
        by in 1i64..40,
    ) {
        let header = "区分|相談件数(件)|受付件数(件)|処理件数(件)|照会件数(件)".to_owned();
        let sums = |extra: [i64; 4]| -> [i64; 4] {
            std::array::from_fn(|c| figures.iter().map(|r| r[c]).sum::<i64>() + extra[c])
        };
        let row = |name: &str, r: &[i64; 4]| format!("{name}|{}", r.map(|v| v.to_string()).join("|"));
        let body: Vec<String> = figures.iter().enumerate().map(|(i, r)| row(&format!("第{}地区", i + 1), r)).collect();
        let whole = |extra: [i64; 4]| {
            let mut rows = vec![header.clone()];
            rows.extend(body.iter().cloned());
            rows.push(row("合計", &sums(extra)));
            table("", &rows)
        };
        let (_, told) = read(&whole([0; 4]));
        prop_assert!(told.is_empty(), "{told:?}");
        let mut extra = [0; 4];
        extra[wrong] = by;
        let (observations, told) = read(&whole(extra));
        let near = sums([0; 4])[wrong] * 2 >= by;
        prop_assert!(!near || told.len() == 1, "{told:?}");
        let last = observations.iter().filter(|o| o.row == Some(figures.len() as u32 + 1)).map(|o| o.value);
        prop_assert!(last.eq(sums(extra).map(Decimal::from)));
    }

    /// Observations that fit no table, and any figures at all, neither panic nor leave the range of confidence.
    #[test]
    fn arbitrary_observations_are_survived(
        places in proptest::collection::vec((0u32..9, 0u32..9, any::<i64>(), 0u32..29, 0usize..4), 0..60),
        rows in 0u32..8, cols in 0u32..8,
    ) {
        let table = Table { id: "t".into(), n_rows: rows, n_cols: cols, ..Table::default() };
        let mut all: Vec<Observation> = places
            .iter()
            .map(|&(row, col, digits, scale, unit)| Observation {
                table_id: "t".into(),
                row: Some(row),
                col: Some(col),
                value: Decimal::new(digits, scale.min(28)),
                unit: ["件", "%", "円", ""][unit].into(),
                evidence: digits.to_string(),
                confidence: 0.9,
                dimensions: [("row".to_owned(), "total".to_owned())].into_iter().filter(|_| row == 3).collect(),
                ..Observation::default()
            })
            .collect();
        let before: Vec<Decimal> = all.iter().map(|o| o.value).collect();
        settle(&[table], &mut all);
        prop_assert!(all.iter().map(|o| o.value).eq(before));
        prop_assert!(all.iter().all(|o| (0.0..=1.0).contains(&o.confidence)));
    }
}
