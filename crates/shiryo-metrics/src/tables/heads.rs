//! Rows of units under the headers, and years that header rows write short.

use super::grid::Grid;
use super::{unit_words, when, words};
use std::collections::BTreeMap;

/// Whether a row gives the units of its columns (人 | 千円 | %), beside a row label at most.
pub(super) fn is_unit_row(grid: &Grid, row: usize) -> bool {
    let is_unit = |c: &usize| unit_words::unit_word(grid.text(row, *c)).is_some();
    let filled: Vec<usize> =
        (0..grid.cols).filter(|&c| grid.origin(row, c).is_some() && !grid.text(row, c).is_empty()).collect();
    let units = filled.iter().filter(|c| is_unit(c)).count();
    units >= 2 && filled.iter().all(|c| is_unit(c) || *c == 0)
}

/// Rows read for years written short.
const YEAR_ROWS: usize = 4;

/// Years written short behind one that is written in full, in the rows at the top.
pub(super) fn continued_years(grid: &Grid) -> BTreeMap<(usize, usize), String> {
    let mut years = BTreeMap::new();
    for row in 0..grid.rows.min(YEAR_ROWS) {
        let mut before: Option<String> = None;
        let mut found = Vec::new();
        for col in 0..grid.cols {
            if grid.origin(row, col).is_none() {
                continue;
            }
            let words = words::clean(grid.text(row, col));
            if when::begins_years(&words) || when::begins_months(&words) {
                before = Some(words);
            } else if let Some(time) = before
                .as_deref()
                .and_then(|b| when::continued(b, &words).or_else(|| when::month_continued(b, &words)))
            {
                found.push(((row, col), time.clone()));
                before = Some(time);
            } else if !words.is_empty() {
                before = None;
            }
        }
        years.extend(found);
    }
    years
}
