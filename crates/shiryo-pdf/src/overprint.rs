//! Glyphs painted twice on one spot (bold by overprinting, shadows) and upright glyphs set one below the other.

use shiryo_model::{Direction, Glyph, Visibility};

/// Largest distance of two paintings of one glyph, in ems.
const SAME_SPOT: f64 = 0.1;
/// Smaller than this part of a letter, a glyph is a mark on it.
const SMALL: f64 = 0.86;
/// Neighbours in reading position that one glyph is compared with.
const NEIGHBOURS: usize = 4;

/// Removes second paintings of the same character; the first gets bold when they are not exactly aligned.
pub(crate) fn remove_overprints(glyphs: &mut Vec<Glyph>) {
    let Ok(count) = u32::try_from(glyphs.len()) else { return };
    let mut order: Vec<u32> = (0..count).collect();
    let at = |i: u32| glyphs.get(i as usize);
    order.sort_unstable_by(|&a, &b| {
        let (Some(p), Some(q)) = (at(a), at(b)) else { return std::cmp::Ordering::Equal };
        p.origin.y.total_cmp(&q.origin.y).then(p.origin.x.total_cmp(&q.origin.x)).then(a.cmp(&b))
    });
    let mut twice: Vec<(u32, u32, bool)> = Vec::new();
    for (i, &one) in order.iter().enumerate() {
        for &other in order.iter().skip(i + 1).take(NEIGHBOURS) {
            let (Some(a), Some(b)) = (at(one), at(other)) else { break };
            let near = a.font_size * SAME_SPOT;
            if b.origin.y - a.origin.y > near {
                break;
            }
            let (dx, dy) = ((a.origin.x - b.origin.x).abs(), (a.origin.y - b.origin.y).abs());
            let same = dx <= near
                && dy <= near
                && a.text == b.text
                && a.visibility == b.visibility
                && a.direction == b.direction
                && (a.font_size - b.font_size).abs() <= near
                && !a.text.trim().is_empty();
            if same {
                twice.push((one.min(other), one.max(other), dx + dy > 0.01));
            }
        }
    }
    if twice.is_empty() {
        return;
    }
    let mut gone = vec![false; glyphs.len()];
    for (first, second, apart) in twice {
        if let Some(flag) = gone.get_mut(second as usize) {
            *flag = true;
        }
        if let Some(glyph) = glyphs.get_mut(first as usize) {
            glyph.bold |= apart;
        }
    }
    let mut gone = gone.into_iter();
    glyphs.retain(|_| !gone.next().unwrap_or(false));
}

/// Marks upright glyphs stacked one below the other as vertical, on pages set that way: some producers place
/// the glyphs of vertical text one by one with a horizontal font.
pub(crate) fn mark_stacked(glyphs: &mut [Glyph]) {
    let level =
        glyphs.iter().filter(|g| g.direction == Direction::Horizontal && !g.text.trim().is_empty()).count();
    let stacked = glyphs.windows(2).filter(|pair| matches!(pair, [a, b] if is_below(a, b))).count();
    // Single columns of digits or narrow cells also look like this; they are the lesser part of their page.
    if stacked < 20 || stacked * 2 < level {
        return;
    }
    let below: Vec<bool> = glyphs.windows(2).map(|pair| matches!(pair, [a, b] if is_below(a, b))).collect();
    for (i, glyph) in glyphs.iter_mut().enumerate() {
        let linked = |j: Option<usize>| j.and_then(|j| below.get(j)).copied().unwrap_or(false);
        if linked(Some(i)) || linked(i.checked_sub(1)) {
            glyph.direction = Direction::Vertical;
        }
    }
    mark_small_in_columns(glyphs);
}

/// Note marks in such columns: small glyphs painted right after a letter of the column and below it.
fn mark_small_in_columns(glyphs: &mut [Glyph]) {
    let mut letter: Option<(f64, f64)> = None; // middle and size of the column's last letter
    let mut below = 0.0; // where what was last marked ends
    for glyph in glyphs {
        if glyph.direction == Direction::Vertical {
            letter = Some((glyph.bbox.center().x, glyph.font_size));
            below = glyph.bbox.y1;
            continue;
        }
        let hangs = letter.is_some_and(|(middle, em)| {
            glyph.direction == Direction::Horizontal
                && glyph.font_size < SMALL * em
                && (glyph.bbox.center().x - middle).abs() < 0.75 * em
                && (glyph.bbox.y0 - below).abs() < 0.35 * em
        });
        if hangs {
            glyph.direction = Direction::Vertical;
            below = glyph.bbox.y1;
        } else {
            letter = None;
        }
    }
}

fn is_below(a: &Glyph, b: &Glyph) -> bool {
    let em = a.font_size;
    let (p, q) = (a.bbox.center(), b.bbox.center());
    let step = q.y - p.y;
    a.direction == Direction::Horizontal
        && b.direction == Direction::Horizontal
        && a.visibility == Visibility::Visible
        && (a.font_size - b.font_size).abs() <= em * 0.05
        && (p.x - q.x).abs() <= em * 0.1
        && step >= em * 0.8
        && step <= em * 1.15
}

#[cfg(test)]
mod tests {
    use super::*;
    use shiryo_model::BBox;

    fn glyph(text: &str, x: f64, y: f64) -> Glyph {
        Glyph::on_baseline(text, x, y, 10.0, 10.0)
    }

    #[test]
    fn overprinted_glyphs_become_one_bold_glyph() {
        let mut glyphs: Vec<_> = (0..5).map(|i| glyph("区", f64::from(i) * 10.0, 50.0)).collect();
        glyphs.extend((0..5).map(|i| glyph("区", f64::from(i) * 10.0 + 0.3, 50.0)));
        remove_overprints(&mut glyphs);
        assert_eq!(glyphs.len(), 5);
        assert!(glyphs.iter().all(|g| g.bold && g.origin.x % 10.0 == 0.0));
    }

    #[test]
    fn neighbours_stay() {
        let mut glyphs = vec![glyph("1", 0.0, 0.0), glyph("1", 5.0, 0.0), glyph("1", 0.0, 12.0)];
        remove_overprints(&mut glyphs);
        assert_eq!(glyphs.len(), 3);
    }

    #[test]
    fn stacked_pages_are_vertical_and_rows_are_not() {
        let mut column: Vec<_> = (0..40).map(|i| glyph("縦", 100.0, f64::from(i) * 10.5)).collect();
        mark_stacked(&mut column);
        assert!(column.iter().all(|g| g.direction == Direction::Vertical));
        let mut mark = glyph("１", 104.0, 410.0);
        mark.font_size = 6.0;
        mark.bbox = BBox::new(104.0, 401.0, 110.0, 407.0);
        column.truncate(39);
        column.push(mark);
        column.push(glyph("縦", 100.0, 416.0));
        for g in &mut column {
            g.direction = Direction::Horizontal;
        }
        mark_stacked(&mut column);
        assert_eq!(column[39].direction, Direction::Vertical);
        let mut rows: Vec<_> = (0..40).map(|i| glyph("5", 100.0, f64::from(i) * 15.0)).collect();
        mark_stacked(&mut rows);
        assert!(rows.iter().all(|g| g.direction == Direction::Horizontal));
    }
}
