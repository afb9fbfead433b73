//! Columns (or rows) that others give: changes, rates, shares, running totals.
//!
//! Which columns give which is not read from their headers alone but learned: the pair that comes out most often is
//! the one that is meant, and only where it nearly always comes out is a figure that does not a contradiction.

use super::lattice::{Axis, Entry, Figure, Lattice};
use super::{Check, CheckKind};
use rust_decimal::Decimal;
use shiryo_model::Aggregation;

/// Header words of changes.
const CHANGES: [&str; 9] = ["増減", "差引", "差額", "比較", "増加", "減少", "削減", "前年差", "短縮"];
/// Header words of rates of change, among the headers of shares.
const CHANGE_RATES: [&str; 6] = ["増減率", "伸び率", "伸率", "増加率", "減少率", "削減率"];
/// Header words of running totals.
const CUMULATIVE: [&str; 2] = ["累計", "累積"];
/// Columns tried as the ones that give another, at most.
const MOST_SOURCES: usize = 14;
/// Rows looked at, at most.
const MOST_ITEMS: usize = 5_000;

/// A way to reckon a figure from others of its row.
type Reckoning<'l> = (CheckKind, Box<dyn Fn(usize) -> Option<Reckoned> + 'l>);

/// What others give for one row, and from which figures.
struct Reckoned {
    parts: Vec<usize>,
    value: Decimal,
    slack: Decimal,
    /// Whether agreement can be no accident.
    telling: bool,
}

/// Adds the relations between the columns and between the rows of a table.
pub(super) fn find(lattice: &Lattice, checks: &mut Vec<Check>) {
    // Columns that others give, row by row; then rows that others give, column by column.
    for axis in [Axis::Cols, Axis::Rows] {
        if lattice.lines(axis) > MOST_ITEMS || lattice.items(axis) > MOST_ITEMS {
            continue;
        }
        let figures = |item: usize| {
            (0..lattice.lines(axis))
                .filter(|l| matches!(lattice.at(axis, *l, item), Entry::Figure(_)))
                .count()
        };
        let filled: Vec<usize> = (0..lattice.items(axis)).filter(|i| figures(*i) >= 2).collect();
        if filled.len() < 2 || filled.len() > 200 {
            continue;
        }
        for &target in &filled {
            of_target(lattice, axis, target, &filled, checks);
        }
    }
}

fn of_target(lattice: &Lattice, axis: Axis, target: usize, filled: &[usize], checks: &mut Vec<Check>) {
    let label = lattice.label(axis, target);
    let is = |words: &[&str]| words.iter().any(|w| label.contains(w));
    let lines = lattice.lines(axis);
    let first = (0..lines).find_map(|l| lattice.figure(axis, l, target));
    let Some(first) = first else { return };
    let percent = first.unit == "%";
    let change = is(&CHANGES) && !percent;
    let cumulative = is(&CUMULATIVE) && !percent && first.aggregation != Aggregation::Ratio;
    if !percent && !change && !cumulative {
        return;
    }
    let near = filled.iter().position(|i| *i == target).unwrap_or(0);
    let from = near.saturating_sub(MOST_SOURCES / 2);
    let sources: Vec<usize> =
        filled.iter().skip(from).take(MOST_SOURCES).filter(|i| **i != target).copied().collect();
    let mut ways: Vec<Reckoning> = Vec::new();
    for &a in &sources {
        if cumulative {
            ways.push((CheckKind::Cumulative, Box::new(move |line| running(lattice, axis, line, target, a))));
        }
        if percent && !is(&CHANGE_RATES) {
            ways.push((CheckKind::Share, Box::new(move |line| of_own_total(lattice, axis, line, a))));
        }
        for &b in sources.iter().filter(|b| **b != a) {
            if change {
                ways.push((
                    CheckKind::Difference,
                    Box::new(move |line| difference(lattice, axis, line, a, b)),
                ));
            }
            if percent {
                ways.push((CheckKind::Share, Box::new(move |line| share(lattice, axis, line, a, b))));
                ways.push((
                    CheckKind::ChangeRate,
                    Box::new(move |line| change_rate(lattice, axis, line, a, b)),
                ));
            }
        }
    }
    let mut best: Option<(usize, Vec<Check>)> = None;
    for (kind, way) in &ways {
        let (agreeing, found) = try_way(lattice, axis, target, *kind, way);
        if best.as_ref().is_none_or(|(most, _)| agreeing > *most) {
            best = Some((agreeing, found));
        }
    }
    let Some((agreeing, found)) = best else { return };
    let wrong = found.iter().filter(|c| !c.agrees).count();
    // Many pairs were tried: two rows that come out by accident prove nothing.
    if agreeing < 3 || wrong * 3 > agreeing {
        return;
    }
    checks.extend(found);
}

/// Every row reckoned one way: how many come out tellingly, and the checks.
fn try_way(
    lattice: &Lattice,
    axis: Axis,
    target: usize,
    kind: CheckKind,
    way: &dyn Fn(usize) -> Option<Reckoned>,
) -> (usize, Vec<Check>) {
    let mut agreeing = 0;
    let mut found = Vec::new();
    for line in 0..lattice.lines(axis) {
        let Some(stated) = lattice.figure(axis, line, target) else { continue };
        let Some(reckoned) = way(line) else { continue };
        // The last digit may be rounded, cut or carried from figures rounded themselves.
        let step =
            if stated.unit == "%" || stated.step != Decimal::ONE { stated.step } else { Decimal::ZERO };
        let slack = step.max(reckoned.slack);
        // A decrease is written with a sign or with a word.
        let off = |value: Decimal| stated.value.checked_sub(value).map(|d| d.abs());
        let signed = off(reckoned.value);
        let unsigned =
            off(-reckoned.value).filter(|_| matches!(kind, CheckKind::Difference | CheckKind::ChangeRate));
        let agrees = [signed, unsigned].into_iter().flatten().any(|d| d <= slack);
        if !reckoned.telling {
            continue;
        }
        agreeing += usize::from(agrees);
        found.push(Check {
            kind,
            agrees,
            result: stated.index,
            parts: reckoned.parts,
            computed: reckoned.value,
        });
    }
    (agreeing, found)
}

fn pair<'o>(
    lattice: &Lattice<'o>,
    axis: Axis,
    line: usize,
    a: usize,
    b: usize,
) -> Option<(Figure<'o>, Figure<'o>)> {
    let (a, b) = (lattice.figure(axis, line, a)?, lattice.figure(axis, line, b)?);
    (a.unit == b.unit || people(a.unit) && people(b.unit)).then_some((a, b))
}

fn people(unit: &str) -> bool {
    matches!(unit, "人" | "名")
}

/// 増減 = a − b.
fn difference(lattice: &Lattice, axis: Axis, line: usize, a: usize, b: usize) -> Option<Reckoned> {
    let (a, b) = pair(lattice, axis, line, a, b)?;
    let value = a.value.checked_sub(b.value)?;
    let step = a.step.max(b.step);
    let slack = if step == Decimal::ONE { Decimal::ZERO } else { step };
    let telling = !value.is_zero() && !a.value.is_zero() && !b.value.is_zero();
    Some(Reckoned { parts: vec![a.index, b.index], value, slack, telling })
}

/// 執行率 = a / b.
fn share(lattice: &Lattice, axis: Axis, line: usize, a: usize, b: usize) -> Option<Reckoned> {
    let (a, b) = pair(lattice, axis, line, a, b).filter(|(a, _)| a.unit != "%")?;
    percent(&a, a.value, &b)
}

/// 増減率 = (a − b) / b.
fn change_rate(lattice: &Lattice, axis: Axis, line: usize, a: usize, b: usize) -> Option<Reckoned> {
    let (a, b) = pair(lattice, axis, line, a, b).filter(|(a, _)| a.unit != "%")?;
    percent(&a, a.value.checked_sub(b.value)?, &b)
}

/// 構成比 = a / its total.
fn of_own_total(lattice: &Lattice, axis: Axis, line: usize, a: usize) -> Option<Reckoned> {
    let part = lattice.figure(axis, line, a).filter(|f| f.unit != "%")?;
    let across = if axis == Axis::Cols { Axis::Rows } else { Axis::Cols };
    let total = (0..lattice.lines(axis)).rev().find(|l| lattice.is_total(across, *l))?;
    let whole = lattice.figure(axis, total, a).filter(|w| w.unit == part.unit && w.index != part.index)?;
    percent(&part, part.value, &whole)
}

/// A part over a whole in percent; parts that are all or nothing tell nothing.
fn percent(part: &Figure, value: Decimal, whole: &Figure) -> Option<Reckoned> {
    if whole.value.is_zero() {
        return None;
    }
    let hundred = Decimal::ONE_HUNDRED;
    let rate = value.checked_mul(hundred)?.checked_div(whole.value)?.round_dp(6);
    // What rounding of the figures themselves can move.
    let moved = part.step.checked_mul(hundred)?.checked_div(whole.value.abs())?;
    let slack = if part.step == Decimal::ONE { Decimal::ZERO } else { moved.round_dp(6) };
    let telling = !rate.is_zero() && rate != hundred;
    Some(Reckoned { parts: vec![part.index, whole.index], value: rate, slack, telling })
}

/// 累計 = the one before + this one.
fn running(lattice: &Lattice, axis: Axis, line: usize, target: usize, a: usize) -> Option<Reckoned> {
    let before = lattice.figure(axis, line.checked_sub(1)?, target)?;
    let own = lattice.figure(axis, line, a).filter(|f| f.unit == before.unit)?;
    let value = before.value.checked_add(own.value)?;
    let step = before.step.max(own.step);
    let slack = if step == Decimal::ONE { Decimal::ZERO } else { step };
    let telling = !own.value.is_zero() && !before.value.is_zero();
    Some(Reckoned { parts: vec![before.index, own.index], value, slack, telling })
}
