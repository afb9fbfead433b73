//! The figures of a table by grid position, and what its rows and columns are called.

use rust_decimal::Decimal;
use shiryo_model::{Aggregation, Bound, Observation, Table};
use std::collections::HashSet;

/// Larger tables are not checked: no paper has them, damage does.
const MOST_POSITIONS: usize = 200_000;

/// What stands at a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// Nothing, or a dash: counts as nothing.
    Blank,
    /// Something that cannot be reckoned with.
    Other,
    /// A figure: index of its observation.
    Figure(usize),
}

/// A figure ready for reckoning.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure<'o> {
    /// Index of its observation.
    pub(super) index: usize,
    /// Its value.
    pub(super) value: Decimal,
    /// The smallest step in which it is written (1 for 12件, 1000 for 12千円, 0.1 for 3.5%).
    pub(super) step: Decimal,
    /// Its unit.
    pub(super) unit: &'o str,
    /// Its kind.
    pub(super) aggregation: Aggregation,
}

/// Which way a reckoning goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    /// Rows stand for totals and parts; every column is reckoned.
    Rows,
    /// Columns stand for totals and parts; every row is reckoned.
    Cols,
}

/// A table's figures.
pub(super) struct Lattice<'o> {
    observations: &'o [Observation],
    rows: usize,
    cols: usize,
    entries: Vec<Entry>,
    steps: Vec<Decimal>,
    row_labels: Vec<String>,
    col_labels: Vec<String>,
}

impl<'o> Lattice<'o> {
    /// The figures of a table; `own` are the indexes of its observations. `None` when there is nothing to reckon.
    pub(super) fn new(table: &Table, observations: &'o [Observation], own: &[usize]) -> Option<Self> {
        let (rows, cols) = (table.n_rows as usize, table.n_cols as usize);
        let size = rows.checked_mul(cols).filter(|n| (2..=MOST_POSITIONS).contains(n))?;
        if own.len() < 3 {
            return None;
        }
        let mut lattice = Self {
            observations,
            rows,
            cols,
            entries: vec![Entry::Blank; size],
            steps: vec![Decimal::ZERO; size],
            row_labels: vec![String::new(); rows],
            col_labels: vec![String::new(); cols],
        };
        lattice.mark_words(table);
        lattice.mark_figures(own);
        lattice.name(table);
        Some(lattice)
    }

    /// Every position that holds words, or that a cell from elsewhere reaches into.
    fn mark_words(&mut self, table: &Table) {
        for cell in &table.cells {
            let blank = cell.text.text.chars().all(|c| c.is_whitespace() || shiryo_ja::is_dash(c));
            let (top, left) = (cell.row as usize, cell.col as usize);
            let bottom = top.saturating_add(cell.row_span.max(1) as usize).min(self.rows);
            let right = left.saturating_add(cell.col_span.max(1) as usize).min(self.cols);
            if blank && bottom <= top + 1 && right <= left + 1 {
                continue;
            }
            for row in top..bottom {
                for slot in
                    self.entries.iter_mut().skip(row * self.cols + left).take(right.saturating_sub(left))
                {
                    *slot = Entry::Other;
                }
            }
        }
    }

    /// Positions of cells with one exact figure in them.
    fn mark_figures(&mut self, own: &[usize]) {
        let mut seen = HashSet::new();
        for &index in own {
            let Some(o) = self.observations.get(index) else { continue };
            let (Some(row), Some(col)) = (o.row, o.col) else { continue };
            if col as usize >= self.cols {
                continue;
            }
            let at = row as usize * self.cols + col as usize;
            let first = seen.insert(at);
            let Some(slot) = self.entries.get_mut(at) else { continue };
            // A share in brackets goes with the figure before it; other company makes the cell running text.
            let share = !first && o.aggregation == Aggregation::Ratio;
            let running = o.rule.starts_with("table.text.");
            *slot = match (first, o.bound) {
                (true, Bound::Exact) if !running => Entry::Figure(index),
                _ if share && matches!(slot, Entry::Figure(_)) => *slot,
                _ => Entry::Other,
            };
            if let (true, Some(step)) = (first, self.steps.get_mut(at)) {
                *step = step_of(&o.evidence, o.value);
            }
        }
    }

    /// What rows and columns are called: their words beside and above the figures.
    fn name(&mut self, table: &Table) {
        let has_figure = |lattice: &Self, row: usize| {
            (0..lattice.cols).any(|c| matches!(lattice.entry(row, c), Entry::Figure(_)))
        };
        let figures: Vec<bool> = (0..self.rows).map(|row| has_figure(self, row)).collect();
        for cell in &table.cells {
            let words = cell.text.text.trim();
            let (row, col) = (cell.row as usize, cell.col as usize);
            if words.is_empty()
                || words.chars().count() > 60
                || matches!(self.entry(row, col), Entry::Figure(_))
            {
                continue;
            }
            if figures.get(row).copied().unwrap_or(false) {
                let bottom = row.saturating_add(cell.row_span.max(1) as usize).min(self.rows);
                for label in self.row_labels.iter_mut().take(bottom).skip(row) {
                    label.push_str(words);
                    label.push(' ');
                }
            } else {
                let right = col.saturating_add(cell.col_span.max(1) as usize).min(self.cols);
                for label in self.col_labels.iter_mut().take(right).skip(col) {
                    label.push_str(words);
                    label.push(' ');
                }
            }
        }
    }

    fn entry(&self, row: usize, col: usize) -> Entry {
        self.entries.get(row * self.cols + col).copied().unwrap_or(Entry::Other)
    }

    /// How many rows or columns stand for totals and parts.
    pub(super) fn items(&self, axis: Axis) -> usize {
        if axis == Axis::Rows { self.rows } else { self.cols }
    }

    /// How many columns or rows are reckoned.
    pub(super) fn lines(&self, axis: Axis) -> usize {
        if axis == Axis::Rows { self.cols } else { self.rows }
    }

    /// What an item is called.
    pub(super) fn label(&self, axis: Axis, item: usize) -> &str {
        let labels = if axis == Axis::Rows { &self.row_labels } else { &self.col_labels };
        labels.get(item).map_or("", String::as_str)
    }

    /// What a line is called.
    pub(super) fn line_label(&self, axis: Axis, line: usize) -> &str {
        self.label(if axis == Axis::Rows { Axis::Cols } else { Axis::Rows }, line)
    }

    /// What stands where an item meets a line.
    pub(super) fn at(&self, axis: Axis, line: usize, item: usize) -> Entry {
        let (row, col) = if axis == Axis::Rows { (item, line) } else { (line, item) };
        if row >= self.rows || col >= self.cols { Entry::Other } else { self.entry(row, col) }
    }

    /// The figure where an item meets a line.
    pub(super) fn figure(&self, axis: Axis, line: usize, item: usize) -> Option<Figure<'o>> {
        let Entry::Figure(index) = self.at(axis, line, item) else { return None };
        let o = self.observations.get(index)?;
        let (row, col) = if axis == Axis::Rows { (item, line) } else { (line, item) };
        let step = self.steps.get(row * self.cols + col).copied().unwrap_or(Decimal::ONE);
        Some(Figure { index, value: o.value, step, unit: &o.unit, aggregation: o.aggregation })
    }

    /// Whether an item is marked as the total of others.
    pub(super) fn is_total(&self, axis: Axis, item: usize) -> bool {
        if self.label(axis, item).split_whitespace().last().is_some_and(crate::tables::names_total) {
            return true;
        }
        let name = if axis == Axis::Rows { "row" } else { "column" };
        (0..self.lines(axis)).any(|line| match self.at(axis, line, item) {
            Entry::Figure(i) => {
                self.observations.get(i).and_then(|o| o.dimensions.get(name)).is_some_and(|d| d == "total")
            }
            _ => false,
        })
    }
}

/// The smallest step in which a figure is written: from its digits behind the point and the scale of its unit.
pub(super) fn step_of(evidence: &str, value: Decimal) -> Decimal {
    let mut digits = String::new();
    for c in evidence.chars() {
        let c = char::from_u32(u32::from(c).wrapping_sub(0xFEE0)).filter(char::is_ascii_graphic).unwrap_or(c);
        match c {
            '0'..='9' => digits.push(c),
            '.' if !digits.is_empty() && !digits.contains('.') => digits.push(c),
            ',' => {}
            _ if digits.is_empty() => {}
            _ => break,
        }
    }
    let decimals = digits.split_once('.').map_or(0, |(_, d)| d.len().min(12)) as u32;
    let written: Option<Decimal> = digits.parse().ok().filter(|d: &Decimal| !d.is_zero());
    let scale = written.and_then(|w| value.abs().checked_div(w)).unwrap_or(Decimal::ONE);
    scale.checked_mul(Decimal::new(1, decimals)).filter(|s| !s.is_zero()).unwrap_or(Decimal::ONE)
}
