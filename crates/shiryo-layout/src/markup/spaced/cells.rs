//! Tables whose cells an extract left below one another, each on one line or several.
//!
//! ```text
//! 取組名            names of the columns, the last ones times
//! 所管
//! 令和５年度実績
//! 令和６年度計画
//!
//! ①                rows, set apart by blank lines
//! 出張教室
//! 地域課
//! ３館で実施         the cell of the first year
//! 24回 180人
//! ４館で実施         that of the second
//! 30回 240人
//! ```
//!
//! Where a cell ends is told by what is counted: years side by side count the same things in the same order
//! ([`cells_of`]). Where that cannot be seen, the row gives no cells.

use super::body::cell;
use super::rows::is_fragment;
use super::words::Words;
use crate::markup::flow::{Flow, FlowLine};
use crate::markup::found::{Found, line};
use crate::markup::grid::GridCell;
use crate::prose::joining::Gap;
use crate::prose::marker::leading_marker;
use crate::prose::words::{closed_up, ends_sentence};
use shiryo_ja::{MentionKind, TimeContext, annotate};
use shiryo_model::RawText;

/// Most columns and most lines of a row.
const MOST_COLUMNS: usize = 8;
const MOST_LINES: usize = 40;
/// Most rows of one table.
const MOST_ROWS: usize = 500;

/// The table whose header begins at `at`.
pub(crate) fn cell_table(flow: &[Flow], at: usize) -> Option<Found> {
    if !may_begin(flow, at) {
        return None;
    }
    let header = run_at(flow, at)?;
    let short = |l: &&FlowLine| Words::of(l).is_some_and(|w| is_fragment(&l.source.text, &w));
    if header.len() > MOST_COLUMNS || !header.iter().all(short) {
        return None;
    }
    let times = header.iter().rev().take_while(|l| names_time(&l.source.text)).count();
    let labels = header.len() - times;
    let named: std::collections::BTreeSet<_> = header.iter().map(|l| closed_up(&l.source.text)).collect();
    if times < 2 || !(1..=3).contains(&labels) || named.len() < header.len() {
        return None;
    }
    let mut rows: Vec<Vec<GridCell>> = Vec::new();
    let mut split = 0;
    let mut next = at + header.len();
    while let Some(run) = run_at(flow, next).filter(|r| next_run(r) && rows.len() < MOST_ROWS) {
        let Some((row, cells)) = row_of(&run, labels, times) else { break };
        split += usize::from(cells);
        rows.push(row);
        next += run.len();
    }
    // Where most rows do not divide it is no table of this form.
    if split < 2 || split * 2 < rows.len() {
        return None;
    }
    let one = |l: &&FlowLine| cell(vec![l.source.clone()], (1, 1));
    let head = header.iter().map(one).collect();
    let rows = std::iter::once(head).chain(rows).collect();
    Some(Found::of(flow, at..next, rows, Some(1), 0.7)?.labelled(u32::try_from(labels).ok()?))
}

/// Whether a header of this form could begin at `at`: asked of every line, so it must cost little.
fn may_begin(flow: &[Flow], at: usize) -> bool {
    let short = |i: usize| line(flow, i).filter(|l| l.width <= 32);
    short(at).is_some_and(|l| l.gap > Gap::None)
        && (1..=2).all(|k| short(at + k).is_some_and(|l| l.gap == Gap::None))
}

/// The lines from `at` on that no blank line parts.
fn run_at(flow: &[Flow], at: usize) -> Option<Vec<&FlowLine>> {
    let first = line(flow, at)?;
    let rest = (at + 1..flow.len()).map_while(|i| line(flow, i).filter(|l| l.gap == Gap::None));
    let run: Vec<_> = std::iter::once(first).chain(rest).take(MOST_LINES + 1).collect();
    (run.len() <= MOST_LINES).then_some(run)
}

/// Whether lines may be a row: no clear break before them, no sentence, more than a line or two.
fn next_run(run: &[&FlowLine]) -> bool {
    run.len() >= 3
        && run.first().is_some_and(|l| l.gap == Gap::Wide)
        && !run.iter().any(|l| ends_sentence(&l.source.text))
}

/// Whether words hold a time on the calendar (令和5年度実績, R6計画).
fn names_time(words: &str) -> bool {
    annotate(words, &TimeContext::default())
        .iter()
        .any(|m| matches!(&m.kind, MentionKind::Time(t) if t.period.start.or(t.period.end).is_some()))
}

/// What each line counts, in order (12回 147人: 回, 人).
fn counted(l: &FlowLine) -> Vec<String> {
    let units =
        annotate(l.source.text.trim(), &TimeContext::default()).into_iter().filter_map(|m| match m.kind {
            MentionKind::Quantity(q) => Some(q.unit),
            MentionKind::Time(_) => None,
        });
    units.collect()
}

/// The cells of a row, and whether those of its times could be told apart.
fn row_of(run: &[&FlowLine], labels: usize, times: usize) -> Option<(Vec<GridCell>, bool)> {
    // ① on a line of its own: the enumerator of the row.
    let alone = |l: &&FlowLine| {
        leading_marker(&format!("{} 語", l.source.text.trim()))
            .is_some_and(|m| m.text == l.source.text.trim())
    };
    let run = run.split_first().filter(|(first, _)| alone(first)).map_or(run, |(_, rest)| rest);
    let (heads, values) = run.split_at_checked(labels)?;
    if values.is_empty() || labels > 1 && heads.iter().any(|l| !counted(l).is_empty()) {
        return None;
    }
    let mut row: Vec<GridCell> = heads.iter().map(|l| cell(vec![l.source.clone()], (1, 1))).collect();
    let parts = cells_of(values, times);
    let told = parts.is_some();
    let parts = parts.unwrap_or_else(|| vec![&[]; times]);
    row.extend(parts.into_iter().map(|lines| GridCell {
        parts: lines.iter().map(|l| -> RawText { vec![l.source.clone()] }).collect(),
        ..GridCell::default()
    }));
    Some((row, told))
}

/// The lines of `times` cells: one line each; one of them a dash; or cells that count the same in the same order,
/// else cells of as many lines whose last lines do. `None` where this does not tell.
fn cells_of<'a, 'f>(values: &'a [&'f FlowLine], times: usize) -> Option<Vec<&'a [&'f FlowLine]>> {
    let dash = |l: &&FlowLine| {
        let words = closed_up(&l.source.text);
        !words.is_empty() && words.chars().all(shiryo_ja::is_dash)
    };
    if times == 2 {
        let at = values.iter().position(dash);
        if let Some(at) = at.filter(|at| *at == 0 || at + 1 == values.len()).filter(|_| values.len() > 1) {
            let (first, second) = values.split_at_checked(at.max(1))?;
            return Some(vec![first, second]);
        }
    }
    if values.len() == times {
        return Some(values.chunks(1).collect());
    }
    let units: Vec<Vec<String>> = values.iter().map(|l| counted(l)).collect();
    let all: Vec<&String> = units.iter().flatten().collect();
    let each = all.len() / times;
    let repeats =
        each > 0 && all.len().is_multiple_of(times) && all.chunks(each).all(|c| Some(c) == all.get(..each));
    if repeats {
        // A cell ends with the line that holds the last of what it counts.
        let mut parts = Vec::new();
        let (mut begin, mut seen) = (0, 0);
        for (i, line) in units.iter().enumerate() {
            seen += line.len();
            if seen >= each && parts.len() + 1 < times {
                if seen > each {
                    return None;
                }
                parts.push(values.get(begin..=i)?);
                (begin, seen) = (i + 1, 0);
            }
        }
        parts.push(values.get(begin..)?);
        return (parts.len() == times).then_some(parts);
    }
    let lines = values.len() / times;
    let last = units.get(lines.checked_sub(1)?)?;
    let alike = values.len().is_multiple_of(times)
        && !last.is_empty()
        && units.iter().skip(lines - 1).step_by(lines).all(|l| l == last);
    alike.then(|| values.chunks(lines).collect())
}

#[cfg(test)]
mod tests {
    use crate::markup::layout_text;
    use shiryo_model::{MediaType, Table};

    fn text(t: &Table, r: u32, c: u32) -> &str {
        t.cell_at(r, c).map_or("", |c| c.text.text.as_str())
    }

    const HEADER: &str = "１ 一覧\n\n事業名\n所管\n令和５年度実績\n令和６年度予定\n\n";

    #[test]
    fn cells_that_count_the_same_are_told_apart() {
        let rows = "①\n操作教室\n高齢課\n８回　96人\n10回　120人\n\n②\n巡回相談\n地域課\n３館で実施\n24回　180人\n４館で実施\n30回　240人\n\n\
                    ③\n動画講座\n文化課\n―\n（新規）\n４回　40人\n\n④\n端末の貸出\n図書館\n本館のみ\n週２日　延べ90件\n全館に広げる\n週１日　延べ200件\n";
        let c = layout_text(&format!("{HEADER}{rows}\n※②は会館での数。\n"), MediaType::Text);
        let [t] = c.tables.as_slice() else { panic!("{:?}", c.tables) };
        assert_eq!((t.n_rows, t.n_cols, t.header_rows, t.label_cols), (5, 4, 1, 2));
        assert_eq!((text(t, 1, 0), text(t, 1, 2), text(t, 1, 3)), ("操作教室", "8回 96人", "10回 120人"));
        assert_eq!((text(t, 2, 2), text(t, 2, 3)), ("3館で実施\n24回 180人", "4館で実施\n30回 240人"));
        assert_eq!((text(t, 3, 2), text(t, 3, 3)), ("―", "(新規)\n4回 40人"));
        assert_eq!(
            (text(t, 4, 2), text(t, 4, 3)),
            ("本館のみ\n週2日 延べ90件", "全館に広げる\n週1日 延べ200件")
        );
    }

    #[test]
    fn cells_that_cannot_be_told_apart_stay_empty() {
        let rows = "操作教室\n高齢課\n８回　96人\n10回　120人\n\n巡回相談\n地域課\n３館で実施\n延べ180人\n30回\n\n動画講座\n文化課\n４回\n５回\n";
        let c = layout_text(&format!("{HEADER}{rows}"), MediaType::Text);
        assert_eq!((c.tables[0].n_rows, text(&c.tables[0], 2, 2), text(&c.tables[0], 2, 3)), (4, "", ""));
    }
}
