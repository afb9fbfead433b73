//! Tables of which an extract left every cell on a line of its own.
//!
//! ```text
//! 手続名             heads, in the order of the columns: perhaps each group before its own columns
//! 令和４年度
//! 件数
//! 利用率
//!
//! １ 窓口            a group of rows, in the first column or above them
//! 転入届             rows, parted by blank lines or by the label that follows figures
//! 1,204
//! 31.2%
//! 達成               words behind the figures
//! ```
//!
//! What is a label and what stands behind the figures of the row before is told by the heads, of which there must
//! be one for each column ([`mod@super::line_heads`]); a table without such heads is none.

use super::body::{cell, row_of};
use super::line_cells::{Kind, Line, cells_from};
use super::line_heads::{Fit, fit, is_remark_column};
use super::words::is_mark;
use crate::markup::flow::Flow;
use crate::markup::found::Found;
use crate::markup::grid::GridCell;
use crate::prose::joining::Gap;
use crate::prose::words::closed_up;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Most columns, and most rows.
const MOST_COLUMNS: usize = 24;
const MOST_ROWS: usize = 2_000;
/// Most lines of heads, and most labels of a row with the words behind the row before.
const MOST_HEADS: usize = 40;
const MOST_LABELS: usize = 4;
/// So many lines from the first figure on tell whether heads fit.
const PREVIEW: usize = 80;

/// The lines of one row: what stands before its figures, back to those of the row before, and its figures.
#[derive(Debug, Clone)]
struct Span {
    names: Range<usize>,
    figures: Range<usize>,
}

/// How the lines of a table are to be read.
#[derive(Debug, Clone, Copy)]
struct Form {
    /// Labels of a row.
    labels: usize,
    /// Figures of a row.
    figures: usize,
    /// Words behind its figures.
    tail: usize,
    /// Whether a group stands before the first row.
    opened: bool,
    /// Whether groups have a column of their own.
    grouped: bool,
}

impl Form {
    fn columns(self) -> usize {
        self.labels + self.figures + self.tail + usize::from(self.grouped)
    }
}

/// The table whose heads begin at `at` or soon behind it; `looked` becomes the end of what was looked through.
pub(crate) fn line_table(flow: &[Flow], at: usize, looked: &mut usize) -> Option<Found> {
    let name = |l: &Line| l.kind != Kind::Figure;
    cells_from(flow, at, 1).first().filter(|l| name(l))?;
    let preview = cells_from(flow, at, MOST_HEADS + PREVIEW);
    let Some(first) = preview.iter().position(|l| l.kind == Kind::Figure) else {
        // Names alone: only the last of them may be heads of figures that stand further on.
        let last = preview.len().saturating_sub(MOST_HEADS);
        *looked = preview.get(last).map_or(at, |l| l.at).max(at + 1);
        return None;
    };
    let (end, begin) = (preview.get(first)?.at, preview.first()?.at);
    if first == 0 {
        return None;
    }
    if first > MOST_HEADS {
        *looked = (at + first).saturating_sub(MOST_HEADS).max(begin + 1);
        return None;
    }
    *looked = end + 1;
    readings(&preview, first)?;
    let lines = cells_from(flow, at, MOST_ROWS * MOST_COLUMNS);
    let (form, heads, spans) = readings(&lines, first)?;
    let table = build(&lines, first, form, heads, &spans)?;
    let start = lines.get(table.from)?.at;
    Found::of(flow, start..lines.get(table.last)?.end, table.rows, u32::try_from(table.heads).ok(), 0.7)
}

/// The best way to read the lines, of which the first figure is the one at `first`.
fn readings(lines: &[Line], first: usize) -> Option<(Form, Fit, Vec<Span>)> {
    let spans = spans(lines, first);
    let figures = usual(spans.iter().map(|s| s.figures.len()))?;
    let full = |s: &&Span| s.figures.len() == figures;
    // Behind a row with more figures stands something else.
    let until = spans.iter().position(|s| s.figures.len() > figures).unwrap_or(spans.len());
    let spans = spans.get(..until)?;
    if spans.iter().filter(full).count() < 2 || spans.iter().filter(full).count() * 3 < spans.len() * 2 {
        return None;
    }
    let later = || spans.iter().skip(1).filter(|s| !is_total(lines, s)).map(|s| s.names.len());
    let least = later().min().or_else(|| spans.iter().skip(1).map(|s| s.names.len()).min())?;
    let groups = later().any(|n| n == least + 1);
    let mut best: Option<(i32, Form, Fit)> = None;
    for bits in 0..8u8 {
        let [tail, opened, grouped] = [0, 1, 2].map(|bit| usize::from(bits & (1 << bit) != 0));
        let (opened, grouped) = (opened > 0, grouped > 0);
        let Some(labels) = least.checked_sub(tail).filter(|l| (1..=3).contains(l)) else { continue };
        if opened && !groups || grouped && !opened {
            continue;
        }
        let form = Form { labels, figures, tail, opened, grouped };
        let found = reading(lines, first, form, spans);
        if let Some((score, heads)) = found
            && best.as_ref().is_none_or(|b| score > b.0)
        {
            best = Some((score, form, heads));
        }
    }
    let (_, form, heads) = best?;
    let rows = spans.iter().enumerate().take_while(|(i, s)| *i == 0 || s.names.len() <= least + 1);
    Some((form, heads, rows.map(|(_, s)| s.clone()).collect()))
}

/// The most frequent of several numbers, the first of those that are as frequent.
fn usual(numbers: impl Iterator<Item = usize>) -> Option<usize> {
    let mut counts: BTreeMap<usize, (usize, std::cmp::Reverse<usize>)> = BTreeMap::new();
    for (i, n) in numbers.enumerate() {
        counts.entry(n).or_insert((0, std::cmp::Reverse(i))).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, rank)| *rank).map(|(n, _)| n)
}

/// The rows from the first figure on.
fn spans(lines: &[Line], first: usize) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut names = 0..first;
    while spans.len() < MOST_ROWS {
        let rest = lines.get(names.end..).unwrap_or(&[]);
        let next = |(i, l): &(usize, &Line)| l.kind == Kind::Figure && (*i == 0 || l.gap < Gap::Break);
        let figures = rest.iter().enumerate().take_while(next).count();
        if figures == 0 {
            break;
        }
        let figures = names.end..names.end + figures;
        let behind = lines.get(figures.end..).unwrap_or(&[]);
        let others = behind.iter().take_while(|l| l.kind != Kind::Figure).count();
        let end = figures.end;
        spans.push(Span { names, figures });
        if others == 0 || others > MOST_LABELS {
            break;
        }
        names = end..end + others;
    }
    spans
}

/// Whether a row begins with the word for a total.
fn is_total(lines: &[Line], span: &Span) -> bool {
    let last = lines.get(span.names.clone()).and_then(<[Line]>::last);
    last.is_some_and(|l| {
        let words = closed_up(&l.text());
        words.ends_with('計') || matches!(words.as_str(), "総数" | "全体")
    })
}

/// The heads for a form, and how much speaks for it.
fn reading(lines: &[Line], first: usize, form: Form, spans: &[Span]) -> Option<(i32, Fit)> {
    let from = first.checked_sub(form.labels + usize::from(form.opened))?;
    let columns = form.columns();
    if !(3..=MOST_COLUMNS).contains(&columns) {
        return None;
    }
    let heads = fit(lines.get(..from)?, columns, form.labels + usize::from(form.grouped))?;
    let mut score = 4 * heads.sure;
    // What has figures among its words is no label.
    let labelled = |s: &Span| {
        s.names.clone().rev().take(form.labels).all(|i| lines.get(i).is_some_and(|l| l.kind != Kind::Remark))
    };
    if !spans.iter().skip(1).all(labelled) {
        return None;
    }
    let later = || spans.iter().skip(1).filter(|s| !is_total(lines, s));
    // Blank lines stand before rows, where they do not stand everywhere.
    let apart = |at: usize| lines.get(at).is_some_and(|l| l.gap > Gap::None);
    let begins = |s: &Span| s.names.start + form.tail;
    let others = |s: &Span| (s.names.start..s.figures.end).filter(|i| *i != begins(s)).any(apart);
    if later().any(|s| apart(begins(s))) || later().any(others) {
        let parted = later().all(|s| apart(begins(s)) && !others(s));
        score += if parted { 3 } else { 0 };
        if !parted && later().all(|s| !apart(begins(s)) && (s.names.clone()).any(apart)) {
            return None;
        }
    }
    let word = |i: usize| lines.get(i).map(|l| closed_up(&l.text())).unwrap_or_default();
    if form.tail > 0 {
        let behind = spans.last().map(|s| s.figures.end)?;
        let told = lines.get(behind).is_some_and(|l| tells(l) && l.gap < Gap::Break);
        let named = heads.last().is_some_and(|name| is_remark_column(&name));
        if !told || !named {
            return None;
        }
        let tails: Vec<String> = later().map(|s| word(s.names.start)).collect();
        let differ: BTreeSet<&String> = tails.iter().collect();
        score += 1 + i32::from(differ.len() < tails.len());
    }
    let unit = |s: &Span| {
        let last = s.names.end.checked_sub(1).and_then(|i| lines.get(i));
        last.is_some_and(|l| l.kind == Kind::Unit)
    };
    score += if form.labels > 1 && later().all(unit) { 2 } else { 0 };
    Some((score, heads))
}

/// Whether a cell holds words that may stand behind the figures of a row.
fn tells(l: &Line) -> bool {
    matches!(l.kind, Kind::Name | Kind::Remark)
}

/// Rows of cells, and which of the lines they take.
struct Built {
    rows: Vec<Vec<GridCell>>,
    heads: usize,
    from: usize,
    last: usize,
}

fn build(lines: &[Line], first: usize, form: Form, heads: Fit, spans: &[Span]) -> Option<Built> {
    let n = u32::try_from(form.columns()).ok()?;
    let from = first.checked_sub(form.labels + usize::from(form.opened) + heads.lines)?;
    let mut rows = heads.rows;
    let levels = rows.len();
    let part = |i: usize| lines.get(i).map(|l| l.words.clone()).unwrap_or_default();
    let marks = spans.first().map_or(0, |s| {
        let own = lines.get(s.figures.clone()).unwrap_or(&[]);
        own.iter().rev().take_while(|l| is_mark(&l.text()) || l.is_grade()).count()
    });
    let mut group: Option<usize> = None;
    let mut last = from;
    for (i, span) in spans.iter().enumerate() {
        let behind = if i == 0 { 0 } else { form.tail };
        let own =
            if i == 0 { first - form.labels - usize::from(form.opened) } else { span.names.start + behind };
        let names: Vec<usize> = (own..span.names.end).collect();
        let total = names.len() < form.labels + usize::from(form.grouped) && is_total(lines, span);
        let extra = names.len().saturating_sub(form.labels).min(1);
        let mut row: Vec<GridCell> = Vec::new();
        if total && names.len() == 1 {
            let wide = u32::try_from(form.labels + usize::from(form.grouped)).ok()?;
            row.push(cell(part(*names.first()?), (1, wide)));
            group = None;
        } else {
            if names.len() < form.labels {
                break;
            }
            match (form.grouped, extra) {
                (false, 1) => rows.push(vec![cell(part(*names.first()?), (1, n))]),
                (true, 1) => {
                    group = Some(rows.len());
                    row.push(cell(part(*names.first()?), (1, 1)));
                }
                (true, _) => match group.and_then(|g| rows.get_mut(g)).and_then(|r| r.first_mut()) {
                    Some(open) => open.span.0 += 1,
                    None => row.push(GridCell::default()),
                },
                (false, _) => {}
            }
            row.extend(names.iter().skip(extra).map(|i| cell(part(*i), (1, 1))));
        }
        row.extend(figures(lines, span, form, marks));
        last = span.figures.end.checked_sub(1)?;
        let tail = (last + 1..=last + form.tail).filter(|i| lines.get(*i).is_some_and(tells));
        let tail: Vec<usize> = tail.collect();
        last += tail.len();
        row.extend(row_of(tail.into_iter().map(part).collect()));
        rows.push(row);
    }
    (rows.len() > levels + 1).then_some(Built { rows, heads: levels, from, last })
}

/// The figures of a row; blank cells where one is lost, for nothing tells which.
fn figures(lines: &[Line], span: &Span, form: Form, marks: usize) -> Vec<GridCell> {
    let own: Vec<_> =
        lines.get(span.figures.clone()).unwrap_or(&[]).iter().map(|l| l.words.clone()).collect();
    // A row of totals has no marks.
    let bare = is_total(lines, span) && own.len() + marks == form.figures;
    let mut cells = if own.len() == form.figures || bare { row_of(own) } else { Vec::new() };
    cells.resize(form.figures, cell(Vec::new(), (1, 1)));
    cells
}
#[cfg(test)]
mod tests {
    use super::super::tests::only_rows;

    #[test]
    fn groups_and_names_one_a_line_below_heads_that_stand_together() {
        let rows = only_rows(
            "（１）実績と予定\n\n項　目\n指　標\nR6実績\nR7予定\n\n\n文章作成の支援\n\n利用者数\n\n415人\n\n600人\n\n研修の受講者数\n\n286人\n\n300人\n\n議事録の作成\n\n会議数\n\n742件\n\n800件\n",
        );
        assert_eq!(
            rows,
            [
                "項目|指標|R6実績|R7予定",
                "文章作成の支援|利用者数|415人|600人",
                "文章作成の支援|研修の受講者数|286人|300人",
                "議事録の作成|会議数|742件|800件"
            ]
        );
    }

    #[test]
    fn names_one_a_line_above_rows_that_white_space_parts() {
        let rows = only_rows(
            "（表１）業務の時間\n所管課　　業務名\n\n４年度\n\n削減時間\n\n５年度\n\n削減時間\n課税課   報告書の入力   1,240時間   1,410時間\n保育課   証明書の読取り   860時間   1,025時間\n会計課   データの照合   310時間   295時間\n",
        );
        assert_eq!(
            rows[..2],
            ["所管課|業務名|4年度削減時間|5年度削減時間", "課税課|報告書の入力|1,240時間|1,410時間"]
        );
    }

    #[test]
    fn grades_and_words_stand_behind_the_figures() {
        let rows = only_rows(
            "施策１　窓口\n指標の一覧\n指標\n現状値 (R4)\nR6\n目標値 (R8)\n達成度\n申請率（％）\n－\n44.8\n60.0\nＡ\n待ち時間（分）\n38\n27\n20\nＢ\n※Ａは順調\n",
        );
        assert_eq!(
            rows,
            ["指標|現状値 (R4)|R6|目標値 (R8)|達成度", "申請率(%)|-|44.8|60.0|A", "待ち時間(分)|38|27|20|B"]
        );
        let rows = only_rows(
            "４ 指標の状況\n\n指標名\n実績\n（R6）\n目標\n（R8）\n今後の方向性\n電子契約（件）\n312\n800\n拡充\n手続の時間（分）\n27\n20\n継続\n相談（件）\n40\n60\n継続\n\n５ 今後の予定\n",
        );
        assert_eq!(rows[0], "指標名|実績(R6)|目標(R8)|今後の方向性");
        assert_eq!(
            rows[1..],
            ["電子契約(件)|312|800|拡充", "手続の時間(分)|27|20|継続", "相談(件)|40|60|継続"]
        );
    }

    #[test]
    fn groups_stand_before_their_rows() {
        let rows = only_rows(
            "２ 効果額\n（単位：千円、％）\n柱\n取組\n目標\n実績\n\n１ 歳入の確保\n広告の掲載\n3,000\n2,410\n\n寄附の募集\n90,000\n104,233\n\n２ 歳出の見直し\n電力の調達\n12,000\n15,800\n\n合計\n105,000\n122,443\n\n※ 決算額による。\n",
        );
        assert_eq!(
            rows,
            [
                "柱|取組|目標|実績",
                "1 歳入の確保|広告の掲載|3,000|2,410",
                "1 歳入の確保|寄附の募集|90,000|104,233",
                "2 歳出の見直し|電力の調達|12,000|15,800",
                "合計|合計|105,000|122,443"
            ]
        );
        let rows = only_rows(
            "利用の状況\n\n区分\n\n４年度\n\n５年度\n\n〔本館〕\n\n貸出（冊）\n\n412,300\n\n420,118\n\n来館（人）\n\n2,401\n\n2,077\n\n〔分館〕\n\n貸出（冊）\n\n112,300\n\n120,118\n",
        );
        assert_eq!(
            rows,
            [
                "区分|4年度|5年度",
                "〔本館〕|〔本館〕|〔本館〕",
                "貸出(冊)|412,300|420,118",
                "来館(人)|2,401|2,077",
                "〔分館〕|〔分館〕|〔分館〕",
                "貸出(冊)|112,300|120,118"
            ]
        );
    }

    #[test]
    fn names_of_labels_stand_together_and_years_with_what_came_of_them() {
        let rows = only_rows(
            "（実績及び予定）\n\n\n取組名\n指標\n\n元年度\n実績\n\n２年度\n実績\n\n３年度\n予定\n\n\n定型作業\n\n業務数（累計、業務）\n\n3\n\n9\n\n15\n\n無線の整備\n\n箇所数（か所）\n\n8\n\n12\n\n14\n\n\n※ 業務数は累計\n",
        );
        assert_eq!(
            rows,
            [
                "取組名|指標|元年度実績|2年度実績|3年度予定",
                "定型作業|業務数(累計、業務)|3|9|15",
                "無線の整備|箇所数(か所)|8|12|14"
            ]
        );
    }

    #[test]
    fn numbers_of_rows_are_no_figures_and_lost_cells_leave_their_row_blank() {
        let rows = only_rows(
            "（２）教室\nNo.\n会場\n所管課\n回数\n参加者\n1\n東館\n文化課\n12回\n147人\n2\n西館\n福祉課\n6回\n82人\n3\n北館\n福祉課\n9回\n10人\n計\n27回\n239人\n",
        );
        assert_eq!(
            rows,
            [
                "会場|所管課|回数|参加者",
                "東館|文化課|12回|147人",
                "西館|福祉課|6回|82人",
                "北館|福祉課|9回|10人",
                "計|計|27回|239人"
            ]
        );
        let rows = only_rows(
            "科目\n予算\n決算\n執行率\n総務費\n1,204\n1,180\n98.0\n民生費\n3,410\n3,388\n99.3\n教育費\n980\n91.2\n合計\n5,594\n5,461\n97.6\n",
        );
        assert_eq!(rows[3..], ["教育費|||", "合計|5,594|5,461|97.6"]);
    }

    #[test]
    fn headings_behind_the_last_row_are_no_figures() {
        for heading in ["３ 今後", "（3）今後の予定", "(4)課題"] {
            let rows = only_rows(&format!(
                "（２）実施状況\n\n実施年度\n会場数\n回数\n参加者数\n４年度\n６会場\n18回\n202人\n５年度\n10会場\n42回\n498人\n６年度\n９会場\n40回\n412人\n\n{heading}\n教室を増やす。\n"
            ));
            assert_eq!((rows.len(), rows.last().map(String::as_str)), (4, Some("6年度|9会場|40回|412人")));
        }
    }

    #[test]
    fn remarks_with_figures_stand_behind_the_figures() {
        let rows = only_rows(
            "２ 成果\n\n事業名\n予算（千円）\n決算（千円）\n主な成果\n\n医療費の助成\n312,000\n305,887\n対象者 8,120人\n\n道路の維持\n188,400\n180,021\n舗装 ３路線\n橋の点検 12橋\n\n※ 繰越分を含む。\n",
        );
        assert_eq!(
            rows[1..],
            [
                "医療費の助成|312,000|305,887|対象者8,120人",
                "道路の維持|188,400|180,021|舗装3路線橋の点検12橋"
            ]
        );
        let rows = only_rows(
            "指標\nR5実績\nR6実績\n取組状況\n申請率（％）\n31.2\n44.0\n対象を120件追加\n決裁率（％）\n71.0\n80.4\n規程を改正\n利用者（人）\n120\n188\n端末50台を配備\n\n今後も進める。\n",
        );
        assert_eq!(rows[1..=2], ["申請率(%)|31.2|44.0|対象を120件追加", "決裁率(%)|71.0|80.4|規程を改正"]);
        assert_eq!(rows.len(), 4);
    }

    #[test]
    fn heads_over_two_lines_are_not_cut_where_all_lines_stand_apart() {
        let rows = only_rows(
            "（１）状況\n\n分 野\n\n対 象\n\n件 数\n\n令和４年度末\n\n済件数\n\n令和５年度\n\n予定件数\n\n福祉\n\n214\n\n96\n\n31\n\n教育\n\n387\n\n88\n\n27\n\n",
        );
        assert_eq!(rows[..2], ["分野|対象件数|令和4年度末済件数|令和5年度予定件数", "福祉|214|96|31"]);
    }
}
