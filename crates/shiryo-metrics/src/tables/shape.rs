//! Which rows are headers and what each column is for, judged from the content with layout's word as prior.

use super::column_words::{Event, heads_names, role_by_header};
use super::content::{self, Content};
use super::grid::Grid;
use super::heads::{continued_years, is_unit_row};
use super::tally::Tally;
use super::{when, words};
use shiryo_ja::TimeContext;
use std::collections::BTreeMap;

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Names the row.
    Label,
    /// Tells when the row is.
    Time,
    /// Names the unit in charge.
    Department,
    /// Holds the unit of the row's numbers.
    Unit,
    /// Numbers.
    Value,
    /// Running text with quantities in it.
    Running,
    /// Tells when what the row names is done or begins.
    Event(Event),
    /// Enumerators, ids, dates, remarks, contacts, marks: no measure.
    Ignored,
}

/// A table's shape.
pub(super) struct Shape {
    /// For each row the rows that are its column headers, outermost first; empty for header rows themselves.
    pub(super) headers: Vec<Vec<usize>>,
    /// Header rows.
    pub(super) is_header: Vec<bool>,
    /// Role of each column.
    pub(super) roles: Vec<Role>,
    /// First column of the block each column belongs to (side-by-side halves of one table).
    pub(super) block: Vec<usize>,
    /// Content of each position (origin cells only; `Blank` elsewhere), row-major.
    contents: Vec<Content>,
    /// Years written short in header rows, in full: behind 令和3年, 4 and 4年.
    years: BTreeMap<(usize, usize), String>,
    cols: usize,
    /// Rows at the top that are the head of a form.
    pub(super) head: usize,
}

impl Shape {
    /// Judges a table.
    pub(super) fn new(grid: &Grid, context: &TimeContext) -> Self {
        let mut contents = Vec::with_capacity(grid.rows * grid.cols);
        for row in 0..grid.rows {
            for col in 0..grid.cols {
                let cell = grid.origin(row, col);
                contents.push(cell.map_or(Content::Blank, |c| content::of(&c.text.text, context)));
            }
        }
        let mut shape = Self {
            headers: vec![Vec::new(); grid.rows],
            is_header: vec![false; grid.rows],
            roles: vec![Role::Ignored; grid.cols],
            block: vec![0; grid.cols],
            contents,
            years: continued_years(grid),
            cols: grid.cols,
            head: 0,
        };
        let top = shape.top_headers(grid);
        shape.block = shape.blocks(grid, top);
        shape.roles = (0..grid.cols).map(|col| shape.role(grid, top, col)).collect();
        shape.settle_labels(grid, top);
        shape.assign_headers(grid, top, context);
        shape
    }

    /// Content of a position.
    pub(super) fn content(&self, row: usize, col: usize) -> &Content {
        self.contents.get(row * self.cols + col).unwrap_or(&Content::Blank)
    }

    /// Role of a column.
    pub(super) fn role_of(&self, col: usize) -> Role {
        self.roles.get(col).copied().unwrap_or(Role::Ignored)
    }

    /// The words of a header cell, years written short in full.
    pub(super) fn header_words(&self, grid: &Grid, row: usize, col: usize) -> String {
        let origin = grid.cell(row, col).map(|c| (c.row as usize, c.col as usize));
        let year = origin.and_then(|at| self.years.get(&at)).cloned();
        year.unwrap_or_else(|| words::clean(grid.text(row, col)))
    }

    /// Whether the headers stand over the wrong columns: times over all columns, the one of names among them, as
    /// where the blank corner of a table is lost.
    pub(super) fn heads_slipped(&self, grid: &Grid, context: &TimeContext) -> bool {
        let Some(head) = self.is_header.iter().position(|h| !h) else { return false };
        let Some(row) = head.checked_sub(1) else { return false };
        let is_time = |col: usize| when::read(&self.header_words(grid, row, col), context).is_only_time();
        let filled: Vec<usize> = (0..grid.cols)
            .filter(|&c| grid.origin(row, c).is_some() && !grid.text(row, c).is_empty())
            .collect();
        let words = (head..grid.rows).filter(|&r| *self.content(r, 0) == Content::Words).count();
        filled.len() >= 3
            && filled.first() == Some(&0)
            && filled.iter().all(|&c| is_time(c))
            && words * 2 > grid.rows - head
    }

    fn is_data(&self, row: usize, col: usize) -> bool {
        if self.years.contains_key(&(row, col)) {
            return false;
        }
        match self.content(row, col) {
            Content::Number(n) => !n.yearlike,
            Content::Quantity(..) | Content::Dated(..) => true,
            _ => false,
        }
    }

    /// How many rows at the top are headers.
    fn top_headers(&self, grid: &Grid) -> usize {
        let prior = (grid.table.header_rows as usize).min(grid.rows.saturating_sub(1));
        // A table whose head is on the page before begins with a row of sentences.
        let tells = |row: &usize| {
            (0..grid.cols)
                .any(|c| *self.content(*row, c) == Content::Running && grid.text(*row, c).contains('。'))
        };
        let prior = (0..prior).find(tells).unwrap_or(prior);
        let first_data = (0..grid.rows).find(|&row| self.has_data(grid, row));
        let mut top = match first_data {
            Some(0) if prior > 0 && self.numbers_in_sequence(grid, 0) => prior,
            Some(0) => 0,
            Some(data) if prior > 0 => prior.min(data),
            Some(data) => self.guess_headers(grid, data),
            None if prior > 0 => prior,
            None => usize::from(grid.rows > 1 && self.row_is_short_words(grid, 0)),
        };
        if top == 1 && self.is_keyed(grid) {
            top = 0;
        }
        // A cell that spans columns above cells that split them: the splitting row is a header too.
        while top > 0 && top + 1 < grid.rows && self.splits_header_above(grid, top) {
            top += 1;
        }
        // A row of units under the headers belongs to them.
        top + usize::from(top > 0 && top + 1 < grid.rows && is_unit_row(grid, top))
    }

    /// Whether two columns are keys and their values, of which some are words and some are counts: no header above.
    fn is_keyed(&self, grid: &Grid) -> bool {
        if grid.cols != 2 || grid.rows < 3 {
            return false;
        }
        let head = words::clean(grid.text(0, 1));
        let titles = words::is_generic(&head) || words::names_quantity(&head) || head.chars().count() < 8;
        let is = |row: usize, wanted: fn(&Content) -> bool| wanted(self.content(row, 1));
        let counts = (1..grid.rows).any(|r| is(r, |c| matches!(c, Content::Quantity(..))));
        let other = (1..grid.rows).any(|r| is(r, |c| matches!(c, Content::Words | Content::Time)));
        !titles && counts && other
    }

    fn has_data(&self, grid: &Grid, row: usize) -> bool {
        if self.names_bands(grid, row) {
            return false;
        }
        let mut data = (0..grid.cols).filter(|&col| self.is_data(row, col));
        match data.next() {
            // A number alone in the first column is an enumerator.
            Some(0) => data.next().is_some(),
            other => other.is_some(),
        }
    }

    /// 0歳, 1・2歳, 3歳以上 over bare numbers: bands that the columns stand for.
    fn names_bands(&self, grid: &Grid, row: usize) -> bool {
        let data: Vec<usize> = (0..grid.cols).filter(|&col| self.is_data(row, col)).collect();
        let band = |col: &usize| match self.content(row, *col) {
            Content::Quantity(q, _) => matches!(q.unit.as_str(), "歳" | "年" | "か月" | "年生" | "級"),
            _ => false,
        };
        // Below it, under the rest of a header cell of several rows, stand the counts.
        let below = |col: &usize| {
            (row + 1..grid.rows.min(row + 4)).find_map(|r| match self.content(r, *col) {
                Content::Blank => None,
                Content::Quantity(q, _) => Some(!matches!(q.unit.as_str(), "歳" | "年" | "級")),
                content => Some(matches!(content, Content::Number(_))),
            })
        };
        let counted = data.iter().filter(|c| below(c) == Some(true)).count();
        let least = if row == 0 { 1 } else { 2 };
        data.iter().all(band) && counted >= least && counted * 2 >= data.len()
    }

    /// Without layout's word: rows above the first number whose cells are short words.
    fn guess_headers(&self, grid: &Grid, data: usize) -> usize {
        let top = (0..data.min(4)).take_while(|&row| self.row_is_short_words(grid, row)).count();
        // Rows of one filled cell just above the data name a group, not the columns.
        let filled = |row: usize| (0..grid.cols).filter(|&col| grid.origin(row, col).is_some()).count();
        let mut top = top;
        while top > 1 && filled(top - 1) == 1 {
            top -= 1;
        }
        top
    }

    fn row_is_short_words(&self, grid: &Grid, row: usize) -> bool {
        let banded = self.names_bands(grid, row);
        (0..grid.cols).all(|col| match self.content(row, col) {
            _ if banded || self.years.contains_key(&(row, col)) => true,
            Content::Number(n) => n.yearlike,
            Content::Quantity(..) | Content::Dated(..) | Content::Running => false,
            _ => grid.text(row, col).chars().count() <= 40,
        })
    }

    /// 4 5 6 … 12 1 2 3, or 1 2 3 …: months or grades, not values.
    fn numbers_in_sequence(&self, grid: &Grid, row: usize) -> bool {
        let values: Vec<i64> = (0..grid.cols)
            .filter_map(|col| match self.content(row, col) {
                Content::Number(n) => n.value.try_into().ok(),
                _ => None,
            })
            .collect();
        let follows = |pair: &[i64]| matches!(pair, [a, b] if *b == a + 1 || (*a == 12 && *b == 1));
        values.len() >= 3 && values.windows(2).all(follows)
    }

    fn splits_header_above(&self, grid: &Grid, row: usize) -> bool {
        if self.has_data(grid, row) || !self.row_is_short_words(grid, row) {
            return false;
        }
        (0..grid.cols).any(|col| {
            let above = grid.cell(row - 1, col);
            let wide = above.is_some_and(|c| {
                c.col_span > 1 && (c.col_span as usize) < grid.cols && c.row as usize == row - 1
            });
            let splits = |c: &shiryo_model::Cell| {
                let right = c.col.saturating_add(c.col_span) as usize;
                (c.col as usize..right.min(grid.cols))
                    .filter(|&k| grid.origin(row, k).is_some_and(|d| d.col_span == 1))
                    .count()
                    > 1
            };
            wide && above.is_some_and(splits)
        })
    }

    /// Side-by-side halves: the header row repeats itself.
    fn blocks(&self, grid: &Grid, top: usize) -> Vec<usize> {
        let whole = vec![0; grid.cols];
        let Some(row) = top.checked_sub(1) else { return whole };
        let names: Vec<String> = (0..grid.cols).map(|col| words::clean(grid.text(row, col))).collect();
        let period = (2..=grid.cols / 2).filter(|k| grid.cols.is_multiple_of(*k)).find(|&k| {
            let repeats = names.iter().enumerate().all(|(i, name)| names.get(i % k) == Some(name));
            repeats && names.first().is_some_and(|n| !n.is_empty())
        });
        let period = period.or_else(|| self.two_sided(grid, top, &names));
        // Cells that span the halves (a year over each) only repeat the measures, not the labels.
        match period {
            Some(k) if (0..grid.cols).all(|col| grid.cell(row, col).is_some_and(|c| c.col_span == 1)) => {
                (0..grid.cols).map(|col| col - col % k).collect()
            }
            _ => whole,
        }
    }

    /// Halves whose rows have names of their own: 収入科目 | 金額 | 支出科目 | 金額.
    fn two_sided(&self, grid: &Grid, top: usize, names: &[String]) -> Option<usize> {
        (2..=grid.cols / 2).filter(|k| grid.cols.is_multiple_of(*k)).find(|k| {
            let same = names.iter().enumerate().all(|(i, name)| {
                let first = names.get(i % k);
                if i % k == 0 { i == 0 || first != Some(name) } else { first == Some(name) }
            });
            let words = |col: usize| {
                let filled = (top..grid.rows).filter(|&r| *self.content(r, col) != Content::Blank).count();
                let named = (top..grid.rows).filter(|&r| *self.content(r, col) == Content::Words).count();
                named >= 2 && named * 10 >= filled * 8
            };
            let counts = |col: usize| (top..grid.rows).filter(|&r| self.is_data(r, col)).count() >= 2;
            let sides = (0..grid.cols).step_by(*k).all(|col| words(col) && counts(col + k - 1));
            same && sides && names.iter().all(|n| !n.is_empty())
        })
    }

    /// A column's role by its header and content, before its place among the others is considered.
    fn role(&self, grid: &Grid, top: usize, col: usize) -> Role {
        let header: String =
            (0..top).map(|row| words::clean(grid.text(row, col))).collect::<Vec<_>>().join(" ");
        let inner = top.checked_sub(1).map(|row| words::clean(grid.text(row, col))).unwrap_or_default();
        let body = Tally::of(self, grid, top, col);
        if let Some(role) = role_by_header(&inner, &body) {
            return role;
        }
        if body.filled == 0 {
            return Role::Ignored;
        }
        if body.marks * 2 >= body.filled || body.codes * 2 > body.filled {
            return Role::Ignored;
        }
        // (1), (2) under 項目 beside the names of the rows.
        let numbers_names = || heads_names(&inner) && self.holds_words(grid, top, col + 1);
        if body.counts_up && (header.trim().is_empty() || numbers_names()) || body.enumerates {
            return Role::Ignored;
        }
        if body.numbers * 2 >= body.filled {
            return Role::Value;
        }
        // 18歳未満, 18歳以上, 小計 beside numbers.
        if body.bands * 2 >= body.filled && body.bands == body.quantities && !header.contains("平均") {
            return Role::Label;
        }
        if (body.running + body.quantities) * 10 >= body.filled * 3 {
            return if body.quantities > body.running { Role::Value } else { Role::Running };
        }
        if body.times * 2 > body.filled {
            return Role::Time;
        }
        if body.numbers + body.quantities > 0 && body.words == 0 {
            return Role::Value;
        }
        if body.running > 0 && body.length > 25 { Role::Running } else { Role::Label }
    }

    /// Whether most cells of a column are words.
    fn holds_words(&self, grid: &Grid, top: usize, col: usize) -> bool {
        let is = |content: &Content| (top..grid.rows).filter(|&r| self.content(r, col) == content).count();
        col < grid.cols && is(&Content::Words) * 2 > (grid.rows - top.min(grid.rows)) - is(&Content::Blank)
    }

    /// Labels stand to the left of the numbers; words to their right are remarks, unless they hold quantities.
    fn settle_labels(&mut self, grid: &Grid, top: usize) {
        for start in 0..grid.cols {
            if self.block.get(start) != Some(&start) {
                continue;
            }
            let end =
                (start + 1..grid.cols).find(|c| self.block.get(*c) != Some(&start)).unwrap_or(grid.cols);
            self.settle_block(grid, top, start, end);
        }
    }

    fn settle_block(&mut self, grid: &Grid, top: usize, start: usize, end: usize) {
        let role = |shape: &Self, col: usize| shape.role_of(col);
        let has_label = (start..end).any(|c| matches!(role(self, c), Role::Label | Role::Time));
        let has_value = (start..end).any(|c| role(self, c) == Role::Value);
        let first_value = (start..end).find(|&c| role(self, c) == Role::Value).unwrap_or(end);
        let first_running = (start..end).find(|&c| role(self, c) == Role::Running);
        for col in start..end {
            let new = match role(self, col) {
                // The first column of words with numbers in them names the rows when others hold the values.
                Role::Running
                    if has_value
                        && col < first_value
                        && !(start..col).any(|c| role(self, c) == Role::Label) =>
                {
                    Role::Label
                }
                Role::Label if top > 0 && col > first_value && has_label => Role::Running,
                Role::Label if first_running.is_some_and(|r| col > r) => Role::Running,
                other => other,
            };
            if let Some(slot) = self.roles.get_mut(col) {
                *slot = new;
            }
        }
        let labelled = (start..end).any(|c| matches!(role(self, c), Role::Label | Role::Time));
        if !labelled
            && self.names_rows(grid, top, start..end)
            && let Some(slot) = self.roles.get_mut(start)
        {
            *slot = Role::Label;
        }
    }

    /// Gives each row its header rows; a row of times or names among the numbers heads the rows below it.
    fn assign_headers(&mut self, grid: &Grid, top: usize, context: &TimeContext) {
        // Rows above a banner are the head of a form (its title, who is in charge), not headers of columns.
        let head = (0..top).rev().find(|&row| grid.is_banner(row)).map_or(0, |row| row + 1);
        let mut current: Vec<usize> = (head.min(top)..top).collect();
        self.head = if current.is_empty() { 0 } else { head };
        for row in 0..grid.rows {
            let heads = row < top || (row + 1 < grid.rows && self.heads_below(grid, row, &current, context));
            if heads && row >= top {
                current = vec![row];
            }
            if let Some(slot) = self.is_header.get_mut(row) {
                *slot = heads;
            }
            if !heads && let Some(slot) = self.headers.get_mut(row) {
                slot.clone_from(&current);
            }
        }
    }

    /// A header row in the body: times in two columns and no number, a copy of the header above, or words in
    /// columns of numbers.
    fn heads_below(&self, grid: &Grid, row: usize, current: &[usize], context: &TimeContext) -> bool {
        let data = (0..grid.cols).any(|c| {
            self.is_data(row, c) || matches!(self.content(row, c), Content::Running | Content::Counted(..))
        });
        if data || grid.is_banner(row) {
            return false;
        }
        let filled: Vec<usize> = (0..grid.cols)
            .filter(|&c| grid.origin(row, c).is_some_and(|x| !x.text.text.trim().is_empty()))
            .collect();
        let repeated = current.last().is_some_and(|&h| {
            filled.len() > 1 && filled.iter().all(|&c| grid.text(h, c) == grid.text(row, c))
        });
        let is_time = |c: &usize| when::read(&words::clean(grid.text(row, *c)), context).is_only_time();
        let times =
            filled.iter().filter(|c| **c > 0 && self.role_of(**c) != Role::Time && is_time(c)).count();
        repeated
            || (times >= 2 && times + 1 >= filled.len())
            || self.names_columns(grid, row, current, &filled)
    }
}

/// Header words over row labels: a row that begins with one heads a table of its own.
const LABEL_HEADS: [&str; 12] =
    ["区分", "項目", "種別", "名称", "事業名", "施設名", "地区", "年度", "内容", "内訳", "課名", "科目"];

impl Shape {
    /// Whether the bare numbers of a column are whole and some have a sign: differences, even where the header says 前年比.
    pub(super) fn holds_differences(&self, grid: &Grid, col: usize) -> bool {
        let numbers = (0..grid.rows).filter_map(|row| match self.content(row, col) {
            Content::Number(n) => Some(n),
            _ => None,
        });
        let (mut signed, mut whole) = (false, true);
        for number in numbers {
            signed |= number.signed;
            whole &= number.value.scale() == 0;
        }
        signed && whole
    }

    /// Words where numbers stand in the row below, behind a blank, a repeated header or a word such as 区分.
    fn names_columns(&self, grid: &Grid, row: usize, current: &[usize], filled: &[usize]) -> bool {
        let first = words::clean(grid.text(row, 0));
        let heads_labels = LABEL_HEADS.contains(&first.as_str())
            || current.last().is_some_and(|&h| !first.is_empty() && words::clean(grid.text(h, 0)) == first);
        let named = |c: &&usize| {
            self.role_of(**c) == Role::Value
                && *self.content(row, **c) == Content::Words
                && self.is_data(row + 1, **c)
        };
        heads_labels && filled.iter().filter(named).count() >= 2
    }
}
