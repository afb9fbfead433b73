//! What holds for a whole table: its caption, unit note, notes and the heading above.

use super::months::Run;
use super::notes::Notes;
use super::unit_words::{self, ScaledUnit};
use super::when::{self, EachYear, When};
use super::words;
use crate::scope::Scope;
use crate::versions;
use jiff::civil::Date;
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
    /// Whether one of several columns of figures names a year.
    pub(super) single_year: bool,
    /// Whether columns of figures are, not only those of running text.
    pub(super) year_values: bool,
    /// What the columns of years measure, where they name it with the year (R5利用者数 | R6利用者数).
    pub(super) years_measure: Option<String>,
    /// The fiscal year that a single column of what is done names (令和6年度の取組内容 beside 目標).
    pub(super) only_year: Option<When>,
    /// Innermost headers of the columns that hold values.
    pub(super) headers: Vec<String>,
    /// Whether the headers tell aims from results: what the caption is about says nothing of the other columns.
    pub(super) aims_and_results: bool,
    /// Whether the headers tell plans and results of one time (計画額 | 決算額 | 差引).
    pub(super) plans_and_results: bool,
    /// Whether some headers state what the caption does: it says nothing of the others.
    pub(super) headers_state: bool,
    /// Versions that headers and first cells of rows name.
    pub(super) versions: Vec<String>,
    /// The unit of the rows that tell one, where they agree.
    pub(super) row_unit: Option<ScaledUnit>,
    /// The quantity that the corner over the row labels names (構成市町負担金(千円)).
    pub(super) corner: Option<String>,
    /// How many columns hold values.
    pub(super) value_columns: usize,
    /// The day of every year that a series holds for (各年4月1日現在), and whether it is said of what happened
    /// alone (※実績は各年…).
    pub(super) each_year: Option<(EachYear, bool)>,
    /// The days of the months that notes tell figures to hold for (各月末現在).
    pub(super) month_days: Vec<MonthDay>,
    /// The last day of what a note tells to have happened (※令和5年度までは実績、以降は推計).
    pub(super) actual_until: Option<Date>,
    /// Whether the columns are the months, quarters or halves of a whole year: their total is that year's.
    pub(super) year_of_columns: bool,
    /// The same for the rows.
    pub(super) year_of_rows: bool,
    /// Months without a year that the headers are.
    pub(super) months_of_columns: Option<Run>,
    /// Months without a year that the rows are.
    pub(super) months_of_rows: Option<Run>,
    /// The span of the years that the headers are, where they follow one another.
    pub(super) years_of_columns: Option<When>,
    /// The same for the rows.
    pub(super) years_of_rows: Option<When>,
    /// Whether all that its rows date begins after the paper was written.
    pub(super) all_to_begin: bool,
    /// What notes say of single years and figures.
    pub(super) notes: Notes,
    /// The unit of the table's total, as a passage above counts it.
    pub(super) counted: Option<String>,
    /// Units of the unit note (単位：千円).
    pub(super) units: Vec<ScaledUnit>,
    /// How sure layout is of the structure, 0–1.
    pub(super) structure: f64,
}

/// The day of every month that figures hold for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MonthDay {
    /// Names of the figures (人口、世帯数); empty: all; その他: those that no other note names.
    of: String,
    /// Whether it is the last day; else the first.
    pub(super) last: bool,
}

impl MonthDay {
    /// Whether the note names one of the labels.
    fn names(&self, labels: &[&str]) -> bool {
        let parts = self.of.split(['、', '・', ',']).map(|p| p.trim_matches(|c: char| !c.is_alphanumeric()));
        parts.map(|p| p.trim_end_matches('は')).any(|p| labels.contains(&p))
    }

    /// The note that holds for a figure with these labels.
    pub(super) fn find<'a>(days: &'a [Self], labels: &[&str]) -> Option<&'a Self> {
        let named = days.iter().find(|d| d.names(labels));
        // What is counted through a month holds for no day of it.
        let flows = ["件数", "回数", "日数", "人員"];
        let flows = labels.iter().any(|l| flows.iter().any(|w| l.ends_with(w)));
        let rest = || days.iter().find(|d| d.of == OTHERS).filter(|_| !flows);
        named.or_else(rest).or_else(|| days.iter().find(|d| d.of.is_empty()))
    }
}

/// What a note calls the figures that it does not name.
const OTHERS: &str = "その他";

/// A caption without the marks around it; a bracket that closes one within stays (窓口「総合案内」).
fn without_marks(caption: &str) -> &str {
    let whole = |words: &&str| {
        let depth = words.chars().try_fold(0_i32, |depth, c| match c {
            '「' => Some(depth + 1),
            '」' => (depth > 0).then_some(depth - 1),
            _ => Some(depth),
        });
        depth == Some(0)
    };
    let plain = caption.trim_matches(|c| "■●◆▼○◎□".contains(c)).trim();
    let outer = plain.trim_matches(|c| "【】<>《》[]".contains(c)).trim();
    let inner = outer.trim_matches(['「', '」']).trim();
    [inner, outer].into_iter().find(whole).unwrap_or(plain)
}

/// What caption, unit note, notes and the heading above say of the whole table.
pub(super) fn table_context(table: &Table, scope: &Scope) -> TableContext {
    let caption = words::clean(&table.caption.text);
    let caption = without_marks(&caption);
    let caption = words::without_number(caption);
    let mut units = unit_words::unit_note(&table.unit.text);
    let whole = caption;
    let (caption, behind) = unit_words::note_behind(caption).unwrap_or((caption, Vec::new()));
    units.extend(behind);
    // (単位:人 各年4月1日現在): the note may tell the day as well.
    let note = whole.get(caption.len()..).unwrap_or_default();
    let mut caption = caption.to_owned();
    let each_year =
        each_year(&mut caption, table, scope).or_else(|| when::each_year(note).map(|e| (e, false)));
    let mut caption_when = when::read(&caption, &scope.time);
    // 各年度11月実施: a month of every year, not one that the figures are of.
    if ["各年", "毎年"].iter().any(|w| caption.contains(w)) || tells_change(&caption) {
        caption_when.period = None;
    }
    let noted = noted_when(table, scope).filter(|_| caption_when.period.is_none());
    let stem = caption_when.stem.clone();
    let caption_when = noted.map_or(caption_when, |noted| When { stem, ..noted });
    if units.is_empty() {
        units.extend(unit_words::bracketed(&caption).or_else(|| piece_unit(&caption)));
    }
    let (corner, told) = corner(table);
    if units.is_empty() {
        units.extend(told);
    }
    let structure = table.confidence;
    let month_days = month_days(whole, table);
    let actual_until = actual_until(table, scope);
    TableContext {
        actual_until,
        corner,
        notes: Notes::of(table, note, &scope.time),
        month_days,
        versions: versions_of(table),
        caption,
        caption_when,
        units,
        structure,
        each_year,
        ..TableContext::default()
    }
}

/// デジタルの活用(令和4年3月追加), 改定案(令和7年4月1日施行): when what the table is about was made or changed, no time of
/// its figures.
fn tells_change(caption: &str) -> bool {
    let inner =
        caption.trim_end().strip_suffix(')').and_then(|c| c.rsplit_once('(')).map_or("", |(_, inner)| inner);
    ["追加", "改定", "改訂", "改正", "策定", "施行", "変更", "新設", "設置"]
        .iter()
        .any(|w| inner.trim_end().ends_with(w))
}

/// The unit that a piece of the bracket at a caption's end closes with: (令和6年度、構成比 %).
fn piece_unit(caption: &str) -> Option<ScaledUnit> {
    let inner = caption.trim_end().strip_suffix(')')?.rsplit_once('(')?.1;
    let pieces =
        inner.split(['、', ',']).filter_map(|piece| piece.trim().rsplit_once(' ')).map(|(_, last)| last);
    pieces.into_iter().find_map(unit_words::unit_word)
}

/// What the corner of the headers says of the figures under them: (単位:百万円), 経費(単位:千円), 町負担金(千円).
fn corner(table: &Table) -> (Option<String>, Vec<ScaledUnit>) {
    let heads = table.cells.iter().filter(|c| c.row < table.header_rows);
    let words: Vec<(bool, String)> = heads.map(|c| (c.col == 0, words::clean(&c.text.text))).collect();
    let alone = words.iter().find(|(_, words)| unit_words::is_unit_note(words));
    if let Some((_, note)) = alone {
        return (None, unit_words::unit_note(note));
    }
    let Some((_, words)) = words.iter().rfind(|(first, words)| *first && !words.is_empty()) else {
        return (None, Vec::new());
    };
    // 評価項目(5点満点).
    if words.contains("点満点") {
        return (None, unit_words::unit_word("点").into_iter().collect());
    }
    let (name, units) = match unit_words::note_behind(words) {
        Some(found) => found,
        None => (unit_words::without_unit(words), unit_words::bracketed(words).into_iter().collect()),
    };
    // 時間 over times of day counts nothing.
    let names = name.chars().count() >= 3 || !units.is_empty();
    let measures = names && (words::names_quantity(name) || unit_words::is_money(name));
    // 年齢(歳) is told of the labels below it; (億円) alone and 区分(千円) of the figures.
    let of_figures = measures || name.is_empty() || units.iter().any(|u| u.unit == "円");
    (measures.then(|| name.to_owned()), if of_figures { units } else { Vec::new() })
}

/// The versions that headers and first cells of rows name.
fn versions_of(table: &Table) -> Vec<String> {
    let labels = table.cells.iter().filter(|c| c.row < table.header_rows.max(1) || c.col == 0);
    labels.filter_map(|c| versions::named(&c.text.text)).collect()
}

/// The time of a note that tells nothing else (※令和5年度実績), for a caption that tells none.
fn noted_when(table: &Table, scope: &Scope) -> Option<When> {
    let notes = table.notes.iter().take(20);
    let read = notes.map(|n| when::read(n.text.trim_matches(|c: char| !c.is_alphanumeric()), &scope.time));
    // ※R4年度の実績値による.
    let bare = |stem: &str| {
        let ends = ["による。", "による", "である", "です", "の数値"];
        let stem = ends.iter().fold(stem, |s, e| s.strip_suffix(e).unwrap_or(s));
        words::is_generic(stem)
    };
    let mut told = read.filter(|w| w.period.is_some() && bare(&w.stem));
    told.next()
}

/// The last day of the years that a note calls results.
fn actual_until(table: &Table, scope: &Scope) -> Option<Date> {
    let notes = table.notes.iter().take(20).flat_map(|n| n.text.split('、'));
    let told = notes.filter_map(|part| {
        let (year, _) =
            ["まで実績", "までの実績", "までは実績", "までが実績"].iter().find_map(|w| part.split_once(w))?;
        let year = year.trim_matches(|c: char| !c.is_alphanumeric());
        when::read(words::clean(year).trim(), &scope.time).period?.end
    });
    told.max()
}

/// The days of months that caption, notes and unit note tell (人口は各月1日現在。その他は月末).
fn month_days(caption: &str, table: &Table) -> Vec<MonthDay> {
    let notes = table.notes.iter().take(20).map(|n| n.text.as_str());
    let told = notes.chain([table.unit.text.as_str()]).flat_map(|n| n.split('。'));
    let of_note = told.filter_map(|note| {
        let (before, last) = day_of_month(note)?;
        let names = before.chars().filter(|c| c.is_alphanumeric()).count() > 1 && !before.contains("単位");
        let of = if before.starts_with(OTHERS) { OTHERS } else { before };
        Some(MonthDay { of: if names { of.to_owned() } else { String::new() }, last })
    });
    // In the caption it is said of all.
    let of_caption = day_of_month(caption).map(|(_, last)| MonthDay { of: String::new(), last });
    of_caption.into_iter().chain(of_note).collect()
}

/// What stands before 各月末 or 各月1日, and whether it is the last day.
fn day_of_month(note: &str) -> Option<(&str, bool)> {
    let of = |words: &str| note.split_once(words).map(|(before, _)| before.trim());
    of("各月末")
        .or_else(|| note.strip_suffix("その他は月末").map(|_| OTHERS))
        .map(|before| (before, true))
        .or_else(|| {
            of("各月1日").or_else(|| of("毎月1日")).or_else(|| of("各月初")).map(|before| (before, false))
        })
}

/// Takes 各年…現在 out of the caption, or finds it in the unit note, a note or the heading above.
fn each_year(caption: &mut String, table: &Table, scope: &Scope) -> Option<(EachYear, bool)> {
    if let Some((each, rest)) = when::each_year_apart(caption) {
        *caption = rest;
        return Some((each, false));
    }
    if let Some(each) = when::day_without_year(caption) {
        return Some((each, false));
    }
    let notes = table.notes.iter().take(20).map(|n| n.text.as_str());
    let told = std::iter::once(table.unit.text.as_str()).chain(notes).chain([scope.topic()]);
    told.filter_map(|words| when::each_year(words).map(|each| (each, words.contains("実績は")))).next()
}
