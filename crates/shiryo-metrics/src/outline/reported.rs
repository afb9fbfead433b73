//! The span of time that a paper's own overview tells for what it reports (期間 令和5年9月～令和6年1月).

use super::headings::{is_overview, is_span};
use super::naming::heading_topic;
use crate::scope::{Nearness, ScopedPeriod};
use crate::statement::words;
use jiff::civil::Date;
use shiryo_ja::{MentionKind, TimeContext, annotate};
use shiryo_model::{Block, BlockKind, Cell, DocumentContent, DocumentFacts, Granularity, Table};

/// Keys of an overview whose value is when things were done; 募集期間 or 工事期間 are of something else.
const KEYS: [&str; 14] = [
    "期間",
    "実施期間",
    "試行期間",
    "試行実施期間",
    "検証期間",
    "実証期間",
    "実証実験期間",
    "調査期間",
    "対象期間",
    "集計期間",
    "運行期間",
    "開催期間",
    "回答期間",
    "モデル事業期間",
];

/// Keys of an overview whose value is the day of an event: what is told of it happened then.
const DAYS: [&str; 8] =
    ["実施日", "実施日時", "開催日", "開催日時", "日時", "訓練日", "調査日", "実施年月日"];

/// The span of a paper's overview. `None` where there is no such line, or several, for then each is of its own part.
/// What had not ended when the paper was written is no result.
pub(crate) fn span(content: &DocumentContent, facts: &DocumentFacts) -> Option<ScopedPeriod> {
    let time =
        &TimeContext { reference: facts.date, fiscal_year: facts.fiscal_year, ..TimeContext::default() };
    let over = |p: &ScopedPeriod| facts.date.is_none_or(|day| p.period.end.is_some_and(|end| end <= day));
    let mut key = false;
    let told = content.blocks.iter().enumerate().filter_map(|(at, block)| {
        let text = block.text.text.as_str();
        let behind_key = std::mem::replace(&mut key, is_key(text));
        let value = match block.table.and_then(|t| content.tables.get(t as usize)) {
            _ if block.kind == BlockKind::Heading => None,
            Some(table) => in_table(table),
            None if behind_key => Some(text),
            None => in_line(block),
        };
        told(value?, time).filter(over).map(|period| (at, period))
    });
    let told: Vec<_> = told.take(2).collect();
    let [(at, period)] = told.as_slice() else { return None };
    let before = content.blocks.get(..*at).unwrap_or_default();
    (!in_part(before, facts)).then(|| period.clone())
}

/// The one year or half of which a paper's headings say that its results are told under them (2 令和6年度の実績), where that was over
/// not long before the paper was written: of results that nothing nearer dates. `None` where they tell several.
pub(crate) fn headed(content: &DocumentContent, facts: &DocumentFacts) -> Option<ScopedPeriod> {
    const RESULTS: [&str; 6] = ["実績", "結果", "状況", "決算", "成果", "利用"];
    const AHEAD: [&str; 8] = ["計画", "予定", "今後", "見込", "予算", "目標", "方針", "推計"];
    const RECENT: i32 = 365;
    let today = facts.date?;
    let time =
        &TimeContext { reference: facts.date, fiscal_year: facts.fiscal_year, ..TimeContext::default() };
    let headings = content.blocks.iter().filter(|b| b.kind == BlockKind::Heading);
    let reports =
        |words: &&str| RESULTS.iter().any(|w| words.contains(w)) && !AHEAD.iter().any(|w| words.contains(w));
    let told = headings.map(|b| b.text.text.as_str()).filter(reports).filter_map(|words| {
        let (_, span) = first_span(words, time)?;
        let year = matches!(
            span.period.granularity,
            Granularity::FiscalYear | Granularity::HalfYear | Granularity::Year
        );
        year.then_some(span)
    });
    let told: Vec<_> = told.collect();
    let first = told.first()?;
    let days = first.period.end.and_then(|end| today.since(end).ok())?.get_days();
    let alone = told.iter().all(|t| t.period == first.period);
    (alone && (1..=RECENT).contains(&days)).then(|| first.clone())
}

/// Whether the last of these blocks stand in a part of the paper that has a name of its own.
fn in_part(blocks: &[Block], facts: &DocumentFacts) -> bool {
    // Level of the open heading that names a part.
    let mut part: Option<u8> = None;
    for block in blocks.iter().filter(|b| b.kind == BlockKind::Heading) {
        let text = block.text.text.as_str();
        let (level, topic) = (block.level.unwrap_or(1), heading_topic(text));
        let named = topic.is_empty() || is_key(text) || facts.title.contains(&topic);
        let whole = named || is_overview(&topic) || words::is_generic_heading(&topic);
        part = part.filter(|open| *open < level).or_else(|| (!whole).then_some(level));
    }
    part.is_some()
}

fn is_key(text: &str) -> bool {
    // One more than the longest key has.
    let plain: String = text.chars().filter(|c| c.is_alphabetic()).take(9).collect();
    KEYS.contains(&plain.as_str()) || DAYS.contains(&plain.as_str())
}

/// The value of a key in a table of keys and values.
fn in_table(table: &Table) -> Option<&str> {
    let key = table.cells.iter().find(|c| c.col == 0 && is_key(&c.text.text))?;
    let beside = |c: &&Cell| c.row == key.row && c.col == key.col + key.col_span.max(1);
    table.cells.iter().find(beside).map(|c| c.text.text.as_str())
}

/// The value of a key that begins a line: (1) 期間 令和5年9月4日から….
fn in_line(block: &Block) -> Option<&str> {
    let text = block.text.text.as_str();
    let begin = text.find(|c: char| c.is_alphabetic() && !c.is_ascii() && !('ア'..='ン').contains(&c))?;
    let words = text.get(begin..)?;
    let end = words.find(|c: char| c == ':' || c == '：' || c.is_ascii_digit() || "令平昭RH".contains(c))?;
    let (key, value) = words.split_at(end);
    is_key(key).then(|| value.trim_start_matches([':', '：', ' ']))
}

/// The span of a sentence that says what follows is told for it (令和5年度上半期の状況は以下のとおりである).
pub(super) fn announced(text: &str, time: &TimeContext) -> Option<ScopedPeriod> {
    // ※ 数値は、特に記載のあるものを除き11月12日現在.
    let all = ["数値は", "数字は", "件数は", "各数値", "本資料", "以下"].iter().any(|w| text.contains(w))
        && ["除き", "断り", "すべて", "全て", "特記", "いずれも"].iter().any(|w| text.contains(w));
    if all && let Some(day) = first_day(text, time) {
        return Some(day);
    }
    let follows = |s: &&str| {
        ["以下のとおり", "下記のとおり", "次のとおり", "以下の通り", "次の通り"].iter().any(|w| s.contains(w))
            && ["状況", "結果", "実績"].iter().any(|w| s.contains(w))
    };
    let told = text.split_inclusive('。').find(follows)?;
    first_span(told, time).map(|(_, span)| span).or_else(|| first_day(told, time))
}

/// 令和6年8月31日現在の支給状況を次のとおり報告する: the day that the paper's figures hold for.
pub(super) fn first_day(text: &str, time: &TimeContext) -> Option<ScopedPeriod> {
    let chars: Vec<char> = text.chars().collect();
    annotate(text, time).into_iter().find_map(|m| {
        let MentionKind::Time(t) = m.kind else { return None };
        let near: String = chars.get(m.chars.start..(m.chars.end + 8).min(chars.len()))?.iter().collect();
        let as_of = ["現在", "時点"].iter().any(|w| near.contains(w));
        let label = chars.get(m.chars.clone())?.iter().collect();
        let day = t.period.start.is_some() && t.period.start == t.period.end && as_of;
        day.then_some(ScopedPeriod { period: t.period, label, from: Nearness::Document })
    })
}

/// The last span of a text that was over when the paper was written, else the last: of 令和5年度の実績及び令和6年度の取組
/// the former.
pub(super) fn looking_back(text: &str, time: &TimeContext) -> Option<ScopedPeriod> {
    let chars: Vec<char> = text.chars().collect();
    let spans = annotate(text, time).into_iter().filter_map(|m| {
        let MentionKind::Time(t) = m.kind else { return None };
        let (start, end) = t.period.start.zip(t.period.end)?;
        let label = chars.get(m.chars.clone())?.iter().collect();
        let period = ScopedPeriod { period: t.period, label, from: Nearness::Document };
        // 令和6年能登半島地震: the year names an event.
        let named = period.period.granularity == Granularity::Year
            && chars
                .get(m.chars.end)
                .is_some_and(|c| c.is_alphabetic() && !"のにでとは中分度内末上下第".contains(*c));
        let long = is_span(&period) && period.period.granularity != Granularity::Month && !named;
        (start < end && long).then_some((end, period))
    });
    let spans: Vec<(Date, ScopedPeriod)> = spans.collect();
    let over = |today: Date| spans.iter().rfind(|(end, _)| *end < today);
    let told = time.reference.and_then(over).or(spans.last());
    told.map(|(_, period)| period.clone())
}

/// The span that a value begins with.
fn told(value: &str, time: &TimeContext) -> Option<ScopedPeriod> {
    let value: String = value.trim_start().chars().take(60).collect();
    let span = first_span(&value, time).filter(|(at, _)| *at == 0).map(|(_, span)| span);
    span.or_else(|| day_at(&value, time))
}

/// The day that a value begins with: 令和7年9月7日(日) 午前8時から.
fn day_at(value: &str, time: &TimeContext) -> Option<ScopedPeriod> {
    let first = annotate(value, time).into_iter().next().filter(|m| m.chars.start == 0)?;
    let MentionKind::Time(t) = first.kind else { return None };
    let day = t.period.start.is_some() && t.period.start == t.period.end;
    let label = value.chars().take(first.chars.end).collect();
    day.then_some(ScopedPeriod { period: t.period, label, from: Nearness::Document })
}

/// The first time of a text, where it is longer than a day, and where it stands.
fn first_span(text: &str, time: &TimeContext) -> Option<(usize, ScopedPeriod)> {
    let first = annotate(text, time).into_iter().find_map(|m| match m.kind {
        MentionKind::Time(t) => Some((m.chars, t.period)),
        MentionKind::Quantity(_) => None,
    });
    let (chars, period) = first?;
    let (start, end) = period.start.zip(period.end)?;
    let label = text.chars().skip(chars.start).take(chars.len()).collect();
    (start < end).then_some((chars.start, ScopedPeriod { period, label, from: Nearness::Document }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use shiryo_model::SourceLine;

    fn block(kind: BlockKind, words: &str) -> Block {
        let line = SourceLine { text: words.into(), ..SourceLine::default() };
        Block { kind, level: Some(1), text: shiryo_ja::compose(vec![line]), ..Block::default() }
    }

    fn days(blocks: Vec<Block>) -> Option<(Date, Date)> {
        let facts = DocumentFacts { date: Some(date(2024, 6, 3)), ..DocumentFacts::default() };
        let content = DocumentContent { blocks, ..DocumentContent::default() };
        span(&content, &facts).and_then(|p| p.period.start.zip(p.period.end))
    }

    #[test]
    fn the_span_of_an_overview() {
        use BlockKind::{Heading, ListItem, Paragraph};
        let told = Some((date(2024, 1, 9), date(2024, 3, 29)));
        let line = || block(ListItem, "(1) 実施期間　令和６年１月９日から同年３月29日まで（土日を除く）");
        assert_eq!(days(vec![block(Heading, "１ 事業の概要"), line()]), told);
        // The value on the line below.
        let below = vec![block(Paragraph, "試 行 期 間"), block(Paragraph, "令和６年１月９日～３月29日")];
        assert_eq!(days(below), told);
        // Of a part of the paper, to come, or one of several.
        assert_eq!(days(vec![block(Heading, "１ 予防接種"), line()]), None);
        assert_eq!(days(vec![block(ListItem, "期間：令和６年７月１日～９月30日")]), None);
        assert_eq!(days(vec![line(), line()]), None);
        let event = days(vec![block(ListItem, "(1) 実施日 令和６年５月12日（日）午前９時から")]);
        assert_eq!(event, Some((date(2024, 5, 12), date(2024, 5, 12))));
        assert_eq!(days(vec![block(ListItem, "募集期間：令和６年１月９日～３月29日")]), None);
    }

    #[test]
    fn of_two_years_the_one_that_is_over() {
        let time = TimeContext { reference: Some(date(2024, 7, 2)), ..TimeContext::default() };
        let end = |text: &str, time: &TimeContext| looking_back(text, time).and_then(|p| p.period.end);
        let title = "令和5年度の取組実績及び令和6年度の取組について";
        assert_eq!(end(title, &time), Some(date(2024, 3, 31)));
        assert_eq!(end("令和6年1月に定めた令和5年度の実績について", &time), Some(date(2024, 3, 31)));
        assert_eq!(end("令和6年度の実績について", &time), Some(date(2025, 3, 31)));
    }

    #[test]
    fn sentences_that_announce_what_follows() {
        let time = TimeContext::default();
        let of = |text| announced(text, &time).and_then(|p| p.period.start.zip(p.period.end));
        let half = Some((date(2023, 4, 1), date(2023, 9, 30)));
        assert_eq!(of("講座を開いている。令和５年度上半期の実施状況は以下のとおりである。"), half);
        assert_eq!(of("令和５年度から講座を開いている。"), None);
        let day = Some((date(2023, 6, 1), date(2023, 6, 1)));
        assert_eq!(of("令和５年６月１日現在の状況は次のとおり。"), day);
        assert_eq!(of("令和５年６月１日から始めた。状況は次のとおり。"), None);
        assert_eq!(of("※ 数値は、特に断りのないものを除き、令和５年６月１日現在のものである。"), day);
    }

    #[test]
    fn the_year_in_the_name_of_an_event_is_no_time_of_the_report() {
        let time = TimeContext { reference: Some(date(2025, 1, 28)), ..TimeContext::default() };
        let end = |text| looking_back(text, &time).and_then(|p| p.period.end);
        assert_eq!(end("令和6年大雨災害を踏まえた令和5年度の訓練の状況"), Some(date(2024, 3, 31)));
        assert_eq!(end("令和5年中の訓練の状況"), Some(date(2023, 12, 31)));
        let day = first_day("令和6年12月末現在の状況を報告します。", &time).and_then(|p| p.period.end);
        assert_eq!(day, Some(date(2024, 12, 31)));
    }

    #[test]
    fn the_year_that_headings_tell_their_results_for() {
        let year = |headings: &[&str]| {
            let blocks = headings.iter().map(|h| block(BlockKind::Heading, h)).collect();
            let content = DocumentContent { blocks, ..DocumentContent::default() };
            let facts =
                DocumentFacts { date: Some(jiff::civil::date(2025, 6, 12)), ..DocumentFacts::default() };
            headed(&content, &facts).and_then(|p| p.period.start).map(|d| d.to_string()).unwrap_or_default()
        };
        assert_eq!(year(&["1 経過", "2 令和6年度の実績", "3 課題"]), "2024-04-01");
        // Several years, a plan, and what is long over.
        assert_eq!(year(&["1 令和5年度の実績", "2 令和6年度の実績"]), "");
        assert_eq!(year(&["1 令和7年度の取組予定"]), "");
        assert_eq!(year(&["1 令和3年度の調査結果"]), "");
    }
}
