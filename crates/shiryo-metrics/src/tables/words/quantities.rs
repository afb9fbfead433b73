//! Words that name a quantity, and whether it stands at a day or is counted through a time. Lists that an expert can
//! extend.

use super::{is_generic, without_brackets};

/// Endings that make words the name of a quantity.
const QUANTITY_ENDINGS: [&str; 47] = [
    "数",
    "率",
    "額",
    "費",
    "量",
    "高",
    "比",
    "割合",
    "時間",
    "人口",
    "定員",
    "件",
    "面積",
    "延長",
    "残高",
    "密度",
    "経費",
    "予算",
    "決算",
    "収入",
    "支出",
    "人員",
    "回数",
    "人数",
    "金額",
    "単価",
    "料",
    "金",
    "税",
    "世帯",
    "点",
    "増減",
    "度",
    "平均",
    "倍率",
    "距離",
    "容量",
    "歳入",
    "歳出",
    "総計",
    "累計",
    "コスト",
    "部数",
    "枚数",
    "日数",
    "費用",
    "児童",
];

/// Whether words name a quantity (件数, 参加者数, 交付率).
pub(in super::super) fn names_quantity(stem: &str) -> bool {
    let plain = stem.trim_end_matches(|c: char| !c.is_alphanumeric());
    let base = plain.split('(').next().unwrap_or(plain).trim();
    // 税, 点 alone name a kind of matter.
    !is_generic(base)
        && base.chars().count() >= 2
        && QUANTITY_ENDINGS.iter().any(|e| base.ends_with(e) || plain.ends_with(e))
}

/// Endings of figures that have no unit.
const INDICES: [&str; 11] =
    ["指数", "係数", "偏差値", "密度", "倍率", "評点", "得点", "スコア", "消費指数", "出生率", "点数"];

/// Whether words name a figure without a unit (財政力指数).
pub(in super::super) fn names_index(label: &str) -> bool {
    let plain = without_brackets(label);
    INDICES.iter().any(|w| plain.trim().ends_with(w))
}

/// What stands at a day, rather than being counted through a time.
const STOCKS: [&str; 30] = [
    "累計",
    "登録者",
    "登録数",
    "登録件数",
    "保有",
    "残高",
    "人口",
    "世帯数",
    "会員",
    "加入",
    "在籍",
    "職員数",
    "設置",
    "整備",
    "配備",
    "対応済",
    "導入済",
    "手続数",
    "施設数",
    "店舗数",
    "台数",
    "蔵書",
    "友だち",
    "フォロワー",
    "口座",
    "普及率",
    "オンライン化",
    "進捗",
    "達成",
    "取得率",
];

/// Whether words name what stands at a day.
pub(in super::super) fn is_stock(label: &str) -> bool {
    STOCKS.iter().any(|w| label.contains(w))
}

/// What is counted through a time, rather than standing at a day.
const FLOWS: [&str; 16] = [
    "回数",
    "件数",
    "参加",
    "受講",
    "利用者",
    "延べ",
    "来場",
    "来館",
    "貸出",
    "相談",
    "申込",
    "受付",
    "配布",
    "出動",
    "搬送",
    "処理量",
];

/// Whether words name what is counted through a time.
pub(in super::super) fn is_flow(label: &str) -> bool {
    FLOWS.iter().any(|w| label.contains(w))
}
