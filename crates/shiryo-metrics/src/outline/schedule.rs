//! The months of a schedule, which go on from one another (令和6年11月 公募 / 12月 契約 / 2月 稼働).

use shiryo_ja::{MentionKind, TimeContext, annotate, may_begin_with_time};
use shiryo_model::Granularity;

/// The month that the last entry of a schedule began with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// The fiscal year it lies in.
    pub(crate) fn fiscal_year(self) -> i16 {
        if self.month < 4 { self.year - 1 } else { self.year }
    }
}

/// What a line is to the schedule it stands in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// It begins with a month, whose year is told or follows from the entry before.
    Dated(Month),
    /// It begins with a year: months below are of that one.
    Year,
    /// It does not begin with a time.
    Other,
}

/// Reads the time that a line begins with; `before`: the last entry that told one.
pub(crate) fn entry(line: &str, before: Option<Month>) -> Entry {
    if !may_begin_with_time(line) {
        return Entry::Other;
    }
    let head: String = line.chars().take(24).collect();
    // Year-less months must stay so here: no reference.
    let mentions = annotate(&head, &TimeContext::default());
    let Some(first) = mentions.first().filter(|m| m.chars.start == 0) else { return Entry::Other };
    let MentionKind::Time(time) = &first.kind else { return Entry::Other };
    if matches!(time.period.granularity, Granularity::Year | Granularity::FiscalYear) {
        return Entry::Year;
    }
    if let Some(day) = time.period.start.or(time.period.end) {
        return Entry::Dated(Month { year: day.year(), month: day.month() });
    }
    // 8月の台風では: a sentence.
    if !head.chars().nth(first.chars.end).is_some_and(|c| matches!(c, ' ' | ':' | '~' | '～' | '、')) {
        return Entry::Other;
    }
    let month =
        head.split_once('月').and_then(|(n, _)| n.parse::<i8>().ok()).filter(|m| (1..=12).contains(m));
    match month.zip(before) {
        Some((month, last)) => Entry::Dated(Month { year: last.year + i16::from(month < last.month), month }),
        None => Entry::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_go_on_from_the_entry_before() {
        let dated = |year, month| Entry::Dated(Month { year, month });
        let first = entry("令和6年11月 公募の開始", None);
        assert_eq!(first, dated(2024, 11));
        assert_eq!(entry("12月 契約(3者)", Some(Month { year: 2024, month: 11 })), dated(2024, 12));
        assert_eq!(entry("2月 稼働", Some(Month { year: 2024, month: 12 })), dated(2025, 2));
        assert_eq!(Month { year: 2025, month: 2 }.fiscal_year(), 2024);
        assert_eq!(entry("12月 契約(3者)", None), Entry::Other);
        assert_eq!(entry("令和7年度 全館に拡大", Some(Month { year: 2024, month: 11 })), Entry::Year);
        assert_eq!(entry("2月の大雪では3件", Some(Month { year: 2024, month: 11 })), Entry::Other);
        assert_eq!(entry("稼働後の検証(12月)", Some(Month { year: 2024, month: 11 })), Entry::Other);
    }
}
