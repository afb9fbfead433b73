//! Walks a document's blocks, keeps what headings and label lines say, and hands each passage to its reader.

mod notes;
mod table;
#[cfg(test)]
mod tests;

use crate::outline::headings::holds_quantity;
use crate::outline::schedule::{self, Entry};
use crate::outline::{Outline, reported};
use crate::scope::{Nearness, Scope, ScopedPeriod};
use crate::{
    Draft, Tools, answers, beneath, charts, facts as facts_of, figures, statement, tables, versions,
};
use notes::{
    dated_note, general_note, give_period, goes_on, opens_with_year, reports_on, tells_edition, year_of,
};
use rust_decimal::Decimal;
use shiryo_model::{Block, BlockKind, Context, DocumentContent, DocumentFacts, Observation, Status};

/// Lines up to this many characters state a value, not a sentence.
const SHORT_LINE: usize = 24;
/// What a paper reports of is over for no more days than this; older figures are what it compares with.
const RECENT: i32 = 550;
/// How many paragraphs may pass before the one that says of when the paper reports.
const FIRST_PASSAGES: usize = 8;

/// Every stated quantity of the document, in reading order.
pub fn read(content: &DocumentContent, facts: &DocumentFacts, tools: &Tools) -> Vec<Observation> {
    // A paper that only tells its month (令和7年3月) was written no earlier than on its first day.
    let dated = DocumentFacts { date: facts.date.or_else(|| facts_of::month(content)), ..facts.clone() };
    let facts = &dated;
    // When a page of a site was last touched says nothing of the days its text tells without a year.
    let touched = |b: &&Block| b.text.text.contains("更新日") && b.text.map.len() <= facts_of::HEAD_LINE;
    let stamped =
        facts.date.is_some() && facts_of::stamped(content.blocks.iter().filter(touched)) == facts.date;
    let mut outline =
        Outline::new(facts, title_leads(content, facts), stamped, reported::span(content, facts));
    outline.headed(|| reported::headed(content, facts));
    let passages = content.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::Note));
    for passage in passages.take(FIRST_PASSAGES) {
        outline.announcement(&passage.text.text);
        // What figures were told before does not follow from it.
        if holds_quantity(&passage.text.text) {
            break;
        }
    }
    let mut reader = Reader::new(content, facts, tools, outline);
    let mut skip_to = 0;
    for (i, block) in content.blocks.iter().enumerate() {
        if i < skip_to {
            continue;
        }
        match reader.figure(i) {
            Some(end) => skip_to = end,
            None => reader.block(i, block),
        }
    }
    reader.out
}

/// What was read so far, and what the blocks before say of those to come.
struct Reader<'d, 't> {
    content: &'d DocumentContent,
    facts: &'d DocumentFacts,
    tools: &'t Tools,
    outline: Outline,
    out: Vec<Observation>,
    /// Where the observations of the outermost open section begin.
    outer: usize,
    /// Where those of the innermost begin.
    inner: usize,
    /// The unit that the table before told.
    unit_before: String,
    /// What the section's last paragraph with a count in it counted, as far as a table asked.
    counted: Vec<(Decimal, String)>,
    /// Its paragraphs since then.
    unread: Vec<&'d str>,
    /// The year that the last passage told.
    told: Option<ScopedPeriod>,
    /// Whether a passage of the section opened with a year.
    opened: bool,
    /// The time that the last result of the section was told for.
    last: Option<ScopedPeriod>,
    /// The time of the last result that a passage of the section dated, whatever the time.
    result: Option<ScopedPeriod>,
    /// The last day that a passage told what stood then.
    day: Option<ScopedPeriod>,
    /// The level of the heading under which [`Self::last`] was told.
    last_level: u8,
    /// Since when what the section speaks of has been going on.
    begun: Option<jiff::civil::Date>,
    /// The month that the last entry of the section's schedule began with.
    scheduled: Option<schedule::Month>,
}

impl<'d, 't> Reader<'d, 't> {
    fn new(
        content: &'d DocumentContent,
        facts: &'d DocumentFacts,
        tools: &'t Tools,
        outline: Outline,
    ) -> Self {
        let (out, unit_before) = (Vec::new(), String::new());
        Self {
            content,
            facts,
            tools,
            outline,
            out,
            outer: 0,
            inner: 0,
            unit_before,
            counted: Vec::new(),
            unread: Vec::new(),
            told: None,
            opened: false,
            last: None,
            result: None,
            day: None,
            last_level: 0,
            begun: None,
            scheduled: None,
        }
    }

    /// Reads the chart, the figure or the answers that begin at block `i`; gives the block after them.
    fn figure(&mut self, i: usize) -> Option<usize> {
        let blocks = &self.content.blocks;
        let scope = || Scope { context: Context::Figure, ..self.outline.value_scope() };
        if let Some(chart) = charts::at(blocks, i) {
            self.out.extend(charts::read(blocks, &chart, &scope(), self.tools));
            return Some(chart.end);
        }
        if blocks.get(i).is_some_and(charts::is_silent) {
            return Some(i + 1);
        }
        if let Some(figure) = figures::at(blocks, i) {
            self.out.extend(figures::read(blocks, &figure, &scope(), self.tools));
            return Some(figure.end);
        }
        let scope = || self.outline.value_scope();
        if let Some(own) = beneath::at(blocks, i) {
            self.out.extend(beneath::read(blocks, &own, &scope(), self.tools));
            return Some(own.end);
        }
        let own = answers::at(blocks, i)?;
        self.out.extend(answers::read(blocks, &own, &scope(), self.tools));
        Some(own.end)
    }

    fn block(&mut self, i: usize, block: &'d Block) {
        match block.kind {
            // Set like the title, but of a part of the paper (取組番号 12 …).
            BlockKind::Title if self.is_other_title(block) => self.heading(block),
            BlockKind::Title
            | BlockKind::Header
            | BlockKind::Footer
            | BlockKind::PageNumber
            | BlockKind::Watermark
            | BlockKind::Stamp
            | BlockKind::Annotation
            | BlockKind::Ruby
            | BlockKind::Hidden => {}
            BlockKind::Heading => self.heading(block),
            BlockKind::Table => self.table(i, block),
            BlockKind::Paragraph
            | BlockKind::ListItem
            | BlockKind::Note
            | BlockKind::Caption
            | BlockKind::Figure => self.passage(block),
        }
    }

    /// Whether a block set like a title has nothing of the paper's own title in it.
    fn is_other_title(&self, block: &Block) -> bool {
        let plain = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let (own, words) = (plain(&self.facts.title), plain(&block.text.text));
        !own.is_empty() && words.chars().count() >= 4 && !own.contains(&words) && !words.contains(&own)
    }

    fn heading(&mut self, block: &Block) {
        self.told = None;
        self.result = None;
        self.scheduled = None;
        // ○種別の件数 below the report of the year: still of that year.
        if block.level.unwrap_or(1) <= self.last_level || self.outline.depth() == 0 {
            self.last = None;
        }
        self.begun = None;
        self.opened = false;
        self.unit_before.clear();
        self.counted.clear();
        self.unread.clear();
        self.outline.heading(block);
        self.inner = self.out.len();
        if self.outline.depth() <= 1 {
            self.outer = self.inner;
        }
        let scope = self.outline.scope();
        // What measures of a budget cost is of its year.
        let scope = if scope.budget { self.outline.passage_scope(false) } else { scope };
        let drafts = statement_of(block, 0, &scope, self.tools);
        self.out
            .extend(labelled(drafts, &block.text.text).map(|d| d.into_observation(&block.text, self.tools)));
    }

    fn passage(&mut self, block: &'d Block) {
        if tables::is_unit_note(&block.text.text) || tells_edition(&block.text.text) {
            return;
        }
        self.outline.begin(block);
        let short = block.text.map.len() <= SHORT_LINE;
        let mut scope = self.scope_of_passage(block, short);
        if let Some(period) = general_note(&block.text.text, &scope) {
            self.out.iter_mut().for_each(|o| give_period(o, &period));
            self.outline.default_time(period);
            return;
        }
        let version = versions::leading(&block.text.text);
        let from = version.as_ref().map_or(0, |v| v.1);
        scope.dimensions.extend(version.map(|(name, _)| ("version".to_owned(), name)));
        let mut drafts = statement_of(block, from, &scope, self.tools);
        if scope.topics.len() == 1 && self.facts.title.contains(scope.topic()) {
            leave_out_unnamed(&mut drafts, scope.topic());
        }
        if short && block.kind != BlockKind::Note {
            date_each_year(&mut drafts, scope.topic());
        }
        self.date_by_note(&block.text.text, &mut drafts, &scope);
        self.same_day(&mut drafts);
        self.opened = self.opened || !drafts.is_empty() && opens_with_year(&block.text.text, &scope);
        let results = |d: &&Draft| d.status.is_none_or(|s| s.status == Status::Actual);
        let mut dated = drafts.iter().rev().filter(results);
        self.result = dated.clone().find_map(|d| d.period.clone()).or(self.result.take());
        self.told = dated.find_map(year_of).or(self.told.take().filter(|_| drafts.is_empty()));
        let listed = matches!(block.kind, BlockKind::ListItem | BlockKind::Note);
        self.share_time(&mut drafts, &scope, listed);
        self.begun = statement::begun_in(&block.text, &scope).or(self.begun);
        if block.kind == BlockKind::Paragraph {
            self.unread.push(&block.text.text);
        }
        self.outline.passage(block, &drafts);
        if let Some(period) = self.outline.take_dated() {
            self.out.iter_mut().skip(self.inner).for_each(|o| give_period(o, &period));
        }
        // One item's event is not its neighbours'.
        let event = if listed { None } else { statement::event_of(&block.text, &scope) };
        if let Some(period) = event {
            self.outline.event(period);
        }
        self.out.extend(drafts.into_iter().map(|d| d.into_observation(&block.text, self.tools)));
    }
}

impl Reader<'_, '_> {
    /// What is known for a passage: what stands over it, the year that those before went on with, the month of the
    /// schedule that it is a line of.
    fn scope_of_passage(&mut self, block: &Block, short: bool) -> Scope {
        let mut scope = self.outline.passage_scope(short);
        // A paragraph that opened with another year than the report's speaks for those after it.
        let other = scope.period.as_ref().is_some_and(|p| p.from == Nearness::Document);
        // The day that a title gives to all of the paper is no year that a passage could leave.
        let day = scope.period.as_ref().is_some_and(|p| p.period.start == p.period.end);
        if (goes_on(&block.text.text) && !day || other && self.opened)
            && scope.period.as_ref().is_none_or(|p| p.from <= Nearness::Section)
            && let Some(period) = &self.told
        {
            scope.period = Some(ScopedPeriod { from: Nearness::Section, ..period.clone() });
        }
        scope.begun = self.begun;
        // 令和6年7月 説明会 / 10月 稼働: the months of a schedule go on from one another.
        match schedule::entry(&block.text.text, self.scheduled) {
            Entry::Dated(month) => {
                scope.time.fiscal_year = Some(month.fiscal_year());
                self.scheduled = Some(month);
            }
            Entry::Year => self.scheduled = None,
            Entry::Other => {}
        }
        scope
    }

    /// 会員1,204人(3月31日現在) / 職員38人(同日現在): the day that a passage before told.
    fn same_day(&mut self, drafts: &mut [Draft]) {
        let own = self.facts.date;
        for p in drafts.iter_mut().filter_map(|d| d.period.as_mut()) {
            let day = p.period.start == p.period.end && p.period.start.is_some();
            let same = p.label.starts_with("同日") && p.period.start == own;
            match &self.day {
                Some(told) if same => p.period.clone_from(&told.period),
                _ if day && !same && p.from == Nearness::Clause => self.day = Some(p.clone()),
                _ => {}
            }
        }
    }

    /// Gives what was told the time of the note that a passage is. …905人 ※いずれも1月末現在: the note may stand at the end of
    /// the last line.
    fn date_by_note(&mut self, text: &str, drafts: &mut [Draft], scope: &Scope) {
        let (told, note) = text.rsplit_once('※').map_or((None, text), |n| (Some(n.0), n.1));
        let alone = drafts.is_empty() || told.is_some_and(|t| !t.is_empty());
        if (alone || told.is_some())
            && let Some((period, all)) = dated_note(note, scope)
            && (alone || all)
        {
            let from = if all && alone { self.outer } else { self.inner };
            self.out.iter_mut().skip(from).for_each(|o| give_period(o, &period));
            drafts.iter_mut().filter(|d| d.period.is_none()).for_each(|d| d.period = Some(period.clone()));
        }
    }

    /// ○助成件数は12月末までで6,924件 … ○申請は、窓口が6,611件: results of one section that tell no time are of the one
    /// told before them, where nothing else tells one.
    fn share_time(&mut self, drafts: &mut [Draft], scope: &Scope, listed: bool) {
        let base = ["前", "昨", "一昨", "同期"];
        for d in drafts {
            let result = d.status.is_some_and(|s| s.status == Status::Actual);
            match &d.period {
                None if result && scope.period.is_none() && (listed || scope.time.reference.is_some()) => {
                    let today = scope.time.reference.or(scope.written);
                    let recent = |p: &&ScopedPeriod| {
                        let days =
                            today.zip(p.period.end.or(p.period.start)).and_then(|(t, end)| t.since(end).ok());
                        days.is_none_or(|d| d.get_days() <= RECENT)
                    };
                    let weak = |p: &ScopedPeriod| ScopedPeriod { from: Nearness::Document, ..p.clone() };
                    d.period = self.last.as_ref().filter(recent).map(weak);
                }
                Some(p) if result && p.from >= Nearness::Sentence => {
                    let compared =
                        base.iter().any(|w| p.label.starts_with(w)) || d.rule.contains(".bracket.");
                    let phase = d.dimensions.contains_key("phase");
                    if !compared && !phase && reports_on(p) {
                        self.last = Some(p.clone());
                        self.last_level = self.outline.level();
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether the title stands above the text; a heading further down is that of its section alone.
fn title_leads(content: &DocumentContent, facts: &DocumentFacts) -> bool {
    let worded = || content.blocks.iter().filter(|b| !b.kind.is_apart() && !b.text.is_empty());
    let title = worded().position(|b| b.text.text.replace('\n', " ") == facts.title);
    let told = worded().position(|b| b.kind == BlockKind::Paragraph && b.text.text.contains('。'));
    title.is_none_or(|t| told.is_none_or(|p| t < p))
}

/// Takes out what nothing but the paper's title names (18市が参加し, 2課を対象に); 残る7か所 is of what was counted before,
/// and 300件の相談を予定 has the name of a quantity of its own.
fn leave_out_unnamed(drafts: &mut Vec<Draft>, title: &str) {
    let bare = |d: &Draft| {
        let counter = statement::words::counter_noun(&d.unit);
        let label = d.measure_label.replace(&counter, "").replace(&format!("{}数", d.unit), "");
        matches!(label.as_str(), "" | "参加" | "対象" | "関係" | "実施")
    };
    let unnamed = |d: &Draft| d.rule.contains(".heading.") && title.starts_with(&d.subject) && bare(d);
    let named: Vec<String> = drafts.iter().filter(|d| !unnamed(d)).map(|d| d.unit.clone()).collect();
    drafts.retain(|d| !unnamed(d) || named.contains(&d.unit));
}

/// 登録者数の推移(各年5月1日現在) over a list of years: what each of them stands for.
fn date_each_year(drafts: &mut [Draft], topic: &str) {
    if drafts.is_empty() {
        return;
    }
    let Some((day_in, name)) = tables::day_of_each_year(topic) else { return };
    for draft in drafts {
        if let Some(told) = &mut draft.period
            && let Some(day) = day_in(&told.period)
        {
            told.period = day;
        }
        draft.subject = draft.subject.replace(topic, &name);
    }
}

fn statement_of(block: &Block, from: usize, scope: &Scope, tools: &Tools) -> Vec<Draft> {
    statement::read(&block.text, from..block.text.map.len(), scope, tools)
}

/// Headings state a number only behind a colon (対象業務:11業務); other numbers in them define the section.
/// So do those that a bracket names (アンケートの結果(回答者数846人、回収率92.8%)).
fn labelled(drafts: Vec<Draft>, words: &str) -> impl Iterator<Item = Draft> {
    let held = |d: &Draft| {
        let before: String = words.chars().take(d.chars.start).collect();
        let label = d.measure_label.strip_suffix('数').unwrap_or(&d.measure_label);
        let bracket = before.matches('(').count() > before.matches(')').count();
        let behind: String = words.chars().skip(d.chars.end).collect();
        // (2) 利用者数 延べ1,842人: a line that states a figure, set as a heading.
        let ends = behind.trim().is_empty() || behind.trim_start().starts_with('(');
        let name = ["延べ", "約", "計", "合計", "累計"]
            .iter()
            .fold(before.trim_end(), |b, w| b.trim_end_matches(w).trim_end());
        (bracket || ends)
            && (["回答", "有効回答", "回収", "協力者"].iter().any(|w| name.ends_with(w))
                || name.ends_with(&d.measure_label)
                || name.ends_with(label)
                || d.measure_label.strip_prefix("延べ").is_some_and(|l| name.ends_with(l)))
            && (statement::words::names_quantity(&d.measure_label) || d.measure_label.ends_with('数'))
    };
    // 【新規】公開型地図の構築 14,630千円: what a measure of the budget costs.
    let costs = |d: &Draft| {
        let behind = words.chars().skip(d.chars.end).all(char::is_whitespace);
        let named = d.rule.contains(".noun.") && d.subject.chars().count() >= 4;
        d.unit == "円" && behind && named && !statement::words::names_quantity(&d.subject)
    };
    drafts.into_iter().filter(move |d| d.rule.contains(".label.") || held(d) || costs(d))
}
