//! What the words of headers, labels and captions say: status, kind of figure, totals, and words that name
//! nothing by themselves. All of it is lists that an expert can extend.

mod kinds;
mod quantities;
mod told;

pub(super) use kinds::{heads_running, is_verdict, names_doing, names_nothing, quantity_noun};
pub(super) use quantities::{is_flow, is_stock, names_index, names_quantity};
pub(super) use told::{
    compares_years, is_balance, is_baseline, is_comparison, is_composition, is_difference, is_round,
    is_share, is_year_before, is_year_ratio, status,
};

use crate::versions;
use shiryo_model::{Aggregation, Status};

/// Words without the white space in them.
pub(super) fn closed_up(words: &str) -> String {
    words.split_whitespace().collect()
}

/// What kind of figure the words and the unit make it.
pub(super) fn aggregation(words: &str, unit: &str) -> Aggregation {
    let has = |list: &[&str]| list.iter().any(|w| words.contains(w));
    if has(&["増減", "差引", "増加数", "減少数", "比較", "差額", "前年差", "増加額", "減少額"])
    {
        return Aggregation::Change;
    }
    let ratio = matches!(unit, "%" | "倍" | "割" | "‰");
    if unit == "ポイント" || (!ratio && !unit.is_empty() && words.split(' ').any(compares_years)) {
        return Aggregation::Change;
    }
    if ratio || has(&["構成比", "割合"]) {
        return Aggregation::Ratio;
    }
    if has(&["累計", "累積", "延べ", "合計", "通算"]) {
        return Aggregation::Cumulative;
    }
    Aggregation::Point
}

/// Row or column labels that stand for the total of their neighbours.
const TOTALS: [&str; 15] = [
    "計",
    "合計",
    "小計",
    "総計",
    "総数",
    "全体",
    "累計",
    "総合計",
    "中計",
    "年度計",
    "年計",
    "通年",
    "延べ計",
    "計(A)",
    "全計",
];

/// Every word for a total has one of these.
const TOTAL_LETTERS: [char; 4] = ['計', '総', '全', '通'];

/// Whether a label is a total.
pub(super) fn is_total(label: &str) -> bool {
    if !label.contains(TOTAL_LETTERS) {
        return false;
    }
    let label = without_formula(label);
    let plain: String =
        label.chars().filter(|c| !c.is_whitespace() && !"・()[]【】<>".contains(*c)).collect();
    TOTALS.contains(&plain.as_str())
        || super::content::years_summed(label).is_some()
        || (plain.chars().count() <= 6 && (plain.ends_with("合計") || plain.ends_with("小計")))
}

/// A label without the letters that formulas call it by: 歳出合計(B), 計(A+B).
pub(super) fn without_formula(label: &str) -> &str {
    let letters = |inner: &str| {
        (1..=7).contains(&inner.chars().count())
            && inner.chars().all(|c| c.is_ascii_uppercase() || "+-=~".contains(c) || ('①'..='⑳').contains(&c))
    };
    match label.strip_suffix(')').and_then(|l| l.rsplit_once('(')) {
        Some((name, inner)) if letters(inner) => name.trim_end(),
        _ => label,
    }
}

/// Header words that name the kind of label or value but no quantity.
const GENERIC: [&str; 82] = [
    "目的",
    "Plan",
    "Do",
    "Check",
    "Action",
    "Act",
    "PLAN",
    "DO",
    "CHECK",
    "ACTION",
    "現況",
    "区分",
    "項目",
    "内容",
    "種別",
    "名称",
    "年度",
    "年",
    "月",
    "数値",
    "値",
    "実績",
    "実績値",
    "見込",
    "見込み",
    "見込値",
    "予定",
    "計画",
    "計画値",
    "目標",
    "目標値",
    "件名",
    "事項",
    "指標",
    "指標名",
    "単位",
    "現状",
    "現状値",
    "基準",
    "基準値",
    "基準年度",
    "当初",
    "前回",
    "前回調査",
    "今回",
    "数",
    "数量",
    "実施年度",
    "事業名",
    "取組",
    "取組内容",
    "対象",
    "概要",
    "事業概要",
    "成果",
    "成果指標",
    "活動指標",
    "活動",
    "アウトプット",
    "アウトカム",
    "最終目標",
    "現在",
    "時点",
    "実施状況",
    "状況",
    "取組状況",
    "必要性",
    "有効性",
    "効率性",
    "公平性",
    "妥当性",
    "緊急性",
    "評価",
    "総合評価",
    "評価理由",
    "課題",
    "方向性",
    "今後の方向性",
    "今後の対応",
    "要因",
    "理由",
    "分析",
];

/// Whether words name no quantity by themselves.
pub(super) fn is_generic(stem: &str) -> bool {
    let mut plain = without_brackets(stem);
    plain.retain(char::is_alphanumeric);
    // 5か年目標, 3年後の目標, 第2期計画値.
    let kind =
        plain.trim_start_matches(|c: char| c.is_ascii_digit() || "第ヵかカケ年次期後中のヶ".contains(c));
    // 予算・計画: one as the other.
    let one = |part: &str| matches!(part, "予算" | "決算") || !part.is_empty() && is_generic(part);
    let several = || stem.contains('・') && stem.split('・').all(one);
    plain.is_empty()
        || GENERIC.contains(&plain.as_str())
        || GENERIC.contains(&kind)
        || is_total(&plain)
        || several()
}

/// Words without what stands in brackets.
pub(super) fn without_brackets(words: &str) -> String {
    let mut depth = 0u32;
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The words of a label that stands in brackets as a whole: (一般) → 一般.
pub(super) fn in_brackets(label: &str) -> Option<&str> {
    let inner = label.strip_prefix(['(', '[', '〔'])?.strip_suffix([')', ']', '〕'])?;
    let inner = ["参考:", "再掲:"].iter().find_map(|lead| inner.strip_prefix(lead)).unwrap_or(inner).trim();
    (!inner.is_empty() && !inner.contains(['(', '[', '〔'])).then_some(inner)
}

/// Headers that divide what is counted, without saying what that is.
const CATEGORIES: [&str; 12] =
    ["男", "女", "男性", "女性", "非公表", "不明", "その他", "男女計", "公立", "私立", "区内", "区外"];

/// Headers that set what is counted before or after a change.
const PHASES: [&str; 18] = [
    "試行前",
    "試行中",
    "試行後",
    "導入前",
    "導入後",
    "見直し前",
    "見直し後",
    "改善前",
    "改善後",
    "実施前",
    "実施後",
    "開設時",
    "導入時",
    "開始時",
    "着手時",
    "移行時",
    "運用開始時",
    "供用開始時",
];

/// Whether words only name a part of what is counted.
pub(super) fn is_category(stem: &str) -> bool {
    CATEGORIES.contains(&stem.trim()) || is_phase(stem.trim()) || versions::named(stem).is_some()
}

/// Whether words say that the figures below hold before or after a change.
pub(super) fn is_phase(stem: &str) -> bool {
    PHASES.contains(&stem)
}

/// Words that repeat the label above.
pub(super) fn repeats_above(label: &str) -> bool {
    matches!(label, "同上" | "〃" | "″" | "\"" | "々" | "''" | "同" | "上記に同じ" | "同左")
}

/// A caption without its number: 表1 …, 図2 …, 第3表 …, 別表 ….
pub(super) fn without_number(caption: &str) -> &str {
    // 【2表】 …, with or without the bracket that opens it.
    let digits = caption
        .trim_start_matches(['【', '[', '第'])
        .trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    if digits.len() < caption.len()
        && let Some(rest) = digits.strip_prefix("表】").or_else(|| digits.strip_prefix("表]"))
        && !rest.trim().is_empty()
    {
        return rest.trim();
    }
    for kind in ["表", "図", "資料", "別表", "参考", "グラフ", "第"] {
        let Some(rest) = caption.strip_prefix(kind) else { continue };
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "-‐.―－ ".contains(c));
        let after = number.strip_prefix('表').unwrap_or(number);
        if number.len() < rest.len() && !after.starts_with(['回', '次', '期', '号', '条', '1']) {
            return after.trim_start_matches([':', ' ', '\u{3000}', '.', '】', ')']).trim();
        }
    }
    caption
}

/// A heading without its number and unit note: 表2 件数の推移 単位:人 → 件数の推移.
pub(super) fn topic(heading: &str) -> &str {
    let heading = heading.split(" 単位").next().unwrap_or(heading);
    let heading = heading.split("(単位").next().unwrap_or(heading);
    without_number(heading.trim())
}

/// Whether a row label says if the row happened (実績, R6目標, 見込者数); words inside names do not
/// (育児休業取得(予定)証明書).
pub(super) fn row_status(label: &str, stem: &str) -> Status {
    let ends = ["見込", "見込み", "見込値", "推計", "目標", "実績", "予定", "計画"];
    let plain = without_brackets(stem);
    // 量の見込み(計画)①: what a formula calls it.
    let plain = plain.trim().trim_end_matches(|c: char| ('①'..='⑳').contains(&c) || c.is_ascii_uppercase());
    // 確保方策(計画)②; 転居届(予定) may be the name of a form.
    let bracket =
        stem.rsplit_once('(').and_then(|(_, inner)| inner.split_once(')')).map_or("", |(inner, _)| inner);
    let told = ends.iter().any(|w| plain.trim().ends_with(w) || bracket == *w && *w != "予定");
    if told || is_generic(stem) || names_quantity(label) { status(label) } else { Status::Unknown }
}

/// Whether what is left of a label beside its time only says if it happened (予定, (見込み), 実績).
pub(super) fn says_only_whether(stem: &str) -> bool {
    let plain: String = stem.chars().filter(|c| c.is_alphanumeric()).collect();
    plain.chars().count() <= 4 && status(&plain) != Status::Unknown
}

/// Whether words end in a kind of value (計画の目標値, 前回実績): they name no subject.
pub(super) fn ends_in_kind(stem: &str) -> bool {
    let plain = without_brackets(stem);
    ["目標値", "実績値", "見込値", "計画値", "基準値", "現状値", "目標", "実績", "見込み", "見込"]
        .iter()
        .any(|w| plain.trim().ends_with(w))
}

/// A label without footnote marks, enumerator and line breaks.
pub(super) fn clean(label: &str) -> String {
    let joined: String = label.split('\n').map(str::trim).collect();
    let chars: Vec<char> = joined.chars().collect();
    let mut out = String::with_capacity(joined.len());
    let mut i = 0;
    while let Some(&c) = chars.get(i) {
        if c == '※' || ((c == '*' || c == '＊') && i > 0) {
            i += 1;
            while chars.get(i).is_some_and(char::is_ascii_digit) {
                i += 1;
            }
            continue;
        }
        out.push(c);
        i += 1;
    }
    strip_enumerator(out.trim()).trim().to_owned()
}

/// Takes a leading enumerator or bullet off: `(1) …`, `① …`, `・…`, `1 …`, `ア …`.
fn strip_enumerator(label: &str) -> &str {
    let bulleted =
        label.trim_start_matches(['・', '●', '◆', '■', '◇', '□', '▼', '▶', '➢', '►', '*']).trim_start();
    let first = bulleted.chars().next();
    if first.is_some_and(|c| ('①'..='⓿').contains(&c) || ('⑴'..='⒇').contains(&c)) {
        return non_empty(bulleted.get(3..).unwrap_or_default().trim_start(), bulleted);
    }
    if let Some(inner) = bulleted.strip_prefix('(')
        && let Some((number, rest)) = inner.split_once(')')
        && !number.is_empty()
        && number.len() <= 3
        && (number.bytes().all(|b| b.is_ascii_digit())
            || number.chars().all(enumerates) && number.chars().count() == 1)
    {
        return non_empty(rest.trim_start(), bulleted);
    }
    let digits = bulleted.len() - bulleted.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = bulleted.get(digits..).unwrap_or_default();
    if (1..=2).contains(&digits) && rest.starts_with([' ', '.', '\u{3000}', ')', '．']) {
        let after = rest.trim_start_matches([' ', '.', '\u{3000}', ')', '．']);
        if !after.starts_with(|c: char| c.is_ascii_digit()) {
            return non_empty(after, bulleted);
        }
    }
    bulleted
}

/// Whether a character in brackets counts up: ア, a, 一; not 内, 男.
fn enumerates(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('ぁ'..='ヿ').contains(&c) || "一二三四五六七八九十".contains(c)
}

fn non_empty<'a>(stripped: &'a str, whole: &'a str) -> &'a str {
    if stripped.is_empty() { whole } else { stripped }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_total_is_known() {
        assert!(TOTALS.iter().all(|word| word.contains(TOTAL_LETTERS)));
        assert!(is_total("3か年計") && is_total("(合 計)") && !is_total("本庁舎"));
    }

    #[test]
    fn the_last_status_word_wins() {
        assert_eq!(status("令和5年度決算見込額"), Status::Forecast);
        assert_eq!(status("令和4年度対応済手続数"), Status::Actual);
        assert_eq!(status("対象外予定手続数"), Status::Plan);
        assert_eq!(status("目標値(R8)"), Status::Target);
        assert_eq!(status("総合計画事業"), Status::Unknown);
        assert_eq!(status("年間件数"), Status::Unknown);
        assert_eq!((status("計画回収量"), status("計画策定件数")), (Status::Plan, Status::Unknown));
    }

    #[test]
    fn rows_and_columns_of_comparison() {
        assert!(names_nothing("活動指標・成果指標") && !names_nothing("図書館の利用状況"));
        assert!(compares_years("前年度比(%)") && !compares_years("前年度"));
        assert!(is_baseline("基準") && is_baseline("現状値") && !is_baseline("認定基準"));
        assert!(is_comparison("達成率(%)") && !is_comparison("利用率"));
        assert!(is_year_before("前年出動件数") && !is_year_before("前年増減額"));
        assert!(is_year_before("前年同月") && !is_year_before("前年同月比"));
        assert_eq!(row_status("量の見込み", "量の見込み"), Status::Forecast);
        assert_eq!(row_status("育児休業取得(予定)証明書", "育児休業取得(予定)証明書"), Status::Unknown);
    }

    #[test]
    fn labels_lose_marks_and_enumerators() {
        for (raw, expected) in [
            ("窓口対応※2", "窓口対応"),
            ("(1) 受付業務", "受付業務"),
            ("① 受付業務", "受付業務"),
            ("・受付業務", "受付業務"),
            ("3 受付業務", "受付業務"),
            ("65歳以上", "65歳以上"),
            ("年間\n処理件数", "年間処理件数"),
            ("(仮称)新庁舎", "(仮称)新庁舎"),
        ] {
            assert_eq!(clean(raw), expected);
        }
    }

    #[test]
    fn quantities_and_generic_words() {
        assert!(names_quantity("参加者数"));
        assert!(names_quantity("執行率(%)"));
        assert!(!names_quantity("区分"));
        assert!(!names_quantity("中央図書館"));
        assert!(is_generic("目標値") && is_generic("計") && !is_generic("件数"));
        assert!(is_total("合 計") && is_total("【小計】") && !is_total("会計"));
        assert!(is_total("歳出合計(B)") && is_total("計(A+B)") && !is_total("計(見込み)"));
    }

    #[test]
    fn one_kind_or_another_names_nothing() {
        assert!(is_generic("予算・計画") && is_generic("計画・目標"));
        assert!(!is_generic("講座・相談"));
    }
}
