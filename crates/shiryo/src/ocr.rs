//! Pages read by optical character recognition, where Tesseract is installed: those that are nothing but an image,
//! or all of them.

use rust_decimal::Decimal;
use shiryo_model::{
    Aggregation, BBox, Diagnostic, DiagnosticCode, Observation, OverlayKind, PageContent, Severity,
};
use shiryo_ocr::{GrayImage, Recognised, Tesseract};
use shiryo_pdf::Renderer;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// Resolution pages are rendered at; Tesseract's models are trained at about this.
const DPI: f64 = 300.0;

/// Which pages are read by character recognition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OcrMode {
    /// Scanned pages, where Tesseract is installed.
    #[default]
    Auto,
    /// Every page, whatever text it has.
    Force,
    /// None.
    Off,
}

/// Tesseract, looked for when the first page comes that needs it.
#[derive(Debug, Default)]
pub(crate) struct Ocr {
    found: OnceLock<Result<Tesseract, String>>,
}

impl Ocr {
    fn tesseract(&self) -> Result<&Tesseract, &str> {
        let found = self.found.get_or_init(|| Tesseract::find().map_err(|e| e.to_string()));
        found.as_ref().map_err(String::as_str)
    }

    /// Version of the program, looked for now.
    pub(crate) fn find(&self) -> Option<&str> {
        self.tesseract().ok().map(|t| t.version.as_str())
    }

    /// Version of the program, once it has been looked for and found.
    pub(crate) fn version(&self) -> Option<&str> {
        self.found.get().and_then(|f| f.as_ref().ok()).map(|t| t.version.as_str())
    }
}

/// Reads pages of one PDF by character recognition.
pub(crate) struct PageRecogniser<'a> {
    ocr: &'a Ocr,
    mode: OcrMode,
    bytes: Arc<Vec<u8>>,
    password: Option<&'a str>,
    renderer: OnceLock<Result<Renderer, String>>,
    /// Whether it was told that the program is missing.
    told: bool,
    recognised: RecognisedPages,
}

impl<'a> PageRecogniser<'a> {
    pub(crate) fn new(ocr: &'a Ocr, mode: OcrMode, bytes: Arc<Vec<u8>>, password: Option<&'a str>) -> Self {
        Self {
            ocr,
            mode,
            bytes,
            password,
            renderer: OnceLock::new(),
            told: false,
            recognised: RecognisedPages::default(),
        }
    }

    /// Whether a page is for character recognition.
    pub(crate) fn wants(&self, page: &PageContent) -> bool {
        match self.mode {
            OcrMode::Force => true,
            OcrMode::Auto => page.is_scan(),
            OcrMode::Off => false,
        }
    }

    /// The page itself, or what character recognition made of it. A scan that could not be read says so: this is
    /// the only place that reports one.
    pub(crate) fn read(&mut self, page: PageContent) -> PageContent {
        let scan = page.is_scan();
        let outcome = match self.mode {
            OcrMode::Force => self.recognise(&page),
            OcrMode::Auto if scan => self.recognise(&page),
            OcrMode::Off if scan => {
                Err("character recognition is off (--ocr auto reads such pages)".to_owned())
            }
            OcrMode::Auto | OcrMode::Off => return page,
        };
        match outcome {
            Ok(read) => read,
            Err(why) => self.unread(page, scan, &why),
        }
    }

    /// What was read, by page.
    pub(crate) fn finish(self) -> RecognisedPages {
        self.recognised
    }

    /// The page as it was, with the reason why character recognition gave nothing.
    fn unread(&mut self, mut page: PageContent, scan: bool, why: &str) -> PageContent {
        let number = page.number;
        if scan {
            let message = format!("page {number} is an image without text and was not read: {why}");
            page.diagnostics
                .push(Diagnostic::new(Severity::Error, DiagnosticCode::ScannedPage, message).on_page(number));
        } else if self.ocr.tesseract().is_ok() {
            let message = format!("character recognition of the page failed, its own text was read: {why}");
            page.diagnostics
                .push(Diagnostic::new(Severity::Error, DiagnosticCode::OcrPage, message).on_page(number));
        } else if !self.told {
            self.told = true;
            let message = format!(
                "--ocr force: no page was read by character recognition, their own text was read instead: {why}"
            );
            page.diagnostics.push(Diagnostic::new(Severity::Error, DiagnosticCode::OcrPage, message));
        }
        page
    }

    fn recognise(&mut self, page: &PageContent) -> Result<PageContent, String> {
        let tesseract = self.ocr.tesseract()?;
        let renderer = self
            .renderer
            .get_or_init(|| Renderer::open(self.bytes.clone(), self.password).map_err(|e| e.to_string()));
        let rendering = renderer.as_ref().map_err(Clone::clone)?.page(page.number, DPI);
        let rendering = rendering.ok_or("the page could not be rendered")?;
        let image = GrayImage { width: rendering.width, height: rendering.height, pixels: rendering.shades };
        let read =
            shiryo_ocr::read_page(tesseract, page.number, image, rendering.dpi).map_err(|e| e.to_string())?;
        let mut content = read.content;
        content.diagnostics.extend(page.diagnostics.iter().cloned());
        keep_overlays(&mut content, page);
        if !content.glyphs.is_empty() {
            let message = format!(
                "the page was read by optical character recognition (confidence {:.2}): compare figures with the page",
                read.confidence
            );
            content.diagnostics.push(
                Diagnostic::new(Severity::Warning, DiagnosticCode::OcrPage, message).on_page(page.number),
            );
        }
        self.recognised.pages.insert(page.number, read.characters);
        Ok(content)
    }
}

/// Annotations are known from the file: what was recognised of their pictures is not read again as content.
fn keep_overlays(content: &mut PageContent, page: &PageContent) {
    let painted = |o: &&shiryo_model::Overlay| o.kind != OverlayKind::Watermark && !o.glyphs.is_empty();
    let areas: Vec<BBox> = page.overlays.iter().filter(painted).map(|o| o.bbox).collect();
    content.glyphs.retain(|g| !areas.iter().any(|a| a.contains(g.bbox.center())));
    content.overlays = page.overlays.clone();
}

/// What character recognition read in one document.
#[derive(Debug, Clone, Default)]
pub struct RecognisedPages {
    pages: BTreeMap<u32, Vec<Recognised>>,
}

impl RecognisedPages {
    /// Observations from recognised pages say so, and are believed as far as their characters are: a number is no
    /// better than its worst digit.
    ///
    /// Commas are easily taken for points: 2.400件 is 2,400件, and a count of things in hundredths is left out.
    pub(crate) fn mark(&self, observations: &mut Vec<Observation>) {
        observations.retain_mut(|o| {
            let Some(characters) = o.page.and_then(|p| self.pages.get(&p)) else { return true };
            let mut certainty = certainty(characters, o.bbox.as_ref());
            let things = THINGS.contains(&o.unit.as_str()) && o.aggregation != Aggregation::Ratio;
            o.rule.push_str(".ocr");
            match decimals(&o.evidence) {
                3 if things && o.value >= Decimal::ONE && o.value_upper.is_none() => {
                    let Some(thousands) = o.value.checked_mul(Decimal::ONE_THOUSAND) else { return false };
                    o.value = thousands.normalize();
                    certainty *= MENDED;
                    o.rule.push_str(".comma");
                }
                2.. if things => return false,
                _ => {}
            }
            o.confidence = (o.confidence * certainty * 100.0).round() / 100.0;
            true
        });
    }
}

/// How many digits stand behind the point of the number that `evidence` tells, as written.
fn decimals(evidence: &str) -> usize {
    let behind = evidence.split_once(['.', '．']).map_or("", |(_, behind)| behind);
    behind.chars().take_while(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).count()
}

/// What a comma read as a point leaves of the confidence.
const MENDED: f64 = 0.8;

/// Units of what is counted one by one.
const THINGS: [&str; 24] = [
    "件",
    "手続",
    "名",
    "人",
    "台",
    "校",
    "か所",
    "社",
    "事業",
    "業務",
    "枚",
    "冊",
    "世帯",
    "施設",
    "棟",
    "団体",
    "システム",
    "窓口",
    "通",
    "戸",
    "店",
    "項目",
    "点",
    "時点",
];

/// Certainty of the characters inside `bbox` (of all, when it is unknown or empty): that of the worst digit, or
/// the mean where there is none.
fn certainty(characters: &[Recognised], bbox: Option<&BBox>) -> f64 {
    let mean = |c: &[&Recognised]| c.iter().map(|c| c.confidence).sum::<f64>() / c.len().max(1) as f64;
    let inside: Vec<&Recognised> =
        characters.iter().filter(|c| bbox.is_none_or(|b| b.contains(c.bbox.center()))).collect();
    if inside.is_empty() {
        return mean(&characters.iter().collect::<Vec<_>>());
    }
    let worst = inside.iter().filter(|c| c.digit).map(|c| c.confidence).min_by(f64::total_cmp);
    worst.unwrap_or_else(|| mean(&inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn character(x: f64, confidence: f64, digit: bool) -> Recognised {
        Recognised { bbox: BBox::new(x, 10.0, x + 10.0, 20.0), confidence, digit }
    }

    #[test]
    fn a_number_is_believed_as_far_as_its_worst_digit() {
        let characters = [
            character(0.0, 0.98, true),
            character(10.0, 0.6, true),
            character(20.0, 0.3, false),
            character(90.0, 0.2, true),
        ];
        let pages = RecognisedPages { pages: [(2, characters.to_vec())].into() };
        let on = |page, x1| Observation {
            page: Some(page),
            bbox: Some(BBox::new(0.0, 10.0, x1, 20.0)),
            confidence: 0.9,
            rule: "r".into(),
            ..Observation::default()
        };
        let mut observations = vec![on(1, 30.0), on(2, 30.0), on(2, 10.0)];
        pages.mark(&mut observations);
        let seen: Vec<_> = observations.iter().map(|o| (o.confidence, o.rule.as_str())).collect();
        assert_eq!(seen, [(0.9, "r"), (0.54, "r.ocr"), (0.88, "r.ocr")]);
    }

    #[test]
    fn points_in_counts_of_things_are_commas() {
        let pages = RecognisedPages { pages: [(2, vec![character(0.0, 0.9, true)])].into() };
        let row = |value: Decimal, unit: &str, page| Observation {
            page: Some(page),
            evidence: format!("{value}{unit}"),
            value: value.normalize(),
            unit: unit.into(),
            confidence: 0.9,
            ..Observation::default()
        };
        let mut rows = vec![
            row(Decimal::new(2400, 3), "件", 2),
            row(Decimal::new(300, 2), "台", 2),
            row(Decimal::new(1023, 3), "", 2),
            row(Decimal::new(2400, 3), "件", 1),
            row(Decimal::new(125, 1), "人", 2),
        ];
        pages.mark(&mut rows);
        let seen: Vec<String> = rows.iter().map(|o| format!("{}{}", o.value, o.unit)).collect();
        assert_eq!(seen, ["2400件", "1.023", "2.4件", "12.5人"]);
        assert_eq!(rows[0].rule, ".ocr.comma");
    }

    #[test]
    fn stamps_known_from_the_file_are_not_read_from_their_picture() {
        let glyph = |x: f64| shiryo_model::Glyph::on_baseline("受", x, 9.0, 10.0, 10.0);
        let stamp = shiryo_model::Overlay {
            kind: OverlayKind::Stamp,
            bbox: BBox::new(0.0, 0.0, 50.0, 50.0),
            glyphs: vec![glyph(5.0)],
            ..Default::default()
        };
        let page = PageContent { overlays: vec![stamp], ..PageContent::default() };
        let mut read = PageContent { glyphs: vec![glyph(5.0), glyph(100.0)], ..PageContent::default() };
        keep_overlays(&mut read, &page);
        assert_eq!((read.glyphs.len(), read.overlays.len()), (1, 1));
    }
}
