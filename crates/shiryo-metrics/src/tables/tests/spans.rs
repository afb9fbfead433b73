//! Times of events, runs of months, notes on single years, totals of years.

use super::*;

#[test]
fn the_time_of_an_event_dates_what_comes_about_then() {
    let t = table(
        "窓口の改善",
        1,
        1,
        &[
            "取組|実施時期|窓口数|年間経費",
            "番号案内の更新|R6.4|6窓口|120千円",
            "予約受付の拡大|令和7年度〜|9窓口|240千円",
            "記入台の撤去|未定|3窓口|0千円",
        ],
    );
    assert_eq!(
        lines(&t),
        [
            "番号案内の更新|窓口数|6窓口|actual|2024-04-01..2024-04-30|",
            "番号案内の更新|年間経費|120000円|actual|..|",
            "予約受付の拡大|窓口数|9窓口|plan|2025-04-01..|",
            "予約受付の拡大|年間経費|240000円|actual|..|",
            "記入台の撤去|窓口数|3窓口|actual|..|",
            "記入台の撤去|年間経費|0円|actual|..|",
        ]
    );
    // What a system is used for later is not of the year that it began in.
    let t = table(
        "",
        1,
        1,
        &["システム|導入年度|端末台数|利用件数", "施設予約|R3|14|5,300", "電子入札|R4|8|610"],
    );
    let got = lines(&t);
    assert!(got[0].contains("|14台|actual|2021-04-01..2022-03-31|"), "{got:?}");
    assert!(got[1].contains("|5300件|actual|..|"), "{got:?}");
}

#[test]
fn running_text_beside_the_time_of_an_event_is_of_that_time() {
    let t = table(
        "今後の予定",
        1,
        0,
        &["時期|内容", "令和7年1月|精算機を2台増設する。", "令和7年4月|3館で受付を始める。"],
    );
    let got = lines(&t);
    assert!(got.iter().any(|l| l.contains("2台|plan|2025-01-01..2025-01-31")), "{got:?}");
}

#[test]
fn a_row_that_only_says_when_and_whether_is_no_subject() {
    let t = table(
        "端末の配備(台)",
        1,
        1,
        &["区分|小学校|中学校", "令和4年度|1,200|800", "令和6年度(予定)|1,300|850", "R7見込|1,350|860"],
    );
    let got = lines(&t);
    assert_eq!(got.len(), 6, "{got:?}");
    assert!(got[2].contains("小学校|1300台|plan|2024-04-01"), "{got:?}");
    assert!(got[4].contains("小学校|1350台|forecast|2025-04-01"), "{got:?}");
}

#[test]
fn what_stands_in_a_column_of_targets_is_one_though_its_year_is_over() {
    let t = table(
        "",
        1,
        1,
        &[
            "取組項目|令和5年度の目標|令和5年度の結果",
            "書類の電子化|電子化した帳票 40種類|46種類を電子化した。",
        ],
    );
    let got = lines(&t);
    assert!(got[0].contains("|40種類|target|2023-04-01..2024-03-31|"), "{got:?}");
    assert!(got[0].starts_with("書類の電子化"), "{got:?}");
    assert!(got[1].contains("|46種類|actual|2023-04-01..2024-03-31|"), "{got:?}");
}

#[test]
fn months_without_a_year_are_the_latest_before_the_paper() {
    let t = table("窓口の相談", 1, 1, &["|8月|9月|10月|計", "相談件数|12|15|11|38"]);
    let got = lines(&t);
    assert!(got[0].contains("|12件|actual|2024-08-01..2024-08-31|"), "{got:?}");
    assert!(got[3].contains("|38件|actual|2024-08-01..2024-10-31|"), "{got:?}");
    // Through the turn of a fiscal year, over two header rows, and down the rows.
    let t = table("貸出の推移", 0, 0, &["2月|3月|4月", "300冊|310冊|320冊"]);
    assert!(lines(&t)[0].contains("|2024-02-01..2024-02-29|"));
    let t = table("貸出の推移", 1, 1, &["月|貸出冊数", "11月|200", "12月|210", "1月|220"]);
    assert!(lines(&t)[0].contains("|200冊|actual|2023-11-01..2023-11-30|"));
    // What is planned lies ahead: its year is not told.
    let t = table("開催予定", 1, 1, &["月|回数", "8月|2", "9月|3"]);
    assert!(lines(&t).iter().all(|l| l.contains("|plan|..|")), "{:?}", lines(&t));
}

#[test]
fn notes_tell_what_a_year_stands_for() {
    let mut t = table(
        "目標の達成状況",
        1,
        1,
        &["指標|目標値(R7)|R4年度|R5年度|R6年度", "利用者数|500|400|420|230", "会員数|90|60|70|75"],
    );
    t.notes = vec![
        text("※R4年度は令和3年10月~令和4年9月。会員数は各年度末の値"),
        text("※R5年度は見込み、R6年度は9月末時点"),
    ];
    let got = lines(&t);
    assert!(got[0].contains("|500人|target|2025-04-01..2026-03-31|"), "{got:?}");
    assert!(got[1].contains("|400人|actual|2021-10-01..2022-09-30|"), "{got:?}");
    assert!(got[2].contains("|420人|forecast|2023-04-01..2024-03-31|"), "{got:?}");
    assert!(got[3].contains("|230人|actual|2024-09-30..2024-09-30|"), "{got:?}");
    assert!(got[5].contains("|60人|actual|2023-03-31..2023-03-31|"), "{got:?}");
}

#[test]
fn months_below_a_dated_event_go_on_from_it() {
    let t = table(
        "記入のいらない窓口の進め方",
        1,
        0,
        &["時期|内容", "令和6年12月|試行(2課)", "1月|研修を3回行う。", "4月|全12課で始める。"],
    );
    let got = lines(&t);
    assert!(got.iter().any(|l| l.contains("3回|plan|2025-01-01..2025-01-31")), "{got:?}");
    assert!(got.iter().any(|l| l.contains("12課|plan|2025-04-01..2025-04-30")), "{got:?}");
}

#[test]
fn totals_of_years_and_quarters_count_all_of_them() {
    let t = table("相談件数の推移", 1, 1, &["|第1四半期|第2四半期|計", "令和5年度|20|30|50"]);
    let got = lines(&t);
    assert!(got[2].contains("|50件|actual|2023-04-01..2023-09-30|"), "{got:?}");
    let t = table("端末の整備計画", 1, 1, &["|令和7年度|令和8年度|計", "更新台数|40|60|100"]);
    let got = lines(&t);
    assert!(got[2].contains("|100台|plan|2025-04-01..2027-03-31|"), "{got:?}");
    let t = table("端末の整備計画", 1, 1, &["年度|更新台数", "R7|40", "R8|60", "計|100"]);
    let got = lines(&t);
    assert!(got[2].contains("|100台|plan|2025-04-01..2027-03-31|"), "{got:?}");
}

#[test]
fn notes_on_a_single_figure_and_totals_of_dated_months() {
    let mut t = table("館別の状況(令和4年度)", 1, 1, &["館|貸出点数(点)|蔵書冊数", "本館|3,180|24,130"]);
    t.notes = vec![text("※蔵書冊数は令和5年3月31日現在")];
    let got = lines(&t);
    assert!(got[0].contains("|3180点|actual|2022-04-01..2023-03-31|"), "{got:?}");
    assert!(got[1].contains("|24130冊|actual|2023-03-31..2023-03-31|"), "{got:?}");
    let t = table("", 1, 1, &["|R5.4|R5.5|R5.6|合計", "受付件数|718|402|388|1,508"]);
    let got = lines(&t);
    assert!(got[3].contains("|1508件|actual|2023-04-01..2023-06-30|"), "{got:?}");
}

#[test]
fn headers_that_state_what_the_caption_does_leave_the_others_to_their_dates() {
    let t =
        table("残高の見込み", 1, 1, &["区分|令和4年度末|令和6年度末見込", "財政調整基金(百万円)|1,124|932"]);
    let got = lines(&t);
    assert!(got[0].contains("|actual|2023-03-31..2023-03-31|"), "{got:?}");
    assert!(got[1].contains("|forecast|2025-03-31..2025-03-31|"), "{got:?}");
}

#[test]
fn differences_are_of_the_later_of_the_years_beside_them() {
    let t = table("参加者", 1, 1, &["区分|令和7年度|令和6年度|増減", "住民|48人|43人|5人"]);
    assert!(lines(&t)[2].contains("|5人|plan|2025-04-01..2026-03-31|"), "{:?}", lines(&t));
    // One year alone tells nothing of what it differs from.
    let t = table("参加者", 1, 1, &["区分|令和5年度|増減", "住民|48人|5人"]);
    assert!(lines(&t)[1].contains("|5人|actual|..|"), "{:?}", lines(&t));
}

#[test]
fn the_end_of_the_year_in_a_label_is_that_of_no_year() {
    let t = table("", 1, 1, &["指標|R4|R5", "会員数(年度末)|81人|87人"]);
    let got = lines(&t);
    assert!(
        got[0].contains("|2022-04-01..2023-03-31|") && got[1].contains("|2023-04-01..2024-03-31|"),
        "{got:?}"
    );
}

#[test]
fn the_end_of_a_month_behind_a_year_ends_what_is_counted() {
    let t = table("", 1, 1, &["区分|令和4年度|令和5年度(9月末)", "交付通数|210|330", "登録者数|50|61"]);
    let got = lines(&t);
    assert!(got[1].contains("|330通|actual|2023-04-01..2023-09-30|"), "{got:?}");
    assert!(got[3].contains("|61人|actual|2023-09-30..2023-09-30|"), "{got:?}");
}

#[test]
fn spans_without_a_year_over_results_lie_before_the_paper() {
    let t = table("販売実績", 1, 1, &["|9月13日~9月30日|12月1日~12月10日", "申込者数|384人|92人"]);
    let got = lines(&t);
    assert!(got.iter().all(|l| l.contains("|actual|")), "{got:?}");
    assert!(got[1].contains("|2023-12-01..2023-12-10|"), "{got:?}");
}

#[test]
fn what_stands_behind_the_unit_may_tell_which_years_happened() {
    let mut t = table("コスト", 1, 1, &["|令和4年度|令和5年度|令和6年度", "事業費|310|320|330"]);
    t.unit = text("(単位:千円。令和4~5年度は決算額、令和6年度は予算額)");
    let got = lines(&t);
    assert!(got[0].contains("|310000円|actual|") && got[2].contains("|330000円|plan|"), "{got:?}");
}

#[test]
fn the_work_of_a_year_that_is_not_over_is_planned() {
    let t = table("令和6年度の主な取組", 1, 1, &["取組|規模", "協力店の拡大|50店舗"]);
    assert!(lines(&t)[0].contains("|50店舗|plan|2024-04-01"), "{:?}", lines(&t));
    let t = table("令和5年度の主な取組", 1, 1, &["取組|規模", "協力店の拡大|50店舗"]);
    assert!(lines(&t)[0].contains("|50店舗|actual|2023-04-01"), "{:?}", lines(&t));
}

#[test]
fn a_caption_that_names_one_column_says_nothing_of_the_others() {
    let t = table("本格運行(案)", 1, 1, &["項目|実証運行|本格運行", "車両台数|2台|3台"]);
    let got = lines(&t);
    assert!(got[0].contains("|2台|actual|") && got[1].contains("|3台|plan|"), "{got:?}");
}

#[test]
fn shares_behind_a_dated_amount_and_the_year_before_a_reported_span() {
    let t = table("歳入", 1, 1, &["区分|R6予算額(千円)|構成比|R5予算額(千円)", "村税|2,985|9.2%|3,011"]);
    assert!(lines(&t)[1].contains("|9.2%|plan|2024-04-01"), "{:?}", lines(&t));
    let t = table("ごみ排出量(t)", 1, 1, &["区分|上半期計|前年同期", "家庭系|2,105|2,182"]);
    let mut scope = Scope { context: Context::Table, ..Scope::default() };
    scope.time.reference = Some(date(2023, 11, 30));
    scope.reported = Some(ScopedPeriod {
        period: shiryo_model::Period {
            start: Some(date(2023, 4, 1)),
            end: Some(date(2023, 9, 30)),
            granularity: shiryo_model::Granularity::HalfYear,
        },
        label: "上半期".to_owned(),
        from: Nearness::Document,
    });
    let observer = crate::Observer::new(None).expect("an observer");
    let got = read(&t, &scope, observer.tools());
    assert_eq!(got[1].period_start, Some(date(2022, 4, 1)), "{got:?}");
}

#[test]
fn months_without_a_year_go_on_from_the_one_above() {
    let rows = ["月|利用回数(回)", "令和5年11月|120", "12月|150", "令和6年1月|110", "2月|90", "計|470"];
    let t = table("講座の開催", 1, 1, &rows);
    let got = lines(&t);
    assert!(got[1].contains("|150回|actual|2023-12-01..2023-12-31|"), "{got:?}");
    assert!(got[3].contains("|90回|actual|2024-02-01..2024-02-29|"), "{got:?}");
    assert!(got[4].contains("|470回|actual|2023-11-01..2024-02-29|"), "{got:?}");
    let t = table("", 1, 1, &["|R5.12|1月|2月", "利用回数|12|15|11"]);
    assert!(lines(&t)[2].contains("|11回|actual|2024-02-01..2024-02-29|"), "{:?}", lines(&t));
}

#[test]
fn totals_of_months_that_headers_leave_the_year_of() {
    let t =
        table("受付件数", 1, 1, &["区分|R5.10月|11月|12月|R6.1月|計", "異動届|412|388|455|431|1,686(見込)"]);
    let got = lines(&t);
    assert!(got[2].contains("|455件|actual|2023-12-01..2023-12-31|"), "{got:?}");
    assert!(got[4].contains("|1686件|forecast|2023-10-01..2024-01-31|"), "{got:?}");
}

#[test]
fn what_is_measured_after_the_introduction_is_of_the_note_below() {
    let mut t = table(
        "",
        1,
        1,
        &[
            "業務名|導入年度|導入前|導入後|削減率",
            "申込の入力|R3|148時間|56時間|62.2%",
            "申告の入力|R4|61時間|19時間|68.9%",
        ],
    );
    t.notes = vec![text("※R4年度の実績値による。")];
    let got = lines(&t);
    assert!(got.iter().all(|l| l.contains("|2022-04-01..2023-03-31|")), "{got:?}");
}

#[test]
fn the_year_that_a_label_holds_its_figures_against_is_not_theirs() {
    let t = table("", 1, 2, &["指標|単位|R5|R6", "使用枚数(R3比削減率)|%|12.4|15.1"]);
    assert!(lines(&t)[1].contains("|15.1%|actual|2024-04-01"), "{:?}", lines(&t));
}

#[test]
fn the_day_of_the_title_is_that_of_each_calendar_year() {
    let t = table("待機児童の年齢別内訳", 1, 1, &["|0歳|1歳", "令和5年|6|9", "令和6年|1|11"]);
    let mut scope = Scope { context: Context::Table, ..Scope::default() };
    scope.time.reference = Some(date(2024, 5, 20));
    scope.title = "令和6年4月1日現在の待機児童の状況".to_owned();
    let observer = crate::Observer::new(None).expect("an observer");
    let got = read(&t, &scope, observer.tools());
    assert_eq!(got[0].period_start, Some(date(2023, 4, 1)), "{got:?}");
    assert_eq!(got[3].period_end, Some(date(2024, 4, 1)), "{got:?}");
}

#[test]
fn measures_beside_years_of_another_are_of_the_title() {
    let title = "町営バスの令和5年度運行実績";
    let t = table("路線別", 1, 1, &["路線|R4利用者数|R5利用者数|運行経費(円)", "山の手線|310|295|4,100"]);
    let got = titled(title, &t);
    assert_eq!(got[1..], ["actual 2024-03-31", "actual 2024-03-31"]);
    // What only years head says nothing of the column beside them.
    let t = table("路線別の利用者数", 1, 1, &["路線|R4|R5|1便当たり", "山の手線|310|295|2.4"]);
    assert_eq!(titled(title, &t)[2], "actual ");
}

#[test]
fn what_is_left_of_a_year_is_of_that_year() {
    let t = table("", 1, 1, &["会計|歳入決算額(円)|歳出決算額(円)|差引額(円)", "水道|900|840|60"]);
    let got = titled("令和5年度各会計決算の概要", &t);
    assert_eq!(got[2], "actual 2024-03-31");
}

#[test]
fn a_budget_is_of_its_year_whenever_what_it_is_for_begins() {
    let rows = ["取組|時期|予算(千円)|設置台数", "受付端末|令和7年12月|800|3台"];
    let got = lines(&table("令和7年度の新しい取組", 1, 1, &rows));
    assert!(got[0].contains("|2025-04-01..2026-03-31|"), "{got:?}");
    assert!(got[1].contains("|2025-12-01..2025-12-31|"), "{got:?}");
}

#[test]
fn only_the_last_accounts_are_still_expected() {
    let rows = ["税目|令和4年度|令和5年度", "固定資産税|98.1|98.4"];
    let got = lines(&table("収納率(決算見込み) (単位:%)", 1, 1, &rows));
    assert!(got[0].contains("|actual|2022-04-01") && got[1].contains("|forecast|2023-04-01"), "{got:?}");
}

#[test]
fn when_a_caption_was_added_is_no_time_of_its_figures() {
    let got = lines(&table("申請の電子化(令和4年3月追加)", 1, 1, &["指標|R3|R4", "手続数|31|46"]));
    assert!(got[0].contains("|2021-04-01..2022-03-31|"), "{got:?}");
}

#[test]
fn years_without_an_era_are_those_of_the_paper() {
    let got = lines(&table("", 1, 1, &["|4年度決算|5年度予算", "運営費(円)|900|950"]));
    assert!(
        got[0].contains("|2022-04-01..2023-03-31|") && got[1].contains("|2023-04-01..2024-03-31|"),
        "{got:?}"
    );
}

#[test]
fn a_year_of_one_column_is_left_alone_by_the_day_of_the_caption() {
    let rows = ["団地|戸数|入居世帯数|令和5年度応募件数", "南|40|38|96"];
    let got = lines(&table("市営住宅(令和6年3月31日現在)", 1, 1, &rows));
    assert!(
        got[0].contains("|2024-03-31..2024-03-31|") && got[2].contains("|2023-04-01..2024-03-31|"),
        "{got:?}"
    );
}

#[test]
fn both_figures_of_a_cell_are_of_its_year() {
    let got = lines(&table("", 1, 1, &["事業|令和4年度決算額(うち一般財源)", "入浴券の交付|980円(540円)"]));
    assert!(got.len() == 2 && got.iter().all(|l| l.contains("|2022-04-01..2023-03-31|")), "{got:?}");
}

#[test]
fn what_replaces_that_in_force_is_planned() {
    let got = lines(&table("路線の再編", 1, 1, &["項目|現行|再編後", "便数|68便|55便"]));
    assert!(got[0].contains("|actual|") && got[1].contains("|plan|"), "{got:?}");
}

#[test]
fn a_day_behind_a_year_is_when_it_was_known() {
    let mut t = table("受診の推移", 1, 1, &["|令和4年度|令和5年度", "受診者数|900|890"]);
    t.notes = vec![text("※令和5年度は令和6年8月末時点の速報値")];
    assert!(lines(&t)[1].contains("|2023-04-01..2024-03-31|"), "{:?}", lines(&t));
}
