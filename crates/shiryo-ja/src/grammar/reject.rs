//! What makes a number no quantity: ids, names, ordinals, labels, enumerators, words that hold a numeral.

use super::bounds;
use super::number::{Number, kanji_digit, number};
use super::quantity::{neighbour, next, prev, unit};
use crate::chars::{ends_with, is_kanji, is_katakana, starts_with};
use crate::normalise::spacing::ends_word;
use crate::units::{self, Kind};
use rust_decimal::Decimal;

/// Nouns that a number after them numbers (別紙 1, 目標 2): with a gap between, still no quantity.
const LABELS: &[&str] = &[
    "別紙",
    "別表",
    "別記",
    "別添",
    "資料",
    "様式",
    "図",
    "表",
    "図表",
    "写真",
    "注",
    "第",
    "目標",
    "施策",
    "方針",
    "基本方針",
    "柱",
    "取組",
    "事業",
    "課題",
    "ステップ",
    "フェーズ",
    "フェイズ",
    "レベル",
    "ランク",
    "トップ",
    "ベスト",
    "ワースト",
    "タイプ",
    "パターン",
    "ケース",
    "グループ",
    "案",
    "例",
    "事例",
    "参考",
    "議案",
    "議題",
    "報告",
    "項番",
    "番号",
    "戦略",
    "プラン",
    "テーマ",
    "視点",
    "論点",
    "重点",
    "基本目標",
    "章",
    "条",
    "項",
    "節",
    "号",
    "版",
    "バージョン",
    "コード",
    "ID",
    "No",
    "no",
    "NO",
    "Step",
    "STEP",
    "Phase",
    "Ver",
    "P",
    "p",
    "問",
    "質問",
    "優先度",
    "電話",
    "内線",
    "FAX",
    "TEL",
    "Tel",
    "平成",
    "昭和",
    "令和",
    "大正",
];

/// Words a kanji numeral begins, without a count in them.
const KANJI_WORDS: &[&str] = &[
    "一人ひとり",
    "一人一人",
    "一人ずつ",
    "一人暮らし",
    "一人親",
    "一つひとつ",
    "一つ一つ",
    "一人前",
    "一回り",
    "三人称",
    "一日中",
    "一人でも",
    "一時間半ば",
    "二人三脚",
    "一件落着",
    "一年生",
    "一社会",
    "一人残らず",
    "一度",
    "十二分",
];

/// Ids, phone numbers, versions, ordinals, names with digits: where they end.
pub(crate) fn not_a_number(c: &[char], at: usize, n: &Number) -> Option<usize> {
    let before = prev(c, at);
    if before == '第' || c.get(at.saturating_sub(2)..at).is_some_and(|w| w == ['第', ' ']) {
        let unit = units::longest(c.get(n.end..).unwrap_or_default()).map_or(0, |u| u.0);
        return Some(n.end + unit);
    }
    if matches!(before, '※' | '†' | '‡' | '#' | '№' | '^' | '_' | '&' | '$' | '\\' | '¥') && before != '¥'
    {
        return Some(n.end);
    }
    // 令和0年: an era's year that is none.
    let head = c.get(at.saturating_sub(3)..at).unwrap_or_default();
    let head = if head.last() == Some(&'-') { &head[..head.len() - 1] } else { head };
    if super::era::ERAS.iter().any(|e| ends_with(head, e.name)) {
        return Some(n.end + units::longest(c.get(n.end..).unwrap_or_default()).map_or(0, |u| u.0));
    }
    if n.kanji {
        let rest = c.get(at..).unwrap_or_default();
        let word = KANJI_WORDS.iter().find(|w| starts_with(rest, w)).map(|w| at + w.chars().count());
        return word.or_else(|| kanji_word(c, at, n).then_some(n.end));
    }
    if n.padded {
        return Some(telephone(c, at).unwrap_or_else(|| token_end(c, at)));
    }
    // A look of limited length: numbers joined by commas for pages on end are read one by one.
    let near = c.get(..c.len().min(at + LOOK)).unwrap_or_default();
    let token = token_end(near, at);
    let word = c.get(at..token).unwrap_or_default();
    let hyphens = word.iter().filter(|x| **x == '-').count();
    let dots = word.iter().filter(|x| **x == '.').count();
    if hyphens >= 2 || dots >= 2 && !n.separated || word.contains(&'_') || word.contains(&'@') {
        return Some(token);
    }
    // 5G, 3D, 2nd: digits that run on into letters are a name unless the letters are a unit.
    if next(c, n.end).is_ascii_alphabetic() {
        let unit = units::matches(c.get(n.end..).unwrap_or_default())
            .any(|(len, _)| ends_word(c.get(n.end..).unwrap_or_default(), len));
        if !unit {
            return Some(token);
        }
    }
    // 12:30, 2:1, 1/2, 3-1; ¼, which is 1⁄4 once folded.
    let joined = next(c, n.end);
    if matches!(joined, ':' | '/' | '⁄' | '-' | '=') && next(c, n.end + 1).is_ascii_digit() {
        let second = number(c, n.end + 1);
        let counted = second.is_some_and(|s| unit(c, s.end, false, at).is_some());
        if joined != '-' && joined != '/' || !counted {
            return Some(token);
        }
    }
    if matches!(before, '/' | '⁄' | '-' | ':' | '.') && prev(c, at.saturating_sub(1)).is_ascii_alphanumeric()
    {
        // R5:1,204件 states a value.
        let stated = before == ':' && (n.separated || unit(c, n.end, false, at).is_some());
        return (!stated).then_some(n.end);
    }
    None
}

/// 03(1234)5678
fn telephone(c: &[char], at: usize) -> Option<usize> {
    let run =
        |at: usize| at + c.get(at..).unwrap_or_default().iter().take_while(|x| x.is_ascii_digit()).count();
    let open = run(at);
    let close = run(open + 1);
    let brackets = next(c, open) == '(' && close > open + 1 && next(c, close) == ')';
    let end = run(close + 1);
    (brackets && end > close + 1).then_some(end)
}

/// One past a run of letters, digits and what joins them in ids, addresses and file names.
pub(crate) fn token_end(c: &[char], at: usize) -> usize {
    let mut end = at;
    while let Some(x) = c.get(end) {
        let joint = matches!(x, '.' | '-' | '_' | '/' | ':' | '@' | '+' | '\'' | '%' | '?' | '=' | '&' | ',')
            && c.get(end + 1).is_some_and(char::is_ascii_alphanumeric);
        if !x.is_ascii_alphanumeric() && !joint {
            break;
        }
        end += 1;
    }
    end.max(at + 1)
}

/// Whether a kanji numeral is part of a word (誰一人, 統一, 五十嵐, 一人ひとり).
fn kanji_word(c: &[char], at: usize, n: &Number) -> bool {
    let before = prev(c, at);
    let rest = c.get(n.end..).unwrap_or_default();
    let lead = "約計全各総延毎第数の同他".contains(before);
    let counted = "人名台件回社".contains(before)
        && at >= 2
        && (kanji_digit(prev(c, at - 1)).is_some() || prev(c, at - 1).is_ascii_digit());
    if (is_kanji(before) && !lead && !counted && !counts_after_noun(c, at, n)) || is_katakana(before) {
        return true;
    }
    // 三分の一, 十数件, 二、三年
    let fraction = starts_with(rest, "分の") && number(c, n.end + 2).is_some();
    if fraction || next(c, n.end) == '数' && n.value >= Decimal::TEN || neighbour(c, n).is_some() {
        return false;
    }
    let Some((_, u)) = units::matches(rest).find(|(len, _)| ends_word(rest, *len)) else {
        return !matches!(next(c, n.end), '%' | '割' | '分');
    };
    let single = n.end - at == 1;
    // 十分 and 一分 are words more often than minutes.
    single && !u.takes_kanji() && u.kind != Kind::Ordinal
        || single && u.canonical == "日"
        || u.canonical == "分" && n.end - at <= 1
}

/// 職員一名, 端末二台: a counter of things shows that the noun before it has ended. What ends in 一 or goes on with
/// it is a word (同一世帯, 唯一, 誰一人).
fn counts_after_noun(c: &[char], at: usize, n: &Number) -> bool {
    let rest = c.get(n.end..).unwrap_or_default();
    !"同単統唯均画随逐専第万純誰再無".contains(prev(c, at))
        && units::matches(rest).any(|(len, u)| {
            ends_word(rest, len)
                && ["件", "名", "台", "か所", "枚", "冊", "個", "世帯", "棟", "戸"].contains(&u.canonical)
        })
}

/// Whether a number without a unit stands as a value: a table cell, a figure label, a number in brackets.
pub(crate) fn stands_bare(c: &[char], at: usize, end: usize, n: &Number, gap: bool) -> bool {
    if n.kanji || n.scale_only {
        return false;
    }
    let signed = matches!(prev(c, at), '+' | '±' | '△' | '▲' | '−' | '-');
    let (left, left_at) = if signed { (prev(c, at - 1), at - 1) } else { (prev(c, at), at) };
    let right = next(c, end);
    let left_free = gap || "\n\t (「:=→|～…*←[約、".contains(left);
    let right_free = "\n\t )(」→←|、。*]<".contains(right) || bounds::after(c, end).is_some();
    if !left_free || !right_free || label_before(c, left_at) {
        return false;
    }
    // Windows 11, Bluetooth 5.0: the number of a name.
    if !n.separated && left == ' ' && prev(c, left_at - 1).is_ascii_alphabetic() {
        return false;
    }
    let marked = matches!(prev(c, at), '±' | '△' | '▲');
    if n.separated || n.decimal || n.scale > Decimal::ONE || signed && left != '\n' || marked {
        return true;
    }
    if left == '、'
        || n.digits == 4 && (1990..=2040).contains(&i64::try_from(n.value).unwrap_or(0))
        || n.digits > 9
    {
        return false;
    }
    // (1) numbers a paragraph; (409) may be a value.
    if left == '(' && right == ')' && n.digits <= 2 {
        return false;
    }
    if leads_line(c, left_at) {
        // At the head of a line a small number before words numbers it; alone it is a page number.
        let follow = c.get(end..).unwrap_or_default().iter().take(LOOK).find(|x| !matches!(x, ' ' | '\t'));
        return match follow {
            None | Some('\n') => n.digits > 3,
            Some('(') => right == '(' || n.digits > 2,
            Some(x) => right != '\t' && x.is_ascii_digit() || n.digits > 3,
        };
    }
    // After the last sentence of a line: the number of the page.
    let page = left == ' ' && right == '\n' && prev(c, left_at - 1) == '。';
    !page && !numbers_a_row(c, left_at, end, n)
}

/// How far a look around a number goes.
const LOOK: usize = 64;

/// Whether only blanks and list marks stand before `at` in its line.
fn leads_line(c: &[char], at: usize) -> bool {
    let head = c.get(at.saturating_sub(LOOK)..at).unwrap_or_default();
    let blank = head.iter().rev().take_while(|x| matches!(x, ' ' | '\t' | '-' | '・' | '#' | '*')).count();
    blank < head.len() && head.get(head.len() - blank - 1) == Some(&'\n') || blank == at
}

/// A small number in a tab-separated cell of its own between words: it numbers the row.
fn numbers_a_row(c: &[char], left_at: usize, end: usize, n: &Number) -> bool {
    let word = |x: char| !x.is_ascii_digit() && !matches!(x, '\n' | '\t' | '-' | '—' | '+' | '△' | '▲');
    n.digits <= 2
        && prev(c, left_at) == '\t'
        && next(c, end) == '\t'
        && word(next(c, end + 1))
        && left_at > 1
        && word(prev(c, left_at - 1))
        && !prev_cell_is_year(c, left_at - 1)
}

/// Whether the cell that ends at `at` names a time (R4年度): what follows is a value.
fn prev_cell_is_year(c: &[char], at: usize) -> bool {
    let cell = c.get(at.saturating_sub(LOOK)..at).unwrap_or_default();
    let cell = cell.rsplit(|x| matches!(x, '\t' | '\n')).next().unwrap_or_default();
    cell.iter().any(char::is_ascii_digit)
        && cell.iter().any(|x| matches!(x, '年' | '月' | '度' | 'R' | 'H' | '期'))
}

/// Whether a noun that a number would number stands before `at` (a gap between them allowed).
pub(crate) fn label_before(c: &[char], at: usize) -> bool {
    let i = if matches!(prev(c, at), ' ' | ':' | '.') { at - 1 } else { at };
    let head = c.get(i.saturating_sub(8)..i).unwrap_or_default();
    LABELS.iter().any(|w| ends_with(head, w))
}

/// 施策16事業 and the like: a label's number whose next word happens to be a counter; ペ-ジ of a reference.
pub(crate) fn labelled_unit(c: &[char], at: usize, unit: &str) -> bool {
    let head = c.get(at.saturating_sub(8)..at).unwrap_or_default();
    let named = [
        "別紙",
        "別表",
        "様式",
        "図",
        "ステップ",
        "フェーズ",
        "レベル",
        "トップ",
        "バージョン",
        "施策",
        "目標",
        "方針",
        "No",
        "No.",
    ];
    // 目標24組: an aim, not the number of one.
    let digits =
        c.get(at..).unwrap_or_default().iter().take_while(|d| d.is_ascii_digit() || **d == ',').count();
    let aim = digits >= 2 && ends_with(head, "目標");
    unit.is_empty()
        || !aim
            && named.iter().any(|w| ends_with(head, w))
            && !["%", "件", "人", "名", "円", "回", "台", "倍", "時間"].contains(&unit)
}

/// (単位:千円), (千円), (利用者数:人、金額:千円): names a unit, states no quantity.
pub(crate) fn is_unit_note(c: &[char], at: usize, end: usize, n: &Number) -> bool {
    let head = c.get(at.saturating_sub(4)..at).unwrap_or_default();
    let noted = ["単位:", "単位", "単位 "].iter().any(|w| ends_with(head, w));
    let alone = matches!(prev(c, at), '(' | ':') && matches!(next(c, end), ')' | '、' | ',');
    n.scale_only && (noted || alone) || noted && next(c, end) == ')'
}

/// 1人当たり, 人口10万人当たり, 1件につき: the base of a rate.
pub(crate) fn is_base(c: &[char], end: usize, counted: bool) -> bool {
    let base = |at: usize| {
        let rest = c.get(at..).unwrap_or_default();
        super::share::BASES.iter().any(|w| starts_with(rest, w))
    };
    // 1人1日当たり
    let second = || {
        let n = number(c, end).filter(|n| n.value == Decimal::ONE)?;
        let rest = c.get(n.end..)?;
        units::matches(rest).find(|(len, _)| base(n.end + len))
    };
    counted && (base(end) || second().is_some())
}

/// 10ページ参照: a place in the paper.
pub(crate) fn is_reference(c: &[char], end: usize) -> bool {
    let rest = c.get(end..).unwrap_or_default();
    ["参照", "を参照", "参考", "に掲載", "に記載", "をご覧", "の表", "の図"]
        .iter()
        .any(|w| starts_with(rest, w))
}
