//! What the surroundings of a number say about it before its own words are read.

use shiryo_ja::TimeContext;
use shiryo_model::{Context, Period, Status};
use std::collections::BTreeMap;

/// How near to a number the words stand that said something about it; nearer is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub enum Nearness {
    /// Title or date of the document.
    #[default]
    Document,
    /// Heading of the section.
    Section,
    /// An earlier sentence or line of the same passage.
    Sentence,
    /// Caption of the table or figure.
    Caption,
    /// Label of the table row.
    Row,
    /// Header of the table column.
    Column,
    /// The cell or clause that holds the number.
    Clause,
}

impl Nearness {
    /// The last part of a rule's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Section => "section",
            Self::Sentence => "sentence",
            Self::Caption => "caption",
            Self::Row => "row",
            Self::Column => "column",
            Self::Clause => "clause",
        }
    }
}

/// A period, the words it came from and where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScopedPeriod {
    /// The days.
    pub period: Period,
    /// The words (令和4年度, 9月末).
    pub label: String,
    /// Where they stand.
    pub from: Nearness,
}

/// A status and where the words stand that said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScopedStatus {
    /// The status.
    pub status: Status,
    /// Where the words stand.
    pub from: Nearness,
}

/// What surrounds a piece of running text or a table cell.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// What the passage is about, outermost first: headings, then label lines. In a table: the row's label
    /// path as the last entry.
    pub topics: Vec<String>,
    /// Words of the nearest heading, whether or not they name a subject.
    pub heading: String,
    /// What the sentences before in the same passage spoke of (…は); empty when they named nothing.
    pub said: String,
    /// The body whose paper it is; empty when nothing tells.
    pub issuer: String,
    /// Title of the document: the last resort for what a table is about.
    pub title: String,
    /// Period of a number whose own words name none.
    pub period: Option<ScopedPeriod>,
    /// The span that the paper's overview tells: of results that nothing nearer dates.
    pub reported: Option<ScopedPeriod>,
    /// The period that the surroundings of the passage tell, before any sentence of it told another.
    pub outer: Option<ScopedPeriod>,
    /// The time that the last result of the sentences before was told for.
    pub result: Option<ScopedPeriod>,
    /// Since when what the passage speaks of has been going on (6月に開設した).
    pub begun: Option<jiff::civil::Date>,
    /// Whether the sentence before told what shall be done: what it costs is planned with it.
    pub planned: bool,
    /// Status of a number whose own words say none.
    pub status: Option<ScopedStatus>,
    /// Unit in charge, where stated.
    pub department: String,
    /// Labels that tell these numbers from their neighbours (course, version, area …).
    pub dimensions: BTreeMap<String, String>,
    /// Name of the quantity (a column header, a label line); empty when the text must say.
    pub measure_label: String,
    /// Unit of bare numbers (単位：千円 gives 千円), canonical; empty when bare numbers are no quantities.
    pub unit: String,
    /// What the passages of the section counted before a table (全32項目), with their units.
    pub counted: Vec<(rust_decimal::Decimal, String)>,
    /// What the sentence above a table says that it tells (交付通数の推移は次のとおり).
    pub announced: String,
    /// Unit note of the table before in the same section, as written: amounts that tell no unit share it.
    pub unit_before: String,
    /// Whether the paper is a budget: what it tells of its own year is planned, however it is worded.
    pub budget: bool,
    /// Date of the paper where the times in its text are not to be read against it.
    pub written: Option<jiff::civil::Date>,
    /// The paper's own fiscal year; that of [`Self::time`] may be a heading's.
    pub own_year: Option<i16>,
    /// What year-less and relative time expressions are read against.
    pub time: TimeContext,
    /// Table, prose or figure.
    pub context: Context,
}

impl Scope {
    /// The innermost topic; empty when there is none.
    pub fn topic(&self) -> &str {
        self.topics.last().map_or("", String::as_str)
    }

    /// All topics in one string, for looking up cues.
    pub fn near(&self) -> String {
        let mut near = self.topics.join(" ");
        for value in self.dimensions.values() {
            near.push(' ');
            near.push_str(value);
        }
        near
    }

    /// Sets the period unless one from nearer words is known.
    pub fn offer_period(&mut self, offered: ScopedPeriod) {
        if self.period.as_ref().is_none_or(|known| known.from <= offered.from) {
            self.period = Some(offered);
        }
    }

    /// Sets the status unless one from nearer words is known.
    pub fn offer_status(&mut self, status: Status, from: Nearness) {
        if status != Status::Unknown && self.status.is_none_or(|known| known.from <= from) {
            self.status = Some(ScopedStatus { status, from });
        }
    }
}
