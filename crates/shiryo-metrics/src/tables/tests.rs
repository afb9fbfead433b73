//! Table shapes, each small and in its own words.

use super::*;
use jiff::civil::date;
use shiryo_model::{LineStart, Place as TextPlace, Text};

/// A text as `shiryo-ja` would build it from one line.
fn text(words: &str) -> Text {
    Text {
        text: words.to_owned(),
        raw: words.to_owned(),
        map: (0..words.chars().count() as u32).collect(),
        lines: vec![LineStart { start: 0, place: TextPlace { line: Some(1), ..TextPlace::default() } }],
        ..Text::default()
    }
}

/// A table from rows of `|`-separated cells; `<` continues the cell to the left, `^` the one above.
fn table(caption: &str, header_rows: u32, label_cols: u32, rows: &[&str]) -> Table {
    let grid: Vec<Vec<&str>> = rows.iter().map(|r| r.split('|').map(str::trim).collect()).collect();
    let n_cols = grid.iter().map(Vec::len).max().unwrap_or(0);
    let mut cells = Vec::new();
    for (r, row) in grid.iter().enumerate() {
        for (c, words) in row.iter().enumerate() {
            if words.is_empty() || *words == "<" || *words == "^" {
                continue;
            }
            let col_span = 1 + row[c + 1..].iter().take_while(|w| **w == "<").count() as u32;
            let row_span = 1 + grid[r + 1..].iter().take_while(|x| x.get(c) == Some(&"^")).count() as u32;
            cells.push(Cell {
                row: r as u32,
                col: c as u32,
                row_span,
                col_span,
                text: text(&words.replace('/', "\n")),
                ..Cell::default()
            });
        }
    }
    Table {
        caption: text(caption),
        n_rows: grid.len() as u32,
        n_cols: n_cols as u32,
        header_rows,
        label_cols,
        confidence: 1.0,
        cells,
        ..Table::default()
    }
}

/// Observations as lines: `subject | label | value unit | status | start..end | department`.
fn lines(table: &Table) -> Vec<String> {
    let mut scope = Scope { context: Context::Table, ..Scope::default() };
    scope.time.reference = Some(date(2024, 11, 1));
    let observer = crate::Observer::new(None).expect("an observer");
    let show = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    read(table, &scope, observer.tools())
        .iter()
        .map(|o| {
            let (start, end) = (show(o.period_start), show(o.period_end));
            format!(
                "{}|{}|{}{}|{}|{start}..{end}|{}",
                o.subject,
                o.measure_label,
                o.value,
                o.unit,
                o.status.as_str(),
                o.department
            )
        })
        .collect()
}

#[test]
fn measures_in_columns_with_departments() {
    let t = table(
        "",
        1,
        2,
        &[
            "所管課|作業名|年間処理件数|備考",
            "税務課|照合作業|1,200|月次",
            "^|入力作業|340|",
            "福祉課|集計作業|－|未着手",
        ],
    );
    assert_eq!(
        lines(&t),
        ["照合作業|年間処理件数|1200件|actual|..|税務課", "入力作業|年間処理件数|340件|actual|..|税務課"]
    );
}

#[test]
fn years_in_header_words() {
    let t = table("", 1, 1, &["区分|対象手続数|R4対応済手続数", "申込の多いもの※2|20|2"]);
    let got = lines(&t);
    assert_eq!(got.len(), 2, "{got:?}");
    assert!(got[1].starts_with("申込の多いもの|R4対応済手続数|2手続|actual|"), "{got:?}");
}

#[test]
fn years_as_columns_and_measures_as_rows() {
    let t = table(
        "図書館の利用",
        1,
        1,
        &["項目|R3|R4|R7", "貸出冊数|5,000|5,500|6,000", "来館者数|900|950|1,000"],
    );
    assert_eq!(
        lines(&t),
        [
            "図書館の利用 / 貸出冊数|貸出冊数|5000冊|actual|2021-04-01..2022-03-31|",
            "図書館の利用 / 貸出冊数|貸出冊数|5500冊|actual|2022-04-01..2023-03-31|",
            "図書館の利用 / 貸出冊数|貸出冊数|6000冊|plan|2025-04-01..2026-03-31|",
            "図書館の利用 / 来館者数|来館者数|900人|actual|2021-04-01..2022-03-31|",
            "図書館の利用 / 来館者数|来館者数|950人|actual|2022-04-01..2023-03-31|",
            "図書館の利用 / 来館者数|来館者数|1000人|plan|2025-04-01..2026-03-31|",
        ]
    );
}

#[test]
fn halves_of_years_as_rows() {
    let t = table("年度ごとの申請数", 1, 2, &["#|年度|上期|下期|備考", "1|R4年度|0|12|", "2|R5年度|23|30|"]);
    assert_eq!(
        lines(&t),
        [
            "年度ごとの申請数|申請数|0件|actual|2022-04-01..2022-09-30|",
            "年度ごとの申請数|申請数|12件|actual|2022-10-01..2023-03-31|",
            "年度ごとの申請数|申請数|23件|actual|2023-04-01..2023-09-30|",
            "年度ごとの申請数|申請数|30件|actual|2023-10-01..2024-03-31|",
        ]
    );
}

#[test]
fn months_as_columns() {
    let t = table("在宅勤務の利用者数", 1, 1, &["|4月|3月", "R4年度|234|259"]);
    assert_eq!(
        lines(&t),
        [
            "在宅勤務の利用者数|利用者数|234人|actual|2022-04-01..2022-04-30|",
            "在宅勤務の利用者数|利用者数|259人|actual|2023-03-01..2023-03-31|",
        ]
    );
}

#[test]
fn editing_marks_printed_with_the_cells_say_nothing() {
    let t = table(
        "在宅勤務の利用者数",
        1,
        1,
        &["←|4月←|5月←|6月←", "R5年度←|—←|170←|1,140←", "R6年度←|493←|←|←"],
    );
    assert_eq!(
        lines(&t),
        [
            "在宅勤務の利用者数|利用者数|170人|actual|2023-05-01..2023-05-31|",
            "在宅勤務の利用者数|利用者数|1140人|actual|2023-06-01..2023-06-30|",
            "在宅勤務の利用者数|利用者数|493人|actual|2024-04-01..2024-04-30|",
        ]
    );
}

#[test]
fn money_in_thousands_beside_rates() {
    let mut t = table(
        "",
        2,
        1,
        &["款|令和4年度|<|<", "^|予算額|決算額|執行率", "総務費|1,000|900|90.0", "合計|1,000|900|90.0"],
    );
    t.unit = text("(単位:千円)");
    let got = lines(&t);
    assert_eq!(got.len(), 6, "{got:?}");
    assert!(got[0].starts_with("総務費|予算額|1000000円|plan|"), "{got:?}");
    assert!(got[1].starts_with("総務費|決算額|900000円|actual|"), "{got:?}");
    assert!(got[2].starts_with("総務費|執行率|90"), "{got:?}");
    assert!(got[2].contains('%'), "{got:?}");
}

#[test]
fn totals_are_marked() {
    let t = table("窓口の数", 1, 1, &["地区|か所数", "東|3", "計|3"]);
    let observer = crate::Observer::new(None).expect("an observer");
    let got = read(&t, &Scope::default(), observer.tools());
    assert_eq!(got[1].subject, "窓口の数 / 計");
    assert_eq!(got[1].dimensions.get("row").map(String::as_str), Some("total"));
    assert!(got[0].dimensions.is_empty());
}

#[test]
fn marks_enumerators_and_dates_give_nothing() {
    let t = table(
        "",
        1,
        1,
        &[
            "No|取組|R4|R5|開始日|電話",
            "1|相談窓口|〇|－|5/7|03-1111-2222",
            "2|講習会|－|〇|5/8|03-1111-2223",
        ],
    );
    assert_eq!(lines(&t), Vec::<String>::new());
}

#[test]
fn hostile_tables_are_read_without_panic() {
    let mut t = table("", 9, 9, &["1|2", "3|4"]);
    t.cells.push(Cell {
        row: u32::MAX,
        col: u32::MAX,
        row_span: u32::MAX,
        col_span: u32::MAX,
        ..Cell::default()
    });
    let _ = lines(&t);
    t.n_rows = u32::MAX;
    assert_eq!(lines(&t), Vec::<String>::new());
    let _ = lines(&Table::default());
}

#[test]
fn sites_with_counts_and_their_total() {
    let t = table(
        "現金以外の支払い",
        1,
        1,
        &["No|窓口", "1|市民館3か所", "2|本庁舎", "3|学童クラブ12か所", "計|15か所完了"],
    );
    let got = lines(&t);
    assert_eq!(got.len(), 3, "{got:?}");
    assert!(got[0].starts_with("市民館|") && got[0].contains("|3か所|"), "{got:?}");
    assert!(got[2].starts_with("現金以外の支払い / 計|") && got[2].contains("|15か所|actual|"), "{got:?}");
}

#[test]
fn halves_side_by_side() {
    let t = table(
        "予約できる施設",
        1,
        1,
        &["No|施設|No|施設", "1|公園8か所|3|プール2か所", "2|市民館|4|体育館3か所"],
    );
    let got: Vec<String> =
        lines(&t).iter().map(|l| l.split('|').next().unwrap_or_default().to_owned()).collect();
    assert_eq!(got, ["公園", "プール", "体育館"]);
}

#[test]
fn the_head_of_a_form_names_subject_and_department() {
    let t = table(
        "",
        4,
        1,
        &[
            "窓口の改革|<|窓口課|",
            "^|<|－|",
            "窓口を変えていきます。|<|<|<",
            "年度|R6|R7|R8",
            "取組内容|20件|30件|40件",
        ],
    );
    assert_eq!(lines(&t)[1], "窓口の改革|件数|30件|plan|2025-04-01..2026-03-31|窓口課");
}

#[test]
fn dates_of_events_are_not_the_periods_of_counts() {
    let t =
        table("", 1, 1, &["届出名|年間申請数|対応年度", "転居届(予定)|120|令和4年度", "出生届|80|令和6年度"]);
    assert_eq!(lines(&t), ["転居届(予定)|年間申請数|120件|actual|..|", "出生届|年間申請数|80件|actual|..|"]);
}

#[test]
fn categories_in_headers_with_the_quantity_in_the_caption() {
    let t = table("自動化ツールの導入業務数", 1, 1, &["部|導入済|試行中", "総務部|20|2", "合計|20|2"]);
    let got = lines(&t);
    assert!(got[0].starts_with("総務部|導入業務数|20業務|actual|"), "{got:?}");
    assert!(got[3].starts_with("自動化ツールの導入業務数 / 合計|"), "{got:?}");
}

#[test]
fn differences_take_the_unit_of_their_neighbours() {
    let mut t = table("", 1, 1, &["事業名|令和4年度決算|増減", "窓口改善|100|△7"]);
    t.unit = text("単位:千円");
    let got = lines(&t);
    assert!(got[1].starts_with("窓口改善|増減|-7000円|"), "{got:?}");
}

#[test]
fn words_among_the_numbers_are_no_headers() {
    let t = table(
        "",
        1,
        2,
        &[
            "分野|取組|4月|5月|6月",
            "窓口|予約|調達|構築|",
            "人材|研修|20回|2回|3回",
            "基盤|更改|設計|構築|試験",
        ],
    );
    let got = lines(&t);
    assert_eq!(got.len(), 3, "{got:?}");
    assert!(got[0].starts_with("人材 / 研修|実施回数|20回|"), "{got:?}");
}

#[test]
fn case_lists_count_nothing() {
    let rows = [
        "陽性者|年齢|性別",
        "108|90歳以上|女",
        "107|30代|男",
        "106|10歳未満|男",
        "105|40代|女",
        "104|20代|女",
        "103|50代|男",
    ];
    assert_eq!(lines(&table("一覧", 1, 1, &rows)), Vec::<String>::new());
}

#[test]
fn parts_and_categories_take_the_unit_beside_them() {
    let t = table(
        "窓口の利用者数",
        2,
        1,
        &["地区|入院を要する者|<|女性|合計", "^|(人)|うち重症|^|^", "東|50|4|23|77"],
    );
    let got = lines(&t);
    assert_eq!(
        got,
        [
            "東|入院を要する者|50人|actual|..|",
            "東|入院を要する者 うち重症|4人|actual|..|",
            "東|利用者数|23人|actual|..|",
            "東|利用者数|77人|actual|..|",
        ]
    );
}

#[test]
fn months_in_ranges_and_cells_over_several_columns() {
    let t = table("", 2, 1, &["取組|令和6年度|<", "^|4～6月|1～3月", "研修|20回|2回", "点検|3回|<"]);
    let got = lines(&t);
    assert!(got[1].contains("2回|plan|2025-01-01..2025-03-31"), "{got:?}");
    assert!(got[2].contains("2024-04-01..2025-03-31"), "{got:?}");
}

#[test]
fn years_take_the_unit_of_their_header() {
    let t = table(
        "研修の実績",
        1,
        1,
        &["年度|回数|参加者数|導入後", "2021|5|120|3時間", "元|4|90|2時間", "2026(予定)|8|240|1時間"],
    );
    let got = lines(&t);
    assert_eq!(got[0], "研修の実績|回数|5回|actual|2021-04-01..2022-03-31|");
    assert!(got[3].contains("2019-04-01..2020-03-31"), "{got:?}");
    assert!(got[6].contains("|plan|2026-04-01..2027-03-31"), "{got:?}");
}

#[test]
fn shares_are_not_the_count_that_the_caption_names() {
    let got = lines(&table("地区ごとの検査人数", 1, 1, &["地区|人数|%", "東|50|4.5%"]));
    assert!(got[1].starts_with("東|割合|4.5%|"), "{got:?}");
}

#[test]
fn a_list_of_names_may_end_in_their_count() {
    let t = table(
        "現金以外の支払い",
        1,
        1,
        &["No|窓口|開始日", "1|税務課|令和6年9月", "2|体育館|令和6年10月", "計|2か所完了|-"],
    );
    let got = lines(&t);
    assert_eq!(got.len(), 1, "{got:?}");
    assert!(
        got[0].starts_with("現金以外の支払い / 計|") && got[0].contains("か所数|2か所|actual|"),
        "{got:?}"
    );
}

#[test]
fn quarters_without_a_year_are_those_of_the_title() {
    let paper = table("", 1, 1, &["施設名|第1四半期|第2四半期", "本館|1,200人|1,310人"]);
    let mut scope = Scope { context: Context::Table, ..Scope::default() };
    scope.time.fiscal_year = Some(2023);
    let observer = crate::Observer::new(None).expect("an observer");
    let starts: Vec<_> =
        read(&paper, &scope, observer.tools()).iter().map(|o| (o.period_start, o.period_end)).collect();
    let quarter = |a, b| (Some(a), Some(b));
    assert_eq!(
        starts,
        [quarter(date(2023, 4, 1), date(2023, 6, 30)), quarter(date(2023, 7, 1), date(2023, 9, 30))]
    );
}

#[test]
fn comparisons_hold_for_what_they_compare() {
    let t = table(
        "",
        1,
        2,
        &["指標名|単位|現状値(R4)|目標値(R10)|R5実績|達成率", "窓口予約の割合|%|9.8|50|17.3|34.6%"],
    );
    let got = lines(&t);
    assert!(got[0].contains("9.8%|actual|2022-04-01"), "{got:?}");
    assert!(got[1].contains("50%|target|2028-04-01"), "{got:?}");
    assert!(got[2].contains("17.3%|actual|2023-04-01"), "{got:?}");
    assert!(got[3].contains("34.6%|actual|2023-04-01..2024-03-31"), "{got:?}");
}

#[test]
fn the_year_before_moves_the_months() {
    let t = table(
        "窓口の利用者数(令和6年度)",
        1,
        1,
        &["区分|4月|1月|上期計", "利用者|12|9|80", "前年同期|10|8|70"],
    );
    let got = lines(&t);
    assert!(got[1].contains("2025-01-01..2025-01-31"), "{got:?}");
    assert!(got[3].contains("10人|actual|2023-04-01..2023-04-30"), "{got:?}");
    assert!(got[4].contains("8人|actual|2024-01-01..2024-01-31"), "{got:?}");
    assert!(got[5].contains("2023-04-01..2023-09-30"), "{got:?}");
}

#[test]
fn a_day_of_every_year_in_caption_or_note() {
    let rows = ["区分|令和4年度|令和5年度", "計画人数|120|130", "実績人数|118|127"];
    let t = table("学童の在籍人数(各年5月1日現在)", 1, 1, &rows);
    assert!(lines(&t).iter().all(|l| l.contains("05-01..202") && !l.contains("5月")), "{:?}", lines(&t));
    let mut noted = table("学童の在籍人数", 1, 1, &rows);
    noted.notes = vec![text("※実績は各年5月1日現在")];
    let got = lines(&noted);
    assert!(got[0].contains("|plan|2022-04-01..2023-03-31"), "{got:?}");
    assert!(got[3].contains("|actual|2023-05-01..2023-05-01"), "{got:?}");
}

#[test]
fn parts_and_earlier_rounds_measure_what_stands_to_their_left() {
    let t = table("住みやすさ", 1, 1, &["選択肢|回答数|割合(%)|前回(R3)", "住みやすい|498|35.9|33.2"]);
    let got = lines(&t);
    assert_eq!(got[2], "住みやすい|割合|33.2%|actual|2021-04-01..2022-03-31|");
    let t = table("図書室の利用", 1, 1, &["年度|貸出冊数|うち児童書|来館者数", "令和4年度|900|300|500"]);
    assert!(lines(&t)[1].contains("|300冊|"), "{:?}", lines(&t));
}

#[test]
fn a_note_of_several_units_gives_each_column_its_own() {
    let mut t =
        table("予算規模", 1, 1, &["会計|令和7年度|令和6年度|増減額|増減率", "一般会計|3,000|2,900|100|3.4"]);
    t.unit = text("(単位:千円、%)");
    let units: Vec<String> =
        lines(&t).iter().map(|l| l.split('|').nth(2).unwrap_or_default().into()).collect();
    assert_eq!(units, ["3000000円", "2900000円", "100000円", "3.4%"]);
    let t = table("給付費", 1, 1, &["サービス|R5計画(千円)|計画比(%)", "通所|300|98.9"]);
    assert!(lines(&t)[1].contains("98.9%|actual|2023-04-01"), "{:?}", lines(&t));
}

#[test]
fn a_row_of_amounts_has_no_name_among_them() {
    let t = table("", 1, 1, &["予算額|決算額|執行率", "12,480千円|11,936千円|95.6%"]);
    let mut scope =
        Scope { context: Context::Table, topics: vec!["移動支援事業".into()], ..Scope::default() };
    scope.title = "令和5年度 主要施策の成果".into();
    let observer = crate::Observer::new(None).expect("an observer");
    let got = read(&t, &scope, observer.tools());
    assert_eq!(got.len(), 3, "{got:?}");
    assert!(got.iter().all(|o| o.subject == "移動支援事業"), "{got:?}");
    assert_eq!(got[1].period_start, Some(date(2023, 4, 1)), "the year of the title");
    assert!(got[1].confidence < 0.8, "which is a guess");
}

#[test]
fn sheets_of_keys_and_values() {
    let t = table(
        "",
        1,
        1,
        &[
            "事務事業名|移動図書室の運行|整理番号|0412",
            "所管課|教育部 図書課|電話|03-1111-2222",
            "事業期間|平成9年度～|実施方法|一部委託",
            "令和6年度 事業費|18,462千円|従事職員数|2.5人",
            "概要|床面積 820m2、駐車場 40台|利用者数(人)|1,200",
        ],
    );
    let got = lines(&t);
    assert_eq!(got.len(), 5, "{got:?}");
    assert!(got[0].starts_with("移動図書室の運行 / 事業費|事業費|18462000円|actual|2024-04-01"), "{got:?}");
    assert!(got[1].starts_with("移動図書室の運行 / 従事職員数|従事職員数|2.5人|"), "{got:?}");
    assert!(got[2].starts_with("移動図書室の運行|床面積|820m2|"), "{got:?}");
    assert!(got[4].contains("|利用者数|1200人|"), "{got:?}");
    assert!(got.iter().all(|l| l.ends_with("|教育部 図書課")), "{got:?}");
}

#[test]
fn keys_above_a_table_of_indicators() {
    let t = table(
        "",
        1,
        1,
        &[
            "事業名|巡回講座の開催|<|所管課|学習課|<",
            "目的|学ぶ機会を増やす。|<|対象|市民|<",
            "指標の推移|<|<|<|<|<",
            "指標名|単位|R4実績|R5目標|R5実績|達成率",
            "開催回数|回|18|20|21|105.0%",
            "受講者数|人|340|400|386|96.5%",
        ],
    );
    let got = lines(&t);
    assert_eq!(got.len(), 8, "{got:?}");
    assert!(got[0].contains("開催回数|18回|actual|2022-04-01"), "{got:?}");
    assert!(got[1].contains("開催回数|20回|target|2023-04-01"), "{got:?}");
    assert!(got[7].contains("達成率|96.5%|actual|2023-04-01"), "{got:?}");
    assert!(got.iter().all(|l| l.ends_with("|学習課")), "{got:?}");
}

#[test]
fn a_list_of_programmes_is_no_sheet() {
    let t = table(
        "",
        1,
        2,
        &["事業名|所管課|予算額(千円)|決算額(千円)", "講座|学習課|900|820", "相談|福祉課|300|290"],
    );
    let got = lines(&t);
    assert_eq!(got.len(), 4, "{got:?}");
    assert!(got[0].starts_with("講座|予算額") && got[3].ends_with("|福祉課"), "{got:?}");
}

#[test]
fn parts_under_banners_have_headers_of_their_own() {
    let t = table(
        "",
        1,
        1,
        &[
            "区分|令和4年度|令和5年度|備考",
            "利用者数(人)|300|320|",
            "経費の内訳(単位:千円)|<|<|<",
            "費目|予算額|決算額|執行率",
            "委託料|500|450|90.0%",
        ],
    );
    let got = lines(&t);
    assert_eq!(got.len(), 5, "{got:?}");
    assert!(got[2].starts_with("委託料|予算額|500000円|plan|"), "{got:?}");
    assert!(got[4].starts_with("委託料|執行率|90"), "{got:?}");
}

#[test]
fn years_written_short_in_headers() {
    let t = table(
        "",
        1,
        2,
        &["区分|単位|令和3年|4年|5年|増減", "出火件数|件|38|41|35|△6", "焼損面積|m2|1,204|1,688|977|△711"],
    );
    let got = lines(&t);
    assert_eq!(got.len(), 8, "{got:?}");
    assert!(got[1].contains("41件|actual|2022-01-01..2022-12-31"), "{got:?}");
    assert!(got[6].contains("977m2|actual|2023-01-01"), "{got:?}");
}

#[test]
fn ages_over_numbers_are_headers() {
    let t =
        table("園別の入所児童数", 0, 1, &["園名|定員|0歳|1・2歳|計", "東園|120|9|36|116", "西園|90|9|30|87"]);
    let got = lines(&t);
    assert_eq!(got.len(), 8, "{got:?}");
    assert!(got[1].starts_with("東園|入所児童数|9人|"), "{got:?}");
}

#[test]
fn a_day_without_a_year_is_that_of_each() {
    let t = table(
        "保育所の定員(4月1日現在)",
        1,
        1,
        &["年度|定員|待機児童数|前年定員", "R5|100|9|90", "R6|120|4|100"],
    );
    let got = lines(&t);
    assert!(got[0].contains("100人|actual|2023-04-01..2023-04-01"), "{got:?}");
    assert!(got[5].contains("100人|actual|2023-04-01..2023-04-01"), "the year before: {got:?}");
}

#[test]
fn amounts_without_a_unit_share_that_of_the_table_before() {
    let t = table("", 2, 1, &["事業名|補正額|財源内訳|<", "^|^|国・県|市債", "相談支援|500|300|200"]);
    let scope =
        Scope {
            unit_before: "(単位:千円)".into(), topics: vec!["補正予算".into()], ..Scope::default()
        };
    let observer = crate::Observer::new(None).expect("an observer");
    let got = read(&t, &scope, observer.tools());
    let values: Vec<String> = got.iter().map(|o| format!("{}{}", o.value, o.unit)).collect();
    assert_eq!(values, ["500000円", "300000円", "200000円"]);
    assert!(got.iter().all(|o| o.confidence < 0.75), "a guess");
}

#[test]
fn a_note_tells_the_unit_and_the_year_of_a_table() {
    let mut t = table("証明書の発行枚数", 1, 1, &["種類|窓口|合計", "住民票|40|79"]);
    t.unit = text("(単位:通)");
    t.notes = vec![text("※令和5年度実績")];
    let got = lines(&t);
    assert!(got[0].contains("|40通|actual|2023-04-01..2024-03-31"), "{got:?}");
    let t = table(
        "町営住宅(令和6年4月1日現在)",
        1,
        1,
        &["団地名|建設年度|戸数", "浜団地|S54|72", "山手団地|H8|48"],
    );
    assert!(lines(&t).iter().all(|l| l.contains("戸|actual|2024-04-01..2024-04-01")), "{:?}", lines(&t));
}
