//! When changes are told for, and what clauses, keys and the sentence before say of the status of a figure.

use super::tests::{holds, rows, under};
use crate::scope::{Nearness, Scope, ScopedPeriod, ScopedStatus};
use shiryo_model::Status;

#[test]
fn a_change_is_of_the_time_that_is_compared_not_of_its_base() {
    holds(
        "相談",
        "令和５年度の相談件数は2,450件で、令和４年度の2,100件に比べて350件増加した。",
        &["2450 件 | actual | 2023-04-01", "2100 件 | actual | 2022-04-01", "350 件 | actual | 2023-04-01"],
    );
    holds(
        "支払い",
        "７月から９月までの利用率は28.4％であり、４月から６月までの22.1％と比べ6.3ポイント上昇した。",
        &[
            "28.4 % | actual | 2024-07-01",
            "22.1 % | actual | 2024-04-01",
            "6.3 ポイント | actual | 2024-07-01",
        ],
    );
    // The base is not what the next sentence speaks of.
    holds(
        "相談",
        "相談件数は2,450件で、令和４年度の2,100件に比べて350件増加した。手段別では、電話が1,800件であった。",
        &["2450 件 | actual | ", "2100 件 | actual | 2022", "350 件 | actual | ", "1800 件"],
    );
    let got = rows(
        &under("相談"),
        "相談件数は2,450件で、令和４年度の2,100件に比べて350件増加した。電話が1,800件であった。",
    );
    assert!(!got[3].contains("2022"), "{got:?}");
    holds(
        "人材",
        "令和７年度の研修予算　3,120万円（前年度当初比 4.5％増）",
        &["2025-04-01", "4.5 % & 2025-04-01"],
    );
}

#[test]
fn what_was_passed_is_not_what_passed_it() {
    holds(
        "人口",
        "町の人口は9,120人で、計画の推計（9,060人）を60人上回った。",
        &["9120 人 | actual", "9060 人 | forecast", "60 人 | actual"],
    );
    let got = rows(&under("人口"), "就学前児童は710人で、計画策定時の推計（740人）を30人下回った。");
    assert!(got[2].starts_with("就学前児童 | "), "{got:?}");
    holds(
        "電子申請",
        "電子化した手続は182手続で、目標の170手続を12手続上回っている。",
        &["182 手続 | actual", "170 手続 | target", "12 手続 | actual"],
    );
}

#[test]
fn a_bracket_that_a_day_leads_dates_what_stands_before_it() {
    let got = rows(
        &under("町の概況"),
        "人口 8,120人、3,410世帯、高齢化率 38.2％（令和６年10月１日現在、住民基本台帳）。",
    );
    assert!(got.iter().all(|r| r.ends_with("2024-10-01..2024-10-01")), "{got:?}");
    let got = rows(&under("端末"), "貸出用端末　90台（令和６年９月末現在　うち学校への貸与12台）");
    assert!(got[0].ends_with("2024-09-30..2024-09-30"), "{got:?}");
    let got = rows(&under("生成AI"), "利用者は320人（令和６年９月末、全職員の41％）。");
    assert!(got[0].ends_with("2024-09-30..2024-09-30"), "{got:?}");
}

#[test]
fn a_key_of_aims_speaks_for_all_that_its_line_tells() {
    for words in [
        "目標：稼働業務 12業務、短縮時間 2,400時間",
        "目 標 １日当たり乗車人数30人、収支率15％",
        "令和７年度の数値目標 応答率92％、完結率73％",
    ] {
        let got = rows(&under("取組"), words);
        assert!(got.len() == 2 && got.iter().all(|r| r.contains("| target |")), "{got:?}");
    }
    let got = rows(&under("生成AI"), "KPI 会議録の作成時間 1,200時間（令和９年度）");
    assert!(got[0].starts_with("会議録") && got[0].contains("| target |"), "{got:?}");
    // How many aims there are is so.
    holds(
        "計画",
        "数値目標32項目のうち、達成したものは20項目である。",
        &["32 項目 | actual", "20 項目 | actual"],
    );
}

#[test]
fn a_clause_that_is_complete_stands_by_itself() {
    holds(
        "地籍調査",
        "調査は町域の約６割に当たる41ヘクタールで完了し、令和８年度までに全域を終える計画である。",
        &["60 % | actual", "41 ha | actual"],
    );
    holds(
        "窓口",
        "令和７年４月から支所２か所に拡大し、年間4,200件の利用を見込む。",
        &["2 か所 | plan", "4200 件 | forecast"],
    );
    holds(
        "電子申請",
        "市が所管する920手続のうち、対面を要する140手続を除く780手続を、令和８年度末までに電子化することとしている。",
        &["920 手続 | actual", "140 手続 | actual", "780 手続 | plan"],
    );
}

#[test]
fn what_is_asked_for_or_under_way_is_planned_and_what_follows_from_it_expected() {
    holds("体育館", "空調につきましては、残る12校に設置する計画でございます。", &["12 校 | plan"]);
    holds("避難所", "新たに宿泊施設４施設と協定を結ぶことで協議を進めております。", &["4 施設 | plan"]);
    holds("備蓄", "購入後の充足率は62.5％となります。", &["62.5 % | forecast"]);
    holds(
        "標準化",
        "運用経費は、現行の年1,200万円に対し、移行後は年1,900万円となり、６割増える見込みである。",
        &["12000000 円", "19000000 円 | forecast", "60 % | forecast"],
    );
    holds("RPA", "R7は水道料金の入力を加え４業務に。", &["4 業務 | plan"]);
    holds(
        "鍵の電子化",
        "令和７年２月から公民館３館で試行します。費用は約150万円です。",
        &["3 館 | plan", "円 | plan"],
    );
}

#[test]
fn what_stands_at_the_end_of_a_month_is_of_that_day_and_what_came_up_to_it_is_not() {
    holds(
        "電子申請",
        "令和５年度末までに1,120手続を電子化した。",
        &["1120 手続 | actual | 2024-03-31..2024-03-31"],
    );
    let got = rows(&under("電子申請"), "令和６年度は９月末までに40手続を追加した。");
    assert!(got[0].ends_with("2024-04-01..2024-09-30"), "{got:?}");
}

#[test]
fn months_are_counted_from_when_something_was_begun() {
    holds(
        "窓口の電子決済",
        "令和５年７月から６窓口で開始した。９か月間の決済件数は4,210件である。",
        &["6 窓口", "4210 件 | actual | 2023-07-01..2024-03-31"],
    );
    holds(
        "議事録の作成",
        "令和５年10月に本稼働し、３月までの利用は310件であった。",
        &["310 件 | actual | 2023-10-01..2024-03-31"],
    );
}

#[test]
fn what_is_told_for_a_year_is_not_of_the_day_or_half_beside_it() {
    holds(
        "電子申請",
        "電子申請ができるものは令和５年度末で820手続となった。一方、年間の申請総数に占める割合は38.5％にとどまる。",
        &["820 手続 | actual | 2024-03-31..2024-03-31", "38.5 % | actual | 2023-04-01..2024-03-31"],
    );
    let got = rows(
        &under("コピー用紙"),
        "令和６年度上半期は410万枚であった。年間では800万枚以下を目標としている。",
    );
    assert!(got[1].contains("target | 2024-04-01..2025-03-31"), "{got:?}");
}

#[test]
fn what_is_done_is_planned_beside_what_is_aimed_at_or_expected() {
    holds("電子申請", "令和７年度は80手続を追加、利用率65％を目指す。", &["80 手続 | plan", "65 % | target"]);
    holds("電子申請", "令和７年度末における対応済手続数を470手続とする。", &["470 手続 | plan | 2026-03-31"]);
    let mut scope = under("経費");
    scope.status = Some(ScopedStatus { status: Status::Forecast, from: Nearness::Section });
    scope.period = period_of(&scope, "経費(令和５年度決算見込み)");
    let got = rows(&scope, "窓口システムの使用料 1,240万円");
    assert!(got[0].contains("| forecast | 2023-04-01..2024-03-31"), "{got:?}");
}

/// The time that a heading tells.
fn period_of(scope: &Scope, words: &str) -> Option<ScopedPeriod> {
    super::period::of_heading(words, scope, Nearness::Section)
}

#[test]
fn by_how_much_something_differs_from_what_was_expected_is_so() {
    let got = rows(&under("人口"), "実績は4,126人と、推計値の4,518人に対して392人少ない。");
    assert!(got[2].contains("392 人 | actual"), "{got:?}");
}
