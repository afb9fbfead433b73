//! Where the columns of spaced rows stand, and which column words elsewhere belong to.

use super::words::{Extent, Word, Words};

/// Columns found from rows that have a word in each.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// From where to where the words of each column stand.
    spans: Vec<(u32, u32)>,
    /// Which of the two measures holds.
    measure: usize,
}

/// Words may stand so far beside their column.
const REACH: u32 = 4;

impl Columns {
    /// The columns of rows of `n` words, in each measure in which they stand under each other; the most even
    /// first.
    pub(super) fn of<'a>(rows: impl Iterator<Item = &'a Words> + Clone, n: usize) -> Vec<Self> {
        let mut found: Vec<(u32, Self)> = Vec::new();
        let whole = || rows.clone().filter(|r| r.words.len() == n);
        if whole().filter(|r| r.is_apart()).count() * 2 < whole().count() {
            return Vec::new();
        }
        for measure in 0..2 {
            let mut spans: Vec<(u32, u32)> = Vec::new();
            let mut least: Vec<(u32, u32)> = Vec::new();
            for row in whole() {
                for (i, w) in row.words.iter().enumerate() {
                    let (a, b) = place(&w.extent, measure);
                    match (spans.get_mut(i), least.get_mut(i)) {
                        (Some(s), Some(l)) => {
                            *s = (s.0.min(a), s.1.max(b));
                            *l = (l.0.max(a), l.1.min(b));
                        }
                        _ => {
                            spans.push((a, b));
                            least.push((a, b));
                        }
                    }
                }
            }
            let apart = spans.windows(2).all(|w| matches!(w, [a, b] if a.1 <= b.0));
            // How far the words of a column differ at the side where they differ least.
            let uneven = spans.iter().zip(&least).map(|(s, l)| (l.0 - s.0).min(s.1 - l.1)).sum();
            if apart && !spans.is_empty() {
                found.push((uneven, Self { spans, measure }));
            }
        }
        found.sort_by_key(|f| f.0);
        found.into_iter().map(|f| f.1).collect()
    }

    /// Where words stand in the measure of these columns.
    pub(super) fn place(&self, word: &Word) -> (u32, u32) {
        place(&word.extent, self.measure)
    }

    /// The first and last column that words stand over.
    pub(super) fn over(&self, word: &Word) -> Option<(usize, usize)> {
        let (a, b) = self.place(word);
        let touched = |s: &(u32, u32)| s.0 < b && a < s.1;
        if let Some(first) = self.spans.iter().position(touched) {
            return Some((first, self.spans.iter().rposition(touched)?));
        }
        let far = |s: &(u32, u32)| if s.1 <= a { a - s.1 } else { s.0.saturating_sub(b) };
        let near = self.spans.iter().enumerate().min_by_key(|(_, s)| far(s))?;
        (far(near.1) <= REACH).then_some((near.0, near.0))
    }

    /// The column that words belong to: the one they share most with.
    pub(super) fn column(&self, word: &Word) -> Option<usize> {
        let (a, b) = self.place(word);
        let (first, last) = self.over(word)?;
        (first..=last).max_by_key(|c| {
            let shared = self.spans.get(*c).map_or(0, |s| s.1.min(b).saturating_sub(s.0.max(a)));
            (shared, usize::MAX - c)
        })
    }

    /// Whether words fill their column to its right edge: what stands below may go on with them.
    pub(super) fn is_full(&self, word: &Word, column: usize) -> bool {
        self.spans.get(column).is_some_and(|s| self.place(word).1 + 2 >= s.1)
    }

    /// The columns of the words of a line, each its own and in their order.
    pub(super) fn columns(&self, line: &Words) -> Option<Vec<usize>> {
        let found: Vec<usize> = line.words.iter().map(|w| self.column(w)).collect::<Option<_>>()?;
        found.windows(2).all(|w| matches!(w, [a, b] if a < b)).then_some(found)
    }
}

fn place(extent: &Extent, measure: usize) -> (u32, u32) {
    extent.get(measure).copied().unwrap_or_default()
}
