//! Sheets of single tables: cells merged as in the source.

use crate::listing::{Styles, display_width, for_print, row_height, wrapped_lines};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Url, Worksheet, XlsxError};
use shiryo_model::{Cell, Document, Table};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

/// Tables that get a sheet.
const MOST_SHEETS: usize = 200;
/// Cells of all table sheets together.
const MOST_CELLS: usize = 100_000;
/// Characters of a cell in Excel.
const MOST_CHARS: usize = 32_767;
/// Rows and columns of a sheet in Excel, less those above the table.
const MOST_ROWS: u32 = 1_000_000;
const MOST_COLS: u32 = 16_000;
/// Rows above the table: its caption and the way back, and a blank one.
const TOP: u32 = 2;
/// Width of the narrowest column, in half-width characters.
const NARROWEST: usize = 8;

/// Text as Excel takes it: at most 32,767 UTF-16 units, no control characters.
pub(crate) fn clip(text: &str) -> Cow<'_, str> {
    let bad = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    // A character has at most two units.
    if text.len() <= MOST_CHARS / 2 && !text.contains(bad) {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let kept = text.chars().filter(|c| !bad(*c)).take_while(|c| {
        units += c.len_utf16();
        units <= MOST_CHARS
    });
    Cow::Owned(kept.collect())
}

/// The table sheets of a workbook.
#[derive(Default)]
pub(crate) struct TableSheets {
    sheets: Vec<Worksheet>,
    names: HashSet<String>,
    cells: usize,
    left_out: u32,
}

impl TableSheets {
    /// Makes the sheet of `table`; false when it is over a limit.
    pub(crate) fn push(
        &mut self,
        table: &Table,
        document: &Document,
        styles: &Styles,
    ) -> Result<bool, XlsxError> {
        let too_many = self.sheets.len() >= MOST_SHEETS || self.cells + table.cells.len() > MOST_CELLS;
        let too_large = table.cells.iter().any(|c| {
            c.row.saturating_add(c.row_span) > MOST_ROWS || c.col.saturating_add(c.col_span) > MOST_COLS
        });
        if too_many || too_large {
            self.left_out += 1;
            return Ok(false);
        }
        self.cells += table.cells.len();
        self.sheets.push(sheet(table, document, styles)?);
        self.names.insert(table.id.clone());
        Ok(true)
    }

    /// Whether the table has a sheet.
    pub(crate) fn contains(&self, table_id: &str) -> bool {
        self.names.contains(table_id)
    }

    /// Tables without a sheet.
    pub(crate) fn left_out(&self) -> u32 {
        self.left_out
    }

    pub(crate) fn into_sheets(self) -> Vec<Worksheet> {
        self.sheets
    }
}

fn sheet(table: &Table, document: &Document, styles: &Styles) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(&table.id)?;
    for_print(&mut sheet);
    let page = table.page().map(|p| format!("（{p}ページ）")).unwrap_or_default();
    let title = format!("{} ― {}{page}", table.caption.text.replace('\n', " "), document.source);
    sheet.write_url(0, 0, Url::new("internal:'表一覧'!A1").set_text("表一覧"))?;
    sheet.write_string_with_format(0, 1, clip(&title), &styles.text)?;
    sheet.set_freeze_panes(TOP + table.header_rows, u16::try_from(table.label_cols).unwrap_or(0))?;
    let widths = widths(&mut sheet, table)?;
    heights(&mut sheet, table, &widths)?;
    let mut taken = HashSet::new();
    for cell in &table.cells {
        write_cell(&mut sheet, table, cell, &mut taken, styles)?;
    }
    Ok(sheet)
}

fn write_cell(
    sheet: &mut Worksheet,
    table: &Table,
    cell: &Cell,
    taken: &mut HashSet<(u32, u32)>,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let header = cell.is_header || cell.row < table.header_rows;
    let base = if header { &styles.header } else { &styles.text };
    let format = base.clone().set_border(FormatBorder::Thin).set_text_wrap();
    let (row, col) = (cell.row + TOP, u16::try_from(cell.col).unwrap_or(u16::MAX));
    let spots: Vec<(u32, u32)> = (cell.row..cell.row + cell.row_span.max(1))
        .flat_map(|r| (cell.col..cell.col + cell.col_span.max(1)).map(move |c| (r, c)))
        .take(MOST_CELLS)
        .collect();
    // Excel refuses to open a file with overlapping merged ranges.
    let free = spots.iter().all(|s| !taken.contains(s));
    if free && spots.len() > 1 {
        let (last_row, last_col) =
            (row + cell.row_span.max(1) - 1, col + u16::try_from(cell.col_span.max(1) - 1).unwrap_or(0));
        sheet.merge_range(row, col, last_row, last_col, &clip(&cell.text.text), &format)?;
        taken.extend(spots);
        return number(sheet, row, col, cell, header, &format);
    }
    taken.insert((cell.row, cell.col));
    sheet.write_string_with_format(row, col, clip(&cell.text.text), &format)?;
    number(sheet, row, col, cell, header, &format)
}

/// Writes a plain number as a number, over the text.
fn number(
    sheet: &mut Worksheet,
    row: u32,
    col: u16,
    cell: &Cell,
    header: bool,
    format: &Format,
) -> Result<(), XlsxError> {
    let text = cell.text.text.as_str();
    if header {
        return Ok(());
    }
    if let Some(n) = plain_number(text) {
        let pattern = match (text.contains(','), text.split_once('.')) {
            (true, None) => "#,##0".to_owned(),
            (comma, Some((_, decimals))) => {
                format!("{}.{}", if comma { "#,##0" } else { "0" }, "0".repeat(decimals.len().min(10)))
            }
            (false, None) => "0".to_owned(),
        };
        let format = format.clone().set_num_format(pattern).set_align(FormatAlign::Right);
        sheet.write_number_with_format(row, col, n, &format)?;
    }
    Ok(())
}

/// `1,234` `-5` `53.1`, but not `007` (an id) and nothing that would lose digits.
fn plain_number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let grouped = whole.split(',').enumerate().all(|(i, g)| {
        g.bytes().all(|b| b.is_ascii_digit()) && if i == 0 { !g.is_empty() } else { g.len() == 3 }
    });
    let leading = whole.split(',').next().unwrap_or_default();
    let grouped = grouped && (leading.len() <= 3 || !whole.contains(','));
    let id = whole.len() > 1 && whole.starts_with('0');
    let fits = digits.bytes().filter(u8::is_ascii_digit).count() <= 15;
    let decimal = !decimals.is_empty() && decimals.bytes().all(|b| b.is_ascii_digit());
    if grouped && !id && fits && decimal { text.replace(',', "").parse().ok() } else { None }
}

/// Column widths that fit the text: Japanese characters take two units.
fn widths(sheet: &mut Worksheet, table: &Table) -> Result<BTreeMap<u32, usize>, XlsxError> {
    let mut widths = BTreeMap::<u32, usize>::new();
    for cell in table.cells.iter().filter(|c| c.col_span <= 1) {
        let longest = cell.text.text.lines().map(display_width).max().unwrap_or(0);
        let entry = widths.entry(cell.col).or_default();
        *entry = (*entry).max(longest);
    }
    for (col, width) in &mut widths {
        *width = (*width + 2).clamp(NARROWEST, 50);
        sheet.set_column_width(u16::try_from(*col).unwrap_or(u16::MAX), *width as f64)?;
    }
    Ok(widths)
}

/// Row heights that show every line: programs do not all find them by themselves, and none does for merged cells.
fn heights(sheet: &mut Worksheet, table: &Table, widths: &BTreeMap<u32, usize>) -> Result<(), XlsxError> {
    let mut lines = BTreeMap::<u32, usize>::new();
    let mut cells: Vec<&Cell> = table.cells.iter().filter(|c| !c.text.text.is_empty()).collect();
    // Cells over several rows come last: they make the last of their rows higher where all together are too low.
    cells.sort_by_key(|c| c.row_span);
    for cell in cells {
        let columns = cell.col..cell.col.saturating_add(cell.col_span.clamp(1, MOST_COLS));
        let width: usize = columns.map(|c| widths.get(&c).copied().unwrap_or(NARROWEST)).sum();
        let needed = wrapped_lines(&cell.text.text, width);
        let last = cell.row.saturating_add(cell.row_span.clamp(1, MOST_ROWS) - 1);
        let others: usize = match cell.row_span {
            0 | 1 => 0,
            span => (span as usize - 1) + lines.range(cell.row..last).map(|(_, n)| n - 1).sum::<usize>(),
        };
        let own = lines.entry(last).or_insert(1);
        *own = (*own).max(needed.saturating_sub(others));
    }
    for (row, lines) in lines.into_iter().filter(|(_, lines)| *lines > 1) {
        sheet.set_row_height(row + TOP, row_height(lines))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_only() {
        assert_eq!(plain_number("1,234"), Some(1234.0));
        assert_eq!(plain_number("-53.1"), Some(-53.1));
        assert_eq!(plain_number("0"), Some(0.0));
        for text in ["007", "12,34", "1234,567", "", "-", "1.", "=1", "１", "12件", "1234567890123456", "+5"]
        {
            assert_eq!(plain_number(text), None, "{text}");
        }
    }

    #[test]
    fn lines_are_counted_by_width() {
        assert_eq!(wrapped_lines("令和５年度", 10), 1);
        assert_eq!(wrapped_lines("令和５年度の実績", 10), 2);
        assert_eq!(wrapped_lines("・412回\n\n・2,180名", 50), 3);
    }

    #[test]
    fn text_is_clipped_to_what_excel_takes() {
        assert_eq!(clip("a\u{0}b\nc"), "ab\nc");
        assert_eq!(clip(&"資".repeat(40_000)).chars().count(), MOST_CHARS);
    }
}
