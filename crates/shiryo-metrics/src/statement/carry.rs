//! What a sentence says of the time of those after it.

use super::sentence::Sentence;
use super::{events, period};
use crate::Draft;
use crate::scope::{Nearness, Scope, ScopedPeriod, ScopedStatus};
use shiryo_model::Status;

/// What a sentence says of the time of those after it: the one that it named itself for its last number, or when it
/// says that something was held. `own` is what the passage's surroundings say.
pub(super) fn carry(s: &Sentence, drafts: &[Draft], scope: &mut Scope, own: &Option<ScopedPeriod>) {
    scope.planned = super::status_words::by_ending(&s.text) == Some(Status::Plan)
        && !s.times().any(|(_, t)| {
            t.period.start.zip(scope.time.reference).is_some_and(|(start, today)| start <= today)
        });
    if own.as_ref().is_some_and(|p| p.from > Nearness::Sentence) {
        return;
    }
    // What was begun then goes on.
    let begun = events::is_begun(s);
    let held = events::held(s);
    scope.begun = events::since(s, held.as_ref().map(|h| &h.0)).or(scope.begun);
    let so = |d: &&Draft| d.status.is_some_and(|s| s.status == Status::Actual);
    let last = drafts.iter().rfind(so).and_then(|d| d.period.clone());
    scope.result =
        last.filter(|p| p.from >= Nearness::Sentence).map(|p| ScopedPeriod { from: Nearness::Sentence, ..p });
    if let Some((period, happened)) = held {
        scope.period = Some(period);
        let status = Some(ScopedStatus { status: Status::Actual, from: Nearness::Document });
        scope.status = scope.status.or(status.filter(|_| happened));
    } else if begun {
        scope.period.clone_from(own);
    }
    if let Some(period) = carried(drafts, s).filter(|p| !begun && !period::is_compared(s, &p.label)) {
        scope.period = Some(period);
    }
}

/// The period of the sentence before, where that one named it itself.
fn carried(earlier: &[Draft], s: &Sentence) -> Option<ScopedPeriod> {
    // 前年同期の38件: what is compared with is not what the next sentence speaks of.
    let told_from = |d: &Draft| {
        let at = d.chars.start.checked_sub(s.at)?;
        let (m, _) = s.quantity_at(at)?;
        Some(period::is_base(s, m) || super::chars::begins_any(s.chars, m.chars.end, &["に比べ"]).is_some())
    };
    let base = |d: &&Draft| {
        told_from(d) == Some(true)
            || d.period.as_ref().is_some_and(|p| ["前", "昨", "同期"].iter().any(|w| p.label.starts_with(w)))
    };
    // 71.3%(令和3年度 58.9%)となった。…: nor is what a bracket tells of another time.
    let aside = |d: &&Draft| {
        let Some(at) = d.chars.start.checked_sub(s.at) else { return false };
        let timed =
            |open: usize| s.times().any(|(m, _)| s.paren_of(m.chars.start).is_some_and(|p| p.start == open));
        s.paren_of(at).is_some_and(|p| timed(p.start))
    };
    let told = || earlier.iter().filter(|d| !base(d));
    let last = told().rfind(|d| !aside(d)).or(told().next_back())?.period.as_ref()?;
    (last.from >= Nearness::Sentence).then(|| ScopedPeriod { from: Nearness::Sentence, ..last.clone() })
}
