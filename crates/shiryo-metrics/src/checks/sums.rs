//! Totals against their parts, along rows and columns.

use super::lattice::{Axis, Entry, Figure, Lattice};
use super::{Check, CheckKind};
use rust_decimal::Decimal;
use shiryo_model::Aggregation;

/// Labels of what is counted again inside another part, or is no part at all.
const NO_PART: [&str; 26] = [
    "うち",
    "再掲",
    "内数",
    "内訳",
    "平均",
    "前年",
    "前回",
    "昨年",
    "比較",
    "増減",
    "差引",
    "率",
    "割合",
    "構成比",
    "指数",
    "最大",
    "最高",
    "最小",
    "参考",
    "累計",
    "累積",
    "目標",
    "計画",
    "実人",
    "備考",
    "対比",
];
/// Labels of lines whose totals are no sums: averages, rates, distinct people, what may be named twice.
const NO_SUM: [&str; 18] = [
    "平均",
    "単価",
    "率",
    "割合",
    "構成比",
    "比",
    "指数",
    "順位",
    "年齢",
    "実人",
    "実数",
    "実世帯",
    "重複",
    "複数回答",
    "倍",
    "番号",
    "人当",
    "件当",
];
/// Totals that may count everything once although the parts overlap.
const SOFT_TOTALS: [&str; 6] = ["全体", "累計", "累積", "総数", "延べ", "通年"];
/// More totals than this are damage, not a table.
const MOST_TOTALS: usize = 300;
/// Cells looked at for one table, at most.
const BUDGET: usize = 20_000_000;

/// How one line came out under one choice of parts.
struct Outcome {
    line: usize,
    total: usize,
    parts: Vec<usize>,
    computed: Decimal,
    agrees: bool,
    /// Two figures or more that are not nought: agreement is no accident.
    telling: bool,
    /// Words stand among the parts where a figure would stand: they may hold one.
    doubtful: bool,
    stated: Decimal,
    step: Decimal,
}

/// Adds the sums of a table.
pub(super) fn find(lattice: &Lattice, checks: &mut Vec<Check>) {
    for axis in [Axis::Rows, Axis::Cols] {
        let kinds = Kinds::of(lattice, axis);
        let totals = kinds.totals();
        let work = totals.len().saturating_mul(lattice.items(axis)).saturating_mul(lattice.lines(axis));
        if totals.is_empty() || totals.len() > MOST_TOTALS || work > BUDGET {
            continue;
        }
        for total in totals {
            of_total(lattice, axis, &kinds, total, checks);
        }
    }
}

/// What each row or column is in a sum.
struct Kinds(Vec<Kind>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Part,
    Total,
    /// No figures: a header or a heading among the rows.
    Border,
    /// Not in any sum.
    Aside,
}

impl Kinds {
    fn of(lattice: &Lattice, axis: Axis) -> Self {
        let kind = |item: usize| {
            let figures =
                (0..lattice.lines(axis)).any(|l| matches!(lattice.at(axis, l, item), Entry::Figure(_)));
            let label = lattice.label(axis, item);
            if !figures {
                Kind::Border
            } else if lattice.is_total(axis, item) {
                Kind::Total
            } else if NO_PART.iter().any(|w| label.contains(w)) {
                Kind::Aside
            } else {
                Kind::Part
            }
        };
        Self((0..lattice.items(axis)).map(kind).collect())
    }

    fn totals(&self) -> Vec<usize> {
        self.0.iter().enumerate().filter(|(_, k)| **k == Kind::Total).map(|(i, _)| i).collect()
    }

    /// The sets of parts that a total may stand for.
    fn choices(&self, total: usize) -> Vec<Vec<usize>> {
        let before: Vec<usize> = (0..total).rev().collect();
        let after: Vec<usize> = (total + 1..self.0.len()).collect();
        let mut choices: Vec<Vec<usize>> = Vec::new();
        for side in [before, after] {
            let kind = |i: &usize| self.0.get(*i).copied().unwrap_or(Kind::Aside);
            let parts = |stop: &[Kind]| -> Vec<usize> {
                let run = side.iter().take_while(|i| !stop.contains(&kind(i)));
                run.filter(|i| kind(i) == Kind::Part).copied().collect()
            };
            let totals: Vec<usize> = side.iter().filter(|i| kind(i) == Kind::Total).copied().collect();
            let near = parts(&[Kind::Total]);
            let with_totals: Vec<usize> = near.iter().chain(&totals).copied().collect();
            choices.extend([near, parts(&[Kind::Total, Kind::Border]), parts(&[]), totals, with_totals]);
        }
        for choice in &mut choices {
            choice.sort_unstable();
        }
        let mut distinct: Vec<Vec<usize>> = Vec::new();
        for choice in choices {
            if choice.len() >= 2 && !distinct.contains(&choice) {
                distinct.push(choice);
            }
        }
        distinct
    }
}

fn of_total(lattice: &Lattice, axis: Axis, kinds: &Kinds, total: usize, checks: &mut Vec<Check>) {
    let choices = kinds.choices(total);
    let reckoned: Vec<Vec<Outcome>> = choices
        .iter()
        .map(|parts| {
            (0..lattice.lines(axis))
                .filter_map(|line| {
                    reckon(lattice, axis, line, total, parts)
                        .map(|o| o.among_words(lattice, axis, kinds, parts))
                })
                .collect()
        })
        .collect();
    let agreeing = |outcomes: &Vec<Outcome>| outcomes.iter().filter(|o| o.agrees && o.telling).count();
    let Some(most) = reckoned.iter().map(agreeing).max() else { return };
    let mut settled: Vec<usize> = Vec::new();
    for outcome in reckoned.iter().flatten().filter(|o| o.agrees && o.telling) {
        if !settled.contains(&outcome.line) {
            settled.push(outcome.line);
            checks.push(check(outcome));
        }
    }
    let label = lattice.label(axis, total);
    if SOFT_TOTALS.iter().any(|w| label.contains(w)) {
        return;
    }
    let Some(best) = reckoned.iter().find(|o| agreeing(o) == most) else { return };
    let wrong: Vec<&Outcome> = best.iter().filter(|o| o.is_wrong() && !settled.contains(&o.line)).collect();
    let proven = most >= 1 && wrong.len() <= most;
    let alone = most == 0 && choices.len() == 1 && best.len() == 1;
    for outcome in wrong {
        let near = outcome.is_near();
        if (proven && (near || most >= 3)) || (alone && outcome.is_slip()) {
            checks.push(check(outcome));
        }
    }
}

impl Outcome {
    fn is_wrong(&self) -> bool {
        !self.agrees && self.telling && !self.doubtful
    }

    /// The same, knowing of rows between the parts that have words instead of a figure.
    fn among_words(mut self, lattice: &Lattice, axis: Axis, kinds: &Kinds, parts: &[usize]) -> Self {
        let (first, last) = (parts.first().copied().unwrap_or(0), parts.last().copied().unwrap_or(0));
        let words = |i: &usize| {
            kinds.0.get(*i) == Some(&Kind::Border) && lattice.at(axis, self.line, *i) == Entry::Other
        };
        self.doubtful = (first..last).chain(last.saturating_sub(1)..last + 2).any(|i| words(&i));
        self
    }

    /// Whether the figures are of one order: otherwise the line is of another nature.
    fn is_near(&self) -> bool {
        let (a, b) = (self.stated.abs(), self.computed.abs());
        let within = |a: Decimal, b: Decimal| a.checked_mul(Decimal::TWO).is_some_and(|twice| twice >= b);
        within(a, b) && within(b, a)
    }

    /// Whether stated and reckoned figure lie one wrong digit of three or more apart, which is what slips look like.
    fn is_slip(&self) -> bool {
        self.slip().unwrap_or(false)
    }

    fn slip(&self) -> Option<bool> {
        let off = self.stated.checked_sub(self.computed)?.abs();
        let steps = off.checked_div(self.step)?.normalize().to_string();
        let hundred_steps = self.step.checked_mul(Decimal::ONE_HUNDRED)?;
        let small = off.checked_mul(Decimal::TEN)? <= self.stated.abs() && self.stated.abs() >= hundred_steps;
        Some(small && steps.trim_end_matches('0').len() == 1)
    }
}

/// Reckons one line; `None` where something in it cannot be reckoned with.
fn reckon(lattice: &Lattice, axis: Axis, line: usize, total: usize, parts: &[usize]) -> Option<Outcome> {
    let stated = lattice.figure(axis, line, total).filter(summable)?;
    let label = lattice.line_label(axis, line);
    if NO_SUM.iter().any(|w| label.contains(w)) {
        return None;
    }
    let mut indexes = Vec::with_capacity(parts.len());
    let (mut sum, mut step, mut telling) = (Decimal::ZERO, stated.step, 0usize);
    for &part in parts {
        match lattice.at(axis, line, part) {
            Entry::Blank => {}
            Entry::Other => return None,
            Entry::Figure(_) => {
                let figure =
                    lattice.figure(axis, line, part).filter(|f| summable(f) && f.unit == stated.unit)?;
                sum = sum.checked_add(figure.value)?;
                // Nought tells nothing of the scale in which a column is written.
                step = if figure.value.is_zero() { step } else { step.max(figure.step) };
                telling += usize::from(!figure.value.is_zero());
                indexes.push(figure.index);
            }
        }
    }
    if indexes.len() < 2 {
        return None;
    }
    // Whole counts add up exactly; what is written in thousands or with decimals is rounded part by part.
    let slack = match step == Decimal::ONE {
        true => Decimal::ZERO,
        false => step.checked_mul(Decimal::from(indexes.len() + 1))?.checked_div(Decimal::TWO)?,
    };
    let agrees = stated.value.checked_sub(sum)?.abs() <= slack;
    Some(Outcome {
        line,
        total: stated.index,
        parts: indexes,
        computed: sum,
        agrees,
        telling: telling >= 2,
        doubtful: false,
        stated: stated.value,
        step,
    })
}

fn summable(figure: &Figure) -> bool {
    figure.aggregation != Aggregation::Ratio
        && !matches!(figure.unit, "%" | "倍" | "‰" | "歳" | "点" | "位" | "ポイント")
}

fn check(outcome: &Outcome) -> Check {
    Check {
        kind: CheckKind::Sum,
        agrees: outcome.agrees,
        result: outcome.total,
        parts: outcome.parts.clone(),
        computed: outcome.computed,
    }
}
