//! The number a table cell holds as a whole, for `cells.csv`.

use rust_decimal::Decimal;
use shiryo_ja::{MentionKind, TimeContext};

/// Value and unit of `text` when all of it is one exact number; `table_unit` (単位：千円) gives the unit of bare
/// numbers.
pub(crate) fn cell_number(text: &str, table_unit: &str) -> Option<(Decimal, String)> {
    // Long cells are prose; most cells have no digit.
    if text.len() > 60 || !text.chars().any(char::is_numeric) {
        return None;
    }
    let bare = whole(text)?;
    if !bare.1.is_empty() {
        return Some(bare);
    }
    let unit = table_unit.trim().trim_matches(['(', ')', '（', '）', '〔', '〕']);
    let unit = unit.strip_prefix("単位").unwrap_or(unit).trim_start_matches([':', '：', ' ']).trim();
    let with_unit = if unit.is_empty() { None } else { whole(&format!("{text}{unit}")) };
    Some(with_unit.unwrap_or(bare))
}

/// The one quantity that covers the whole of `text`.
fn whole(text: &str) -> Option<(Decimal, String)> {
    let mentions = shiryo_ja::annotate(text, &TimeContext::default());
    let [mention] = mentions.as_slice() else { return None };
    let MentionKind::Quantity(q) = &mention.kind else { return None };
    let all = mention.chars.start == 0 && mention.chars.end == text.chars().count();
    (all && q.value_upper.is_none()).then(|| (q.value.normalize(), q.unit.clone()))
}
