//! Scanned pages to [`PageContent`]: rulings found in the image, glyphs read by Tesseract 5.
//!
//! Tesseract is a program of its own (Debian: `tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert`); when
//! it is not installed, [`Tesseract::find`] says so and the page waits. The page is rendered elsewhere; this
//! crate sees nothing but a grey image and knows no PDF.
//!
//! The page is turned straight first (positions are those of the straightened page), then rulings are
//! taken out of the image before it is read: Tesseract takes cell borders for characters (`|`,
//! `「`) and loses whole rows of tightly ruled tables otherwise.

mod cells;
mod deskew;
mod hocr;
mod image;
mod rulings;
mod tesseract;

pub use image::GrayImage;
pub use rulings::{erase, find_rulings};
pub use tesseract::{OcrError, Tesseract};

use cells::PixelBox;
use shiryo_model::{BBox, PageContent, ReaderName};
use tesseract::Layout;

/// White pixels around a cell that is read alone: Tesseract loses characters that touch the edge.
const CELL_RIM: u32 = 20;

/// A page read by character recognition.
#[derive(Debug, Clone)]
pub struct OcrPage {
    /// Glyphs and rulings in points.
    pub content: PageContent,
    /// Mean confidence of the characters, 0–1; 0 when none was read.
    pub confidence: f64,
    /// Where each character stands and how certain it is, in the order of the glyphs.
    pub characters: Vec<Recognised>,
}

/// How certain one character is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recognised {
    /// Its box in points.
    pub bbox: BBox,
    /// 0–1.
    pub confidence: f64,
    /// Whether it was read as a digit.
    pub digit: bool,
}

/// Reads page `number` from its rendering at `dpi` dots per inch.
pub fn read_page(
    tesseract: &Tesseract,
    number: u32,
    mut image: GrayImage,
    dpi: f64,
) -> Result<OcrPage, OcrError> {
    let scale = 72.0 / dpi;
    let skew = deskew::skew_degrees(&image);
    image = deskew::turned_back(image, skew);
    let rulings = find_rulings(&image, dpi);
    erase(&mut image, &rulings);
    let cells: Vec<PixelBox> =
        cells::cell_boxes(&rulings, dpi).into_iter().filter(|c| image.has_ink(c)).collect();
    let crops: Vec<GrayImage> = cells.iter().map(|c| image.crop(c, CELL_RIM)).collect();
    cells.iter().for_each(|c| image.blank(c));
    let mut found = Vec::new();
    for hocr in tesseract.read(std::slice::from_ref(&image), Layout::Page, dpi)? {
        found.extend(hocr::characters(&hocr, (0.0, 0.0), scale));
    }
    let mut silent = Vec::new();
    for (i, characters) in read_cells(tesseract, &crops, &cells, Layout::Block, dpi)?.into_iter().enumerate()
    {
        if characters.is_empty() { silent.push(i) } else { found.extend(characters) }
    }
    let crops: Vec<GrayImage> = silent.iter().filter_map(|&i| crops.get(i).cloned()).collect();
    let cells: Vec<PixelBox> = silent.iter().filter_map(|&i| cells.get(i).copied()).collect();
    found.extend(read_cells(tesseract, &crops, &cells, Layout::Character, dpi)?.into_iter().flatten());
    let confidence = found.iter().map(|c| c.confidence).sum::<f64>() / found.len().max(1) as f64;
    let characters = found.iter().map(hocr::Character::recognised).collect();
    let glyphs = found.into_iter().map(|c| c.glyph).collect();
    let content = PageContent {
        number,
        width: f64::from(image.width) * scale,
        height: f64::from(image.height) * scale,
        glyphs,
        rulings: rulings.iter().map(|r| r.in_points(scale)).collect(),
        reader: ReaderName::Ocr,
        ..PageContent::default()
    };
    Ok(OcrPage { content, confidence, characters })
}

/// Characters of each cell, in the order of the cells.
fn read_cells(
    tesseract: &Tesseract,
    crops: &[GrayImage],
    cells: &[PixelBox],
    layout: Layout,
    dpi: f64,
) -> Result<Vec<Vec<hocr::Character>>, OcrError> {
    if crops.is_empty() {
        return Ok(Vec::new());
    }
    let read = tesseract.read(crops, layout, dpi)?;
    Ok(read
        .iter()
        .zip(cells)
        .map(|(hocr, cell)| {
            let corner = (f64::from(cell.x0) - f64::from(CELL_RIM), f64::from(cell.y0) - f64::from(CELL_RIM));
            let mut characters = hocr::marks(hocr::characters(hocr, corner, 72.0 / dpi));
            characters.iter_mut().for_each(|c| c.keep_inside(&cell.in_points(72.0 / dpi)));
            characters
        })
        .collect())
}
