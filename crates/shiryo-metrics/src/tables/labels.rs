//! Row labels: the words that name each row, its time and the unit in charge.

use super::column_words::Event;
use super::content::Content;
use super::grid::Grid;
use super::shape::{Role, Shape};
use super::unit_words::{self, ScaledUnit};
use super::when::{self, When};
use super::words;
use shiryo_ja::TimeContext;
use shiryo_model::{Bound, Period};

/// What the label columns say about one row (in one block of columns).
#[derive(Debug, Clone, Default)]
pub(super) struct RowLabel {
    /// Words that name the row, outermost first, without times.
    pub(super) path: Vec<String>,
    /// Times among the labels, nearest last.
    pub(super) times: Vec<When>,
    /// When what the row names is done or begins (実施時期, 導入年度), and which of the two.
    pub(super) event: Option<(Event, When)>,
    /// Unit in charge.
    pub(super) department: String,
    /// Unit that the row's own unit column gives.
    pub(super) unit: String,
    /// Whether the row is a total of others.
    pub(super) total: bool,
    /// Whether a figure stands where a name should: the row has slipped, and nothing in it can be trusted.
    pub(super) slipped: bool,
    /// Whether nothing names this row nor the others: figures in it cannot be told apart.
    pub(super) nameless: bool,
}

/// What a label column said in the rows above.
#[derive(Debug, Clone, Default)]
struct Carried {
    /// Its last words, for the blank cells below.
    words: String,
    /// Its last year in full, for those written short below.
    year: String,
    /// Its last month with its year, for those below that leave out the year.
    month: String,
    /// The time that it told right above, where it tells when things are done.
    event: Option<Period>,
}

impl Carried {
    /// A year or month that continues the one above in full (平成13年度, 14, 15; 令和5年12月, 1月); other words as they are.
    fn year(&mut self, words: String) -> String {
        if when::begins_years(&words) {
            self.year.clone_from(&words);
        } else if let Some(year) = when::continued(&self.year, &words) {
            self.year.clone_from(&year);
            return year;
        } else if !words.is_empty() && !words.ends_with(['月', '期', '旬']) {
            self.year.clear();
        }
        if when::begins_months(&words) {
            self.month.clone_from(&words);
        } else if let Some(month) = when::month_continued(&self.month, &words) {
            self.month.clone_from(&month);
            return month;
        }
        words
    }
}

/// Brackets in which titles between rows stand.
const BANNER_BRACKETS: [char; 14] =
    ['〔', '〕', '【', '】', '《', '》', '<', '>', '[', ']', '≪', '≫', '〈', '〉'];

/// Labels of every row for the block that begins at column `start`.
pub(super) fn of_block(grid: &Grid, shape: &Shape, start: usize, context: &TimeContext) -> Vec<RowLabel> {
    let cols: Vec<usize> = (start..grid.cols).filter(|c| shape.block.get(*c) == Some(&start)).collect();
    let label_cols: Vec<usize> = cols.iter().copied().filter(|&c| shape.role_of(c) == Role::Label).collect();
    let mut carried: Vec<Carried> = vec![Carried::default(); cols.len()];
    let mut banner = String::new();
    let mut wholes = Vec::new();
    let alternating = alternating_ratios(grid, &label_cols);
    let mut out = Vec::with_capacity(grid.rows);
    for row in 0..grid.rows {
        if shape.is_header.get(row).copied().unwrap_or(false) {
            carried.iter_mut().for_each(|c| c.words.clear());
            out.push(RowLabel::default());
            continue;
        }
        if grid.is_banner(row) {
            let words = words::clean(grid.text(row, 0));
            if words.chars().count() <= 40 {
                // 〔本館〕 names its rows as 本館 does.
                banner = words.trim_matches(BANNER_BRACKETS.as_slice()).to_owned();
            }
            carried.iter_mut().for_each(|c| c.words.clear());
            out.push(RowLabel::default());
            continue;
        }
        let mut label = RowLabel::default();
        if !banner.is_empty() {
            label.path.push(banner.clone());
        }
        for (slot, &col) in carried.iter_mut().zip(&cols) {
            let blank_carries = label_cols.last() != Some(&col) || label_cols.len() == 1;
            read_label(grid, shape, (row, col), slot, blank_carries, context, &mut label);
        }
        label.path.dedup();
        add_total(grid, shape, row, &cols, &mut label);
        label.total = label.path.last().is_some_and(|l| words::is_total(l));
        // The total of a list of names counts them in their column.
        label.slipped &= !label.path.iter().any(|l| words::is_total(l));
        name_part(&mut label, &mut wholes, &alternating);
        out.push(label);
    }
    out
}

/// The unit that the labels of rows tell, where all that tell one agree: differences among them share it.
pub(super) fn shared_unit<'a>(labels: impl Iterator<Item = &'a RowLabel>) -> Option<ScaledUnit> {
    let told = |l: &RowLabel| {
        let words = l.path.iter().map(String::as_str).chain(l.times.iter().map(|w| w.stem.as_str()));
        unit_words::unit_word(&l.unit).or_else(|| words.rev().find_map(unit_words::told_by))
    };
    let mut units = labels.filter_map(told);
    let first = units.next().filter(|u| u.unit != "%")?;
    units.all(|u| u == first).then_some(first)
}

/// Rows that nothing names, where there are several: their labels stand elsewhere (a page cut in two), and no
/// figure of them can be told apart.
pub(super) fn leave_nameless(labels: &mut [RowLabel], is_header: &[bool]) {
    let nameless = |l: &RowLabel| l.path.is_empty() && l.times.is_empty() && l.department.is_empty();
    let body = || labels.iter().zip(is_header).filter(|(_, header)| !**header);
    let (all, without) = (body().count(), body().filter(|(l, _)| nameless(l)).count());
    if all >= 2 && without == all {
        labels.iter_mut().for_each(|l| l.nameless = true);
    }
}

/// Adds what one label cell says.
fn read_label(
    grid: &Grid,
    shape: &Shape,
    (row, col): (usize, usize),
    carried: &mut Carried,
    blank_carries: bool,
    context: &TimeContext,
    label: &mut RowLabel,
) {
    let role = shape.role_of(col);
    if let Role::Event(event) = role {
        let when = read_event(grid, shape, (row, col), carried.event.as_ref(), context);
        label.event = when.map(|when| (event, when));
        carried.event = label.event.as_ref().and_then(|(_, when)| when.period.clone());
        return;
    }
    if !matches!(role, Role::Label | Role::Time | Role::Department | Role::Unit) {
        return;
    }
    let mut words = words::clean(&name_lines(grid, row, col));
    label.slipped |= role == Role::Label && is_figure(shape.content(row, col));
    if words::repeats_above(&words)
        || (words.is_empty() && blank_carries && !label.path.last().is_some_and(|l| words::is_total(l)))
    {
        words.clone_from(&carried.words);
    } else {
        words = carried.year(words);
        carried.words.clone_from(&words);
    }
    if role == Role::Unit {
        label.unit = words;
        return;
    }
    if words.is_empty() || words.chars().all(|c| !c.is_alphanumeric()) {
        return;
    }
    // 計 | 5会場 7回 under 開催日: how many they are.
    let counts = matches!(shape.content(row, col), Content::Quantity(..) | Content::Running);
    if counts && role == Role::Time && label.path.last().is_some_and(|l| words::is_total(l)) {
        return;
    }
    // 有効性 | B: what it was judged names nothing.
    if role == Role::Label && !label.path.is_empty() && words::is_verdict(&words) {
        return;
    }
    match role {
        // A total, or a cell that reaches into the columns of names, is no unit in charge.
        Role::Department if words::is_total(&words) || spans_names(grid, shape, row, col) => {
            label.path.push(words)
        }
        Role::Department => match label.department.is_empty() {
            true => label.department = words,
            false => label.department = format!("{} / {words}", label.department),
        },
        // Which year that is, the other labels tell.
        Role::Label if words::is_year_before(&words) => label.path.push(words),
        _ => {
            let when = when::read(&with_year_unit(grid, shape, row, col, &words), context);
            let stem = when.stem.clone();
            let is_time = when.period.is_some() || when.part.is_some();
            // 4~9月 below 平成18年度: its part, unless another label tells the year.
            if when.part.is_some()
                && when.period.is_none()
                && !carried.year.is_empty()
                && label.times.is_empty()
            {
                label.times.push(when::read(&with_year_unit(grid, shape, row, col, &carried.year), context));
            }
            if is_time {
                label.times.push(when);
            }
            // 令和6年度(予定) says when and whether, and names nothing.
            let says_whether = is_time && words::says_only_whether(&stem);
            if (role == Role::Label || !is_time) && !stem.is_empty() && !says_whether {
                // A time inside a name (令和5年度予算分) stays part of the name.
                // 6年度の実施内容 names a field, whatever its year.
                let named = is_time && stem.chars().count() > 1 && !words::heads_running(&stem);
                label.path.push(if named { words } else { stem });
            }
        }
    }
}

/// The time in a column of events, with 予定 where its header says so. A month without a year goes on from the time
/// above it (令和6年11月, 12月, 1月).
fn read_event(
    grid: &Grid,
    shape: &Shape,
    (row, col): (usize, usize),
    above: Option<&Period>,
    context: &TimeContext,
) -> Option<When> {
    let words = words::clean(grid.text(row, col));
    let mut when = when::read(&words, context);
    if let Some(start) = above.and_then(|p| p.start)
        && when.period.as_ref().is_none_or(|p| p.start.is_some_and(|s| s < start))
        && words.starts_with(|c: char| c.is_ascii_digit())
        && !words.contains(['年', '.'])
    {
        let own = TimeContext { reference: Some(start), ..*context };
        let years = [start.year(), start.year().checked_add(1)?];
        let dated = years.iter().map(|year| when::read(&format!("{year}年{words}"), &own));
        when = dated.into_iter().find(|w| w.period.as_ref().is_some_and(|p| p.start >= Some(start)))?;
    }
    let header = shape.headers.get(row).and_then(|h| h.last()).map_or("", |&h| grid.text(h, col));
    if header.contains("予定") {
        when.stem.push_str("予定");
    }
    when.period.is_some().then_some(when)
}

/// Lines of a label cell that explain the name in its first line are longer than this together.
const LONG_EXPLANATION: usize = 25;

/// The words of a cell that name its row: its first line where that names a quantity and an explanation follows on
/// lines of its own.
fn name_lines(grid: &Grid, row: usize, col: usize) -> String {
    let whole = grid.text(row, col);
    let Some(cell) = grid.cell(row, col) else { return whole.to_owned() };
    let Some(second) = cell.text.lines.get(1).map(|l| l.start) else { return whole.to_owned() };
    let lead = cell.text.map.iter().take_while(|at| **at < second).count();
    let first: String = cell.text.text.chars().take(lead).collect();
    let first = first.trim();
    let rest = cell.text.text.chars().skip(lead).filter(|c| !c.is_whitespace()).count();
    let names = words::names_quantity(first) || first.ends_with("状況");
    let explains = rest >= LONG_EXPLANATION && rest > lead && lead > 2;
    if explains && names { first.to_owned() } else { whole.to_owned() }
}

/// Whether a cell holds an exact count or share, which names no row (bands do: 65歳, 3級, 500円).
fn is_figure(content: &Content) -> bool {
    let counts = ["人", "名", "件", "世帯", "%", "冊", "台", "手続", "t", "か所"];
    matches!(content, Content::Quantity(q, _)
        if q.bound == Bound::Exact && q.value_upper.is_none() && counts.contains(&q.unit.as_str()))
}

/// A bare year under 年度 or 年 with the unit its header gives: 2023(予定) → 2023年度(予定), 元 → 元年度.
fn with_year_unit(grid: &Grid, shape: &Shape, row: usize, col: usize, words: &str) -> String {
    let header = shape.headers.get(row).and_then(|h| h.last()).map(|&h| words::clean(grid.text(h, col)));
    let unit = match header.as_deref() {
        Some("年度") => "年度",
        Some("年" | "年次") => "年",
        _ => return words.to_owned(),
    };
    // 平成23年 under 年度 is a fiscal year all the same.
    if unit == "年度" && when::begins_years(words) && words.ends_with('年') {
        return format!("{words}度");
    }
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = if words.starts_with('元') { '元'.len_utf8() } else { digits };
    match (words.get(..number), words.get(number..)) {
        (Some(year), Some(rest)) if number > 0 && !rest.starts_with('年') && !rest.contains('月') => {
            format!("{year}{unit}{rest}")
        }
        _ => words.to_owned(),
    }
}

/// Whether the cell at a department column also covers a column of names.
fn spans_names(grid: &Grid, shape: &Shape, row: usize, col: usize) -> bool {
    grid.cell(row, col).is_some_and(|cell| {
        let right = (cell.col.saturating_add(cell.col_span) as usize).min(grid.cols);
        (cell.col as usize..right).any(|c| shape.role_of(c) == Role::Label)
    })
}

/// A total may be named in a column that otherwise only numbers the rows.
fn add_total(grid: &Grid, shape: &Shape, row: usize, cols: &[usize], label: &mut RowLabel) {
    let ignored = cols.iter().filter(|c| shape.role_of(**c) == Role::Ignored);
    let named = ignored.map(|c| words::clean(grid.text(row, *c))).find(|w| words::is_total(w));
    if let Some(total) = named
        && !label.path.iter().any(|l| words::is_total(l))
    {
        label.path = vec![total];
    }
}

/// Ratios that stand under every row that they are told of (市税 | 構成比 | 地方譲与税 | 構成比).
fn alternating_ratios(grid: &Grid, label_cols: &[usize]) -> Vec<String> {
    let ratios =
        ["構成比", "構成割合", "増減率", "伸び率", "前年比", "前年度比", "対前年度比", "対前年比", "指数"];
    let mut found: Vec<(String, usize)> = Vec::new();
    for (&col, row) in label_cols.iter().flat_map(|c| (0..grid.rows).map(move |r| (c, r))) {
        let Some(cell) = grid.origin(row, col) else { continue };
        let words = words::clean(&cell.text.text);
        if !ratios
            .iter()
            .any(|r| words.trim_end_matches(')').trim_end_matches('%').trim_end_matches('(') == *r)
        {
            continue;
        }
        match found.iter_mut().find(|(w, _)| *w == words) {
            Some((_, count)) => *count += 1,
            None => found.push((words, 1)),
        }
    }
    found.into_iter().filter(|(_, count)| *count >= 2).map(|(words, _)| words).collect()
}

/// うち … and (一般) belong to the row above that is no part itself.
fn name_part(label: &mut RowLabel, wholes: &mut Vec<String>, alternating: &[String]) {
    let ratio = label.path.len() == 1 && label.path.first().is_some_and(|l| alternating.contains(l));
    let Some(inner) = label.path.last_mut() else { return };
    let mut part = ratio || ["(うち", "うち", "(内", "内)", "[うち"].iter().any(|w| inner.starts_with(w));
    if let Some(words) = words::in_brackets(inner) {
        *inner = words.to_owned();
        // (人口) measures something by itself.
        part = unit_words::implied(inner).is_none() && !words::is_total(inner);
    } else if !part {
        wholes.push(inner.clone());
    }
    if !part {
        return;
    }
    // うち手数料を伴うもの(千件) below 申請件数(千件) and 利用率: a part of what is counted in its unit.
    let alike = unit_words::bracketed(inner).and_then(|unit| {
        wholes.iter().rev().find(|whole| unit_words::bracketed(whole).as_ref() == Some(&unit))
    });
    let Some(whole) = alike.or(wholes.last()).cloned() else { return };
    let at = label.path.len() - 1;
    let above = at.checked_sub(1).and_then(|above| label.path.get(above));
    if above != Some(&whole) {
        label.path.insert(at, whole);
    }
}
