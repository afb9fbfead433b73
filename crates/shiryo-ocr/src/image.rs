//! A grey raster image.

use crate::cells::PixelBox;

/// An 8-bit grey image, row by row from the top; 0 is black.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrayImage {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width × height` values.
    pub pixels: Vec<u8>,
}

impl GrayImage {
    /// An image of one shade.
    pub fn filled(width: u32, height: u32, shade: u8) -> Self {
        Self { width, height, pixels: vec![shade; width as usize * height as usize] }
    }

    /// The shade at column `x`, row `y`; white outside.
    pub fn get(&self, x: u32, y: u32) -> u8 {
        if x >= self.width {
            return u8::MAX;
        }
        self.pixels.get(y as usize * self.width as usize + x as usize).copied().unwrap_or(u8::MAX)
    }

    /// Sets the shade at column `x`, row `y`; nothing outside.
    pub fn set(&mut self, x: u32, y: u32, shade: u8) {
        if x < self.width
            && let Some(p) = self.pixels.get_mut(y as usize * self.width as usize + x as usize)
        {
            *p = shade;
        }
    }

    /// The image as binary PGM (Netpbm `P5`).
    pub fn to_pgm(&self) -> Vec<u8> {
        let mut out = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        out.extend_from_slice(&self.pixels);
        out
    }

    /// The part between two corners (inclusive, clamped to the image) with a white rim of `rim` pixels.
    pub(crate) fn crop(&self, corners: &PixelBox, rim: u32) -> GrayImage {
        let (width, height) = (corners.x1 - corners.x0 + 1, corners.y1 - corners.y0 + 1);
        let mut out = GrayImage::filled(width + 2 * rim, height + 2 * rim, u8::MAX);
        for y in 0..height {
            for x in 0..width {
                out.set(x + rim, y + rim, self.get(corners.x0 + x, corners.y0 + y));
            }
        }
        out
    }

    /// Paints the part between two corners white.
    pub(crate) fn blank(&mut self, corners: &PixelBox) {
        for y in corners.y0..=corners.y1 {
            for x in corners.x0..=corners.x1 {
                self.set(x, y, u8::MAX);
            }
        }
    }

    /// Whether the part between two corners holds more ink than specks of dust.
    pub(crate) fn has_ink(&self, corners: &PixelBox) -> bool {
        let dark = |y: u32| (corners.x0..=corners.x1).filter(|&x| self.get(x, y) < 170).count();
        (corners.y0..=corners.y1).map(dark).sum::<usize>() > 12
    }
}
