//! The device that collects what hayro's interpreter paints.

use super::actual_text::MarkedContent;
use super::annotations::Annotations;
use super::colors;
use super::fonts::{FontTable, RunFont};
use crate::canvas::{Canvas, Paint};
use crate::clock::Clock;
use crate::paths;
use hayro_interpret::font::{Glyph as HayroGlyph, GlyphRun, PositionedGlyph};
use hayro_interpret::hayro_cmap::WritingMode;
use hayro_interpret::hayro_syntax::object::{Dict, Name, String as PdfString};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask, StrokeProps,
};
use kurbo::{Affine, BezPath, Point as KurboPoint, Rect, Shape};
use shiryo_model::{BBox, Direction, Glyph, Point, Visibility};
use std::time::Duration;

/// Glyph space units to the em.
pub(super) const EM: f64 = 1000.0;
/// Top and bottom of the em box over the baseline, in glyph space: what Japanese fonts use.
pub(super) const ASCENT: f64 = 880.0;
pub(super) const DESCENT: f64 = -120.0;
/// A page that takes more of the processor than this is given up.
const PAGE_TIME: Duration = Duration::from_secs(5);

/// Payload of the unwinding that stops a page which is over a limit; the interpreter has no other way out.
#[derive(Debug)]
pub(super) struct PageLimit;

/// Collects one page.
pub(super) struct PageDevice<'d, 'pdf> {
    pub(super) canvas: Canvas,
    fonts: &'d mut FontTable<'pdf>,
    marked: MarkedContent,
    /// Opacity of the transparency groups that are open, multiplied.
    opacity: Vec<f32>,
    /// First glyph and length of the last filled run, to know its second painting as a stroke.
    last_fill: Option<(Affine, usize)>,
    clock: Clock,
    calls: u32,
}

impl<'d, 'pdf> PageDevice<'d, 'pdf> {
    pub(super) fn new(width: f64, height: f64, fonts: &'d mut FontTable<'pdf>) -> Self {
        Self {
            canvas: Canvas::new(width, height),
            fonts,
            marked: MarkedContent::default(),
            opacity: Vec::new(),
            last_fill: None,
            clock: Clock::start(),
            calls: 0,
        }
    }

    /// The page's content is done, its annotations follow; values of form fields that have no appearance of
    /// their own are written out here.
    pub(super) fn begin_annotations(&mut self, found: Annotations) {
        self.marked.finish(&mut self.canvas);
        for glyph in found.values {
            self.canvas.glyph(glyph);
        }
        let from = self.canvas.glyphs.len();
        self.canvas.overlays.annotations(found.areas, from);
    }

    /// The page is done.
    pub(super) fn finish(&mut self) {
        self.marked.finish(&mut self.canvas);
    }

    fn check_limits(&mut self) {
        self.calls = self.calls.wrapping_add(1);
        let late = self.calls.is_multiple_of(1024) && self.clock.elapsed() > PAGE_TIME;
        if late || self.canvas.is_full() {
            std::panic::resume_unwind(Box::new(PageLimit));
        }
    }

    fn paint(&self, props: &DrawProps<'_>) -> Paint {
        colors::paint(props, self.opacity.last().copied().unwrap_or(1.0))
    }

    fn stroke(&mut self, path: &BezPath, props: &DrawProps<'_>, stroke: &StrokeProps) {
        let paint = self.paint(props);
        let scale = props.transform.determinant().abs().sqrt();
        let width = f64::from(stroke.line_width) * scale;
        let dashed = stroke.dash_array.iter().skip(1).step_by(2).any(|gap| f64::from(*gap) * scale > 0.2)
            || (stroke.dash_array.len() == 1
                && stroke.dash_array.iter().any(|d| f64::from(*d) * scale > 0.2));
        paths::stroke(&mut self.canvas, path, props.transform, width, dashed, paint);
    }
}

impl<'a> Device<'a> for PageDevice<'_, 'a> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.check_limits();
        match mode {
            DrawMode::Fill(_) => {
                let paint = self.paint(&props);
                paths::fill(&mut self.canvas, path, props.transform, paint);
            }
            DrawMode::Stroke(stroke) => self.stroke(path, &props, stroke),
            DrawMode::FillAndStroke(_, stroke) => {
                let paint = self.paint(&props);
                paths::fill(&mut self.canvas, path, props.transform, paint);
                self.stroke(path, &props, stroke);
            }
            DrawMode::Invisible => {}
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        let [_, b, c, _, _, _] = props.transform.as_coeffs();
        if let (DrawMode::Fill(_), true) = (mode, b == 0.0 && c == 0.0) {
            self.check_limits();
            let paint = self.paint(&props);
            self.canvas.fill_rect(to_bbox(props.transform.transform_rect_bbox(*rect)), paint);
        } else {
            self.draw_path(&rect.to_path(0.1), props, mode);
        }
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.check_limits();
        self.canvas.count(clip.path.elements().len());
        self.canvas.push_clip(to_bbox(clip.path.bounding_box()));
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.check_limits();
        self.canvas.push_clip(to_bbox(*rect));
    }

    fn pop_clip(&mut self) {
        self.canvas.pop_clip();
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        self.check_limits();
        let outer = self.opacity.last().copied().unwrap_or(1.0);
        // A mask or blend mode lets something through: what is inside covers nothing.
        let through = if mask.is_some() || blend != BlendMode::Normal { 0.97 } else { 1.0 };
        self.opacity.push(outer * opacity * through);
    }

    fn pop_transparency_group(&mut self) {
        self.opacity.pop();
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.check_limits();
        let (width, height) = (image.width(), image.height());
        let bbox = props.transform.transform_rect_bbox(Rect::new(0.0, 0.0, width.into(), height.into()));
        let opaque = match &image {
            Image::Stencil(_) => false,
            Image::Raster(raster) => {
                let stream = raster.stream();
                let dict = stream.dict();
                !["SMask", "Mask", "SMaskInData"].iter().any(|key| dict.contains_key(key))
            }
        };
        let opaque =
            opaque && props.soft_mask.is_none() && self.opacity.last().copied().unwrap_or(1.0) > 0.98;
        self.canvas.image(to_bbox(bbox), width, height, opaque);
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.check_limits();
        let text = properties.and_then(|p| p.get::<PdfString<'_>>(&b"ActualText"[..]));
        let watermark = tag == b"Artifact" && properties.is_some_and(is_watermark);
        self.marked.begin(text.as_ref().map(|t| t.as_bytes()), watermark, &self.canvas);
    }

    fn end_marked_content(&mut self) {
        self.marked.end(&mut self.canvas);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.check_limits();
        let Some(first) = run.glyphs().first() else { return };
        let identity = (props.transform * first.transform(), run.glyphs().len());
        if matches!(mode, DrawMode::Stroke(_)) && self.last_fill == Some(identity) {
            // Fill and stroke come as two calls; the stroke makes the same glyphs bolder.
            self.last_fill = None;
            return;
        }
        self.last_fill = matches!(mode, DrawMode::Fill(_)).then_some(identity);
        let paint = self.paint(&props);
        let hidden = matches!(mode, DrawMode::Invisible) || paint.transparent;
        let vertical = run.writing_mode() == WritingMode::Vertical;
        let font = self.fonts.run_font(first, vertical);
        let stretched = font.stretched.as_ref().is_some_and(|seen| {
            seen.set(is_stretched(run).unwrap_or(seen.get()));
            seen.get()
        });
        let shape = RunShape { vertical, hidden, stretched, color: paint.color, font: &font };
        for glyph in run.glyphs() {
            let placed = shape.place(glyph, props.transform * glyph.transform(), self.fonts);
            self.canvas.glyph(placed);
        }
    }
}

/// Whether the properties of an artifact call it a watermark.
fn is_watermark(properties: &Dict<'_>) -> bool {
    properties.get::<Name<'_>>(&b"Subtype"[..]).is_some_and(|name| name.as_ref() == b"Watermark")
}

/// What all glyphs of a run share.
struct RunShape<'f> {
    vertical: bool,
    hidden: bool,
    /// Whether transforms stretch the glyphs to their advance.
    stretched: bool,
    color: Option<u32>,
    font: &'f RunFont,
}

impl RunShape<'_> {
    fn place(&self, glyph: &PositionedGlyph<'_>, transform: Affine, fonts: &mut FontTable<'_>) -> Glyph {
        let [a, b, c, d, _, _] = transform.as_coeffs();
        let font_size = (c.hypot(d) * EM).min(1e6);
        let (bbox, origin) = if self.vertical {
            let metrics = fonts.vertical_metrics(self.font, glyph.char_code());
            let (x, y) = metrics.origin;
            let half = metrics.width / 2.0;
            let cell = Rect::new(x - half, y + metrics.advance, x + half, y);
            (to_bbox(transform.transform_rect_bbox(cell)), transform * KurboPoint::new(x, y))
        } else {
            let stretch = if self.stretched { a.hypot(b) / c.hypot(d).max(1e-9) } else { 1.0 };
            let advance = advance(glyph) / stretch.max(1e-3);
            let cell = Rect::new(0.0, DESCENT, advance, ASCENT);
            (to_bbox(transform.transform_rect_bbox(cell)), transform * KurboPoint::ZERO)
        };
        Glyph {
            text: fonts.text(glyph, self.font).unwrap_or_default(),
            bbox,
            origin: Point { x: origin.x, y: origin.y },
            font_size,
            font: self.font.id,
            bold: self.font.bold,
            direction: direction(a, b, self.vertical),
            visibility: if self.hidden { Visibility::Invisible } else { Visibility::Visible },
            color: self.color,
        }
    }
}

fn advance(glyph: &HayroGlyph<'_>) -> f64 {
    let advance = match glyph {
        HayroGlyph::Outline(g) => g.advance_width(),
        HayroGlyph::Type3(g) => g.advance_width(),
    };
    advance.map_or(EM, f64::from)
}

/// Whether the glyphs of a run are wider than the way to the next one because their transforms stretch them.
/// `None` when the run does not tell.
fn is_stretched(run: &GlyphRun<'_, '_>) -> Option<bool> {
    let (mut as_is, mut without) = (0.0, 0.0);
    for pair in run.glyphs().windows(2) {
        let [one, next] = pair else { break };
        let [a, b, c, d, x, y] = one.transform().as_coeffs();
        let [.., next_x, next_y] = next.transform().as_coeffs();
        let way = (next_x - x).hypot(next_y - y);
        let advance = advance(one);
        as_is += (way - advance * a.hypot(b)).abs();
        without += (way - advance * c.hypot(d)).abs();
    }
    ((as_is - without).abs() > 1e-6).then_some(without < as_is)
}

/// Writing direction from the direction of the glyph's own x axis on the page.
fn direction(a: f64, b: f64, vertical: bool) -> Direction {
    let level = b.abs() <= a.abs() * 0.05;
    let upright = a.abs() <= b.abs() * 0.05;
    match (vertical, level, upright) {
        (false, true, _) if a > 0.0 => Direction::Horizontal,
        (true, true, _) if a > 0.0 => Direction::Vertical,
        (false, _, true) if b > 0.0 => Direction::Clockwise,
        (false, _, true) => Direction::Anticlockwise,
        _ => Direction::Other,
    }
}

pub(super) fn to_bbox(r: Rect) -> BBox {
    let finite = |v: f64| if v.is_finite() { v.clamp(-1e9, 1e9) } else { 0.0 };
    BBox::new(finite(r.x0), finite(r.y0), finite(r.x1), finite(r.y1))
}
