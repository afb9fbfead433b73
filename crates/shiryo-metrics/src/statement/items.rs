//! What a line or item is of by the words that it begins with.

use super::chars;
use super::phrase;
use super::sentence::Sentence;
use super::{status_words, topic, words};
use crate::Draft;
use shiryo_model::Status;
use std::ops::Range;

/// The name that a line begins with, set apart from what it tells (・物資輸送訓練 倉庫3か所から…).
pub(super) fn leading_name(chars: &[char], line: &[Range<usize>]) -> Option<String> {
    const LONGEST: usize = 24;
    /// What is told of the name.
    const SHORTEST: usize = 8;
    let (first, last) = (line.first()?, line.last()?);
    let start = first.start + super::bullets(chars.get(first.clone())?);
    let blank =
        (start..last.end.min(start + LONGEST)).find(|&i| matches!(chars.get(i), Some(' ' | ':' | '：')))?;
    let name = chars::string(chars, start..blank);
    let told = chars::string(chars, blank + 1..last.end);
    let told = told.trim_start();
    let plain = |c: char| c.is_alphabetic() && !"はがを".contains(c) || "・ー&()「」".contains(c);
    let bare = topic::clean(&name);
    let known = words::is_generic(&bare)
        || words::is_generic_heading(&bare)
        || words::is_role(&bare)
        || words::is_action(&bare)
        || words::names_quantity(&bare) && !leads_quantity(told)
        || status_words::is_status_word(&bare)
        || crate::outline::headings::names_circumstance(&format!("{name} x"))
        || crate::outline::headings::is_key(&bare) && !leads_quantity(told);
    let closed = !name.ends_with(|c: char| "にでともへたるいてく".contains(c));
    let named = closed
        && name.chars().count() >= 3
        && name.chars().all(plain)
        && !name.contains("について")
        && !known;
    let tells = told.chars().count() >= SHORTEST
        && told.contains(|c: char| c.is_ascii_digit())
        && !told.starts_with(|c: char| "→=:>".contains(c));
    // 令和6年度 … : a time; a row of a table that lost its form holds blanks all along.
    (named && tells && topic::is_name(&bare) && told.matches(' ').count() <= 3).then_some(bare)
}

/// 団員数 定員780人に対し…: whether the words behind a name begin with the name of another quantity.
fn leads_quantity(told: &str) -> bool {
    let name: String = told.trim_start().chars().take_while(|c| chars::is_kanji(*c)).collect();
    let figure =
        told.trim_start().chars().nth(name.chars().count()).is_some_and(|c| c.is_ascii_digit() || c == ' ');
    let sum = ["平均", "累計", "延べ", "合計"].iter().any(|w| name.contains(w));
    figure && !sum && (2..=6).contains(&name.chars().count()) && words::names_quantity(&name)
}

/// What a sentence without a topic begins with as its object (学習用端末を120台から200台に増設した。): what the rest of the
/// passage tells.
pub(super) fn leading_object(s: &Sentence) -> Option<String> {
    const LONGEST: usize = 40;
    const LONGEST_NAME: usize = 26;
    let wo = s.chars.iter().take(LONGEST).position(|c| *c == 'を').filter(|&i| s.paren_of(i).is_none())?;
    let range = phrase::chain(s, wo, 0);
    let lead = s.without_time(0..wo).start;
    let counted = s.quantities().any(|(_, m, _)| m.chars.start < range.end && range.start < m.chars.end);
    let words = topic::clean(&s.words(range.clone()));
    let named = (5..=LONGEST_NAME).contains(&words.chars().count()) && topic::is_name(&words);
    if range.start > lead || counted || !named {
        return None;
    }
    let weak =
        words::is_generic(&words) || words::names_quantity(&words) || words::is_generic_heading(&words);
    // Reasons and aims (…の向上を図り、) are told before what is done.
    const AIMS: [&str; 10] = ["図", "目的", "踏まえ", "受け", "含", "除", "通じ", "目指", "見込", "契機"];
    let aim = words::action_ending(&words).is_some() || chars::begins_any(s.chars, wo + 1, &AIMS).is_some();
    // 効果を検証するため、…
    let clause: String = s.chars.iter().skip(wo).take_while(|c| !matches!(c, '、' | '。')).collect();
    let aim = aim || ["ため", "よう", "べく", "ように"].iter().any(|w| clause.ends_with(w));
    (!weak && !aim).then_some(words)
}

/// The thing that a passage's first sentence begins with as its topic (手数料の電子決済は、窓口を6か所増やした。決済件数は…).
pub(super) fn leading_topic(s: &Sentence) -> Option<String> {
    const LONGEST: usize = 24;
    let wa = s
        .chars
        .iter()
        .take(LONGEST + 1)
        .position(|c| *c == 'は')
        .filter(|&i| i >= 4 && s.paren_of(i).is_none())?;
    let range = phrase::chain(s, wa, 0);
    let counted = s.quantities().any(|(_, m, _)| m.chars.start < wa);
    let timed = s.times().any(|(m, _)| m.chars.start < wa);
    let words = topic::clean(&s.words(range.clone()));
    let weak = words::is_generic(&words)
        || words::names_quantity(&words)
        || words::is_generic_heading(&words)
        || words::is_role(words.rsplit('の').next().unwrap_or(&words))
        || super::owner::is_common(&words);
    let acts = [
        "市", "区", "町", "村", "県", "国", "省", "庁", "課", "部", "局", "議会", "者", "人", "員", "率",
        "こと", "もの", "の",
    ];
    let told =
        words.chars().count() >= 4 && topic::is_name(&words) && !acts.iter().any(|w| words.ends_with(w));
    // 証紙は廃止した。…: what follows is of something else.
    let ends = ["廃止", "終了", "停止"].iter().any(|w| s.text.contains(w));
    let plain = !words.contains(['「', '『']) && !ends;
    (range.start == 0 && !counted && !timed && !weak && told && plain).then_some(words)
}

/// The name that the first figure of an item was told of, where the item begins with it (照明の交換1,040灯を終えた。…).
pub(super) fn leading_subject(line: &[char], drafts: &[Draft]) -> Option<String> {
    let first = drafts.first().filter(|d| d.rule.contains(".noun."))?;
    let begins = chars::begins(line, 0, &first.subject).is_some();
    let named = first.subject.chars().count() >= 4 && !words::is_generic(&first.subject);
    (begins && named).then(|| first.subject.clone())
}

/// How many characters number an answer (A3 …); A4用紙 is a size of paper.
fn answer_number(words: &[char]) -> usize {
    const SIZES: [&str; 7] = ["用紙", "サイズ", "判", "版", "カラー", "縦", "横"];
    let digits = words.iter().skip(1).take_while(|c| c.is_ascii_digit()).count();
    let led = words.first() == Some(&'A') && (1..=2).contains(&digits);
    let at = 1 + digits;
    let end = (at..words.len())
        .find(|&i| !matches!(words.get(i), Some(' ' | '\u{3000}' | ':' | '：' | '.')))
        .unwrap_or(at);
    let told = words.len() > end + 8 && words.get(end).is_some_and(|c| c.is_alphanumeric());
    if led && told && end > at && chars::begins_any(words, end, &SIZES).is_none() { end } else { 0 }
}

/// The key that a line begins with and what it says of all that the line tells (KPI 年間削減時間 15,000時間, 目 標 利用者数25人、収支率12%):
/// how many characters it takes up.
pub(super) fn leading_key(words: &[char]) -> Option<(usize, Status)> {
    const KEYS: [(&str, Status); 10] = [
        ("KPI", Status::Target),
        ("目標", Status::Target),
        ("数値目標", Status::Target),
        ("成果目標", Status::Target),
        ("年度目標", Status::Target),
        ("目標値", Status::Target),
        ("年間目標", Status::Target),
        ("本年度目標", Status::Target),
        ("今年度目標", Status::Target),
        ("当年度目標", Status::Target),
    ];
    let mark = |c: &char| matches!(c, ' ' | '\u{3000}' | ':' | '：');
    // 目 標: a word of two letters set apart.
    let apart = words.get(1).is_some_and(mark) && !words.get(2).is_some_and(mark);
    // KPI 会議録の作成時間: blanks between scripts are gone.
    let latin =
        chars::begins(words, 0, "KPI").filter(|&end| words.get(end).is_some_and(|c| chars::is_kanji(*c)));
    let length = if apart { 3 } else { latin.or_else(|| words.iter().position(mark))? };
    let key: String = words.get(..length)?.iter().filter(|c| !mark(c)).collect();
    let status = KEYS.iter().find(|(k, _)| *k == key)?.1;
    let behind = words.get(length..)?.iter().take_while(|c| mark(c)).count();
    let rest: String = words.get(length + behind..)?.iter().collect();
    // KPI全32項目のうち
    let latin = latin.filter(|_| !rest.starts_with(['全', '数', '達']));
    // 目標 60% → 実績 63.4%: a key of one value among others.
    let other = ["実績", "現状", "結果", "→", "⇒", "/"].iter().any(|w| rest.contains(w));
    let named =
        rest.chars().next().is_some_and(|c| chars::is_kanji(c) || c.is_alphanumeric() && !c.is_ascii_digit())
            || rest.starts_with(['1', '一']) && ["当たり", "あたり"].iter().any(|w| rest.contains(w));
    ((behind > 0 || apart || latin.is_some()) && named && !other).then_some((length + behind, status))
}

/// How many characters of a sentence only say that it answers or asks, and who does: 答弁:…, 答(総務部長) …, 問 ….
pub(super) fn answer_lead(words: &[char]) -> usize {
    const MARKS: [&str; 8] = ["答弁", "回答", "答え", "答", "質疑", "質問", "問", "Q"];
    const LONGEST: usize = 16;
    let numbered = answer_number(words);
    if numbered > 0 {
        return numbered;
    }
    // 【理事者】昨年4月に…
    const SPEAKERS: [&str; 8] = [
        "【理事者】",
        "【委員】",
        "【執行部】",
        "【答弁】",
        "【回答】",
        "【議員】",
        "【当局】",
        "【事務局】",
    ];
    if let Some(end) = chars::begins_any(words, 0, &SPEAKERS) {
        return end;
    }
    let Some(mark) = chars::begins_any(words, 0, &MARKS) else { return 0 };
    let close = (mark..words.len().min(LONGEST)).find(|&i| words.get(i) == Some(&')'));
    let who = close.filter(|_| words.get(mark) == Some(&'('));
    let end = who.map_or(mark, |close| close + 1);
    match words.get(end) {
        Some(':' | '：' | ' ' | '\u{3000}') => end + 1,
        _ if who.is_some() => end,
        _ => 0,
    }
}
