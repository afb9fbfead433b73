//! Forms, sheets of keys and values, tables of several parts.

use super::*;

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
fn a_cell_may_list_names_with_their_figures() {
    let mut t = table(
        "主要施策の成果",
        1,
        1,
        &["事業|決算額(千円)|財源内訳(千円)", "空き家対策|9,300|x", "道路の補修|4,000|x"],
    );
    let of = |lines: &[&str]| {
        let lines: Vec<_> = lines
            .iter()
            .map(|l| shiryo_model::SourceLine { text: (*l).into(), ..shiryo_model::SourceLine::default() })
            .collect();
        shiryo_ja::compose(lines)
    };
    t.cells[5].text = of(&["国庫支出金　6,200", "一般財源　3,100"]);
    t.cells[8].text = of(&["その他　1,000", "一般財源　3,000"]);
    let got = lines(&t);
    assert!(got.contains(&"空き家対策 / 国庫支出金|国庫支出金|6200000円|actual|..|".to_owned()), "{got:?}");
    assert!(got.contains(&"道路の補修 / 一般財源|一般財源|3000000円|actual|..|".to_owned()), "{got:?}");
    // A line break inside a figure parts no list.
    let mut t = table("取組の内容", 1, 1, &["取組|令和7年度", "オンライン申請|x"]);
    t.cells[3].text = of(&["申請の拡大15手", "続(累計120手続)"]);
    let got = lines(&t);
    assert!(
        got.iter().any(|l| l.contains("|15手続|")) && !got.iter().any(|l| l.contains("|15手|")),
        "{got:?}"
    );
}

/// A table whose cells hold lines: `/` begins the next.
fn lined(rows: &[&str]) -> Table {
    let mut t = table("取組の状況", 1, 2, rows);
    for cell in &mut t.cells {
        let words = cell.text.text.replace('\n', "");
        let starts: Vec<u32> = std::iter::once(0)
            .chain(cell.text.text.split('\n').scan(0, |at, line| {
                *at += line.chars().count() as u32;
                Some(*at)
            }))
            .take(cell.text.text.split('\n').count())
            .collect();
        let place = TextPlace { line: Some(1), ..TextPlace::default() };
        let lines = starts.into_iter().map(|start| LineStart { start, place }).collect();
        cell.text = Text { lines, ..text(&words) };
    }
    t
}

#[test]
fn lines_of_cells_that_are_rows() {
    let got = lines(&lined(&[
        "取組|指標|令和5年度計画|令和5年度実績",
        "講座|開催回数/参加者数|80回/800人|84回/731人",
        "窓口の案/内板|設置枚数|60枚|72枚",
    ]));
    let period = "2023-04-01..2024-03-31|";
    let want = [
        format!("講座|開催回数|80回|plan|{period}"),
        format!("講座|開催回数|84回|actual|{period}"),
        format!("講座|参加者数|800人|plan|{period}"),
        format!("講座|参加者数|731人|actual|{period}"),
        format!("窓口の案内板|設置枚数|60枚|plan|{period}"),
        format!("窓口の案内板|設置枚数|72枚|actual|{period}"),
    ];
    assert_eq!(got, want);
    // A name broken over two lines beside figures with their shares is one row.
    let one = lines(&lined(&["取組|指標|実績", "申請|電子申請の/利用件数|1,200件/(64.5%)"]));
    assert!(one.len() <= 2 && one.iter().all(|o| !o.contains("電子申請の|")), "{one:?}");
}

#[test]
fn a_list_whose_names_begin_like_a_unit() {
    let t = lined(&[
        "事業名|担当|財源内訳(千円)",
        "応援事業|子ども課|国庫支出金 5,366/県支出金 1,341/町債 2,000",
    ]);
    let got = lines(&t);
    let values: Vec<_> = got.iter().filter_map(|o| o.split('|').nth(2)).collect();
    assert_eq!(values, ["5366000円", "1341000円", "2000000円"]);
}

#[test]
fn an_aim_over_plans_and_results_is_one() {
    let rows = [
        "指標|単位|区分|令和4年度|令和5年度|最終目標(令和8年度)",
        "受講者数|人|計画|50|60|90",
        "^|^|実績|44|63|^",
    ];
    let got = lines(&table("", 1, 3, &rows));
    let of = |value: &str| got.iter().find(|l| l.contains(value)).cloned().unwrap_or_default();
    assert!(of("|60人|").contains("|plan|2023-04-01"), "{got:?}");
    assert!(of("|90人|").contains("|target|2026-04-01"), "{got:?}");
    assert!(of("|63人|").contains("|actual|2023-04-01"), "{got:?}");
}

#[test]
fn plans_by_year_stay_plans_in_years_that_are_over() {
    let rows = ["|令和4年度|令和7年度", "年度別計画|30手続(累計90手続)|40手続(累計200手続)"];
    let got = lines(&table("申請の電子化", 1, 1, &rows));
    assert!(got.iter().all(|l| l.contains("|plan|")), "{got:?}");
    assert!(got[0].contains("|2022-04-01..2023-03-31|"), "{got:?}");
}

#[test]
fn sentences_under_a_grade_are_read() {
    let rows = [
        "観点|評価",
        "有効性|配送サービスの利用は目標を412件上回った。利用者へのアンケートでは96%が満足と答えた。",
        "効率性|窓口での交付が前年度より1,350件減った。委託の範囲を見直して経費を抑えている。",
    ];
    let got = lines(&table("", 1, 1, &rows));
    assert!(
        got.iter().any(|l| l.contains("|412件|")) && got.iter().any(|l| l.contains("|1350件|")),
        "{got:?}"
    );
    // Grades themselves are none.
    assert!(lines(&table("", 1, 1, &["観点|評価", "有効性|3", "効率性|2"])).is_empty());
}

#[test]
fn titles_in_brackets_name_the_rows_below_them() {
    for (main, branch) in [("〔本館〕", "〔分館〕"), ("【本館】", "【分館】")] {
        let (main, branch) = (format!("{main}|<|<"), format!("{branch}|<|<"));
        let rows = [
            "区分|令和4年度|令和5年度",
            main.as_str(),
            "貸出(冊)|4,120|4,201",
            branch.as_str(),
            "貸出(冊)|1,120|1,201",
        ];
        let got = lines(&table("利用の状況", 1, 1, &rows));
        let named = |name: &str| got.iter().filter(|o| o.starts_with(name)).count();
        assert_eq!((named("本館|"), named("分館|")), (2, 2), "{got:?}");
    }
}

#[test]
fn what_begins_after_the_paper_is_planned_with_its_costs_and_their_total() {
    let rows = [
        "地区|整備の手法|定員(人)|事業費(千円)|開設予定",
        "南部|新築|30|9,800|令和8年4月",
        "西部|改修|20|3,100|令和9年4月",
        "計||50|12,900|",
    ];
    let got = lines(&table("", 1, 2, &rows));
    assert!(got.len() == 6 && got.iter().all(|l| l.contains("|plan|")), "{got:?}");
    let rows = ["取組|内容|開始予定", "基幹の仕組みの入替え|15業務を移行|令和8年1月"];
    assert!(lines(&table("", 1, 1, &rows)).iter().all(|l| l.contains("|plan|")));
}

#[test]
fn a_note_on_what_is_to_be_done_leaves_the_results_alone() {
    let mut t = table("", 1, 1, &["事業|令和4年度決算(円)", "仕組みの入替え|900"]);
    t.notes = vec![text("仕組みの入替えは全額が国の補助の予定")];
    assert!(lines(&t)[0].contains("|900円|actual|"), "{:?}", lines(&t));
}
