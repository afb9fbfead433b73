//! What a sentence is about.

use super::chars::{ends_any, is_hiragana, string};
pub(crate) use super::clean::clean;
use super::phrase;
use super::sentence::Sentence;
use super::words::{is_generic, is_generic_heading, names_quantity};
use crate::letters::Words;
use std::ops::Range;

/// Words before は that belong to the particle.
const BEFORE_WA: [&str; 11] = [
    "については",
    "につきましては",
    "に関しては",
    "においては",
    "における",
    "では",
    "には",
    "へは",
    "までは",
    "からは",
    "といたしましては",
];

/// The last topic before `at`: the phrase before は, について、 or において、 in the same region.
pub(super) fn of(s: &Sentence, at: usize, kept: &[Range<usize>]) -> Option<String> {
    before(s, at, kept, false)
}

/// What a sentence as a whole speaks of: its first topic, unless that is who acts or the name of a quantity.
pub(super) fn spoken_of(s: &Sentence) -> Option<String> {
    topic_spoken_of(s).or_else(|| event(s))
}

/// What a sentence tells that was held or begun stands before these.
static HELD: Words = Words::new(&[
    "を開催し",
    "を実施し",
    "を開き",
    "が開催され",
    "が行われ",
    "を開始し",
    "を導入し",
    "を試行し",
    "を停止し",
    "を停止する",
    "を創設し",
    "を新設し",
    "を開設し",
    "を設け",
    "を設置し",
    "を運用し",
    "を実施する",
    "を開催する",
    "を導入する",
    "を開始する",
    "を試行する",
    "を配信し",
    "を運行し",
]);

/// 講演会を開催しました: what a sentence says was held.
fn event(s: &Sentence) -> Option<String> {
    let held = Some(s.may_hold(&HELD)).filter(|held| !held.is_empty())?;
    let at = (1..s.chars.len()).rev().find(|&i| super::chars::begins_any(s.chars, i, &held).is_some())?;
    // システムの運用を開始し: what was begun, not that it is run.
    let at =
        ends_any(s.chars, at, &["の運用", "の提供", "の配信", "の利用", "の試行", "の発行"]).unwrap_or(at);
    let range = phrase::chain(s, at, 0);
    let words = clean(&s.words(range.clone()));
    let counted = s.quantities().any(|(_, m, _)| m.chars.start < range.end && range.start < m.chars.end);
    let named = (3..=40).contains(&words.chars().count()) && !counted && !is_generic(&words);
    (named && !names_quantity(&words) && !is_generic_heading(&words)).then_some(words)
}

fn topic_spoken_of(s: &Sentence) -> Option<String> {
    let wa = (1..s.chars.len()).find(|&i| s.paren_of(i).is_none() && !s.is_quoted(i) && is_wa(s.chars, i))?;
    // 端末はA社の、回線はB社の…: of neither alone.
    let particle = |i: usize| s.paren_of(i).is_none() && !s.is_quoted(i) && is_wa(s.chars, i);
    if (wa + 1..s.chars.len()).any(particle) {
        return None;
    }
    let end = ends_any(s.chars, wa + 1, &BEFORE_WA).unwrap_or(wa);
    let range = s.without_time(phrase::chain(s, end, 0));
    let counted = s.quantities().any(|(_, m, _)| m.chars.start < range.end && range.start < m.chars.end);
    let words = clean(&s.words(range));
    let length = words.chars().count();
    let acts =
        ["市", "区", "町", "村", "県", "都", "府", "国", "省", "庁", "課", "部", "局", "議会", "私", "者"];
    let named = (2..=40).contains(&length) && !counted && !is_generic_heading(&words);
    // アプリの登録者数は…, 講座の参加者は…: what the quantity is of.
    let (of, quantity) = super::bind::split_label(&words);
    if named && (names_quantity(&quantity) || super::words::is_role(&quantity)) {
        let rate = |o: &str| ["当たり", "あたり", "につき"].iter().any(|w| o.ends_with(w));
        return of.filter(|o| {
            !rate(o)
                && o.chars().count() >= 3
                && is_name(o)
                && !is_generic_heading(o)
                && !super::words::is_area(o)
        });
    }
    (named && !names_quantity(&words) && !acts.iter().any(|w| words.ends_with(w))).then_some(words)
}

/// Whether a topic stands before `at` whose words could not be read: what the number is of is told, but not known.
pub(super) fn is_unread(s: &Sentence, at: usize) -> bool {
    let region = s.region(at);
    let found = (region.start..at).rev().find(|&i| {
        s.region(i) == region && (is_wa(s.chars, i) || ends_any(s.chars, i, &["これら", "それら"]).is_some())
    });
    found.is_some_and(|wa| {
        let end = ends_any(s.chars, wa + 1, &BEFORE_WA).unwrap_or(wa);
        let meant =
            ["これら", "それら", "いずれ", "両者"].iter().any(|w| ends_any(s.chars, end, &[w]).is_some());
        meant || phrase::chain(s, end, region.start).is_empty()
    })
}

/// Whether words may name what is measured: neither a time nor an enumerator nor somebody who speaks.
pub(super) fn is_name(words: &str) -> bool {
    const SPEAKERS: [&str; 8] = ["議員", "委員長", "部長", "課長", "市長", "町長", "知事", "大臣"];
    let calendar = |c: char| {
        c.is_ascii_digit() || "令和平成昭元年度月日上下半期末中頃現在時点歳代以未満().・/~～".contains(c)
    };
    let marks = |c: char| ('①'..='⑳').contains(&c) || ('⑴'..='⒇').contains(&c);
    let article = words.ends_with('条') && words.contains('第');
    words.chars().any(|c| c.is_alphabetic() && !calendar(c) && !marks(c))
        && !words.ends_with(marks)
        && !words.contains("を合わせた")
        && !article
        && !SPEAKERS.iter().any(|w| words.ends_with(w))
}

/// The same for a quantity that has a name of its own: 申請は1,204件、交付決定額は… - a topic that a number has
/// answered already speaks for that number alone.
pub(super) fn of_open(s: &Sentence, at: usize, kept: &[Range<usize>]) -> Option<String> {
    before(s, at, kept, true)
}

fn before(s: &Sentence, at: usize, kept: &[Range<usize>], open: bool) -> Option<String> {
    let region = s.region(at);
    let usable = |range: Range<usize>| -> Option<String> {
        let range = s.without_time(range);
        // 計画の初年度となる令和7年度は、…: a time, however it is described.
        if s.times().any(|(m, _)| m.chars.end == range.end && m.chars.start > range.start) {
            return None;
        }
        // 実証(6会議)では: what the bracket counts is another number.
        let open = range
            .clone()
            .rfind(|&i| s.chars.get(i) == Some(&'(') && s.close_of(i) == range.end.checked_sub(1));
        let counted = |r: &Range<usize>| is_counted(kept, r);
        let range = match open {
            Some(open) if counted(&range) => range.start..open,
            _ => range,
        };
        if counted(&range) {
            return None;
        }
        let words = clean(&s.words(range));
        (!words.is_empty() && is_name(&words) && !is_generic_heading(&words) && words.chars().count() <= 60)
            .then_some(words)
    };
    // 給水原価は1立方メートルあたり81.9円: what stands between topic and answer only says for how much or when.
    let lead = |wa: usize| {
        let mut i = wa;
        while i < at {
            let time = s.times().find(|(m, _)| m.chars.start == i).map(|(m, _)| m.chars.end);
            let rate = super::chars::begins_any(s.chars, i, &["1", "一"]).and_then(|from| {
                let end = (from..at.min(from + 10))
                    .find(|&k| ends_any(s.chars, k, &["あたり", "当たり"]).is_some());
                end.filter(|end| *end < at)
            });
            let sum = super::chars::begins_any(
                s.chars,
                i,
                &["合計で", "合計", "延べ", "全体で", "合わせて", "平均で", "平均"],
            );
            let filler = s.chars.get(i).is_some_and(|c| "、 約計でにの".contains(*c)).then_some(i + 1);
            match time.or(rate).or(sum).or(filler) {
                Some(next) if next > i => i = next,
                _ => break,
            }
        }
        i.min(at)
    };
    let answered = |wa: usize| {
        let lead = lead(wa);
        open && kept.iter().any(|k| (wa..=lead).contains(&k.start) && k.end <= at)
    };
    let mut i = at;
    while i > region.start {
        if s.chars.get(i - 1) != Some(&'は') {
            i -= 1;
            continue;
        }
        if s.region(i - 1) == region
            && let Some(topic) = told_by_cleft(s, i - 1, at, kept).and_then(usable)
        {
            return Some(topic);
        }
        if s.region(i - 1) == region && is_wa(s.chars, i - 1) && !answered(i) {
            let end = ends_any(s.chars, i, &BEFORE_WA).unwrap_or(i - 1);
            let stretch = phrase::stretch(s, end, region.start);
            let chain = phrase::chain(s, end, region.start);
            let range = if stretch.len() <= 30 { stretch } else { chain };
            if let Some(topic) = usable(range) {
                return Some(topic);
            }
        }
        i -= 1;
    }
    for marks in [&["において、", "における", "では、"][..], &["について、", "について"][..]]
    {
        for i in (region.start + 1..=at).rev() {
            if s.region(i - 1) != region {
                continue;
            }
            if let Some(end) = ends_any(s.chars, i, marks)
                && let Some(topic) = usable(phrase::chain(s, end, region.start))
                && !names_meeting(&topic)
                && !is_office(&topic)
            {
                return Some(topic);
            }
        }
    }
    None
}

/// 最も多いのは、住所の変更で、9月には412件…: what the question that ends in のは at `wa` is answered with, before `at`.
fn told_by_cleft(s: &Sentence, wa: usize, at: usize, kept: &[Range<usize>]) -> Option<Range<usize>> {
    const LONGEST: usize = 40;
    let asks = s.chars.get(wa) == Some(&'は')
        && ["るの", "たの", "いの"].iter().any(|w| ends_any(s.chars, wa, &[w]).is_some());
    if !asks || s.paren_of(wa).is_some() {
        return None;
    }
    let answered = |i: &usize| super::chars::begins_any(s.chars, *i, &["で、", "であり、"]).is_some();
    let end = (wa + 2..at.min(wa + LONGEST)).find(answered)?;
    let from = super::chars::begins_any(s.chars, wa + 1, &["、"]).unwrap_or(wa + 1);
    let named = s.quantities().all(|(_, m, _)| m.chars.end <= from || m.chars.start >= end);
    (named && !is_counted(kept, &(from..end)) && end > from).then_some(from..end)
}

/// Whether words end in a unit of the office (…、デジタル戦略課において): who does it, not what is measured.
fn is_office(topic: &str) -> bool {
    let end = topic.chars().count();
    shiryo_ja::find_departments(topic).last().is_some_and(|r| r.end == end)
}

fn names_meeting(topic: &str) -> bool {
    ["本部", "会議", "委員会", "部会", "議会", "会"].iter().any(|w| topic.ends_with(w))
        && !topic.ends_with("相談会")
        && !topic.ends_with("説明会")
        && !topic.ends_with("講習会")
        && !topic.ends_with("研修会")
}

/// Whether the は at `i` is the particle.
fn is_wa(c: &[char], i: usize) -> bool {
    if c.get(i) != Some(&'は') {
        return false;
    }
    // 書面又は対面
    if ends_any(c, i, &["又", "或い", "若しく", "もしく", "また"]).is_some() {
        return false;
    }
    // 平成30年度に対しては81%: what it is set against.
    if ends_any(c, i, &["に対して", "に比べて", "と比べて", "と比較して"]).is_some() {
        return false;
    }
    let behind_kana = i.checked_sub(1).and_then(|b| c.get(b)).is_some_and(|x| is_hiragana(*x));
    let particle = ends_any(c, i + 1, &BEFORE_WA).is_some()
        || ends_any(c, i, &["など", "こと", "もの", "み", "り", "け", "き", "し", "ほか", "ため"]).is_some();
    let word = ["はじめ", "はず", "はか", "はい"].iter().any(|w| super::chars::begins(c, i, w).is_some());
    (!behind_kana || particle) && !word
}

/// Whether a range holds of a number that counts.
pub(super) fn is_counted(kept: &[Range<usize>], range: &Range<usize>) -> bool {
    kept.iter().any(|k| k.start < range.end && range.start < k.end)
}

/// A heading's or title's name without the kind of report that it is (出張相談の実施状況 → 出張相談).
pub(crate) fn bare(heading: &str) -> &str {
    const KINDS: [&str; 16] = [
        "特徴",
        "状況",
        "推移",
        "概要",
        "概況",
        "あらまし",
        "結果",
        "実績",
        "取組",
        "進捗",
        "内訳",
        "一覧",
        "検証",
        "見通し",
        "動向",
        "経過",
    ];
    let (held, heading) = (heading, without_dated_bracket(heading));
    let Some((name, kind)) = heading.rsplit_once('の') else { return held };
    // 実施状況, 検証結果: a doing before it.
    let known = KINDS.iter().find_map(|k| kind.strip_suffix(k)).is_some_and(|doing| {
        doing.is_empty()
            || super::words::action_ending(doing).is_some_and(|a| a == doing)
            || is_generic(doing)
    });
    let several = ["及び", "並びに", "および", "、", "と"].iter().any(|w| name.contains(w));
    let named = name.chars().count() >= 2 && !is_generic_heading(name) && !names_quantity(name);
    if known && named && !several { name } else { held }
}

/// 端末の状況(令和5年10月末現在): a heading without the bracket that tells when.
fn without_dated_bracket(heading: &str) -> &str {
    let Some((name, inner)) = heading.strip_suffix(')').and_then(|w| w.rsplit_once('(')) else {
        return heading;
    };
    let dated = inner.chars().any(|c| c.is_ascii_digit())
        && ["現在", "時点", "年度", "年度末", "期", "月", "年", "日"].iter().any(|w| inner.ends_with(w));
    if dated { name.trim_end() } else { heading }
}

/// Takes the units in charge out of a phrase: 保育課の「変更届」 → (「変更届」, 保育課).
pub(super) fn split_departments(phrase: &str) -> (String, Vec<String>) {
    let chars: Vec<char> = phrase.chars().collect();
    let mut departments = Vec::new();
    let mut out = String::with_capacity(phrase.len());
    let mut at = 0;
    for range in shiryo_ja::find_departments(phrase) {
        if range.start < at || chars.get(range.end) != Some(&'の') || range.end + 1 >= chars.len() {
            continue;
        }
        // Words that the list of departments does not have still belong to the name (地域子育て|支援課).
        let start = (at..range.start)
            .rev()
            .find(|&i| chars.get(i).is_some_and(|c| "、」』やびと・の ()".contains(*c)))
            .map_or(at, |i| i + 1);
        out.push_str(&string(&chars, at..start));
        departments.push(string(&chars, start..range.end));
        at = range.end + 1;
    }
    out.push_str(&string(&chars, at..chars.len()));
    (out, departments)
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn headings_without_the_kind_of_report() {
        assert_eq!(bare("出張相談の実施状況"), "出張相談");
        assert_eq!(bare("窓口の電子決済の試行の結果"), "窓口の電子決済の試行");
        // Two things, and what would name nothing.
        assert_eq!(bare("収支の状況及び基金の推移"), "収支の状況及び基金の推移");
        assert_eq!(bare("事業の概要"), "事業の概要");
    }
}
