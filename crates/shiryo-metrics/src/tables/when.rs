//! Times in labels: a year in one header, a month in another, and what is left of the words.

use super::words;
use jiff::civil::{Date, date};
use shiryo_ja::grammar::calendar::{calendar_year, fiscal_year_of};
use shiryo_ja::{MentionKind, TimeContext, annotate};
use shiryo_model::{Granularity, Period};

mod each_year;
mod spans;
pub(super) use each_year::{EachYear, day_without_year, each_year, each_year_apart};
pub(super) use shiryo_ja::grammar::calendar::fiscal_year;
pub(super) use spans::{RESULTS, begins_months, month_continued, span_from, span_of};
use spans::{joined, part_told, until_month};

/// A part of a year, named without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A month.
    Month(i8),
    /// The last day of a month.
    MonthEnd(i8),
    /// 上期 (1) or 下期 (2).
    Half(i8),
    /// 第１四半期 …
    Quarter(i8),
    /// First and last of several months (4～6月).
    Months(i8, i8),
}

/// What a label says about time.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct When {
    /// A period that can be told from the label alone.
    pub(super) period: Option<Period>,
    /// A part of a year to be told by another label.
    pub(super) part: Option<Part>,
    /// The words of the time.
    pub(super) label: String,
    /// The other words of the label.
    pub(super) stem: String,
}

impl When {
    /// Whether the label names a time and nothing else.
    pub(super) fn is_only_time(&self) -> bool {
        (self.period.is_some() || self.part.is_some()) && self.stem.is_empty()
    }
}

/// Reads a cleaned label.
pub(super) fn read(label: &str, context: &TimeContext) -> When {
    if label.is_empty() || label.chars().count() > 120 {
        return When { stem: label.to_owned(), ..When::default() };
    }
    if let Some(part) = part_of_year(label) {
        return When { part: Some(part), label: label.to_owned(), ..When::default() };
    }
    if let Some(period) = bare_year(label, context) {
        return When { period: Some(period), label: label.to_owned(), ..When::default() };
    }
    let named = with_era(label, context);
    let label = named.as_deref().unwrap_or(label);
    let mut when = When::default();
    let chars: Vec<char> = label.chars().collect();
    let mut at = 0;
    for mention in annotate(label, context) {
        let MentionKind::Time(time) = &mention.kind else { continue };
        let placeless = matches!(time.period.granularity, Granularity::Duration | Granularity::Time);
        if placeless || (time.period.start.is_none() && time.period.end.is_none()) {
            continue;
        }
        // 前年度比, 前年同月との差: what is compared with, not when.
        let behind: String = chars.get(mention.chars.end..).unwrap_or_default().iter().take(4).collect();
        // 翌年度へ繰り越すべき財源, 前年度からの繰越金: where it goes or comes from.
        let elsewhere = ["比", "対比", "との", "差", "増減", "に対", "同", "へ", "から", "繰", "より"];
        if time.relative && elsewhere.iter().any(|w| behind.starts_with(w)) {
            continue;
        }
        // 使用枚数(R3比削減率): what it is held against.
        if behind.starts_with('比') {
            continue;
        }
        // 会員数(年度末): the end of whichever year another label tells.
        let words: String = chars.get(mention.chars.clone()).unwrap_or_default().iter().collect();
        if ["年度末", "年末", "月末", "期末"].contains(&words.as_str()) {
            continue;
        }
        when.stem.extend(chars.get(at..mention.chars.start).unwrap_or_default());
        at = mention.chars.end;
        // R6.4~12: to the month that the number names.
        if when.period.is_none()
            && let Some((closed, behind)) = until_month(&time.period, chars.get(at..).unwrap_or_default())
        {
            when.label = words;
            when.label.extend(chars.get(at..at + behind).unwrap_or_default());
            when.period = Some(closed);
            at += behind;
            continue;
        }
        // 令和6年度(4～9月), 令和5年度(10月まで): the part of the year that its bracket tells.
        let bracketed = when.stem.trim_end().ends_with('(');
        if let Some(part) = when
            .period
            .as_ref()
            .filter(|_| bracketed)
            .and_then(|y| part_told(y, &time.period, &words, &behind))
        {
            when.label.push('(');
            when.label.extend(chars.get(mention.chars.clone()).unwrap_or_default());
            when.label.push(')');
            when.period = Some(part);
        }
        // 令和7年10月・11月: both.
        if let Some(both) = when.period.as_ref().and_then(|first| joined(first, &time.period))
            && when.stem.ends_with(['・', '、', ',', 'と'])
        {
            when.stem.pop();
            when.label = format!("{}・{words}", when.label);
            when.period = Some(both);
        }
        if when.period.is_none() {
            when.period = Some(time.period.clone());
            when.label = chars.get(mention.chars.clone()).unwrap_or_default().iter().collect();
            if let Some(year) = budgeted(&when.label, chars.get(at..).unwrap_or_default(), context) {
                when.period = Some(year);
                when.stem.push_str("当初");
            }
        }
    }
    when.stem.extend(chars.get(at..).unwrap_or_default());
    when.stem = tidy_stem(&when.stem, when.period.is_some());
    when
}

/// R7当初, 令和7年度当初予算額: the year of a budget as first passed, not its first day.
fn budgeted(label: &str, after: &[char], context: &TimeContext) -> Option<Period> {
    let year = label.strip_suffix("当初")?;
    let as_of: String = after.iter().take(2).collect();
    if ["現在", "時点", "の"].iter().any(|w| as_of.starts_with(w)) {
        return None;
    }
    let number = year.trim_end_matches("年度").trim_end_matches('年');
    bare_year(&format!("{number}年度"), context)
}

/// Year and month of a label that is a month with its year (令和5年9月).
fn month_parts(label: &str) -> Option<(&str, i8)> {
    let rest = label.strip_suffix('月')?;
    // 令和5年9月, R6.10月.
    let (year, number) = rest.split_once('年').or_else(|| rest.split_once('.'))?;
    let (prefix, number_of_year, _) = year_parts(year.trim())?;
    let whole = !prefix.is_empty() || (1900..2100).contains(&number_of_year);
    Some((year.trim(), month(number.trim())?)).filter(|_| whole)
}

/// The month right behind another: behind 令和5年12月, 1月 is 令和6年1月.
fn month_behind(year: &str, before: i8, label: &str) -> Option<String> {
    let next = month(label.strip_suffix('月')?)?;
    if next != before % 12 + 1 {
        return None;
    }
    let (prefix, number, _) = year_parts(year)?;
    let number = if next == 1 { number.checked_add(1)? } else { number };
    Some(format!("{prefix}{number}年{next}月"))
}

/// The year that a number continues: behind 令和3年, 4 and 4年 are 令和4年. `None`: it continues none.
pub(super) fn continued(before: &str, label: &str) -> Option<String> {
    if let Some((year, month)) = month_parts(before) {
        return month_behind(year, month, label);
    }
    let (prefix, number, unit) = year_parts(before)?;
    let (none, next, own) = year_parts(label)?;
    // With 年 behind it a number is a year, however many are left out between; the era ends in time.
    let last = match prefix {
        "平成" | "H" => 31,
        "昭和" | "S" => 64,
        _ => number + 40,
    };
    let most = if own.is_empty() { number + 5 } else { last };
    let follows = none.is_empty() && (number + 1..=most).contains(&next);
    (follows && (own.is_empty() || own == unit)).then(|| format!("{prefix}{next}{unit}"))
}

/// Whether a label is a year with its era or century: what bare numbers behind it may continue.
pub(super) fn begins_years(label: &str) -> bool {
    if month_parts(label).is_some() {
        return true;
    }
    year_parts(label).is_some_and(|(prefix, number, unit)| {
        !prefix.is_empty() || (1900..2100).contains(&number) && !unit.is_empty()
    })
}

/// Era, number and 年 or 年度 of a label that is a year, or a number that could be one.
fn year_parts(label: &str) -> Option<(&str, i16, &str)> {
    // 平成27(2015), 15年度('03).
    let western = |inner: &str| {
        let digits = inner.trim().trim_start_matches(['\'', '’', '‘']);
        matches!(digits.len(), 2 | 4) && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let label = match label.strip_suffix(')').and_then(|l| l.rsplit_once('(')) {
        Some((year, inner)) if western(inner) && !year.is_empty() => year.trim_end(),
        _ => label,
    };
    let eras = ["令和", "平成", "昭和", "R", "H", "S", "'"];
    let prefix = eras.iter().find(|e| label.starts_with(**e)).copied().unwrap_or_default();
    let rest = label.get(prefix.len()..)?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = match rest.strip_prefix('元') {
        Some(unit) if !prefix.is_empty() => (1, unit),
        _ => (rest.get(..digits)?.parse().ok()?, rest.get(digits..)?),
    };
    matches!(unit, "" | "年" | "年度").then_some((prefix, number, unit))
}

/// Whether words begin like a year, though it could not be told which one (11年4月).
pub(super) fn looks_dated(words: &str) -> bool {
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    (1..=2).contains(&digits)
        && words.get(digits..).is_some_and(|rest| rest.starts_with('年') && !rest.starts_with("年生"))
}

/// The time that a line tells where it names nothing but a year and a day of it: the day.
pub(super) fn dated_line(line: &str, context: &TimeContext) -> Option<(Period, String)> {
    if line.chars().count() > 40 || !["現在", "時点"].iter().any(|w| line.contains(w)) {
        return None;
    }
    let chars: Vec<char> = line.chars().collect();
    let mentions: Vec<_> = annotate(line, context)
        .into_iter()
        .filter_map(|m| match m.kind {
            MentionKind::Time(t) => Some((t.period, m.chars)),
            MentionKind::Quantity(_) => None,
        })
        .collect();
    let mut rest = String::new();
    let mut at = 0;
    for (_, range) in &mentions {
        rest.extend(chars.get(at..range.start).unwrap_or_default());
        at = range.end;
    }
    rest.extend(chars.get(at..).unwrap_or_default());
    let left = ["現在", "時点", "末"].iter().fold(rest, |words, w| words.replace(w, ""));
    let (day, range) = mentions.into_iter().find(|(p, _)| p.granularity == Granularity::Day)?;
    let label = chars.get(range).unwrap_or_default().iter().collect();
    (!left.chars().any(char::is_alphanumeric)).then_some((day, label))
}

/// Whether a line tells when figures hold and nothing else (各年5月1日現在).
pub(super) fn tells_only_time(words: &str, context: &TimeContext) -> bool {
    let bare = words.trim_matches(|c: char| c.is_whitespace() || "()[]【】※".contains(c));
    each_year_apart(bare).is_some_and(|(_, rest)| rest.is_empty()) || read(bare, context).is_only_time()
}

/// A caption that a time was cut out of, without empty brackets and a loose 現在.
fn without_remains(words: &str) -> String {
    tidy_stem(words, true)
}

/// The same span of the year before.
pub(super) fn year_before(period: &Period) -> Option<Period> {
    let back = |day: Option<Date>| match day {
        None => Some(None),
        // A month's last day stays its last day.
        Some(d) if d.day() == d.days_in_month() => {
            let first = Date::new(d.year().checked_sub(1)?, d.month(), 1).ok()?;
            Some(Some(first.last_of_month()))
        }
        Some(d) => Some(Some(Date::new(d.year().checked_sub(1)?, d.month(), d.day()).ok()?)),
    };
    Some(Period { start: back(period.start)?, end: back(period.end)?, granularity: period.granularity })
}

/// Takes off what a removed time leaves behind: empty brackets, particles, 現在, 時点, 分.
fn tidy_stem(stem: &str, had_time: bool) -> String {
    let mut stem = stem.trim().to_owned();
    if !had_time {
        return stem;
    }
    for empty in [
        "()", "( )", "[]", "【】", "<>", "(現在)", "(時点)", "(末)", "(分)", "(度)", "(開始)", "(から)",
        "(より)", "(まで)", "(実施)", "(導入)", "(以降)", "(開設)",
    ] {
        stem = stem.replace(empty, "");
    }
    for lead in [
        "末現在",
        "末時点",
        "現在の",
        "時点の",
        "における",
        "現在",
        "時点",
        "末の",
        "度の",
        "分の",
        "の",
        "末",
        "・",
        "、",
        ":",
        "/",
    ] {
        if let Some(rest) = stem.strip_prefix(lead) {
            stem = rest.trim().to_owned();
        }
    }
    for tail in ["末現在", "現在", "時点", "末"] {
        if stem == tail {
            stem.clear();
        }
    }
    stem.trim_matches(|c: char| c.is_whitespace() || "・、:/,~-".contains(c)).to_owned()
}

/// A part of a year and nothing else: 4月, 3月末, 上期, 第2四半期.
fn part_of_year(label: &str) -> Option<Part> {
    let plain: String =
        label.chars().filter(|c| !c.is_whitespace() && !"()[]【】〔〕←→".contains(*c)).collect();
    match plain.as_str() {
        "上期" | "上半期" | "前期" | "上半期計" | "上期計" | "上半期分" => {
            return Some(Part::Half(1));
        }
        "下期" | "下半期" | "後期" | "下半期計" | "下期計" | "下半期分" => {
            return Some(Part::Half(2));
        }
        _ => {}
    }
    let months = plain.strip_suffix('月').and_then(|p| p.split_once(['～', '~', '-', '〜', '・']));
    if let Some((first, last)) = months {
        return Some(Part::Months(month(first.trim_end_matches('月'))?, month(last)?));
    }
    let ending = |tails: &[&str]| tails.iter().find_map(|t| plain.strip_suffix(t));
    if let Some(number) = ending(&["月末現在", "月末時点", "月末"]) {
        return month(number).map(Part::MonthEnd);
    }
    if let Some(number) = ending(&["月分", "月計", "月実績", "月中", "月"]) {
        return month(number).map(Part::Month);
    }
    let quarter = ending(&["四半期", "四半期計", "Q", "期"]).map(|q| q.trim_start_matches('第'));
    if let Some(number) = quarter
        && plain.starts_with('第') | plain.ends_with('Q')
        && (!plain.ends_with('期') || plain.ends_with("四半期"))
    {
        return number.parse().ok().filter(|n| (1..=4).contains(n)).map(Part::Quarter);
    }
    None
}

fn month(number: &str) -> Option<i8> {
    number.parse().ok().filter(|n| (1..=12).contains(n))
}

/// Years written without a unit or era: R4, 令和4, H30年度, 2019, 5年度 (the era of the paper).
fn bare_year(label: &str, context: &TimeContext) -> Option<Period> {
    let plain = words::closed_up(label);
    let (fiscal, number) = match plain.strip_suffix("年度") {
        Some(rest) => (true, rest),
        None => (false, plain.strip_suffix('年').unwrap_or(&plain)),
    };
    let has_unit = number.len() != plain.len();
    let eras = [("令和", 2018), ("R", 2018), ("平成", 1988), ("H", 1988), ("昭和", 1925), ("S", 1925)];
    // H.30 is a year, R6.4 a month of one.
    let bare = |name: &str| number.strip_prefix(name).map(|n| n.strip_prefix('.').unwrap_or(n));
    let era = eras.iter().find_map(|(name, offset)| Some((bare(name)?, *offset)));
    let year = match era {
        Some((n, offset)) => era_year(n, offset)?,
        None if number.len() == 4 => number.parse::<i16>().ok().filter(|y| (1900..2100).contains(y))?,
        None if has_unit => unnamed_era(number, context)?,
        None => return None,
    };
    // Without a unit an era year is a fiscal year (R4, 令和4), a year of the calendar is not told apart from one.
    if fiscal || (era.is_some() && !has_unit) { fiscal_year(year) } else { calendar_year(year) }
}

fn era_year(number: &str, offset: i16) -> Option<i16> {
    let n: i16 = if number == "元" { 1 } else { number.parse().ok()? };
    (1..=64).contains(&n).then_some(offset + n)
}

/// A year without an era: of 令和 or 平成, whichever is nearer to the paper's own year, and not far from it.
fn unnamed_era(number: &str, context: &TimeContext) -> Option<i16> {
    let own = context.fiscal_year.or(context.reference.map(Date::year));
    // A paper that tells no year of its own hardly looks far ahead.
    let (ahead, back) = if own.is_some() { (12, 20) } else { (6, 30) };
    let own = own.unwrap_or(2024);
    let years = [(2018, ahead), (1988, back)].map(|(offset, far)| {
        era_year(number, offset).filter(|y| (y - own).abs() <= far && (offset == 2018 || *y <= 2019))
    });
    years.into_iter().flatten().min_by_key(|y| (y - own).abs())
}

/// A label with its era before the first year that must be of one: 11年4月, 人口(26年1月1日), 24年度の率, 5年度決算.
fn with_era(label: &str, context: &TimeContext) -> Option<String> {
    let at = label.find('年')?;
    let before = label.get(..at)?;
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (lead, number) = before.split_at(before.len() - digits);
    let rest = label.get(at + '年'.len_utf8()..)?;
    let dated =
        rest.starts_with('度') || rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains('月');
    let alone = lead.is_empty() || lead.ends_with(['(', '[', '【', ' ', ')']);
    let year = unnamed_era(number, context).filter(|_| dated && alone)?;
    // 5年度決算, 6年度予算額: what figures of a year are; not 3年度の累計, so many years.
    let told = ["決算", "予算", "実績", "計画", "見込", "目標", "当初", "末"];
    let figures = rest.strip_prefix('度').is_some_and(|behind| told.iter().any(|w| behind.starts_with(w)));
    match year {
        2019.. => figures.then(|| format!("{lead}令和{}年{rest}", year - 2018)),
        _ => (digits == 2).then(|| format!("{lead}平成{}年{rest}", year - 1988)),
    }
}

/// The fiscal year that a day lies in.
pub(super) fn fiscal_year_with(day: Date) -> Option<Period> {
    fiscal_year(fiscal_year_of(day))
}

/// The part of a year that another label names.
pub(super) fn within(year: &Period, part: Part) -> Option<Period> {
    let start = year.start?;
    let fiscal = match year.granularity {
        Granularity::FiscalYear => true,
        Granularity::Year => false,
        _ => return month_of_span(year, part),
    };
    let months = |first: i8, count: i8, granularity| {
        let first = if fiscal { first + 3 } else { first };
        let last = first + count - 1;
        span(start.year(), first, last, granularity)
    };
    match part {
        Part::Month(m) | Part::MonthEnd(m) => {
            let y = if fiscal && m < 4 { start.year() + 1 } else { start.year() };
            let day = date(1, 1, 1).with().year(y).month(m).build().ok()?;
            let last = day.last_of_month();
            Some(match part {
                Part::MonthEnd(_) => {
                    Period { start: Some(last), end: Some(last), granularity: Granularity::Day }
                }
                _ => Period { start: Some(day), end: Some(last), granularity: Granularity::Month },
            })
        }
        Part::Months(first, last) => {
            let begin = within(year, Part::Month(first))?.start?;
            let end = within(year, Part::Month(last))?.end?;
            let granularity = Granularity::Range;
            (begin < end).then_some(Period { start: Some(begin), end: Some(end), granularity })
        }
        Part::Half(n) => months((n - 1) * 6 + 1, 6, Granularity::HalfYear),
        Part::Quarter(n) => months((n - 1) * 3 + 1, 3, Granularity::Quarter),
    }
}

/// The month that a span of at most a year holds once (11月 of 令和5年9月～令和6年1月).
fn month_of_span(span: &Period, part: Part) -> Option<Period> {
    let (start, end) = (span.start?, span.end?);
    let (Part::Month(month) | Part::MonthEnd(month)) = part else { return None };
    let year = if month < start.month() { start.year().checked_add(1)? } else { start.year() };
    let months = i32::from(end.year() - start.year()) * 12 + i32::from(end.month() - start.month());
    let period = within(&calendar_year(year)?, part)?;
    (start < end && months < 12 && period.start? <= end).then_some(period)
}

/// First day of month `first` to last day of month `last`, both counted from January of `year` and possibly
/// beyond December.
fn span(year: i16, first: i8, last: i8, granularity: Granularity) -> Option<Period> {
    let at = |m: i8| Date::new(year + i16::from((m - 1) / 12), (m - 1) % 12 + 1, 1).ok();
    Some(Period { start: Some(at(first)?), end: Some(at(last)?.last_of_month()), granularity })
}

/// Whether parts are all the months, quarters or halves of a year.
pub(super) fn fill_year(parts: impl Iterator<Item = Part>) -> bool {
    let (mut months, mut quarters, mut halves) = (0u16, 0u8, 0u8);
    for part in parts {
        match part {
            Part::Month(m) | Part::MonthEnd(m) if (1..=12).contains(&m) => months |= 1 << m,
            Part::Quarter(q) if (1..=4).contains(&q) => quarters |= 1 << q,
            Part::Half(h) if (1..=2).contains(&h) => halves |= 1 << h,
            _ => {}
        }
    }
    months.count_ones() == 12 || quarters.count_ones() == 4 || halves.count_ones() == 2
}

/// Whether `inner` lies within `outer` and is shorter.
pub(super) fn narrows(inner: &Period, outer: &Period) -> bool {
    let (Some(a), Some(b), Some(c), Some(d)) = (inner.start, inner.end, outer.start, outer.end) else {
        return false;
    };
    a >= c && b <= d && (a, b) != (c, d)
}

#[cfg(test)]
mod tests;
