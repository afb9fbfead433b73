//! Numbers of cells as drafts: bare ones, those with a unit, a share or a time of their own, pairs and lists.

use super::bind::{Binding, ColumnLabel, Place};
use super::{content, evidence, listed, pairs, unit_words, when, words};
use crate::Draft;
use crate::scope::{Nearness, ScopedPeriod, ScopedStatus};
use rust_decimal::Decimal;
use shiryo_ja::Quantity;
use shiryo_model::{Aggregation, Bound, Cell, Context, Status};
use std::ops::Range;

/// A draft of a bound number.
fn draft(binding: Binding, place: &Place, chars: Range<usize>, value: Decimal) -> Draft {
    Draft {
        chars,
        subject: binding.subject,
        measure_label: binding.measure_label,
        value,
        unit: binding.unit.unit,
        status: binding.status,
        aggregation: binding.aggregation,
        period: binding.period,
        department: place.department(),
        dimensions: binding.dimensions,
        context: Context::Table,
        confidence: binding.confidence,
        rule: binding.rule,
        ..Draft::default()
    }
}

/// Bare numbers from here on are no shares, unless their own brackets say so.
const LARGEST_SHARE: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);

/// Units of what is counted in whole numbers.
const COUNTS: [&str; 12] = ["人", "名", "件", "回", "台", "枚", "冊", "か所", "施設", "校", "手続", "団体"];

/// A bare number: its unit comes from its place.
pub(super) fn bare(number: &content::Number, place: &Place) -> Option<Draft> {
    let binding = place.bind(None)?;
    let value = number.value.checked_mul(binding.unit.scale)?.normalize();
    // 市民1人当たり, and nothing behind it: of what, nobody tells.
    let rate = ["当たり", "あたり"].iter().any(|end| binding.measure_label.ends_with(end));
    if rate && place.table.units.len() != 1 && !binding.rule.ends_with("bracket") && place.noun().is_none() {
        return None;
    }
    // 29.6 of an amount whose unit nothing tells: 億円 or 百万円, never yen.
    if binding.unit.unit == "円"
        && binding.unit.scale == Decimal::ONE
        && number.value.scale() > 0
        && ["money", "before"].iter().any(|by| binding.rule.ends_with(by))
    {
        return None;
    }
    let mut draft = draft(binding, place, number.chars.clone(), value);
    draft.bound = number.bound;
    // 4.1 under 職員: no count has tenths, unless it is an average or its unit is told.
    let told = ["bracket", "note"].iter().any(|by| draft.rule.ends_with(by));
    let average = || {
        ["平均", "当たり", "あたり", "1日", "人工", "月額"].iter().any(|w| {
            let labels = place.column.path.iter().chain(&place.row.path).chain([&place.table.caption]);
            labels.into_iter().any(|l| l.contains(w))
        })
    };
    if COUNTS.contains(&draft.unit.as_str()) && number.value.scale() > 0 && !told && !average() {
        return None;
    }
    if number.bracketed {
        draft.confidence *= 0.7;
    }
    // Without a unit only an index may stand (財政力指数); for the rest nobody could say what was counted.
    let stated = !draft.unit.is_empty() || words::names_index(&draft.measure_label);
    // No share is that large: the unit was taken from words that mean another column.
    // 20.0 beside (単位:千円、%) is rather a share that no word marks.
    let mixed = draft.unit == "円" && draft.rule.ends_with(".note") && place.table.units.len() > 1;
    let doubtful = mixed && number.value.scale() > 0;
    let share = draft.unit == "%" && !draft.rule.ends_with(".bracket") && draft.value.abs() >= LARGEST_SHARE;
    (stated && !share && !doubtful).then_some(draft)
}

/// A difference to the year before in the unit that its row tells; none where it tells none.
pub(super) fn difference(number: &content::Number, place: &Place) -> Option<Draft> {
    let told = unit_words::unit_word(&place.row.unit)
        .or_else(|| place.row.path.iter().rev().find_map(|label| unit_words::told_by(label)));
    let noted = || match place.table.units.as_slice() {
        [unit] => Some(unit.clone()),
        _ => None,
    };
    let named = || place.noun().and_then(unit_words::told_by);
    let unit = told.or_else(noted).or_else(named).filter(|unit| unit.unit != "%")?;
    let binding = place.bind(Some(&unit.unit))?;
    let value = number.value.checked_mul(unit.scale)?.normalize();
    Some(draft(binding, place, number.chars.clone(), value))
}

/// A share in brackets behind a number.
pub(super) fn share(value: Decimal, chars: &Range<usize>, place: &Place) -> Option<Draft> {
    let binding = place.bind(Some("%"))?;
    let mut draft = draft(binding, place, chars.clone(), value);
    draft.measure_label = format!("{}の割合", draft.measure_label);
    // 増減数(率) | △ 82 (△10.7%): the change told as a share.
    if draft.aggregation != Aggregation::Change {
        draft.aggregation = Aggregation::Ratio;
    }
    draft.confidence *= 0.9;
    Some(draft)
}

/// A number with its own unit.
pub(super) fn with_unit(quantity: &Quantity, chars: &Range<usize>, place: &Place) -> Option<Draft> {
    let binding = place.bind(Some(&quantity.unit))?;
    let mut draft = draft(binding, place, chars.clone(), quantity.value);
    draft.value_upper = quantity.value_upper;
    draft.bound = quantity.bound;
    if quantity.bound != Bound::Exact {
        draft.confidence *= 0.97;
    }
    Some(draft)
}

/// The two figures of a cell under a header that names both.
pub(super) fn pair(
    (first, second): &(ColumnLabel, ColumnLabel),
    figures: &(pairs::Figure, pairs::Figure),
    place: &Place,
) -> Vec<Draft> {
    let at = |column| place.under(column);
    let read = |figure: &pairs::Figure, column| match figure {
        pairs::Figure::Number(number) => bare(number, &at(column)),
        pairs::Figure::Quantity(quantity, chars) => with_unit(quantity, chars, &at(column)),
    };
    let whole = read(&figures.0, first);
    let part = read(&figures.1, second).or_else(|| {
        // 合計(うち予備機): in the unit of the whole.
        let pairs::Figure::Number(number) = &figures.1 else { return None };
        let unit = at(first).bind(None).map(|b| b.unit).filter(|u| !u.unit.is_empty())?;
        let binding = at(second).bind(Some(&unit.unit))?;
        let value = number.value.checked_mul(unit.scale)?.normalize();
        Some(draft(binding, place, number.chars.clone(), value))
    });
    whole.into_iter().chain(part).collect()
}

/// A line of a list within a cell: what the row is about, and the line's own name.
pub(super) fn listed_line(line: &listed::Line, place: &Place) -> Option<Draft> {
    let mut draft = match &line.figure {
        listed::Figure::Number(number) => {
            let number = content::Number { chars: line.chars.clone(), ..number.clone() };
            bare(&number, place)?
        }
        listed::Figure::Quantity(quantity) => with_unit(quantity, &line.chars, place)?,
    };
    draft.measure_label = line.name.clone();
    draft.subject = match draft.subject.is_empty() {
        true => line.name.clone(),
        false => format!("{} / {}", draft.subject, line.name),
    };
    draft.confidence *= 0.97;
    draft.rule = draft.rule.replacen("table.", "table.listed.", 1);
    Some(draft)
}

/// A number with its own unit and, in brackets, its own time.
pub(super) fn dated(quantity: &Quantity, chars: &Range<usize>, time: &str, place: &Place) -> Option<Draft> {
    let mut draft = with_unit(quantity, chars, place)?;
    let when = when::read(&words::clean(time), &place.scope.time);
    let period = when.period?;
    let own = words::status(&when.stem);
    let told = place.status("").filter(|s| s.from >= Nearness::Row);
    let known = (own != Status::Unknown).then_some(ScopedStatus { status: own, from: Nearness::Clause });
    draft.status = known.or(told).or_else(|| evidence::by_date(&period, place.scope)).or(draft.status);
    draft.period = Some(ScopedPeriod { period, label: when.label, from: Nearness::Clause });
    Some(draft)
}

/// A name with a count behind it: the name is the subject, the column or the unit names the quantity.
pub(super) fn counted(
    cell: &Cell,
    name: usize,
    quantity: &Quantity,
    chars: &Range<usize>,
    place: &Place,
) -> Option<Draft> {
    let words: String = cell.text.text.chars().take(name).collect();
    let words = words::clean(&words);
    let subject = words.trim_start_matches("全").trim_end_matches("計").trim();
    let mut draft = with_unit(quantity, chars, place)?;
    let context = format!("{} {}", place.table.caption, place.scope.near());
    draft.measure_label =
        place.tools.catalog.default_label(&quantity.unit, &context).unwrap_or_default().to_owned();
    draft.subject = if subject.is_empty() { words.clone() } else { subject.to_owned() };
    draft.rule = "table.counted.cell".to_owned();
    Some(draft)
}
