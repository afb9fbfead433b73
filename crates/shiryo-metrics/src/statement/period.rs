//! Which of the times in a sentence a number refers to.

mod base;
mod meaning;

use super::chars::{begins_any, ends_any, string};
use super::sentence::Sentence;
use crate::scope::{Nearness, Scope, ScopedPeriod};
use shiryo_ja::{Mention, TimeMention};
use shiryo_model::Granularity;

use base::{
    Base, base_before, is_earlier_of_another, is_of_reason, is_stock_of_another, is_taken, is_told_from,
};
pub(super) use base::{is_bare_base, is_base, is_compared};
pub(super) use meaning::{
    april_before, before_today, counted_since, goes_up_to, is_year, months_to, since, summed_up,
    whole_around, whole_year, year_around, year_before, year_of, year_of_day,
};
use meaning::{from_first, is_span, settled};

/// How far behind 翌年度へ the sum and 繰越 may stand.
const FARTHEST_CARRY: usize = 16;

/// Words behind a time that make it a comparison's base or the date of another document or meeting.
const BACKGROUND: [&str; 51] = [
    "と比較",
    "に比べ",
    "と比べ",
    "比で",
    "比)",
    "比",
    "並み",
    "を基準",
    "策定",
    "改定",
    "改訂",
    "制定",
    "施行",
    "付け",
    "付で",
    "第",
    "版",
    "発表",
    "公表",
    "決定",
    "に策定",
    "に改定",
    "に制定",
    "に開催された",
    "の調査",
    "に実施した調査",
    "当初予算編成",
    "以前",
    "より前",
    "に設置した",
    "に設置された",
    "に施行",
    "同期",
    "同月",
    "同日",
    "同時期",
    "度同日",
    "度同期",
    "度同月",
    "に対し",
    "を上回",
    "を下回",
    "度比",
    "期比",
    "に繰り越",
    "へ繰り越",
    "繰越",
    "の約半分",
    "の半分",
    "の半数",
    "の約半数",
];

/// Words behind the noun that a time modifies which make it background (令和4年度の実績を踏まえ).
const BASES: [&str; 13] = [
    "と比べ",
    "に比べ",
    "と比較",
    "に対し",
    "を踏まえ",
    "に基づ",
    "を参考",
    "に鑑み",
    "を受け、",
    "に伴い",
    "において定めた",
    "において決定",
    "と同",
];

/// The period of the number at `from..to`: `None` for not stated. `copied` is the period of the number in whose
/// bracket this one stands.
pub(super) fn of(
    s: &Sentence,
    from: usize,
    to: usize,
    scope: &Scope,
    copied: Option<&ScopedPeriod>,
) -> Option<ScopedPeriod> {
    let region = s.region(from);
    // 令和4年(2,247件)に比べて: the bracket gives the figure of that time.
    if let Some((m, t)) = time_of_bracket(s, from) {
        return Some(clause(s, m, t));
    }
    // (R4年度 77億円 昨対比4億円増): a change is told of the statement's own time.
    let against =
        ["昨対比", "前年比", "前年度比", "当初比", "前年同期比", "前年度同期比", "前年同月比", "予算比"];
    let change = ends_any(s.chars, ends_any(s.chars, from, &[" "]).unwrap_or(from), &against);
    if change.is_some() && s.paren_of(from).is_some() {
        return copied.cloned().or_else(|| around_bracket(s, from)).or_else(|| scope.period.clone());
    }
    if is_bare_base(s, from) {
        let owner = copied.cloned().or_else(|| around_bracket(s, from)).or_else(|| scope.period.clone());
        return Base::YearBefore.of(owner);
    }
    let governs = |m: &Mention| region == s.region(m.chars.start) && is_free(s, m);
    // 86店舗(9月末現在): the bracket right behind.
    let open = to + usize::from(s.chars.get(to) == Some(&' '));
    if s.chars.get(open) == Some(&'(')
        && let Some(found) = behind_bracket(s, to, region.end)
    {
        return Some(found);
    }
    let told = |m: &Mention| {
        governs(m)
            && !is_taken(s, m, from)
            && !is_of_reason(s, m, from)
            && !super::events::is_beginning(s, m, from)
            && !is_stock_of_another(s, m, from, scope)
            && !is_earlier_of_another(s, m, from, to)
    };
    let before = s.times().filter(|(m, _)| m.chars.end <= from && told(m)).last();
    // 14業務は令和7年度末までに…、残る6業務は令和8年度以降に…: each clause has its time.
    let own =
        before.is_some_and(|(m, _)| used_before(s, m, from)).then(|| time_behind(s, to, &region)).flatten();
    if own.is_some() && begins_any(s.chars, open, &["("]).is_none() {
        return own;
    }
    // (前年度 2億8,110万円、15.5%増): the change is that of the statement.
    let changed = s
        .quantity_at(from)
        .is_some_and(|(q, _)| begins_any(s.chars, s.behind_brackets(q.chars.end), &["増", "減"]).is_some());
    let earlier = |m: &Mention| {
        let words = string(s.chars, m.chars.clone());
        let told = s.quantities().any(|(_, q, _)| q.chars.start >= m.chars.end && q.chars.end <= from);
        told && ["前年", "昨年"].iter().any(|w| words.starts_with(w))
    };
    let before = before.filter(|(m, _)| !(changed && region.start > 0 && earlier(m)));
    let near = before.map(|(m, t)| from_first(s, m, clause(s, m, t)));
    // 9月末時点の受診者は前年同月の412人から: the same day of the year before.
    let outer = s.paren_of(from).map_or(0..0, |p| s.region(p.start.saturating_sub(1)));
    let same = before.filter(|(m, _)| {
        ["前年同月", "前年同日", "前年同時"].iter().any(|w| string(s.chars, m.chars.clone()).starts_with(w))
    });
    if let Some((m, _)) = same {
        let days = s.times().filter(|(n, t)| {
            n.chars.end <= m.chars.start
                && (s.region(n.chars.start) == region || s.region(n.chars.start) == outer)
                && t.period.start == t.period.end
                && is_free(s, n)
        });
        if let Some((n, t)) = days.last() {
            return Base::YearBefore.of(Some(clause(s, n, t)));
        }
    }
    // 3月の待ち時間は、前年の48分から31分に: the same month of the year before.
    let year_before = before.filter(|(m, _)| {
        ["前年", "昨年"].contains(&string(s.chars, m.chars.clone()).as_str())
            && begins_any(s.chars, m.chars.end, &["の", "は", " "]).is_some_and(|at| at + 1 >= from)
    });
    if let Some((m, _)) = year_before {
        let parts = s.times().filter(|(n, t)| {
            let part = matches!(
                t.period.granularity,
                Granularity::Month | Granularity::Range | Granularity::HalfYear
            );
            n.chars.end <= m.chars.start && part && is_free(s, n) && s.region(n.chars.start) == region
        });
        if let Some((n, t)) = parts.last() {
            return Base::YearBefore.of(Some(clause(s, n, t)));
        }
    }
    // 前年同期(31,905件)の約1.5倍: told of the time that is spoken of.
    let times = s.quantity_at(from).is_some_and(|(_, o)| o.unit == "倍");
    if let Some(base) = base_before(s, from, &region).filter(|_| !times) {
        return base.of(near.or_else(|| scope.period.clone()));
    }
    let named = of_named(s, from, &region).filter(|(at, _)| before.is_none_or(|(m, _)| m.chars.end <= *at));
    if let Some((_, period)) = named {
        return Some(period);
    }
    if near.is_some() {
        return near;
    }
    if let Some(found) = behind_bracket(s, to, region.end) {
        return Some(found);
    }
    let next = s.quantities().map(|(_, m, _)| m.chars.start).find(|q| *q >= to && s.region(*q) == region);
    let limit =
        next.unwrap_or(region.end).min(super::status::end_of_done(s, to, region.end).unwrap_or(usize::MAX));
    let after = s.times().find(|(m, _)| m.chars.start >= to && governs(m));
    // Behind another number it may still be the period of both: 18手続に加え、…20手続…は、令和4年度に.
    // は約16億円で、令和5年度に…: the statement is complete, what follows has its own time.
    let complete =
        begins_any(s.chars, s.behind_brackets(to), &["で、", "であり、", "となり、", "となっており、"])
            .is_some();
    // …が81.4%、割合は前年度の9.7%から: the time of a number further on.
    let of_other = |m: &Mention| {
        next.is_some_and(|n| n < m.chars.start)
            && s.quantities().any(|(_, q, _)| (m.chars.end..=m.chars.end + 2).contains(&q.chars.start))
    };
    // 30人を養成し、令和7年度からの…: the next clause has its own time.
    let ended = |m: &Mention| {
        let between = string(s.chars, to..m.chars.start);
        ["ほか、", "とともに、", "一方、"].iter().any(|w| between.contains(w))
            || between.contains("し、") && next.is_none_or(|n| n > m.chars.start)
    };
    let after = after.filter(|(m, _)| !of_other(m) && !ended(m));
    let after =
        after.filter(|(m, _)| !complete && !next.is_some_and(|n| m.chars.end <= n && n <= m.chars.end + 2));
    if let Some((m, t)) = after.filter(|(m, _)| m.chars.start < limit || joined(s, to, limit)) {
        return Some(clause(s, m, t));
    }
    let own =
        copied.cloned().or_else(|| around_bracket(s, from)).or_else(|| closing_bracket(s, to, region.end));
    own.or_else(|| scope.period.clone())
}

/// Whether a time was told for an earlier number of a clause that a comma has ended.
fn used_before(s: &Sentence, m: &Mention, from: usize) -> bool {
    let used = s.quantities().filter(|(_, q, _)| q.chars.end <= from && q.chars.start + 40 > m.chars.start);
    let comma = |a: usize, b: usize| (a..b).any(|i| s.chars.get(i) == Some(&'、'));
    let mut used = used.filter(|(_, q, _)| s.region(q.chars.start) == s.region(from));
    used.any(|(_, q, _)| {
        let end = q.chars.end.max(m.chars.end);
        q.chars.start != m.chars.start
            && comma(end, from)
            && !comma(m.chars.end.min(q.chars.end), m.chars.start.max(q.chars.start))
    })
}

/// A time that the number's own clause tells behind it: 6業務は令和8年度以降の移行.
fn time_behind(s: &Sentence, to: usize, region: &std::ops::Range<usize>) -> Option<ScopedPeriod> {
    let stop = (to..region.end).find(|&i| matches!(s.chars.get(i), Some('、' | '。'))).unwrap_or(region.end);
    let next = s.quantities().map(|(_, q, _)| q.chars.start).find(|q| *q >= to).unwrap_or(stop);
    let at = begins_any(s.chars, to, &["については", "は", "を", "が", "に"])?;
    let (m, t) = s.times().find(|(m, _)| m.chars.start >= at && m.chars.end <= stop.min(next))?;
    (m.chars.start <= at + 1 && is_free(s, m)).then(|| clause(s, m, t))
}

/// The time right before the bracket that holds nothing but the number at `from`.
pub(super) fn time_of_bracket<'s>(s: &'s Sentence, from: usize) -> Option<(&'s Mention, &'s TimeMention)> {
    let bracket = s.paren_of(from)?;
    // 令和5年度の実績(96回、1,134人): the noun between says what the bracket tells.
    const TOLD: [&str; 8] = ["", "の実績", "実績", "の結果", "の調査", "調査", "の決算", "決算"];
    let reaches = |m: &Mention, open: usize| {
        TOLD.contains(&string(s.chars, m.chars.end.min(open)..open).as_str()) && m.chars.end <= open
    };
    // 令和4年度(36日、延べ820人): all that the bracket lists.
    let timed = s.times().any(|(m, _)| bracket.contains(&m.chars.start));
    // 令和元年度(小学校36.0%、中学校61.2%): a whole year has no size of its own that a bracket could tell.
    let year = |t: &TimeMention| matches!(t.period.granularity, Granularity::FiscalYear | Granularity::Year);
    let first = s.quantities().any(|(_, q, _)| q.chars.start == bracket.start + 1);
    let of_year = s.times().any(|(m, t)| reaches(m, bracket.start) && year(t));
    if timed || !(first || bracket.start + 1 == from || of_year) {
        return None;
    }
    s.times().find(|(m, _)| reaches(m, bracket.start) && s.paren_of(m.chars.start).is_none())
}

/// The time in the bracket behind a noun that tells which one is meant (前回調査(令和3年度) 回収数1,318件): it
/// holds for the numbers up to the next time. Gives where the bracket closes.
fn of_named(s: &Sentence, from: usize, region: &std::ops::Range<usize>) -> Option<(usize, ScopedPeriod)> {
    const NAMES: [&str; 13] = [
        "期間中",
        "期間",
        "アンケート",
        "聞き取り",
        "ヒアリング",
        "調査",
        "前回",
        "今回",
        "前年度",
        "前年",
        "昨年度",
        "実績",
        "現況",
    ];
    const SURVEYS: [&str; 4] = ["アンケート", "調査", "聞き取り", "ヒアリング"];
    let inside = s.times().filter_map(|(m, t)| Some((s.paren_of(m.chars.start)?, m, t)));
    let found = inside.filter(|(bracket, m, _)| {
        bracket.end < from
            && bracket.start >= region.start
            && s.region(bracket.start) == *region
            && (ends_any(s.chars, bracket.start, &NAMES).is_some()
                || s.chars.get(bracket.end + 1) == Some(&':') && bracket.end < 40
                || is_season(s, bracket, m)
                || (bracket.end + 1..from).all(|i| s.chars.get(i).is_some_and(|c| " :約".contains(*c))))
            && !s.quantities().any(|(_, q, _)| q.chars.end == bracket.start)
            && is_free(s, m)
            // 職員アンケート(令和6年12月、回答2,013人)では: the survey's time, and how many replied.
            && (ends_any(s.chars, bracket.start, &SURVEYS).is_some() && m.chars.start == bracket.start + 1
                || !s.quantities().any(|(_, q, _)| bracket.contains(&q.chars.start)))
    });
    let (bracket, m, t) = found.last()?;
    let taken = s.quantities().any(|(_, q, _)| {
        (bracket.end..bracket.end + 4).contains(&q.chars.start) && q.chars.end <= from && is_base(s, q)
    });
    (!taken).then(|| (bracket.end, clause(s, m, t)))
}

/// 繁忙期(3月25日から4月5日まで)の待ち時間: a bracket that holds nothing but from when to when, or months, what stands before it
/// lasted; not how long a plan is for.
fn is_season(s: &Sentence, bracket: &std::ops::Range<usize>, m: &Mention) -> bool {
    let whole = m.chars.start == bracket.start + 1 && m.chars.end == bracket.end;
    let short = s.times().any(|(n, t)| {
        let days = matches!(t.period.granularity, Granularity::Range | Granularity::Month);
        n.chars == m.chars && days && t.period.start.is_some() && t.period.end.is_some()
    });
    let plan = ["計画", "プラン", "方針", "戦略", "ビジョン", "構想", "会議", "議会"];
    // 最終年度(令和8年度)の目標である…
    let year = ends_any(s.chars, bracket.start, &["年度", "年次", "目標年", "基準年"]).is_some();
    whole
        && (short || year)
        && begins_any(s.chars, bracket.end + 1, &["の", "は", "に", "で"]).is_some()
        && ends_any(s.chars, bracket.start, &plan).is_none()
}

/// A date in the bracket that ends the sentence holds for all its numbers: …である(9月末時点)。回答を得た(10月実施)。
fn closing_bracket(s: &Sentence, to: usize, end: usize) -> Option<ScopedPeriod> {
    let last = (to..end).rev().find(|&i| s.chars.get(i).is_some_and(|c| !"。 ".contains(*c)))?;
    let open = s.open_of(last).filter(|o| *o > to && s.chars.get(*o) == Some(&'('))?;
    let whole = s.times().any(|(m, _)| m.chars.start == open + 1 && m.chars.end == last);
    // (4月1日現在、住民基本台帳): whose figures they are stands behind the day.
    let led = s.times().any(|(m, _)| {
        let said = s.behind_said(m, &["現在", "時点"]);
        m.chars.start == open + 1 && said.is_some_and(|at| s.chars.get(at) == Some(&'、'))
    });
    let dated = whole
        || led
        || ends_any(s.chars, last, &["時点", "現在", "末", "実績", "実施", "調べ", "調査", "集計"]).is_some();
    let only = !s.quantities().any(|(_, q, _)| (open..last).contains(&q.chars.start));
    let (m, t) = s.times().find(|(m, _)| (open..last).contains(&m.chars.start)).filter(|_| dated && only)?;
    Some(clause(s, m, t))
}

/// For a number in a bracket: the time before the bracket.
fn around_bracket(s: &Sentence, from: usize) -> Option<ScopedPeriod> {
    let open = s.paren_of(from)?.start;
    let outer = s.region(open);
    let before =
        s.times().filter(|(m, _)| m.chars.end <= open && s.region(m.chars.start) == outer && is_free(s, m));
    before.last().map(|(m, t)| clause(s, m, t))
}

/// Whether the next number belongs to the same statement.
fn joined(s: &Sentence, to: usize, next: usize) -> bool {
    let between = string(s.chars, to..next);
    between.contains("加え")
        || ["及び", "並びに", "から", "のうち", "、"].iter().any(|w| between.starts_with(w))
}

pub(super) fn clause(s: &Sentence, m: &Mention, t: &TimeMention) -> ScopedPeriod {
    ScopedPeriod { period: settled(s, m, t), label: string(s.chars, m.chars.clone()), from: Nearness::Clause }
}

/// Whether a time may govern numbers: not in quotation marks, no base of comparison, no meeting's date.
pub(super) fn is_free(s: &Sentence, m: &Mention) -> bool {
    if s.is_quoted(m.chars.start) {
        return false;
    }
    let c = s.chars;
    let mut at = m.chars.end;
    let words = string(c, m.chars.clone());
    // 令和5年度の現年度分: what was charged in the year, not when it is told.
    if words == "現年度" {
        return false;
    }
    // 1人1月当たり2.7時間: for how long, not when.
    if begins_any(c, at, &["当たり", "あたり", "につき"]).is_some() && words.starts_with(['1', '一'])
    {
        return false;
    }
    // 前年同期から15.1%増えた: what the change is told from.
    let earlier = ["前年", "昨年", "前回", "前期", "前月", "前々年"].iter().any(|w| words.starts_with(w));
    if earlier && (words.ends_with("から") || begins_any(c, at, &["から", "より", "と同"]).is_some())
    {
        return false;
    }
    if is_told_from(s, m) {
        return false;
    }
    // 計14窓口(令和3年10月導入): since when they are there.
    const MADE: [&str; 6] = ["導入)", "開始)", "開設)", "設置)", "創設)", "発足)"];
    if begins_any(c, at, &MADE).is_some()
        && s.paren_of(m.chars.start).is_some_and(|p| p.start + 1 == m.chars.start)
    {
        return false;
    }
    // 前年同月の2倍, 前年同期(31,905件)の約1.5倍: of the time that is told, against the one before.
    let times = begins_any(c, s.behind_brackets(at), &["の約", "の", "の "])
        .and_then(|from| s.quantities().find(|(_, q, _)| (from - 1..=from).contains(&q.chars.start)))
        .is_some_and(|(_, n, q)| q.unit == "倍" || is_share_of_base(c, n.chars.end));
    if times {
        return false;
    }
    // 5年前(令和元年10月1日現在)と比べると: the bracket's date is the base's too.
    let outer = s.paren_of(m.chars.start).filter(|p| p.start > 0).map_or(at, |p| p.end + 1);
    let compared = ["と比べ", "に比べ", "と比較", "に対しては", "に対し、"];
    let base = [s.behind_brackets(at), outer].iter().any(|&i| begins_any(c, i, &compared).is_some());
    // 令和6年5月に実施した調査では、34校中9校: what the survey found.
    let found =
        ["の調査で", "に実施した調査で", "に行った調査で", "の調査によると", "に実施した調査によると"];
    if base || begins_any(c, at, &BACKGROUND).is_some() && begins_any(c, at, &found).is_none() {
        return false;
    }
    // 翌年度への繰越財源, 翌年度へ1,045万円繰越: it is carried over at the end of this year.
    let carried = |i: usize| begins_any(c, i, &["繰越", "繰り越"]).is_some();
    if begins_any(c, at, &["へ", "に"]).is_some_and(|to| (to..c.len().min(to + FARTHEST_CARRY)).any(carried))
    {
        return false;
    }
    // 令和5年度予算と比べ: what is compared with.
    let noun = begins_any(c, at, &["当初予算", "予算", "決算", "実績", "末残高", "見込み", "調査"]);
    if noun.is_some_and(|n| begins_any(c, n, &["と比べ", "に比べ", "と比較", "に対し", "より"]).is_some())
    {
        return false;
    }
    if let Some(no) = begins_any(c, at, &["における", "の"]) {
        at = super::phrase::forward(s, no, c.len());
        if begins_any(c, at, &BASES).is_some() {
            return false;
        }
        // 令和4年度の実績及び令和5年度の取組予定を踏まえ: both are background.
        if ends_any(c, at, &["及び", "と", "や"]).is_some()
            || begins_any(c, at, &["及び", "と", "や"]).is_some()
        {
            let next = s.times().find(|(n, _)| n.chars.start >= at && n.chars.start <= at + 3);
            return next.is_none_or(|(n, _)| is_free(s, n));
        }
    }
    true
}

/// 平成30年度(52万人)の84.1%にとどまった: whether what stands behind a share says what it is so much of.
pub(super) fn is_share_of_base(c: &[char], end: usize) -> bool {
    const SO: [&str; 10] = [
        "の水準",
        "に相当",
        "程度の水準",
        "程度に相当",
        "にとどま",
        "に留ま",
        "まで回復",
        "に回復",
        "まで減",
        "程度にとどま",
    ];
    begins_any(c, end, &SO).is_some()
}

/// A period in the bracket right behind the clause: 71事業で実施(令和2年度実績).
fn behind_bracket(s: &Sentence, to: usize, end: usize) -> Option<ScopedPeriod> {
    let clause_end = (to..end).find(|&i| matches!(s.chars.get(i), Some('、' | '。'))).unwrap_or(end);
    let open = (to..clause_end).find(|&i| s.chars.get(i) == Some(&'('))?;
    let close = s.close_of(open)?;
    // 18.9%(令和6年4月1日現在。目標 25%): what follows the stop is another statement.
    let close = (open..close).find(|&i| s.chars.get(i) == Some(&'。')).unwrap_or(close);
    let inside = |m: &Mention| m.chars.start > open && m.chars.end <= close;
    // 2.73%(令和4年6月1日現在、法定雇用率2.6%): the day leads the bracket and is no other figure's.
    let leads = |m: &Mention| {
        let said = s.behind_said(m, &["現在", "時点", "末"]);
        m.chars.start == open + 1
            && said.is_some_and(|at| {
                matches!(s.chars.get(at), Some('、' | '。'))
                    || begins_any(s.chars, at, &[" うち", "うち"]).is_some()
            })
    };
    if s.quantities().any(|(_, m, _)| inside(m)) && !s.times().any(|(m, _)| leads(m)) {
        return None;
    }
    let (m, t) = s.times().find(|(m, _)| inside(m) && is_free(s, m))?;
    let mut found = clause(s, m, t);
    // (令和6年11月、令和7年1月ほか): from the first to the last.
    let others = s.times().filter(|(n, _)| inside(n) && n.chars.start > m.chars.end);
    let last = others.filter_map(|(_, t)| t.period.end).max();
    if let Some(last) = last.filter(|last| found.period.end.is_some_and(|end| *last > end)) {
        found.period.end = Some(last);
        found.period.granularity = Granularity::Range;
    }
    Some(found)
}

/// The period a heading or label line gives to what stands under it.
pub(crate) fn of_heading(words: &str, scope: &Scope, from: Nearness) -> Option<ScopedPeriod> {
    let chars: Vec<char> = words.chars().collect();
    let s = Sentence::new(&chars, 0, &scope.time, None);
    // 本日の内容: when it is told.
    let spoken = |m: &Mention| ["本日", "今日"].contains(&string(&chars, m.chars.clone()).as_str());
    let found = s.times().filter(|(m, _)| is_free(&s, m) && !spoken(m)).last();
    let (m, t) = found?;
    let told = ScopedPeriod { period: settled(&s, m, t), label: string(&chars, m.chars.clone()), from };
    // 実証(令和6年9月・10月): from the first to the last.
    Some(from_first(&s, m, told))
}
