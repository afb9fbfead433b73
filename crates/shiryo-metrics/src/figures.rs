//! Values of charts as far as their labels say: a name, a bare number with its share, and the whole.
//!
//! Charts reach the text as short lines: 押印不要 / 2,391(85.4%) / 全2,800件. A line that is only a number with its
//! share belongs to the name beside it; the unit is the one of the whole, which may stand first below a name of its
//! own (見直し対象 / 2,800件); the title is the line that names neither.

use crate::scope::Scope;
use crate::statement::topic::clean;
use crate::statement::words::counter_noun;
use crate::{Draft, Tools};
use rust_decimal::Decimal;
use shiryo_ja::{MentionKind, Quantity, TimeContext, annotate, parse_cell_number};
use shiryo_model::{Aggregation, Block, BlockKind, Observation};
use std::ops::Range;

/// Lines of charts are no longer than this.
const LONGEST_LINE: usize = 24;
/// Charts have no more lines than this.
const MOST_LINES: usize = 60;

/// What a line of a chart says.
#[derive(Debug, Clone, PartialEq)]
enum Line {
    /// A name.
    Name(String),
    /// A number and its share in percent, with their character ranges.
    Value { number: Decimal, chars: Range<usize>, share: Decimal, share_chars: Range<usize> },
    /// The whole (全2,800件).
    Whole(Quantity, Range<usize>),
    /// A count and its unit alone: the whole, if the shares are of it.
    Count(Quantity, Range<usize>),
}

/// The blocks from `start` on that are labels and values of one chart; `None` when block `start` begins none.
pub fn at(blocks: &[Block], start: usize) -> Option<Range<usize>> {
    // Most blocks are no names of a chart, and what stands below tells it at the least cost.
    let below = blocks.get(start + 1)?.text.text.as_str();
    if whole_of(below).is_none() && !below.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let first = line(blocks.get(start)?)?;
    if !matches!(first, Line::Name(_)) {
        return None;
    }
    let lines = || blocks.get(start..).unwrap_or_default().iter().take(MOST_LINES).map_while(line);
    // The first line must be the name of the first value, with nothing but the whole between, or that of a whole
    // that the first value is a share of: most blocks are read no further than to the one behind them.
    let next = lines().skip(1).find(|l| !matches!(l, Line::Whole(..)))?;
    let led = match next {
        Line::Value { .. } => false,
        Line::Count(whole, _) => {
            let mut behind = lines().skip(2);
            let (name, value) = (behind.next()?, behind.next()?);
            if !matches!(name, Line::Name(_)) || !value.is_share_of(&whole) {
                return None;
            }
            true
        }
        _ => return None,
    };
    let counts = |(i, l): &(usize, Line)| matches!(l, Line::Count(..)) && !(led && *i == 1);
    let lines: Vec<Line> = lines().enumerate().take_while(|l| !counts(l)).map(|(_, l)| l).collect();
    let last = lines.iter().rposition(|l| !matches!(l, Line::Name(_)))?;
    let whole = led || lines.iter().any(|l| matches!(l, Line::Whole(..)));
    whole.then_some(start..start + last + 1)
}

impl Line {
    /// Whether a number and its share agree with a whole, as far as the share is rounded.
    fn is_share_of(&self, whole: &Quantity) -> bool {
        let Self::Value { number, share, .. } = self else { return false };
        let rounded = number
            .checked_mul(Decimal::ONE_HUNDRED)
            .and_then(|n| n.checked_div(whole.value))
            .map(|s| s.round_dp(share.scale()));
        rounded
            .and_then(|r| r.checked_sub(*share))
            .is_some_and(|apart| apart.abs() <= Decimal::new(1, share.scale()))
    }
}

/// Every value of a chart.
pub fn read(blocks: &[Block], figure: &Range<usize>, scope: &Scope, tools: &Tools) -> Vec<Observation> {
    let own = blocks.get(figure.clone()).unwrap_or_default();
    let lines: Vec<Option<Line>> = own.iter().map(line).collect();
    let whole = lines.iter().flatten().find_map(|l| match l {
        Line::Whole(q, _) | Line::Count(q, _) => Some(q.clone()),
        _ => None,
    });
    let Some(whole) = whole else { return Vec::new() };
    let mut subject = scope.topic().to_owned();
    let mut titled = false;
    let mut name = String::new();
    let mut out = Vec::new();
    for (i, found) in lines.iter().enumerate() {
        let Some(block) = own.get(i) else { break };
        match found {
            // A name under which another name stands is the title of what follows.
            Some(Line::Name(n)) if matches!(lines.get(i + 1), Some(Some(Line::Name(_)))) => {
                subject.clone_from(n);
                titled = true;
            }
            Some(Line::Name(n)) => name.clone_from(n),
            Some(Line::Value { number, chars, share, share_chars })
                if !name.is_empty() && !subject.is_empty() =>
            {
                for (value, chars, unit, aggregation, label) in [
                    (*number, chars, whole.unit.as_str(), Aggregation::Point, counter_noun(&whole.unit)),
                    (*share, share_chars, "%", Aggregation::Ratio, "割合".to_owned()),
                ] {
                    let full = format!("{subject} / {name}");
                    let mut draft = draft(scope, &full, value, unit, chars.clone());
                    draft.aggregation = aggregation;
                    draft.measure_label = label;
                    draft.dimensions.insert("item".into(), name.clone());
                    let mut row = draft.into_observation(&block.text, tools);
                    // A title over the whole page may name more than this chart shows.
                    let near = if titled { full.as_str() } else { name.as_str() };
                    let measure = tools.catalog.match_measure(&row.measure_label, near, unit);
                    row.measure = measure.map(|m| m.id.clone()).unwrap_or_default();
                    out.push(row);
                }
            }
            Some(line @ (Line::Whole(q, chars) | Line::Count(q, chars))) if !subject.is_empty() => {
                let own = matches!(line, Line::Count(..)).then(|| format!("{subject} / {name}"));
                let mut draft =
                    draft(scope, own.as_ref().unwrap_or(&subject), q.value, &q.unit, chars.clone());
                draft.measure_label = "総数".to_owned();
                draft.rule = draft.rule.replace("share", "whole");
                out.push(draft.into_observation(&block.text, tools));
            }
            _ => {}
        }
    }
    out
}

fn draft(scope: &Scope, subject: &str, value: Decimal, unit: &str, chars: Range<usize>) -> Draft {
    let draft = Draft::within(scope, chars);
    Draft {
        subject: subject.to_owned(),
        value,
        unit: unit.to_owned(),
        confidence: 0.7,
        rule: format!("figure.share.{}", draft.rule),
        ..draft
    }
}

fn line(block: &Block) -> Option<Line> {
    let length = block.text.map.len();
    let plain = matches!(block.kind, BlockKind::Paragraph | BlockKind::Figure | BlockKind::Caption);
    if !plain || length == 0 || length > LONGEST_LINE {
        return None;
    }
    let text = &block.text.text;
    if let Some(value) = value(text) {
        return Some(value);
    }
    let mentions = annotate(text, &TimeContext::default());
    if let Some(rest) = whole_of(text)
        && let [m] = mentions.as_slice()
        && let MentionKind::Quantity(q) = &m.kind
        && m.chars.end == length
        && rest.chars().count() + 2 >= m.chars.len()
    {
        return Some(Line::Whole(q.clone(), m.chars.clone()));
    }
    if let [m] = mentions.as_slice()
        && let MentionKind::Quantity(q) = &m.kind
        && m.chars == (0..length)
        && !q.unit.is_empty()
        && q.unit != "%"
    {
        return Some(Line::Count(q.clone(), m.chars.clone()));
    }
    let name = clean(text);
    let named = mentions.is_empty() && !name.is_empty() && !name.contains(['。', '、', ':']);
    named.then_some(Line::Name(name))
}

/// What stands behind the word for the whole (全2,800件).
fn whole_of(text: &str) -> Option<&str> {
    ["全", "計", "総数"].iter().find_map(|w| text.strip_prefix(w))
}

/// 2,391(85.4%): a bare number and its share, nothing else.
fn value(text: &str) -> Option<Line> {
    let (number, rest) = text.split_once('(')?;
    let share = rest.strip_suffix(')')?.trim().strip_suffix('%')?;
    let bare = |s: &str| {
        let q = parse_cell_number(s.trim())?;
        (q.unit.is_empty() && q.value_upper.is_none()).then_some(q.value)
    };
    let (value, percent) = (bare(number)?, bare(share)?);
    let numbers = number.trim_end().chars().count();
    let open = number.chars().count() + 1;
    Some(Line::Value {
        number: value,
        chars: 0..numbers,
        share: percent,
        share_chars: open..open + share.chars().count() + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use shiryo_model::SourceLine;

    fn blocks(lines: &[&str]) -> Vec<Block> {
        let text = |t: &str| shiryo_ja::compose(vec![SourceLine { text: t.into(), ..Default::default() }]);
        lines.iter().map(|t| Block { text: text(t), ..Block::default() }).collect()
    }

    #[test]
    fn values_of_a_chart_take_the_whole_s_unit() {
        let blocks =
            blocks(&["電子化済", "1,200(60.0%)", "全2,000件", "紙のみ", "800（40.0％）", "これは文である。"]);
        let figure = at(&blocks, 0).unwrap();
        assert_eq!(figure, 0..5);
        let scope = Scope { topics: vec!["申請様式の電子化".into()], ..Scope::default() };
        let rows = read(&blocks, &figure, &scope, &Tools::default());
        let got: Vec<_> = rows
            .iter()
            .filter(|o| o.measure_label != "総数")
            .map(|o| (o.value.to_string(), o.unit.as_str(), o.dimensions["item"].as_str()))
            .collect();
        let whole: Vec<_> = rows.iter().filter(|o| o.measure_label == "総数").collect();
        assert_eq!((whole.len(), whole[0].value), (1, 2000.into()));
        assert_eq!(
            got,
            [
                ("1200".to_owned(), "件", "電子化済"),
                ("60".to_owned(), "%", "電子化済"),
                ("800".to_owned(), "件", "紙のみ"),
                ("40".to_owned(), "%", "紙のみ")
            ]
        );
        assert_eq!(rows[1].evidence, "60.0%");
    }

    #[test]
    fn the_whole_may_stand_first_below_its_name() {
        let chart = ["対象の様式", "1,760件", "廃止", "1,486(84.4%)", "存続", "274(15.6%)", "窓口", "12件"];
        let figure = at(&blocks(&chart), 0).unwrap();
        assert_eq!(figure, 0..6);
        let scope = Scope { topics: vec!["押印".into()], ..Scope::default() };
        let rows = read(&blocks(&chart), &figure, &scope, &Tools::default());
        let got: Vec<_> = rows.iter().map(|o| (o.subject.as_str(), o.value.to_string())).collect();
        assert_eq!(
            got,
            [
                ("押印 / 対象の様式", "1760".to_owned()),
                ("押印 / 廃止", "1486".to_owned()),
                ("押印 / 廃止", "84.4".to_owned()),
                ("押印 / 存続", "274".to_owned()),
                ("押印 / 存続", "15.6".to_owned())
            ]
        );
        // Shares of something else.
        assert_eq!(at(&blocks(&["対象の様式", "1,760件", "廃止", "486(84.4%)"]), 0), None);
    }

    #[test]
    fn names_without_values_are_no_chart() {
        assert_eq!(at(&blocks(&["概要", "課題", "1,200(60.0%)"]), 0), None);
        assert_eq!(at(&blocks(&["概要", "本文。"]), 0), None);
    }
}
