//! Pages made by hand to blocks.

use shiryo_layout::PageLayout;
use shiryo_model::{BBox, BlockKind, Direction, DocumentContent, Glyph, ImageBox, PageContent, Visibility};
use std::time::{Duration, Instant};

fn glyph(c: char, x: f64, y: f64, visibility: Visibility) -> Glyph {
    Glyph { visibility, ..Glyph::on_baseline(c.to_string(), x, y, 10.0, 10.0) }
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
    // Who reads scans reports the ones that stay unread; layout does not know.
    assert!(content.diagnostics.is_empty());
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

/// Words set with other sizes than the usual ten points, from their lower left corner.
fn sized(glyphs: &mut Vec<Glyph>, x: f64, y: f64, size: f64, text: &str) {
    for (i, c) in text.chars().enumerate() {
        let x = x + size * i as f64;
        glyphs.push(Glyph::on_baseline(c.to_string(), x, y, size, size));
    }
}

#[test]
fn raised_small_figures_are_marks_of_notes() {
    let mut one = page(1, &[(20.0, 100.0, "対象は308"), (20.0, 116.0, "である。")]);
    sized(&mut one.glyphs, 70.0, 96.0, 5.0, "１）");
    sized(&mut one.glyphs, 80.0, 100.0, 10.0, "手続");
    sized(&mut one.glyphs, 100.0, 96.0, 5.0, "2");
    let content = laid_out(&[one]);
    assert_eq!(kinds(&content), [(BlockKind::Paragraph, "対象は308※1手続※2である。")]);
    assert!(content.blocks[0].text.raw.starts_with("対象は308¹⁾手続²"));
}

#[test]
fn readings_stand_apart_and_leave_the_sentence_whole() {
    let mut one = page(
        1,
        &[
            (20.0, 100.0, "区は老朽化した施設について斎場の改修を進め、利用者の"),
            (20.0, 118.0, "利便性を高める。"),
        ],
    );
    sized(&mut one.glyphs, 147.5, 90.6, 5.0, "さいじょう");
    let content = laid_out(&[one]);
    assert_eq!(
        kinds(&content),
        [
            (BlockKind::Paragraph, "区は老朽化した施設について斎場の改修を進め、利用者の利便性を高める。"),
            (BlockKind::Ruby, "さいじょう"),
        ]
    );
    assert_eq!(content.blocks[1].of, "斎場");
}

#[test]
fn watermarks_and_annotations_stand_apart() {
    let lines: Vec<(f64, f64, &str)> =
        (0..8).map(|i| (20.0, 100.0 + 16.0 * f64::from(i), "窓口の受付件数を数えた。")).collect();
    let mut one = page(1, &lines);
    // Light and large under the text; slanted over it.
    for (i, c) in "素案".chars().enumerate() {
        let x = 30.0 + 60.0 * i as f64;
        let bbox = BBox::new(x, 120.0, x + 60.0, 180.0);
        one.glyphs.push(Glyph {
            bbox,
            font_size: 60.0,
            color: Some(0x00d8_d8d8),
            ..glyph(c, x, 172.0, Visibility::Visible)
        });
        let x = 200.0 + 40.0 * i as f64;
        let bbox = BBox::new(x, 300.0 - x, x + 56.0, 356.0 - x);
        let direction = Direction::Other;
        one.glyphs.push(Glyph {
            bbox,
            font_size: 40.0,
            direction,
            ..glyph(c, x, 340.0 - x, Visibility::Visible)
        });
    }
    one.overlays.push(shiryo_model::Overlay {
        kind: shiryo_model::OverlayKind::Stamp,
        bbox: BBox::new(300.0, 20.0, 360.0, 60.0),
        words: "受付\n6.4.1".into(),
        glyphs: Vec::new(),
    });
    let content = laid_out(&[one]);
    let apart: Vec<_> =
        content.blocks.iter().filter(|b| b.kind.is_apart()).map(|b| (b.kind, b.text.text.as_str())).collect();
    assert_eq!(apart, [(BlockKind::Watermark, "素案素案"), (BlockKind::Stamp, "受付6.4.1")]);
    assert!(content.blocks.iter().filter(|b| !b.kind.is_apart()).all(|b| !b.text.text.contains('案')));
    assert_eq!(content.blocks.last().and_then(|b| b.place.bbox), Some(BBox::new(300.0, 20.0, 360.0, 60.0)));
}

#[test]
fn a_ruling_parts_bands_of_vertical_text_and_enumerators_belong_to_their_columns() {
    let mut one = page(1, &[]);
    let mut column = |x: f64, y: f64, text: &str| {
        for (i, c) in text.chars().enumerate() {
            let direction = Direction::Vertical;
            one.glyphs.push(Glyph { direction, ..glyph(c, x, y + 10.0 * i as f64, Visibility::Visible) });
        }
    };
    for (band, top) in [("上", 60.0), ("下", 320.0)] {
        for k in 0..6 {
            let text: String = band.chars().chain("段の文章である次の列へ続く".chars()).collect();
            column(340.0 - 14.0 * f64::from(k), top, &text);
        }
    }
    column(246.0, 340.0, "研修の実施");
    column(232.0, 340.0, "機器の更新");
    // The enumerators that head these two columns were set level.
    for (x, c) in [(232.0, '二'), (246.0, '一')] {
        one.glyphs.push(glyph(c, x, 322.0, Visibility::Visible));
    }
    let style = shiryo_model::RulingStyle::Solid;
    one.rulings.push(shiryo_model::Ruling {
        horizontal: true,
        position: 270.0,
        start: 200.0,
        end: 360.0,
        width: 0.5,
        style,
    });
    let text: String = laid_out(&[one]).blocks.iter().map(|b| b.marker.clone() + &b.text.text).collect();
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    assert_eq!(text.matches('上').count(), 6, "{text}");
    assert!(text.rfind('上') < text.find('下'), "{text}");
    assert!(text.contains("一研修の実施二機器の更新"), "{text}");
}
