//! A number with what stands around it: sign, bound, range, unit; and what makes a number no quantity.

use super::bounds;
use super::number::{Number, kanji_digit, number};
use crate::chars::{ends_with, is_hiragana, is_japanese, is_kanji, is_katakana, starts_with};
use crate::mention::Quantity;
use crate::normalise::spacing::ends_word;
use crate::units::{self, Kind, Unit};
use rust_decimal::Decimal;
use shiryo_model::Bound;
use std::ops::Range;

/// What a number at some position turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Read {
    /// A quantity over these characters.
    Quantity(Quantity, Range<usize>, &'static str),
    /// No quantity; go on from here.
    Skip(usize),
}

const RANGE_MARKS: &[char] = &['～', '〜', '~', '-', '−', '–', '―', '—'];

/// Units that a single kanji numeral may count (一台, 三社); with others it is a word (一部, 一般, 一時).
const KANJI_COUNTED: &[&str] = &[
    "件",
    "名",
    "人",
    "回",
    "台",
    "社",
    "校",
    "か所",
    "か月",
    "週間",
    "年",
    "日",
    "時間",
    "割",
    "倍",
    "円",
    "歳",
    "枚",
    "冊",
    "個",
    "世帯",
    "店舗",
    "戸",
    "棟",
    "床",
    "施設",
    "団体",
    "種類",
    "項目",
    "か国",
    "事業",
    "業務",
    "手続",
    "システム",
    "%",
    "コース",
    "言語",
    "自治体",
];

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

/// Reads the number at `at`; `gap` tells whether a gap of the source that normalisation closed stands before it.
pub(crate) fn read(c: &[char], at: usize, gap: bool) -> Read {
    let Some(n) = number(c, at) else { return Read::Skip(skip_digits(c, at)) };
    if let Some(end) = not_a_number(c, at, &n) {
        return Read::Skip(end.max(n.end));
    }
    if let Some(read) = fraction(c, at, &n).or_else(|| tenths(c, at, &n)) {
        return read;
    }
    let several = several(c, at, &n);
    let (upper, mut end, lower_unit) =
        upper(c, &n).map_or((None, n.end, None), |(u, lower)| (Some(u), u.end, lower));
    let digits_end = end;
    let unit = unit(c, end, n.kanji && several.is_none() && n.digits + usize::from(n.scale_only) > 0, at)
        .or(lower_unit.map(|u| (0, u)));
    let (kind, canonical) = match &unit {
        Some((_, UnitRead::Table(u))) => (Some(u.kind), u.canonical.to_string()),
        Some((_, UnitRead::Unknown(word))) => (Some(Kind::Count), word.clone()),
        None => (None, String::new()),
    };
    if kind == Some(Kind::Ordinal) {
        return Read::Skip(end + unit.map_or(0, |u| u.0));
    }
    if unit.is_none() && !stands_bare(c, at, end, &n, gap) {
        return Read::Skip(end);
    }
    if unit.is_some() && labelled_unit(c, at, &canonical) {
        return Read::Skip(end);
    }
    end += unit.as_ref().map_or(0, |u| u.0);
    if kind == Some(Kind::Money) && n.scale_only && starts_with(c.get(end..).unwrap_or_default(), "単位")
        || is_unit_note(c, at, end)
    {
        return Read::Skip(end);
    }
    if per_one(c, end, &n) {
        return Read::Skip(end);
    }
    let mut q = Quantity { value: n.value, unit: canonical, number: at..digits_end, ..Default::default() };
    let mut start = at;
    set_range(&mut q, &n, upper.as_ref(), several);
    set_sign(c, &mut start, &mut q);
    set_bound(c, &mut start, &mut end, &mut q, several.is_some());
    q.signed |= bounds::change(c, end);
    let rule = match (&unit, q.value_upper) {
        (_, Some(_)) => "quantity.range",
        (Some((_, UnitRead::Unknown(_))), _) => "quantity.unknown-counter",
        (Some(_), _) => "quantity.unit",
        (None, _) => "quantity.bare",
    };
    Read::Quantity(q, start..end, rule)
}

fn skip_digits(c: &[char], at: usize) -> usize {
    let n = c
        .get(at..)
        .unwrap_or_default()
        .iter()
        .take_while(|d| d.is_ascii_digit() || kanji_digit(**d).is_some())
        .count();
    at + n.max(1)
}

fn prev(c: &[char], at: usize) -> char {
    at.checked_sub(1).and_then(|i| c.get(i)).copied().unwrap_or('\n')
}

fn next(c: &[char], at: usize) -> char {
    c.get(at).copied().unwrap_or('\n')
}

/// Ids, phone numbers, versions, ordinals, names with digits: where they end.
fn not_a_number(c: &[char], at: usize, n: &Number) -> Option<usize> {
    let before = prev(c, at);
    if before == '第' || c.get(at.saturating_sub(2)..at).is_some_and(|w| w == ['第', ' ']) {
        let unit = units::longest(c.get(n.end..).unwrap_or_default()).map_or(0, |u| u.0);
        return Some(n.end + unit);
    }
    if matches!(before, '※' | '†' | '‡' | '#' | '№' | '^' | '_' | '&' | '$' | '\\' | '¥') && before != '¥'
    {
        return Some(n.end);
    }
    if n.kanji {
        return kanji_word(c, at, n).then_some(n.end);
    }
    if n.padded {
        return Some(token_end(c, at));
    }
    let token = token_end(c, at);
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
        return (!unit).then_some(token);
    }
    // 12:30, 2:1, 1/2, 3-1
    let joined = next(c, n.end);
    if matches!(joined, ':' | '/' | '-' | '=') && next(c, n.end + 1).is_ascii_digit() {
        let second = number(c, n.end + 1);
        let counted = second.is_some_and(|s| unit(c, s.end, false, at).is_some());
        if joined != '-' && joined != '/' || !counted {
            return Some(token);
        }
    }
    if matches!(before, '/' | '-' | ':' | '.') && prev(c, at.saturating_sub(1)).is_ascii_alphanumeric() {
        return Some(n.end);
    }
    None
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
    if (is_kanji(before) && !lead && !counted) || is_katakana(before) {
        return true;
    }
    if [
        "人ひとり",
        "人一人",
        "人ずつ",
        "人暮らし",
        "人親",
        "つひとつ",
        "つ一つ",
        "回り",
        "台風",
        "人前",
        "人称",
        "日中",
    ]
    .iter()
    .any(|w| starts_with(rest, w))
    {
        return true;
    }
    let Some((len, u)) = units::matches(rest).find(|(len, _)| ends_word(rest, *len)) else {
        return !matches!(next(c, n.end), '%' | '割' | '分');
    };
    let single = n.end - at == 1;
    let _ = len;
    // 十分 and 一分 are words more often than minutes.
    single && !KANJI_COUNTED.contains(&u.canonical) && u.kind != Kind::Ordinal
        || single && u.canonical == "日"
        || u.canonical == "分" && n.end - at <= 1
}

/// 3分の2
fn fraction(c: &[char], at: usize, n: &Number) -> Option<Read> {
    if !starts_with(c.get(n.end..)?, "分の") {
        return None;
    }
    let top = number(c, n.end + 2)?;
    let value = top.value.checked_div(n.value)?;
    let mut q = Quantity { value: value.round_dp(12).normalize(), number: at..top.end, ..Default::default() };
    let (mut start, mut end) = (at, top.end);
    set_bound(c, &mut start, &mut end, &mut q, false);
    Some(Read::Quantity(q, start..end, "quantity.fraction"))
}

/// 3割5分2厘
fn tenths(c: &[char], at: usize, n: &Number) -> Option<Read> {
    if next(c, n.end) != '割' || matches!(next(c, n.end + 1), '合' | '当' | '振') {
        return None;
    }
    let (mut value, mut end) = (n.value.checked_mul(Decimal::TEN)?, n.end + 1);
    let mut weight = Decimal::ONE;
    for word in ['分', '厘'] {
        if let Some(part) = number(c, end).filter(|p| next(c, p.end) == word) {
            value = value.checked_add(part.value.checked_mul(weight)?)?;
            end = part.end + 1;
        }
        weight /= Decimal::TEN;
    }
    let mut q =
        Quantity { value: value.normalize(), unit: "%".into(), number: at..end, ..Default::default() };
    let mut start = at;
    // 3～4割
    if let Some(u) = number(c, n.end).filter(|_| false) {
        q.value_upper = Some(u.value);
    }
    set_sign(c, &mut start, &mut q);
    set_bound(c, &mut start, &mut end, &mut q, false);
    q.signed |= bounds::change(c, end);
    Some(Read::Quantity(q, start..end, "quantity.tenths"))
}

/// 数十, 数百: the largest of what the word may mean, as a multiple.
fn several(c: &[char], at: usize, n: &Number) -> Option<Decimal> {
    (n.scale_only && prev(c, at) == '数').then(|| Decimal::from(9))
}

/// A second number after ～, with the unit that stood before the mark if any.
fn upper(c: &[char], n: &Number) -> Option<(Number, Option<UnitRead>)> {
    let lower = unit(c, n.end, n.kanji, n.end);
    let candidates = [lower.as_ref().map(|(len, _)| n.end + len), Some(n.end)];
    for mark in candidates.into_iter().flatten() {
        let i = if next(c, mark) == ' ' { mark + 1 } else { mark };
        let rest = c.get(i..)?;
        let words =
            ["から", "ないし", "乃至"].iter().find(|w| starts_with(rest, w)).map(|w| w.chars().count());
        let after = match words {
            Some(len) => i + len,
            None if RANGE_MARKS.contains(&next(c, i)) => i + 1,
            None => continue,
        };
        let after = if next(c, after) == ' ' { after + 1 } else { after };
        let Some(second) = number(c, after).filter(|s| !s.padded) else { continue };
        let own = unit(c, second.end, second.kanji, after);
        // 2か所から5か所に: a change, not a range.
        let end = second.end + own.as_ref().map_or(0, |u| u.0);
        let from = words == Some(2);
        let changes = from
            && (mark > n.end || matches!(next(c, end), 'に' | 'へ'))
            && !(starts_with(c.get(end..)?, "まで") && !bounds::change(c, end + 2));
        let same = match (&lower, &own) {
            (Some((_, a)), Some((_, b))) if mark > n.end => a == b,
            (_, own) => own.is_some() || mark > n.end || RANGE_MARKS.contains(&next(c, i)),
        };
        let hyphen = matches!(next(c, i), '-' | '−') && own.is_none();
        if changes || !same || hyphen || second.value.checked_mul(n_scale(n, &second))? <= n.value {
            continue;
        }
        return Some((second, (mark > n.end && own.is_none()).then_some(()).and(lower.map(|l| l.1))));
    }
    None
}

fn n_scale(_lower: &Number, _upper: &Number) -> Decimal {
    Decimal::ONE
}

/// A unit as read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum UnitRead {
    Table(Unit),
    Unknown(String),
}

/// The unit at `at` and its length; `strict` asks that it end there (after kanji numerals).
fn unit(c: &[char], at: usize, strict: bool, number_at: usize) -> Option<(usize, UnitRead)> {
    let rest = c.get(at..)?;
    let space = usize::from(rest.first() == Some(&' '));
    let rest = rest.get(space..)?;
    let first = *rest.first()?;
    let table = |m: Option<(usize, Unit)>| m.map(|(len, u)| (len + space, UnitRead::Table(u)));
    let complete = units::matches(rest).find(|(len, _)| ends_word(rest, *len));
    if complete.is_some() || strict || space > 0 {
        return table(complete);
    }
    let run: usize =
        rest.iter().take_while(|x| if is_kanji(first) { is_kanji(**x) } else { is_katakana(**x) }).count();
    let longest = units::matches(rest).find(|(len, u)| *len > 1 || is_plain_counter(u));
    if let Some((len, u)) = longest.filter(|(_, u)| is_plain_counter(u) || run > 4) {
        return table(Some((len, u)));
    }
    unknown(c, at, rest, run, number_at).or_else(|| table(units::longest(rest)))
}

fn is_plain_counter(u: &Unit) -> bool {
    matches!(u.kind, Kind::Duration | Kind::Money | Kind::Rate | Kind::Ordinal)
        || matches!(
            u.canonical,
            "件" | "名"
                | "人"
                | "回"
                | "台"
                | "社"
                | "校"
                | "か所"
                | "歳"
                | "枚"
                | "冊"
                | "個"
                | "世帯"
                | "つ"
        )
}

/// A counter the table does not have: a short noun that ends where a particle or the clause begins.
fn unknown(c: &[char], _at: usize, rest: &[char], run: usize, number_at: usize) -> Option<(usize, UnitRead)> {
    let first = *rest.first()?;
    let before = prev(c, number_at);
    let named =
        is_japanese(before) && !"の約計全は、がをにで延も".contains(before) || before.is_ascii_alphanumeric();
    if named
        || !(is_kanji(first) && run <= 4 || is_katakana(first) && (2..=10).contains(&run))
        || first == '年'
        || first == '月'
    {
        return None;
    }
    let after = rest.get(run).copied().unwrap_or('\n');
    let ends = matches!(after, '\n' | '。' | '、' | ')' | '(' | '」' | '・' | ',' | ' ' | '\t')
        || "のをがはにでとも".contains(after);
    (ends && is_hiragana_or_end(after)).then(|| (run, UnitRead::Unknown(rest.iter().take(run).collect())))
}

fn is_hiragana_or_end(c: char) -> bool {
    is_hiragana(c) || !is_japanese(c)
}

/// Whether a number without a unit stands as a value: a table cell, a figure label, a number in brackets.
fn stands_bare(c: &[char], at: usize, end: usize, n: &Number, gap: bool) -> bool {
    if n.kanji || n.scale_only {
        return false;
    }
    let signed = matches!(prev(c, at), '+' | '△' | '▲' | '−' | '-');
    let (left, left_at) = if signed { (prev(c, at - 1), at - 1) } else { (prev(c, at), at) };
    let right = next(c, end);
    let left_free = gap
        || matches!(
            left,
            '\n' | '\t'
                | ' '
                | '('
                | '「'
                | ':'
                | '='
                | '→'
                | '|'
                | '～'
                | '…'
                | '*'
                | '、'
                | '←'
                | '['
                | '約'
        );
    let right_free = matches!(
        right,
        '\n' | '\t' | ' ' | ')' | '(' | '」' | '→' | '←' | '|' | '、' | '。' | '*' | ']' | '<'
    ) || bounds::after(c, end).is_some();
    if !left_free || !right_free || label_before(c, left_at) {
        return false;
    }
    if n.separated || n.decimal || n.scale > Decimal::ONE || signed && left != '\n' {
        return true;
    }
    if n.digits == 4 && (1990..=2040).contains(&i64::try_from(n.value).unwrap_or(0)) || n.digits > 9 {
        return false;
    }
    // (1) numbers a paragraph; (409) may be a value.
    if left == '(' && right == ')' && n.digits <= 2 {
        return false;
    }
    let line = line_start(c, left_at);
    if c.get(line..left_at)
        .unwrap_or_default()
        .iter()
        .all(|x| matches!(x, ' ' | '\t' | '-' | '・' | '#' | '*'))
    {
        // At the head of a line a small number before words numbers it; alone it is a page number.
        let follow = c.get(end..).unwrap_or_default().iter().find(|x| !matches!(x, ' ' | '\t'));
        return match follow {
            None | Some('\n') => n.digits > 3,
            Some('(') => right == '(' || n.digits > 2,
            Some(x) => right != '\t' && x.is_ascii_digit() && right != '。' && right != '、' || n.digits > 3,
        };
    }
    true
}

fn line_start(c: &[char], at: usize) -> usize {
    c.get(..at).and_then(|h| h.iter().rposition(|x| *x == '\n')).map_or(0, |i| i + 1)
}

/// Whether a noun that a number would number stands before `at` (a gap between them allowed).
fn label_before(c: &[char], at: usize) -> bool {
    let i = if matches!(prev(c, at), ' ' | ':' | '.') { at - 1 } else { at };
    let head = c.get(i.saturating_sub(8)..i).unwrap_or_default();
    LABELS.iter().any(|w| ends_with(head, w))
}

/// 施策16事業 and the like: a label's number whose next word happens to be a counter; ペ-ジ of a reference.
fn labelled_unit(c: &[char], at: usize, unit: &str) -> bool {
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
    unit.is_empty()
        || named.iter().any(|w| ends_with(head, w))
            && !["%", "件", "人", "名", "円", "回", "台", "倍", "時間"].contains(&unit)
}

/// (単位:千円), (千円): names a unit, states no quantity.
fn is_unit_note(c: &[char], at: usize, end: usize) -> bool {
    let head = c.get(at.saturating_sub(4)..at).unwrap_or_default();
    let noted = ["単位:", "単位", "単位 "].iter().any(|w| ends_with(head, w));
    let kanji = c.get(at).is_some_and(|x| !x.is_ascii_digit());
    kanji && (noted || prev(c, at) == '(' && next(c, end) == ')') || noted && next(c, end) == ')'
}

/// 1人当たり, 1件につき: the base of a rate.
fn per_one(c: &[char], end: usize, n: &Number) -> bool {
    let rest = c.get(end..).unwrap_or_default();
    n.value == Decimal::ONE
        && ["当たり", "あたり", "当り", "につき", "に付き"].iter().any(|w| starts_with(rest, w))
}

fn set_range(q: &mut Quantity, n: &Number, upper: Option<&Number>, several: Option<Decimal>) {
    if let Some(u) = upper {
        // 3～5億円: the scale word counts for both.
        if n.scale == Decimal::ONE && u.scale > Decimal::ONE && !n.separated_above(u) {
            q.value = q.value.checked_mul(u.scale).filter(|v| *v < u.value).unwrap_or(q.value);
        }
        q.value_upper = Some(u.value.normalize());
        q.bound = Bound::Range;
    }
    if let Some(times) = several {
        q.value_upper = q.value.checked_mul(times);
        q.bound = Bound::Approx;
    }
    q.value = q.value.normalize();
}

impl Number {
    /// Whether the number is already as large as the scale word of `upper` would make it.
    fn separated_above(&self, upper: &Number) -> bool {
        self.value >= upper.scale
    }
}

/// + △ ▲ − before the number.
fn set_sign(c: &[char], start: &mut usize, q: &mut Quantity) {
    let sign = prev(c, *start);
    let before = start.checked_sub(2).and_then(|i| c.get(i)).copied().unwrap_or('\n');
    let free = !before.is_ascii_alphanumeric() && !is_japanese(before) || matches!(sign, '△' | '▲' | '+');
    match sign {
        '+' | '±' if free => q.signed = true,
        '△' | '▲' | '−' | '-' if free && q.value_upper.is_none() => {
            q.signed = true;
            q.value = -q.value;
        }
        _ => return,
    }
    *start -= 1;
}

fn set_bound(c: &[char], start: &mut usize, end: &mut usize, q: &mut Quantity, several: bool) {
    if several {
        *start -= 1;
    }
    if let Some((bound, at)) = bounds::before(c, *start) {
        *start = at;
        if q.bound == Bound::Exact {
            q.bound = bound;
        }
    }
    if let Some((bound, at)) = bounds::after(c, *end) {
        *end = at;
        let keep = q.bound == Bound::Range
            || q.bound == Bound::Approx
                && bound == Bound::AtMost
                && c.get(at - 1) != Some(&'下')
                && c.get(at - 1) != Some(&'内');
        if !keep {
            q.bound = bound;
        }
    }
}
