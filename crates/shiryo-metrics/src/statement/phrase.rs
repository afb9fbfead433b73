//! Noun phrases around a position.

use super::chars::{begins_any, ends, ends_any, is_hiragana, is_kanji, is_noun};
use super::sentence::Sentence;
use std::ops::Range;

/// Phrases longer than this are not subjects.
const LONGEST: usize = 90;

/// Endings of verbs that stand inside nouns (取り組み, 手続き, 申し込み, 受け付け, 問い合わせ).
const OKURIGANA: [&str; 28] = [
    "かせ",
    "り",
    "み",
    "き",
    "け",
    "い",
    "え",
    "れ",
    "せ",
    "わせ",
    "ち",
    "び",
    "げ",
    "ね",
    "め",
    "じ",
    "ぎ",
    "べ",
    "りまとめ",
    "らし",
    "まい",
    "がい",
    "やすさ",
    "かし",
    "かり",
    "わり",
    "まり",
    "がり",
];

/// Hiragana that ends a word before a noun: particles, verbs, adverbs.
const BOUNDARY_WORDS: [&str; 26] = [
    "より",
    "から",
    "まで",
    "など",
    "ほか",
    "として",
    "ごと",
    "ため",
    "もの",
    "こと",
    "とき",
    "うち",
    "ほど",
    "だけ",
    "のみ",
    "ながら",
    "つつ",
    "あり",
    "おり",
    "なり",
    "とおり",
    "あたり",
    "わたり",
    "ばかり",
    "ひとつ",
    "および",
];

/// Last characters of particles, verbs and adjectives.
const BOUNDARY_CHARS: &str = "はがをにでとへもやのなてたるうくいずばしかれだすむぬえけ";

/// What joins a noun to the one it belongs to, longest first.
const CONNECTORS: [&str; 21] = [
    "における",
    "に対する",
    "に関する",
    "に係る",
    "にかかる",
    "による",
    "についての",
    "に向けた",
    "のための",
    "向けの",
    "などの",
    "からの",
    "までの",
    "での",
    "への",
    "との",
    "など",
    "の",
    "な",
    "用の",
    "ごとの",
];

/// What sets nouns beside each other.
const COORDINATORS: [&str; 9] =
    ["及び", "および", "並びに", "ならびに", "又は", "または", "若しくは", "や", "と"];

/// Where the single noun that ends at `end` begins, not before `floor`; `end` itself when there is none.
pub(super) fn noun_start(s: &Sentence, end: usize, floor: usize) -> usize {
    let c = s.chars;
    let mut i = end;
    while i > floor {
        let Some(&prev) = c.get(i - 1) else { break };
        if matches!(prev, ')' | '」' | '』' | '】' | '》' | '〉') {
            match s.open_of(i - 1) {
                Some(open) if open >= floor => i = open,
                _ => break,
            }
        } else if is_noun(prev) || prev == ' ' && i < end && between_latin(c, i - 1) {
            i -= 1;
        } else if is_hiragana(prev) {
            let whole = s.noun_at(i - 1).filter(|n| n.0 >= floor && n.1 >= i).map(|n| n.0);
            match whole.or_else(|| inside_noun(s, i, end, floor)) {
                Some(start) => i = start,
                None => break,
            }
        } else {
            break;
        }
    }
    // みのり園芸支援事業 2,000万円: a line that begins with a name in hiragana.
    if i > 0 && i <= 4 && i < end && floor == 0 && c.iter().take(i).all(|x| is_hiragana(*x)) {
        let word: String = c.iter().take(i).collect();
        let leads = [
            "その",
            "この",
            "うち",
            "また",
            "なお",
            "まず",
            "さらに",
            "ただし",
            "および",
            "ほか",
            "あと",
            "のべ",
        ];
        let named = i >= 2
            && !leads.contains(&word.as_str())
            && !word.ends_with(['は', 'が', 'を', 'に', 'の', 'で', 'と']);
        i = if named { 0 } else { i };
    }
    // A bracket by itself belongs to what stood before it: 3園(定員210名)及び….
    if c.get(i) == Some(&'(') && s.close_of(i).is_some_and(|close| close + 1 == end) {
        return end;
    }
    // 前年度に比べ歳入: the verb before belongs to another clause.
    let verbs = [
        "比べ",
        "加え",
        "伴い",
        "続き",
        "次ぎ",
        "除き",
        "含め",
        "併せ",
        "合わせ",
        "応じ",
        "通じ",
        "対し",
        "限り",
    ];
    if ends_any(c, i, &["に", "と", "を"]).is_some()
        && let Some(behind) = begins_any(c, i, &verbs).filter(|b| *b < end)
    {
        i = behind;
    }
    // A noun does not begin with a joiner.
    while i < end && c.get(i).is_some_and(|x| matches!(x, '・' | '-' | '/' | '→' | '～' | '.' | '+' | 'ー'))
    {
        i += 1;
    }
    i
}

fn between_latin(c: &[char], blank: usize) -> bool {
    let latin = |i: Option<usize>| i.and_then(|i| c.get(i)).is_some_and(char::is_ascii_alphanumeric);
    latin(blank.checked_sub(1)) && latin(Some(blank + 1))
}

/// Where the hiragana that ends at `i` begins, if it is part of the noun that goes on behind it.
fn inside_noun(s: &Sentence, i: usize, end: usize, floor: usize) -> Option<usize> {
    let c = s.chars;
    let run = (floor..i).rev().take_while(|&k| c.get(k).is_some_and(|x| is_hiragana(*x))).last()?;
    let before = run.checked_sub(1).filter(|b| *b >= floor).and_then(|b| c.get(b));
    let word: String = c.get(run..i)?.iter().collect();
    let after_kanji = before.is_some_and(|b| is_kanji(*b));
    // 及び, 並びに: their last kana is no part of the next noun.
    if matches!(before, Some('及' | '並')) {
        let past = run + if before == Some(&'並') { 2 } else { 1 };
        return (past < i).then_some(past);
    }
    // At a phrase's end the dictionary decides: 見直し is a noun, 比べ is not; before が, を and の only nouns stand.
    let noun = i < end || begins_any(c, end, &["が", "を", "の"]).is_some() || !s.is_segmented();
    if after_kanji && OKURIGANA.contains(&word.as_str()) && noun {
        return Some(run);
    }
    // 貸出し用端末, 見直し案: a noun that goes on; 調査し結果 is a verb.
    // 団体貸出し6,740冊, 貸出しも20台: the noun ends there.
    let ends = || i == end && c.get(end).is_none_or(|x| x.is_ascii_digit() || " もはがのを(".contains(*x));
    if (i < end || ends()) && word == "し" && before.is_some_and(|b| "出直押越渡戻返回".contains(*b))
    {
        return Some(run);
    }
    if i < end && (word == "お" || word == "ご" || word.ends_with('お')) {
        return Some(i - 1);
    }
    let last = word.chars().next_back()?;
    let bounded = BOUNDARY_WORDS.iter().any(|w| word.ends_with(w)) || BOUNDARY_CHARS.contains(last);
    if bounded {
        return None;
    }
    // ぴったりサービス, ふるさと納税: a word of its own; what stands before it must not be a verb's stem.
    (word.chars().count() >= 3 && !after_kanji || word.chars().count() >= 5).then_some(run)
}

/// The noun that ends at `end` with all that modifies it (〜の, 〜における, 〜や, 「…」).
pub(super) fn chain(s: &Sentence, end: usize, floor: usize) -> Range<usize> {
    let c = s.chars;
    let floor = floor.max(end.saturating_sub(LONGEST));
    let mut start = noun_start(s, end, floor);
    if start == end {
        return end..end;
    }
    let mut listing = false;
    while start > floor {
        let beside = ends_any(c, start, &COORDINATORS);
        listing |= beside.is_some();
        let joint = ends_any(c, start, &CONNECTORS).or(beside);
        // 国、県、警察などの関係者.
        listing |= ends_any(c, start, &["などの", "など", "等の"]).is_some();
        let joint = joint.or_else(|| list_comma(s, start, floor, listing));
        let Some(joint) = joint.filter(|j| *j > floor) else { break };
        // 可能な手続, but not こんな手続.
        if ends(c, start, "な").is_some_and(|j| j == joint) && !c.get(joint - 1).is_some_and(|x| is_kanji(*x))
        {
            break;
        }
        let next = noun_start(s, joint, floor);
        // 公園(39,327千円)や市債の償還(…): each name has its own number.
        let counted = s.quantities().any(|(_, m, _)| m.chars.start >= next && m.chars.end <= joint)
            && c.get(joint - 1) == Some(&')')
            && ends_any(c, start, &["の"]).is_none();
        if counted
            || next == joint
            || is_time(s, next..joint)
            || super::words::is_adverb(c.get(next..joint).unwrap_or_default())
        {
            break;
        }
        start = next;
    }
    // その他の事故: one word with what stands before it.
    if c.get(start) == Some(&'他')
        && let Some(whole) = ends(c, start, "その").filter(|at| *at >= floor)
    {
        start = whole;
    }
    start..end
}

/// A comma between listed names: behind a closing quotation mark and before 「, or in a list that a coordinator
/// shows to be one (A、B及びC; AとB、C).
fn list_comma(s: &Sentence, start: usize, floor: usize, listing: bool) -> Option<usize> {
    let at = ends(s.chars, start, "、").filter(|a| *a > floor)?;
    let before = s.chars.get(at.checked_sub(1)?)?;
    let quoted = matches!(before, '」' | '』') && s.chars.get(start) == Some(&'「');
    let name = noun_start(s, at, floor);
    let named = (at - name >= 2 || listing && is_kanji(*before)) && name < at && !is_time(s, name..at);
    let coordinated = || ends_any(s.chars, name, &["と", "や", "及び"]).is_some_and(|j| j > floor);
    (quoted || named && (listing || coordinated())).then_some(at)
}

fn is_time(s: &Sentence, range: Range<usize>) -> bool {
    let time = |m: &&shiryo_ja::Mention| matches!(m.kind, shiryo_ja::MentionKind::Time(_));
    s.mentions.iter().filter(time).any(|m| m.chars.start <= range.start && m.chars.end >= range.end)
}

/// Where the noun phrase that begins at `start` ends: nouns joined by の, な, や, 及び, brackets included.
pub(super) fn forward(s: &Sentence, start: usize, limit: usize) -> usize {
    let c = s.chars;
    let limit = limit.min(start.saturating_add(LONGEST)).min(c.len());
    let mut i = start;
    let mut end = start;
    while i < limit {
        let Some(&x) = c.get(i) else { break };
        if s.quantities().any(|(_, m, _)| m.chars.start == i) {
            break;
        }
        if matches!(x, '「' | '『' | '(') {
            match s.close_of(i) {
                Some(close) if close < limit && (x != '(' || end > start) => i = close + 1,
                _ => break,
            }
            end = i;
        } else if is_noun(x) {
            i += 1;
            end = i;
        } else if is_hiragana(x)
            && let Some((_, stop)) = s.noun_at(i)
            && stop <= limit
        {
            i = stop;
            end = i;
        } else if is_hiragana(x) {
            let run_end = (i..limit).find(|&k| !c.get(k).is_some_and(|x| is_hiragana(*x))).unwrap_or(limit);
            let joint = begins_any(
                c,
                i,
                &["の", "や", "及び", "などの", "等の", "への", "での", "からの", "における"],
            );
            let follows_noun = |at: usize| c.get(at).is_some_and(|x| is_noun(*x) || matches!(x, '「' | '『'));
            let word: String = c.get(i..run_end).unwrap_or_default().iter().collect();
            match joint {
                Some(j) if j == run_end && follows_noun(j) => i = j,
                _ if OKURIGANA.contains(&word.as_str()) && end > start => {
                    i = run_end;
                    end = i;
                }
                _ => {
                    // 見直し, 取り組みの: okurigana before a particle.
                    let okuri = OKURIGANA.iter().chain(&["し"]).filter(|o| word.starts_with(**o));
                    let okuri = okuri.filter(|o| {
                        let rest: String = word.chars().skip(o.chars().count()).collect();
                        ["", "を", "の", "が", "は", "に", "で", "と"].contains(&rest.as_str())
                            && (**o != "し" || end > start && !rest.is_empty())
                    });
                    match okuri.max_by_key(|o| o.len()) {
                        Some(o) if end > start => {
                            i += o.chars().count();
                            end = i;
                        }
                        _ => break,
                    }
                }
            }
        } else {
            break;
        }
    }
    // A joiner that joined nothing: 配布及び.
    ends_any(c, end, &["及び", "並びに", "及", "並"]).filter(|e| *e > start).unwrap_or(end)
}

/// The stretch that a topic particle at `end` closes: back to the last comma or the region's begin.
pub(super) fn stretch(s: &Sentence, end: usize, floor: usize) -> Range<usize> {
    let mut i = end;
    while i > floor {
        match s.chars.get(i - 1) {
            Some('、' | '。' | ',' | ':' | ';') | None => break,
            Some(')' | '」' | '』' | '】') => {
                i = s.open_of(i - 1).filter(|o| *o >= floor).unwrap_or(i - 1)
            }
            Some(_) => i -= 1,
        }
    }
    i..end
}
