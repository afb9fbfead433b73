//! Small questions about words and lines: widths, sentence ends, spacing.

/// Width of a character in half-width cells.
pub(crate) fn char_width(c: char) -> u32 {
    match c {
        c if c.is_control() => 0,
        '\u{ff61}'..='\u{ff9f}' => 1,
        c if crate::lines::is_wide(c) => 2,
        '\u{2010}'..='\u{2027}' | '\u{2190}'..='\u{27bf}' | 'Α'..='ω' | 'А'..='я' => 2,
        _ => 1,
    }
}

/// Width of a line in half-width cells, outer white space not counted.
pub(crate) fn width(s: &str) -> u32 {
    s.trim().chars().map(char_width).sum()
}

/// Whether a line ends a sentence: a full stop, possibly before closing brackets.
pub(crate) fn ends_sentence(s: &str) -> bool {
    let s = s.trim_end().trim_end_matches(['）', ')', '」', '』', '"', '”']);
    // ３４． / ２％: a number cut at its point.
    let cut = s.strip_suffix('．').is_some_and(|number| number.ends_with(|c| ('０'..='９').contains(&c)));
    !cut && s.ends_with(['。', '．', '？', '！', '?', '!', '｡'])
}

/// Whether the line stops at a comma or a character that needs a follower.
pub(crate) fn ends_open(s: &str) -> bool {
    // ～ 窓口の改革に向けて ～: a subtitle between its signs.
    let s = s.trim();
    let paired = ['～', '〜'].iter().any(|c| s.len() > c.len_utf8() && s.starts_with(*c) && s.ends_with(*c));
    !paired
        && s.trim_end().ends_with(['、', '，', ',', '､', '「', '（', '(', '『', '・', '･', '／', '～', '〜'])
}

/// Whether a line stops at a particle that needs a follower (アプリの, 比較して); titles in について do not.
pub(crate) fn ends_with_particle(s: &str) -> bool {
    let s = s.trim_end();
    ["の", "を", "は", "が", "や", "と", "により", "して", "における", "および", "及び", "並びに", "又は"]
        .iter()
        .any(|p| s.ends_with(p))
        && !["もの", "こと", "ほか", "について"].iter().any(|p| s.ends_with(p))
}

/// How many brackets are open after `s` when `depth` were open before it (never negative).
pub(crate) fn open_brackets(depth: usize, s: &str) -> usize {
    let mut depth = depth;
    for c in s.chars() {
        match c {
            '（' | '(' | '「' | '『' | '〔' | '【' => depth += 1,
            '）' | ')' | '」' | '』' | '〕' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth
}

/// Whether a line begins with something that cannot begin a sentence: closing marks, small kana, the
/// long-vowel mark.
pub(crate) fn begins_inside(s: &str) -> bool {
    s.trim_start()
        .starts_with(|c| "）)」』】〕、。，．｡､ーぁぃぅぇぉっゃゅょァィゥェォッャュョんン々ゝ％".contains(c))
}

/// Whether a line begins with hiragana that is more likely a particle or an ending than a first word.
pub(crate) fn begins_with_particle(s: &str) -> bool {
    let s = s.trim_start();
    let Some(first) = s.chars().next() else { return false };
    const FIRST_WORDS: [&str; 30] = [
        "なお", "また", "これ", "この", "その", "それ", "こう", "そう", "さら", "しか", "ただ", "ため",
        "まず", "もっ", "より", "はじ", "すべ", "とも", "どの", "いつ", "やむ", "ここ", "まち", "すで",
        "とて", "やや", "どち", "かな", "すこ", "たま",
    ];
    const ENDINGS: &str = "をにがはのとでもへやかたしてなるれらすさくけきいえせねよりまずつう";
    ENDINGS.contains(first) && !FIRST_WORDS.iter().any(|w| s.starts_with(w))
}

/// Whether a character is a digit, half-width or full-width.
pub(crate) fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// What a digit counts, half-width or full-width.
pub(crate) fn digit(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| ('０'..='９').contains(&c).then(|| u32::from(c) - u32::from('０')))
}

/// Whether the last word of a line, set apart by a blank, is a figure with or without its unit (満足 24.7%).
pub(crate) fn ends_with_figure(s: &str) -> bool {
    let Some((before, last)) = s.trim_end().rsplit_once(char::is_whitespace) else { return false };
    let unit = last.trim_start_matches(|c: char| is_digit(c) || ",，.．".contains(c));
    let word = unit.chars().all(|c| c.is_alphabetic() || "%％㎡".contains(c));
    last.starts_with(is_digit) && unit.chars().count() <= 4 && word && before.chars().any(char::is_alphabetic)
}

/// Whether a line holds nothing but figures with their units (9,870時間, 38分 → 22分): set large on slides, they head nothing.
pub(crate) fn is_figures(s: &str) -> bool {
    let sign = |c: char| c.is_whitespace() || "→⇒➡~～〜".contains(c);
    let figure = |word: &str| {
        let word = word.trim_start_matches(['約', '計', '延', 'べ', '▲', '△', '+', '＋', '-', '－']);
        let tail = word.trim_start_matches(|c: char| is_digit(c) || ",，.．億万千".contains(c));
        word.starts_with(is_digit) && tail.chars().count() <= 4 && !tail.contains(['年', '月', '章', '期'])
    };
    let mut words = s.split(sign).filter(|w| !w.is_empty()).peekable();
    words.peek().is_some() && words.all(figure)
}

/// Whether a line begins with a month, with or without its year, or with a year, that white space sets apart from what
/// comes then (令和７年 ３月　説明会).
pub(crate) fn is_entry_of_schedule(s: &str) -> bool {
    let number = |s: &'_ str| s.trim_start().trim_start_matches(is_digit).len();
    let s = s.trim_start();
    let year =
        ["令和", "平成"].iter().find_map(|era| s.strip_prefix(era)).or_else(|| s.strip_prefix(['R', 'Ｒ']));
    let month = match year {
        Some(rest) => match rest.split_once('年') {
            Some((year, month))
                if !year.trim().is_empty() && number(year.trim_end()) == 0 || year == "元" =>
            {
                month
            }
            _ => return false,
        },
        None => s,
    };
    // 令和８年度　　　全館で開始
    if year.is_some() {
        let told = month.strip_prefix('度').unwrap_or(month);
        let set_off = told.starts_with('\u{3000}') || told.starts_with("  ");
        if set_off && told.trim().starts_with(char::is_alphabetic) {
            return true;
        }
    }
    let month = month.trim_start();
    let Some(told) = month.get(month.len() - number(month)..).filter(|m| m.len() < month.len()) else {
        return false;
    };
    let told = told.strip_prefix('月').map(|t| t.trim_start_matches(['頃', '末', '上', '中', '下', '旬']));
    told.is_some_and(|t| t.starts_with(char::is_whitespace) && t.trim().starts_with(char::is_alphabetic))
}

/// Whether a line is a name with a remark in brackets at its end (窓口の拡大（予算額　860万円）).
pub(crate) fn is_name_with_remark(s: &str) -> bool {
    let held = s.trim().strip_suffix(['）', ')']).and_then(|s| s.split_once(['（', '(']));
    held.is_some_and(|(name, remark)| {
        let runs = |c: char| "、。はがを".contains(c);
        !name.contains(runs)
            && !name.ends_with(|c| ('ぁ'..='ん').contains(&c))
            && !remark.contains(['（', '(', '。'])
    })
}

/// Whether a line is a key and a value that holds a figure (車両　小型車２台): it names nothing that follows.
pub(crate) fn tells_value(s: &str) -> bool {
    let time = |value: &str| {
        let counted = value.trim_start_matches(|c: char| is_digit(c) || ",，.．".contains(c));
        if counted.len() < value.len() {
            counted.starts_with(['年', '月', '日', '期'])
        } else {
            value.contains(['年', '月', '度'])
        }
    };
    let value = s.trim().rsplit_once(['\u{3000}', '：', ':']).map(|(_, value)| value);
    value.is_some_and(|v| v.contains(is_digit) && !v.starts_with(['(', '（']) && !time(v))
}

/// Whether every word of a line is a single character (令 和 ５ 年, 所 管 課).
pub(crate) fn is_letter_spaced(s: &str) -> bool {
    let mut words = 0;
    for w in s.split_whitespace() {
        if w.chars().count() > 1 {
            return false;
        }
        words += 1;
    }
    words >= 2
}

/// Words without any white space, as they compare however they are spaced.
pub(crate) fn closed_up(s: &str) -> String {
    s.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a line is nothing but a page number (3, - 4 -, P5, 4/12, ４ページ).
pub(crate) fn is_page_number(s: &str) -> bool {
    let t = closed_up(s);
    let t = t.trim_matches(|c| "-－–—―‐ー−()（）[]〔〕〈〉<>".contains(c));
    let t = t.strip_prefix("page").or_else(|| t.strip_prefix("Page")).unwrap_or(t);
    let t = t.strip_prefix(['P', 'p', 'Ｐ', 'ｐ']).unwrap_or(t).trim_start_matches(['.', '．']);
    let t = t.strip_suffix("ページ").or_else(|| t.strip_suffix('頁')).unwrap_or(t);
    let mut parts = t.split(['/', '／']);
    let is_number = |p: &str| (1..=3).contains(&p.chars().count()) && p.chars().all(is_digit);
    parts.next().is_some_and(is_number) && parts.next().is_none_or(is_number) && parts.next().is_none()
}

/// Units that stand alone in brackets above a table, without the word 単位.
const BARE_UNITS: [&str; 16] = [
    "円",
    "千円",
    "百万円",
    "万円",
    "億円",
    "人",
    "名",
    "件",
    "回",
    "世帯",
    "%",
    "t",
    "か所",
    "台",
    "冊",
    "時間",
];

/// Whether a line states the unit for a whole table: （単位：千円）, 単位 人, （千円）.
pub(crate) fn is_unit_note(s: &str) -> bool {
    const OPENERS: [char; 7] = ['（', '(', '[', '［', '〔', '【', '※'];
    if !s.trim_start().starts_with(|c| c == '単' || OPENERS.contains(&c)) {
        return false;
    }
    let whole = closed_up(s);
    let t = whole.trim_start_matches(OPENERS);
    if t.starts_with("単位") {
        return t.chars().count() <= 24;
    }
    let inner = t.trim_end_matches(['）', ')', ']', '］', '〕', '】']);
    let bracketed = t.len() < whole.len() && inner.len() < t.len();
    // 利用者数：人、金額：千円.
    let unit = |u: &str| u.rsplit_once([':', '：']).map_or(u, |(_, unit)| unit).replace('％', "%");
    bracketed && inner.split(['、', '，', ',', '・']).all(|u| BARE_UNITS.contains(&unit(u).as_str()))
}

/// Whether a line states the unit for a whole table and adds a note ((単位：通)　※郵送を除く。).
pub(crate) fn leads_with_unit_note(s: &str) -> bool {
    let (note, rest) = s.split_once([')', '）']).unwrap_or(("", s));
    rest.trim_start().starts_with(['※', '注', '＊', '*']) && is_unit_note(&format!("{note}）"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_ends_and_open_lines() {
        assert!(ends_sentence("実施した。"));
        assert!(ends_sentence("実施した（令和４年度。）"));
        assert!(!ends_sentence("実施し"));
        assert!(!ends_sentence("最も多く３４．") && ends_sentence("とする．"));
        assert!(ends_open("機器の更新、"));
        assert_eq!(open_brackets(0, "「窓口（本庁）の"), 1);
        assert!(begins_with_particle("の活用を図る"));
        assert!(!begins_with_particle("なお、今後は"));
    }

    #[test]
    fn keys_and_values() {
        assert!(tells_value("車両　小型車２台") && tells_value("会場：市内３か所"));
        assert!(tells_value("令和６年度（４～12月）　4,075回（月平均453回）"));
        assert!(
            !tells_value("実績　令和５年度")
                && !tells_value("主な取組　（３事業）")
                && !tells_value("２つの柱")
        );
    }

    #[test]
    fn lines_of_figures() {
        for s in ["9,870時間", "３８分 → ２２分", "約1億2,300万円", "95.1%", "延べ694人"] {
            assert!(is_figures(s), "{s}");
        }
        for s in ["令和5年度", "2025年", "3つの重点施策", "１ 概要", "6月", "利用者数 12人", ""]
        {
            assert!(!is_figures(s), "{s}");
        }
    }

    #[test]
    fn page_numbers_of_all_fashions() {
        for s in ["３", "- 4 -", "P5", "－ １２ －", "4/12", "p.7", "８ページ"] {
            assert!(is_page_number(s), "{s}");
        }
        for s in ["2,391", "1,000 件", "R5", "４０年", "", "1234"] {
            assert!(!is_page_number(s), "{s}");
        }
    }

    #[test]
    fn letter_spacing_and_units() {
        assert!(is_letter_spaced("所 管 課"));
        assert!(!is_letter_spaced("所管課 業務"));
        assert!(is_unit_note("（単位：千円）"));
        assert!(is_unit_note("単 位 ： 人"));
        assert!(is_unit_note("（乗車人数：人、経費：千円）") && !is_unit_note("（時間：10時）"));
        assert!(is_unit_note("（千円、％）") && !is_unit_note("千円") && !is_unit_note("（新規）"));
        assert!(!is_unit_note("単位制高等学校の見学会を行った。参加者は次のとおりである。"));
    }

    #[test]
    fn a_unit_note_may_lead_a_remark() {
        assert!(leads_with_unit_note("（単位：通）　※郵送による請求（1,205通）を除く。"));
        assert!(!leads_with_unit_note("（単位：通）") && !leads_with_unit_note("（参考）※郵送を除く。"));
    }
}
