//! Counts what the cells of a column hold.

use super::content::Content;
use super::grid::Grid;
use super::heads::is_unit_row;
use super::pairs;
use super::shape::Shape;
use shiryo_ja::TimeContext;
use shiryo_model::Bound;

/// What a column's body holds, counted.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) filled: usize,
    pub(super) numbers: usize,
    pub(super) quantities: usize,
    /// Quantities that bound a group (18歳未満).
    pub(super) bands: usize,
    pub(super) running: usize,
    pub(super) times: usize,
    pub(super) marks: usize,
    pub(super) codes: usize,
    pub(super) words: usize,
    /// Mean length of the texts, in characters.
    pub(super) length: usize,
    /// 1, 2, 3 … from the top.
    pub(super) counts_up: bool,
    /// Whole numbers one apart from row to row, up or down: ids of cases, not counts.
    pub(super) enumerates: bool,
}

impl Tally {
    pub(super) fn of(shape: &Shape, grid: &Grid, top: usize, col: usize) -> Self {
        let mut tally = Self { counts_up: true, ..Self::default() };
        let mut expected = 1u32;
        let mut characters = 0;
        let (mut steps, mut last) = (0, None);
        for row in top..grid.rows {
            if grid.is_banner(row) {
                continue;
            }
            // A label that reaches down from the row of units above.
            let above = row.checked_sub(1).filter(|_| row == top && grid.origin(row, col).is_none());
            let reached =
                above.filter(|&above| is_unit_row(grid, above) && grid.origin(above, col).is_some());
            match shape.content(reached.unwrap_or(row), col) {
                Content::Blank => continue,
                Content::Mark => tally.marks += 1,
                Content::Number(n) => {
                    tally.numbers += 1;
                    // A number that reaches over several rows counts once.
                    let again = expected > 1 && grid.origin(row, col).is_none();
                    expected -= u32::from(again);
                    tally.counts_up &= n.value == expected.into();
                    steps +=
                        usize::from(last.is_some_and(|l| n.value - l == 1.into() || l - n.value == 1.into()));
                    last = Some(n.value);
                    expected += 1;
                }
                Content::Quantity(q, _) => {
                    tally.quantities += 1;
                    tally.bands += usize::from(q.unit == "歳" && q.bound != Bound::Exact);
                }
                Content::Dated(..) => tally.quantities += 1,
                // 18回(455人).
                Content::Running
                    if pairs::figures(grid.text(row, col), &TimeContext::default()).is_some() =>
                {
                    tally.quantities += 1;
                }
                Content::Running | Content::Counted(..) => tally.running += 1,
                Content::Time => tally.times += 1,
                Content::Code => tally.codes += 1,
                Content::Words => tally.words += 1,
            }
            tally.filled += 1;
            characters += grid.text(row, col).chars().count();
        }
        // Marks beside few other things are still marks; an enumerated column may end in a total.
        tally.counts_up &= tally.numbers >= 2 && tally.numbers + 1 >= tally.filled;
        tally.enumerates =
            tally.numbers >= 6 && steps * 10 >= (tally.numbers - 1) * 8 && tally.quantities == 0;
        tally.length = characters / tally.filled.max(1);
        tally
    }
}
