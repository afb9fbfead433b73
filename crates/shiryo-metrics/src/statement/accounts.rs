//! Patterns of accounts, budgets and yearly figures: what is told of what, in which year, by how much. One entry a
//! pattern; sentences in our own words.

use super::tests::{drafts, reads, rows, under};
use crate::Scope;
use crate::scope::{Nearness, ScopedPeriod};
use shiryo_model::{Aggregation, Granularity, Period};

/// A scope whose paper reports the fiscal year that begins in `year`.
pub(super) fn reporting(year: i16) -> Scope {
    let day = |y, m, d| Some(jiff::civil::date(y, m, d));
    let period =
        Period { start: day(year, 4, 1), end: day(year + 1, 3, 31), granularity: Granularity::FiscalYear };
    let period = ScopedPeriod { period, label: "令和".into(), from: Nearness::Document };
    Scope { period: Some(period), ..under("x") }
}

#[test]
fn a_second_figure_of_a_named_quantity_is_of_the_same() {
    reads(
        "決算の概要",
        "令和４年度の一般会計では、収入済額は98億円（執行率97.5％）となり、前年度と比較して３億円の減となりました。",
        &[
            "一般会計 | 収入済額 | 9800000000 円 | actual | 2022-04-01..2023-03-31",
            "一般会計 | 執行率 | 97.5 % | actual | 2022-04-01..2023-03-31",
            "一般会計 | 減少額 | 300000000 円 | actual | 2022-04-01..2023-03-31",
        ],
    );
}

#[test]
fn accounts_told_with_de_are_what_is_measured() {
    let text = "歳出では、前年度と比較して総務費で12億円（9.0％）、民生費で２億円（0.4％）の増となりました。";
    let got = rows(&under("x"), text);
    assert!(got[0].starts_with("歳出 | 総務費 | ") && got[2].starts_with("歳出 | 民生費 | "), "{got:?}");
    let d = drafts(&under("x"), text);
    assert!([0, 2].iter().all(|i| d[*i].aggregation == Aggregation::Change), "{d:?}");
    reads("x", "前年度に比べ歳入で3.2％減となりました。", &["歳入 | 減少率 | 3.2 % | actual | "]);
}

#[test]
fn what_is_named_behind_the_figure_is_its_quantity() {
    reads(
        "x",
        "収益的収支は、総収入が９億円、総支出が８億円で、１億円の純利益となりました。",
        &[
            "収益的収支 | 総収入 | 900000000 円 | actual | ",
            "収益的収支 | 総支出 | 800000000 円 | actual | ",
            "収益的収支 | 純利益 | 100000000 円 | actual | ",
        ],
    );
    reads(
        "x",
        "ごみ処理に年間約８億円の経費がかかっています。",
        &["ごみ処理 | 経費 | 800000000 円 | actual | "],
    );
    // The name of another quantity is none of a count of people.
    reads("x", "補助費につきましては、委員42名の活動費でございます。", &["委員 | 人数 | 42 名 | actual | "]);
}

#[test]
fn rates_are_told_for_so_much() {
    reads(
        "給水の状況",
        "給水原価は１立方メートルあたり81.9円、供給単価は１立方メートルあたり59.5円となりました。",
        &["給水原価 | 金額 | 81.9 円 | actual | ", "給水 | 供給単価 | 59.5 円 | actual | "],
    );
}

#[test]
fn a_yearly_quantity_beside_a_day_is_told_for_the_year() {
    reads(
        "水道",
        "令和４年度末の給水人口は12,300人で、年間配水量は900千立方メートルとなりました。",
        &[
            "水道 | 給水人口 | 12300 人 | actual | 2023-03-31..2023-03-31",
            "水道 | 年間配水量 | 900000 m3 | actual | 2022-04-01..2023-03-31",
        ],
    );
}

#[test]
fn years_of_reasons_bases_and_list_entries_hold_for_those_alone() {
    let scope = reporting(2024);
    let got =
        rows(&scope, "宿泊客数については、令和５年５月に規制が変わったことにより、5,120人となりました。");
    assert!(got[0].ends_with("2024-04-01..2025-03-31"), "{got:?}");
    let got = rows(&scope, "予算総額は49億円で、令和５年度予算と比べ、２億円の増となりました。");
    assert!(got.iter().all(|r| r.ends_with("2024-04-01..2025-03-31")), "{got:?}");
    let got = rows(&under("x"), "議案は、令和元年度の補正予算が７件、条例の制定が２件でございます。");
    assert!(got[0].ends_with("2019-04-01..2020-03-31") && got[1].ends_with("| "), "{got:?}");
}

#[test]
fn a_budget_is_planned_however_it_is_worded() {
    let scope = Scope { budget: true, ..reporting(2024) };
    let got = rows(&scope, "歳入は、市税が41億円となっています。前年度の決算額は40億円でした。");
    assert!(got[0].contains("| plan |") && got[1].contains("| actual |"), "{got:?}");
}

#[test]
fn each_of_several_and_the_year_before_told_without_a_date() {
    let text = "前年と比較すると火災件数は３件、損害額は140万円とそれぞれ増加しています。";
    assert!(drafts(&under("火災"), text).iter().all(|d| d.aggregation == Aggregation::Change));
    let scope = Scope { time: Default::default(), ..reporting(2022) };
    let got = rows(&scope, "出動件数は、前年の7,062件より604件増加しました。");
    assert!(got[0].contains("7062 件") && got[0].ends_with("2021-04-01..2022-03-31"), "{got:?}");
    let d = drafts(&under("x"), "利用者数は前年度を717人上回る4,549人でした。");
    assert_eq!(d[0].aggregation, Aggregation::Change);
}

#[test]
fn ranks_prices_and_one_in_so_many_state_nothing() {
    for words in [
        "47都道府県中、最も低い。",
        "受講料は年間3,000円です。",
        "5,000円の商品券を配布した。",
        "市民の約32人に１人が搬送された。",
        "貸出冊数は５・53冊である。",
        "今後30年で2,000万人以上減少する。",
        "これらを合わせると28億円となる。",
    ] {
        assert_eq!(rows(&under("x"), words), Vec::<String>::new(), "{words}");
    }
}

#[test]
fn words_that_name_nothing_are_no_subjects() {
    for words in ["①は45.6％である。", "また、50歳代（10件）が多い。", "委員長は45件と述べた。"]
    {
        let got = rows(&under(""), words);
        assert!(got.is_empty(), "{words}: {got:?}");
    }
    reads("x", "このうち住宅火災は16件でした。", &["住宅火災 | 件数 | 16 件 | actual | "]);
    reads(
        "x",
        "令和６年９月末時点での市のカード交付枚数は308枚でした。",
        &["カード交付枚数 | カード交付枚数 | 308 枚 | actual | 2024-09-30..2024-09-30"],
    );
}

#[test]
fn entries_of_a_line_and_their_sum() {
    reads(
        "図書館の催し",
        "・おはなし会：48回、参加者　延べ912人",
        &["おはなし会 | 実施回数 | 48 回 | actual | ", "おはなし会 | 延べ参加者数 | 912 人 | actual | "],
    );
    reads(
        "Wi-Fi",
        "小学校８校、中学校３校、本庁舎の計12施設に整備した。",
        &[
            "小学校 | 校数 | 8 校 | actual | ",
            "中学校 | 校数 | 3 校 | actual | ",
            "小学校、中学校、本庁舎 | 整備施設数 | 12 施設 | actual | ",
        ],
    );
    let got = rows(&under("標準化"), "予定どおり移行する業務：12業務");
    assert!(got[0].contains("| plan |"), "{got:?}");
}

#[test]
fn aims_told_beside_results_are_their_own() {
    let got = rows(
        &under("温室効果ガス"),
        "令和４年度の総排出量は6,700ｔとなりましたが、削減目標である22.1％に届かない結果となりました。",
    );
    assert!(got[0].contains("| actual |") && got[1].contains("22.1 % | target"), "{got:?}");
    let got = rows(&under("x"), "計画の目標は、令和12年度までに排出量を37％削減するものです。");
    assert!(got[0].contains("37 % | target"), "{got:?}");
    let got = rows(&under("x"), "・構成比率が３割以上である委員会の割合50％");
    assert!(got.iter().all(|r| !r.contains(" 30 %")), "{got:?}");
    let got = rows(&under("x"), "全国平均の策定率は89.3％です。");
    assert!(got[0].contains("全国平均の策定率"), "{got:?}");
}
