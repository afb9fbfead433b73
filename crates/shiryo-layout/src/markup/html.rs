//! HTML: whole documents and tables inside other text.

use super::cells::{CellBuilder, apply_tag};
use super::grid::{Grid, GridCell, table_of};
use super::inline::{Token, Tokens, resolve_references};
use crate::prose::joining::Gap;
use crate::prose::outline::{Draft, Hint};
use shiryo_model::{BlockKind, Table, TableMethod};

/// Tables inside tables are read as words from this depth on.
const DEEPEST_TABLE: u32 = 1;

/// What HTML holds, in document order.
#[derive(Debug, Default)]
pub(crate) struct HtmlContent {
    /// Blocks, tables among them.
    pub(crate) drafts: Vec<Draft>,
    /// Tables, numbered from the `first_table` given.
    pub(crate) tables: Vec<Table>,
}

/// Reads HTML that begins on line `first_line`; the first table gets the number `first_table`.
pub(crate) fn read_html(html: &str, first_line: u32, first_table: u32) -> HtmlContent {
    let mut reader = Reader { line: first_line, first_table, hint: Hint::Auto, ..Reader::default() };
    for token in Tokens::new(html) {
        match token {
            Token::Text(words) => reader.text(words),
            Token::Open(name, attributes) => {
                reader.open(&name, attributes);
                reader.line += newlines(attributes);
            }
            Token::Close(name) => reader.close(&name),
        }
    }
    reader.end_block();
    reader.end_table();
    reader.content
}

fn newlines(s: &str) -> u32 {
    u32::try_from(s.bytes().filter(|b| *b == b'\n').count()).unwrap_or(u32::MAX)
}

struct Reader {
    content: HtmlContent,
    first_table: u32,
    line: u32,
    block: CellBuilder,
    hint: Hint,
    lists: u32,
    /// Open `<table>` elements; rows of the outermost one.
    table_depth: u32,
    rows: Vec<Vec<GridCell>>,
    cell: Option<(CellBuilder, GridCell)>,
    header_row_run: u32,
    in_head: bool,
    table_line: u32,
    caption: bool,
    /// Name of the element whose content is skipped.
    skipped: Option<String>,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            content: HtmlContent::default(),
            first_table: 0,
            line: 1,
            block: CellBuilder::default(),
            hint: Hint::Auto,
            lists: 0,
            table_depth: 0,
            rows: Vec::new(),
            cell: None,
            header_row_run: 0,
            in_head: false,
            table_line: 1,
            caption: false,
            skipped: None,
        }
    }
}

impl Reader {
    fn text(&mut self, words: &str) {
        for (i, piece) in words.split('\n').enumerate() {
            if i > 0 {
                self.line = self.line.saturating_add(1);
            }
            if self.skipped.is_some() {
                continue;
            }
            let resolved = resolve_references(piece);
            match &mut self.cell {
                Some((cell, _)) => cell.words(&resolved, self.line),
                None if self.table_depth > 0 && !self.caption => {}
                None => self.block.words(&resolved, self.line),
            }
        }
    }

    fn open(&mut self, name: &str, attributes: &str) {
        if self.skipped.is_some() {
            return;
        }
        match name {
            "script" | "style" | "head" | "template" | "rt" | "rp" => self.skipped = Some(name.to_string()),
            "table" => self.open_table(),
            "caption" if self.table_depth == DEEPEST_TABLE => {
                self.end_block();
                self.hint = Hint::Fixed(BlockKind::Caption);
                self.caption = true;
            }
            "thead" => self.in_head = true,
            "tr" if self.table_depth == DEEPEST_TABLE => {
                self.end_cell();
                self.rows.push(Vec::new());
            }
            "td" | "th" if self.table_depth == DEEPEST_TABLE => self.open_cell(name, attributes),
            _ => match &mut self.cell {
                Some((cell, _)) => apply_tag(cell, name),
                None => self.open_block(name),
            },
        }
    }

    fn open_block(&mut self, name: &str) {
        let hint = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                Hint::Heading(name.bytes().last().map_or(1, |b| b.saturating_sub(b'0')))
            }
            "ul" | "ol" => {
                self.lists = self.lists.saturating_add(1);
                Hint::Auto
            }
            "li" => Hint::Item(u8::try_from(self.lists.max(1)).unwrap_or(u8::MAX).min(9)),
            "figcaption" => Hint::Fixed(BlockKind::Caption),
            "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "dt" | "dd"
            | "blockquote" | "hr" | "pre" | "body" | "html" | "figure" | "center" => Hint::Auto,
            "br" => {
                self.block.new_part();
                return;
            }
            _ => return,
        };
        // `<li><p>` stays an item.
        let keep = matches!(self.hint, Hint::Item(_)) && name == "p" && self.block.is_empty();
        self.end_block();
        if !keep {
            self.hint = hint;
        } else if let Hint::Auto = self.hint {
            self.hint = Hint::Item(u8::try_from(self.lists.max(1)).unwrap_or(u8::MAX).min(9));
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(skipped) = &self.skipped {
            if skipped == name {
                self.skipped = None;
            }
            return;
        }
        match name {
            "table" => self.close_table(),
            "caption" => {
                self.end_block();
                self.caption = false;
            }
            "thead" => self.in_head = false,
            "td" | "th" | "tr" if self.table_depth == DEEPEST_TABLE => self.end_cell(),
            "ul" | "ol" if self.cell.is_none() => {
                self.end_block();
                self.lists = self.lists.saturating_sub(1);
            }
            "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "section" | "article" | "dt"
            | "dd" | "blockquote" | "figcaption" | "body" | "html" | "center"
                if self.cell.is_none() =>
            {
                self.end_block();
            }
            _ => {
                if let Some((cell, _)) = &mut self.cell {
                    apply_tag(cell, name);
                }
            }
        }
    }

    fn open_table(&mut self) {
        self.table_depth = self.table_depth.saturating_add(1);
        if self.table_depth == DEEPEST_TABLE {
            self.end_block();
            self.table_line = self.line;
        } else if let Some((cell, _)) = &mut self.cell {
            cell.new_part();
        }
    }

    fn open_cell(&mut self, name: &str, attributes: &str) {
        self.end_cell();
        let cell = GridCell {
            parts: Vec::new(),
            span: (span(attributes, "rowspan"), span(attributes, "colspan")),
            header: name == "th" || self.in_head,
        };
        self.cell = Some((CellBuilder::default(), cell));
    }

    fn end_cell(&mut self) {
        let Some((builder, mut cell)) = self.cell.take() else { return };
        cell.parts = builder.finish();
        match self.rows.last_mut() {
            Some(row) => row.push(cell),
            None => self.rows.push(vec![cell]),
        }
    }

    fn close_table(&mut self) {
        self.table_depth = self.table_depth.saturating_sub(1);
        if self.table_depth == 0 {
            self.end_table();
        }
    }

    fn end_table(&mut self) {
        self.end_cell();
        self.table_depth = 0;
        let rows: Vec<Vec<GridCell>> =
            std::mem::take(&mut self.rows).into_iter().filter(|r| !r.is_empty()).collect();
        if rows.is_empty() {
            return;
        }
        let is_header =
            |r: &&Vec<GridCell>| r.iter().all(|c| c.header || c.is_blank()) && r.iter().any(|c| c.header);
        let headers = rows.iter().take_while(is_header).count();
        self.header_row_run = 0;
        let spanned = rows.iter().flatten().any(|c| c.span.0 > 1 || c.span.1 > 1);
        let grid = Grid {
            known_headers: (headers > 0).then_some(u32::try_from(headers).unwrap_or(1)),
            rows,
            line_range: (self.table_line, self.line),
            method: TableMethod::Html,
            confidence: 0.98,
            infer_spans: !spanned,
        };
        let words: Vec<GridCell> = grid.rows.iter().flatten().cloned().collect();
        let index =
            self.first_table.saturating_add(u32::try_from(self.content.tables.len()).unwrap_or(u32::MAX));
        match table_of(grid) {
            Some(t) => {
                self.content.tables.push(t);
                self.content.drafts.push(Draft::table(index, Gap::Wide));
            }
            // A table with one column sets a frame around text.
            None => words
                .into_iter()
                .flat_map(|c| c.parts)
                .for_each(|p| self.push_block(p, Hint::Auto, Gap::Break)),
        }
    }

    fn end_block(&mut self) {
        let parts = std::mem::take(&mut self.block).finish();
        let hint = self.hint;
        for (i, part) in parts.into_iter().enumerate() {
            // After a `<br>` an item's further lines are decided by their words.
            if i == 0 {
                self.push_block(part, hint, Gap::Break);
            } else {
                self.push_block(part, Hint::Auto, Gap::None);
            }
        }
        if !self.caption {
            self.hint = Hint::Auto;
        }
    }

    fn push_block(&mut self, part: Vec<shiryo_model::SourceLine>, hint: Hint, gap: Gap) {
        let mut lines = part.into_iter().filter(|l| !l.text.trim().is_empty());
        let Some(first) = lines.next() else { return };
        if let Some(open) = self.content.drafts.last_mut().filter(|_| hint == Hint::Auto)
            && open.takes(&first.text, gap, false)
        {
            open.push(first);
            lines.for_each(|l| open.push(l));
            return;
        }
        let mut draft = Draft::begin(first, hint, Gap::Wide);
        lines.for_each(|l| draft.push(l));
        self.content.drafts.push(draft);
    }
}

/// Value of `rowspan` or `colspan`.
fn span(attributes: &str, name: &str) -> u32 {
    let lower = attributes.to_ascii_lowercase();
    let Some(at) = lower.find(name) else { return 1 };
    let value = lower.get(at + name.len()..).unwrap_or("").trim_start().trim_start_matches('=').trim_start();
    let digits: String =
        value.trim_start_matches(['"', '\'']).chars().take_while(char::is_ascii_digit).take(4).collect();
    digits.parse().unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_with_spans_and_captions() {
        let html = "<h2>実績</h2>\n<table><caption>表１ 講座</caption>\n<tr><th rowspan=2>講座</th><th colspan='2'>年度</th></tr>\
                    <tr><th>4</th><th>5</th></tr>\n<tr><td>入門<br>講座</td><td>3回</td><td>5回</td></tr></table><p>以上</p>";
        let c = read_html(html, 1, 0);
        let t = &c.tables[0];
        assert_eq!((t.n_rows, t.n_cols, t.header_rows), (3, 3, 2));
        assert_eq!(t.cell_at(0, 2).unwrap().col_span, 2);
        assert_eq!(t.cell_at(2, 0).unwrap().text.raw, "入門\n講座");
        assert_eq!(t.line_range, Some((2, 4)));
        assert_eq!(c.drafts.len(), 4);
    }

    #[test]
    fn scripts_and_unclosed_tables_do_no_harm() {
        let c = read_html("<style>p {}</style><p>本文<table><tr><td>a<td>b<tr><td>c", 1, 0);
        assert_eq!(c.tables.len(), 1);
        assert_eq!(c.drafts.len(), 2);
    }
}
