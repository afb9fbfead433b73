//! What joins points in time (～, から) and opens their ends (から, まで, 以降).

use super::calendar as cal;
use super::listed::years_listed;
use super::number::small;
use super::time::{Anchor, Base, Point, Read, Span, has, one_of, skip_space, span, weekday};
use jiff::civil::Date;
use shiryo_model::{Granularity, Period};

/// A whole time expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Time {
    pub(crate) period: Option<Period>,
    pub(crate) relative: bool,
    pub(crate) end: usize,
    pub(crate) rule: &'static str,
    pub(crate) last: Point,
}

pub(super) const DASHES: &[char] = &['～', '〜', '~', '-', '−', '–', '―', '—'];

/// The whole expression that begins at `at`: a span, a range of spans, or one with an open end.
pub(crate) fn time(c: &[char], at: usize, anchor: &Anchor) -> Read<Time> {
    let first = match years_listed(c, at, anchor) {
        Some(span) => span,
        None => match span(c, at, anchor)? {
            Some(span) => span,
            None => return Ok(None),
        },
    };
    if let Some(time) = range(c, &first, anchor)? {
        return Ok(Some(time));
    }
    let mut time = Time {
        period: first.period.clone(),
        relative: first.point.relative,
        end: first.end,
        rule: first.rule.unwrap_or_else(|| rule_of(&first.point)),
        last: first.point,
    };
    open_ends(c, at, &mut time);
    Ok(Some(time))
}

fn rule_of(p: &Point) -> &'static str {
    match (p.relative, p.month, p.day, p.fiscal) {
        (true, ..) => "time.relative",
        (_, _, Some(_), _) => "time.day",
        (_, Some(_), None, _) => "time.month",
        (_, None, None, true) => "time.fiscal-year",
        _ => "time.year",
    }
}

/// A second span after ～ or から.
fn range(c: &[char], first: &Span, anchor: &Anchor) -> Read<Time> {
    let i = skip_space(c, bracketed_note(c, first.end));
    let from = has(c, i, "から");
    let after = match c.get(i) {
        _ if from => i + 2,
        Some(d) if DASHES.contains(d) => i + 1,
        _ => return Ok(None),
    };
    let after = skip_space(c, after);
    let after = if has(c, after, "翌") && c.get(after + 1).is_some_and(char::is_ascii_digit) {
        after + 1
    } else {
        after
    };
    let inherited = Anchor {
        base: first
            .point
            .year
            .map(|y| if first.point.fiscal { Base::Fiscal(y) } else { Base::Calendar(y) })
            .or(anchor.base),
        era: first.point.era.or(anchor.era),
        month: first.point.month,
        ..*anchor
    };
    let alone = || day_alone(c, after, &first.point).or_else(|| third_alone(c, after, &first.point));
    let Some(mut second) = span(c, after, &inherited)?.or_else(alone) else {
        return Ok(None);
    };
    wrap_year(first, &mut second);
    let mut end = second.end;
    if let Some(n) = one_of(c, end, &["までにかけて", "にかけて", "までの間", "までに", "まで", "迄"])
    {
        end += n;
    }
    let (start, finish) =
        (first.period.as_ref().and_then(|p| p.start), second.period.as_ref().and_then(|p| p.end));
    if start.zip(finish).is_some_and(|(a, b)| a > b) {
        return Ok(None);
    }
    let known = start.is_some() && finish.is_some();
    Ok(Some(Time {
        period: known.then_some(Period { start, end: finish, granularity: Granularity::Range }),
        relative: first.point.relative && second.point.relative,
        end,
        rule: "time.range",
        last: second.point,
    }))
}

/// 11月～2月: the second month lies in the next year.
fn wrap_year(first: &Span, second: &mut Span) {
    let before = |a: &Span, b: &Span| {
        let start = |s: &Span| s.period.as_ref().and_then(|p| p.start);
        start(a).zip(start(b)).is_some_and(|(a, b)| b < a)
    };
    if second.point.relative
        && !second.point.explicit
        && second.point.month.is_some()
        && before(first, second)
    {
        second.point.year = second.point.year.map(|y| y + 1);
        if let Some(p) = second.period.as_mut() {
            // The last day of February stays the last day.
            let next = |d: Date| {
                let moved = cal::date(d.year() + 1, d.month(), d.day().min(28)).unwrap_or(d);
                if d == d.last_of_month() {
                    moved.last_of_month()
                } else {
                    moved.with().day(d.day()).build().unwrap_or(moved)
                }
            };
            *p = Period { start: p.start.map(next), end: p.end.map(next), ..p.clone() };
        }
    }
}

/// 10日 as the second end after 4月1日.
fn day_alone(c: &[char], at: usize, first: &Point) -> Option<Span> {
    first.day?;
    let (day, end) = small(c, at)?;
    if c.get(end) != Some(&'日') || matches!(c.get(end + 1), Some('間' | '目')) {
        return None;
    }
    let day = i8::try_from(day).ok()?;
    let end = weekday(c, end + 1);
    let point = Point { day: Some(day), end, ..*first };
    let period = first.year.zip(first.month).and_then(|(y, m)| cal::day(y, m, day));
    Some(Span { period, point, end, rule: None })
}

/// 下旬 as the second end after 6月中旬.
fn third_alone(c: &[char], at: usize, first: &Point) -> Option<Span> {
    let (year, month) = (first.year, first.month.filter(|_| first.day.is_none())?);
    let n = ["上旬", "中旬", "下旬"].iter().position(|w| has(c, at, w))?;
    let period = year.and_then(|y| cal::ten_days(y, month, i8::try_from(n).ok()?));
    Some(Span { period, point: Point { end: at + 2, ..*first }, end: at + 2, rule: None })
}

/// A note in brackets between a point and its particle: 令和4年3月(予定)から.
fn bracketed_note(c: &[char], at: usize) -> usize {
    if c.get(at) != Some(&'(') {
        return at;
    }
    let close = c.get(at..c.len().min(at + 9)).and_then(|r| r.iter().position(|x| *x == ')'));
    match close {
        Some(n) if !c.get(at..at + n).unwrap_or_default().iter().any(char::is_ascii_digit) => {
            let after = at + n + 1;
            let opens = DASHES.iter().any(|d| c.get(after) == Some(d));
            if opens || one_of(c, after, &["から", "まで", "以降", "以後", "より"]).is_some() {
                after
            } else {
                at
            }
        }
        _ => at,
    }
}

/// から, 以降, まで, ～: one end open.
fn open_ends(c: &[char], at: usize, time: &mut Time) {
    let i = bracketed_note(c, time.end);
    let open = |p: &mut Option<Period>, from: bool| {
        if let Some(p) = p {
            if from { p.end = None } else { p.start = None }
        }
    };
    let starting = &["開始", "順次", "実施", "運用", "導入", "適用", "施行", "本格", "試行", "稼働", "、"];
    let from = one_of(c, i, &["から", "以降", "以後", "以来"])
        .or_else(|| (has(c, i, "より") && one_of(c, i + 2, starting).is_some()).then_some(2));
    if let Some(n) = from {
        time.end = i + n;
        open(&mut time.period, true);
    } else if let Some(n) = one_of(c, i, &["までに", "まで", "以前", "迄"]) {
        time.end = i + n;
        open(&mut time.period, false);
    } else if c.get(i).is_some_and(|d| matches!(d, '～' | '〜' | '~')) {
        time.end = i + 1;
        open(&mut time.period, true);
    } else if let Some(n) =
        one_of(c, i, &["を目途に", "を目途", "を目処に", "をめどに", "目途", "目処", "めど"])
    {
        time.end = i + n;
    } else if at.checked_sub(1).and_then(|b| c.get(b)).is_some_and(|d| matches!(d, '～' | '〜')) {
        open(&mut time.period, false);
    }
}
