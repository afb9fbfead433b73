//! Times and statuses of figures that stand beside those of another time: brackets, bases, seasons, what began, months
//! without a year. Papers here are of 2024-11-20.

use super::tests::{rows, under};

/// `value unit | status | period` of each figure.
fn reads(words: &str, expected: &[&str]) {
    let short = |row: &String| row.splitn(3, " | ").nth(2).map(str::to_owned).unwrap_or_default();
    let got: Vec<String> = rows(&under("相談の事業"), words).iter().map(short).collect();
    assert_eq!(got, expected, "{words}");
}

#[test]
fn a_bracket_with_a_time_of_its_own_is_not_planned_with_its_clause() {
    reads(
        "訪問相談の利用（令和５年度 340件）を、令和８年度に500件とする。",
        &["340 件 | actual | 2023-04-01..2024-03-31", "500 件 | plan | 2026-04-01..2027-03-31"],
    );
    reads(
        "学習会を全地区で年間24回開催する（令和６年度 9回、参加者88人）。",
        &[
            "24 回 | plan | ",
            "9 回 | actual | 2024-04-01..2025-03-31",
            "88 人 | actual | 2024-04-01..2025-03-31",
        ],
    );
    reads(
        "回線を令和５年度に40か所、令和７年度に60か所整備し、全施設への整備は令和９年度を予定している。",
        &["40 か所 | actual | 2023-04-01..2024-03-31", "60 か所 | plan | 2025-04-01..2026-03-31"],
    );
}

#[test]
fn a_clause_that_goes_on_tells_what_is_so() {
    reads(
        "令和６年９月末現在、９課で41本の帳票が作られており、令和８年度末までに90本とすることを目標とする。",
        &[
            "9 課 | actual | 2024-09-30..2024-09-30",
            "41 本 | actual | 2024-09-30..2024-09-30",
            "90 本 | target | 2027-03-31..2027-03-31",
        ],
    );
    reads(
        "令和８年度の目標を60％から75％に改める。",
        &["60 % | target | 2026-04-01..2027-03-31", "75 % | target | 2026-04-01..2027-03-31"],
    );
}

#[test]
fn months_without_a_year_that_happened_lie_before_the_paper_s_day() {
    reads(
        "令和７年度からの計画を定める。12月に実施した意見の募集には、27人から意見が寄せられた。",
        &["27 人 | actual | 2023-12-01..2023-12-31"],
    );
    reads(
        "混雑期（12月28日から1月10日まで）の平均の待ち時間は42分で、15分短くなった。",
        &["42 分 | actual | 2023-12-28..2024-01-10", "15 分 | actual | 2023-12-28..2024-01-10"],
    );
    reads(
        "遠隔相談は令和６年７月に開始し、９月までの相談は318件であった。",
        &["318 件 | actual | 2024-07-01..2024-09-30"],
    );
}

#[test]
fn since_when_something_is_there_and_why_is_no_time_of_the_figure() {
    reads(
        "令和５年６月から全館で使われている予約システムは、利用者の88.0％が登録している。",
        &["88 % | actual | "],
    );
    reads(
        "令和５年７月から受付を休日に広げた効果もあり、申込件数は1,240件となった。",
        &["1240 件 | actual | "],
    );
}

#[test]
fn bases_are_told_for_the_time_before_and_give_none_to_what_they_are_set_against() {
    reads(
        "令和５年度の処理時間は7.5分で、前年度の8.1分から短くなった。",
        &["7.5 分 | actual | 2023-04-01..2024-03-31", "8.1 分 | actual | 2022-04-01..2023-03-31"],
    );
    reads("来場者は増えたものの、令和元年度の約７割の水準にとどまっている。", &["70 % | actual | "]);
    reads(
        "申請率2.41％（令和６年７月１日現在、全国の平均2.3％）",
        &["2.41 % | actual | 2024-07-01..2024-07-01", "2.3 % | actual | 2024-07-01..2024-07-01"],
    );
    reads(
        "講習90回、定員1,200人を予定するほか、令和７年６月から移動教室を始める。",
        &["90 回 | plan | ", "1200 人 | plan | "],
    );
}

#[test]
fn results_that_came_out_for_a_year_are_told_for_it() {
    reads(
        "令和４年度の速報値が確定した。対象の8,120人のうち受診者は3,310人であった。",
        &["8120 人 | actual | 2022-04-01..2023-03-31", "3310 人 | actual | 2022-04-01..2023-03-31"],
    );
    reads(
        "受講率は40.5％で、落ち込んだ令和２年度（33.0％）から7.5ポイント回復した。",
        &["40.5 % | actual | ", "33 % | actual | 2020-04-01..2021-03-31", "7.5 ポイント | actual | "],
    );
    reads(
        "来場者は8,200人で、休止前の平成30年度（9,800人）の83.7％にとどまった。",
        &["8200 人 | actual | ", "9800 人 | actual | 2018-04-01..2019-03-31", "83.7 % | actual | "],
    );
    reads(
        "令和５年度の使用料　実績480万円／目標500万円",
        &["4800000 円 | actual | 2023-04-01..2024-03-31", "5000000 円 | target | 2023-04-01..2024-03-31"],
    );
}

#[test]
fn what_a_target_is_called_is_no_status_of_what_it_counts() {
    reads(
        "数値目標のうち、令和５年度までに達成したものは48項目である。",
        &["48 項目 | actual | 2023-04-01..2024-03-31"],
    );
    reads(
        "令和元年度の購入枚数（1,540万枚）を基準とし、令和８年度までに３割削減することとしている。",
        &["15400000 枚 | actual | 2019-04-01..2020-03-31", "30 % | plan | 2026-04-01..2027-03-31"],
    );
    reads(
        "令和11年度の利用率の目標を55％とし、中間の年である令和８年度に45％を目指す。",
        &["55 % | target | 2029-04-01..2030-03-31", "45 % | target | 2026-04-01..2027-03-31"],
    );
}

#[test]
fn the_last_of_a_list_and_what_was_before_have_their_own_status() {
    reads(
        "捕獲は、キツネ12頭、タヌキ35頭、アライグマ41頭で、被害額は約210万円と見込まれる。",
        &["12 頭 | actual | ", "35 頭 | actual | ", "41 頭 | actual | ", "2100000 円 | forecast | "],
    );
    reads(
        "自動化は４業務で稼働し、年間180時間の削減を見込んでいる。移行の経費は2,400万円と見積もっている。",
        &["4 業務 | actual | ", "180 時間 | forecast | ", "24000000 円 | forecast | "],
    );
    reads(
        "令和６年12月１日から意見を募集する（前回：意見31件、提出者12人）。",
        &["31 件 | actual | 2024-12-01..", "12 人 | actual | 2024-12-01.."],
    );
    reads("差引820万円の純利益を計上した。", &["8200000 円 | actual | "]);
}

#[test]
fn parts_of_the_year_before_and_what_began_in_a_bracket() {
    reads(
        "令和６年３月の待ち時間は、前年の52分から34分に短縮された。",
        &["52 分 | actual | 2023-03-01..2023-03-31", "34 分 | actual | 2024-03-01..2024-03-31"],
    );
    reads(
        "窓口の予約（令和６年５月開始）は、９月末までに2,310件の利用があった。",
        &["2310 件 | actual | 2024-05-01..2024-09-30"],
    );
    reads("令和５年度の現年度分の収納率は98.1％である。", &["98.1 % | actual | 2023-04-01..2024-03-31"]);
    reads(
        "整備率は令和９年度に70％とすることを目標としている。基金の年度末残高は２億円である。",
        &["70 % | target | 2027-04-01..2028-03-31", "200000000 円 | actual | 2024-03-31..2024-03-31"],
    );
}
