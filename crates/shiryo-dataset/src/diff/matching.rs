//! Which old observation is which new one: first by all that they state, then by less and less.

use super::Record;
use std::collections::{HashMap, VecDeque};

// What two observations may share.
const SOURCE: &[&str] = &["source"];
const NAME: &[&str] = &["subject", "measure_label"];
const UNIT: &[&str] = &["unit"];
const LABELS: &[&str] = &["dimensions"];
const DEPARTMENT: &[&str] = &["department"];
const PERIOD: &[&str] = &["period_start", "period_end"];
const STATUS: &[&str] = &["status"];
const VALUE: &[&str] = &["value"];
const WORDS: &[&str] = &["evidence"];
const PAGE: &[&str] = &["source", "page", "line"];
const CELL: &[&str] = &["table_id", "row", "col", "context"];

/// What two observations must share to be taken for the same fact, from the surest to the vaguest.
const BY_MEANING: [&[&[&str]]; 9] = [
    &[SOURCE, NAME, UNIT, LABELS, DEPARTMENT, PERIOD, STATUS, VALUE],
    &[SOURCE, NAME, UNIT, LABELS, DEPARTMENT, PERIOD, STATUS],
    &[NAME, UNIT, LABELS, DEPARTMENT, PERIOD, STATUS, VALUE],
    &[NAME, UNIT, LABELS, DEPARTMENT, PERIOD, STATUS],
    &[NAME, UNIT, LABELS, PERIOD],
    &[NAME, UNIT, LABELS, VALUE, STATUS],
    &[NAME, UNIT, LABELS, STATUS],
    &[WORDS, VALUE, UNIT, LABELS, PERIOD],
    &[&["subject", "context"], UNIT, LABELS, PERIOD],
];

/// The same for what is left. These go by place or by little: fields that both lack do not count, and three must be
/// there, so that a fact is not taken for one of another place.
const BY_PLACE: [&[&[&str]]; 3] = [&[PAGE, WORDS, VALUE], &[NAME, PERIOD], &[PAGE, CELL]];
const LEAST: usize = 3;

/// Who belongs to whom.
pub(super) struct Pairs {
    /// For each old observation the new one.
    pub(super) of_old: Vec<Option<usize>>,
    /// For each new observation whether it has an old one.
    pub(super) new_taken: Vec<bool>,
}

pub(super) fn pairs(old: &[Record], new: &[Record]) -> Pairs {
    let mut pairs = Pairs { of_old: vec![None; old.len()], new_taken: vec![false; new.len()] };
    for shared in BY_MEANING {
        pairs.add(old, new, &shared.concat(), 0);
    }
    for shared in BY_PLACE {
        pairs.add(old, new, &shared.concat(), LEAST);
    }
    pairs
}

impl Pairs {
    /// Pairs what is still alone and shares `fields`, at least `least` of which are not empty; equals in their order.
    fn add(&mut self, old: &[Record], new: &[Record], fields: &[&str], least: usize) {
        let mut waiting: HashMap<Vec<&str>, VecDeque<usize>> = HashMap::new();
        for (i, (r, _)) in new.iter().zip(&self.new_taken).enumerate().filter(|(_, (_, taken))| !**taken) {
            waiting.entry(key(r, fields)).or_default().push_back(i);
        }
        for (r, pair) in old.iter().zip(&mut self.of_old).filter(|(_, pair)| pair.is_none()) {
            let key = key(r, fields);
            if key.iter().filter(|f| !f.is_empty()).count() < least {
                continue;
            }
            let next = waiting.get_mut(&key).and_then(VecDeque::pop_front);
            if let Some(taken) = next.and_then(|i| self.new_taken.get_mut(i)) {
                (*pair, *taken) = (next, true);
            }
        }
    }
}

fn key<'a>(record: &'a Record, fields: &[&str]) -> Vec<&'a str> {
    fields.iter().map(|f| record.get(*f).map_or("", String::as_str)).collect()
}
