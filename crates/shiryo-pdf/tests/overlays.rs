//! What lies on a page and is not its content, and what is filled into forms.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;

use common::{hex, page, read_one, text};
use shiryo_model::{BBox, OverlayKind, PageContent};

fn show(x: i32, y: i32, words: &str) -> String {
    format!("BT /F1 10 Tf {x} {y} Td {} Tj ET\n", hex(words))
}

/// A page that says 本文, with these annotations. Object 7 is a form that shows 「式」.
fn annotated(annotations: &str) -> PageContent {
    read_one(page(&format!("/Annots [{annotations}]"), &show(20, 250, "本文")))
}

#[test]
fn stamps_and_comments_stand_apart_from_the_text() {
    let read = annotated(&format!(
        "<< /Type /Annot /Subtype /Stamp /Rect [20 20 70 70] /AP << /N 7 0 R >> /Contents (stamped) >>
         << /Type /Annot /Subtype /Text /Rect [100 100 120 120] /Contents {} >>
         << /Type /Annot /Subtype /FreeText /Rect [100 20 150 70] /AP << /N 7 0 R >> >>
         << /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Contents (a link) >>
         << /Type /Annot /Subtype /Text /F 2 /Rect [0 0 9 9] /Contents (nobody sees this) >>",
        hex("\u{feff}38件に修正"),
    ));
    assert_eq!(text(&read), "本文");
    let seen: Vec<_> = read
        .overlays
        .iter()
        .map(|o| (o.kind, o.glyphs.iter().map(|g| g.text.as_str()).collect::<String>(), o.words.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            (OverlayKind::Stamp, "式".to_owned(), "stamped"),
            (OverlayKind::Annotation, String::new(), "38件に修正"),
            (OverlayKind::Annotation, "式".to_owned(), ""),
        ]
    );
    assert_eq!(read.overlays[1].bbox, BBox::new(100.0, 180.0, 120.0, 200.0));
}

#[test]
fn what_is_filled_into_a_form_is_content() {
    let painted =
        annotated("<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [20 20 70 70] /AP << /N 7 0 R >> >>");
    assert_eq!((text(&painted).as_str(), painted.overlays.len()), ("本文式", 0));
    let stated = annotated(&format!(
        "<< /Type /Annot /Subtype /Widget /Rect [20 100 120 116] /DA (/Helv 10 Tf 0 g)
            /Parent << /FT /Tx /V {} >> >>
         << /Type /Annot /Subtype /Widget /FT /Tx /Ff 8192 /V (secret) /Rect [20 50 120 66] >>
         << /Type /Annot /Subtype /Widget /FT /Btn /V (On) /Rect [20 20 30 30] >>",
        hex("\u{feff}12名"),
    ));
    assert_eq!(text(&stated), "本文12名");
    let field = BBox::new(20.0, 184.0, 120.0, 200.0);
    assert!(stated.glyphs[2..].iter().all(|g| field.contains(g.bbox.center()) && g.font_size == 10.0));
}

#[test]
fn a_watermark_the_file_names_is_no_content() {
    let content = show(20, 250, "前")
        + "/Artifact << /Type /Pagination /Subtype /Watermark >> BDC\n"
        + &show(60, 150, "素案")
        + "EMC\n/Artifact << /Type /Pagination /Subtype /Header >> BDC\n"
        + &show(20, 280, "頭")
        + "EMC\n"
        + &show(20, 200, "後");
    let read = read_one(page("", &content));
    assert_eq!(text(&read), "前頭後");
    assert_eq!(read.overlays.len(), 1);
    assert_eq!((read.overlays[0].kind, read.overlays[0].glyphs.len()), (OverlayKind::Watermark, 2));
    assert_eq!(read.overlays[0].bbox.x0, 60.0);
}

#[test]
fn a_page_number_typed_on_a_scan_leaves_it_a_scan() {
    let image = "q 200 0 0 300 0 0 cm /I0 Do Q ";
    assert!(read_one(page("", &(image.to_owned() + &show(90, 8, "３")))).is_scan());
    assert!(!read_one(page("", &(image.to_owned() + &show(90, 150, "本文")))).is_scan());
    assert!(!read_one(page("", &show(90, 8, "３"))).is_scan());
    let logo = "q 20 0 0 20 0 0 cm /I0 Do Q ";
    assert!(!read_one(page("", logo)).is_scan(), "a small picture is no scan of a page");
}
