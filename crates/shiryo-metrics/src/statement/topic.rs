//! What a sentence is about.

use super::chars::{ends_any, is_hiragana, string};
use super::phrase;
use super::sentence::Sentence;
use super::words::{is_generic, is_generic_heading, names_quantity};
use crate::letters::Words;
use std::borrow::Cow;
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
        let counted = |r: &Range<usize>| kept.iter().any(|k| k.start < r.end && r.start < k.end);
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
            let filler = s.chars.get(i).is_some_and(|c| "、 約計でにの".contains(*c)).then_some(i + 1);
            match time.or(rate).or(filler) {
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
    let behind_kana = i.checked_sub(1).and_then(|b| c.get(b)).is_some_and(|x| is_hiragana(*x));
    let particle = ends_any(c, i + 1, &BEFORE_WA).is_some()
        || ends_any(c, i, &["など", "こと", "もの", "み", "り", "け", "き", "し", "ほか", "ため"]).is_some();
    let word = ["はじめ", "はず", "はか", "はい"].iter().any(|w| super::chars::begins(c, i, w).is_some());
    (!behind_kana || particle) && !word
}

/// A heading's or title's name without the kind of report that it is (出張相談の実施状況 → 出張相談).
pub(crate) fn bare(heading: &str) -> &str {
    const KINDS: [&str; 14] = [
        "状況",
        "推移",
        "概要",
        "概況",
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
    let Some((name, kind)) = heading.rsplit_once('の') else { return heading };
    // 実施状況, 検証結果: a doing before it.
    let known = KINDS.iter().find_map(|k| kind.strip_suffix(k)).is_some_and(|doing| {
        doing.is_empty()
            || super::words::action_ending(doing).is_some_and(|a| a == doing)
            || is_generic(doing)
    });
    let several = ["及び", "並びに", "および", "、", "と"].iter().any(|w| name.contains(w));
    let named = name.chars().count() >= 3 && !is_generic_heading(name) && !names_quantity(name);
    if known && named && !several { name } else { heading }
}

/// A phrase without footnote marks.
fn without_marks(phrase: &str) -> Cow<'_, str> {
    if !phrase.contains('※') {
        return phrase.into();
    }
    let mut out = String::with_capacity(phrase.len());
    let mut chars = phrase.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '※' {
            while chars.next_if(char::is_ascii_digit).is_some() {}
        } else {
            out.push(c);
        }
    }
    out.into()
}

/// A phrase without footnote marks, outer punctuation and the unit in charge before it.
pub(crate) fn clean(phrase: &str) -> String {
    let out = without_marks(phrase);
    let out = if out.contains("()") { out.replace("()", "").into() } else { out };
    let mut letters = out.chars();
    if let (Some(a), Some(' '), Some(b), None) =
        (letters.next(), letters.next(), letters.next(), letters.next())
    {
        return format!("{a}{b}");
    }
    // 火災…2件, ［男：…／女：…］: leaders and brackets set words apart from their figures.
    let trim = |c: char| c.is_whitespace() || "、。・:;,/●○〇■□◆◇▼…[]〔〕⇒→➡⇨".contains(c);
    let out = out.trim_matches(trim).trim_end_matches("...").trim_start_matches(['-', '*']);
    let out = ["について", "並びに", "及び"].iter().find_map(|w| out.strip_suffix(w)).unwrap_or(out);
    let out = [
        "また",
        "なお",
        "さらに",
        "そこから",
        "そこで",
        "しかし",
        "すると",
        "そして",
        "のうち",
        "このうち",
        "そのうち",
        "このため",
        "そのため",
        "一方",
        "及び",
        "等の",
        "を除いた",
        "を除く",
    ]
    .iter()
    .fold(out, |o, w| o.strip_prefix(w).map_or(o, |r| r.trim_start_matches('、')));
    // 勘定では保険給付費: the inner topic is the one.
    let out = out.rsplit_once("では").filter(|(_, r)| r.chars().count() >= 2).map_or(out, |(_, r)| r);
    // 市民部長 窓口の件数: who speaks.
    let speaker = out.split_once(' ').filter(|(who, rest)| {
        let offices = ["部長", "課長", "局長", "室長", "市長", "区長", "町長", "村長", "議員", "委員"];
        !rest.is_empty() && offices.iter().any(|o| who.ends_with(o))
    });
    let out = speaker.map_or(out, |(_, rest)| rest);
    // 国によると普及率: who says so stands before.
    let out = ["によると", "によれば"]
        .iter()
        .find_map(|w| out.rsplit_once(w))
        .map(|(_, r)| r.trim_start_matches('、'))
        .filter(|r| !r.is_empty())
        .unwrap_or(out);
    // 前年度と比較して歳入: what is compared with stands before.
    let compared =
        ["のに対して", "のに対し", "と比較して", "と比較すると", "と比べて", "に比べて", "と比べると"];
    let out = compared
        .iter()
        .find_map(|w| out.rsplit_once(w))
        .filter(|(_, r)| !r.is_empty())
        .map_or(out, |(_, r)| r);
    let out =
        ["比べて", "比べ", "比較して", "対して"].iter().find_map(|w| out.strip_prefix(w)).unwrap_or(out);
    let out = out.strip_prefix("における").unwrap_or(out);
    // 定員各10名: each of them.
    let out = out.strip_suffix('各').filter(|r| r.chars().count() >= 2).unwrap_or(out);
    let out = out.trim_start_matches('、');
    let out = out.strip_prefix("現在の").filter(|r| r.chars().count() >= 2).unwrap_or(out);
    // 情報の中から: those that were chosen from.
    let out = out.strip_suffix("の中").filter(|r| r.chars().count() >= 2).unwrap_or(out);
    // も国庫支出金, は高齢者の数: the particle closes what a time was taken from.
    let out = out
        .strip_prefix(['は', 'も', 'が', 'に', 'へ', 'の', 'で'])
        .filter(|r| !r.starts_with(is_hiragana))
        .filter(|r| !r.is_empty())
        .unwrap_or(out);
    // この差引額から繰越金を除いた単年度収支: what is left is named.
    let less = ["を除いた", "を差し引いた", "を加えた", "を控除した"];
    let out = less
        .iter()
        .find_map(|w| out.rsplit_once(w))
        .map_or(out, |(_, r)| if r.chars().count() >= 2 { r } else { out });
    // 導入した案内システム: that it was introduced says nothing of which it is.
    const BEGUN: [&str; 12] =
        ["導入", "開設", "設置", "整備", "更新", "開始", "運用", "作成", "改修", "構築", "新設", "配備"];
    const NAMED: usize = 5;
    let begun = BEGUN
        .iter()
        .find_map(|w| out.strip_prefix(w))
        .and_then(|r| ["した", "している", "する"].iter().find_map(|v| r.strip_prefix(v)));
    let out = begun.filter(|r| r.chars().count() >= NAMED).unwrap_or(out);
    // (前年度5,125時間)電子決裁率, (参考)町営バス: a bracket that leads belongs to what stands before; (仮称)… is a name's.
    let led = out.strip_prefix('(').and_then(|r| r.split_once(')')).filter(|(inner, rest)| {
        !inner.contains('(') && inner.chars().count() >= 2 && *inner != "仮称" && rest.chars().count() >= 2
    });
    let out = led.map_or(out, |(_, rest)| rest.trim_start_matches(['の', ' ']));
    // これによる削減時間: what was spoken of.
    let out = ["これによる", "これらの", "それによる", "これに伴う", "これに対し"]
        .iter()
        .find_map(|w| out.strip_prefix(w))
        .filter(|r| r.chars().count() >= 2)
        .unwrap_or(out);
    // 受付件数ベースの利用率: by what it was reckoned.
    let out = out.split_once("ベースの").map(|(_, r)| r).filter(|r| r.chars().count() >= 2).unwrap_or(out);
    // 目標額19億円|に対する進捗率: what it is set against has a number of its own.
    let out = out.strip_prefix("対する").filter(|r| !r.is_empty()).unwrap_or(out);
    // を差し引いた実質収支: the verb's object was cut off.
    let cut = out.strip_prefix('を').and_then(|o| o.split_once(['た', 'る'])).filter(|(verb, rest)| {
        verb.chars().count() <= 6 && rest.chars().count() >= 2 && !rest.starts_with(is_hiragana)
    });
    let out = cut.map_or(out, |(_, rest)| rest);
    // 決算書107ページの27.…: where it is told.
    let out = out.split_once("ページの").filter(|(_, rest)| !rest.is_empty()).map_or(out, |(_, rest)| rest);
    let digits = out.chars().take_while(char::is_ascii_digit).count();
    let numbered =
        out.get(digits..).and_then(|rest| rest.strip_prefix('.')).filter(|_| (1..=2).contains(&digits));
    let out = numbered.filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(out);
    // 、以下窓口12件: those that follow in order.
    let out = match out.strip_prefix("以下") {
        Some(rest) if !rest.starts_with(|c: char| "のに、はを".contains(c)) && !rest.is_empty() => rest,
        _ => out,
    };
    // A lone bracket is the rest of a name cut in two.
    let balanced = [('(', ')'), ('「', '」'), ('【', '】')]
        .iter()
        .all(|(o, c)| out.matches(*o).count() == out.matches(*c).count());
    let out = if balanced { out.to_owned() } else { out.replace(['(', ')', '「', '」', '【', '】'], "") };
    out.trim_matches(trim).to_owned()
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
    use super::{bare, clean};

    #[test]
    fn headings_without_the_kind_of_report() {
        assert_eq!(bare("出張相談の実施状況"), "出張相談");
        assert_eq!(bare("窓口の電子決済の試行の結果"), "窓口の電子決済の試行");
        // Two things, and what would name nothing.
        assert_eq!(bare("収支の状況及び基金の推移"), "収支の状況及び基金の推移");
        assert_eq!(bare("事業の概要"), "事業の概要");
    }

    #[test]
    fn what_a_cut_clause_leaves_before_the_noun_goes() {
        assert_eq!(clean("を除いた単年度収支"), "単年度収支");
        assert_eq!(clean("なお、実質収支"), "実質収支");
    }
}
