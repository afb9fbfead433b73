//! What committee papers tell from sentence to sentence: events, beginnings, parts of those counted, places.

use super::tests::{drafts, holds, rows, under};
use crate::scope::{Nearness, Scope, ScopedStatus};
use shiryo_model::Status;

#[test]
fn what_was_held_dates_the_sentences_after_it() {
    holds(
        "親子教室",
        "親子教室を令和６年７月６日に開催した。参加者は48名であった。",
        &["親子教室 & 48 名 | actual | 2024-07-06..2024-07-06"],
    );
    // What was begun then goes on.
    holds(
        "宅配便",
        "令和６年４月に３地区で開始した。利用者は210名である。",
        &["3 地区", "利用者数 | 210 名 | actual | "],
    );
    assert!(
        rows(&under("宅配便"), "令和６年４月に３地区で開始した。利用者は210名である。")[1].ends_with("| ")
    );
}

#[test]
fn since_when_is_not_when() {
    holds(
        "出前講座",
        "講座は平成30年度に開始し、これまでに累計で35講座、受講者数は2,140名となっている。",
        &["35 講座 | actual | ", "2140 名 | actual | "],
    );
    for row in rows(&under("x"), "令和３年６月に導入した予約システムは、38施設を対象としている。")
    {
        assert!(row.ends_with("| "), "{row}");
    }
}

#[test]
fn stretches_that_end_with_a_time() {
    holds("通報", "10月までの４か月間に320件の通報があった。", &["320 件 | actual | 2024-07-01..2024-10-31"]);
    holds(
        "講習",
        "・令和５年度（９月末まで）　12回　240名",
        &["12 回 & 2023-04-01..2023-09-30", "240 名 & 2023-04-01..2023-09-30"],
    );
}

#[test]
fn a_group_of_those_counted_keeps_their_subject() {
    let d = drafts(&under("歩こう会"), "参加者は80名であった。うち70歳以上は36名で、45％を占める。");
    assert_eq!(d.len(), 3, "{d:#?}");
    assert!(d.iter().all(|d| d.subject == "歩こう会"), "{d:#?}");
    assert_eq!(d[1].dimensions.get("age").map(String::as_str), Some("70歳以上"));
    holds(
        "大型ごみ",
        "大型ごみの申込みは4,200件で、うちインターネットによる申込みは1,050件であった。",
        &["大型ごみ", "インターネットによる申込み | "],
    );
}

#[test]
fn what_is_done_in_so_many_places_is_measured() {
    let d = drafts(&under("見守り"), "体操教室を集会所６か所で実施した。");
    assert_eq!(
        (d[0].subject.as_str(), d[0].dimensions.get("place").map(String::as_str)),
        ("体操教室", Some("集会所"))
    );
    holds("重点施策", "新たに４業務で文字認識を試行する。", &["文字認識 & 4 業務 | plan"]);
}

#[test]
fn a_share_in_a_bracket_is_of_what_stands_before_it() {
    holds("祝い金", "贈呈者数　1,480人（対象者の97.1％）", &["祝い金 & 1480", "祝い金 & 97.1 %"]);
}

#[test]
fn what_is_aimed_at_is_no_result() {
    holds(
        "登録",
        "登録者は９月末で152人となり、令和８年度末に300人とする目標に対し50.7％の到達である。",
        &["152 人 | actual | 2024-09-30", "300 人 | target | 2027-03-31", "50.7 % | actual | 2024-09-30"],
    );
    let mut scope = under("食品ロス");
    scope.status = Some(ScopedStatus { status: Status::Target, from: Nearness::Section });
    assert!(rows(&scope, "令和９年度までに、ごみ量を420グラム以下とする。")[0].contains("| target |"));
    holds(
        "再生",
        "再生利用率は18.2％にとどまっており、目標の25％を下回った。",
        &["18.2 % | actual", "25 % | target"],
    );
}

#[test]
fn a_bracket_behind_the_time_or_the_sentence_speaks_for_all() {
    holds(
        "蔵書",
        "令和６年度（予算）　図書購入費　4,200,000円、雑誌購入費　600,000円",
        &["4200000 円 | plan", "600000 円 | plan"],
    );
    holds(
        "運営",
        "要した経費は、委託費1,240万円、広報費80万円の合計1,320万円である（執行見込み）。",
        &["12400000 円 | forecast", "800000 円 | forecast", "13200000 円 | forecast"],
    );
}

#[test]
fn what_a_time_is_compared_with_is_not_the_time_of_the_figure() {
    holds(
        "登録",
        "登録者は前年度（令和５年度）の410名から60名増加した。",
        &["410 名 | actual | 2023-04-01..2024-03-31", "60 名"],
    );
    let got = rows(&under("講習"), "前年同期の20回に対し、24回となった。受講者は380人である。");
    assert!(got.last().is_some_and(|r| r.ends_with("380 人 | actual | ")), "{got:#?}");
    holds(
        "決裁",
        "電子決裁率は令和元年度（本庁40.0％、支所22.5％）に比べ改善した。",
        &["40 % | actual | 2019-04-01", "22.5 % | actual | 2019-04-01"],
    );
}

#[test]
fn parts_of_a_whole_are_counted_as_it_is() {
    holds(
        "評価",
        "全28項目のうち、順調な項目は21、遅れている項目は７であった。",
        &["28 項目", "21 項目", "7 項目"],
    );
}

#[test]
fn names_that_lines_begin_with() {
    holds(
        "訓練の内容",
        "・物資の輸送訓練　倉庫２か所から避難所４か所へ、毛布 600枚を輸送した。",
        &["", "", "毛布"],
    );
    holds("窓口改革", "・予約システム　利用 1,200件（６～９月）", &["予約システム & 1200 件"]);
}

#[test]
fn lengths_of_work_are_figures_where_something_tells_so() {
    holds("端末", "修理に要する期間は平均21日、費用は480万円である。", &["21 日", "4800000 円"]);
    holds("受付", "電話は１校１日当たり約30件から８件に減った。", &["電話 & 30 件", "電話 & 8 件"]);
    holds("交付金", "県の補助金（補助率 10／10）を充てる。", &[]);
}

#[test]
fn this_year_is_that_of_the_day_of_writing() {
    let scope = Scope::default();
    let mut scope = Scope { topics: vec!["講座".into()], ..scope };
    scope.time.reference = Some(jiff::civil::date(2024, 8, 20));
    scope.time.fiscal_year = Some(2023);
    let got = rows(&scope, "令和５年度は12回開催した。来年度は20回開催する予定である。");
    assert!(got[1].ends_with("plan | 2025-04-01..2026-03-31"), "{got:#?}");
}

#[test]
fn the_first_of_a_month_is_no_rate() {
    holds(
        "定員",
        "定員管理計画では令和８年４月１日に720人以下とする。",
        &["定員管理計画 & 720 人 | plan | 2026-04-01"],
    );
}

#[test]
fn what_is_set_apart_behind_a_figure_is_of_another() {
    holds(
        "決裁",
        "・電子決裁率　58.2％（R5.10～R6.3）　目標　R8：85％",
        &["58.2 % | actual", "85 % | target"],
    );
    holds(
        "待ち時間",
        "待ち時間は平均41分となっていることから、予約の利用率を50％に高めることを目指す。",
        &["41 分 | actual", "50 % | target"],
    );
}

#[test]
fn stretches_of_two_times_and_of_months() {
    holds(
        "健診",
        "勧奨状を６月及び10月に計9,200通送付した。",
        &["9200 通 | actual | 2024-06-01..2024-10-31"],
    );
    holds(
        "収入",
        "撤去台数は820台（前年同期900台、8.9％減）であった。",
        &["820 台", "900 台", "8.9 % | actual"],
    );
}
