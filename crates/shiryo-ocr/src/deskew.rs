//! Turning a page that was laid on the glass a little askew.
//!
//! The angle is the one under which the rows of ink stand out most: for each candidate the ink is projected on
//! the vertical axis and the squared steps of the profile are summed (projection profiles after Postl, 1986).

use crate::GrayImage;

/// Pages are not laid more askew than this; beyond it the page is something else.
const MAX_DEGREES: f64 = 2.5;
/// Turns smaller than this move no line by more than a stroke's width.
const MIN_DEGREES: f64 = 0.03;
/// Darker than this is ink.
const INK: u8 = 140;

/// The angle in degrees by which the page is turned clockwise (positive: lines fall to the right).
pub(crate) fn skew_degrees(image: &GrayImage) -> f64 {
    let points = ink_points(image);
    let score = |degrees: f64| profile_score(&points, image.height, degrees.to_radians().tan());
    let best_of = |around: f64, reach: f64, step: f64| {
        let n = (reach / step).round() as i32;
        (-n..=n)
            .map(|i| around + f64::from(i) * step)
            .map(|d| (d, score(d)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.abs().total_cmp(&a.0.abs())))
            .map_or(around, |(d, _)| d)
    };
    let coarse = best_of(0.0, MAX_DEGREES, 0.25);
    let fine = best_of(coarse, 0.25, 0.05);
    best_of(fine, 0.05, 0.01)
}

/// The image turned back by `degrees`; the same image when that is next to nothing.
pub(crate) fn turned_back(image: GrayImage, degrees: f64) -> GrayImage {
    if degrees.abs() < MIN_DEGREES {
        return image;
    }
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (cx, cy) = (f64::from(image.width) / 2.0, f64::from(image.height) / 2.0);
    let mut out = GrayImage::filled(image.width, image.height, u8::MAX);
    for (row, line) in out.pixels.chunks_exact_mut(image.width.max(1) as usize).enumerate() {
        let y = row as f64 - cy;
        for (col, shade) in line.iter_mut().enumerate() {
            let x = col as f64 - cx;
            *shade = bilinear(&image, cx + x * cos - y * sin, cy + x * sin + y * cos);
        }
    }
    out
}

/// Shade between the four pixels around a point; white outside.
fn bilinear(image: &GrayImage, x: f64, y: f64) -> u8 {
    if x < 0.0 || y < 0.0 || x >= f64::from(image.width) || y >= f64::from(image.height) {
        return u8::MAX;
    }
    let (x0, y0) = (x as u32, y as u32);
    let (fx, fy) = (x - f64::from(x0), y - f64::from(y0));
    let at = |dx: u32, dy: u32| f64::from(image.get(x0 + dx, y0 + dy));
    let top = at(0, 0) * (1.0 - fx) + at(1, 0) * fx;
    let bottom = at(0, 1) * (1.0 - fx) + at(1, 1) * fx;
    (top * (1.0 - fy) + bottom * fy).round() as u8
}

/// Ink on a coarse raster of pixels: enough for an angle, a small part of the work.
fn ink_points(image: &GrayImage) -> Vec<(f64, f64)> {
    (0..image.height)
        .flat_map(|y| (0..image.width).step_by(7).map(move |x| (x, y)))
        .filter(|&(x, y)| image.get(x, y) < INK)
        .map(|(x, y)| (f64::from(x), f64::from(y)))
        .collect()
}

/// How sharply the rows of ink stand out when lines fall by `slope`.
fn profile_score(points: &[(f64, f64)], height: u32, slope: f64) -> f64 {
    let mut profile = vec![0.0_f64; height as usize];
    for (x, y) in points {
        let row = y - x * slope;
        if row >= 0.0
            && let Some(p) = profile.get_mut(row as usize)
        {
            *p += 1.0;
        }
    }
    profile.windows(2).map(|w| (w[1] - w[0]).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ruled lines that fall by `slope` to the right.
    fn lines(slope: f64) -> GrayImage {
        let mut image = GrayImage::filled(1000, 800, 255);
        for base in (100..700).step_by(60) {
            for x in 50..950u32 {
                let y = (f64::from(base) + f64::from(x) * slope).round() as u32;
                image.set(x, y, 0);
                image.set(x, y + 1, 0);
            }
        }
        image
    }

    #[test]
    fn a_turned_page_is_measured_and_turned_back() {
        for degrees in [-1.2_f64, 0.4, 2.0] {
            let image = lines(degrees.to_radians().tan());
            let seen = skew_degrees(&image);
            assert!((seen - degrees).abs() < 0.06, "{degrees} was seen as {seen}");
            let straight = turned_back(image, seen);
            assert!(skew_degrees(&straight).abs() < 0.06);
        }
    }

    #[test]
    fn an_empty_page_is_straight() {
        assert!(skew_degrees(&GrayImage::filled(300, 300, 255)).abs() < 0.011);
    }
}
