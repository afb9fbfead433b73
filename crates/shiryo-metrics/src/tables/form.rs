//! Forms: a head with a title and who is in charge, running text, and a grid of years below.

use super::context::TableContext;
use super::grid::Grid;
use super::months::Run;
use super::shape::{Role, Shape};
use super::when::{self, When};
use super::words;
use crate::scope::Scope;
use shiryo_ja::gazetteer::DEPARTMENT_ENDINGS;
use shiryo_model::Status;

/// What else ends the cell of a form that names who is in charge: facilities, and others left unnamed.
const MORE_ENDINGS: [&str; 4] = ["署", "館", "ほか", "他"];

/// Whether words name units of an administration, one or several (、).
pub(super) fn names_department(words: &str) -> bool {
    let parts: Vec<&str> =
        words.split(['、', ',', '・', '\n']).map(str::trim).filter(|p| !p.is_empty()).collect();
    let ends = |part: &&str| DEPARTMENT_ENDINGS.iter().chain(&MORE_ENDINGS).any(|e| part.ends_with(e));
    !parts.is_empty()
        && words.chars().count() <= 60
        && parts.iter().filter(|p| ends(p)).count() * 2 >= parts.len()
}

/// Reads the head of a form (title, unit in charge) and whether the columns are years.
pub(super) fn read_head(grid: &Grid, shape: &Shape, context: &mut TableContext, scope: &Scope) {
    for row in 0..shape.head {
        for col in 0..grid.cols {
            let Some(cell) = grid.origin(row, col).filter(|_| !grid.is_banner(row)) else { continue };
            let words = words::clean(&cell.text.text);
            if words.chars().all(|c| !c.is_alphanumeric()) || words.chars().count() > 60 {
                continue;
            }
            if names_department(&words) {
                if context.department.is_empty() {
                    context.department = words;
                }
            } else if context.title.is_empty() {
                context.title = words;
            }
        }
    }
    read_years(grid, shape, context, scope);
    read_words(grid, shape, context, scope);
}

/// Which columns are years or parts of one.
fn read_years(grid: &Grid, shape: &Shape, context: &mut TableContext, scope: &Scope) {
    let last = shape.headers.last().and_then(|rows| rows.last()).copied();
    let heads: Vec<When> = last.map_or_else(Vec::new, |row| {
        (0..grid.cols).map(|col| when::read(&shape.header_words(grid, row, col), &scope.time)).collect()
    });
    let is_value = |col: &usize| shape.role_of(*col) == Role::Value;
    let dated: Vec<usize> =
        heads.iter().enumerate().filter(|(_, w)| w.period.is_some()).map(|(col, _)| col).collect();
    context.value_columns = shape.roles.iter().filter(|r| **r == Role::Value).count();
    context.year_columns = dated.len() >= 2;
    context.year_values = dated.iter().copied().filter(is_value).count() >= 2;
    context.single_year = dated.len() == 1 && context.value_columns > 1;
    context.year_of_columns = when::fill_year(heads.iter().filter_map(|w| w.part));
    context.months_of_columns = months_of(grid, shape, scope);
    context.years_measure = years_measure(&heads);
    context.years_of_columns = when::span_from(heads.iter().filter_map(|w| w.period.as_ref()));
    let works = ["取組内容", "取組", "実施内容", "取組予定", "内容", "事業内容"];
    let only = heads.into_iter().find(|w| w.period.is_some()).filter(|_| dated.len() == 1);
    context.only_year = only.filter(|w| works.contains(&w.stem.as_str()));
}

/// What the words of the headers measure and state.
fn read_words(grid: &Grid, shape: &Shape, context: &mut TableContext, scope: &Scope) {
    let values = (0..grid.cols).filter(|c| shape.role_of(*c) == Role::Value);
    // 平成24年 under 職員数 measures what the header above it names.
    let names = |col: usize| {
        let path =
            shape.headers.last().into_iter().flatten().rev().map(|&row| words::clean(grid.text(row, col)));
        let mut named = path.filter(|w| !when::read(w, &scope.time).is_only_time() && !w.is_empty());
        named.next().unwrap_or_default()
    };
    context.headers = values.map(names).collect();
    let heads = (0..grid.cols).filter(|c| shape.role_of(*c) != Role::Label).map(|col| {
        let rows = shape.headers.last().into_iter().flatten();
        rows.map(|&row| words::clean(grid.text(row, col))).collect::<Vec<_>>().join(" ")
    });
    let heads: Vec<String> = heads.collect();
    let told: Vec<Status> = heads.iter().map(|head| words::status(head)).collect();
    context.aims_and_results = told.contains(&Status::Target) && told.contains(&Status::Actual);
    context.plans_and_results = told.contains(&Status::Plan) && told.contains(&Status::Actual);
    // 残高の見込み over 令和4年度末 | 令和5年度末見込: which ones are foreseen, the headers say.
    let of_caption = words::status(&context.caption);
    // 本格運行(案) over 実証運行 | 本格運行: it is said of the one that it names.
    let name = words::without_brackets(&context.caption);
    let named = heads.iter().filter(|head| name.chars().count() >= 3 && head.contains(name.trim())).count();
    let of_some = told.contains(&of_caption) || (1..heads.len()).contains(&named);
    context.headers_state = of_caption != Status::Unknown && of_some;
}

/// The quantity that columns of years name together with them (R5利用者数 | R6利用者数): columns beside them measure others.
fn years_measure(heads: &[When]) -> Option<String> {
    let mut dated = heads.iter().filter(|w| w.period.is_some()).map(|w| w.stem.as_str());
    let first = dated.next().filter(|stem| words::names_quantity(stem))?;
    (dated.next() == Some(first) && dated.all(|stem| stem == first)).then(|| first.to_owned())
}

/// The months that the headers are, through all header rows, where none of them tells a year.
fn months_of(grid: &Grid, shape: &Shape, scope: &Scope) -> Option<Run> {
    let mut parts = Vec::new();
    for row in (0..grid.rows).filter(|&row| shape.is_header.get(row).copied().unwrap_or(false)) {
        for col in (0..grid.cols).filter(|&col| grid.origin(row, col).is_some()) {
            let when = when::read(&shape.header_words(grid, row, col), &scope.time);
            if when.period.is_some() {
                return None;
            }
            parts.extend(when.part);
        }
    }
    Run::of(parts.into_iter())
}
