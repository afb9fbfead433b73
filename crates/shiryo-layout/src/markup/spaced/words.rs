//! A line of text parted at its white space: words, where they stand, and whether they are figures.

use crate::markup::cells::source_line;
use crate::markup::flow::FlowLine;
use crate::markup::grid::is_value;
use crate::prose::joining::Gap;
use crate::prose::marker::{MarkerKind, leading_marker};
use crate::prose::words::{char_width, closed_up, is_digit, open_brackets};
use shiryo_model::SourceLine;

/// From where to where words stand on their line, told in two measures: extracts count characters, whoever
/// types counts half-width cells.
pub(super) type Extent = [(u32, u32); 2];

/// Words that stand together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// The words, white space inside kept as one blank.
    pub(super) text: String,
    /// First place and the place after the last, in characters and in half-width cells.
    pub(super) extent: Extent,
    /// White space before them, in half-width cells.
    pub(super) white: u32,
    /// Whether they are a figure or the sign that stands for one.
    pub(super) figure: bool,
}

/// The words of a line and its number.
#[derive(Debug, Clone)]
pub(super) struct Words {
    /// From left to right.
    pub(super) words: Vec<Word>,
    /// Line of the source.
    pub(super) no: u32,
    /// Space before the line.
    pub(super) gap: Gap,
}

/// Unit words that may stand apart from their number.
#[rustfmt::skip] // many a line: a list to be read
const UNITS: [&str; 100] = [
    "時間", "件", "人", "名", "回", "台", "校", "か所", "ヶ所", "カ所", "箇所", "円", "千円", "万円", "百万円",
    "億円", "％", "%", "日", "社", "本", "枚", "冊", "世帯", "手続", "事業", "業務", "倍", "ポイント", "㎡", "分",
    "組", "園", "団体", "課", "施設", "食", "回分", "人分", "食分", "日分", "世帯分", "張", "基", "棟", "戸", "室",
    "席", "床", "便", "点", "種", "種類", "項目", "路線", "地区", "町村", "市町村", "自治体", "機関", "店舗",
    "事業所", "両", "隻", "頭", "匹", "羽", "着", "足", "箱", "袋", "缶", "口", "通", "部", "字", "学級", "クラブ",
    "クラス", "コース", "システム", "帳票", "様式", "人日", "人月", "ｔ", "t", "トン", "kg", "ｋｇ", "g", "km",
    "ｍ", "m", "m2", "m3", "㎥", "ha", "ｈａ", "kWh",
];

/// Words that are often set with wide white space between their characters.
const SPACED_OUT: [&str; 25] = [
    "合計", "総計", "小計", "総数", "区分", "項目", "増減", "備考", "摘要", "種別", "件数", "人数", "内容",
    "割合", "名称", "年度", "男女", "金額", "内訳", "対象", "目標", "実績", "科目", "施設", "条件",
];
/// Characters of one word stand no further apart (half-width cells).
const WIDEST_SPACING: u32 = 6;
/// Lines longer than this (in bytes) are no rows.
pub(super) const LONGEST_LINE: usize = 600;

impl Words {
    /// The words of a line; `None` for lines that are too long to be rows.
    pub(super) fn of(line: &FlowLine) -> Option<Self> {
        Self::parted(&line.source, line.gap)
    }

    fn parted(line: &SourceLine, gap: Gap) -> Option<Self> {
        if line.text.len() > LONGEST_LINE {
            return None;
        }
        let mut words = dated(split(&line.text));
        tell_figures(&mut words);
        // １ 総務費　　1,234: the number belongs to the name where wider white space parts the columns.
        let wide = words.iter().skip(2).filter(|w| w.apart()).count() * 2 >= words.len().saturating_sub(2);
        if let [first, second, third, ..] = words.as_mut_slice()
            && wide
            && is_place(&first.text)
            && !first.figure
            && !second.apart()
            && third.apart()
        {
            first.take(second, " ");
            first.figure = false;
            words.remove(1);
        }
        words = enumerated(words);
        words = gather(words, |a, b| !b.apart() && is_open(&a.text));
        words = gather(words, |a, b| !b.apart() && is_sign(&a.text) && begins_in_digit(&b.text));
        words = gather(words, |a, b| !b.apart() && a.figure && ends_in_digit(&a.text) && goes_with(&b.text));
        words = counted(words);
        // A group belongs to the label before it (年間申請数 500 件以上).
        words = gather(words, |a, b| !b.apart() && !a.figure && is_threshold(&b.text));
        Some(Self { words: spaced_out(words), no: line.place.line.unwrap_or(0), gap })
    }

    /// Whether words are one figure and nothing else.
    pub(super) fn bare(text: &str) -> bool {
        is_figure(closed_up(text).as_str())
    }

    /// Whether all of the words stand in brackets.
    pub(super) fn is_remark(&self) -> bool {
        self.words.iter().all(Word::is_remark)
    }

    /// How many of the words are figures.
    pub(super) fn figures(&self) -> usize {
        self.words.iter().filter(|w| w.figure).count()
    }

    /// Whether most of the words stand apart by more than a blank.
    pub(super) fn is_apart(&self) -> bool {
        let gaps = self.words.len().saturating_sub(1);
        gaps > 0 && self.words.iter().skip(1).filter(|w| w.apart()).count() * 2 >= gaps
    }

    /// Words before the first figure.
    pub(super) fn lead(&self) -> usize {
        self.words.iter().take_while(|w| !w.figure).count()
    }

    /// Words after the last figure.
    pub(super) fn tail(&self) -> usize {
        self.words.iter().rev().take_while(|w| !w.figure).count()
    }

    /// A word as a line of the source.
    pub(super) fn source(&self, word: &Word) -> SourceLine {
        source_line(word.text.clone(), self.no)
    }
}

/// Puts neighbours together for which `belongs` holds.
pub(super) fn gather(words: Vec<Word>, belongs: impl Fn(&Word, &Word) -> bool) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        match out.last_mut() {
            Some(last) if belongs(last, &word) => last.take(&word, " "),
            _ => out.push(word),
        }
    }
    out
}

impl Word {
    /// Whether more than a blank stands before the words.
    pub(super) fn apart(&self) -> bool {
        self.white >= 2
    }

    /// Whether the words stand in brackets, perhaps behind the sign of a note (※１（人）): they go with what stands
    /// above or before them.
    pub(super) fn is_remark(&self) -> bool {
        let noted = self.text.strip_prefix(['※', '＊', '*']).map(|t| t.trim_start_matches(char::is_numeric));
        noted.unwrap_or(&self.text).starts_with(['（', '(']) && self.text.ends_with(['）', ')'])
    }

    /// Whether the words are a unit.
    pub(super) fn is_unit(&self) -> bool {
        is_unit(&self.text)
    }

    /// Takes the words to its right.
    pub(super) fn take(&mut self, right: &Word, between: &str) {
        self.text.push_str(between);
        self.text.push_str(&right.text);
        for (own, other) in self.extent.iter_mut().zip(right.extent) {
            own.1 = other.1;
        }
        self.figure = is_figure(&self.text);
    }
}

fn split(line: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut chars, mut cells, mut white) = (0, 0, 2);
    for c in line.chars() {
        let wide = char_width(c);
        if c.is_whitespace() {
            white += wide.max(1);
        } else {
            let end = [chars + 1, cells + wide];
            match words.last_mut() {
                Some(w) if white == 0 => {
                    w.text.push(c);
                    w.extent.iter_mut().zip(end).for_each(|(e, end)| e.1 = end);
                }
                _ => words.push(Word {
                    text: c.to_string(),
                    extent: [(chars, chars + 1), (cells, cells + wide)],
                    white,
                    figure: false,
                }),
            }
            white = 0;
        }
        chars += 1;
        cells += wide.max(1);
    }
    for w in &mut words {
        w.figure = is_figure(&w.text);
    }
    words
}

/// Tells figures from names by the words beside them.
fn tell_figures(words: &mut [Word]) {
    if let Some(first) = words.first_mut() {
        // Years and groups down the first column.
        first.figure &= !is_year(&first.text) && !names_group(&first.text);
    }
    // 窓口　12日　289人: so many days, where it is no date and other figures stand beside it.
    if words.iter().any(|w| w.figure) {
        let days =
            |w: &Word| w.text.strip_suffix('日').is_some_and(|n| !n.is_empty() && n.chars().all(is_digit));
        let mut dated = true;
        for w in words.iter_mut() {
            w.figure |= !dated && days(w);
            dated = w.text.ends_with('月');
        }
    }
    // 開館時間　９時～19時　９時～21時: what cells tell, not the names of columns.
    words.iter_mut().skip(1).for_each(|w| w.figure |= is_clock(&w.text));
    // 1  窓口  120: the place in a list.
    if let [first, second, rest @ ..] = words
        && is_place(&first.text)
        && !second.figure
        && rest.iter().any(|w| w.figure)
    {
        first.figure = false;
    }
}

/// Puts the parts of dates together that are set with a blank around their digits (令和 7 年 1 月).
fn dated(words: Vec<Word>) -> Vec<Word> {
    const ERAS: [&str; 3] = ["令和", "平成", "昭和"];
    let without_digits = |w: &Word| w.text.trim_end_matches(|c| is_digit(c) || c == '元').to_owned();
    let counts = |w: &Word| {
        let (before, most) = (without_digits(w), 4);
        let digits = w.text.chars().count() - before.chars().count();
        (1..=most).contains(&digits) && (before.is_empty() || ERAS.contains(&before.as_str()))
    };
    let of = |w: &Word, part: char| {
        let rest = w.text.trim_start_matches(|c| is_digit(c) || c == '元');
        rest.len() < w.text.len() && rest.trim_start().starts_with(part)
    };
    let words = gather(words, |a, b| !b.apart() && b.text.starts_with(['年', '月', '日']) && counts(a));
    // A month stands behind its year, a day behind its month.
    gather(words, |a, b| {
        let part = match a.text.chars().next_back() {
            Some('年') => Some('月'),
            Some('月') => Some('日'),
            _ => ERAS.iter().any(|era| a.text.ends_with(era)).then_some('年'),
        };
        !b.apart() && part.is_some_and(|part| of(b, part))
    })
}

/// The names that letter-spaced words may be (条 件 対 象: 条件, 対象).
pub(super) fn names_in(text: &str) -> Option<Vec<String>> {
    let chars: Vec<char> = closed_up(text).chars().collect();
    let names: Vec<String> = chars.chunks(2).map(|c| c.iter().collect()).collect();
    (names.len() > 1 && names.iter().all(|n| SPACED_OUT.contains(&n.as_str()))).then_some(names)
}

/// Puts words together that are set with white space between their characters (合　計, 収 納 課).
fn spaced_out(words: Vec<Word>) -> Vec<Word> {
    let single = |w: &Word| {
        let mut chars = w.text.chars();
        chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
    };
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut rest = words.into_iter().peekable();
    while let Some(first) = rest.next() {
        // ０　歳　児: a label that begins with a number.
        let number = out.is_empty()
            && first.text.chars().all(is_digit)
            && first.text.chars().count() == 1
            && rest.peek().is_some_and(|w| single(w) && !is_unit(&w.text) || w.text == "歳");
        if !single(&first) && !number {
            out.push(first);
            continue;
        }
        let mut run = vec![first];
        // Wider white space than that behind the first character parts the next word from it.
        let inside = rest.peek().map_or(0, |w| w.white);
        while let Some(next) = rest.next_if(|w| single(w) && w.white <= inside) {
            run.push(next);
        }
        // 施 設 名（仮称）: a remark behind the last of them.
        let last = |w: &Word| w.white == inside && run.len() > 1 && is_single_with_remark(&w.text);
        if let Some(next) = rest.next_if(last) {
            run.push(next);
        }
        let joined: String = run.iter().map(|w| w.text.as_str()).collect();
        let before = if out.is_empty() { u32::MAX } else { run.first().map_or(0, |w| w.white) };
        let around = before.min(rest.peek().map_or(u32::MAX, |w| w.white));
        let wide = inside > 1 && (inside >= around || inside > WIDEST_SPACING);
        let units = inside >= around && run.iter().filter(|w| is_unit(&w.text)).count() > 1;
        // 男　　女: two columns, unless other words stand further off.
        let one = joined != "男女" && SPACED_OUT.contains(&joined.as_str());
        if run.len() > 1 && !units && (!wide || one) {
            let whole = run.into_iter().reduce(|mut a, b| {
                a.take(&b, "");
                a
            });
            out.extend(whole);
        } else {
            out.extend(run);
        }
    }
    out
}

/// 名（仮称）: one character and a remark in brackets.
fn is_single_with_remark(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(char::is_alphabetic)
        && chars.as_str().starts_with(['（', '('])
        && text.ends_with(['）', ')'])
}

/// Puts an enumerator at the beginning of a line together with the words behind it (① 会員数).
fn enumerated(words: Vec<Word>) -> Vec<Word> {
    let mut words = words.into_iter();
    let (Some(mut first), second) = (words.next(), words.next()) else { return Vec::new() };
    let Some(second) = second else { return vec![first] };
    let line = format!("{} {}", first.text, second.text);
    let mark = leading_marker(&line).filter(|m| {
        matches!(
            m.kind,
            MarkerKind::Circled | MarkerKind::ParenNumber | MarkerKind::Kana | MarkerKind::Letter
        )
    });
    if mark.is_some_and(|m| m.text == first.text) && !second.apart() && !second.figure {
        first.take(&second, " ");
        std::iter::once(first).chain(words).collect()
    } else {
        [first, second].into_iter().chain(words).collect()
    }
}

/// Puts figures together with the short word right behind each of them, where wide white space parts the cells.
fn counted(words: Vec<Word>) -> Vec<Word> {
    let short = |w: &Word| w.text.chars().count() <= 3 && w.text.chars().all(char::is_alphabetic);
    let wide = words.iter().skip(1).filter(|w| w.apart()).count();
    let next: Vec<u32> = words.iter().skip(1).map(|w| w.white).chain([u32::MAX]).collect();
    let mut behind = next.into_iter();
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        let ends = behind.next().unwrap_or(u32::MAX) >= 2;
        match out.last_mut() {
            Some(a)
                if wide > 0
                    && ends
                    && !word.apart()
                    && a.figure
                    && ends_in_digit(&a.text)
                    && short(&word) =>
            {
                a.take(&word, " ");
                a.figure = true;
            }
            _ => out.push(word),
        }
    }
    out
}

/// Whether words are a figure in a cell, or the sign that stands for one.
fn is_figure(text: &str) -> bool {
    let sign = is_mark(text)
        || matches!(text, "…" | "‥" | "*" | "＊" | "皆増" | "皆減")
        || STANDS_IN.contains(&text);
    sign || is_value(text) && !is_threshold(text) && !is_group(text) && !is_rate(text)
}

/// Words that stand in cells for a figure that there is none of.
const STANDS_IN: [&str; 9] =
    ["未集計", "集計中", "未定", "休止", "未実施", "未測定", "未調査", "調査中", "該当なし"];

/// ９時～19時, 午前９時30分: a time of the day.
fn is_clock(text: &str) -> bool {
    let text = text.trim_start_matches("午前").trim_start_matches("午後");
    let hour = text.trim_start_matches(is_digit);
    let behind = hour.strip_prefix('時').filter(|_| hour.len() < text.len());
    behind.is_some_and(|rest| !rest.starts_with(['間', '点', '期', '代']))
}

/// 1人当たり, 1件あたり費用, １便平均(人), 2回目受講者（人）: the name of a column that begins with a number.
fn is_rate(text: &str) -> bool {
    let behind = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let named = behind.strip_suffix(['）', ')']).and_then(|t| t.rsplit_once(['（', '(']));
    let unit = named.is_some_and(|(name, unit)| !is_unit(name) && is_unit(unit));
    text.starts_with(is_digit) && (unit || ["当たり", "あたり", "平均"].iter().any(|r| behind.contains(r)))
}

/// ○, △ and the like: all that a cell may hold.
pub(super) fn is_mark(text: &str) -> bool {
    matches!(text, "○" | "〇" | "◯" | "◎" | "●" | "△" | "▲" | "×" | "✕" | "✓" | "レ")
}

/// What numbers count that name a group or a place in an order: 65～69歳, 30代, ２年生, 第１級, 3丁目.
const GROUPS: [&str; 13] =
    ["歳", "才", "歳児", "代", "年生", "学年", "級", "丁目", "階", "回目", "年目", "期目", "か月児"];

/// ３歳以上児, １人世帯, 5～9人: a number, and more behind it than a unit.
fn names_group(text: &str) -> bool {
    let unit: String = text.chars().skip_while(|c| !c.is_alphabetic()).collect();
    let range = text.contains(['～', '〜', '~']);
    text.starts_with(is_digit) && !unit.is_empty() && (range || !is_unit(&unit))
}

/// A whole number of a list, or the dash for none.
pub(super) fn is_place(text: &str) -> bool {
    let digits = text.chars().count() <= 2 && text.chars().all(is_digit);
    digits || matches!(text, "-" | "－" | "―")
}

/// Whether words name a group of people or a place in an order by whole numbers.
fn is_group(text: &str) -> bool {
    GROUPS.iter().any(|g| text.ends_with(g)) && !text.contains(['.', '．', ',', '，'])
}

fn is_unit(text: &str) -> bool {
    UNITS.contains(&text)
}

/// 1,000 件以上, 65歳未満: a group, no figure of its own.
fn is_threshold(text: &str) -> bool {
    ["以上", "以下", "未満", "超"].iter().any(|t| text.ends_with(t))
}

/// Units, and units with the words of a threshold behind them.
fn goes_with(text: &str) -> bool {
    is_unit(text) || is_threshold(text) && UNITS.iter().any(|u| text.starts_with(u))
}

fn is_sign(text: &str) -> bool {
    matches!(text, "△" | "▲" | "＋" | "+" | "約")
}

fn is_open(text: &str) -> bool {
    open_brackets(0, text) > 0
}

fn begins_in_digit(s: &str) -> bool {
    s.starts_with(is_digit)
}

fn ends_in_digit(s: &str) -> bool {
    s.ends_with(is_digit)
}

/// 2023, 令和5: the name of a column although it has the shape of a figure.
pub(super) fn is_year(text: &str) -> bool {
    let t = closed_up(text);
    t.chars().count() == 4 && (t.starts_with("20") || t.starts_with("19")) && t.chars().all(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(s: &str) -> Vec<String> {
        Words::parted(&source_line(s.into(), 1), Gap::None)
            .unwrap()
            .words
            .into_iter()
            .map(|w| w.text)
            .collect()
    }

    #[test]
    fn times_of_the_day_are_what_cells_tell() {
        let figures = |s: &str| {
            let words = Words::parted(&source_line(s.into(), 1), Gap::None).unwrap().words;
            words.iter().map(|w| w.figure).collect::<Vec<_>>()
        };
        assert_eq!(figures("開館時間　　９時～19時　　９時～21時（本館）"), [false, true, true]);
        assert_eq!(figures("区分　　年間　　10時間当たりの数"), [false, false, false]);
        assert_eq!(figures("路線名 １便平均(人) ２人世帯平均 4,100千円(税込)"), [false, false, false, true]);
    }

    #[test]
    fn words_with_their_units_signs_and_brackets() {
        assert_eq!(words("  窓 口   539 時間  △ 1,200"), ["窓口", "539 時間", "△ 1,200"]);
        assert_eq!(words("合　計　　12　（うち 新規）"), ["合計", "12", "（うち 新規）"]);
        assert_eq!(words("件  人  %"), ["件", "人", "%"]);
        assert_eq!(words("年　　　総数　　　男　　　女　　　世帯数"), ["年", "総数", "男", "女", "世帯数"]);
        assert_eq!(
            words("施  設  名（仮称）      種  別     定員（人）"),
            ["施設名（仮称）", "種別", "定員（人）"]
        );
        assert_eq!(
            words("税　　4　　85％　　令和 8 年 1 月（済）"),
            ["税", "4", "85％", "令和 8 年 1 月（済）"]
        );
        assert_eq!(
            words("令和 5 年度 令和 6 年度 4 月 5 月"),
            ["令和 5 年度", "令和 6 年度", "4 月", "5 月"]
        );
    }

    #[test]
    fn places_are_told_in_characters_and_cells() {
        let w = Words::parted(&source_line(" 東館  12".into(), 1), Gap::None).unwrap();
        assert_eq!((w.words[1].extent, w.words[1].apart()), ([(5, 7), (7, 9)], true));
    }
}
