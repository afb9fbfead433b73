//! What the markers of headings and items say of how they stand to one another.

/// Whether a marker is a number or letter in a series: (3), ①, イ.
pub(super) fn is_enumerator(marker: &str) -> bool {
    marker.chars().any(|c| c.is_alphanumeric() && c != '〇')
}

/// Whether an item stands beside a heading, not below it: it bears the same sign (◆経費 24万円 after ◆内容), or goes on with
/// its numbers (2 交付割合は18%である。 after the heading 1 交付通数).
pub(super) fn is_beside(heading: &str, item: &str) -> bool {
    if heading.is_empty() || item.is_empty() {
        return false;
    }
    if !is_enumerator(item) {
        return heading == item;
    }
    match (number(heading), number(item)) {
        (Some((form, before)), Some((same, after))) => form == same && before < after,
        _ => false,
    }
}

/// The form of a numbered marker, the number left out, and the number.
fn number(marker: &str) -> Option<(String, u32)> {
    let marker = shiryo_ja::normalise(marker).0;
    let circled = |c: char| u32::from(c).checked_sub(u32::from('①')).filter(|n| *n < 20).map(|n| n + 1);
    if let Some(n) = marker.chars().next().and_then(circled) {
        return Some(("①".into(), n));
    }
    let digits: String = marker.chars().filter(char::is_ascii_digit).collect();
    let form: String = marker.chars().filter(|c| !c.is_ascii_digit()).collect();
    // 1-2 holds two numbers.
    (!form.contains(['-', '.', '－'])).then_some(())?;
    Some((form, digits.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_beside_headings() {
        assert!(is_beside("◆", "◆") && !is_beside("◆", "■"));
        assert!(is_beside("１", "２") && is_beside("（１）", "(2)") && is_beside("①", "③"));
        assert!(!is_beside("２", "（１）") && !is_beside("（２）", "（１）") && !is_beside("1-1", "1-2"));
        assert!(!is_beside("", "") && !is_beside("第1", "2"));
        assert!(!is_enumerator("〇") && is_enumerator("イ"));
    }
}
