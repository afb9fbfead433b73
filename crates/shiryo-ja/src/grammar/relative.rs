//! Words that name a time against another: 今年度, 翌年, 同月.

use super::calendar as cal;
use super::time::{Anchor, Base, Point};
use crate::chars::starts_with;

/// What a word counts in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    FiscalYear,
    Year,
    Month,
    Day,
}

/// What a word counts from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// The day the text was written.
    Now,
    /// What the text spoke of last.
    Told,
}

use Origin::*;
use Step::*;

/// Words, what they count in, from where, and how far. Longer words stand before their beginnings.
const WORDS: &[(&str, Step, Origin, i16)] = &[
    ("今年度", FiscalYear, Now, 0),
    ("本年度", FiscalYear, Now, 0),
    ("当年度", FiscalYear, Told, 0),
    ("現年度", FiscalYear, Now, 0),
    ("一昨年度", FiscalYear, Now, -2),
    ("昨年度", FiscalYear, Now, -1),
    ("前々年度", FiscalYear, Told, -2),
    ("前年度", FiscalYear, Told, -1),
    ("再来年度", FiscalYear, Now, 2),
    ("来年度", FiscalYear, Now, 1),
    ("次年度", FiscalYear, Told, 1),
    ("翌々年度", FiscalYear, Told, 2),
    ("翌年度", FiscalYear, Told, 1),
    ("同年度", FiscalYear, Told, 0),
    ("今年", Year, Now, 0),
    ("本年", Year, Now, 0),
    ("当年", Year, Told, 0),
    ("一昨年", Year, Now, -2),
    ("昨年", Year, Now, -1),
    ("去年", Year, Now, -1),
    ("前々年", Year, Told, -2),
    ("前年同月", Month, Told, -12),
    ("前年", Year, Told, -1),
    ("再来年", Year, Now, 2),
    ("来年", Year, Now, 1),
    ("翌々年", Year, Told, 2),
    ("翌年", Year, Told, 1),
    ("同年", Year, Told, 0),
    ("今月", Month, Now, 0),
    ("本月", Month, Now, 0),
    ("当月", Month, Told, 0),
    ("先々月", Month, Now, -2),
    ("先月", Month, Now, -1),
    ("前月", Month, Told, -1),
    ("来月", Month, Now, 1),
    ("翌々月", Month, Told, 2),
    ("翌月", Month, Told, 1),
    ("再来月", Month, Now, 2),
    ("明後日", Day, Now, 2),
    ("翌々日", Day, Told, 2),
    ("同月", Month, Told, 0),
    ("本日", Day, Now, 0),
    ("今日", Day, Now, 0),
    ("昨日", Day, Now, -1),
    ("明日", Day, Now, 1),
    ("同日", Day, Told, 0),
    ("翌日", Day, Told, 1),
    ("前日", Day, Told, -1),
];

/// Whether a word of the table can begin with `c`.
pub(crate) fn starts(c: char) -> bool {
    matches!(
        c,
        '今' | '本'
            | '当'
            | '現'
            | '一'
            | '昨'
            | '前'
            | '再'
            | '来'
            | '次'
            | '翌'
            | '同'
            | '去'
            | '先'
            | '明'
            | '年'
            | '上'
            | '下'
            | '第'
    )
}

/// The point a word at `at` names.
pub(crate) fn word(c: &[char], at: usize, anchor: &Anchor) -> Option<Point> {
    let rest = c.get(at..)?;
    if !starts(*rest.first()?) {
        return None;
    }
    let before = at.checked_sub(1).and_then(|i| c.get(i)).copied().unwrap_or(' ');
    let point = Point { relative: true, ..Default::default() };
    // 年度末, 上期 alone: of the fiscal year spoken of.
    if starts_with(rest, "年度末") || starts_with(rest, "年度当初") || starts_with(rest, "年度内") {
        let apart = !crate::chars::is_japanese(before) && !before.is_ascii_alphanumeric() && before != ')'
            || "はにをがのもとや".contains(before);
        return apart.then(|| Point { year: anchor.fiscal_year(), fiscal: true, end: at + 2, ..point });
    }
    if matches!(rest, ['上' | '下', '期' | '半', ..]) {
        let half = starts_with(rest, "上期")
            || starts_with(rest, "下期")
            || starts_with(rest, "上半期")
            || starts_with(rest, "下半期");
        let apart = half && (!crate::chars::is_japanese(before) || "はにをがのもとや".contains(before));
        return apart.then(|| Point { year: anchor.fiscal_year(), fiscal: true, end: at, ..point });
    }
    // 第3四半期 alone.
    if rest.first() == Some(&'第') {
        super::parts::quarter_word(c, at)?;
        return Some(Point { year: anchor.fiscal_year(), fiscal: true, end: at, ..point });
    }
    // 年内, 年末: of the year spoken of.
    if matches!(rest, ['年', '内' | '末', ..]) {
        let apart = !crate::chars::is_japanese(before) && !before.is_ascii_alphanumeric() && before != ')'
            || "はにをがのもとや".contains(before);
        let other = matches!(rest.get(2), Some('年' | '調' | '特' | '商' | '警'));
        return (apart && !other).then(|| Point { year: year(anchor, Told), end: at + 1, ..point });
    }
    // 今 and 一 begin many words; the table's go on with one of these.
    if !matches!(rest.get(1), Some('年' | '月' | '日' | '昨' | '々' | '来' | '後')) {
        return None;
    }
    let (word, step, from, by) = WORDS.iter().find(|(w, ..)| starts_with(rest, w))?;
    if crate::chars::is_kanji(before) && *step != FiscalYear || before == '毎' {
        return None;
    }
    let end = at + word.chars().count();
    // 現年度分の調定額: what accounts call the part that is not carried over, of whatever year they are.
    if *word == "現年度" && matches!(c.get(end), Some('分' | '課' | '賦')) {
        return None;
    }
    // 今年生まれ, 今日的, 同日付け are read; 前日比, 本日中 too; 今年少 is not.
    let point = Point { end, ..point };
    Some(match step {
        FiscalYear => Point { year: fiscal(anchor, *from).map(|y| y + by), fiscal: true, ..point },
        Year => Point { year: year(anchor, *from).map(|y| y + by), ..point },
        Month => {
            let (y, m) = month(anchor, *from).map_or((None, None), |(y, m)| {
                let n = y * 12 + i16::from(m) - 1 + by;
                (Some(n.div_euclid(12)), i8::try_from(n.rem_euclid(12) + 1).ok())
            });
            Point { year: y, month: m.or(Some(1)).filter(|_| y.is_some()), ..point }
        }
        Day => {
            let day = match from {
                Now => anchor.reference,
                Told => told_day(anchor).or(anchor.reference),
            };
            let day = day.and_then(|d| d.checked_add(jiff::Span::new().days(i64::from(*by))).ok());
            Point {
                year: day.map(|d| d.year()),
                month: day.map(|d| d.month()),
                day: day.map(|d| d.day()),
                ..point
            }
        }
    })
}

pub(super) fn told_day(a: &Anchor) -> Option<jiff::civil::Date> {
    let (month, day) = (a.month?, a.day?);
    cal::date(a.year_of_month(month)?, month, day)
}

fn fiscal(a: &Anchor, from: Origin) -> Option<i16> {
    // 今年度 is that of the day of writing, whatever year was told last.
    let now = a.reference.map(cal::fiscal_year_of).or(a.fiscal);
    match from {
        Now => now,
        Told => a.fiscal_year().or(now),
    }
}

fn year(a: &Anchor, from: Origin) -> Option<i16> {
    let now = a.reference.map(|d| d.year()).or(a.fiscal);
    match (from, a.base) {
        (Told, Some(Base::Calendar(y) | Base::Fiscal(y))) => Some(y),
        _ => now,
    }
}

fn month(a: &Anchor, from: Origin) -> Option<(i16, i8)> {
    let now = a.reference.map(|d| (d.year(), d.month()));
    match from {
        Now => now,
        Told => a.month.and_then(|m| Some((a.year_of_month(m)?, m))).or(now),
    }
}
