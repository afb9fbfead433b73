//! Points in time (a year, a fiscal year, a month, a day) and what modifies them (末, 上期, 時点).

use super::calendar as cal;
use super::era::{self, Era, YearForm};
use super::number::small;
use super::relative;
use crate::chars::starts_with;
use crate::mention::YearParts;
use jiff::civil::Date;
use shiryo_model::{Granularity, Period};

/// The year the last expression of the text, or the context, speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Base {
    Calendar(i16),
    Fiscal(i16),
}

/// What year-less expressions are read against; moves with every explicit expression.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Anchor {
    pub(crate) base: Option<Base>,
    pub(crate) era: Option<Era>,
    /// Whether the text names that era, rather than the day it was written telling it.
    pub(crate) era_told: bool,
    pub(crate) month: Option<i8>,
    pub(crate) day: Option<i8>,
    /// First and last day of the last time told.
    pub(crate) told: Option<(Date, Date)>,
    /// Day the text was written.
    pub(crate) reference: Option<Date>,
    /// Fiscal year this year's words (今年度) mean.
    pub(crate) fiscal: Option<i16>,
    /// What halves and quarters are parts of.
    pub(crate) parts: YearParts,
}

impl Anchor {
    /// The calendar year a month without a year lies in.
    pub(crate) fn year_of_month(&self, month: i8) -> Option<i16> {
        Some(match self.base? {
            Base::Calendar(y) => y,
            Base::Fiscal(y) => cal::year_in_fiscal(y, month),
        })
    }

    /// The fiscal year spoken of.
    pub(crate) fn fiscal_year(&self) -> Option<i16> {
        Some(match self.base? {
            Base::Fiscal(y) => y,
            Base::Calendar(y) => match self.month {
                Some(m) if m < 4 => y - 1,
                _ => y,
            },
        })
    }
}

/// What a point names; the finest part given is its granularity.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Point {
    pub(crate) year: Option<i16>,
    pub(crate) fiscal: bool,
    pub(crate) month: Option<i8>,
    /// Last month of several (10～12月).
    pub(crate) through: Option<i8>,
    pub(crate) day: Option<i8>,
    pub(crate) era: Option<Era>,
    /// Resolved with the help of the anchor.
    pub(crate) relative: bool,
    /// The year itself stands in the text.
    pub(crate) explicit: bool,
    pub(crate) end: usize,
}

/// A point with its modifiers, as days.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Span {
    pub(crate) period: Option<Period>,
    pub(crate) point: Point,
    pub(crate) end: usize,
    /// The rule that gave it, where the point does not tell.
    pub(crate) rule: Option<&'static str>,
}

/// Why something that looks like a time is none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Impossible {
    pub(crate) end: usize,
    pub(crate) reason: String,
}

pub(super) type Read<T> = Result<Option<T>, Impossible>;

fn digits(c: &[char], at: usize) -> usize {
    c.get(at..).unwrap_or_default().iter().take_while(|d| d.is_ascii_digit()).count()
}

pub(super) fn has(c: &[char], at: usize, word: &str) -> bool {
    c.get(at..).is_some_and(|r| starts_with(r, word))
}

/// The last character of a point.
pub(super) fn last_of(c: &[char], p: &Point) -> Option<char> {
    c.get(p.end.checked_sub(1)?).copied()
}

/// Length of the first of `words` that stands at `at`.
pub(super) fn one_of(c: &[char], at: usize, words: &[&str]) -> Option<usize> {
    words.iter().find(|w| has(c, at, w)).map(|w| w.chars().count())
}

pub(super) fn skip_space(c: &[char], at: usize) -> usize {
    if c.get(at) == Some(&' ') { at + 1 } else { at }
}

// ---------------------------------------------------------------- points

/// The point that begins at `at`.
pub(crate) fn point(c: &[char], at: usize, anchor: &Anchor) -> Read<Point> {
    if let Some(mut y) = era::year(c, at, anchor.era) {
        let bare = c.get(at).is_some_and(char::is_ascii_digit) && y.era.is_some() && !anchor.era_told;
        let now = anchor.reference.map(Date::year).or(anchor.fiscal);
        if let Some((likely, now)) = now.filter(|_| bare).and_then(|n| Some((era::likely(y, n)?, n)))
            && likely <= now + 1
        {
            y = era::Year { year: likely, era: None, ..y };
        }
        return dated_year(c, at, y);
    }
    if let Some(p) = relative::word(c, at, anchor) {
        // 同月15日, 今月の3日, also where nothing tells the month
        let month = p.day.is_none() && (p.month.is_some() || last_of(c, &p) == Some('月'));
        return if month { day_of(c, at, p) } else { after_year(c, at, p) };
    }
    if let Some(p) = month_day_numeric(c, at, anchor) {
        return Ok(Some(p));
    }
    month_alone(c, at, anchor)
}

/// A year with what follows it: 9月29日, .10.22, /7/18.
fn dated_year(c: &[char], at: usize, y: era::Year) -> Read<Point> {
    let mut p = Point { year: Some(y.year), era: y.era, explicit: true, end: y.end, ..Default::default() };
    match y.form {
        YearForm::Fiscal => p.fiscal = true,
        YearForm::Calendar => {}
        YearForm::Bare => {
            if let Some(end) = era::season_after(c, p.end) {
                return Ok(Some(Point { end, ..p }));
            }
            return match numeric_rest(c, at, p)? {
                Some(p) => Ok(Some(p)),
                // R5 beside a value means the fiscal year; a bare number is no year.
                None => Ok((y.letter || y.era.is_some()).then_some(Point { fiscal: true, ..p })),
            };
        }
    }
    after_year(c, at, p)
}

/// `.10.22`, `/7/18`, `-3` after a year.
fn numeric_rest(c: &[char], at: usize, mut p: Point) -> Read<Point> {
    let Some(sep) = c.get(p.end).copied().filter(|s| matches!(s, '.' | '/' | '-' | '・')) else {
        return Ok(None);
    };
    let n = digits(c, p.end + 1);
    if !(1..=2).contains(&n) {
        return Ok(None);
    }
    let Some((month, end)) = small(c, p.end + 1) else { return Ok(None) };
    let western = p.era.is_none();
    if !(1..=12).contains(&month) {
        // 2023-24 and 2019.5 are other things; an era's letter makes it a date gone wrong.
        return if western { Ok(None) } else { Err(impossible(c, at, end, "月は1から12まで")) };
    }
    p.month = i8::try_from(month).ok();
    p.end = end;
    let day = (c.get(end) == Some(&sep)).then(|| digits(c, end + 1)).filter(|n| (1..=2).contains(n));
    if let Some(len) = day {
        let Some((day, end)) = small(c, end + 1) else { return Ok(None) };
        if c.get(end).is_some_and(|n| n.is_ascii_alphanumeric()) || len == 0 {
            return Ok(None);
        }
        return with_day(c, at, p, day, end).map(Some);
    }
    if c.get(end).is_some_and(|n| n.is_ascii_alphanumeric())
        || western && matches!(sep, '.' | '・' | '-') && n == 1
    {
        return Ok(None);
    }
    // 2156.01人 and 2156.01% are values.
    if western
        && sep == '.'
        && c.get(end).is_some_and(|n| crate::chars::is_japanese(*n) || matches!(n, '%' | '‰' | '℃'))
    {
        return Ok(None);
    }
    if c.get(end) == Some(&'月') {
        p.end = end + 1;
        return day_of(c, at, p);
    }
    Ok(Some(p))
}

/// 9月29日 after 年, 4月 after 年度.
fn after_year(c: &[char], at: usize, mut p: Point) -> Read<Point> {
    let mut i = skip_space(c, p.end);
    if p.fiscal && c.get(i) == Some(&'の') {
        i += 1;
    }
    if c.get(i) == Some(&'/') {
        i += 1;
    }
    if let Some((first, last, end)) = super::listed::months_listed(c, i) {
        let year = if p.fiscal { p.year.map(|y| cal::year_in_fiscal(y, first)) } else { p.year };
        return Ok(Some(Point { year, fiscal: false, month: Some(first), through: Some(last), end, ..p }));
    }
    let Some((month, end)) = small(c, i) else { return Ok(Some(p)) };
    let separated = i > p.end && c.get(i - 1) == Some(&'/');
    let word = c.get(end) == Some(&'月');
    let named = word && c.get(end + 1) != Some(&'間');
    let numeric = !word && separated && (1..=12).contains(&month);
    if !named && !numeric {
        return Ok(Some(p));
    }
    let end = if word { end + 1 } else { end };
    if !(1..=12).contains(&month) {
        return Err(impossible(c, at, end, "月は1から12まで"));
    }
    p.month = i8::try_from(month).ok();
    if p.fiscal {
        p.year = p.year.zip(p.month).map(|(y, m)| cal::year_in_fiscal(y, m));
        p.fiscal = false;
    }
    p.end = end;
    day_of(c, at, p)
}

/// 29日(金) after a month.
fn day_of(c: &[char], at: usize, p: Point) -> Read<Point> {
    let of = c.get(p.end) == Some(&'の') && c.get(p.end + 1).is_some_and(char::is_ascii_digit);
    let i = if of { p.end + 1 } else { skip_space(c, p.end) };
    let Some((day, end)) = small(c, i) else { return Ok(Some(p)) };
    if c.get(end) != Some(&'日') || matches!(c.get(end + 1), Some('間' | '目')) {
        return Ok(Some(p));
    }
    with_day(c, at, p, day, end + 1).map(Some)
}

fn with_day(c: &[char], at: usize, mut p: Point, day: i16, end: usize) -> Result<Point, Impossible> {
    let small_day = i8::try_from(day).ok().filter(|d| (1..=31).contains(d));
    let real = match (p.year, p.month, small_day) {
        // Without a year, 29 February may be.
        (None, Some(m), Some(d)) => cal::date(2000, m, d).is_some(),
        (Some(y), Some(m), Some(d)) => cal::date(y, m, d).is_some(),
        (_, None, Some(_)) => true,
        _ => false,
    };
    if !real {
        return Err(impossible(c, at, end, "この日は暦にない"));
    }
    p.day = small_day;
    p.end = weekday(c, end);
    Ok(p)
}

fn impossible(c: &[char], at: usize, end: usize, reason: &str) -> Impossible {
    let words: String = c.get(at..end).unwrap_or_default().iter().collect();
    Impossible { end, reason: format!("{words}: {reason}") }
}

/// (金), (金・祝), 金曜日, 月・水曜日, 月曜日～金曜日; gives the position after.
pub(super) fn weekday(c: &[char], at: usize) -> usize {
    const DAYS: [char; 7] = ['月', '火', '水', '木', '金', '土', '日'];
    let open = skip_space(c, at);
    let is_day = |i: usize| c.get(i).is_some_and(|d| DAYS.contains(d));
    let joins = |i: usize| c.get(i).is_some_and(|d| matches!(d, '・' | '、' | ',' | '～' | '〜' | '~'));
    let (mut i, mut named) = (open, None);
    while is_day(i) && i < open + 40 {
        i += 1;
        if has(c, i, "曜") {
            i += if has(c, i, "曜日") { 2 } else { 1 };
            named = Some(i);
        }
        if !joins(i) || !is_day(i + 1) {
            break;
        }
        i += 1;
    }
    if let Some(end) = named {
        return end;
    }
    if c.get(open) != Some(&'(') || !c.get(open + 1).is_some_and(|d| DAYS.contains(d) || *d == '祝') {
        return at;
    }
    let close = c.get(open..open + 8.min(c.len() - open)).unwrap_or_default().iter().position(|x| *x == ')');
    let inside = |n: usize| c.get(open + 1..open + n).unwrap_or_default();
    match close {
        Some(n) if inside(n).iter().all(|x| DAYS.contains(x) || "曜祝休日・,振替".contains(*x)) => {
            open + n + 1
        }
        _ => at,
    }
}

/// 9月, 9月29日.
fn month_alone(c: &[char], at: usize, anchor: &Anchor) -> Read<Point> {
    if let Some((first, last, end)) = super::listed::months_listed(c, at) {
        let year = anchor.year_of_month(first);
        let point = Point {
            year,
            month: Some(first),
            through: Some(last),
            relative: true,
            end,
            ..Default::default()
        };
        return Ok(Some(point));
    }
    let Some((month, end)) = small(c, at) else { return Ok(None) };
    if c.get(end) == Some(&'日') && weekday(c, end + 1) > end + 1 {
        return Ok(day_with_weekday(c, month, end + 1, anchor));
    }
    if c.get(end) != Some(&'月') || matches!(c.get(end + 1), Some('間' | '号')) || end - at > 2 {
        return Ok(None);
    }
    if !(1..=12).contains(&month) {
        return Err(impossible(c, at, end + 1, "月は1から12まで"));
    }
    let m = i8::try_from(month).ok();
    let year = m.and_then(|m| anchor.year_of_month(m));
    let p = Point { year, month: m, relative: true, end: end + 1, ..Default::default() };
    day_of(c, at, p)
}

/// 11日(火): a day of the month told last; the weekday shows that it is no number of days.
fn day_with_weekday(c: &[char], day: i16, end: usize, anchor: &Anchor) -> Option<Point> {
    let day = i8::try_from(day).ok().filter(|d| (1..=31).contains(d))?;
    let year = anchor.month.and_then(|m| anchor.year_of_month(m));
    let known = year.zip(anchor.month).filter(|(y, m)| cal::date(*y, *m, day).is_some());
    let end = weekday(c, end);
    let (year, month) = known.unzip();
    Some(Point { year, month, day: Some(day), relative: true, end, ..Default::default() })
}

/// 5/7: a month and a day, where nothing speaks for a fraction or a path.
fn month_day_numeric(c: &[char], at: usize, anchor: &Anchor) -> Option<Point> {
    let before = at.checked_sub(1).and_then(|i| c.get(i)).copied().unwrap_or(' ');
    if before.is_ascii_alphanumeric()
        || matches!(
            before,
            '/' | '.'
                | '-'
                | '率'
                | ','
                | '_'
                | '約'
                | '国'
                | '都'
                | '道'
                | '府'
                | '県'
                | '市'
                | '区'
                | '町'
                | '村'
        )
        || !(1..=2).contains(&digits(c, at))
    {
        return None;
    }
    // 補助率は1/2: a share.
    if c.get(at.saturating_sub(4)..at)
        .is_some_and(|h| h.iter().any(|x| matches!(x, '率' | '割' | '助' | '担')))
    {
        return None;
    }
    let (month, slash) = small(c, at)?;
    let (day, end) = small(c, slash + 1).filter(|_| c.get(slash) == Some(&'/'))?;
    let clean = (1..=2).contains(&digits(c, slash + 1))
        && !c.get(end).is_some_and(|n| n.is_ascii_alphanumeric() || matches!(n, '/' | '.' | '%'))
        && !(c.get(end) == Some(&',') && digits(c, end + 1) == 3)
        && one_of(
            c,
            end,
            &[
                "以内",
                "以下",
                "以上",
                "補助",
                "相当",
                "ページ",
                "の補助",
                "程度",
                "を補助",
                "に減",
                "に削減",
                "の額",
            ],
        )
        .is_none();
    let (m, d) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    if !clean || cal::date(2000, m, d).is_none() {
        return None;
    }
    let end = weekday(c, end);
    Some(Point {
        year: anchor.year_of_month(m),
        month: Some(m),
        day: Some(d),
        relative: true,
        end,
        ..Default::default()
    })
}

// ---------------------------------------------------------------- modifiers

/// The days of a point without modifiers.
fn days(p: &Point) -> Option<Period> {
    let y = p.year?;
    match (p.month, p.day) {
        (Some(m), None) if p.through.is_some() => cal::through_month(y, m, p.through?),
        (Some(m), Some(d)) => cal::day(y, m, d),
        (Some(m), None) => cal::month(y, m),
        (None, _) if p.fiscal => cal::fiscal_year(y),
        _ => cal::calendar_year(y),
    }
}

/// A point with 末, 上期, 中旬 … and 時点, 中, 頃.
pub(crate) fn span(c: &[char], at: usize, anchor: &Anchor) -> Read<Span> {
    let extent = super::extent::extent(c, at, anchor);
    let (p, rule, mut period, mut end) = match extent {
        Some(e) => (e.point, e.rule, e.period, e.end),
        None => {
            let Some(p) = point(c, at, anchor)? else { return Ok(None) };
            let (period, end) =
                super::parts::part_of(c, &p, anchor.parts).unwrap_or_else(|| (days(&p), p.end));
            (p, None, period, end)
        }
    };
    if let Some((last, to)) = super::listed::more_days(c, &p, end) {
        if let Some(period) = period.as_mut() {
            period.end =
                cal::date(p.year.unwrap_or(2000), p.month.unwrap_or(1), last).filter(|_| p.year.is_some());
            period.granularity = Granularity::Range;
        }
        end = to;
    }
    if let Some(n) = one_of(c, end, &["末日", "末頃", "末ごろ", "末"]) {
        end += n;
        period = period.and_then(|p| p.end).map(cal::on);
    } else if let Some(n) = one_of(c, end, &["当初", "初頭", "初め", "はじめ", "頭", "初日"]).filter(|_| {
        p.day.is_none() && !matches!(c.get(end + 2), Some('予' | '計' | '案' | '目' | '比' | '想'))
    }) {
        end += n;
        period = period.and_then(|p| p.start).map(cal::on);
    }
    if let Some(n) =
        one_of(c, end, &["時点", "現在", "半ば", "なかば", "頃", "ごろ", "おわり", "付け", "付", "内"])
    {
        end += n;
    } else if c.get(end) == Some(&'中')
        && !c.get(end + 1).is_some_and(|n| "間期央学心小止旬国野部".contains(*n))
    {
        end += 1;
    }
    Ok(Some(Span { period, point: p, end, rule }))
}
