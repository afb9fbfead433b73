//! Text to cells, glyph by glyph, and the finished table.

use super::grid::{Grid, Rect};
use super::{PageCell, PageTable};
use crate::lines::{lines_of, source_line};
use crate::prose::words::closed_up;
use shiryo_model::{PageContent, TableMethod};

/// The index of the interval of sorted `borders` that holds `v`; positions outside go to the nearest.
pub(super) fn interval(borders: &[f64], v: f64) -> usize {
    let n = borders.len().saturating_sub(2);
    borders.partition_point(|&b| b <= v).saturating_sub(1).min(n)
}

/// Distributes glyphs over the cells of a grid by the glyphs' middles.
pub(super) fn glyphs_by_cell(page: &PageContent, grid: &Grid, glyphs: &[u32]) -> Vec<Vec<u32>> {
    let mut out = vec![Vec::new(); grid.cells.len()];
    let owners = grid.owners();
    for &i in glyphs {
        let Some(g) = page.glyphs.get(i as usize) else { continue };
        let middle = g.bbox.center();
        let at = interval(&grid.ys, middle.y) * grid.n_cols() + interval(&grid.xs, middle.x);
        if let Some(cell) = owners.get(at).and_then(|&o| out.get_mut(o)) {
            cell.push(i);
        }
    }
    out
}

/// Makes the table of a grid and the glyphs of its cells. Header rows, labels and confidence are left to the
/// caller.
pub(super) fn build(
    page: &PageContent,
    grid: &Grid,
    by_cell: Vec<Vec<u32>>,
    method: TableMethod,
) -> PageTable {
    let mut glyphs: Vec<u32> = by_cell.iter().flatten().copied().collect();
    glyphs.sort_unstable();
    glyphs.dedup();
    let cells = grid.cells.iter().zip(by_cell).map(|(c, own)| page_cell(page, grid, c, &own)).collect();
    PageTable {
        bbox: grid.bbox(),
        n_rows: grid.n_rows() as u32,
        n_cols: grid.n_cols() as u32,
        method,
        cells,
        glyphs,
        ..Default::default()
    }
}

fn page_cell(page: &PageContent, grid: &Grid, c: &Rect, glyphs: &[u32]) -> PageCell {
    PageCell {
        row: c.row as u32,
        col: c.col as u32,
        row_span: c.rows as u32,
        col_span: c.cols as u32,
        bbox: grid.cell_box(c),
        lines: lines_of(page, glyphs).iter().map(|l| source_line(page, l)).collect(),
    }
}

impl PageCell {
    /// The cell's text, lines joined without anything between; for judging, not for output.
    pub(super) fn plain(&self) -> String {
        self.lines.iter().map(|l| l.text.as_str()).collect()
    }

    /// Whether there is no text in it.
    pub(super) fn is_blank(&self) -> bool {
        self.lines.iter().all(|l| l.text.trim().is_empty())
    }
}

/// Whether a cell's words are a figure: digits with their signs and at most a few other characters (a unit).
pub(super) fn is_figure(text: &str) -> bool {
    let (mut digits, mut others, mut signs) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        match c {
            '0'..='9' | '０'..='９' => digits += 1,
            c if c.is_whitespace() => {}
            ',' | '.' | '，' | '．' | '、' | '-' | '－' | '−' | '–' | '—' | '△' | '▲' | '+' | '＋' | '±'
            | '%' | '％' | '(' | ')' | '（' | '）' | '$' | '¥' | '￥' | '*' | '/' | '†' | '‡' | '<' | '>' => {
                signs += 1
            }
            _ => others += 1,
        }
    }
    (digits > 0 && others <= 3 && others <= digits.max(2)) || (digits == 0 && others == 0 && signs > 0)
}

/// Whether a cell's words are a bare year, fiscal year, month or the like, as heads have them (2023, R4, 令和5年度).
pub(super) fn is_period(text: &str) -> bool {
    let t = closed_up(text);
    let eras = ["令和", "平成", "昭和", "FY", "R", "H", "S", "Ｒ", "Ｈ"];
    let bare = eras.iter().find_map(|e| t.strip_prefix(e));
    let rest = bare.unwrap_or(&t);
    let digits =
        rest.chars().take_while(|c| c.is_ascii_digit() || ('０'..='９').contains(c) || *c == '元').count();
    let mut tail: String = rest.chars().skip(digits).collect();
    // The year of the other calendar in brackets: 6(2024)年度.
    if let Some(open) = tail.strip_prefix(['(', '（'])
        && let Some((year, after)) = open.split_once([')', '）'])
        && year.chars().all(|c| c.is_alphanumeric())
    {
        tail = after.to_owned();
    }
    let named = ["年度", "年", "月", "年度末", "月末", "期", "年目"].contains(&tail.as_str());
    match digits {
        0 => false,
        1 | 2 => named || (bare.is_some() && tail.is_empty()),
        4 => (named || tail.is_empty()) && (rest.starts_with("19") || rest.starts_with("20")),
        _ => false,
    }
}

/// Whether a cell holds one of the marks that stand for yes, no, none or done.
pub(super) fn is_mark(text: &str) -> bool {
    let mut chars = text.chars().filter(|c| !c.is_whitespace());
    let mark = chars.next().is_some_and(|c| shiryo_ja::is_mark(c) || shiryo_ja::is_dash(c));
    mark && chars.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_hold_what_lies_outside() {
        let xs = [0.0, 10.0, 20.0];
        assert_eq!([-5.0, 5.0, 10.0, 15.0, 25.0].map(|v| interval(&xs, v)), [0, 0, 1, 1, 1]);
    }

    #[test]
    fn periods_are_told_from_figures() {
        for t in
            ["2023", "R4", "令和５年度", "平成30年", "4月", "令和元年度", "6(2024)年度", "2024（令和6）年度"]
        {
            assert!(is_period(t), "{t}");
        }
        for t in ["1234", "12", "3月中", "年度", "24回"] {
            assert!(!is_period(t), "{t}");
        }
    }

    #[test]
    fn figures_are_told_from_words() {
        for t in ["1,234", "△12.5％", "24回", "－", "(3.1)", "539時間", "$1,000"] {
            assert!(is_figure(t), "{t}");
        }
        for t in ["令和5年度", "納税課", "", "3歳児健康診査の受付", "対応済"] {
            assert!(!is_figure(t), "{t}");
        }
    }
}
