//! Cells told apart by the source itself (tabs, pipes, `<td>`) to a [`Table`]: spans, headers, label columns.

use crate::prose::assemble::{cell_text, join_texts};
use crate::prose::words::{closed_up, ends_sentence};
use shiryo_model::{Cell, RawText, Table, TableMethod};

/// A grid of cells as the source has them: each cell is a list of paragraphs or list items, each of which is
/// a list of lines.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grid {
    /// Rows of cells; rows may be ragged.
    pub(crate) rows: Vec<Vec<GridCell>>,
    /// Rows known to be headers (`<th>`, the rule of a Markdown table).
    pub(crate) known_headers: Option<u32>,
    /// First and last line of the source.
    pub(crate) line_range: (u32, u32),
    /// How it was found.
    pub(crate) method: TableMethod,
    /// How likely the structure is right.
    pub(crate) confidence: f64,
    /// Whether blank cells below a label mean that the label holds on (no spans in the source).
    pub(crate) infer_spans: bool,
}

/// One cell of a [`Grid`].
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct GridCell {
    /// Paragraphs or list items, each with its lines.
    pub(crate) parts: Vec<RawText>,
    /// Rows and columns covered; 0 counts as 1.
    pub(crate) span: (u32, u32),
    /// Marked as a header.
    pub(crate) header: bool,
}

impl GridCell {
    /// Words of the cell as written, without line breaks.
    pub(crate) fn words(&self) -> String {
        self.parts.iter().flatten().map(|l| l.text.trim()).collect()
    }

    /// Whether there is nothing in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.parts.iter().flatten().all(|l| l.text.trim().is_empty())
    }
}

/// Most columns a table of a text source may have.
const MOST_COLUMNS: usize = 400;

/// A cell with its place in the grid.
struct Placed {
    row: u32,
    col: u32,
    row_span: u32,
    col_span: u32,
    cell: GridCell,
}

/// The table of a grid; `None` when it is no table (fewer than two columns or nothing in it).
pub(crate) fn table_of(mut grid: Grid) -> Option<Table> {
    strip_editing_marks(&mut grid);
    drop_blank_edges(&mut grid);
    let (placed, n_rows, n_cols) = place_cells(&mut grid);
    if n_cols < 2 || n_rows == 0 || placed.iter().all(|p| p.cell.is_blank()) {
        return None;
    }
    let shape = Shape { placed, n_rows, n_cols };
    let header_rows = grid.known_headers.filter(|h| *h < n_rows).unwrap_or_else(|| header_rows(&shape));
    let mut placed = shape;
    if grid.infer_spans {
        infer_spans(&mut placed, header_rows);
    }
    let label_cols = label_cols(&placed, header_rows);
    let cells = placed
        .placed
        .into_iter()
        .filter(|p| !p.cell.is_blank())
        .map(|p| finish(p, header_rows, label_cols, n_cols));
    Some(Table {
        line_range: Some(grid.line_range),
        n_rows,
        n_cols,
        header_rows,
        label_cols,
        method: grid.method,
        confidence: grid.confidence,
        cells: cells.collect(),
        ..Table::default()
    })
}

fn finish(p: Placed, header_rows: u32, label_cols: u32, n_cols: u32) -> Cell {
    let sentence = ends_sentence(&p.cell.words());
    let is_header = p.cell.header || ((p.row < header_rows || p.col < label_cols) && !sentence);
    let whole_width = p.col_span >= n_cols && sentence;
    Cell {
        row: p.row,
        col: p.col,
        row_span: p.row_span,
        col_span: p.col_span,
        is_header: is_header && !whole_width,
        text: join_texts(p.cell.parts.into_iter().map(cell_text)),
        page: None,
        bbox: None,
    }
}

/// Visible formatting marks of word processors (← ↵ ¶) that were copied with the cells.
fn strip_editing_marks(grid: &mut Grid) {
    for mark in ['←', '↵', '¶', '␍', '↲', '⏎'] {
        let cells = || grid.rows.iter().flatten().filter(|c| !c.is_blank());
        let marked = cells().filter(|c| c.words().ends_with(mark)).count();
        if marked < 4 || marked * 10 < cells().count() * 6 {
            continue;
        }
        for line in grid.rows.iter_mut().flatten().flat_map(|c| c.parts.iter_mut().flatten()) {
            let kept = line.text.trim_end().trim_end_matches(mark).len();
            line.text.truncate(kept);
        }
    }
}

/// Drops columns at either side and rows at the end that are blank throughout; two columns are kept.
fn drop_blank_edges(grid: &mut Grid) {
    if !grid.infer_spans {
        return;
    }
    while grid.rows.last().is_some_and(|r| r.iter().all(GridCell::is_blank)) {
        grid.rows.pop();
    }
    let used = |r: &Vec<GridCell>| r.iter().rposition(|c| !c.is_blank()).map_or(0, |i| i + 1);
    let width = grid.rows.iter().map(used).max().unwrap_or(0);
    for row in &mut grid.rows {
        row.truncate(width);
    }
    // Lines that begin with a tab are indented.
    let blank = |c: &GridCell| c.is_blank() && c.span.0.max(c.span.1) <= 1;
    let leading = |r: &Vec<GridCell>| r.iter().take_while(|c| blank(c)).count();
    let indent = grid.rows.iter().map(leading).min().unwrap_or(0).min(width.saturating_sub(2));
    for row in &mut grid.rows {
        row.drain(..indent.min(row.len()));
    }
}

/// Gives every cell its place; cells with spans push others aside as in HTML.
fn place_cells(grid: &mut Grid) -> (Vec<Placed>, u32, u32) {
    let mut placed = Vec::new();
    let mut taken: Vec<u32> = Vec::new(); // for each column, the first row that is free again
    let n_rows = u32::try_from(grid.rows.len()).unwrap_or(u32::MAX);
    for (r, row) in (0u32..).zip(grid.rows.iter_mut()) {
        let mut col = 0usize;
        for cell in row.drain(..) {
            while taken.get(col).is_some_and(|until| *until > r) {
                col += 1;
            }
            let row_span = cell.span.0.clamp(1, n_rows.saturating_sub(r).max(1));
            let col_span = (cell.span.1.max(1) as usize).min(MOST_COLUMNS.saturating_sub(col).max(1));
            if col >= MOST_COLUMNS {
                break;
            }
            if taken.len() < col + col_span {
                taken.resize(col + col_span, 0);
            }
            taken.iter_mut().skip(col).take(col_span).for_each(|t| *t = r + row_span);
            placed.push(Placed { row: r, col: col as u32, row_span, col_span: col_span as u32, cell });
            col += col_span;
        }
    }
    let n_cols = u32::try_from(taken.len()).unwrap_or(u32::MAX);
    (placed, n_rows, n_cols)
}

/// Placed cells with the size of their grid.
struct Shape {
    placed: Vec<Placed>,
    n_rows: u32,
    n_cols: u32,
}

impl Shape {
    /// For the first `limit` rows: which columns hold words, and the words.
    fn top(&self, limit: u32) -> Vec<Vec<Option<String>>> {
        let mut rows = vec![vec![None; self.n_cols as usize]; self.n_rows.min(limit) as usize];
        for p in &self.placed {
            let words = p.cell.words();
            if words.is_empty() {
                continue;
            }
            for c in p.col..p.col.saturating_add(p.col_span) {
                if let Some(slot) = rows.get_mut(p.row as usize).and_then(|r| r.get_mut(c as usize)) {
                    *slot = Some(words.clone());
                }
            }
        }
        rows
    }
}

/// Whether words are a bare value: digits with signs and at most a short unit, no time expression.
pub(crate) fn is_value(words: &str) -> bool {
    let t = closed_up(words);
    let number = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let digits = t.chars().filter(|c| number(*c)).count();
    if digits == 0 {
        return matches!(t.as_str(), "-" | "－" | "―" | "—" | "‐" | "–" | "皆減" | "皆増");
    }
    let begins = t
        .trim_start_matches(['△', '▲', '-', '－', '+', '＋', '約', '(', '（', '±', '¥', '￥'])
        .starts_with(number);
    let tail = t.trim_end_matches(|c: char| !number(c));
    let unit = t.get(tail.len()..).unwrap_or("");
    let words = unit.trim_start_matches([')', '）']);
    let length = ["時間", "年間", "月間", "日間"].iter().any(|u| words.starts_with(u));
    let time = !length && ["年", "月", "日", "期", "時", "号", "条"].iter().any(|u| words.starts_with(u));
    begins && !time && unit.chars().count() <= 6
}

/// How many rows at the top are headers.
fn header_rows(shape: &Shape) -> u32 {
    let rows = shape.top(8);
    let full = |r: &Vec<Option<String>>| r.iter().skip(1).all(Option::is_some);
    let sparse = |r: &Vec<Option<String>>| r.iter().flatten().count() * 2 <= r.len();
    let has_value = |r: &Vec<Option<String>>| {
        let values = r.iter().flatten().filter(|w| is_value(w) && w.chars().any(char::is_numeric)).count();
        let years = r.iter().flatten().filter(|w| is_year_like(w)).count();
        values > years
    };
    if rows.first().is_some_and(has_value) {
        return 0;
    }
    if rows.len() < 2 {
        return 0;
    }
    if rows.first().is_some_and(full) {
        // A second row without label and figures (実績 | 実績 | 計画 under the years) belongs to the header.
        let second = rows.get(1).is_some_and(|r| r.first().is_some_and(Option::is_none) && !has_value(r));
        let figures = rows.get(2).is_some_and(has_value);
        return if second && figures && shape.n_rows > 2 { 2 } else { 1 };
    }
    // Merged titles, two levels of headers: up to the first row that names every column.
    let first_value = rows.iter().position(has_value);
    let first_full = rows.iter().position(full);
    let named = match (first_value, first_full) {
        (Some(v), Some(f)) if f < v => f + 1,
        (Some(v), _) => v,
        // The row that names all columns is followed by rows that are as full: it is the header of a form.
        (None, Some(f)) if f + 1 < rows.len() && rows.iter().take(f).all(sparse) => f + 1,
        _ => 1,
    };
    u32::try_from(named.clamp(1, 6)).unwrap_or(1).min(shape.n_rows.saturating_sub(1))
}

/// 2023, 令和5, H30: a header although it has the shape of a value.
fn is_year_like(words: &str) -> bool {
    let t = closed_up(words);
    let t = t.trim_start_matches(['令', '和', '平', '成', 'Ｒ', 'R', 'H', 'Ｈ']);
    let n: String = t.chars().take_while(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).collect();
    let rest = t.get(n.len()..).unwrap_or("");
    (n.chars().count() == 4
        && (n.starts_with("20") || n.starts_with("19") || n.starts_with("２０"))
        && rest.chars().count() <= 2)
        || rest.starts_with('年')
}

/// Makes blank cells part of the label above or of the row-wide title before them.
fn infer_spans(shape: &mut Shape, header_rows: u32) {
    let n_cols = shape.n_cols;
    let mut filled: Vec<Vec<usize>> = vec![Vec::new(); shape.n_rows as usize]; // cells with words, by row
    for (i, p) in shape.placed.iter().enumerate() {
        if !p.cell.is_blank()
            && let Some(row) = filled.get_mut(p.row as usize)
        {
            row.push(i);
        }
    }
    // A row with words in its first cell alone runs over the whole width.
    for row in filled.iter().filter(|_| n_cols >= 3) {
        if let [only] = row.as_slice()
            && let Some(p) = shape.placed.get_mut(*only).filter(|p| p.col == 0)
        {
            p.col_span = n_cols;
        }
    }
    extend_heads(shape, &filled, header_rows);
    extend_labels(shape, &filled, header_rows);
    shape.placed.retain(|p| !p.cell.is_blank());
}

/// Over a second header row, a head runs to the right over blank cells that the row below names, and a head
/// with nothing below it runs down.
fn extend_heads(shape: &mut Shape, filled: &[Vec<usize>], header_rows: u32) {
    let columns_of = |shape: &Shape, row: u32| -> Vec<u32> {
        let ids = filled.get(row as usize).into_iter().flatten();
        ids.filter_map(|i| shape.placed.get(*i)).map(|p| p.col).collect()
    };
    for row in 0..header_rows.saturating_sub(1) {
        let own = columns_of(shape, row);
        let below = columns_of(shape, row + 1);
        for i in filled.get(row as usize).into_iter().flatten() {
            let Some(p) = shape.placed.get_mut(*i).filter(|p| p.col_span == 1) else { continue };
            let next = own.iter().copied().filter(|c| *c > p.col).min().unwrap_or(shape.n_cols);
            if below.contains(&p.col) {
                let last = (p.col..next).take_while(|c| below.contains(c)).last().unwrap_or(p.col);
                p.col_span = last - p.col + 1;
            } else if row + 2 == header_rows {
                p.row_span = 2;
            }
        }
    }
}

/// A label whose cells below are blank while their rows say something else holds for those rows too.
fn extend_labels(shape: &mut Shape, filled: &[Vec<usize>], header_rows: u32) {
    for col in 0..shape.n_cols.min(2) {
        let mut open: Option<usize> = None;
        for (r, row) in (0u32..).zip(filled) {
            let cell =
                |c: u32| row.iter().find(|i| shape.placed.get(**i).is_some_and(|p| p.col == c)).copied();
            let here = cell(col);
            let left_filled = (0..col).any(|c| cell(c).is_some());
            if let Some(i) = here {
                let wide = shape.placed.get(i).is_some_and(|p| p.col_span > 1);
                open = (!wide).then_some(i);
            } else if left_filled || row.is_empty() || r == header_rows {
                open = None;
            } else if let Some(p) = open.and_then(|i| shape.placed.get_mut(i)) {
                p.row_span = (r + 1).saturating_sub(p.row);
            }
        }
    }
}

/// How many columns at the left are labels.
fn label_cols(shape: &Shape, header_rows: u32) -> u32 {
    let body: Vec<&Placed> =
        shape.placed.iter().filter(|p| p.row >= header_rows && p.col_span < shape.n_cols).collect();
    if body.is_empty() {
        return 0;
    }
    let header: String = shape
        .placed
        .iter()
        .find(|p| p.col == 0 && p.row + 1 == header_rows)
        .map(|p| closed_up(&p.cell.words()))
        .unwrap_or_default();
    let numbered = matches!(
        header.to_ascii_lowercase().as_str(),
        "#" | "no" | "no." | "№" | "番号" | "順位" | "位" | "項番" | "ｎｏ"
    );
    let spans = body.iter().any(|p| p.col == 0 && p.row_span > 1);
    let values = |col: u32| body.iter().any(|p| p.col == col && is_value(&p.cell.words()));
    let mut cols = 1 + u32::from(numbered || spans);
    // Never call a column of values a label, except the running number.
    if cols == 2 && values(1) {
        cols = 1;
    }
    cols.min(shape.n_cols.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shiryo_model::SourceLine;

    fn grid(text: &str) -> Grid {
        let cell = |s: &str| GridCell {
            parts: vec![vec![SourceLine { text: s.into(), ..Default::default() }]],
            ..Default::default()
        };
        Grid {
            rows: text.lines().map(|l| l.split('|').map(cell).collect()).collect(),
            infer_spans: true,
            ..Default::default()
        }
    }

    #[test]
    fn form_with_titles_above_its_header() {
        let t = table_of(grid(
            "講座の開催||情報課|\n||—|\n年度|6年度|7年度|8年度\n内容|3回|4回|5回\n|2校|3校|4校",
        ))
        .unwrap();
        assert_eq!((t.header_rows, t.label_cols, t.n_rows, t.n_cols), (3, 1, 5, 4));
        let label = t.cell_at(4, 0).unwrap();
        assert_eq!((label.text.text.as_str(), label.row_span), ("内容", 2));
    }

    #[test]
    fn a_second_row_of_heads_below_a_full_one() {
        let t = table_of(grid("指標|区分|4年度|5年度\n||実績|計画\n開設数|目標|10|12")).unwrap();
        assert_eq!(t.header_rows, 2);
        assert_eq!(t.cell_at(1, 0).unwrap().text.text, "指標");
    }

    #[test]
    fn heads_run_over_blank_cells_that_the_row_below_names() {
        let t = table_of(grid(
            "施設|地区|利用者数|||前年度\n||第１四半期|第２四半期|計|\n会館|東|10人|20人|30人|25人",
        ))
        .unwrap();
        assert_eq!(t.header_rows, 2);
        let head = t.cell_at(0, 4).unwrap();
        assert_eq!((head.text.text.as_str(), head.col_span), ("利用者数", 3));
        assert_eq!(t.cell_at(1, 5).unwrap().text.text, "前年度");
        assert_eq!(t.cell_at(1, 0).unwrap().text.text, "施設");
    }

    #[test]
    fn labels_hold_on_over_blank_cells() {
        let t = table_of(grid("分類|取組|目標\n窓口|申請|5,000件\n|決済|3か所\n内部|決裁|70%")).unwrap();
        assert_eq!((t.header_rows, t.label_cols), (1, 2));
        assert_eq!(t.cell_at(2, 0).unwrap().row_span, 2);
    }

    #[test]
    fn indented_grids_keep_two_columns() {
        let t = table_of(grid("||東館|西館\n||12件|5件")).unwrap();
        assert_eq!((t.n_cols, t.cell_at(1, 1).unwrap().text.text.as_str()), (2, "5件"));
        let t = table_of(grid("||東館\n||12件")).unwrap();
        assert_eq!((t.n_cols, t.cell_at(1, 1).unwrap().text.text.as_str()), (2, "12件"));
    }

    #[test]
    fn editing_marks_go() {
        let t = table_of(grid("←|4月←|5月←\n5年度←|156←|236←\n6年度←|493←|←")).unwrap();
        assert_eq!(t.cell_at(1, 1).unwrap().text.text, "156");
        assert!(t.cell_at(2, 2).is_none() && t.cell_at(0, 0).is_none());
    }
}
