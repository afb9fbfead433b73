//! Whether a line goes on with the sentence of the line before it.

use super::marker::leading_marker;
use super::words::{
    begins_inside, begins_with_particle, ends_open, ends_sentence, ends_with_figure, ends_with_particle,
    is_entry_of_schedule, is_letter_spaced, is_name_with_remark, is_unit_note,
};

/// What lies between two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Ordinary leading.
    None,
    /// A little more: one blank line in a text extract.
    Wide,
    /// A clear break: several blank lines, a page break.
    Break,
}

/// What is known about the place where two lines meet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seam {
    /// Space between the lines.
    pub(crate) gap: Gap,
    /// Whether the first line fills its measure, so that its end may be the margin's doing.
    pub(crate) full: bool,
    /// Whether the block so far is one short titled line (a heading), not running text.
    pub(crate) titled: bool,
    /// Whether a bracket opened in the block is not closed yet.
    pub(crate) open_brackets: bool,
}

/// Whether `next` goes on with the block that ends with the line `prev`.
pub(crate) fn continues(prev: &str, next: &str, seam: Seam) -> bool {
    let brackets = seam.open_brackets;
    if let Some(marker) = leading_marker(next) {
        // A bare number after an unfinished full line is a figure of the sentence, not an enumerator.
        // ３　市町村支援 below a blank line: nobody sets a figure of a sentence like that.
        let set_off = next.trim_start().get(marker.text.len()..).is_some_and(|r| r.starts_with('\u{3000}'));
        let heads = set_off && seam.gap > Gap::None && !ends_open(prev);
        let cut = seam.full && (ends_open(prev) || !seam.titled) && !ends_sentence(prev) && !heads;
        // What ends in について is a title: a number below it begins a section.
        let title = (seam.gap > Gap::None || set_off) && prev.trim_end().ends_with("について");
        let inside = marker.weak && !title && (cut || (brackets && seam.gap < Gap::Break));
        if !inside {
            return false;
        }
    }
    if ends_sentence(prev) {
        return brackets && begins_inside(next);
    }
    // Entries of a list (とても良い 24.7%, やや良い 51.5%) or a schedule (3月　説明会) and a name set with blanks (期 間) begin
    // lines of their own.
    let entries = ends_with_figure(prev) && ends_with_figure(next)
        || !ends_open(prev) && is_entry_of_schedule(next)
        || is_letter_spaced(next)
        || is_unit_note(next)
        || seam.titled && is_name_with_remark(prev) && !begins_inside(next) && !begins_with_particle(next);
    if entries && !brackets {
        return false;
    }
    if begins_inside(next) && seam.gap < Gap::Break {
        return true;
    }
    if ends_open(prev) || brackets {
        return seam.gap < Gap::Break || seam.full;
    }
    if begins_with_particle(next) && seam.gap < Gap::Break {
        return seam.full || (!seam.titled && prev.trim().chars().count() >= 8);
    }
    // A katakana word cut in two.
    let katakana = |c: Option<char>| c.is_some_and(|c| ('ァ'..='ヶ').contains(&c) || c == 'ー');
    let cut_word =
        katakana(prev.trim_end().chars().next_back()) && katakana(next.trim_start().chars().next());
    if cut_word && seam.gap < Gap::Break && prev.trim().chars().count() >= 16 {
        return true;
    }
    // A title broken inside a word: …の実績及び令和7年度の取 / 組について.
    let phrase =
        prev.chars().any(|c| ('ぁ'..='ん').contains(&c)) && prev.trim().chars().count() >= LEAST_TITLE;
    let tail = next.trim().ends_with("について") && next.trim().chars().count() <= LONGEST_TAIL;
    if seam.gap == Gap::None && phrase && tail && !ends_in_letterhead(prev) {
        return true;
    }
    // A line that stops at a particle goes on; so does one with a bracketed remark below.
    const ATTRIBUTIVE: [&str; 6] = ["のうち", "に係る", "に関する", "における", "に伴う", "に基づく"];
    let attributive = ATTRIBUTIVE.iter().any(|w| prev.trim_end().ends_with(w));
    let stops_open = prev.trim().chars().count() >= 6 && (ends_with_particle(prev) || attributive);
    if seam.gap < Gap::Break
        && (stops_open || (seam.gap == Gap::None && next.trim_start().starts_with(['（', '('])))
    {
        return true;
    }
    match seam.gap {
        Gap::None => seam.full,
        Gap::Wide => seam.full && prev.chars().any(|c| ('ぁ'..='ん').contains(&c)),
        Gap::Break => seam.full && !seam.titled && begins_with_particle(next),
    }
}

/// A title that is broken has at least so many characters on its first line, and at most so many on its last.
const LEAST_TITLE: usize = 16;
const LONGEST_TAIL: usize = 12;

/// Whether a line ends as those above a title do: a unit in charge, a date, the name of a meeting's papers.
fn ends_in_letterhead(line: &str) -> bool {
    line.trim_end().ends_with(['課', '部', '局', '室', '係', '会', '日', '料', '号', '）', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seam(gap: Gap, full: bool, titled: bool) -> Seam {
        Seam { gap, full, titled, open_brackets: false }
    }

    #[test]
    fn sentences_broken_by_the_margin_are_joined() {
        let s = seam(Gap::Wide, true, false);
        assert!(continues("区民の利", "便性の向上を図る。", s));
        assert!(continues("本庁の窓口を含む", "12 社から回答を得た。", s));
        assert!(!continues("実施した。", "次に進む。", s));
        assert!(!continues("窓口の改善", "・申請の受付", s));
    }

    #[test]
    fn a_section_begins_below_a_title() {
        let s = seam(Gap::Wide, true, false);
        assert!(!continues("        予防接種の助成及び実施状況について", " 1  費用の助成", s));
    }

    #[test]
    fn titles_go_on_over_a_blank_line() {
        let s = seam(Gap::Wide, false, true);
        assert!(continues(
            "令和７年度一般会計補正予算（第５号）のうち",
            "窓口システムの改修に要する経費について",
            s
        ));
        assert!(!continues("令和７年度一般会計補正予算（第５号）", "窓口システムの改修について", s));
    }

    #[test]
    fn titles_broken_inside_a_word_are_joined() {
        let s = seam(Gap::None, false, false);
        assert!(continues("令和６年度健康づくり計画の実績及び令和７年度の取", "組について", s));
        assert!(!continues("福祉のまちづくり推進特別委員会 健康推進課", "取組について", s));
        assert!(!continues("健康づくり", "取組について", s));
    }

    #[test]
    fn short_lines_stand_alone() {
        let subtitle = "～ 待たない窓口へ ～";
        assert!(!continues(subtitle, "令和６年12月10日　市民委員会", seam(Gap::None, false, true)));
        assert!(!continues("総務部", "情報課", seam(Gap::None, false, false)));
        assert!(!continues("概要", "別紙のとおり", seam(Gap::Wide, false, true)));
    }

    #[test]
    fn numbered_headings_below_a_blank_line_go_on_with_nothing() {
        let s = seam(Gap::Wide, true, false);
        assert!(!continues("・在宅で働いた職員の割合　３４．０％　目標：４０％", "３　市町村への支援", s));
        assert!(continues(
            "本庁と支所の窓口を合わせて全部で",
            "３　窓口となった。",
            seam(Gap::None, true, false)
        ));
    }

    #[test]
    fn entries_and_spaced_names_stand_alone() {
        let s = seam(Gap::None, true, false);
        assert!(!continues("とても使いやすいと思う 24.7%", "やや使いやすいと思う　51.5%", s));
        assert!(!continues("どの程度の時間を減らせるかを確かめる", "期 間", s));
        assert!(!continues("予診票の発送、医療機関への説明会", "令和７年 ４月　接種の開始", s));
        assert!(!continues("窓口と連携し、対象を７課に拡大", "令和８年度　　全ての施設で開始", s));
        let titled = seam(Gap::None, true, true);
        assert!(!continues("◯　予約窓口の拡大（予算額　860万円）", "６か所の出張所に端末を置く。", titled));
        assert!(continues("◯　区では講座を開いており（年６回）", "参加者は年々増えている。", titled));
        assert!(continues("導入した端末は、", "４月 から全ての窓口で使う", s));
        assert!(continues("本庁と支所を合わせて 120 件", "の申込みがあった", s));
        assert!(continues("本庁と支所を合わせて", "前年度より多い 120 件", s));
    }

    #[test]
    fn open_brackets_and_commas_bind() {
        let open = Seam { open_brackets: true, ..seam(Gap::None, false, false) };
        assert!(continues("講座（初", "心者向け）", open));
        assert!(continues("区は、", "都と協力し", seam(Gap::Wide, false, false)));
    }
}
