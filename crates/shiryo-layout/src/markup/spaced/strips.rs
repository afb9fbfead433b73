//! A quantity, and beside it names with their values below each other (slides set them so).
//!
//! ```text
//! 平均手続時間　　転入　38分　⇒　24分
//! 　　　　　　　　転出　21分　⇒　12分
//! ```

use super::body::cell;
use super::words::{Word, Words};
use crate::markup::flow::Flow;
use crate::markup::found::{Found, line};
use crate::markup::grid::GridCell;
use crate::prose::joining::Gap;
use crate::prose::words::digit;
use shiryo_model::SourceLine;

/// Most rows of one table.
const MOST_ROWS: usize = 60;
/// Names below each other begin no further apart (characters or half-width cells).
const RAGGED: u32 = 1;

/// Names and the values behind them.
struct Strip {
    names: Vec<Word>,
    value: String,
}

/// The table whose quantity and first value stand at `at`.
pub(crate) fn strip_table(flow: &[Flow], at: usize) -> Option<Found> {
    let first = strip(flow, at)?;
    let [quantity, name] = first.names.as_slice() else { return None };
    if !name.apart() || !names_quantity(&quantity.text) || unit(&first.value).is_empty() {
        return None;
    }
    let near = |i: usize| line(flow, i).is_some_and(|l| l.gap < Gap::Break);
    let below = |i: usize| -> Option<Strip> {
        let next = strip(flow, i).filter(|s| near(i) && unit(&s.value) == unit(&first.value))?;
        let [own] = next.names.as_slice() else { return None };
        let aligned = own.extent.iter().zip(&name.extent).any(|(a, b)| a.0.abs_diff(b.0) <= RAGGED);
        aligned.then_some(next)
    };
    let rows: Vec<Strip> = (at + 1..at + MOST_ROWS).map_while(below).collect();
    if rows.is_empty() {
        return None;
    }
    let end = at + 1 + rows.len();
    let source = |i: usize, text: &str| -> Option<SourceLine> {
        Some(SourceLine { text: text.to_owned(), ..line(flow, i)?.source.clone() })
    };
    let one = |i: usize, text: &str| Some(cell(vec![source(i, text)?], (1, 1)));
    let mut grid = vec![vec![GridCell::default(), one(at, &quantity.text)?]];
    grid.push(vec![one(at, &name.text)?, one(at, &first.value)?]);
    for (i, row) in (at + 1..).zip(&rows) {
        grid.push(vec![one(i, &row.names.first()?.text)?, one(i, &row.value)?]);
    }
    Some(Found::of(flow, at..end, grid, Some(1), 0.75)?.labelled(1))
}

/// The names at the beginning of a line and the values that are all of its rest.
fn strip(flow: &[Flow], at: usize) -> Option<Strip> {
    let words = Words::of(line(flow, at)?)?;
    let lead = words.lead();
    let (names, values) = words.words.split_at_checked(lead)?;
    let arrow = |w: &Word| matches!(w.text.as_str(), "→" | "⇒" | "➡" | "⇨" | "▶");
    let told = |w: &Word| w.figure || w.text.split(['→', '⇒', '➡', '⇨']).all(Words::bare);
    let whole = !values.is_empty() && values.iter().all(|w| arrow(w) || told(w));
    let value = values.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
    ((1..=2).contains(&names.len()) && whole).then(|| Strip { names: names.to_vec(), value })
}

/// Whether a name ends as those of quantities do.
fn names_quantity(name: &str) -> bool {
    const ENDS: [&str; 9] = ["時間", "数", "率", "額", "費", "量", "割合", "人口", "単価"];
    let name = name.split_once(['（', '(']).map_or(name, |(name, _)| name);
    ENDS.iter().any(|e| name.ends_with(e))
}

/// The unit that values end in.
fn unit(value: &str) -> String {
    value.chars().rev().take_while(|c| digit(*c).is_none()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::only_rows;
    use crate::markup::layout_text;
    use shiryo_model::MediaType;

    #[test]
    fn names_beside_a_quantity_with_values_before_and_after() {
        let rows = only_rows(
            "〇 書かない窓口\n\n　 平均手続時間　　　転入　38分　⇒　24分\n　　　　　　　　　　　転出　21分　⇒　12分\n\n　 ※ 各３月の調査\n",
        );
        assert_eq!(rows, ["|平均手続時間", "転入|38分 ⇒ 24分", "転出|21分 ⇒ 12分"]);
        let rows = only_rows(
            "講座の実績\n\n参加者数    入門   412人\n            応用   118人\n            相談   96人\n",
        );
        assert_eq!(rows[0..2], ["|参加者数", "入門|412人"]);
    }

    #[test]
    fn values_in_other_places_or_units_are_no_strip() {
        for text in [
            "参加者数    入門   412人\n  応用   118人\n",
            "参加者数    入門   412人\n            応用   118回\n",
            "会場    東館   412人\n        西館   118人\n",
        ] {
            assert!(layout_text(text, MediaType::Text).tables.is_empty(), "{text}");
        }
    }
}
