//! The grammar with words to check it: counters that the table does not have are found and confirmed by segmentation.

use crate::mention::{Mention, MentionKind, TimeContext, annotate_with_candidates};
use crate::segment::{Pos, Segmenter, Token};

/// As [`annotate`](crate::annotate), with the words of the text to tell counters that the table does not have.
///
/// One that the grammar took is kept only where it is made of whole nouns (12岩礁を stays, 3歩進 of 3歩進んだ and the 対応
/// of 6対応 go); one that it could not tell from the head of a longer noun is added where a word ends
/// (5ベッド増床 → ベッド).
pub fn annotate_segmented(text: &str, context: &TimeContext, segmenter: &Segmenter) -> Vec<Mention> {
    let (mut mentions, candidates) = annotate_with_candidates(text, context);
    if candidates.is_empty() && !mentions.iter().any(is_unknown) {
        return mentions;
    }
    let tokens = segmenter.tokens(text);
    mentions.retain(|m| !is_unknown(m) || confirmed(m, &tokens));
    for candidate in candidates.into_iter().filter_map(|m| counted(m, &tokens)) {
        let at = mentions.partition_point(|m| m.chars.end <= candidate.chars.start);
        if mentions.get(at).is_none_or(|next| next.chars.start >= candidate.chars.end) {
            mentions.insert(at, candidate);
        }
    }
    mentions
}

fn is_unknown(m: &Mention) -> bool {
    m.rule == "quantity.unknown-counter"
}

/// The words from character `from` on.
fn words_from(tokens: &[Token], from: usize) -> &[Token] {
    tokens.get(tokens.partition_point(|t| t.chars.end <= from)..).unwrap_or_default()
}

/// Whether the counter's characters are whole words, all nouns, and not the name of an action alone.
fn confirmed(m: &Mention, tokens: &[Token]) -> bool {
    let MentionKind::Quantity(q) = &m.kind else { return true };
    let (from, to) = (q.number.end, q.number.end + q.unit.chars().count());
    let words = words_from(tokens, from);
    let inside: Vec<&Token> = words.iter().take_while(|t| t.chars.start < to).collect();
    let action = matches!(inside.as_slice(), [one] if one.pos1 == "サ変接続");
    inside.iter().all(|t| matches!(t.pos, Pos::Noun | Pos::Other))
        && inside.last().is_some_and(|t| t.chars.end == to)
        && !action
}

/// A candidate cut to the word that counts it, if one does: a counter of the dictionary, or a noun that an action
/// or the rest of the sentence follows.
fn counted(mut m: Mention, tokens: &[Token]) -> Option<Mention> {
    let MentionKind::Quantity(q) = &mut m.kind else { return None };
    let [word, rest @ ..] = words_from(tokens, q.number.end) else { return None };
    let ends = rest.first().is_none_or(|t| {
        t.chars.start > word.chars.end || t.pos1 == "サ変接続" || matches!(t.pos, Pos::Particle | Pos::Symbol)
    });
    let counts = word.pos == Pos::Noun && (word.pos1 == "接尾" || word.pos1 == "一般") && ends;
    if !counts || word.chars.start != q.number.end || word.chars.end > m.chars.end {
        return None;
    }
    q.unit.clone_from(&word.surface);
    m.chars.end = word.chars.end;
    Some(m)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<String> {
        let Ok(segmenter) = Segmenter::new() else { return Vec::new() };
        annotate_segmented(text, &TimeContext::default(), &segmenter)
            .into_iter()
            .filter_map(|m| match m.kind {
                MentionKind::Quantity(q) => Some(q.unit),
                MentionKind::Time(_) => None,
            })
            .collect()
    }

    #[test]
    fn unknown_counters_are_whole_nouns() {
        assert_eq!(units("全部で12岩礁を調べた"), ["岩礁"]);
        assert_eq!(units("窓口は5並びの列"), Vec::<String>::new());
        assert_eq!(units("全6対応の機器"), Vec::<String>::new());
        assert_eq!(units("5件の申請"), ["件"]);
    }

    #[test]
    fn counters_before_another_noun_are_found() {
        assert_eq!(units("病院に5ベッド増設した"), ["ベッド"]);
        assert_eq!(units("市内に2ヘリポート整備"), ["ヘリポート"]);
        assert_eq!(units("方針1デジタル技術を活用"), Vec::<String>::new());
        assert_eq!(units("1オンライン申請の推進"), Vec::<String>::new());
    }
}
