//! Words that name nothing that could be measured: kinds of statements, times of comparison, phases, terms.

use super::words::{ACTIONS, action_ending};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Nouns that name nothing by themselves.
const GENERIC: &[&str] = &[
    "前",
    "後",
    "時",
    "初年度",
    "場合",
    "最終年度",
    "基準年度",
    "目標年度",
    "次年度",
    "翌年度",
    "同じ時期",
    "コロナ禍前",
    "現状維持",
    "全体",
    "その後",
    "ピーク時",
    "決算見込",
    "決算見込み",
    "各回",
    "年間目標",
    "年間実績",
    "半額",
    "新規",
    "前年同日",
    "前年同時点",
    "当面",
    "来年度",
    "本年度",
    "理事者",
    "執行部",
    "答弁者",
    "説明員",
    "管内",
    "実際",
    "一律",
    "年度平均",
    "年平均",
    "月平均",
    "期間平均",
    "原因",
    "要因",
    "必要",
    "見積り",
    "前半",
    "後半",
    "年度前半",
    "年度後半",
    "計画期間",
    "実施期間",
    "調査期間",
    "事業期間",
    "対象期間",
    "開催期間",
    "募集期間",
    "工期",
    "会期",
    "試算",
    "推計",
    "当分",
    "当分の間",
    "対前年",
    "対前年度",
    "対前年同期",
    "対前年同月",
    "実行",
    "特記事項",
    "同時点",
    "全員",
    "全体として",
    "これまで",
    "日曜日",
    "土曜日",
    "平日",
    "休日",
    "祝日",
    "土日",
    "土日祝日",
    "毎週",
    "隔週",
    "答",
    "事業",
    "検証",
    "評価",
    "現行",
    "変更前",
    "変更後",
    "改定前",
    "改定後",
    "従前",
    "予算案",
    "概算",
    "想定",
    "約半分",
    "半分",
    "約半数",
    "半数",
    "上半期",
    "下半期",
    "上期",
    "下期",
    "通年",
    "年間累計",
    "総額",
    "人",
    "者",
    "もの",
    "割合",
    "比率",
    "全部",
    "総数",
    "これ",
    "これら",
    "それ",
    "それら",
    "ここ",
    "そこ",
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
    "前年同期実績",
    "前年度実績",
    "前年実績",
    "全国平均",
    "県平均",
    "残余",
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
    "前年同時期",
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
    "村内",
    "県内",
    "都内",
    "府内",
    "道内",
    "期間",
    "本文",
    "目次",
    "お知らせ",
    "関連情報",
    "関連リンク",
    "問合せ",
    "問合せ先",
    "お問合せ",
    "お問い合わせ",
    "お問い合わせ先",
    "更新日",
    "ページの先頭",
    "男女",
    "方",
    "方々",
    "皆さん",
    "皆様",
    "私",
    "今週",
    "先週",
    "本日",
    "今月",
    "先月",
    "直近",
    "例年",
    "過去最多",
    "最多",
    "最大",
    "最少",
    "最高",
    "最低",
    "繁忙期",
    "閑散期",
    "通常期",
    "通常時",
    "過去最高",
    "過去最少",
    "過去最大",
    "同数",
    "ほぼ同数",
    "差引",
    "差し引き",
    "大幅増",
    "削減効果",
    "大幅減",
    "微増",
    "微減",
    "順",
    "順番",
    "以上",
    "人数",
    "件数",
    "従来",
    "期間中",
    "導入当初",
    "開始当初",
    "開設当初",
    "当初予定",
    "当初見込み",
    "本町",
    "本村",
    "本県",
    "差",
    "増",
    "減",
];

/// Whether a phrase names nothing that could be measured.
pub(super) fn is_generic(phrase: &str) -> bool {
    let plain = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let whole = plain(phrase);
    static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| GENERIC.iter().copied().collect());
    if KNOWN.contains(whole.as_str()) {
        return true;
    }
    // 前回調査(令和3年度): the bracket only says which.
    let bare = phrase.strip_suffix(')').and_then(|p| p.rsplit_once('(')).map(|(bare, _)| plain(bare));
    // 作成済み, 対応済: how far it is, not what.
    let done = whole
        .strip_suffix('み')
        .unwrap_or(&whole)
        .strip_suffix('済')
        .is_some_and(|d| action_ending(d).is_some_and(|a| a == d));
    // 導入後, 見直し前: a phase.
    let phase = whole
        .strip_suffix("直後")
        .or(whole.strip_suffix("直前"))
        .or(whole.strip_suffix(['後', '前', '時']))
        .is_some_and(|w| {
            // 移行完了後: two doings.
            let two =
                action_ending(w).and_then(|a| w.strip_suffix(a)).is_some_and(|of| ACTIONS.contains(&of));
            two || ACTIONS.contains(&w)
                || ["開館", "設立", "発足", "開校", "開園", "納品", "購入", "完成", "改正"].contains(&w)
        });
    // 過去10年間, 5年間: how long, not what.
    let span = ["年間", "か年", "か月間", "か月", "週間", "日間"].iter().any(|w| {
        let number = whole.strip_suffix(w);
        number.is_some_and(|n| {
            n.trim_start_matches("過去").trim_start_matches("直近").chars().all(|c| c.is_ascii_digit())
        })
    });
    // 開設前の想定, 4か月間の累計: neither part names anything.
    let both = phrase.split_once('の').is_some_and(|(a, b)| {
        !a.is_empty() && !b.is_empty() && !b.contains('の') && is_generic(a) && is_generic(b)
    });
    // 市・町村別, 年齢別: how the figures are parted.
    let parted = whole.ends_with('別') && whole.chars().count() <= 6;
    // 経費ベースでは: by what it was reckoned. 2年目, 最も多かった日: when.
    let base = whole.ends_with("ベース");
    let nth = whole.strip_suffix("年目").is_some_and(|n| n.chars().all(|c| c.is_ascii_digit()));
    let year = ["最終年度", "初年度", "目標年度", "基準年度", "中間年度"].iter().any(|w| whole.ends_with(w));
    let most = year || whole.starts_with("最も") && whole.ends_with(['日', '月', '年', '回', '週']);
    // 県平均比, 計画比: what is compared with.
    let against = whole.ends_with('比') && !whole.ends_with("構成比");
    // 人件費換算では: how it was reckoned.
    let reckoned = whole.ends_with("換算") || whole.ends_with("換算すると");
    // 半年分, 3月診療分: the part of a year.
    let part = ["年分", "か月分", "半年分", "診療分", "年度分", "期分"].iter().any(|w| whole.ends_with(w))
        && whole.chars().count() <= 6;
    // 開館以来, 令和3年度以降: since when.
    let since = ["以来", "以降", "当時", "当初", "期間中", "期間全体"].iter().any(|w| whole.ends_with(w));
    // 学年別内訳, 4か月間の累計: how the figures are parted or summed up.
    let summed = ["累計", "合計", "総計", "平均"].iter().any(|w| {
        whole.strip_suffix(w).and_then(|o| o.strip_suffix('の')).is_some_and(|of| {
            ["月間", "年間", "か月", "か年", "期間", "期間中"].iter().any(|u| of.ends_with(u))
                && of.chars().count() <= 6
        })
    });
    let split = whole.ends_with("別内訳") || whole.ends_with("の内訳");
    let others = whole
        .strip_prefix("その他の")
        .is_some_and(|w| ["指標", "項目", "事項", "内容", "取組", "もの"].contains(&w));
    // そ, れ: what was left of a word.
    let rest_of_word = whole.chars().count() == 1 && whole.chars().all(super::chars::is_hiragana);
    done || phase
        || base
        || nth
        || most
        || rest_of_word
        || summed
        || split
        || both
        || part
        || span
        || reckoned
        || since
        || others
        || against
        || parted
        || whole.chars().all(|c| c.is_ascii_digit())
        || bare.is_some_and(|b| KNOWN.contains(b.as_str()))
}

/// Whether words only say over what span or where at home a figure holds (期間中(25日間), 5年間, 本市): they may stand
/// before a name, joined by の.
pub(super) fn is_span_or_home(words: &str) -> bool {
    const SPANS: [&str; 18] = [
        "年間",
        "通年",
        "上半期",
        "下半期",
        "上期",
        "下期",
        "当初",
        "全体",
        "本市",
        "本町",
        "本区",
        "本村",
        "本県",
        "市内",
        "町内",
        "区内",
        "村内",
        "県内",
    ];
    let bare = words.split('(').next().unwrap_or(words);
    let length = ["年間", "か年", "か月間", "週間", "日間"].iter().any(|w| {
        let number = bare.strip_suffix(w).map(|n| n.trim_start_matches("過去"));
        number.is_some_and(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()))
    });
    length || SPANS.contains(&bare) || ["期間中", "期間内"].iter().any(|w| bare.ends_with(w))
}

/// Whether words only number a term or round (第8期, 第2回): they tell figures apart, they name nothing.
pub(super) fn is_term(words: &str) -> bool {
    let inner = words.strip_prefix('第').and_then(|w| w.strip_suffix(['期', '回', '次', '弾', '号', '週']));
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
pub(crate) fn is_role(noun: &str) -> bool {
    let bare = ["延べ", "総", "新規"].iter().find_map(|w| noun.strip_prefix(w)).unwrap_or(noun);
    ROLES.contains(&bare)
}
