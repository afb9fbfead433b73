//! Printed values of charts that layout has bound to their names: a chart with its whole is read as such
//! ([`crate::figures`]), any other as the table it was drawn from, categories by series.

use crate::scope::{Nearness, Scope};
use crate::statement::period;
use crate::{Tools, figures, tables};
use shiryo_model::{
    Block, BlockKind, Cell, Context, FigurePart, FigureRole, LineStart, Observation, SourceLine, Table,
    TableMethod, Text,
};
use std::ops::Range;

/// Values of charts are believed no more than this.
const CONFIDENCE: f64 = 0.6;
/// How far above its values the title of a chart may stand, in blocks.
const TITLE_REACH: usize = 6;
/// Longer lines above a chart are no title of it.
const LONGEST_TITLE: usize = 40;
/// Words of a chart read at most.
const MOST_PARTS: usize = 400;

/// The blocks from `start` on that are words of one drawn chart; `None` when block `start` is none of these, or the
/// chart prints no value that could be bound.
pub(crate) fn at(blocks: &[Block], start: usize) -> Option<Range<usize>> {
    let chart = part(blocks.get(start)?)?.chart;
    let own = blocks.get(start..)?.iter().take(MOST_PARTS);
    let end = start + own.take_while(|b| part(b).is_some_and(|p| p.chart == chart)).count();
    let values = blocks.get(start..end)?.iter().any(|b| part(b).is_some_and(|p| p.role == FigureRole::Value));
    values.then_some(start..end)
}

/// Whether a block is part of a chart and states nothing by itself: its scale and its legend.
pub(crate) fn is_silent(block: &Block) -> bool {
    part(block).is_some_and(|p| matches!(p.role, FigureRole::Scale | FigureRole::Legend))
}

fn part(block: &Block) -> Option<&FigurePart> {
    block.figure.as_ref().filter(|_| block.kind == BlockKind::Figure)
}

/// Every printed value of a chart.
pub(crate) fn read(blocks: &[Block], chart: &Range<usize>, scope: &Scope, tools: &Tools) -> Vec<Observation> {
    let own = blocks.get(chart.clone()).unwrap_or_default();
    let parts = || own.iter().filter_map(|b| Some((b, part(b)?)));
    if parts().any(|(_, p)| p.role == FigureRole::Whole) {
        let lines: Vec<Block> = parts().flat_map(|(b, p)| as_lines(b, p)).collect();
        let found = figures::read(&lines, &(0..lines.len()), scope, tools);
        if !found.is_empty() {
            return found;
        }
    }
    let title = title_of(blocks, chart);
    let mut scope = scope.clone();
    if let Some(t) = &title {
        // The title's own line is no subject beside it.
        let same = |topic: &String| !topic.is_empty() && t.text.contains(topic.as_str());
        scope.topics.pop_if(|topic| same(topic));
    }
    let values: Vec<(&Block, &FigurePart)> = parts().filter(|(_, p)| p.role == FigureRole::Value).collect();
    let mut series: Vec<&str> = Vec::new();
    for (_, p) in &values {
        let name = series_of(p);
        if !series.contains(&name) {
            series.push(name);
        }
    }
    let mut out = Vec::new();
    for name in series {
        let own: Vec<_> = values.iter().copied().filter(|(_, p)| series_of(p) == name).collect();
        out.extend(series_rows(&own, name, title.as_ref(), &scope, tools));
    }
    out
}

fn series_of(part: &FigurePart) -> &str {
    part.names.get(1).map_or("", String::as_str)
}

/// The title above the drawing, or else the line right before it that names a quantity or its unit.
fn title_of(blocks: &[Block], chart: &Range<usize>) -> Option<Text> {
    let number = blocks.get(chart.start).and_then(part)?.chart;
    let above = blocks.get(chart.start.saturating_sub(TITLE_REACH)..chart.start)?;
    let titled =
        |b: &&Block| b.figure.as_ref().is_some_and(|p| p.role == FigureRole::Title && p.chart == number);
    let before = || {
        let line =
            above.last().filter(|b| b.place.page == blocks.get(chart.start).and_then(|c| c.place.page))?;
        let plain = matches!(line.kind, BlockKind::Caption | BlockKind::Paragraph | BlockKind::Heading);
        let words = line.text.text.as_str();
        (plain && words.chars().count() <= LONGEST_TITLE && !words.ends_with('。')).then_some(line)
    };
    above.iter().rfind(titled).or_else(before).map(|b| b.text.clone())
}

/// The values of one series, read as a column of the table the chart was drawn from.
fn series_rows(
    values: &[(&Block, &FigurePart)],
    series: &str,
    title: Option<&Text>,
    scope: &Scope,
    tools: &Tools,
) -> Vec<Observation> {
    let dated = !series.is_empty() && period::of_heading(series, scope, Nearness::Column).is_some();
    let table = as_table(values, series, dated, title, scope);
    let mut found = tables::read(&table, scope, tools);
    // A unit that only the catalogue supposes is not enough here.
    found.retain(|o| !o.unit.is_empty() && !o.rule.contains(".catalogue"));
    for o in &mut found {
        let row = o.row.and_then(|r| (r as usize).checked_sub(1)).and_then(|r| values.get(r));
        let category = row.and_then(|(_, p)| p.names.first()).map_or("", String::as_str);
        o.dimensions.remove("column");
        o.subject = tables::without_unit(&o.subject).trim().to_owned();
        for (key, name) in [("item", category), ("series", series)] {
            let told = o.subject.contains(name)
                || o.period_label.contains(name)
                || o.measure_label == name
                || o.dimensions.values().any(|v| v.contains(name));
            if !told {
                o.dimensions.insert(key.to_owned(), name.to_owned());
            }
        }
        o.context = Context::Figure;
        (o.row, o.col) = (None, None);
        o.confidence = o.confidence.min(CONFIDENCE);
        o.rule = format!("figure.{}", o.rule);
    }
    found
}

/// The lines a chart with its whole is told in: a name, its value below it, the whole.
fn as_lines(block: &Block, part: &FigurePart) -> Vec<Block> {
    let line = |text: Text| Block { kind: BlockKind::Figure, text, ..Block::default() };
    match part.role {
        FigureRole::Value => {
            let name = SourceLine { text: part.names.join(" "), ..SourceLine::default() };
            vec![line(shiryo_ja::compose(vec![name])), line(value_of(&block.text, part))]
        }
        FigureRole::Whole => vec![line(block.text.clone())],
        _ => Vec::new(),
    }
}

/// A column of the table a chart was drawn from: a row for each value, under what the chart shows.
fn as_table(
    values: &[(&Block, &FigurePart)],
    series: &str,
    dated: bool,
    title: Option<&Text>,
    scope: &Scope,
) -> Table {
    let cell = |row: usize, col: u32, text: Text| Cell {
        row: u32::try_from(row).unwrap_or(u32::MAX),
        col,
        row_span: 1,
        col_span: 1,
        is_header: row == 0 || col == 0,
        page: text.lines.first().and_then(|l| l.place.page),
        bbox: None,
        text,
    };
    let (title, unit) = title.map(|t| title_and_unit(&t.text)).unwrap_or_default();
    let header = match (dated, title.is_empty(), scope.measure_label.is_empty()) {
        (true, ..) => series,
        (_, false, _) => title.as_str(),
        (_, _, false) => scope.measure_label.as_str(),
        _ => scope.topic(),
    };
    let header = Text::from(header.to_owned());
    let mut cells = vec![cell(0, 1, header)];
    for (i, (block, part)) in values.iter().enumerate() {
        let name = part.names.first().cloned().unwrap_or_default();
        cells.extend([cell(i + 1, 0, Text::from(name)), cell(i + 1, 1, value_of(&block.text, part))]);
    }
    Table {
        pages: values.first().and_then(|(b, _)| b.place.page).into_iter().collect(),
        n_rows: u32::try_from(values.len() + 1).unwrap_or(u32::MAX),
        n_cols: 2,
        header_rows: 1,
        label_cols: 1,
        method: TableMethod::Aligned,
        confidence: CONFIDENCE,
        unit: unit.map(Text::from).unwrap_or_default(),
        caption: Text::from(title),
        cells,
        ..Table::default()
    }
}

/// A title without the unit note among the words of its brackets, and that note:
/// 件数(令和6年度、単位:件) gives 件数(令和6年度) and (単位:件).
fn title_and_unit(title: &str) -> (String, Option<String>) {
    let Some((before, rest)) = title.split_once("単位:") else {
        // (令和6年度、件): the last of several words in the brackets is a unit by itself.
        let last = title.strip_suffix(')').and_then(|t| t.rsplit_once(['、', ',']));
        return match last {
            Some((before, unit)) if tables::without_unit(&format!("値({unit})")) == "値" => {
                (format!("{before})"), Some(format!("(単位:{unit})")))
            }
            _ => (title.to_owned(), None),
        };
    };
    let end = rest.find([')', '、', ',', ']', '】']).unwrap_or(rest.len());
    let (unit, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let before = before.trim_end_matches([' ', '、', ',']);
    let bare = format!("{before}{after}").replace("()", "").replace("(、", "(");
    let unit = unit.trim();
    (bare, (!unit.is_empty()).then(|| format!("(単位:{unit})")))
}

/// What stands behind the names in the words of a value.
fn value_of(text: &Text, part: &FigurePart) -> Text {
    let mut rest = text.text.as_str();
    for name in &part.names {
        rest = rest.strip_prefix(name.as_str()).unwrap_or(rest).trim_start();
    }
    if rest.len() == text.text.len() {
        rest = rest.rsplit_once(' ').map_or(rest, |r| r.1);
    }
    let chars = text.map.len();
    from_char(text, chars.saturating_sub(rest.chars().count()))
}

/// The text from its character `at` on, with its places.
fn from_char(text: &Text, at: usize) -> Text {
    let first = text.map.get(at).copied().unwrap_or_default();
    let place = text.lines.iter().rfind(|l| l.start <= first).map(|l| l.place).unwrap_or_default();
    Text {
        text: text.text.chars().skip(at).collect(),
        raw: text.raw.chars().skip(first as usize).collect(),
        map: text.map.iter().skip(at).map(|i| i.saturating_sub(first)).collect(),
        lines: vec![LineStart { start: 0, place }],
        boxes: text.boxes.iter().skip(first as usize).copied().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(role: FigureRole, names: &[&str], words: &str) -> Block {
        let kind = if role == FigureRole::Title { BlockKind::Caption } else { BlockKind::Figure };
        let line = SourceLine { text: words.into(), ..SourceLine::default() };
        let names = names.iter().map(|n| (*n).to_owned()).collect();
        let figure = Some(FigurePart { chart: 1, role, names });
        Block { kind, text: shiryo_ja::compose(vec![line]), figure, ..Block::default() }
    }

    fn rows(blocks: &[Block], start: usize) -> Vec<(String, String, String, String)> {
        let topics = vec!["申請の状況".into()];
        let scope = Scope { topics, context: Context::Figure, ..Scope::default() };
        let chart = at(blocks, start).unwrap();
        let found = read(blocks, &chart, &scope, &Tools::default());
        assert!(found.iter().all(|o| o.context == Context::Figure && o.confidence <= 0.7), "{found:?}");
        let row = |o: &Observation| {
            let start = o.period_start.map(|d| d.to_string()).unwrap_or_default();
            (o.value.to_string(), o.unit.clone(), start, o.evidence.clone())
        };
        found.iter().map(row).collect()
    }

    #[test]
    fn bars_of_months_are_rows_with_the_unit_of_the_title() {
        let blocks = [
            block(FigureRole::Title, &[], "月別の申請件数（令和６年度、単位：件）"),
            block(FigureRole::Value, &["4月"], "４月 412"),
            block(FigureRole::Value, &["5月"], "５月 1,020"),
            block(FigureRole::Scale, &[], "0 500 1000"),
        ];
        let got = rows(&blocks, 1);
        let want = [("412", "件", "2024-04-01", "412"), ("1020", "件", "2024-05-01", "1,020")];
        assert_eq!(got, want.map(|(v, u, d, e)| (v.into(), u.into(), d.into(), e.into())));
    }

    #[test]
    fn the_unit_in_a_title_is_no_part_of_what_it_names() {
        let want = ("件数(令和6年度)".to_owned(), Some("(単位:件)".to_owned()));
        assert_eq!(title_and_unit("件数(令和6年度、単位:件)"), want);
        assert_eq!(title_and_unit("件数(令和6年度、件)"), want);
        assert_eq!(title_and_unit("件数(窓口、電話)"), ("件数(窓口、電話)".to_owned(), None));
    }

    #[test]
    fn series_are_columns_and_values_without_a_unit_are_left_out() {
        let blocks = [
            block(FigureRole::Value, &["窓口", "令和4年度"], "窓口 令和４年度 45人"),
            block(FigureRole::Value, &["窓口", "令和5年度"], "窓口 令和５年度 52人"),
        ];
        let got: Vec<_> = rows(&blocks, 0).into_iter().map(|r| (r.0, r.2)).collect();
        assert_eq!(got, [("45".into(), "2022-04-01".into()), ("52".to_owned(), "2023-04-01".to_owned())]);
        let bare = [block(FigureRole::Value, &["甲"], "甲 45"), block(FigureRole::Value, &["乙"], "乙 52")];
        assert!(rows(&bare, 0).is_empty());
    }

    #[test]
    fn a_chart_with_its_whole_takes_its_unit() {
        let blocks = [
            block(FigureRole::Value, &["押印不要"], "押印不要 908(32.4%)"),
            block(FigureRole::Whole, &[], "全2,800件"),
        ];
        let got: Vec<_> = rows(&blocks, 0).into_iter().map(|r| (r.0, r.1)).collect();
        let want = [("908", "件"), ("32.4", "%"), ("2800", "件")];
        assert_eq!(got, want.map(|(v, u)| (v.to_owned(), u.to_owned())));
    }
}
