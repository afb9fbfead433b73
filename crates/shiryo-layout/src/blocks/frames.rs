//! Drawn boxes that set text apart: the frame of a chart, a card, a note beside the text.

use crate::tables::PageTable;
use shiryo_model::{BBox, PageContent, Ruling};

/// Pages with more rulings than this are drawings; their boxes are not looked for.
const MOST_RULINGS: usize = 240;
/// Boxes smaller than this in width and height are labels and marks, in points.
pub(crate) const LEAST_FRAME: (f64, f64) = (60.0, 30.0);
/// Boxes that cover more of the page than this frame the page.
const WHOLE_PAGE: f64 = 0.8;
/// How far the ends of two edges may lie apart: rounded corners leave a gap.
const CORNER: f64 = 12.0;
/// How far two parallel edges of one box may differ in length.
const SLACK: f64 = 2.0;

/// The boxes drawn on a page that are no tables and at least so wide and high.
pub(crate) fn frames_of(page: &PageContent, least: (f64, f64), tables: &[PageTable]) -> Vec<BBox> {
    if page.rulings.len() > MOST_RULINGS {
        return Vec::new();
    }
    let (flat, upright): (Vec<&Ruling>, Vec<&Ruling>) = page.rulings.iter().partition(|r| r.horizontal);
    let near = |a: f64, b: f64, slack: f64| (a - b).abs() <= slack;
    let mut out: Vec<BBox> = Vec::new();
    for (k, top) in flat.iter().enumerate() {
        for bottom in flat.iter().skip(k + 1) {
            let same = near(top.start, bottom.start, SLACK) && near(top.end, bottom.end, SLACK);
            let (y0, y1) = (top.position.min(bottom.position), top.position.max(bottom.position));
            if !same || y1 - y0 < least.1 || top.end - top.start < least.0 {
                continue;
            }
            let side = |x: f64| {
                upright.iter().any(|v| {
                    near(v.position, x, CORNER) && near(v.start, y0, CORNER) && near(v.end, y1, CORNER)
                })
            };
            if side(top.start) && side(top.end) {
                out.push(BBox::new(top.start, y0, top.end, y1));
            }
        }
    }
    let whole = WHOLE_PAGE * page.width * page.height;
    let holds = |a: &BBox, b: &BBox| {
        b.x0 >= a.x0 - SLACK && b.x1 <= a.x1 + SLACK && b.y0 >= a.y0 - SLACK && b.y1 <= a.y1 + SLACK
    };
    out.retain(|f| f.area() < whole && !tables.iter().any(|t| holds(&t.bbox, f)));
    out.sort_by(|a, b| a.area().total_cmp(&b.area()));
    out
}

/// The number (from 1) of the smallest box that holds the middle of `bbox`; 0 for none.
pub(super) fn frame_around(frames: &[BBox], bbox: &BBox) -> usize {
    let middle = bbox.center();
    let holds = |f: &BBox| middle.x > f.x0 && middle.x < f.x1 && middle.y > f.y0 && middle.y < f.y1;
    frames.iter().position(holds).map_or(0, |i| i + 1)
}
