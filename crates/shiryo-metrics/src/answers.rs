//! Answers to a question of a survey, each with its share: any words may name one.
//!
//! ```text
//! 問３ オンラインで手続をしない理由（複数回答）
//! 　窓口のほうが安心できる 41.7％
//! 　方法が分からない 38.0％（523人）
//! ```

use crate::scope::Scope;
use crate::statement::topic::clean;
use crate::{Draft, Tools};
use shiryo_ja::{MentionKind, Quantity, TimeContext, annotate};
use shiryo_model::{Block, BlockKind, Observation, Text};
use std::ops::Range;

/// Lines of answers are no longer than this.
const LONGEST_LINE: usize = 120;
/// Words of an answer are no longer than this.
const LONGEST_ANSWER: usize = 40;
/// Answers to one question are no more than this.
const MOST_LINES: usize = 40;

/// How far answers are believed.
const CONFIDENCE: f64 = 0.8;
/// What answers are told in: shares, and those who gave them.
const COUNTED: [&str; 9] = ["%", "人", "名", "件", "票", "社", "世帯", "団体", "事業所"];

/// An answer: where its words stand, and how many gave it.
struct Answer {
    words: Range<usize>,
    told: Vec<(Range<usize>, Quantity)>,
}

/// The blocks from `start` on that are answers to the question before; `None` where block `start` is none.
pub(crate) fn at(blocks: &[Block], start: usize) -> Option<Range<usize>> {
    let own = blocks.get(start)?;
    // Asked of every block: what costs least comes first.
    if !is_line(own) || !own.text.text.contains('%') {
        return None;
    }
    let before = start.checked_sub(1).and_then(|i| blocks.get(i));
    if !(question_end(&own.text) > 0 || before.is_some_and(|b| asks(&b.text.text))) {
        return None;
    }
    let lines = blocks.get(start..)?.iter().take(MOST_LINES);
    let count = lines.take_while(|b| is_line(b) && answers(&b.text).is_some()).count();
    (count > 0).then_some(start..start + count)
}

/// Every share of the answers, named by their words.
pub(crate) fn read(blocks: &[Block], own: &Range<usize>, scope: &Scope, tools: &Tools) -> Vec<Observation> {
    let mut out = Vec::new();
    for block in blocks.get(own.clone()).unwrap_or_default() {
        for answer in answers(&block.text).unwrap_or_default() {
            let words: String =
                block.text.text.chars().skip(answer.words.start).take(answer.words.len()).collect();
            let name = clean(&words);
            for (chars, q) in answer.told {
                let mut draft = Draft::named(&name, &q, chars, scope);
                draft.dimensions.insert("item".to_owned(), name.clone());
                draft.confidence = CONFIDENCE;
                draft.rule = format!("prose.answer.{}", draft.rule);
                out.push(draft.into_observation(&block.text, tools));
            }
        }
    }
    out
}

fn is_line(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem) && block.text.map.len() <= LONGEST_LINE
}

/// Whether words ask something of those who answer a survey.
fn asks(words: &str) -> bool {
    let words = words.trim();
    let numbered = ["Q", "問", "設問"].iter().any(|w| {
        words
            .strip_prefix(w)
            .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit() || " 　.:．：".contains(c)))
    });
    let kind = ["複数回答", "単一回答", "択一", "回答は1つ", "上位"];
    let kind = words.rsplit_once('(').is_some_and(|(_, inner)| kind.iter().any(|w| inner.contains(w)));
    numbered
        || kind
        || words.ends_with(['?', '？'])
        || ["ですか", "ますか", "ましたか"].iter().any(|w| words.ends_with(w))
}

/// Where the question ends that the answers were put together with; 0 where there is none.
fn question_end(text: &Text) -> usize {
    // Lines begin at places of the source.
    let place = |start: u32| text.map.iter().position(|raw| *raw >= start);
    let starts = text.lines.iter().skip(1).filter_map(|l| place(l.start));
    let asked = |end: &usize| asks(&text.text.chars().take(*end).collect::<String>());
    starts.take(2).find(asked).unwrap_or(0)
}

/// The answers that a line holds and nothing else.
fn answers(text: &Text) -> Option<Vec<Answer>> {
    let chars: Vec<char> = text.text.chars().collect();
    let mut out: Vec<Answer> = Vec::new();
    let begin = question_end(text);
    let mut from = begin;
    let mentions = annotate(&text.text, &TimeContext::default());
    for mention in mentions.into_iter().skip_while(|m| m.chars.start < begin) {
        let MentionKind::Quantity(q) = mention.kind else { return None };
        let between = chars.get(from..mention.chars.start)?;
        let apart = |c: &char| c.is_whitespace() || "(・、:：…".contains(*c);
        let lead = between.iter().take_while(|c| apart(c) || **c == ')').count();
        let tail = between.iter().rev().take_while(|c| apart(c)).count();
        let words = from + lead..(mention.chars.start - tail).max(from + lead);
        from = mention.chars.end;
        match out.last_mut() {
            // はい 120人(33.2%)
            Some(last) if words.is_empty() && last.told.len() == 1 => last.told.push((mention.chars, q)),
            _ => {
                if !is_answer(chars.get(words.clone())?) {
                    return None;
                }
                out.push(Answer { words, told: vec![(mention.chars, q)] });
            }
        }
    }
    let closed = chars.get(from..)?.iter().all(|c| c.is_whitespace() || *c == ')');
    let shares = out.iter().all(|a| a.told.iter().any(|(_, q)| COUNTED.contains(&q.unit.as_str())));
    (closed && shares && !out.is_empty()).then_some(out)
}

/// Whether words may be an answer: no sentence, nothing that leads on to a figure (回収率は46.1%).
fn is_answer(words: &[char]) -> bool {
    let leads = words.last().is_none_or(|c| "はがをでにも".contains(*c));
    !leads
        && words.len() <= LONGEST_ANSWER
        && words.iter().any(|c| c.is_alphabetic())
        && !words.iter().any(|c| "。→⇒=".contains(*c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shiryo_model::SourceLine;

    fn blocks(lines: &[&str]) -> Vec<Block> {
        let source = |t: &str| SourceLine { text: t.into(), ..SourceLine::default() };
        let text = |t: &str| shiryo_ja::compose(t.split('\n').map(source).collect());
        lines.iter().map(|t| Block { text: text(t), ..Block::default() }).collect()
    }

    fn told(lines: &[&str], start: usize) -> Vec<String> {
        let blocks = blocks(lines);
        let Some(own) = at(&blocks, start) else { return Vec::new() };
        let scope = Scope { topics: vec!["利用者調査".into()], ..Scope::default() };
        let rows = read(&blocks, &own, &scope, &Tools::default());
        rows.iter().map(|o| format!("{} {}{}", o.subject, o.value, o.unit)).collect()
    }

    #[test]
    fn any_words_may_be_an_answer() {
        let lines = [
            "使わない理由(複数回答)",
            "窓口のほうが安心できる 41.7%",
            "やり方を知らない 38.0%(523人)",
            "以上の結果から周知に努める。",
        ];
        assert_eq!(
            told(&lines, 1),
            [
                "利用者調査 / 窓口のほうが安心できる 41.7%",
                "利用者調査 / やり方を知らない 38%",
                "利用者調査 / やり方を知らない 523人"
            ]
        );
    }

    #[test]
    fn answers_in_the_line_of_their_question() {
        let lines = ["Q 手続をオンラインで行ったことがある\n　はい 33.2%　いいえ 64.9%　無回答 1.9%"];
        assert_eq!(
            told(&lines, 0),
            ["利用者調査 / はい 33.2%", "利用者調査 / いいえ 64.9%", "利用者調査 / 無回答 1.9%"]
        );
    }

    #[test]
    fn what_nobody_asked_is_no_answer() {
        assert!(told(&["交付の状況", "交付率 78.2%"], 1).is_empty());
        assert!(told(&["問1 理由は何ですか", "回収率は46.1%"], 1).is_empty());
        assert!(told(&["問1 理由は何ですか", "令和5年度 46.1%"], 1).is_empty());
    }
}
