//! Units from headers, notes and neighbours.

use super::*;

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
fn differences_take_the_unit_of_their_neighbours() {
    let mut t = table("", 1, 1, &["事業名|令和4年度決算|増減", "窓口改善|100|△7"]);
    t.unit = text("単位:千円");
    let got = lines(&t);
    assert!(got[1].starts_with("窓口改善|増減|-7000円|"), "{got:?}");
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
fn shares_are_not_the_count_that_the_caption_names() {
    let got = lines(&table("地区ごとの検査人数", 1, 1, &["地区|人数|%", "東|50|4.5%"]));
    assert!(got[1].starts_with("東|割合|4.5%|"), "{got:?}");
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

#[test]
fn differences_take_the_unit_of_their_row_or_of_the_other_rows() {
    let rows = ["区分|R4|R5|増減", "参加者数|90|95|5"];
    assert!(lines(&table("催し", 1, 1, &rows))[2].contains("増減|5人|"));
    let rows = ["|総務|税務", "令和5年4月1日現在(人)|37|14", "令和6年4月1日現在(人)|38|14", "増減|1|0"];
    let got = lines(&table("職員の配置", 1, 1, &rows));
    assert!(got[4].contains("増減|1人|"), "{got:?}");
}

#[test]
fn what_a_note_of_several_units_leaves_open_is_left_out() {
    let mut t =
        table("資金不足比率", 1, 1, &["会計|資金不足比率|判断の目安|事業規模", "水道|3.2|20.0|3,100"]);
    t.unit = text("(単位:%、千円)");
    let got = lines(&t);
    assert_eq!(got.len(), 2, "{got:?}");
    assert!(got[0].contains("3.2%|") && got[1].contains("3100000円|"), "{got:?}");
}

#[test]
fn changes_with_their_share() {
    let rows = ["区分|R4|R5|増減", "電話相談(件)|90|80|△10 (△11.1%)", "面接(件)|80|90|10 (12.5%増)"];
    let got = lines(&table("相談", 1, 1, &rows));
    let shares: Vec<&str> =
        got.iter().filter_map(|l| l.split('|').nth(2)).filter(|v| v.ends_with('%')).collect();
    assert_eq!(shares, ["-11.1%", "12.5%"], "{got:?}");
}

#[test]
fn differences_under_the_name_of_a_ratio_are_left_out() {
    let got =
        lines(&table("所持者", 1, 1, &["区分|人数|前年比|割合", "重度|800|▲61|25.3%", "軽度|900|44|28.1%"]));
    assert!(got.len() == 4 && got.iter().all(|l| !l.contains("前年比")), "{got:?}");
}

#[test]
fn brackets_inside_a_name_tell_no_unit() {
    let t = table("商品・役務(サービス)別の相談件数", 1, 1, &["区分|2022年度", "食料品|90"]);
    assert!(lines(&t)[0].contains("90件|"), "{:?}", lines(&t));
}

#[test]
fn ratios_to_a_year_are_shares_whatever_the_note_counts() {
    let mut t =
        table("利用状況", 1, 1, &["|平成22年度|平成23年度", "利用者数|90|100", "対21年度比|88.8|100.4"]);
    t.unit = text("(単位:人、%)");
    assert!(lines(&t)[2].contains("|88.8%|"), "{:?}", lines(&t));
}

#[test]
fn a_row_of_units_belongs_to_the_headers() {
    let rows = ["区分|人口(26年1月1日)|歳出額A|人件費率B/A", "25年度|人|千円|%", "^|207|829|19.6"];
    let got = lines(&table("人件費の状況", 1, 1, &rows));
    assert_eq!(got.len(), 3, "{got:?}");
    assert!(got[0].contains("|207人|actual|2014-01-01..2014-01-01"), "{got:?}");
    assert!(got[1].contains("|829000円|actual|2013-04-01..2014-03-31"), "{got:?}");
}

#[test]
fn a_unit_that_another_column_claims_is_not_shared() {
    let mut t = table("ごみ", 1, 1, &["地区|世帯数|収集量", "東|130|87", "西|72|44"]);
    t.unit = text("(単位:世帯,t)");
    let got = lines(&t);
    assert!(got[0].contains("130世帯|") && got[1].contains("|87t|"), "{got:?}");
}

#[test]
fn groups_of_people_over_money_are_no_counts() {
    let mut t = table("1人当たり医療費", 1, 1, &["年度|被用者保険|高齢者", "R4|54|589"]);
    t.unit = text("(単位:円)");
    assert!(lines(&t)[1].contains("|589円|"), "{:?}", lines(&t));
}

#[test]
fn signed_differences_take_the_unit_that_their_row_tells() {
    let t = table(
        "入会の状況",
        1,
        1,
        &["区分|令和5年|令和6年|前年比", "クラブ数(か所)|52|55|+3", "入会者数|610|598|△12"],
    );
    let got = lines(&t);
    assert!(got.contains(&"クラブ数|前年比|3か所|actual|2024-01-01..2024-12-31|".to_owned()), "{got:?}");
    assert!(got.contains(&"入会者数|前年比|-12人|actual|2024-01-01..2024-12-31|".to_owned()), "{got:?}");
}

#[test]
fn the_corner_of_the_headers_may_tell_the_unit() {
    let t = table(
        "給付費の計画と実績",
        2,
        1,
        &["(単位:百万円)|令和4年度|<|令和5年度|<", "区分|計画|実績|計画|実績", "在宅|210|205|220|214"],
    );
    let got = lines(&t);
    assert!(got[0].contains("|210000000円|plan|2022-04-01"), "{got:?}");
    assert!(got[3].contains("|214000000円|actual|2023-04-01"), "{got:?}");
}

#[test]
fn rows_tell_what_is_counted_where_nothing_else_does() {
    let t = table("講座の開催", 1, 1, &["|R4|R5", "参加者|220|240", "第1回|20|30"]);
    let got = lines(&t);
    assert_eq!(got.len(), 2, "{got:?}");
    assert!(got[0].contains("|220人|actual|2022-04-01"), "{got:?}");
}

#[test]
fn the_corner_of_the_headers_may_name_what_is_counted() {
    let t = table(
        "令和6年度当初予算(案)",
        1,
        1,
        &["構成市町負担金(千円)|令和5年度|令和6年度|増減率", "東市|1,200|1,300|8.3%", "西町|400|420|5.0%"],
    );
    let got = lines(&t);
    assert!(got[0].starts_with("東市|構成市町負担金|1200000円|"), "{got:?}");
    assert!(got[2].starts_with("東市|増減率|8.3%|"), "{got:?}");
    // 時間 over times of the day counts nothing.
    let t = table("", 1, 1, &["時間|R5|R6", "午前|30|40"]);
    assert!(lines(&t).is_empty(), "{:?}", lines(&t));
}

#[test]
fn a_header_may_name_both_figures_of_its_cells() {
    let t =
        table("研修の実施状況", 1, 1, &["年度|回数(参加者数)|備考", "R4|12回(318人)|", "R5|18回(455人)|"]);
    assert_eq!(
        lines(&t),
        [
            "研修の実施状況|回数|12回|actual|2022-04-01..2023-03-31|",
            "研修の実施状況|参加者数|318人|actual|2022-04-01..2023-03-31|",
            "研修の実施状況|回数|18回|actual|2023-04-01..2024-03-31|",
            "研修の実施状況|参加者数|455人|actual|2023-04-01..2024-03-31|",
        ]
    );
    let t = table("", 1, 1, &["区分|端末台数(うち予備機)|件数(前年度)", "東校|1,200(60)|30(25)"]);
    let got = lines(&t);
    assert!(got.contains(&"東校|うち予備機|60台|actual|..|".to_owned()), "{got:?}");
    // A number in brackets that no header names may be the mark of a note.
    let t = table("", 1, 1, &["区分|件数(件)", "東校|18(2)"]);
    assert_eq!(lines(&t), ["東校|件数|18件|actual|..|"]);
}

#[test]
fn days_of_the_week_name_rows_where_nothing_else_does() {
    let t = table("", 1, 1, &["曜日|平均来庁者数", "月曜日|412人", "土曜日|210人"]);
    assert_eq!(lines(&t)[0], "月曜日|平均来庁者数|412人|actual|..|");
}

#[test]
fn units_in_the_corner_and_remarks_behind_them() {
    let t = table("収支", 1, 1, &["(億円)|R5決算|R6予算", "収入|29.6|29.3", "支出|28.4|28.7"]);
    assert!(lines(&t)[0].contains("|2960000000円|"), "{:?}", lines(&t));
    let mut t = table("費用", 1, 1, &["区分|R4決算|R5決算", "事業費|3,410|5,280"]);
    t.unit = text("(単位:千円。R5は見込み)");
    assert!(lines(&t)[0].contains("|3410000円|"), "{:?}", lines(&t));
    // Nothing tells the unit: rather no row than yen and tenths of it.
    let t = table("収支", 1, 1, &["区分|R5決算|R6予算", "収入|29.6|29.3"]);
    assert_eq!(lines(&t), Vec::<String>::new());
}

#[test]
fn rates_are_in_no_unit_of_counts() {
    let t = table(
        "指標",
        1,
        3,
        &[
            "指標名|単位|区分|R4年度|R5年度",
            "対応手続数|手続|目標|30|60",
            "^|^|実績|34|71",
            "^|^|達成率(%)|113.3|118.3",
        ],
    );
    let got = lines(&t);
    let rates: Vec<&String> = got.iter().filter(|r| r.contains("|113.3") || r.contains("|118.3")).collect();
    assert!(rates.iter().all(|r| r.contains("%|")) && rates.len() == 2, "{got:?}");
}

#[test]
fn bounds_behind_bare_numbers() {
    let t = table(
        "経営指標",
        1,
        2,
        &["指標|単位|目標(令和7年度)", "収支比率|%|105.0以上", "企業債残高|百万円|8,700以下"],
    );
    let got = lines(&t);
    assert!(got[0].contains("|105%|target|") && got[1].contains("|8700000000円|target|"), "{got:?}");
}

#[test]
fn the_unit_of_a_total_that_a_passage_above_counts() {
    let t = table("進捗", 1, 1, &["|達成|遅れ|計", "目標1|7|12|19", "目標2|5|8|13", "計|12|20|32"]);
    let mut scope = Scope { context: Context::Table, ..Scope::default() };
    scope.counted.push((32.into(), "項目".to_owned()));
    let observer = crate::Observer::new(None).expect("an observer");
    let got = read(&t, &scope, observer.tools());
    assert!(got.len() == 9 && got.iter().all(|o| o.unit == "項目"), "{got:?}");
    assert!(read(&t, &Scope::default(), observer.tools()).is_empty());
}

#[test]
fn a_part_belongs_to_the_whole_that_is_counted_in_its_unit() {
    let t = table(
        "申請の状況",
        1,
        1,
        &["指標|R4|R5", "受付件数(千件)|286|412", "利用率|34.1%|45.6%", "うち有料のもの(千件)|4|21"],
    );
    let got = lines(&t);
    assert!(got[4].starts_with("受付件数 |") || got[4].contains("受付件数"), "{got:?}");
    assert!(!got[4].contains("R4 うち"), "{got:?}");
}

#[test]
fn counts_have_no_tenths() {
    let t = table("", 1, 1, &["評価項目|職員|平均利用者数", "操作性|4.1|3.5"]);
    let got = lines(&t);
    assert_eq!(got, ["操作性|平均利用者数|3.5人|actual|..|"]);
    let t = table("", 1, 1, &["評価項目(5点満点)|R4|R5", "操作性|3.8|4.1"]);
    assert!(lines(&t)[1].contains("|4.1点|actual|2023-04-01"), "{:?}", lines(&t));
}

#[test]
fn a_difference_names_no_subject() {
    let t =
        table("導入前後の比較", 1, 1, &["項目|導入前|導入後|差", "資料の準備時間|6.5時間|1.8時間|▲4.7時間"]);
    assert!(lines(&t)[2].contains("準備時間|") && !lines(&t)[2].starts_with('差'), "{:?}", lines(&t));
}

#[test]
fn children_by_age_and_nouns_that_count_themselves() {
    let t = table("待機児童の年齢別内訳", 1, 1, &["|0歳|1歳|計", "令和5年|6|9|15"]);
    assert!(lines(&t)[0].contains("|6人|"), "{:?}", lines(&t));
    let t = table("窓口の集約", 1, 1, &["指標|R4目標|R4実績", "集約した事務数|42|31"]);
    assert!(lines(&t)[1].contains("|31事務|actual|"), "{:?}", lines(&t));
}

#[test]
fn taxes_are_counted_where_the_caption_counts() {
    let t = table("相談件数", 1, 1, &["内容|R4|R5", "税|18|24", "住民税|9|12"]);
    let got = lines(&t);
    assert!(got.iter().all(|l| l.contains("件|actual|")), "{got:?}");
}

#[test]
fn shares_of_those_content_with_a_time_and_differences_in_points() {
    let t = table(
        "項目別の満足度(単位:%、増減はポイント)",
        1,
        1,
        &["項目|令和4年度|令和6年度|増減", "待ち時間|52.8|66.1|+13.3"],
    );
    let got = lines(&t);
    assert!(got[0].contains("|52.8%|"), "{got:?}");
    assert!(got[2].contains("|13.3ポイント|"), "{got:?}");
    let t =
        table("待ち時間の感じ方(令和5年度、構成比 %)", 1, 1, &["窓口|ちょうどよい|長い", "年金|41.6|9.5"]);
    assert!(lines(&t)[1].contains("|9.5%|actual|2023-04-01"), "{:?}", lines(&t));
}

#[test]
fn a_rate_that_does_not_say_of_what_has_no_unit() {
    let mut t =
        table("館の利用", 1, 1, &["年度|入館者数|貸出冊数|市民1人当たり", "令和4年|104,732|181,440|5.2"]);
    t.unit = text("(単位:人、冊、日)");
    let got = lines(&t);
    assert!(got.len() == 2 && got.iter().all(|o| !o.contains("当たり")), "{got:?}");
}

#[test]
fn kinds_of_cases_are_counted_as_the_caption_says() {
    let got = lines(&table("窓口の利用件数", 1, 1, &["区分|転入|転出|郵送", "5月|40|30|9"]));
    assert!(got.iter().all(|l| l.contains("件|")), "{got:?}");
    let got = lines(&table("人口の動き", 1, 1, &["区分|転入|転出", "北地区|40|30"]));
    assert!(got.iter().all(|l| l.contains("人|")), "{got:?}");
}
