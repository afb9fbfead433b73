//! Patterns of announcements, accounts and yearly reports: what is compared with the year before, listed by cause,
//! told by age. One entry a pattern; sentences in our own words.

use super::tests::{reads, rows, under};

#[test]
fn commas_of_reports_part_clauses() {
    reads(
        "総合訓練",
        "また,国や県,消防,警察などの関係者約420人は,連絡の手順を確かめました。",
        &["国や県、消防、警察などの関係者 | 人数 | 420 人 | actual | "],
    );
}

#[test]
fn a_time_is_no_subject() {
    reads(
        "人口の動き",
        "町の人口は減る傾向にあり、令和５（2023）年では18,204人となっています。",
        &["人口の動き | 人口 | 18204 人 | actual | 2023-01-01..2023-12-31"],
    );
}

#[test]
fn what_a_change_is_told_from_is_not_its_period() {
    reads(
        "財政の指標",
        "令和５年度の経常収支比率は91.4％でした。将来負担比率は令和４年度から3.1ポイント低下し、40.2％となりました。",
        &[
            "財政の指標 | 経常収支比率 | 91.4 % | actual | 2023-04-01..2024-03-31",
            "財政の指標 | 将来負担比率 | 3.1 ポイント | actual | 2023-04-01..2024-03-31",
            "財政の指標 | 将来負担比率 | 40.2 % | actual | 2023-04-01..2024-03-31",
        ],
    );
    reads(
        "歳入",
        "歳入は、繰入金が前年度比で12.5％の増となった。",
        &["繰入金 | 増加率 | 12.5 % | actual | "],
    );
}

#[test]
fn a_bracket_may_give_the_figure_of_the_year_before() {
    reads(
        "救助",
        "令和５年の出動は、交通事故が18件（前年21件）、水難事故４件（同２件）でした。",
        &[
            "交通事故 | 件数 | 18 件 | actual | 2023-01-01..2023-12-31",
            "交通事故 | 件数 | 21 件 | actual | 2022-01-01..2022-12-31",
            "水難事故 | 件数 | 4 件 | actual | 2023-01-01..2023-12-31",
            "水難事故 | 件数 | 2 件 | actual | 2022-01-01..2022-12-31",
        ],
    );
    // Without a time the two could not be told apart.
    reads("救助", "交通事故が18件（前年21件）でした。", &["交通事故 | 件数 | 18 件 | actual | "]);
}

#[test]
fn lists_by_cause_keep_their_names() {
    let got = rows(
        &under("救急"),
        "事故種別は、急病が3,120件で全体の62.0％を占め、以下転院搬送508件、一般負傷407件の順となっています。",
    );
    assert_eq!(
        got,
        [
            "急病 | 件数 | 3120 件 | actual | ",
            "急病 | 割合 | 62 % | actual | ",
            "転院搬送 | 件数 | 508 件 | actual | ",
            "一般負傷 | 件数 | 407 件 | actual | ",
        ]
    );
    let got = rows(
        &under("火災"),
        "前年と比較すると「建物」が６件、「林野」が２件、「その他」が９件減少しました。",
    );
    assert!(got.len() == 3 && got.iter().all(|r| r.contains("減少件数")), "{got:?}");
    let got = rows(&under("搬送人員"), "「急病」が最も多く2,105人で、前年と比較すると、96人増加しました。");
    assert!(got.len() == 2 && got.iter().all(|r| r.starts_with("「急病」 | ")), "{got:?}");
}

#[test]
fn round_figures_that_were_passed_and_means_of_many_years_state_nothing() {
    reads(
        "人口",
        "令和６年では前期高齢者が8,940人と9,000人を下回りました。",
        &["前期高齢者 | 人数 | 8940 人 | actual | 2024-01-01..2024-12-31"],
    );
    reads("火災", "過去10年間の年間平均件数は、61件となっています。", &[]);
    reads("予算", "説明書92ページの経費についてお伺いします。", &[]);
    reads("図書館", "１日平均の利用者数は増加した。", &[]);
}

#[test]
fn people_by_what_they_did_belong_to_what_the_sentence_before_spoke_of() {
    reads(
        "社会教育",
        "移動天文台は、校庭で月を観察する催しとした。86名の参加者があり、好評であった。",
        &["移動天文台 | 参加者数 | 86 名 | actual | "],
    );
    reads(
        "社会教育",
        "各館での「出張おはなし会」は、今年度は24回開催し、612名の参加者があった。",
        &[
            "各館での「出張おはなし会」 | 開催回数 | 24 回 | actual | 2024-04-01..2025-03-31",
            "各館での「出張おはなし会」 | 参加者数 | 612 名 | actual | 2024-04-01..2025-03-31",
        ],
    );
}

#[test]
fn ages_tell_numbers_apart() {
    let text = "端末を持つ人の割合は、20歳から50歳代で９割、60歳代で約８割です。";
    reads(
        "調査",
        text,
        &["端末を持つ人 | 割合 | 90 % | actual | ", "端末を持つ人 | 割合 | 80 % | actual | "],
    );
    let ages: Vec<_> = super::tests::drafts(&under("調査"), text)
        .iter()
        .map(|d| d.dimensions.get("age").cloned().unwrap_or_default())
        .collect();
    assert_eq!(ages, ["20歳から50歳代", "60歳代"]);
}

#[test]
fn quantities_of_one_kind_share_what_they_are_told_of() {
    reads(
        "",
        "令和５年度の一般会計の歳入決算額は120億円、歳出決算額は115億円となりました。",
        &[
            "一般会計 | 歳入決算額 | 12000000000 円 | actual | 2023-04-01..2024-03-31",
            "一般会計 | 歳出決算額 | 11500000000 円 | actual | 2023-04-01..2024-03-31",
        ],
    );
}

#[test]
fn what_is_carried_over_to_the_next_year_is_of_this_one() {
    reads(
        "一般会計",
        "令和５年度の収支は、翌年度への繰越財源となる２億円を除き、実質収支が３億円の黒字となった。",
        &[
            "収支 | 金額 | 200000000 円 | actual | 2023-04-01..2024-03-31",
            "実質収支 | 金額 | 300000000 円 | actual | 2023-04-01..2024-03-31",
        ],
    );
}

#[test]
fn a_change_in_a_bracket_is_not_of_the_year_told_there() {
    reads(
        "歳入総額",
        "（R4年度 77億円 昨対比４億円増）",
        &[
            "歳入総額 | 金額 | 7700000000 円 | actual | 2022-04-01..2023-03-31",
            "歳入総額 | 増加額 | 400000000 円 | actual | ",
        ],
    );
    reads(
        "決算",
        "令和５年度の歳入総額は、令和４年度に比べ４億円の増加となりました。",
        &["決算 | 歳入総額の増減 | 400000000 円 | actual | 2023-04-01..2024-03-31"],
    );
}

#[test]
fn the_unit_of_the_office_that_acts_is_no_subject() {
    reads(
        "デジタル活用",
        "情報政策課において、令和５年度にスマホ教室を43回開催した。",
        &["スマホ教室 | 開催回数 | 43 回 | actual | 2023-04-01..2024-03-31"],
    );
}

#[test]
fn averages_of_others_are_told_apart() {
    let d = super::tests::drafts(
        &under("カード"),
        "令和５年６月末の市の交付率は72.3％、全国平均77.4％であった。",
    );
    let area = |i: usize| d[i].dimensions.get("area").map(String::as_str);
    assert_eq!((area(0), area(1)), (None, Some("全国平均")));
}

#[test]
fn leaders_and_brackets_are_no_part_of_a_name() {
    let got = rows(&under("出動"), "火災…2件　救急…629件");
    assert!(got[0].starts_with("火災 | ") && got[1].starts_with("救急 | "), "{got:?}");
}

#[test]
fn sums_from_a_year_on_end_with_the_time_spoken_of() {
    let got = rows(
        &under("財政効果"),
        "令和５年度の効果額は2億4,000万円となり、令和３年度からの累計では6億1,500万円となった。令和２年度からの累計は8億円である。",
    );
    let sums: Vec<&String> =
        got.iter().filter(|r| r.contains("615000000") || r.contains("800000000")).collect();
    assert!(sums.len() == 2 && sums[0].ends_with("2021-04-01..2024-03-31"), "{got:?}");
    assert!(sums[1].ends_with("2020-04-01..2024-03-31"), "{got:?}");
}

#[test]
fn results_up_to_a_day_are_counted_from_the_beginning() {
    reads(
        "電子申請",
        "令和５年６月から電子申請で受け付け、12月末までに2,150件の届出があった。",
        &["電子申請 | 届出件数 | 2150 件 | actual | 2023-06-01..2023-12-31"],
    );
    reads(
        "助成",
        "令和６年10月末までに830件を交付した。",
        &["助成 | 交付件数 | 830 件 | actual | 2024-04-01..2024-10-31"],
    );
    // An aim's day, and a count up to the end of a year.
    reads(
        "助成",
        "令和７年12月末までに900件を交付する予定である。",
        &["助成 | 交付件数 | 900 件 | plan | 2025-12-31..2025-12-31"],
    );
    reads(
        "助成",
        "令和６年３月末までに5,000件を交付した。",
        &["助成 | 交付件数 | 5000 件 | actual | 2024-03-31..2024-03-31"],
    );
}

#[test]
fn the_bracket_behind_a_survey_dates_its_results() {
    let got = rows(
        &under("窓口"),
        "利用者アンケート(令和６年５月、回答812人)では、「満足」と答えた人が71.5％、「不満」が8.2％であった。",
    );
    assert!(got.len() == 3 && got.iter().all(|r| r.ends_with("2024-05-01..2024-05-31")), "{got:?}");
}

#[test]
fn what_a_survey_found_has_its_time() {
    let got =
        rows(&under("通信環境"), "令和６年５月に実施した調査で、基準を満たす学校は34校中９校であった。");
    assert!(!got.is_empty() && got.iter().all(|r| r.ends_with("2024-05-01..2024-05-31")), "{got:?}");
}

#[test]
fn lengths_end_a_time_and_rates_of_aims_are_found_out() {
    let got = rows(&under("実証"), "令和５年10月から３か月間、救急隊５隊で実施し、158人を搬送した。");
    assert!(got.len() == 2 && got.iter().all(|r| r.ends_with("actual | 2023-10-01..2023-12-31")), "{got:?}");
    let got = rows(&under("財政効果"), "令和５年度の目標額に対する達成率は105.1％である。");
    assert!(got.len() == 1 && got[0].contains("105.1 % | actual"), "{got:?}");
}

#[test]
fn the_year_before_is_that_of_the_number_behind_it() {
    let mut scope = super::accounts::reporting(2023);
    scope.time.fiscal_year = Some(2023);
    scope.time.reference = None;
    let got = rows(
        &scope,
        "総排出量は3,720件で、前年度(3,851件)から131件減少した。内訳は、家庭系2,866件、事業系854件である。",
    );
    let earlier: Vec<bool> = got.iter().map(|r| r.ends_with("2022-04-01..2023-03-31")).collect();
    assert_eq!(earlier, [false, true, false, false, false], "{got:?}");
    let got = rows(
        &scope,
        "映像通報の利用は347件で、前年の2.1倍となった。昨年度は12回開催し、延べ300人が参加した。",
    );
    let earlier: Vec<bool> =
        got.iter().map(|r| r.contains("2022-04-01") || r.contains("2022-01-01")).collect();
    assert_eq!(earlier, [false, false, true, true], "{got:?}");
}

#[test]
fn measured_times_and_shares_for_so_many_are_told() {
    let got = rows(&under("窓口"), "郵送では平均26日を要するのに対し、電子申請では平均14日に短縮された。");
    assert!(
        got.len() == 2 && got[0].contains("26 日 | actual") && got[1].contains("14 日 | actual"),
        "{got:?}"
    );
    let got = rows(
        &super::accounts::reporting(2023),
        "到着までの平均は9.4分（前年9.1分）である。利用は２週間で慣れる。",
    );
    assert_eq!(got.iter().filter(|r| r.contains(" 分 ")).count(), 2, "{got:?}");
    assert!(!got.iter().any(|r| r.contains("週間")), "{got:?}");
    let got = rows(&under("保育"), "空き定員は区全体で 628 人分である。");
    assert!(got.len() == 1 && got[0].contains("628 人"), "{got:?}");
}
