//! What a paper says of itself: its title and first sentence, who signs it and when, which version a part is of.

use super::headings::is_span;
use super::naming::{heading_topic, without_period};
use super::titles::{self, announces, evaluated, is_budget, title_status};
use super::{Outline, headings, reported};
use crate::scope::{Nearness, Scope, ScopedPeriod, ScopedStatus};
use crate::statement::{period, words};
use crate::versions;
use shiryo_model::{DocumentFacts, Status};

impl Outline {
    /// `titled`: whether the title stands above the text, not somewhere within it.
    /// `stamped`: whether its date only says when a page was last touched.
    /// `reported_span`: the span that its overview tells.
    pub(crate) fn new(
        facts: &DocumentFacts,
        titled: bool,
        stamped: bool,
        reported_span: Option<ScopedPeriod>,
    ) -> Self {
        let mut base = Scope { reported: reported_span, ..Scope::default() };
        // In accounts 本年度 is the year that they close, in budgets the one that they plan.
        let closed = (facts.title.contains("決算") || is_budget(&facts.title)) && facts.fiscal_year.is_some();
        base.time.reference = facts.date.filter(|_| !stamped && !closed);
        base.written = facts.date;
        base.reported = base.reported.or_else(|| evaluated(facts));
        base.budget = is_budget(&facts.title);
        base.time.fiscal_year = facts.fiscal_year;
        base.own_year = facts.fiscal_year;
        base.issuer.clone_from(&facts.issuer);
        // The title speaks for numbers that nothing nearer tells of.
        let title = heading_topic(&without_period(facts.title.trim_matches(['「', '」'])));
        let publication = titles::is_publication(&title);
        if titled && !title.is_empty() && !publication && !words::is_generic_heading(&title) {
            base.title.clone_from(&title);
            base.topics.push(title);
        }
        let said = title_status(&facts.title).or(base.budget.then_some(Status::Plan));
        base.status = said.map(|status| ScopedStatus { status, from: Nearness::Document });
        let day = headings::tells_day(&facts.title);
        let told = !titles::is_of_session(&facts.title)
            && (reported(&facts.title) || base.budget || day || titles::headed_by_year(&facts.title));
        let lead = told.then(|| match base.budget || day {
            true => period::of_heading(&facts.title, &base, Nearness::Document),
            false => reported::looking_back(&facts.title, &base.time),
        });
        // A year that goes on when the paper is written is not yet what it reports.
        // 令和7年度の…の実施結果 is told when it is done, if before the year's end.
        let done = titles::tells_results(&facts.title);
        let over =
            |p: &ScopedPeriod| base.budget || done || facts.date.is_none() || p.period.end < facts.date;
        let lead = lead.flatten().filter(|p| (is_span(p) || day) && over(p));
        // 令和5年度上半期の処理状況: the months of its tables are those of that half.
        base.reported = base.reported.or_else(|| lead.clone().filter(is_span));
        let (department, issuer) = (facts.department.clone(), facts.issuer.clone());
        Self { department, issuer, lead, base, ..Self::default() }
    }

    /// Takes the year that the paper's headings tell for its results, where neither title nor overview does.
    pub(crate) fn headed(&mut self, year: impl FnOnce() -> Option<ScopedPeriod>) {
        if self.base.reported.is_none() && self.lead.is_none() && !self.base.budget {
            self.base.reported = year();
        }
    }

    /// Takes the time of a first sentence that says of when the report is (令和4年度の一般会計決算は…, 昨年(令和5年)
    /// の…の概況がまとまりました): it holds for what the paper tells without a time.
    pub(crate) fn announcement(&mut self, text: &str) {
        if self.base.reported.is_none() {
            self.base.reported = reported::announced(text, &self.base.time);
        }
        if self.lead.is_some() || !text.contains('。') {
            return;
        }
        let first = text.split_inclusive('。').next().unwrap_or_default();
        let led = first.split(['は', 'が', 'を']).next().unwrap_or_default();
        let reports = ["決算", "概況", "実績", "統計", "結果", "状況"].iter().any(|w| led.contains(w));
        let budget = is_budget(led);
        let from = if announces(first) { first } else { led };
        if !(announces(first) || budget || reports && reported(led)) {
            return;
        }
        let looked_back = |text: &str| reported::looking_back(text, &self.base.time);
        self.lead = if budget {
            period::of_heading(from, &self.base, Nearness::Document).filter(is_span)
        } else {
            // 令和6年12月末現在の状況を報告します: that day, whatever year is spoken of before.
            reported::first_day(from, &self.base.time).or_else(|| looked_back(from))
        };
        if self.lead.is_none() {
            return;
        }
        self.base.budget |= budget;
        let status = if budget { Some(Status::Plan) } else { reported(from).then_some(Status::Actual) };
        let offered = status.map(|status| ScopedStatus { status, from: Nearness::Document });
        self.base.status = self.base.status.or(offered);
    }

    /// 令和6年11月12日 介護保険課 set as a heading: no subject.
    pub(super) fn dated_signature(&self, words: &str) -> bool {
        without_period(words).len() < words.len() && self.signs(words)
    }

    /// Whether a line tells who issued the paper, with or without its date.
    pub(super) fn signs(&self, text: &str) -> bool {
        let closed: String = without_period(text).chars().filter(|c| !c.is_whitespace()).collect();
        let departments: usize = shiryo_ja::find_departments(&closed).iter().map(|r| r.len()).sum();
        2 * departments > closed.chars().count()
            || !self.department.is_empty() && closed.contains(&self.department)
            // With its prefecture.
            || !self.issuer.is_empty()
                && closed.strip_suffix(&self.issuer).is_some_and(|rest| rest.chars().count() <= 4)
    }

    /// Whether a line is the paper's own date: when it was written, not when its figures hold.
    pub(super) fn is_own_date(&self, line: &str) -> bool {
        let own = self.base.time.reference;
        let of_figures = ["現在", "時点"].iter().any(|w| line.contains(w));
        !of_figures
            && own.is_some()
            && shiryo_ja::annotate(line, &self.base.time).iter().any(
                |m| matches!(&m.kind, shiryo_ja::MentionKind::Time(t) if t.period.start == own && t.period.end == own),
            )
    }

    /// Whether a line marks a version (改正案), which then holds for what follows.
    pub(super) fn is_version(&mut self, words: &str) -> bool {
        let Some(name) = versions::named(words) else { return false };
        self.version = name;
        self.since_mark.clear();
        self.upcoming.clear();
        true
    }

    /// A heading that comes again under the same mark begins the other version, whose mark was not printed.
    pub(super) fn turn_version(&mut self, words: &str) {
        if self.version.is_empty() {
            return;
        }
        let plain: String = words.chars().filter(|c| c.is_alphanumeric()).collect();
        let other = versions::old_of(&self.version).filter(|_| self.since_mark.contains(&plain));
        if let Some(other) = other {
            other.clone_into(&mut self.version);
            self.since_mark.clear();
            self.upcoming.clear();
        }
        self.upcoming.push(plain);
    }
}
