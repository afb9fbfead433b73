//! Quantities out of one piece of running text: a sentence, a list item, a line of a table cell.
//!
//! A sentence is annotated ([`shiryo_ja::annotate`]); numbers that state nothing are left out ([`skip`]); each
//! that is left is bound to what it counts ([`bind`]), to a time ([`period`]) and to a status ([`status`]).

mod bind;
mod chars;
#[cfg(test)]
mod committee;
mod events;
mod follow;
mod generic;
mod items;
mod left;
mod owner;
pub(crate) mod period;
mod phrase;
mod place;
mod right;
mod sentence;
mod skip;
pub(crate) mod status;
mod status_words;
mod strip;
pub(crate) mod topic;
pub(crate) mod words;

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod owners;
#[cfg(test)]
mod patterns;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod tests;

use crate::scope::{Nearness, Scope, ScopedPeriod, ScopedStatus};
use crate::{Draft, Tools};
use bind::Binder;
use sentence::Sentence;
use shiryo_ja::{Mention, Quantity};
use shiryo_model::{Aggregation, Bound, Context, Status, Text};
use std::ops::Range;

/// Lines longer than this that hold no number are text, not labels.
const LONGEST_LABEL: usize = 40;

/// Every stated quantity in the characters `range` of `text`, with what `scope` says filled in where the words
/// themselves say nothing. Lines of the range (`\n` in a cell) are read one after the other: a label line
/// (〇個別相談会) holds for the lines under it.
pub fn read(text: &Text, range: Range<usize>, scope: &Scope, tools: &Tools) -> Vec<Draft> {
    let chars = chars::with_japanese_commas(&text.text);
    let lines = sentence::split(&chars, range);
    let several = lines.len() > 1;
    let mut scope = scope.clone();
    let mut out: Vec<Draft> = Vec::new();
    for line in &lines {
        scope.said.clear();
        let mut drafts: Vec<Draft> = Vec::new();
        let named = (scope.context == Context::Prose).then(|| items::leading_name(&chars, line)).flatten();
        let topics = scope.topics.len();
        scope.topics.extend(named);
        let own = (scope.period.clone(), scope.status, scope.begun);
        scope.outer.clone_from(&own.0);
        for range in line {
            let at = range.start + bullets(chars.get(range.clone()).unwrap_or_default());
            let sentence = Sentence::new(
                chars.get(at..range.end).unwrap_or_default(),
                at,
                &scope.time,
                tools.segmenter.as_ref(),
            );
            let read = read_sentence(&sentence, &scope, tools, &drafts);
            drafts.extend(read);
            if scope.context == Context::Prose && scope.topics.len() == topics {
                let first = line.first().filter(|first| first.start == range.start);
                let begun = first.and_then(|_| items::leading_subject(sentence.chars, &drafts));
                scope.topics.extend(begun.or_else(|| items::leading_object(&sentence)));
            }
            if let Some(said) = topic::spoken_of(&sentence) {
                scope.said = said;
            }
            carry(&sentence, &drafts, &mut scope, &own.0);
            if let Some(year) = sentence.fiscal_year() {
                scope.time.fiscal_year = Some(year);
            }
        }
        (scope.period, scope.status, scope.begun) = own;
        scope.result = None;
        scope.topics.truncate(topics);
        if drafts.is_empty() && several {
            label_line(&chars, line, &mut scope);
        }
        out.extend(drafts);
    }
    out
}

/// The time of what a passage says was held (講座を9月に開催した。), for the passages after it.
pub(crate) fn event_of(text: &Text, scope: &Scope) -> Option<ScopedPeriod> {
    if !events::may_tell(&text.text) {
        return None;
    }
    let chars = chars::with_japanese_commas(&text.text);
    let lines = sentence::split(&chars, 0..chars.len());
    let read = |range: &Range<usize>| {
        let s = Sentence::new(chars.get(range.clone())?, range.start, &scope.time, None);
        events::held(&s).map(|(period, _)| period)
    };
    lines.iter().flatten().rev().find_map(read)
}

/// Since when what a passage speaks of has been going on (6月に開設した), for the passages after it.
pub(crate) fn begun_in(text: &Text, scope: &Scope) -> Option<jiff::civil::Date> {
    if !events::may_tell_begin(&text.text) {
        return None;
    }
    let chars = chars::with_japanese_commas(&text.text);
    let lines = sentence::split(&chars, 0..chars.len());
    let read = |range: &Range<usize>| {
        events::since(&Sentence::new(chars.get(range.clone())?, range.start, &scope.time, None))
    };
    lines.iter().flatten().rev().find_map(read)
}

/// How many characters of bullets and blanks a line begins with.
fn bullets(line: &[char]) -> usize {
    line.iter().take_while(|c| "・●○〇◯■□◆◇▼▲►➢※-*①②③④⑤⑥⑦⑧⑨⑩ ".contains(**c)).count()
}

/// A line without numbers in a cell names what the lines under it speak of.
fn label_line(chars: &[char], line: &[Range<usize>], scope: &mut Scope) {
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return };
    let words: String = chars.get(first.start..last.end).unwrap_or_default().iter().collect();
    if words.chars().count() > LONGEST_LABEL || words.ends_with('。') {
        return;
    }
    let label = topic::clean(&words);
    if label.is_empty() {
        return;
    }
    if scope.context == Context::Table && !scope.topics.is_empty() {
        scope.dimensions.insert("course".into(), label);
    } else {
        scope.topics.push(label);
    }
}

/// Quantities of one sentence; `earlier` are those of the sentences before it in the same line.
fn read_sentence(s: &Sentence, scope: &Scope, tools: &Tools, earlier: &[Draft]) -> Vec<Draft> {
    let counted = |m: &Mention, q: &Quantity| match label_unit(s, m, q, scope) {
        Some(unit) => Quantity { unit: unit.to_owned(), ..q.clone() },
        None => q.clone(),
    };
    let kept: Vec<(&Mention, Quantity)> = s
        .quantities()
        .map(|(_, m, q)| (m, counted(m, q)))
        .filter(|(m, q)| !skip::skip(s, m, q, scope))
        .collect();
    let ranges: Vec<Range<usize>> = kept.iter().map(|(m, _)| m.chars.clone()).collect();
    let mut prior: Vec<Draft> = Vec::new();
    for (m, q) in &kept {
        let binder = Binder { s, scope, tools, kept: &ranges, prior: &prior, earlier };
        let Some(binding) = binder.bind(m, q) else { continue };
        let draft = draft(s, m, q, binding, scope, &prior);
        prior.push(draft);
    }
    share_labels(&mut prior, s);
    mark_phases(&mut prior, s);
    share_changes(&mut prior, s);
    each_changed(&mut prior, s);
    follow_status(&mut prior, s);
    // (前年36件) beside a figure of no known time: nothing would tell the two apart.
    prior.retain(|d| d.period.is_some() || !period::is_bare_base(s, d.chars.start));
    for d in &mut prior {
        d.chars = d.chars.start + s.at..d.chars.end + s.at;
    }
    prior
}

/// Rates of what was aimed at.
const REACHED: [&str; 5] = ["達成率", "進捗率", "執行率", "到達率", "到達度"];

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

/// Whether a heading's or the paper's time had not begun when the paper was written.
fn is_to_come(p: &ScopedPeriod, scope: &Scope) -> bool {
    let today = scope.time.reference.or(scope.written);
    p.from <= Nearness::Section && p.period.start.zip(today).is_some_and(|(start, today)| start > today)
}

/// The span that the paper reports on, of a result that nothing nearer dates.
fn reported(
    s: &Sentence,
    m: &Mention,
    scope: &Scope,
    base: Option<&Draft>,
    aggregation: Aggregation,
) -> Option<ScopedPeriod> {
    let span = scope.reported.as_ref().filter(|_| aggregation != Aggregation::Change)?;
    let said = status(s, m, scope, base, None);
    said.is_none_or(|s| s.status == Status::Actual).then(|| span.clone())
}

/// What is stated without a word of plan or forecast is so, as in tables: a count, a size, an amount; not a fee, a
/// limit or a threshold.
fn is_stated(s: &Sentence, q: &Quantity, b: &bind::Binding) -> bool {
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
    let ahead = ["場合", "検討", "べき", "すること", "できる", "とする"]
        .iter()
        .any(|w| chars::string(s.chars, 0..s.chars.len()).contains(w));
    // 電子契約率の向上 70%: how far it is to rise.
    let aimed =
        ["向上", "増加", "拡大", "削減", "推進", "確保", "達成"].iter().any(|w| b.subject.ends_with(w));
    !rules && !bounded && !ahead && !aimed
}

/// The unit of a bare number that its label implies: 窓口数 12, 登録者数:1,204.
fn label_unit(s: &Sentence, m: &Mention, q: &Quantity, scope: &Scope) -> Option<&'static str> {
    if !q.unit.is_empty() || !scope.unit.is_empty() {
        return None;
    }
    let gap = (0..m.chars.start).rev().find(|&i| !matches!(s.chars.get(i), Some(' ' | ':')))? + 1;
    let start = phrase::noun_start(s, gap, 0);
    let label = chars::string(s.chars, start..gap);
    // A table's row that lost its form holds more than one number.
    let alone =
        s.quantities().filter(|(_, n, o)| o.unit.is_empty() && n.chars.start != m.chars.start).count() == 0;
    let named = gap < m.chars.start && label.chars().count() >= 3 && words::names_quantity(&label);
    if named && alone { crate::tables::implied_unit(&label).filter(|u| !u.is_empty()) } else { None }
}

fn draft(s: &Sentence, m: &Mention, q: &Quantity, b: bind::Binding, scope: &Scope, prior: &[Draft]) -> Draft {
    let base = b.prior.and_then(|i| prior.get(i));
    let aggregation = bind::aggregation(s, m, q, &b);
    // A change does not happen in the time that it is told from.
    let told_from = |d: &&Draft| !kept_mention(s, d).is_some_and(|m| period::is_base(s, m));
    // 会員は214人(3月末)で、うち60歳以上が121人: a part is told for the time of the whole.
    let whole = prior.last().filter(|d| {
        let between = chars::string(s.chars, s.behind_brackets(d.chars.end)..m.chars.start);
        ["で、うち", "、うち", "うち", "で、このうち", "、このうち", "のうち"]
            .iter()
            .any(|w| between.starts_with(w))
    });
    // 6,214台(前年同期7,380台、15.8%減): the change is that of the figure before the bracket.
    let owner = s.paren_of(m.chars.start).filter(|_| aggregation == Aggregation::Change);
    let owner = owner.and_then(|p| prior.iter().rfind(|d| d.chars.end <= p.start));
    let copied = base.filter(told_from).or(whole).and_then(|d| d.period.as_ref());
    let compared = copied.is_some_and(|p| ["前", "昨"].iter().any(|w| p.label.starts_with(w)));
    let copied = owner.filter(|_| compared).and_then(|d| d.period.as_ref()).or(copied);
    let period = if b.frequency.as_ref().is_some_and(|f| f.starts_with('毎')) {
        None
    } else {
        period::of(s, m.chars.start, m.chars.end, scope, copied)
    };
    let told = chars::string(s.chars, m.chars.start.saturating_sub(14)..m.chars.start);
    let yearly = b.label.starts_with("年間")
        || b.frequency.as_deref() == Some("年間")
        || ["年間の", "年間では", "年間で"]
            .iter()
            .any(|w| told.rsplit('、').next().is_some_and(|t| t.contains(w)));
    // 16.4%から13.7ポイント増加: the time before is that of what the change is told from.
    let told_from = b.prior.and_then(|i| prior.get(i)).filter(|d| {
        let between = chars::string(s.chars, d.chars.end..m.chars.start);
        between.starts_with("から") && between.chars().count() <= 4 && aggregation == Aggregation::Change
    });
    let period = period.filter(|p| told_from.and_then(|d| d.period.as_ref()) != Some(p));
    let period = period.map(|p| if yearly { period::whole_year(p) } else { p });
    let period = period.map(|p| period::months_to(s, m.chars.start, period::summed_up(s, m, p, scope)));
    let period = period.or_else(|| reported(s, m, scope, base, aggregation));
    let status = status(s, m, scope, base, period.as_ref()).or_else(|| {
        // 有効回答率41.5%: replies are counted when they have come.
        let answer = b.subject.starts_with('「') && matches!(q.unit.as_str(), "人" | "名" | "件" | "%");
        let before = chars::string(s.chars, 0..m.chars.start);
        let done = ["参加した", "利用した", "回答した", "作成した", "受講した", "と答えた", "選定した"]
            .iter()
            .any(|w| before.contains(w));
        let came = RESULTS.iter().any(|w| b.label.contains(w)) || answer || done;
        let ahead = period.as_ref().and_then(|p| p.period.end).zip(scope.time.reference);
        let came = came && ahead.is_none_or(|(end, today)| end < today);
        came.then_some(ScopedStatus { status: Status::Actual, from: Nearness::Sentence })
    });
    // 目標に対する達成率は105%: how far an aim was reached is found out, not aimed at.
    let reached = REACHED.iter().any(|w| b.label.contains(w)) && q.unit == "%";
    let status = status.map(|told| match told.status {
        Status::Target if reached => ScopedStatus { status: Status::Actual, ..told },
        _ => told,
    });
    let period = period.filter(|p| !is_past_of_plan(p, status, &b.label, scope));
    let period = match (status, period) {
        // What happened did not happen in a year to come that a heading tells of an aim.
        (Some(ScopedStatus { status: Status::Actual, .. }), Some(p)) if is_to_come(&p, scope) => {
            reported(s, m, scope, base, aggregation)
        }
        (Some(ScopedStatus { status: Status::Actual, .. }), Some(p)) => Some(period::counted_since(p, scope)),
        (_, period) => period,
    };
    let period = period.and_then(|p| settled_by(p, status, &b.label, s, m, scope));
    let unsaid = status.is_none();
    let status = status.or_else(|| {
        is_stated(s, q, &b).then_some(ScopedStatus { status: Status::Actual, from: Nearness::Document })
    });
    // 上半期の状況 … 年間では168回を見込む: of the year of what is reported.
    let ahead = status.is_some_and(|s| matches!(s.status, Status::Forecast | Status::Plan));
    let whole = || {
        scope.reported.clone().or_else(|| scope.outer.clone()).map(period::whole_year).filter(period::is_year)
    };
    let period = period.or_else(|| whole().filter(|_| yearly && ahead));
    // 年度末時点の手続は318件となった。申請件数は…: what is counted over the report's year.
    let flows = FLOWS.iter().any(|w| b.label.contains(w));
    let year = scope.outer.as_ref().filter(|p| flows && period::is_year(p));
    let period = period.map(|p| match year {
        Some(year) if p.from == Nearness::Sentence && p.period.start == p.period.end => year.clone(),
        _ => p,
    });
    // 効果額は3億1,240万円となり、目標の3億円を上回った: what a result is measured against is of its time.
    let against = ["を上回", "を下回", "に届", "に達し", "に対し"]
        .iter()
        .any(|w| chars::begins(s.chars, m.chars.end, w).is_some());
    let result = || prior.last().filter(|d| d.unit == q.unit).and_then(|d| d.period.clone());
    let period = period.or_else(|| result().filter(|_| against));
    // 98基(予算120基): beside the figure that it was set for.
    let beside = |d: &&Draft| {
        s.paren_of(m.chars.start).is_some_and(|p| (d.chars.end..=d.chars.end + 1).contains(&p.start))
    };
    let set = ["予算", "計画", "目標"].iter().any(|w| told.ends_with(w) || told.trim_end().ends_with(w));
    let period = period.or_else(|| prior.iter().rfind(beside).filter(|_| set).and_then(|d| d.period.clone()));
    // What an event cost is told of its year, not of its day.
    let spent = q.unit == "円" && ["経費", "費", "額", "予算", "決算"].iter().any(|w| b.label.ends_with(w));
    let budget = spent && b.label.contains("予算");
    // What stands at a day (基金 at 年度末) is of that day.
    let stands = |p: &ScopedPeriod| ["末", "現在", "時点"].iter().any(|w| p.label.contains(w));
    let of_year = |p: &ScopedPeriod| budget || spent && p.from <= Nearness::Sentence && !stands(p);
    let period = period.map(|p| if of_year(&p) { period::year_of_day(p) } else { p });
    let mut dimensions = scope.dimensions.clone();
    if let Some(frequency) = &b.frequency {
        dimensions.insert("frequency".into(), frequency.clone());
    }
    if let Some(age) = &b.age {
        dimensions.insert("age".into(), age.clone());
    }
    if let Some(part) = &b.part {
        dimensions.insert("part".into(), part.clone());
    }
    if let Some(place) = &b.place {
        dimensions.insert("place".into(), place.clone());
    }
    if let Some(area) = &b.area {
        dimensions.insert("area".into(), area.clone());
    }
    let mut subject = b.subject.clone();
    if b.how == "label" && !scope.measure_label.is_empty() && b.label == scope.measure_label {
        // 交付率(9月現在) / 第一区:43%: the label tells the place or the kind, the heading the subject.
        dimensions.insert(dimension_of(&subject).into(), subject.clone());
        let topic = scope.topic();
        subject = if topic.is_empty() { b.label.clone() } else { topic.to_owned() };
    }
    let department = match b.departments.as_slice() {
        [] => scope.department.clone(),
        several => several.join("、"),
    };
    let mut confidence = b.confidence;
    confidence -= if unsaid { 0.12 } else { 0.0 };
    // A time that nothing near tells, and a heading that stands for the subject, are what goes wrong most often.
    confidence -= match period.as_ref().map(|p| p.from) {
        None | Some(Nearness::Document) => 0.05,
        Some(Nearness::Section) => 0.02,
        _ => 0.0,
    };
    let carried = b.how != "heading" && !subject.is_empty() && subject == scope.topic();
    confidence -= if carried { 0.04 } else { 0.0 };
    confidence -= if m.rule == "quantity.unknown-counter" { 0.15 } else { 0.0 };
    let context = scope.context.as_str();
    let by = status.map_or("unknown", |s| s.from.as_str());
    Draft {
        chars: m.chars.clone(),
        subject,
        measure_label: b.label,
        value: q.value,
        value_upper: q.value_upper,
        unit: if q.unit.is_empty() { scope.unit.clone() } else { q.unit.clone() },
        bound: q.bound,
        status,
        aggregation,
        period,
        department,
        dimensions,
        context: scope.context,
        confidence,
        rule: format!("{context}.{}.{by}", b.how),
    }
}

/// Words in names of quantities that are counted over a time.
const FLOWS: [&str; 13] = [
    "申請件数",
    "利用件数",
    "利用者数",
    "相談件数",
    "受付件数",
    "参加者数",
    "開催",
    "利用回数",
    "回収量",
    "発行件数",
    "受講者数",
    "来館者数",
    "貸出",
];

/// A time that only the surroundings tell, and that was over when the paper was written, is not that of what is still
/// planned in it.
fn is_past_of_plan(p: &ScopedPeriod, status: Option<ScopedStatus>, label: &str, scope: &Scope) -> bool {
    let ahead = status
        .is_some_and(|s| matches!(s.status, Status::Plan | Status::Forecast) && s.from >= Nearness::Section);
    let past = p.period.end.zip(scope.time.reference).is_some_and(|(end, today)| end < today);
    // 予算額, 計画値 of a year that is over are told beside its results.
    let set = ["予算", "計画", "見込", "定員", "予定"].iter().any(|w| label.contains(w));
    ahead && past && p.from < Nearness::Clause && !set
}

/// A period as the status makes it: what happened up to a day (9月末までの件数) did so since it was begun or since the
/// year began, and what is so is not of a time that an earlier sentence only planned for.
fn settled_by(
    mut p: ScopedPeriod,
    status: Option<ScopedStatus>,
    label: &str,
    s: &Sentence,
    m: &Mention,
    scope: &Scope,
) -> Option<ScopedPeriod> {
    // 令和6年度の件数は、12月末までで6,924件となり、9,100件に達する見込み: of the year.
    if status.is_some_and(|s| matches!(s.status, Status::Forecast | Status::Plan)) {
        let past = p.period.end.zip(scope.time.reference).filter(|(end, today)| end < today);
        let upto = p.label.ends_with("まで") || period::goes_up_to(s, &p.label);
        let year = past.filter(|_| upto).and_then(|(end, _)| period::whole_around(s, m.chars.start, end));
        return Some(year.unwrap_or(p));
    }
    if status.is_none_or(|s| s.status != Status::Actual) || label.contains("累計") {
        return Some(p);
    }
    let ahead = p.period.start.zip(scope.time.reference).is_some_and(|(start, today)| start > today);
    if ahead && p.from == Nearness::Sentence {
        return scope.result.clone().or_else(|| scope.outer.clone());
    }
    if p.period.start.is_none_or(|start| p.period.end == Some(start))
        && let Some(end) = p.period.end
        && (p.label.contains("まで") || period::goes_up_to(s, &p.label))
    {
        let year = period::year_around(s, m.chars.start, end)
            .or_else(|| period::year_of(scope.period.as_ref(), end));
        let begun = scope.begun.or(period::since(s, m.chars.start)).filter(|day| *day < end);
        p.period.start = begun.or(year).or_else(|| period::april_before(end)).or(p.period.start);
    }
    Some(p)
}

/// The mention that a draft was made from.
fn kept_mention<'s>(s: &'s Sentence, d: &Draft) -> Option<&'s Mention> {
    s.quantities().map(|(_, m, _)| m).find(|m| m.chars == d.chars)
}

/// Which dimension a label is a value of.
fn dimension_of(label: &str) -> &'static str {
    let place = ["都", "道", "府", "県", "区", "市", "町", "村", "国", "地区", "圏"];
    if place.iter().any(|p| label.ends_with(p)) { "area" } else { "item" }
}

/// What a sentence says of the time of those after it: the one that it named itself for its last number, or when it
/// says that something was held. `own` is what the passage's surroundings say.
fn carry(s: &Sentence, drafts: &[Draft], scope: &mut Scope, own: &Option<ScopedPeriod>) {
    if own.as_ref().is_some_and(|p| p.from > Nearness::Sentence) {
        return;
    }
    // What was begun then goes on.
    let begun = events::is_begun(s, s.chars.len());
    scope.begun = events::since(s).or(scope.begun);
    let so = |d: &&Draft| d.status.is_some_and(|s| s.status == Status::Actual);
    let last = drafts.iter().rfind(so).and_then(|d| d.period.clone());
    scope.result =
        last.filter(|p| p.from >= Nearness::Sentence).map(|p| ScopedPeriod { from: Nearness::Sentence, ..p });
    if let Some((period, happened)) = events::held(s) {
        scope.period = Some(period);
        let status = Some(ScopedStatus { status: Status::Actual, from: Nearness::Document });
        scope.status = scope.status.or(status.filter(|_| happened));
    } else if begun {
        scope.period.clone_from(own);
    }
    if let Some(period) = carried(drafts).filter(|p| !begun && !period::is_compared(s, &p.label)) {
        scope.period = Some(period);
    }
}

/// The period of the sentence before, where that one named it itself.
fn carried(earlier: &[Draft]) -> Option<ScopedPeriod> {
    // 前年同期の38件: what is compared with is not what the next sentence speaks of.
    let base = |d: &&Draft| {
        d.period.as_ref().is_some_and(|p| ["前", "昨", "同期"].iter().any(|w| p.label.starts_with(w)))
    };
    let last = earlier.iter().rfind(|d| !base(d))?.period.as_ref()?;
    (last.from >= Nearness::Sentence).then(|| ScopedPeriod { from: Nearness::Sentence, ..last.clone() })
}

/// The status that the words give; what a budget tells of its own year is planned, however it is worded.
fn status(
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
    if let Some(status) = status::of(s, m.chars.start, m.chars.end) {
        // 元年度末は180台であったが、…まで増やす見込みである: what was over then is so, whatever a later clause expects.
        let over = period
            .filter(|p| p.from == Nearness::Clause)
            .and_then(|p| p.period.end)
            .zip(scope.time.reference);
        let own = chars::string(s.chars, m.chars.end..s.chars.len());
        let own = own.split(['、', '。']).next().unwrap_or_default();
        let before = chars::string(s.chars, 0..m.chars.start);
        let before = before.rsplit(['、', '。']).next().unwrap_or_default();
        let ahead = ["見込", "予定", "予算", "計画", "想定", "推計", "試算"];
        let said = ahead.iter().any(|w| own.contains(w) || before.contains(w));
        let bracket = s.paren_of(m.chars.start).is_some();
        if matches!(status, Status::Plan | Status::Forecast)
            && over.is_some_and(|(end, today)| end < today)
            && !said
            && !bracket
            && !own.is_empty()
            && s.chars.get(m.chars.end + own.chars().count()) == Some(&'、')
        {
            return Some(clause(Status::Actual));
        }
        // Under 目標 what shall be done is what is aimed at.
        let aims = scope.status.is_some_and(|s| s.status == Status::Target && s.from >= Nearness::Section);
        let planned = ["予定", "計画"].iter().any(|w| chars::string(s.chars, 0..s.chars.len()).contains(w));
        return Some(clause(if aims && status == Status::Plan && !planned {
            Status::Target
        } else {
            status
        }));
    }
    // A number with a period of its own does not take the status of its neighbour.
    let own_period =
        period.is_some_and(|p| base.and_then(|d| d.period.as_ref()).is_some_and(|b| b.period != p.period));
    if let Some(status) = base.and_then(|d| d.status).filter(|_| !own_period) {
        return Some(status);
    }
    if s.paren_of(m.chars.start).is_some()
        && let Some(open) = s.paren_of(m.chars.start).map(|p| p.start)
        && !own_period
        && let Some(status) = status::of(s, open, s.behind_brackets(open))
    {
        return Some(clause(status));
    }
    // 前年度1,954人: what is compared with is over.
    let earlier = ["前年", "昨年", "前々年", "一昨年", "前回", "前期"];
    if period.is_some_and(|p| p.from == Nearness::Clause && earlier.iter().any(|w| p.label.starts_with(w))) {
        return Some(clause(Status::Actual));
    }
    let calendar = by_calendar(scope, period);
    if let Some(status) = scope.status.filter(|s| s.from > Nearness::Document) {
        // What ended before the paper was written is no plan, whatever the heading says of its section.
        let over = status.from < Nearness::Caption && status.status != Status::Actual;
        return calendar.filter(|c| over && c.status == Status::Actual).or(Some(status));
    }
    if calendar.is_some() {
        return calendar;
    }
    if status::is_copula(s, m.chars.start, m.chars.end) {
        return Some(clause(Status::Actual));
    }
    let noun = status::by_noun(s, m.chars.end).map(clause);
    noun.filter(|_| scope.context != Context::Table).or(scope.status)
}

/// Whether a figure of a budget tells of what came before it: an account, a result, an earlier year.
fn is_past(scope: &Scope, period: Option<&ScopedPeriod>, s: &Sentence) -> bool {
    let told = chars::string(s.chars, 0..s.chars.len());
    let own = scope.period.as_ref().and_then(|p| p.period.start);
    let end = period.and_then(|p| p.period.end);
    let before = end.zip(own).is_some_and(|(end, start)| end < start);
    // 令和5年中の火災は62件: over when the budget was written; 前年度予算 was planned all the same.
    let over = end.zip(scope.time.reference).is_some_and(|(end, day)| end < day) && !told.contains("予算");
    before || over || ["実績", "決算", "現在"].iter().any(|w| told.contains(w))
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

/// 12分 → 7分(▲42%): what the bracket tells is so if the number before it is.
fn follow_status(drafts: &mut [Draft], s: &Sentence) {
    for i in 1..drafts.len() {
        let (head, tail) = drafts.split_at_mut(i);
        let (Some(a), Some(b)) = (head.last(), tail.first_mut()) else { continue };
        let held =
            s.paren_of(b.chars.start).is_some_and(|p| (a.chars.end..=a.chars.end + 1).contains(&p.start));
        if held && b.status.is_none() {
            b.status = a.status;
        }
    }
}

/// 前年と比較すると「A」が14件、「B」が4件減少: the last verb is said of all of them.
fn share_changes(drafts: &mut [Draft], s: &Sentence) {
    let text = |range: Range<usize>| chars::string(s.chars, range);
    for i in (1..drafts.len()).rev() {
        let (head, tail) = drafts.split_at_mut(i);
        let Some(b) = tail.first() else { continue };
        // 前年度より347人、約0.7%減少: both tell the change.
        if let Some(a) = head.last_mut().filter(|a| b.unit == "%" && a.unit != "%")
            && b.aggregation == Aggregation::Change
            && matches!(text(a.chars.end..b.chars.start).as_str(), "、" | "、約")
            && a.aggregation == Aggregation::Point
        {
            a.aggregation = Aggregation::Change;
        }
        // A share in a bracket may stand between: 総務費で12億円(9.0%)、民生費で2億円(0.4%)の増.
        let Some(a) = head.iter_mut().rfind(|d| d.unit == b.unit) else { continue };
        let between = text(s.behind_brackets(a.chars.end)..b.chars.start);
        let listed =
            between.starts_with('、') && between.ends_with(['が', 'で']) && !between.contains("で、");
        let before = text(0..a.chars.start);
        let compared = ["と比較", "に比べ", "と比べ", "より"].iter().any(|w| before.contains(w));
        if listed && compared && b.aggregation == Aggregation::Change {
            a.aggregation = Aggregation::Change;
            if a.measure_label == words::counter_noun(&a.unit) {
                a.measure_label.clone_from(&b.measure_label);
            }
        }
    }
}

/// 前年と比較すると件数は3件、損害額は140万円とそれぞれ増加: what 'each' is said of is a change.
fn each_changed(drafts: &mut [Draft], s: &Sentence) {
    const EACH: [&str; 5] = ["それぞれ増", "それぞれ減", "それぞれ上昇", "それぞれ低下", "それぞれ短縮"];
    let mut from = 0;
    let each = |i: &usize| s.chars.get(*i) == Some(&'そ') && chars::begins_any(s.chars, *i, &EACH).is_some();
    for at in (0..s.chars.len()).filter(each) {
        let before = chars::string(s.chars, 0..at);
        let compared = ["と比較", "に比べ", "と比べ", "より"].iter().any(|w| before.contains(w));
        for d in drafts.iter_mut().filter(|d| compared && d.chars.start >= from && d.chars.end <= at) {
            if d.aggregation == Aggregation::Point {
                d.aggregation = Aggregation::Change;
            }
        }
        from = at;
    }
}

/// 18手続に加え、…20手続のオンライン化: the first number is named by the second.
fn share_labels(drafts: &mut [Draft], s: &Sentence) {
    for i in 1..drafts.len() {
        let (head, tail) = drafts.split_at_mut(i);
        let (Some(a), Some(b)) = (head.last_mut(), tail.first()) else { continue };
        let joins = ["に加え", "及び", "並びに", "のほか"];
        let added = s.chars.get(a.chars.end..b.chars.start).unwrap_or_default().iter().collect::<String>();
        if a.unit == b.unit
            && (chars::begins_any(s.chars, a.chars.end, &joins).is_some()
                || added.starts_with("に、") && added.contains("を加え"))
        {
            a.measure_label.clone_from(&b.measure_label);
        }
    }
}

/// 出荷額4,380万円を令和8年度に6,000万円とする: what the first shall become. Gives where the first ends.
fn raised_to(s: &Sentence, a: &Draft, b: &Draft) -> Option<usize> {
    let from = chars::begins(s.chars, a.chars.end, "を")?;
    let becomes = ["とする", "とし", "に拡大", "に増", "に減", "に引き", "へ"];
    let between = chars::string(s.chars, from..b.chars.start);
    let plain = !between.contains(['は', 'が', 'を', '、']);
    (plain && chars::begins_any(s.chars, b.chars.end, &becomes).is_some()).then_some(from)
}

/// 1,450時間から680時間まで短縮: before and after.
fn mark_phases(drafts: &mut [Draft], s: &Sentence) {
    for i in 1..drafts.len() {
        let (head, tail) = drafts.split_at_mut(i);
        let (Some(a), Some(b)) = (head.last_mut(), tail.first_mut()) else { continue };
        let arrow = s.behind_brackets(a.chars.end);
        let arrow = arrow + usize::from(s.chars.get(arrow) == Some(&' '));
        let arrow = chars::begins_any(s.chars, arrow, &["→", "⇒", "➡", "⇨"]);
        let raised = raised_to(s, a, b);
        let Some(from) = chars::begins(s.chars, a.chars.end, "から").or(arrow).or(raised) else { continue };
        let into = ["に", "へ", "まで", "となり", "となった", "と"];
        // 12部署から全部署(58部署)に: the number in the bracket says how many.
        let close = s.paren_of(b.chars.start).filter(|p| p.start >= from && p.end == b.chars.end);
        let behind = close.map_or_else(|| s.behind_brackets(b.chars.end), |p| p.end + 1);
        if a.unit != b.unit
            || b.chars.start > from + 12
            || arrow.is_none() && raised.is_none() && chars::begins_any(s.chars, behind, &into).is_none()
        {
            continue;
        }
        if arrow.is_some() && b.status.is_none() {
            b.status = a.status.or(Some(ScopedStatus { status: Status::Actual, from: Nearness::Sentence }));
        }
        for d in [&mut *a, &mut *b] {
            if d.aggregation == Aggregation::Change {
                d.aggregation = Aggregation::Point;
            }
        }
        a.dimensions.insert("phase".into(), "before".into());
        a.status = Some(ScopedStatus { status: Status::Actual, from: Nearness::Clause });
        b.dimensions.insert("phase".into(), "after".into());
        b.subject.clone_from(&a.subject);
        b.measure_label.clone_from(&a.measure_label);
    }
}
