//! What cells hold.

use super::*;

fn content(text: &str) -> Content {
    of(text, &TimeContext::default())
}

#[test]
fn cells_without_value() {
    for text in ["", " ", "－", "-", "―", "未定", "…", "なし"] {
        assert_eq!(content(text), Content::Blank, "{text}");
    }
    for text in ["〇", "○", "× ", "◎"] {
        assert_eq!(content(text), Content::Mark, "{text}");
    }
    for text in ["03-1234-5678", "0312", "https://example.jp/1"] {
        assert_eq!(content(text), Content::Code, "{text}");
    }
}

#[test]
fn bare_numbers() {
    for (text, value) in [
        ("1,234", "1234"),
        ("△3.5", "-3.5"),
        ("0", "0"),
        ("(12)", "12"),
        ("18※2", "18"),
        ("- 5", "-5"),
        ("12,345,678", "12345678"),
        ("年間 約1,860", "1860"),
        ("4 371 784", "4371784"),
    ] {
        assert_eq!(bare(text).map(|n| n.value), value.parse().ok(), "{text}");
    }
    for text in ["1,23", "12,34,56", "1.2.3", "a", "", "5/7", "1-2", "12 345"] {
        assert_eq!(bare(text), None, "{text}");
    }
    assert!(matches!(content("1,056(見込)"), Content::Number(_)));
    assert!(bare("105.0以上").is_some_and(|n| n.bound == Bound::AtLeast));
    assert!(bare("2019").is_some_and(|n| n.yearlike));
    assert!(bare("2,019").is_some_and(|n| !n.yearlike));
}

#[test]
fn a_share_behind_a_number() {
    let number = bare("437(15.6%)").expect("a number");
    assert_eq!(number.value, Decimal::from(437));
    assert_eq!(number.share.map(|(v, r)| (v.to_string(), r)), Some(("15.6".to_owned(), 4..9)));
}

#[test]
fn years_summed_and_years_of_a_quantity() {
    assert_eq!(years_summed("3か年計"), Some(3));
    assert_eq!(years_summed("5年間合計"), Some(5));
    assert_eq!(years_summed("3年"), None);
    assert!(matches!(content("7,025件(H26)"), Content::Dated(..)));
    assert!(matches!(content("7,025件(うち市外90件)"), Content::Running));
    assert!(matches!(content("+ 11.6pt"), Content::Quantity(..)));
    assert!(matches!(content("-約5億円"), Content::Quantity(q, _) if q.value.is_sign_negative()));
}
