//! Lines that say when what the lines beside them tell took place (実施日 7月3日(水)).

use crate::letters::{Letters, Words};
use crate::scope::{Nearness, Scope, ScopedPeriod};
use crate::statement::{period, topic::clean};
use shiryo_ja::MentionKind;

/// Names of lines that say when the figures beside them were taken.
static DATED: Words = Words::new(&[
    "試行実施期間",
    "実証期間",
    "モデル実施期間",
    "実験期間",
    "期間",
    "日時",
    "日程",
    "期日",
    "開催日",
    "開催日時",
    "開催日程",
    "開催期間",
    "開催時期",
    "開催年月日",
    "実施日",
    "実施日時",
    "実施日程",
    "実施期間",
    "実施時期",
    "実施年月日",
    "調査期間",
    "調査日",
    "調査時期",
    "調査時点",
    "調査基準日",
    "試行期間",
    "利用期間",
    "対象期間",
    "集計期間",
    "会期",
    "開設期間",
    "開館期間",
    "設置期間",
    "展示期間",
    "基準日",
    "訓練日時",
]);

/// Events are over after so many days.
const LONGEST_EVENT: i32 = 62;

/// A time that holds for the lines beside and below it.
#[derive(Debug, Clone)]
pub(super) struct Held {
    /// The next heading of a lower level ends it.
    pub(super) heading: u8,
    /// A label line of this level or a lower one that names another topic ends it.
    pub(super) list: Option<u8>,
    pub(super) period: ScopedPeriod,
    /// Whether only a sentence told it: what the headings say goes before.
    pub(super) weak: bool,
    /// Whether an item of a list tells the day that all below it stand at ((1) 交付状況(10月末現在)): tables do not end it.
    pub(super) item: bool,
    /// Whether it stands beside or under a label of its own: the next label of that level ends it.
    pub(super) grouped: bool,
}

impl Held {
    /// The time of a line that says when, from the heading that ends it on.
    pub(super) fn said(heading: u8, period: ScopedPeriod) -> Self {
        Self { heading, list: None, period, weak: false, item: false, grouped: false }
    }

    /// The time that only a sentence, or a part of the paper that introduces it, told.
    pub(super) fn weak(heading: u8, period: ScopedPeriod) -> Self {
        Self { weak: true, ..Self::said(heading, period) }
    }
}

/// Whether words only say that a time follows (日時, 期間).
pub(super) fn is_name(words: &str) -> bool {
    let mut names = DATED.within(Letters::of(words)).peekable();
    names.peek().is_some() && {
        let plain = clean(words);
        names.any(|name| name == plain)
    }
}

/// The time of a line 実施日:令和6年7月3日(水) 午後2時から; `None` for other lines, which are most: only a name asks for
/// the scope.
pub(super) fn line(text: &str, scope: impl FnOnce() -> Scope) -> Option<ScopedPeriod> {
    let text = &super::headings::unspaced(text.trim());
    let cut = text.find([':', '：', ' ', '\u{3000}']).or_else(|| {
        let digit = |c: char| c.is_ascii_digit() || "令平昭".contains(c);
        text.char_indices().skip(1).find(|(_, c)| digit(*c)).map(|(at, _)| at)
    })?;
    let (name, value) = text.split_at(cut);
    if !is_name(name) {
        return None;
    }
    let scope = &scope();
    let value = value.trim_start_matches(|c: char| c.is_whitespace() || ":：".contains(c));
    // 全5回 or a place may stand behind the time; before it nothing does.
    let first = shiryo_ja::annotate(value, &scope.time).into_iter().next()?;
    let leads = first.chars.start == 0 && matches!(first.kind, MentionKind::Time(_));
    let end = value.char_indices().nth(first.chars.end).map_or(value.len(), |(at, _)| at);
    let several = value
        .get(end..)
        .is_some_and(|rest| rest.contains(['日', '月']) && rest.contains(['、', '・', '~', '～']));
    let found = period::of_heading(value, scope, Nearness::Sentence)?;
    match (leads, several) {
        (false, _) => None,
        (true, false) => period::of_heading(value.get(..end)?, scope, Nearness::Sentence),
        (true, true) => span(value, scope, found),
    }
}

/// A stretch of months is when something went on, not when each of its figures holds, where a year is told above.
pub(super) fn gives_way(p: &ScopedPeriod, above: Option<&ScopedPeriod>) -> bool {
    let (Some(start), Some(end)) = (p.period.start, p.period.end) else { return false };
    let long = end.since(start).is_ok_and(|s| s.get_days() > LONGEST_EVENT);
    let holds = |a: &ScopedPeriod| {
        a.period.start.is_some_and(|from| from <= start) && a.period.end.is_some_and(|to| end <= to)
    };
    long && above.is_some_and(holds)
}

/// 7月3日、10日及び8月2日: from the first of the days to the last.
fn span(value: &str, scope: &Scope, mut last: ScopedPeriod) -> Option<ScopedPeriod> {
    let times = shiryo_ja::annotate(value, &scope.time);
    let mut days = times.iter().filter_map(|m| match &m.kind {
        MentionKind::Time(t) => t.period.start.zip(t.period.end),
        MentionKind::Quantity(_) => None,
    });
    let (start, mut end) = days.next()?;
    for (from, to) in days {
        end = end.max(to);
        if from < start {
            return None;
        }
    }
    last.period.start = Some(start);
    last.period.end = Some(end);
    last.label = value.to_owned();
    Some(last)
}
