//! Tables whose cells are words with figures among them, parted by two blanks or more, under heads that tell times or
//! what came of what was meant.
//!
//! ```text
//! 年度      ７年度                ８年度                 each line as many cells as there are heads
//! 取組内容  窓口の開設 12か所     窓口の開設 15か所
//!           講座 40回             講座 48回              or without the label: more of the row above
//! ```

use super::TOLD;
use super::body::row_of;
use super::heads::is_time;
use super::words::{Word, Words, gather};
use crate::markup::flow::Flow;
use crate::markup::found::{Found, line};
use crate::markup::grid::GridCell;
use crate::prose::joining::Gap;
use crate::prose::marker::leading_marker;
use crate::prose::words::{ends_sentence, is_digit};
use shiryo_model::RawText;

/// Fewest and most columns.
const COLUMNS: std::ops::RangeInclusive<usize> = 3..=8;
/// Most rows, and most lines of one.
const MOST_ROWS: usize = 200;
const MOST_LINES: usize = 8;
/// Lines of a row begin their cells at most so far from one another.
const REACH: u32 = 3;

/// Whether a line may be the heads of such a table: asked of every line, so it must cost little.
fn may_head(text: &str) -> bool {
    let apart = |white: &str| text.trim().contains(white);
    text.len() <= 300
        && (apart("  ") || apart("\u{3000}"))
        && (text.contains('年') || TOLD.iter().any(|w| text.contains(w)))
}

/// The cells of a line: words that two blanks part.
fn cells_of(flow: &[Flow], at: usize) -> Option<Words> {
    let words = line(flow, at).and_then(Words::of)?;
    let parted = gather(words.words.clone(), |_, b| !b.apart());
    Some(Words { words: parted, ..words })
}

/// The table whose heads stand at `at`.
pub(crate) fn worded_table(flow: &[Flow], at: usize) -> Option<Found> {
    let text = &line(flow, at)?.source.text;
    if !may_head(text) || leading_marker(text).is_some() {
        return None;
    }
    let heads = cells_of(flow, at).filter(|h| COLUMNS.contains(&h.words.len()))?;
    let tells = |w: &Word| is_time(&w.text) || TOLD.iter().any(|t| w.text.contains(t));
    let told = heads.words.iter().skip(1).filter(|w| tells(w)).count();
    // 参加者  ４年度 11人  ５年度 17人: a row, no heads.
    let counts = |w: &Word| w.text.split_whitespace().any(Words::bare);
    if told < 2 || heads.words.iter().any(|w| counts(w) || ends_sentence(&w.text)) {
        return None;
    }
    let (rows, end) = rows_from(flow, at + 1, heads.words.len())?;
    let head = row_of(heads.words.iter().map(|w| vec![heads.source(w)]).collect());
    let rows = std::iter::once(head).chain(rows).collect();
    Some(Found::of(flow, at..end, rows, Some(1), 0.7)?.labelled(1))
}

/// Rows of `columns` cells from `at` on, most of them words with figures, and the element behind them.
fn rows_from(flow: &[Flow], at: usize, columns: usize) -> Option<(Vec<Vec<GridCell>>, usize)> {
    let mut rows: Vec<(Words, Vec<RawText>)> = Vec::new();
    // Where blank lines part the rows, lines without one go on with the cells above them.
    let parted = parted_by_blanks(flow, at, columns);
    let mut next = at;
    while rows.len() < MOST_ROWS
        && let Some(l) = cells_of(flow, next)
    {
        let whole = l.words.len() == columns && l.gap < Gap::Break;
        let goes_on = l.gap == Gap::None && !ends_sentence(&line(flow, next)?.source.text);
        let below = rows.last().filter(|_| goes_on).and_then(|(first, _)| places(first, &l, parted));
        match below {
            Some(places) if !whole || parted => {
                let (_, cells) = rows.last_mut()?;
                for (place, w) in places.into_iter().zip(&l.words) {
                    cells.get_mut(place)?.push(l.source(w));
                }
            }
            // Years and what came of them go on with the heads.
            _ if whole && !l.words.iter().skip(1).any(names_time) => {
                let cells = l.words.iter().map(|w| vec![l.source(w)]).collect();
                rows.push((l, cells));
            }
            _ => break,
        }
        next += 1;
    }
    let values = || rows.iter().flat_map(|(_, cells)| cells.iter().skip(1));
    let figure = |c: &&RawText| c.iter().any(|l| l.text.contains(is_digit));
    let single = |text: &str| Words::bare(text) && !text.contains(['／', '/', '（', '(']);
    let bare = |c: &&RawText| c.iter().all(|l| single(&l.text));
    let worded = values().filter(figure).filter(|c| !bare(c)).count();
    let (all, filled) = (values().count(), values().filter(figure).count());
    (filled >= 2 && worded * 2 >= filled && filled * 2 >= all).then(|| {
        let cells = rows.into_iter().map(|(_, cells)| cells.into_iter().map(lines_of).collect());
        (cells.collect(), next)
    })
}

/// A cell of lines: a list where each tells a figure, else words that go on.
fn lines_of(lines: RawText) -> GridCell {
    let list = lines.len() > 1 && lines.iter().all(|l| l.text.contains(is_digit));
    let parts = if list { lines.into_iter().map(|l| vec![l]).collect() } else { vec![lines] };
    GridCell { parts, span: (1, 1), header: false }
}

fn names_time(word: &Word) -> bool {
    is_time(&word.text) && !word.text.contains([' ', '（', '('])
}

/// Whether blank lines stand between rows of `columns` cells from `at` on.
fn parted_by_blanks(flow: &[Flow], at: usize, columns: usize) -> bool {
    let wide = |i: usize| line(flow, i).is_some_and(|l| l.gap == Gap::Wide);
    let whole = |i: usize| cells_of(flow, i).is_some_and(|l| l.words.len() == columns);
    (at + 1..flow.len()).take(MOST_LINES).take_while(|i| !wide(*i) || whole(*i)).any(wide)
}

/// The cells of a row above that the words of a line stand below: all but the label, or where blank lines part the
/// rows, those that begin where they do.
fn places(first: &Words, line: &Words, parted: bool) -> Option<Vec<usize>> {
    let start = |w: &Word| w.extent.get(1).map_or(0, |e| e.0);
    let found: Option<Vec<usize>> = line
        .words
        .iter()
        .map(|w| first.words.iter().position(|f| start(f).abs_diff(start(w)) <= REACH))
        .collect();
    let ordered = |p: &Vec<usize>| parted && p.windows(2).all(|w| matches!(w, [a, b] if a < b));
    let edge = |p: usize| first.words.get(p + 1).map_or(u32::MAX, start);
    let end = |w: &Word| w.extent.get(1).map_or(0, |e| e.1);
    let narrow = |p: &Vec<usize>| p.iter().zip(&line.words).all(|(p, w)| end(w) <= edge(*p));
    let inside =
        line.words.first().is_some_and(|w| first.words.first().is_some_and(|f| start(w) > start(f) + REACH));
    let rest =
        || (line.words.len() + 1 == first.words.len() && inside).then(|| (1..first.words.len()).collect());
    found.filter(|p| ordered(p) && narrow(p)).or_else(rest)
}

#[cfg(test)]
mod tests {
    use super::super::tests::only_rows;
    use crate::markup::layout_text;
    use shiryo_model::MediaType;

    #[test]
    fn words_with_figures_under_years() {
        let got = only_rows(
            "(2) 相談の充実\n活動の支援  所管：福祉課\n年度  ７(2025)年度  ８(2026)年度  ９(2027)年度\n取組内容  相談会 96回  相談会 120回  相談会 120回\n          教室 40回  教室 40回  教室 48回\n事業費（３年間） 24,600千円\n",
        );
        assert_eq!(
            got,
            [
                "年度|7(2025)年度|8(2026)年度|9(2027)年度",
                "取組内容|相談会96回\n教室40回|相談会120回\n教室40回|相談会120回\n教室48回"
            ]
        );
    }

    #[test]
    fn rows_of_several_lines_that_blank_lines_part() {
        let got = only_rows(
            "２　取組\n\n   取   組              計画（５年度）               上半期の実績            進捗\n\n   乾燥機の             補助 40 基                   補助 27 基              67.5％\n   購入補助             予算 1,200 千円              執行 745 千円           62.1％\n\n   出前講座             12 回／300 人                7 回／214 人            ○\n\n   回収袋の             全戸 4,850 世帯              未実施（11月予定）      △\n   配布\n\n３　予定\n",
        );
        assert_eq!(got.len(), 4);
        assert_eq!(got[1], "乾燥機の購入補助|補助40基\n予算1,200千円|補助27基\n執行745千円|67.5%\n62.1%");
        assert!(got[3].starts_with("回収袋の配布|全戸4,850世帯|"), "{got:?}");
    }

    #[test]
    fn rows_of_one_line_each() {
        let got = only_rows(
            "３　取組\n\n  取組          ６年度実績                ７年度予定\n  保育室        ２か所開設（定員38人）    １か所開設（定員19人）\n  人材の確保    相談会３回、採用24人      相談会４回、採用30人\n\n４　負担の軽減\n",
        );
        assert_eq!((got.len(), got[2].as_str()), (3, "人材の確保|相談会3回、採用24人|相談会4回、採用30人"));
    }

    #[test]
    fn rows_and_figures_under_years_are_no_such_table() {
        let text = "   参加者     令和２年度 11人     令和３年度 17人（11月末現在）\n   委託料     令和２年度決算 1,210千円   令和３年度予算 1,870千円\n";
        assert!(layout_text(text, MediaType::Text).tables.is_empty());
        let text = "年度  ７(2025)年度  ８(2026)年度\n次の年から 3か所で  始める  予定である。\n";
        assert!(layout_text(text, MediaType::Text).tables.is_empty());
        let text = " 指 標      単位   基準値    実 績            目標値\n              Ｒ元年度   Ｒ２    Ｒ３    Ｒ４    Ｒ１２\n\n 排出量     ｔ   4,360   4,118  4,205  3,987  2,180\n\n 参加者     人   640   112  285  518  800\n";
        assert_eq!(layout_text(text, MediaType::Text).tables.first().map(|t| t.n_cols), Some(7));
    }
}
