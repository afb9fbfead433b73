//! What is a header, a label, a value.

use super::*;

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
fn totals_are_marked() {
    let t = table("窓口の数", 1, 1, &["地区|か所数", "東|3", "計|3"]);
    let observer = crate::Observer::new(None).expect("an observer");
    let got = read(&t, &Scope::default(), observer.tools());
    assert_eq!(got[1].subject, "計");
    assert_eq!(got[1].dimensions.get("table").map(String::as_str), Some("窓口の数"));
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
    assert!(got[2].starts_with("計|") && got[2].contains("|15か所|actual|"), "{got:?}");
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
fn categories_in_headers_with_the_quantity_in_the_caption() {
    let t = table("自動化ツールの導入業務数", 1, 1, &["部|導入済|試行中", "総務部|20|2", "合計|20|2"]);
    let got = lines(&t);
    assert!(got[0].starts_with("総務部|導入業務数|20業務|actual|"), "{got:?}");
    assert!(got[3].starts_with("合計|"), "{got:?}");
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
fn a_list_of_names_may_end_in_their_count() {
    let t = table(
        "現金以外の支払い",
        1,
        1,
        &["No|窓口|開始日", "1|税務課|令和6年9月", "2|体育館|令和6年10月", "計|2か所完了|-"],
    );
    let got = lines(&t);
    assert_eq!(got.len(), 1, "{got:?}");
    assert!(got[0].starts_with("計|") && got[0].contains("か所数|2か所|actual|"), "{got:?}");
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
fn ages_over_numbers_are_headers() {
    let t =
        table("園別の入所児童数", 0, 1, &["園名|定員|0歳|1・2歳|計", "東園|120|9|36|116", "西園|90|9|30|87"]);
    let got = lines(&t);
    assert_eq!(got.len(), 8, "{got:?}");
    assert!(got[1].starts_with("東園|入所児童数|9人|"), "{got:?}");
}

#[test]
fn codes_name_no_row_and_indicators_with_numbers_do() {
    let t = table(
        "健康づくりの指標",
        1,
        1,
        &[
            "施策コード|成果指標|令和4年度実績|令和5年度実績|5か年目標",
            "20101|週2回以上運動する人の割合|38.0%|41.5%|50%",
            "20102|講座の受講者数|210人|なし|300人",
        ],
    );
    let got = lines(&t);
    assert_eq!(got.len(), 5, "{got:?}");
    assert!(got[0].contains("週2回以上運動する人の割合|38%|actual|2022"), "{got:?}");
    assert!(got[4].contains("講座の受講者数|300人|target|..|"), "{got:?}");
}

#[test]
fn rows_in_brackets_are_parts_of_the_row_above() {
    let rows = ["|4月|5月", "貸出人数|300|310", "(児童)|90|95", "(登録者数)|1,200|1,210"];
    let got = lines(&table("R5年度の利用", 1, 1, &rows));
    assert_eq!(got.len(), 6, "{got:?}");
    assert!(got[2].starts_with("貸出人数 / 児童|貸出人数|90人|"), "{got:?}");
    assert!(got[4].starts_with("利用 / 登録者数|登録者数|1200人|"), "{got:?}");
}

#[test]
fn slipped_rows_and_heads_say_nothing() {
    let rows = ["区分|4月|5月", "男性|310人|300人", "301人|299人|"];
    let got = lines(&table("町の人口", 1, 1, &rows));
    assert_eq!(got.len(), 2, "a figure names no row: {got:?}");
    let rows = ["令和4年|令和5年|令和6年|", "人口|男性|310人|300人", "女性|320人|305人|"];
    assert_eq!(lines(&table("町の人口", 1, 1, &rows)), Vec::<String>::new());
}

#[test]
fn the_first_line_of_a_cell_names_the_indicator_that_the_others_explain() {
    let mut t = table("", 1, 1, &["指標|現状|目標", "x|41.0%(令和4年度)|60%(令和8年度)"]);
    let words = "防災組織の加入率市内の全世帯のうち、自主防災組織に加入している世帯の占める割合をいう。";
    let mut label = text(words);
    label.lines.push(LineStart { start: 8, ..label.lines[0] });
    t.cells[3].text = label;
    let got = lines(&t);
    assert!(got[0].starts_with("防災組織の加入率|"), "{got:?}");
}

#[test]
fn criteria_beside_years_have_no_status() {
    let t = table(
        "健全化判断比率",
        1,
        1,
        &["年度|公債費比率(%)", "令和4年度|8.1", "(参考:早期健全化基準)|(25.0)"],
    );
    let got = lines(&t);
    assert!(got[1].starts_with("早期健全化基準|公債費比率|25%|unknown|..|"), "{got:?}");
}

#[test]
fn rows_that_nothing_names_are_left_out() {
    assert_eq!(
        lines(&table("火災の状況", 1, 0, &["増減|増減率(%)", "531|1.5", "184|1.0"])),
        Vec::<String>::new()
    );
    assert_eq!(lines(&table("施設", 1, 0, &["施設数|定員", "12|340"])).len(), 2, "one row needs no name");
}

#[test]
fn one_age_among_the_headers_is_no_value() {
    let rows = ["|人口|<|15歳未満", "^|男|女|^", "令和5年|90|91|20"];
    let mut t = table("町の人口", 2, 1, &rows);
    t.unit = text("(単位:人)");
    let got = lines(&t);
    assert_eq!(got.len(), 3, "{got:?}");
    assert!(got[2].contains("20人|actual|2023-01-01"), "{got:?}");
}

#[test]
fn bands_of_age_name_rows_and_parts_stand_under_their_whole() {
    let rows = ["種別|区分|人数", "身体|18歳未満|90", "^|18歳以上|800", "^|小計|890"];
    let got = lines(&table("手帳の所持者", 1, 2, &rows));
    assert_eq!(got.len(), 3, "{got:?}");
    assert!(got[0].starts_with("身体 / 18歳未満|人数|90人|"), "{got:?}");
    let rows = ["|R4|R5", "相談件数|90|95", "(内)電話|50|55"];
    assert!(lines(&table("相談", 1, 1, &rows))[2].starts_with("相談件数 / (内)電話|相談件数|50件|"));
}

#[test]
fn months_over_numbers_are_no_names() {
    let got = lines(&table("穴埋め処理件数", 0, 1, &["4月|5月|6月", "21|34|12"]));
    assert_eq!(got.len(), 3, "{got:?}");
    assert!(got.iter().all(|l| l.starts_with("穴埋め処理件数|")), "{got:?}");
}

#[test]
fn two_sides_have_names_of_their_own() {
    let rows = [
        "収入科目|金額(円)|支出科目|金額(円)",
        "指定管理料|826|人件費|329",
        "利用料金|128|仕入等|83",
        "計|954|計|412",
    ];
    let got = lines(&table("収支", 1, 1, &rows));
    assert!(got[1].starts_with("人件費|金額|329円"), "{got:?}");
    assert!(got[3].starts_with("仕入等|金額|83円"), "{got:?}");
}

#[test]
fn keys_with_words_and_counts_have_no_header() {
    let rows = ["調査対象|市内に住む20歳以上の男女", "標本数|2,000人", "調査の方法|郵送"];
    let got = lines(&table("意識調査", 1, 1, &rows));
    assert!(got.iter().any(|l| l.starts_with("標本数|") && l.contains("|2000人|")), "{got:?}");
    assert!(!got.iter().any(|l| l.contains("男女|")), "{got:?}");
}

#[test]
fn ratios_between_rows_are_those_of_the_row_above() {
    let rows = ["項目名|R4|R5", "地方税|44|45", "構成比|51.0%|51.9%", "地方交付税|22|18", "構成比|2.6%|2.2%"];
    let got = lines(&table("歳入(単位:千円)", 1, 1, &rows));
    assert!(got[2].starts_with("地方税|構成比|51%"), "{got:?}");
    assert!(got[7].starts_with("地方交付税|構成比|2.2%"), "{got:?}");
}

#[test]
fn what_the_table_is_about_tells_the_measure_where_the_unit_alone_names_it() {
    let t = table(
        "窓口キャッシュレス(令和5年度開始)",
        1,
        1,
        &["No|取扱窓口", "1|証明窓口 2か所", "2|支所 5か所", "計|7か所"],
    );
    let observer = crate::Observer::new(None).expect("an observer");
    let got = read(&t, &Scope::default(), observer.tools());
    assert_eq!(got.len(), 3);
    assert!(got.iter().all(|o| o.measure == "cashless.sites"), "{got:?}");
    assert_eq!(got[2].subject, "計");
}

#[test]
fn numbers_of_the_rows_beside_their_names_are_no_names() {
    let t = table(
        "",
        1,
        2,
        &[
            "項目|指標|策定時|現状値",
            "(1)|窓口の予約率|12.0%|18.5%",
            "^|電子納付の割合|5.0%|9.1%",
            "(2)|無線LANを置いた施設の割合|20.0%|27.5%",
        ],
    );
    let got = lines(&t);
    assert_eq!(got.len(), 6, "{got:?}");
    assert!(got[0].starts_with("窓口の予約率|"), "{got:?}");
    assert!(got[4].starts_with("無線LANを置いた施設の割合|"), "{got:?}");
}

#[test]
fn shares_in_the_column_of_indicators_tell_of_slipped_rows() {
    let t = table(
        "",
        1,
        1,
        &[
            "項目|指標|策定時|現状値|評価",
            "1 窓口の予約率|12.0%|18.5%|前進|",
            "(2)|電子納付の割合|5.0%|9.1%|前進",
        ],
    );
    let got = lines(&t);
    assert!(got.iter().all(|l| !l.contains("12%") && !l.contains("18.5%")), "{got:?}");
}

#[test]
fn verdicts_of_evaluations_name_nothing() {
    let t = table(
        "",
        0,
        2,
        &[
            "有効性|B|待機者は12人減少した。",
            "効率性|A|申請2,000件の入力を自動化した。",
            "方向性|拡充|2か所で増設する。",
        ],
    );
    let mut scope = Scope { context: Context::Table, ..Scope::default() };
    scope.topics.push("相談窓口の運営".to_owned());
    let observer = crate::Observer::new(None).expect("an observer");
    let got = read(&t, &scope, observer.tools());
    assert!(got.iter().all(|o| !o.subject.contains("有効性") && !o.subject.contains('B')), "{got:?}");
}

#[test]
fn captions_that_only_say_what_was_done_are_told_of_the_topic_above() {
    let t = table("利用状況(本庁)", 1, 1, &["|R4|R5", "受付件数|718|402"]);
    let mut scope = Scope { context: Context::Table, ..Scope::default() };
    scope.topics.push("記入のいらない窓口".to_owned());
    let observer = crate::Observer::new(None).expect("an observer");
    let got = read(&t, &scope, observer.tools());
    assert_eq!(got[0].subject, "記入のいらない窓口 / 利用状況(本庁) / 受付件数");
}

#[test]
fn bands_of_age_below_a_header_stand_over_counts_with_units() {
    let t = table(
        "量の見込みと確保",
        2,
        1,
        &[
            "|1号認定|3号認定|<|計",
            "^|^|0歳|1・2歳|^",
            "量の見込み(計画)①|102人|24人|90人|216人",
            "入所児童数(実績)|87人|18人|93人|198人",
        ],
    );
    let got = lines(&t);
    assert_eq!(got.len(), 8, "{got:?}");
    assert!(got[0].contains("|102人|plan|"), "{got:?}");
    assert!(got[4].contains("|87人|actual|"), "{got:?}");
}

#[test]
fn contents_that_name_the_rows_tell_figures_of_their_own() {
    let t = table(
        "今後の対策",
        1,
        1,
        &["時期|内容|定員増", "令和7年4月|校内に2クラブを開設|80人", "令和8年4月|分室の開設|60人"],
    );
    let got = lines(&t);
    assert!(got.iter().any(|l| l.contains("|2クラブ|plan|2025-04-01..2025-04-30|")), "{got:?}");
    assert!(got.iter().any(|l| l.contains("定員増|80人|plan|2025-04-01..2025-04-30|")), "{got:?}");
}

#[test]
fn a_row_of_sentences_heads_no_table() {
    let t = table(
        "",
        1,
        1,
        &[
            "窓口の改善|令和5年度の受付は681件で、減少した。|予約を拡大する。",
            "書類の削減|3業務に絞った。|8業務を追加する。",
        ],
    );
    let got = lines(&t);
    assert!(got.iter().any(|l| l.contains("681件|actual|2023-04-01..2024-03-31")), "{got:?}");
    assert!(got.iter().all(|l| !l.contains("3業務") || !l.contains("2023-04-01")), "{got:?}");
}

#[test]
fn shares_under_answers_name_no_row() {
    let t = table(
        "業務の効率は上がったか",
        1,
        1,
        &["大いに上がった|やや上がった|変わらない", "24.8%|52.1%|23.1%"],
    );
    assert_eq!(lines(&t).len(), 3, "{:?}", lines(&t));
}

#[test]
fn rows_with_a_column_of_units_are_called_by_their_labels() {
    let t = table(
        "サービスの利用実績と見込量",
        2,
        2,
        &[
            "名称|単位|第6期(実績)|<|第7期(見込量)",
            "^|^|令和4年度|令和5年度|令和6年度",
            "訪問介護|時間|3,418|3,560|3,680",
        ],
    );
    let got = lines(&t);
    assert!(got.len() == 3 && got.iter().all(|o| o.starts_with("訪問介護|")), "{got:?}");
}

#[test]
fn grades_in_their_order_name_the_rows() {
    for (head, grades) in [
        ("頻度", ["よく使う", "週に1回", "月に1回"]),
        ("頻度", ["週5回以上", "週1~2回", "月1回程度"]),
        ("所要時間", ["10分未満", "10~30分", "30分以上"]),
        ("満足度", ["5点", "4点", "3点"]),
        ("費用", ["1万円未満", "1万円以上5万円未満", "5万円以上"]),
    ] {
        let rows: Vec<String> = std::iter::once(format!("{head}|人数|割合"))
            .chain(grades.iter().map(|g| format!("{g}|48人|14.2%")))
            .collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let got = lines(&table("回答の状況", 1, 1, &rows));
        assert_eq!(got.len(), 6, "{got:?}");
        assert!(got.iter().zip([0, 0, 1, 1, 2, 2]).all(|(o, g)| o.starts_with(grades[g])), "{got:?}");
    }
    let aims = table("達成の状況", 1, 0, &["目標|実績", "60人以上|48人", "80人以上|71人"]);
    assert!(!lines(&aims).iter().any(|o| o.starts_with("60人以上|")));
}

#[test]
fn what_only_says_whether_names_nothing_beside_measures() {
    let rows =
        ["項目|令和6年度決算|令和7年度予算・計画", "研修開催回数(回)|22|24", "電子決裁率(%)|81.9|90.0"];
    let got = lines(&table("人材の育成", 1, 1, &rows));
    let named =
        |o: &String| o.split('|').next().is_some_and(|s| s.ends_with("回数") || s.ends_with("決裁率"));
    assert!(got.len() == 4 && got.iter().all(named), "{got:?}");
}

#[test]
fn counts_with_their_sums_are_of_what_the_table_is_about() {
    let rows = ["年度|令和5年度|令和6年度", "手続数|40手続(累計165手続)|40手続(累計205手続)"];
    let got = lines(&table("申請の電子化の推進 【所管】情報政策室", 1, 1, &rows));
    assert!(!got.is_empty() && got.iter().all(|o| o.starts_with("申請の電子化の推進")), "{got:?}");
    let rows = ["給付金|支給額", "世帯への給付金|1世帯につき10万円", "調整給付金|1人につき1万円"];
    let got = lines(&table("給付金の種類", 1, 1, &rows));
    assert!(got.iter().any(|o| o.starts_with("世帯への給付金|")), "{got:?}");
}

#[test]
fn counts_of_days_in_the_row_of_totals_name_nothing() {
    let rows = [
        "会場|開催日|定員|参加者",
        "東館|5月16日、17日|30人|29人",
        "西館|6月11日|15人|13人",
        "計|2会場 3回|45人|42人",
    ];
    let got = lines(&table("教室", 1, 2, &rows));
    let totals: Vec<_> = got.iter().filter(|o| o.contains("|45人|") || o.contains("|42人|")).collect();
    assert!(totals.len() == 2 && totals.iter().all(|o| !o.contains("会場")), "{got:?}");
}
