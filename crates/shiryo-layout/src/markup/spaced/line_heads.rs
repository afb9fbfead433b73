//! Heads that stand on lines of their own, one below the other: which of them names which column.

use super::TOLD;
use super::body::{cell, row_of};
use super::heads::{is_time, names_labels};
use super::line_cells::Line;
use super::parting::parting;
use crate::markup::grid::GridCell;
use crate::prose::joining::Gap;
use crate::prose::words::closed_up;
use shiryo_model::{RawText, SourceLine};

/// Heads for the columns of a table.
pub(super) struct Fit {
    /// How many lines they take.
    pub(super) lines: usize,
    /// From top to bottom.
    pub(super) rows: Vec<Vec<GridCell>>,
    /// How surely they are all of the heads.
    pub(super) sure: i32,
}

impl Fit {
    /// The name of the last column.
    pub(super) fn last(&self) -> Option<String> {
        self.rows.last().and_then(|r| r.last()).map(|c| closed_up(&c.words()))
    }
}

/// Whether a column of this name holds words about the figures of its row.
pub(super) fn is_remark_column(name: &str) -> bool {
    const ENDS: [&str; 22] = [
        "成果",
        "概要",
        "要因",
        "取組",
        "評価",
        "判定",
        "備考",
        "摘要",
        "状況",
        "区分",
        "方向性",
        "達成度",
        "進捗",
        "結果",
        "課",
        "部署",
        "所管",
        "担当",
        "内容",
        "理由",
        "課題",
        "説明",
    ];
    ENDS.iter().any(|e| name.ends_with(e))
}

/// The heads that end the lines above the first row, where they name so many columns, `labels` of them of labels.
pub(super) fn fit(above: &[Line], columns: usize, labels: usize) -> Option<Fit> {
    // Headings, titles of rows (〔窓口〕) and what stands far above name no columns.
    let title = |l: &Line| l.numbered || l.text().starts_with(['〔', '【', '［', '＜', '<', '《', '≪']);
    let from = above.iter().rposition(title).map_or(0, |i| i + 1);
    let far = above.iter().rposition(|l| l.gap == Gap::Break).unwrap_or(0);
    let above = above.get(from.max(far)..)?;
    let all = above.len();
    let lines = all.checked_sub(columns).and_then(|from| above.get(from..));
    if let Some(lines) = lines.filter(|l| !parts_years(l)) {
        let first = lines.first()?;
        let labelled = names_labels(&closed_up(&first.text()));
        // What stands further above the first of them is a caption; where all lines stand apart, nothing tells.
        let inside = lines.iter().skip(1).map(|l| l.gap).max().unwrap_or(Gap::None);
        let whole = columns == all || first.gap > inside;
        if whole || labelled {
            let rows = vec![row_of(lines.iter().map(|l| l.words.clone()).collect())];
            return Some(Fit {
                lines: columns,
                rows,
                sure: 1 + 2 * i32::from(whole) + 3 * i32::from(labelled),
            });
        }
    }
    if let Some(found) = paired(above, columns).or_else(|| in_blocks(above, columns, labels)) {
        return Some(found);
    }
    for lines in columns + 1..=all {
        if let Some(rows) = two_levels(above.get(all - lines..)?, columns) {
            return Some(Fit { lines, rows, sure: 2 });
        }
    }
    let words: Vec<SourceLine> = above.iter().map(|l| l.words.first().cloned()).collect::<Option<_>>()?;
    let (_, names) = parting(&words, columns)?;
    let mut lines = above.iter();
    let names = names.iter().map(|n| lines.by_ref().take(n.len()).flat_map(|l| l.words.clone()).collect());
    Some(Fit { lines: all, rows: vec![row_of(names.collect())], sure: 1 })
}

/// Whether lines part years from what came of them (令和３年度 / 実績), so that they are no names by themselves.
fn parts_years(lines: &[Line]) -> bool {
    lines.iter().any(|l| is_time(&l.text())) && lines.iter().any(is_told)
}

fn is_told(l: &Line) -> bool {
    TOLD.contains(&closed_up(&l.text()).as_str())
}

/// Years, each with what came of it on the line below.
fn paired(above: &[Line], columns: usize) -> Option<Fit> {
    let mut names: Vec<(RawText, usize, bool)> = Vec::new();
    for l in above {
        match names.last_mut() {
            Some((words, lines, time)) if *time && is_told(l) => {
                words.extend(l.words.clone());
                (*lines, *time) = (*lines + 1, false);
            }
            _ => names.push((l.words.clone(), 1, is_time(&l.text()))),
        }
    }
    let pairs = names.iter().filter(|n| n.1 > 1).count();
    let own = names.len().checked_sub(columns).and_then(|from| names.get(from..))?;
    let lines = own.iter().map(|n| n.1).sum();
    let first = above.len().checked_sub(lines).and_then(|i| above.get(i))?;
    let label = names_labels(&closed_up(&first.text()));
    let whole = lines == above.len() || first.gap > Gap::None || label;
    let rows = vec![row_of(own.iter().map(|n| n.0.clone()).collect())];
    (pairs > 1 && whole).then_some(Fit { lines, rows, sure: 3 })
}

/// Names that blank lines part, those of the labels perhaps in one block.
fn in_blocks(above: &[Line], columns: usize, labels: usize) -> Option<Fit> {
    let mut blocks: Vec<&[Line]> = above.chunk_by(|_, next| next.gap == Gap::None).collect();
    while blocks.len() > columns {
        blocks.remove(0);
    }
    let (first, rest) = blocks.split_first()?;
    let several = |b: &&[Line]| b.len() > 1;
    if !rest.iter().any(several) || rest.iter().any(|b| b.len() > 3) {
        return None;
    }
    let joined = |b: &[Line]| -> RawText { b.iter().flat_map(|l| l.words.clone()).collect() };
    let apart: Vec<RawText> = if blocks.len() == columns {
        vec![joined(first)]
    } else if first.len() == labels && rest.len() + labels == columns {
        first.iter().map(|l| l.words.clone()).collect()
    } else {
        return None;
    };
    let lines = blocks.iter().map(|b| b.len()).sum();
    let names = apart.into_iter().chain(rest.iter().map(|b| joined(b)));
    Some(Fit { lines, rows: vec![row_of(names.collect())], sure: 2 })
}

/// Heads of groups whose own columns have the same names: each group before its columns, or all groups first.
fn two_levels(lines: &[Line], columns: usize) -> Option<Vec<Vec<GridCell>>> {
    let named = |l: &Line, span: (u32, u32)| cell(l.words.clone(), span);
    for labels in 1..=2usize {
        let under = columns.checked_sub(labels)?;
        let groups = lines.len().checked_sub(columns)?;
        let each = under.checked_div(groups).filter(|e| *e > 1 && e * groups == under && groups > 1);
        let Some(each) = each else { continue };
        let (label, rest) = lines.split_at_checked(labels)?;
        let by_group: Vec<&[Line]> = rest.chunks(each + 1).collect();
        let in_rows: Vec<&[Line]> = rest.get(groups..)?.chunks(each).collect();
        let same = |a: &[Line], b: &[Line]| a.iter().map(Line::text).eq(b.iter().map(Line::text));
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
