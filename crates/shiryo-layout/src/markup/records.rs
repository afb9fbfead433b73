//! Record-like tables that an extract left as lines: columns of marks, a name over one or more lines, and
//! list items with figures.
//!
//! ```text
//! R4 R5                       periods the columns of marks stand for
//! 〇 〇 パソコン教室            marks and name
//! ・R4　13回　52名             content
//! ・R5　R4と同程度
//! - 〇                         the name may begin on the next line
//! 出張講座
//! ・R5　4回　28名
//! 実施年度                     header words an extract often puts last
//! 取組 内容
//! ```

use super::cells::source_line;
use super::flow::{Flow, FlowLine};
use super::found::{Found, line};
use super::grid::GridCell;
use crate::prose::joining::Gap;
use crate::prose::marker::{MarkerKind, leading_marker};
use crate::prose::words::{begins_inside, ends_sentence, open_brackets, width};
use shiryo_model::{RawText, SourceLine};

/// Signs that fill a column of marks.
const MARKS: &str = "〇○◯●◎△▲×✕✓✔-－―—–";
/// Fewer records are no table.
const LEAST_RECORDS: usize = 3;
/// A name runs over at most so many lines.
const LONGEST_NAME: usize = 5;

struct Record {
    marks: Vec<SourceLine>,
    name: RawText,
    /// List items, each with its lines.
    content: Vec<RawText>,
}

/// The record table whose first record begins at `at`; `looked` becomes the end of what was looked through.
pub(crate) fn record_table(flow: &[Flow], at: usize, looked: &mut usize) -> Option<Found> {
    let columns = marks_of(line(flow, at)?)?.0.len();
    let mut records = Vec::new();
    let mut next = at;
    while let Some((record, after)) = record(flow, next, columns) {
        records.push(record);
        next = after;
    }
    *looked = next;
    let told = records.iter().filter(|r| !r.content.is_empty()).count();
    if records.len() < LEAST_RECORDS
        || told * 3 < records.len() * 2
        || records.iter().any(|r| r.name.is_empty())
    {
        return None;
    }
    let (start, periods) = periods_above(flow, at, columns);
    let (end, heads) = heads_below(flow, next);
    build(flow, start..end, columns, records, periods, heads)
}

/// Two or more marks at the beginning of a line, and the words after them.
fn marks_of(line: &FlowLine) -> Option<(Vec<SourceLine>, &str)> {
    let mut rest = line.source.text.trim_start();
    let no = line.source.place.line.unwrap_or(0);
    let mut marks = Vec::new();
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..)?;
        if !MARKS.contains(c) || !(after.is_empty() || after.starts_with(char::is_whitespace)) {
            break;
        }
        marks.push(source_line(c.to_string(), no));
        rest = after.trim_start();
    }
    (2..=12).contains(&marks.len()).then_some((marks, rest))
}

fn record(flow: &[Flow], at: usize, columns: usize) -> Option<(Record, usize)> {
    let first = line(flow, at)?;
    let (marks, words) = marks_of(first)?;
    if marks.len() != columns {
        return None;
    }
    let no = first.source.place.line.unwrap_or(0);
    let mut record = Record { marks, name: Vec::new(), content: Vec::new() };
    // A short record stands on one line: marks, name, ・content.
    let inline = [" ・", "\u{3000}・", " 〇", " ○"].iter().filter_map(|b| words.find(b)).min();
    let (name, content) = inline.and_then(|i| words.split_at_checked(i)).unwrap_or((words, ""));
    record.name.extend((!name.trim().is_empty()).then(|| source_line(name.trim().to_string(), no)));
    record
        .content
        .extend((!content.trim().is_empty()).then(|| vec![source_line(content.trim().to_string(), no)]));
    let mut next = at + 1;
    while let Some(l) = line(flow, next) {
        if marks_of(l).is_some() || l.gap == Gap::Break {
            break;
        }
        if is_content(&l.source.text) {
            record.content.push(vec![l.source.clone()]);
        } else if let Some(item) = record.content.last_mut().filter(|i| goes_on(i, &l.source.text)) {
            item.push(l.source.clone());
        } else if record.content.is_empty()
            && record.name.len() < LONGEST_NAME
            && !ends_sentence(&l.source.text)
        {
            record.name.push(l.source.clone());
        } else {
            break;
        }
        next += 1;
    }
    Some((record, next))
}

/// Whether a line goes on with a list item: a bracket is open, or it begins inside a word.
fn goes_on(item: &[SourceLine], next: &str) -> bool {
    let depth = item.iter().fold(0, |d, l| open_brackets(d, &l.text));
    item.len() < LONGEST_NAME && (depth > 0 || begins_inside(next))
}

fn is_content(text: &str) -> bool {
    leading_marker(text).is_some_and(|m| {
        matches!(m.kind, MarkerKind::Bullet | MarkerKind::Circle | MarkerKind::Circled | MarkerKind::Note)
    })
}

/// The line above that names each column of marks, and where the table begins.
fn periods_above(flow: &[Flow], at: usize, columns: usize) -> (usize, RawText) {
    let above = at.checked_sub(1).and_then(|i| Some((i, line(flow, i)?)));
    if let Some((i, l)) = above
        && line(flow, at).is_some_and(|first| first.gap < Gap::Break)
    {
        let no = l.source.place.line.unwrap_or(0);
        let words: Vec<&str> = l.source.text.split_whitespace().collect();
        if words.len() == columns && words.iter().all(|w| w.chars().count() <= 8) {
            return (i, words.iter().map(|w| source_line((*w).to_string(), no)).collect());
        }
    }
    (at, Vec::new())
}

/// Header words that follow the last record (their cells were set last): two or three short words.
fn heads_below(flow: &[Flow], at: usize) -> (usize, RawText) {
    let mut heads: RawText = Vec::new();
    let mut next = at;
    while let Some(l) = line(flow, next) {
        let text = l.source.text.as_str();
        let plain =
            leading_marker(text).is_none() && !ends_sentence(text) && width(text) <= 32 && l.gap < Gap::Break;
        if !plain || heads.len() >= 3 {
            break;
        }
        let no = l.source.place.line.unwrap_or(0);
        heads.extend(text.split_whitespace().map(|w| source_line(w.to_string(), no)));
        next += 1;
    }
    if (2..=3).contains(&heads.len()) { (next, heads) } else { (at, Vec::new()) }
}

fn cell(lines: RawText, span: (u32, u32)) -> GridCell {
    GridCell { parts: vec![lines], span, header: false }
}

fn build(
    flow: &[Flow],
    taken: std::ops::Range<usize>,
    columns: usize,
    records: Vec<Record>,
    periods: RawText,
    mut heads: RawText,
) -> Option<Found> {
    let m = u32::try_from(columns).ok()?;
    let mut rows: Vec<Vec<GridCell>> = Vec::new();
    let group = (heads.len() == 3).then(|| heads.remove(0));
    let two_levels = group.is_some() && !periods.is_empty();
    if !heads.is_empty() || !periods.is_empty() || group.is_some() {
        let depth = if two_levels { 2 } else { 1 };
        let mut top: Vec<GridCell> = match (group, two_levels) {
            (Some(g), _) => vec![cell(vec![g], (1, m))],
            (None, _) if periods.is_empty() => vec![GridCell { span: (1, m), ..GridCell::default() }],
            (None, _) => periods.iter().map(|p| cell(vec![p.clone()], (1, 1))).collect(),
        };
        top.extend(heads.into_iter().map(|h| cell(vec![h], (depth, 1))));
        rows.push(top);
        if two_levels {
            rows.push(periods.into_iter().map(|p| cell(vec![p], (1, 1))).collect());
        }
    }
    let headers = u32::try_from(rows.len()).ok()?;
    for r in records {
        let mut row: Vec<GridCell> = r.marks.into_iter().map(|c| cell(vec![c], (1, 1))).collect();
        row.push(cell(r.name, (1, 1)));
        row.push(GridCell { parts: r.content, ..GridCell::default() });
        rows.push(row);
    }
    let confidence = if headers > 0 { 0.8 } else { 0.6 };
    Some(Found::of(flow, taken, rows, Some(headers), confidence)?.labelled(m + 1))
}

#[cfg(test)]
mod tests {
    use super::super::layout_text;
    use shiryo_model::{BlockKind, MediaType};

    const TEXT: &str = "R4 R5\n\n〇 〇 初心者教室\n・R4　13回　52名\n・R5　同程度の予定\n\n〇 〇\n図書館での\n出張講座\n\n〇入門\n・R4　2回　9名\n\
                        - 〇 相談会 ・R5　4回　28名（3日コー\nス）\n\n実施年度\n主な取組 内容\n\n３ 次の節\n本文を続ける。";

    #[test]
    fn marks_names_and_contents_become_columns() {
        let c = layout_text(TEXT, MediaType::Text);
        let t = &c.tables[0];
        assert_eq!((t.n_rows, t.n_cols, t.header_rows, t.label_cols), (5, 4, 2, 3));
        let text = |r, c| t.cell_at(r, c).unwrap().text.text.clone();
        assert_eq!(text(0, 1), "実施年度");
        assert_eq!(text(1, 1), "R5");
        assert_eq!(text(0, 3), "内容");
        assert_eq!(text(3, 2), "図書館での出張講座");
        assert_eq!(text(3, 3), "〇入門\n・R4 2回 9名");
        assert_eq!(text(4, 3), "・R5 4回 28名(3日コース)");
        assert_eq!(t.cell_at(4, 3).unwrap().text.place().line, Some(13));
        assert_eq!(
            c.blocks.iter().map(|b| b.kind).collect::<Vec<_>>(),
            [BlockKind::Table, BlockKind::Heading, BlockKind::Paragraph]
        );
    }

    #[test]
    fn two_records_are_no_table() {
        let c = layout_text("〇 〇 教室\n・R4 3回\n〇 〇 相談\n・R4 2回\n", MediaType::Text);
        assert!(c.tables.is_empty());
    }
}
