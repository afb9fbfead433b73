//! What holds for a whole table: its caption, unit note, notes and the heading above.

use super::unit_words::{self, ScaledUnit};
use super::when::{self, EachYear, When};
use super::words;
use crate::scope::Scope;
use shiryo_model::Table;

/// What holds for the whole table.
#[derive(Debug, Clone, Default)]
pub(super) struct TableContext {
    /// Caption without enumerator and brackets around times; empty when there is none.
    pub(super) caption: String,
    /// The caption read for times.
    pub(super) caption_when: When,
    /// What a form names in its head (施策名, 取組の名); empty when the table is no form.
    pub(super) title: String,
    /// The unit in charge that a form names in its head.
    pub(super) department: String,
    /// Whether several columns stand for years: a plan or a series.
    pub(super) year_columns: bool,
    /// The fiscal year that a single column of what is done names (令和6年度の取組内容 beside 目標).
    pub(super) only_year: Option<When>,
    /// Innermost headers of the columns that hold values.
    pub(super) headers: Vec<String>,
    /// How many columns hold values.
    pub(super) value_columns: usize,
    /// The day of every year that a series holds for (各年4月1日現在), and whether it is said of what happened
    /// alone (※実績は各年…).
    pub(super) each_year: Option<(EachYear, bool)>,
    /// What a note tells to hold for the ends of the months (各月末現在); empty: all figures.
    pub(super) month_ends: Option<String>,
    /// Units of the unit note (単位：千円).
    pub(super) units: Vec<ScaledUnit>,
    /// How sure layout is of the structure, 0–1.
    pub(super) structure: f64,
}

/// What caption, unit note, notes and the heading above say of the whole table.
pub(super) fn table_context(table: &Table, scope: &Scope) -> TableContext {
    let caption = words::clean(&table.caption.text);
    let caption = caption.trim_matches(|c| "【】<>《》「」[]■●◆▼○◎□".contains(c)).trim();
    let caption = words::without_number(caption);
    let mut units = unit_words::unit_note(&table.unit.text);
    let (caption, behind) = unit_words::note_behind(caption).unwrap_or((caption, Vec::new()));
    units.extend(behind);
    let mut caption = caption.to_owned();
    let each_year = each_year(&mut caption, table, scope);
    let caption_when = when::read(&caption, &scope.time);
    let noted = noted_when(table, scope).filter(|_| caption_when.period.is_none());
    let stem = caption_when.stem.clone();
    let caption_when = noted.map_or(caption_when, |noted| When { stem, ..noted });
    if units.is_empty() {
        units.extend(unit_words::bracketed(&caption));
    }
    let structure = table.confidence;
    let month_ends = month_ends(&caption, table);
    TableContext { month_ends, caption, caption_when, units, structure, each_year, ..TableContext::default() }
}

/// The time of a note that tells nothing else (※令和5年度実績), for a caption that tells none.
fn noted_when(table: &Table, scope: &Scope) -> Option<When> {
    let notes = table.notes.iter().take(20);
    let read = notes.map(|n| when::read(n.text.trim_matches(|c: char| !c.is_alphanumeric()), &scope.time));
    let mut told = read.filter(|w| w.period.is_some() && words::is_generic(&w.stem));
    told.next()
}

/// What stands before 各月末現在 in a note, when that names something; in the caption it is said of all.
fn month_ends(caption: &str, table: &Table) -> Option<String> {
    if caption.contains("各月末") {
        return Some(String::new());
    }
    let notes = table.notes.iter().take(20).map(|n| n.text.as_str()).chain([table.unit.text.as_str()]);
    let of = notes.filter_map(|n| n.split_once("各月末")).map(|(before, _)| before.trim()).next()?;
    let names = of.chars().filter(|c| c.is_alphanumeric()).count() > 1;
    Some(if names { of.to_owned() } else { String::new() })
}

/// Takes 各年…現在 out of the caption, or finds it in the unit note, a note or the heading above.
fn each_year(caption: &mut String, table: &Table, scope: &Scope) -> Option<(EachYear, bool)> {
    if let Some((each, range)) = when::each_year(caption) {
        caption.replace_range(range, "");
        *caption = when::without_remains(caption);
        return Some((each, false));
    }
    if let Some(each) = when::day_without_year(caption) {
        return Some((each, false));
    }
    let notes = table.notes.iter().take(20).map(|n| n.text.as_str());
    let told = std::iter::once(table.unit.text.as_str()).chain(notes).chain([scope.topic()]);
    told.filter_map(|words| when::each_year(words).map(|(each, _)| (each, words.contains("実績は")))).next()
}
