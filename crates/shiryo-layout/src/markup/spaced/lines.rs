//! Tables of which an extract left every cell on a line of its own.
//!
//! ```text
//! 手続名             heads, in the order of the columns: perhaps each group before its own columns
//! 令和４年度
//! 件数
//! 利用率
//!
//! 転入届             rows, parted by blank lines or by the label that follows figures
//! 1,204
//! 31.2%
//! ```

use super::TOLD;
use super::body::{cell, row_of};
use super::heads::is_time;
use super::parting::parting;
use super::rows::is_fragment;
use super::words::{Words, is_mark};
use crate::markup::flow::Flow;
use crate::markup::found::{Found, line};
use crate::markup::grid::GridCell;
use crate::prose::joining::Gap;
use crate::prose::outline::is_numbered_caption;
use crate::prose::words::closed_up;
use shiryo_model::SourceLine;

/// Most columns, and most rows.
const MOST_COLUMNS: usize = 24;
const MOST_ROWS: usize = 2_000;
/// Most lines of heads.
const MOST_HEADS: usize = 40;

/// A cell on its line.
struct Line {
    source: SourceLine,
    figure: bool,
    /// Whether a blank line stands before it.
    apart: bool,
}

/// The line at a place of the flow, if it may be a cell.
fn cell_line(flow: &[Flow], at: usize) -> Option<Line> {
    let l = line(flow, at)?;
    let words = Words::of(l)?;
    // 412,000 食: a figure and what it counts, whatever that is.
    let counted = words.words.len() == 2
        && words.words.first().is_some_and(|w| w.figure && !is_mark(&w.text))
        && words
            .words
            .last()
            .is_some_and(|w| w.text.chars().count() <= 4 && !w.text.contains(char::is_numeric));
    let figure = counted || words.figures() == words.words.len();
    let name = |text: &str| is_fragment(&l.source.text, &words) || text == "単位";
    let name = matches!(words.words.as_slice(), [w] if w.is_unit() || name(&w.text));
    if !(figure || name) {
        return None;
    }
    let mut source = l.source.clone();
    source.text = source.text.trim().to_string();
    Some(Line { source, figure, apart: l.gap >= Gap::Wide })
}

/// The table whose first row begins at `at`; nothing before `floor` is looked at, and `looked` becomes the end
/// of what was looked through.
pub(crate) fn line_table(flow: &[Flow], at: usize, floor: usize, looked: &mut usize) -> Option<Found> {
    let label = |i: usize| cell_line(flow, i).map(|l| !l.figure);
    if !label(at)? {
        return None;
    }
    // The name of a row, and perhaps its unit or who is in charge.
    let labels = if label(at + 1)? { 2 } else { 1 };
    if labels == 2 && label(at + 2)? {
        return None;
    }
    let groups = labels == 2 && heads_stand_together(flow, at, floor);
    let (rows, end) = rows_from(flow, at, labels, groups);
    if labels == 2 && rows.len() < 2 {
        return None;
    }
    *looked = end.max(at + 1);
    let columns = rows.first().map(Vec::len)?;
    let marks = rows.first()?.iter().rev().take_while(|l| is_mark(&l.source.text)).count();
    let (rows, end) = with_totals(flow, rows, end, (labels, columns - marks));
    if rows.len() < 2 || !(3..=MOST_COLUMNS).contains(&columns) {
        return None;
    }
    let above = above(flow, at, floor, groups);
    let (taken, mut grid) = heads(&above, columns)?;
    let levels = u32::try_from(grid.len()).ok();
    let mut group = grid.len();
    for row in rows {
        // A label without a group of its own goes on with the one above.
        let held = row.first().is_some_and(|l| l.source.text.is_empty());
        let first = grid.get_mut(group).and_then(|r: &mut Vec<GridCell>| r.first_mut());
        match first.filter(|_| held) {
            Some(first) => first.span.0 += 1,
            None => group = grid.len(),
        }
        let cells = row.into_iter().skip(usize::from(held));
        grid.push(row_of(cells.map(|l| vec![l.source]).collect()));
    }
    let start = at.checked_sub(taken)?;
    Found::of(flow, start..end, grid, levels, 0.7)
}

/// Whether as many lines as the row at `at` has cells stand together above it: its heads, two of them of labels.
fn heads_stand_together(flow: &[Flow], at: usize, floor: usize) -> bool {
    if line(flow, at).is_none_or(|l| l.gap == Gap::None) {
        return false;
    }
    let Some((row, _)) = row(flow, at, 2) else { return false };
    let Some(first) = at.checked_sub(row.len()).filter(|first| *first >= floor) else { return false };
    (first..at).all(|i| {
        let together = line(flow, i).is_some_and(|l| (l.gap == Gap::None) == (i > first));
        together && cell_line(flow, i).is_some_and(|l| !l.figure)
    })
}

/// Rows of as many cells as the first, `labels` labels and figures, and the first element behind them. Where there
/// are `groups`, rows may have but the second of their labels.
fn rows_from(flow: &[Flow], at: usize, labels: usize, groups: bool) -> (Vec<Vec<Line>>, usize) {
    let mut rows: Vec<Vec<Line>> = Vec::new();
    let mut end = at;
    let next_row = |at: usize, first: bool| {
        row(flow, at, labels).or_else(|| if first || !groups { None } else { held(flow, at) })
    };
    while let Some((row, next)) = next_row(end, rows.is_empty()).filter(|_| rows.len() < MOST_ROWS) {
        let alike = rows.first().is_none_or(|f: &Vec<Line>| {
            f.len() == row.len() && f.first().map(|l| l.apart) == row.first().map(|l| l.apart)
                || rows.len() == 1 && f.len() == row.len()
        });
        if !alike {
            break;
        }
        rows.push(row);
        end = next;
    }
    (rows, end)
}

/// A row with a label alone, below a group and its first label.
fn held(flow: &[Flow], at: usize) -> Option<(Vec<Line>, usize)> {
    let (mut own, next) = row(flow, at, 1)?;
    let first = own.first()?;
    if closed_up(&first.source.text).ends_with('計') {
        return None;
    }
    let source = SourceLine { text: String::new(), ..first.source.clone() };
    own.insert(0, Line { source, figure: false, apart: first.apart });
    Some((own, next))
}

/// Adds a row of totals that holds no marks where the others do.
fn with_totals(
    flow: &[Flow],
    mut rows: Vec<Vec<Line>>,
    end: usize,
    (labels, cells): (usize, usize),
) -> (Vec<Vec<Line>>, usize) {
    let total = |r: &Vec<Line>| r.first().is_some_and(|l| closed_up(&l.source.text).ends_with('計'));
    match row(flow, end, labels).filter(|(r, _)| r.len() == cells && !rows.is_empty() && total(r)) {
        Some((totals, next)) => {
            rows.push(totals);
            (rows, next)
        }
        None => (rows, end),
    }
}

/// Labels and the figures below them.
fn row(flow: &[Flow], at: usize, labels: usize) -> Option<(Vec<Line>, usize)> {
    let label = |i: usize| cell_line(flow, i).filter(|l| !l.figure);
    let mut row: Vec<Line> = (at..at + labels).map_while(label).collect();
    if row.len() < labels {
        return None;
    }
    let mut next = at + labels;
    while let Some(l) = cell_line(flow, next).filter(|l| l.figure && row.len() <= MOST_COLUMNS) {
        if line(flow, next).is_some_and(|l| l.gap == Gap::Break) {
            break;
        }
        row.push(l);
        next += 1;
    }
    (row.len() > labels).then_some((row, next))
}

/// The lines above that may be heads, from top to bottom.
fn above(flow: &[Flow], at: usize, floor: usize, together: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut next = at;
    while next > floor && lines.len() < MOST_HEADS {
        // Heads that stand together may stand far above the first row.
        let far = line(flow, next).is_some_and(|l| l.gap == Gap::Break);
        if far && (next < at || !together) {
            break;
        }
        let Some(l) = cell_line(flow, next - 1).filter(|l| !l.figure) else { break };
        if is_numbered_caption(&l.source.text) {
            break;
        }
        lines.push(l);
        next -= 1;
    }
    lines.reverse();
    lines
}

/// How many of the lines are heads of so many columns, and the rows they make.
fn heads(above: &[Line], columns: usize) -> Option<(usize, Vec<Vec<GridCell>>)> {
    let all = above.len();
    if let Some(lines) = all.checked_sub(columns).and_then(|from| above.get(from..))
        && (columns == all || lines.first().is_some_and(|l| l.apart) && !parts_years(lines))
    {
        return Some((columns, vec![row_of(lines.iter().map(|l| vec![l.source.clone()]).collect())]));
    }
    for count in columns + 1..=all {
        if let Some(rows) = two_levels(above.get(all - count..)?, columns) {
            return Some((count, rows));
        }
    }
    let words: Vec<SourceLine> = above.iter().map(|l| l.source.clone()).collect();
    let (_, names) = parting(&words, columns)?;
    Some((all, vec![row_of(names)]))
}

/// Whether lines part years from what came of them (令和３年度 / 実績), so that they are no names by themselves.
fn parts_years(lines: &[Line]) -> bool {
    lines.iter().any(|l| is_time(&l.source.text))
        && lines.iter().any(|l| TOLD.contains(&l.source.text.as_str()))
}

/// Heads of groups whose own columns have the same names: each group before its columns, or all groups first.
fn two_levels(lines: &[Line], columns: usize) -> Option<Vec<Vec<GridCell>>> {
    let named = |l: &Line, span: (u32, u32)| cell(vec![l.source.clone()], span);
    for labels in 1..=2usize {
        let under = columns.checked_sub(labels)?;
        let groups = lines.len().checked_sub(columns)?;
        let each = under.checked_div(groups).filter(|e| *e > 1 && e * groups == under && groups > 1);
        let Some(each) = each else { continue };
        let (label, rest) = lines.split_at_checked(labels)?;
        let by_group: Vec<&[Line]> = rest.chunks(each + 1).collect();
        let in_rows: Vec<&[Line]> = rest.get(groups..)?.chunks(each).collect();
        let same =
            |a: &[Line], b: &[Line]| a.iter().map(|l| &l.source.text).eq(b.iter().map(|l| &l.source.text));
        let split: Option<Vec<(&Line, &[Line])>> = if by_group.iter().all(|g| {
            let (own, first) = (g.get(1..).unwrap_or(&[]), by_group.first().and_then(|f| f.get(1..)));
            first.is_some_and(|f| same(own, f))
        }) {
            by_group.iter().map(|g| g.split_first()).collect()
        } else if in_rows.iter().all(|g| in_rows.first().is_some_and(|f| same(g, f))) {
            Some(rest.iter().take(groups).zip(in_rows).collect())
        } else {
            None
        };
        let Some(split) = split else { continue };
        let wide = u32::try_from(each).ok()?;
        let top =
            label.iter().map(|l| named(l, (2, 1))).chain(split.iter().map(|(g, _)| named(g, (1, wide))));
        let low = split.iter().flat_map(|(_, own)| own.iter().map(|l| named(l, (1, 1))));
        return Some(vec![top.collect(), low.collect()]);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tests::only_rows;

    #[test]
    fn groups_and_names_one_a_line_below_heads_that_stand_together() {
        let rows = only_rows(
            "（１）実績と予定\n\n項　目\n指　標\nR6実績\nR7予定\n\n\n文章作成の支援\n\n利用者数\n\n415人\n\n600人\n\n研修の受講者数\n\n286人\n\n300人\n\n議事録の作成\n\n会議数\n\n742件\n\n800件\n",
        );
        assert_eq!(
            rows,
            [
                "項目|指標|R6実績|R7予定",
                "文章作成の支援|利用者数|415人|600人",
                "文章作成の支援|研修の受講者数|286人|300人",
                "議事録の作成|会議数|742件|800件"
            ]
        );
    }

    #[test]
    fn names_one_a_line_above_rows_that_white_space_parts() {
        let rows = only_rows(
            "（表１）業務の時間\n所管課　　業務名\n\n４年度\n\n削減時間\n\n５年度\n\n削減時間\n課税課   報告書の入力   1,240時間   1,410時間\n保育課   証明書の読取り   860時間   1,025時間\n会計課   データの照合   310時間   295時間\n",
        );
        assert_eq!(
            rows[..2],
            ["所管課|業務名|4年度削減時間|5年度削減時間", "課税課|報告書の入力|1,240時間|1,410時間"]
        );
    }
}
