//! A table and what stands around it in the paper: the sentence that announces it, its version, its unit, its time.

use super::Reader;
use super::notes::with_unit_above;
use crate::outline::headings::{holds_quantity, phase};
use crate::scope::{Nearness, Scope, ScopedPeriod, ScopedStatus};
use crate::{statement, tables, versions};
use rust_decimal::Decimal;
use shiryo_ja::{Mention, MentionKind, TimeContext, annotate};
use shiryo_model::{Block, BlockKind, Context, Observation, Status, Table, Text};

/// Sentences that announce a table are no longer than this.
const LONGEST_ANNOUNCEMENT: usize = 80;
/// Counts of a passage that the totals of tables below are held against.
const MOST_COUNTS: usize = 20;

impl Reader<'_, '_> {
    pub(super) fn table(&mut self, i: usize, block: &Block) {
        let Some(table) = block.table.and_then(|t| self.content.tables.get(t as usize)) else {
            self.outline.end_passage();
            return;
        };
        let mark = mark(&table.caption.text);
        let unmarked = mark.is_some().then(|| Table { caption: Text::default(), ..table.clone() });
        let scope = self.scope_of_table(i, table, mark);
        let table = unmarked.as_ref().unwrap_or(table);
        let above = i.checked_sub(1).and_then(|above| self.content.blocks.get(above));
        let noted = above.and_then(|above| with_unit_above(table, above));
        let mut rows = tables::read(noted.as_ref().unwrap_or(table), &scope, self.tools);
        date_by_total(&mut rows, self.out.get(self.outer..).unwrap_or_default());
        self.out.append(&mut rows);
        self.outline.end_passage();
        if let Some(facts) = tables::sheet_facts(table, &scope) {
            self.outline.sheet(facts);
        }
    }

    /// What is known for the figures of the table at block `i`, with the mark that it stands under.
    fn scope_of_table(&mut self, i: usize, table: &Table, mark: Option<(&str, String)>) -> Scope {
        if !table.unit.text.is_empty() {
            self.unit_before.clone_from(&table.unit.text);
        }
        if let Some(text) = self.unread.drain(..).rev().find(|text| holds_quantity(text)) {
            self.counted = counts(text);
        }
        let mut scope = Scope {
            context: Context::Table,
            title: self.facts.title.clone(),
            unit_before: self.unit_before.clone(),
            counted: self.counted.clone(),
            ..self.outline.scope()
        };
        if let Some((dimension, name)) = mark {
            scope.dimensions.remove("version");
            scope.dimensions.insert(dimension.to_owned(), name);
        }
        // The answers of a survey are of when it was made.
        if scope.topics.iter().any(|t| ["アンケート", "調査"].iter().any(|w| t.contains(w))) {
            let answered = || Some(ScopedPeriod { from: Nearness::Section, ..self.result.clone()? });
            scope.reported = self.outline.event_of_section().or_else(answered).or(scope.reported);
        }
        // A unit note may stand between a table and the sentence that announces it.
        let before = self.content.blocks.get(..i).unwrap_or_default().iter();
        let lead = before.rev().take(2).find(|b| !tables::is_unit_note(&b.text.text));
        let lead = lead.filter(|b| b.kind == BlockKind::Paragraph).map_or("", |b| b.text.text.as_str());
        let sentence = announcing(lead);
        let told = tables::dated_line(lead, &scope).or_else(|| announced(sentence?, &scope));
        scope.period = told.or(scope.period);
        if sentence.is_some_and(|s| s.contains("予算")) {
            scope.status = Some(ScopedStatus { status: Status::Plan, from: Nearness::Section });
        }
        scope.announced = sentence.and_then(announced_words).unwrap_or_default().to_owned();
        scope
    }
}

/// The dimension and name that a mark right above a table tells (【現行計画】, 見直し後): not what the table is about.
fn mark(caption: &str) -> Option<(&'static str, String)> {
    let version = versions::named(caption).map(|name| ("version", name));
    version.or_else(|| phase(caption).map(|p| ("phase", p.to_owned())))
}

/// The time of a sentence that says that the table below tells it (令和6年5月1日現在の台数は次のとおりである).
fn announced(sentence: &str, scope: &Scope) -> Option<ScopedPeriod> {
    let is_time = |m: &Mention| matches!(&m.kind, MentionKind::Time(t) if !t.relative);
    let one = annotate(sentence, &scope.time).iter().filter(|m| is_time(m)).count() == 1;
    if !one {
        return None;
    }
    statement::period::of_heading(sentence, scope, Nearness::Section)
}

/// Gives a table that tells no time that of the passage that tells its total, or another of its larger figures (令和7年1月末の
/// 保有枚数は8,476枚で… over 計 | 8,476).
fn date_by_total(rows: &mut [Observation], passages: &[Observation]) {
    // Smaller figures may agree by chance.
    let least = Decimal::from(1_000);
    let undated = |o: &Observation| o.period_start.is_none() && o.period_end.is_none();
    if rows.is_empty() || !rows.iter().all(|o| undated(o) && o.status == Status::Actual) {
        return;
    }
    let same = |told: &&Observation| {
        !undated(told)
            && told.context == Context::Prose
            && told.status == Status::Actual
            && told.value >= least
            && rows.iter().any(|o| o.value == told.value && o.unit == told.unit)
    };
    if let Some(told) = passages.iter().rfind(same) {
        for o in rows {
            (o.period_start, o.period_end) = (told.period_start, told.period_end);
            o.period_label.clone_from(&told.period_label);
        }
    }
}

/// Words that point to a table below.
const BELOW: [&str; 11] = [
    "次のとおり",
    "以下のとおり",
    "下記のとおり",
    "表のとおり",
    "次の表",
    "次表",
    "下表",
    "次の通り",
    "以下の通り",
    "下記の通り",
    "表の通り",
];

/// The sentence of a paragraph that says that a table tells what it speaks of.
fn announcing(text: &str) -> Option<&str> {
    let told = text.split_inclusive('。').rfind(|s| BELOW.iter().any(|w| s.contains(w)));
    told.filter(|s| s.chars().count() <= LONGEST_ANNOUNCEMENT)
}

/// What such a sentence says that the table tells: 交付通数の推移は次のとおり, 交付通数を次表に示す.
fn announced_words(sentence: &str) -> Option<&str> {
    let at = BELOW.iter().filter_map(|w| sentence.find(w)).min()?;
    let before = sentence.get(..at)?.trim_end_matches(['、', ' ']);
    ["については", "について", "は", "を"].iter().find_map(|particle| before.strip_suffix(particle))
}

/// The counts of a passage with their units: the total of a table below may be one of them.
fn counts(text: &str) -> Vec<(Decimal, String)> {
    let found = annotate(text, &TimeContext::default()).into_iter();
    let count = |m: Mention| match m.kind {
        MentionKind::Quantity(q) if !q.unit.is_empty() && q.value.scale() == 0 => Some((q.value, q.unit)),
        _ => None,
    };
    found.filter_map(count).take(MOST_COUNTS).collect()
}
