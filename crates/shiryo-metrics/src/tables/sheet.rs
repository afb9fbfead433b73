//! Sheets: keys with their values side by side (事業名 | … | 所管課 | …), and tables of several parts under banners.

use super::bind::{ColumnLabel, Place};
use super::content::Content;
use super::grid::Grid;
use super::labels::RowLabel;
use super::when;
use super::{Reader, keys, words};
use crate::scope::{Nearness, Scope, ScopedPeriod};
use shiryo_model::{Granularity, Observation, Table};

/// Keys are no longer than this.
const LONGEST_KEY: usize = 24;
/// Most parts that one table is read in.
const MOST_PARTS: usize = 60;

/// What a sheet says about all that stands under it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct SheetFacts {
    /// What it is about (the value of 事業名, 施設名 …).
    pub(crate) name: String,
    /// The unit in charge.
    pub(crate) department: String,
    /// The time that it reports on (評価対象期間).
    pub(crate) period: Option<ScopedPeriod>,
}

impl SheetFacts {
    /// Takes one key with its value; whether it was one that the whole sheet hangs on.
    pub(crate) fn take(&mut self, key: &str, value: &str, scope: &Scope) -> bool {
        let value = words::clean(value);
        if value.is_empty() || value.chars().count() > 60 {
            return false;
        }
        if keys::names(key) && self.name.is_empty() {
            self.name = value;
        } else if keys::charges(key) && self.department.is_empty() {
            self.department = value.replace('\u{3000}', " ");
        } else if keys::spans(key) && self.period.is_none() {
            let when = when::read(&value, &scope.time);
            let told = when.period.filter(|p| p.start.is_some() && p.granularity != Granularity::Day);
            self.period =
                told.map(|period| ScopedPeriod { period, label: when.label, from: Nearness::Section });
        } else {
            return false;
        }
        true
    }

    /// Tells them to what stands below.
    pub(crate) fn tell(&self, scope: &mut Scope) {
        if !self.name.is_empty() && scope.topics.last() != Some(&self.name) {
            scope.topics.push(self.name.clone());
        }
        if !self.department.is_empty() {
            scope.department.clone_from(&self.department);
        }
        if let Some(period) = &self.period {
            scope.offer_period(period.clone());
        }
    }

    fn of(pairs: &[Pair], grid: &Grid, scope: &Scope) -> Self {
        let mut facts = Self::default();
        for pair in pairs {
            facts.take(grid.text(pair.row, pair.key), grid.text(pair.row, pair.value), scope);
        }
        facts
    }
}

/// A key and its value: their columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pair {
    row: usize,
    key: usize,
    value: usize,
}

/// What a table says as a sheet, when it is one.
pub(crate) fn facts(table: &Table, scope: &Scope) -> Option<SheetFacts> {
    let grid = Grid::new(table)?;
    let (pairs, _) = head(&grid)?;
    let facts = SheetFacts::of(&pairs, &grid, scope);
    (facts != SheetFacts::default()).then_some(facts)
}

/// Keys and values in the rows at the top, and how many rows they take. `None`: the table is no sheet.
fn head(grid: &Grid) -> Option<(Vec<Pair>, usize)> {
    let mut pairs: Vec<Pair> = Vec::new();
    let (mut rows, mut known, mut keyed) = (0, 0usize, 0usize);
    for row in 0..grid.rows {
        let Some(found) = row_of_pairs(grid, row) else { break };
        let told = found.iter().filter(|p| keys::known(grid.text(row, p.key))).count();
        // A header row: keys in all its cells, or a row of names and values that no sheet has.
        if told == 0 && rows == 0 || found.iter().any(|p| told > 0 && is_key_alone(grid, row, p.value)) {
            break;
        }
        known += told;
        keyed += found.len();
        rows = row + 1;
        pairs.extend(found);
    }
    let hangs = |p: &Pair| {
        let key = grid.text(p.row, p.key);
        keys::names(key) || keys::charges(key)
    };
    let values = pairs.iter().filter(|p| !grid.text(p.row, p.value).is_empty()).count();
    let is_sheet = rows >= 2 && known * 2 >= keyed && known >= 2 && pairs.iter().any(hangs) && values >= 2;
    is_sheet.then_some((pairs, rows))
}

/// A row as keys with their values: words at every second cell. Blank cells behind the last value are none.
fn row_of_pairs(grid: &Grid, row: usize) -> Option<Vec<Pair>> {
    let mut cells: Vec<usize> = (0..grid.cols).filter(|&c| grid.origin(row, c).is_some()).collect();
    while cells.len() % 2 == 1 && cells.last().is_some_and(|&c| grid.text(row, c).is_empty()) {
        cells.pop();
    }
    if cells.len() < 2 {
        return None;
    }
    let mut pairs = Vec::new();
    for pair in cells.chunks(2) {
        let (&key, value) = (pair.first()?, pair.get(1).copied());
        let words = grid.text(row, key);
        let Some(value) = value else {
            return (words.is_empty() && !pairs.is_empty()).then_some(pairs);
        };
        let blank = words.is_empty() && grid.text(row, value).is_empty();
        let is_key = !words.is_empty()
            && words.chars().count() <= LONGEST_KEY
            && !words.chars().next().is_some_and(|c| c.is_ascii_digit());
        if blank {
            continue;
        }
        if !is_key {
            return None;
        }
        pairs.push(Pair { row, key, value });
    }
    (!pairs.is_empty()).then_some(pairs)
}

/// Whether the words where a value should stand are a key of their own.
fn is_key_alone(grid: &Grid, row: usize, col: usize) -> bool {
    let words = grid.text(row, col);
    keys::known(words)
}

impl Reader<'_> {
    /// The quantities among the values of a sheet's rows, and how many rows those take; 0: it is no sheet.
    pub(super) fn sheet(&self, scope: &Scope) -> (Vec<Observation>, usize) {
        let Some((pairs, rows)) = head(self.grid) else { return (Vec::new(), 0) };
        let facts = SheetFacts::of(&pairs, self.grid, scope);
        let mut table = self.table.clone();
        table.title.clone_from(&facts.name);
        table.department.clone_from(&facts.department);
        let mut out = Vec::new();
        for pair in &pairs {
            let words = words::clean(self.grid.text(pair.row, pair.key));
            let plain = words::closed_up(&words);
            let hangs = keys::names(&words) || keys::charges(&words) || keys::spans(&words);
            let Some(cell) = self.grid.origin(pair.row, pair.value) else { continue };
            if hangs || super::column_words::is_ignored(&plain) {
                continue;
            }
            let when = when::read(&words, &scope.time);
            let mut row = RowLabel::default();
            // 施設の概要 before several figures names a field of the sheet.
            let field = !words::names_quantity(&when.stem) && !facts.name.is_empty();
            let several = matches!(self.shape.content(pair.row, pair.value), Content::Running);
            if !(field && several) {
                row.path.push(if when.stem.is_empty() { words } else { when.stem.clone() });
            }
            row.times.extend((when.period.is_some() || when.part.is_some()).then_some(when));
            let column = ColumnLabel::default();
            let place = Place::new(&column, &row, &table, scope, self.tools);
            out.extend(self.value(cell, (pair.row, pair.value), true, &place));
        }
        (out, rows)
    }
}

/// The name of a part of a table is no longer than this.
const LONGEST_NAME: usize = 60;

/// Cuts a table of several parts: at rows that only name what follows, before a header row of its own, and
/// behind the keys of a sheet. Each part comes with its first row; none: the table is one whole.
pub(super) fn parts(table: &Table) -> Vec<(Table, u32)> {
    let Some(grid) = Grid::new(table) else { return Vec::new() };
    let mut starts = vec![0];
    let mut captions: Vec<Option<usize>> = vec![None];
    let mut row = 0;
    while row < grid.rows && starts.len() < MOST_PARTS {
        let last = starts.last().copied().unwrap_or(0);
        let keyed = if row == last { keyed_rows(&grid, row) } else { 0 };
        if keyed > 0 && row + keyed < grid.rows {
            row += keyed;
            // A banner behind the keys names what follows.
            if !grid.is_banner(row) {
                starts.push(row);
                captions.push(None);
                continue;
            }
        }
        if row > 0 && names_part(&grid, row) && begins_part(&grid, row + 1) {
            starts.push(row + 1);
            captions.push(Some(row));
        }
        row += 1;
    }
    if starts.len() < 2 {
        return Vec::new();
    }
    let ends = starts.iter().skip(1).copied().chain([grid.rows]);
    let parts = starts.iter().zip(ends).zip(&captions).map(|((&from, to), caption)| {
        let mut part = slice(table, from, to);
        if let Some(banner) = caption.and_then(|row| grid.cell(row, 0)) {
            part.caption = banner.text.clone();
        }
        (part, u32::try_from(from).unwrap_or(u32::MAX))
    });
    parts.collect()
}

/// How many rows from `row` on are keys with values; 0 where they make no sheet.
fn keyed_rows(grid: &Grid, row: usize) -> usize {
    if row > 0 {
        return 0;
    }
    head(grid).map_or(0, |(_, rows)| rows)
}

/// Whether a row over all columns names what follows: running text of a form does not.
fn names_part(grid: &Grid, row: usize) -> bool {
    let words = grid.text(row, 0);
    grid.is_banner(row) && !words.contains('。') && words.chars().count() <= LONGEST_NAME
}

/// Whether a row is the header of a part: short words, no number, and numbers in the row below.
fn begins_part(grid: &Grid, row: usize) -> bool {
    let number = |text: &str| super::content::bare(text).is_some_and(|n| !n.yearlike);
    let filled: Vec<&str> = (0..grid.cols)
        .filter_map(|c| grid.origin(row, c))
        .map(|c| c.text.text.trim())
        .filter(|t| !t.is_empty())
        .collect();
    let words = filled.len() >= 2 && filled.iter().all(|t| t.chars().count() <= 24 && !number(t));
    let below = |r: usize| (0..grid.cols).any(|c| grid.origin(r, c).is_some_and(|x| number(&x.text.text)));
    words && !grid.is_banner(row) && (below(row + 1) || below(row + 2))
}

/// The rows from `from` up to `to` as a table of their own, without what layout said of headers.
fn slice(table: &Table, from: usize, to: usize) -> Table {
    let (from, to) = (u32::try_from(from).unwrap_or(u32::MAX), u32::try_from(to).unwrap_or(u32::MAX));
    let cells = table.cells.iter().filter_map(|cell| {
        let bottom = cell.row.saturating_add(cell.row_span.max(1)).min(to);
        let top = cell.row.max(from);
        (top < bottom).then(|| {
            let mut cell = cell.clone();
            (cell.row, cell.row_span) = (top - from, bottom - top);
            cell
        })
    });
    Table {
        id: table.id.clone(),
        unit: table.unit.clone(),
        notes: table.notes.clone(),
        n_rows: to.saturating_sub(from),
        n_cols: table.n_cols,
        header_rows: if from == 0 { table.header_rows } else { 0 },
        label_cols: table.label_cols,
        method: table.method,
        confidence: table.confidence,
        caption: if from == 0 { table.caption.clone() } else { shiryo_model::Text::default() },
        cells: cells.collect(),
        ..Table::default()
    }
}
