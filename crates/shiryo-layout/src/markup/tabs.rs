//! Tables whose cells are told apart by tabs or pipes.

use super::cells::parse_cell;
use super::grid::{Grid, GridCell, is_value};
use super::inline::{Token, Tokens};
use crate::prose::marker::leading_marker;
use shiryo_model::TableMethod;

/// A line of the source: its number and its text.
pub(crate) type Numbered<'a> = (u32, &'a str);

/// A cell that spans lines spans at most so many.
const LONGEST_CELL: usize = 60;

/// A run of lines looked through: the table it makes, if it makes one, and the first line after it.
pub(crate) type Looked = (Option<Grid>, usize);

/// The tab-separated table that begins at `at`; `None` when no such lines begin there.
pub(crate) fn tab_table(lines: &[Numbered<'_>], at: usize) -> Option<Looked> {
    if !lines.get(at)?.1.contains('\t') {
        return None;
    }
    let mut rows: Vec<Vec<GridCell>> = Vec::new();
    let mut end = at;
    let mut next = at;
    let mut width = 0;
    if let Some((head, after)) = broken_head(lines, at) {
        width = head.len();
        rows.push(head);
        (end, next) = (after, after);
    }
    while let Some((no, text)) = lines.get(next) {
        if text.trim().is_empty() {
            // A blank line inside (extracts double their spacing) is passed when the same shape goes on.
            let same = tabs_at(lines, next + 1).is_some_and(|tabs| tabs + 1 == width);
            if next != end || width < 3 || !(same || group_over(lines, next + 1, width).is_some()) {
                break;
            }
            next += 1;
            continue;
        }
        if !text.contains('\t') {
            // 〔窓口〕 between rows of one shape: the group of those below it.
            let Some(below) = group_over(lines, next, width) else { break };
            let span = (1, u32::try_from(width).unwrap_or(1));
            rows.push(vec![GridCell { span, ..parse_cell([(text.trim(), *no)]) }]);
            (end, next) = (below, below);
            continue;
        }
        let (mut row, mut after) = broken_row(lines, next, width).unwrap_or_else(|| row_at(lines, next));
        width = row.len();
        if let Some((no, remark)) = remark_below(lines, after, width)
            && let Some(last) = row.last_mut()
        {
            last.parts.extend(parse_cell([(remark, no)]).parts);
            after += 1;
        }
        rows.push(row);
        end = after;
        next = after;
    }
    if lacks_corner(&rows) {
        rows.iter_mut().take(1).for_each(|head| head.insert(0, GridCell::default()));
    }
    let words = |r: &Vec<GridCell>| r.iter().filter(|c| !c.is_blank()).count();
    let filled: usize = rows.iter().map(words).sum();
    let columns = rows.iter().filter_map(|r| r.iter().rposition(|c| !c.is_blank())).max().unwrap_or(0) + 1;
    let enough = rows.iter().any(|r| words(r) >= 2)
        && filled >= 3
        && columns >= 2
        && (rows.len() >= 2 || columns >= 3 && holds_figure(&rows));
    if !enough || (columns == 2 && is_enumeration(&rows)) {
        return Some((None, end));
    }
    let first = lines.get(at)?.0;
    let last = lines.get(end.checked_sub(1)?)?.0;
    let grid = Grid {
        rows,
        known_headers: None,
        line_range: (first, last),
        method: TableMethod::Delimited,
        confidence: 0.95,
        infer_spans: true,
    };
    Some((Some(grid), end))
}

/// Whether a cell holds a figure: one row without any is a line set with tabs (取組１ 窓口の改善 総務課).
fn holds_figure(rows: &[Vec<GridCell>]) -> bool {
    rows.iter().flatten().any(|c| is_value(&c.words()))
}

/// Tabs of a line, if there is such a line.
fn tabs_at(lines: &[Numbered<'_>], at: usize) -> Option<usize> {
    lines.get(at).map(|l| l.1.matches('\t').count())
}

/// Where a line in brackets stands alone between rows of `width` cells: the row below it.
fn group_over(lines: &[Numbered<'_>], at: usize, width: usize) -> Option<usize> {
    const LONGEST: usize = 24;
    let text = lines.get(at)?.1.trim();
    let closed = text.starts_with(['〔', '【', '＜', '<', '[', '［'])
        && text.ends_with(['〕', '】', '＞', '>', ']', '］']);
    let below = (at + 1..=at + 2).find(|i| lines.get(*i).is_some_and(|l| !l.1.trim().is_empty()))?;
    // Heads below it begin another table.
    let figures = lines.get(below)?.1.split('\t').skip(1).any(is_value);
    let goes_on = width >= 3 && tabs_at(lines, below) == Some(width - 1) && figures;
    (closed && goes_on && text.chars().count() <= LONGEST).then_some(below)
}

/// （見込み） on a line of its own below the last head of a row: the rest of that head.
fn remark_below<'a>(lines: &[Numbered<'a>], at: usize, width: usize) -> Option<Numbered<'a>> {
    const LONGEST: usize = 12;
    let (no, text) = *lines.get(at)?;
    let text = text.trim();
    let remark =
        text.starts_with(['（', '(']) && text.ends_with(['）', ')']) && text.chars().count() <= LONGEST;
    let goes_on = width >= 3 && tabs_at(lines, at + 1) == Some(width - 1);
    (remark && goes_on).then_some((no, text))
}

/// Whether the first row has a cell less than all others, of which it names every column but that of their names:
/// the blank corner is lost.
fn lacks_corner(rows: &[Vec<GridCell>]) -> bool {
    let Some((head, body)) = rows.split_first() else { return false };
    let figure = |c: &GridCell| is_value(&c.words());
    let wide = head.len() + 1;
    let row = |r: &Vec<GridCell>| {
        let [name, figures @ ..] = r.as_slice() else { return false };
        r.len() == wide && !name.is_blank() && !figure(name) && figures.iter().all(figure)
    };
    let named = |c: &GridCell| !c.is_blank() && !figure(c);
    let full: Vec<_> = body.iter().filter(|r| r.len() > 1).collect();
    head.len() >= 2 && head.iter().all(named) && !full.is_empty() && full.iter().all(|r| row(r))
}

/// Most lines over which the cells of a head are broken.
const MOST_HEAD_LINES: usize = 16;

/// A head whose cells hold line breaks: lines with fewer tabs, which together have as many as each of the rows below.
fn broken_head(lines: &[Numbered<'_>], at: usize) -> Option<(Vec<GridCell>, usize)> {
    let first = tabs_at(lines, at)?;
    let rows = (at + 1..at + MOST_HEAD_LINES).find(|i| {
        tabs_at(lines, *i).is_some_and(|t| t >= 2 && t > first && tabs_at(lines, i + 1) == Some(t))
    })?;
    let own = lines.get(at..rows)?;
    let sum: usize = own.iter().map(|l| l.1.matches('\t').count()).sum();
    if own.len() < 2 || Some(sum) != tabs_at(lines, rows) || own.iter().any(|l| l.1.trim().is_empty()) {
        return None;
    }
    // Quotes and paragraphs hold such breaks together in another way.
    if own.iter().any(|l| l.1.contains(['"', '<'])) {
        return None;
    }
    Some((cells_over(own), rows))
}

/// A row of `width` cells that hold line breaks: its lines, some without tabs, have as many tabs as the rows before.
fn broken_row(lines: &[Numbered<'_>], at: usize, width: usize) -> Option<(Vec<GridCell>, usize)> {
    let tabs = |l: &Numbered<'_>| l.1.matches('\t').count();
    let wanted = width.checked_sub(1).filter(|w| *w >= 2)?;
    let (mut sum, mut plain, mut count) = (0, false, 0);
    for l in lines.get(at..)?.iter().take(MOST_HEAD_LINES) {
        if l.1.trim().is_empty() || l.1.contains(['"', '<']) || sum + tabs(l) > wanted {
            return None;
        }
        sum += tabs(l);
        plain |= count > 0 && tabs(l) == 0;
        count += 1;
        if sum == wanted {
            break;
        }
    }
    // Two short rows would have tabs in each of their lines.
    let own = lines.get(at..at + count).filter(|own| plain && sum == wanted && own.len() >= 2)?;
    Some((cells_over(own), at + count))
}

/// The cells of lines of one row: a line break stands inside a cell.
fn cells_over(lines: &[Numbered<'_>]) -> Vec<GridCell> {
    let mut cells: Vec<Vec<(&str, u32)>> = Vec::new();
    for (no, text) in lines {
        for (i, piece) in text.split('\t').enumerate() {
            match cells.last_mut() {
                Some(open) if i == 0 => open.push((piece, *no)),
                _ => cells.push(vec![(piece, *no)]),
            }
        }
    }
    cells.into_iter().map(parse_cell).collect()
}

/// Whether the first column holds nothing but enumerators (or indentation): headings set with tabs.
fn is_enumeration(rows: &[Vec<GridCell>]) -> bool {
    rows.iter().all(|r| {
        let first = r.first().map(GridCell::words).unwrap_or_default();
        first.is_empty()
            || leading_marker(&format!("{first} 語")).is_some_and(|m| m.text.len() >= first.trim().len())
    })
}

/// One row: cells that leave a quote, `<p>` or list open go on over the next lines.
fn row_at(lines: &[Numbered<'_>], at: usize) -> (Vec<GridCell>, usize) {
    let mut row = Vec::new();
    let mut next = at + 1;
    let Some((no, text)) = lines.get(at).copied() else { return (row, next) };
    let mut rest: Vec<Numbered<'_>> = text.split('\t').map(|c| (no, c)).rev().collect();
    while let Some((no, cell)) = rest.pop() {
        let mut pieces = vec![(cell, no)];
        let quoted = cell.starts_with('"') && cell.matches('"').count() % 2 == 1;
        let mut quotes = cell.matches('"').count();
        let mut depth = open_elements(cell);
        let start = next;
        while rest.is_empty() && (depth > 0 || (quoted && quotes % 2 == 1)) && pieces.len() < LONGEST_CELL {
            let Some((no, line)) = lines.get(next).copied() else { break };
            let mut cells = line.split('\t');
            let head = cells.next().unwrap_or("");
            pieces.push((head, no));
            quotes += head.matches('"').count();
            depth += open_elements(head);
            let mut tail: Vec<_> = cells.map(|c| (no, c)).collect();
            tail.reverse();
            rest = tail;
            next += 1;
        }
        let unclosed = depth > 0 || (quoted && quotes % 2 == 1);
        if unclosed && pieces.len() > 1 && rest.is_empty() {
            // Never closed: the cell is its first line after all.
            pieces.truncate(1);
            next = start;
        }
        row.push(parse_cell(unquoted(pieces, quoted && !unclosed)));
    }
    (row, next)
}

/// Paragraphs and lists opened and not closed in a piece of a cell (negative when closed more than opened).
fn open_elements(s: &str) -> i32 {
    if !s.contains('<') {
        return 0;
    }
    let holds = |n: &str| matches!(n, "p" | "ul" | "ol" | "div");
    Tokens::new(s)
        .map(|t| match t {
            Token::Open(n, _) if holds(&n) => 1,
            Token::Close(n) if holds(&n) => -1,
            _ => 0,
        })
        .sum()
}

fn unquoted(pieces: Vec<(&str, u32)>, quoted: bool) -> Vec<(&str, u32)> {
    if !quoted {
        return pieces;
    }
    let last = pieces.len().saturating_sub(1);
    pieces
        .into_iter()
        .enumerate()
        .map(|(i, (s, no))| {
            let s = if i == 0 { s.strip_prefix('"').unwrap_or(s) } else { s };
            (if i == last { s.strip_suffix('"').unwrap_or(s) } else { s }, no)
        })
        .collect()
}

/// The Markdown table that begins at `at`, or lines parted by bars in the same number; `None` when no such lines
/// begin there.
pub(crate) fn pipe_table(lines: &[Numbered<'_>], at: usize) -> Option<Looked> {
    let first = lines.get(at)?;
    if !first.1.contains(is_bar) {
        return None;
    }
    let second = lines.get(at + 1)?.1;
    let ruled = is_pipe_rule(second);
    let framed = |s: &str| s.trim().starts_with(is_bar) && s.trim().ends_with(is_bar) && s.trim().len() > 2;
    let frames = framed(first.1) && framed(second);
    if !ruled && !frames {
        return barred_table(lines, at);
    }
    let mut rows = Vec::new();
    let mut end = at;
    for (no, text) in lines.get(at..)? {
        let in_table = if ruled { text.contains(is_bar) } else { framed(text) };
        if !in_table || text.trim().is_empty() {
            break;
        }
        if !is_pipe_rule(text) {
            rows.push(pipe_cells(text).iter().map(|c| parse_cell([(c.as_str(), *no)])).collect());
        }
        end += 1;
    }
    let grid = Grid {
        rows,
        known_headers: ruled.then_some(1),
        line_range: (first.0, lines.get(end.checked_sub(1)?)?.0),
        method: TableMethod::Html,
        confidence: 0.98,
        infer_spans: true,
    };
    Some((Some(grid), end))
}

/// Lines with as many bars each, without frame or rule; a blank line between them is passed.
fn barred_table(lines: &[Numbered<'_>], at: usize) -> Option<Looked> {
    let bars = |s: &str| pipe_cells(s).len() - 1;
    let count = bars(lines.get(at)?.1);
    let mut rows = Vec::new();
    let (mut end, mut next) = (at, at);
    while let Some((no, text)) = lines.get(next) {
        next += 1;
        if text.trim().is_empty() && next == end + 1 && next > at + 1 {
            continue;
        }
        if !is_pipe_rule(text) {
            if text.trim().is_empty() || bars(text) != count {
                break;
            }
            rows.push(pipe_cells(text).iter().map(|c| parse_cell([(c.as_str(), *no)])).collect());
        }
        end = next;
    }
    // One bar may be punctuation; two lines of it even more so.
    if rows.len() < 2 || (count < 2 && rows.len() < 3) {
        return Some((None, end.max(at + 1)));
    }
    let grid = Grid {
        rows,
        known_headers: None,
        line_range: (lines.get(at)?.0, lines.get(end.checked_sub(1)?)?.0),
        method: TableMethod::Delimited,
        confidence: 0.9,
        infer_spans: true,
    };
    Some((Some(grid), end))
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜' | '│' | '┃')
}

/// `| --- | :-: |`.
fn is_pipe_rule(s: &str) -> bool {
    s.contains(['-', '─', '━'])
        && s.contains(|c: char| is_bar(c) || matches!(c, '+' | '┼' | '╋'))
        && s.chars().all(|c| is_bar(c) || "-: \t─━+┼╋".contains(c))
}

/// Cells of a Markdown row; `\|` is no border.
fn pipe_cells(s: &str) -> Vec<String> {
    let s = s.trim();
    let s = s.strip_prefix(is_bar).unwrap_or(s);
    let s = if s.ends_with("\\|") { s } else { s.strip_suffix(is_bar).unwrap_or(s) };
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in s.chars() {
        if is_bar(c) && !escaped {
            cells.push(String::new());
        } else if let Some(last) = cells.last_mut() {
            last.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::super::grid::table_of;
    use super::*;

    fn numbered(text: &str) -> Vec<Numbered<'_>> {
        (1u32..).zip(text.split('\n')).collect()
    }

    #[test]
    fn ragged_rows_and_cells_over_several_lines() {
        let text = "項目\t数\t備考\n講座\t3回\n相談\t\"2回\n増\"\t<p>毎月\n第1週</p>\n後の文";
        let lines = numbered(text);
        let (grid, end) = tab_table(&lines, 0).unwrap();
        let grid = grid.unwrap();
        assert_eq!(end, 5);
        let t = table_of(grid).unwrap();
        assert_eq!((t.n_rows, t.n_cols, t.header_rows), (3, 3, 1));
        assert_eq!(t.cell_at(2, 1).unwrap().text.raw, "2回\n増");
        assert_eq!(t.cell_at(2, 2).unwrap().text.raw, "毎月\n第1週");
        assert_eq!(t.line_range, Some((1, 5)));
    }

    #[test]
    fn heads_with_line_breaks_in_their_cells() {
        let lines = numbered(
            "指標\t基準値\n（４年度）\t６年度\n実績\t目標値\n（８年度）\n手続数\t214\t587\t950\n利用率\t9.8\t27.3\t50\n本文",
        );
        let (grid, end) = tab_table(&lines, 0).unwrap();
        let t = table_of(grid.unwrap()).unwrap();
        assert_eq!((t.n_rows, t.n_cols, t.header_rows, end), (3, 4, 1, 6));
        assert_eq!(t.cell_at(0, 1).unwrap().text.text, "基準値(4年度)");
        assert_eq!(t.cell_at(0, 3).unwrap().text.text, "目標値(8年度)");
    }

    #[test]
    fn rows_with_line_breaks_in_their_cells() {
        let lines =
            numbered("事業\t内容\t回数\n講座\t初級\t12回\n相談\t窓口で\n受け\n付ける\t30回\n見学\t施設\t4回");
        let (grid, end) = tab_table(&lines, 0).unwrap();
        let t = table_of(grid.unwrap()).unwrap();
        assert_eq!((t.n_rows, end), (4, 6));
        assert_eq!(t.cell_at(2, 1).unwrap().text.text, "窓口で受け付ける");
        assert_eq!(t.cell_at(2, 2).unwrap().text.text, "30回");
    }

    #[test]
    fn tabbed_headings_are_no_table() {
        let lines = numbered("１\t概要\n２\t経過");
        assert!(tab_table(&lines, 0).is_none_or(|t| t.0.is_none()));
    }

    #[test]
    fn lines_parted_by_bars() {
        let lines = numbered(
            "類型 | 平成28年度 | 令和４年度\n学校 | 128,400㎡ | 121,900㎡\n\n住宅 |  | 31,044㎡\n\n本文 | 続く",
        );
        let (grid, end) = pipe_table(&lines, 0).unwrap();
        let t = table_of(grid.unwrap()).unwrap();
        assert_eq!((t.n_rows, t.n_cols, t.header_rows, end), (3, 3, 1, 4));
        assert_eq!(t.cell_at(2, 2).unwrap().text.text, "31,044m2");
        let lines = numbered("前へ | 次へ\n本文");
        assert!(pipe_table(&lines, 0).is_none_or(|t| t.0.is_none()));
    }

    #[test]
    fn markdown_table() {
        let lines = numbered("|所管|件数|\n|---|--:|\n|窓口課|1,200|\n| a\\|b | 3 |\n\n本文");
        let (grid, end) = pipe_table(&lines, 0).unwrap();
        let grid = grid.unwrap();
        assert_eq!(end, 4);
        let t = table_of(grid).unwrap();
        assert_eq!((t.n_rows, t.header_rows), (3, 1));
        assert_eq!(t.cell_at(2, 0).unwrap().text.text, "a|b");
    }

    fn grid_of(text: &str) -> Vec<Vec<String>> {
        let (grid, _) = tab_table(&numbered(text), 0).unwrap();
        grid.map_or_else(Vec::new, |g| {
            g.rows.iter().map(|r| r.iter().map(GridCell::words).collect()).collect()
        })
    }

    #[test]
    fn heads_without_a_corner_stand_over_the_figures() {
        let rows = grid_of(
            "４～６月\t７～９月\t10～12月\n令和４年度\t120件\t98件\t77件\n令和５年度\t131件\t104件\t90件\n",
        );
        assert_eq!(rows[0], ["", "４～６月", "７～９月", "10～12月"]);
        // 備考 without a head of its own, or a head with 区分, stays as it is.
        let rows = grid_of("区分\t回数\n講座\t3回\t毎月\n相談\t2回\t随時\n");
        assert_eq!(rows[0], ["区分", "回数"]);
    }

    #[test]
    fn remarks_below_the_last_head_and_groups_between_rows_belong_to_the_table() {
        let rows = grid_of("\t令和３年度\t令和４年度\n（見込み）\n世帯数\t90\t80\n人数\t210\t190\n");
        assert_eq!((rows.len(), rows[0][2].as_str()), (3, "令和４年度（見込み）"));
        let rows = grid_of("指標\tR4\tR5\n\n開催数\t3\t4\n\n〔窓口〕\n\n件数\t20\t30\n\n時間\t5\t4\n");
        assert_eq!((rows.len(), rows[2][0].as_str(), rows[3][0].as_str()), (5, "〔窓口〕", "件数"));
    }

    #[test]
    fn one_row_of_words_is_no_table() {
        assert!(grid_of("取組２\t申請の電子化\t情報課\n\n本文").is_empty());
        assert_eq!(grid_of("受付件数\t120件\t140件\n\n本文").len(), 1);
    }
}
