//! The table stage on small pages made by hand.

use super::{PageTable, debug_svg, find_tables};
use proptest::prelude::*;
use shiryo_model::{Block, BlockKind, Glyph, PageContent, Place, Ruling, RulingStyle, TableMethod};

const SIZE: f64 = 10.0;

fn glyph(c: char, x: f64, y: f64) -> Glyph {
    let advance = if c.is_ascii() { 0.5 * SIZE } else { SIZE };
    Glyph::on_baseline(c.to_string(), x, y, SIZE, advance)
}

fn write(page: &mut PageContent, text: &str, mut x: f64, y: f64) {
    for c in text.chars() {
        let g = glyph(c, x, y);
        x = g.bbox.x1;
        page.glyphs.push(g);
    }
}

/// Text that ends at `x1`.
fn write_right(page: &mut PageContent, text: &str, x1: f64, y: f64) {
    let width: f64 = text.chars().map(|c| if c.is_ascii() { 0.5 * SIZE } else { SIZE }).sum();
    write(page, text, x1 - width, y);
}

fn rule(page: &mut PageContent, horizontal: bool, position: f64, start: f64, end: f64) {
    page.rulings.push(Ruling { horizontal, position, start, end, width: 0.5, style: RulingStyle::Solid });
}

fn page() -> PageContent {
    PageContent { number: 1, width: 595.0, height: 842.0, ..Default::default() }
}

fn rows(t: &PageTable) -> Vec<Vec<String>> {
    (0..t.n_rows).map(|r| t.cells.iter().filter(|c| c.row == r).map(|c| c.plain()).collect()).collect()
}

#[test]
fn rules_between_rows_only() {
    let mut p = page();
    for (i, row) in
        [["区分", "件数", "金額"], ["窓口", "120", "3,400"], ["郵送", "8", "96"], ["電子", "1,045", "12,300"]]
            .iter()
            .enumerate()
    {
        let y = 120.0 + 20.0 * i as f64;
        write(&mut p, row[0], 60.0, y);
        write_right(&mut p, row[1], 240.0, y);
        write_right(&mut p, row[2], 340.0, y);
        rule(&mut p, true, y - 14.0, 55.0, 345.0);
    }
    rule(&mut p, true, 186.0, 55.0, 345.0);
    let t = find_tables(&p);
    assert_eq!(t.len(), 1);
    assert_eq!((t[0].n_rows, t[0].n_cols, t[0].header_rows, t[0].method), (4, 3, 1, TableMethod::Aligned));
    assert_eq!(rows(&t[0])[3], ["電子", "1,045", "12,300"]);
}

#[test]
fn no_rules_wrapped_cells_and_a_group_between_its_rows() {
    let mut p = page();
    let head = ["所管", "業務の名称", "件数"];
    let rows_at = [100.0, 130.0, 160.0, 190.0];
    write(&mut p, head[0], 60.0, rows_at[0]);
    write(&mut p, head[1], 140.0, rows_at[0]);
    write_right(&mut p, head[2], 360.0, rows_at[0]);
    // One department over two rows, its name between them.
    write(&mut p, "税務課", 60.0, 145.0);
    write(&mut p, "証明書の発行", 140.0, rows_at[1]);
    write_right(&mut p, "120", 360.0, rows_at[1]);
    // A wrapped cell: two lines around the row's middle.
    write(&mut p, "還付の手続と口座の", 140.0, rows_at[2] - 6.0);
    write(&mut p, "登録に関する事務", 140.0, rows_at[2] + 6.0);
    write_right(&mut p, "45", 360.0, rows_at[2]);
    write(&mut p, "戸籍課", 60.0, rows_at[3]);
    write(&mut p, "住所の異動届", 140.0, rows_at[3]);
    write_right(&mut p, "1,300", 360.0, rows_at[3]);
    let t = find_tables(&p);
    assert_eq!(t.len(), 1);
    assert_eq!((t[0].n_rows, t[0].n_cols), (4, 3));
    let group = t[0].cells.iter().find(|c| c.plain() == "税務課").expect("the group");
    assert_eq!((group.row, group.row_span), (1, 2));
    assert!(t[0].cells.iter().any(|c| c.row == 2 && c.plain() == "還付の手続と口座の登録に関する事務"));
}

/// A grid of full rulings.
fn draw_grid(p: &mut PageContent, xs: &[f64], ys: &[f64]) {
    let (x0, x1, y0, y1) = (xs[0], xs[xs.len() - 1], ys[0], ys[ys.len() - 1]);
    ys.iter().for_each(|&y| rule(p, true, y, x0, x1));
    xs.iter().for_each(|&x| rule(p, false, x, y0, y1));
}

#[test]
fn items_and_amounts_beside_one_programme_are_rows() {
    let mut p = page();
    draw_grid(&mut p, &[50.0, 150.0, 230.0, 330.0, 400.0], &[100.0, 120.0, 190.0, 210.0]);
    let lines = [
        ["目", "予算額", "区分", "金額"],
        ["総務費", "700", "報酬", "100"],
        ["", "", "旅費", "△20"],
        ["", "", "委託料", "620"],
    ];
    for (i, row) in lines.iter().enumerate() {
        let y = if i == 0 { 114.0 } else { 120.0 + 16.0 * i as f64 };
        write(&mut p, row[0], 55.0, y);
        write_right(&mut p, row[1], 225.0, y);
        write(&mut p, row[2], 235.0, y);
        write_right(&mut p, row[3], 395.0, y);
    }
    write(&mut p, "計", 55.0, 204.0);
    write_right(&mut p, "700", 225.0, 204.0);
    let t = find_tables(&p);
    assert_eq!((t[0].n_rows, t[0].n_cols), (5, 4));
    assert_eq!(rows(&t[0])[2], ["", "", "旅費", "△20"]);
}

#[test]
fn blank_strips_through_all_cells_part_rows_of_words() {
    let mut p = page();
    draw_grid(&mut p, &[50.0, 150.0, 350.0], &[100.0, 120.0, 250.0]);
    write(&mut p, "区分", 55.0, 114.0);
    write(&mut p, "内容", 155.0, 114.0);
    for (label, text, y) in
        [("窓口の改善", "予約の受付を始め、", 136.0), ("申請の電子化", "対象の手続を増やし、", 186.0)]
    {
        write(&mut p, label, 55.0, y);
        write(&mut p, text, 155.0, y);
        write(&mut p, "待ち時間を短くする。", 155.0, y + 12.0);
    }
    let t = find_tables(&p);
    assert_eq!(rows(&t[0])[2], ["申請の電子化", "対象の手続を増やし、待ち時間を短くする。"]);
    assert_eq!(t[0].n_rows, 3);
}

#[test]
fn heads_in_one_cell_are_cut_at_the_columns_and_at_their_levels() {
    let mut p = page();
    for y in [100.0, 130.0, 150.0, 170.0] {
        rule(&mut p, true, y, 50.0, 350.0);
    }
    for (x, top) in [(50.0, 100.0), (150.0, 100.0), (250.0, 130.0), (350.0, 100.0)] {
        rule(&mut p, false, x, top, 170.0);
    }
    write(&mut p, "区分", 55.0, 119.0);
    write(&mut p, "利用者数", 230.0, 112.0);
    write(&mut p, "前年度", 185.0, 126.0);
    write(&mut p, "今年度", 285.0, 126.0);
    for (label, a, b, y) in [("東館", "120", "135", 144.0), ("西館", "80", "77", 164.0)] {
        write(&mut p, label, 55.0, y);
        write_right(&mut p, a, 240.0, y);
        write_right(&mut p, b, 340.0, y);
    }
    let t = find_tables(&p);
    assert_eq!((t[0].n_rows, t[0].header_rows), (4, 2));
    assert_eq!(
        rows(&t[0])[..2],
        [vec!["区分".to_owned(), "利用者数".into()], vec!["前年度".into(), "今年度".into()]]
    );
}

#[test]
fn justified_lines_and_captions_are_not_rows() {
    let mut p = page();
    // A paragraph: one line whole, one whose words are stretched over the measure.
    write(&mut p, "the figures of the survey and of its repetition in spring are set out", 60.0, 60.0);
    let mut x = 60.0;
    for word in ["below", "for", "every", "region", "and", "for", "each", "of", "both"] {
        write(&mut p, word, x, 74.0);
        x += word.len() as f64 * 5.0 + 15.9;
    }
    for (i, row) in
        [["Region", "Men", "Women"], ["North", "120", "131"], ["South", "98", "87"], ["East", "45", "52"]]
            .iter()
            .enumerate()
    {
        let y = 96.0 + 16.0 * i as f64;
        write(&mut p, row[0], 60.0, y);
        write_right(&mut p, row[1], 220.0, y);
        write_right(&mut p, row[2], 320.0, y);
    }
    let t = find_tables(&p);
    assert_eq!(t.len(), 1);
    assert_eq!(rows(&t[0])[0], ["Region", "Men", "Women"]);
}

#[test]
fn a_frame_with_rows_inside_is_cut_into_rows() {
    let mut p = page();
    for y in [100.0, 120.0, 190.0] {
        rule(&mut p, true, y, 50.0, 350.0);
    }
    for x in [50.0, 150.0, 250.0, 350.0] {
        rule(&mut p, false, x, 100.0, 190.0);
    }
    for (i, row) in [["年齢", "男", "女"], ["20代", "12", "15"], ["30代", "9", "11"], ["40代", "7", "3"]]
        .iter()
        .enumerate()
    {
        for (k, cell) in row.iter().enumerate() {
            write(&mut p, cell, 60.0 + 100.0 * k as f64, 114.0 + 22.0 * i as f64);
        }
    }
    let t = find_tables(&p);
    assert_eq!(t.len(), 1);
    assert_eq!((t[0].n_rows, t[0].n_cols), (4, 3));
    let block = Block {
        kind: BlockKind::Heading,
        place: Place { page: Some(p.number), bbox: Some(t[0].bbox), line: None },
        ..Block::default()
    };
    let drawn = debug_svg(&p, &t, &[block]);
    assert!(drawn.ends_with("</svg>\n") && drawn.contains("1 Heading"));
}

/// A list whose rows are parted by rules, the last one open at the foot of the page.
#[test]
fn the_open_last_row_of_a_list_is_its_row() {
    let mut p = page();
    for i in 0..7 {
        rule(&mut p, true, 100.0 + 36.0 * f64::from(i), 50.0, 450.0);
    }
    for i in 0..7 {
        let y = 123.0 + 36.0 * f64::from(i);
        let head = i == 0;
        for (k, (h, b)) in
            [("番号", "12"), ("区", "北区"), ("日", "8月8日"), ("数", "345")].iter().enumerate()
        {
            write(&mut p, if head { h } else { b }, 60.0 + 100.0 * k as f64, y);
        }
    }
    let t = find_tables(&p);
    assert_eq!(t.iter().map(|t| (t.n_rows, t.n_cols)).collect::<Vec<_>>(), [(7, 4)]);
}

#[test]
fn prose_frames_lists_and_scales_are_no_tables() {
    // Two columns of running text.
    let mut p = page();
    for i in 0..12 {
        let y = 100.0 + 16.0 * f64::from(i);
        write(&mut p, "この段には文章が続いており表ではないことがわかる", 40.0, y);
        write(&mut p, "こちらの段にも同じように文章が続いているのである", 310.0, y);
    }
    assert!(find_tables(&p).is_empty());
    // One framed box.
    let mut p = page();
    for y in [100.0, 160.0] {
        rule(&mut p, true, y, 50.0, 350.0);
    }
    for x in [50.0, 350.0] {
        rule(&mut p, false, x, 100.0, 160.0);
    }
    write(&mut p, "お問い合わせは総務課へ", 60.0, 130.0);
    assert!(find_tables(&p).is_empty());
    // A numbered list with its numbers apart.
    let mut p = page();
    for i in 0..6 {
        write(&mut p, &format!("{}.", i + 1), 60.0, 100.0 + 16.0 * f64::from(i));
        write(&mut p, "窓口の案内を見直す", 90.0, 100.0 + 16.0 * f64::from(i));
    }
    assert!(find_tables(&p).is_empty());
    // The scales at both sides of a chart.
    let mut p = page();
    for i in 0..7 {
        write_right(&mut p, &format!("{},000", 70 - 10 * i), 90.0, 100.0 + 30.0 * f64::from(i));
        write_right(&mut p, &format!("{}", 14 - 2 * i), 400.0, 100.0 + 30.0 * f64::from(i));
    }
    assert!(find_tables(&p).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever stands on a page, nothing panics, cells tile the grid and every glyph is in at most one cell.
    #[test]
    fn any_page_gives_sound_tables(
        glyphs in prop::collection::vec((0u8..60, 0u8..80, prop::sample::select(vec!['1', '件', 'a', '〇', '-', '.', ' ', '表'])), 0..300),
        rules in prop::collection::vec((any::<bool>(), 0u8..40, 0u8..40, 1u8..40), 0..60),
    ) {
        let mut p = page();
        for (x, y, c) in glyphs {
            p.glyphs.push(glyph(c, f64::from(x) * 9.0, 20.0 + f64::from(y) * 10.0));
        }
        for (horizontal, position, start, length) in rules {
            let start = f64::from(start) * 14.0;
            rule(&mut p, horizontal, f64::from(position) * 14.0, start, start + f64::from(length) * 14.0);
        }
        for t in find_tables(&p) {
            let mut covered = vec![false; (t.n_rows * t.n_cols) as usize];
            for c in &t.cells {
                for r in c.row..c.row + c.row_span {
                    for k in c.col..c.col + c.col_span {
                        let at = (r * t.n_cols + k) as usize;
                        prop_assert!(at < covered.len() && !covered[at], "cells overlap");
                        covered[at] = true;
                    }
                }
            }
            prop_assert!(covered.iter().all(|&c| c), "cells leave a hole");
            prop_assert!((0.0..=1.0).contains(&t.confidence));
            prop_assert!(t.header_rows <= t.n_rows && t.label_cols <= t.n_cols);
            prop_assert!(t.glyphs.windows(2).all(|w| w[0] < w[1]));
        }
    }
}

#[test]
fn figures_set_flush_right_beside_words_are_parted_from_them() {
    let mut p = page();
    let rows_ = [
        ["番号", "市町村", "郵便番号", "所在地"],
        ["8", "榛名台市", "371-0001", "榛名台市本町4丁目2番"],
        ["9", "榛名台市", "371-0002", "榛名台市中央10丁目11番"],
        ["10", "汐見市", "371-0103", "汐見市栄町1丁目9番"],
        ["11", "汐見市", "371-0104", "汐見市西3丁目21番"],
        ["12", "千鳥町", "371-0205", "千鳥町南2丁目8番"],
    ];
    for (i, row) in rows_.iter().enumerate() {
        let y = 120.0 + 16.0 * i as f64;
        // A quarter of an em is left between the columns.
        write_right(&mut p, row[0], 80.0, y);
        write(&mut p, row[1], if i == 0 { 92.0 } else { 82.5 }, y);
        write_right(&mut p, row[2], 190.0, y);
        write(&mut p, row[3], if i == 0 { 230.0 } else { 192.5 }, y);
        rule(&mut p, true, y - 11.5, 55.0, 345.0);
    }
    rule(&mut p, true, 204.5, 55.0, 345.0);
    let t = find_tables(&p);
    assert_eq!((t.len(), t[0].n_rows, t[0].n_cols), (1, 6, 4));
    assert_eq!(rows(&t[0])[3], rows_[3]);
}

#[test]
fn numbers_keep_their_counters_and_their_names() {
    // A space of a quarter of an em that the typesetter puts between figures and words.
    for column in
        [["12人", "340人", "8人", "75人", "1,020人"], ["1総務費", "2民生費", "3衛生費", "4土木費", "5教育費"]]
    {
        let mut p = page();
        for (i, text) in column.iter().enumerate() {
            let y = 120.0 + 16.0 * i as f64;
            let digits: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
            write(&mut p, ["東館", "西館", "南館", "北館", "本館"][i], 60.0, y);
            write_right(&mut p, &digits, 200.0, y);
            write(&mut p, &text[digits.len()..], 202.5, y);
            write_right(&mut p, &(31 * (i + 3)).to_string(), 300.0, y);
            rule(&mut p, true, y - 11.5, 55.0, 305.0);
        }
        rule(&mut p, true, 188.5, 55.0, 305.0);
        let t = find_tables(&p);
        assert_eq!((t.len(), t[0].n_cols), (1, 3));
        assert_eq!(rows(&t[0]).iter().map(|r| r[1].clone()).collect::<Vec<_>>(), column);
    }
}

#[test]
fn a_title_over_heads_of_which_one_spans_two_columns() {
    let mut p = page();
    // Columns: kind, name, unit, years; the title spans all of them, the head of names two.
    let xs = [55.0, 105.0, 225.0, 265.0, 345.0, 425.0];
    let ys = [100.0, 120.0, 140.0, 160.0, 180.0];
    for (i, y) in ys.iter().enumerate() {
        rule(&mut p, true, *y, xs[0], xs[5]);
        let texts: &[&str] = match i {
            0 => &["２ 指標の推移"],
            1 => &["指標名", "", "単位", "令和４年度", "令和５年度"],
            2 => &["活動", "講習の回数", "回", "10", "12"],
            3 => &["成果", "講習の受講者数", "人", "210", "264"],
            _ => &[],
        };
        for (text, x) in texts.iter().zip(xs) {
            write(&mut p, text, x + 4.0, y + 14.0);
        }
    }
    for (i, x) in xs.iter().enumerate() {
        let top = match i {
            0 | 5 => ys[0],
            1 => ys[2],
            _ => ys[1],
        };
        rule(&mut p, false, *x, top, ys[4]);
    }
    let t = find_tables(&p);
    assert_eq!((t.len(), t[0].n_rows, t[0].n_cols, t[0].header_rows), (1, 4, 5, 2), "{:?}", rows(&t[0]));
}
