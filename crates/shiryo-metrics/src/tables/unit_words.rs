//! Units named by headers, captions and unit notes.

use super::words;
use rust_decimal::Decimal;
use shiryo_ja::units::{self, Kind, Unit};
use shiryo_model::Status;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A unit with the factor that scales written numbers to it (千円 → 円, 1000).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ScaledUnit {
    /// Canonical unit.
    pub(super) unit: String,
    /// Factor.
    pub(super) scale: Decimal,
}

/// Factors that stand before a unit.
const SCALES: [(&str, i64); 9] = [
    ("十億", 1_000_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("十万", 100_000),
    ("億", 100_000_000),
    ("万", 10_000),
    ("千", 1_000),
    ("百", 100),
    ("兆", 1_000_000_000_000),
];

/// Units by written form, without ordinal endings.
static WRITTEN: LazyLock<BTreeMap<&'static str, Unit>> =
    LazyLock::new(|| units::all().filter(|u| u.kind != Kind::Ordinal).map(|u| (u.written, u)).collect());

/// What a quantity may be told per: t/年, g/人・日.
const PER: [&str; 29] = [
    "年",
    "月",
    "日",
    "時",
    "時間",
    "人",
    "人・日",
    "人日",
    "世帯",
    "回",
    "件",
    "年度",
    "か月",
    "週",
    "千人",
    "万人",
    "10万人",
    "百人",
    "100人",
    "1000人",
    "1万人",
    "人口千人",
    "人口10万人",
    "m2",
    "km2",
    "ha",
    "台",
    "戸",
    "世帯・月",
];

/// Words before a unit that say how it was counted (延べ人, 実人).
const COUNTED: [&str; 5] = ["延べ", "のべ", "延", "実", "各"];

/// A word that is a unit and nothing else: 千円, 人, %, t/年, 延べ人.
pub(super) fn unit_word(word: &str) -> Option<ScaledUnit> {
    let word = word.trim();
    let counted = || COUNTED.iter().find_map(|c| plain_unit(word.strip_prefix(c)?.trim()));
    counted().or_else(|| plain_unit(word)).or_else(|| {
        let (unit, per) = word.split_once('/')?;
        let (unit, per) = (plain_unit(unit.trim())?, per.trim());
        // 人/便: no other name says it.
        let named =
            (1..=3).contains(&per.chars().count()) && per.chars().all(char::is_alphabetic) || per == "m3";
        match PER.contains(&per) {
            true => Some(unit),
            false => (named && unit.scale == Decimal::ONE)
                .then(|| ScaledUnit { unit: format!("{}/{per}", unit.unit), ..unit }),
        }
    })
}

/// A word under the header 単位 that the table of units does not have (冊点, 園児), as written; none where it may
/// begin with a scale (千点).
pub(super) fn verbatim(word: &str) -> Option<ScaledUnit> {
    let word = word.trim();
    let short = (1..=6).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic);
    let scaled = SCALES.iter().any(|(prefix, _)| word.starts_with(prefix));
    (short && !scaled).then(|| ScaledUnit { unit: word.to_owned(), scale: Decimal::ONE })
}

fn plain_unit(word: &str) -> Option<ScaledUnit> {
    if let Some(unit) = WRITTEN.get(word) {
        return Some(ScaledUnit { unit: unit.canonical.to_owned(), scale: Decimal::ONE });
    }
    for (prefix, factor) in SCALES {
        if let Some(unit) = word.strip_prefix(prefix).and_then(|rest| WRITTEN.get(rest.trim())) {
            return Some(ScaledUnit { unit: unit.canonical.to_owned(), scale: Decimal::from(factor) });
        }
    }
    None
}

/// Units of a note: `(単位:千円)`, `単位:人、%`. Empty when the words are no such note.
pub(super) fn unit_note(note: &str) -> Vec<ScaledUnit> {
    let inner = note.trim().trim_matches(|c| "()[]【】〔〕<>".contains(c)).trim();
    // (各年4月1日現在、単位:人), (複数回答、単位:%).
    let list = inner.find("単位").and_then(|at| inner.get(at..)).unwrap_or(inner);
    let list = list.trim_start_matches("単位").trim_start_matches([':', ' ', '=', '・', ';']);
    let list = list.split(['。', ')']).next().unwrap_or(list);
    // 利用者数:人、金額:千円.
    let named = |piece: &str| unit_word(piece.rsplit_once(':').map_or(piece, |(_, unit)| unit));
    list.split(['、', ',', '/', '・', ' ']).filter_map(named).collect()
}

/// Whether a bracket is a unit note though it does not say so: units and nothing else ((千円、%)), each perhaps with what
/// it counts ((利用者数:人、金額:千円)).
fn lists_units(note: &str) -> bool {
    let inner = note.trim().trim_matches(|c| "()[]【】〔〕".contains(c)).trim();
    let pieces: Vec<&str> = inner.split(['、', ',', '・']).collect();
    let named = |piece: &&str| {
        piece.split_once(':').is_some_and(|(name, unit)| !name.is_empty() && unit_word(unit).is_some())
    };
    let bare = |piece: &&str| unit_word(piece).is_some();
    pieces.iter().all(named) || pieces.len() > 1 && pieces.iter().all(bare)
}

/// Whether words are a unit note and nothing else.
pub(super) fn is_unit_note(line: &str) -> bool {
    let inner = line.trim().trim_matches(|c| "()[]【】〔〕<>".contains(c)).trim();
    inner.starts_with("単位") && !unit_note(inner).is_empty()
}

/// A caption that ends in a unit note, as where heading and note stand on one line, cut into both:
/// `歳入の状況(単位:千円、%)`.
pub(super) fn note_behind(caption: &str) -> Option<(&str, Vec<ScaledUnit>)> {
    let open = caption.rfind(['(', '[', '【', '〔'])?;
    let (name, note) = caption.split_at(open);
    let units = if note.contains("単位") || lists_units(note) { unit_note(note) } else { Vec::new() };
    (!units.is_empty()).then(|| (name.trim_end(), units))
}

/// Spans that a bracket tells a figure to be counted over: 削減時間(年間).
const SPELLS: [&str; 6] = ["年間", "月間", "日間", "週間", "年度", "通年"];

/// The unit that brackets in a header give, or its last word: 処理時間(時間), 金額[千円], 事業費 千円.
pub(super) fn bracketed(header: &str) -> Option<ScaledUnit> {
    let mut rest = header;
    let mut found = None;
    while let Some(open) = rest.find(['(', '[', '【', '〔']) {
        let inner = rest.get(open..).unwrap_or_default();
        let inner = inner.get(inner.chars().next().map_or(1, char::len_utf8)..).unwrap_or_default();
        let Some(close) = inner.find([')', ']', '】', '〕']) else { break };
        let word = inner.get(..close).unwrap_or_default();
        let word = word.trim_start_matches("単位").trim_start_matches([':', ' ']);
        // (計画), (予定) say whether it happened, though plans can be counted too.
        let states = words::status(word) != Status::Unknown || word == "案" || SPELLS.contains(&word);
        rest = inner.get(close..).unwrap_or_default();
        // (サービス)別 is part of a name.
        let behind = rest.trim_start_matches([')', ']', '】', '〕', ' ']);
        let ends = behind.starts_with(['(', '[', '【', '〔']) || behind.is_ascii();
        found = unit_word(word).filter(|_| !states && ends).or(found);
    }
    found.or_else(|| behind_blank(header).map(|(_, unit)| unit))
}

/// A name and the unit behind a blank: 事業費 千円. Only units that no name is made of: of money, shares, or scaled.
/// Scaled money needs no blank (事業費千円).
fn behind_blank(label: &str) -> Option<(&str, ScaledUnit)> {
    let label = label.trim_end();
    let joined = || {
        let at = ["千円", "百万円", "万円", "億円"]
            .iter()
            .filter_map(|u| Some(label.strip_suffix(u)?.len()))
            .min()?;
        let (name, word) = label.split_at(at);
        let name_ends = |c: char| c.is_alphabetic() && !"一二三四五六七八九十百千万数何".contains(c);
        name.ends_with(name_ends).then_some((name, word))
    };
    let (name, word) = label.rsplit_once(' ').filter(|(_, w)| unit_word(w).is_some()).or_else(joined)?;
    let unit =
        unit_word(word).filter(|u| u.scale != Decimal::ONE || matches!(u.unit.as_str(), "円" | "%"))?;
    (!name.trim().is_empty()).then(|| (name.trim_end(), unit))
}

/// The unit that a label tells by itself: in brackets or by its last word.
pub(super) fn told_by(label: &str) -> Option<ScaledUnit> {
    let plain = |unit: &str| ScaledUnit { unit: unit.to_owned(), scale: Decimal::ONE };
    bracketed(label).or_else(|| implied(label).map(plain))
}

/// A label without the unit in brackets or behind a blank at its end: 処理時間(時間) → 処理時間.
pub(super) fn without_unit(label: &str) -> &str {
    if let Some((name, _)) = behind_blank(label) {
        return name;
    }
    let Some((name, inner)) = label.strip_suffix(')').and_then(|l| l.rsplit_once('(')) else { return label };
    let unit = inner.trim_start_matches("単位").trim_start_matches(':');
    if name.is_empty() || unit_word(unit).is_none() { label } else { name.trim_end() }
}

/// What the last word of a header implies, longest ending first. An empty unit: a quantity, but the unit
/// cannot be told.
const IMPLIED: [(&str, &str); 80] = [
    ("手続き件数", "件"),
    ("手続き数", "手続"),
    ("手続数", "手続"),
    ("か所数", "か所"),
    ("箇所数", "か所"),
    ("ヶ所数", "か所"),
    ("区民事務所数", "か所"),
    ("所数", "か所"),
    ("世帯数", "世帯"),
    ("団体数", "団体"),
    ("企業数", "社"),
    ("事業者数", "者"),
    ("事業所数", "事業所"),
    ("事業数", "事業"),
    ("業務数", "業務"),
    ("システム数", "システム"),
    ("施設数", "施設"),
    ("学校数", "校"),
    ("学級数", "学級"),
    ("クラス数", "クラス"),
    ("コース数", "コース"),
    ("項目数", "項目"),
    ("会員数", "人"),
    ("児童数", "人"),
    ("生徒数", "人"),
    ("学生数", "人"),
    ("園児数", "人"),
    ("職員数", "人"),
    ("委員数", "人"),
    ("外国人数", "人"),
    ("人員数", "人"),
    ("員数", "人"),
    ("受講数", "人"),
    ("住民数", "人"),
    ("定員数", "人"),
    ("友だち数", "人"),
    ("フォロワー数", "人"),
    ("者数", "人"),
    ("法人数", "法人"),
    ("個人数", "人"),
    ("人数", "人"),
    ("件数", "件"),
    ("回数", "回"),
    ("日数", "日"),
    ("社数", "社"),
    ("校数", "校"),
    ("園数", "園"),
    ("館数", "館"),
    ("戸数", "戸"),
    ("棟数", "棟"),
    ("台数", "台"),
    ("枚数", "枚"),
    ("冊数", "冊"),
    ("点数", "点"),
    ("部数", "部"),
    ("本数", "本"),
    ("個数", "個"),
    ("室数", "室"),
    ("店舗数", "店舗"),
    ("拠点数", "拠点"),
    ("講座数", "講座"),
    ("種類数", "種類"),
    ("申請数", "件"),
    ("申込数", "件"),
    ("登録数", "件"),
    ("受付数", "件"),
    ("相談数", "件"),
    ("処理数", "件"),
    ("発行数", "件"),
    ("アクセス数", "件"),
    ("閲覧数", "件"),
    ("回答数", "件"),
    ("届出数", "件"),
    ("人口", "人"),
    ("定員", "人"),
    ("時間数", "時間"),
    ("時間", "時間"),
    ("倍率", "倍"),
    ("率", "%"),
    ("割合", "%"),
];

/// Endings that say the same of whatever stands before them.
const IMPLIED_MORE: [(&str, &str); 40] = [
    ("か所", "か所"),
    ("箇所", "か所"),
    // What comes in is counted as cases.
    ("質問数", "件"),
    ("要望数", "件"),
    ("意見数", "件"),
    ("苦情数", "件"),
    ("通報数", "件"),
    ("応募数", "件"),
    ("提案数", "件"),
    ("年比", "%"),
    ("年度比", "%"),
    ("月比", "%"),
    ("期比", "%"),
    ("事業者", "者"),
    ("者", "人"),
    ("人員", "人"),
    ("構成比", "%"),
    ("比率", "%"),
    ("前年比", "%"),
    ("前年度比", "%"),
    ("達成度", "%"),
    ("満足度", "%"),
    ("参加者", "人"),
    ("利用者", "人"),
    ("受講者", "人"),
    ("対象者", "人"),
    ("世帯", "世帯"),
    ("件", "件"),
    ("回", "回"),
    ("名", "名"),
    ("人", "人"),
    ("台", "台"),
    ("男", "人"),
    ("女", "人"),
    ("男性", "人"),
    ("女性", "人"),
    ("死亡", "人"),
    ("出生", "人"),
    ("転入", "人"),
    ("転出", "人"),
];

/// Words that end like a unit and name something else.
const NO_UNITS: [&str; 14] = [
    "前回",
    "今回",
    "次回",
    "初回",
    "毎回",
    "各回",
    "要件",
    "条件",
    "件名",
    "氏名",
    "施設名",
    "法人",
    "個人",
    "成人",
];

/// What stands behind a bracket within a name: 回数 of 貸出(閲覧)回数, 証明書 of 課税(非課税)証明書.
fn behind_inner_bracket(header: &str) -> Option<&str> {
    let (_, rest) = header.split_once('(')?;
    let behind = rest.rsplit_once(')')?.1.trim();
    (behind.chars().count() > 1 && behind.chars().all(char::is_alphabetic)).then_some(behind)
}

/// The unit that the words of a header imply by their ending (参加者数 → 人), without brackets.
pub(super) fn implied(header: &str) -> Option<&'static str> {
    if let Some(behind) = behind_inner_bracket(header) {
        return implied(behind);
    }
    let plain = without_letter(header.split(['(', '[', '【', '〔']).next().unwrap_or(header).trim());
    // 便数/日: as often each day.
    let plain = plain
        .split_once('/')
        .filter(|(_, per)| PER.contains(&per.trim()))
        .map_or(plain, |(name, _)| name.trim());
    if NO_UNITS.iter().any(|w| plain.ends_with(w)) {
        return None;
    }
    let known = IMPLIED.iter().chain(&IMPLIED_MORE).filter(|(ending, _)| plain.ends_with(ending));
    if let Some((_, unit)) = known.max_by_key(|(ending, _)| ending.len()) {
        return Some(unit);
    }
    // X数 where X is itself a counter: 区画数 → 区画.
    let counted = plain.strip_suffix('数')?;
    WRITTEN
        .iter()
        .filter(|(written, unit)| unit.kind == Kind::Count && counted.ends_with(*written))
        .max_by_key(|(written, _)| written.len())
        .map(|(_, unit)| unit.canonical)
}

/// The noun that a label counts by its own name: 集約した事務数 → 事務; none where it is not two characters of their own.
pub(super) fn counted_noun(label: &str) -> Option<&str> {
    let counted = label.split('(').next()?.trim().strip_suffix('数')?;
    let kanji = |c: &char| ('一'..='鿿').contains(c);
    let at: Vec<usize> = counted.char_indices().rev().take_while(|(_, c)| kanji(c)).map(|(i, _)| i).collect();
    let lead = at.last().and_then(|&i| counted.get(..i)).unwrap_or_default();
    let parted = lead.is_empty() || lead.ends_with(['た', 'る', 'の', 'な', ' ']);
    (at.len() == 2 && parted).then(|| at.last().and_then(|&i| counted.get(i..))).flatten()
}

/// Whether words number what they name (第1回, 2件目): no count.
pub(super) fn is_ordinal(label: &str) -> bool {
    label.ends_with('目') || label.starts_with('第') || label.starts_with(|c: char| c.is_ascii_digit())
}

/// A header without the letter that formulas call it by: 計画額a, 決算額 B.
fn without_letter(header: &str) -> &str {
    match header.strip_suffix(|c: char| c.is_ascii_alphabetic()) {
        Some(rest) if !rest.ends_with(|c: char| c.is_ascii_alphanumeric()) => rest.trim_end(),
        _ => header,
    }
}

/// Endings of words that are amounts of money.
const MONEY: [&str; 32] = [
    "財源内訳",
    "額",
    "費",
    "金額",
    "経費",
    "予算",
    "決算",
    "費用",
    "コスト",
    "単価",
    "料金",
    "収入",
    "支出",
    "歳入",
    "歳出",
    "残高",
    "補助金",
    "助成金",
    "給付金",
    "交付金",
    "税",
    "使用料",
    "手数料",
    "委託料",
    "負担金",
    "財源",
    "積立金",
    "支出金",
    "地方債",
    "繰入金",
    "人件費",
    "扶助費",
];

/// Whether words name an amount of money.
pub(super) fn is_money(header: &str) -> bool {
    if let Some(behind) = behind_inner_bracket(header) {
        return is_money(behind);
    }
    let plain = without_letter(header.split(['(', '[', '【', '〔']).next().unwrap_or(header).trim());
    // 税 alone is a field of work (税 | 国保 | 年金), no amount.
    plain.chars().count() > 1 && MONEY.iter().any(|ending| plain.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scaled(unit: &str, scale: i64) -> ScaledUnit {
        ScaledUnit { unit: unit.to_owned(), scale: Decimal::from(scale) }
    }

    #[test]
    fn notes_and_brackets() {
        assert_eq!(verbatim("冊点"), Some(scaled("冊点", 1)));
        assert!(verbatim("千点").is_none() && verbatim("令和5年度").is_none() && verbatim("").is_none());
        assert_eq!(unit_note("(単位:千円)"), vec![scaled("円", 1000)]);
        assert_eq!(unit_note("単位:人、%"), vec![scaled("人", 1), scaled("%", 1)]);
        assert_eq!(unit_note("令和5年度"), Vec::new());
        assert_eq!(unit_note("(各年4月1日現在、単位:人)"), vec![scaled("人", 1)]);
        assert_eq!(unit_note("(単位:千円。令和5年度は決算額、令和6年度は予算額)"), vec![scaled("円", 1000)]);
        let named = vec![scaled("人", 1), scaled("円", 1000)];
        assert_eq!(note_behind("運行の実績 (利用者数:人、金額:千円)"), Some(("運行の実績", named.clone())));
        assert_eq!(unit_note("(単位 人数:人、経費:千円)"), named);
        assert_eq!(note_behind("歳出の内訳(百万円、%)").map(|n| n.1.len()), Some(2));
        assert_eq!((note_behind("窓口の混雑(月、木)"), note_behind("会議(日時:月曜)")), (None, None));
        let units = vec![scaled("円", 1000), scaled("%", 1)];
        assert_eq!(note_behind("歳入の状況(単位:千円、%)"), Some(("歳入の状況", units)));
        assert_eq!(note_behind("歳入の状況(令和5年度)"), None);
        assert_eq!(bracketed("事業費(百万円)"), Some(scaled("円", 1_000_000)));
        assert_eq!(bracketed("申請件数(R6)"), None);
        assert_eq!(bracketed("削減時間(年間)"), None);
        assert_eq!(bracketed("利用率[%]"), Some(scaled("%", 1)));
        assert_eq!(bracketed("事業費 千円"), Some(scaled("円", 1000)));
        assert_eq!(bracketed("事業費百万円"), Some(scaled("円", 1_000_000)));
        assert_eq!(
            (bracketed("所得 300万円"), bracketed("所得数千円"), bracketed("北 区")),
            (None, None, None)
        );
        assert_eq!((without_unit("事業費 千円"), without_unit("事業費百万円")), ("事業費", "事業費"));
    }

    #[test]
    fn endings_imply_units() {
        for (header, unit) in [
            ("参加者数", "人"),
            ("令和5年度オンライン化見込手続数", "手続"),
            ("年間処理時間", "時間"),
            ("設置か所数", "か所"),
            ("執行率", "%"),
            ("実施回数(累計)", "回"),
        ] {
            assert_eq!(implied(header), Some(unit), "{header}");
        }
        for (word, unit) in [("t/年", "t"), ("g/人・日", "g"), ("延べ人", "人"), ("人/日", "人")] {
            assert_eq!(unit_word(word).map(|u| u.unit).as_deref(), Some(unit), "{word}");
        }
        assert_eq!(bracketed("乗合率(人/便)"), Some(scaled("人/便", 1)));
        assert_eq!((implied("集積所数"), implied("事業所数")), (Some("か所"), Some("事業所")));
        assert_eq!(bracketed("出火率(件/万人)"), Some(scaled("件", 1)), "no percentage");
        assert_eq!(bracketed("令和7年度(計画)"), None);
        assert_eq!((implied("交付法人数"), implied("参加人数")), (Some("法人"), Some("人")));
        assert_eq!((implied("閲覧(貸出)回数"), implied("受診率(国保)の推移")), (Some("回"), None));
        assert_eq!(
            (implied("便数/日"), bracketed("給水原価(円/m3)")),
            (Some("便"), Some(scaled("円/m3", 1)))
        );
        assert_eq!(implied("前回(R3)"), None);
        assert_eq!(implied("教員数"), Some("人"));
        assert_eq!(implied("業務概要"), None);
        assert_eq!(counted_noun("集約した事務数"), Some("事務"));
        assert_eq!((counted_noun("指数"), counted_noun("基幹業務数")), (None, None));
        assert!(is_money("計画額a") && is_money("決算額 B"));
        assert!(!is_money("課税(非課税)証明書") && is_money("補助金(国)の額"));
        assert!(is_money("構築経費") && !is_money("件数"));
    }
}
