//! When a number of a table holds and whether it happened: the nearest words that say so.

use super::bind::Place;
use super::when::{self, When};
use super::words;
use crate::scope::{Nearness, ScopedPeriod, ScopedStatus};
use shiryo_ja::TimeContext;
use shiryo_model::{Period, Status};

impl Place<'_> {
    /// The period: header before row before caption before the surroundings; the narrower of two that nest.
    pub(super) fn period(&self) -> Option<ScopedPeriod> {
        let columns = self.column.whens.iter().rev().map(|w| (w, Nearness::Column));
        let rows = self.row.times.iter().rev().map(|w| (w, Nearness::Row));
        let caption = std::iter::once((&self.table.caption_when, Nearness::Caption));
        let whens: Vec<(&When, Nearness)> = columns.chain(rows).chain(caption).collect();
        let year = whens.iter().find_map(|(w, from)| w.period.as_ref().map(|p| (p, w.label.as_str(), *from)));
        let outer = self.scope.period.as_ref();
        let part = whens.iter().find_map(|(w, from)| w.part.map(|part| (part, w.label.as_str(), *from)));
        if let Some((part, label, from)) = part {
            let years = whens.iter().filter_map(|(w, _)| w.period.as_ref().map(|p| (p, w.label.as_str())));
            let known = years.chain(outer.map(|o| (&o.period, o.label.as_str())));
            for (base, base_label) in known {
                if let Some(period) = when::within(base, part) {
                    return Some(ScopedPeriod { period, label: format!("{base_label}{label}"), from });
                }
            }
            // No header names the year: it is the one that the title is about.
            let titled = self.scope.time.fiscal_year.and_then(when::fiscal_year);
            if let Some(period) =
                titled.and_then(|year| when::within(&year, part)).filter(|_| whens_are_parts(&whens))
            {
                return Some(ScopedPeriod { period, label: label.to_owned(), from });
            }
        }
        let (first, label, from) = match year {
            Some(found) => found,
            None => return outer.filter(|o| o.from >= Nearness::Section).cloned(),
        };
        let narrower = whens.iter().skip(1).find_map(|(w, f)| {
            w.period.as_ref().filter(|p| when::narrows(p, first)).map(|p| (p, w.label.as_str(), *f))
        });
        let (period, label, from) = narrower.unwrap_or((first, label, from));
        Some(ScopedPeriod { period: period.clone(), label: label.to_owned(), from })
    }

    /// The status: header, row, caption, surroundings, then the period against the paper's date.
    pub(super) fn status(&self, label: &str) -> Option<ScopedStatus> {
        let of = |words: &str, from| {
            let status = words::status(words);
            (status != Status::Unknown).then_some(ScopedStatus { status, from })
        };
        let column = std::iter::once(label).chain(self.column.path.iter().rev().map(String::as_str));
        let rows =
            self.row.path.iter().rev().map(|l| words::row_status(l, &when::read(l, &self.scope.time).stem));
        let rows = rows.map(|status| {
            (status != Status::Unknown).then_some(ScopedStatus { status, from: Nearness::Row })
        });
        column
            .into_iter()
            .find_map(|w| of(w, Nearness::Column))
            .or_else(|| rows.into_iter().flatten().next())
            .or_else(|| self.row.times.iter().rev().find_map(|w| of(&w.stem, Nearness::Row)))
            .or_else(|| of(&self.table.caption, Nearness::Caption))
            .or(self.scope.status.filter(|s| s.from > Nearness::Section))
            .or_else(|| self.status_by_date())
            .or_else(|| self.status_of_plan())
            .or(self.scope.status)
            .or_else(|| self.status_by_default(label))
    }

    /// 取組内容 under several years is a plan by year.
    fn status_of_plan(&self) -> Option<ScopedStatus> {
        let plan = ["取組内容", "年次計画", "計画", "実施内容", "取組", "スケジュール"];
        let planned =
            self.table.year_columns && self.row.path.last().is_some_and(|l| plan.contains(&l.as_str()));
        planned.then_some(ScopedStatus { status: Status::Plan, from: Nearness::Row })
    }

    /// What is stated without a word of plan or forecast is so: the number of things in scope, a size, a count.
    fn status_by_default(&self, label: &str) -> Option<ScopedStatus> {
        let rule_like = ["上限", "基準", "単価", "料金", "限度", "要件", "必要"];
        let stated = !label.is_empty() && !rule_like.iter().any(|w| label.contains(w));
        stated.then_some(ScopedStatus { status: Status::Actual, from: Nearness::Document })
    }

    fn status_by_date(&self) -> Option<ScopedStatus> {
        let found = self.period().filter(|p| p.from >= Nearness::Caption)?;
        by_date(&found.period, &self.scope.time)
    }
}

/// Whether no header tells a year of its own.
fn whens_are_parts(whens: &[(&When, Nearness)]) -> bool {
    whens.iter().all(|(w, _)| w.period.is_none())
}

/// A period that had ended when the paper was written is past; one that had not begun is to come.
pub(super) fn by_date(period: &Period, time: &TimeContext) -> Option<ScopedStatus> {
    // Without a date the paper's fiscal year has to do: it may have been written on any of its days.
    let own_year = time.fiscal_year.and_then(when::fiscal_year);
    let first = time.reference.or(own_year.as_ref().and_then(|y| y.start))?;
    let last = time.reference.or(own_year.as_ref().and_then(|y| y.end))?;
    let status = match (period.start, period.end) {
        (_, Some(end)) if end < first => Status::Actual,
        (Some(start), _) if start > last => Status::Plan,
        _ => return None,
    };
    Some(ScopedStatus { status, from: Nearness::Document })
}
