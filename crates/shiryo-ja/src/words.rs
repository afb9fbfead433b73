//! The grammar with words to check it: counters that the table does not have are confirmed by segmentation.

use crate::mention::{Mention, MentionKind, TimeContext, annotate};
use crate::segment::{Pos, Segmenter, Token};

/// As [`annotate`], but a counter that the table does not have is kept only where it ends with a word and is made
/// of nouns: 12岩礁を stays, 3歩進 of 3歩進んだ goes.
pub fn annotate_segmented(text: &str, context: &TimeContext, segmenter: &Segmenter) -> Vec<Mention> {
    let mut mentions = annotate(text, context);
    if !mentions.iter().any(is_unknown) {
        return mentions;
    }
    let tokens = segmenter.tokens(text);
    mentions.retain(|m| !is_unknown(m) || confirmed(m, &tokens));
    mentions
}

fn is_unknown(m: &Mention) -> bool {
    m.rule == "quantity.unknown-counter"
}

/// Whether the counter's characters are whole words, all nouns.
fn confirmed(m: &Mention, tokens: &[Token]) -> bool {
    let MentionKind::Quantity(q) = &m.kind else { return true };
    let (from, to) = (q.number.end, q.number.end + q.unit.chars().count());
    let first = tokens.partition_point(|t| t.chars.end <= from);
    let inside = || tokens.iter().skip(first).take_while(|t| t.chars.start < to);
    inside().all(|t| matches!(t.pos, Pos::Noun | Pos::Other))
        && inside().last().is_some_and(|t| t.chars.end == to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_counters_are_whole_nouns() {
        let units = |text: &str| {
            let Ok(segmenter) = Segmenter::new() else { return Vec::new() };
            annotate_segmented(text, &TimeContext::default(), &segmenter)
                .into_iter()
                .filter_map(|m| match m.kind {
                    MentionKind::Quantity(q) => Some(q.unit),
                    MentionKind::Time(_) => None,
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(units("全部で12岩礁を調べた"), ["岩礁"]);
        assert_eq!(units("窓口は5並びの列"), Vec::<String>::new());
        assert_eq!(units("5件の申請"), ["件"]);
    }
}
