//! Markers at the beginning of a line: enumerators, bullets, note marks.

use super::words::is_digit;

/// What kind of marker begins a line. The order is the usual order of depth in administrative papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum MarkerKind {
    /// 第１章, 第２節, 第３.
    Chapter,
    /// Ⅰ, Ⅱ.
    Roman,
    /// 【…】: the whole bracket belongs to the text.
    Bracket,
    /// １ before white space, 1-2.
    Number,
    /// １., 1、, 1).
    NumberStop,
    /// 重点項目１, 施策2-1.
    Counted,
    /// （１）, (1), ⑴.
    ParenNumber,
    /// ①.
    Circled,
    /// ア, （ア）.
    Kana,
    /// a), ａ．.
    Letter,
    /// ■ ◆ ● ▼ □.
    Square,
    /// 〇 ○.
    Circle,
    /// ・ - • and the private-use bullets of symbol fonts.
    Bullet,
    /// ※１, （注）, 注２.
    Note,
}

/// A marker found at the beginning of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marker<'a> {
    /// Its kind.
    pub(crate) kind: MarkerKind,
    /// The marker as written; empty for [`MarkerKind::Bracket`].
    pub(crate) text: &'a str,
    /// Bytes from the beginning of the line to the first byte after the marker and its white space.
    pub(crate) len: usize,
    /// Whether it could as well be the middle of a broken sentence (a bare number and a space).
    pub(crate) weak: bool,
}

const SQUARES: &str = "■◆◇□●◎▼▽▲△◉◼◾▶►▷❖★☆";
const CIRCLES: &str = "〇○◯";
const BULLETS: &str = "・･•‣▪▫◦∙·⁃➢➤➣✓✔✦❑❒";
/// Bullets that are bullets only before white space.
const SPACED_BULLETS: &str = "-－–—―*＊+＋‐";

/// The marker at the beginning of `line`, white space before it skipped.
pub(crate) fn leading_marker(line: &str) -> Option<Marker<'_>> {
    let body = line.trim_start();
    let indent = line.len() - body.len();
    let (kind, len, weak) = note(body)
        .or_else(|| symbol(body))
        .or_else(|| bracket(body))
        .or_else(|| chapter(body))
        .or_else(|| roman(body))
        .or_else(|| circled(body))
        .or_else(|| parenthesised(body))
        .or_else(|| number(body))
        .or_else(|| kana_or_letter(body))?;
    let text = body.get(..len)?.trim_end();
    let rest = body.get(len..)?;
    let space = rest.len() - rest.trim_start().len();
    Some(Marker { kind, text, len: indent + len + space, weak })
}

type Found = Option<(MarkerKind, usize, bool)>;

/// Bytes of the run of characters at the beginning of `s` for which `is` holds.
fn run(s: &str, is: impl Fn(char) -> bool) -> usize {
    s.find(|c| !is(c)).unwrap_or(s.len())
}

fn note(s: &str) -> Found {
    if let Some(rest) = s.strip_prefix('※') {
        let digits = run(rest, is_digit);
        let longest = rest.get(..digits).is_some_and(|d| d.chars().count() <= 2);
        return Some((MarkerKind::Note, '※'.len_utf8() + if longest { digits } else { 0 }, false));
    }
    // ¹⁾ 国の計画による: the mark of a note stands raised before it.
    let raised = run(s, |c| matches!(c, '⁽' | '⁾' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹'));
    if raised > 0 && s.get(..raised)?.chars().count() <= 4 && !s.get(raised..)?.trim().is_empty() {
        return Some((MarkerKind::Note, raised, false));
    }
    for open in ["（注", "(注", "〔注", "【注", "［注"] {
        if let Some(rest) = s.strip_prefix(open) {
            let digits = run(rest, is_digit);
            let close = rest.get(digits..)?.chars().next()?;
            if "）)〕】］".contains(close) {
                return Some((MarkerKind::Note, open.len() + digits + close.len_utf8(), false));
            }
        }
    }
    let rest = s.strip_prefix('注').or_else(|| s.strip_prefix("備考"))?;
    let word = s.len() - rest.len();
    let digits = run(rest, is_digit);
    let after = rest.get(digits..)?;
    let sign = after.chars().next()?;
    // 注 件数は…, but 注 意 事 項 is a heading.
    let told = after.trim_start().chars();
    let words = told.clone().count() >= LEAST_NOTE && told.clone().nth(1).is_some_and(|c| !c.is_whitespace());
    let marks = "）):：．.".contains(sign) || ((digits > 0 || word > 3 || words) && sign.is_whitespace());
    marks.then_some((
        MarkerKind::Note,
        word + digits + if sign.is_whitespace() { 0 } else { sign.len_utf8() },
        false,
    ))
}

/// What stands behind 注 and a blank is a note from this many characters on.
const LEAST_NOTE: usize = 6;

fn symbol(s: &str) -> Found {
    let first = s.chars().next()?;
    let len = first.len_utf8();
    let rest = s.get(len..)?;
    if SQUARES.contains(first) {
        // △1,234 and ▲５ are negative numbers.
        let negative = "▲△".contains(first) && rest.chars().next().is_none_or(is_digit);
        return (!negative && !rest.trim().is_empty()).then_some((MarkerKind::Square, len, false));
    }
    if CIRCLES.contains(first) {
        return (!rest.trim().is_empty()).then_some((MarkerKind::Circle, len, false));
    }
    if BULLETS.contains(first) || ('\u{e000}'..='\u{f8ff}').contains(&first) {
        return (!rest.trim().is_empty()).then_some((MarkerKind::Bullet, len, false));
    }
    let spaced = SPACED_BULLETS.contains(first)
        && rest.chars().next().is_some_and(char::is_whitespace)
        && !rest.trim().is_empty();
    spaced.then_some((MarkerKind::Bullet, len, false))
}

fn bracket(s: &str) -> Found {
    let close = match s.chars().next()? {
        '【' => '】',
        '《' => '》',
        '≪' => '≫',
        '＜' => '＞',
        '<' => '>',
        '〔' => '〕',
        '［' => '］',
        _ => return None,
    };
    let end = s.find(close)?;
    let inner = s.get(..end)?.chars().count();
    (2..=40).contains(&inner).then_some((MarkerKind::Bracket, 0, false))
}

/// What measures and aims of plans are counted as (重点項目１　…, 施策2-1　…); the longest first where one ends another.
const COUNTED: [&str; 17] = [
    "重点項目",
    "重点施策",
    "重点取組",
    "重点目標",
    "重点事業",
    "基本方針",
    "基本目標",
    "基本施策",
    "基本方向",
    "取組方針",
    "施策",
    "取組",
    "方針",
    "戦略",
    "視点",
    "目標",
    "柱",
];

/// 重点項目１　窓口の改革: a measure by its kind and number, with white space before its name.
fn counted(s: &str) -> Found {
    let word = COUNTED.iter().find(|w| s.starts_with(**w))?.len();
    let rest = s.get(word..)?;
    let number = run(rest, |c| is_digit(c) || "-－‐".contains(c));
    let name = rest.get(number..)?;
    let digits = rest.get(..number)?.chars().filter(|c| is_digit(*c)).count();
    let apart = name.starts_with(char::is_whitespace);
    // 目標１　受講者 120人 tells a figure; behind a tab stands who is in charge.
    let name = name.trim_start().split('\t').next().unwrap_or_default();
    let told = name.chars().any(is_digit) || name.contains(['。', '、']);
    let named = apart && name.starts_with(char::is_alphabetic);
    ((1..=4).contains(&digits) && named && !told).then_some((MarkerKind::Counted, word + number, false))
}

fn chapter(s: &str) -> Found {
    let Some(rest) = s.strip_prefix('第') else { return counted(s) };
    let number = run(rest, |c| is_digit(c) || "一二三四五六七八九十".contains(c));
    if number == 0 {
        return None;
    }
    let after = rest.get(number..)?;
    let next = after.chars().next()?;
    let base = '第'.len_utf8() + number;
    if "章節編部款項".contains(next) {
        let then = after.chars().nth(1);
        return then.is_none_or(char::is_whitespace).then_some((
            MarkerKind::Chapter,
            base + next.len_utf8(),
            false,
        ));
    }
    next.is_whitespace().then_some((MarkerKind::Chapter, base, false))
}

fn roman(s: &str) -> Found {
    let len = run(s, |c| ('Ⅰ'..='Ⅻ').contains(&c));
    let next = s.get(len..)?.chars().next()?;
    let stop = if "．.".contains(next) { next.len_utf8() } else { 0 };
    (len > 0 && (next.is_whitespace() || stop > 0)).then_some((MarkerKind::Roman, len + stop, false))
}

fn circled(s: &str) -> Found {
    let c = s.chars().next()?;
    let found = matches!(c, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿' | '❶'..='❿' | '➀'..='➉' | '⓵'..='⓾');
    found.then_some((MarkerKind::Circled, c.len_utf8(), false))
}

fn parenthesised(s: &str) -> Found {
    let c = s.chars().next()?;
    if matches!(c, '⑴'..='⒇') {
        return Some((MarkerKind::ParenNumber, c.len_utf8(), false));
    }
    let rest = s.strip_prefix(['（', '('])?;
    let digits = run(rest, is_digit);
    let kana = run(rest, |c| ('ア'..='ン').contains(&c));
    let (kind, inner) = match (rest.get(..digits)?.chars().count(), rest.get(..kana)?.chars().count()) {
        (1..=2, _) => (MarkerKind::ParenNumber, digits),
        (_, 1) => (MarkerKind::Kana, kana),
        _ => return None,
    };
    let close = rest.get(inner..)?.chars().next()?;
    "）)".contains(close).then_some((kind, c.len_utf8() + inner + close.len_utf8(), false))
}

fn number(s: &str) -> Found {
    let len = run(s, is_digit);
    if !(1..=2).contains(&s.get(..len)?.chars().count()) {
        return None;
    }
    let branch = run(s.get(len..)?, |c| is_digit(c) || "-－．.".contains(c));
    let rest = s.get(len..)?;
    let next = rest.chars().next()?;
    if "．.、)）".contains(next) {
        // 1.5 is a number; 1.行政 and 1. 行政 are enumerated, and so is 1-2 before a space.
        let then = rest.chars().nth(1)?;
        return (!is_digit(then)).then_some((MarkerKind::NumberStop, len + next.len_utf8(), false));
    }
    if branch > 0 && s.get(len + branch..)?.chars().next()?.is_whitespace() && !rest.ends_with(['-', '－']) {
        return Some((MarkerKind::Number, len + branch, true));
    }
    if !next.is_whitespace() {
        return None;
    }
    let word = rest.trim_start().chars().next()?;
    // "10 ～", "9 月" and "3 × 4" go on; a word begins after an enumerator.
    let goes_on = is_digit(word) || "～〜~-－月日年時%％件".contains(word) || word == '×';
    (!goes_on).then_some((MarkerKind::Number, len, true))
}

fn kana_or_letter(s: &str) -> Found {
    let first = s.chars().next()?;
    let rest = s.get(first.len_utf8()..)?;
    let next = rest.chars().next()?;
    if ('ア'..='ン').contains(&first) && (next.is_whitespace() || "．.、）)".contains(next)) {
        let stop = if next.is_whitespace() { 0 } else { next.len_utf8() };
        return Some((MarkerKind::Kana, first.len_utf8() + stop, true));
    }
    let letter = first.is_ascii_lowercase() || ('ａ'..='ｚ').contains(&first);
    (letter && "．.）)".contains(next)).then_some((
        MarkerKind::Letter,
        first.len_utf8() + next.len_utf8(),
        true,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(line: &str) -> Option<(MarkerKind, String, String)> {
        leading_marker(line).map(|m| (m.kind, m.text.to_string(), line[m.len..].to_string()))
    }

    #[test]
    fn enumerators_of_administrative_papers() {
        use MarkerKind::*;
        for (line, want, marker, rest) in [
            ("１ 窓口の改善", Number, "１", "窓口の改善"),
            ("２．効率的な運営", NumberStop, "２．", "効率的な運営"),
            ("1-2 概要", Number, "1-2", "概要"),
            (" （２）研修の実施", ParenNumber, "（２）", "研修の実施"),
            ("(3)機器の更新", ParenNumber, "(3)", "機器の更新"),
            ("⑴ 体制", ParenNumber, "⑴", "体制"),
            ("① 端末の整備", Circled, "①", "端末の整備"),
            ("ア　対象者", Kana, "ア", "対象者"),
            ("（イ）方法", Kana, "（イ）", "方法"),
            ("第２章 計画の体系", Chapter, "第２章", "計画の体系"),
            ("重点項目１　窓口の改革", Counted, "重点項目１", "窓口の改革"),
            ("施策2-1 相談の充実", Counted, "施策2-1", "相談の充実"),
            ("Ⅲ 今後の予定", Roman, "Ⅲ", "今後の予定"),
            ("〇課題", Circle, "〇", "課題"),
            ("・ 部会の設置", Bullet, "・", "部会の設置"),
            ("- 項目", Bullet, "-", "項目"),
            ("\u{f0d8} 項目", Bullet, "\u{f0d8}", "項目"),
            ("■実績", Square, "■", "実績"),
            ("※１ 国の計画", Note, "※１", "国の計画"),
            ("¹⁾国の計画", Note, "¹⁾", "国の計画"),
            ("（注）速報値", Note, "（注）", "速報値"),
            ("注 予約の件数は４年度。", Note, "注", "予約の件数は４年度。"),
            ("【参考】", Bracket, "", "【参考】"),
        ] {
            assert_eq!(kind(line), Some((want, marker.to_string(), rest.to_string())), "{line}");
        }
    }

    #[test]
    fn numbers_and_words_that_only_look_like_markers() {
        for line in [
            "1.5 倍に増加",
            "12月から",
            "▲5 件",
            "令和5年度",
            "-5 度",
            "10 ～ 20 件",
            "アプリ",
            "（仮称）部会",
            "3,000 台",
            "注意事項",
            "目標１　受講者 120人",
            "取組12件を進めた",
            "注 意 事 項 の 確 認",
        ] {
            assert_eq!(kind(line), None, "{line}");
        }
    }
}
