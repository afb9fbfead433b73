//! Figures set large beneath their names, as slides do: as many figures on a line as names on the line above.
//!
//! ```text
//! 町の保有率    全国の保有率
//!   78.4％         75.7％
//! ```

use crate::scope::Scope;
use crate::statement::topic::clean;
use crate::{Draft, Tools};
use shiryo_ja::{MentionKind, Quantity, TimeContext, annotate};
use shiryo_model::{Block, BlockKind, Observation};
use std::ops::Range;

/// How far such figures are believed.
const CONFIDENCE: f64 = 0.7;
/// Lines of names or figures are no longer than this.
const LONGEST_LINE: usize = 80;

/// The blocks from `start` on that are names and the figures beneath them; `None` where block `start` is none.
pub(crate) fn at(blocks: &[Block], start: usize) -> Option<Range<usize>> {
    let (names, below) = (blocks.get(start)?, blocks.get(start + 1)?);
    // Asked of every block: what costs least comes first.
    let digit = below.text.text.starts_with(|c: char| c.is_ascii_digit());
    if !digit || !is_line(names) || !is_line(below) {
        return None;
    }
    let names = names_of(&names.text.text)?;
    (figures_of(&below.text.text)?.len() == names.len()).then_some(start..start + 2)
}

/// Every figure with its name.
pub(crate) fn read(blocks: &[Block], own: &Range<usize>, scope: &Scope, tools: &Tools) -> Vec<Observation> {
    let [names, below] = blocks.get(own.clone()).unwrap_or_default() else { return Vec::new() };
    let names = names_of(&names.text.text).unwrap_or_default();
    let figures = figures_of(&below.text.text).unwrap_or_default();
    let told = names.into_iter().zip(figures);
    let row = |(name, (chars, q)): (&str, (Range<usize>, Quantity))| {
        let mut draft = Draft::named(&clean(name), &q, chars, scope);
        draft.confidence = CONFIDENCE;
        draft.rule = format!("prose.beneath.{}", draft.rule);
        draft.into_observation(&below.text, tools)
    };
    told.map(row).collect()
}

fn is_line(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Figure) && block.text.map.len() <= LONGEST_LINE
}

/// Several names that blanks set apart; none of them may hold a figure.
fn names_of(line: &str) -> Option<Vec<&str>> {
    let names: Vec<&str> = line.split(' ').filter(|n| !n.is_empty()).collect();
    let plain = |n: &&str| {
        n.chars().count() >= 2
            && !n.contains(|c: char| c.is_ascii_digit() || "。、:()".contains(c))
            && !n.ends_with(['は', 'が', 'を', 'の', 'に', 'で'])
    };
    (names.len() >= 2 && names.iter().all(plain)).then_some(names)
}

/// The figures of a line that holds nothing else.
fn figures_of(line: &str) -> Option<Vec<(Range<usize>, Quantity)>> {
    let chars: Vec<char> = line.chars().collect();
    let mut out = Vec::new();
    let mut from = 0;
    for mention in annotate(line, &TimeContext::default()) {
        let MentionKind::Quantity(q) = mention.kind else { return None };
        let blank = chars.get(from..mention.chars.start)?.iter().all(|c| c.is_whitespace());
        if !blank || q.unit.is_empty() {
            return None;
        }
        from = mention.chars.end;
        out.push((mention.chars, q));
    }
    (from == chars.len()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use shiryo_model::SourceLine;

    fn told(lines: &[&str]) -> Vec<String> {
        let text = |t: &str| shiryo_ja::compose(vec![SourceLine { text: t.into(), ..SourceLine::default() }]);
        let blocks: Vec<Block> = lines.iter().map(|t| Block { text: text(t), ..Block::default() }).collect();
        let Some(own) = at(&blocks, 0) else { return Vec::new() };
        let scope = Scope { topics: vec!["カードの保有".into()], ..Scope::default() };
        let rows = read(&blocks, &own, &scope, &Tools::default());
        rows.iter().map(|o| format!("{} {}{}", o.subject, o.value, o.unit)).collect()
    }

    #[test]
    fn as_many_figures_as_names() {
        assert_eq!(
            told(&["町の保有率　　全国の保有率", "78.4％　　75.7％"]),
            ["カードの保有 / 町の保有率 78.4%", "カードの保有 / 全国の保有率 75.7%"]
        );
        assert_eq!(told(&["利用件数　満足度", "1,204件　92%"]).len(), 2);
    }

    #[test]
    fn other_lines_name_nothing() {
        assert!(told(&["町の保有率", "78.4％　75.7％"]).is_empty());
        assert!(told(&["令和5年度 令和6年度", "78.4％　75.7％"]).is_empty());
        assert!(told(&["町の保有率　全国の保有率", "78.4％に増えた。"]).is_empty());
    }
}
