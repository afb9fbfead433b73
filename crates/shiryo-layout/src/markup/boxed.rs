//! Tables drawn with characters: box-drawing lines (┌─┬┐│) and ASCII (`+--+`, `|`).

use super::cells::parse_cell;
use super::grid::{Grid, GridCell};
use super::tabs::{Looked, Numbered};
use crate::prose::words::width;
use shiryo_model::TableMethod;

/// Longest table looked at, in lines.
const MOST_LINES: usize = 5_000;

/// The table drawn from `at` on; `None` when no border begins there. A frame of one column, a border that parts
/// only some of the columns, and bars that stand under no other bar make no table: its lines stay text.
pub(crate) fn boxed_table(lines: &[Numbered<'_>], at: usize) -> Option<Looked> {
    let first = lines.get(at).filter(|l| is_border(l.1))?;
    let drawn = |l: &&Numbered<'_>| is_border(l.1) || is_row(l.1);
    let own: Vec<Numbered<'_>> =
        lines.get(at..)?.iter().take(MOST_LINES).take_while(drawn).copied().collect();
    let end = at + own.len();
    let bands: Vec<&[Numbered<'_>]> = own.split(|l| is_border(l.1)).filter(|band| !band.is_empty()).collect();
    let closed = own.last().is_some_and(|l| is_border(l.1));
    let content = || bands.iter().flat_map(|b| b.iter());
    let full = content().max_by_key(|l| cells_of(l.1).len())?;
    let n_cols = cells_of(full.1).len();
    if !closed || n_cols < 2 || content().any(|l| l.1.chars().any(is_horizontal)) {
        return Some((None, end));
    }
    let bars = bars_of(full.1);
    let mut rows = Vec::new();
    for (k, band) in bands.iter().enumerate() {
        // Borders around the head and the whole only: every line is a row.
        let by_line = band.len() > 1 && (bands.len() == 1 || (bands.len() == 2 && k == 1));
        for part in if by_line { rows_by_line(band) } else { vec![band.to_vec()] } {
            match row_of(&part, n_cols, &bars) {
                Some(row) => rows.push(row),
                None => return Some((None, end)),
            }
        }
    }
    let spans = rows.iter().flatten().any(|c| c.span.1 > 1);
    let grid = Grid {
        known_headers: (bands.len() == 2).then_some(1),
        rows,
        line_range: (first.0, own.last()?.0),
        method: TableMethod::Delimited,
        confidence: if spans { 0.85 } else { 0.95 },
        infer_spans: false,
    };
    Some((Some(grid), end))
}

fn is_bar(c: char) -> bool {
    matches!(c, '│' | '┃' | '║' | '|' | '｜' | '┊' | '┆')
}

fn is_horizontal(c: char) -> bool {
    matches!(c, '─' | '━' | '═' | '┄' | '┈' | '┼' | '├' | '┤' | '╂' | '┿' | '╋')
}

/// `├───┼───┤`, `+---+---+`: lines with corners or junctions, nothing else.
fn is_border(line: &str) -> bool {
    let line = line.trim();
    let drawn = |c: char| ('\u{2500}'..='\u{257f}').contains(&c);
    let flat = |c: char| matches!(c, '─' | '━' | '═' | '┄' | '┈' | '-' | '=');
    let corner = |c: Option<char>| c.is_some_and(|c| c == '+' || (drawn(c) && !flat(c) && !is_bar(c)));
    corner(line.chars().next())
        && corner(line.chars().last())
        && line.chars().filter(|&c| flat(c)).count() >= 2
        && line.chars().all(|c| drawn(c) || matches!(c, '+' | '-' | '='))
}

fn is_row(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() > 2 && line.starts_with(is_bar) && line.ends_with(is_bar)
}

fn cells_of(line: &str) -> Vec<&str> {
    let inner = line.trim().strip_prefix(is_bar).unwrap_or_default();
    inner.strip_suffix(is_bar).unwrap_or(inner).split(is_bar).collect()
}

/// Where the bars of a line stand, in half-width cells.
fn bars_of(line: &str) -> Vec<u32> {
    let mut at = 0;
    let mut out = Vec::new();
    for c in line.trim().chars() {
        if is_bar(c) {
            out.push(at);
        }
        at += match c {
            '\u{3000}' => 2,
            c if c.is_whitespace() => 1,
            c => width(c.encode_utf8(&mut [0; 4])),
        };
    }
    out
}

/// Lines as rows; one with a blank first cell goes on with the row before.
fn rows_by_line<'a>(band: &[Numbered<'a>]) -> Vec<Vec<Numbered<'a>>> {
    let mut out: Vec<Vec<Numbered<'a>>> = Vec::new();
    for &l in band {
        let goes_on = cells_of(l.1).first().is_some_and(|c| c.trim().is_empty());
        match out.last_mut() {
            Some(row) if goes_on => row.push(l),
            _ => out.push(vec![l]),
        }
    }
    out
}

/// The cells of one row from its lines; `None` when its bars are not those of the table.
fn row_of(part: &[Numbered<'_>], n_cols: usize, bars: &[u32]) -> Option<Vec<GridCell>> {
    let count = cells_of(part.first()?.1).len();
    if part.iter().any(|l| cells_of(l.1).len() != count) {
        return None;
    }
    let spans = if count == n_cols { vec![1; n_cols] } else { spans_of(&bars_of(part.first()?.1), bars)? };
    let cell = |k: usize| {
        let pieces = part.iter().filter_map(|l| Some((cells_of(l.1).get(k)?.trim(), l.0)));
        parse_cell(pieces.filter(|p| !p.0.is_empty()))
    };
    Some(spans.iter().enumerate().map(|(k, &n)| GridCell { span: (1, n), ..cell(k) }).collect())
}

/// How many columns lie between the bars of a row, going by the bars of a full one.
fn spans_of(own: &[u32], all: &[u32]) -> Option<Vec<u32>> {
    let at = |x: &u32| all.iter().position(|b| b.abs_diff(*x) <= 1);
    let columns: Option<Vec<usize>> = own.iter().map(at).collect();
    let columns = columns.filter(|c| c.first() == Some(&0) && c.last() == Some(&(all.len() - 1)))?;
    columns.windows(2).map(|w| w[1].checked_sub(w[0]).filter(|&n| n > 0)?.try_into().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::grid::table_of;
    use super::*;

    fn table(text: &str) -> Option<shiryo_model::Table> {
        let lines: Vec<Numbered<'_>> = (1u32..).zip(text.lines()).collect();
        boxed_table(&lines, 0)?.0.and_then(table_of)
    }

    #[test]
    fn wrapped_cells_between_borders_are_one_row() {
        let t = table(
            "┌────┬───┬───┐\n│ 施設   │令和４│令和５│\n│        │年度  │年度  │\n├────┼───┼───┤\n\
             │ 東会館 │1,204 │1,310 │\n├────┼───┼───┤\n│ 西会館 │  880 │      │\n└────┴───┴───┘",
        )
        .unwrap();
        assert_eq!((t.n_rows, t.n_cols, t.header_rows), (3, 3, 1));
        assert_eq!(t.cell_at(0, 1).unwrap().text.text, "令和4年度");
        assert_eq!(t.cell_at(2, 1).unwrap().text.text, "880");
        assert!(t.cell_at(2, 2).is_none());
    }

    #[test]
    fn lines_under_a_ruled_head_are_rows() {
        let t = table(
            "+------+-------+\n| 区分 | 件数  |\n+------+-------+\n| 窓口 | 1,200 |\n| 郵送 |   800 |\n|      | (速報) |\n+------+-------+",
        )
        .unwrap();
        assert_eq!((t.n_rows, t.n_cols, t.header_rows), (3, 2, 1));
        assert_eq!(t.cell_at(2, 1).unwrap().text.raw, "800\n(速報)");
    }

    #[test]
    fn missing_bars_are_spans_where_the_others_stand_under_each_other() {
        let head = "+----+----+----+\n| 区 | 件数     |\n+----+----+----+\n| a  | 1  | 2  |\n+----+----+----+\n| b  | 3  | 4  |\n";
        let t = table(&format!("{head}+----+----+----+")).unwrap();
        assert_eq!(t.cell_at(0, 1).map(|c| c.col_span), Some(2));
        // A bar between the others: nothing is invented.
        assert!(table(&format!("{head}+--------------+\n| c    | 5     |\n+----+----+----+")).is_none());
    }

    #[test]
    fn frames_and_open_drawings_are_no_tables() {
        assert!(table("┌────┐\n│ 注意 │\n└────┘").is_none());
        assert!(table("+---+---+\n| a | b |").is_none());
        assert!(table("──────").is_none());
    }
}
