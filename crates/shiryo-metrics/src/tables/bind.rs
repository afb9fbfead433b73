//! Binds one number of a table to subject, measure, unit, period and status: header path × row label path.

use super::context::TableContext;
use super::labels::RowLabel;
use super::unit_words::{self, ScaledUnit};
use super::when::{self, When};
use super::{form, words};
use crate::outline::headings::holds_quantity;
use crate::scope::{Nearness, Scope, ScopedPeriod, ScopedStatus};
use crate::{Tools, versions};
use shiryo_model::{Aggregation, Context, Granularity, Status};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// What the headers above a column say.
#[derive(Debug, Clone, Default)]
pub(super) struct ColumnLabel {
    /// Words of each header cell, outermost first, whole.
    pub(super) path: Vec<String>,
    /// The same read for times, in the same order.
    pub(super) whens: Vec<When>,
    /// The time of the column that this one compares (達成率 behind R5実績); only where none is its own.
    pub(super) compared: Option<When>,
}

impl ColumnLabel {
    /// Reads a header path.
    pub(super) fn new(path: Vec<String>, scope: &Scope) -> Self {
        // Which year the year before is, the other labels tell.
        let compared = |words: &str| words::compares_years(words) && words.starts_with('対');
        let read = |words: &String| match words::is_year_before(words) || compared(words) {
            true => When { stem: words.clone(), ..When::default() },
            false => when::read(words, &scope.time),
        };
        let whens = path.iter().map(read).collect();
        Self { path, whens, compared: None }
    }

    /// Whether no header tells a time and the innermost names a comparison of what was done with what was meant,
    /// or of a year with the one before.
    pub(super) fn compares(&self) -> bool {
        let names = |l: &String| words::is_comparison(l) || words::compares_years(l);
        self.path.last().is_some_and(names) && !self.is_dated()
    }

    /// Whether a header tells when.
    pub(super) fn is_dated(&self) -> bool {
        self.whens.iter().any(|w| w.period.is_some())
    }

    /// Whether a header names a time, be it a part of a year.
    pub(super) fn tells_time(&self) -> bool {
        self.whens.iter().any(|w| w.period.is_some() || w.part.is_some())
    }

    /// The innermost header that names something besides a time, with its place in the path.
    pub(super) fn name(&self) -> Option<(usize, &str)> {
        let names = |w: &When| !words::is_generic(&w.stem) && !words::is_category(&w.stem);
        let named = |i: usize| self.whens.get(i).is_some_and(names);
        let quantity = (0..self.path.len()).rev().find(|&i| named(i) && words::names_quantity(&self.stem(i)));
        let index = quantity.or_else(|| (0..self.path.len()).rev().find(|&i| named(i)))?;
        self.path.get(index).map(|words| (index, words.as_str()))
    }

    fn stem(&self, index: usize) -> String {
        self.whens.get(index).map(|w| w.stem.clone()).unwrap_or_default()
    }
}

/// A number bound to everything but its value.
#[derive(Debug, Clone)]
pub(super) struct Binding {
    pub(super) subject: String,
    pub(super) measure_label: String,
    pub(super) unit: ScaledUnit,
    pub(super) status: Option<ScopedStatus>,
    pub(super) aggregation: Aggregation,
    pub(super) period: Option<ScopedPeriod>,
    pub(super) dimensions: BTreeMap<String, String>,
    pub(super) confidence: f64,
    pub(super) rule: String,
}

/// Who names the measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    Column,
    Row,
    /// A row label over the one of the row itself.
    Group,
    Caption,
    Unit,
}

/// Everything known about a cell's place.
pub(super) struct Place<'a> {
    pub(super) column: &'a ColumnLabel,
    pub(super) row: &'a RowLabel,
    pub(super) table: &'a TableContext,
    pub(super) scope: &'a Scope,
    pub(super) tools: &'a Tools,
    /// What [`Place::about`] found: asked for more than once for every number.
    about: OnceCell<&'a str>,
    /// The quantity in those words.
    noun: OnceCell<Option<String>>,
    /// What [`Place::period`] found.
    pub(super) told: OnceCell<Option<ScopedPeriod>>,
    /// What [`Place::stated`] found.
    pub(super) states: OnceCell<Option<ScopedStatus>>,
    /// What each label of the row says of whether it happened.
    pub(super) row_statuses: OnceCell<Vec<Status>>,
}

impl<'a> Place<'a> {
    /// The place of one cell.
    pub(super) fn new(
        column: &'a ColumnLabel,
        row: &'a RowLabel,
        table: &'a TableContext,
        scope: &'a Scope,
        tools: &'a Tools,
    ) -> Self {
        let (about, noun, told, states, row_statuses) = Default::default();
        Self { column, row, table, scope, tools, about, noun, told, states, row_statuses }
    }

    /// The same place with other words for its column.
    pub(super) fn under<'b>(&'b self, column: &'b ColumnLabel) -> Place<'b> {
        Place::new(column, self.row, self.table, self.scope, self.tools)
    }

    /// The same place with other words for its row.
    pub(super) fn of_row<'b>(&'b self, row: &'b RowLabel) -> Place<'b> {
        Place::new(self.column, row, self.table, self.scope, self.tools)
    }

    /// What the table as a whole is about: the title of a form, the caption, the nearest heading that is more
    /// than a unit of the administration.
    pub(super) fn about(&self) -> &'a str {
        self.about.get_or_init(|| about(self.table, self.scope))
    }

    /// The noun of a quantity that those words end in.
    pub(super) fn noun(&self) -> Option<&str> {
        let announced = || words::quantity_noun(&self.scope.announced);
        self.noun.get_or_init(|| words::quantity_noun(self.about()).or_else(announced)).as_deref()
    }
}

impl Place<'_> {
    /// Binds a number whose own cell gives `own_unit`; `None` when nothing names it.
    pub(super) fn bind(&self, own_unit: Option<&str>) -> Option<Binding> {
        if self.column.path.is_empty() && self.row.path.is_empty() || self.row.slipped {
            return None;
        }
        let (axis, label) = self.measure(own_unit);
        let (unit, unit_confidence, unit_rule) = self.unit(axis, &label, own_unit);
        let subject = self.subject(axis);
        if subject.is_empty() {
            return None;
        }
        let label = self.named(label, &unit.unit);
        let said = format!("{} {label}", self.column.path.join(" "));
        let status = self.status(&label);
        let differs = self.column.path.last().is_some_and(|l| words::is_difference(l));
        let aggregation = if differs { Aggregation::Change } else { words::aggregation(&said, &unit.unit) };
        let period = self.period();
        // The year of the title is a guess where nothing nearer tells one.
        let dated = if period.as_ref().is_some_and(|p| p.from == Nearness::Document) { 0.8 } else { 1.0 };
        // A year whose era nobody names may be any: what it tells is missing.
        let unread = self.column.whens.iter().any(|w| w.period.is_none() && when::looks_dated(&w.stem));
        let dated = if unread { dated * 0.75 } else { dated };
        // Of tables of new styles, most wrong rows lacked a period that the paper tells somewhere, or had their
        // subject from above the table.
        let known = if period.is_none() { 0.9 } else { 1.0 };
        let named = if self.row.path.is_empty() { 0.95 } else { 1.0 };
        let structure = self.table.structure.clamp(0.3, 1.0);
        let confidence = structure * 0.97 * unit_confidence * axis_confidence(axis) * dated * known * named;
        let rule = format!("table.{}.{unit_rule}", axis_name(axis));
        Some(Binding {
            subject,
            measure_label: label,
            unit,
            status,
            aggregation,
            period,
            dimensions: self.dimensions(axis),
            confidence,
            rule,
        })
    }

    /// Which words name the quantity: the header's, the row label's, the caption's, or only the unit.
    fn measure(&self, own_unit: Option<&str>) -> (Axis, String) {
        let header = self.column.name();
        if let Some((index, words)) = header
            && (words.starts_with("うち")
                || words::names_quantity(&self.column.stem(index))
                || self.goes_with(words, own_unit))
        {
            return (Axis::Column, words.to_owned());
        }
        let inner = self.row.path.last().filter(|_| !self.row.total);
        if let Some(words) = self.group_measure().filter(|words| header.is_none() && fits(words, own_unit)) {
            return (Axis::Group, words.clone());
        }
        let has_other_name = self.row.path.len() > 1
            || header.is_some()
            || !self.table.caption.is_empty()
            || !self.table.title.is_empty()
            || !self.scope.topic().is_empty();
        // 住民税 under 納付件数: of what they are counted.
        let of_taxes = inner.is_some_and(|w| w.ends_with('税') && unit_words::bracketed(w).is_none())
            && self.noun().and_then(unit_words::implied).is_some_and(|u| u != "%")
            && self.table.units.iter().all(|u| u.unit != "円");
        if let Some(words) = inner.filter(|_| !of_taxes)
            && has_other_name
            && (words::names_quantity(words)
                || unit_words::bracketed(words).is_some()
                || (!self.row.unit.is_empty()))
            && fits(words, own_unit)
        {
            return (Axis::Row, words.clone());
        }
        let corner = self.table.corner.as_ref().filter(|words| header.is_none() && fits(words, own_unit));
        if let Some(words) = corner {
            return (Axis::Caption, words.clone());
        }
        // A note of several units tells that the columns measure different things.
        let differ = header.is_some() && self.table.units.len() > 1;
        if let Some(noun) = self.noun().filter(|noun| !differ && fits(noun, own_unit)) {
            return (Axis::Caption, noun.to_owned());
        }
        match header {
            // A number that brings its unit needs no header that names no quantity (取扱窓口 | 41か所).
            Some(_) if own_unit.is_some_and(|u| self.tools.catalog.default_label(u, "").is_some()) => {
                (Axis::Unit, String::new())
            }
            Some((_, words)) => (Axis::Column, words.to_owned()),
            None => (Axis::Unit, String::new()),
        }
    }

    /// The quantity that an outer row label names for the parts under it (貸出冊数 over 一般書 and 児童書).
    fn group_measure(&self) -> Option<&String> {
        let (inner, outer) = self.row.path.split_last()?;
        let own = unit_words::implied(inner).is_some()
            || unit_words::is_money(inner)
            || unit_words::bracketed(inner).is_some()
            || !self.row.unit.is_empty();
        outer.iter().rev().find(|words| unit_words::implied(words).is_some()).filter(|_| !own)
    }

    /// Whether words have a unit of their own, or the catalogue knows them in the cell's unit.
    fn goes_with(&self, words: &str, own_unit: Option<&str>) -> bool {
        unit_words::bracketed(words).is_some()
            || unit_words::implied(words).is_some()
            || own_unit.is_some_and(|u| self.tools.catalog.match_measure(words, "", u).is_some())
    }

    /// What the table is about; where that is but a kind of doing (利用状況), with the topic that it is of.
    fn about_named(&self) -> String {
        let about = self.about();
        if !words::names_doing(about) {
            return about.to_owned();
        }
        let topics =
            self.scope.topics.iter().rev().chain([&self.scope.title]).map(String::as_str).map(words::topic);
        let names = |t: &&str| {
            let time = || when::tells_only_time(t, &self.scope.time);
            !t.is_empty()
                && !t.contains(about)
                && !words::names_nothing(t)
                && !words::names_doing(t)
                && !form::names_department(t)
                && !time()
        };
        match topics.into_iter().find(names) {
            Some(topic) => format!("{topic} / {about}"),
            None => about.to_owned(),
        }
    }

    /// The words that name what is measured.
    fn subject(&self, axis: Axis) -> String {
        let mut path: Vec<&str> = self.row.path.iter().map(String::as_str).collect();
        // 居宅介護 | 人 under 第6期 | 第7期: a row with a unit of its own is called by what it counts.
        let measured = |w: &String| words::names_quantity(w) || unit_words::bracketed(w).is_some();
        if axis == Axis::Row && (self.row.unit.is_empty() || self.row.path.last().is_some_and(measured)) {
            path.pop();
        }
        for words in &mut path {
            *words = words::without_formula(unit_words::without_unit(words));
        }
        // 取組内容 names a field of a form, not what is measured.
        path.retain(|words| !words::is_generic(words) || words::is_total(words));
        path.retain(|words| !self.is_version(words));
        let total_only = self.row.total && path.len() == 1;
        if path.is_empty() && !self.row.department.is_empty() && axis != Axis::Row {
            return self.row.department.clone();
        }
        if path.is_empty() || total_only {
            let column = self.column_subject(axis);
            let label = self.row.path.last().filter(|_| axis == Axis::Row && column.is_none());
            // What the rows measure is also what they are called; the caption says of what.
            if let Some(label) = label {
                let (label, outer) = (unit_words::without_unit(label), self.about_named());
                return if outer.is_empty() { label.to_owned() } else { format!("{outer} / {label}") };
            }
            // A total is called by its label, as other rows are, and by what its column is about.
            let head = match path.first() {
                Some(_) => column.unwrap_or_default(),
                None => column.unwrap_or_else(|| self.about_named()),
            };
            return match (head.is_empty(), path.first()) {
                (false, Some(total)) => format!("{head} / {total}"),
                (false, None) => head,
                (true, Some(total)) => (*total).to_owned(),
                (true, None) => self.row.path.last().cloned().unwrap_or_default(),
            };
        }
        path.join(" / ")
    }

    /// The header words that name a subject when the row names the measure (columns are areas or groups).
    fn column_subject(&self, axis: Axis) -> Option<String> {
        if axis != Axis::Row {
            return None;
        }
        // 策定時 says what a value is held against, not what it is of.
        let kinds = |s: &str| {
            words::is_generic(s)
                || words::is_phase(s)
                || words::is_baseline(s)
                || words::ends_in_kind(s)
                || words::is_difference(s)
        };
        let names = |s: &String| !kinds(s) && !self.is_version(s);
        let stems = (0..self.column.path.len()).map(|i| self.column.stem(i)).filter(|s| names(s));
        let joined: Vec<String> = stems.collect();
        (!joined.is_empty()).then(|| joined.join(" / "))
    }

    /// The measure's label: as written, or the natural noun of the unit.
    fn named(&self, label: String, unit: &str) -> String {
        if let Some(part) = label.strip_prefix("うち") {
            let names_whole = |(w, when): &(&String, &When)| {
                !w.contains("うち") && !words::is_generic(w) && !when.is_only_time() && !when.stem.is_empty()
            };
            let columns = self.column.path.iter().zip(&self.column.whens).rev();
            if let Some((whole, _)) = columns.into_iter().find(names_whole) {
                return format!("{} うち{part}", unit_words::without_unit(whole));
            }
        }
        if !label.is_empty() {
            return unit_words::without_unit(&label).to_owned();
        }
        let near = format!("{} {} {}", self.row.path.join(" "), self.table.caption, self.scope.near());
        self.tools.catalog.default_label(unit, &near).unwrap_or_default().to_owned()
    }

    /// The unit in charge: the row's, the form's, the surroundings'.
    pub(super) fn department(&self) -> String {
        let known = [&self.row.department, &self.table.department, &self.scope.department];
        known.into_iter().find(|d| !d.is_empty()).cloned().unwrap_or_default()
    }

    /// Header words that are neither time nor measure, and the mark of a total.
    fn dimensions(&self, axis: Axis) -> BTreeMap<String, String> {
        let mut dimensions = self.scope.dimensions.clone();
        let measure = (axis == Axis::Column).then(|| self.column.name().map(|(i, _)| i)).flatten();
        let is_subject = self.row.path.len() == 1 && self.column_subject(axis).is_some();
        if let Some(phase) = self.column.whens.iter().rev().find(|w| words::is_phase(&w.stem)) {
            dimensions.insert("phase".to_owned(), phase.stem.clone());
        }
        dimensions.extend(self.version().map(|name| ("version".to_owned(), name)));
        let others: Vec<String> = (0..self.column.path.len())
            .filter(|i| Some(*i) != measure)
            .map(|i| self.column.stem(i))
            .filter(|stem| !words::is_generic(stem) && !words::is_phase(stem) && !self.is_version(stem))
            .collect();
        if !others.is_empty() && !is_subject {
            dimensions.insert("column".to_owned(), others.join(" / "));
        }
        if self.table.value_columns > 1 && self.column.path.last().is_some_and(|w| words::is_total(w)) {
            dimensions.insert("column".to_owned(), "total".to_owned());
        }
        if self.row.total {
            dimensions.insert("row".to_owned(), "total".to_owned());
            // 計 is a poor name by itself: of which table.
            if self.row.path.len() == 1 && !self.about().is_empty() {
                dimensions.insert("table".to_owned(), self.about().to_owned());
            }
        }
        dimensions
    }

    /// The version that a header or row label names.
    pub(super) fn version(&self) -> Option<String> {
        let headers = self.column.whens.iter().rev().map(|w| w.stem.as_str());
        let mut labels = headers.chain(self.row.path.iter().rev().map(String::as_str));
        labels.find(|stem| self.is_version(stem)).and_then(versions::named)
    }

    /// Whether a label names a version; 新 and 正 do where the other one heads a column or begins a row as well.
    fn is_version(&self, label: &str) -> bool {
        let beside = |other| self.table.versions.iter().any(|v| v == other);
        versions::named(label).is_some_and(|name| versions::counterpart(&name).is_none_or(beside))
    }

    /// The scope for running text in this cell.
    pub(super) fn scope_for_text(&self) -> Scope {
        let mut scope = self.scope.clone();
        scope.context = Context::Table;
        if self.table.aims_and_results {
            scope.status = None;
        }
        // 手続数 | 46手続(累計171手続): of what the table is about.
        let measure = match self.row.path.as_slice() {
            [only] if self.column.name().is_none() && unit_words::implied(only).is_some() => Axis::Row,
            _ => Axis::Column,
        };
        let subject = self.subject(measure);
        if !subject.is_empty() {
            scope.topics.push(subject);
        }
        let header = self.column.name().map(|(_, words)| words.to_owned()).unwrap_or_default();
        scope.measure_label = if words::names_quantity(&header) { header.clone() } else { String::new() };
        scope.unit = String::new();
        scope.dimensions.extend(self.version().map(|name| ("version".to_owned(), name)));
        if let Some(period) = self.period().filter(|p| p.from >= Nearness::Caption) {
            if period.period.granularity == Granularity::FiscalYear {
                scope.time.fiscal_year = period.period.start.map(|d| d.year());
            }
            scope.period = Some(period);
        }
        // 17件 in a cell of the results of a year.
        scope.reported = self.titled_period().or(scope.reported);
        if let Some(status) = self.status(&header).filter(|s| s.from >= Nearness::Caption) {
            scope.status = Some(status);
        }
        scope.department = self.department();
        scope
    }
}

/// See [`Place::about`].
fn about<'a>(table: &'a TableContext, scope: &'a Scope) -> &'a str {
    let caption = &table.caption_when.stem;
    if !table.title.is_empty() {
        return &table.title;
    }
    let names = |words: &str| {
        let side = versions::sets_side_by_side(words);
        !side && !words::names_nothing(words) && !when::tells_only_time(words, &scope.time)
    };
    // 【計画】電子決裁率85%、用紙を40%削減: a statement that stands where a caption would.
    let states = caption.contains('、') && holds_quantity(caption);
    if names(caption) && !states {
        return caption;
    }
    let topics = scope.topics.iter().rev().chain([&scope.title]).map(String::as_str);
    let topics = topics.into_iter().map(words::topic);
    topics.into_iter().find(|t| names(t) && !form::names_department(t)).unwrap_or_default()
}

/// Whether a number in `own` unit can be what the words name: 5.4% is no 検査人数.
fn fits(words: &str, own: Option<&str>) -> bool {
    let people = |unit: &str| matches!(unit, "人" | "名");
    match (own, unit_words::implied(words)) {
        (Some(own), Some(implied)) => {
            own == implied || (people(own) && people(implied)) || implied == "件" && own == "手続"
        }
        _ => true,
    }
}

/// How sure a binding is by who names the measure.
fn axis_confidence(axis: Axis) -> f64 {
    match axis {
        Axis::Column => 1.0,
        Axis::Row => 0.97,
        Axis::Group => 0.94,
        Axis::Caption => 0.93,
        Axis::Unit => 0.9,
    }
}

fn axis_name(axis: Axis) -> &'static str {
    match axis {
        Axis::Column => "column",
        Axis::Row => "row",
        Axis::Group => "group",
        Axis::Caption => "caption",
        Axis::Unit => "unit",
    }
}
