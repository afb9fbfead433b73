//! Small hand-written pages: where glyphs stand, what they say, who sees them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{hex, page, read_one, text, try_read};
use shiryo_model::{BBox, DiagnosticCode, Direction, ReaderName, RulingStyle, Visibility};
use shiryo_pdf::{Engine, PdfError, ReadOptions};

fn show(x: i32, y: i32, words: &str) -> String {
    format!("BT /F1 10 Tf {x} {y} Td {} Tj ET\n", hex(words))
}

fn close(a: BBox, b: [f64; 4]) -> bool {
    a.rounded().iter().zip(b).all(|(a, b)| (a - b).abs() < 0.05)
}

#[test]
fn glyphs_have_unicode_and_em_boxes_from_the_top_left() {
    let page = read_one(page("", &show(20, 250, "区民")));
    assert_eq!((page.width, page.height, text(&page).as_str()), (200.0, 300.0, "区民"));
    assert!(close(page.glyphs[1].bbox, [30.0, 41.2, 40.0, 51.2]), "{:?}", page.glyphs[1]);
    assert_eq!((page.glyphs[0].origin.y, page.glyphs[0].font_size), (50.0, 10.0));
    assert_eq!(page.reader, ReaderName::Hayro);
}

#[test]
fn rotated_pages_are_seen_upright() {
    // A landscape page made by /Rotate 90 shows text that runs up the unrotated page.
    let content = format!("BT /F1 10 Tf 0 1 -1 0 50 20 Tm {} Tj ET 60 20 0.5 100 re f", hex("横長"));
    let page = read_one(page("/Rotate 90", &content));
    assert_eq!((page.width, page.height), (300.0, 200.0));
    assert!(page.glyphs.iter().all(|g| g.direction == Direction::Horizontal));
    assert!(close(page.glyphs[0].bbox, [20.0, 41.2, 30.0, 51.2]), "{:?}", page.glyphs[0].bbox);
    let r = page.rulings[0];
    assert!(r.horizontal && (r.position - 60.25).abs() < 0.01 && r.start == 20.0 && r.end == 120.0, "{r:?}");
}

#[test]
fn crop_box_moves_the_origin_and_hides_what_is_outside() {
    let content = show(60, 150, "中") + &show(10, 150, "外");
    let page = read_one(page("/CropBox [50 100 150 250]", &content));
    assert_eq!((page.width, page.height), (100.0, 150.0));
    assert!(close(page.glyphs[0].bbox, [10.0, 91.2, 20.0, 101.2]));
    assert_eq!(page.glyphs[1].visibility, Visibility::OffPage);
}

#[test]
fn forms_are_placed_by_both_matrices() {
    let page = read_one(page("", "q 1 0 0 1 5 5 cm /X0 Do Q"));
    assert_eq!((text(&page).as_str(), page.glyphs[0].font_size), ("式", 20.0));
    assert!(close(page.glyphs[0].bbox, [15.0, 257.4, 35.0, 277.4]), "{:?}", page.glyphs[0].bbox);
    assert_eq!(page.rulings.len(), 1);
    assert!((page.rulings[0].end - 95.0).abs() < 0.01);
}

#[test]
fn clipped_glyphs_are_kept_and_marked_and_rulings_end_at_the_clip() {
    let content = format!(
        "q 0 0 50 300 re W n {} 20 100 100 0.5 re f Q {}",
        show(20, 250, "見見見見見"),
        show(20, 200, "後")
    );
    let page = read_one(page("", &content));
    let hidden: Vec<bool> = page.glyphs.iter().map(|g| g.visibility == Visibility::Clipped).collect();
    assert_eq!(hidden, [false, false, false, true, true, false]);
    assert_eq!((page.rulings[0].start, page.rulings[0].end), (20.0, 50.0));
}

#[test]
fn invisible_text_is_text() {
    let page = read_one(page("", &format!("BT 3 Tr /F1 10 Tf 20 20 Td {} Tj ET", hex("層"))));
    assert_eq!((text(&page).as_str(), page.glyphs[0].visibility), ("層", Visibility::Invisible));
}

#[test]
fn fill_and_stroke_paints_a_glyph_once() {
    let page = read_one(page("", &format!("BT 2 Tr /F1 10 Tf 20 20 Td {} Tj ET", hex("太字"))));
    assert_eq!(text(&page), "太字");
}

#[test]
fn text_under_a_white_box_or_white_on_white_is_covered() {
    let content = show(20, 250, "下")
        + "1 g 10 240 50 30 re f "
        + &show(20, 200, "白")
        + "0 0.2 0.6 rg 10 140 50 30 re f 1 g "
        + &show(20, 150, "抜");
    let page = read_one(page("", &content));
    let seen: Vec<Visibility> = page.glyphs.iter().map(|g| g.visibility).collect();
    assert_eq!(seen, [Visibility::Covered, Visibility::Covered, Visibility::Visible]);
}

#[test]
fn text_under_a_page_sized_image_is_the_layer_of_a_scan() {
    let page = read_one(page("", &(show(20, 250, "走査") + "q 200 0 0 300 0 0 cm /I0 Do Q")));
    assert!(page.glyphs.iter().all(|g| g.visibility == Visibility::Invisible));
    assert_eq!((page.images.len(), page.images[0].pixel_width), (1, 2));
    assert!(page.diagnostics.is_empty(), "it has text: {:?}", page.diagnostics);
}

#[test]
fn a_page_that_is_only_an_image_waits_for_ocr_even_with_a_page_number_typed_on_it() {
    let page = read_one(page("", "q 200 0 0 300 0 0 cm /I0 Do Q"));
    assert!(page.is_scan());
}

#[test]
fn actual_text_replaces_what_the_glyphs_say() {
    let marked = |actual: &str, words: &str, x| {
        format!(
            "/Span << /ActualText <FEFF{}> >> BDC {} EMC\n",
            &hex(actual)[1..hex(actual).len() - 1],
            show(x, 100, words)
        )
    };
    let content = marked("入力", "⼊⼒", 20)
        + &marked("平成", "㍻", 60)
        + &marked("株", "（株）", 90)
        + &show(150, 100, "後");
    let page = read_one(page("", &content));
    assert_eq!(text(&page), "入力平成株後");
    // Three glyphs stand for one character: one glyph as wide as all.
    let wide = &page.glyphs[3];
    assert_eq!((wide.text.as_str(), wide.bbox.width().round()), ("株", 30.0));
    assert_eq!(page.undecoded, 0);
}

#[test]
fn radicals_are_folded_and_selectors_dropped() {
    // The encoding has no radicals; ActualText brings them in.
    let content =
        format!("/Span << /ActualText <FEFF{}> >> BDC {} EMC", "2F4A2EA0DB40DD00", show(20, 100, "木民"));
    assert_eq!(text(&read_one(page("", &content))), "木民");
}

#[test]
fn vertical_writing_and_its_half_width_advances() {
    let content =
        format!("BT /F2 10 Tf 100 280 Td {} Tj ET BT /F3 10 Tf 50 280 Td {} Tj ET", hex("縦書"), hex("令12"));
    let page = read_one(page("", &content));
    assert!(page.glyphs.iter().all(|g| g.direction == Direction::Vertical));
    assert!(close(page.glyphs[1].bbox, [95.0, 30.0, 105.0, 40.0]), "{:?}", page.glyphs[1].bbox);
    assert_eq!((page.glyphs[0].origin.x.round(), page.glyphs[0].origin.y.round()), (100.0, 20.0));
    assert!(close(page.glyphs[2].bbox, [45.0, 20.0, 55.0, 30.0]), "{:?}", page.glyphs[2].bbox);
    assert!(close(page.glyphs[3].bbox, [47.5, 30.0, 52.5, 35.0]), "{:?}", page.glyphs[3].bbox);
    assert!(close(page.glyphs[4].bbox, [47.5, 35.0, 52.5, 40.0]), "{:?}", page.glyphs[4].bbox);
}

#[test]
fn rise_scaling_and_turned_text() {
    let content = format!(
        "BT /F1 10 Tf 50 Tz 4 Ts 20 100 Td {0} Tj ET BT 100 Tz 0 Ts /F1 10 Tf 0 -1 1 0 100 100 Tm {0} Tj ET",
        hex("字")
    );
    let page = read_one(page("", &content));
    assert!(close(page.glyphs[0].bbox, [20.0, 187.2, 25.0, 197.2]), "{:?}", page.glyphs[0].bbox);
    assert_eq!(page.glyphs[1].direction, Direction::Clockwise);
}

#[test]
fn widths_of_fonts_that_are_not_embedded_are_their_own() {
    // The font standing in has a narrow i; the paper says every character is half an em wide.
    let widths = "500 ".repeat(95);
    let font = format!(
        "<< /Type /Font /Subtype /TrueType /BaseFont /MS-Gothic /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 126 /Widths [{widths}] >>"
    );
    let mut file = common::page("", "BT /F0 10 Tf 20 100 Td (iMi) Tj ET");
    let old = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
    let at = file.windows(old.len()).position(|w| w == old).unwrap();
    file.splice(at..at + old.len(), font.into_bytes());
    let page = read_one(file);
    let widths: Vec<f64> = page.glyphs.iter().map(|g| (g.bbox.width() * 100.0).round() / 100.0).collect();
    assert_eq!(widths, [5.0, 5.0, 5.0]);
}

#[test]
fn rulings_of_every_kind() {
    let content = "0.5 w 20 280 m 180 280 l S \
        [3 2] 0 d 20 260 m 180 260 l S [] 0 d \
        20 240 m 180 240 l S 20 238 m 180 238 l S \
        20 220 40 0.5 re f 60 220 40 0.5 re f 100.6 220 79.4 0.5 re f \
        0.9 g 20 150 160 40 re f \
        1 G 20 100 m 180 100 l S 0 G 20 20 m 100 60 l S";
    let page = read_one(page("", content));
    let level: Vec<_> =
        page.rulings.iter().filter(|r| r.horizontal).map(|r| (r.position.round(), r.style)).collect();
    let expected = [
        (20.0, RulingStyle::Solid),
        (40.0, RulingStyle::Dashed),
        (61.0, RulingStyle::Double),
        (80.0, RulingStyle::Solid),
        (110.0, RulingStyle::FillEdge),
        (150.0, RulingStyle::FillEdge),
    ];
    assert_eq!(level, expected, "{:#?}", page.rulings);
    let joined = page.rulings.iter().find(|r| r.position.round() == 80.0).unwrap();
    assert_eq!((joined.start, joined.end), (20.0, 180.0));
    assert_eq!((page.fills.len(), page.fills[0].color), (1, 0xE6E6E6));
}

#[test]
fn a_frame_around_the_page_is_no_ruling() {
    let page = read_one(page("", "10 10 180 280 re S 50 200 m 150 200 l S"));
    assert_eq!(page.rulings.len(), 1, "{:?}", page.rulings);
}

#[test]
fn facts_and_engines() {
    let file = page("", &show(20, 250, "資料"));
    let (facts, diagnostics, _) = try_read(file.clone(), &ReadOptions::default()).unwrap();
    assert_eq!((facts.page_count, facts.language.as_str()), (1, "ja"));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let latin = page("", "BT /F0 10 Tf 20 20 Td (Report 2024) Tj ET");
    let second = ReadOptions { engine: Engine::PdfExtract, ..ReadOptions::default() };
    let (_, _, pages) = try_read(latin, &second).unwrap();
    assert_eq!((pages[0].reader, text(&pages[0]).as_str()), (ReaderName::PdfExtract, "Report 2024"));
    assert!(close(pages[0].glyphs[0].bbox, [20.0, 271.2, 27.22, 281.2]), "{:?}", pages[0].glyphs[0].bbox);
}

#[test]
fn damaged_files_are_read_and_the_damage_is_named() {
    let sound = page("", &show(20, 250, "資料"));
    let find = |needle: &[u8]| sound.windows(needle.len()).position(|w| w == needle).unwrap();
    let mut junk = b"Content-Type: application/pdf\r\n\r\n".to_vec();
    junk.extend_from_slice(&sound);
    let cut = sound[..find(b"xref\n")].to_vec();
    let moved = String::from_utf8_lossy(&sound).replace("startxref\n", "startxref\n9").into_bytes();
    for (name, file) in [("junk", junk), ("cut", cut), ("moved", moved)] {
        let (_, diagnostics, pages) = try_read(file, &ReadOptions::default()).unwrap();
        assert_eq!(text(&pages[0]), "資料", "{name}");
        assert!(
            diagnostics.iter().all(|d| d.code == DiagnosticCode::DamagedPdf) && !diagnostics.is_empty(),
            "{name}"
        );
    }
}

#[test]
fn pages_that_the_tree_has_lost_are_found() {
    let sound = String::from_utf8_lossy(&page("/MediaBox [0 0 90 90]", &show(20, 50, "迷子"))).into_owned();
    let at = sound.find("/Kids [").unwrap();
    let mut lost = sound.into_bytes();
    lost.splice(at + 7..at + 8, *b"9");
    let (_, diagnostics, pages) = try_read(lost, &ReadOptions::default()).unwrap();
    assert_eq!(text(&pages[0]), "迷子");
    assert!(diagnostics.iter().any(|d| d.message.contains("page tree")), "{diagnostics:?}");
}

#[test]
fn nothing_to_read_is_an_error_that_says_what() {
    let read = |bytes: &[u8]| try_read(bytes.to_vec(), &ReadOptions::default());
    assert!(matches!(read(b""), Err(PdfError::Damaged(_))));
    assert!(matches!(read(b"%PDF-1.4 nothing here"), Err(PdfError::Damaged(_))));
    let mut empty = common::Builder::default();
    empty.add("<< /Type /Pages /Kids [] /Count 0 >>");
    let catalog = empty.add("<< /Type /Catalog /Pages 1 0 R >>");
    assert!(matches!(read(&empty.finish(catalog)), Err(PdfError::NoPages)));
}

#[test]
fn only_the_wanted_pages() {
    let options = ReadOptions { pages: Some(vec![2]), ..ReadOptions::default() };
    let (facts, _, pages) = try_read(page("", ""), &options).unwrap();
    assert_eq!((facts.page_count, pages.len()), (1, 0));
}

#[test]
fn forms_that_multiply_stop_at_the_limit() {
    // Twelve forms, each drawing the next ten times: a million million rectangles.
    let mut b = common::Builder::default();
    for next in 2..=12 {
        let form = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {next} 0 R >> >>"
        );
        b.stream(&form, &b"/F Do ".repeat(10));
    }
    b.stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"0 0 5 5 re f");
    let content = b.stream("", b"/F Do");
    let (page, pages) = (content + 1, content + 2);
    b.add(format!(
        "<< /Type /Page /Parent {pages} 0 R /MediaBox [0 0 100 100] /Contents {content} 0 R /Resources << /XObject << /F 1 0 R >> >> >>"
    ));
    b.add(format!("<< /Type /Pages /Kids [{page} 0 R] /Count 1 >>"));
    let catalog = b.add(format!("<< /Type /Catalog /Pages {pages} 0 R >>"));
    let started = std::time::Instant::now();
    let page = read_one(b.finish(catalog));
    assert!(started.elapsed().as_secs() < 10);
    assert_eq!(page.diagnostics[0].code, DiagnosticCode::LimitReached);
}

#[test]
fn forms_that_contain_themselves_end() {
    let mut b = common::Builder::default();
    let form =
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 1 0 R /B 2 0 R >> >>";
    b.stream(form, b"/A Do /B Do /A Do");
    b.stream(form, b"/B Do /A Do /B Do");
    b.stream("", b"/A Do");
    b.add("<< /Type /Page /Parent 5 0 R /MediaBox [0 0 9 9] /Contents 3 0 R /Resources << /XObject << /A 1 0 R >> >> >>");
    b.add("<< /Type /Pages /Kids [4 0 R] /Count 1 >>");
    let catalog = b.add("<< /Type /Catalog /Pages 5 0 R >>");
    for engine in [Engine::Auto, Engine::PdfExtract] {
        let started = std::time::Instant::now();
        let _ = try_read(b.finish(catalog), &ReadOptions { engine, ..ReadOptions::default() });
        assert!(started.elapsed().as_secs() < 10);
    }
}

#[test]
fn the_pages_own_unit_scales_sizes_and_positions() {
    let content = format!("BT /F1 10 Tf 20 50 Td {} Tj ET 10 10 100 0.5 re f", hex("令"));
    for engine in [Engine::Auto, Engine::PdfExtract] {
        let options = ReadOptions { engine, ..ReadOptions::default() };
        let of = |unit: &str| {
            let content =
                if engine == Engine::PdfExtract { content.replace("/F1", "/F0") } else { content.clone() };
            try_read(page(unit, &content), &options).unwrap().2.remove(0)
        };
        let (plain, large) = (of(""), of("/UserUnit 2.5"));
        assert_eq!((large.width, large.height), (500.0, 750.0));
        let (a, b) = (&plain.glyphs[0], &large.glyphs[0]);
        assert!((b.font_size - a.font_size * 2.5).abs() < 0.01, "{b:?}");
        assert!((b.origin.x - a.origin.x * 2.5).abs() < 0.01 && (b.bbox.y1 - a.bbox.y1 * 2.5).abs() < 0.01);
        assert!((large.rulings[0].end - plain.rulings[0].end * 2.5).abs() < 0.01);
        assert_eq!(of("/UserUnit -3").width, 200.0);
    }
}

#[cfg(feature = "render")]
#[test]
fn rendering_keeps_the_readers_guard_and_unit() {
    let content = format!("BT /F3 9 Tf 50 280 Td {} Tj ET", hex("令12"));
    let sound = page("/UserUnit 2", &content);
    let rendering = shiryo_pdf::Renderer::open(sound.clone(), None).unwrap().page(1, 72.0).unwrap();
    assert_eq!((rendering.width, rendering.height, rendering.dpi.round()), (400, 600, 72.0));
    let at = sound.windows(18).position(|w| w == b"/W [231 324 500] /").unwrap();
    let mut endless = sound;
    endless.splice(at..at + 16, b"/W [1 999999999 5]".iter().copied());
    assert!(shiryo_pdf::Renderer::open(endless, None).unwrap().page(1, 72.0).is_none());
}
