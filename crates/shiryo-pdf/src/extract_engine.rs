//! The second reader: the `pdf-extract` crate.
//!
//! It reads ordinary modern office output, panics on much else and follows Form XObjects without a limit. It
//! therefore works on a thread of its own with a stack of its own, behind `catch_unwind`, on files whose forms
//! were checked not to contain themselves, and until a deadline.

use crate::canvas::{Canvas, Paint};
use crate::hayro::sane_unit;
use crate::reader::{PageError, PageReader};
use crate::{PdfError, PdfFacts, extract_guard, facts, paths, quiet, radicals};
use kurbo::{Affine, BezPath, Point as KurboPoint, Rect};
use pdf_extract::{
    ColorSpace, Dictionary, Document, MediaBox, Object, ObjectId, OutputDev, OutputError, Path, PathOp,
    Transform, output_doc_page,
};
use shiryo_model::{BBox, Direction, Glyph, PageContent, Point, ReaderName, Visibility};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// Stack of the thread it runs on; its parser recurses with the nesting of the input.
const STACK: usize = 64 << 20;
/// Time one page may take.
const PAGE_TIME: Duration = Duration::from_secs(5);
/// Form XObjects within each other.
const DEEPEST_FORM: usize = 12;
/// Form XObjects looked at on one page.
const MOST_FORMS: usize = 2_000;

/// Runs `work` where its panics and its appetite for stack do no harm.
fn isolated<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    std::thread::scope(|scope| {
        let thread =
            std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || quiet::catch(work)).ok()?;
        thread.join().ok().flatten()
    })
}

/// A file opened by `pdf-extract`.
pub(crate) struct ExtractReader {
    document: Document,
    pages: BTreeMap<u32, ObjectId>,
}

impl ExtractReader {
    /// Opens a file; the empty password is tried first.
    pub(crate) fn open(bytes: &[u8], password: Option<&str>) -> Result<Self, PdfError> {
        let damaged = || PdfError::Damaged("the second reader finds no structure in it".into());
        if !extract_guard::allows(bytes) {
            return Err(PdfError::Damaged("it declares sizes that no file needs".into()));
        }
        isolated(|| {
            let mut document = Document::load_mem(bytes).map_err(|_| damaged())?;
            if document.is_encrypted() {
                let opened =
                    document.decrypt("").is_ok() || password.is_some_and(|p| document.decrypt(p).is_ok());
                if !opened {
                    return Err(PdfError::Password);
                }
            }
            let pages = document.get_pages();
            Ok(Self { document, pages })
        })
        .unwrap_or_else(|| Err(damaged()))
    }

    /// Facts of the file.
    pub(crate) fn facts(&self) -> PdfFacts {
        let info = self.document.trailer.get(b"Info").ok();
        let info = info.and_then(|o| self.document.dereference(o).ok()).and_then(|(_, o)| o.as_dict().ok());
        let line = |key: &[u8]| {
            let bytes = info.and_then(|d| d.get(key).ok()).and_then(|o| o.as_str().ok());
            bytes.map(facts::line).unwrap_or_default()
        };
        let producer = match line(b"Producer") {
            producer if producer.is_empty() => line(b"Creator"),
            producer => producer,
        };
        let page_count = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        PdfFacts { title: line(b"Title"), producer, page_count, ..PdfFacts::default() }
    }

    /// A page attribute, looked for up the page tree.
    fn inherited(&self, page: ObjectId, key: &[u8]) -> Option<&Object> {
        let mut id = page;
        for _ in 0..64 {
            let dict = self.document.get_dictionary(id).ok()?;
            if let Ok(value) = dict.get(key) {
                return self.document.dereference(value).ok().map(|(_, o)| o);
            }
            id = dict.get(b"Parent").ok()?.as_reference().ok()?;
        }
        None
    }

    fn rect(&self, page: ObjectId, key: &[u8]) -> Option<Rect> {
        let array = self.inherited(page, key)?.as_array().ok()?;
        let mut sides = array.iter().filter_map(|o| {
            let (_, o) = self.document.dereference(o).ok()?;
            o.as_float().ok().map(f64::from)
        });
        Some(Rect::new(sides.next()?, sides.next()?, sides.next()?, sides.next()?).abs())
    }

    /// Size of the visible page and the way from PDF space to it.
    fn geometry(&self, page: ObjectId) -> (f64, f64, Affine) {
        let a4 = Rect::new(0.0, 0.0, 595.0, 842.0);
        let media = self.rect(page, b"MediaBox").unwrap_or(a4);
        let visible = self.rect(page, b"CropBox").map_or(media, |crop| crop.intersect(media));
        let visible = if visible.area() > 1.0 { visible } else { media };
        let page_dict = self.document.get_dictionary(page).ok();
        let declared = page_dict.and_then(|d| d.get(b"UserUnit").ok()).and_then(|o| o.as_float().ok());
        let unit = sane_unit(declared.map(f64::from));
        let (w, h) = (visible.width() * unit, visible.height() * unit);
        let upright = Affine::scale(unit) * Affine::new([1.0, 0.0, 0.0, -1.0, -visible.x0, visible.y1]);
        let turn = self.inherited(page, b"Rotate").and_then(|o| o.as_i64().ok()).unwrap_or(0);
        match turn.rem_euclid(360) {
            90 => (h, w, Affine::new([0.0, 1.0, -1.0, 0.0, h, 0.0]) * upright),
            180 => (w, h, Affine::new([-1.0, 0.0, 0.0, -1.0, w, h]) * upright),
            270 => (h, w, Affine::new([0.0, -1.0, 1.0, 0.0, 0.0, w]) * upright),
            _ => (w, h, upright),
        }
    }

    /// Whether the forms of a page are finitely and moderately nested.
    fn forms_are_sane(&self, page: ObjectId) -> bool {
        let resources = self.inherited(page, b"Resources").and_then(|o| o.as_dict().ok());
        let mut todo: Vec<(&Dictionary, Vec<ObjectId>)> =
            resources.map(|r| (r, Vec::new())).into_iter().collect();
        let mut seen = 0;
        while let Some((resources, path)) = todo.pop() {
            let forms = resources.get(b"XObject").ok().and_then(|o| self.document.dereference(o).ok());
            let Some(forms) = forms.and_then(|(_, o)| o.as_dict().ok()) else { continue };
            for (_, form) in forms {
                let Ok(id) = form.as_reference() else { continue };
                let Ok(stream) = self.document.get_object(id).and_then(Object::as_stream) else { continue };
                seen += 1;
                if path.contains(&id) || path.len() >= DEEPEST_FORM || seen > MOST_FORMS {
                    return false;
                }
                let own = stream.dict.get(b"Resources").ok().and_then(|o| self.document.dereference(o).ok());
                if let Some(own) = own.and_then(|(_, o)| o.as_dict().ok()) {
                    let mut path = path.clone();
                    path.push(id);
                    todo.push((own, path));
                } else if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Form") {
                    // A form without resources uses those of whoever draws it: itself among them.
                    return forms.len() == 1 && path.is_empty();
                }
            }
        }
        true
    }
}

impl PageReader for ExtractReader {
    fn name(&self) -> ReaderName {
        ReaderName::PdfExtract
    }

    fn page(&mut self, number: u32) -> Result<PageContent, PageError> {
        let id = *self.pages.get(&number).ok_or(PageError::Missing)?;
        let this = &*self;
        let canvas = isolated(move || {
            if !this.forms_are_sane(id) {
                return None;
            }
            let (width, height, transform) = this.geometry(id);
            let canvas = Canvas::new(width, height);
            let mut output = Output { canvas, transform, started: Instant::now(), calls: 0 };
            output_doc_page(&this.document, &mut output, number).ok()?;
            Some(output.canvas)
        });
        let mut content = canvas.flatten().ok_or(PageError::Broken)?.finish();
        content.number = number;
        content.reader = ReaderName::PdfExtract;
        Ok(content)
    }
}

/// Collects what `pdf-extract` reports.
struct Output {
    canvas: Canvas,
    transform: Affine,
    started: Instant,
    calls: u32,
}

impl Output {
    fn check_limits(&mut self) -> Result<(), OutputError> {
        self.calls = self.calls.wrapping_add(1);
        let late = self.calls.is_multiple_of(256) && self.started.elapsed() > PAGE_TIME;
        if late || self.canvas.is_full() { Err(OutputError::FormatError(std::fmt::Error)) } else { Ok(()) }
    }

    fn to_page(&self, ctm: &Transform) -> Affine {
        self.transform * Affine::new([ctm.m11, ctm.m12, ctm.m21, ctm.m22, ctm.m31, ctm.m32])
    }
}

impl OutputDev for Output {
    fn begin_page(
        &mut self,
        _: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        trm: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        self.check_limits()?;
        let em = self.to_page(trm) * Affine::scale(font_size);
        let [a, b, c, d, x, y] = em.as_coeffs();
        if ![a, b, c, d, x, y, width].iter().all(|v| v.is_finite()) {
            return Ok(());
        }
        let cell = em.transform_rect_bbox(Rect::new(0.0, -0.12, width, 0.88));
        let direction = match (b.abs() <= a.abs() * 0.05, a.abs() <= b.abs() * 0.05) {
            (true, _) if a > 0.0 => Direction::Horizontal,
            (_, true) if b > 0.0 => Direction::Clockwise,
            (_, true) => Direction::Anticlockwise,
            _ => Direction::Other,
        };
        self.canvas.glyph(Glyph {
            text: radicals::clean(text).unwrap_or_default(),
            bbox: BBox::new(cell.x0, cell.y0, cell.x1, cell.y1),
            origin: Point { x, y },
            font_size: c.hypot(d),
            font: 0,
            bold: false,
            direction,
            visibility: Visibility::Visible,
            color: None,
        });
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn stroke(
        &mut self,
        ctm: &Transform,
        space: &ColorSpace,
        color: &[f64],
        path: &Path,
    ) -> Result<(), OutputError> {
        self.check_limits()?;
        let transform = self.to_page(ctm);
        paths::stroke(&mut self.canvas, &to_kurbo(path), transform, HAIRLINE, false, paint(space, color));
        Ok(())
    }

    fn fill(
        &mut self,
        ctm: &Transform,
        space: &ColorSpace,
        color: &[f64],
        path: &Path,
    ) -> Result<(), OutputError> {
        self.check_limits()?;
        let transform = self.to_page(ctm);
        paths::fill(&mut self.canvas, &to_kurbo(path), transform, paint(space, color));
        Ok(())
    }
}

/// Width of strokes in points, which `pdf-extract` does not report.
const HAIRLINE: f64 = 0.5;

/// Its clips and transparency are not reported: nothing it fills may hide text.
fn paint(space: &ColorSpace, color: &[f64]) -> Paint {
    let rgb = match (space, color) {
        (_, [gray]) if !matches!(space, ColorSpace::Separation(_)) => Some([*gray; 3]),
        (_, []) => Some([0.0; 3]),
        (ColorSpace::Lab(_), _) => None,
        (_, [r, g, b]) => Some([*r, *g, *b]),
        (ColorSpace::DeviceCMYK, [c, m, y, k]) => Some([c, m, y].map(|ink| (1.0 - ink) * (1.0 - k))),
        _ => None,
    };
    // `as` saturates.
    let color = rgb.map(|rgb| {
        let [r, g, b] = rgb.map(|v| (v.clamp(0.0, 1.0) * 255.0).round() as u8);
        u32::from_be_bytes([0, r, g, b])
    });
    Paint { color, opaque: false, transparent: false }
}

fn to_kurbo(path: &Path) -> BezPath {
    let mut out = BezPath::new();
    let mut open = false;
    for op in &path.ops {
        match *op {
            PathOp::MoveTo(x, y) => {
                out.move_to((x, y));
                open = true;
            }
            // A path must begin somewhere.
            PathOp::LineTo(x, y) if open => out.line_to((x, y)),
            PathOp::CurveTo(x1, y1, x2, y2, x, y) if open => out.curve_to((x1, y1), (x2, y2), (x, y)),
            PathOp::Rect(x, y, w, h) => {
                let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)].map(KurboPoint::from);
                out.move_to(corners[0]);
                for corner in corners.into_iter().skip(1) {
                    out.line_to(corner);
                }
                out.close_path();
                open = true;
            }
            PathOp::Close if open => out.close_path(),
            PathOp::LineTo(..) | PathOp::CurveTo(..) | PathOp::Close => {}
        }
    }
    out
}

/// How many characters of a page are plausible text, and how many are not.
pub(crate) fn plausible(page: &PageContent) -> (usize, usize) {
    let chars = page.glyphs.iter().flat_map(|g| g.text.chars()).filter(|c| !c.is_whitespace());
    let (mut good, mut bad) = (0, 0);
    let mut kinds = BTreeSet::new();
    for c in chars {
        let known = matches!(
            c,
            '!'..='~' | '\u{A1}'..='\u{24F}' | '\u{370}'..='\u{45F}' | '\u{2010}'..='\u{27BF}' | '\u{3000}'..='\u{33FF}'
                | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FFEF}' | '\u{20000}'..='\u{2FA1F}'
        );
        if known {
            good += 1
        } else {
            bad += 1
        }
        if kinds.len() < 3 {
            kinds.insert(c);
        }
    }
    // A page of one or two characters over and over is a font that was not understood.
    if kinds.len() < 3 && good > 20 { (0, good + bad) } else { (good, bad) }
}
