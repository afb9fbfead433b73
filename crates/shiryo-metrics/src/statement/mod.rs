//! Quantities out of one piece of running text: a sentence, a list item, a line of a table cell.
//!
//! A sentence is annotated ([`shiryo_ja::annotate`]); numbers that state nothing are left out ([`skip`]); each
//! that is left is bound to what it counts ([`bind`]), to a time ([`period`]) and to a status ([`status`]).

mod above;
mod bind;
mod carry;
mod chars;
mod clean;
#[cfg(test)]
mod committee;
mod events;
mod follow;
mod generic;
mod items;
mod kinds;
mod left;
mod lengths;
mod named;
mod outcome;
mod owner;
pub(crate) mod period;
mod phrase;
mod place;
mod right;
mod sentence;
mod shared;
mod skip;
mod spent;
mod standing;
pub(crate) mod status;
mod status_words;
mod strip;
pub(crate) mod topic;
mod when;
pub(crate) mod words;

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod beside;
#[cfg(test)]
mod changes;
#[cfg(test)]
mod owners;
#[cfg(test)]
mod patterns;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod tests;

use crate::scope::{Nearness, Scope, ScopedPeriod, ScopedStatus};
use crate::{Draft, Tools};
use bind::Binder;
use sentence::Sentence;
use shiryo_ja::grammar::calendar::fiscal_year_of;
use shiryo_ja::{Mention, Quantity};
use shiryo_model::{Context, Status, Text};
use std::ops::Range;

/// Lines longer than this that hold no number are text, not labels.
const LONGEST_LABEL: usize = 40;

/// Every stated quantity in the characters `range` of `text`, with what `scope` says filled in where the words
/// themselves say nothing. Lines of the range (`\n` in a cell) are read one after the other: a label line
/// (〇個別相談会) holds for the lines under it.
pub fn read(text: &Text, range: Range<usize>, scope: &Scope, tools: &Tools) -> Vec<Draft> {
    let chars = chars::with_japanese_commas(&text.text);
    let lines = sentence::split(&chars, range);
    let several = lines.len() > 1;
    let mut scope = scope.clone();
    let mut out: Vec<Draft> = Vec::new();
    for line in &lines {
        scope.said.clear();
        scope.planned = false;
        let mut spoken = false;
        let mut drafts: Vec<Draft> = Vec::new();
        let named = (scope.context == Context::Prose).then(|| items::leading_name(&chars, line)).flatten();
        let topics = scope.topics.len();
        scope.topics.extend(named);
        let own = (scope.period.clone(), scope.status, scope.begun);
        scope.outer.clone_from(&own.0);
        for range in line {
            let words = chars.get(range.clone()).unwrap_or_default();
            let at = range.start + bullets(words);
            let at = at + items::answer_lead(chars.get(at..range.end).unwrap_or_default());
            let key = items::leading_key(chars.get(at..range.end).unwrap_or_default());
            let at = at + key.map_or(0, |k| k.0);
            let said = scope.status;
            if let Some((_, status)) = key {
                scope.status = Some(ScopedStatus { status, from: Nearness::Clause });
            }
            let sentence = Sentence::new(
                chars.get(at..range.end).unwrap_or_default(),
                at,
                &scope.time,
                tools.segmenter.as_ref(),
            );
            let read = read_sentence(&sentence, &scope, tools, &drafts);
            drafts.extend(read);
            scope.status = said;
            // What the first sentence spoke of is what the next one tells, not all of them.
            if spoken {
                scope.topics.truncate(topics);
                spoken = false;
            }
            if scope.context == Context::Prose && scope.topics.len() == topics {
                let first = line.first().filter(|first| first.start == range.start);
                let begun = first.and_then(|_| items::leading_subject(sentence.chars, &drafts));
                let named = begun.or_else(|| items::leading_object(&sentence));
                let told = first.filter(|_| named.is_none()).and_then(|_| items::leading_topic(&sentence));
                spoken = told.is_some();
                scope.topics.extend(named.or(told));
            }
            if let Some(said) = topic::spoken_of(&sentence) {
                scope.said = said;
            }
            carry::carry(&sentence, &drafts, &mut scope, &own.0);
            // 令和12年度に50%とする目標である。…年度末残高は: not of the year that is aimed at.
            let aim = ["目標", "目指"].iter().any(|w| sentence.text.contains(w));
            let today = scope.time.reference.or(scope.written).map(fiscal_year_of);
            let ahead = |year: &i16| today.or(scope.own_year).is_some_and(|own| *year > own);
            if let Some(year) = sentence.fiscal_year().filter(|year| !(aim && ahead(year))) {
                scope.time.fiscal_year = Some(year);
            }
        }
        (scope.period, scope.status, scope.begun) = own;
        scope.result = None;
        scope.topics.truncate(topics);
        if drafts.is_empty() && several {
            label_line(&chars, line, &mut scope);
        }
        out.extend(drafts);
    }
    out
}

/// The time of what a passage says was held (講座を9月に開催した。), for the passages after it.
pub(crate) fn event_of(text: &Text, scope: &Scope) -> Option<ScopedPeriod> {
    if !events::may_tell(&text.text) {
        return None;
    }
    last_told(text, scope, |s| events::held(s).map(|(period, _)| period))
}

/// Since when what a passage speaks of has been going on (6月に開設した), for the passages after it.
pub(crate) fn begun_in(text: &Text, scope: &Scope) -> Option<jiff::civil::Date> {
    if !events::may_tell_begin(&text.text) {
        return None;
    }
    last_told(text, scope, |s| events::since(s, events::held(s).as_ref().map(|h| &h.0)))
}

/// What the last sentence tells that tells any.
fn last_told<T>(text: &Text, scope: &Scope, read: impl Fn(&Sentence) -> Option<T>) -> Option<T> {
    let chars = chars::with_japanese_commas(&text.text);
    let lines = sentence::split(&chars, 0..chars.len());
    lines
        .iter()
        .flatten()
        .rev()
        .find_map(|range| read(&Sentence::new(chars.get(range.clone())?, range.start, &scope.time, None)))
}

/// How many characters of bullets and blanks a line begins with.
fn bullets(line: &[char]) -> usize {
    line.iter().take_while(|c| "・●○〇◯■□◆◇▼▲►▶▷➢➡★※-*①②③④⑤⑥⑦⑧⑨⑩ ".contains(**c)).count()
}

/// A line without numbers in a cell names what the lines under it speak of.
fn label_line(chars: &[char], line: &[Range<usize>], scope: &mut Scope) {
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return };
    let words: String = chars.get(first.start..last.end).unwrap_or_default().iter().collect();
    if words.chars().count() > LONGEST_LABEL || words.ends_with('。') {
        return;
    }
    let label = topic::clean(&words);
    if label.is_empty() {
        return;
    }
    if scope.context == Context::Table && !scope.topics.is_empty() {
        scope.dimensions.insert("course".into(), label);
    } else {
        scope.topics.push(label);
    }
}

/// Quantities of one sentence; `earlier` are those of the sentences before it in the same line.
fn read_sentence(s: &Sentence, scope: &Scope, tools: &Tools, earlier: &[Draft]) -> Vec<Draft> {
    let counted = |m: &Mention, q: &Quantity| match label_unit(s, m, q, scope) {
        Some(unit) => Quantity { unit: unit.to_owned(), ..q.clone() },
        None => q.clone(),
    };
    let kept: Vec<(&Mention, Quantity)> = s
        .quantities()
        .map(|(_, m, q)| (m, counted(m, q)))
        .filter(|(m, q)| !skip::skip(s, m, q, scope))
        .collect();
    let ranges: Vec<Range<usize>> = kept.iter().map(|(m, _)| m.chars.clone()).collect();
    let mut prior: Vec<Draft> = Vec::new();
    for (m, q) in &kept {
        let binder = Binder { s, scope, tools, kept: &ranges, prior: &prior, earlier };
        let Some(binding) = binder.bind(m, q) else { continue };
        let draft = draft(s, m, q, binding, scope, &prior);
        prior.push(draft);
    }
    shared::share_labels(&mut prior, s);
    shared::mark_phases(&mut prior, s);
    shared::share_changes(&mut prior, s);
    shared::each_changed(&mut prior, s);
    shared::each_in_order(&mut prior, s);
    shared::follow_status(&mut prior, s);
    // (前年36件) beside a figure of no known time: nothing would tell the two apart.
    prior.retain(|d| d.period.is_some() || !period::is_bare_base(s, d.chars.start));
    for d in &mut prior {
        d.chars = d.chars.start + s.at..d.chars.end + s.at;
    }
    prior
}

/// The unit of a bare number that its label implies: 窓口数 12, 登録者数:1,204.
fn label_unit(s: &Sentence, m: &Mention, q: &Quantity, scope: &Scope) -> Option<&'static str> {
    if !q.unit.is_empty() || !scope.unit.is_empty() {
        return None;
    }
    let gap = (0..m.chars.start).rev().find(|&i| !matches!(s.chars.get(i), Some(' ' | ':')))? + 1;
    let start = phrase::noun_start(s, gap, 0);
    let label = chars::string(s.chars, start..gap);
    // A table's row that lost its form holds more than one number.
    let alone =
        s.quantities().filter(|(_, n, o)| o.unit.is_empty() && n.chars.start != m.chars.start).count() == 0;
    let named = gap < m.chars.start && label.chars().count() >= 3 && words::names_quantity(&label);
    if named && alone { crate::tables::implied_unit(&label).filter(|u| !u.is_empty()) } else { None }
}

/// No figure of a sentence is surer: of papers not met before, seven in eight were bound right however directly the words
/// named them, of tables nineteen in twenty (docs/observations.md).
const MOST_OF_A_SENTENCE: f64 = 0.88;

fn draft(s: &Sentence, m: &Mention, q: &Quantity, b: bind::Binding, scope: &Scope, prior: &[Draft]) -> Draft {
    let aggregation = bind::aggregation(s, m, q, &b);
    let figure = when::Figure { s, m, q, b: &b, scope, prior, aggregation };
    let told = figure.told();
    let (status, unsaid) = figure.status(told.as_ref());
    let period = figure.settled(told, status);
    let status = status.or_else(|| {
        let stated = standing::is_stated(s, q, &b);
        stated.then_some(ScopedStatus { status: Status::Actual, from: Nearness::Document })
    });
    let period = figure.shared(period, status);
    let mut dimensions = scope.dimensions.clone();
    let told = [
        ("frequency", &b.frequency),
        ("age", &b.age),
        ("part", &b.part),
        ("place", &b.place),
        ("area", &b.area),
    ];
    dimensions.extend(told.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))));
    let mut subject = b.subject.clone();
    if b.how == "label" && !scope.measure_label.is_empty() && b.label == scope.measure_label {
        // 交付率(9月現在) / 第一区:43%: the label tells the place or the kind, the heading the subject.
        dimensions.insert(dimension_of(&subject).into(), subject.clone());
        let topic = scope.topic();
        subject = if topic.is_empty() { b.label.clone() } else { topic.to_owned() };
    }
    let department = match b.departments.as_slice() {
        [] => scope.department.clone(),
        several => several.join("、"),
    };
    let mut confidence = b.confidence;
    confidence -= if unsaid { 0.12 } else { 0.0 };
    // A time that nothing near tells, and a heading that stands for the subject, are what goes wrong most often.
    confidence -= match period.as_ref().map(|p| p.from) {
        None | Some(Nearness::Document) => 0.05,
        Some(Nearness::Section) => 0.02,
        _ => 0.0,
    };
    let carried = b.how != "heading" && !subject.is_empty() && subject == scope.topic();
    confidence -= if carried { 0.04 } else { 0.0 };
    confidence -= if m.rule == "quantity.unknown-counter" { 0.15 } else { 0.0 };
    let confidence = confidence.min(MOST_OF_A_SENTENCE);
    let context = scope.context.as_str();
    let by = status.map_or("unknown", |s| s.from.as_str());
    Draft {
        chars: m.chars.clone(),
        section: if subject == b.subject { b.section } else { String::new() },
        subject,
        measure_label: b.label,
        value: q.value,
        value_upper: q.value_upper,
        unit: if q.unit.is_empty() { scope.unit.clone() } else { q.unit.clone() },
        bound: q.bound,
        status,
        aggregation,
        period,
        department,
        dimensions,
        context: scope.context,
        confidence,
        rule: format!("{context}.{}.{by}", b.how),
    }
}

/// Which dimension a label is a value of.
fn dimension_of(label: &str) -> &'static str {
    let place = ["都", "道", "府", "県", "区", "市", "町", "村", "国", "地区", "圏"];
    if place.iter().any(|p| label.ends_with(p)) { "area" } else { "item" }
}
