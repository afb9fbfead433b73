//! The lines above spaced rows that name their columns.

use super::body::{Shape, cell, row_of};
use super::columns::Columns;
use super::groups::{Group, groups};
use super::parting::{ends_name, parting};
use super::rows::{Row, is_fragment};
use super::stacked::stacked;
use super::standing::standing;
use super::words::{Word, Words, is_year, names_in};
use crate::markup::flow::Flow;
use crate::markup::found::line;
use crate::markup::grid::GridCell;
use crate::prose::joining::Gap;
use crate::prose::outline::is_numbered_caption;
use crate::prose::words::{begins_inside, closed_up, digit, ends_with_particle, is_digit, is_unit_note};
use shiryo_model::{RawText, SourceLine};

/// Most lines above a table that are looked at.
const MOST_LINES: usize = 60;

/// Lines above that may name columns, the nearest first.
pub(super) struct Above {
    lines: Vec<Words>,
    /// Space between the nearest line and the rows.
    below: Gap,
}

/// Rows of heads.
pub(super) struct Heads {
    /// From top to bottom.
    pub(super) rows: Vec<Vec<GridCell>>,
    /// How many lines they take.
    pub(super) lines: usize,
    /// The columns they name.
    pub(super) shape: Shape,
    /// Where the columns stand.
    pub(super) columns: Option<Columns>,
    /// Whether they name the columns of labels too.
    pub(super) named: bool,
}

impl Above {
    /// The lines above `at`, none before `floor`.
    pub(super) fn of(flow: &[Flow], at: usize, floor: usize) -> Self {
        let mut lines = Vec::new();
        let mut next = at;
        while next > floor && lines.len() < MOST_LINES {
            if line(flow, next).is_some_and(|below| below.gap == Gap::Break) {
                break;
            }
            let Some(l) = line(flow, next - 1) else { break };
            let Some(words) = Words::of(l).map(named) else { break };
            let text = l.source.text.as_str();
            let series = is_series(&words);
            // （人） below a name is its unit.
            let unit = words.is_remark() && !closed_up(text).contains("単位");
            let narrow = unit || is_cut_number(text) || is_fragment_line(text, &words);
            if is_numbered_caption(text) || !(narrow || series) {
                break;
            }
            // （人） below each of several names goes with them.
            match lines.last_mut().filter(|below: &&mut Words| below.is_remark() && below.words.len() > 1) {
                Some(remarks) if remarks.words.len() == words.words.len() && !words.is_remark() => {
                    let mut named = words;
                    for (name, remark) in named.words.iter_mut().zip(&remarks.words) {
                        name.take(remark, "");
                    }
                    *remarks = named;
                }
                _ => lines.push(words),
            }
            next -= 1;
        }
        // （件） at the right above all heads is the unit of the table.
        let unit = |l: &mut Words| matches!(l.words.as_slice(), [w] if is_unit_note(&w.text));
        while lines.len() > 1 && lines.pop_if(unit).is_some() {}
        Self { lines, below: line(flow, at).map_or(Gap::None, |l| l.gap) }
    }

    /// Whether every line is one name, the uppermost perhaps those of the labels.
    pub(super) fn is_lined(&self, labels: usize) -> bool {
        let rest = self.lines.split_last();
        rest.is_some_and(|(top, below)| {
            top.words.len() <= labels.max(1) && below.iter().all(|l| l.words.len() == 1)
        })
    }

    /// Heads for rows of a shape: one line with a word for each column, what stands above and below it.
    /// Those that stand over other columns name none, unless their number alone is to say so (not `strict`).
    pub(super) fn heads(
        &self,
        rows: &[Row],
        shape: Shape,
        columns: impl Fn(Shape) -> Vec<Columns>,
        strict: bool,
    ) -> Option<Heads> {
        let found =
            (0..self.lines.len().min(3)).find_map(|base| self.with_base(base, shape, &columns, strict));
        if strict {
            self.over_several(found, rows, shape, columns)
        } else {
            found.filter(|h| h.named && h.shape.lead == shape.lead)
        }
    }

    /// Heads that take more lines than those `found`, where the words of several stand over the columns.
    fn over_several(
        &self,
        found: Option<Heads>,
        rows: &[Row],
        shape: Shape,
        columns: impl Fn(Shape) -> Vec<Columns>,
    ) -> Option<Heads> {
        let near = self.lines.iter().take_while(|l| l.gap <= self.below).count() + 1;
        let stacked = || {
            let heads = stacked(self.lines.get(..near.min(self.lines.len()))?, shape)?;
            Some(Heads { columns: Some(columns(shape).into_iter().next()?), ..heads })
        };
        // Perhaps what names the labels stands between the lines.
        let found = if found.as_ref().is_some_and(|h| h.named) { found } else { stacked().or(found) };
        // A blank line may part lines of heads, each of which is as wide as the table.
        let wide = |l: &Words| l.words.len() > 2 && l.is_apart();
        let close = self.lines.iter().take_while(|l| l.gap < Gap::Break);
        let near = (near + close.skip(near).take_while(|l| wide(l)).count()).min(self.lines.len());
        let standing = || standing(self.lines.get(..near)?, rows, shape, &columns);
        let more = |h: &Heads| found.as_ref().is_none_or(|f| f.lines < h.lines);
        // Where a line of heads right above cannot be read, neither can those below it.
        let whole = |h: &Heads| !self.lines.get(h.lines).is_some_and(|l| h.lines < near && wide(l));
        standing().filter(more).or(found).filter(whole)
    }

    fn with_base(
        &self,
        base: usize,
        shape: Shape,
        columns: &impl Fn(Shape) -> Vec<Columns>,
        strict: bool,
    ) -> Option<Heads> {
        let names = self.lines.get(base)?;
        let lead = names.words.len().checked_sub(shape.figures + shape.tail)?;
        let remarks = names.words.iter().filter(|w| w.is_remark()).count();
        // （基準） 令和元年度: the remark goes with a word of the line above, which names other columns.
        let broken = self.lines.get(base + 1).is_some_and(|a| a.words.len() > remarks);
        if names.words.len() < 2 || (remarks > 0 && remarks < names.words.len() && broken) {
            return None;
        }
        if lead > 0 {
            // Where columns of labels stand apart, each has its name, or places tell which has none.
            let own = if lead < shape.lead { columns(shape) } else { Vec::new() };
            if !own.is_empty() {
                return own.into_iter().find_map(|c| placed(names, shape, base, c));
            }
            if let Some(heads) = without_one(names, shape, base) {
                return Some(heads);
            }
            if lead > shape.lead {
                return None;
            }
            let shape = Shape { lead, ..shape };
            return self.named(base, names, shape, false, columns(shape), strict);
        }
        // 区分 names labels; remarks and units in a line of their own go with the line above.
        let aside = names.words.iter().all(|w| w.is_remark() || w.is_unit());
        if names.words.first().is_some_and(|w| names_labels(&w.text)) && columns(shape).is_empty()
            || (aside && self.lines.get(base + 1).is_some_and(|a| a.words.len() > names.words.len()))
        {
            return None;
        }
        // Nothing names the labels there: perhaps the line above does.
        let leads = (1..=shape.lead).rev();
        let mut all = leads.filter_map(|lead| {
            let shape = Shape { lead, ..shape };
            self.named(base, names, shape, true, columns(shape), strict)
        });
        let first = all.next()?;
        Some(if first.named { first } else { all.find(|h| h.named).unwrap_or(first) })
    }

    /// Heads where `names` name the columns, those of labels excepted where there is a `corner`.
    fn named(
        &self,
        base: usize,
        names: &Words,
        shape: Shape,
        corner: bool,
        columns: Vec<Columns>,
        strict: bool,
    ) -> Option<Heads> {
        let first = if corner { shape.lead } else { 0 };
        // 指標 over the labels names them, whichever column it would be by its number.
        let over_labels = |c: &Columns, w: &Word| c.column(w).is_some_and(|c| c < shape.lead);
        let label = names.words.first().filter(|w| corner && names_labels(&w.text));
        if label.is_some_and(|w| columns.iter().any(|c| over_labels(c, w))) {
            return None;
        }
        let columns = if columns.is_empty() {
            None
        } else {
            let found = columns.into_iter().find(|c| !stand_elsewhere(names, first, c));
            if found.is_none() && strict {
                return None;
            }
            found
        };
        let mut cells: Vec<RawText> = vec![Vec::new(); shape.columns()];
        for (i, w) in names.words.iter().enumerate() {
            cells.get_mut(first + i)?.push(names.source(w));
        }
        for below in self.lines.iter().take(base).rev() {
            if below.words.len() >= 2 && below.words.len() == shape.figures + shape.tail {
                let values = cells.iter_mut().skip(shape.lead);
                values.zip(&below.words).for_each(|(c, w)| c.push(below.source(w)));
                continue;
            }
            for w in &below.words {
                // What stands over the labels is one of them, or a title of rows.
                let (a, b) = columns.as_ref()?.over(w).filter(|o| o.0 >= shape.lead)?;
                cells.get_mut(a..=b)?.iter_mut().for_each(|c| c.push(below.source(w)));
            }
        }
        // A line that stands further off is the caption.
        let below = base.checked_sub(1).and_then(|b| self.lines.get(b)).map_or(self.below, |b| b.gap);
        let above = self.lines.get(base + 1).filter(|_| names.gap <= below);
        if let Some((groups, labels)) = above.and_then(|a| groups(a, names, shape, corner, columns.as_ref()))
        {
            let above = above?;
            let heads = if goes_on_below(above, labels, &groups, names) {
                one_level(above, labels, cells, shape, base + 2)
            } else {
                two_levels(above, &groups, labels, cells, shape, base + 2)?
            };
            return Some(Heads { columns, ..heads });
        }
        if corner
            && !names.words.iter().all(|w| is_time(&w.text))
            && columns.is_none()
            && names.words.len() < 3
        {
            return None;
        }
        // Lists of keys and values have no heads.
        let value = names.words.last().map_or("", |w| w.text.as_str());
        if shape.columns() == 2 && !(ends_name(value) || is_time(value) && value.chars().count() <= 8) {
            return None;
        }
        Some(Heads { rows: vec![row_of(cells)], lines: base + 1, shape, named: !corner, columns })
    }

    /// Heads whose words are broken over many lines.
    pub(super) fn parted(&self, shape: Shape) -> Option<(i32, Heads)> {
        // Remarks in brackets go with the word before them.
        let mut fragments: Vec<RawText> = Vec::new();
        for (line, remark) in
            self.lines.iter().rev().flat_map(|l| l.words.iter().map(|w| (l.source(w), w.is_remark())))
        {
            match fragments.last_mut() {
                Some(last) if remark => last.push(line),
                _ => fragments.push(vec![line]),
            }
        }
        let split: Vec<RawText> = fragments.iter().cloned().flat_map(split_names).collect();
        let ways = if split.len() > fragments.len() { vec![fragments, split] } else { vec![fragments] };
        let parted = ways.into_iter().filter_map(|fragments| {
            let words: Vec<SourceLine> = fragments.iter().filter_map(|f| f.first().cloned()).collect();
            let (score, names) = parting(&words, shape.columns())?;
            let mut fragments = fragments.into_iter();
            let names: Vec<RawText> =
                names.iter().map(|n| fragments.by_ref().take(n.len()).flatten().collect()).collect();
            Some((score, names))
        });
        let (score, names) = parted.reduce(|a, b| if b.0 > a.0 { b } else { a })?;
        // 区分 stands first.
        let label = |n: &RawText| n.first().is_some_and(|l| names_labels(&closed_up(&l.text)));
        if names.iter().skip(shape.lead).any(label) && !names.first().is_some_and(label) {
            return None;
        }
        Some((
            score,
            Heads { rows: vec![row_of(names)], lines: self.lines.len(), shape, named: true, columns: None },
        ))
    }
}

/// 区分, 施設名: words that name a column of labels.
pub(super) fn names_labels(text: &str) -> bool {
    [
        "区分", "項目", "種別", "分類", "科目", "年度", "指標", "部門", "地区", "施設", "事業", "内容", "款",
        "月",
    ]
    .contains(&text)
        || text.chars().count() > 1 && text.ends_with(['名', '別'])
}

/// Heads of the columns below which they stand: of all columns of figures, and of some of labels.
fn placed(names: &Words, shape: Shape, base: usize, columns: Columns) -> Option<Heads> {
    let places = columns.columns(names).filter(|_| base == 0)?;
    let values = shape.figures + shape.tail;
    if places.iter().filter(|p| **p >= shape.lead).count() != values {
        return None;
    }
    let mut cells: Vec<RawText> = vec![Vec::new(); shape.columns()];
    for (w, p) in names.words.iter().zip(places) {
        cells.get_mut(p)?.push(names.source(w));
    }
    Some(Heads { rows: vec![row_of(cells)], lines: 1, shape, named: true, columns: Some(columns) })
}

/// Heads of rows with one column of labels more than there are names before 単位: that before the units has none
/// (指標名 単位 R4 R5 over 講習会の回数 計画 回 10 12).
fn without_one(names: &Words, shape: Shape, base: usize) -> Option<Heads> {
    let unit = names.words.iter().position(|w| closed_up(&w.text) == "単位")?;
    if base > 0 || unit + 2 != shape.lead || names.words.len() + 1 != shape.columns() {
        return None;
    }
    let mut cells: Vec<RawText> = names.words.iter().map(|w| vec![names.source(w)]).collect();
    cells.insert(unit, Vec::new());
    Some(Heads { rows: vec![row_of(cells)], lines: 1, shape, named: true, columns: None })
}

/// Letter-spaced words that may be several names, as those.
fn split_names(fragment: RawText) -> Vec<RawText> {
    match fragment.as_slice() {
        [only] if names_in(&only.text).is_some() => names_in(&only.text)
            .unwrap_or_default()
            .into_iter()
            .map(|text| vec![SourceLine { text, ..only.clone() }])
            .collect(),
        _ => vec![fragment],
    }
}

fn is_fragment_line(text: &str, words: &Words) -> bool {
    // A line of heads is as wide as the table.
    words.words.len() > 2 && words.figures() == 0 && !text.contains(['。', '、']) || is_fragment(text, words)
}

/// Years are names above columns, and so is what is cut off from one.
fn named(mut words: Words) -> Words {
    for w in &mut words.words {
        w.figure &= !is_year(&w.text) && !is_cut_number(&w.text);
    }
    words
}

/// ４・５: the beginning of a name (４・５歳児).
fn is_cut_number(text: &str) -> bool {
    let text = text.trim();
    text.contains(['・', '～', '〜']) && text.chars().all(|c| is_digit(c) || "・～〜".contains(c))
}

/// Whether figures count on by one in one unit (０歳 １歳 ２歳): names of columns.
pub(super) fn is_series(words: &Words) -> bool {
    let parts: Vec<(u32, String)> =
        words.words.iter().filter(|w| w.figure).filter_map(|w| number(&w.text)).collect();
    parts.len() >= 3
        && parts.len() == words.figures()
        && parts.windows(2).all(|p| matches!(p, [a, b] if a.0 + 1 == b.0 && a.1 == b.1 && !a.1.is_empty()))
}

fn number(text: &str) -> Option<(u32, String)> {
    let digits: Vec<u32> = text.chars().map_while(digit).collect();
    let unit: String = text.chars().skip(digits.len()).collect();
    let value = digits.iter().try_fold(0u32, |n, d| n.checked_mul(10)?.checked_add(*d))?;
    (!digits.is_empty() && digits.len() < 4).then_some((value, unit))
}

/// 令和５年度, R5, 4月, 前年度: names of times.
pub(super) fn is_time(text: &str) -> bool {
    is_year(text)
        || (text.chars().any(|c| c.is_numeric() || c == '元' || c == '前' || c == '本')
            && (text.contains(['年', '月', '期', '歳']) || text.starts_with(['R', 'H', 'Ｒ', 'Ｈ'])))
}

/// Whether most of the names stand over other columns than those that follow from their number.
fn stand_elsewhere(names: &Words, first: usize, columns: &Columns) -> bool {
    let found: Vec<bool> = names
        .words
        .iter()
        .enumerate()
        .filter_map(|(i, w)| columns.column(w).map(|c| c != first + i))
        .collect();
    found.iter().filter(|other| **other).count() * 2 > found.len()
}

/// Whether each word goes on in the one below it (導入前の処理 / 時間).
fn goes_on_below(above: &Words, labels: usize, groups: &[Group], names: &Words) -> bool {
    let over = || above.words.iter().skip(labels);
    let short = |w: &Word| (1..=3).contains(&w.text.chars().count());
    let units = names.words.iter().all(Word::is_unit) && !over().any(|w| ends_with_particle(&w.text));
    groups.iter().all(|(w, n)| w.is_some() && *n == 1)
        && names.words.iter().all(short)
        && !units
        && !over().any(|w| is_time(&w.text))
        && names
            .words
            .iter()
            .any(|w| begins_inside(&w.text) || over().any(|o| is_whole_with(&o.text, &w.text)))
}

/// Whether words make the end of a name only together (削減時 / 間, 処理 / 時間).
fn is_whole_with(above: &str, below: &str) -> bool {
    let joined = format!("{above}{below}");
    below == "間"
        || ["時間", "件数", "人数", "数", "率", "額", "費", "値"].contains(&below)
            && joined.chars().count() > 3
}

/// Heads of one row: each word above with the one below it.
fn one_level(above: &Words, labels: usize, mut cells: Vec<RawText>, shape: Shape, lines: usize) -> Heads {
    for (i, w) in above.words.iter().enumerate() {
        let place = if i < labels { i } else { shape.lead + i - labels };
        if let Some(cell) = cells.get_mut(place) {
            cell.insert(0, above.source(w));
        }
    }
    Heads { rows: vec![row_of(cells)], lines, shape, named: labels == shape.lead, columns: None }
}

fn two_levels(
    above: &Words,
    groups: &[Group],
    labels: usize,
    cells: Vec<RawText>,
    shape: Shape,
    lines: usize,
) -> Option<Heads> {
    let mut top: Vec<GridCell> = Vec::new();
    let mut low: Vec<GridCell> = Vec::new();
    let mut cells = cells.into_iter();
    for i in 0..shape.lead {
        let own = cells.next()?;
        let named = above.words.get(i).filter(|_| i < labels).map(|w| vec![above.source(w)]);
        top.push(cell(named.unwrap_or(own), (2, 1)));
    }
    for (word, n) in groups {
        match word.and_then(|i| above.words.get(i)) {
            Some(w) => {
                top.push(cell(vec![above.source(w)], (1, u32::try_from(*n).ok()?)));
                low.extend(cells.by_ref().take(*n).map(|c| cell(c, (1, 1))));
            }
            None => top.extend(cells.by_ref().take(*n).map(|c| cell(c, (2, 1)))),
        }
    }
    Some(Heads { rows: vec![top, low], lines, shape, named: labels == shape.lead, columns: None })
}
