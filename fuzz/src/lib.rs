//! What is done with arbitrary bytes: one function per target. A panic is a finding, and so is a claim that does
//! not hold afterwards.

// The file that tells what a file is needs nothing of the program around it.
#[path = "../../crates/shiryo/src/sniff.rs"]
mod sniff;

use shiryo_ja::TimeContext;
use shiryo_layout::{PageLayout, layout_text as lay_out_text};
use shiryo_model::{
    BBox, Direction, FilledBox, Glyph, MediaType, PageContent, Point, Ruling, RulingStyle, Visibility,
};
use shiryo_metrics::catalog::Catalog;
use shiryo_pdf::{Engine, ReadOptions};

/// A target by its name.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 7] = [
    ("pdf_page", pdf_page),
    ("decode", decode),
    ("normalise", normalise),
    ("annotate", annotate),
    ("layout_text", layout_text),
    ("tables", tables),
    ("catalog", catalog),
];

/// The bytes as a PDF: its first pages read and laid out.
pub fn pdf_page(data: &[u8]) {
    // The last byte chooses the reader: an appended byte changes nothing in a PDF.
    let engine = match data.last() {
        Some(b) if b % 4 == 3 => Engine::PdfExtract,
        _ => Engine::Auto,
    };
    let options = ReadOptions { engine, pages: Some(vec![1, 2, 3]), ..ReadOptions::default() };
    let mut layout = PageLayout::default();
    if shiryo_pdf::read(data.to_vec(), &options, &mut |page| layout.push(&page)).is_ok() {
        layout.finish();
    }
}

/// The bytes as a file of unknown type: what it is, and its text.
pub fn decode(data: &[u8]) {
    if let Ok(sniff::Sniffed::Text(text)) = sniff::sniff(data) {
        // No encoding of these gives more than three bytes of UTF-8 for one.
        assert!(text.text.len() <= 3 * data.len() + 3, "text out of nothing");
        assert!(!text.encoding.is_empty());
    }
}

/// The bytes as a measure catalogue: read with its checks, asked for measures, or refused with a place.
pub fn catalog(data: &[u8]) {
    let source = String::from_utf8_lossy(data);
    match Catalog::from_toml(&source) {
        Ok(catalog) => {
            for (label, unit) in [("参加者数", "人"), ("", "件"), (source.get(..30).unwrap_or_default(), "円")] {
                let found = catalog.match_measure(label, label, unit);
                assert!(found.is_none_or(|m| catalog.get(&m.id).is_some()), "a measure that is not there");
                let _ = catalog.default_label(unit, label);
            }
            let _ = shiryo_metrics::catalog::lint(&catalog);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// The bytes as text: normalised, and every character of the result knows where it came from.
pub fn normalise(data: &[u8]) {
    let raw = String::from_utf8_lossy(data);
    let (text, map) = shiryo_ja::normalise(&raw);
    assert_eq!(text.chars().count(), map.len(), "one origin per character");
    let length = raw.chars().count();
    assert!(map.iter().all(|&at| (at as usize) < length), "origins lie in the source");
    assert!(map.is_sorted(), "origins keep their order");
}

/// The bytes as lines of text: every expression stands where it says.
pub fn annotate(data: &[u8]) {
    let context = TimeContext::default();
    for (number, line) in String::from_utf8_lossy(data).split('\n').enumerate() {
        let length = line.chars().count();
        for record in shiryo_ja::annotate_line(number + 1, line, &context) {
            assert!(record.start <= record.end && record.end <= length, "{record:?} outside its line");
        }
    }
}

/// The bytes as a text source: plain, Markdown and HTML.
pub fn layout_text(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for media in [MediaType::Text, MediaType::Markdown, MediaType::Html] {
        check_tables(&lay_out_text(&text, media));
    }
}

/// The bytes as glyphs, rulings and fills of a page.
pub fn tables(data: &[u8]) {
    const CHARS: [&str; 12] = ["件", "1", ",", "年", "度", "（", "計", "△", "-", " ", "", "A"];
    let mut page = PageContent { number: 1, width: 600.0, height: 800.0, ..PageContent::default() };
    let (pieces, _) = data.as_chunks::<5>();
    for &[kind, a, b, c, d] in pieces.iter().take(20_000) {
        let (x, y) = (f64::from(a) * 2.4 - 6.0, f64::from(b) * 3.2 - 8.0);
        let (w, h) = (f64::from(c), f64::from(d));
        match kind % 8 {
            0 => page.rulings.push(ruling(true, y, x, w * 2.0, d)),
            1 => page.rulings.push(ruling(false, x, y, w * 2.0, d)),
            2 => page.fills.push(FilledBox { bbox: BBox::new(x, y, x + w, y + h), color: u32::from(c) << 8 }),
            _ => page.glyphs.push(glyph(CHARS[usize::from(c) % CHARS.len()], x, y, d)),
        }
    }
    let mut layout = PageLayout::default();
    layout.push(&page);
    check_tables(&layout.finish());
}

fn ruling(horizontal: bool, position: f64, start: f64, length: f64, style: u8) -> Ruling {
    const STYLES: [RulingStyle; 4] =
        [RulingStyle::Solid, RulingStyle::Dashed, RulingStyle::Double, RulingStyle::FillEdge];
    let style = STYLES[usize::from(style) % STYLES.len()];
    Ruling { horizontal, position, start, end: start + length, width: 0.5, style }
}

fn glyph(text: &str, x: f64, y: f64, kind: u8) -> Glyph {
    const DIRECTIONS: [Direction; 8] = [
        Direction::Horizontal,
        Direction::Horizontal,
        Direction::Horizontal,
        Direction::Horizontal,
        Direction::Vertical,
        Direction::Clockwise,
        Direction::Anticlockwise,
        Direction::Other,
    ];
    let size = if kind < 200 { 10.0 } else { f64::from(kind) / 8.0 };
    Glyph {
        text: text.into(),
        bbox: BBox::new(x, y, x + size, y + size),
        origin: Point { x, y: y + size * 0.88 },
        font_size: size,
        font: u32::from(kind % 3),
        bold: kind % 5 == 0,
        direction: DIRECTIONS[usize::from(kind) % DIRECTIONS.len()],
        visibility: if kind == 199 { Visibility::Covered } else { Visibility::Visible },
        color: Some(0),
    }
}

/// Cells lie in their table.
fn check_tables(content: &shiryo_model::DocumentContent) {
    for table in &content.tables {
        for cell in &table.cells {
            assert!(cell.row + cell.row_span <= table.n_rows, "{cell:?} below its table");
            assert!(cell.col + cell.col_span <= table.n_cols, "{cell:?} beside its table");
        }
    }
}
