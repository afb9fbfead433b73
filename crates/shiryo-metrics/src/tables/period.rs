//! When a number of a table holds: the nearest words that say so.

use super::bind::Place;
use super::context::MonthDay;
use super::months::Run;
use super::when::{self, EachYear, Part, When};
use super::{column_words, unit_words, words};
use crate::outline::headings::tells_day;
use crate::scope::{Nearness, ScopedPeriod};
use jiff::civil::Date;
use shiryo_model::{Aggregation, Granularity, Period, Status};

impl Place<'_> {
    /// The period: what the labels say, moved to the year before under 前年同期, to the day of 各年4月1日現在.
    pub(super) fn period(&self) -> Option<ScopedPeriod> {
        self.told.get_or_init(|| self.find_period()).clone()
    }

    fn find_period(&self) -> Option<ScopedPeriod> {
        if let Some(summed) = self.months_summed() {
            return Some(summed);
        }
        let labels = || self.column.path.iter().chain(&self.row.path).map(String::as_str);
        // ※蔵書冊数は3月31日現在, unless another time is told nearer.
        let found = self.labelled_period().map(|found| self.before_the_paper(found));
        if let Some((period, label)) = self.table.notes.period_for(labels())
            && found.as_ref().is_none_or(|f| f.from < Nearness::Row || when::narrows(&period, &f.period))
        {
            return Some(ScopedPeriod { period, label: label.to_owned(), from: Nearness::Row });
        }
        let Some(found) = found else {
            let own = self.scope.time.fiscal_year.filter(|_| self.is_year_before());
            let before = own.and_then(|year| when::fiscal_year(year.checked_sub(1)?));
            return match before {
                Some(period) => {
                    Some(ScopedPeriod { period, label: "前年度".to_owned(), from: Nearness::Document })
                }
                None => self.period_of_paper(),
            };
        };
        let noted = self.table.notes.each_year_of(labels());
        let stated = self.stated_status();
        let aims = matches!(stated, Some(Status::Plan | Status::Target));
        // ※R6年度は9月末時点: what the year of a label stands for.
        if let Some((period, label)) = self.table.notes.period_of(&found.period)
            && !aims
            && noted.is_none()
        {
            return Some(ScopedPeriod { period, label: label.to_owned(), from: found.from });
        }
        // 令和6年度(9月末) over 登録者数: the state of that day.
        let until = found.label.trim_end_matches(')').trim_end_matches(when::RESULTS).ends_with("月末");
        if until && found.period.granularity == Granularity::Range {
            let caption = std::iter::once(self.table.caption.as_str());
            if labels().chain(caption).any(words::is_stock) {
                let day = Period { start: found.period.end, granularity: Granularity::Day, ..found.period };
                return Some(ScopedPeriod { period: day, ..found });
            }
        }
        if let Some(period) = self.since_year_began(&found) {
            return Some(ScopedPeriod { period, ..found });
        }
        if let Some(period) = self.month_day(&found) {
            return Some(ScopedPeriod { period, ..found });
        }
        if self.is_year_before() {
            let period = when::year_before(&found.period)?;
            return Some(ScopedPeriod { period, ..found });
        }
        let each = self.column.path.iter().rev().find_map(|words| when::each_year(words));
        let of_table = self.table.each_year.filter(|_| !self.table.notes.names_each_year());
        let of_table = of_table.or_else(|| self.titled_day(&found).map(|each| (each, true)));
        let (each, of_actuals) =
            each.map(|e| (e, false)).or(noted.filter(|_| !aims).map(|e| (e, false))).or(of_table).unzip();
        if let Some(each) = each
            && found.from >= Nearness::Row
            && (of_actuals != Some(true) || stated.is_none_or(|s| s == Status::Actual))
            && let Some(period) = each.in_year(&found.period)
        {
            return Some(ScopedPeriod { period, ..found });
        }
        Some(found)
    }

    /// 令和6年4月1日現在の待機児童 over 令和5年 | 令和6年: that day of each year, up to the title's own.
    fn titled_day(&self, found: &ScopedPeriod) -> Option<EachYear> {
        let title = self.scope.title.as_str();
        if found.period.granularity != Granularity::Year || !tells_day(title) {
            return None;
        }
        let day =
            when::read(title, &self.scope.time).period.filter(|p| p.granularity == Granularity::Day)?.start?;
        let known = found.period.start.is_some_and(|start| start.year() <= day.year());
        known.then(|| EachYear::of(day))
    }

    /// 令和6年度(8月末現在) over 参加者, 9月末実績 under 令和6年度: counted since the year began.
    fn since_year_began(&self, found: &ScopedPeriod) -> Option<Period> {
        if found.period.granularity != Granularity::Day || found.from != Nearness::Column {
            return None;
        }
        let of_year = |w: &When| {
            w.period
                .as_ref()
                .is_some_and(|y| y.granularity == Granularity::FiscalYear && when::narrows(&found.period, y))
        };
        let below = found.label.contains("月末") && self.column.whens.iter().any(of_year);
        let until = found.label.contains("年度(") || below && self.months().next().is_none();
        if !until {
            return None;
        }
        let labels = || self.column.path.iter().chain(&self.row.path).map(String::as_str);
        let flow = labels().any(words::is_flow) && !labels().any(words::is_stock);
        let year = found.period.end.filter(|_| flow).and_then(when::fiscal_year_with)?;
        Some(Period { start: year.start, granularity: Granularity::Range, ..found.period })
    }

    /// Where no label tells a time: when its survey was made, the title's year, the paper's span.
    fn period_of_paper(&self) -> Option<ScopedPeriod> {
        // What is only proposed is of no year that a paper reports.
        if self.is_proposed() {
            return None;
        }
        let span = self.reported_span();
        let survey = span.clone().filter(|p| p.from == Nearness::Section);
        let told = survey.or_else(|| self.titled_period()).or(span)?;
        // 前年同期 beside the months that a paper reports.
        match self.is_year_before() {
            true => Some(ScopedPeriod { period: when::year_before(&told.period)?, ..told }),
            false => Some(told),
        }
    }

    /// 9/13~9/30 over results: without a year, it lies before the paper.
    fn before_the_paper(&self, found: ScopedPeriod) -> ScopedPeriod {
        let yeared = |c: char| "年度令平昭RHS".contains(c);
        let four = |l: &str| l.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 4);
        let yearless = !found.label.is_empty() && !found.label.contains(yeared) && !four(&found.label);
        let near = [self.table.caption.as_str(), self.scope.topic()];
        let results = near.iter().any(|w| ["実績", "結果", "状況"].iter().any(|r| w.contains(r)));
        let ahead = || self.written_of_results().is_some_and(|day| found.period.start > Some(day));
        match yearless && results && found.from >= Nearness::Row && ahead() {
            true => when::year_before(&found.period)
                .map_or(found.clone(), |period| ScopedPeriod { period, ..found }),
            false => found,
        }
    }

    /// The day that a note tells this figure to hold for, where the labels tell the month (※累計は各月末現在).
    fn month_day(&self, found: &ScopedPeriod) -> Option<Period> {
        if found.period.granularity != Granularity::Month {
            return None;
        }
        let labels = [self.column.path.last(), self.row.path.last()];
        let labels: Vec<&str> = labels.into_iter().flatten().map(String::as_str).collect();
        let day = MonthDay::find(&self.table.month_days, &labels)?;
        let day = if day.last { found.period.end } else { found.period.start };
        Some(Period { start: day, end: day, granularity: Granularity::Day })
    }

    /// Whether a label without a time of its own stands for the year before (前年同期).
    fn is_year_before(&self) -> bool {
        let row = self.row.path.last().filter(|_| self.row.times.is_empty());
        let column = self.column.path.last().filter(|_| !self.column.is_dated());
        row.into_iter().chain(column).any(|label| words::is_year_before(label))
    }

    /// The year that the title of a budget or of an account of a year is about: the last resort.
    pub(super) fn titled_period(&self) -> Option<ScopedPeriod> {
        let title = self.scope.title.as_str();
        let said = |list: &[&str]| list.iter().any(|w| title.contains(w));
        let accounts = said(&[
            "決算",
            "成果",
            "実績",
            "実施状況",
            "事業報告",
            "利用状況",
            "取組状況",
            "結果",
            "統計",
            "相談の概要",
            "管理運営",
            "運営状況",
            "意識調査",
            "アンケート",
            "評価",
        ]);
        let stated = self.status_without_period().map_or(Status::Actual, |s| s.status);
        let status = match stated {
            // 予算額 beside 決算額: the budget of the year that is accounted for.
            Status::Plan => {
                let planned = |w: &String| w.contains("予算") || w.contains("計画");
                said(&["予算"]) || accounts && self.column.path.iter().any(planned)
            }
            Status::Actual => accounts || self.title_looks_back() || said(&["現在)", "時点)"]),
            Status::Target => accounts && self.table.aims_and_results,
            _ => false,
        };
        // Differences lie between years, but for what is left of a year's income; and beside dated columns an undated
        // one is of no year.
        let between = self.tells_change() && !self.table.plans_and_results;
        if !status || self.beside_years() || between {
            return None;
        }
        let is_time = |m: &shiryo_ja::Mention| matches!(m.kind, shiryo_ja::MentionKind::Time(_));
        // Two years in a title: the paper's own and the one that it looks back on.
        let times = shiryo_ja::annotate(title, &self.scope.time).iter().filter(|m| is_time(m)).count();
        let when = when::read(title, &self.scope.time);
        // 進捗状況報告(令和6年6月末現在): the day that what happened is counted on.
        let as_of = tells_day(title) && stated == Status::Actual;
        // 計画の評価(令和4年10月~令和5年9月): the span that the paper looks back on.
        let over = |p: &Period| p.end.zip(self.scope.time.reference).is_some_and(|(end, own)| end < own);
        let closes = title.ends_with(')') && stated == Status::Actual;
        let whole = |p: &Period| match p.granularity {
            Granularity::FiscalYear => true,
            Granularity::Range | Granularity::HalfYear | Granularity::Quarter => closes && over(p),
            Granularity::Day | Granularity::Month => as_of,
            _ => false,
        };
        // 試行結果及び令和6年度の取組 in a paper of the year before: no results of that year.
        let to_come =
            |p: &Period| p.start.zip(self.scope.time.reference).is_some_and(|(start, own)| start > own);
        let known = |p: &Period| stated != Status::Actual || !to_come(p);
        let period = when.period.filter(|p| whole(p) && times == 1 && known(p))?;
        Some(ScopedPeriod { period, label: when.label, from: Nearness::Document })
    }

    /// Whether the columns are years, so that one without a year is of none; not 運行経費 beside R5利用者数 | R6利用者数.
    fn beside_years(&self) -> bool {
        let other = |years: &String| {
            self.column.path.last().is_some_and(|own| {
                (words::names_quantity(own) || unit_words::is_money(own)) && !own.contains(years.as_str())
            })
        };
        self.table.year_values && !self.table.years_measure.as_ref().is_some_and(other)
    }

    /// Whether a header tells a difference between times; what is left of a year's income is none.
    fn tells_change(&self) -> bool {
        let changes = |l: &String| words::aggregation(l, "") == Aggregation::Change && !words::is_balance(l);
        self.column.path.iter().any(changes)
    }

    /// The span that the paper's overview tells for its results.
    fn reported_span(&self) -> Option<ScopedPeriod> {
        let reported = self.scope.reported.as_ref().filter(|_| !self.beside_years())?;
        let stated = self.status_without_period().map_or(Status::Actual, |s| s.status);
        // 予算現額 beside 支出済額: the budget of the year that is accounted for.
        let budget = stated == Status::Plan
            && self.table.plans_and_results
            && self.column.path.iter().any(|l| l.contains("予算"));
        ((stated == Status::Actual || budget) && !self.tells_change()).then(|| reported.clone())
    }

    /// Whether the title's year is over and nothing in it looks ahead: the figures are that year's.
    fn title_looks_back(&self) -> bool {
        let title = self.scope.title.as_str();
        let ahead =
            ["計画", "方針", "案", "予定", "予算", "見直し", "改定", "改正", "版", "募集", "目標", "戦略"];
        let year = when::read(title, &self.scope.time).period.and_then(|p| p.end);
        let over = year.is_some_and(|end| self.scope.time.reference.is_none_or(|own| end < own));
        over && !ahead.iter().any(|w| title.contains(w))
    }

    /// A column of aims beside the one of what is done in a year: they are that year's.
    fn aimed_year(&self) -> Option<ScopedPeriod> {
        let aims = ["目標", "成果目標", "数値目標", "目標値", "KPI"];
        let head = self.column.path.last()?;
        let when = self.table.only_year.as_ref().filter(|_| aims.contains(&head.as_str()))?;
        Some(ScopedPeriod {
            period: when.period.clone()?,
            label: when.label.clone(),
            from: Nearness::Caption,
        })
    }

    /// Header before row before what the column compares before caption before the surroundings; the narrower of
    /// two that nest.
    fn labelled_period(&self) -> Option<ScopedPeriod> {
        let columns = self.column.whens.iter().rev().map(|w| (w, Nearness::Column));
        let rows = self.row.times.iter().rev().map(|w| (w, Nearness::Row));
        let rows = rows.chain(self.event().map(|w| (w, Nearness::Row)));
        let compared = self.column.compared.iter().map(|w| (w, Nearness::Row));
        let caption = std::iter::once((&self.table.caption_when, Nearness::Caption));
        let whens: Vec<(&When, Nearness)> = columns.chain(rows).chain(compared).chain(caption).collect();
        let year = whens.iter().find_map(|(w, from)| w.period.as_ref().map(|p| (p, w.label.as_str(), *from)));
        let outer = self.budget_year().or_else(|| self.scope.period.clone());
        let outer = outer.as_ref();
        let part = whens.iter().find_map(|(w, from)| w.part.map(|part| (part, w.label.as_str(), *from)));
        if let Some((part, label, from)) = part {
            let years = whens.iter().filter_map(|(w, _)| w.period.as_ref().map(|p| (p, w.label.as_str())));
            let reported = self.scope.reported.as_ref();
            let known = years.chain(outer.into_iter().chain(reported).map(|o| (&o.period, o.label.as_str())));
            for (base, base_label) in known {
                if let Some(period) = when::within(base, part) {
                    return Some(ScopedPeriod { period, label: format!("{base_label}{label}"), from });
                }
            }
            // No header names the year: it is the one that the title is about, or the latest before the paper.
            let titled = self.scope.time.fiscal_year.and_then(when::fiscal_year);
            let titled = titled.filter(|_| !self.months().any(Run::passes_years));
            let dated = titled.and_then(|year| when::within(&year, part)).or_else(|| self.latest_month(part));
            if let Some(period) = dated.filter(|_| whens_are_parts(&whens)) {
                return Some(ScopedPeriod { period, label: label.to_owned(), from });
            }
        }
        let (first, label, from) = match year {
            Some(found) => found,
            None => {
                if let Some(whole) = self.years_summed().or_else(|| self.whole_year()) {
                    return Some(whole);
                }
                return outer.filter(|o| o.from >= Nearness::Section).cloned().or_else(|| self.aimed_year());
            }
        };
        // 令和5年度 under a caption (令和5年度末): the year, unless the caption says that it counts on that day.
        let closes = |p: &Period, w: &When| {
            p.start == first.end
                && w.label.ends_with('末')
                && !["現在", "時点"].iter().any(|d| self.table.caption.contains(d))
        };
        // 目標 of 令和7年度 beside what was done by the caption's day (令和7年12月末現在): of the whole year.
        let aims = matches!(self.stated_status(), Some(Status::Plan | Status::Target | Status::Forecast));
        // 令和5年度募集倍率 beside figures of the caption's day: a year of its own.
        let apart = from == Nearness::Column && self.table.single_year;
        let narrower = whens.iter().skip(1).find_map(|(w, f)| {
            let narrows = |p: &&Period| {
                when::narrows(p, first) && !(*f == Nearness::Caption && (aims || apart || closes(p, w)))
            };
            w.period.as_ref().filter(narrows).map(|p| (p, w.label.as_str(), *f))
        });
        let (period, label, from) = narrower.unwrap_or((first, label, from));
        Some(ScopedPeriod { period: period.clone(), label: label.to_owned(), from })
    }

    /// Runs of months that the labels are.
    fn months(&self) -> impl Iterator<Item = &Run> {
        self.table.months_of_columns.iter().chain(&self.table.months_of_rows)
    }

    /// A month of a run without a year: the latest before the paper, unless it plans what is to come.
    fn latest_month(&self, part: Part) -> Option<Period> {
        let written = self.written_of_results()?;
        self.months().find_map(|run| run.dated(part, written))
    }

    /// The paper's date, where its tables tell what happened.
    fn written_of_results(&self) -> Option<Date> {
        let told = self.stated().or(self.scope.status);
        let happened = told.is_none_or(|s| matches!(s.status, Status::Actual | Status::Unknown));
        self.scope.time.reference.or(self.scope.written).filter(|_| happened)
    }

    /// What the total of a run of months counts: from the first to the last of them.
    fn months_summed(&self) -> Option<ScopedPeriod> {
        let columns = self.table.months_of_columns.as_ref().filter(|_| sums(self.column.path.last()));
        let rows = self.table.months_of_rows.as_ref().filter(|_| sums(self.row.path.last()));
        let run = columns.or(rows)?;
        let labels = self.row.times.iter().chain(&self.column.whens).chain([&self.table.caption_when]);
        let outer = self.scope.period.as_ref().map(|p| &p.period);
        let told = labels.filter_map(|w| w.period.as_ref()).chain(outer);
        // 令和6年10月から: no time that a run of months is part of.
        let told: Vec<&Period> = told.filter(|p| p.end.is_some()).collect();
        let period = if told.is_empty() {
            let titled = self.scope.time.fiscal_year.and_then(when::fiscal_year);
            let titled = titled.filter(|_| !run.passes_years());
            let of_year =
                |year: Period| run.part().map_or(Some(year.clone()), |part| when::within(&year, part));
            titled.and_then(of_year).or_else(|| run.whole(self.written_of_results()?))?
        } else {
            // All of a year: what names the year dates it.
            let part = run.part()?;
            told.into_iter().find_map(|year| when::within(year, part))?
        };
        Some(ScopedPeriod { period, label: "計".to_owned(), from: Nearness::Column })
    }

    /// What the total of years counts: from the first to the last of them.
    fn years_summed(&self) -> Option<ScopedPeriod> {
        let sums = |label: Option<&String>| label.is_some_and(|l| words::is_total(l));
        let columns = self.table.years_of_columns.as_ref().filter(|_| sums(self.column.path.last()));
        let rows = self.table.years_of_rows.as_ref().filter(|_| sums(self.row.path.last()));
        let span = columns.or(rows)?.period.clone()?;
        Some(ScopedPeriod { period: span, label: "計".to_owned(), from: Nearness::Column })
    }

    /// The time at which the row's figures come about, where no label dates them otherwise (実施時期 | R7.10).
    pub(super) fn event(&self) -> Option<&When> {
        let (event, when) = self.row.event.as_ref()?;
        let dated = self.column.tells_time() || !self.row.times.is_empty();
        let header = self.column.path.last().map_or("", String::as_str);
        (!dated && column_words::comes_about(header, *event)).then_some(when)
    }

    /// 6月補正予算: the month in which a budget of the whole year was changed.
    fn budget_year(&self) -> Option<ScopedPeriod> {
        let told = self.scope.period.as_ref().filter(|p| p.period.granularity == Granularity::Month)?;
        let names = |topic: &String| ["補正", "専決", "定例会", "議会"].iter().any(|w| topic.contains(w));
        let start = told.period.start.filter(|_| self.scope.topics.iter().any(names))?;
        Some(ScopedPeriod { period: when::fiscal_year_with(start)?, ..told.clone() })
    }

    /// The year that the total of its months is told for, where no label names it.
    fn whole_year(&self) -> Option<ScopedPeriod> {
        let of_columns = self.table.year_of_columns && sums(self.column.path.last());
        let of_rows = self.table.year_of_rows && sums(self.row.path.last());
        let outer = self.scope.period.as_ref().filter(|p| p.period.granularity == Granularity::FiscalYear);
        let own = || {
            let period = self.scope.time.fiscal_year.and_then(when::fiscal_year)?;
            Some(ScopedPeriod { period, label: "年度".to_owned(), from: Nearness::Document })
        };
        if of_columns || of_rows { outer.cloned().or_else(own) } else { None }
    }
}

/// Whether a label is of all rows or columns together: their total or average.
fn sums(label: Option<&String>) -> bool {
    label.is_some_and(|l| words::is_total(l) || l.ends_with("平均"))
}

/// Whether no header tells a year of its own.
fn whens_are_parts(whens: &[(&When, Nearness)]) -> bool {
    whens.iter().all(|(w, _)| w.period.is_none())
}
