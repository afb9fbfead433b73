//! Words that name kinds of things, doings and verdicts, but nothing that is measured. Lists that an expert can extend.

use super::{is_generic, names_quantity, without_brackets};

/// Headers of columns of running text, which names the rows where nothing else does.
pub(in super::super) fn heads_running(header: &str) -> bool {
    ["内容", "取組内容", "事業内容", "実施内容", "主な内容", "整備内容", "予定内容", "取組", "概要", "事項"]
        .contains(&header)
}

/// Verdicts of evaluations, which name no row.
const VERDICTS: [&str; 18] = [
    "A",
    "B",
    "C",
    "D",
    "S",
    "a",
    "b",
    "c",
    "拡充",
    "維持",
    "継続",
    "縮小",
    "廃止",
    "現状維持",
    "順調",
    "概ね順調",
    "遅れ",
    "やや遅れ",
];

/// Whether a label beside another only tells how something was judged.
pub(in super::super) fn is_verdict(label: &str) -> bool {
    VERDICTS.contains(&label)
}

/// Whether a heading says only what kind of thing follows (指標の推移, 取組実績, 資料3).
pub(in super::super) fn names_nothing(topic: &str) -> bool {
    let kind = ["の推移", "の状況", "の内訳", "一覧", "の実績", "について", "の概要", "推移", "実績", "状況"];
    let base = kind.iter().fold(topic, |words, tail| words.strip_suffix(tail).unwrap_or(words)).trim();
    let empty = [
        "開始",
        "導入",
        "完了",
        "指標",
        "コスト",
        "取組",
        "事業",
        "経費",
        "主な",
        "実施",
        "進捗",
        "数値目標",
        "成果",
        "今後の予定",
        "今後",
        "スケジュール",
        "今後のスケジュール",
        "今後の取組",
        "今後の進め方",
        "経過",
        "予定",
    ];
    let kinds = |part: &str| is_generic(part) || empty.contains(&part.trim());
    is_generic(topic) || base.split(['・', '、', '及', 'び', 'と']).all(kinds)
}

/// What captions say was done, without saying with what.
const DOINGS: [&str; 46] = [
    "利用", "活用", "運用", "運営", "実施", "登録", "受付", "申請", "開催", "整備", "執行", "達成", "交付",
    "配置", "配備", "回答", "調査", "相談", "発行", "貸出", "来館", "処理", "対応", "費用", "経費", "効果",
    "体制", "検証", "試行", "事業", "取組", "導入", "参加", "運行", "助成", "販売", "来庁", "受講", "稼働",
    "普及", "入会", "入所", "加入", "申込", "購入", "回収",
];

/// Whether a caption only says that something was done (利用状況(本庁), 実施結果).
pub(in super::super) fn names_doing(topic: &str) -> bool {
    let plain = without_brackets(topic);
    let kinds = [
        "の推移",
        "の状況",
        "の内訳",
        "の実績",
        "の結果",
        "の概要",
        "の検証",
        "推移",
        "状況",
        "実績",
        "結果",
        "件数",
        "一覧",
        "概要",
        "等",
    ];
    let base =
        kinds.iter().fold(plain.trim(), |words, tail| words.strip_suffix(tail).unwrap_or(words)).trim();
    // 地区別の入会状況.
    let base = base.rsplit_once("別の").map_or(base, |(_, of)| of);
    let parts = base.split(['・', '、', '及', 'び', 'と']);
    !base.is_empty() && parts.into_iter().all(|part| part.is_empty() || DOINGS.contains(&part))
}

/// The quantity a caption names: the phrase that ends in a word for a quantity (年度ごとの申請数 → 申請数).
pub(in super::super) fn quantity_noun(caption: &str) -> Option<String> {
    let plain = without_brackets(caption.split('<').next().unwrap_or(caption));
    let plain = plain.trim();
    // 待機児童の年齢別内訳.
    let by =
        ["別内訳", "別の内訳", "別の状況", "別状況", "別"].iter().find_map(|tail| plain.strip_suffix(tail));
    let plain = by.and_then(|lead| lead.rsplit_once('の')).map_or(plain, |(of, _)| of);
    let plain = [
        "の推移",
        "の推計",
        "の動向",
        "の見込み",
        "推計",
        "の状況",
        "の内訳",
        "一覧",
        "の実績",
        "について",
        "の比較",
        "推移",
        "等",
    ]
    .iter()
    .fold(plain, |words, tail| words.strip_suffix(tail).unwrap_or(words))
    .trim();
    let noun = plain.rsplit(['の', ' ', '・', '、']).next().unwrap_or(plain).trim();
    (names_quantity(noun) && noun.chars().count() >= 2).then(|| noun.to_owned())
}
