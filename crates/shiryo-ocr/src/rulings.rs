//! Rulings in a raster image, found as long thin dark runs.
//!
//! Every row is cut into dark runs; runs at least [`MIN_LENGTH_MM`] long are candidates, candidates of
//! neighbouring rows that overlap are one stroke, and a stroke thicker than [`MAX_THICKNESS_MM`] is a picture or
//! a bar, not a ruling. The same is done with columns. (Run-length smearing after Wong, Casey and Wahl 1982,
//! used here for its candidates only.)

use crate::GrayImage;
use shiryo_model::{Ruling, RulingStyle};

/// Shorter runs belong to characters: the longest stroke of a headline character stays below this.
const MIN_LENGTH_MM: f64 = 9.0;
/// Thicker strokes are bars and pictures.
const MAX_THICKNESS_MM: f64 = 1.0;
/// Gaps that scanning noise tears into a stroke.
const MAX_GAP_MM: f64 = 0.35;
/// Darker than this is ink.
const INK: u8 = 150;

/// A ruling in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PixelRuling {
    /// Left to right when true, top to bottom otherwise.
    pub horizontal: bool,
    /// First row (horizontal) or column (vertical) of the stroke.
    pub from: u32,
    /// Last row or column of the stroke.
    pub to: u32,
    /// First pixel along the stroke.
    pub start: u32,
    /// Last pixel along the stroke.
    pub end: u32,
}

impl PixelRuling {
    /// The ruling in points, `scale` points a pixel.
    pub fn in_points(&self, scale: f64) -> Ruling {
        let thickness = f64::from(self.to - self.from + 1) * scale;
        Ruling {
            horizontal: self.horizontal,
            position: f64::from(self.from) * scale + thickness / 2.0,
            start: f64::from(self.start) * scale,
            end: f64::from(self.end + 1) * scale,
            width: thickness,
            style: RulingStyle::Solid,
        }
    }
}

/// Every ruling of an image taken at `dpi` dots per inch, horizontal ones first, top to bottom.
pub fn find_rulings(image: &GrayImage, dpi: f64) -> Vec<PixelRuling> {
    let px = |mm: f64| (mm / 25.4 * dpi).round().max(1.0) as u32;
    let limits = Limits { length: px(MIN_LENGTH_MM), thickness: px(MAX_THICKNESS_MM), gap: px(MAX_GAP_MM) };
    let mut found = strokes(image.height, image.width, &|line, at| image.get(at, line) < INK, &limits, true);
    found.extend(strokes(image.width, image.height, &|line, at| image.get(line, at) < INK, &limits, false));
    found
}

/// Paints the rulings white.
pub fn erase(image: &mut GrayImage, rulings: &[PixelRuling]) {
    for r in rulings {
        // One pixel more on either side: the grey rim of a scanned stroke.
        for line in r.from.saturating_sub(2)..=r.to.saturating_add(2) {
            for at in r.start..=r.end {
                let (x, y) = if r.horizontal { (at, line) } else { (line, at) };
                image.set(x, y, u8::MAX);
            }
        }
    }
}

struct Limits {
    length: u32,
    thickness: u32,
    gap: u32,
}

/// Strokes along lines: `lines` lines of `len` pixels, `ink(line, at)` tells whether a pixel is dark.
fn strokes(
    lines: u32,
    len: u32,
    ink: &dyn Fn(u32, u32) -> bool,
    limits: &Limits,
    horizontal: bool,
) -> Vec<PixelRuling> {
    let mut open: Vec<PixelRuling> = Vec::new();
    let mut done: Vec<PixelRuling> = Vec::new();
    for line in 0..lines {
        let mut still_open = Vec::new();
        let mut runs = dark_runs(len, limits, &|at| ink(line, at));
        for mut stroke in open {
            // A stroke goes on where a run of this line shares most of it; a slightly turned page makes the run
            // wander, so it may grow.
            let mut touched = false;
            runs.retain(|&(start, end)| {
                let overlaps = start <= stroke.end && end >= stroke.start;
                if overlaps {
                    stroke.start = stroke.start.min(start);
                    stroke.end = stroke.end.max(end);
                    stroke.to = line;
                    touched = true;
                }
                !overlaps
            });
            if touched { still_open.push(stroke) } else { done.push(stroke) }
        }
        still_open.extend(runs.into_iter().map(|(start, end)| PixelRuling {
            horizontal,
            from: line,
            to: line,
            start,
            end,
        }));
        open = still_open;
    }
    done.extend(open);
    done.retain(|s| s.to - s.from < limits.thickness);
    done.sort_by_key(|s| (s.from, s.start));
    done
}

/// Runs of ink of at least `limits.length` pixels, gaps of up to `limits.gap` pixels forgiven.
fn dark_runs(len: u32, limits: &Limits, ink: &dyn Fn(u32) -> bool) -> Vec<(u32, u32)> {
    let mut runs = Vec::new();
    let mut run: Option<(u32, u32)> = None;
    for at in 0..len {
        if !ink(at) {
            continue;
        }
        run = match run {
            Some((start, end)) if at - end <= limits.gap + 1 => Some((start, at)),
            other => {
                runs.extend(other);
                Some((at, at))
            }
        };
    }
    runs.extend(run);
    runs.retain(|(start, end)| end - start + 1 >= limits.length);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page at 300 dpi with a 2 × 1 grid and a word-sized blot.
    fn grid() -> GrayImage {
        let mut image = GrayImage::filled(1200, 800, 255);
        for (y, x0, x1) in [(100, 100, 1000), (300, 100, 1000)] {
            for x in x0..=x1 {
                for dy in 0..4 {
                    image.set(x, y + dy, 0);
                }
            }
        }
        for x in [100, 550, 1000] {
            for y in 100..=303 {
                for dx in 0..3 {
                    image.set(x + dx, y, 0);
                }
            }
        }
        for y in 180..220 {
            for x in 200..240 {
                image.set(x, y, 0);
            }
        }
        image
    }

    #[test]
    fn finds_the_lines_of_a_grid_and_nothing_else() {
        let found = find_rulings(&grid(), 300.0);
        let (h, v): (Vec<PixelRuling>, Vec<PixelRuling>) = found.iter().copied().partition(|r| r.horizontal);
        assert_eq!(h.len(), 2);
        assert_eq!(v.len(), 3);
        let top = h[0].in_points(72.0 / 300.0);
        assert!((top.position - 102.0 * 0.24).abs() < 0.5, "{top:?}");
        assert!((top.start - 24.0).abs() < 0.5 && (top.end - 240.5).abs() < 1.5, "{top:?}");
    }

    #[test]
    fn erasing_leaves_the_words() {
        let mut image = grid();
        let found = find_rulings(&image, 300.0);
        erase(&mut image, &found);
        assert_eq!(image.get(500, 101), 255);
        assert_eq!(image.get(550, 200), 255);
        assert_eq!(image.get(220, 200), 0);
    }

    #[test]
    fn a_thick_bar_is_not_a_ruling() {
        let mut image = GrayImage::filled(1200, 200, 255);
        for y in 50..100 {
            for x in 100..1100 {
                image.set(x, y, 0);
            }
        }
        assert!(find_rulings(&image, 300.0).iter().all(|r| !r.horizontal));
    }

    #[test]
    fn a_torn_and_slightly_turned_stroke_is_one_ruling() {
        let mut image = GrayImage::filled(1200, 200, 255);
        for x in (100..1100).filter(|x| x % 97 > 2) {
            for dy in 0..3 {
                image.set(x, 50 + x / 400 + dy, 0);
            }
        }
        assert_eq!(find_rulings(&image, 300.0).len(), 1);
    }
}
