//! Proper nouns of administration: prefectures and municipalities with their codes, departments, committees.

use crate::chars::{ends_with, is_kanji, is_katakana};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A prefecture, municipality or special ward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Municipality {
    /// Local-government code: six digits, the last a check digit.
    pub code: &'static str,
    /// Prefecture it lies in (or is).
    pub prefecture: &'static str,
    /// Its own name; empty for the prefecture itself.
    pub name: &'static str,
}

impl Municipality {
    /// Name without the prefecture: 杉並区, 東京都.
    pub fn short_name(&self) -> &'static str {
        if self.name.is_empty() { self.prefecture } else { self.name }
    }
}

static DATA: &str = include_str!("../data/municipalities.tsv");

static ALL: LazyLock<Vec<Municipality>> = LazyLock::new(|| {
    let read = |line: &'static str| {
        let mut fields = line.split('\t');
        Some(Municipality {
            code: fields.next()?,
            prefecture: fields.next()?,
            name: fields.next().unwrap_or_default(),
        })
    };
    DATA.lines().filter(|l| !l.starts_with('#')).filter_map(read).collect()
});

/// Entries by short name; several for names that several prefectures have (府中市).
static BY_NAME: LazyLock<HashMap<&'static str, Vec<&'static Municipality>>> = LazyLock::new(|| {
    let mut map: HashMap<&'static str, Vec<&'static Municipality>> = HashMap::new();
    for m in ALL.iter() {
        map.entry(m.short_name()).or_default().push(m);
    }
    map
});

/// Names that wards of designated cities share with special wards of Tokyo: alone they name neither.
const WARD_NAMES: &[&str] = &["中央区", "港区", "北区"];

/// Longest name in the list, in characters.
const LONGEST: usize = 8;

/// All prefectures and municipalities, by code.
pub fn municipalities() -> &'static [Municipality] {
    &ALL
}

/// The body of this name: 杉並区, 東京都杉並区, 北海道余市郡余市町, 東京都. `None` for unknown names and for those
/// that need their prefecture (府中市, 北区).
pub fn municipality(name: &str) -> Option<&'static Municipality> {
    let name = name.trim();
    if let Some(found) = BY_NAME.get(name) {
        return unique(found).filter(|m| !WARD_NAMES.contains(&m.name));
    }
    let prefecture = ALL.iter().filter(|m| m.name.is_empty()).find(|m| name.starts_with(m.prefecture))?;
    let rest = name.strip_prefix(prefecture.prefecture)?.trim_start();
    let rest = match rest.split_once('郡') {
        Some((_, after)) if !after.is_empty() && !BY_NAME.contains_key(rest) => after,
        _ => rest,
    };
    BY_NAME.get(rest)?.iter().find(|m| m.prefecture == prefecture.prefecture).copied()
}

fn unique(found: &[&'static Municipality]) -> Option<&'static Municipality> {
    match found {
        [one] => Some(one),
        _ => None,
    }
}

/// Every prefecture and municipality named in `text`, with character ranges that take in a prefecture written
/// before the name. Names that several prefectures have count only with theirs.
pub fn find_municipalities(text: &str) -> Vec<(Range<usize>, &'static Municipality)> {
    let chars: Vec<char> = text.chars().collect();
    let mut found: Vec<(Range<usize>, &'static Municipality)> = Vec::new();
    for (i, c) in chars.iter().enumerate() {
        if !matches!(c, '市' | '区' | '町' | '村' | '都' | '道' | '府' | '県') {
            continue;
        }
        let end = i + 1;
        let Some((start, list)) = longest_before(&chars, end) else { continue };
        let before =
            found.last().filter(|(r, m)| m.name.is_empty() && follows(&chars, r.end, start)).cloned();
        let in_prefecture =
            before.as_ref().and_then(|(_, p)| list.iter().find(|m| m.prefecture == p.prefecture).copied());
        // 大阪市北区 is a ward of a city; 区立 and 市場 go on as other words only where kanji follow that say so.
        let of_city = chars.get(start.wrapping_sub(1)).is_some_and(|b| *b == '市')
            && list.iter().any(|m| m.name.ends_with('区'));
        let alone = unique(list).filter(|m| !WARD_NAMES.contains(&m.name) && !of_city);
        match (in_prefecture, before, alone) {
            (Some(m), Some((r, _)), _) if !m.name.is_empty() => {
                found.pop();
                found.push((r.start..end, m));
            }
            (_, _, Some(m)) => found.push((start..end, m)),
            _ => {}
        }
    }
    found
}

/// Whether a name at `start` continues a prefecture that ends at `end`: directly, or after a district (…郡).
fn follows(c: &[char], end: usize, start: usize) -> bool {
    let between = c.get(end..start).unwrap_or_default();
    end <= start
        && (between.is_empty()
            || between.len() <= 5 && between.last() == Some(&'郡') && between.iter().all(|x| is_kanji(*x)))
}

/// The longest known name that ends at `end`.
fn longest_before(c: &[char], end: usize) -> Option<(usize, &'static [&'static Municipality])> {
    (2..=LONGEST.min(end)).rev().find_map(|len| {
        let name: String = c.get(end - len..end)?.iter().collect();
        BY_NAME.get(name.as_str()).map(|list| (end - len, list.as_slice()))
    })
}

// ---------------------------------------------------------------- departments and committees

/// Words that end the name of a department.
pub const DEPARTMENT_ENDINGS: &[&str] = &[
    "課",
    "室",
    "部",
    "局",
    "係",
    "担当",
    "本部",
    "センター",
    "事務所",
    "事務局",
    "出張所",
    "支所",
    "保健所",
    "グループ",
    "チーム",
    "消防署",
    "委員会",
];

/// Words that end the name of a committee.
pub const COMMITTEE_ENDINGS: &[&str] = &[
    "委員会",
    "審議会",
    "協議会",
    "懇談会",
    "検討会",
    "検討会議",
    "検討部会",
    "部会",
    "審査会",
    "推進会議",
    "推進本部",
    "ワーキンググループ",
    "子育て会議",
    "教育会議",
    "戦略会議",
    "連絡会議",
    "有識者会議",
    "市民会議",
    "区民会議",
    "町民会議",
    "村民会議",
    "県民会議",
    "分科会",
];

/// Hiragana words in names of departments.
const HIRAGANA_WORDS: &[&str] = &[
    "子ども",
    "子育て",
    "こども",
    "はぐくみ",
    "ささえあい",
    "きずな",
    "まちづくり",
    "まち",
    "みどり",
    "くらし",
    "ひと",
    "いきがい",
    "ごみ",
    "ひとり親",
    "みらい",
    "ふるさと",
    "すまい",
    "すこやか",
    "いのち",
    "しごと",
    "ものづくり",
    "にぎわい",
    "まなび",
    "ふれあい",
    "いきいき",
    "つながり",
    "おとしより",
    "お客さま",
    "やさしい",
    "あんしん",
];

/// Words with a department's ending that name none.
const NO_DEPARTMENT: &[&str] = &[
    "一部",
    "全部",
    "内部",
    "外部",
    "上部",
    "下部",
    "各部",
    "幹部",
    "学部",
    "大部",
    "細部",
    "中部",
    "東部",
    "西部",
    "南部",
    "北部",
    "深部",
    "本部",
    "支部",
    "腹部",
    "頭部",
    "都市部",
    "教室",
    "温室",
    "浴室",
    "会議室",
    "病室",
    "保健室",
    "図書室",
    "更衣室",
    "待合室",
    "調理室",
    "寝室",
    "個室",
    "各課",
    "関係課",
    "所管課",
    "主管課",
    "担当課",
    "同課",
    "両課",
    "他課",
    "日課",
    "課",
    "関係",
    "係",
    "担当",
    "薬局",
    "郵便局",
    "結局",
    "放送局",
    "当局",
    "支局",
    "センター",
    "関係部",
    "関係部局",
    "部局",
    "各部局",
    "全庁各課",
    "グループ",
    "チーム",
    "各グループ",
    "事務所",
    "各担当",
    "課係",
    "部課",
    "各係",
    "集会室",
    "相談室",
    "和室",
    "洋室",
    "委員会",
    "各室",
    "庁内関係課",
    "関係各課",
    "夜の部",
    "昼の部",
];

/// Names of departments in `text` as character ranges: 政策経営部デジタル戦略担当, 子ども家庭部管理課.
pub fn find_departments(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<char> = text.chars().collect();
    find_named(&chars, DEPARTMENT_ENDINGS, NO_DEPARTMENT)
}

/// Names of committees in `text` as character ranges.
pub fn find_committees(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<char> = text.chars().collect();
    find_named(
        &chars,
        COMMITTEE_ENDINGS,
        &[
            "委員会",
            "部会",
            "審議会",
            "協議会",
            "検討会",
            "本委員会",
            "各部会",
            "作業部会",
            "当委員会",
            "同委員会",
        ],
    )
}

/// The department whose name covers or ends at character `index` of `text`.
pub fn department_at(text: &str, index: usize) -> Option<Range<usize>> {
    find_departments(text).into_iter().find(|r| r.start <= index && index <= r.end)
}

/// Runs of name characters that end in one of `endings` and are none of `except`.
fn find_named(c: &[char], endings: &[&str], except: &[&str]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Most texts have no letter that ends a name.
    if !c.iter().any(|x| endings.iter().any(|e| e.ends_with(*x))) {
        return found;
    }
    let mut i = 0;
    while i < c.len() {
        let end = name_end(c, i);
        if end == i {
            i += 1;
            continue;
        }
        if let Some(r) = named_part(c, i..end, endings, except) {
            found.push(r);
        }
        i = end;
    }
    found
}

/// One past the run of name characters that begins at `i`; hiragana only in known words.
fn name_end(c: &[char], mut i: usize) -> usize {
    const MAX: usize = 60;
    let from = i;
    while let Some(x) = c.get(i).filter(|_| i - from < MAX) {
        // Words first: 子ども begins with a kanji.
        if let Some(w) = HIRAGANA_WORDS.iter().find(|w| crate::chars::starts_with(&c[i..], w)) {
            i += w.chars().count();
        } else if is_kanji(*x) || is_katakana(*x) || x.is_ascii_alphanumeric() || *x == '・' && i > from {
            i += 1;
        } else {
            break;
        }
    }
    i
}

/// Endings like a unit's of words that name no unit in charge, whatever stands before: rooms, parts, all units.
const NO_UNITS: [&str; 21] = [
    "関係",
    "関係課",
    "所管課",
    "各課",
    "関係部署",
    "内部",
    "一部",
    "全部",
    "会議室",
    "教室",
    "図書室",
    "集会室",
    "研修室",
    "学習室",
    "調理室",
    "保健室",
    "更衣室",
    "待合室",
    "展示室",
    "多目的室",
    "和室",
];

/// The part of a run up to its last ending.
fn named_part(c: &[char], run: Range<usize>, endings: &[&str], except: &[&str]) -> Option<Range<usize>> {
    let part = c.get(run.clone())?;
    // 保育課長 names a person, but the department with him.
    let len = (2..=part.len()).rev().find(|n| {
        let head = &part[..*n];
        let rest = &part[*n..];
        let word_goes_on = rest.first().is_some_and(|x| is_kanji(*x))
            && !matches!(
                rest.first(),
                Some('長' | '内' | '等' | '職' | '主' | '宛' | '他' | '所' | '窓' | '別' | '員')
            );
        !word_goes_on
            && endings.iter().any(|e| ends_with(head, e))
            && !(rest.first().is_some_and(|x| is_katakana(*x)) && is_katakana(head[*n - 1]))
    })?;
    let head = part.get(..len)?;
    let word: String = head.iter().collect();
    let bare = except.contains(&word.as_str()) || NO_UNITS.iter().any(|w| ends_with(head, w));
    let letters = head.iter().any(|x| is_kanji(*x) || is_katakana(*x));
    (!bare && letters && len >= 3).then_some(run.start..run.start + len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole_and_its_check_digits_are_right() {
        assert_eq!(municipalities().len(), 47 + 1741);
        for m in municipalities() {
            let digits: Vec<u32> = m.code.chars().filter_map(|c| c.to_digit(10)).collect();
            let sum: u32 = digits.iter().zip([6, 5, 4, 3, 2]).map(|(d, w)| d * w).sum();
            assert_eq!(digits.get(5), Some(&((11 - sum % 11) % 10)), "{}", m.code);
        }
    }

    #[test]
    fn names_give_codes() {
        let code = |s: &str| municipality(s).map(|m| m.code);
        assert_eq!(code("杉並区"), Some("131156"));
        assert_eq!(code("東京都練馬区"), Some("131202"));
        assert_eq!(code("東京都"), Some("130001"));
        assert_eq!(code("北海道余市郡余市町"), Some("014087"));
        assert_eq!(code("府中市"), None);
        assert_eq!(code("広島県府中市"), Some("342084"));
        assert_eq!(code("港区"), None);
        assert_eq!(code("東京都港区"), Some("131032"));
    }

    #[test]
    fn names_are_found_in_text() {
        let found =
            |s: &str| find_municipalities(s).iter().map(|(r, m)| (r.clone(), m.code)).collect::<Vec<_>>();
        assert_eq!(
            found("東京都杉並区と横浜市、東大和市"),
            [(0..6, "131156"), (7..10, "141003"), (11..15, "132209")]
        );
        assert_eq!(found("大阪市北区の市場"), [(0..3, "271004")]);
        assert_eq!(found("特別区と市町村"), []);
    }

    #[test]
    fn departments_and_committees() {
        let names = |s: &str, r: Vec<Range<usize>>| {
            r.into_iter()
                .map(|r| s.chars().skip(r.start).take(r.len()).collect::<String>())
                .collect::<Vec<_>>()
        };
        let d = |s: &str| names(s, find_departments(s));
        assert_eq!(d("政策経営部デジタル戦略担当"), ["政策経営部デジタル戦略担当"]);
        assert_eq!(d("子ども家庭部管理課の「変更届」や保育課の届"), ["子ども家庭部管理課", "保育課"]);
        assert!(d("一部の教室を各課と関係課で").is_empty());
        assert_eq!(d("所管する教育委員会事務局学校ICT担当は"), ["教育委員会事務局学校ICT担当"]);
        let s = "デジタル化推進本部と文教委員会";
        assert_eq!(names(s, find_committees(s)), ["デジタル化推進本部", "文教委員会"]);
        assert_eq!(department_at("窓口は納税課です", 4), Some(3..6));
    }
}
