//! Months without a year: those of a run (4月, 5月, 6月 …) lie before the paper was written.

use super::when::Part;
use jiff::civil::Date;
use shiryo_model::{Granularity, Period};

/// Months that follow one another as headers or row labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// 1–12 each, in order.
    months: Vec<i8>,
}

impl Run {
    /// Two to twelve months, each right after the one before, or quarters of a fiscal year; `None`: they are no run.
    pub(super) fn of(parts: impl Iterator<Item = Part>) -> Option<Self> {
        let months: Option<Vec<Vec<i8>>> = parts
            .take(13)
            .map(|part| match part {
                Part::Month(m) | Part::MonthEnd(m) => Some(vec![m]),
                Part::Quarter(q @ 1..=4) => Some((0..3).map(|i| (q * 3 + i) % 12 + 1).collect()),
                _ => None,
            })
            .collect();
        let months = months.filter(|parts| parts.len() >= 2)?.concat();
        if months.len() > 12 {
            return None;
        }
        let follow = months.windows(2).all(|w| matches!(w, [a, b] if a % 12 + 1 == *b));
        follow.then_some(Self { months })
    }

    /// Whether a fiscal year ends within the run: then no single one holds it.
    pub(super) fn passes_years(&self) -> bool {
        self.months.windows(2).any(|w| w == [3, 4])
    }

    /// The first days of the months, the last of them the latest that a paper of that day can tell of.
    fn before(&self, written: Date) -> Option<Vec<Date>> {
        let last = *self.months.last()?;
        // The month that goes on is told of where the run need not be a whole year.
        let begun = last < written.month() || last == written.month() && self.months.len() < 12;
        let year = if begun { written.year() } else { written.year().checked_sub(1)? };
        let mut at = Date::new(year, last, 1).ok()?;
        let mut days = vec![at];
        for _ in 1..self.months.len() {
            at = at.yesterday().ok()?.first_of_month();
            days.push(at);
        }
        days.reverse();
        Some(days)
    }

    /// A month, or its last day, as the latest run before the paper tells it.
    pub(super) fn dated(&self, part: Part, written: Date) -> Option<Period> {
        let (month, ends) = match part {
            Part::Month(m) => (m, false),
            Part::MonthEnd(m) => (m, true),
            _ => return None,
        };
        let first = self.before(written)?.into_iter().find(|day| day.month() == month)?;
        let last = first.last_of_month();
        let (start, granularity) = if ends { (last, Granularity::Day) } else { (first, Granularity::Month) };
        Some(Period { start: Some(start), end: Some(last), granularity })
    }

    /// From the first month to the last: what their total counts.
    pub(super) fn whole(&self, written: Date) -> Option<Period> {
        let days = self.before(written)?;
        let (start, end) = (*days.first()?, days.last()?.last_of_month());
        Some(Period { start: Some(start), end: Some(end), granularity: Granularity::Range })
    }

    /// First and last month, for a year that is told elsewhere; none where the run is a whole year.
    pub(super) fn part(&self) -> Option<Part> {
        let (first, last) = (*self.months.first()?, *self.months.last()?);
        (self.months.len() < 12).then_some(Part::Months(first, last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn run(months: &[i8]) -> Option<Run> {
        Run::of(months.iter().map(|m| Part::Month(*m)))
    }

    #[test]
    fn the_latest_months_that_a_paper_can_know() {
        let told = |months: &[i8], month, written| {
            run(months).and_then(|r| r.dated(Part::Month(month), written)).and_then(|p| p.start)
        };
        assert_eq!(told(&[4, 5, 6], 5, date(2024, 11, 20)), Some(date(2024, 5, 1)));
        assert_eq!(told(&[10, 11, 12, 1], 11, date(2025, 2, 20)), Some(date(2024, 11, 1)));
        assert_eq!(told(&[8, 9, 10], 8, date(2025, 2, 20)), Some(date(2024, 8, 1)));
        let year: Vec<i8> = (4..=12).chain(1..=3).collect();
        assert_eq!(told(&year, 4, date(2024, 11, 20)), Some(date(2023, 4, 1)));
        let whole = run(&[11, 12, 1]).and_then(|r| r.whole(date(2024, 6, 1)));
        assert_eq!(whole.and_then(|p| p.start.zip(p.end)), Some((date(2023, 11, 1), date(2024, 1, 31))));
        let quarters = Run::of([1, 2, 3].into_iter().map(Part::Quarter));
        assert_eq!(quarters.and_then(|r| r.part()), Some(Part::Months(4, 12)));
        assert!(run(&[4, 6, 8]).is_none() && run(&[4]).is_none());
        assert!(run(&[2, 3, 4]).is_some_and(|r| r.passes_years()));
    }
}
