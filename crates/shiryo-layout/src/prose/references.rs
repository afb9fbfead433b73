//! Note marks in texts (手続※3) and the notes they refer to.

use shiryo_model::{Block, BlockKind, NoteReference};

/// Marks have at most this many digits.
const MOST_DIGITS: usize = 2;
/// Notes, and marks, of a document that are looked at; papers have some dozens.
const MOST_NOTES: usize = 5_000;

/// Records the note marks of every block. The note of a mark is the next one below that bears it (marks are counted
/// from 1 again on every page or under every table), else the last one above.
pub(crate) fn record(blocks: &mut [Block]) {
    let notes: Vec<(usize, String)> = blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| b.kind == BlockKind::Note && !b.marker.is_empty())
        .map(|(i, b)| (i, bare(&b.marker)))
        .take(MOST_NOTES)
        .collect();
    let mut left = MOST_NOTES;
    for (i, block) in blocks.iter_mut().enumerate() {
        let mut found = marks(&block.text.text);
        found.truncate(left);
        left -= found.len();
        block.references = found
            .into_iter()
            .map(|(at, mark)| {
                let own = bare(&mark);
                let bears = |n: &&(usize, String)| n.1 == own && n.0 != i;
                let below = notes.partition_point(|n| n.0 < i);
                let note = notes
                    .get(below..)
                    .and_then(|later| later.iter().find(bears))
                    .or_else(|| notes.get(..below).and_then(|before| before.iter().rev().find(bears)));
                NoteReference { mark, at, note: note.and_then(|n| u32::try_from(n.0).ok()) }
            })
            .collect();
    }
}

/// A mark without its brackets: ※1, 注1 and ¹⁾ are all 1; ※ alone is nothing.
fn bare(mark: &str) -> String {
    let (folded, _) = shiryo_ja::normalise(mark);
    folded.chars().filter(char::is_ascii_digit).collect()
}

/// Every ※ with its digits that stands behind a word.
fn marks(text: &str) -> Vec<(u32, String)> {
    let mut out = Vec::new();
    if !text.contains('※') {
        return out;
    }
    let chars: Vec<char> = text.chars().collect();
    for (at, _) in chars.iter().enumerate().filter(|(_, c)| **c == '※') {
        let digits: String =
            chars.iter().skip(at + 1).take_while(|c| c.is_ascii_digit()).take(MOST_DIGITS + 1).collect();
        let behind = at > 0 && chars.get(at - 1).is_some_and(|c| !c.is_whitespace());
        if behind && digits.len() <= MOST_DIGITS {
            out.push((u32::try_from(at).unwrap_or(u32::MAX), format!("※{digits}")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(kind: BlockKind, marker: &str, text: &str) -> Block {
        Block { kind, marker: marker.into(), text: text.to_owned().into(), ..Block::default() }
    }

    #[test]
    fn marks_lead_to_the_next_note_that_bears_them() {
        let mut blocks = vec![
            block(BlockKind::Paragraph, "", "対象は308手続※1、うち12手続※2である。"),
            block(BlockKind::Note, "※１", "国の計画による。"),
            block(BlockKind::Note, "²⁾", "速報値"),
            block(BlockKind::Paragraph, "", "支所※1では※の印を付けた"),
            block(BlockKind::Note, "（注１）", "出張所を含む。"),
        ];
        record(&mut blocks);
        let seen = |i: usize| -> Vec<(String, u32, Option<u32>)> {
            blocks
                .get(i)
                .map(|b| b.references.iter().map(|r| (r.mark.clone(), r.at, r.note)).collect())
                .unwrap_or_default()
        };
        assert_eq!(seen(0), [("※1".into(), 8, Some(1)), ("※2".into(), 17, Some(2))]);
        assert_eq!(seen(3), [("※1".into(), 2, Some(4)), ("※".into(), 6, None)]);
    }
}
