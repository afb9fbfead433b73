//! Lines of source text to one normalised [`Text`].

use crate::chars::{is_cjk, is_japanese};
use crate::normalise::fold::{Folded, fold};
use crate::normalise::{spacing, split};
use shiryo_model::{BBox, LineStart, RawText, Text};

/// Joins the lines of one block or cell and normalises them, keeping the way back to each character.
///
/// A line that begins a list item keeps its `\n`; every other line goes on where the one before ended,
/// without a space between Japanese characters and with one between Latin words.
pub fn compose(lines: RawText) -> Text {
    let mut out = Text::default();
    let mut folded: Vec<Folded> = Vec::new();
    let boxed = lines.iter().any(|l| !l.boxes.is_empty());
    let mut at = 0u32;
    for (i, line) in lines.into_iter().enumerate() {
        let cut = cut_number(&out.raw, &line.text);
        if i > 0 {
            out.raw.push('\n');
            if boxed {
                out.boxes.push(BBox::default());
            }
            at += 1;
        }
        out.lines.push(LineStart { start: at, place: line.place });
        join(&mut folded, fold_line(&line.text, at), cut);
        let chars = line.text.chars().count();
        at = at.saturating_add(u32::try_from(chars).unwrap_or(u32::MAX));
        out.raw.push_str(&line.text);
        if boxed {
            // One box a character, whatever the source gave.
            let mut boxes = line.boxes;
            boxes.resize(chars, BBox::default());
            out.boxes.append(&mut boxes);
        }
    }
    spacing::close_gaps(&mut folded);
    (out.text, out.map) = split(&folded);
    out
}

/// One line folded and closed up, its padding dropped.
fn fold_line(line: &str, at: u32) -> Vec<Folded> {
    let mut folded = Vec::with_capacity(line.len() / 2);
    fold(line.chars().map(|c| if c == '\n' { ' ' } else { c }), &mut folded);
    spacing::close_letter_spacing(&mut folded);
    let start = folded.iter().take_while(|f| f.c.is_whitespace()).count();
    let end = folded.iter().rposition(|f| !f.c.is_whitespace()).map_or(start, |i| i + 1);
    folded.truncate(end);
    folded.drain(..start);
    for f in &mut folded {
        f.at = f.at.saturating_add(at);
    }
    folded
}

/// Whether a line goes on in the middle of a number that `before` ends with: typesetters break lines between
/// full-width digits as between any two ideographs (職員１ / ８５人, ３４． / ２％), which they never do between others.
fn cut_number(before: &str, line: &str) -> bool {
    let digit = |c: &char| ('０'..='９').contains(c);
    let point = |c: &char| matches!(c, '，' | '．');
    let (before, line) = (before.trim_end(), line.trim_start());
    if !before.ends_with(|c| digit(&c) || point(&c)) {
        return false;
    }
    let above: Vec<char> = before.rsplit('\n').next().unwrap_or_default().trim_start().chars().collect();
    let below: Vec<char> = line.chars().take_while(|c| *c != '\n').collect();
    let goes_on = match (above.as_slice(), below.as_slice()) {
        ([.., last], [a, b, ..]) if digit(last) && point(a) => digit(b),
        ([.., last], [a, ..]) if digit(last) => digit(a),
        ([.., unit, _], [a, ..]) => digit(unit) && digit(a),
        _ => false,
    };
    // Figures that stand alone on their lines are several: ５，２１０ above ４，８００. So are enumerators: １． above ２．.
    let figures = |words: &[char]| words.iter().all(|c| digit(c) || point(c) || c.is_ascii_digit());
    goes_on && !figures(&above) && !figures(&below)
}

/// Appends `line` to `text` with what belongs between them; nothing where a number was `cut`.
fn join(text: &mut Vec<Folded>, line: Vec<Folded>, cut: bool) {
    let (Some(last), Some(first)) = (text.last().copied(), line.first().copied()) else {
        text.extend(line);
        return;
    };
    // What is put between stands where the line break stood.
    let at = first.at.saturating_sub(1).max(last.at);
    if cut {
        // One number.
    } else if starts_item(&line) {
        text.push(Folded { c: '\n', at });
    } else if !is_cjk(last.c) && !is_cjk(first.c) && !hyphenated(text, &line) {
        text.push(Folded { c: ' ', at });
    }
    text.extend(line);
}

/// A Latin word cut at its own hyphen (AI- / OCR) or a number cut at its separator.
fn hyphenated(text: &[Folded], line: &[Folded]) -> bool {
    let first = line.first().map_or(' ', |f| f.c);
    // 平成2 / 9年度: a year of an era cut between its digits.
    let years = matches!(line, [a, b, ..] if a.c.is_ascii_digit() && b.c == '年');
    let era = matches!(text, [.., a, b, c] if c.c.is_ascii_digit()
        && matches!((a.c, b.c), ('平', '成') | ('令', '和') | ('昭', '和')));
    if years && era {
        return true;
    }
    match text {
        [.., a, h] if h.c == '-' => a.c.is_ascii_alphanumeric() && first.is_ascii_alphanumeric(),
        [.., a, h] if matches!(h.c, '(' | '/') || matches!(first, ')' | ',' | '.') => {
            a.c != ' ' || h.c == '('
        }
        [h] => h.c == '(',
        _ => false,
    }
}

/// Whether a line begins a list item.
pub(crate) fn starts_item(line: &[Folded]) -> bool {
    let c = |i: usize| line.get(i).map(|f| f.c);
    let Some(first) = c(0) else { return false };
    match first {
        '・' | '●' | '○' | '〇' | '◯' | '◆' | '◇' | '■' | '□' | '▼' | '▶' | '►' | '➤' | '➢' | '◎' | '•'
        | '※' | '▪' | '◼' => line.len() > 1,
        '-' | '−' | '–' | '*' => c(1) == Some(' ') || c(1).is_some_and(is_japanese),
        '\u{2460}'..='\u{24FF}'
        | '\u{2776}'..='\u{2793}'
        | '\u{3220}'..='\u{3229}'
        | '\u{3280}'..='\u{3289}'
        | '\u{32D0}'..='\u{32FE}' => true,
        '(' => bracketed_enumerator(line),
        '0'..='9' => {
            // 1. 目的, 2) 方法; not 1.8倍.
            let digits = line.iter().take_while(|f| f.c.is_ascii_digit()).count();
            digits <= 2
                && matches!(c(digits), Some('.' | ')'))
                && c(digits + 1).is_some_and(|n| !n.is_ascii_digit())
        }
        // ア 概要, a 概要
        _ if is_kana_enumerator(first) => c(1) == Some(' ') && c(2).is_some_and(is_japanese),
        _ => false,
    }
}

/// (1), (ア), (a): brackets around one enumerator and nothing else.
fn bracketed_enumerator(line: &[Folded]) -> bool {
    let Some(close) = line.iter().take(5).position(|f| f.c == ')') else { return false };
    let inside = line.get(1..close).unwrap_or_default();
    !inside.is_empty()
        && (inside.iter().all(|f| f.c.is_ascii_digit()) && inside.len() <= 2
            || matches!(inside, [f] if is_kana_enumerator(f.c) || f.c.is_ascii_alphabetic() || "一二三四五六七八九十".contains(f.c)))
}

fn is_kana_enumerator(c: char) -> bool {
    "アイウエオカキクケコサシスセソ".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shiryo_model::SourceLine;

    fn text(lines: &[&str]) -> Text {
        let t =
            compose(lines.iter().map(|l| SourceLine { text: (*l).into(), ..Default::default() }).collect());
        assert_eq!(t.text.chars().count(), t.map.len());
        assert!(t.map.is_sorted());
        let raw: Vec<char> = t.raw.chars().collect();
        assert!(t.map.iter().all(|i| (*i as usize) < raw.len().max(1)));
        t
    }

    #[test]
    fn lines_inside_a_sentence_join() {
        assert_eq!(
            text(&["業務においても導入検証を開始する。11", "月以降本格導入を行う"]).text,
            "業務においても導入検証を開始する。11月以降本格導入を行う"
        );
        assert_eq!(text(&["  申請の受付を open", "data として"]).text, "申請の受付をopen dataとして");
        assert_eq!(text(&["対 象 ", "手続数 "]).text, "対象手続数");
        assert_eq!(text(&["AI-", "OCR"]).text, "AI-OCR");
        assert_eq!(text(&["貸出は、平成2 ", "8年度の12,400冊から"]).text, "貸出は、平成28年度の12,400冊から");
    }

    #[test]
    fn numbers_cut_between_full_width_digits_are_whole() {
        assert_eq!(text(&["希望した課の職員１", "８５人"]).text, "希望した課の職員185人");
        assert_eq!(text(&["最も多く３４．", "２％、次いで"]).text, "最も多く34.2%、次いで");
        assert_eq!(text(&["補助金は１，", "３３８万円"]).text, "補助金は1,338万円");
        assert_eq!(text(&["構成比は３４", "．２％"]).text, "構成比は34.2%");
        // Not where each line is a figure, or an enumerator.
        assert_eq!(text(&["５，２１０", "４，８００"]).text, "5,210 4,800");
        assert_eq!(text(&["職員 12", "34人"]).text, "職員 12 34人");
    }

    #[test]
    fn list_items_keep_their_line() {
        assert_eq!(
            text(&["・研修の実施", "  回数を増やす", "・説明会"]).text,
            "・研修の実施回数を増やす\n・説明会"
        );
        assert_eq!(text(&["(1) 概要", "(2) 方法", "① 内容"]).text, "(1) 概要\n(2) 方法\n① 内容");
        assert_eq!(text(&["増加は", "1.8倍"]).text, "増加は1.8倍");
    }

    #[test]
    fn the_way_back_is_kept() {
        let t = text(&["令 和 ５", "年度の件数"]);
        assert_eq!(t.text, "令和5年度の件数");
        assert_eq!(t.raw_of(0..5), "令 和 ５\n年度");
    }
}
