//! Whole small papers as text, and inputs that nobody should write.

use proptest::prelude::*;
use shiryo_layout::layout_text;
use shiryo_model::{BlockKind, DocumentContent, MediaType};
use std::time::{Duration, Instant};

/// Blocks and tables in a form that a person can read and compare.
fn outline(content: &DocumentContent) -> String {
    let mut out = String::new();
    for b in &content.blocks {
        let line = b.place.line.unwrap_or(0);
        match b.table.and_then(|i| content.tables.get(i as usize)) {
            Some(t) => {
                let caption = &t.caption.text;
                out += &format!(
                    "{line} table {}×{} h{} l{} «{caption}»\n",
                    t.n_rows, t.n_cols, t.header_rows, t.label_cols
                );
                for row in 0..t.n_rows {
                    let cells = t.cells.iter().filter(|c| c.row == row);
                    let texts: Vec<String> =
                        cells.map(|c| format!("{}:{}", c.col, c.text.text.replace('\n', "⏎"))).collect();
                    out += &format!("    {}\n", texts.join(" | "));
                }
            }
            None => {
                let level = b.level.map_or(String::new(), |l| l.to_string());
                out += &format!("{line} {:?}{level} [{}] {}\n", b.kind, b.marker, b.text.text);
            }
        }
    }
    out
}

#[test]
fn extract_with_blank_lines_between_all_lines() {
    let text = "総務委員会資料 \n\n令 和 ６ 年 ２ 月 1 5 日 \n\n企画部情報推進担当 \n\n \n\n「令和５年度 窓口改革の進捗」について \n\n \n\n\
        １ 窓口のオンライン化 \n\n〇現在の状況 \n\n（１）申請の受付 \n\n年間の申請が 500 件を超える手続のうち、24 手続については、令和５年度中に受付を始\n\n\
        める見込みである。残る手続については、対象の所管課と調整を進めており、時期を改め\n\nて報告する。 \n\n※１ 速報値を含む。 \n\n\
        ・電子申請の画面を改め、入力の誤りを減らすため、項目の数を見直し、説明の文を加\n\nえた。 \n\n- 4 -\n\n２ 今後の予定 \n\n・10 月 説明会の開催 \n";
    insta::assert_snapshot!(outline(&layout_text(text, MediaType::Text)));
}

#[test]
fn lines_at_the_right_margin_begin_blocks() {
    let pad = |n: usize| "　".repeat(n);
    let text = format!(
        "{}しおさい町の窓口改革（素案）の概要\n\n{}しおさい町総務課\n{}令和６年10月\n",
        pad(9),
        pad(24),
        pad(27)
    );
    let content = layout_text(&text, MediaType::Text);
    let lines: Vec<&str> = content.blocks.iter().map(|b| b.text.text.as_str()).collect();
    assert_eq!(lines, ["しおさい町の窓口改革(素案)の概要", "しおさい町総務課", "令和6年10月"]);
    assert_eq!(content.blocks.first().map(|b| b.kind), Some(BlockKind::Title));
}

#[test]
fn parts_of_plans_called_by_kind_and_number_are_headings() {
    let text = "計画の取組結果\n\n令和５年６月１日\n\n方針２ 学びの支援\n\n取組２－１\t端末の整備\t学務課\n\n端末を配付した。\n\n目標120人に対し90人が受講した。\n\n事業３ 回数 12回\n";
    let content = layout_text(text, MediaType::Text);
    let headings: Vec<&str> = content
        .blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Heading)
        .map(|b| b.text.text.as_str())
        .collect();
    assert_eq!(headings, ["学びの支援", "端末の整備\t学務課"]);
}

#[test]
fn markdown_with_tables_and_hard_breaks() {
    let text = "# 環境に関する取組\n\n市民部  \n環境課\n\n## 1. ごみの減量\n\n- **目標** 排出量を減らす\n  - ・集団回収の支援\n\n### ■ 回収量\n\n\
        |年度|回収量(t)|\n|---|---:|\n|R4|1,200|\n|R5|1,350|\n\n※R5は速報値\n\n前の年と比較して  \n**1.1倍**に増加\n";
    insta::assert_snapshot!(outline(&layout_text(text, MediaType::Markdown)));
}

#[test]
fn tabs_with_titles_and_markup_in_cells() {
    let text = "【方針2】働き方の見直し\n\n在宅勤務の推進\t\t人事課\t\n\t\t—\t\n<p>職員が<u>場所を選ばず</u>働けるようにします^{※1}。</p>\t\t\t\n\
        年度\t6(2024)年度\t7(2025)年度\t8(2026)年度\n内容\t端末 50台(累計150台)\t端末 80台(累計230台)\t<ul><li>検証</li><li>拡大</li></ul>\n\n※1 在宅勤務: 自宅での勤務\n";
    insta::assert_snapshot!(outline(&layout_text(text, MediaType::Text)));
}

#[test]
fn html_document() {
    let html = "<html><head><title>x</title></head><body><h1>防災の取組</h1>\n<p>市は、避難所を<br>見直した。</p>\n<ul><li>備蓄 3,000食</li><li>訓練 2回</li></ul>\n\
        <table><caption>表1 備蓄</caption><thead><tr><th>品目</th><th>数</th></tr></thead><tr><td>水</td><td>1,200本</td></tr></table></body></html>";
    insta::assert_snapshot!(outline(&layout_text(html, MediaType::Html)));
}

#[test]
fn places_are_lines_of_the_source() {
    let c = layout_text("\n\n１ 概要\n\n端末を 30 台配備\nした。\n", MediaType::Text);
    let p = c.blocks.iter().find(|b| b.kind == BlockKind::Paragraph).expect("a paragraph");
    let at = p.text.text.chars().position(|c| c == 'し').expect("し");
    assert_eq!(p.place.line, Some(5));
    assert_eq!(p.text.place_of(at..at + 1).line, Some(6));
}

/// A quarter of a megabyte of one pattern must not take more than a moment (debug builds and busy machines allowed for).
#[test]
fn hostile_repetitions_take_linear_time() {
    let patterns = [
        "\t",
        "\n",
        "\t\n",
        "<",
        "<p>",
        "<table>",
        "<table><tr><td>",
        "<!--",
        "</",
        "^{",
        "**",
        "（",
        "「\n",
        "&",
        "&amp",
        "|\n",
        "|-|\n",
        "[](",
        "](",
        "・\n",
        "〇 〇\n",
        "〇 〇 あ\n・い\n",
        "語 1 2\n",
        "語\n語 1 2\n",
        "件数\n",
        "\u{c}",
        "\"\t",
        "<p>\t\n",
        "１ \n",
        "a\tb\n\n",
        "- ",
        "#",
        "令和 ",
        "あ、",
        "１",
    ];
    for p in patterns {
        let text = p.repeat((1 << 18) / p.len());
        for media in [MediaType::Text, MediaType::Html] {
            let start = Instant::now();
            let _ = layout_text(&text, media);
            assert!(start.elapsed() < Duration::from_secs(20), "{p:?} {media:?} took {:?}", start.elapsed());
        }
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "\t",
        "\n",
        "\n\n",
        "\u{c}",
        " ",
        "　",
        "<p>",
        "</p>",
        "<table>",
        "<tr>",
        "<td rowspan=99999>",
        "</table>",
        "<ul><li>",
        "|",
        "|---|---|\n",
        "# ",
        "- ",
        "・",
        "〇 〇 ",
        "※１",
        "（１）",
        "①",
        "令和５年度",
        "12 件",
        "3,000",
        "件数",
        "所管課",
        "。",
        "、",
        "「",
        "）",
        "\"",
        "**",
        "^{",
        "}",
        "&#x0;",
        "単位：千円",
        "表１",
        "ア ",
        "の",
        "窓口の改善を進める",
    ]);
    prop_oneof![4 => prop::collection::vec(words, 0..80).prop_map(|v| v.concat()), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn nothing_panics_and_all_invariants_hold(text in pieces(), html in any::<bool>()) {
        let content = layout_text(&text, if html { MediaType::Html } else { MediaType::Text });
        let lines = u32::try_from(text.split('\n').count()).unwrap();
        for b in &content.blocks {
            prop_assert_eq!(b.text.map.len(), b.text.text.chars().count());
            prop_assert!(b.place.line.is_none_or(|l| (1..=lines).contains(&l)));
            prop_assert!(b.table.is_none_or(|t| (t as usize) < content.tables.len()));
        }
        for t in &content.tables {
            prop_assert!(t.header_rows <= t.n_rows && t.label_cols <= t.n_cols);
            for c in &t.cells {
                prop_assert!(c.row + c.row_span <= t.n_rows && c.col + c.col_span <= t.n_cols);
                prop_assert_eq!(c.text.map.len(), c.text.text.chars().count());
            }
        }
    }
}
