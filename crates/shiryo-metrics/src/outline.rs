//! What headings, label lines and page marks say about the numbers below them.

mod costed;
mod dated;
pub(crate) mod headings;
mod label_line;
mod markers;
mod naming;
mod paper;
mod questions;
pub(crate) mod reported;
pub(crate) mod schedule;
mod titles;

use crate::scope::{Nearness, Scope, ScopedPeriod, ScopedStatus};
use crate::statement::{period, status, words};
use crate::tables::{self, SheetFacts};
use headings::{fiscal_year, is_overview, is_reason, is_span, is_value_of, names_month, phase};
use markers::{is_beside, is_enumerator};
use naming::{heading_topic, names_only_quantity, without_period, without_tag};
use shiryo_model::{Block, BlockKind, Status};
use titles::reported;

/// A heading that is open.
#[derive(Debug, Clone, Default)]
struct Open {
    level: u8,
    /// Whether it stands in brackets (【…】).
    bracketed: bool,
    /// Its words; empty when they name no subject.
    topic: String,
    /// Its words without what stands in brackets.
    words: String,
    period: Option<ScopedPeriod>,
    status: Option<Status>,
    /// 見直し前, 導入後: before or after a change.
    phase: Option<&'static str>,
    /// Whether it names a time that is on no calendar (12月の件数).
    dated: bool,
    /// Whether it tells the day that all below it holds for (進捗の状況(3月末現在)).
    as_of: bool,
    /// Whether it only says that a time follows (日時).
    names_time: bool,
    /// The sign it begins with (◆).
    marker: String,
}

/// Signs of items that are told one beside another, not of what stands below.
const BULLETS: [&str; 5] = ["・", "-", "･", "•", ""];

/// Whether a time is that of an event or of a trial, not of a whole year.
fn is_event(p: &ScopedPeriod) -> bool {
    use shiryo_model::Granularity as G;
    matches!(p.period.granularity, G::Day | G::Month | G::Range) && p.period.end.is_some()
}

/// A label line that is open: a paragraph or list item without a number.
#[derive(Debug, Clone, Default)]
struct Label {
    /// Depth of the list item; 0 for paragraphs.
    level: u8,
    topic: String,
    measure: String,
    period: Option<ScopedPeriod>,
    status: Option<Status>,
    /// Whether it is an enumerated item: the paragraphs and tables below are told of it.
    numbered: bool,
    /// Whether the line right above was this one, set off by a sign of its own (○).
    fresh: bool,
    /// Whether it names what the labels below are parts of, with their time in brackets (利用の状況(令和5年度)).
    holds_time: bool,
    /// Whether a figure that stands alone was told under it.
    answered: bool,
}

impl Label {
    fn of_status(status: Status) -> Self {
        Self { status: Some(status), ..Self::default() }
    }
}

/// What the sheet at hand says of itself (事業名, 所管課).
#[derive(Debug, Default)]
struct Sheet {
    facts: SheetFacts,
    /// Level of the heading that names what the sheet is about; the next one as high ends the sheet.
    level: Option<u8>,
    /// How many headings were open when it began.
    headings: usize,
}

/// What stands above the block at hand.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    base: Scope,
    sheet: Sheet,
    headings: Vec<Open>,
    labels: Vec<Label>,
    /// The time of the line that was read last, if it was one that says when.
    just_dated: Option<ScopedPeriod>,
    /// Times that lines and sentences told for what follows, outermost first.
    held: Vec<dated::Held>,
    version: String,
    /// The department that signs: its name is no label.
    department: String,
    /// The body that issues it, likewise.
    issuer: String,
    /// Headings since the last version mark under which a table stood (those of a table of contents do not
    /// begin a version).
    since_mark: Vec<String>,
    /// Headings since the last table.
    upcoming: Vec<String>,
    /// The time that the paper's title or first sentence gives to all that it reports.
    lead: Option<ScopedPeriod>,
    /// The last dated heading, without its time and number, and its period: 調査結果①(1月実施) goes on as 調査結果②.
    series: Option<(String, ScopedPeriod)>,
    /// Whether the line above says that somebody asks (【委員】).
    asking: bool,
    /// Whether the last passage was a figure alone, below its label.
    bare_figure: bool,
}

impl Outline {
    /// What is known for values that stand by themselves (tables, charts, short lines): a heading that sets
    /// them before or after a change holds for these, not for the sentences that follow.
    pub(crate) fn value_scope(&self) -> Scope {
        let mut scope = self.scope();
        if let Some(phase) = self.headings.iter().rev().find_map(|h| h.phase) {
            scope.dimensions.insert("phase".into(), phase.into());
        }
        scope
    }

    /// What is known for running text: the report's own time holds where nothing nearer tells one.
    /// `short`: a line that states a value ([`Self::value_scope`]).
    pub(crate) fn passage_scope(&self, short: bool) -> Scope {
        let mut scope = if short { self.value_scope() } else { self.scope() };
        // 12月の件数: a time of its own, though its year is not told.
        let dated = self.headings.iter().any(|h| h.dated);
        let told = |near: bool| {
            let found =
                self.held.iter().rev().find(|h| h.weak && (!near || h.heading > 0 && is_event(&h.period)));
            found.map(|h| h.period.clone())
        };
        let lead = self.lead.clone().filter(|_| !dated);
        scope.period = scope.period.or_else(|| told(true)).or(lead).or_else(|| told(false));
        scope
    }

    /// When what the section tells of was done, as a sentence of it says (令和6年2月に210人に実施し…).
    pub(crate) fn event_of_section(&self) -> Option<ScopedPeriod> {
        let near = self.held.iter().rev().find(|h| h.weak && h.heading > 0 && is_event(&h.period))?;
        Some(ScopedPeriod { from: Nearness::Section, ..near.period.clone() })
    }

    /// What is known for the block at hand.
    pub(crate) fn scope(&self) -> Scope {
        let mut scope = self.base.clone();
        self.sheet.facts.tell(&mut scope);
        let innermost = self.headings.iter().rposition(|h| !h.topic.is_empty());
        for (i, h) in self.headings.iter().enumerate() {
            if !h.topic.is_empty() && scope.topics.last() != Some(&h.topic) {
                scope.topics.push(h.topic.clone());
            }
            // 12月の件数 under 令和5年: neither the year nor a month that is known.
            if h.dated {
                scope.period = None;
            }
            if let Some(p) = &h.period {
                scope.time.fiscal_year = fiscal_year(p).or(scope.time.fiscal_year);
                // 令和5年度の実績 holds for all below it, and so does a day that things are told to stand at; a year
                // in a subject's name only for its own lines.
                if h.topic.is_empty() || h.as_of || Some(i) == innermost {
                    scope.period = Some(p.clone());
                } else if is_span(p) && h.status != Some(Status::Plan) {
                    // 商品券事業(令和3年度): the results told under it in sections of their own are of that year.
                    scope.reported = Some(ScopedPeriod { from: Nearness::Document, ..p.clone() });
                }
            }
            if let Some(status) = h.status {
                scope.status = Some(ScopedStatus { status, from: Nearness::Section });
            }
        }
        let above = scope.period.as_ref().or(self.lead.as_ref());
        if let Some(held) = self.held.iter().rev().find(|h| !h.weak && !dated::gives_way(&h.period, above)) {
            scope.period = Some(held.period.clone());
        }
        for l in &self.labels {
            if !l.topic.is_empty() {
                scope.topics.push(l.topic.clone());
            }
            scope.measure_label.clone_from(&l.measure);
            if let Some(p) = &l.period {
                // 令和7年度 on a line of its own: the months below are its months.
                if l.topic.is_empty() && l.measure.is_empty() {
                    scope.time.fiscal_year = fiscal_year(p).or(scope.time.fiscal_year);
                }
                scope.period = Some(p.clone());
            }
            if let Some(status) = l.status {
                scope.status = Some(ScopedStatus { status, from: Nearness::Sentence });
            }
        }
        if let Some(heading) = self.headings.last() {
            scope.heading.clone_from(&heading.words);
        }
        if !self.version.is_empty() {
            scope.dimensions.insert("version".into(), self.version.clone());
        }
        // What was asked has a time of its own, not that of what it was asked about.
        let asked = |words: &String| headings::is_survey(words);
        if self.headings.iter().any(|h| asked(&h.topic)) && !self.base.topics.first().is_some_and(asked) {
            scope.reported = None;
        }
        scope
    }

    /// Takes the keys of a sheet: those of a table, or those of lines that follow one another.
    pub(crate) fn sheet(&mut self, facts: SheetFacts) {
        let named = self.headings.iter().rfind(|h| !h.topic.is_empty() && !is_overview(&h.topic));
        self.sheet = Sheet { facts, level: named.map(|h| h.level), headings: self.headings.len() };
    }

    /// Takes a line 事業名:… or 所管課:…; whether it was one.
    fn sheet_line(&mut self, text: &str) -> bool {
        let Some((key, value)) = text.split_once([':', '：']) else { return false };
        let mut facts = self.sheet.facts.clone();
        // A name begins another sheet.
        let begins = tables::is_sheet_name(key);
        if begins {
            facts = SheetFacts::default();
        }
        let taken = facts.take(key.trim(), value.trim(), &self.base);
        if taken && begins && !self.sheet.facts.name.is_empty() {
            // Headings within the former sheet end with it.
            self.headings.truncate(self.sheet.headings);
        }
        if taken {
            self.sheet(facts);
            self.labels.clear();
        }
        taken
    }

    /// Opens a heading and closes those it ends.
    pub(crate) fn heading(&mut self, block: &Block) {
        let words = without_tag(&block.text.text);
        if self.is_version(words) {
            self.labels.clear();
            return;
        }
        // 【委員】, 【理事者】 on lines of their own: what was asked about holds for the answer.
        if let Some(asks) = questions::speaker(words) {
            self.asking = asks;
            return;
        }
        self.asking = false;
        // 減収の補填による増, set apart like a heading: the reason of the figure above it.
        if is_reason(words) {
            return;
        }
        let phase = phase(words);
        if phase.is_some() {
            self.version.clear();
        }
        self.turn_version(words);
        let level =
            block.level.unwrap_or_else(|| self.headings.last().map_or(1, |h| h.level.saturating_add(1)));
        if self.sheet.level.is_some_and(|sheet| level <= sheet) {
            self.sheet = Sheet::default();
        }
        let generic =
            phase.is_some() || words::is_generic_heading(&without_period(words)) || words.contains("】 【");
        // A bare kind of statement keeps what it is told of: 【窓口の開設】 … 【実績】(9月末).
        let bracketed = |w: &str| {
            w.starts_with(['【', '<', '《']) && !w.chars().nth(1).is_some_and(|c| c.is_ascii_digit())
        };
        let kept = |h: &Open| {
            h.level < level
                // 進捗(3月末現在) 【着手の状況】 …【達成度】: one day for all of them.
                || h.as_of && h.level == level && bracketed(words) && !h.bracketed
                || generic && h.level == level && bracketed(words) && h.bracketed && !h.topic.is_empty()
        };
        self.headings.retain(kept);
        let numbered = is_enumerator(&block.marker);
        self.labels.retain(|l| generic && !numbered && !l.answered && l.level == 0 && !l.topic.is_empty());
        self.held.retain(|h| h.heading <= level);
        if let Some(period) = dated::line(words, || self.scope()) {
            if self.introduces() {
                self.default_time(period.clone());
            }
            self.hold(dated::Held::said(level, period));
            return;
        }
        let scope = self.scope();
        // The title says what the paper is about, not when each of its figures holds.
        let titled = words.ends_with("について") || words.ends_with('」') || headings::names_sitting(words);
        let told = if titled { None } else { period::of_heading(words, &scope, Nearness::Section) };
        let part = headings::part_of_series(words);
        let before = self.series.take().filter(|(name, _)| Some(name) == part.as_ref()).map(|s| s.1);
        let period = told.or(before);
        self.series = part.zip(period.clone());
        let measured = !scope.topics.is_empty() && names_only_quantity(&without_period(words));
        let unnamed = generic || measured || self.dated_signature(words);
        let topic = if unnamed { String::new() } else { heading_topic(words) };
        // 令和6年度の主な取組 in a paper of that year: what is set out to be done.
        let sets_out = || {
            let results = ["実績", "状況", "結果", "報告"].iter().any(|w| words.contains(w));
            let goes_on =
                period.as_ref().and_then(|p| p.period.end).zip(self.base.written).is_some_and(|(e, w)| e > w);
            (words.ends_with("取組") && !results && goes_on).then_some(Status::Plan)
        };
        let status = status::of_heading(words).or_else(sets_out);
        let dated = period.is_none() && names_month(words);
        // (1) 期間 … (3) 受付件数(12月末現在): the nearer heading tells.
        if period.is_some() {
            self.held.retain(|h| h.weak || h.heading < level);
        }
        let as_of = headings::tells_day(words)
            || period.as_ref().is_some_and(|p| {
                headings::is_planned_span(words, p)
                    || headings::reports_year(words, p)
                    || headings::ends_in_year(words, p)
            });
        let bracketed = bracketed(words);
        let names_time = dated::is_name(words);
        let marker = block.marker.clone();
        let words = words.split_once('(').map_or(words, |(name, _)| name).trim().to_owned();
        let open =
            Open { level, bracketed, topic, words, period, status, phase, dated, as_of, names_time, marker };
        self.headings.push(open);
    }

    /// Takes a time that holds for what follows; it replaces what was told at the same place.
    fn hold(&mut self, held: dated::Held) {
        self.held.retain(|h| h.heading < held.heading || h.weak != held.weak || h.list < held.list);
        self.held.push(held);
    }

    /// Takes the time of a line beside a section's figures. Where the section only introduces the paper (概要), it is that of
    /// the results further down as well.
    fn hold_line(&mut self, list: Option<u8>, period: ScopedPeriod) {
        self.just_dated = Some(period.clone());
        let heading = self.below();
        if self.introduces() {
            self.default_time(period.clone());
        }
        // A line under another label tells of that one alone.
        let grouped =
            self.labels.iter().any(|l| !l.topic.is_empty() && list.is_none_or(|list| l.level <= list));
        self.hold(dated::Held { list, grouped, ..dated::Held::said(heading, period) });
    }

    /// Whether the open headings only introduce the paper (概要).
    fn introduces(&self) -> bool {
        self.headings.iter().all(|h| h.topic.is_empty() || is_overview(&h.topic))
    }

    /// The time of a line that was just read ((3) 期間 5月12日~6月6日): it holds for the lines above it as well.
    pub(crate) fn take_dated(&mut self) -> Option<ScopedPeriod> {
        self.just_dated.take()
    }

    /// Takes the time of an event that a passage told (講座を9月に開催した。).
    pub(crate) fn event(&mut self, period: ScopedPeriod) {
        self.hold(dated::Held::weak(self.below(), period));
    }

    /// Takes the time that holds for all figures of the paper that tell none.
    pub(crate) fn default_time(&mut self, period: ScopedPeriod) {
        self.hold(dated::Held::weak(0, period));
    }

    /// The level of the innermost heading that is open; 0 when none is.
    pub(crate) fn level(&self) -> u8 {
        self.headings.last().map_or(0, |h| h.level)
    }

    /// The level of headings under the one that is open.
    fn below(&self) -> u8 {
        self.headings.last().map_or(0, |h| h.level.saturating_add(1))
    }

    /// How many headings are open.
    pub(crate) fn depth(&self) -> usize {
        self.headings.len()
    }

    /// Closes the label lines that a block does not stand under.
    pub(crate) fn begin(&mut self, block: &Block) {
        match block.kind {
            BlockKind::ListItem => {
                let level = block.level.unwrap_or(1);
                self.labels.retain(|l| l.level < level);
                self.held.retain(|h| h.list.is_none_or(|list| list < level || list == level && !h.item));
                if let Some(at) = self.headings.iter().position(|h| is_beside(&h.marker, &block.marker)) {
                    self.headings.truncate(at);
                    self.labels.clear();
                }
            }
            BlockKind::Note => {}
            _ => {
                let values = block.text.text.contains([':', '：']);
                let below = |l: &mut Label| l.numbered || std::mem::take(&mut l.fresh);
                let told =
                    |l: &Label| values || l.measure.is_empty() || is_value_of(&l.measure, &block.text.text);
                self.labels.retain_mut(|l| below(l) || l.level == 0 && told(l));
            }
        }
    }

    /// Ends what label lines say.
    pub(crate) fn end_passage(&mut self) {
        self.labels.clear();
        self.held.retain(|h| h.list.is_none() || h.item || !h.grouped);
        self.since_mark.append(&mut self.upcoming);
    }
}
