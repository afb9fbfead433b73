//! Word lists that binding relies on; all of it can be extended by an expert.

use crate::letters::Letters;
use shiryo_ja::units::{self, Kind};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What each canonical unit measures.
static KINDS: LazyLock<HashMap<&'static str, Kind>> = LazyLock::new(|| {
    let mut kinds = HashMap::new();
    for unit in units::all() {
        kinds.entry(unit.canonical).or_insert(unit.kind);
    }
    kinds
});

/// What a unit measures; counters that the table does not have count.
pub(super) fn kind(unit: &str) -> Kind {
    KINDS.get(unit).copied().unwrap_or(Kind::Count)
}

/// Nouns of doing: 51校の機器の更新, 3手続のオンライン化.
const ACTIONS: [&str; 99] = [
    "導入",
    "更新",
    "実施",
    "整備",
    "設置",
    "配備",
    "見直し",
    "廃止",
    "開催",
    "削減",
    "増加",
    "減少",
    "拡充",
    "拡大",
    "対応",
    "策定",
    "構築",
    "移行",
    "改修",
    "受付",
    "交付",
    "発行",
    "配布",
    "登録",
    "利用",
    "活用",
    "申請",
    "参加",
    "受講",
    "支援",
    "改善",
    "短縮",
    "新設",
    "増設",
    "開設",
    "運用",
    "開始",
    "試行",
    "委託",
    "派遣",
    "採用",
    "育成",
    "訪問",
    "公開",
    "公表",
    "配置",
    "調査",
    "回答",
    "支給",
    "給付",
    "認定",
    "処理",
    "解決",
    "発信",
    "提供",
    "搭載",
    "掲載",
    "作成",
    "改定",
    "統合",
    "集約",
    "転換",
    "縮減",
    "縮小",
    "向上",
    "低下",
    "上昇",
    "達成",
    "完了",
    "終了",
    "修正",
    "変更",
    "追加",
    "撤去",
    "補修",
    "点検",
    "修繕",
    "建替え",
    "補助",
    "助成",
    "貸出",
    "貸与",
    "相談",
    "検討",
    "推進",
    "増",
    "減",
    "増員",
    "減員",
    "増額",
    "減額",
    "募集",
    "開放",
    "巡回",
    "診断",
    "接種",
    "植樹",
    "回収",
    "収集",
];

/// Whether a noun names a doing by itself.
pub(super) fn is_action(noun: &str) -> bool {
    noun.chars().count() <= 8 && action_ending(noun).is_some_and(|a| a == noun || noun.ends_with('化'))
}

/// The doing that a noun ends with (モデル更新 → 更新).
pub(crate) fn action_ending(noun: &str) -> Option<&str> {
    let last = noun.rsplit('の').next().unwrap_or(noun);
    if last.ends_with('化') && last.chars().count() <= 8 {
        return Some(last);
    }
    ACTIONS.iter().filter(|a| noun.ends_with(**a)).max_by_key(|a| a.len()).copied()
}

/// Doings too general to name what was counted (オンライン対応推進 95手続 is about 対応).
const VAGUE: [&str; 6] = ["推進", "検討", "支援", "改善", "促進", "強化"];

/// The doing that a count of `noun` is told for.
pub(super) fn counted_action(noun: &str) -> Option<&str> {
    let bare = VAGUE.iter().find_map(|v| noun.strip_suffix(v)).filter(|b| !b.is_empty());
    match bare {
        Some(bare) => action_ending(bare),
        None => action_ending(noun),
    }
}

/// Endings of nouns that name a quantity.
const QUANTITIES: [&str; 42] = [
    "数",
    "率",
    "額",
    "費",
    "費用",
    "経費",
    "量",
    "割合",
    "比率",
    "時間",
    "人口",
    "定員",
    "面積",
    "残高",
    "予算",
    "決算",
    "収入",
    "支出",
    "人員",
    "単価",
    "料金",
    "手数料",
    "使用料",
    "世帯",
    "密度",
    "倍率",
    "距離",
    "容量",
    "コスト",
    "延長",
    "数量",
    "累計",
    "総計",
    "実績値",
    "目標値",
    "平均",
    "シェア",
    "得点",
    "水準",
    "能力",
    "支払額",
    "回収率",
];

/// Whether a noun names a quantity (参加者数, 構築経費).
pub(crate) fn names_quantity(noun: &str) -> bool {
    let base = noun.split('(').next().unwrap_or(noun).trim_end();
    base.chars().count() >= 2
        && !base.starts_with(|c: char| c.is_ascii_digit())
        && QUANTITIES.iter().any(|q| base.ends_with(q))
        && !["件名", "要件", "案件", "条件", "事件", "複数", "多数", "少数", "半数", "期間"]
            .iter()
            .any(|w| base.ends_with(w))
}

/// Nouns that name nothing by themselves.
const GENERIC: &[&str] = &[
    "全体",
    "全部",
    "総数",
    "これ",
    "それ",
    "このうち",
    "うち",
    "内訳",
    "合計",
    "計",
    "累計",
    "総計",
    "実績",
    "予定",
    "見込",
    "見込み",
    "目標",
    "計画",
    "現在",
    "現状",
    "状況",
    "取組",
    "取り組み",
    "取組状況",
    "取組実績",
    "取組予定",
    "実施状況",
    "実施予定",
    "概要",
    "課題",
    "方向性",
    "効果",
    "成果",
    "結果",
    "その他",
    "参考",
    "事例",
    "内容",
    "目的",
    "経緯",
    "経過",
    "背景",
    "今後",
    "対象",
    "主",
    "主な",
    "下記",
    "以下",
    "次",
    "記",
    "別紙",
    "別添",
    "資料",
    "年度",
    "月",
    "年間",
    "施策",
    "緊急対策",
    "例",
    "区",
    "市",
    "町",
    "村",
    "都",
    "県",
    "国",
    "本区",
    "本市",
    "進捗状況",
    "進捗",
    "スケジュール",
    "当該",
    "理由",
    "今年度",
    "同じ期間",
    "同期間",
    "前年",
    "前年度",
    "前年同期",
    "同時期",
    "あと",
    "残り",
    "平均",
    "前回",
    "調査の概要",
    "一覧",
    "他",
    "本",
    "両",
    "総括",
    "総論",
    "はじめに",
    "おわりに",
    "まとめ",
    "所見",
    "見直しの効果",
    "主な結果",
    "黒字",
    "赤字",
    "規模",
    "見通し",
    "前回調査",
    "前回の調査",
    "前々回",
    "今回",
    "今回調査",
    "同期",
    "同月",
    "同日",
    "前年同月",
    "前年度同期",
    "昨年",
    "昨年度",
    "昨年同期",
    "現状値",
    "基準値",
    "実績値",
    "目標値",
    "計画値",
    "見込値",
    "策定時",
    "計画策定時",
    "当初",
    "基準年",
    "全庁",
    "庁内",
    "区内",
    "市内",
    "町内",
    "期間",
    "増",
    "減",
];

/// Whether a phrase names nothing that could be measured.
pub(super) fn is_generic(phrase: &str) -> bool {
    let plain = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let whole = plain(phrase);
    // 前回調査(令和3年度): the bracket only says which.
    let bare = phrase.strip_suffix(')').and_then(|p| p.rsplit_once('(')).map(|(bare, _)| plain(bare));
    // 作成済み, 対応済: how far it is, not what.
    let done = whole
        .strip_suffix('み')
        .unwrap_or(&whole)
        .strip_suffix('済')
        .is_some_and(|d| action_ending(d).is_some_and(|a| a == d));
    // 導入後, 見直し前: a phase.
    let phase = whole.strip_suffix(['後', '前']).is_some_and(|w| ACTIONS.contains(&w));
    done || phase
        || whole.chars().all(|c| c.is_ascii_digit())
        || GENERIC.contains(&whole.as_str())
        || bare.is_some_and(|b| GENERIC.contains(&b.as_str()))
}

/// Whether words only number a term or round (第8期, 第2回): they tell figures apart, they name nothing.
pub(super) fn is_term(words: &str) -> bool {
    let inner = words.strip_prefix('第').and_then(|w| w.strip_suffix(['期', '回', '次', '弾', '号']));
    inner.is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()))
}

/// Nouns for people by what they did; counted, they name the quantity, not what it is measured of.
const ROLES: [&str; 16] = [
    "参加者",
    "回答者",
    "利用者",
    "受講者",
    "登録者",
    "申込者",
    "応募者",
    "来場者",
    "対象者",
    "相談者",
    "受診者",
    "修了者",
    "希望者",
    "来庁者",
    "来館者",
    "入場者",
];

/// Whether a noun only tells what the counted people did (参加者, 延べ利用者).
pub(super) fn is_role(noun: &str) -> bool {
    let bare = ["延べ", "総", "新規"].iter().find_map(|w| noun.strip_prefix(w)).unwrap_or(noun);
    ROLES.contains(&bare)
}

/// Words in headings that say nothing of what a section is about; longest first where one holds another.
const HEADING_WORDS: [&str; 43] = [
    "取り組み状況",
    "事業の",
    "成果",
    "目的",
    "取組状況",
    "取組実績",
    "取組予定",
    "実施状況",
    "実施予定",
    "進捗状況",
    "実施実績",
    "取り組み",
    "取組",
    "これまでの",
    "現時点の",
    "現時点における",
    "現在の",
    "今後の",
    "主な",
    "区の",
    "市の",
    "町の",
    "実績",
    "予定",
    "現状",
    "課題",
    "方向性",
    "状況",
    "概要",
    "内容",
    "結果",
    "参考",
    "事例",
    "と",
    "・",
    "年度の",
    "例",
    "修正の理由",
    "変更の理由",
    "改定の理由",
    "理由",
    "修正",
    "調査の",
];

/// Whether a heading only says what kind of statements follow (現時点の取組状況, 今後の予定).
pub(crate) fn is_generic_heading(heading: &str) -> bool {
    let mut rest = heading.to_owned();
    // What is taken away leaves no letters that were not there.
    let letters = Letters::of(heading);
    for word in HEADING_WORDS.iter().filter(|w| Letters::of(w).may_stand_in(letters)) {
        rest = rest.replace(word, "");
    }
    let rest: String = rest.chars().filter(|c| c.is_alphanumeric()).collect();
    // 更新の概要, これまでの利用状況: only a doing is left.
    let doing = rest.trim_end_matches('の');
    let doing = doing.chars().count() <= 3 && ACTIONS.contains(&doing);
    rest.chars().count() <= 1 || doing || is_generic(&rest) || is_generic(heading)
}

/// Words before a comma that are no nouns.
const ADVERBS: [&str; 30] = [
    "今後",
    "現在",
    "引き続き",
    "毎年度",
    "毎年",
    "以下",
    "なお",
    "また",
    "特に",
    "更に",
    "現時点",
    "当面",
    "今回",
    "従来",
    "従前",
    "既に",
    "順次",
    "随時",
    "一方",
    "併せて",
    "加え",
    "今年度",
    "理論上",
    "実質",
    "概算",
    "事実上",
    "現状",
    "将来",
    "最終的",
    "同時",
];

/// Whether the characters are an adverb.
pub(super) fn is_adverb(c: &[char]) -> bool {
    ADVERBS.iter().any(|a| a.chars().eq(c.iter().copied()))
}

/// Words before a number that make it a sum.
pub(super) const SUMS: [&str; 16] = [
    "合計で",
    "合計",
    "累計で",
    "累計",
    "延べ",
    "のべ",
    "総計",
    "小計",
    "通算で",
    "通算",
    "合わせて",
    "あわせて",
    "全体で",
    "計",
    "総数",
    "トータルで",
];

/// Words before a number that say how often or for how many it holds.
pub(super) const FREQUENCIES: [&str; 23] = [
    "毎年度",
    "毎年",
    "毎月",
    "毎週",
    "毎日",
    "年間",
    "月間",
    "月平均",
    "年平均",
    "1日平均",
    "1日当たり",
    "1日あたり",
    "1人当たり",
    "1人あたり",
    "1か月当たり",
    "1件当たり",
    "1件あたり",
    "1日に",
    "1回当たり",
    "1回あたり",
    "1世帯当たり",
    "1世帯あたり",
    "1校当たり",
];

/// What is counted when the unit alone says so (51校 → 校数).
pub(crate) fn counter_noun(unit: &str) -> String {
    match unit {
        "名" | "人" => "人数".into(),
        "円" | "ドル" => "金額".into(),
        "%" | "‰" | "割" => "割合".into(),
        "倍" => "倍率".into(),
        "ポイント" => "ポイント差".into(),
        "時間" | "分" | "秒" => "時間".into(),
        "m2" | "ha" | "km2" => "面積".into(),
        "m" | "km" => "延長".into(),
        "t" | "kg" | "トン" => "重量".into(),
        u => match kind(u) {
            Kind::Mass => "重量".into(),
            Kind::Length => "延長".into(),
            Kind::Area => "面積".into(),
            Kind::Volume | Kind::Energy | Kind::Data | Kind::Physical => "量".into(),
            Kind::Money => "金額".into(),
            _ => format!("{u}数"),
        },
    }
}
