//! Rows of words to rows of cells: labels put together, blank cells found again.

use super::columns::Columns;
use super::rows::{Row, numbered};
use super::words::{Words, gather, is_place};
use crate::markup::grid::GridCell;
use crate::prose::words::{begins_inside, ends_open, ends_with_particle, open_brackets, width};
use shiryo_model::RawText;

/// How the rows of a table are made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// Columns of labels.
    pub(super) lead: usize,
    /// Columns from the first figure to the last.
    pub(super) figures: usize,
    /// Columns of words behind them.
    pub(super) tail: usize,
}

impl Shape {
    /// All columns.
    pub(super) fn columns(self) -> usize {
        self.lead + self.figures + self.tail
    }
}

/// What rows there are, the most frequent number of columns of figures first: words before the figures (most
/// usual), columns of figures, columns behind (most usual).
pub(super) fn shapes(rows: &[Row]) -> Vec<Shape> {
    let figures = |r: &Row| r.line.words.len().saturating_sub(r.line.lead() + r.line.tail());
    let leads = by_frequency(rows.iter().map(|r| r.line.lead()).filter(|l| *l > 0));
    let tails = by_frequency(rows.iter().map(|r| r.line.tail()));
    let (Some(lead), Some(tail)) = (leads.first().copied(), tails.first().copied()) else {
        return Vec::new();
    };
    let mut all: Vec<Shape> = by_frequency(rows.iter().map(figures))
        .into_iter()
        .map(|figures| Shape { lead, figures, tail })
        .collect();
    all.truncate(4);
    all
}

/// Values in the order of how often they come.
fn by_frequency(values: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut counts: std::collections::BTreeMap<usize, usize> = std::collections::BTreeMap::new();
    for v in values {
        *counts.entry(v).or_default() += 1;
    }
    let mut all: Vec<(usize, usize)> = counts.into_iter().collect();
    all.sort_by_key(|(v, n)| (std::cmp::Reverse(*n), std::cmp::Reverse(*v)));
    all.into_iter().map(|(v, _)| v).collect()
}

/// A row whose label and last words are put together as the shape has them.
pub(super) fn settled(line: &Words, shape: Shape) -> Words {
    let (lead, tail, all) = (line.lead(), line.tail(), line.words.len());
    let mut out = Words { words: Vec::with_capacity(all), no: line.no, gap: line.gap };
    for (i, w) in line.words.iter().enumerate() {
        let in_label = i < lead && i >= shape.lead.max(1);
        let in_tail = shape.tail > 0 && tail > shape.tail && i > all - tail + shape.tail - 1;
        match out.words.last_mut() {
            Some(last) if in_label || in_tail => last.take(w, " "),
            _ => out.words.push(w.clone()),
        }
    }
    out
}

/// The cells of a row, blank ones empty; `None` where it cannot be told which are blank.
pub(super) fn cells(line: &Words, shape: Shape, columns: Option<&Columns>) -> Option<Vec<RawText>> {
    let n = shape.columns();
    let line = settled(line, shape);
    let (lead, tail, all) = (line.lead(), line.tail(), line.words.len());
    let mut out: Vec<RawText> = vec![Vec::new(); n];
    let mut put = |places: &mut dyn Iterator<Item = usize>| {
        for (place, w) in places.zip(&line.words) {
            if let Some(cell) = out.get_mut(place) {
                cell.push(line.source(w));
            }
        }
    };
    let enough = line.figures() * 2 > shape.figures;
    if all == n && enough && (lead == shape.lead || line.is_apart()) {
        put(&mut (0..n));
        return Some(out);
    }
    if let Some(places) = columns.filter(|_| line.is_apart() || lead == 0).and_then(|c| c.columns(&line)) {
        put(&mut places.into_iter());
        return Some(out);
    }
    // 計　５会場 ７回　105人: what stands together is one cell.
    let near = Words { words: gather(line.words.clone(), |_, b| !b.apart()), ..line.clone() };
    let fewer = near.words.len() < all && near.is_apart();
    if let Some(places) = columns.filter(|_| fewer).and_then(|c| c.columns(&near)) {
        for (place, w) in places.into_iter().zip(&near.words) {
            out.get_mut(place)?.push(near.source(w));
        }
        return Some(out);
    }
    let figures = all.saturating_sub(lead + tail);
    if lead > shape.lead || tail > shape.tail || figures > shape.figures {
        return None;
    }
    // Nothing says which cells are blank: those at the end, unless a row of totals left out others.
    let total = line.words.first().is_some_and(|w| w.text.ends_with('計'));
    if figures < shape.figures && (total || tail > 0 || figures == 0) {
        return None;
    }
    let first = if total { 0 } else { shape.lead - lead };
    let behind = shape.lead + shape.figures;
    put(&mut (first..first + lead).chain(shape.lead..shape.lead + figures).chain(behind..n));
    Some(out)
}

/// What the lines before a row are to it.
pub(super) struct Before {
    /// Titles of the rows below.
    pub(super) titles: Vec<RawText>,
    /// Its label columns, what belongs to them put to them.
    pub(super) labels: Vec<RawText>,
}

/// Gives the lines before a row to its label, or makes them titles.
pub(super) fn before(row: &Row, cells: &[RawText], shape: Shape, widest: u32) -> Before {
    let mut labels: Vec<RawText> = cells.iter().take(shape.lead).cloned().collect();
    let all = |lines: &[&Words]| -> RawText {
        lines.iter().flat_map(|l| l.words.iter().map(|w| l.source(w))).collect()
    };
    let is_title = |l: &&Words| {
        let text = l.words.first().map_or("", |w| w.text.as_str());
        text.starts_with(['〔', '【', '［', '[', '＜', '<', '《', '≪', '■', '●', '◆'])
    };
    let (mut titles, mut lines): (Vec<&Words>, Vec<&Words>) = row.before.iter().partition(is_title);
    let blank = labels.iter().filter(|c| c.is_empty()).count();
    if blank == shape.lead {
        let words = all(&lines);
        let keep = if words.len() >= shape.lead { shape.lead } else { 1 };
        for (i, w) in words.into_iter().enumerate() {
            if let Some(l) = labels.get_mut(i.min(keep - 1)) {
                l.push(w);
            }
        }
    } else if shape.lead > 1 && blank > 0 {
        let mut words = all(&lines).into_iter();
        if let (Some(group), Some(first)) = (labels.first_mut(), words.next()) {
            group.push(first);
        }
        if let Some(label) = labels.get_mut(1) {
            label.splice(0..0, words);
        }
    } else {
        let label = labels.first().and_then(|l| l.first()).map_or("", |l| l.text.as_str());
        // ５ 申請を受け付ける / 市町村数 120: the number belongs to the row.
        let opens =
            lines.first().is_some_and(|l| numbered(l).is_some()) && !label.starts_with(char::is_numeric);
        if shape.lead > 1 || opens || lines.last().is_some_and(|l| goes_on(l, label, widest)) {
            if let Some(l) = labels.first_mut() {
                l.splice(0..0, all(&lines));
            }
        } else {
            titles.append(&mut lines);
        }
    }
    Before { titles: titles.into_iter().map(|l| all(&[l])).collect(), labels }
}

/// Whether the words of a line of its own go on in the label of the row below.
fn goes_on(line: &Words, label: &str, widest: u32) -> bool {
    let text: String = line.words.iter().map(|w| w.text.as_str()).collect();
    open_brackets(0, &text) > 0
        || ends_open(&text)
        || ends_with_particle(&text)
        || begins_inside(label)
        || (width(&text) + 2 >= widest && width(&text) > width(label))
}

/// A row of cells, each of one column.
pub(super) fn row_of(cells: Vec<RawText>) -> Vec<GridCell> {
    cells.into_iter().map(|c| cell(c, (1, 1))).collect()
}

/// A cell of lines.
pub(super) fn cell(lines: RawText, span: (u32, u32)) -> GridCell {
    GridCell { parts: if lines.is_empty() { Vec::new() } else { vec![lines] }, span, header: false }
}

/// Rows whose figures stand in groups that belong to one cell each (18回 243人): those that stand near each
/// other, or `each` at a time where their units repeat.
pub(super) fn together(rows: &[Row], each: usize) -> Option<Vec<Row>> {
    let mut changed = false;
    let out = rows.iter().map(|r| {
        let words = if each == 0 {
            gather(r.line.words.clone(), |a, b| a.figure && b.figure && !b.apart())
        } else {
            chunks(&r.line, each)?
        };
        changed |= words.len() < r.line.words.len();
        Some(Row { before: r.before.clone(), line: Words { words, ..r.line.clone() }, at: r.at })
    });
    let out: Vec<Row> = out.collect::<Option<_>>()?;
    let apart = each > 0 || rows.iter().all(|r| r.line.is_apart());
    (changed && apart).then_some(out)
}

/// Rows whose numbers belong to the names behind them, where wider white space parts the columns (１　総務費　　　1,234).
pub(super) fn joined(rows: &[Row]) -> Option<Vec<Row>> {
    let mut changed = 0;
    let out = rows.iter().map(|r| {
        let mut words = r.line.words.clone();
        if let [first, second, third, ..] = words.as_mut_slice()
            && is_place(&first.text)
            && !second.figure
            && second.white <= 2
            && third.white > second.white
        {
            first.take(second, " ");
            first.figure = false;
            words.remove(1);
            changed += 1;
        }
        Row { before: r.before.clone(), line: Words { words, ..r.line.clone() }, at: r.at }
    });
    let out: Vec<Row> = out.collect();
    (changed * 2 >= rows.len() && changed > 1).then_some(out)
}

/// The figures of a row, `each` in one cell; `None` unless the units in each are the same, and different from
/// one another.
fn chunks(line: &Words, each: usize) -> Option<Vec<super::words::Word>> {
    let lead = line.lead();
    let figures = line.words.get(lead..)?;
    let unit = |t: &str| -> String { t.chars().rev().take_while(|c| !c.is_numeric()).collect() };
    let units: Vec<String> = figures.iter().map(|w| unit(&w.text)).collect();
    let first = units.get(..each)?;
    let differ = first
        .iter()
        .enumerate()
        .all(|(i, u)| !u.is_empty() && !first.get(..i).is_some_and(|b| b.contains(u)));
    if !differ || line.tail() > 0 || figures.len() % each != 0 || units.chunks(each).any(|c| c != first) {
        return None;
    }
    let mut words: Vec<_> = line.words.get(..lead)?.to_vec();
    for chunk in figures.chunks(each) {
        words.extend(chunk.iter().cloned().reduce(|mut a, b| {
            a.take(&b, " ");
            a
        }));
    }
    Some(words)
}
