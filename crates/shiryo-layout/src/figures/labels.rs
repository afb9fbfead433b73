//! The words of a chart, piece by piece: figures, names, swatches of a legend.

use crate::blocks::text_glyphs;
use crate::lines::{GlyphLine, lines_of, source_line, split_at_gaps};
use crate::prose::words::closed_up;
use shiryo_model::{BBox, Direction, PageContent, SourceLine};

/// Labels stand apart by more than this, in em.
const GAP: f64 = 0.6;
/// Longer words are no label of a chart.
pub(super) const LONGEST_LABEL: usize = 24;
/// Swatches of a legend are no larger than this, in points.
const LARGEST_SWATCH: f64 = 14.0;
/// Small marks looked at on a page.
const MOST_SWATCHES: usize = 2_000;

/// A piece of words that stands by itself.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) line: GlyphLine,
    pub(super) bbox: BBox,
    pub(super) size: f64,
    pub(super) source: SourceLine,
    /// The words, normalised.
    pub(super) text: String,
    /// The number, when there is nothing else but its unit and share.
    pub(super) figure: Option<f64>,
    /// Number of the line of the page it stands on.
    pub(super) row: usize,
}

impl Piece {
    pub(super) fn is_short(&self) -> bool {
        self.text.chars().count() <= LONGEST_LABEL && !self.text.ends_with('。')
    }

    pub(super) fn is_level(&self) -> bool {
        self.line.direction == Direction::Horizontal
    }
}

/// All pieces of words of a page.
pub(super) fn pieces_of(page: &PageContent) -> Vec<Piece> {
    let mut out = Vec::new();
    for (row, line) in lines_of(page, &text_glyphs(page)).into_iter().enumerate() {
        for line in split_at_gaps(page, &line, GAP) {
            let source = source_line(page, &line);
            let text = shiryo_ja::normalise(&source.text).0.trim().to_owned();
            if text.is_empty() {
                continue;
            }
            let (bbox, size) = (line.bbox, line.font_size.max(1.0));
            let figure = figure_of(&text);
            out.push(Piece { line, bbox, size, source, text, figure, row });
        }
    }
    out
}

/// What may stand behind a number without making it a date, an age or a rank.
fn is_unit(rest: &str) -> bool {
    const NO_UNITS: [&str; 12] =
        ["年", "月", "日", "年度", "年目", "月末", "時", "歳", "期", "位", "章", "年末"];
    let n = rest.chars().count();
    n <= 3 && !NO_UNITS.contains(&rest) && rest.chars().all(|c| c.is_alphabetic() || c == '%')
}

/// The number of words that are a number with at most its unit and its share in brackets (1,335, 360件, 908(32.4%)).
pub(super) fn figure_of(text: &str) -> Option<f64> {
    let text = closed_up(text);
    let unsigned = text.trim_start_matches(['-', '−', '△', '▲', '+']);
    let end =
        unsigned.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(unsigned.len());
    let (number, rest) = unsigned.split_at_checked(end)?;
    let value: f64 = number.replace(',', "").parse().ok()?;
    let rest = match rest.split_once('(') {
        Some((unit, share)) => {
            let share = share.strip_suffix(')')?;
            figure_of(share)?;
            unit
        }
        None => rest,
    };
    let signed = if unsigned.len() < text.len() && !text.starts_with('+') { -value } else { value };
    is_unit(rest).then_some(signed)
}

/// Pieces with a swatch of colour before them: the legend.
pub(super) fn legend_of(page: &PageContent, pieces: &[Piece], plot_marks: &[BBox]) -> Vec<(usize, u32)> {
    let small = |b: &BBox| b.width() <= LARGEST_SWATCH && b.height() <= LARGEST_SWATCH && b.width() >= 2.0;
    let fills = page.fills.iter().map(|f| (f.bbox, f.color));
    let shapes = page.shapes.iter().filter(|s| s.filled).filter_map(|s| Some((s.bbox, s.color?)));
    let swatches: Vec<(BBox, u32)> = fills
        .chain(shapes)
        .filter(|(b, c)| small(b) && *c != 0xff_ff_ff && !plot_marks.contains(b))
        .take(MOST_SWATCHES)
        .collect();
    let swatch = |p: &Piece| {
        let before = |b: &BBox| {
            (b.center().y - p.bbox.center().y).abs() < 0.5 * p.size
                && (-1.0..2.2 * p.size).contains(&(p.bbox.x0 - b.x1))
        };
        let near = swatches.iter().filter(|(b, _)| before(b));
        near.max_by(|a, b| a.0.x1.total_cmp(&b.0.x1)).map(|s| s.1)
    };
    let words = pieces.iter().enumerate().filter(|(_, p)| p.figure.is_none() && p.is_short());
    words.filter_map(|(i, p)| Some((i, swatch(p)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_from_dates_and_names() {
        for (t, want) in [("1,335", 1335.0), ("360件", 360.0), ("908(32.4%)", 908.0), ("△12.5%", -12.5)] {
            assert_eq!(figure_of(t), Some(want), "{t}");
        }
        for t in ["4月", "2023年度", "令和5年", "押印不要", "第3回", "12(月)", "3歳", "120人以上の施設"]
        {
            assert_eq!(figure_of(t), None, "{t}");
        }
    }
}
