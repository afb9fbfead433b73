//! The status of a figure: its own words, the sentence, the surroundings, the calendar.

use super::bind::Binding;
use super::chars;
use super::sentence::Sentence;
use super::status;
use crate::Draft;
use crate::scope::{Nearness, Scope, ScopedPeriod, ScopedStatus};
use shiryo_ja::{Mention, Quantity};
use shiryo_model::{Bound, Context, Status};
use std::ops::Range;

/// Rates of what was aimed at.
const REACHED: [&str; 7] = ["達成率", "進捗率", "執行率", "収入率", "収納率", "到達率", "到達度"];

/// Words in names of quantities that are only counted once they happened.
const RESULTS: [&str; 22] = [
    "回答",
    "回収",
    "利用件数",
    "利用率",
    "利用者数",
    "利用回数",
    "参加者",
    "参加率",
    "登録者",
    "登録率",
    "登録件数",
    "申請件数",
    "受付件数",
    "交付件数",
    "交付率",
    "来場者",
    "来館者",
    "相談件数",
    "受講者",
    "閲覧",
    "アクセス",
    "普及率",
];

/// What is stated without a word of plan or forecast is so, as in tables: a count, a size, an amount; not a fee, a
/// limit or a threshold.
pub(super) fn is_stated(s: &Sentence, q: &Quantity, b: &Binding) -> bool {
    const RULES: [&str; 16] = [
        "上限",
        "下限",
        "基準",
        "単価",
        "料金",
        "利用料",
        "使用料",
        "手数料",
        "負担額",
        "保険料",
        "限度",
        "要件",
        "必要",
        "条件",
        "補助率",
        "月額",
    ];
    let rules = RULES.iter().any(|w| b.label.contains(w) || b.subject.ends_with(w));
    let bounded = matches!(q.bound, Bound::AtLeast | Bound::AtMost | Bound::MoreThan | Bound::LessThan);
    let ahead = ["場合", "検討", "べき", "すること", "できる", "とする"].iter().any(|w| s.text.contains(w));
    // 電子契約率の向上 70%: how far it is to rise.
    let aimed =
        ["向上", "増加", "拡大", "削減", "推進", "確保", "達成"].iter().any(|w| b.subject.ends_with(w));
    !rules && !bounded && !ahead && !aimed
}

/// The status that the words give; what a budget tells of its own year is planned, however it is worded.
pub(super) fn of(
    s: &Sentence,
    m: &Mention,
    scope: &Scope,
    base: Option<&Draft>,
    period: Option<&ScopedPeriod>,
) -> Option<ScopedStatus> {
    let told = told_status(s, m, scope, base, period)?;
    let planned = scope.budget && told.status == Status::Actual && !is_past(scope, period, s);
    Some(if planned { ScopedStatus { status: Status::Plan, ..told } } else { told })
}

/// Status by the nearest evidence: clause, what the scope says, the noun that ends the sentence, the calendar.
fn told_status(
    s: &Sentence,
    m: &Mention,
    scope: &Scope,
    base: Option<&Draft>,
    period: Option<&ScopedPeriod>,
) -> Option<ScopedStatus> {
    let clause = |status| ScopedStatus { status, from: Nearness::Clause };
    if let Some(status) = status::of_all(s) {
        return Some(clause(status));
    }
    // 推計(9,380人)を134人下回る, 推計の4,518人に対して392人少ない: by how much it differs is so.
    if base.is_some_and(|d| d.status.is_some_and(|s| s.status != Status::Actual) && differs(s, d, m)) {
        return Some(clause(Status::Actual));
    }
    if let Some(status) = status::of(s, m.chars.start, m.chars.end) {
        return Some(clause(of_words(s, m, scope, period, status)));
    }
    // A number with a period of its own does not take the status of its neighbour.
    let bracket = s.paren_of(m.chars.start);
    let timed = bracket.as_ref().is_some_and(|p| s.times().any(|(t, _)| p.contains(&t.chars.start)));
    let own_period = period
        .is_some_and(|p| base.is_some_and(|d| d.period.as_ref().map_or(timed, |b| b.period != p.period)));
    // 計画策定時の推計(637人)を下回った: what the bracket stands behind says of it.
    let named = bracket.as_ref().filter(|p| p.start + 1 == m.chars.start);
    if let Some(status) = named.and_then(|p| status::of_name(s, p.start)) {
        return Some(clause(status));
    }
    if let Some(status) = base.and_then(|d| d.status).filter(|_| !own_period) {
        return Some(status);
    }
    if let Some(bracket) = bracket {
        // 相談窓口の利用(令和5年度120件)を8年度に200件とする: what a bracket tells of a time of its own is not planned with it.
        if is_told_apart(s, m, &bracket, timed)
            || (timed || is_basis(s, m, &bracket)) && has_begun(scope, period)
        {
            return Some(clause(Status::Actual));
        }
        let open = bracket.start;
        if !own_period && let Some(status) = status::of(s, open, s.behind_brackets(open)) {
            return Some(clause(status));
        }
    }
    // 前年度1,954人: what is compared with is over.
    let earlier = ["前年", "昨年", "前々年", "一昨年", "前回", "前期"];
    if period.is_some_and(|p| p.from == Nearness::Clause && earlier.iter().any(|w| p.label.starts_with(w))) {
        return Some(clause(Status::Actual));
    }
    let calendar = by_calendar(scope, period);
    if let Some(status) = scope.status.filter(|s| s.from > Nearness::Document) {
        // What ended before the paper was written is no plan, whatever the heading says of its section.
        // 経費(決算見込み) of a year that has just ended is still expected.
        let planned = matches!(status.status, Status::Plan | Status::Target);
        let over = status.from < Nearness::Caption && planned;
        return calendar.filter(|c| over && c.status == Status::Actual).or(Some(status));
    }
    let today = scope.time.reference.or(scope.written);
    let goes_on = period.and_then(|p| p.period.end).zip(today).is_some_and(|(end, today)| end > today);
    if goes_on && super::outcome::is_cut_short(s, m.chars.end) {
        return Some(clause(Status::Plan));
    }
    if let Some(told) = calendar {
        let aim = told.status == Status::Plan && is_led_to(s, m);
        return Some(if aim { ScopedStatus { status: Status::Target, ..told } } else { told });
    }
    if status::is_copula(s, m.chars.start, m.chars.end) {
        return Some(clause(Status::Actual));
    }
    let noun = status::by_noun(s, m.chars.end).map(clause);
    noun.filter(|_| scope.context != Context::Table).or(scope.status)
}

/// Whether a figure tells by how much something differs from the figure before it.
fn differs(s: &Sentence, base: &Draft, m: &Mention) -> bool {
    const AGAINST: [&str; 5] = ["に対し", "に対して", "を", "より", "と比べ"];
    const BY: [&str; 6] = ["少な", "多", "下回", "上回", "不足", "超え"];
    let from = s.behind_brackets(base.chars.end);
    let between = chars::string(s.chars, from.min(m.chars.start)..m.chars.start);
    let between = between.trim_start_matches(')');
    AGAINST.iter().any(|w| between.starts_with(w))
        && between.chars().count() <= 6
        && chars::begins_any(s.chars, s.behind_brackets(m.chars.end), &BY).is_some()
}

/// What the words say, as the figure's own time and what its section is about make it.
fn of_words(
    s: &Sentence,
    m: &Mention,
    scope: &Scope,
    period: Option<&ScopedPeriod>,
    status: Status,
) -> Status {
    // 元年度末は180台であったが、…まで増やす見込みである: what was over then is so, whatever a later clause expects.
    let end = period.filter(|p| p.from == Nearness::Clause).and_then(|p| p.period.end);
    let over = end.zip(scope.time.reference).is_some_and(|(end, today)| end < today);
    if matches!(status, Status::Plan | Status::Forecast | Status::Target)
        && over
        && s.paren_of(m.chars.start).is_none()
        && !is_clause_ahead(s, m)
    {
        return Status::Actual;
    }
    // Under 目標 what shall be done is what is aimed at.
    let aims = scope.status.is_some_and(|s| s.status == Status::Target && s.from >= Nearness::Section);
    let planned = || ["予定", "計画"].iter().any(|w| s.text.contains(w));
    if aims && status == Status::Plan && !planned() { Status::Target } else { status }
}

/// Whether the clause of a number goes on to the sentence's end or says itself that what it tells is still ahead.
fn is_clause_ahead(s: &Sentence, m: &Mention) -> bool {
    const AHEAD: [&str; 10] =
        ["見込", "予定", "予算", "計画", "想定", "推計", "試算", "目標", "目指", "めざ"];
    let own = chars::string(s.chars, m.chars.end..s.chars.len());
    let own = chars::clause_behind(&own);
    let before = chars::string(s.chars, 0..m.chars.start);
    let before = chars::clause_before(&before);
    s.chars.get(m.chars.end + own.chars().count()) != Some(&'、')
        || AHEAD.iter().any(|w| own.contains(w) || before.contains(w))
}

/// Whether the bracket of a figure tells something that is so, whatever the clause around it plans.
fn is_told_apart(s: &Sentence, m: &Mention, bracket: &Range<usize>, timed: bool) -> bool {
    // (前回:意見47件、提出者19人): what it was before.
    if chars::begins_any(s.chars, bracket.start + 1, &["前回", "前々回"]).is_some() {
        return true;
    }
    // 供給を受けることとしている(協定の数は累計187件): something of its own.
    let lead = chars::string(s.chars, bracket.start + 1..m.chars.start);
    !timed && lead.contains('は') && !lead.contains(['。', 'を']) && m.chars.end + 1 >= bracket.end
}

/// 令和元年度の購入枚数(1,920万枚)を基準とし、…: whether a figure in a bracket is what something is measured from.
fn is_basis(s: &Sentence, m: &Mention, bracket: &Range<usize>) -> bool {
    let against = ["を基準", "を基に", "をもとに", "に比べ", "と比べ", "から"];
    bracket.end == m.chars.end && chars::begins_any(s.chars, bracket.end + 1, &against).is_some()
}

/// 登録者 2,864人 ⇒ 令和8年度末 4,000人: whether a number is what something is to become.
fn is_led_to(s: &Sentence, m: &Mention) -> bool {
    let lead = chars::string(s.chars, m.chars.start.saturating_sub(16)..m.chars.start);
    lead.rsplit(|c: char| "、。人件".contains(c)).next().is_some_and(|w| w.contains(['⇒', '➡', '⇨']))
}

/// Whether the clause's own time had begun when the paper was written.
fn has_begun(scope: &Scope, period: Option<&ScopedPeriod>) -> bool {
    let own = period.filter(|p| p.from == Nearness::Clause).map(|p| &p.period);
    let begun = own.and_then(|p| p.start.or(p.end)).zip(scope.time.reference.or(scope.written));
    begun.is_some_and(|(start, today)| start <= today)
}

/// Whether a figure of a budget tells of what came before it: an account, a result, an earlier year.
fn is_past(scope: &Scope, period: Option<&ScopedPeriod>, s: &Sentence) -> bool {
    let own = scope.period.as_ref().and_then(|p| p.period.start);
    let end = period.and_then(|p| p.period.end);
    let before = end.zip(own).is_some_and(|(end, start)| end < start);
    // 令和5年中の火災は62件: over when the budget was written; 前年度予算 was planned all the same.
    let over = end.zip(scope.time.reference).is_some_and(|(end, day)| end < day) && !s.text.contains("予算");
    before || over || ["実績", "決算", "現在"].iter().any(|w| s.text.contains(w))
}

/// What lies wholly before the document's date happened; what begins after it is planned.
fn by_calendar(scope: &Scope, period: Option<&ScopedPeriod>) -> Option<ScopedStatus> {
    // Without a date the paper's fiscal year has to do: it may have been written on any of its days.
    let day = |year: i16, month, day| jiff::civil::Date::new(year, month, day).ok();
    let today = scope.time.reference.or(scope.written);
    let first = today.or_else(|| day(scope.own_year?, 4, 1));
    let last = today.or_else(|| day(scope.time.fiscal_year?.saturating_add(1), 3, 31))?;
    let p = period?;
    let status = match (p.period.start, p.period.end) {
        (_, Some(end)) if first.is_some_and(|first| end < first) => Status::Actual,
        (Some(start), _) if start > last => Status::Plan,
        _ => return None,
    };
    Some(ScopedStatus { status, from: Nearness::Document })
}

/// What is told where neither words nor surroundings say a status: replies are counted when they have come (有効回答率41.5%),
/// answers are quoted, and what took part did so.
pub(super) fn of_results(s: &Sentence, m: &Mention, q: &Quantity, b: &Binding) -> bool {
    let answer = b.subject.starts_with('「') && matches!(q.unit.as_str(), "人" | "名" | "件" | "%");
    let before = chars::string(s.chars, 0..m.chars.start);
    let done = ["参加した", "利用した", "回答した", "作成した", "受講した", "と答えた", "選定した"]
        .iter()
        .any(|w| before.contains(w));
    RESULTS.iter().any(|w| b.label.contains(w)) || answer || done
}

/// 目標に対する達成率は105%: how far an aim was reached is found out, not aimed at.
pub(super) fn is_reached(label: &str, unit: &str) -> bool {
    REACHED.iter().any(|w| label.contains(w)) && unit == "%"
}
