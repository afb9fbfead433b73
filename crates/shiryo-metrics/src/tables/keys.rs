//! Keys of forms: what stands before its value in a sheet (事業名, 所管課, 対象 …). Lists that an expert can extend.

use super::column_words;
use super::{unit_words, words};

/// Keys whose value is what the whole sheet is about.
const NAMES: [&str; 24] = [
    "事業名",
    "事務事業名",
    "事務事業",
    "事業名称",
    "事務事業の名称",
    "予算事業名",
    "細事業名",
    "施策名",
    "施策",
    "基本施策名",
    "取組名",
    "取組事項",
    "取組項目",
    "施設名",
    "施設名称",
    "施設の名称",
    "対象施設",
    "件名",
    "工事名",
    "業務名",
    "委託業務名",
    "計画名",
    "補助金名",
    "補助金等の名称",
];

/// Further keys whose value is the unit in charge, besides the headers of such columns.
const CHARGES: [&str; 12] = [
    "所管部課",
    "担当部課",
    "所管部署名",
    "担当部局",
    "担当部署名",
    "主管部課",
    "施設所管課",
    "所管部局",
    "担当課・係",
    "所管課・係",
    "部課名",
    "実施主体",
];

/// Keys whose value is the span of time that the whole sheet reports on.
const SPANS: [&str; 8] =
    ["評価対象期間", "評価対象年度", "対象期間", "対象年度", "評価年度", "報告年度", "事業年度", "集計期間"];

/// Keys that tell other things, with numbers or without.
const OTHERS: [&str; 54] = [
    "対象",
    "対象者",
    "目的",
    "事業の目的",
    "事業目的",
    "目的・概要",
    "意図",
    "内容",
    "事業内容",
    "事業の内容",
    "概要",
    "事業概要",
    "事業の概要",
    "施設の概要",
    "施設概要",
    "実施内容",
    "取組内容",
    "手段",
    "根拠法令",
    "根拠法令等",
    "法令根拠",
    "関連計画",
    "個別計画",
    "総合計画",
    "施策体系",
    "基本目標",
    "政策",
    "実施方法",
    "実施形態",
    "運営方法",
    "事業期間",
    "実施期間",
    "指定期間",
    "指定管理者",
    "指定管理者名",
    "管理者",
    "委託先",
    "契約の相手方",
    "契約方法",
    "工期",
    "開始年度",
    "事業開始年度",
    "所在地",
    "設置条例",
    "設置目的",
    "建築年",
    "開設年月日",
    "整理番号",
    "予算科目",
    "会計",
    "款項目",
    "構造",
    "課題",
    "成果",
];

fn plain(key: &str) -> String {
    words::closed_up(&words::clean(key))
}

/// Whether a key's value is what the whole sheet is about.
pub(crate) fn names(key: &str) -> bool {
    NAMES.contains(&plain(key).as_str())
}

/// Whether a key's value is the unit in charge.
pub(crate) fn charges(key: &str) -> bool {
    let key = plain(key);
    column_words::is_department(&key) || CHARGES.contains(&key.as_str())
}

/// Whether a key's value is the span of time that the sheet reports on.
pub(crate) fn spans(key: &str) -> bool {
    SPANS.contains(&plain(key).as_str())
}

/// Whether words are a key that sheets use.
pub(super) fn known(key: &str) -> bool {
    let plain = plain(key);
    let measures = || {
        let stem = super::when::read(&plain, &shiryo_ja::TimeContext::default()).stem;
        words::names_quantity(&stem) || unit_words::is_money(&stem)
    };
    names(&plain)
        || charges(&plain)
        || spans(&plain)
        || OTHERS.contains(&plain.as_str())
        || column_words::is_ignored(&plain)
        || (plain.chars().count() <= 16 && measures())
}
