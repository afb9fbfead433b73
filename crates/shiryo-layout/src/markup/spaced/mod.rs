//! Tables of plain text whose cells stand apart by white space.
//!
//! ```text
//!                 令和４年度        令和５年度      heads, above the columns they name
//! 区分          件数    人数     件数    人数
//! 窓口           120     300      130     310       rows: a label and figures
//! 電話・メール    80               95     102       a blank cell is known by where the others stand
//! ```
//!
//! Extracts of some programs keep the places of words, others leave one blank between cells; then the number
//! of words tells the columns. Others leave every cell on a line of its own ([`lines`]), or on
//! several ([`mod@cells`]). Cells may hold words with figures among them ([`worded`]).

mod body;
mod cells;
mod columns;
mod groups;
mod heads;
mod line_cells;
mod line_heads;
mod lines;
mod parting;
mod priced;
mod rows;
mod series;
mod stacked;
mod standing;
mod strips;
mod worded;
mod words;

use super::flow::Flow;
use super::found::{Found, line};
use super::grid::GridCell;
use crate::prose::joining::Gap;
use crate::prose::marker::{MarkerKind, leading_marker};
use crate::prose::words::{closed_up, is_digit, width};
use body::{Before, Shape, before, cell, cells, joined, row_of, settled, shapes, together};
pub(crate) use cells::cell_table;
use columns::Columns;
use heads::{Above, Heads, is_series};
pub(crate) use lines::line_table;
use priced::priced_table;
pub(crate) use priced::remarked_table;
use rows::{Row, Rows, is_fragment, numbered, rows_from};
pub(crate) use strips::strip_table;
pub(crate) use worded::worded_table;
use words::{LONGEST_LINE, Words};

/// More columns are no table of a text.
const MOST_COLUMNS: usize = 40;

/// How many lines above a name may be repeated.
const MOST_REPEATED: usize = 6;

/// Whether a row may begin with these words: cheap enough to ask of every line.
pub(crate) fn may_begin(text: &str) -> bool {
    text.len() <= LONGEST_LINE && text.contains(is_digit) && text.trim().contains(char::is_whitespace)
}

/// The table whose first line of figures is at `at`; nothing before `floor` is looked at, and `looked` becomes
/// the end of what was looked through.
pub(crate) fn spaced_table(flow: &[Flow], at: usize, floor: usize, looked: &mut usize) -> Option<Found> {
    let words = |i: usize| line(flow, i).and_then(Words::of);
    let first = words(at)?;
    if first.figures() == 0 || is_series(&first) {
        return None;
    }
    // The lines above may be labels of the first row, or the end of the heads.
    let label = |i: usize| {
        let short = line(flow, i).zip(words(i)).filter(|(l, _)| !repeats(flow, i, floor, &l.source.text));
        short.is_some_and(|(l, w)| w.words.len() <= 2 && !w.is_remark() && is_fragment(&l.source.text, &w))
    };
    let begins = (0..=2).map_while(|labels| {
        let begin = at.checked_sub(labels).filter(|b| *b >= floor && (labels == 0 || label(*b)))?;
        Some((begin, rows_from(flow, begin)))
    });
    let begins: Vec<_> = begins.collect();
    *looked = begins.iter().map(|b| b.1.end).max().unwrap_or(at);
    let named = begins.iter().find_map(|(begin, rows)| named_table(flow, *begin, floor, rows));
    named.or_else(|| {
        let grouped = begins.first().is_some_and(|b| is_grouped(&b.1.rows));
        let order: [usize; 2] = if grouped { [1, 0] } else { [0, 1] };
        let mut tries = order.iter().filter_map(|i| begins.get(*i));
        let parted = tries.find_map(|(begin, rows)| parted_table(flow, *begin, floor, rows));
        let parted = parted.or_else(|| series::series_table(flow, at, floor));
        parted.or_else(|| begins.first().and_then(|(begin, rows)| priced_table(flow, *begin, rows)))
    })
}

/// Whether one of the lines above `at` has the same words: names of columns repeat, labels of rows do not.
fn repeats(flow: &[Flow], at: usize, floor: usize, words: &str) -> bool {
    let words = closed_up(words);
    let mut above = (at.saturating_sub(MOST_REPEATED).max(floor)..at).filter_map(|i| line(flow, i));
    above.any(|l| closed_up(&l.source.text) == words)
}

/// Whether some rows have a label more than others, or one on a line of its own.
fn is_grouped(rows: &[Row]) -> bool {
    let named = |w: &&words::Word| !w.text.starts_with(char::is_numeric);
    let labelled = || rows.iter().filter(|r| r.line.lead() > 0);
    let leads = || labelled().map(|r| r.line.words.iter().take(r.line.lead()).filter(named).count());
    leads().min() != leads().max() || labelled().any(|r| !r.before.is_empty())
}

/// The table of rows below a line that names their columns.
fn named_table(flow: &[Flow], at: usize, floor: usize, found: &Rows) -> Option<Found> {
    let rows = found.rows.as_slice();
    if rows.is_empty() {
        return None;
    }
    let above = Above::of(flow, at, floor);
    let ways = [joined(rows), Some(rows.to_vec()), together(rows, 0), together(rows, 2), together(rows, 3)];
    let strictly = ways.iter().flatten().map(|w| (w, true));
    strictly.chain(ways.iter().flatten().map(|w| (w, false))).find_map(|(rows, strict)| {
        shapes(rows).into_iter().filter(|s| s.columns() <= MOST_COLUMNS).find_map(|shape| {
            let columns = |shape: Shape| {
                let lines: Vec<Words> = rows.iter().map(|r| settled(&r.line, shape)).collect();
                Columns::of(lines.iter(), shape.columns())
            };
            let heads = above.heads(rows, shape, columns, strict)?;
            build(flow, at, found, rows, heads)
        })
    })
}

/// The table of rows below heads that are broken over many lines.
fn parted_table(flow: &[Flow], at: usize, floor: usize, found: &Rows) -> Option<Found> {
    let rows = found.rows.as_slice();
    let shape = shapes(rows).into_iter().max_by_key(|s| s.figures)?;
    // Where white space parts the columns, no words of one line belong together, unless each has its own.
    let apart = rows.iter().filter(|r| r.line.is_apart()).count() * 2 > rows.len();
    if rows.len() < 2 || shape.figures < 2 || shape.columns() > MOST_COLUMNS {
        return None;
    }
    let above = Above::of(flow, at, floor);
    if apart && !above.is_lined(shape.lead) {
        return None;
    }
    let leads: &[usize] = if shape.lead > 1 || is_grouped(rows) { &[2, 1] } else { &[1] };
    let parted = leads.iter().filter_map(|lead| above.parted(Shape { lead: *lead, ..shape }));
    let (_, heads) = parted.reduce(|a, b| if b.0 > a.0 { b } else { a })?;
    build(flow, at, found, rows, heads)
}

fn build(flow: &[Flow], at: usize, found: &Rows, rows: &[Row], heads: Heads) -> Option<Found> {
    let shape = heads.shape;
    let columns = heads.columns.as_ref();
    let named = heads.named;
    let n = shape.columns();
    let levels = heads.rows.len();
    let mut out = heads.rows;
    let labels = rows.iter().flat_map(|r| r.line.words.iter().take(r.line.lead().min(1)));
    let widest = labels.map(|w| width(&w.text)).max().unwrap_or(0);
    let mut held = 0;
    let mut body: Vec<Vec<GridCell>> = Vec::new();
    let mut last: Option<Words> = None;
    let titled = rows.first().is_some_and(|r| !r.before.is_empty());
    // What follows the last row that fits is something else.
    let fits = |r: &Row| cells(&r.line, shape, columns).is_some();
    let (rows, rest) = rows.split_at(rows.iter().rposition(fits)? + 1);
    for row in rows {
        let Some(mut cells) = cells(&row.line, shape, columns) else { continue };
        let mut row = row.clone();
        // Where a line stands before the first row, lines are titles of rows.
        if row.line.lead() >= shape.lead && !titled {
            row.before.retain(|line| !goes_on(&mut body, last.as_ref(), line, shape, columns));
        }
        let Before { titles, labels } = before(&row, &cells, shape, widest);
        body.extend(titles.into_iter().map(|t| vec![cell(t, (1, u32::try_from(n).unwrap_or(1)))]));
        cells.iter_mut().zip(labels).for_each(|(c, l)| *c = l);
        held += 1;
        body.push(row_of(cells));
        last = Some(settled(&row.line, shape));
    }
    let near = |line: &&Words| line.gap <= last.as_ref().map_or(Gap::None, |l| l.gap);
    let behind = found.after.iter().take_while(near).filter(|_| rest.is_empty());
    let end = rows.last()?.at + 1;
    let end = end + behind.take_while(|l| goes_on(&mut body, last.as_ref(), l, shape, columns)).count();
    let enough = match shape.figures {
        0 => false,
        1 => held >= 3 && n == 2 || held >= 2 && n > 2,
        _ => held >= 2 || (held == 1 && (columns.is_some() || (named && n >= 5))),
    };
    // ・会員 1,204人 / ・利用 3,318人 is a list, whatever stands above it.
    let listed = |r: &&Row| {
        line(flow, r.at)
            .and_then(|l| leading_marker(&l.source.text))
            .is_some_and(|m| m.kind == MarkerKind::Bullet)
    };
    if shape.figures == 1 && rows.iter().filter(listed).count() * 2 > rows.len() {
        return None;
    }
    // Rows that do not fit say that the heads are not theirs.
    if !enough || held * 5 < rows.len() * 4 {
        return None;
    }
    join_pairs(&mut body, shape);
    hold_groups(&mut body, shape);
    out.append(&mut body);
    let start = at.checked_sub(heads.lines)?;
    let confidence = if columns.is_some() { 0.85 } else { 0.75 };
    Found::of(flow, start..end, out, u32::try_from(levels).ok(), confidence)
}

/// Gives a line of words to the labels of the last row, where these fill their columns and it stands below them.
fn goes_on(
    body: &mut [Vec<GridCell>],
    last: Option<&Words>,
    line: &Words,
    shape: Shape,
    columns: Option<&Columns>,
) -> bool {
    let (Some(columns), Some(last), Some(row)) = (columns, last, body.last_mut()) else { return false };
    let words = || line.words.iter().filter_map(|w| Some((w, columns.column(w)?)));
    let below = |c: usize| {
        let own = last.words.iter().find(|w| columns.column(w) == Some(c));
        let words_there = c < shape.lead || c >= shape.lead + shape.figures;
        words_there && own.is_some_and(|w| columns.is_full(w, c))
    };
    // （各年10月１日現在） is told of the whole table.
    let of_all =
        |w: &words::Word| ["現在", "時点", "各年", "単位", "除く", "含む"].iter().any(|n| w.text.contains(n));
    if line.is_remark() && line.words.iter().any(of_all) {
        return false;
    }
    // The next number begins the next row.
    if numbered(line).is_some() || words().count() < line.words.len() || !words().all(|(_, c)| below(c)) {
        return false;
    }
    for (w, c) in words() {
        if let Some(part) = row.get_mut(c).and_then(|cell| cell.parts.last_mut()) {
            part.push(line.source(w));
        }
    }
    true
}

/// What the rows of an indicator tell, below each other.
const TOLD: [&str; 10] = ["計画", "実績", "目標", "予定", "見込", "当初", "決算", "予算", "計画値", "実績値"];

/// A label over two rows, of which one tells what was planned and the other what came: its lines belong together
/// (活動指標１ 計画 / 講習会の回数 実績).
fn join_pairs(body: &mut [Vec<GridCell>], shape: Shape) {
    let word = |r: &[Vec<GridCell>], i: usize, c: usize| {
        r.get(i).and_then(|r| r.get(c)).map(|c| closed_up(&c.words())).unwrap_or_default()
    };
    let first = word(body, 0, 1);
    let pair =
        shape.lead == 2 && body.len() >= 4 && body.len().is_multiple_of(2) && first != word(body, 1, 1);
    let told = (0..body.len()).all(|i| {
        let here = word(body, i, 1);
        TOLD.contains(&here.as_str()) && here == word(body, i % 2, 1) && !word(body, i, 0).is_empty()
    });
    if !pair || !told {
        return;
    }
    for rows in body.chunks_mut(2) {
        if let [upper, lower] = rows
            && let Some(label) = upper.first_mut()
        {
            label.parts.extend(lower.first_mut().map(std::mem::take).unwrap_or_default().parts);
        }
    }
}

/// A label in the first of several columns holds for the rows below that have none.
fn hold_groups(body: &mut [Vec<GridCell>], shape: Shape) {
    if shape.lead < 2 {
        return;
    }
    let mut at = 0;
    while at < body.len() {
        let total = |r: &Vec<GridCell>| r.get(1).is_some_and(|c| c.words().ends_with('計'));
        let open = |r: &Vec<GridCell>| r.len() > 1 && r.first().is_some_and(GridCell::is_blank) && !total(r);
        let below = body.iter().skip(at + 1).take_while(|r| open(r)).count();
        let named = body.get(at).is_some_and(|r| r.len() > 1 && r.first().is_some_and(|c| !c.is_blank()));
        if named && below > 0 {
            if let Some(c) = body.get_mut(at).and_then(|r| r.first_mut()) {
                c.span.0 = u32::try_from(below + 1).unwrap_or(1);
            }
            for row in body.iter_mut().skip(at + 1).take(below) {
                row.remove(0);
            }
        }
        at += below + 1;
    }
}

#[cfg(test)]
mod tests;
