//! Figures of running text and charts: before and after with the change told behind them, shares of a whole.

use super::lattice::step_of;
use super::{Check, CheckKind};
use rust_decimal::Decimal;
use shiryo_model::{Aggregation, Bound, Context, Observation};

/// How many figures behind the second one may stand before the change that belongs to both.
const REACH: usize = 2;
/// Figures of one chart, at most.
const MOST_ITEMS: usize = 60;

/// Adds what running text and charts allow.
pub(super) fn find(observations: &[Observation], checks: &mut Vec<Check>) {
    for at in 0..observations.len() {
        checks.extend(before_and_after(observations, at));
        checks.extend(share_of_whole(observations, at));
    }
    charts(observations, checks);
}

/// 全体120か所のうち90か所(75.0%): a share in brackets behind a part of the whole told before.
///
/// Only that it comes out tells something: what else the share may be of, the sentence need not say.
fn share_of_whole(all: &[Observation], at: usize) -> Option<Check> {
    let (whole, part, share) = (all.get(at)?, all.get(at + 1)?, all.get(at + 2)?);
    let together =
        [whole, part, share].iter().all(|o| o.context == Context::Prose && o.bound == Bound::Exact)
            && (whole.page, &whole.subject, &whole.unit) == (part.page, &part.subject, &part.unit)
            && (part.page, &part.subject) == (share.page, &share.subject)
            && part.unit != "%"
            && share.unit == "%"
            && share.rule.contains(".bracket.")
            && whole.value > part.value;
    let computed = together.then(|| part.value.checked_mul(Decimal::ONE_HUNDRED)).flatten()?;
    let computed = computed.checked_div(whole.value)?.round_dp(4);
    let agrees = share.value.checked_sub(computed)?.abs() <= step_of(&share.evidence, share.value);
    let parts = vec![at, at + 1];
    agrees.then_some(Check { kind: CheckKind::Share, agrees, result: at + 2, parts, computed })
}

/// 539時間から253時間へ、53.1%削減.
fn before_and_after(all: &[Observation], at: usize) -> Option<Check> {
    let (before, after) = (all.get(at)?, all.get(at + 1)?);
    let phase = |o: &Observation| o.dimensions.get("phase").cloned().unwrap_or_default();
    let together = phase(before) == "before"
        && phase(after) == "after"
        && before.context == Context::Prose
        && (before.page, before.line, &before.subject, &before.unit)
            == (after.page, after.line, &after.subject, &after.unit)
        && before.unit != "%"
        && [before, after].iter().all(|o| matches!(o.bound, Bound::Exact | Bound::Approx));
    if !together || before.value.is_zero() {
        return None;
    }
    let told = |o: &&Observation| {
        o.aggregation == Aggregation::Change
            && matches!(o.bound, Bound::Exact | Bound::Approx)
            && (o.page, o.line, &o.subject) == (before.page, before.line, &before.subject)
            && (o.unit == "%" || o.unit == before.unit)
    };
    let index = (at + 2..at + 2 + REACH).find(|i| all.get(*i).as_ref().is_some_and(told))?;
    let change = all.get(index)?;
    let by = after.value.checked_sub(before.value)?.abs();
    let (kind, computed) = match change.unit == "%" {
        true => (
            CheckKind::ChangeRate,
            by.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before.value)?.round_dp(4),
        ),
        false => (CheckKind::Difference, by),
    };
    let step = step_of(&change.evidence, change.value);
    let slack = if kind == CheckKind::ChangeRate || step != Decimal::ONE { step } else { Decimal::ZERO };
    let agrees = change.value.abs().checked_sub(computed)?.abs() <= slack;
    // About 1,450 hours and about 680 may give what they give; only that they come out tells something.
    let told = agrees || [before, after, change].iter().all(|o| o.bound == Bound::Exact);
    told.then(|| Check { kind, agrees, result: index, parts: vec![at, at + 1], computed })
}

/// Charts: every count over the sum of all is its share.
fn charts(all: &[Observation], checks: &mut Vec<Check>) {
    let mut at = 0;
    while let Some(first) = all.get(at).filter(|_| at < all.len()) {
        let phase = |o: &Observation| o.dimensions.get("phase").cloned();
        let same = |o: &Observation| {
            o.context == Context::Figure
                && (o.page, title(o), phase(o)) == (first.page, title(first), phase(first))
        };
        let end = (at..all.len().min(at + MOST_ITEMS * 2))
            .find(|i| !all.get(*i).is_some_and(same))
            .unwrap_or(all.len());
        if first.context == Context::Figure && end > at + 3 {
            checks.extend(chart(all, at..end));
        }
        at = end.max(at + 1);
    }
}

/// What a chart is about: the subject of its values without the name of each.
fn title(o: &Observation) -> &str {
    let item = o.dimensions.get("item").map_or("", String::as_str);
    let stem = o.subject.strip_suffix(item).unwrap_or(&o.subject);
    if item.is_empty() { stem } else { stem.trim_end().trim_end_matches('/').trim_end() }
}

fn chart(all: &[Observation], range: std::ops::Range<usize>) -> Vec<Check> {
    let item = |i: usize| all.get(i).and_then(|o| o.dimensions.get("item"));
    let pairs: Vec<(usize, usize)> = range
        .clone()
        .zip(range.skip(1))
        .filter(|&(i, j)| {
            let percent = |k: usize| all.get(k).is_some_and(|o| o.unit == "%");
            item(i).is_some() && item(i) == item(j) && !percent(i) && percent(j)
        })
        .collect();
    let values = pairs.iter().filter_map(|(i, _)| all.get(*i)).map(|o| o.value);
    let Some(whole) = values.into_iter().try_fold(Decimal::ZERO, |sum, v| sum.checked_add(v)) else {
        return Vec::new();
    };
    let checks: Vec<Check> = pairs
        .iter()
        .filter_map(|&(i, j)| {
            let (count, share) = (all.get(i)?, all.get(j)?);
            let computed = count.value.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?.round_dp(4);
            let slack = step_of(&share.evidence, share.value);
            let agrees = share.value.checked_sub(computed)?.abs() <= slack;
            Some(Check { kind: CheckKind::Share, agrees, result: j, parts: vec![i], computed })
        })
        .collect();
    let wrong = checks.iter().filter(|c| !c.agrees).count();
    if checks.len() >= 2 && wrong * 2 <= checks.len().saturating_sub(wrong) { checks } else { Vec::new() }
}
