//! Rows that no column of labels names: by numbers, days of the week or grades in the first column.

use super::content::Content;
use super::grid::Grid;
use super::shape::{Role, Shape};
use super::{unit_words, when, words};
use rust_decimal::Decimal;
use shiryo_ja::TimeContext;
use shiryo_model::{Bound, Status};
use std::ops::Range;

/// Grades that name rows are no longer than this.
const LONGEST_GRADE: usize = 16;

impl Shape {
    /// Where no column names the rows: whether the first does all the same, though it holds numbers or words that
    /// seem to tell nothing.
    pub(super) fn names_rows(&self, grid: &Grid, top: usize, columns: Range<usize>) -> bool {
        let start = columns.start;
        // 予算額 over a number is no name.
        let header = top.checked_sub(1).map(|row| words::clean(grid.text(row, start))).unwrap_or_default();
        let measures = words::names_quantity(&header) || unit_words::is_money(&header);
        let timed = when::read(&header, &TimeContext::default());
        let measures = measures || timed.part.is_some() || timed.period.is_some();
        let beside = columns.len() > 1;
        // Numbers do when layout says so.
        let numbered = grid.table.label_cols > 0 && self.role_of(start) == Role::Value && beside && !measures;
        // 24.8% under 大いに向上した is no name.
        let shares = |r: &usize| matches!(self.content(*r, start), Content::Quantity(q, _) if q.unit == "%");
        let numbered = numbered && !(top..grid.rows).any(|r| shares(&r));
        // 曜日, 時間帯 and the like name the rows where nothing else does.
        let words_alone = self.role_of(start) == Role::Ignored
            && (top..grid.rows)
                .filter(|&r| matches!(self.content(r, start), Content::Words | Content::Time))
                .count()
                >= 2
            && !header.is_empty();
        numbered || words_alone || beside && self.names_grades(grid, top, start, &header)
    }

    /// 週5回以上, 週1～2回, 月1回; 10分未満, 10分以上; 5点, 4点, 3点: grades in their order, which name the rows where
    /// nothing else does.
    fn names_grades(&self, grid: &Grid, top: usize, col: usize, header: &str) -> bool {
        let told = || (top..grid.rows).map(|row| self.content(row, col));
        // 1万円以上5万円未満.
        let short = |row: &usize| grid.text(*row, col).chars().count() <= LONGEST_GRADE;
        let mixed = told().any(|c| {
            !matches!(c, Content::Quantity(..) | Content::Words | Content::Blank | Content::Running)
        }) || !(top..grid.rows).all(|row| short(&row));
        let grades: Vec<_> = told()
            .filter_map(|c| match c {
                Content::Quantity(q, _) if q.unit != "%" => Some(q),
                _ => None,
            })
            .collect();
        let open = |bound| !matches!(bound, Bound::Exact | Bound::Approx);
        let bounded = grades.iter().any(|q| open(q.bound) || !q.per.is_empty());
        let steps = || grades.windows(2).filter_map(|p| p.last()?.value.checked_sub(p.first()?.value));
        let one_apart = steps().all(|step| step.abs() == Decimal::ONE) && grades.len() >= 3;
        let ordered = steps().all(|s| s >= Decimal::ZERO) || steps().all(|s| s <= Decimal::ZERO);
        let more = told().filter(|c| **c != Content::Blank).count() >= 2;
        let aim = words::status(header) != Status::Unknown;
        !mixed && more && !grades.is_empty() && ordered && (bounded || one_apart) && !aim
    }
}
