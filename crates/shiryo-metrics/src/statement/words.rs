//! Word lists that binding relies on; all of it can be extended by an expert.

pub(crate) use super::generic::is_role;
pub(super) use super::generic::{is_generic, is_span_or_home, is_term};
pub(crate) use super::kinds::is_generic_heading;
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
pub(super) const ACTIONS: [&str; 116] = [
    "到達",
    "協力",
    "助言",
    "応募",
    "申込",
    "来場",
    "来館",
    "寄附",
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
    "圧縮",
    "投稿",
    "節減",
    "発送",
    "送信",
    "開封",
    "視聴",
    "実証",
    "運行",
];

/// Whether a noun names a doing by itself.
pub(crate) fn is_action(noun: &str) -> bool {
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
const QUANTITIES: [&str; 58] = [
    "満足度",
    "重要度",
    "活動実績",
    "利益",
    "損失",
    "収益",
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
    "実員",
    "現員",
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
    "委託料",
    "利用料",
    "保守料",
    "賃借料",
    "減収",
    "増収",
    "短縮効果",
    "削減効果",
];

/// Whether a noun names a quantity (参加者数, 構築経費).
pub(crate) fn names_quantity(noun: &str) -> bool {
    let base = noun.split('(').next().unwrap_or(noun).trim_end();
    // 1件当たりの処理時間: what it is told for may be counted.
    let rate = ["当たりの", "あたりの"].iter().find_map(|w| base.split_once(w)).map(|(_, name)| name);
    let base = rate.unwrap_or(base);
    // 5年間の目標額: over how long.
    let over = ["年間の", "か年の", "か月間の"].iter().find_map(|w| base.split_once(w));
    let long = |of: &str| !of.is_empty() && of.chars().all(|c| c.is_ascii_digit());
    let base = over.filter(|(of, _)| long(of)).map_or(base, |(_, name)| name);
    base.chars().count() >= 2
        && !base.starts_with(|c: char| c.is_ascii_digit())
        && QUANTITIES.iter().any(|q| base.ends_with(q))
        && !["件名", "要件", "案件", "条件", "事件", "複数", "多数", "少数", "半数", "期間"]
            .iter()
            .any(|w| base.ends_with(w))
}

/// Whether words name a group of people within those counted (女性, 70歳以上, 区外在住者).
pub(super) fn is_group(words: &str) -> bool {
    const GROUPS: [&str; 16] = [
        "女性",
        "男性",
        "女子",
        "男子",
        "女",
        "男",
        "歳以上",
        "歳以下",
        "歳未満",
        "歳代",
        "代",
        "者",
        "児童",
        "生徒",
        "新規",
        "区民",
    ];
    GROUPS.iter().any(|g| words.ends_with(g)) && !words.contains('の')
}

/// Whether the name of a quantity tells of what it is (故障率, 防災対策費), not only how it is counted (利用件数).
pub(super) fn names_of(label: &str) -> bool {
    const ENDS: [&str; 9] = ["者数", "件数", "回数", "人数", "台数", "数", "率", "額", "費"];
    let Some(stem) = ENDS.iter().find_map(|e| label.strip_suffix(e)) else { return false };
    stem.chars().count() >= 3
        && action_ending(stem).is_none()
        && !stem.contains("累計")
        && names_quantity(label)
}

/// The averages of others that a paper's own figures are set beside.
pub(super) const AVERAGES: [&str; 7] =
    ["全国平均", "都平均", "道平均", "府平均", "県平均", "類似団体平均", "23区平均"];

/// Whether words name a place, or the places that a figure is told for (全国, 本市, 他の市区町村).
pub(super) fn is_area(words: &str) -> bool {
    const GROUPS: [&str; 12] = [
        "全国",
        "全国平均",
        "県平均",
        "都平均",
        "府平均",
        "道平均",
        "国",
        "県",
        "都",
        "本市",
        "本区",
        "本町",
    ];
    const ENDS: [&str; 8] = ["都道府県", "市区町村", "市町村", "県", "市", "区", "町", "村"];
    let named = ENDS.iter().any(|e| words.ends_with(e)) && words.chars().count() >= 2;
    GROUPS.contains(&words) || named
}

/// Whether a quantity of this name is told in this unit: 活動費 is no count of people.
pub(crate) fn fits(noun: &str, unit: &str) -> bool {
    const NAMED: [(&[&str], &[&str]); 5] = [
        (
            &["費", "額", "料", "利益", "損失", "収入", "支出", "収益", "経費", "予算", "決算", "残高"],
            &["円"],
        ),
        (&["率", "割合", "比率", "シェア"], &["%", "割", "ポイント", "倍", "‰"]),
        (&["時間"], &["時間", "分", "秒", "日"]),
        (&["日数"], &["日", "日間", "時間"]),
        (&["人口", "定員", "人数", "人員", "実員", "現員"], &["人", "名", "%", "割", "倍"]),
    ];
    let named = NAMED.iter().find(|(ends, _)| ends.iter().any(|e| noun.ends_with(e)));
    named.is_none_or(|(_, units)| units.contains(&unit))
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
pub(super) const FREQUENCIES: [&str; 33] = [
    "1人1日当たり",
    "1人1日あたり",
    "1人1日",
    "一人一日当たり",
    "一人一日あたり",
    "一人当たり",
    "一人あたり",
    "一日当たり",
    "一世帯当たり",
    "一件当たり",
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
