//! Measures of a budget set as headings: their tags and what they cost.

/// 【新規】公開型地図の構築: the heading's name without what the budget says of it.
pub(super) fn behind_tag(words: &str) -> &str {
    const TAGS: [&str; 10] =
        ["新規", "拡充", "継続", "重点", "新", "拡", "一部新規", "一部拡充", "見直し", "臨時"];
    let tagged = words.strip_prefix('【').and_then(|w| w.split_once('】'));
    let tagged = tagged.filter(|(tag, rest)| TAGS.contains(tag) && !rest.trim().is_empty());
    tagged.map_or(words, |(_, rest)| rest.trim_start())
}

/// 地図の構築14,630千円: the heading's name without the amount at its end, though nothing stands between.
pub(super) fn without_amount(words: &str) -> &str {
    let name = words.trim_end_matches(|c: char| c.is_ascii_digit() || ",億万千円約".contains(c));
    let amount = words.get(name.len()..).unwrap_or_default();
    let money = amount.ends_with('円') && amount.chars().filter(char::is_ascii_digit).count() >= 2;
    if money && name.chars().count() >= 4 { name.trim_end() } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_named_without_tag_and_cost() {
        assert_eq!(behind_tag("【新規】公開型地図の構築"), "公開型地図の構築");
        assert_eq!(behind_tag("【目標】利用率"), "【目標】利用率");
        assert_eq!(without_amount("公開型地図の構築14,630千円"), "公開型地図の構築");
        assert_eq!(without_amount("循環バスの増便 約2億3,000万円"), "循環バスの増便");
        assert_eq!(without_amount("第3次計画"), "第3次計画");
    }
}
