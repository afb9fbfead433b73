//! Tables that continue on the next page: one table, repeated heads dropped, split rows mended.

use super::below::{goes_on_below, repeated_head};
use super::cells::{is_figure, is_period};
use super::wide::join_sheets;
use crate::prose::words::closed_up;
use shiryo_model::{Block, BlockKind, Cell, Table, Text};

/// Joins tables that continue on the following page, told from their columns, heads and positions alone.
/// See [`join_in_blocks`], which also looks at what stands between.
pub fn join_pages(tables: Vec<Table>) -> Vec<Table> {
    let height = tables.iter().filter_map(|t| t.bbox).map(|b| b.y1).fold(0.0, f64::max).max(500.0);
    let mut out: Vec<Table> = Vec::new();
    for t in tables {
        let low = |a: &Table| last_box_bottom(a).is_some_and(|y| y > 0.55 * height);
        let high = t.bbox.is_some_and(|b| b.y0 < 0.25 * height);
        match out.last_mut() {
            Some(a) if high && low(a) && continues(a, &t) => append(a, t),
            _ => out.push(t),
        }
    }
    out
}

/// Joins tables that continue on the following page, below or (sheets cut sideways) beside each other: nothing but
/// running heads, feet, page numbers, hidden text and the same caption again stands between them. The blocks of joined
/// parts go, and the others point to the new indexes.
pub fn join_in_blocks(blocks: &mut Vec<Block>, tables: &mut Vec<Table>) {
    let before = directly_before(blocks, tables);
    let parts = join_sheets(tables, &before);
    if parts.iter().any(Option::is_some) {
        join(blocks, tables, &parts, |_, _| ());
    }
    let mut goes_on = directly_before(blocks, tables);
    for (t, from) in goes_on.iter_mut().enumerate() {
        let pair = from.and_then(|f| tables.get(f as usize)).zip(tables.get(t));
        if !pair.is_some_and(|(a, b)| continues(a, b)) {
            *from = None;
        }
    }
    if goes_on.iter().any(Option::is_some) {
        join(blocks, tables, &goes_on, append);
    }
    release_single_rows(blocks, tables);
}

/// For each table the one on the page before between which and itself nothing of its own stands.
fn directly_before(blocks: &[Block], tables: &[Table]) -> Vec<Option<u32>> {
    let mut out: Vec<Option<u32>> = vec![None; tables.len()];
    let mut before: Option<u32> = None;
    // What stands above the table before (or the first one that it carries on), and what stands last.
    let (mut above, mut last) = (String::new(), String::new());
    for b in blocks {
        match (b.kind, b.table) {
            (BlockKind::Table, Some(t)) => {
                let pages = |i: u32| tables.get(i as usize).map(|t| &t.pages);
                let next =
                    before.and_then(pages).and_then(|p| p.last()).zip(pages(t).and_then(|p| p.first()));
                if let (Some(slot), Some((p, q))) = (out.get_mut(t as usize), next)
                    && *q == p + 1
                {
                    *slot = before;
                }
                if before.is_none() || !last.is_empty() {
                    above = std::mem::take(&mut last);
                }
                before = Some(t);
            }
            (BlockKind::Header | BlockKind::Footer | BlockKind::PageNumber | BlockKind::Hidden, _) => {}
            (BlockKind::Caption | BlockKind::Heading | BlockKind::Title | BlockKind::Paragraph, _) => {
                last = without_mark(&b.text.text);
                let a = before.and_then(|t| tables.get(t as usize));
                let same = (!last.is_empty() && last == above)
                    || a.is_some_and(|a| !b.text.is_empty() && is_same_caption(a, &last));
                if !same {
                    before = None;
                }
            }
            _ => before = None,
        }
    }
    out
}

/// Whether words above a table, given [`without_mark`], say that it carries on `a`: its caption once more, with or without （続き）, its unit, or
/// nothing but （続き）.
fn is_same_caption(a: &Table, own: &str) -> bool {
    let caption = without_mark(&a.caption.text);
    let unit = closed_up(&a.unit.text);
    own.is_empty()
        || (own == caption && !own.is_empty())
        || (!unit.is_empty() && own.trim_matches(['(', ')', '（', '）']).ends_with(&unit))
}

/// A caption without blanks and without the mark of a continuation.
fn without_mark(caption: &str) -> String {
    let mut text = closed_up(caption);
    // Every paragraph comes here.
    if !text.contains(['続', 'つ']) {
        return text;
    }
    for word in CONTINUED {
        for (open, close) in [("(", ")"), ("（", "）"), ("【", "】"), ("", "")] {
            text = text.replace(&format!("{open}{word}{close}"), "");
        }
    }
    text
}

/// How a caption says that its table carries on the one before.
const CONTINUED: [&str; 4] = ["前ページからの続き", "つづき", "続き", "（続）"];

/// Joins each table with the one that `goes_on` names for it, by old indexes; `put` adds the later to the earlier.
fn join(
    blocks: &mut Vec<Block>,
    tables: &mut Vec<Table>,
    goes_on: &[Option<u32>],
    put: fn(&mut Table, Table),
) {
    let mut new_index: Vec<u32> = Vec::with_capacity(tables.len());
    let mut joined: Vec<Table> = Vec::new();
    for (t, from) in std::mem::take(tables).into_iter().zip(goes_on) {
        let host = from.and_then(|f| new_index.get(f as usize).copied());
        match host.and_then(|h| joined.get_mut(h as usize)) {
            Some(a) => {
                new_index.push(host.unwrap_or(0));
                put(a, t);
            }
            None => {
                new_index.push(joined.len() as u32);
                joined.push(t);
            }
        }
    }
    *tables = joined;
    blocks.retain(|b| b.table.is_none_or(|t| goes_on.get(t as usize).is_none_or(Option::is_none)));
    for b in blocks.iter_mut() {
        b.table = b.table.and_then(|t| new_index.get(t as usize).copied());
    }
}

/// A single ruled row is a table only as the end of one on the page before; left alone it is a line of text.
fn release_single_rows(blocks: &mut [Block], tables: &mut Vec<Table>) {
    if tables.iter().all(|t| t.n_rows != 1) {
        return;
    }
    let mut new_index: Vec<Option<u32>> = Vec::with_capacity(tables.len());
    let mut kept = 0;
    for t in tables.iter() {
        new_index.push((t.n_rows != 1).then_some(kept));
        kept += u32::from(t.n_rows != 1);
    }
    for b in blocks.iter_mut() {
        let Some(old) = b.table.take() else { continue };
        b.table = new_index.get(old as usize).copied().flatten();
        if b.table.is_none() && b.kind == BlockKind::Table {
            b.kind = BlockKind::Paragraph;
            let cells = tables.get(old as usize).into_iter().flat_map(|t| &t.cells);
            for c in cells.filter(|c| !c.text.is_empty()) {
                if b.text.is_empty() {
                    b.text = c.text.clone();
                } else {
                    push_space(&mut b.text);
                    extend_text(&mut b.text, c.text.clone());
                }
            }
        }
    }
    tables.retain(|t| t.n_rows != 1);
}

/// A space in the normalised words, for the break that [`extend_text`] then puts in the words as written.
fn push_space(text: &mut Text) {
    text.text.push(' ');
    text.map.push(text.raw.chars().count() as u32);
}

/// Whether `b` carries on `a`: on the next page, without a caption of its own, with the same columns, and
/// either the same head or no head that contradicts.
fn continues(a: &Table, b: &Table) -> bool {
    let next = match (a.pages.last(), b.pages.first()) {
        (Some(p), Some(q)) => *q == p + 1,
        _ => false,
    };
    next && caption_allows(a, b) && goes_on_below(a, b)
}

/// No caption, the same one again, or one that says it is a continuation (（続き）, つづき).
fn caption_allows(a: &Table, b: &Table) -> bool {
    let c = &b.caption.text;
    c.is_empty()
        || CONTINUED.iter().any(|w| c.contains(w))
        || (without_mark(c) == without_mark(&a.caption.text) && repeated_head(a, b) > 0)
}

fn last_box_bottom(t: &Table) -> Option<f64> {
    let page = t.pages.last().copied();
    t.cells.iter().filter(|c| c.page == page).filter_map(|c| c.bbox).map(|b| b.y1).reduce(f64::max)
}

/// Puts the rows of `b` under those of `a`.
pub(super) fn append(a: &mut Table, b: Table) {
    let words = |c: &Cell| !c.text.is_empty() && (!is_figure(&c.text.text) || is_period(&c.text.text));
    if a.n_rows == 1 && b.n_rows > 1 && a.cells.iter().all(words) {
        // The head alone stood at the foot of its page.
        a.header_rows = 1;
        a.label_cols = b.label_cols;
        a.cells.iter_mut().for_each(|c| c.is_header = true);
        a.confidence = b.confidence;
    }
    let drop = repeated_head(a, &b);
    let mut cells: Vec<Cell> = b.cells.into_iter().filter(|c| c.row >= drop).collect();
    let mend = drop == 0 && splits_row(a, &cells) || drop > 0 && splits_row(a, &cells_from(&cells, drop));
    let base = a.n_rows - u32::from(mend);
    extend_groups(a, &cells, drop, b.n_rows);
    for c in &mut cells {
        c.row = c.row - drop + base;
        c.is_header = c.col < a.label_cols;
    }
    for c in cells {
        let host =
            (mend && c.row == base).then(|| a.cells.iter_mut().find(|o| o.row == base && o.col == c.col));
        match host.flatten() {
            Some(o) => extend_text(&mut o.text, c.text),
            None => a.cells.push(c),
        }
    }
    a.cells.sort_by_key(|c| (c.row, c.col));
    a.n_rows = base + (b.n_rows - drop);
    // A single row is doubtful alone; what it joins says that it is one.
    if b.n_rows > 1 {
        a.confidence = a.confidence.min(b.confidence);
    }
    a.notes.extend(b.notes);
    if a.unit.is_empty() {
        a.unit = b.unit;
    }
    for p in b.pages {
        if a.pages.last().is_none_or(|l| *l < p) {
            a.pages.push(p);
        }
    }
}

/// Groups of rows named in a label column go on over the page break: where the first rows of the next page have no
/// label of their own, the last label reaches over them.
fn extend_groups(a: &mut Table, next: &[Cell], drop: u32, n_rows: u32) {
    let end = a.n_rows;
    for col in 0..a.label_cols {
        let in_column = |c: &&Cell| c.col <= col && col < c.col + c.col_span;
        let first = next
            .iter()
            .filter(in_column)
            .filter(|c| !c.text.is_empty())
            .map(|c| c.row)
            .min()
            .unwrap_or(n_rows);
        let grouped = a.cells.iter().any(|c| c.col == col && c.row_span > 1 && c.row >= a.header_rows);
        let blank = first.saturating_sub(drop);
        if !grouped || blank == 0 {
            continue;
        }
        if let Some(c) =
            a.cells.iter_mut().find(|c| c.col == col && c.row >= a.header_rows && c.row + c.row_span == end)
        {
            c.row_span += blank;
        }
    }
}

fn cells_from(cells: &[Cell], drop: u32) -> Vec<Cell> {
    cells.iter().filter(|c| c.row == drop).map(|c| Cell { row: 0, ..c.clone() }).collect()
}

/// Whether the first row only carries on the last row of `a`: its labels and figures are blank and its words
/// follow words that do not end a sentence.
fn splits_row(a: &Table, first: &[Cell]) -> bool {
    let top: Vec<&Cell> = first.iter().filter(|c| c.row == 0 && !c.text.is_empty()).collect();
    let last = a.n_rows.saturating_sub(1);
    !top.is_empty()
        && a.n_rows > a.header_rows
        && top.iter().all(|c| {
            c.col >= a.label_cols.max(1)
                && c.row_span == 1
                && !is_figure(&c.text.text)
                && a.cells.iter().any(|o| {
                    o.row == last
                        && o.col == c.col
                        && o.row_span == 1
                        && o.text.text.chars().count() > 8
                        && !o.text.text.ends_with(['。', '．', '.', '」', '）', ')'])
                })
        })
}

/// Carries on a text: the normalised words are joined as a broken line is.
fn extend_text(a: &mut Text, b: Text) {
    let raw = a.raw.chars().count() as u32 + 1;
    a.raw.push('\n');
    a.raw.push_str(&b.raw);
    if !a.boxes.is_empty() {
        a.boxes.push(Default::default());
        a.boxes.extend(b.boxes);
    }
    a.text.push_str(&b.text);
    a.map.extend(b.map.into_iter().map(|i| i + raw));
    a.lines.extend(b.lines.into_iter().map(|mut l| {
        l.start += raw;
        l
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use shiryo_model::BBox;

    fn table(page: u32, top: f64, rows: &[&[&str]]) -> Table {
        let mut cells = Vec::new();
        for (r, row) in rows.iter().enumerate() {
            for (c, text) in row.iter().enumerate() {
                let x = 50.0 + 100.0 * c as f64;
                cells.push(Cell {
                    row: r as u32,
                    col: c as u32,
                    row_span: 1,
                    col_span: 1,
                    text: Text { text: text.to_string(), raw: text.to_string(), ..Default::default() },
                    page: Some(page),
                    bbox: Some(BBox::new(x, top + 20.0 * r as f64, x + 100.0, top + 20.0 * (r + 1) as f64)),
                    ..Default::default()
                });
            }
        }
        Table {
            pages: vec![page],
            bbox: Some(BBox::new(50.0, top, 350.0, top + 20.0 * rows.len() as f64)),
            n_rows: rows.len() as u32,
            n_cols: 3,
            header_rows: 1,
            label_cols: 1,
            confidence: 0.98,
            cells,
            ..Default::default()
        }
    }

    fn block(kind: BlockKind, table: Option<u32>) -> Block {
        Block { kind, table, ..Default::default() }
    }

    #[test]
    fn repeated_head_is_dropped_and_pages_are_listed() {
        let a = table(1, 600.0, &[&["課", "件数", "備考"], &["税務", "12", ""]]);
        let b = table(2, 50.0, &[&["課", "件数", "備考"], &["戸籍", "34", ""]]);
        let out = join_pages(vec![a, b]);
        assert_eq!(out.len(), 1);
        assert_eq!((out[0].n_rows, &out[0].pages), (3, &vec![1, 2]));
        assert_eq!(out[0].cell_at(2, 0).map(|c| c.text.text.as_str()), Some("戸籍"));
    }

    #[test]
    fn a_row_split_by_the_page_break_is_mended() {
        let a = table(1, 600.0, &[&["課", "件数", "内容"], &["税務", "12", "窓口で受け付けた申請のうち"]]);
        let b = table(2, 50.0, &[&["", "", "電子で届いたもの"], &["戸籍", "34", ""]]);
        let out = join_pages(vec![a, b]);
        assert_eq!(out[0].n_rows, 3);
        assert_eq!(
            out[0].cell_at(1, 2).map(|c| c.text.text.as_str()),
            Some("窓口で受け付けた申請のうち電子で届いたもの")
        );
    }

    #[test]
    fn text_between_keeps_tables_apart() {
        let tables = || {
            vec![
                table(1, 600.0, &[&["課", "件数", "備考"], &["税務", "12", ""]]),
                table(2, 50.0, &[&["課", "件数", "備考"], &["戸籍", "34", ""]]),
            ]
        };
        let mut t = tables();
        let mut blocks = vec![
            block(BlockKind::Table, Some(0)),
            block(BlockKind::Paragraph, None),
            block(BlockKind::Table, Some(1)),
        ];
        join_in_blocks(&mut blocks, &mut t);
        assert_eq!((t.len(), blocks.len()), (2, 3));
        let mut t = tables();
        let mut blocks = vec![
            block(BlockKind::Table, Some(0)),
            block(BlockKind::PageNumber, None),
            block(BlockKind::Table, Some(1)),
        ];
        join_in_blocks(&mut blocks, &mut t);
        assert_eq!((t.len(), blocks.len()), (1, 2));
    }

    #[test]
    fn a_head_at_the_foot_of_the_page_before() {
        let head = table(1, 740.0, &[&["年度", "台数", "事業費"]]);
        let body = table(2, 60.0, &[&["7年度", "7,210", "425"], &["8年度", "5,590", "329"]]);
        let mut tables = vec![head, body];
        let mut blocks: Vec<Block> =
            (0..2).map(|i| Block { kind: BlockKind::Table, table: Some(i), ..Block::default() }).collect();
        join_in_blocks(&mut blocks, &mut tables);
        let [t] = tables.as_slice() else { panic!("{tables:?}") };
        assert_eq!((t.n_rows, t.header_rows, t.pages.len()), (3, 1, 2));
        assert!(t.cells.iter().filter(|c| c.row == 0).all(|c| c.is_header));
    }

    #[test]
    fn a_single_row_alone_is_a_line_of_text() {
        let row: &[&[&str]] = &[&["増減", "12", "△3"]];
        let body: &[&[&str]] = &[&["課", "件数", "備考"], &["税務", "12", ""]];
        let mut t = vec![table(1, 50.0, row), table(1, 600.0, body)];
        let mut blocks = vec![block(BlockKind::Table, Some(0)), block(BlockKind::Table, Some(1))];
        join_in_blocks(&mut blocks, &mut t);
        assert_eq!(
            (t.len(), blocks[0].kind, blocks[0].text.text.as_str()),
            (1, BlockKind::Paragraph, "増減 12 △3")
        );
        assert_eq!((blocks[0].table, blocks[1].table), (None, Some(0)));
        // As the end of a table it is a row of it, and does not make it doubtful.
        let mut rest = table(2, 50.0, row);
        rest.confidence = 0.4;
        let out = join_pages(vec![table(1, 600.0, body), rest]);
        assert_eq!((out.len(), out[0].n_rows, out[0].confidence), (1, 3, 0.98));
    }

    #[test]
    fn a_caption_that_says_continued_does_not_part_a_table() {
        let said = |text: &str| Text { text: text.into(), raw: text.into(), ..Default::default() };
        let joined = |above: &str, caption: &str| {
            let mut t = vec![
                table(1, 600.0, &[&["課", "件数", "備考"], &["税務", "12", ""]]),
                table(2, 50.0, &[&["課", "件数", "備考"], &["戸籍", "34", ""]]),
            ];
            t[0].caption = said("表1 受付件数");
            t[1].caption = said(caption);
            let mut blocks = vec![
                block(BlockKind::Table, Some(0)),
                Block { text: said(above), ..block(BlockKind::Caption, None) },
                block(BlockKind::Table, Some(1)),
            ];
            join_in_blocks(&mut blocks, &mut t);
            t.len()
        };
        assert_eq!(joined("表1 受付件数（続き）", "表1 受付件数（続き）"), 1);
        assert_eq!(joined("（つづき）", ""), 1);
        assert_eq!(joined("表1 受付件数", "表1 受付件数"), 1);
        assert_eq!(joined("表2 交付件数", "表2 交付件数"), 2);
    }

    #[test]
    fn other_heads_over_columns_of_one_width_are_another_table() {
        let months = |page, top, heads: [&str; 3], first: u32| {
            let mut rows: Vec<Vec<String>> = vec![heads.iter().map(|h| h.to_string()).collect()];
            rows.extend(
                (first..first + 4)
                    .map(|r| vec![format!("第{r}館"), (7 * r).to_string(), (9 * r).to_string()]),
            );
            let rows: Vec<Vec<&str>> = rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
            table(page, top, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
        };
        let t = vec![
            months(1, 600.0, ["館", "四月計", "五月計"], 1),
            months(2, 50.0, ["館", "人員", "経費計"], 9),
        ];
        assert_eq!(join_pages(t).len(), 2);
        let t = vec![
            months(1, 600.0, ["館", "四月計", "五月計"], 1),
            months(2, 50.0, ["館", "四月計", "五月計"], 9),
        ];
        assert_eq!(join_pages(t).len(), 1);
    }

    #[test]
    fn other_columns_are_another_table() {
        let a = table(1, 600.0, &[&["課", "件数", "備考"], &["税務", "12", ""]]);
        let mut b = table(2, 50.0, &[&["課", "件数", "備考"], &["戸籍", "34", ""]]);
        for c in &mut b.cells {
            c.bbox = c.bbox.map(|b| BBox::new(b.x0 * 1.3, b.y0, b.x1 * 1.3, b.y1));
        }
        assert_eq!(join_pages(vec![a, b]).len(), 2);
    }
}
