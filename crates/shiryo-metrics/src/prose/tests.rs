//! Passages of papers, in our own words.

use super::notes::with_unit_above;
use super::*;
use shiryo_model::{SourceLine, Table, Text};

fn block(kind: BlockKind, words: &str, level: Option<u8>) -> Block {
    let line = SourceLine { text: words.into(), ..SourceLine::default() };
    Block { kind, level, text: shiryo_ja::compose(vec![line]), ..Block::default() }
}

fn periods(blocks: Vec<Block>) -> Vec<(String, String)> {
    let content = DocumentContent { blocks, ..DocumentContent::default() };
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    read(&content, &DocumentFacts::default(), &Tools::default())
        .iter()
        .map(|o| (o.value.to_string(), day(o.period_end)))
        .collect()
}

#[test]
fn a_note_that_only_dates_the_figures_above_gives_them_its_day() {
    let got = periods(vec![
        block(BlockKind::Heading, "カードの保有", Some(1)),
        block(BlockKind::Heading, "市の保有率", Some(2)),
        block(BlockKind::Paragraph, "保有率は71.2％である。", None),
        block(BlockKind::Heading, "全国の保有率", Some(2)),
        block(BlockKind::Paragraph, "保有率は74.0％（令和６年３月末現在）である。", None),
        block(BlockKind::Note, "※ いずれも令和６年10月末現在", None),
        block(BlockKind::Heading, "窓口の数", Some(1)),
        block(BlockKind::Paragraph, "窓口は12か所である。", None),
    ]);
    let want = [("71.2", "2024-10-31"), ("74", "2024-03-31"), ("12", "")];
    assert_eq!(got, want.map(|(v, d)| (v.to_owned(), d.to_owned())));
}

/// Subject, quantity and value of every row.
fn named(blocks: Vec<Block>) -> Vec<String> {
    let content = DocumentContent { blocks, ..DocumentContent::default() };
    let rows = read(&content, &DocumentFacts::default(), &Tools::default());
    rows.iter().map(|o| format!("{} | {} | {}{}", o.subject, o.measure_label, o.value, o.unit)).collect()
}

#[test]
fn times_below_the_line_that_names_their_quantity_are_told_of_the_names_before_them() {
    let got = named(vec![
        block(BlockKind::Heading, "窓口の改善", Some(1)),
        block(BlockKind::Paragraph, "平均待ち時間", None),
        block(BlockKind::Paragraph, "届出 51分", None),
        block(BlockKind::Paragraph, "転入届 32分 ⇒ 14分", None),
        block(BlockKind::Heading, "電子契約", Some(1)),
        block(BlockKind::Paragraph, "➡ 締結までの平均日数", None),
        block(BlockKind::Paragraph, "書面 9.2日 ⇒ 電子 3.5日", None),
        // No quantity of time: lengths that nothing calls one.
        block(BlockKind::Heading, "研修", Some(1)),
        block(BlockKind::Paragraph, "利用者数", None),
        block(BlockKind::Paragraph, "講習 50分", None),
    ]);
    let want = [
        "窓口の改善 / 届出 | 平均待ち時間 | 51分",
        "窓口の改善 / 転入届 | 平均待ち時間 | 32分",
        "窓口の改善 / 転入届 | 平均待ち時間 | 14分",
        "書面 | 締結までの平均日数 | 9.2日",
        "電子 | 締結までの平均日数 | 3.5日",
    ];
    assert_eq!(got, want);
}

#[test]
fn what_was_planned_and_what_came_over_an_arrow() {
    let blocks = vec![
        block(BlockKind::Heading, "窓口の改善", Some(1)),
        block(BlockKind::Paragraph, "受講者　計画 120人 ⇒ 実績 98人", None),
        block(BlockKind::Paragraph, "電子化率　目標 60％ → 実績 63.4％", None),
        block(BlockKind::Paragraph, "介護計画 12件", None),
    ];
    let content = DocumentContent { blocks, ..DocumentContent::default() };
    let rows = read(&content, &DocumentFacts::default(), &Tools::default());
    let got: Vec<_> = rows.iter().map(|o| (o.value.to_string(), o.status, o.dimensions.len())).collect();
    let want = [
        ("120", Status::Plan, 0),
        ("98", Status::Actual, 0),
        ("60", Status::Target, 0),
        ("63.4", Status::Actual, 0),
        ("12", Status::Actual, 0),
    ];
    assert_eq!(got, want.map(|(v, s, n)| (v.to_owned(), s, n)));
}

#[test]
fn hours_below_a_heading_of_what_was_saved() {
    let got = named(vec![
        block(BlockKind::Heading, "生成AIの利用", Some(1)),
        block(BlockKind::Heading, "削減効果（試算）", Some(2)),
        block(BlockKind::Paragraph, "年間 約11,200時間", None),
        block(BlockKind::Paragraph, "会議録の要約 3,100時間", None),
    ]);
    let want = ["生成AIの利用 | 削減時間 | 11200時間", "生成AIの利用 / 会議録の要約 | 削減時間 | 3100時間"];
    assert_eq!(got, want);
}

#[test]
fn the_day_of_a_heading_holds_under_the_bracketed_ones_below_it() {
    let got = periods(vec![
        block(BlockKind::Heading, "改革項目の進捗（令和５年６月末現在）", Some(1)),
        block(BlockKind::Heading, "【着手のようす】", Some(1)),
        block(BlockKind::Paragraph, "取組中の項目は12件である。", None),
        block(BlockKind::Heading, "【達成のようす】", Some(1)),
        block(BlockKind::Paragraph, "達成した項目は３件である。", None),
        block(BlockKind::Heading, "改革の体制", Some(1)),
        block(BlockKind::Paragraph, "推進員は８人である。", None),
    ]);
    let want = [("12", "2023-06-30"), ("3", "2023-06-30"), ("8", "")];
    assert_eq!(got, want.map(|(v, d)| (v.to_owned(), d.to_owned())));
}

#[test]
fn the_day_of_an_item_holds_for_the_tables_under_it() {
    let cell = |row: u32, col: u32, words: &str| {
        let text = Text::from(words.to_owned());
        shiryo_model::Cell { row, col, row_span: 1, col_span: 1, text, ..shiryo_model::Cell::default() }
    };
    let table = || Table {
        cells: vec![cell(0, 0, "地区"), cell(0, 1, "保有枚数"), cell(1, 0, "北部"), cell(1, 1, "3,105")],
        n_rows: 2,
        n_cols: 2,
        header_rows: 1,
        label_cols: 1,
        confidence: 1.0,
        ..Table::default()
    };
    let item = |words| block(BlockKind::ListItem, words, Some(1));
    let at = |i| Block { kind: BlockKind::Table, table: Some(i), ..Block::default() };
    let blocks = vec![
        item("（１）交付状況（令和６年10月31日現在）"),
        block(BlockKind::Paragraph, "保有率は地区により異なる。", None),
        at(0),
        at(1),
        item("（２）出張申請"),
        at(2),
    ];
    let content =
        DocumentContent { blocks, tables: vec![table(), table(), table()], ..DocumentContent::default() };
    let got = read(&content, &DocumentFacts::default(), &Tools::default());
    let days: Vec<String> =
        got.iter().map(|o| o.period_end.map_or(String::new(), |d| d.to_string())).collect();
    assert_eq!(days, ["2024-10-31", "2024-10-31", ""]);
}

#[test]
fn where_a_page_stands_on_its_site_is_no_topic() {
    let blocks = vec![
        block(BlockKind::Paragraph, "トップ > 組織 > 防災課", None),
        block(BlockKind::Title, "備蓄品の購入について", None),
        block(BlockKind::Heading, "整備の状況", Some(1)),
        block(
            BlockKind::Paragraph,
            "倉庫42か所のうち35か所で入替えを終えました。残る７か所は令和６年度中に整備する予定です。",
            None,
        ),
    ];
    let facts =
        DocumentFacts { title: "備蓄品の購入について".to_owned(), ..DocumentFacts::default() };
    let content = DocumentContent { blocks, ..DocumentContent::default() };
    let got = read(&content, &facts, &Tools::default());
    assert!(got.len() == 3 && got.iter().all(|o| !o.subject.contains('>')), "{got:?}");
}

#[test]
fn the_title_alone_names_nothing() {
    let line = "窓口の自動化に向け、3課の6業務を対象として効果を調べた。";
    let read_under = |headed: bool| {
        let heading = block(BlockKind::Heading, "証明書の自動交付", Some(1));
        let mut blocks = vec![block(BlockKind::Title, "電子化の進み具合", None)];
        blocks.extend(headed.then_some(heading));
        blocks.push(block(BlockKind::Paragraph, line, None));
        let facts =
            DocumentFacts { title: "電子化の進み具合".to_owned(), ..DocumentFacts::default() };
        read(&DocumentContent { blocks, ..DocumentContent::default() }, &facts, &Tools::default())
    };
    assert!(read_under(false).is_empty());
    assert!(!read_under(true).is_empty());
}

#[test]
fn the_time_of_a_report_s_first_sentence_holds_for_the_rest() {
    let got = periods(vec![
        block(BlockKind::Paragraph, "昨年（令和５年１月１日～12月31日）の火災の概況がまとまりました。", None),
        block(BlockKind::Heading, "火災～件数は前の年並み～", Some(1)),
        block(BlockKind::Paragraph, "発生件数は18件でした。", None),
    ]);
    assert_eq!(got, [("18".to_owned(), "2023-12-31".to_owned())]);
    let got = periods(vec![
        block(BlockKind::Paragraph, "令和４年度の一般会計の決算額は、歳入84億円となりました。", None),
        block(BlockKind::Heading, "歳入の内訳", Some(1)),
        block(BlockKind::ListItem, "・寄附金　1,200万円", None),
    ]);
    assert!(got.iter().all(|(_, end)| end == "2023-03-31") && got.len() == 2, "{got:?}");
}

#[test]
fn a_part_s_year_further_down_is_not_the_paper_s() {
    let got = periods(vec![
        block(BlockKind::Paragraph, "相談窓口では、今年度は２月末までに38回の講座を開きました。", None),
        block(BlockKind::Paragraph, "令和３年度の出張講座の実施状況は、12回でした。", None),
    ]);
    assert_eq!(got.last(), Some(&("12".to_owned(), "2022-03-31".to_owned())));
    assert!(got.iter().all(|(value, end)| value == "12" || end.is_empty()), "{got:?}");
}

#[test]
fn the_issue_that_a_text_stood_in_is_neither_topic_nor_time() {
    let lines = vec![
        block(BlockKind::Paragraph, "区のたより 令和６年11月号", None),
        block(BlockKind::Paragraph, "窓口は12か所です。", None),
    ];
    let content = DocumentContent { blocks: lines, ..DocumentContent::default() };
    let got = read(&content, &DocumentFacts::default(), &Tools::default());
    assert!(got.iter().all(|o| o.period_end.is_none() && !o.subject.contains('号')), "{got:?}");
    assert!(tells_edition("広報 第312号") && !tells_edition("仮設住宅６号"));
}

#[test]
fn a_paragraph_that_goes_on_keeps_the_year() {
    let got = periods(vec![
        block(BlockKind::Paragraph, "平成29年度の図書館の来館者数は8,240名です。", None),
        block(BlockKind::Paragraph, "また、学習室は、310名の方が利用されています。", None),
        block(BlockKind::Paragraph, "蔵書は２万冊です。", None),
    ]);
    let want = [("8240", "2018-03-31"), ("310", "2018-03-31"), ("20000", "")];
    assert_eq!(got, want.map(|(v, d)| (v.to_owned(), d.to_owned())));
}

#[test]
fn a_unit_note_behind_a_paragraph_is_that_of_the_table_below() {
    let paragraph = block(BlockKind::Paragraph, "効果額は計画を上回りました。（単位：百万円）", None);
    let other = block(BlockKind::Paragraph, "（単位：百万円）を見直しました。", None);
    let table = Table::default();
    let unit = |above: &Block| with_unit_above(&table, above).map(|t| t.unit.text);
    assert_eq!(unit(&paragraph).as_deref(), Some("(単位:百万円)"));
    assert_eq!(unit(&other), None);
}

/// A heading, item or line with its marker.
fn marked(kind: BlockKind, marker: &str, words: &str, level: u8) -> Block {
    Block { marker: marker.to_owned(), ..block(kind, words, Some(level)) }
}

/// Value, subject, status and end of the period of every row; the paper is of 20 November 2024.
fn rows(blocks: Vec<Block>) -> Vec<(String, String, Status, String)> {
    let content = DocumentContent { blocks, ..DocumentContent::default() };
    let facts = DocumentFacts { date: jiff::civil::Date::new(2024, 11, 20).ok(), ..DocumentFacts::default() };
    let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    read(&content, &facts, &Tools::default())
        .into_iter()
        .map(|o| (o.value.to_string(), o.subject, o.status, day(o.period_end)))
        .collect()
}

#[test]
fn months_of_a_schedule_go_on_from_year_and_entry() {
    let got = rows(vec![
        marked(BlockKind::Heading, "４", "今後の日程", 1),
        block(BlockKind::Paragraph, "令和７年度", None),
        block(BlockKind::Paragraph, "10月 案内の端末を12台設置", None),
        marked(BlockKind::Heading, "５", "導入の日程", 1),
        block(BlockKind::Paragraph, "令和６年12月 操作研修(市内３会場)", None),
        block(BlockKind::Paragraph, "２月 操作研修(市内５会場)", None),
    ]);
    let found: Vec<_> = got.iter().map(|r| (r.0.as_str(), r.2, r.3.as_str())).collect();
    let plan = Status::Plan;
    assert_eq!(found, [("12", plan, "2025-10-31"), ("3", plan, "2024-12-31"), ("5", plan, "2025-02-28")]);
}

#[test]
fn labels_and_the_figures_below_them() {
    let got = rows(vec![
        marked(BlockKind::Heading, "１", "窓口の利用", 1),
        block(BlockKind::Paragraph, "端末の利用(令和５年度)", None),
        block(BlockKind::Paragraph, "証明書の請求", None),
        block(BlockKind::Paragraph, "1,105件", None),
        block(BlockKind::Paragraph, "その他", None),
        block(BlockKind::Paragraph, "299件", None),
        marked(BlockKind::Heading, "２", "実績", 1),
        block(BlockKind::Paragraph, "講座は12回である。", None),
    ]);
    let found: Vec<_> = got.iter().map(|r| (r.0.as_str(), r.1.as_str(), r.3.as_str())).collect();
    assert_eq!(
        found,
        [("1105", "証明書の請求", "2024-03-31"), ("299", "その他", "2024-03-31"), ("12", "講座", "")]
    );
}

#[test]
fn signs_and_numbers_tell_what_stands_beside_and_below() {
    let got = rows(vec![
        marked(BlockKind::Heading, "Ⅰ", "総合訓練", 1),
        marked(BlockKind::Heading, "◆", "訓練の内容", 2),
        marked(BlockKind::ListItem, "◆", "経費24万円", 1),
        marked(BlockKind::Heading, "Ⅱ", "窓口の改革", 1),
        marked(BlockKind::ListItem, "◯", "予約窓口の拡大(予算額860万円)", 1),
        block(BlockKind::Paragraph, "６か所の出張所に20台を置く予定である。", None),
    ]);
    let found: Vec<_> = got.iter().map(|r| (r.0.as_str(), r.1.as_str())).collect();
    assert_eq!(found.first(), Some(&("240000", "総合訓練")));
    assert_eq!(found.get(1), Some(&("8600000", "窓口の改革 / 予約窓口の拡大")));
    assert!(got.iter().skip(2).all(|r| r.1.contains("予約窓口") || r.1.contains("出張所")), "{got:?}");
}

#[test]
fn parts_of_a_survey_share_its_time_and_keys_in_brackets_tell_the_status() {
    let got = rows(vec![
        marked(BlockKind::Heading, "３", "職員アンケート①(令和６年９月実施)", 1),
        block(BlockKind::Paragraph, "回答率は82.5％である。", None),
        marked(BlockKind::Heading, "３", "職員アンケート②", 1),
        block(BlockKind::Paragraph, "満足した人は63.2％である。", None),
        block(BlockKind::Paragraph, "毎日使う職員は338人であった(令和６年11月実施)。", None),
        marked(BlockKind::Heading, "４", "所要時間", 1),
        block(BlockKind::Paragraph, "【目標】令和８年度末までに、手続の時間を30分以内に短縮", None),
    ]);
    let found: Vec<_> = got.iter().map(|r| (r.0.as_str(), r.2, r.3.as_str())).collect();
    assert_eq!(
        found,
        [
            ("82.5", Status::Actual, "2024-09-30"),
            ("63.2", Status::Actual, "2024-09-30"),
            ("338", Status::Actual, "2024-11-30"),
            ("30", Status::Target, "2027-03-31")
        ]
    );
}

#[test]
fn the_key_of_the_next_value_says_nothing_of_the_one_before() {
    let got = rows(vec![
        marked(BlockKind::Heading, "４", "電子決裁", 1),
        marked(BlockKind::ListItem, "・", "電子決裁率63.7％(R5.4～R6.3) 目標R7:90％", 1),
        marked(BlockKind::ListItem, "・", "在宅で働いた人の割合34.0％(令和６年６月) 目標:令和７年度 40％", 1),
    ]);
    let found: Vec<_> = got.iter().map(|r| (r.0.as_str(), r.2)).collect();
    let (actual, target) = (Status::Actual, Status::Target);
    assert_eq!(found, [("63.7", actual), ("90", target), ("34", actual), ("40", target)]);
}

#[test]
fn a_sentence_above_a_table_tells_its_year_and_that_it_is_a_budget() {
    let cell = |row: u32, col: u32, words: &str| shiryo_model::Cell {
        row,
        col,
        row_span: 1,
        col_span: 1,
        text: block(BlockKind::Paragraph, words, None).text,
        ..shiryo_model::Cell::default()
    };
    let cells = vec![
        cell(0, 0, "区分"),
        cell(0, 1, "金額"),
        cell(1, 0, "システム構築委託料"),
        cell(1, 1, "9,460"),
        cell(2, 0, "備品購入費"),
        cell(2, 1, "2,310"),
    ];
    let unit = block(BlockKind::Caption, "（単位：千円）", None);
    let table = Table {
        n_rows: 3,
        n_cols: 2,
        header_rows: 1,
        label_cols: 1,
        confidence: 1.0,
        unit: unit.text.clone(),
        cells,
        ..Table::default()
    };
    let lead = "令和７年度当初予算に計上する経費は次のとおり。なお、翌年度からの保守料は別に要する。";
    let blocks = vec![
        block(BlockKind::Paragraph, lead, None),
        unit,
        Block { kind: BlockKind::Table, table: Some(0), ..Block::default() },
    ];
    let content = DocumentContent { blocks, tables: vec![table], ..DocumentContent::default() };
    let facts = DocumentFacts { date: jiff::civil::Date::new(2025, 2, 21).ok(), ..DocumentFacts::default() };
    let got = read(&content, &facts, &Tools::default());
    let end = jiff::civil::Date::new(2026, 3, 31).ok();
    assert!(got.len() == 2 && got.iter().all(|o| o.status == Status::Plan && o.period_end == end), "{got:?}");
}

#[test]
fn headings_with_bracketed_numbers_and_years_that_go_on() {
    let got = rows(vec![
        marked(BlockKind::Heading, "", "【３】電話の調査", 1),
        block(BlockKind::Paragraph, "1,326件", None),
        marked(BlockKind::Heading, "", "【４】今後の予定", 1),
        block(BlockKind::Paragraph, "７月に12台を置く予定です。", None),
        marked(BlockKind::Heading, "４", "令和６年度の主な取組", 1),
        block(BlockKind::Paragraph, "窓口の端末", None),
        block(BlockKind::Paragraph, "12か所", None),
    ]);
    let found: Vec<_> = got.iter().map(|r| (r.0.as_str(), r.1.as_str())).collect();
    assert_eq!((found.first(), found.last()), (Some(&("1326", "電話の調査")), Some(&("12", "窓口の端末"))));
    assert!(!found.iter().skip(1).any(|(_, subject)| subject.contains("電話")));
    assert_eq!(got.last().map(|r| r.2), Some(Status::Plan));
}

/// A table of one header row and one column of labels.
fn table_of(rows: &[&[&str]]) -> Table {
    let cell = |row, col, words: &str| shiryo_model::Cell {
        row,
        col,
        row_span: 1,
        col_span: 1,
        text: block(BlockKind::Paragraph, words, None).text,
        ..shiryo_model::Cell::default()
    };
    let cells = (0..).zip(rows).flat_map(|(r, row)| (0..).zip(*row).map(move |(c, words)| (r, c, *words)));
    Table {
        n_rows: rows.len() as u32,
        n_cols: rows.first().map_or(0, |r| r.len() as u32),
        header_rows: 1,
        label_cols: 1,
        confidence: 1.0,
        cells: cells.map(|(r, c, words)| cell(r, c, words)).collect(),
        ..Table::default()
    }
}

/// What is read of a paper with one table.
fn read_with(blocks: Vec<Block>, table: Table) -> Vec<Observation> {
    let content = DocumentContent { blocks, tables: vec![table], ..DocumentContent::default() };
    let observer = crate::Observer::new(None).expect("an observer");
    read(&content, &DocumentFacts::default(), observer.tools())
}

#[test]
fn a_table_of_answers_is_of_when_the_survey_was_made() {
    let table = table_of(&[
        &["頻度", "人数", "割合"],
        &["よく使う", "48人", "14.2％"],
        &["時々使う", "105人", "31.1％"],
    ]);
    let blocks = vec![
        block(BlockKind::Heading, "職員アンケート", Some(1)),
        block(BlockKind::Paragraph, "職員のうち338人から回答を得た（令和７年10月実施）。", None),
        Block { kind: BlockKind::Table, table: Some(0), ..Block::default() },
    ];
    let got = read_with(blocks, table);
    let days: Vec<_> = got.iter().map(|o| o.period_end.map(|d| d.to_string()).unwrap_or_default()).collect();
    assert_eq!(days, ["2025-10-31"; 5]);
}

#[test]
fn a_table_whose_total_a_passage_tells_is_of_its_time() {
    let rows: &[&[&str]] =
        &[&["年代", "保有枚数(枚)"], &["18歳未満", "1,223"], &["18歳以上", "7,253"], &["計", "8,476"]];
    let told = |sentence: &str| -> Vec<_> {
        let blocks = vec![
            block(BlockKind::Heading, "カードの保有", Some(1)),
            block(BlockKind::Paragraph, sentence, None),
            block(BlockKind::Heading, "年代別", Some(2)),
            Block { kind: BlockKind::Table, table: Some(0), ..Block::default() },
        ];
        let rows = read_with(blocks, table_of(rows));
        rows.iter().filter(|o| o.context == Context::Table).map(|o| o.period_end).collect()
    };
    let day = Some(jiff::civil::date(2025, 1, 31));
    assert_eq!(told("令和７年１月末現在の保有枚数は8,476枚である。"), [day, day, day]);
    assert_eq!(told("令和７年１月末現在の保有枚数は8,502枚である。"), [None, None, None]);
}

#[test]
fn years_below_a_day_of_each_year_are_that_day() {
    let got = periods(vec![
        block(BlockKind::Heading, "登録児童数の推移（各年５月１日現在）", Some(1)),
        block(BlockKind::Paragraph, "令和４年　1,204人", None),
        block(BlockKind::Paragraph, "令和５年　1,289人", None),
    ]);
    assert_eq!(
        got,
        [("1204".to_owned(), "2022-05-01".to_owned()), ("1289".to_owned(), "2023-05-01".to_owned())]
    );
}

#[test]
fn the_sentence_above_tells_what_a_table_counts() {
    let rows: &[&[&str]] = &[&["場所", "令和５年度"], &["本庁", "98,150"], &["支所", "74,210"]];
    let units = |above: &str, below: &str| -> Vec<String> {
        let blocks = vec![
            block(BlockKind::Heading, "窓口の見直し", Some(1)),
            block(BlockKind::Paragraph, above, None),
            Block { kind: BlockKind::Table, table: Some(0), ..Block::default() },
            block(BlockKind::Paragraph, below, None),
        ];
        read_with(blocks, table_of(rows)).into_iter().map(|o| o.unit).collect()
    };
    assert_eq!(units("証明書の交付通数の推移は、次のとおり。", "以上"), ["通", "通"]);
    assert_eq!(units("貸出冊数を次表に示す。", "以上"), ["冊", "冊"]);
    assert!(units("推移を示す。", "以上").is_empty());
}
