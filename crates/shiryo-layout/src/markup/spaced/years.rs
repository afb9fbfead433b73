//! Plans by year: a row of years, and below each what is to be done, in words and figures.
//!
//! ```text
//! 年度      ７(2025)年度            ８(2026)年度            two blanks or more part the cells
//! 取組内容  オンライン化 120手続    オンライン化 150手続
//!           講座 40回               講座 48回               more of the same, without its label
//! ```

use super::body::cell;
use super::cells::names_time;
use super::rows::line;
use super::words::{Word, Words, gather};
use crate::markup::flow::Flow;
use crate::markup::grid::{Grid, GridCell, table_of};
use crate::markup::records::Found;
use crate::prose::joining::Gap;
use crate::prose::words::ends_sentence;
use shiryo_ja::{MentionKind, TimeContext, annotate};
use shiryo_model::TableMethod;

/// Most columns, and most rows.
const MOST_COLUMNS: usize = 12;
const MOST_ROWS: usize = 100;

/// The table whose years stand on the line at `at`.
pub(crate) fn year_table(flow: &[Flow], at: usize) -> Option<Found> {
    let header = cells(flow, at)?;
    let columns = header.1.len();
    let [label, years @ ..] = header.1.as_slice() else { return None };
    if !(3..=MOST_COLUMNS).contains(&columns) || names_time(&label.text) || label.figure {
        return None;
    }
    if !years.iter().all(|y| names_only_time(&y.text)) {
        return None;
    }
    let mut rows: Vec<(Words, Vec<Word>)> = vec![header];
    let mut next = at + 1;
    while rows.len() < MOST_ROWS && line(flow, next).is_some_and(|l| l.gap < Gap::Break) {
        let Some(row) = cells(flow, next) else { break };
        // What goes on below a label stands under the years.
        let indent = |w: &Word| w.extent.iter().all(|e| e.0 > 0);
        let goes_on = rows.len() > 1 && row.1.len() + 1 == columns && row.1.first().is_some_and(indent);
        if row.1.len() != columns && !goes_on {
            break;
        }
        rows.push(row);
        next += 1;
    }
    // Rows of nothing but figures are read by where these stand.
    let told = || rows.iter().skip(1).flat_map(|(_, row)| row.iter().skip(1));
    let worded = told().filter(|w| !w.figure).count() * 2 > told().count();
    if !worded || !told().any(|w| w.text.contains(char::is_numeric)) {
        return None;
    }
    let no = |i: usize| line(flow, i).and_then(|l| l.source.place.line).unwrap_or(0);
    let grid = rows.iter().map(|(line, row)| {
        let blank = (row.len() < columns).then(GridCell::default);
        blank.into_iter().chain(row.iter().map(|w| cell(vec![line.source(w)], (1, 1)))).collect()
    });
    let mut table = table_of(Grid {
        rows: grid.collect(),
        known_headers: Some(1),
        line_range: (no(at), no(next.checked_sub(1)?)),
        method: TableMethod::Delimited,
        confidence: 0.75,
        infer_spans: false,
    })?;
    table.label_cols = 1;
    for c in &mut table.cells {
        c.is_header = c.col == 0 || c.row == 0;
    }
    Some(Found { start: at, end: next, table })
}

/// Whether words name a time and count nothing (参加者  令和２年度 11人  令和３年度 17人 is a row itself).
fn names_only_time(words: &str) -> bool {
    let counts = |m: shiryo_ja::Mention| matches!(m.kind, MentionKind::Quantity(_));
    names_time(words) && !annotate(words, &TimeContext::default()).into_iter().any(counts)
}

/// The cells of a line that two blanks or more part.
fn cells(flow: &[Flow], at: usize) -> Option<(Words, Vec<Word>)> {
    let l = line(flow, at)?;
    let words = Words::of(l).filter(|_| !ends_sentence(&l.source.text))?;
    let cells = gather(words.words.clone(), |_, b| !b.apart());
    Some((words, cells))
}

#[cfg(test)]
mod tests {
    use crate::markup::layout_text;
    use shiryo_model::MediaType;

    #[test]
    fn what_is_to_be_done_in_each_year() {
        let text = "(1) 手続の電子化\n年度  ７(2025)年度  ８(2026)年度\n取組内容  電子化 120手続（累計520手続）  電子化 150手続（累計670手続）\n          講座 40回  講座 48回\n事業費（２年間） 24,600千円\n";
        let found = layout_text(text, MediaType::Text);
        let [t] = found.tables.as_slice() else { panic!("{:?}", found.tables) };
        let cell = |r, c| t.cell_at(r, c).map_or("", |c| c.text.text.as_str());
        assert_eq!((t.n_rows, t.n_cols, t.header_rows, t.label_cols), (3, 3, 1, 1));
        assert_eq!(
            (cell(0, 1), cell(1, 0), cell(1, 1)),
            ("7(2025)年度", "取組内容", "電子化120手続(累計520手続)")
        );
        assert_eq!((cell(2, 0), cell(2, 2)), ("", "講座48回"));
    }

    #[test]
    fn years_with_figures_head_nothing() {
        let text = "参加者     令和２年度 11人    令和３年度 17人（11月末現在）\n委託料     令和２年度 1,210千円   令和３年度 1,870千円\n";
        assert!(layout_text(text, MediaType::Text).tables.is_empty());
    }

    #[test]
    fn sentences_below_years_are_no_rows() {
        let text = "年度  ７(2025)年度  ８(2026)年度\n次の年から 3か所で  始める  予定である。\n";
        assert!(layout_text(text, MediaType::Text).tables.is_empty());
    }
}
