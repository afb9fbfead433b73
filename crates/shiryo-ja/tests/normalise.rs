//! Properties of normalisation and line joining that hold for any input.

use proptest::prelude::*;
use shiryo_ja::{compose, normalise};
use shiryo_model::SourceLine;

/// Strings of the characters whose spacing is decided, where the rules meet.
fn japanese() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "令",
        "和",
        "令和",
        "５",
        "5",
        "1,000",
        "年",
        "月",
        "日",
        "件",
        "件以上",
        "の",
        "課",
        "納",
        "税",
        "RPA",
        "R4",
        "A",
        "Ⅱ",
        " ",
        "  ",
        "　",
        "\t",
        "約",
        "億",
        "万",
        "台",
        "。",
        "、",
        "(",
        "）",
        "・",
        "①",
        "〇",
        "※",
        "～",
        "%",
        "％",
        "ー",
        "ア",
        "ｱ",
        "ﾞ",
        "を",
        "部会",
        "-",
        ".",
        "名",
        "回",
        "元",
        "度",
        "\u{3099}",
        "\u{200B}",
        "⺠",
        "元年",
        "時",
        "分",
        "%",
        "h",
        "i",
        "3",
    ]);
    prop::collection::vec(pieces, 0..24).prop_map(|v| v.concat())
}

fn check(raw: &str) -> Result<(), TestCaseError> {
    let (text, map) = normalise(raw);
    prop_assert_eq!(text.chars().count(), map.len());
    prop_assert!(map.is_sorted());
    let length = raw.chars().count();
    prop_assert!(map.iter().all(|i| (*i as usize) < length));
    prop_assert_eq!(&normalise(&text).0, &text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn any_unicode(raw in "\\PC*") {
        check(&raw)?;
    }

    #[test]
    fn any_characters(raw in prop::collection::vec(any::<char>(), 0..40)) {
        check(&raw.into_iter().collect::<String>())?;
    }

    #[test]
    fn any_japanese(raw in japanese()) {
        check(&raw)?;
    }

    #[test]
    fn any_lines(lines in prop::collection::vec(japanese(), 0..6)) {
        let text = compose(lines.into_iter().map(|text| SourceLine { text, ..Default::default() }).collect());
        prop_assert_eq!(text.text.chars().count(), text.map.len());
        prop_assert!(text.map.is_sorted());
        let length = text.raw.chars().count();
        prop_assert!(text.map.iter().all(|i| (*i as usize) < length));
        prop_assert!(text.text == text.text.trim());
    }
}
