//! Heads over several lines, read by where their words stand: which columns each word stands over.
//!
//! ```text
//!              令和４年度          令和５年度        cells set in the middle of their height leave
//! 区分                                              lines between those of others, and names that
//!           実績      目標   実績        差引      are broken over lines stand beside whole ones
//! ```
//!
//! From the lowest line up, each line's words are laid over the columns in the cheapest way: a word stands over one
//! column, or over several that have names below.

use super::body::{Shape, cell, settled};
use super::columns::Columns;
use super::heads::{Heads, names_labels};
use super::rows::Row;
use super::words::{Word, Words, gather};
use crate::markup::grid::GridCell;
use crate::prose::words::{begins_inside, closed_up};
use shiryo_model::RawText;
use std::cmp::Reverse;
use std::ops::Range;

/// Most lines that make heads together.
const MOST_LINES: usize = 6;
/// Most columns of labels.
const MOST_LABELS: usize = 3;
/// A word may stand so far beside what it names.
const REACH: i32 = 4;
/// What it may cost to lay one word.
const DEAREST: i32 = 6;
/// What it costs to begin with the first of several columns rather than stand in their middle.
const FLUSH: i32 = 2;
/// What it costs that a column with a name has none on a line further up.
const LEFT_OUT: i32 = 1;
/// What it costs that a column has but the name of another.
const REPEATED: i32 = 8;
/// What it costs to stand over columns with names of different heights, for each line.
const UNEVEN: i32 = 4;

/// Where the words of a column stand on average: first place and place after the last.
type Place = (i32, i32);

/// A word over columns.
#[derive(Clone)]
struct Over {
    columns: Range<usize>,
    words: RawText,
    /// Whether a word of its line stands over several columns: a level of its own.
    level: bool,
}

/// The heads that lines make (the nearest first) for rows of a shape, where they take more than one line.
pub(super) fn standing(
    lines: &[Words],
    rows: &[Row],
    shape: Shape,
    columns: impl Fn(Shape) -> Vec<Columns>,
) -> Option<Heads> {
    // Where one blank stands between all words, they stand nowhere.
    let kept = rows.iter().filter(|r| r.line.words.iter().skip(1).any(Word::apart)).count();
    if lines.len() < 2 || shape.lead == 0 || kept * 2 < rows.len() {
        return None;
    }
    // 区分 主な取組 over rows of which few have the first of the two labels.
    let shapes = (shape.lead..=MOST_LABELS.max(shape.lead)).map(|lead| Shape { lead, ..shape });
    let whole: Vec<Words> = lines.iter().map(gathered).collect();
    let ways = || (0..8).map(|bits: u8| [0, 1, 2].map(|bit| bits & (1 << bit) != 0));
    let laid = shapes.flat_map(|shape| {
        let full = full_rows(rows, shape);
        let bare: Vec<Laying> = (0..2).filter_map(|measure| Laying::of(&full, shape, measure)).collect();
        let whole = &whole;
        ways().flat_map(move |[lowest, strict, gather]| {
            let lines = if gather { whole } else { lines };
            let lay = |bare: &Laying| Laying { lowest, strict, ..bare.clone() }.lay(lines);
            bare.iter().filter_map(lay).collect::<Vec<_>>()
        })
    });
    let best = laid.min_by_key(|l| (Reverse(l.lines), l.cost))?;
    let columns = columns(best.shape).into_iter().next();
    Some(Heads { columns, ..best.heads()? })
}

/// The rows that have a word in each column of a shape.
fn full_rows(rows: &[Row], shape: Shape) -> Vec<Words> {
    let settled = rows.iter().map(|r| settled(&r.line, shape));
    settled.filter(|w| w.words.len() == shape.columns() && w.lead() == shape.lead).collect()
}

/// A line whose words that stand one blank apart are one where wider white space parts the others.
fn gathered(line: &Words) -> Words {
    let words = line.words.clone();
    let words = if line.is_apart() { gather(words, |_, b| !b.apart()) } else { words };
    Words { words, ..line.clone() }
}

/// Words laid over columns, line after line.
#[derive(Clone)]
struct Laying {
    shape: Shape,
    measure: usize,
    /// Whether lines stand over the lowest names, or over the figures: extracts press full lines together.
    lowest: bool,
    /// Whether a line has something over every column that has but the name of another.
    strict: bool,
    places: Vec<Place>,
    /// The lowest words over each column.
    names: Vec<String>,
    /// How many lines of it.
    depth: Vec<usize>,
    /// The lowest first.
    over: Vec<Over>,
    /// Lines taken, and what they cost.
    lines: usize,
    cost: i32,
}

impl Laying {
    /// Columns without heads: their means over the rows that have a word in each.
    fn of(rows: &[Words], shape: Shape, measure: usize) -> Option<Self> {
        let n = shape.columns();
        let count = i32::try_from(rows.len()).ok().filter(|c| *c > 0)?;
        let mean = |c: usize| {
            let place = |w: &Words| w.words.get(c).and_then(|w| place(w, measure));
            let (a, b) = rows.iter().filter_map(place).fold((0, 0), |s, e| (s.0 + e.0, s.1 + e.1));
            (a / count, b / count)
        };
        Some(Self {
            shape,
            measure,
            lowest: false,
            strict: false,
            places: (0..n).map(mean).collect(),
            names: vec![String::new(); n],
            depth: vec![0; n],
            over: Vec::new(),
            lines: 0,
            cost: 0,
        })
    }

    /// Lays lines, the nearest first; `None` where they do not make heads of more than one line.
    fn lay(mut self, lines: &[Words]) -> Option<Self> {
        let mut kept = 0;
        for (i, line) in lines.iter().take(MOST_LINES).enumerate() {
            let Some((cost, spans)) = self.counted(line).or_else(|| self.spans(line)) else { break };
            if !spans.iter().all(|s| self.over.iter().all(|o| nests(&o.columns, s))) {
                break;
            }
            // A line over the labels alone names them only where heads stand above it too, or its words do so.
            let labels = spans.iter().all(|s| s.end <= self.shape.lead);
            // （千円） below 構成市町負担金 goes with it.
            if labels && i == 0 && !line.is_remark() {
                // 〔活動指標〕: a title of rows.
                return None;
            }
            let corner = line.words.iter().any(|w| names_labels(&w.text));
            self.cost += cost;
            let level = spans.iter().any(|s| s.len() > 1 && s.end > self.shape.lead);
            for (span, word) in spans.into_iter().zip(&line.words) {
                self.put(span, line, word, level);
            }
            if !labels || corner {
                (self.lines, kept) = (i + 1, self.over.len());
            }
        }
        self.over.truncate(kept);
        let named = |c: usize| self.over.iter().any(|o| o.columns == (c..c + 1));
        let all = (self.shape.lead..self.shape.columns()).all(named);
        // Where a line right above could not be laid, neither were those below it.
        let unread = lines.get(self.lines).is_some_and(|l| l.words.len() > 1 && l.is_apart());
        self.cost += self.repeated() * REPEATED;
        (self.lines > 1 && all && !unread).then_some(self)
    }

    /// How many columns of figures have one name, and that is the lowest one of another.
    fn repeated(&self) -> i32 {
        let lowest = |c: usize| self.names.get(c);
        let alone = |c: usize| self.over.iter().filter(|o| o.columns.contains(&c)).count() == 1;
        let figures = || self.shape.lead..self.shape.columns();
        let again = |c: &usize| alone(*c) && figures().any(|o| o != *c && lowest(o) == lowest(*c));
        i32::try_from(figures().filter(again).count()).unwrap_or(i32::MAX / REPEATED)
    }

    fn put(&mut self, span: Range<usize>, line: &Words, word: &Word, level: bool) {
        if self.lowest
            && span.len() == 1
            && let Some((old, own)) = self.places.get_mut(span.start).zip(place(word, self.measure))
        {
            *old = own;
        }
        for c in span.clone() {
            if let Some(name) = self.names.get_mut(c).filter(|n| n.is_empty()) {
                *name = closed_up(&word.text);
            }
            if let Some(depth) = self.depth.get_mut(c) {
                *depth += 1;
            }
        }
        self.over.push(Over { columns: span, words: vec![line.source(word)], level });
    }

    /// A line with a word for each column of figures, the first of its kind: their number tells which is which.
    fn counted(&self, line: &Words) -> Option<(i32, Vec<Range<usize>>)> {
        let (lead, n) = (self.shape.lead, self.shape.columns());
        let named = self.depth.iter().skip(lead).all(|d| *d > 0);
        let label = line.words.first().is_some_and(|w| names_labels(&w.text));
        let from = if line.words.len() == n { 0 } else { lead };
        let first = line.words.first().and_then(|w| place(w, self.measure))?;
        let before = self.places.get(lead).is_some_and(|figures| first.1 <= figures.0 + REACH);
        if from == 0 && !before {
            return None;
        }
        let whole = line.words.len() + from == n && (from == 0 || !label) && n > lead + 1;
        (whole && !named).then(|| (0, (from..n).map(|c| c..c + 1).collect()))
    }

    /// The columns that each word of a line stands over, and what that costs; `None` where one stands over none.
    fn spans(&self, line: &Words) -> Option<(i32, Vec<Range<usize>>)> {
        let n = self.places.len();
        let words: Vec<Place> = line.words.iter().map(|w| place(w, self.measure)).collect::<Option<_>>()?;
        // best[j][i]: what the first j words over the first i columns cost, and where the last of them begins.
        let mut best: Vec<Vec<Option<(i32, usize)>>> = vec![vec![None; n + 1]; words.len() + 1];
        for j in 0..=words.len() {
            for i in 0..=n {
                let at = |j: usize, i: usize| best.get(j).and_then(|b| b.get(i)).copied().flatten();
                let start = (i == 0 && j == 0).then_some((0, 0));
                let skipped = i.checked_sub(1).and_then(|c| Some((at(j, c)?.0 + self.left_out(c), i)));
                let over = j.checked_sub(1).and_then(|before| {
                    let word = *words.get(before)?;
                    let from = |c: usize| Some((at(before, c)?.0 + self.cost_over(word, c..i)?, c));
                    (0..i).filter_map(from).min_by_key(|f| f.0)
                });
                let found = [start, skipped, over].into_iter().flatten().min_by_key(|f| f.0);
                *best.get_mut(j)?.get_mut(i)? = found;
            }
        }
        let (total, _) = best.get(words.len())?.get(n).copied().flatten()?;
        let mut spans = Vec::new();
        let (mut j, mut i) = (words.len(), n);
        while j > 0 {
            let (_, from) = best.get(j)?.get(i).copied().flatten()?;
            if from == i {
                i = i.checked_sub(1)?;
            } else {
                spans.push(from..i);
                (j, i) = (j - 1, from);
            }
        }
        spans.reverse();
        Some((total, spans))
    }

    /// What it costs that a line has nothing over a column.
    fn left_out(&self, c: usize) -> i32 {
        let Some(name) = self.names.get(c).filter(|n| c >= self.shape.lead && !n.is_empty()) else {
            return 0;
        };
        let repeated = self.names.iter().filter(|n| *n == name).count() > 1 && self.depth.get(c) == Some(&1);
        if self.strict && repeated { REPEATED } else { LEFT_OUT }
    }

    /// What it costs that a word stands over columns; `None` where it cannot.
    fn cost_over(&self, word: Place, columns: Range<usize>) -> Option<i32> {
        let own = self.places.get(columns.clone())?;
        let (left, right) = (own.first()?.0, own.last()?.1);
        let labels = columns.end <= self.shape.lead;
        if columns.start < self.shape.lead && !labels {
            return None;
        }
        let shared = |c: &Place| (word.1.min(c.1) - word.0.max(c.0)).max(0);
        let others = self.places.iter().enumerate().filter(|(c, _)| !columns.contains(c));
        let outside: i32 = others.map(|(_, c)| shared(c)).sum();
        let middle = (word.0 + word.1 - left - right).abs() / 2;
        let aside = if columns.len() == 1 {
            let within = left >= word.0 && right <= word.1 || left <= word.0 && right >= word.1;
            let edges = middle.min((word.0 - left).abs()).min((word.1 - right).abs());
            if within { edges.min(1) } else { edges }
        } else {
            let uneven = if labels { 0 } else { self.uneven(columns)? };
            // Flush left with the first of the names.
            let flush = if self.lowest { (word.0 - left).abs() + FLUSH } else { i32::MAX };
            middle.min(flush) + uneven
        };
        if labels {
            // What stands before the figures is a label's, wherever in its column.
            let figures = self.places.get(self.shape.lead)?.0;
            let alone = self.shape.lead == 1;
            return (word.1 <= figures).then_some(if alone { 0 } else { (aside + outside).min(DEAREST) });
        }
        // What begins over the labels is a caption.
        let label = self.shape.lead.checked_sub(1).and_then(|c| self.places.get(c))?;
        let near = word.0 >= label.1 && word.0 < right + REACH && word.1 > left - REACH;
        (near && aside + outside <= DEAREST).then_some(aside + outside)
    }

    /// What it costs to stand over several columns: only what has a name of its own can stand below another.
    fn uneven(&self, columns: Range<usize>) -> Option<i32> {
        let (names, depth) = (self.names.get(columns.clone())?, self.depth.get(columns)?);
        let (least, most) = (depth.iter().min()?, depth.iter().max()?);
        let differ = names.iter().enumerate().all(|(i, n)| !names.iter().skip(i + 1).any(|m| m == n));
        let lines = i32::try_from(most - least).ok()?;
        (*least > 0 && differ).then_some(lines * UNEVEN)
    }

    /// Rows of heads: the words over a column from top to bottom, those over the same columns in one cell.
    fn heads(self) -> Option<Heads> {
        let (lead, n) = (self.shape.lead, self.shape.columns());
        let mut stacks: Vec<Vec<(Range<usize>, RawText, bool)>> = vec![Vec::new(); n];
        let mut named = false;
        for over in self.over.into_iter().rev() {
            named |= over.columns.start < lead;
            for c in over.columns.clone() {
                let stack = stacks.get_mut(c)?;
                let label = c < lead;
                let inside = over.words.first().is_some_and(|w| begins_inside(&w.text));
                match stack.last_mut() {
                    Some((columns, words, level))
                        if label || *columns == over.columns && (!*level || inside) =>
                    {
                        words.extend(over.words.clone());
                        *level = over.level;
                    }
                    _ => {
                        let columns = if label { c..c + 1 } else { over.columns.clone() };
                        stack.push((columns, over.words.clone(), over.level));
                    }
                }
            }
        }
        let height = stacks.iter().map(Vec::len).max()?;
        let mut rows: Vec<Vec<GridCell>> = vec![Vec::new(); height];
        for (c, stack) in stacks.iter().enumerate() {
            for (level, (columns, words, _)) in stack.iter().enumerate() {
                // What stands over several columns is at one height over all of them.
                let same =
                    |c: usize| stacks.get(c).and_then(|s| s.get(level)).is_some_and(|s| s.0 == *columns);
                if !columns.clone().all(same) {
                    return None;
                }
                if columns.start == c {
                    let down = if level + 1 == stack.len() { height - level } else { 1 };
                    let span = (u32::try_from(down).ok()?, u32::try_from(columns.len()).ok()?);
                    rows.get_mut(level)?.push(cell(words.clone(), span));
                }
            }
            if stack.is_empty() {
                rows.first_mut()?.push(cell(Vec::new(), (u32::try_from(height).ok()?, 1)));
            }
        }
        Some(Heads { rows, lines: self.lines, shape: self.shape, named, columns: None })
    }
}

fn place(word: &Word, measure: usize) -> Option<Place> {
    let (a, b) = word.extent.get(measure)?;
    Some((i32::try_from(*a).ok()?, i32::try_from(*b).ok()?))
}

/// Whether words over `upper` columns can stand above those over `lower`.
fn nests(lower: &Range<usize>, upper: &Range<usize>) -> bool {
    let apart = lower.end <= upper.start || upper.end <= lower.start;
    apart || lower.start >= upper.start && lower.end <= upper.end
}

#[cfg(test)]
mod tests {
    use crate::markup::layout_text;
    use shiryo_model::{MediaType, Table};

    fn table(text: &str) -> Table {
        let mut content = layout_text(text, MediaType::Text);
        assert_eq!(content.tables.len(), 1, "{text}");
        content.tables.remove(0)
    }

    /// Words of the heads over column `c`, from top to bottom, each once.
    fn over(t: &Table, c: u32) -> Vec<&str> {
        let mut words: Vec<&str> =
            (0..t.header_rows).filter_map(|r| t.cell_at(r, c)).map(|c| c.text.text.as_str()).collect();
        words.dedup();
        words
    }

    #[test]
    fn a_corner_set_in_the_middle_stands_between_the_lines() {
        let t = table(
            "             表１ 節約額の状況（単位：万円）\n                   令和２年度      令和３年度              令和４年度\n       項目\n                     実績        実績         計画      実績       差引\n印刷の見直し              14,820     16,930   17,800 21,460     3,660\n 会議の見直し              8,100      8,640    8,900 9,250        350\n広告の掲載               5,410      7,020    7,200 10,930     3,730\n",
        );
        assert_eq!((t.header_rows, t.n_cols, t.n_rows), (2, 6, 5));
        assert_eq!((over(&t, 0), over(&t, 1)), (vec!["項目"], vec!["令和2年度", "実績"]));
        assert_eq!((over(&t, 3), over(&t, 5)), (vec!["令和4年度", "計画"], vec!["令和4年度", "差引"]));
        assert_eq!(t.caption.text, "表1 節約額の状況(単位:万円)");
    }

    #[test]
    fn names_broken_over_lines_beside_groups() {
        let t = table(
            "（単位：千円）\n\n区分      主な取組    令和３年度     令和４年度               令和７年度\n                実績        目標        実績        目標（累\n                                              計）\n収入の増加   納付の督促   121,300   130,000   138,450   700,000\n        寄附の募集   98,720    150,000   142,910   800,000\n支出の削減   定数の管理   152,400   160,000   161,280   800,000\n        委託の見直し  55,810    50,000    48,600    250,000\n",
        );
        assert_eq!((t.label_cols, t.n_cols), (2, 6));
        assert_eq!((over(&t, 0), over(&t, 1)), (vec!["区分"], vec!["主な取組"]));
        assert_eq!((over(&t, 3), over(&t, 4)), (vec!["令和4年度", "目標"], vec!["令和4年度", "実績"]));
        assert_eq!(over(&t, 5), ["令和7年度", "目標(累計)"]);
        assert_eq!(t.cell_at(3, 0).map(|c| c.text.text.as_str()), Some("収入の増加"));
    }

    #[test]
    fn names_that_repeat_stand_below_names_of_their_own() {
        let t = table(
            "               乗車人員（人）           収支率（％）         １便当たり\n  路線                                           乗車人員（人）\n        Ｒ３年度 Ｒ４年度 増減 Ｒ３年度 Ｒ４年度                   Ｒ４年度\n東ルート      41,226    43,908 2,682  31.2  32.9             6.1\n西ルート      28,740    27,915 ▲825   24.8  23.6             4.3\n中央循環      63,057    69,341 6,284  45.5  48.1             9.8\n",
        );
        assert_eq!((t.n_cols, t.n_rows), (7, 5));
        assert_eq!((over(&t, 1), over(&t, 4)), (vec!["乗車人員(人)", "R3年度"], vec!["収支率(%)", "R3年度"]));
        assert_eq!(over(&t, 5), ["収支率(%)", "R4年度"]);
    }

    #[test]
    fn captions_and_titles_of_rows_are_no_heads() {
        let t = table(
            "２　制度の認知\n\n      年代別「知っている」の割合\n               16～29歳  30代   40代   50代   60代   70歳以上\n      R5       43.1%    58.6%  52.0%  37.5%  26.8%   9.7%\n      R2       18.4%    25.3%  21.9%  14.0%   7.2%   1.8%\n",
        );
        assert_eq!((t.header_rows, t.caption.text.as_str()), (1, "年代別「知っている」の割合"));
        let t = table(
            "                    令和5年度                令和6年度\n                  （7月～3月）            （4月～12月）       前年同期比\n初回              1,106件                   734件\n２回目以降        5,482件                 6,190件\n 計               6,588件                 6,924件            －\n",
        );
        assert_eq!(over(&t, 2).concat(), "令和6年度(4月～12月)");
    }
}
