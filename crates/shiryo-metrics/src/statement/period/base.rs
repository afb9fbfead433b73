//! Times that a figure is compared with or told from, and times that belong to another figure of the sentence.

use super::{clause, is_span, year_before};
use crate::scope::{Scope, ScopedPeriod};
use crate::statement::chars::{begins_any, ends_any, string};
use crate::statement::{phrase, sentence::Sentence};
use shiryo_ja::Mention;

/// Where 同 may still mean what an earlier bracket named.
pub(super) const FARTHEST_BRACKET: usize = 200;

/// What a number is compared with, told without a date of its own.
pub(super) enum Base {
    /// The same days a year before (前年同期の42人).
    YearBefore,
    /// An earlier time that only a bracket or another place tells (前回調査の79.1%).
    Told(Option<ScopedPeriod>),
}

impl Base {
    /// The base's period, given the one that the statement speaks of.
    pub(super) fn of(self, near: Option<ScopedPeriod>) -> Option<ScopedPeriod> {
        match self {
            Self::Told(period) => period,
            // Some of these words are times of their own already.
            Self::YearBefore
                if near.as_ref().is_some_and(|p| p.label.contains("前年") || p.label.contains("昨年")) =>
            {
                near
            }
            Self::YearBefore => {
                near.map(|p| ScopedPeriod { label: format!("前年同期({})", p.label), ..year_before(p) })
            }
        }
    }
}

/// The same days of the year before.
pub(super) const YEAR_BEFORE: [&str; 14] = [
    "前年度の同じ時期",
    "前年の同じ時期",
    "昨年度の同じ時期",
    "昨年の同じ時期",
    "前年度の同時期",
    "前年同期",
    "前年同月",
    "前年同日",
    "前年度同期",
    "前年度同月",
    "昨年同期",
    "昨年同月",
    "前年同時期",
    "昨年度同期",
];

/// A bracket that only gives the figure of the year before, or of the same time as the bracket before it:
/// 35件(前年36件), その他17件(同23件).
pub(in crate::statement) fn is_bare_base(s: &Sentence, from: usize) -> bool {
    const YEARS: [&str; 4] = ["前年", "前年度", "昨年", "昨年度"];
    let Some(bracket) = s.paren_of(from) else { return false };
    // 前年度実質収支(23億円): the noun before the bracket says so.
    let noun = phrase::noun_start(s, bracket.start, 0);
    let same = begins_any(s.chars, noun, &["前年同日", "前年同期", "前年同時期"]) == Some(bracket.start);
    let told =
        same || begins_any(s.chars, noun, &["前年度", "昨年度"]).is_some_and(|end| end < bracket.start);
    if told && bracket.start + 1 == from {
        return true;
    }
    let lead: String = string(s.chars, bracket.start + 1..from).replace([' ', ':', 'は', '約', '、'], "");
    if YEARS.contains(&lead.as_str()) {
        return true;
    }
    if lead != "同" {
        return false;
    }
    // The last bracket that names the year tells whether its figure or the change since then is meant.
    let from = bracket.start.saturating_sub(FARTHEST_BRACKET);
    let opened = (from..bracket.start).rev().filter(|&i| s.chars.get(i) == Some(&'('));
    let named = opened.filter_map(|i| begins_any(s.chars, i + 1, &YEARS)).next();
    named.is_some_and(|end| s.chars.get(end).is_some_and(|c| c.is_ascii_digit() || " :は".contains(*c)))
}

/// 前年同時期の接種率57.9%: the base of a comparison before the name of the quantity.
pub(super) fn base_of_named(s: &Sentence, from: usize, region: &std::ops::Range<usize>) -> bool {
    let name = phrase::noun_start(s, from, region.start);
    let Some(end) = ends_any(s.chars, name, &["の", "における"]).filter(|e| *e > region.start && name < from)
    else {
        return false;
    };
    ends_any(s.chars, end, &YEAR_BEFORE).is_some() && !s.times().any(|(m, _)| m.chars.end == end)
}

/// Earlier times that are not on the calendar.
pub(super) const EARLIER: [&str; 9] =
    ["前回調査", "前回の調査", "前回", "前々回", "従前", "従来", "導入前", "見直し前", "前々回調査"];

/// The base of a comparison right before the number at `from`.
pub(super) fn base_before(s: &Sentence, from: usize, region: &std::ops::Range<usize>) -> Option<Base> {
    let c = s.chars;
    let mut at = from;
    while at > region.start && c.get(at - 1).is_some_and(|x| " 約の:".contains(*x)) {
        at -= 1;
    }
    let mut told = None;
    if let Some(open) = at.checked_sub(1).and_then(|close| s.open_of(close)).filter(|o| *o >= region.start) {
        told =
            s.times().find(|(m, _)| m.chars.start > open && m.chars.end < at).map(|(m, t)| clause(s, m, t));
        at = open;
    }
    if ends_any(c, at, &YEAR_BEFORE).is_some_and(|w| w >= region.start) {
        return Some(told.map_or(Base::YearBefore, |t| Base::Told(Some(t))));
    }
    if base_of_named(s, from, region) {
        return Some(Base::YearBefore);
    }
    // 前年の7,062件 in a paper without a date: the year before the one it speaks of.
    let year = ends_any(c, at, &["前年", "前年度", "昨年", "昨年度"]).filter(|w| *w >= region.start);
    if year.is_some() && !s.times().any(|(m, _)| m.chars.end == at) {
        return Some(Base::YearBefore);
    }
    ends_any(c, at, &EARLIER).filter(|w| *w >= region.start).map(|_| Base::Told(told))
}

/// Whether a time stands right before an earlier number that this one sets itself off from: 前年度の5か所から8か所に.
pub(super) fn is_taken(s: &Sentence, m: &Mention, from: usize) -> bool {
    if names_entry(s, m, from) {
        return true;
    }
    // 前年度を6.1%上回った: by how much, of the time that is told.
    let beyond = |q: &Mention| {
        let end = s.behind_brackets(q.chars.end);
        begins_any(s.chars, end, &["上回", "下回", "程度上回", "程度下回"]).is_some()
    };
    let over = begins_any(s.chars, m.chars.end, &["を", "を約"]);
    if over.is_some_and(|at| (at - 1..=at).contains(&from))
        && s.quantity_at(from).is_some_and(|(q, _)| beyond(q))
    {
        return true;
    }
    // 前年度(令和4年度)の534名から: the bracket says the same time again.
    let end = s.behind_brackets(m.chars.end);
    let near = end..=end + 1;
    // 7月1日から300円から200円に: the day of the change is no base.
    if s.behind_said(m, &["から", "より"]).is_some() {
        return false;
    }
    s.quantities()
        .filter(|(_, q, _)| near.contains(&q.chars.start) && q.chars.end <= from)
        .any(|(_, q, _)| is_base(s, q))
}

/// 前年度(3,851件)から131件減, 前年同期の1.5倍, 前年の22人から8人減: the year before is that of the number right
/// behind it, not of those that follow, unless the sentence speaks of it (前年度は…).
pub(super) fn is_earlier_of_another(s: &Sentence, m: &Mention, from: usize, to: usize) -> bool {
    let words = string(s.chars, m.chars.clone());
    if !["前年", "昨年", "前回", "前期", "前月", "前々年"].iter().any(|w| words.starts_with(w)) {
        return false;
    }
    let at = m.chars.end;
    if begins_any(s.chars, at, &["は", "に", "においては", "中に", "も"]).is_some() {
        return false;
    }
    // 昨年度の故障は74件で、…: what the sentence speaks of.
    let next = s.quantities().map(|(_, q, _)| q.chars.start).find(|q| *q >= at).unwrap_or(from);
    let topic = string(s.chars, at..next.min(from));
    if topic.starts_with('の') && topic.ends_with('は') && !topic.contains('、') {
        return false;
    }
    let between = s.quantities().any(|(_, q, _)| q.chars.start >= at && q.chars.end <= from);
    let times = begins_any(s.chars, at, &["の約", "の"]) == Some(from)
        && begins_any(s.chars, to - 1, &["倍"]).is_some();
    between || times
}

/// 令和5年6月に規制が緩んだことにより、5,120人となり: the day of the reason is not that of the figure.
pub(super) fn is_of_reason(s: &Sentence, m: &Mention, from: usize) -> bool {
    const REASONS: [&str; 6] =
        ["ことにより、", "ことから、", "ため、", "ことに伴い、", "ことを受け、", "たことで、"];
    // What it told is not of the result, whatever was counted in it.
    const ALSO: [&str; 3] = ["効果もあり、", "影響もあり、", "こともあり、"];
    let when = begins_any(s.chars, m.chars.end, &["に", "から", "より"]).is_some()
        || ends_any(s.chars, m.chars.end, &["から", "より"]).is_some();
    if !when {
        return false;
    }
    let between = string(s.chars, m.chars.end..from);
    ALSO.iter().any(|w| between.contains(w))
        || REASONS.iter().any(|w| between.contains(w))
            && !s.quantities().any(|(_, q, _)| q.chars.start >= m.chars.end && q.chars.end <= from)
}

/// 登録者は3月末現在210人、年間の利用は…: the day belongs to the number right behind it; a topic of its own is told
/// for what the paper reports.
pub(super) fn is_stock_of_another(s: &Sentence, m: &Mention, from: usize, scope: &Scope) -> bool {
    let as_of = s.behind_said(m, &["現在", "時点"]);
    let Some(at) = as_of.filter(|_| scope.period.as_ref().is_some_and(is_span)) else { return false };
    let at = begins_any(s.chars, at, &["で"]).unwrap_or(at);
    let near = s.quantities().map(|(_, q, _)| &q.chars).find(|q| (at..=at + 1).contains(&q.start));
    near.is_some_and(|q| {
        let between = string(s.chars, q.end.min(from)..from);
        q.end < from && between.starts_with('、') && between.contains('は')
    })
}

/// 令和元年度の補正予算が7件、条例の制定が2件: the year is part of the first entry's name.
pub(super) fn names_entry(s: &Sentence, m: &Mention, from: usize) -> bool {
    let Some(noun) = begins_any(s.chars, m.chars.end, &["の"]) else { return false };
    let first = s.quantities().map(|(_, q, _)| &q.chars).find(|q| q.start > noun);
    first.filter(|q| q.end < from).is_some_and(|q| {
        let name = string(s.chars, noun..q.start);
        let listed = name.ends_with('が')
            && !name.contains(['は', '、', 'を', 'で', 'に'])
            && name.chars().count() <= 24;
        let next = string(s.chars, s.behind_brackets(q.end)..from);
        listed && next.starts_with('、') && next.ends_with('が')
    })
}

/// Whether a number is what another is told from (58.0%から6.2ポイント増加).
pub(in crate::statement) fn is_base(s: &Sentence, q: &Mention) -> bool {
    const BEHIND: [&str; 9] = [
        "から",
        "に対し",
        "を上回",
        "を下回",
        "と比",
        "とする目標に",
        "の目標に",
        "という目標に",
        "との目標に",
    ];
    begins_any(s.chars, q.chars.end, &BEHIND).is_some()
}

/// Whether the time of these words is what something is compared with (令和元年度(36.0%)に比べ).
pub(in crate::statement) fn is_compared(s: &Sentence, label: &str) -> bool {
    const AGAINST: [&str; 8] = ["に比べ", "と比べ", "と比較", "に対し", "から", "より", "を上回", "を下回"];
    s.times().any(|(m, _)| {
        let end = s.behind_brackets(m.chars.end);
        end > m.chars.end
            && string(s.chars, m.chars.clone()) == label
            && begins_any(s.chars, end, &AGAINST).is_some()
    })
}

/// 令和3年度から5.6ポイント上昇, 昨年より3件減少: the time that a change is told from.
pub(super) fn is_told_from(s: &Sentence, m: &Mention) -> bool {
    const CHANGES: [&str; 15] = [
        "増", "減", "上昇", "低下", "上が", "下が", "伸び", "改善", "悪化", "縮小", "拡大", "多", "回復",
        "向上", "少な",
    ];
    let inside = ends_any(s.chars, m.chars.end, &["から", "より"]).is_some();
    // 前年度(7,512人)から414人増加.
    let noun = begins_any(s.chars, m.chars.end, &["調査", "の調査", "実績", "決算", "末", "策定時"])
        .unwrap_or(m.chars.end);
    let end = s.behind_brackets(noun);
    let behind = begins_any(s.chars, end, &["と比べて", "に比べて", "に比べ", "と比べ", "から", "より"]);
    let Some(from) = inside.then_some(m.chars.end).or(behind) else { return false };
    let next = s.quantities().map(|(_, q, _)| &q.chars).find(|q| q.start >= from);
    next.is_some_and(|q| {
        let gap = string(s.chars, from..q.start);
        // 令和5年度から1.4倍に増加.
        let times = s.chars.get(q.end - 1) == Some(&'倍');
        let to = begins_any(s.chars, q.end, if times { &["に"] } else { &["の", "ほど", "程度", "も"] });
        let to = to.unwrap_or(q.end);
        gap.chars().count() <= 12
            && !gap.contains(['。', 'は'])
            && begins_any(s.chars, to, &CHANGES).is_some()
    })
}
