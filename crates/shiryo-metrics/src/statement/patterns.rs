//! Patterns of sentences that papers of all kinds share: what is compared, listed, bracketed or labelled. One
//! entry a pattern; a new finding becomes a new entry.

use super::tests::{reads, rows, under};

#[test]
fn a_comparison_s_base_is_no_subject_and_has_its_own_time() {
    reads(
        "意識調査",
        "「毎週使う」と答えた人は64.2％で、前回調査（令和２年度）の58.0％から6.2ポイント増加した。",
        &[
            "「毎週使う」と答えた人 | 割合 | 64.2 % | actual | ",
            "「毎週使う」と答えた人 | 割合 | 58 % | actual | 2020-04-01..2021-03-31",
            "「毎週使う」と答えた人 | 増加ポイント差 | 6.2 ポイント | actual | ",
        ],
    );
    reads(
        "入所の状況",
        "令和６年10月１日現在の待機者数は31人で、前年同期の45人から14人減少した。",
        &[
            "入所 | 待機者数 | 31 人 | actual | 2024-10-01..2024-10-01",
            "入所 | 待機者数 | 45 人 | actual | 2023-10-01..2023-10-01",
            "入所 | 減少人数 | 14 人 | actual | 2024-10-01..2024-10-01",
        ],
    );
    reads(
        "意識調査",
        "（前回調査（令和３年度）　有効回答数1,020件　有効回答率40.8％）",
        &[
            "意識調査 | 有効回答数 | 1020 件 | actual | 2021-04-01..2022-03-31",
            "意識調査 | 有効回答率 | 40.8 % | actual | 2021-04-01..2022-03-31",
        ],
    );
}

#[test]
fn a_count_of_a_list_takes_all_its_names() {
    reads(
        "窓口の電子決済",
        "住民課と税務課、保険課の３か所に決済端末を設置した。",
        &["決済端末 | 決済端末設置か所数 | 3 か所 | actual | "],
    );
    reads(
        "相談の窓口",
        "住民課と税務課、保険課の３か所を対象とした。",
        &["住民課と税務課、保険課 | 対象か所数 | 3 か所 | actual | "],
    );
    reads(
        "買換えの助成",
        "助成の対象は、冷蔵庫、給湯器、照明器具の３品目である。",
        &["冷蔵庫、給湯器、照明器具 | 品目数 | 3 品目 | actual | "],
    );
}

#[test]
fn a_bracket_s_quantity_is_of_what_stands_before_it() {
    reads(
        "保育施設の整備",
        "令和５年度は、認可保育園３園（定員210名）及び家庭的保育事業所１園（定員５名）を開設した。",
        &[
            "認可保育園 | 園数 | 3 園 | actual | 2023-04-01..2024-03-31",
            "認可保育園 | 定員 | 210 名 | actual | 2023-04-01..2024-03-31",
            "家庭的保育事業所 | 開設園数 | 1 園 | actual | 2023-04-01..2024-03-31",
            "家庭的保育事業所 | 定員 | 5 名 | actual | 2023-04-01..2024-03-31",
        ],
    );
    reads("備蓄", "・飲料水（2L）　12,000本", &["飲料水(2L) | 本数 | 12000 本 | actual | "]);
}

#[test]
fn people_told_by_what_they_did_name_the_quantity() {
    reads(
        "職員アンケート",
        "回答者140名（回答率70.0％）",
        &["職員アンケート | 回答者数 | 140 名 | actual | ", "職員アンケート | 回答率 | 70 % | actual | "],
    );
}

#[test]
fn labels_of_present_and_aimed_values() {
    let got = rows(&under("x"), "指標：AI利用率　現状値　８％（令和６年度）　目標値　40％（令和９年度）");
    assert_eq!(got.len(), 2);
    assert!(got[0].ends_with("| 8 % | actual | 2024-04-01..2025-03-31"), "{got:?}");
    assert!(got[1].ends_with("| 40 % | target | 2027-04-01..2028-03-31"), "{got:?}");
}

#[test]
fn numbers_whose_counter_is_a_noun_or_a_label() {
    reads(
        "会議の電子化",
        "令和５年度は42の会議で利用した。",
        &["会議の電子化 | 利用会議数 | 42 会議 | actual | 2023-04-01..2024-03-31"],
    );
    let got = rows(&under("窓口の改善"), "・延べ来庁者数　1,204");
    assert_eq!(got.len(), 1, "{got:?}");
    assert!(got[0].contains("1204 人"), "{got:?}");
    assert_eq!(rows(&under("x"), "１の手続を先に行う。"), Vec::<String>::new());
}

#[test]
fn a_quantity_with_a_name_does_not_take_an_answered_topic() {
    reads(
        "設備の助成",
        "申請は850件、交付決定額は3,200万円（執行率91.0％）でした。",
        &[
            "設備の助成 | 申請件数 | 850 件 | actual | ",
            "交付決定額 | 交付決定額 | 32000000 円 | actual | ",
            "交付決定額 | 執行率 | 91 % | actual | ",
        ],
    );
}

#[test]
fn dates_that_end_the_sentence_hold_for_all_of_it() {
    reads(
        "個別計画",
        "対象者は900人で、作成率は31.0％である（令和６年９月末時点）。",
        &[
            "個別計画 | 対象者数 | 900 人 | actual | 2024-09-30..2024-09-30",
            "個別計画 | 作成率 | 31 % | actual | 2024-09-30..2024-09-30",
        ],
    );
}

#[test]
fn an_aim_told_later_is_the_later_number_s() {
    let got = rows(
        &under("申請の電子化"),
        "令和６年度は、新たに120手続の電子化に取り組み、令和７年度末までに対応率85％を目指す。",
    );
    assert!(got[0].ends_with("120 手続 | plan | 2024-04-01..2025-03-31"), "{got:?}");
    assert!(got[1].contains("85 % | target"), "{got:?}");
}

#[test]
fn what_goes_on_without_a_name_is_of_the_same() {
    reads(
        "人材の育成",
        "階層別研修を４回開催し、延べ210名が受講した（令和４年度：３回、130名）。",
        &[
            "階層別研修 | 開催回数 | 4 回 | actual | ",
            "階層別研修 | 延べ受講者数 | 210 名 | actual | ",
            "階層別研修 | 実施回数 | 3 回 | actual | 2022-04-01..2023-03-31",
            "階層別研修 | 参加者数 | 130 名 | actual | 2022-04-01..2023-03-31",
        ],
    );
    reads(
        "人材の育成",
        "推進リーダーを各課に配置し、計38名となった。",
        &["推進リーダー | 人数 | 38 名 | actual | "],
    );
}

#[test]
fn each_clause_has_its_time_and_status() {
    reads(
        "基幹業務の標準化",
        "14業務については令和７年度末までの移行を完了する見込みであり、残る６業務は令和８年度以降の移行となる。",
        &[
            "基幹業務の標準化 | 標準化業務数 | 14 業務 | forecast | 2026-03-31..2026-03-31",
            "基幹業務の標準化 | 標準化業務数 | 6 業務 | plan | 2026-04-01..",
        ],
    );
    let got =
        rows(&under("x"), "・予約の利用率　令和４年度 60.0％ / 令和５年度 70.5％ / 令和６年度（見込） 74％");
    assert!(got[0].contains("60 % | actual | 2022-04-01"), "{got:?}");
    assert!(got[1].contains("70.5 % | actual | 2023-04-01"), "{got:?}");
    assert!(got[2].contains("74 % | forecast | 2024-04-01"), "{got:?}");
    let got = rows(&under("x"), "・スマートロック：５施設で試行、令和７年度に全施設へ拡大予定");
    assert!(got[0].ends_with("5 施設 | actual | "), "{got:?}");
}

#[test]
fn arrows_lead_from_before_to_after() {
    let got = rows(&under("窓口の改善"), "・申請１件あたりの受付時間：15分 → 9分（▲40％）");
    assert_eq!(
        got,
        [
            "窓口の改善 | 申請1件あたりの受付時間 | 15 分 | actual | ",
            "窓口の改善 | 申請1件あたりの受付時間 | 9 分 | actual | ",
            "窓口の改善 | 申請1件あたりの受付時間増減率 | -40 % | actual | ",
        ]
    );
}

#[test]
fn terms_tell_figures_apart() {
    let got = rows(&under("x"), "介護保険料（基準月額）は、第８期5,800円、第９期6,100円です。");
    assert!(got[0].starts_with("介護保険料(基準月額) / 第8期 | "), "{got:?}");
    assert!(got[1].starts_with("介護保険料(基準月額) / 第9期 | "), "{got:?}");
}
