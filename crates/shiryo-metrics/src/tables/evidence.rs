//! Whether a number of a table happened: the nearest words that say so, or the calendar.

use super::bind::Place;
use super::column_words::Event;
use super::when::{self, When};
use super::{unit_words, words};
use crate::scope::{Nearness, Scope, ScopedStatus};
use crate::versions;
use shiryo_model::{Granularity, Period, Status};

impl Place<'_> {
    /// The status: header, row, caption, surroundings, then the period against the paper's date.
    pub(super) fn status(&self, label: &str) -> Option<ScopedStatus> {
        if self.is_criterion(label) {
            return None;
        }
        let found = self.status_by_nearness(label)?;
        // 収納状況(決算見込み) over 令和4年度 | 令和5年度: only the last accounts are still expected.
        let reckoned = self.table.caption.contains("推計");
        if found.status == Status::Forecast
            && found.from <= Nearness::Caption
            && !reckoned
            && self.is_long_over()
        {
            return Some(ScopedStatus { status: Status::Actual, from: Nearness::Document });
        }
        if found.status != Status::Actual || found.from > Nearness::Caption {
            return Some(found);
        }
        // 見直し後 over years to come: what has not begun has not happened.
        if let Some(planned) = self.status_by_date().filter(|s| s.status == Status::Plan) {
            return Some(planned);
        }
        let period = self.period().filter(|p| p.from >= Nearness::Caption);
        match period.and_then(|p| self.status_to_come(&p.period)) {
            Some(Status::Unknown) => None,
            Some(status) => Some(ScopedStatus { status, from: Nearness::Document }),
            None => Some(found),
        }
    }

    fn status_by_nearness(&self, label: &str) -> Option<ScopedStatus> {
        self.status_of_labels(label)
            .or(self.scope.status.filter(|s| s.from > Nearness::Section))
            .or_else(|| self.status_by_date())
            .or_else(|| self.status_of_plan())
            .or_else(|| self.status_of_version())
            .or(self.scope.status.filter(|_| !self.table.aims_and_results))
            .or_else(|| self.status_of_years())
            .or_else(|| self.status_by_default(label))
    }

    /// Whether a year that a label tells ended more than a year before the paper.
    fn is_long_over(&self) -> bool {
        let end = self.period().filter(|p| p.from >= Nearness::Row).and_then(|p| p.period.end);
        let year_later = end.and_then(|end| end.checked_add(jiff::Span::new().years(1)).ok());
        year_later.zip(written_by(self.scope)).is_some_and(|(end, written)| end < written)
    }

    /// Whether a figure is one that others are held against (早期健全化基準): it neither happened nor is it planned.
    fn is_criterion(&self, label: &str) -> bool {
        let labels = self.row.path.iter().chain(&self.column.path).map(String::as_str).chain([label]);
        labels.into_iter().any(|l| {
            let plain = l.split('(').next().unwrap_or(l);
            plain.ends_with("基準") && !words::is_baseline(plain)
        })
    }

    /// The status as far as it does not rest on the period.
    pub(super) fn status_without_period(&self) -> Option<ScopedStatus> {
        self.stated().or_else(|| self.status_of_plan()).or(self.scope.status)
    }

    /// The status that header, row or caption state.
    pub(super) fn stated_status(&self) -> Option<Status> {
        self.stated().map(|s| s.status)
    }

    /// The same with where it is stated: asked for more than once for every number.
    pub(super) fn stated(&self) -> Option<ScopedStatus> {
        *self.states.get_or_init(|| self.status_of_labels(""))
    }

    fn status_of_labels(&self, label: &str) -> Option<ScopedStatus> {
        let of = |words: &str, from| {
            let status = words::status(words);
            (status != Status::Unknown).then_some(ScopedStatus { status, from })
        };
        let innermost = self.column.whens.last().map_or("", |w| w.stem.as_str());
        if let Some(status) = self.status_of_notes(innermost) {
            return Some(ScopedStatus { status, from: Nearness::Column });
        }
        // 今回 | 前回: rounds of a survey, whatever it asks of the future.
        if words::is_round(innermost) && !self.table.aims_and_results {
            return Some(ScopedStatus { status: Status::Actual, from: Nearness::Column });
        }
        // 達成率 is found out afterwards; 基準値 is what targets are set against, whatever the caption is about.
        if words::is_comparison(innermost) || words::is_comparison(label) || words::is_baseline(innermost) {
            return Some(ScopedStatus { status: Status::Actual, from: Nearness::Column });
        }
        let heads = self.column.path.iter().rev().map(String::as_str);
        // 最終目標(令和8年度) over 計画 and 実績 in the column of 区分: an aim, whichever row it stands beside.
        let aim = heads.clone().next().and_then(|head| of(head, Nearness::Column));
        if words::status(label) == Status::Plan && aim.is_some_and(|a| a.status == Status::Target) {
            return aim;
        }
        let column = std::iter::once(label).chain(heads);
        // 当初 is a budget as first passed; of counts it says which version of an aim they stand beside.
        let told = self.row.path.iter().zip(self.row_statuses()).rev();
        let told = told.filter(|(l, _)| l.as_str() != "当初" || unit_words::is_money(label));
        let rows = told.map(|(_, &status)| {
            (status != Status::Unknown).then_some(ScopedStatus { status, from: Nearness::Row })
        });
        column
            .into_iter()
            .find_map(|w| of(w, Nearness::Column))
            .or_else(|| rows.into_iter().flatten().next())
            .or_else(|| self.row.times.iter().rev().find_map(|w| of(&w.stem, Nearness::Row)))
            .or_else(|| self.status_of_event())
            .or_else(|| {
                // 構成比 of 予算額.
                let composed = self.column.path.last().is_some_and(|l| words::is_composition(l));
                of(&self.column.compared.as_ref().filter(|_| composed)?.stem, Nearness::Column)
            })
            .or_else(|| {
                of(&self.table.caption, Nearness::Caption).filter(|_| {
                    !self.table.aims_and_results && (!self.table.headers_state || self.caption_names())
                })
            })
    }

    /// What the table's notes say: nearer than what the caption is about. `innermost`: the words of the innermost
    /// header.
    fn status_of_notes(&self, innermost: &str) -> Option<Status> {
        let mut years = self
            .column
            .whens
            .iter()
            .rev()
            .chain(&self.row.times)
            .filter_map(|w| w.period.as_ref())
            .peekable();
        // ※令和5年度までは実績.
        let year = years.peek().and_then(|year| year.end);
        if self.table.actual_until.is_some_and(|until| year.is_some_and(|end| end <= until)) {
            return Some(Status::Actual);
        }
        // ※令和6年度は見込み; ※移行経費は令和10年度までの見込額.
        let labels = || self.column.path.iter().rev().chain(&self.row.path).map(String::as_str);
        let noted = years.find_map(|year| self.table.notes.status_of(year));
        let noted = noted.or_else(|| self.table.notes.status_for(labels()));
        // 目標 | 12月末 under 令和7年度: what a note says of that year's results says nothing of its aim.
        noted.filter(|_| !matches!(words::status(innermost), Status::Target | Status::Plan))
    }

    /// What each label of the row says, outermost first.
    fn row_statuses(&self) -> &[Status] {
        let read = |l: &String| words::row_status(l, &when::read(l, &self.scope.time).stem);
        self.row_statuses.get_or_init(|| self.row.path.iter().map(read).collect())
    }

    /// Whether the caption is of this column among others (本格運行(案) over 実証運行 | 本格運行).
    fn caption_names(&self) -> bool {
        let name = words::without_brackets(&self.table.caption);
        self.column.path.iter().any(|head| head.contains(name.trim()))
    }

    /// What the time of an event says of it: what is over has happened, what is to come or told as 予定 is planned.
    fn status_of_event(&self) -> Option<ScopedStatus> {
        let when = self.event()?;
        let planned = words::status(&when.stem) == Status::Plan;
        let dated = by_date_of(when, self.scope);
        let status = dated.map(|d| d.status).or(planned.then_some(Status::Plan))?;
        Some(ScopedStatus { status, from: Nearness::Row })
    }

    /// 取組内容 under several years is a plan by year.
    fn status_of_plan(&self) -> Option<ScopedStatus> {
        let plan = ["取組内容", "年次計画", "計画", "実施内容", "取組", "スケジュール"];
        let planned =
            self.table.year_columns && self.row.path.last().is_some_and(|l| plan.contains(&l.as_str()));
        // 令和6年度の取組内容 in a paper of that year or an earlier one.
        let own_year = self.scope.time.fiscal_year.and_then(when::fiscal_year).and_then(|y| y.start);
        let ahead = self.column.whens.last().is_some_and(|w| {
            let start = w.period.as_ref().and_then(|p| p.start);
            plan.contains(&w.stem.as_str()) && start.is_some_and(|s| own_year.is_some_and(|own| s >= own))
        });
        // 令和7年度の取組 over a table, as long as that year is not over.
        let written = self.scope.time.reference;
        let goes_on = |p: &Period| {
            p.granularity == Granularity::FiscalYear && p.end.zip(written).is_some_and(|(e, w)| e >= w)
        };
        let works = |words: &str| {
            ["取組", "主な取組", "主な事業", "取組内容", "実施内容", "事業内容"]
                .iter()
                .any(|w| words.ends_with(w))
        };
        let caption = &self.table.caption_when;
        let year = caption.period.as_ref().filter(|_| works(&caption.stem));
        let year =
            year.or(self.scope.period.as_ref().map(|p| &p.period).filter(|_| works(self.scope.topic())));
        let ahead = ahead || year.is_some_and(goes_on);
        let from = if planned { Nearness::Row } else { Nearness::Column };
        (planned || ahead).then_some(ScopedStatus { status: Status::Plan, from })
    }

    /// Whether a figure is of a version that is not in force: 使用料 under 改定案 or 再編後 beside 現行, and how much it
    /// differs (改定率).
    pub(super) fn is_proposed(&self) -> bool {
        let in_force = self.table.versions.iter().any(|v| v == "現行");
        let is_draft = |v: &str| versions::is_draft(v) || in_force && v.ends_with('後');
        match self.version() {
            Some(version) => is_draft(&version),
            None => {
                let drafted = self.table.versions.iter().any(|v| is_draft(v));
                drafted && self.column.path.last().is_some_and(|l| versions::tells_difference(l))
            }
        }
    }

    /// What is changed (変更前, 変更後) of a year that is not over is the plan for it; corrections are of what was.
    fn status_of_version(&self) -> Option<ScopedStatus> {
        let plan = ScopedStatus { status: Status::Plan, from: Nearness::Column };
        let named = self.version();
        if self.period().is_none() && self.is_proposed() {
            return Some(plan);
        }
        let version = named.or_else(|| self.scope.dimensions.get("version").cloned())?;
        // Without a date of the paper: what is changed of a year is decided on before it is over.
        let written = self.scope.time.reference;
        let ahead = self.period()?.period.end.is_some_and(|end| written.is_none_or(|day| end >= day));
        let corrected = versions::is_correction(&version);
        (ahead && !corrected).then_some(plan)
    }

    /// What is stated without a word of plan or forecast is so: the number of things in scope, a size, a count.
    fn status_by_default(&self, label: &str) -> Option<ScopedStatus> {
        let rule_like = ["上限", "基準", "単価", "料金", "限度", "要件", "必要"];
        let rules = rule_like.iter().any(|w| label.contains(w));
        // 事業費 beside 開設予定 令和8年4月: what has not begun is planned with all that belongs to it.
        let to_begin = match &self.row.event {
            Some(event) => is_to_begin(event, self.scope),
            None => self.row.total && self.table.all_to_begin,
        };
        if to_begin && self.period().is_none() {
            return Some(ScopedStatus { status: Status::Plan, from: Nearness::Row });
        }
        // 利用料金等 of a year was taken in.
        let stated = !rules || self.period().is_some_and(|p| p.from >= Nearness::Section);
        stated.then_some(ScopedStatus { status: Status::Actual, from: Nearness::Document })
    }

    /// The status of a year in a series that a paper without a date plans or aims at.
    fn status_of_years(&self) -> Option<ScopedStatus> {
        let found = self.period().filter(|p| p.from >= Nearness::Row)?;
        let status = self.status_of_series(&found.period)?;
        Some(ScopedStatus { status, from: Nearness::Document })
    }

    fn status_by_date(&self) -> Option<ScopedStatus> {
        let found = self.period().filter(|p| p.from >= Nearness::Caption)?;
        by_date(&found.period, self.scope)
    }
}

/// Whether an event begins something (開設予定 令和8年4月) after the paper was written.
pub(super) fn is_to_begin((event, when): &(Event, When), scope: &Scope) -> bool {
    *event == Event::Begun && by_date_of(when, scope).is_some_and(|s| s.status == Status::Plan)
}

fn by_date_of(when: &When, scope: &Scope) -> Option<ScopedStatus> {
    when.period.as_ref().and_then(|p| by_date(p, scope))
}

/// The last day on which the paper may have been written: its own date, or the end of its fiscal year.
fn written_by(scope: &Scope) -> Option<jiff::civil::Date> {
    let year = || scope.time.fiscal_year.and_then(when::fiscal_year);
    scope.time.reference.or_else(|| year()?.end)
}

/// A period that had ended when the paper was written is past; one that had not begun is to come.
pub(super) fn by_date(period: &Period, scope: &Scope) -> Option<ScopedStatus> {
    // Without a date the paper's fiscal year has to do: it may have been written on any of its days. A year in a
    // heading may be that of an aim, so nothing is over because of it.
    let first = scope.time.reference.or(scope.own_year.and_then(when::fiscal_year).and_then(|y| y.start));
    let last = written_by(scope)?;
    let status = match (period.start, period.end) {
        (_, Some(end)) if first.is_some_and(|first| end < first) => Status::Actual,
        (Some(start), _) if start > last => Status::Plan,
        // The sum of several years that are not over cannot have been counted.
        (Some(start), Some(end))
            if end > last && end.year() - start.year() > 1 && matches!(start.month(), 1 | 4) =>
        {
            Status::Plan
        }
        _ => return None,
    };
    Some(ScopedStatus { status, from: Nearness::Document })
}
