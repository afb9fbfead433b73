//! Evidence with what stands around it: the sentence and its neighbours, or the cell with its headers and row.

use shiryo_model::{Block, BlockKind, Document, Observation, Table};

/// Characters of a block shown before and behind the evidence.
const AROUND: usize = 120;
/// Characters of a cell shown.
const CELL: usize = 24;
/// Columns shown of a row.
const MOST_COLUMNS: usize = 12;

/// The evidence of an observation in its context.
pub(super) fn evidence(document: &Document, o: &Observation) -> Vec<String> {
    let mut lines = vec![format!("「{}」", one_line(&o.evidence))];
    lines.extend(headings(document, o).map(|(_, words)| format!("under: {words}")));
    match table(document, o) {
        Some(table) => lines.extend(cells(table, o)),
        None => lines.extend(passage(document, o)),
    }
    lines
}

/// The table an observation stands in.
pub(super) fn table<'d>(document: &'d Document, o: &Observation) -> Option<&'d Table> {
    document.tables.iter().find(|t| !t.id.is_empty() && t.id == o.table_id)
}

/// Index of the block an observation was read from: its table, or the passage at its place that has its words.
pub(super) fn block_of(document: &Document, o: &Observation) -> Option<usize> {
    if let Some(index) = document.tables.iter().position(|t| !t.id.is_empty() && t.id == o.table_id) {
        return document.blocks.iter().position(|b| b.table.is_some_and(|t| t as usize == index));
    }
    let words = shiryo_ja::normalise(&o.evidence);
    let words: String = words.0.chars().filter(|c| !c.is_whitespace()).collect();
    let holds = |b: &Block| {
        let text: String = b.text.text.chars().filter(|c| !c.is_whitespace()).collect();
        b.table.is_none() && text.contains(&words)
    };
    let distance = |b: &Block| -> Option<f64> {
        match (o.page, o.line) {
            (Some(page), _) => {
                let (own, place) = (o.bbox?, b.place.bbox?);
                (b.place.page == Some(page))
                    .then(|| (own.y0 - place.y0).abs() + (own.x0 - place.x0).abs() / 100.0)
            }
            (_, Some(line)) => b.place.line.filter(|l| *l <= line).map(|l| f64::from(line - l)),
            _ => None,
        }
    };
    let blocks = document.blocks.iter().enumerate().filter(|(_, b)| holds(b));
    let near = blocks.filter_map(|(i, b)| distance(b).map(|d| (i, d)));
    near.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i)
}

/// Headings over an observation, outermost first, with their level.
pub(super) fn headings<'d>(document: &'d Document, o: &Observation) -> impl Iterator<Item = (u8, &'d str)> {
    let mut open: Vec<(u8, &str)> = Vec::new();
    let end = block_of(document, o).unwrap_or(0);
    for block in document.blocks.iter().take(end).filter(|b| b.kind == BlockKind::Heading) {
        let level = block.level.unwrap_or(1);
        open.retain(|(l, _)| *l < level);
        open.push((level, block.text.text.as_str()));
    }
    open.into_iter()
}

/// Header cells over an observation's cell, outermost first, with their rows.
pub(super) fn header_path(table: &Table, o: &Observation) -> Vec<(u32, String)> {
    let (Some(row), Some(col)) = (o.row, o.col) else { return Vec::new() };
    let heads = (0..row).filter(|r| *r < table.header_rows || is_header_row(table, *r));
    let mut path: Vec<(u32, String)> = Vec::new();
    for r in heads {
        if let Some(cell) = table.cell_at(r, col).filter(|c| !c.text.text.trim().is_empty()) {
            let words = one_line(&cell.text.text);
            if path.last().is_none_or(|(_, last)| *last != words) {
                path.push((r, words));
            }
        }
    }
    path
}

/// Cells that name an observation's row, left to right.
pub(super) fn row_labels(table: &Table, o: &Observation) -> Vec<String> {
    let (Some(row), Some(col)) = (o.row, o.col) else { return Vec::new() };
    let mut labels: Vec<String> = Vec::new();
    for c in 0..col.min(table.label_cols.max(1)) {
        if let Some(cell) = table.cell_at(row, c).filter(|c| !c.text.text.trim().is_empty()) {
            let words = one_line(&cell.text.text);
            if labels.last() != Some(&words) {
                labels.push(words);
            }
        }
    }
    labels
}

fn is_header_row(table: &Table, row: u32) -> bool {
    let mut cells = table.cells.iter().filter(|c| c.row == row).peekable();
    cells.peek().is_some() && cells.all(|c| c.is_header)
}

fn cells(table: &Table, o: &Observation) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, words) in [("caption", &table.caption.text), ("unit note", &table.unit.text)] {
        if !words.is_empty() {
            lines.push(format!("{name}: {}", one_line(words)));
        }
    }
    let path: Vec<String> = header_path(table, o).into_iter().map(|(_, words)| words).collect();
    if !path.is_empty() {
        lines.push(format!("column: {}", path.join(" › ")));
    }
    let labels = row_labels(table, o);
    if !labels.is_empty() {
        lines.push(format!("row: {}", labels.join(" › ")));
    }
    let Some(row) = o.row else { return lines };
    for r in row.saturating_sub(1)..=row.saturating_add(1).min(table.n_rows.saturating_sub(1)) {
        lines.push(format!("{} {r:>3} | {}", if r == row { "→" } else { " " }, grid_row(table, r, o)));
    }
    for note in &table.notes {
        lines.push(format!("note: {}", one_line(&note.text)));
    }
    lines
}

/// A row as a line, the observation's own cell in brackets.
fn grid_row(table: &Table, row: u32, o: &Observation) -> String {
    let own = o.col.unwrap_or(0);
    let from = (own as usize).saturating_sub(MOST_COLUMNS / 2) as u32;
    let shown = from..table.n_cols.min(from.saturating_add(MOST_COLUMNS as u32));
    let cell = |col: u32| {
        let words = table.cell_at(row, col).map(|c| one_line(&c.text.text)).unwrap_or_default();
        let short: String = words.chars().take(CELL).collect();
        let short = if words.chars().count() > CELL { format!("{short}…") } else { short };
        if o.row == Some(row) && o.col == Some(col) { format!("【{short}】") } else { short }
    };
    shown.map(cell).collect::<Vec<_>>().join(" | ")
}

/// The passage with the evidence marked, and the lines before and behind it.
fn passage(document: &Document, o: &Observation) -> Vec<String> {
    let Some(index) = block_of(document, o) else { return Vec::new() };
    let mut lines = Vec::new();
    let beside = |i: Option<usize>| {
        let block = document.blocks.get(i?).filter(|b| b.table.is_none() && !b.text.text.is_empty())?;
        Some(shortened(&one_line(&block.text.text), AROUND))
    };
    lines.extend(beside(index.checked_sub(1)).map(|l| format!("before: {l}")));
    if let Some(block) = document.blocks.get(index) {
        lines.push(format!("→ {}{}", block.marker, marked(&block.text.text, &o.evidence)));
    }
    lines.extend(beside(Some(index + 1)).map(|l| format!("behind: {l}")));
    lines
}

/// The text around the evidence, which stands in brackets.
fn marked(text: &str, evidence: &str) -> String {
    let words = shiryo_ja::normalise(evidence).0;
    let Some(at) = text.find(words.as_str()).filter(|_| !words.is_empty()) else {
        return shortened(&one_line(text), AROUND * 2);
    };
    let (before, rest) = text.split_at(at);
    let behind = rest.get(words.len()..).unwrap_or_default();
    let skipped = before.chars().count().saturating_sub(AROUND);
    let lead: String = before.chars().skip(skipped).collect();
    let lead = if skipped > 0 { format!("…{lead}") } else { lead };
    format!("{}【{}】{}", one_line(&lead), words, shortened(&one_line(behind), AROUND))
}

fn shortened(text: &str, most: usize) -> String {
    let short: String = text.chars().take(most).collect();
    if text.chars().count() > most { format!("{short}…") } else { short }
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ⏎ ")
}
