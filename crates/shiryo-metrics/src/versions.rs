//! Versions that a paper sets side by side: 新旧対照表, 改正前 | 改正後, 現行 and 修正案, 誤 | 正.

/// Names of versions, as headings, headers, captions and beginnings of lines bear them.
const NAMES: [&str; 42] = [
    "再編案",
    "再編後",
    "再編前",
    "統合案",
    "統合後",
    "修正案",
    "現行",
    "改定案",
    "改訂案",
    "改正案",
    "変更案",
    "改正後",
    "改正前",
    "変更前",
    "変更後",
    "修正後",
    "修正前",
    "改定後",
    "改定前",
    "改訂後",
    "改訂前",
    "訂正後",
    "訂正前",
    "素案",
    "原案",
    "現行計画",
    "現計画",
    "新計画",
    "旧計画",
    "当初計画",
    "変更計画",
    "修正計画",
    "改定計画",
    "変更前計画",
    "変更後計画",
    "当初案",
    "最終案",
    "新版",
    "旧版",
    "見直し案",
    "計画変更前",
    "計画変更後",
];

/// No name has more characters.
const LONGEST_NAME: usize = 8;

/// Names that mean versions beside each other only.
const BESIDE: [(&str, &str); 2] = [("新", "旧"), ("正", "誤")];

/// The new version and the old one that stands after it.
const PAIRS: [(&str, &str); 12] = [
    ("再編案", "現行"),
    ("再編後", "現行"),
    ("修正案", "現行"),
    ("改定案", "現行"),
    ("改訂案", "現行"),
    ("改正案", "現行"),
    ("変更案", "現行"),
    ("新", "旧"),
    ("修正後", "修正前"),
    ("変更後", "変更前"),
    ("改正後", "改正前"),
    ("改定後", "改定前"),
];

/// The version that words name, if they name nothing else: 【現行計画】, 改正前, 新.
pub(crate) fn named(words: &str) -> Option<String> {
    let plain: String = words.chars().filter(|c| c.is_alphanumeric()).take(LONGEST_NAME + 1).collect();
    let known = NAMES.contains(&plain.as_str()) || counterpart(&plain).is_some();
    known.then_some(plain)
}

/// The version beside which alone a short name is one: 旧 for 新.
pub(crate) fn counterpart(name: &str) -> Option<&'static str> {
    BESIDE.iter().find_map(|&(a, b)| match name {
        n if n == a => Some(b),
        n if n == b => Some(a),
        _ => None,
    })
}

/// Whether a version corrects or is corrected (正, 誤, 訂正後), rather than planned anew.
pub(crate) fn is_correction(name: &str) -> bool {
    matches!(name, "正" | "誤") || name.starts_with("訂正")
}

/// Whether a version is not in force yet (改定案).
pub(crate) fn is_draft(name: &str) -> bool {
    name.ends_with('案')
}

/// Whether a column tells how much a new version differs from the one in force (改定率, 増減額, 差額).
pub(crate) fn tells_difference(label: &str) -> bool {
    let plain = label.split('(').next().unwrap_or(label);
    [
        "改定率",
        "改正率",
        "改定額",
        "引上げ額",
        "引上げ率",
        "値上げ幅",
        "値上げ率",
        "増減",
        "増減額",
        "増減率",
        "差額",
        "差引",
        "差",
    ]
    .contains(&plain)
}

/// The version that stands after `new` where its mark was not printed.
pub(crate) fn old_of(new: &str) -> Option<&'static str> {
    PAIRS.iter().find(|(a, _)| *a == new).map(|(_, old)| *old)
}

/// The version that a line begins with, and how many characters its mark takes: (誤)…, 【変更前】…, 変更後:….
pub(crate) fn leading(line: &str) -> Option<(String, usize)> {
    const LONGEST: usize = 9;
    let end = line.chars().take(LONGEST).position(|c| matches!(c, ')' | '】' | ']' | '〕' | ':' | '：'))?;
    let mark: String = line.chars().take(end + 1).collect();
    let opens = mark.starts_with(['(', '【', '[', '〔']);
    let closes = mark.ends_with([')', '】', ']', '〕']);
    let more = line.chars().nth(end + 1).is_some();
    (opens == closes && more).then(|| named(&mark)).flatten().map(|name| (name, end + 1))
}

/// Whether words only say that versions stand side by side (新旧対照表): they name no subject.
pub(crate) fn sets_side_by_side(words: &str) -> bool {
    ["新旧対照表", "新旧対照", "新旧比較", "新旧比較表", "正誤表"].iter().any(|w| words.trim() == *w)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_named_whole() {
        assert!(NAMES.iter().all(|name| named(name).is_some_and(|n| n == *name)), "none is too long");
        assert_eq!(named(&format!("現行計画{}", "の課題".repeat(9))), None);
        assert_eq!(named("【現行計画】").as_deref(), Some("現行計画"));
        assert_eq!(named("改正前").as_deref(), Some("改正前"));
        assert_eq!(named("現行制度の課題"), None);
        assert_eq!(named("新規"), None);
    }

    #[test]
    fn lines_begin_with_their_version() {
        assert_eq!(leading("(誤)受付は20件である。"), Some(("誤".into(), 3)));
        assert_eq!(leading("変更後:窓口8か所"), Some(("変更後".into(), 4)));
        assert_eq!(leading("(新規)窓口8か所"), None);
        assert_eq!(leading("変更後は、窓口8か所"), None);
        assert_eq!(leading("【現行】"), None, "a mark by itself is a heading");
    }
}
