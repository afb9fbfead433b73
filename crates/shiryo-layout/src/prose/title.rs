//! The title of a paper: found among the short lines before its first heading or sentence.

use super::marker::MarkerKind;
use super::outline::{Draft, Hint};
use super::words::closed_up;
use regex::Regex;
use shiryo_model::BlockKind;
use std::sync::LazyLock;

/// Words with which the name of a paper ends.
const TITLE_ENDS: [&str; 22] = [
    "について",
    "概要",
    "報告",
    "計画",
    "方針",
    "状況",
    "結果",
    "（案）",
    "(案)",
    "素案",
    "修正案",
    "とりまとめ",
    "基本方針",
    "に関すること",
    "報告書",
    "実績",
    "予定",
    "進捗",
    "取組",
    "一覧",
    "構想",
    "のお知らせ",
];
/// Words with which lines about the sender, the occasion or the attachment end.
const LETTERHEAD_ENDS: [&str; 18] = [
    "部",
    "課",
    "室",
    "担当",
    "局",
    "係",
    "センター",
    "資料",
    "委員会",
    "事務局",
    "会議",
    "別紙",
    "記",
    "日",
    "御中",
    "様",
    "殿",
    "提出",
];

/// Numbers and sessions that bills, notices and questions stand under, when and where a meeting is held, and
/// dates in short forms (2024/9/13, R6.9.13, 令和6年10月, 令和6年9月17日・18日).
static OCCASION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"第[\d一二三四五六七八九十百]+号$|(定例会|臨時会|定例[市区町村県都]議会|本会議)$",
        r"|^【?(日時|場所|会場|出席|連絡先|問合|問い?合わ?せ|電話)|資料[\d－‐-]+$",
        r"|^[（(]?([A-ZＡ-Ｚ]|\p{Han}{2})?[\d元]+[./年．／]\d+([./月．／]\d+日?)?月?([（(][日月火水木金土][)）])?",
        r"([・～~]\d+日)?[)）]?$"
    ))
    .ok()
});

/// Whether a line of the head names the occasion, not the matter.
fn names_occasion(text: &str) -> bool {
    OCCASION.as_ref().is_some_and(|r| r.is_match(text))
}

/// The words of a line without what stands behind them: brackets, numbers of parts.
fn plain_end(text: &str) -> &str {
    let plain = text.trim_end_matches(['）', ')', '」', '１', '２', '３', '1', '2', '3']);
    // 推進計画（第2次）: what stands before the bracket counts.
    if text.ends_with(['）', ')']) { plain.rsplit_once(['（', '(']).map_or(plain, |p| p.0) } else { plain }
}

/// Whether a line names who wrote the paper, or its occasion.
pub(super) fn is_letterhead(text: &str) -> bool {
    let text = closed_up(text);
    let plain = plain_end(&text);
    LETTERHEAD_ENDS.iter().any(|e| plain.ends_with(e)) && !plain.ends_with("に関する資料")
        || names_occasion(&text)
}

/// Finds the title among the short lines before the first heading or sentence.
pub(super) fn name_title(drafts: &[Draft], roles: &mut [BlockKind]) {
    if roles.contains(&BlockKind::Title) {
        return;
    }
    let large = |d: &Draft| {
        matches!(d.hint, Hint::Heading(1)) && {
            let text = closed_up(&d.joined());
            !names_occasion(&text) && !text.ends_with("委員会資料")
        }
    };
    if let Some(i) = drafts.iter().take(12).position(large) {
        if let Some(r) = roles.get_mut(i) {
            *r = BlockKind::Title;
        }
        return;
    }
    let mut fallback = None;
    for (i, (d, r)) in drafts.iter().zip(roles.iter()).take(16).enumerate() {
        let running =
            d.is_sentence() || (d.kind().is_some() && *r == BlockKind::Heading) || *r == BlockKind::Table;
        if running {
            break;
        }
        let text = closed_up(&d.joined());
        let plain = plain_end(&text);
        let letterhead = is_letterhead(&text);
        if d.kind().is_some_and(|k| k != MarkerKind::Bracket)
            || letterhead
            || d.width() < 8
            || d.width() > 140
        {
            continue;
        }
        if !matches!(r, BlockKind::Paragraph | BlockKind::Heading) {
            continue;
        }
        if TITLE_ENDS.iter().any(|e| text.ends_with(e) || plain.ends_with(e)) {
            fallback = Some(i);
            break;
        }
        fallback = fallback.or(Some(i));
    }
    if let Some(r) = fallback.and_then(|i| roles.get_mut(i)) {
        *r = BlockKind::Title;
    }
}

#[cfg(test)]
mod tests {
    use super::names_occasion;

    #[test]
    fn lines_about_the_occasion_are_no_titles() {
        for line in [
            "議案第12号",
            "みさき町告示第5号",
            "令和6年第4回定例会",
            "会場：第2会議室",
            "資料３－２",
            "2024/11/5",
            "R6.11.5（火）",
            "令和６年11月",
            "（令和6年11月5日・6日）",
        ] {
            assert!(names_occasion(line), "{line}");
        }
        for line in
            ["令和6年度事業計画", "第3号被保険者の届出状況", "資料の電子化", "令和6年第4回定例会の日程"]
        {
            assert!(!names_occasion(line), "{line}");
        }
    }
}
