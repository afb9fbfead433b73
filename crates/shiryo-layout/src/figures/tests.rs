//! Charts and diagrams on small drawn pages.

use super::*;
use shiryo_model::{FilledBox, Glyph, Point, Ruling, RulingStyle, Shape};

/// Words of size 10 whose middle stands at `x` and whose top at `y`.
fn put(page: &mut PageContent, words: &str, x: f64, y: f64) {
    let width = |c: char| if c.is_ascii() { 5.0 } else { 10.0 };
    let mut left = x - words.chars().map(width).sum::<f64>() / 2.0;
    for c in words.chars() {
        page.glyphs.push(Glyph {
            text: c.to_string().into(),
            bbox: BBox::new(left, y, left + width(c), y + 10.0),
            origin: Point { x: left, y: y + 8.0 },
            font_size: 10.0,
            font: 0,
            bold: false,
            direction: Default::default(),
            visibility: Visibility::Visible,
            color: Some(0),
        });
        left += width(c);
    }
}

fn page() -> PageContent {
    PageContent { number: 1, width: 600.0, height: 800.0, ..PageContent::default() }
}

fn fill(page: &mut PageContent, x0: f64, y0: f64, x1: f64, y1: f64, color: u32) {
    page.fills.push(FilledBox { bbox: BBox::new(x0, y0, x1, y1), color });
}

fn lines(page: &PageContent) -> Vec<(Option<FigureRole>, String)> {
    let found = find_figures(page);
    found.into_iter().flat_map(|f| f.lines).map(|l| (l.role, l.source.text)).collect()
}

fn value(words: &str) -> (Option<FigureRole>, String) {
    (Some(FigureRole::Value), words.to_owned())
}

fn bars(values: [u32; 4]) -> PageContent {
    let mut p = page();
    for (i, v) in values.into_iter().enumerate() {
        let x = 100.0 + 80.0 * i as f64;
        fill(&mut p, x, 500.0 - f64::from(v), x + 40.0, 500.0, 0x44_66_aa);
        put(&mut p, &format!("{}月", i + 4), x + 20.0, 506.0);
    }
    p
}

#[test]
fn values_over_bars_belong_to_the_names_below_them() {
    let mut p = bars([120, 45, 210, 80]);
    for (i, v) in [120, 45, 210, 80].into_iter().enumerate() {
        put(&mut p, &v.to_string(), 120.0 + 80.0 * i as f64, 488.0 - f64::from(v));
    }
    for k in 0..3 {
        put(&mut p, &(100 * k).to_string(), 80.0, 495.0 - 100.0 * f64::from(k));
    }
    put(&mut p, "申請件数", 240.0, 180.0);
    put(&mut p, "この図は次の章で述べる。", 240.0, 700.0);
    let got = lines(&p);
    let want = [value("4月 120"), value("5月 45"), value("6月 210"), value("7月 80")];
    assert_eq!(got.iter().filter(|l| l.0 == Some(FigureRole::Value)).cloned().collect::<Vec<_>>(), want);
    assert!(got.contains(&(Some(FigureRole::Scale), "0 100 200".into())), "{got:?}");
    assert!(!got.iter().any(|l| l.1.contains("次の章")));
}

#[test]
fn shaded_heads_of_a_table_are_no_bars() {
    // Heads of two rows and of one, on one base line, shaded, and the rulings of the rows below.
    let heads = |ruled: bool| {
        let mut p = page();
        for (i, (height, words)) in
            [(28.0, "R4.9"), (14.0, "R3"), (14.0, "R4"), (28.0, "R5")].into_iter().enumerate()
        {
            let x = 100.0 + 60.0 * i as f64;
            fill(&mut p, x, 200.0 - height, x + 60.0, 200.0, 0xee_ee_ee);
            put(&mut p, words, x + 30.0, 187.0);
            put(&mut p, "31,905", x + 30.0, 203.0);
            put(&mut p, "12,488", x + 30.0, 217.0);
        }
        for k in 0..5 {
            let position = 100.0 + 60.0 * f64::from(k);
            let (start, end) = (172.0, 230.0);
            p.rulings.push(Ruling {
                horizontal: false,
                position,
                start,
                end,
                width: 1.0,
                style: RulingStyle::Solid,
            });
        }
        if !ruled {
            p.rulings.clear();
        }
        lines(&p).len()
    };
    assert_eq!((heads(true), heads(false) > 0), (0, true));
}

#[test]
fn figures_that_are_not_drawn_to_scale_are_bound_to_nothing() {
    let mut p = bars([120, 45, 210, 80]);
    // What stands over the bars are shares of something else.
    for (i, v) in [120, 45, 210, 80].into_iter().enumerate() {
        put(&mut p, ["9", "31", "4", "56"][i], 120.0 + 80.0 * i as f64, 488.0 - f64::from(v));
    }
    assert!(!lines(&p).iter().any(|l| l.0 == Some(FigureRole::Value)));
}

#[test]
fn shaded_cells_are_no_bars() {
    let mut p = page();
    for (i, words) in ["区分の名称", "申請の件数", "処理の時間"].into_iter().enumerate() {
        let x = 100.0 + 80.0 * i as f64;
        fill(&mut p, x, 480.0 - 10.0 * i as f64, x + 70.0, 500.0, 0xcc_dd_ee);
        put(&mut p, words, x + 35.0, 485.0);
    }
    assert!(lines(&p).is_empty());
}

#[test]
fn slices_take_the_names_over_their_values() {
    let mut p = page();
    let slice = |from: f64, to: f64, color: u32| {
        let at = |k: f64| {
            let a = from + (to - from) * k;
            Point { x: 300.0 + 80.0 * a.cos(), y: 300.0 + 80.0 * a.sin() }
        };
        let mut points: Vec<Point> = (0..=8).map(|k| at(f64::from(k) / 8.0)).collect();
        points.push(Point { x: 300.0, y: 300.0 });
        let boxes = points.iter().map(|p| BBox { x0: p.x, y0: p.y, x1: p.x, y1: p.y });
        let bbox = boxes.reduce(|a, b| a.union(&b)).unwrap_or_default();
        Shape { bbox, color: Some(color), filled: true, curved: false, points }
    };
    p.shapes = vec![slice(0.0, 4.0, 0x44_66_aa), slice(4.0, std::f64::consts::TAU, 0xaa_66_44)];
    for (name, share, x, y) in [("導入済", "63.7%", 260.0, 330.0), ("未導入", "36.3%", 330.0, 250.0)] {
        put(&mut p, name, x, y);
        put(&mut p, share, x, y + 11.0);
    }
    assert_eq!(lines(&p), [value("未導入 36.3%"), value("導入済 63.7%")]);
}

#[test]
fn joined_boxes_are_a_diagram_and_cells_are_none() {
    let mut p = page();
    for (i, words) in ["申請", "審査", "決定"].into_iter().enumerate() {
        let x = 60.0 + 150.0 * i as f64;
        fill(&mut p, x, 200.0, x + 100.0, 240.0, 0xdd_ee_ff);
        put(&mut p, words, x + 50.0, 214.0);
        if i > 0 {
            let style = RulingStyle::Solid;
            p.rulings.push(Ruling {
                horizontal: true,
                position: 220.0,
                start: x - 50.0,
                end: x,
                width: 1.0,
                style,
            });
        }
    }
    let label = |w: &str| (Some(FigureRole::Label), w.to_owned());
    assert_eq!(lines(&p), [label("申請"), label("審査"), label("決定")]);
    // Rules along the boxes and beyond make them the cells of a row.
    let rule = |position| Ruling { position, start: 20.0, end: 560.0, ..p.rulings[0] };
    p.rulings.extend([rule(200.0), rule(240.0)]);
    assert!(lines(&p).is_empty());
}
