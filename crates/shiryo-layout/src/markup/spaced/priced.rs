//! Names with one amount each below a line that tells the unit of all: tables without heads.
//!
//! ```text
//! ２ 主な事業（○は新規）          （単位：千円）
//!  ○ 図書館の改修        12,400   空調の更新。工事は    a remark, which may go on below
//!                                 秋から
//!  ・ 道路の補修          8,150   市道３路線
//! ```

use super::body::{cell, row_of};
use super::rows::{Row, Rows};
use super::words::{Word, Words};
use crate::markup::flow::Flow;
use crate::markup::found::{Found, line};
use crate::markup::grid::GridCell;
use crate::prose::joining::Gap;
use crate::prose::marker::{MarkerKind, leading_marker};
use crate::prose::words::{is_digit, is_unit_note};
use shiryo_model::{RawText, SourceLine};

/// Most rows of one table.
const MOST_ROWS: usize = 500;
/// Right ends of amounts stand no further apart (half-width cells).
const RAGGED: u32 = 2;

/// Names and one figure each right below a line that only tells their unit ((単位：千円)): a table without heads.
pub(super) fn priced_table(flow: &[Flow], at: usize, found: &Rows) -> Option<Found> {
    let above = at.checked_sub(1).and_then(|i| line(flow, i))?;
    let pair = |r: &&Row| r.before.is_empty() && r.line.words.len() == 2 && r.line.lead() == 1;
    let rows: Vec<&Row> = found.rows.iter().take_while(pair).collect();
    // A figure with a unit of its own is not told in the note's.
    let bare = |r: &&Row| r.line.words.last().is_some_and(|w| !w.text.ends_with(char::is_alphabetic));
    // 相談件数（件）: the name of the figures with their unit.
    let named = Words::of(above).filter(|w| w.words.len() == 1 && rows.len() > 2);
    let name = named.filter(|w| w.words.iter().all(|w| ends_in_unit(&w.text)));
    let noted = is_unit_note(&above.source.text);
    if !(noted || name.is_some()) || rows.len() < 2 || !rows.iter().all(bare) {
        return None;
    }
    let head = name
        .filter(|_| !noted)
        .and_then(|n| Some(vec![GridCell::default(), cell(vec![n.source(n.words.first()?)], (1, 1))]));
    let heads = u32::from(head.is_some());
    let start = at - heads as usize;
    let cells = |r: &&Row| row_of(r.line.words.iter().map(|w| vec![r.line.source(w)]).collect());
    let taken = start..rows.last()?.at + 1;
    let rows = head.into_iter().chain(rows.iter().map(cells)).collect();
    Some(Found::of(flow, taken, rows, Some(heads), 0.75)?.labelled(1))
}

/// Whether a name ends in its unit in brackets.
fn ends_in_unit(text: &str) -> bool {
    let inner = text.strip_suffix(['）', ')']).and_then(|t| t.rsplit_once(['（', '(']));
    inner.is_some_and(|(name, unit)| !name.is_empty() && is_unit_note(&format!("（{unit}）")))
}

/// A row: its name, its amount, the words behind it.
struct Priced {
    name: SourceLine,
    amount: SourceLine,
    remark: RawText,
    /// Right end of the amount, and where the remark begins, in characters and in half-width cells.
    ends: [u32; 2],
    remark_at: Option<[u32; 2]>,
}

/// The table of names, amounts and remarks that begins at `at`, below a line that ends in their unit.
pub(crate) fn remarked_table(flow: &[Flow], at: usize, floor: usize) -> Option<Found> {
    let first = priced(flow, at)?;
    let above = at.checked_sub(1).filter(|i| *i >= floor).and_then(|i| line(flow, i))?;
    if line(flow, at)?.gap == Gap::Break || !ends_in_unit_note(&above.source.text) {
        return None;
    }
    let mut rows = vec![first];
    let mut end = at + 1;
    while let Some(l) = line(flow, end).filter(|l| l.gap < Gap::Break && rows.len() < MOST_ROWS) {
        let last = rows.last_mut()?;
        if let Some(next) = priced(flow, end) {
            let aligned = |m: usize| {
                next.ends.get(m).zip(last.ends.get(m)).is_some_and(|(a, b)| a.abs_diff(*b) <= RAGGED)
            };
            if !(aligned(0) || aligned(1)) {
                break;
            }
            rows.push(next);
        } else if l.gap == Gap::None && stands_below(&Words::of(l)?, last) {
            last.remark.push(SourceLine { text: l.source.text.trim().to_string(), ..l.source.clone() });
        } else {
            break;
        }
        end += 1;
    }
    let told = rows.iter().filter(|r| !r.remark.is_empty()).count();
    if rows.len() < 2 || told == 0 {
        return None;
    }
    let cells = |r: Priced| row_of(vec![vec![r.name], vec![r.amount], r.remark]);
    let rows = rows.into_iter().map(cells).collect();
    Some(Found::of(flow, at..end, rows, Some(0), 0.75)?.labelled(1))
}

/// Whether a line is a note of the unit, or ends in one.
fn ends_in_unit_note(text: &str) -> bool {
    let note = text.trim_end().rsplit_once(['（', '(']).map(|(_, note)| format!("（{note}"));
    is_unit_note(text) || note.is_some_and(|n| n.contains("単位") && is_unit_note(&n))
}

/// The row that a line is: a name, perhaps behind a sign, a figure without a unit set apart from it, and words.
fn priced(flow: &[Flow], at: usize) -> Option<Priced> {
    let l = line(flow, at)?;
    let words = Words::of(l)?;
    let marker = leading_marker(&l.source.text).filter(|m| {
        matches!(m.kind, MarkerKind::Bullet | MarkerKind::Circle | MarkerKind::Square | MarkerKind::Circled)
    });
    let sign = marker.map_or("", |m| m.text);
    let skip = usize::from(words.words.first().is_some_and(|w| w.text == sign));
    let figure = words.words.iter().position(|w| is_amount(w) && w.apart())?;
    let own = words.words.get(skip..figure).filter(|n| (1..=3).contains(&n.len()))?;
    let behind = words.words.get(figure + 1..)?;
    let runs = own.iter().skip(1).any(Word::apart) || own.iter().any(|w| w.text.contains(['、', '。', '：']));
    if runs || behind.first().is_some_and(|w| !w.apart() || is_amount(w)) {
        return None;
    }
    let joined = |words: &[Word]| words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
    let source = |text: String| SourceLine { text, ..l.source.clone() };
    let name = joined(own);
    let name = name.strip_prefix(sign).unwrap_or(&name).trim();
    let amount = words.words.get(figure)?;
    Some(Priced {
        name: source(name.to_string()),
        amount: source(amount.text.clone()),
        remark: if behind.is_empty() { Vec::new() } else { vec![source(joined(behind))] },
        ends: amount.extent.map(|e| e.1),
        remark_at: behind.first().map(|w| w.extent.map(|e| e.0)),
    })
    .filter(|r| r.name.text.chars().any(char::is_alphabetic))
}

/// Whether a word is a figure that tells no unit of its own.
fn is_amount(word: &Word) -> bool {
    word.figure && word.text.ends_with(is_digit)
}

/// Whether a line stands below the remark of a row and nothing before it.
fn stands_below(words: &Words, row: &Priced) -> bool {
    let Some((first, at)) = words.words.first().zip(row.remark_at) else { return false };
    first.extent.iter().zip(at).any(|(e, at)| e.0.abs_diff(at) <= RAGGED)
}

#[cfg(test)]
mod tests {
    use super::super::tests::only_rows;
    use crate::markup::layout_text;
    use shiryo_model::MediaType;

    #[test]
    fn amounts_with_remarks_below_a_heading_that_ends_in_their_unit() {
        let rows = only_rows(
            "３ 主な事業（○は新規、・は継続）          （単位：千円）\n\n  ○ 図書館の改修           12,400   空調の更新。工事は\n                                    秋から\n  ・ 道路の補修             8,150   市道３路線\n  ・ 職員研修                 960\n\n４ 見通し\n",
        );
        assert_eq!(
            rows,
            ["図書館の改修|12,400|空調の更新。工事は秋から", "道路の補修|8,150|市道3路線", "職員研修|960|"]
        );
        let rows = only_rows(
            "主な増減\n（単位：百万円）\n個人市民税　　　　　１２，４５０　　納税義務者の増\n法人市民税　　　　　　３，２１８　　企業収益の減\n",
        );
        assert_eq!(rows[0], "個人市民税|12,450|納税義務者の増");
    }

    #[test]
    fn lists_without_a_unit_above_stay_lists() {
        let text = "３ 主な事業\n  ○ 図書館の改修       12,400   空調の更新\n  ・ 道路の補修         8,150   市道３路線\n";
        assert!(layout_text(text, MediaType::Text).tables.is_empty());
    }
}
