//! Sentences of every pattern, in our own words.

use super::read;
use crate::catalog::Catalog;
use crate::scope::{Nearness, Scope, ScopedStatus};
use crate::{Draft, Tools};
use shiryo_ja::{Segmenter, compose};
use shiryo_model::{Aggregation, Bound, Context, SourceLine, Status, Text};
use std::sync::LazyLock;

static TOOLS: LazyLock<Tools> = LazyLock::new(|| Tools {
    catalog: Catalog::embedded().expect("embedded catalogue"),
    segmenter: Segmenter::new().ok(),
});

fn text(words: &str) -> Text {
    compose(words.split('\n').map(|l| SourceLine { text: l.into(), ..Default::default() }).collect())
}

pub(super) fn under(topic: &str) -> Scope {
    let mut scope = Scope { topics: vec![topic.into()], ..Scope::default() };
    scope.time.reference = Some(jiff::civil::date(2024, 11, 20));
    scope
}

pub(super) fn drafts(scope: &Scope, words: &str) -> Vec<Draft> {
    let text = text(words);
    read(&text, 0..text.map.len(), scope, &TOOLS)
}

/// `subject | label | value unit | status | period`, one line a draft.
pub(super) fn rows(scope: &Scope, words: &str) -> Vec<String> {
    let row = |d: &Draft| {
        let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
        let period = d.period.as_ref().map(|p| format!("{}..{}", day(p.period.start), day(p.period.end)));
        let status = d.status.map_or(Status::Unknown, |s| s.status);
        let (subject, label, unit) = (&d.subject, &d.measure_label, &d.unit);
        let period = period.unwrap_or_default();
        format!("{subject} | {label} | {} {unit} | {} | {period}", d.value, status.as_str())
    };
    drafts(scope, words).iter().map(row).collect()
}

/// Asserts that `words` under `topic` give these rows.
pub(super) fn reads(topic: &str, words: &str, expected: &[&str]) {
    assert_eq!(rows(&under(topic), words), expected, "{words}");
}

/// Asserts that `words` under `topic` give as many rows, each with every part (` & ` between them) that it must hold.
pub(super) fn holds(topic: &str, words: &str, expected: &[&str]) {
    let got = rows(&under(topic), words);
    assert_eq!(got.len(), expected.len(), "{words}\n{got:#?}");
    for (row, want) in got.iter().zip(expected) {
        for part in want.split(" & ") {
            assert!(row.contains(part), "{words}: {want}\n{got:#?}");
        }
    }
}

#[test]
fn counted_procedures_take_their_names_status_and_year() {
    let got = rows(
        &under("窓口手続の電子化"),
        "戸籍課の「転籍届」及び「改葬許可申請書」の合計12手続のオンライン化については、令和５年度に対応済である。",
    );
    assert_eq!(
        got,
        [
            "「転籍届」及び「改葬許可申請書」 | オンライン化対応済手続数 | 12 手続 | actual | 2023-04-01..2024-03-31"
        ]
    );
    let d =
        drafts(&under("x"), "戸籍課の「転籍届」等の４手続については、令和６年度中に対応できる見込みである。");
    assert_eq!(d[0].department, "戸籍課");
    assert_eq!(d[0].status.map(|s| s.status), Some(Status::Forecast));
}

#[test]
fn a_name_given_in_brackets_is_the_subject() {
    let got = rows(
        &under("x"),
        "令和７年度末までに優先して電子化を図ることとした31手続（以下「先行手続」という。）の状況を以下に示す。",
    );
    assert_eq!(got.len(), 1);
    assert!(got[0].starts_with("先行手続 | "), "{got:?}");
    assert!(got[0].ends_with("31 手続 | plan | 2026-03-31..2026-03-31"), "{got:?}");
}

#[test]
fn thresholds_names_and_durations_state_nothing() {
    for words in [
        "年間の申請が500件以上の手続について優先的に取り組む。",
        "第３回推進会議において決定した。",
        "「年収103万円の壁」について説明する。",
        "約２週間で職員が試作した。",
        "１行政手続のオンライン化の推進",
        "表１　端末の整備状況",
        "10～99件の手続を区分Ｂとする。",
    ] {
        assert_eq!(rows(&under("x"), words), Vec::<String>::new(), "{words}");
    }
}

#[test]
fn from_and_to_are_two_phases_and_the_cut_belongs_to_them() {
    let d = drafts(&under("税務へのAI導入"), "入力時間が約800時間から約300時間まで短縮（62.5％削減）");
    let got: Vec<_> = d
        .iter()
        .map(|d| {
            (d.value.to_string(), d.measure_label.as_str(), d.dimensions.get("phase").map(String::as_str))
        })
        .collect();
    assert_eq!(
        got,
        [
            ("800".into(), "入力時間", Some("before")),
            ("300".into(), "入力時間", Some("after")),
            ("62.5".to_owned(), "削減率", None)
        ]
    );
    assert!(d.iter().all(|d| d.subject == "税務へのAI導入"));
    assert_eq!(d[2].aggregation, Aggregation::Change);
}

#[test]
fn an_object_before_the_bracket_is_the_subject() {
    let d = drafts(&under("x"), "文書管理システムを導入し、電子決裁を拡充（４％から78％に向上）。");
    assert_eq!(d.len(), 2);
    assert!(d.iter().all(|d| d.subject == "電子決裁"));
}

#[test]
fn what_a_session_is_made_of_is_no_count() {
    let got = rows(&under("体験会"), "・R5　2回　16名（1回1日2コース）");
    assert_eq!(got.len(), 2, "{got:?}");
}

#[test]
fn what_is_to_rise_names_the_quantity() {
    let got = rows(&under("x"), "電子契約率の向上 令和６年度 70％");
    assert_eq!(got, ["電子契約率の向上 | 電子契約率 | 70 % | unknown | 2024-04-01..2025-03-31"]);
    let got = rows(&under("x"), "事務経費の削減 30％");
    assert!(got[0].contains("削減率"), "{got:?}");
}

#[test]
fn shares_follow_their_count() {
    let got = rows(&under("x"), "全施設120か所のうち90か所（75.0％）で無線通信が利用できる。");
    assert_eq!(
        got,
        [
            "全施設 | か所数 | 120 か所 | actual | ",
            "全施設 | か所数 | 90 か所 | actual | ",
            "全施設 | 割合 | 75 % | actual | "
        ]
    );
}

#[test]
fn items_of_a_cell_stand_under_their_course() {
    let scope = Scope { context: Context::Table, ..under("市民大学のパソコン教室") };
    let words =
        "〇入門講座\n・R5　12回　150名\n・R6　14回　180名予定\n〇相談会\n・R5　3回　20名（1回2日コース）";
    let d = drafts(&scope, words);
    let got: Vec<_> = d
        .iter()
        .map(|d| {
            let status = d.status.map_or(Status::Unknown, |s| s.status);
            (d.value.to_string(), d.measure_label.as_str(), d.dimensions["course"].as_str(), status)
        })
        .collect();
    let (held, came) = ("実施回数", "参加者数");
    assert_eq!(
        got,
        [
            ("12".to_owned(), held, "入門講座", Status::Actual),
            ("150".to_owned(), came, "入門講座", Status::Actual),
            ("14".to_owned(), held, "入門講座", Status::Plan),
            ("180".to_owned(), came, "入門講座", Status::Plan),
            ("3".to_owned(), held, "相談会", Status::Actual),
            ("20".to_owned(), came, "相談会", Status::Actual)
        ]
    );
}

#[test]
fn labels_before_a_colon() {
    let got = rows(&under("相談窓口の設置"), "相談の件数：45件");
    assert_eq!(got, ["相談窓口の設置 | 件数 | 45 件 | actual | "]);
    let got = rows(&under("窓口の混雑対策"), "コンビニ交付率の目標：令和7年度 60％（令和5年度 41.5％）");
    assert_eq!(
        got,
        [
            "コンビニ交付率 | コンビニ交付率 | 60 % | target | 2025-04-01..2026-03-31",
            "コンビニ交付率 | コンビニ交付率 | 41.5 % | actual | 2023-04-01..2024-03-31"
        ]
    );
}

#[test]
fn the_bracket_behind_a_number_says_when_and_whether() {
    let got = rows(
        &under("x"),
        "協力店は86店舗（令和６年９月末現在）で、令和８年度末までに150店舗とすることを目指す。",
    );
    assert_eq!(
        got,
        [
            "協力店 | 店舗数 | 86 店舗 | actual | 2024-09-30..2024-09-30",
            "協力店 | 店舗数 | 150 店舗 | target | 2027-03-31..2027-03-31"
        ]
    );
}

#[test]
fn replies_costs_and_capacity() {
    let scope = under("基幹システムの標準化");
    let got = rows(&scope, "事業者に照会したところ、現在の委託先を含む７社から回答を受けた。");
    assert_eq!(got, ["基幹システムの標準化 | 回答社数 | 7 社 | actual | "]);
    let d = drafts(&scope, "令和８年２月までの構築経費として約５億円を要する見込みである。");
    assert_eq!((d[0].measure_label.as_str(), d[0].bound), ("構築経費", Bound::Approx));
    assert_eq!(d[0].value, 500_000_000.into());
    assert_eq!(d[0].period.as_ref().and_then(|p| p.period.start), None);
    let d = drafts(&scope, "市民大学の個別相談会において、本年度から定員を３倍に拡充した。");
    assert_eq!((d[0].subject.as_str(), d[0].measure_label.as_str()), ("市民大学の個別相談会", "定員"));
}

#[test]
fn a_plan_of_the_heading_does_not_hold_for_the_past() {
    let mut scope = under("体験教室");
    scope.status = Some(ScopedStatus { status: Status::Plan, from: Nearness::Section });
    let got = rows(&scope, "令和５年度　８回　120名");
    assert!(got.iter().all(|r| r.contains("| actual |")), "{got:?}");
    let got = rows(&scope, "令和７年度　８回　120名");
    assert!(got.iter().all(|r| r.contains("| plan |")), "{got:?}");
}

#[test]
fn frequencies_take_no_period_of_their_own() {
    let d = drafts(
        &under("x"),
        "残る手続については、令和５年度の実績を踏まえ、毎年度概ね15手続を目標に電子化を進める。",
    );
    assert_eq!(d[0].period, None);
    assert_eq!(d[0].dimensions["frequency"], "毎年度");
    assert_eq!(d[0].status.map(|s| s.status), Some(Status::Target));
}

#[test]
fn hostile_text_is_read_without_harm() {
    for words in [
        "（（（「「「1件」",
        "1件から2件から3件に",
        "の10件の",
        "、。、5%",
        "(",
        "12345678901234567890123456789円",
        "：5件",
    ] {
        drafts(&under("x"), words);
    }
    let long = "10件（".repeat(2000);
    drafts(&under("x"), &long);
}

#[test]
fn places_tell_rates_from_their_neighbours() {
    let place = |words: &str| -> Vec<(String, String, Option<String>)> {
        let rows = drafts(&under("カードの普及"), words);
        rows.into_iter()
            .map(|d| (d.value.to_string(), d.subject, d.dimensions.get("area").cloned()))
            .collect()
    };
    let row = |v: &str, place: &str| (v.to_owned(), "カードの普及".to_owned(), Some(place.to_owned()));
    assert_eq!(
        place("保有率は全国で71.3％、県では69.8％、本市で72.5％となっている。"),
        [row("71.3", "全国"), row("69.8", "県"), row("72.5", "本市")]
    );
    assert_eq!(
        place("電子決裁の普及率は指定都市で88％、その他の市町村で17.5％だった。"),
        [
            ("88".to_owned(), "電子決裁".to_owned(), Some("指定都市".to_owned())),
            ("17.5".to_owned(), "電子決裁".to_owned(), Some("その他の市町村".to_owned()))
        ]
    );
    assert_eq!(place("町村での保有率は64％だった。"), [row("64", "町村")]);
}

#[test]
fn keys_to_grades_scales_and_usual_ranges_state_nothing() {
    let scope = under("施策の評価");
    for words in [
        "Ａ：達成した（達成率90％以上）",
        "◎：計画を上回る（進捗率120％以上）",
        "進み具合を５段階で評価した。",
        "離脱率は一般に30％から40％とされている。",
        "利用率は41,2％となっています。",
    ] {
        assert!(drafts(&scope, words).is_empty(), "{words}");
    }
}

#[test]
fn who_says_so_and_what_a_figure_is_set_against_is_no_subject() {
    let subject =
        |words: &str| drafts(&under("公式アプリ"), words).pop().map(|d| d.subject).unwrap_or_default();
    assert_eq!(subject("国によると登録団体は412団体となっている。"), "登録団体");
    assert_eq!(subject("世帯が多いのに対して現在の登録端末は640台となっている。"), "登録端末");
    assert_eq!(subject("運用の成果については、通知の配信が月平均で2万3,000通です。"), "通知の配信");
    assert_eq!(
        subject("計画の初年度となる令和６年度では、新たに８業務を対象に検討する予定です。"),
        "公式アプリ"
    );
}

#[test]
fn the_aim_of_the_next_number_is_not_that_of_this_one() {
    let got = rows(
        &under("証明書の交付"),
        "窓口での交付数は令和４年度で8,200件、自動交付の件数の目標は令和８年度に900件としている。",
    );
    let status: Vec<&str> = got.iter().filter_map(|r| r.split(" | ").nth(3)).collect();
    assert_eq!(status, ["actual", "target"]);
}

#[test]
fn budgets_and_speakers_before_a_figure() {
    let got = rows(&under("自動交付"), "交付機の導入の予算3,600万円を計上したが、目標は未定である。");
    assert!(got.len() == 1 && got[0].contains("| plan |"), "{got:?}");
    let got = rows(&under("自動交付"), "市民部長 窓口の交付総数は令和４年度で8,200件である。");
    assert!(got.len() == 1 && got[0].starts_with("窓口 | 交付総数"), "{got:?}");
}

#[test]
fn of_how_many_is_no_subject() {
    let got = rows(&under("自動交付"), "自動交付の導入団体数は、令和６年３月１日現在で52市中37市である。");
    assert_eq!(got.len(), 1, "{got:?}");
    assert!(got[0].starts_with("自動交付 | 導入団体数 | 37 市"), "{got:?}");
}

#[test]
fn a_rise_is_not_of_the_time_that_it_is_told_from() {
    let got =
        rows(&under("カードの普及"), "令和４年５月１日時点での保有率21.5％から12.4ポイント増加しています。");
    assert!(got.len() == 2 && got[0].ends_with("2022-05-01..2022-05-01"), "{got:?}");
    assert!(got[1].contains("12.4 ポイント") && got[1].ends_with("| "), "{got:?}");
}

#[test]
fn goals_that_name_a_part_of_a_plan_say_nothing_of_its_figures() {
    use super::status::of_heading;
    assert_eq!((of_heading("基本目標2 子どもが育つまち"), of_heading("目標3 安全な暮らし")), (None, None));
    assert_eq!(of_heading("令和8年度の目標"), Some(Status::Target));
    assert_eq!(of_heading("目標 令和8年度"), Some(Status::Target));
}
