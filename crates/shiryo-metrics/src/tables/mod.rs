//! Observations from tables: header path × row label for numbers, [`crate::statement`] for running text in cells.
//!
//! Layout says where the cells are; what is a header, a label or a value is judged again here from the content
//! ([`shape`]), since a wrong header row binds every number below it wrongly. A cell then goes one of four
//! ways: a bare number or quantity is bound by its place ([`bind`]); a name with a count behind it names its own
//! subject; running text is read with what its row and column say as scope; marks, times, enumerators and
//! remarks give nothing.

mod ahead;
mod bind;
mod column_words;
mod content;
mod context;
mod drafts;
mod evidence;
mod form;
mod grid;
mod heads;
mod keys;
mod labels;
mod listed;
mod months;
mod notes;
mod pairs;
mod period;
mod shape;
mod sheet;
mod tally;
#[cfg(test)]
use shiryo_model::Context;
#[cfg(test)]
mod tests;
mod unit_of;
mod unit_words;
mod unnamed;
mod unstack;
mod when;
mod words;

pub(crate) use keys::names as is_sheet_name;
pub(crate) use sheet::{SheetFacts, facts as sheet_facts};

use crate::scope::{Nearness, Scope, ScopedPeriod, ScopedStatus};
use crate::{Draft, Tools, statement};
use bind::{ColumnLabel, Place};
use content::Content;
use context::TableContext;
use drafts::{bare, counted, dated, difference, listed_line, pair, share, with_unit};
use grid::Grid;
use labels::RowLabel;
use shape::{Role, Shape};
use shiryo_model::{Cell, Observation, Period, Status, Table};
use std::collections::BTreeMap;

/// Every stated quantity of a table, in row-major order. `scope` is what headings and the passage above say.
pub fn read(table: &Table, scope: &Scope, tools: &Tools) -> Vec<Observation> {
    let Some(parted) = unstack::unstacked(table, &scope.time) else { return read_whole(table, scope, tools) };
    let mut out = read_whole(&parted.table, scope, tools);
    for o in &mut out {
        o.row = o.row.and_then(|row| parted.rows.get(row as usize).copied());
    }
    out
}

fn read_whole(table: &Table, scope: &Scope, tools: &Tools) -> Vec<Observation> {
    let parts = sheet::parts(table);
    if parts.is_empty() {
        return read_part(table, scope, tools);
    }
    let mut scope = scope.clone();
    let mut out = Vec::new();
    for (part, first_row) in &parts {
        let moved = read_part(part, &scope, tools).into_iter().map(|mut o| {
            o.row = o.row.map(|row| row.saturating_add(*first_row));
            o
        });
        out.extend(moved);
        // What the keys of a sheet say holds for its tables.
        if let Some(facts) = sheet::facts(part, &scope) {
            facts.tell(&mut scope);
        }
    }
    out
}

/// Reads a table that is one: a sheet of keys and values, or headers over numbers.
fn read_part(table: &Table, scope: &Scope, tools: &Tools) -> Vec<Observation> {
    let Some(grid) = Grid::new(table) else { return Vec::new() };
    let shape = Shape::new(&grid, &scope.time);
    if shape.heads_slipped(&grid, &scope.time) {
        return Vec::new();
    }
    let mut context = context::table_context(table, scope);
    form::read_head(&grid, &shape, &mut context, scope);
    let starts: Vec<usize> = (0..grid.cols).filter(|c| shape.block.get(*c) == Some(c)).collect();
    let mut rows: BTreeMap<usize, Vec<RowLabel>> =
        starts.iter().map(|&start| (start, labels::of_block(&grid, &shape, start, &scope.time))).collect();
    rows.values_mut().for_each(|labels| labels::leave_nameless(labels, &shape.is_header));
    let parts_of = |labels: &[RowLabel]| {
        when::fill_year(labels.iter().filter_map(|l| l.times.last().and_then(|w| w.part)))
    };
    context.row_unit = labels::shared_unit(rows.values().flatten());
    context.year_of_rows = rows.values().any(|labels| parts_of(labels));
    let run_of = |labels: &Vec<RowLabel>| {
        let parts = labels.iter().filter_map(|l| l.times.iter().rev().find_map(|w| w.part));
        months::Run::of(parts).filter(|_| labels.iter().all(|l| l.times.iter().all(|w| w.period.is_none())))
    };
    let years = |labels: &Vec<RowLabel>| {
        let told = labels.iter().filter(|l| !l.total).flat_map(|l| l.times.iter().rev().take(1));
        when::span_from(told.filter_map(|w| w.period.as_ref()))
    };
    context.years_of_rows = rows.values().find_map(years);
    context.counted = counted_unit(&grid, &shape, &rows, scope);
    context.months_of_rows = rows.values().find_map(run_of);
    let mut events = rows.values().flatten().filter_map(|l| l.event.as_ref()).peekable();
    context.all_to_begin = events.peek().is_some() && events.all(|e| evidence::is_to_begin(e, scope));
    let reader = Reader { grid: &grid, shape: &shape, table: &context, tools };
    let mut columns: BTreeMap<(usize, usize, usize), ColumnLabel> = BTreeMap::new();
    let (mut out, keyed) = reader.sheet(scope);
    for row in keyed..grid.rows {
        if shape.is_header.get(row).copied().unwrap_or(false) && !grid.is_banner(row) {
            continue;
        }
        let headers = shape.headers.get(row).map(Vec::as_slice).unwrap_or_default();
        for col in 0..grid.cols {
            let Some(cell) = grid.origin(row, col) else { continue };
            let span = (cell.col_span.max(1) as usize).min(grid.cols - col);
            let key = (headers.last().map_or(0, |h| h + 1), col, span);
            let column =
                columns.entry(key).or_insert_with(|| column_label(&grid, &shape, headers, col, span, scope));
            let start = shape.block.get(col).copied().unwrap_or(0);
            let Some(label) = rows.get(&start).and_then(|l| l.get(row)) else { continue };
            let place = Place::new(column, label, &context, scope, tools);
            out.extend(reader.cell(cell, row, col, &place));
        }
    }
    out
}

/// The unit of a table's grand total, or of the sum of a row, where a passage above counts as many (全32項目 … 計 | 32).
fn counted_unit(
    grid: &Grid,
    shape: &Shape,
    rows: &BTreeMap<usize, Vec<RowLabel>>,
    scope: &Scope,
) -> Option<String> {
    if scope.counted.is_empty() {
        return None;
    }
    let last = (0..grid.cols).rev().find(|&c| shape.role_of(c) == Role::Value)?;
    let totals = rows.values().flat_map(|labels| labels.iter().enumerate().filter(|(_, l)| l.total));
    let of_rows = totals.flat_map(|(row, _)| (0..=last).map(move |col| (row, col)));
    // 外部評価 | 3 | 5 | 4 | 計 12: each row adds up to as many.
    let sums = |headers: &Vec<usize>| {
        headers.last().is_some_and(|&row| words::is_total(&words::clean(grid.text(row, last))))
    };
    let bodies = shape.headers.iter().enumerate().filter(|(row, h)| !h.contains(row) && sums(h));
    let of_columns = bodies.map(|(row, _)| (row, last));
    let told = of_rows.chain(of_columns).filter_map(|(row, col)| match shape.content(row, col) {
        Content::Number(n) if n.value >= LEAST_TOTAL => Some(n.value),
        _ => None,
    });
    let counted = |value| scope.counted.iter().find(|(count, _)| *count == value);
    told.into_iter().find_map(counted).map(|(_, unit)| unit.clone())
}

/// Smaller totals may equal a count of something else.
const LEAST_TOTAL: rust_decimal::Decimal = rust_decimal::Decimal::TEN;

/// The unit that the words of a label imply (参加者数 → 人).
pub(crate) fn implied_unit(label: &str) -> Option<&'static str> {
    unit_words::implied(label)
}

/// Whether a line is nothing but the unit note of a table: (単位:%、千円).
pub(crate) fn is_unit_note(line: &str) -> bool {
    line.chars().count() <= 40 && unit_words::is_unit_note(line)
}

/// Whether words hold the unit note of a table, among others: (各年4月1日現在、単位:人).
pub(crate) fn holds_unit_note(line: &str) -> bool {
    line.chars().count() <= 60 && line.contains("単位") && !unit_words::unit_note(line).is_empty()
}

/// A label without the unit in brackets behind it.
pub(crate) fn without_unit(label: &str) -> &str {
    unit_words::without_unit(label)
}

/// The time of a line that tells nothing else, above a table: 2024年度(令和7年1月31日現在) holds for that day.
pub(crate) fn dated_line(line: &str, scope: &Scope) -> Option<ScopedPeriod> {
    when::dated_line(line, &scope.time).map(|when| ScopedPeriod {
        period: when.0,
        label: when.1,
        from: Nearness::Section,
    })
}

/// How many columns to its left a comparison may reach over.
const COMPARED_COLUMNS: usize = 4;

/// What the headers over a cell say; a comparison (達成率) holds for the time of what it compares: the nearest
/// results to its left, or else the nearest column that tells a time. Another round (前回) measures what the column
/// to its left does.
fn column_label(
    grid: &Grid,
    shape: &Shape,
    headers: &[usize],
    col: usize,
    span: usize,
    scope: &Scope,
) -> ColumnLabel {
    let mut column = ColumnLabel::new(header_path(grid, shape, headers, col, span), scope);
    let values = || (0..col).rev().filter(|c| shape.role_of(*c) == Role::Value);
    if column.whens.last().is_some_and(|w| words::is_round(&w.stem)) {
        let measure = values().find_map(|c| {
            let left = ColumnLabel::new(header_path(grid, shape, headers, c, 1), scope);
            left.name().map(|(_, words)| words.to_owned())
        });
        if let Some(measure) = measure {
            let mut path = header_path(grid, shape, headers, col, span);
            path.insert(path.len().saturating_sub(1), measure);
            column = ColumnLabel::new(path, scope);
        }
    }
    if let Some(years) = column.path.last().and_then(|words| content::years_summed(words)) {
        let summed: Vec<ColumnLabel> = values()
            .take(years)
            .map(|c| ColumnLabel::new(header_path(grid, shape, headers, c, 1), scope))
            .collect();
        column.compared =
            when::span_of(summed.iter().map(|c| c.whens.iter().rev().find_map(|w| w.period.clone())));
    }
    let differs = !column.is_dated() && column.path.last().is_some_and(|l| words::is_difference(l));
    if differs || column.compares() {
        let left: Vec<ColumnLabel> = values()
            .take(COMPARED_COLUMNS)
            .map(|c| ColumnLabel::new(header_path(grid, shape, headers, c, 1), scope))
            .filter(ColumnLabel::is_dated)
            .collect();
        let when = |c: &ColumnLabel| c.whens.iter().rev().find(|w| w.period.is_some()).cloned();
        let happened = |c: &&ColumnLabel| words::status(&c.path.join(" ")) == Status::Actual;
        // The later of the two years beside it, in whatever order they stand.
        let starts = |w: &when::When| w.period.as_ref().and_then(|p| p.start);
        column.compared = if differs && left.len() < 2 {
            None
        } else if differs || column.path.last().is_some_and(|l| words::compares_years(l)) {
            left.iter().take(2).filter_map(when).max_by_key(starts)
        } else {
            left.iter().find(happened).or(left.first()).and_then(when)
        };
    } else if let Some(share) = column.path.last().filter(|l| words::is_share(l) && !column.is_dated()) {
        // 人口に対する交付枚数率 behind 交付枚数(3月末時点): of the day of what it is the share of.
        column.compared = values()
            .take(COMPARED_COLUMNS)
            .map(|c| ColumnLabel::new(header_path(grid, shape, headers, c, 1), scope))
            .filter_map(|c| c.whens.into_iter().rev().find(|w| w.period.is_some()))
            .find(|w| w.stem.chars().count() >= 3 && share.contains(w.stem.as_str()));
    } else if column.path.last().is_some_and(|l| words::is_composition(l)) && !column.is_dated() {
        // 構成比 right behind 本年度予算額: the shares that it has.
        let beside = values().next().filter(|c| c + 1 == col);
        let left = beside.map(|c| ColumnLabel::new(header_path(grid, shape, headers, c, 1), scope));
        column.compared = left.and_then(|l| l.whens.into_iter().rev().find(|w| w.period.is_some()));
    }
    column
}

/// Words of the header cells over a cell, outermost first; only those over all of its `span` columns.
fn header_path(grid: &Grid, shape: &Shape, headers: &[usize], col: usize, span: usize) -> Vec<String> {
    let mut path: Vec<String> = Vec::new();
    for &row in headers {
        let words = shape.header_words(grid, row, col);
        let shared = (col + 1..col + span).all(|c| grid.text(row, c) == grid.text(row, col));
        let unit = heads::is_unit_row(grid, row) && unit_words::unit_word(&words).is_some();
        if let Some(name) = path.last_mut().filter(|_| unit && shared) {
            // A row of units below the names: as if it stood behind them.
            *name = format!("{name}({words})");
        } else if shared && !words.is_empty() && path.last() != Some(&words) {
            path.push(words);
        }
    }
    path
}

/// 登録者数の推移(各年5月1日現在): the day of a year that figures under it hold for, and the words without it; `None`
/// where no day of each year is told.
pub(crate) fn day_of_each_year(words: &str) -> Option<(impl Fn(&Period) -> Option<Period>, String)> {
    let (each, rest) = when::each_year_apart(words)?;
    Some((move |year: &Period| each.in_year(year), rest))
}

/// Whether a label names the total of its neighbours, with or without a unit (計(件)).
pub(crate) fn names_total(label: &str) -> bool {
    words::is_total(unit_words::without_unit(label))
}

/// What reading a cell needs.
struct Reader<'a> {
    grid: &'a Grid<'a>,
    shape: &'a Shape,
    table: &'a TableContext,
    tools: &'a Tools,
}

impl Reader<'_> {
    /// The observations of one cell.
    fn cell(&self, cell: &Cell, row: usize, col: usize, place: &Place) -> Vec<Observation> {
        let role = self.shape.role_of(col);
        let banner = cell.col_span as usize >= self.grid.cols && self.grid.cols > 1;
        // A list of names may end in a count of them (計 | 3か所完了).
        let counts_names = place.row.total
            && match self.shape.content(row, col) {
                Content::Quantity(..) => matches!(role, Role::Label | Role::Time),
                Content::Running => role == Role::Time,
                _ => false,
            };
        // 内容 that names the rows may tell figures of its own (2か所を開設 | 定員80人).
        let tells = role == Role::Label
            && place.column.path.last().is_some_and(|l| words::heads_running(l))
            && matches!(self.shape.content(row, col), Content::Running | Content::Counted(..));
        if tells {
            let row_label = RowLabel { path: Vec::new(), ..place.row.clone() };
            return self.value(cell, (row, col), true, &place.of_row(&row_label));
        }
        if !banner && !counts_names && !matches!(role, Role::Value | Role::Running) {
            return Vec::new();
        }
        let running = role == Role::Running;
        self.value(cell, (row, col), running, place)
    }

    /// The observations of a cell that holds a value; in `running` columns years are words, and names with a
    /// count behind them their own subjects.
    fn value(
        &self,
        cell: &Cell,
        (row, col): (usize, usize),
        running: bool,
        place: &Place,
    ) -> Vec<Observation> {
        let paired = || {
            let headers = pairs::headers(place.column, place.scope)?;
            Some(pair(&headers, &pairs::figures(&cell.text.text, &place.scope.time)?, place))
        };
        let drafts = match self.shape.content(row, col) {
            Content::Number(_) | Content::Running
                if !place.row.nameless
                    && let Some(drafts) = paired() =>
            {
                drafts
            }
            Content::Number(_) | Content::Quantity(..)
                if place.row.nameless && !place.column.tells_time() =>
            {
                Vec::new()
            }
            // ▲61 under 前年比: a difference, of whatever the columns beside it count.
            Content::Number(number)
                if place.column.path.last().is_some_and(|l| words::is_year_ratio(l))
                    && self.shape.holds_differences(self.grid, col) =>
            {
                difference(number, place).into_iter().collect()
            }
            Content::Number(number) if !(number.yearlike && running) => {
                let mut drafts: Vec<Draft> = bare(number, place).into_iter().collect();
                // 1,056(見込).
                let own = words::status(&cell.text.text);
                if own != Status::Unknown {
                    let told = ScopedStatus { status: own, from: Nearness::Clause };
                    drafts.iter_mut().for_each(|d| d.status = Some(told));
                }
                drafts.extend(number.share.as_ref().and_then(|(value, chars)| share(*value, chars, place)));
                drafts
            }
            // Open at all hours: how a service runs, not how much of it.
            Content::Quantity(..) if matches!(cell.text.text.trim(), "24時間" | "24時間対応" | "365日") => {
                Vec::new()
            }
            Content::Quantity(quantity, chars) => {
                let mut draft = with_unit(quantity, chars, place);
                let own = words::status(&cell.text.text);
                if let Some(draft) = draft.as_mut().filter(|_| own != Status::Unknown) {
                    draft.status = Some(ScopedStatus { status: own, from: Nearness::Clause });
                }
                draft.into_iter().collect()
            }
            Content::Dated(quantity, chars, time) => {
                dated(quantity, chars, time, place).into_iter().collect()
            }
            Content::Counted(name, quantity, chars) if running && self.names_sites(row, col) => {
                counted(cell, *name, quantity, chars, place).into_iter().collect()
            }
            Content::Running | Content::Counted(..) | Content::Words => {
                match listed::lines(&cell.text, &place.scope.time) {
                    Some(lines) => lines.iter().filter_map(|line| listed_line(line, place)).collect(),
                    None if *self.shape.content(row, col) == Content::Words => Vec::new(),
                    None => self.running(cell, place),
                }
            }
            _ => Vec::new(),
        };
        let at = |mut o: Observation| {
            // Where the unit alone names the quantity, what the table is about says more of it than the row.
            if o.rule.starts_with("table.counted.") || o.rule.starts_with("table.unit.") {
                let label = format!("{} {}", place.about(), o.measure_label);
                let measure = self.tools.catalog.match_measure(&label, &o.subject, &o.unit);
                o.measure = measure.map_or(std::mem::take(&mut o.measure), |m| m.id.clone());
            }
            o.table_id.clone_from(&self.grid.table.id);
            o.row = u32::try_from(row).ok();
            o.col = u32::try_from(col).ok();
            o
        };
        drafts.into_iter().map(|d| at(d.into_observation(&cell.text, self.tools))).collect()
    }

    /// Whether the cells of a column name their own subjects: no label stands to its left.
    fn names_sites(&self, row: usize, col: usize) -> bool {
        let start = self.shape.block.get(col).copied().unwrap_or(0);
        !(start..col).any(|c| self.shape.role_of(c) == Role::Label && !self.grid.text(row, c).is_empty())
    }

    /// Running text in a cell.
    fn running(&self, cell: &Cell, place: &Place) -> Vec<Draft> {
        let scope = place.scope_for_text();
        let named = scope.topic().to_owned();
        let mut drafts = statement::read(&cell.text, 0..cell.text.text.chars().count(), &scope, self.tools);
        for draft in &mut drafts {
            draft.confidence *= self.table.structure.clamp(0.3, 1.0);
            draft.rule = format!("table.text.{}", draft.rule);
            // What the text tells of is a part of what its row is about; not of what the paper is.
            if !place.row.path.is_empty()
                && !words::closed_up(&place.scope.title).contains(&words::closed_up(&named))
                && !draft.subject.contains(&named)
                && !named.contains(&draft.subject)
            {
                draft.subject = format!("{named} / {}", draft.subject);
            }
            // Where nothing names the row, the quantity that the text speaks of says more than the heading.
            if place.row.path.iter().all(|label| words::is_generic(label))
                && draft.subject == named
                && draft.rule.contains(".topic.")
                && words::names_quantity(&draft.measure_label)
                && !named.contains(&draft.measure_label)
            {
                draft.subject = format!("{named} / {}", draft.measure_label);
            }
            // What the title alone dates: a guess, as for bare numbers.
            let guessed = |s: ScopedStatus| s.status == Status::Actual || s.from == Nearness::Document;
            if draft.period.is_none() && draft.status.is_none_or(guessed) {
                draft.period = place.period().filter(|p| p.from == Nearness::Document);
                draft.confidence *= if draft.period.is_some() { 0.9 } else { 1.0 };
            }
            settle_status(draft, place);
            keep_stated(draft, place);
        }
        drafts
    }
}

/// What a cell lists under a header of plans or aims is one, of the time that the header tells (令和4年度計画 |
/// ・寄附額 2億円), unless its own words say otherwise.
fn keep_stated(draft: &mut Draft, place: &Place) {
    let told = place.stated().filter(|s| s.from == Nearness::Column);
    let Some(told) = told.filter(|s| !matches!(s.status, Status::Actual | Status::Unknown)) else { return };
    let own = |from: Nearness| from == Nearness::Clause;
    if draft.status.is_some_and(|s| own(s.from)) || draft.period.as_ref().is_some_and(|p| own(p.from)) {
        return;
    }
    draft.status = Some(told);
    let column = || place.period().filter(|p| p.from == Nearness::Column);
    draft.period = draft.period.take().or_else(column);
}

/// A number in a cell's text whose own period is past happened, whatever the section or header is about
/// (目標 | R6年度70%(R5年度末68.5%)).
fn settle_status(draft: &mut Draft, place: &Place) {
    let said = draft.status.map_or(Nearness::Document, |s| s.from);
    // 年度別計画 beside 令和5年度: what a header or label states holds for past years as well.
    let nearer = |p: &&ScopedPeriod| p.from > said && said < Nearness::Caption || p.from == Nearness::Clause;
    let own = draft.period.as_ref().filter(|p| p.from >= Nearness::Caption).filter(nearer);
    let dated = own.and_then(|p| evidence::by_date(&p.period, place.scope));
    let overruled = dated.filter(|d| said < Nearness::Caption || d.status == Status::Actual);
    if said < Nearness::Clause && overruled.is_some() {
        draft.status = overruled;
    }
    // 17業務を移行 beside 令和8年1月: what has not begun has not happened, whatever the clause sounds like.
    let labelled = draft.period.as_ref().filter(|p| (Nearness::Caption..Nearness::Clause).contains(&p.from));
    let ahead = labelled.and_then(|p| evidence::by_date(&p.period, place.scope));
    if draft.status.is_some_and(|s| s.status == Status::Actual)
        && ahead.is_some_and(|a| a.status == Status::Plan)
    {
        draft.status = ahead;
    }
    // What stands in a column of targets is one, whatever verb it is told with.
    let aim = || place.status("").filter(|c| c.from == Nearness::Column && c.status == Status::Target);
    if draft.status.is_some_and(|s| s.status == Status::Plan) {
        draft.status = aim().or(draft.status);
    }
    if draft.status.is_none() {
        draft.status = place.status(&draft.measure_label);
    }
}
