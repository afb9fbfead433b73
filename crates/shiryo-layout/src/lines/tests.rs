//! Lines from glyphs set by hand.

use super::*;

fn texts(glyphs: Vec<Glyph>) -> Vec<String> {
    let page = PageContent { number: 1, width: 600.0, height: 800.0, glyphs, ..Default::default() };
    let all = readable_glyphs(&page);
    lines_of(&page, &all)
        .iter()
        .map(|l| {
            let s = source_line(&page, l);
            assert_eq!(s.text.chars().count(), s.boxes.len());
            s.text
        })
        .collect()
}

fn cjk(text: &str, x: f64, y: f64) -> Vec<Glyph> {
    text.chars()
        .enumerate()
        .map(|(i, c)| Glyph::on_baseline(c.to_string(), x + 10.0 * i as f64, y, 10.0, 10.0))
        .collect()
}

#[test]
fn gaps_become_one_space_and_painted_spaces_vanish() {
    let mut g = cjk("窓口", 0.0, 100.0);
    g.push(Glyph::on_baseline("　", 20.0, 100.0, 10.0, 10.0));
    g.extend(cjk("件数", 60.0, 100.0));
    g.extend(cjk("次の行", 0.0, 116.0));
    assert_eq!(texts(g), ["窓口 件数", "次の行"]);
}

#[test]
fn a_word_spread_over_its_cell_is_one() {
    let spread = |gaps: [f64; 2]| {
        let mut g = cjk("収", 0.0, 100.0);
        g.extend(cjk("納", 10.0 + gaps[0], 100.0));
        g.extend(cjk("課", 20.0 + gaps[0] + gaps[1], 100.0));
        texts(g)
    };
    assert_eq!(spread([4.95, 5.04]), ["収納課"]);
    assert_eq!(spread([0.0, 6.0]), ["収納 課"]);
}

#[test]
fn latin_words_are_kept_apart_and_tracking_is_not_a_gap() {
    let word = |s: &str, x: f64, step: f64| -> Vec<Glyph> {
        s.chars()
            .enumerate()
            .map(|(i, c)| Glyph::on_baseline(c.to_string(), x + step * i as f64, 50.0, 10.0, 5.0))
            .collect()
    };
    let mut g = word("two", 0.0, 5.0);
    g.extend(word("words", 18.0, 5.0));
    assert_eq!(texts(g), ["two words"]);
    assert_eq!(texts(word("spread", 0.0, 8.0)), ["spread"]);
}

#[test]
fn raised_note_mark_stays_in_its_line_but_apart_from_numbers() {
    let mut g = cjk("申請", 0.0, 100.0);
    g.push(Glyph::on_baseline("※", 20.0, 96.0, 5.0, 5.0));
    g.push(Glyph::on_baseline("１", 25.0, 96.0, 5.0, 5.0));
    g.extend(cjk("２３件", 30.0, 100.0));
    g.extend(cjk("前の行です", 0.0, 84.0));
    assert_eq!(texts(g), ["前の行です", "申請※１ ２３件"]);
}

#[test]
fn several_marks_of_one_line_stand_each_at_its_word() {
    let mut g = cjk("申請", 0.0, 100.0);
    g.push(Glyph::on_baseline("2", 20.0, 102.0, 5.0, 3.0));
    g.extend(cjk("と届出", 23.0, 100.0));
    g.push(Glyph::on_baseline("n", 53.0, 96.0, 5.0, 3.0));
    g.extend(cjk("である", 56.0, 100.0));
    assert_eq!(texts(g), ["申請2と届出nである"]);
}

#[test]
fn doubled_glyphs_are_dropped_but_twins_stay() {
    let mut g = cjk("回", 0.0, 100.0);
    g.push(Glyph::on_baseline("回", 0.4, 100.0, 10.0, 10.0));
    g.push(Glyph::on_baseline("1", 12.0, 100.0, 10.0, 5.0));
    g.push(Glyph::on_baseline("1", 17.0, 100.0, 10.0, 5.0));
    assert_eq!(texts(g), ["回11"]);
}

#[test]
fn vertical_columns_run_right_to_left() {
    let mut g: Vec<Glyph> = Vec::new();
    for (i, c) in "右列左列".chars().enumerate() {
        let (col, row) = (i / 2, i % 2);
        let mut v = Glyph::on_baseline(
            c.to_string(),
            100.0 - 20.0 * col as f64,
            50.0 + 10.0 * row as f64,
            10.0,
            10.0,
        );
        v.direction = Direction::Vertical;
        g.push(v);
    }
    assert_eq!(texts(g), ["右列", "左列"]);
}

#[test]
fn upright_characters_below_each_other_are_a_column() {
    let mut g: Vec<Glyph> = Vec::new();
    for (x, word) in [(40.0, "手続数"), (28.0, "見込")] {
        for (i, c) in word.chars().enumerate() {
            g.push(Glyph::on_baseline(c.to_string(), x, 50.0 + 10.0 * i as f64, 10.0, 10.0));
        }
    }
    assert_eq!(texts(g), ["手続数", "見込"]);
}

#[test]
fn a_wrapped_remnant_over_a_line_is_no_column() {
    let mut g = cjk("実", 40.0, 50.0);
    g.extend(cjk("施策", 40.0, 60.0));
    assert_eq!(texts(g), ["実", "施策"]);
}

#[test]
fn lines_of_slightly_shifted_columns_do_not_chain() {
    let mut g = Vec::new();
    for i in 0..6 {
        g.extend(cjk("段", 30.0 * i as f64, 100.0 + 1.9 * i as f64));
    }
    assert!(texts(g).len() >= 2);
}

#[test]
fn broken_coordinates_do_no_harm() {
    let mut g = cjk("正", 0.0, 10.0);
    g.push(Glyph::on_baseline("数", f64::NAN, 10.0, 10.0, 10.0));
    g.push(Glyph::on_baseline("値", 20.0, f64::INFINITY, 0.0, 10.0));
    assert_eq!(texts(g), ["正"]);
}
