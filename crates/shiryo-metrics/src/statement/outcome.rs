//! What a number comes to: after a change, at the end of a sentence that breaks off, as one of the states that things are in.

use super::chars::{ends_any, string};
use super::sentence::Sentence;
use super::status::plain;
use std::ops::Range;

/// 移行後の経費は3億円となる: whether a number tells what something comes to after a change that the sentence does not tell as past.
pub(super) fn becomes(s: &Sentence, from: usize, end: usize, region: &Range<usize>) -> bool {
    const AFTER: [&str; 3] = ["後の", "後は", "後に"];
    if super::chars::begins_any(s.chars, end, &["とな", "にな", "に増", "に減"]).is_none() {
        return false;
    }
    let behind = string(s.chars, end..region.end);
    let comes =
        ["となる", "となります", "になる", "になります", "に増加する", "に増える", "に減少する", "に減る"]
            .iter()
            .any(|w| behind.strip_prefix(w).is_some_and(|rest| rest.is_empty() || rest.starts_with('。')))
            || behind.starts_with("となり、") && ["見込", "見通し"].iter().any(|w| behind.contains(w));
    if !comes {
        return false;
    }
    let lead = plain(s, region.start, from);
    let doing = |at: usize| {
        let before = lead.get(..at).unwrap_or_default();
        crate::statement::words::action_ending(before).is_some() || before.ends_with("購入")
    };
    AFTER.iter().any(|w| lead.match_indices(w).any(|(at, _)| doing(at)))
}

/// Whether a clause that goes on tells what is done (に拡大し), not what comes of it (に増加し).
pub(super) fn does(clause: &str) -> bool {
    const COMES: [&str; 11] = [
        "増加し",
        "減少し",
        "上昇し",
        "低下し",
        "達し",
        "推移し",
        "短縮し",
        "改善し",
        "縮小し",
        "回復し",
        "に対し",
    ];
    ["し", "設け", "広げ", "進め", "置き"].iter().any(|w| clause.ends_with(w))
        && !COMES.iter().any(|w| clause.ends_with(w))
}

/// Whether the word right before a number tells how far those are that it counts.
pub(super) fn is_state(s: &Sentence, from: usize) -> bool {
    const STATES: [&str; 11] = [
        "完了",
        "着手",
        "未着手",
        "実施中",
        "検討中",
        "準備中",
        "継続中",
        "実施済",
        "実施済み",
        "未実施",
        "調整中",
    ];
    let at = ends_any(s.chars, from, &[" ", "が", "は"]).unwrap_or(from);
    ends_any(s.chars, at, &STATES).is_some()
}

/// R7は検針を加え4業務に。: whether the sentence breaks off behind a number that something comes to.
pub(super) fn is_cut_short(s: &Sentence, to: usize) -> bool {
    let region = s.region(to.saturating_sub(1));
    let behind = plain(s, to, region.end);
    matches!(behind.trim_end_matches(['。', ' ']), "に" | "へ" | "まで")
}

/// Whether a clause breaks off behind what is done to the figure (を追加, を令和7年度中に移行), not what comes of it.
pub(super) fn is_done_to(clause: &str) -> bool {
    const COMES: [&str; 9] = ["達成", "向上", "増加", "減少", "短縮", "削減", "縮減", "上昇", "低下"];
    let object = clause.starts_with('を');
    object
        && super::words::action_ending(clause).is_some_and(|a| clause.ends_with(a))
        && !COMES.iter().any(|w| clause.ends_with(w))
}
