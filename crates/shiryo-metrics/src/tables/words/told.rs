//! Words that say whether a figure happened, and with what it is compared. Lists that an expert can extend.

use super::{closed_up, names_quantity, without_brackets};
use shiryo_model::Status;

/// Words that say whether a figure happened. The last one in a label wins (決算見込 is a forecast); words
/// marked `true` count only where they end the label or open a bracket, since they also stand inside names
/// (総合計画事業).
const STATUS_WORDS: [(&str, Status, bool); 34] = [
    ("補正前", Status::Plan, false),
    ("見込", Status::Forecast, false),
    ("見通し", Status::Forecast, false),
    ("予測", Status::Forecast, false),
    ("推計", Status::Forecast, false),
    ("試算", Status::Forecast, false),
    ("予定", Status::Plan, false),
    ("当初", Status::Plan, true),
    ("補正", Status::Plan, true),
    ("補正後", Status::Plan, true),
    ("現状値", Status::Actual, false),
    ("現状", Status::Actual, true),
    ("予算", Status::Plan, false),
    ("計画値", Status::Plan, false),
    ("計画数", Status::Plan, false),
    ("計画額", Status::Plan, false),
    ("計画量", Status::Plan, false),
    ("計画事業費", Status::Plan, false),
    ("計画", Status::Plan, true),
    ("(案)", Status::Plan, false),
    ("目標", Status::Target, false),
    ("実績", Status::Actual, false),
    ("決算", Status::Actual, false),
    ("現在", Status::Actual, false),
    ("時点", Status::Actual, false),
    ("対応済", Status::Actual, false),
    ("済", Status::Actual, true),
    ("完了", Status::Actual, true),
    ("実施状況", Status::Actual, false),
    ("達成状況", Status::Actual, false),
    ("進捗状況", Status::Actual, false),
    ("の達成度", Status::Actual, false),
    ("取組状況", Status::Actual, false),
    ("推移", Status::Actual, false),
];

/// The status that a header, label or caption states.
pub(in super::super) fn status(words: &str) -> Status {
    let mut found: Option<(usize, usize, Status)> = None;
    for (word, status, at_end) in STATUS_WORDS {
        for (at, _) in words.match_indices(word) {
            let after = words.get(at + word.len()..).unwrap_or_default();
            let counts = ["人数", "件数", "回数", "量", "値"].iter().any(|w| after.starts_with(w));
            // 決済件数, 返済額: no work that is done.
            let inside = word == "済"
                && words.get(..at).is_some_and(|w| w.ends_with(['決', '返', '救', '経', '共', '弁', '完']));
            let ends = after.is_empty() || after.starts_with(['(', ')', 'み', '数', '額', '率']) || counts;
            if at_end && !ends || inside {
                continue;
            }
            // 目標達成件数: how many aims were reached.
            let reached = word == "目標"
                && ["達成数", "達成件数", "達成済", "達成項目"].iter().any(|w| after.starts_with(w));
            let status = if reached { Status::Actual } else { status };
            let end = at + word.len();
            if found.is_none_or(|(last, length, _)| (end, word.len()) > (last, length)) {
                found = Some((end, word.len(), status));
            }
        }
    }
    let planned = || if names_planned(words) { Status::Plan } else { Status::Unknown };
    found.map_or_else(planned, |(_, _, status)| status)
}

/// 計画効果額, 計画回収量: a quantity as it was planned; not 計画策定件数, which counts plans.
fn names_planned(words: &str) -> bool {
    let plain = without_brackets(words);
    let Some(name) = plain.trim().strip_prefix("計画") else { return false };
    let of_plans = ["策定", "作成", "相談", "書", "変更", "認定", "期間", "案", "数"]
        .iter()
        .any(|w| name.starts_with(w));
    let ends = ["額", "数", "量", "率", "費", "面積", "延長"].iter().any(|w| name.ends_with(w));
    (2..=8).contains(&name.chars().count()) && ends && !of_plans
}

/// Headers of the value that targets are set against.
const BASELINES: [&str; 12] = [
    "基準",
    "基準値",
    "基準年度",
    "基準年",
    "現状",
    "現状値",
    "現況",
    "策定時",
    "計画策定時",
    "当初値",
    "直近値",
    "ベースライン",
];

/// Whether a header, without its time, is that of the value that targets are set against.
pub(in super::super) fn is_baseline(stem: &str) -> bool {
    BASELINES.contains(&without_brackets(stem).trim())
}

/// Whether a header names what is left of income after expenses: a difference within a year.
pub(in super::super) fn is_balance(label: &str) -> bool {
    let plain = without_brackets(label);
    ["差引", "差引額", "差引残額", "収支", "収支額", "収支差額", "残額"]
        .iter()
        .any(|w| plain.trim().ends_with(w))
}

/// Endings of figures that compare what was done with what was meant to be.
const COMPARISONS: [&str; 9] =
    ["達成率", "達成度", "執行率", "進捗率", "進捗度", "計画比", "目標比", "予算比", "対計画"];

/// Whether a header names a comparison of what was done with what was meant to be.
pub(in super::super) fn is_comparison(label: &str) -> bool {
    let plain = without_brackets(label);
    COMPARISONS.iter().any(|w| plain.trim().ends_with(w))
}

/// Endings of figures that compare a year with the one before.
const YEAR_RATIOS: [&str; 8] =
    ["前年同月比", "前年同期比", "前年度比", "前年比", "対前年度", "対前年", "前年度増減", "前年増減"];

/// Whether a header names a comparison of a year with the one before.
pub(in super::super) fn compares_years(label: &str) -> bool {
    let plain = without_brackets(label);
    let plain = plain.trim();
    // 対令和元年度比: the year named is what the figure is compared with.
    let with_named = plain.starts_with('対')
        && plain.contains('年')
        && ["比", "増減", "増減率", "伸び率", "増減数", "増減額"].iter().any(|w| plain.ends_with(w));
    with_named || YEAR_RATIOS.iter().any(|w| plain.ends_with(w))
}

/// Whether a header names the difference between two columns beside it.
pub(in super::super) fn is_difference(label: &str) -> bool {
    let plain = closed_up(&without_brackets(label));
    let names = [
        "増減",
        "増減数",
        "増減額",
        "増減率",
        "比較",
        "比較増減",
        "差引",
        "差",
        "差額",
        "伸び率",
        "増加率",
        "増加数",
        "増減(率)",
    ];
    names.contains(&plain.as_str())
}

/// Whether a header names the parts of the column beside it as shares of their sum.
pub(in super::super) fn is_composition(label: &str) -> bool {
    matches!(without_brackets(label).trim(), "構成比" | "構成比率" | "構成割合")
}

/// Whether a header names a share (利用率, …の割合).
pub(in super::super) fn is_share(label: &str) -> bool {
    let plain = without_brackets(label);
    ["率", "割合", "比率"].iter().any(|w| plain.trim().ends_with(w))
}

/// Whether a header names the ratio of a year to the one before, without telling a unit.
pub(in super::super) fn is_year_ratio(label: &str) -> bool {
    compares_years(label) && label.ends_with('比')
}

/// Labels of the same span of a year before.
const YEAR_BEFORE: [&str; 16] = [
    "前年度合計",
    "前年合計",
    "前年度計",
    "前年計",
    "前年同期",
    "前年同月",
    "前年度同期",
    "前年度同月",
    "前年同期実績",
    "前年同月実績",
    "昨年同期",
    "昨年同月",
    "前年",
    "昨年",
    "前年実績",
    "前年度実績",
];

/// Whether a label stands for the same span of the year before.
pub(in super::super) fn is_year_before(label: &str) -> bool {
    let plain: String = without_brackets(label).chars().filter(|c| c.is_alphanumeric()).collect();
    // 前年出動件数 beside 出動件数.
    let named =
        ["前年同期", "前年同月", "前年"].iter().find_map(|w| plain.strip_prefix(w)).is_some_and(|rest| {
            !rest.starts_with(['度', '比', '差', '対', '増', '減', '末'])
                && names_quantity(rest)
                && !compares_years(&plain)
        });
    named || YEAR_BEFORE.contains(&plain.as_str())
}

/// Headers of an earlier round of what the column to the left tells (割合 | 前回).
const ROUNDS: [&str; 8] = ["前回", "前回調査", "前々回", "今回", "今回調査", "前回値", "前年値", "前回結果"];

/// Whether a header stands for another round of the measure to its left.
pub(in super::super) fn is_round(stem: &str) -> bool {
    ROUNDS.contains(&without_brackets(stem).trim())
}
