//! Two sequences side by side, so that one lost item is one difference and not a shift of all that follow.

use std::collections::BTreeMap;

/// Above this many comparisons items are paired by position.
const MOST: usize = 1_000_000;
/// The similarity of equal items.
pub(super) const EQUAL: u32 = 1000;

/// The items of two sequences in order: paired, only in the old one, or only in the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alignment {
    /// For each old item the new one.
    pub(super) new_of: Vec<Option<usize>>,
    /// New items without an old one.
    pub(super) added: Vec<usize>,
}

/// Pairs `old` items with `new` ones, in order, so that the sum of similarities is greatest. Items with similarity 0
/// are never paired.
pub(super) fn align(old: usize, new: usize, similarity: impl Fn(usize, usize) -> u32) -> Alignment {
    // Equal ends need no search.
    let head = (0..old.min(new)).take_while(|i| similarity(*i, *i) >= EQUAL).count();
    let rest = old.min(new) - head;
    let tail = (0..rest).take_while(|i| similarity(old - 1 - i, new - 1 - i) >= EQUAL).count();
    let mut new_of: Vec<Option<usize>> = vec![None; old];
    let ends = (0..head).map(|i| (i, i)).chain((1..=tail).map(|i| (old - i, new - i)));
    let (rows, cols) = (old - head - tail, new - head - tail);
    let middle = match rows.checked_mul(cols) {
        Some(n) if n <= MOST => best(rows, cols, |i, j| similarity(head + i, head + j)),
        _ => (0..rows.min(cols)).map(|i| (i, i)).collect(),
    };
    for (i, j) in ends.chain(middle.into_iter().map(|(i, j)| (head + i, head + j))) {
        if let Some(slot) = new_of.get_mut(i) {
            *slot = Some(j);
        }
    }
    let mut alone = vec![true; new];
    for j in new_of.iter().flatten() {
        if let Some(slot) = alone.get_mut(*j) {
            *slot = false;
        }
    }
    let added = alone.iter().enumerate().filter(|(_, alone)| **alone).map(|(j, _)| j).collect();
    Alignment { new_of, added }
}

/// The pairs with the greatest sum of similarities.
fn best(rows: usize, cols: usize, similarity: impl Fn(usize, usize) -> u32) -> Vec<(usize, usize)> {
    let width = cols + 1;
    // Of items i.. and j..: the greatest sum.
    let mut sums = vec![0_u32; (rows + 1) * width];
    let at = |sums: &[u32], i: usize, j: usize| sums.get(i * width + j).copied().unwrap_or(0);
    let mut taken = vec![false; rows * cols];
    for i in (0..rows).rev() {
        for j in (0..cols).rev() {
            let score = similarity(i, j);
            let paired = if score > 0 { score + at(&sums, i + 1, j + 1) } else { 0 };
            let sum = paired.max(at(&sums, i + 1, j)).max(at(&sums, i, j + 1));
            if score > 0 && paired == sum {
                taken.get_mut(i * cols + j).into_iter().for_each(|slot| *slot = true);
            }
            if let Some(slot) = sums.get_mut(i * width + j) {
                *slot = sum;
            }
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < rows && j < cols {
        if taken.get(i * cols + j) == Some(&true) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if at(&sums, i + 1, j) >= at(&sums, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// How much two bags of words have in common, 0 to [`EQUAL`].
pub(super) fn alike<'a>(a: &[&'a str], b: &[&'a str]) -> u32 {
    let mut counts = BTreeMap::<&str, i64>::new();
    a.iter().for_each(|t| *counts.entry(t).or_default() += 1);
    let mut common = 0_usize;
    for text in b {
        if let Some(left) = counts.get_mut(text).filter(|left| **left > 0) {
            *left -= 1;
            common += 1;
        }
    }
    match a.len() + b.len() {
        0 => EQUAL,
        all => u32::try_from(2 * common * EQUAL as usize / all).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(old: &str, new: &str) -> (Vec<Option<usize>>, Vec<usize>) {
        let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
        let found = align(a.len(), b.len(), |i, j| if a[i] == b[j] { EQUAL } else { 0 });
        (found.new_of, found.added)
    }

    #[test]
    fn one_lost_item_is_one_gap() {
        assert_eq!(aligned("abcd", "abd"), (vec![Some(0), Some(1), None, Some(2)], vec![]));
        assert_eq!(aligned("abd", "axbyd"), (vec![Some(0), Some(2), Some(4)], vec![1, 3]));
        assert_eq!(aligned("", "ab"), (vec![], vec![0, 1]));
        assert_eq!(aligned("aa", "a"), (vec![Some(0), None], vec![]));
    }

    #[test]
    fn what_is_alike_stays_together() {
        assert_eq!(alike(&["窓口", "12"], &["窓口", "13"]), EQUAL / 2);
        assert_eq!(alike(&[], &[]), EQUAL);
        assert_eq!(alike(&["a", "a"], &["a"]), 666);
    }
}
