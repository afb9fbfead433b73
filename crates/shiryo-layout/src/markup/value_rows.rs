//! Tables that an extract left as lines that end in figures: `label 539 時間 10,000 件`, the header words
//! broken over the lines above.
//!
//! Lines with the same pattern of two or more figures at their end are rows; the short lines above them are
//! header fragments, parted into as many columns as the rows have ([`parting`]). Without a convincing
//! header there is no table.

use super::cells::source_line;
use super::flow::{Flow, FlowLine};
use super::grid::{Grid, GridCell, is_value, table_of};
use super::records::Found;
use crate::prose::joining::Gap;
use crate::prose::marker::{MarkerKind, leading_marker};
use crate::prose::words::{closed_up, ends_sentence, is_letter_spaced, is_page_number, is_unit_note, width};
use shiryo_model::{RawText, SourceLine, TableMethod};

/// Unit words that may stand apart from their number.
const UNITS: [&str; 36] = [
    "時間",
    "件",
    "人",
    "名",
    "回",
    "台",
    "校",
    "か所",
    "ヶ所",
    "カ所",
    "箇所",
    "円",
    "千円",
    "万円",
    "百万円",
    "億円",
    "％",
    "%",
    "日",
    "社",
    "本",
    "枚",
    "冊",
    "世帯",
    "手続",
    "事業",
    "業務",
    "倍",
    "ポイント",
    "㎡",
    "分",
    "組",
    "園",
    "団体",
    "課",
    "施設",
];
/// Most lines of header fragments above a table.
const MOST_FRAGMENTS: usize = 60;
/// Most rows of one table.
const MOST_ROWS: usize = 5_000;

struct Row {
    /// A label on a line of its own before this row.
    group: Option<SourceLine>,
    label: String,
    fields: Vec<String>,
    no: u32,
}

/// The table whose first line of figures is at `at`; nothing before `floor` is looked at, and `looked` becomes
/// the end of what was looked through.
pub(crate) fn value_table(flow: &[Flow], at: usize, floor: usize, looked: &mut usize) -> Option<Found> {
    let plain = rows_from(flow, at)?;
    *looked = plain.1;
    // The line above may be the label of the first group, or the end of the header.
    let above = at.checked_sub(1).filter(|i| *i >= floor && line(flow, *i).is_some_and(is_fragment));
    let grouped = || build(flow, above?, floor, rows_from(flow, above?)?);
    let close = line(flow, at).is_some_and(|l| l.gap == Gap::None);
    let other_groups =
        plain.0.iter().any(|r| r.group.is_some() || (close && split_label(&r.label).is_some()));
    if other_groups {
        grouped().or_else(|| build(flow, at, floor, plain))
    } else {
        build(flow, at, floor, plain).or_else(grouped)
    }
}

fn build(flow: &[Flow], at: usize, floor: usize, (rows, end): (Vec<Row>, usize)) -> Option<Found> {
    let k = rows.iter().map(|r| r.fields.len()).max()?;
    if rows.iter().filter(|r| r.fields.len() >= 2).count() < 2 || k > 40 {
        return None;
    }
    let (start, fragments) = fragments_above(flow, at, floor);
    let grouped = rows.iter().any(|r| r.group.is_some());
    let two_words = rows.iter().filter(|r| split_label(&r.label).is_some()).count() * 2 >= rows.len();
    let order: &[usize] = match (grouped, two_words) {
        (true, _) => &[2, 1],
        (false, true) => &[1, 2],
        (false, false) => &[1],
    };
    let fits = order.iter().filter_map(|l| Some((*l, parting(&fragments, k + l)?)));
    let (labels, (_, header)) = fits.reduce(|a, b| if b.1.0 > a.1.0 { b } else { a })?;
    let no = |i: usize| line(flow, i).and_then(|l| l.source.place.line).unwrap_or(0);
    let head: Vec<GridCell> = header.into_iter().map(|lines| cell(lines, (1, 1))).collect();
    let grid = Grid {
        rows: std::iter::once(head).chain(body(rows, labels, k)).collect(),
        known_headers: Some(1),
        line_range: (no(start), no(end.checked_sub(1)?)),
        method: TableMethod::Delimited,
        confidence: 0.75,
        infer_spans: false,
    };
    let mut table = table_of(grid)?;
    table.label_cols = u32::try_from(labels).unwrap_or(1);
    for c in table.cells.iter_mut().filter(|c| c.row > 0) {
        c.is_header = c.col < table.label_cols;
    }
    Some(Found { start, end, table })
}

fn line(flow: &[Flow], at: usize) -> Option<&FlowLine> {
    match flow.get(at)? {
        Flow::Line(l) => Some(l),
        Flow::Block(_) => None,
    }
}

fn cell(lines: RawText, span: (u32, u32)) -> GridCell {
    GridCell { parts: vec![lines], span, header: false }
}

/// Whether a line ends in two or more figures after a label: cheap enough to ask of every line.
pub(crate) fn begins_row(text: &str) -> bool {
    fields_of(text).is_some_and(|(_, f)| f.len() >= 2)
}

/// Label and figures of a line.
fn fields_of(text: &str) -> Option<(&str, Vec<&str>)> {
    let text = text.trim();
    if text.len() > 400 || !text.contains(char::is_whitespace) || is_listed(text) {
        return None;
    }
    let mut starts: Vec<(usize, &str)> = Vec::new();
    for word in text.split_whitespace() {
        // `word` is a part of `text`: its offset is a plain difference.
        starts.push((word.as_ptr() as usize - text.as_ptr() as usize, word));
    }
    let mut fields = Vec::new();
    let mut left = starts.len();
    while left > 0 {
        let (at, word) = *starts.get(left - 1)?;
        let before = left.checked_sub(2).and_then(|i| starts.get(i).copied());
        match before {
            Some((number_at, number))
                if UNITS.contains(&word) && is_value(number) && ends_in_digit(number) =>
            {
                fields.push(text.get(number_at..at + word.len())?);
                left -= 2;
            }
            _ if is_value(word) => {
                fields.push(word);
                left -= 1;
            }
            _ => break,
        }
    }
    let (cut, _) = starts.get(left).copied().unwrap_or((text.len(), ""));
    let label = text.get(..cut)?.trim();
    fields.reverse();
    let worded =
        label.chars().any(char::is_alphabetic) && !ends_sentence(label) && !label.ends_with(['、', '，']);
    (worded && !fields.is_empty()).then_some((label, fields))
}

fn ends_in_digit(s: &str) -> bool {
    s.ends_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
}

/// List items and notes are prose, whatever figures they end in.
fn is_listed(text: &str) -> bool {
    leading_marker(text).is_some_and(|m| {
        matches!(m.kind, MarkerKind::Bullet | MarkerKind::Circle | MarkerKind::Note) && !m.weak
    })
}

fn rows_from(flow: &[Flow], at: usize) -> Option<(Vec<Row>, usize)> {
    let mut rows: Vec<Row> = Vec::new();
    let mut next = at;
    while let Some(l) = line(flow, next).filter(|l| rows.is_empty() || l.gap < Gap::Break) {
        if rows.len() >= MOST_ROWS {
            break;
        }
        let group = (fields_of(&l.source.text).is_none() && is_fragment(l)).then(|| l.source.clone());
        let row_at = if group.is_some() { next + 1 } else { next };
        let Some(r) = line(flow, row_at).filter(|r| row_at == next || r.gap < Gap::Break) else { break };
        let Some((label, fields)) = fields_of(&r.source.text) else { break };
        if rows.is_empty() && fields.len() < 2 {
            return None;
        }
        rows.push(Row {
            group,
            label: label.to_string(),
            fields: fields.into_iter().map(str::to_string).collect(),
            no: r.source.place.line.unwrap_or(0),
        });
        next = row_at + 1;
    }
    (rows.len() >= 2).then_some((rows, next))
}

/// A short line without marker, sentence or figures: part of a header, or a label of its own.
fn is_fragment(l: &FlowLine) -> bool {
    let text = l.source.text.as_str();
    let t = closed_up(text);
    leading_marker(text).is_none_or(|m| m.weak && is_letter_spaced(text))
        && !ends_sentence(text)
        && width(&t) <= 32
        && !is_page_number(&t)
        && !is_value(&t)
        && !is_unit_note(&t)
        && !t.contains('、')
        && t.chars().any(char::is_alphabetic)
}

/// Header fragments above `at` (not above `floor`), top to bottom, and where they begin.
fn fragments_above(flow: &[Flow], at: usize, floor: usize) -> (usize, Vec<SourceLine>) {
    let mut start = at;
    while start > floor && at - start < MOST_FRAGMENTS {
        let Some(l) = line(flow, start - 1).filter(|l| is_fragment(l)) else { break };
        if line(flow, start).is_some_and(|below| below.gap == Gap::Break) {
            break;
        }
        let _ = l;
        start -= 1;
    }
    let mut fragments = Vec::new();
    for l in (start..at).filter_map(|i| line(flow, i)) {
        let text = l.source.text.trim();
        let no = l.source.place.line.unwrap_or(0);
        if is_letter_spaced(text) {
            fragments.push(source_line(text.to_string(), no));
        } else {
            fragments.extend(text.split_whitespace().map(|w| source_line(w.to_string(), no)));
        }
    }
    (start, fragments)
}

/// First word and rest of a label of two words; a letter-spaced first word is one word (収 納 課).
fn split_label(label: &str) -> Option<(&str, &str)> {
    let mut cut = None;
    let mut spaced = 0;
    for (at, word) in label.match_indices(char::is_whitespace).map(|(i, _)| (i, label.get(..i).unwrap_or("")))
    {
        let last = word.split_whitespace().next_back().unwrap_or("");
        if last.chars().count() == 1 {
            spaced += 1;
            cut = Some(at);
            continue;
        }
        if spaced == 0 {
            cut = Some(at);
        }
        break;
    }
    let (group, rest) = label.split_at_checked(cut?)?;
    let rest = rest.trim();
    let named = rest.chars().next().is_some_and(|c| !c.is_numeric()) && rest.chars().any(char::is_alphabetic);
    (closed_up(group).chars().count() >= 2 && named).then_some((group, rest))
}

fn body(rows: Vec<Row>, labels: usize, k: usize) -> Vec<Vec<GridCell>> {
    // Where each group begins and how many rows it holds.
    let begins: Vec<bool> = rows
        .iter()
        .enumerate()
        .map(|(i, r)| i == 0 || r.group.is_some() || split_label(&r.label).is_some())
        .collect();
    let mut out = Vec::with_capacity(rows.len());
    for (i, r) in rows.into_iter().enumerate() {
        let mut cells = Vec::with_capacity(labels + k);
        let mut label = vec![source_line(r.label.clone(), r.no)];
        if labels == 2 {
            if begins.get(i).copied().unwrap_or(true) {
                let held = begins.iter().skip(i + 1).take_while(|b| !**b).count() + 1;
                let split = if r.group.is_none() { split_label(&r.label) } else { None };
                let group = match (r.group, split) {
                    (Some(g), _) => vec![g],
                    (None, Some((g, rest))) => {
                        label = vec![source_line(rest.to_string(), r.no)];
                        vec![source_line(g.to_string(), r.no)]
                    }
                    (None, None) => Vec::new(),
                };
                cells.push(cell(group, (u32::try_from(held).unwrap_or(1), 1)));
            }
        } else if let Some(g) = r.group {
            label.insert(0, g);
        }
        cells.push(cell(label, (1, 1)));
        let blanks = k.saturating_sub(r.fields.len());
        cells.extend(r.fields.into_iter().map(|f| cell(vec![source_line(f, r.no)], (1, 1))));
        cells.extend(std::iter::repeat_n(GridCell::default(), blanks));
        out.push(cells);
    }
    out
}

/// Words with which the name of a column ends, and how surely.
const HEAD_ENDS: [(&str, i32); 44] = [
    ("数", 4),
    ("率", 4),
    ("額", 4),
    ("費", 4),
    ("量", 4),
    ("時間", 4),
    ("件", 3),
    ("人", 3),
    ("名", 3),
    ("課", 4),
    ("部", 2),
    ("係", 3),
    ("室", 3),
    ("局", 3),
    ("概要", 4),
    ("内容", 4),
    ("名称", 4),
    ("項目", 4),
    ("区分", 4),
    ("計", 4),
    ("備考", 4),
    ("等", 3),
    ("比", 3),
    ("所", 3),
    ("者", 3),
    ("日", 2),
    ("期間", 4),
    ("時期", 4),
    ("予定", 2),
    ("見込", 2),
    ("見込み", 2),
    ("実績", 3),
    ("計画", 3),
    ("目標", 3),
    ("年度", 1),
    ("増減", 4),
    ("差", 3),
    ("度", 1),
    ("分野", 3),
    ("種類", 3),
    ("担当", 3),
    ("業務", 3),
    ("事業", 3),
    ("施設", 3),
];
/// Words with which the name of a column begins.
const HEAD_BEGINS: [&str; 14] =
    ["令和", "平成", "R", "Ｒ", "H", "年間", "月間", "前年", "今年", "本年", "累計", "合計", "対前年", "20"];

/// Parts header fragments into `columns` names; `None` when some column would end without a word that ends
/// names. With the score: how well the words begin and end names.
fn parting(fragments: &[SourceLine], columns: usize) -> Option<(i32, Vec<RawText>)> {
    let n = fragments.len();
    if n < columns || columns < 2 {
        return None;
    }
    if n == columns {
        return Some((i32::MAX, fragments.iter().map(|f| vec![f.clone()]).collect()));
    }
    let words: Vec<String> = fragments.iter().map(|f| closed_up(&f.text)).collect();
    let ends: Vec<i32> = words
        .iter()
        .map(|w| HEAD_ENDS.iter().filter(|(e, _)| w.ends_with(e)).map(|e| e.1).max().unwrap_or(0))
        .collect();
    let begins: Vec<i32> =
        words.iter().map(|w| if HEAD_BEGINS.iter().any(|b| w.starts_with(b)) { 3 } else { 0 }).collect();
    // A word that ends other names too is no name by itself.
    let common: Vec<bool> = words
        .iter()
        .enumerate()
        .map(|(i, w)| words.iter().enumerate().any(|(j, o)| j != i && o.ends_with(w.as_str())))
        .collect();
    // best[c][i]: the best score of the first i fragments in c columns, and where its last column begins.
    let mut best = vec![vec![None::<(i32, usize)>; n + 1]; columns + 1];
    *best.get_mut(0)?.get_mut(0)? = Some((0, 0));
    for c in 1..=columns {
        for i in c..=n {
            let end = *ends.get(i - 1)?;
            if end == 0 {
                continue;
            }
            // 令和５年度 is a whole name only beside other years.
            let year =
                words.get(i - 1).is_some_and(|w| w.ends_with('度')) && i < n && begins.get(i) == Some(&0);
            let end = if year { end - 8 } else { end };
            let mut top: Option<(i32, usize)> = None;
            for j in (c - 1)..i {
                let Some((before, _)) = best.get(c - 1).and_then(|b| b.get(j)).copied().flatten() else {
                    continue;
                };
                let alone = if i - j == 1 { if *common.get(j)? { -6 } else { 1 } } else { 0 };
                let score = before + end + *begins.get(j)? + alone
                    - i32::try_from(i - j).unwrap_or(i32::MAX).saturating_sub(4).max(0);
                if top.is_none_or(|(s, _)| score > s) {
                    top = Some((score, j));
                }
            }
            *best.get_mut(c)?.get_mut(i)? = top;
        }
    }
    let mut cuts = vec![n];
    for c in (1..=columns).rev() {
        let at = *cuts.last()?;
        cuts.push(best.get(c)?.get(at).copied().flatten()?.1);
    }
    cuts.reverse();
    let (score, _) = best.get(columns).and_then(|b| b.get(n)).copied().flatten()?;
    Some((
        score,
        cuts.windows(2).filter_map(|w| Some(fragments.get(*w.first()?..*w.last()?)?.to_vec())).collect(),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::layout_text;
    use shiryo_model::{MediaType, Table};

    fn table(text: &str) -> Table {
        layout_text(text, MediaType::Text).tables.into_iter().next().expect("a table")
    }

    fn text(t: &Table, r: u32, c: u32) -> &str {
        t.cell_at(r, c).map_or("", |c| c.text.text.as_str())
    }

    #[test]
    fn header_words_over_many_lines() {
        let t = table(
            "取組は次のとおりである。\n\n条 件\n対 象\n\n手続数\n\n令和４年度\n\nオンライン化\n\n済手続数\n\n令和５年度\n\nオンライン化\n\n見込手続数\n\n\
             対象外\n\n予 定\n\n手続数\n\n年間申請数 1,000 件以上 20 2 3 2\n\nその他の手続 18 18   \n",
        );
        assert_eq!((t.n_rows, t.n_cols, t.header_rows, t.label_cols), (3, 5, 1, 1));
        assert_eq!(text(&t, 0, 1), "対象手続数");
        assert_eq!(text(&t, 0, 4), "対象外予定手続数");
        assert_eq!(text(&t, 1, 0), "年間申請数1,000件以上");
        assert_eq!((text(&t, 1, 3), text(&t, 2, 2), text(&t, 2, 3)), ("3", "18", ""));
    }

    #[test]
    fn groups_on_lines_of_their_own() {
        let t = table(
            "●検証業務\n\n所管課 業務概要\n年間\n\n処理時間\n\n年間\n\n処理件数\n\n税 務 課\n番号の調査 539 時間 10,000 件\n\n還付の処理 177 時間 3,000 件\n\n\
             福祉課 申請の登録 350 時間 900 件\n",
        );
        assert_eq!((t.n_rows, t.n_cols, t.label_cols), (4, 4, 2));
        assert_eq!((text(&t, 0, 3), text(&t, 1, 0), text(&t, 2, 0)), ("年間処理件数", "税務課", "税務課"));
        assert_eq!((text(&t, 3, 0), text(&t, 3, 1), text(&t, 3, 2)), ("福祉課", "申請の登録", "350時間"));
        assert_eq!(t.caption.text, "検証業務");
    }

    #[test]
    fn groups_before_the_label_on_the_same_line() {
        let t = table(
            "■業務一覧\n所管課 業務概要 年間\n処理時間\n年間\n処理件数\n収 納 課 依頼書の入力 620 時間 12,500 件\n通知の作成 148 時間 2,800 件\n\
             介護課 結果の登録 405 時間 9,600 件\n",
        );
        assert_eq!((t.n_cols, t.label_cols), (4, 2));
        assert_eq!((text(&t, 1, 0), text(&t, 1, 1), text(&t, 2, 0)), ("収納課", "依頼書の入力", "収納課"));
    }

    #[test]
    fn figures_at_line_ends_without_header_stay_prose() {
        let c = layout_text("本文がここにある。\n窓口 3 5\n電話 2 4\n", MediaType::Text);
        assert!(c.tables.is_empty());
    }
}
