//! When something was held or begun, told in a sentence of its own: the numbers of the sentences after it are of then.

use super::chars::{begins_any, ends_any, is_noun, string};
use super::period;
use super::sentence::Sentence;
use crate::letters::Words;
use crate::scope::{Nearness, ScopedPeriod};
use shiryo_ja::Mention;
use std::ops::Range;

/// Verbs of what takes place at a time and is over then.
static HELD: Words = Words::new(&[
    "開催", "実施", "試行", "行い", "行っ", "行う", "行わ", "開い", "開き", "記録", "集計", "計測", "測定",
    "回収",
]);

/// What may stand behind such a verb where it closes its clause.
const CLOSED: [&str; 21] = [
    "し、",
    "した。",
    "しました",
    "したところ",
    "したので",
    "したが、",
    "する。",
    "します",
    "している",
    "して、",
    "され",
    "た。",
    "たところ",
    "たので",
    "た、",
    "、",
    "ました",
    "います",
    "れた",
    "れ、",
    "予定",
];

/// Verbs of what goes on from a time.
static BEGUN: Words = Words::new(&[
    "開始し",
    "本稼働し",
    "本格稼働し",
    "本稼働を開始",
    "開始後",
    "始まり",
    "始まった",
    "始め、",
    "始めた",
    "開設し",
    "開設後",
    "開設され",
    "創設し",
    "創設され",
    "発足し",
    "開館し",
    "開業し",
    "供用開始",
    "オープンし",
    "スタートし",
    "設立し",
    "設立され",
    "開始。",
]);

/// Verbs of what is there from a time on: those who use it are counted since then, what it cost is not.
static PLACED: Words = Words::new(&[
    "導入した(",
    "追加した。",
    "追加(",
    "に追加し、",
    "導入した。",
    "導入し、",
    "設置した。",
    "導入。",
    "公開し、",
    "公開した。",
    "配付し、",
    "利用できるように",
    "受付を開始",
    "受付開始",
]);

/// Verbs of what came out for a time that stands in their subject (令和3年度の報告値が確定した).
static SETTLED: Words =
    Words::new(&["が確定し", "がまとま", "を取りまとめ", "を集計し", "が公表され", "が判明し"]);

/// Whether a text may say so at all: asked first, because it costs least.
pub(super) fn may_tell(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && (HELD.stand_in(text) || SETTLED.stand_in(text))
}

/// Whether a text may say since when something goes on.
pub(super) fn may_tell_begin(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && (BEGUN.stand_in(text)
            || PLACED.stand_in(text)
            || ["から実施", "から行"].iter().any(|w| text.contains(w)))
}

/// What a sentence says was held and when (地域文化講座を9月に実施した): the time, and whether it happened.
pub(super) fn held(s: &Sentence) -> Option<(ScopedPeriod, bool)> {
    if is_begun(s) {
        return None;
    }
    // 9月に実施した調査では names another paper's: the verb must close its clause.
    let closes = |end: usize| end == s.chars.len() || begins_any(s.chars, end, &CLOSED).is_some();
    if let Some(told) = settled(s) {
        return Some((told, true));
    }
    let verb = verb_of(s, &s.may_hold(&HELD), closes)?;
    let (m, t) =
        s.times().filter(|(m, _)| m.chars.end <= verb && period::is_free(s, m) && is_when(s, m)).last()?;
    let happened = super::status::of(s, verb, verb) == Some(shiryo_model::Status::Actual);
    Some((ScopedPeriod { from: Nearness::Sentence, ..period::clause(s, m, t) }, happened))
}

/// The year or span of which a sentence without figures says that its results came out.
fn settled(s: &Sentence) -> Option<ScopedPeriod> {
    let verb = verb_of(s, &s.may_hold(&SETTLED), |_| true)?;
    let mut times = s.times().filter(|(m, _)| m.chars.end <= verb && period::is_free(s, m));
    let (m, t) =
        times.next().filter(|(m, _)| begins_any(s.chars, m.chars.end, &["の", "における"]).is_some())?;
    let alone = times.next().is_none() && s.quantities().next().is_none();
    let span = t.period.start.is_some() && t.period.start != t.period.end;
    (alone && span).then(|| ScopedPeriod { from: Nearness::Sentence, ..period::clause(s, m, t) })
}

/// Whether a time says when something is done, not whose or which one.
fn is_when(s: &Sentence, m: &Mention) -> bool {
    let behind = s.behind_brackets(m.chars.end);
    begins_any(s.chars, behind, &["に", "から", "の間", "まで", "にかけ", "、", "は", "中に"]).is_some()
        || ends_any(s.chars, m.chars.end, &["から", "まで", "にかけて", "中"]).is_some()
}

/// Since when something has been going on that a sentence says was begun, or is held from a time on: [`held`].
pub(super) fn since(s: &Sentence, held: Option<&ScopedPeriod>) -> Option<jiff::civil::Date> {
    let from = |end: usize| begins_any(s.chars, s.behind_brackets(end), &["から", "より"]).is_some();
    let Some(verb) = begun(s) else {
        return held.and_then(|p| p.period.start.filter(|_| p.period.end.is_none()));
    };
    let when =
        |m: &Mention| m.chars.end <= verb && period::is_free(s, m) && (is_when(s, m) || from(m.chars.end));
    s.times().filter(|(m, _)| when(m)).last().and_then(|(_, t)| t.period.start)
}

/// Whether a sentence tells what began at an earlier time: what follows is counted since then, not then.
pub(super) fn is_begun(s: &Sentence) -> bool {
    begun(s).is_some()
}

/// Where the first verb of what goes on from a time stands.
fn begun(s: &Sentence) -> Option<usize> {
    let mut verbs = s.may_hold(&BEGUN);
    verbs.extend(s.may_hold(&PLACED));
    verb_of(s, &verbs, |_| true)
}

/// Where the first of these verbs stands whose end fits; not at the begin of the sentence, nor in quotation marks.
fn verb_of(s: &Sentence, verbs: &[&str], fits: impl Fn(usize) -> bool) -> Option<usize> {
    if verbs.is_empty() {
        return None;
    }
    let is_verb = |i: &usize| !s.is_quoted(*i) && begins_any(s.chars, *i, verbs).is_some_and(&fits);
    (1..s.chars.len()).find(is_verb)
}

/// 令和5年4月に開始し、これまでに120件…: whether the time `m` only says since when, for the number at `from`.
pub(super) fn is_beginning(s: &Sentence, m: &Mention, from: usize) -> bool {
    // 5年度中に3園を開設した一方、2か所が閉園: within it, not since then.
    // 5月1日現在、21園を開設し、…: what stands then.
    if s.behind_said(m, &["中", "現在", "時点"]).is_some() {
        return false;
    }
    let between: Range<usize> = m.chars.end..from;
    let verbs = s.may_hold(&BEGUN);
    let begun = between.clone().find_map(|i| begins_any(s.chars, i, &verbs)).filter(|end| *end <= from);
    if begun.is_some() {
        return true;
    }
    // 2年10月に導入したチャットボットは…: the time is that of the noun.
    const MADE: [&str; 14] = [
        "導入した",
        "開始した",
        "開設した",
        "設置した",
        "新設した",
        "追加した",
        "策定した",
        "改定した",
        "開館した",
        "始めた",
        "整備した",
        "締結した",
        "発足した",
        "制定した",
    ];
    let noun = |at: usize| s.chars.get(at).is_some_and(|c| is_noun(*c) || *c == '「');
    let of_noun = |i: usize| {
        let end = begins_any(s.chars, i, &MADE).filter(|end| *end < from);
        // 下半期に締結した契約1,126件: what is counted was made then.
        let counted = |e: usize| (e..from).all(|k| s.chars.get(k).is_some_and(|c| is_noun(*c)));
        end.is_some_and(|e| noun(e) && !counted(e))
    };
    if between.clone().any(of_noun) {
        return true;
    }
    // 9月から全ての園で使われているシステムは: the time is that of the noun.
    let goes_on =
        |i: usize| begins_any(s.chars, i, &["ている", "ておる"]).is_some_and(|end| end < from && noun(end));
    if s.behind_said(m, &["から", "より"]).is_some() && between.clone().any(goes_on) {
        return true;
    }
    // 5年度に導入し、これまでに…: whatever the verb.
    let text = string(s.chars, between);
    text.contains("し、") && ["これまで", "累計", "通算"].iter().any(|w| text.contains(w))
}
