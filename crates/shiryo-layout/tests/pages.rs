//! Pages made by hand to blocks.

use shiryo_layout::PageLayout;
use shiryo_model::{
    BBox, BlockKind, Direction, DocumentContent, Glyph, ImageBox, PageContent, Point, Visibility,
};
use std::time::{Duration, Instant};

fn glyph(c: char, x: f64, y: f64, visibility: Visibility) -> Glyph {
    Glyph {
        text: c.to_string().into(),
        bbox: BBox::new(x, y - 8.8, x + 10.0, y + 1.2),
        origin: Point { x, y },
        font_size: 10.0,
        font: 0,
        bold: false,
        direction: Direction::Horizontal,
        visibility,
        color: None,
    }
}

fn line(glyphs: &mut Vec<Glyph>, x: f64, y: f64, text: &str, visibility: Visibility) {
    glyphs.extend(text.chars().enumerate().map(|(i, c)| glyph(c, x + 10.0 * i as f64, y, visibility)));
}

fn page(number: u32, lines: &[(f64, f64, &str)]) -> PageContent {
    let mut glyphs = Vec::new();
    for (x, y, text) in lines {
        line(&mut glyphs, *x, *y, text, Visibility::Visible);
    }
    PageContent { number, width: 400.0, height: 600.0, glyphs, ..PageContent::default() }
}

fn laid_out(pages: &[PageContent]) -> DocumentContent {
    let mut layout = PageLayout::default();
    pages.iter().for_each(|p| layout.push(p));
    layout.finish()
}

fn kinds(content: &DocumentContent) -> Vec<(BlockKind, &str)> {
    content.blocks.iter().map(|b| (b.kind, b.text.text.as_str())).collect()
}

#[test]
fn paragraphs_go_on_over_pages_and_furniture_stands_apart() {
    let head = "窓口改革の報告";
    let content = laid_out(&[
        page(
            1,
            &[
                (150.0, 30.0, head),
                (40.0, 200.0, "１　申請の受付"),
                (50.0, 216.0, "市民課では申請の受付を改め、窓口で書く書類を減らした。"),
                (50.0, 232.0, "また、支所の窓口でも同じ仕組みを使うことができるように準"),
                (190.0, 580.0, "－１－"),
            ],
        ),
        page(2, &[(150.0, 30.0, head), (40.0, 100.0, "備を進めている。"), (190.0, 580.0, "－２－")]),
    ]);
    let got = kinds(&content);
    assert_eq!(got.iter().filter(|b| b.0 == BlockKind::Header).count(), 2);
    assert_eq!(got.iter().filter(|b| b.0 == BlockKind::PageNumber).count(), 2);
    let joined = "また、支所の窓口でも同じ仕組みを使うことができるように準備を進めている。";
    assert!(got.contains(&(BlockKind::Paragraph, joined)), "{got:?}");
    assert!(got.contains(&(BlockKind::Heading, "申請の受付")), "{got:?}");
}

#[test]
fn hidden_text_is_set_aside_and_a_scan_is_told() {
    let mut first = page(1, &[(40.0, 300.0, "見える本文である。")]);
    line(&mut first.glyphs, 40.0, 330.0, "隠れた文", Visibility::Covered);
    let image = ImageBox { bbox: BBox::new(0.0, 0.0, 400.0, 600.0), pixel_width: 1000, pixel_height: 1500 };
    let scan = PageContent { images: vec![image], ..page(2, &[]) };
    let content = laid_out(&[first, scan]);
    assert_eq!(
        kinds(&content),
        [(BlockKind::Paragraph, "見える本文である。"), (BlockKind::Hidden, "隠れた文")]
    );
    assert!(!content.pages[0].scan && content.pages[1].scan);
    assert_eq!(content.diagnostics.len(), 1);
}

#[test]
fn pages_with_a_hundred_thousand_glyphs_take_a_moment() {
    let many = |place: &dyn Fn(usize) -> (f64, f64)| {
        let glyphs = (0..100_000).map(|i| {
            let (x, y) = place(i);
            glyph('件', x, y, Visibility::Visible)
        });
        PageContent {
            number: 1,
            width: 400.0,
            height: 600.0,
            glyphs: glyphs.collect(),
            ..PageContent::default()
        }
    };
    let one_row = many(&|i| (37.0 * i as f64, 300.0));
    let heap = many(&|i| ((i * 7919 % 400) as f64, (i * 104_729 % 600) as f64));
    for p in [one_row, heap] {
        let start = Instant::now();
        let _ = laid_out(&[p]);
        assert!(start.elapsed() < Duration::from_secs(60), "took {:?}", start.elapsed());
    }
}
