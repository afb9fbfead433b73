//! Spaces: letter-spacing closed up, automatic spacing between scripts closed up, the rest kept as one space.
//!
//! Which spaces carry meaning is told from the words around them, never from their width: normalised text
//! has only single spaces and must come out of a second normalisation unchanged.

use super::fold::Folded;
use crate::chars::{is_hiragana, is_japanese, is_kanji};
use crate::units;
use std::ops::Range;

fn is_space(c: char) -> bool {
    c == ' ' || c == '\t'
}

/// White space of folded text: folding leaves no other.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n')
}

// ---------------------------------------------------------------- letter-spacing

/// What a word of one character is, as far as letter-spacing goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Single {
    Japanese,
    Digit,
    Latin,
}

fn single(c: char) -> Option<Single> {
    match c {
        '0'..='9' => Some(Single::Digit),
        'A'..='Z' => Some(Single::Latin),
        // ー alone is a dash in a table cell as often as a long vowel; within a run it is a vowel.
        _ if is_japanese(c) => Some(Single::Japanese),
        _ => None,
    }
}

/// Closes up words whose letters are set apart (令 和 ５ 年, 納 税 課).
pub(crate) fn close_letter_spacing(text: &mut Vec<Folded>) {
    // Closing the narrow gaps of a run can leave another run; a few rounds settle any real text, and each
    // round removes at least one space.
    while close_once(text) {}
}

fn close_once(text: &mut Vec<Folded>) -> bool {
    if !text.iter().any(|f| is_blank(f.c)) {
        return false;
    }
    let words = words(text);
    if words.len() < 2 || !words.windows(2).any(|w| w.iter().all(|w| w.len() == 1)) {
        return false;
    }
    let kind =
        |w: &Range<usize>| if w.len() == 1 { text.get(w.start).and_then(|f| single(f.c)) } else { None };
    let kinds: Vec<Option<Single>> = words.iter().map(kind).collect();
    let mut closed = vec![false; text.len()];
    let mut any = false;
    let mut from = 0;
    while from < words.len() {
        let run = kinds[from..].iter().take_while(|k| k.is_some()).count();
        if run >= 2 {
            any |= close_run(text, &words, &kinds, from..from + run, &mut closed);
        }
        from += run.max(1);
    }
    if any {
        let mut closed = closed.iter();
        text.retain(|_| !closed.next().copied().unwrap_or(false));
    }
    any
}

/// Words between white space.
fn words(text: &[Folded]) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (i, f) in text.iter().enumerate() {
        match (is_blank(f.c), start) {
            (false, None) => start = Some(i),
            (true, Some(s)) => {
                words.push(s..i);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|s| s..text.len()));
    words
}

/// Marks the gaps of one run of single characters that letter-spacing made.
fn close_run(
    text: &[Folded],
    words: &[Range<usize>],
    kinds: &[Option<Single>],
    mut run: Range<usize>,
    closed: &mut [bool],
) -> bool {
    let char_at = |w: usize| words.get(w).and_then(|r| text.get(r.start)).map_or(' ', |f| f.c);
    // １ 目 的: the first digit numbers the heading.
    let numbered = run.start == 0 && kinds[0] == Some(Single::Digit) && !is_date_kanji(char_at(1));
    if numbered && kinds.get(1).copied().flatten() == Some(Single::Japanese) {
        run.start += 1;
    }
    let whole = (run.start == 0 || numbered && run.start == 1) && run.end == words.len();
    let count = |k: Single| kinds[run.clone()].iter().filter(|x| **x == Some(k)).count();
    let (japanese, digits, latin) = (count(Single::Japanese), count(Single::Digit), count(Single::Latin));
    let ends_in_date = is_date_kanji(char_at(run.end.saturating_sub(1)));
    let closable = match run.len() {
        0 | 1 => false,
        2 => whole && japanese == 2,
        n if latin > 0 => japanese >= 3 && japanese * 2 > n,
        _ => japanese >= 2 || japanese == 1 && digits >= 2 && ends_in_date,
    };
    if !closable {
        return false;
    }
    let gap = |w: usize| words[w].end..words[w + 1].start;
    // Widths beyond this are alike, so that few rounds close any run.
    let width = |w: usize| gap(w).len().min(4);
    let inside = run.start..run.end - 1;
    // A tab parts columns: it is never closed and tells nothing of how far the letters are set apart.
    let may_close = |w: usize| joins(&char_at, kinds, w) && text[gap(w)].iter().all(|f| f.c == ' ');
    let Some(narrow) = inside.clone().filter(|w| may_close(*w)).map(&width).min() else {
        return false;
    };
    let mut close: Vec<bool> = inside.clone().map(|w| may_close(w) && width(w) == narrow).collect();
    if whole && japanese == run.len() {
        take_in_singles(&mut close);
    }
    let mut any = false;
    for w in inside.zip(close).filter(|(_, close)| *close).map(|(w, _)| w) {
        if text[gap(w)].iter().all(|f| f.c == ' ') {
            closed[gap(w)].iter_mut().for_each(|c| *c = true);
            any = true;
        }
    }
    any
}

/// 収 納  課: one character left over at an end belongs to the word; 氏 名  住 所 are two words.
fn take_in_singles(close: &mut [bool]) {
    if let [first, second, ..] = close {
        *first |= *second;
    }
    if let [.., before, last] = close {
        *last |= *before;
    }
}

fn is_date_kanji(c: char) -> bool {
    matches!(c, '年' | '月' | '日')
}

/// Whether the gap after word `w` of a run may be letter-spacing: not between two counted numbers (1 件 2 件)
/// and not between a digit and a character that does not count it.
fn joins(char_at: &impl Fn(usize) -> char, kinds: &[Option<Single>], w: usize) -> bool {
    match (kinds[w], kinds[w + 1]) {
        (Some(Single::Japanese), Some(Single::Digit)) => {
            matches!(
                char_at(w),
                '年' | '月' | '時' | '和' | '成' | '昭' | '治' | '正' | '令' | '平' | '第' | '約' | '計'
            )
        }
        (Some(Single::Digit), Some(Single::Digit)) => {
            // Digits belong together only when a date follows or a date or 第 leads.
            let after = (w + 1..kinds.len()).take(4).find(|i| kinds[*i] != Some(Single::Digit));
            after.is_some_and(|i| {
                kinds[i].is_some() && matches!(char_at(i), '年' | '月' | '日' | '時' | '分' | '回' | '号')
            })
        }
        _ => true,
    }
}

// ---------------------------------------------------------------- other spaces

/// Drops padding and the spaces that typesetting put between scripts; every other gap becomes one space.
pub(crate) fn close_gaps(text: &mut Vec<Folded>) {
    if !text.iter().any(|f| is_space(f.c)) {
        return;
    }
    let room = Vec::with_capacity(text.len());
    let source = std::mem::replace(text, room);
    let mut line = 0; // where the current line begins in `text`
    let mut i = 0;
    while let Some(f) = source.get(i) {
        if f.c == '\n' {
            text.push(*f);
            line = text.len();
        } else if is_space(f.c) {
            let len = source[i..].iter().take_while(|f| is_space(f.c)).count();
            let tab = source[i..i + len].iter().any(|f| f.c == '\t');
            let rest = &source[i + len..];
            let at_edge = text.len() == line || rest.first().is_none_or(|f| f.c == '\n');
            if tab && !at_edge {
                text.push(Folded { c: '\t', at: f.at });
            } else if !at_edge && !is_typography(&text[line..], rest) {
                text.push(Folded { c: ' ', at: f.at });
            }
            i += len;
            continue;
        } else {
            text.push(*f);
        }
        i += 1;
    }
}

/// Whether the gap between `before` (this line, already closed up) and `after` is mere typography.
fn is_typography(before: &[Folded], after: &[Folded]) -> bool {
    let (Some(l), Some(r)) = (before.last().map(|f| f.c), after.first().map(|f| f.c)) else { return false };
    match (l, r) {
        _ if is_japanese(l) && r.is_ascii_alphabetic() => before.len() > 1,
        _ if is_japanese(l) && r.is_ascii_digit() => closes_before_number(before, after),
        _ if l.is_ascii_digit() && matches!(r, '%' | '‰') => true,
        _ if l.is_ascii_alphanumeric() && is_japanese(r) => closes_after_word(before, after),
        _ => false,
    }
}

/// RPA 及び → RPA及び, 1,000 件 → 1,000件; but not after an enumerator or a year (1 目的, Ⅱ 概要, R4 実績).
fn closes_after_word(before: &[Folded], after: &[Folded]) -> bool {
    let word = before
        .iter()
        .rev()
        .take_while(|f| f.c.is_ascii_alphanumeric() || matches!(f.c, '.' | ',' | '-' | '/'));
    let word: Vec<char> = word.map(|f| f.c).collect::<Vec<_>>().into_iter().rev().collect();
    let leads = word.len() == before.len();
    if word.iter().any(char::is_ascii_alphabetic) {
        let roman = word.iter().all(|c| matches!(c, 'I' | 'V' | 'X' | 'i' | 'v' | 'x'));
        let enumerates = leads && (word.len() == 1 || roman || word.iter().any(|c| c.is_ascii_digit()));
        return !enumerates && !is_era_word(&word);
    }
    let rest: Vec<char> = after.iter().take(16).map(|f| f.c).collect();
    // 6 月 as the whole of a cell; 3 月例会の記録 is a heading with its number.
    let whole = rest.get(1).is_none_or(|c| !is_kanji(*c));
    if (!leads || whole) && is_calendar(&word, &rest) {
        return true;
    }
    if leads {
        // 412,000 食: no enumerator is as long.
        let long = word.contains(&',') || word.len() == 3 && word.iter().all(char::is_ascii_digit);
        return counts(&rest) && (long || rest.first().is_some_and(|c| is_pure_counter(*c)));
    }
    counts(&rest) || rest.first().is_some_and(|c| is_hiragana(*c))
}

/// A year, month or day (12 月, 5 日現在): the number fits it and it is no part of another word (12 日本語).
fn is_calendar(number: &[char], rest: &[char]) -> bool {
    let Ok(n) = number.iter().collect::<String>().parse::<u16>() else { return false };
    match (rest.first(), rest.get(1)) {
        (Some('月'), Some('曜' | '例' | '額' | '収' | '間'))
        | (Some('日'), Some('本' | '曜' | '程' | '常')) => false,
        // 表1 月別の件数, 図2 年度別の推移: the number of the table.
        (Some('年' | '月' | '日'), Some('別' | '次' | '平')) => false,
        (Some('年'), Some('度')) if rest.get(2) == Some(&'別') => false,
        (Some('年'), Some('齢' | '金' | '末')) => false,
        (Some('年'), _) => n <= 2200,
        (Some('月'), _) => (1..=12).contains(&n),
        (Some('日'), _) => (1..=31).contains(&n),
        _ => false,
    }
}

/// Counters that are not nouns of their own: at the head of a line 2 事業の実施 is a heading, 2 件の申請 a count.
fn is_pure_counter(c: char) -> bool {
    "件名人台回校社個円倍歳枚本冊匹棟戸年月日時分秒か箇ヶ週万億兆千百".contains(c)
}

/// R5, H30.4, S62: a year in letters.
fn is_era_word(word: &[char]) -> bool {
    matches!(word, ['R' | 'H' | 'S' | 'T' | 'M', rest @ ..] if !rest.is_empty() && rest.iter().all(|c| c.is_ascii_digit() || *c == '.'))
}

/// Whether a unit stands at the start of `rest` as a word of its own, not as the head of a longer noun
/// (2 部会の設置 is a heading, 2 部を配布 a count).
fn counts(rest: &[char]) -> bool {
    let scale = rest.iter().take_while(|c| matches!(c, '万' | '億' | '兆' | '千' | '百')).count();
    let rest = rest.get(scale..).unwrap_or_default();
    if scale > 0 && rest.first().is_none_or(|c| !is_kanji(*c)) {
        return true;
    }
    units::matches(rest).any(|(len, _)| ends_word(rest, len))
}

/// Whether the unit of `len` characters at the start of `rest` ends there.
pub(crate) fn ends_word(rest: &[char], len: usize) -> bool {
    let (Some(last), after) = (rest.get(len.saturating_sub(1)), rest.get(len..).unwrap_or_default()) else {
        return false;
    };
    let Some(next) = after.first() else { return true };
    let same_script = is_kanji(*last) && is_kanji(*next)
        || crate::chars::is_katakana(*last) && crate::chars::is_katakana(*next)
        || last.is_ascii_alphabetic() && next.is_ascii_alphanumeric();
    !same_script || units::after_unit(after).is_some()
}

/// 約 16 億円 → 約16億円; but 655回 3,365名 stays apart, and so does a number that nothing follows (別紙 1).
fn closes_before_number(before: &[Folded], after: &[Folded]) -> bool {
    let digits = after.iter().take_while(|f| f.c.is_ascii_digit() || matches!(f.c, '.' | ',')).count();
    let mut rest = after.get(digits..).unwrap_or_default();
    let spaced = rest.first().is_some_and(|f| f.c == ' ');
    while rest.first().is_some_and(|f| f.c == ' ') {
        rest = &rest[1..];
    }
    let rest: Vec<char> = rest.iter().take(16).map(|f| f.c).collect();
    let next = rest.first().copied().unwrap_or('\n');
    let number: Vec<char> = after.iter().take(digits).map(|f| f.c).collect();
    let word = matches!(next, '%' | '‰') || counts(&rest) || is_calendar(&number, &rest);
    let follows = word || is_japanese(next) && (!spaced || is_hiragana(next));
    follows && !is_counted(before, next)
}

/// Whether `before` ends in a number with its unit (655回, 1,000件以上), which what follows does not continue
/// as a date (令和5年 3月) or number (1億 2,000万).
fn is_counted(before: &[Folded], next: char) -> bool {
    let tail: Vec<char> =
        before.iter().rev().take_while(|f| is_japanese(f.c)).take(10).map(|f| f.c).collect();
    let tail: Vec<char> = tail.into_iter().rev().collect();
    let digit = before
        .len()
        .checked_sub(tail.len() + 1)
        .and_then(|i| before.get(i))
        .is_some_and(|f| f.c.is_ascii_digit() || f.c == '元');
    if !digit || tail.iter().all(|c| matches!(c, '万' | '億' | '兆' | '千' | '百')) {
        return false;
    }
    // 10月から 11 月まで: a particle ended what was counted, the sentence goes on.
    if tail.last().is_some_and(|c| is_hiragana(*c)) {
        return false;
    }
    let continues = matches!(
        (tail.as_slice(), next),
        (['年'], '月') | (['月'], '日') | (['年', '度'], '月') | (['時'], '分') | (['分'], '秒')
    );
    if continues {
        return false;
    }
    units::matches(&tail).any(|(len, _)| len == tail.len() || units::after_unit(&tail[len..]).is_some())
        || matches!(tail.as_slice(), ['年', '度', ..] | ['月' | '時', ..])
}

#[cfg(test)]
mod tests {
    use crate::normalise;

    fn n(raw: &str) -> String {
        let (text, map) = normalise(raw);
        assert_eq!(text.chars().count(), map.len());
        assert!(map.is_sorted());
        assert_eq!(normalise(&text).0, text, "not idempotent");
        text
    }

    #[test]
    fn months_and_days_close_up_at_the_head_of_a_text() {
        assert_eq!((n("6 月").as_str(), n("12 月 3 日").as_str()), ("6月", "12月3日"));
        assert_eq!(n("3 月例会の記録"), "3 月例会の記録");
        assert_eq!(n("表1 月別の件数"), "表1 月別の件数");
        assert_eq!(n("図2 年度別の推移"), "図2 年度別の推移");
    }

    #[test]
    fn letter_spacing_closes() {
        assert_eq!(n("令 和 ５ 年 ９ 月 2 9 日 "), "令和5年9月29日");
        assert_eq!(n("納 税 課"), "納税課");
        assert_eq!(n("納　税　課　共通納税"), "納税課 共通納税");
        assert_eq!(n("2 9 日"), "29日");
        assert_eq!(n("対　　　　象"), "対象");
        assert_eq!(n("氏 名　　住 所"), "氏名 住所");
        assert_eq!(n("教 育 セ ン タ ー"), "教育センター");
        assert_eq!(n("１ 目 的"), "1 目的");
        assert_eq!(n("収 納  課"), "収納課");
        assert_eq!(n("収　　納 課"), "収納課");
        // A tab is no narrower gap than the others.
        assert_eq!(n("- ー\t年  年"), "- ー\t年年");
        assert_eq!(n("環 境 課　　係"), "環境課係");
    }

    #[test]
    fn dates_with_automatic_spacing_close() {
        assert_eq!(n("令和 7 年 12 月 5 日（金）"), "令和7年12月5日(金)");
        assert_eq!(n("令和７年 12 月に導入"), "令和7年12月に導入");
        assert_eq!(n("平成 31 年 4 月 1 日現在の人口"), "平成31年4月1日現在の人口");
        assert_eq!(n("令和５年 10 月から 11 月まで"), "令和5年10月から11月まで");
        assert_eq!(n("対応 12 日本語版"), "対応 12 日本語版");
        assert_eq!(n("655回 12 月"), "655回 12月");
    }

    #[test]
    fn what_is_no_letter_spacing_stays() {
        for s in [
            "R4 655回 3,365名",
            "R5 2回 10名",
            "30名 250名",
            "open data of the city",
            "20 2 3 13 2",
            "〇 〇 教室",
            "1 件 2 件",
        ] {
            let want = s.replace("1 件 2 件", "1件 2件");
            assert_eq!(n(s), want);
        }
        assert_eq!(n("R4　655回　3,365名"), "R4 655回 3,365名");
        assert_eq!(n("月に 1 回 2 名"), "月に1回 2名");
    }

    #[test]
    fn automatic_spacing_closes() {
        assert_eq!(n("RPA 及び AI-OCR の 1,000 件以上"), "RPA及びAI-OCRの1,000件以上");
        assert_eq!(n("区と NPO 法人"), "区とNPO法人");
        assert_eq!(n("約 16 億円を要する"), "約16億円を要する");
        assert_eq!(n("累計 5,000 台)"), "累計5,000台)");
        assert_eq!(n("件の 54 手続を優先度Ａ、10～99 件の"), "件の54手続を優先度A、10～99件の");
        assert_eq!(n("令和 ５ 年 ９ 月 29 日"), "令和5年9月29日");
        assert_eq!(n("85 ％"), "85%");
        assert_eq!(n("申請数 1,000 件以上 20 2 3 13 2"), "申請数1,000件以上 20 2 3 13 2");
    }

    #[test]
    fn enumerators_stay_apart() {
        assert_eq!(n("２ 部会の設置及び運営"), "2 部会の設置及び運営");
        assert_eq!(n("１ 令和５年度 区の取組"), "1 令和5年度 区の取組");
        assert_eq!(n("Ⅱ 概要"), "II 概要");
        assert_eq!(n("施策16 高齢者の支援"), "施策16 高齢者の支援");
        assert_eq!(n("別紙 1 のとおり"), "別紙1のとおり");
    }

    #[test]
    fn forms() {
        assert_eq!(n("①⑴㊤※１〇○◯～〜"), "①⑴㊤※1〇○◯～〜");
        assert_eq!(n("308³件、手続¹⁾、⁽²⁾受付¹２３件"), "308※3件、手続※1、※2受付※1 23件");
        // An invisible character between two marks does not keep them in the wrong order.
        assert_eq!(n("\u{1dc0}\u{fe00}\u{1cd4}"), n(&n("\u{1dc0}\u{fe00}\u{1cd4}")));
        assert_eq!(n("500m²、10㎡、注¹・²"), "500m2、10m2、注※1・※2");
        assert_eq!(n("㍿㈱"), "株式会社(株)");
        assert_eq!(n("⽇⺠⻑"), "日民長");
        assert_eq!(n("ﾃﾞｼﾞﾀﾙ ｶﾊﾟ"), "デジタル カパ");
        assert_eq!(n("は\u{3099}て\u{200B}な"), "ばてな");
    }
}
