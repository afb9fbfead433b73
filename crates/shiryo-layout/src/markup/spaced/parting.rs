//! Heads whose words are broken over many lines: which fragments make a name together.

use crate::prose::words::closed_up;
use shiryo_model::{RawText, SourceLine};

/// Words with which the name of a column ends, and how surely.
const HEAD_ENDS: [(&str, i32); 61] = [
    ("指標", 4),
    ("科目", 4),
    ("種別", 4),
    ("歳児", 4),
    ("歳", 3),
    ("定員", 4),
    ("割合", 4),
    ("残高", 4),
    ("比較", 4),
    ("状況", 4),
    ("有無", 4),
    ("単価", 4),
    ("単位", 4),
    ("価格", 4),
    ("予約", 3),
    ("方法", 3),
    ("平均", 3),
    ("数", 4),
    ("率", 4),
    ("額", 4),
    ("費", 4),
    ("量", 4),
    ("時間", 4),
    ("件", 3),
    ("人", 3),
    ("名", 3),
    ("課", 4),
    ("部", 2),
    ("係", 3),
    ("室", 3),
    ("局", 3),
    ("概要", 4),
    ("内容", 4),
    ("名称", 4),
    ("項目", 4),
    ("区分", 4),
    ("計", 4),
    ("備考", 4),
    ("等", 3),
    ("比", 3),
    ("所", 3),
    ("者", 3),
    ("日", 2),
    ("期間", 4),
    ("時期", 4),
    ("予定", 2),
    ("見込", 2),
    ("見込み", 2),
    ("実績", 3),
    ("計画", 3),
    ("目標", 3),
    ("年度", 1),
    ("増減", 4),
    ("差", 3),
    ("度", 1),
    ("分野", 3),
    ("種類", 3),
    ("担当", 3),
    ("業務", 3),
    ("事業", 3),
    ("施設", 3),
];
/// Words with which the name of a column begins.
const HEAD_BEGINS: [&str; 14] =
    ["令和", "平成", "R", "Ｒ", "H", "年間", "月間", "前年", "今年", "本年", "累計", "合計", "対前年", "20"];

/// Whether words end as the names of columns do.
pub(super) fn ends_name(text: &str) -> bool {
    HEAD_ENDS.iter().any(|(end, weight)| *weight >= 3 && text.ends_with(end))
}

/// Parts header fragments into `columns` names; `None` when some column would end without a word that ends
/// names. With the score: how well the words begin and end names.
pub(super) fn parting(fragments: &[SourceLine], columns: usize) -> Option<(i32, Vec<RawText>)> {
    let n = fragments.len();
    if n < columns || columns < 2 {
        return None;
    }
    if n == columns {
        return Some((i32::MAX, fragments.iter().map(|f| vec![f.clone()]).collect()));
    }
    let words: Vec<String> = fragments.iter().map(|f| closed_up(&f.text)).collect();
    let ends: Vec<i32> = (0..n)
        .map(|i| {
            // An end may itself be broken over two lines (削減時 / 間).
            let before = i.checked_sub(1).and_then(|j| words.get(j)).map_or("", String::as_str);
            let own = words.get(i).map_or("", String::as_str);
            let whole = format!("{before}{own}");
            let broken = |e: &str| own.chars().count() == 1 && whole.ends_with(e);
            HEAD_ENDS.iter().filter(|(e, _)| own.ends_with(e) || broken(e)).map(|e| e.1).max().unwrap_or(0)
        })
        .collect();
    let begins: Vec<i32> =
        words.iter().map(|w| if HEAD_BEGINS.iter().any(|b| w.starts_with(b)) { 3 } else { 0 }).collect();
    // A word that ends other names too is no name by itself.
    let common: Vec<bool> = words
        .iter()
        .enumerate()
        .map(|(i, w)| words.iter().enumerate().any(|(j, o)| j != i && o.ends_with(w.as_str())))
        .collect();
    // best[c][i]: the best score of the first i fragments in c columns, and where its last column begins.
    let mut best = vec![vec![None::<(i32, usize)>; n + 1]; columns + 1];
    *best.get_mut(0)?.get_mut(0)? = Some((0, 0));
    for c in 1..=columns {
        for i in c..=n {
            let end = *ends.get(i - 1)?;
            if end == 0 {
                continue;
            }
            // 令和５年度 is a whole name only beside other years.
            let year =
                words.get(i - 1).is_some_and(|w| w.ends_with('度')) && i < n && begins.get(i) == Some(&0);
            let end = if year { end - 8 } else { end };
            let mut top: Option<(i32, usize)> = None;
            for j in (c - 1)..i {
                let Some((before, _)) = best.get(c - 1).and_then(|b| b.get(j)).copied().flatten() else {
                    continue;
                };
                let alone = if i - j == 1 { if *common.get(j)? { -6 } else { 1 } } else { 0 };
                let score = before + end + *begins.get(j)? + alone
                    - i32::try_from(i - j).unwrap_or(i32::MAX).saturating_sub(4).max(0);
                if top.is_none_or(|(s, _)| score > s) {
                    top = Some((score, j));
                }
            }
            *best.get_mut(c)?.get_mut(i)? = top;
        }
    }
    let mut cuts = vec![n];
    for c in (1..=columns).rev() {
        let at = *cuts.last()?;
        cuts.push(best.get(c)?.get(at).copied().flatten()?.1);
    }
    cuts.reverse();
    let (score, _) = best.get(columns).and_then(|b| b.get(n)).copied().flatten()?;
    Some((
        score,
        cuts.windows(2).filter_map(|w| Some(fragments.get(*w.first()?..*w.last()?)?.to_vec())).collect(),
    ))
}
