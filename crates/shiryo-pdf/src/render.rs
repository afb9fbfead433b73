//! Pages to grey raster images, for pages that are nothing but an image.

use crate::hayro::{self, FontGuard};
use crate::{PdfError, bombs, damage, open_with_pages, quiet};
use ::hayro::vello_cpu::color::palette::css::WHITE;
use ::hayro::{PixmapSettings, RenderCache, RenderSettings};
use hayro_interpret::InterpreterSettings;
use hayro_syntax::Pdf;
use std::cell::RefCell;
use std::sync::Arc;

/// A page larger than this at the wanted resolution is rendered at a lower one (some 60 MB of pixels).
const MAX_PIXELS: f32 = 16_000_000.0;

/// A rendered page.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendering {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width × height` shades, row by row from the top; 0 is black.
    pub shades: Vec<u8>,
    /// Resolution in dots per inch: the wanted one, or less for a page too large.
    pub dpi: f64,
}

/// Renders pages of one PDF.
pub struct Renderer {
    pdf: Pdf,
    /// Rendering loads the same fonts as reading does.
    guard: RefCell<FontGuard>,
}

impl Renderer {
    /// Opens `bytes` as [`crate::read`] does, damage and all, with the empty password when none is given.
    ///
    /// # Errors
    /// [`PdfError`] when the first reader cannot open the file.
    pub fn open(bytes: impl Into<Arc<Vec<u8>>>, password: Option<&str>) -> Result<Self, PdfError> {
        let mut bytes = bytes.into();
        let mut known = damage::examine(&mut bytes);
        bombs::empty_bombs(&mut bytes);
        Ok(Self { pdf: open_with_pages(&bytes, password, &mut known)?, guard: RefCell::default() })
    }

    /// Page `number` (1-based) at `dpi` dots per inch; `None` when there is no such page, it cannot be
    /// drawn, or one of its fonts cannot be loaded in bounded memory.
    pub fn page(&self, number: u32, dpi: f64) -> Option<Rendering> {
        let page = self.pdf.pages().get(number.checked_sub(1)? as usize)?;
        if !self.guard.borrow_mut().allows_page(page) {
            return None;
        }
        let (width, height) = page.render_dimensions();
        let unit = hayro::user_unit(page);
        let wanted = (dpi * unit) as f32 / 72.0;
        let fits = (MAX_PIXELS / (width * height).max(1.0)).sqrt();
        // The rasteriser counts pixels in 16 bits.
        let fits = fits.min(f32::from(u16::MAX - 1) / width.max(height).max(1.0));
        let scale = wanted.min(fits);
        if !(scale > 0.05 && width >= 1.0 && height >= 1.0) {
            return None;
        }
        let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let pixmap = quiet::catch(move || {
            let cache = RenderCache::new();
            let interpreter = InterpreterSettings::default();
            ::hayro::render(page, &cache, &interpreter, &RenderSettings::default(), &settings)
        })?;
        // Rec. 601 luma, in 8-bit fixed point.
        let luma =
            |r: u8, g: u8, b: u8| ((77 * u32::from(r) + 150 * u32::from(g) + 29 * u32::from(b)) >> 8) as u8;
        let shades = pixmap.data().iter().map(|p| luma(p.r, p.g, p.b)).collect();
        Some(Rendering {
            width: u32::from(pixmap.width()),
            height: u32::from(pixmap.height()),
            shades,
            dpi: f64::from(scale) * 72.0 / unit,
        })
    }
}

impl std::fmt::Debug for Renderer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Renderer({} pages)", self.pdf.pages().len())
    }
}
