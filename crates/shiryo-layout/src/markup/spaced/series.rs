//! A line of times over a line of as many figures, named by the line above (slides set them as a strip).
//!
//! ```text
//! 窓口の混雑率
//! R3　R4　R5　R6(上期)
//! 9.4%　17.8%　29.5%　36.1%
//! ```

use super::body::cell;
use super::rows::is_fragment;
use super::words::Words;
use crate::markup::flow::Flow;
use crate::markup::found::{Found, line};
use crate::markup::grid::GridCell;
use crate::prose::joining::Gap;
use shiryo_ja::{MentionKind, TimeContext, annotate};

/// Most figures of a line.
const MOST_COLUMNS: usize = 24;

/// The table whose figures stand at `at`; nothing before `floor` is looked at.
pub(super) fn series_table(flow: &[Flow], at: usize, floor: usize) -> Option<Found> {
    let words = |i: usize| line(flow, i).and_then(Words::of);
    let near = |i: usize| line(flow, i).is_some_and(|l| l.gap < Gap::Break);
    let above = at.checked_sub(1).filter(|i| *i >= floor && near(at))?;
    let (figures, times) = (words(at)?, words(above)?);
    let n = figures.words.len();
    let alike = (2..=MOST_COLUMNS).contains(&n) && figures.figures() == n && times.words.len() == n;
    if !alike || !times.words.iter().all(|w| is_time(&w.text)) {
        return None;
    }
    let named = |i: &usize| {
        let short = line(flow, *i).zip(words(*i));
        near(above) && short.is_some_and(|(l, w)| w.words.len() <= 2 && is_fragment(&l.source.text, &w))
    };
    let label = above.checked_sub(1).filter(|i| *i >= floor).filter(named);
    let name = label.and_then(|i| line(flow, i)).map(|l| cell(vec![l.source.clone()], (1, 1)));
    let row = |w: &Words| w.words.iter().map(|word| cell(vec![w.source(word)], (1, 1))).collect::<Vec<_>>();
    let head = std::iter::once(GridCell::default()).chain(row(&times)).collect();
    let body = std::iter::once(name.unwrap_or_default()).chain(row(&figures)).collect();
    let taken = label.unwrap_or(above)..at + 1;
    Some(Found::of(flow, taken, vec![head, body], Some(1), 0.75)?.labelled(1))
}

/// Whether words begin with a time (R6(上期), 令和5年度末, 4月).
fn is_time(words: &str) -> bool {
    let first = annotate(words, &TimeContext::default()).into_iter().next();
    first.is_some_and(|m| m.chars.start == 0 && matches!(m.kind, MentionKind::Time(_)))
}

#[cfg(test)]
mod tests {
    use crate::markup::layout_text;
    use shiryo_model::MediaType;

    #[test]
    fn times_over_figures() {
        let text =
            "４　窓口\n\n窓口の混雑率\nR3　R4　R5　R6(上期)\n9.4%　17.8%　29.5%　36.1%\n\n➡ 目標は40%\n";
        let c = layout_text(text, MediaType::Text);
        let [t] = c.tables.as_slice() else { panic!("{:?}", c.tables) };
        let text = |r, c| t.cell_at(r, c).map_or("", |c| c.text.text.as_str());
        assert_eq!((t.n_rows, t.n_cols, t.header_rows, t.label_cols), (2, 5, 1, 1));
        assert_eq!((text(1, 0), text(0, 4), text(1, 4)), ("窓口の混雑率", "R6(上期)", "36.1%"));
        let other = "窓口の混雑率\nR3　R4　R5\n9.4%　17.8%　29.5%　36.1%\n";
        assert!(layout_text(other, MediaType::Text).tables.is_empty());
    }

    #[test]
    fn notes_above_the_heads_and_below_the_rows_belong_to_no_cell() {
        let rows = super::super::tests::only_rows(
            "１　件数\n　　　　　　　　　　　　　　　　　　　　　　　　（件）\n区分　　　　　４年度　　　５年度　　　増減\n戸籍　　　　　12,402　　 12,118　　 △284\n住民票　　　　48,920　　 45,337　 △3,583\n",
        );
        assert_eq!(rows[0], "区分|4年度|5年度|増減");
        let rows = super::super::tests::only_rows(
            "４　人口\n年　　　　　総数　　　男　　　女　　　世帯数\n令和２年　　57,002　　27,488　　29,514　　24,877\n令和５年　　56,118　　27,020　　29,098　　25,204\n（各年10月１日現在）\n",
        );
        assert_eq!(
            rows,
            [
                "年|総数|男|女|世帯数",
                "令和2年|57,002|27,488|29,514|24,877",
                "令和5年|56,118|27,020|29,098|25,204"
            ]
        );
    }
}
