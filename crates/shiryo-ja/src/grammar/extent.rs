//! Times that are no point of a calendar: weeks, centuries, days of the week, recurring times, lengths before and
//! after the day of writing.

use super::calendar as cal;
use super::number::small;
use super::time::{Anchor, Point, Span, has, one_of, weekday};
use jiff::ToSpan;
use jiff::civil::Date;
use shiryo_model::{Granularity, Period};

/// Weeks, and how far they lie from the one of the day of writing (`false`) or of the day told last (`true`).
const WEEKS: &[(&str, bool, i32)] = &[
    ("先々週", false, -2),
    ("先週", false, -1),
    ("今週", false, 0),
    ("再来週", false, 2),
    ("来週", false, 1),
    ("翌々週", true, 2),
    ("翌週", true, 1),
    ("前週", true, -1),
    ("同週", true, 0),
];

/// Centuries, and how far they lie from this one.
const CENTURIES: &[(&str, i16)] = &[("今世紀", 0), ("前世紀", -1), ("来世紀", 1)];

/// What comes round, and how often.
const RECURRING: &[(&str, Granularity)] = &[
    ("毎年度", Granularity::FiscalYear),
    ("毎年", Granularity::Year),
    ("毎四半期", Granularity::Quarter),
    ("毎月", Granularity::Month),
    ("毎週", Granularity::Week),
    ("毎日", Granularity::Day),
    ("毎朝", Granularity::Day),
    ("毎晩", Granularity::Day),
    ("毎時", Granularity::Time),
    ("毎分", Granularity::Time),
    ("毎秒", Granularity::Time),
    ("隔年", Granularity::Year),
    ("隔月", Granularity::Month),
    ("隔週", Granularity::Week),
    ("隔日", Granularity::Day),
];

/// Units of a length told from the day of writing (３か月前, 2年後).
const STEPS: &[(&str, Granularity)] = &[
    ("年", Granularity::Year),
    ("か月", Granularity::Month),
    ("ヶ月", Granularity::Month),
    ("カ月", Granularity::Month),
    ("ヵ月", Granularity::Month),
    ("ケ月", Granularity::Month),
    ("箇月", Granularity::Month),
    ("週間", Granularity::Week),
    ("日", Granularity::Day),
];

/// Whether one of these can begin at `at` without a numeral.
pub(super) fn starts(c: &[char], at: usize) -> bool {
    let next = c.get(at + 1).copied().unwrap_or(' ');
    match c.get(at) {
        Some('毎') => "年月週日時分秒朝晩四".contains(next),
        Some('隔') => "年月週日".contains(next),
        Some('半') => "年月日世".contains(next),
        Some('紀') => next == '元',
        Some('月' | '火' | '水' | '木' | '金' | '土' | '日') => next == '曜',
        _ => false,
    }
}

/// The time that begins at `at`, if it is one of these.
pub(super) fn extent(c: &[char], at: usize, anchor: &Anchor) -> Option<Span> {
    let first = *c.get(at)?;
    let before = at.checked_sub(1).and_then(|i| c.get(i)).copied().unwrap_or('\n');
    if first.is_ascii_digit() || super::number::starts(first) {
        return century(c, at).or_else(|| away(c, at, before, anchor));
    }
    match first {
        '毎' | '隔' => recurring(c, at),
        '半' => half_away(c, at, before, anchor),
        '紀' => before_our_era(c, at),
        '先' | '今' | '再' | '来' | '翌' | '前' | '同' | '昨' => week(c, at, before, anchor)
            .or_else(|| this_century(c, at, anchor))
            .or_else(|| year_before(c, at, anchor)),
        _ => {
            let end = weekday(c, at);
            (starts(c, at) && end > at).then(|| unresolved(Granularity::Day, end, "time.weekday"))
        }
    }
}

fn span(
    period: Option<Period>,
    granularity: Granularity,
    relative: bool,
    end: usize,
    rule: &'static str,
) -> Span {
    let period = period.unwrap_or(Period { granularity, ..Default::default() });
    Span { period: Some(period), point: Point { relative, end, ..Default::default() }, end, rule: Some(rule) }
}

/// A time without a place on the calendar.
fn unresolved(granularity: Granularity, end: usize, rule: &'static str) -> Span {
    span(None, granularity, true, end, rule)
}

/// Monday to Sunday of the week that lies `by` weeks from the one of `day`.
fn week_of(day: Date, by: i32) -> Option<Period> {
    let monday = day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
    let start = monday.checked_add((by * 7).days()).ok()?;
    let end = start.checked_add(6.days()).ok()?;
    Some(Period { start: Some(start), end: Some(end), granularity: Granularity::Week })
}

fn week(c: &[char], at: usize, before: char, anchor: &Anchor) -> Option<Span> {
    let (word, told, by) = WEEKS.iter().find(|(w, ..)| has(c, at, w))?;
    let end = at + word.chars().count();
    if crate::chars::is_kanji(before) || c.get(end) == Some(&'間') {
        return None;
    }
    let day = if *told { super::relative::told_day(anchor) } else { anchor.reference };
    Some(span(day.and_then(|d| week_of(d, *by)), Granularity::Week, true, end, "time.week"))
}

/// The `n`th century: 2001 to 2100 is the 21st.
fn century_days(n: i16) -> Option<Period> {
    let last = n.checked_mul(100)?;
    let start = cal::date(last - 99, 1, 1)?;
    Some(Period { start: Some(start), end: cal::date(last, 12, 31), granularity: Granularity::Range })
}

/// 21世紀
fn century(c: &[char], at: usize) -> Option<Span> {
    let (n, end) = small(c, at)?;
    let named = has(c, end, "世紀") && c.get(end + 2) != Some(&'目');
    ((1..=30).contains(&n) && named)
        .then(|| span(century_days(n), Granularity::Range, false, end + 2, "time.century"))
}

fn this_century(c: &[char], at: usize, anchor: &Anchor) -> Option<Span> {
    let (word, by) = CENTURIES.iter().find(|(w, _)| has(c, at, w))?;
    let year = anchor.reference.map(|d| d.year()).or(anchor.fiscal);
    let days = year.and_then(|y| century_days((y + 99) / 100 + by));
    Some(span(days, Granularity::Range, true, at + word.chars().count(), "time.century"))
}

/// 前年同期: the time told last, a year before.
fn year_before(c: &[char], at: usize, anchor: &Anchor) -> Option<Span> {
    let n = one_of(c, at, &["前年度同期", "昨年度同期", "前年同期", "昨年同期"])?;
    let back = |d: Date| {
        let moved = d.checked_sub(1.years()).ok()?;
        Some(if d == d.last_of_month() { moved.last_of_month() } else { moved })
    };
    let days = anchor.told.and_then(|(a, b)| {
        Some(Period { start: Some(back(a)?), end: Some(back(b)?), granularity: Granularity::Range })
    });
    Some(span(days, Granularity::Range, true, at + n, "time.year-before"))
}

/// 紀元前2000年: no day of it can be written in the dataset.
fn before_our_era(c: &[char], at: usize) -> Option<Span> {
    if !has(c, at, "紀元前") {
        return None;
    }
    let (_, end) = small(c, at + 3)?;
    let n = one_of(c, end, &["年", "世紀"])?;
    Some(unresolved(Granularity::Year, end + n, "time.before-our-era"))
}

/// 毎年度, 毎週月曜日, 毎月第2水曜日
fn recurring(c: &[char], at: usize) -> Option<Span> {
    let (word, granularity) = RECURRING.iter().find(|(w, _)| has(c, at, w))?;
    let mut end = at + word.chars().count();
    if *word == "毎日" && has(c, end, "新聞") {
        return None;
    }
    if matches!(granularity, Granularity::Week | Granularity::Month) {
        let ordinal = ordinals(c, end);
        let bare = c.get(ordinal).is_some_and(|d| !matches!(d, ' ' | '('));
        end = if bare { weekday(c, ordinal).max(end) } else { end };
        if end == ordinal && ordinal > at + word.chars().count() {
            end = at + word.chars().count();
        }
        end = day_of_month(c, end).filter(|_| *granularity == Granularity::Month).unwrap_or(end);
    }
    // 毎年6月, 毎年度6月1日
    if matches!(granularity, Granularity::Year | Granularity::FiscalYear)
        && let Some((_, month)) = small(c, end).filter(|(_, e)| c.get(*e) == Some(&'月'))
    {
        end = day_of_month(c, month + 1).unwrap_or(month + 1);
    }
    Some(unresolved(*granularity, end, "time.recurring"))
}

/// One past 10日, 末日, 末.
fn day_of_month(c: &[char], at: usize) -> Option<usize> {
    if let Some(n) = one_of(c, at, &["末日", "末"]) {
        return Some(at + n);
    }
    let (_, end) = small(c, at)?;
    (c.get(end) == Some(&'日') && !matches!(c.get(end + 1), Some('間' | '程'))).then_some(end + 1)
}

/// One past 第2, 第2・4, 第1・第3.
fn ordinals(c: &[char], at: usize) -> usize {
    let mut end = at;
    while let Some((_, after)) = small(c, end + usize::from(c.get(end) == Some(&'第')))
        && (end > at || c.get(at) == Some(&'第'))
        && end < at + 20
    {
        end = after;
        let joined = matches!(c.get(end), Some('・' | '、'))
            && matches!(c.get(end + 1), Some(x) if *x == '第' || x.is_ascii_digit());
        if !joined {
            break;
        }
        end += 1;
    }
    end
}

/// 3年前, 2週間後 told from the day of writing. What stands before may say from when else (申請の3日後).
fn away(c: &[char], at: usize, before: char, anchor: &Anchor) -> Option<Span> {
    let (n, end) = small(c, at)?;
    let (unit, granularity) = STEPS.iter().find(|(u, _)| has(c, end, u))?;
    direction(c, end + unit.chars().count(), before).map(|(sign, end)| {
        let by = i32::from(n).saturating_mul(sign);
        span(anchor.reference.and_then(|d| moved(d, by, *granularity)), *granularity, true, end, "time.away")
    })
}

/// 半年前, 半月後
fn half_away(c: &[char], at: usize, before: char, anchor: &Anchor) -> Option<Span> {
    let (by, granularity) = match c.get(at + 1)? {
        '年' => (6, Granularity::Month),
        '月' => (15, Granularity::Day),
        '日' => (0, Granularity::Day),
        _ => return None,
    };
    let (sign, end) = direction(c, at + 2, before)?;
    let day = anchor.reference.filter(|_| by > 0);
    Some(span(day.and_then(|d| moved(d, by * sign, granularity)), granularity, true, end, "time.away"))
}

/// 前 (-1) or 後 (1) at `at`, where nothing before tells another day to count from; gives the position after.
fn direction(c: &[char], at: usize, before: char) -> Option<(i32, usize)> {
    if crate::chars::is_japanese(before) && before != '約' || before.is_ascii_alphanumeric() {
        return None;
    }
    let follow = c.get(at + 1).copied().unwrap_or('\n');
    match c.get(at)? {
        '前' if !"半期後年回払納倒".contains(follow) => Some((-1, at + 1)),
        '後' if !"半期日見者".contains(follow) => Some((1, at + 1)),
        _ => None,
    }
}

/// The day, week, month or year that lies `by` of them away.
fn moved(day: Date, by: i32, granularity: Granularity) -> Option<Period> {
    match granularity {
        Granularity::Year => cal::calendar_year(day.year().checked_add(i16::try_from(by).ok()?)?),
        Granularity::Month => {
            let to = day.checked_add(by.months()).ok()?;
            cal::month(to.year(), to.month())
        }
        Granularity::Week => week_of(day, by),
        _ => day.checked_add(by.days()).ok().map(cal::on),
    }
}
