//! When the figures of a table hold: years, months, days of every year.

use super::*;

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
fn dates_of_events_are_not_the_periods_of_counts() {
    let t =
        table("", 1, 1, &["届出名|年間申請数|対応年度", "転居届(予定)|120|令和4年度", "出生届|80|令和6年度"]);
    assert_eq!(lines(&t), ["転居届(予定)|年間申請数|120件|actual|..|", "出生届|年間申請数|80件|actual|..|"]);
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
fn the_total_of_a_year_s_months_is_that_year_s() {
    let mut scope = Scope { context: Context::Table, ..Scope::default() };
    scope.time.fiscal_year = Some(2023);
    let months: Vec<String> = (4..=12).chain(1..=3).map(|m| format!("{m}月")).collect();
    let head = format!("|{}|合計", months.join("|"));
    let row = format!("来館者数|{}|1,200", ["100"; 12].join("|"));
    let t = table("図書館の利用", 1, 1, &[&head, &row]);
    let observer = crate::Observer::new(None).expect("an observer");
    let got = read(&t, &scope, observer.tools());
    let last = got.last().expect("a total");
    assert_eq!(last.period_start, Some(date(2023, 4, 1)));
    assert_eq!(last.period_end, Some(date(2024, 3, 31)));
}

#[test]
fn notes_tell_the_day_of_each_month() {
    let mut t = table("R5年度", 1, 1, &["|4月|5月", "人口|900|890", "認定者数|50|51", "申請件数|4|6"]);
    t.notes = vec![text("人口は各月1日現在。その他は月末")];
    let got = lines(&t);
    assert!(got[0].contains("2023-04-01..2023-04-01"), "{got:?}");
    assert!(got[2].contains("2023-04-30..2023-04-30"), "{got:?}");
    assert!(got[4].contains("2023-04-01..2023-04-30"), "counted through the month: {got:?}");
}

#[test]
fn where_money_is_carried_to_is_no_time() {
    let rows = ["年度|歳入|翌年度へ繰り越すべき財源", "令和4年度|500|20"];
    let mut t = table("決算額", 1, 1, &rows);
    t.unit = text("(単位:千円)");
    let got = lines(&t);
    assert!(got[1].contains("20000円|actual|2022-04-01..2023-03-31"), "{got:?}");
}

#[test]
fn years_written_short_in_rows() {
    let rows = ["館|年度|件数", "東館|平成13年度|90", "^|14|95", "西館|平成13年度|40", "^|14|41"];
    let got = lines(&table("会館の利用", 1, 2, &rows));
    assert!(got[1].contains("95件|actual|2002-04-01..2003-03-31"), "{got:?}");
    assert!(got[3].contains("41件|actual|2002-04-01..2003-03-31"), "{got:?}");
}

#[test]
fn a_unit_note_may_tell_the_day_of_each_month() {
    let t = table("人口と世帯(単位:人 各月1日現在)", 1, 1, &["|男|女", "令和6年3月|90|91"]);
    let got = lines(&t);
    assert!(got[0].contains("90人|actual|2024-03-01..2024-03-01"), "{got:?}");
}

#[test]
fn a_line_that_only_dates_the_figures_names_nothing() {
    let mut t = table("各年5月1日現在", 1, 1, &["年度|生徒数|学級数", "令和5年|90|3", "令和6年|85|3"]);
    t.unit = text("");
    let scope =
        Scope { context: Context::Table, topics: vec!["中学校の状況".into()], ..Scope::default() };
    let observer = crate::Observer::new(None).expect("an observer");
    let got = read(&t, &scope, observer.tools());
    assert_eq!(got.len(), 4);
    assert!(got.iter().all(|o| o.subject == "中学校の状況" && o.period_start == o.period_end));
}

#[test]
fn the_year_that_a_ratio_is_held_against_is_not_its_own() {
    let t = table("入込客数", 1, 1, &["区分|令和元年度|令和4年度|対令和元年度比", "【上期】|90人|45人|50%"]);
    let got = lines(&t);
    assert!(got[0].contains("2019-04-01..2019-09-30"), "{got:?}");
    assert!(got[2].contains("50%|actual|2022-04-01..2022-09-30"), "{got:?}");
}

#[test]
fn years_of_an_era_that_is_not_named() {
    let got = lines(&table("入込客数(単位:人)", 1, 1, &["地区|26年|27年|対前年比", "北|90|99|110%"]));
    assert!(got[0].contains("90人|actual|2014-01-01..2014-12-31"), "{got:?}");
    assert!(got[2].contains("110%|actual|2015-01-01"), "{got:?}");
}

#[test]
fn a_note_tells_up_to_when_figures_happened() {
    let mut t = table("利用者数の推計", 1, 1, &["|H25年度|H27年度", "施設|90|95"]);
    t.notes = vec![text("※平成25年度までの実績及び平成26年度以降の推計")];
    let got = lines(&t);
    assert!(got[0].contains("|actual|") && got[1].contains("|forecast|"), "{got:?}");
}

#[test]
fn the_month_of_a_changed_budget_is_not_its_period() {
    let t = table("補正予算額", 1, 1, &["会計|補正額", "一般会計|2億円"]);
    let mut scope =
        Scope { context: Context::Table, topics: vec!["6月補正予算".into()], ..Scope::default() };
    let june = when::within(&when::fiscal_year(2023).expect("a year"), when::Part::Month(6));
    scope.period = june.map(|period| crate::scope::ScopedPeriod {
        period,
        label: "6月".into(),
        from: Nearness::Section,
    });
    let observer = crate::Observer::new(None).expect("an observer");
    let got = read(&t, &scope, observer.tools());
    assert_eq!(got[0].period_end, Some(date(2024, 3, 31)));
}

#[test]
fn words_behind_an_amount_of_the_budget_are_of_its_year() {
    let mut t = table("主な事業", 0, 1, &["窓口の改修|12,400|端末12台", "道路の補修|8,150|市道3路線"]);
    t.unit = text("(単位:千円)");
    let mut scope =
        Scope {
            context: Context::Table, title: "令和6年度当初予算の概要".into(), ..Scope::default()
        };
    scope.status = Some(ScopedStatus { status: Status::Plan, from: Nearness::Document });
    let observer = crate::Observer::new(None).expect("an observer");
    let got = read(&t, &scope, observer.tools());
    let told = got.iter().find(|o| o.unit == "台").expect("a count");
    assert_eq!((told.status, told.period_start), (Status::Plan, Some(date(2024, 4, 1))));
}

#[test]
fn sums_of_years_span_them() {
    let rows = ["項目|令和6年度|令和7年度|令和8年度|3か年計", "講習の回数|30回|30回|30回|90回"];
    let got = lines(&table("計画事業", 0, 1, &rows));
    assert_eq!(got.len(), 4, "{got:?}");
    assert!(got[0].contains("30回|actual|2024-04-01") || got[0].contains("30回|plan|2024-04-01"), "{got:?}");
    assert!(got[3].contains("90回|plan|2024-04-01..2027-03-31"), "{got:?}");
}

#[test]
fn a_cell_may_tell_its_own_year() {
    let rows = ["指標|基準値|現状値|目標値", "広場の利用者数|790人(H26)|860人(H29)|900人(H31)"];
    let got = lines(&table("総合戦略", 1, 1, &rows));
    assert!(got[0].contains("790人|actual|2014-04-01..2015-03-31"), "{got:?}");
    assert!(got[2].contains("900人|target|2019-04-01..2020-03-31"), "{got:?}");
}

#[test]
fn how_long_somebody_is_charged_is_no_period_of_the_counts() {
    let rows = ["施設名|指定期間|施設所管課|利用者数", "市民館|令和3年4月1日~令和8年3月31日|福祉課|90人"];
    assert_eq!(lines(&table("施設の評定", 1, 1, &rows)), ["市民館|利用者数|90人|actual|..|福祉課"]);
}

#[test]
fn aims_beside_results_leave_the_columns_between_alone() {
    let rows =
        ["|平成26年(基準値)|平成27年|平成28年(現状値)|平成31年(目標値)", "出生数|38人|39人↑|37人↓|41人"];
    let got = lines(&table("数値目標 出生数", 1, 1, &rows));
    let status: Vec<&str> = got.iter().filter_map(|l| l.split('|').nth(3)).collect();
    assert_eq!(status, ["actual", "actual", "actual", "target"], "{got:?}");
}

#[test]
fn years_with_the_western_one_in_brackets() {
    let got = lines(&table("検診(単位:人)", 1, 1, &["年度|受診者数", "平成27(2015)|340", "28(2016)|330"]));
    assert!(got[1].contains("330人|actual|2016-04-01..2017-03-31"), "{got:?}");
}

#[test]
fn the_year_of_a_title_that_looks_back_holds_where_nothing_nearer_tells_one() {
    let t = table("", 1, 1, &["区分|受診者数", "胃がん|90"]);
    let period = |title: &str| {
        let mut scope = Scope { context: Context::Table, title: title.into(), ..Scope::default() };
        scope.time.reference = Some(date(2024, 11, 1));
        let observer = crate::Observer::new(None).expect("an observer");
        read(&t, &scope, observer.tools()).first().and_then(|o| o.period_end)
    };
    assert_eq!(period("令和4年度がん検診の受診者"), Some(date(2023, 3, 31)));
    assert_eq!(period("令和4年度がん検診の実施計画"), None);
    assert_eq!(period("令和6年度がん検診の受診者"), None, "the year is not over");
}

#[test]
fn a_line_of_a_year_and_a_day_tells_the_day() {
    let day = |line: &str| when::dated_line(line, &Default::default()).and_then(|(p, _)| p.end);
    assert_eq!(day("2024年度(令和7年1月31日現在)"), Some(date(2025, 1, 31)));
    assert_eq!(day("人口は令和7年1月31日現在"), None, "it names something");
    assert_eq!(day("2024年度"), None);
}

#[test]
fn calendar_years_under_fiscal_ones_and_parts_below_a_year() {
    let rows = ["年度|利用者数", "平成23年|90", "24|95", "4~9月|40"];
    let got = lines(&table("図書館", 1, 1, &rows));
    assert!(got[1].contains("95人|actual|2012-04-01..2013-03-31"), "{got:?}");
    assert!(got[2].contains("40人|actual|2012-04-01..2012-09-30"), "{got:?}");
}

#[test]
fn years_after_all_that_a_paper_knows_have_not_happened() {
    let t = table("", 1, 1, &["区分|R5年度末|R6年度末|R7年度末", "電子化した手続の件数|40件|72件|95件"]);
    let aims = titled("「窓口電子化の共同目標(令和6年2月時点)」について", &t);
    assert_eq!(aims, ["target 2024-03-31", "target 2025-03-31", "target 2026-03-31"]);
    let open = titled("窓口の電子化(令和6年2月時点)", &t);
    assert_eq!(open[2], "unknown 2026-03-31", "{open:?}");
    let past = titled("窓口の電子化の実施状況(令和3年度開始分)", &t);
    assert_eq!(past[2], "actual 2026-03-31", "{past:?}");
}

#[test]
fn series_of_a_plan_without_a_date_is_planned() {
    let rows = ["区分|令和6年度|令和7年度", "更新する端末の台数|120台|95台"];
    let planned = titled("端末更新の進め方", &table("年度別の更新計画", 1, 1, &rows));
    assert_eq!(planned, ["plan 2025-03-31", "plan 2026-03-31"]);
    let done = titled("端末更新の進め方", &table("更新計画の進捗状況", 1, 1, &rows));
    assert!(done.iter().all(|l| l.starts_with("actual")), "{done:?}");
}

#[test]
fn shares_hold_on_the_day_of_what_they_are_the_share_of() {
    let t = table(
        "",
        1,
        1,
        &[
            "団体名|人口(R4.1.1時点)|交付枚数(R4.9末時点)|人口に対する交付枚数率",
            "北町|8,000人|4,000枚|50.0%",
        ],
    );
    let got = lines(&t);
    assert!(got[2].contains("50%|actual|2022-09-30..2022-09-30"), "{got:?}");
}

#[test]
fn day_of_a_title_for_counts_that_tell_none() {
    let t = table("", 1, 1, &["区分|件数", "取組中の項目|94件", "目標達成件数|11件"]);
    assert_eq!(titled("改革の進捗状況報告(令和6年6月末現在)", &t), ["actual 2024-06-30"; 2]);
}

#[test]
fn plans_and_results_of_the_title_s_year_and_their_differences() {
    let t = table("収支", 1, 1, &["科目|計画額(千円)|決算額(千円)|差引(千円)", "利用料金|215|238|23"]);
    let mut scope = Scope { context: Context::Table, ..Scope::default() };
    scope.time.reference = Some(date(2024, 8, 27));
    scope.title = "令和5年度モニタリング結果".to_owned();
    let observer = crate::Observer::new(None).expect("an observer");
    let got = read(&t, &scope, observer.tools());
    assert!(got.iter().all(|o| o.period_start == Some(date(2023, 4, 1))), "{got:?}");
    assert_eq!(got[0].status.as_str(), "plan");
}

#[test]
fn the_end_of_a_year_in_the_caption_is_the_year_of_its_column() {
    let rows = ["指標|令和3年度|令和5年度", "申請の利用率|21.4%|48.7%"];
    let got = lines(&table("指標の達成状況(令和5年度末)", 1, 1, &rows));
    assert!(got[1].contains("|48.7%|actual|2023-04-01..2024-03-31|"), "{got:?}");
    let got = lines(&table("指標の達成状況(令和5年度末現在)", 1, 1, &rows));
    assert!(got[1].contains("|48.7%|actual|2024-03-31..2024-03-31|"), "{got:?}");
}

#[test]
fn a_note_on_a_year_s_results_says_nothing_of_its_aim() {
    let mut t = table(
        "指標の状況",
        2,
        1,
        &["指標|令和6年度|<|令和7年度|<", "^|目標|実績|目標|12月末", "加盟店数(店)|110|121|130|137"],
    );
    t.notes = vec![text("※令和7年度の実績は12月末現在の速報値。")];
    let scope = Scope { topics: vec!["地域通貨".into()], ..Scope::default() };
    let observer = crate::Observer::new(None).expect("an observer");
    let rows = read(&t, &scope, observer.tools());
    let told: Vec<_> = rows.iter().map(|o| (o.value.to_string(), o.status, o.period_end)).collect();
    use shiryo_model::Status::{Actual, Target};
    let day = |y, m, d| Some(date(y, m, d));
    assert_eq!(
        told,
        [
            ("110".to_owned(), Target, day(2025, 3, 31)),
            ("121".to_owned(), Actual, day(2025, 3, 31)),
            ("130".to_owned(), Target, day(2026, 3, 31)),
            ("137".to_owned(), Actual, day(2025, 12, 31))
        ]
    );
}

#[test]
fn aims_of_a_year_are_of_the_whole_of_it() {
    let got = lines(&table("指標の状況(令和6年9月末現在)", 1, 1, &["指標|令和6年度目標", "利用率|45.0%"]));
    assert!(got[0].contains("|45%|target|2024-04-01..2025-03-31|"), "{got:?}");
}

#[test]
fn what_a_cell_lists_under_plans_is_planned_for_their_year() {
    let rows = [
        "取組|令和4年度計画|令和4年度実績",
        "収納率の向上|・収納率99.1%|・収納率99.3%",
        "窓口の見直し|5か所に設置|4か所に設置",
    ];
    let got = lines(&table("主な取組", 1, 1, &rows));
    let year = "2022-04-01..2023-03-31|";
    for told in
        [format!("|99.1%|plan|{year}"), format!("|99.3%|actual|{year}"), format!("|5か所|plan|{year}")]
    {
        assert!(got.iter().any(|o| o.contains(&told)), "{told} {got:?}");
    }
}

#[test]
fn what_is_counted_up_to_a_day_began_with_the_year() {
    let rows = ["コース|令和6年度(8月末現在)|<", "^|参加者数(人)|登録者数(人)", "入門|447|310"];
    let got = lines(&table("教室の実績", 2, 1, &rows));
    assert!(got[0].contains("|447人|actual|2024-04-01..2024-08-31|"), "{got:?}");
    assert!(got[1].contains("|310人|actual|2024-08-31..2024-08-31|"), "{got:?}");
    let rows = [
        "指標|令和5年度|令和6年度|<",
        "^|実績|目標|9月末実績",
        "開催回数|36回|40回|22回",
        "登録者数|80人|90人|85人",
    ];
    let got = lines(&table("教室の実績", 2, 1, &rows));
    assert!(got.iter().any(|o| o.contains("|22回|actual|2024-04-01..2024-09-30|")), "{got:?}");
    assert!(got.iter().any(|o| o.contains("|85人|actual|2024-09-30..2024-09-30|")), "{got:?}");
}

#[test]
fn budgets_beside_what_was_paid_are_of_the_reported_year() {
    let t = table("", 1, 1, &["区分|予算現額(円)|支出済額(円)|不用額(円)", "検診委託料|86,400|81,216|5,184"]);
    let year = when::fiscal_year(2023).expect("a year");
    let reported = ScopedPeriod { period: year, label: "令和5年度".into(), from: Nearness::Document };
    let scope = Scope { topics: vec!["事業費".into()], reported: Some(reported), ..Scope::default() };
    let observer = crate::Observer::new(None).expect("an observer");
    let ends: Vec<_> = read(&t, &scope, observer.tools()).iter().map(|o| o.period_end).collect();
    assert_eq!(ends, [Some(date(2024, 3, 31)); 3]);
}
