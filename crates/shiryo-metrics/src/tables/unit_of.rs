//! The unit of a bare number: its headers, its row, notes, neighbours, the catalogue.

use super::bind::{Axis, Place};
use super::unit_words::{self, ScaledUnit};
use super::words;
use crate::catalog::MeasureKind;
use rust_decimal::Decimal;
use shiryo_model::Aggregation;

/// A unit, how sure it is, and where it came from.
type Told = (ScaledUnit, f64, &'static str);

fn plain(unit: &str) -> ScaledUnit {
    ScaledUnit { unit: unit.to_owned(), scale: Decimal::ONE }
}

impl Place<'_> {
    /// The unit, how sure it is, and where it came from: the nearest words that tell it.
    pub(super) fn unit(&self, axis: Axis, label: &str, own: Option<&str>) -> Told {
        if let Some(own) = own {
            return (plain(own), 1.0, "cell");
        }
        let implied = self.implied_by(label);
        self.bracketed_beside(axis, label)
            .or_else(|| self.noted_for(axis, label, implied))
            .or_else(|| implied.map(|unit| (plain(unit), 0.98, "header")))
            .or_else(|| self.unit_of_kind(axis, label))
            .or_else(|| self.unit_around(label))
            .unwrap_or_else(|| (plain(""), 0.5, "none"))
    }

    /// What the words of the label, or of the headers over it, imply by their ending.
    fn implied_by(&self, label: &str) -> Option<&'static str> {
        // 転出 under 利用件数: a kind of case, whoever moves.
        const MOVES: [&str; 8] = ["転入", "転出", "転居", "出生", "死亡", "婚姻", "離婚", "転籍"];
        let moves = MOVES.iter().any(|w| label.ends_with(w));
        let cases = || self.noun().and_then(unit_words::implied).filter(|unit| *unit != "人");
        let of_label = if moves { cases() } else { None };
        of_label
            .or_else(|| unit_words::implied(label))
            .or_else(|| self.column.path.iter().rev().find_map(|w| unit_words::implied(w)))
    }

    /// The unit in brackets of the header or of the row, or in the column of units.
    fn bracketed_beside(&self, axis: Axis, label: &str) -> Option<Told> {
        let bracketed = self.column.path.iter().rev().find_map(|w| unit_words::bracketed(w));
        // 達成率(%) below a name whose 単位 is 手続: its own bracket is nearer.
        let of_row = self.row.path.last().and_then(|w| unit_words::bracketed(w));
        let rate = unit_words::implied(label) == Some("%")
            || self.row.path.last().is_some_and(|w| unit_words::implied(w) == Some("%"));
        let of_row = of_row
            .or_else(|| unit_words::unit_word(&self.row.unit))
            // 延べ人数(人/年) under 単位.
            .or_else(|| unit_words::told_by(&self.row.unit))
            .or_else(|| unit_words::verbatim(&self.row.unit))
            .or_else(|| self.row.path.iter().rev().find_map(|w| unit_words::bracketed(w)));
        let (first, second) =
            if matches!(axis, Axis::Row | Axis::Group) { (of_row, bracketed) } else { (bracketed, of_row) };
        // A rate beside counts is none of them.
        let fits = |u: &ScaledUnit| {
            let share = || matches!(u.unit.as_str(), "%" | "‰" | "倍" | "ポイント");
            !rate || share() || unit_words::bracketed(label).as_ref() == Some(u)
        };
        let found = [first, second].into_iter().flatten().find(fits);
        found
            .map(|unit| (unit, 1.0, "bracket"))
            .or_else(|| Some((self.table.notes.unit_of(label)?, 0.98, "note")))
    }

    /// The unit of the table's note, as far as it goes with the label.
    fn noted_for(&self, axis: Axis, label: &str, implied: Option<&str>) -> Option<Told> {
        let only = match self.table.units.as_slice() {
            [only] => Some(only),
            _ => None,
        };
        // 高齢者 over amounts of 医療費 (単位:円): whose money it is, not how many they are.
        let group =
            implied == Some("人") && !["数", "人口", "定員", "人員"].iter().any(|e| label.ends_with(e));
        let costs = || self.noun().is_some_and(unit_words::is_money);
        if let Some(unit) = only.filter(|u| group && u.unit == "円" && costs()) {
            return Some((unit.clone(), 0.93, "note"));
        }
        // 発行枚数 in the caption beside (単位:通): what the note says of the table is how it counts.
        if let Some(unit) = only.filter(|u| axis == Axis::Caption && !matches!(u.unit.as_str(), "%" | "円"))
        {
            return Some((unit.clone(), 0.95, "note"));
        }
        // 待ち時間 in a table of shares (単位:%): how many are content with it.
        let counts = ["人", "名", "件", "回", "台", "手続", "円"];
        let shares = axis == Axis::Row && implied.is_some_and(|i| i != "%" && !counts.contains(&i));
        if let Some(unit) = only.filter(|u| u.unit == "%" && shares) {
            return Some((unit.clone(), 0.93, "note"));
        }
        // 増減 between rates is told in points.
        let between = words::aggregation(label, "") == Aggregation::Change && !label.contains('率');
        if only.is_some_and(|u| u.unit == "%" && between) {
            return Some((plain("ポイント"), 0.9, "note"));
        }
        let noted = self.noted(label, implied)?;
        // Which unit of several goes with a label that tells none is a guess.
        let told = self.table.units.len() < 2 || implied.is_some() || unit_words::is_money(label);
        Some((noted, if told { 0.98 } else { 0.88 }, "note"))
    }

    /// The unit that follows from the kind of figure: a part has that of its whole, money is yen, a difference is told
    /// in what it compares.
    fn unit_of_kind(&self, axis: Axis, label: &str) -> Option<Told> {
        if label.starts_with("うち")
            && let Some(unit) = self.unit_of_whole(label)
        {
            return Some((unit, 0.97, "whole"));
        }
        if unit_words::is_money(label) || self.column.path.iter().any(|w| unit_words::is_money(w)) {
            // Two tables of one section are told in one unit, even where the second does not repeat it.
            let before = unit_words::unit_note(&self.scope.unit_before).into_iter().find(|u| u.unit == "円");
            return Some(before.map_or_else(|| (plain("円"), 0.75, "money"), |unit| (unit, 0.7, "before")));
        }
        if words::aggregation(label, "") != Aggregation::Change {
            return None;
        }
        // 増減 beside years, in the row of 参加者数.
        let of_row = || self.row.path.iter().rev().find_map(|w| unit_words::implied(w));
        let of_rows = || self.table.row_unit.clone().filter(|_| axis == Axis::Row);
        of_row()
            .map(|unit| (plain(unit), 0.95, "row"))
            .or_else(|| Some((of_rows()?, 0.95, "rows")))
            .or_else(|| Some((self.unit_of_neighbours(label)?, 0.95, "neighbours")))
    }

    /// The unit that the words around tell: the caption, the catalogue, the heading, the columns beside, the row.
    fn unit_around(&self, label: &str) -> Option<Told> {
        let caption = self.about();
        let noun = self.noun();
        if let Some(unit) = noun.and_then(unit_words::implied) {
            return Some((plain(unit), 0.93, "caption"));
        }
        // 待機児童の年齢別内訳 counts them.
        if noun.is_some_and(|n| n.ends_with("児童") || n.ends_with("生徒")) {
            return Some((plain("人"), 0.85, "caption"));
        }
        let near = format!("{} {} {}", self.row.path.join(" "), caption, self.scope.near());
        let measure =
            self.tools.catalog.match_measure(label, &near, "").filter(|m| m.kind != MeasureKind::Ratio);
        if let Some(unit) = measure.and_then(|m| m.units.first()) {
            return Some((plain(unit), 0.8, "catalogue"));
        }
        if !self.scope.unit.is_empty() {
            let unit = unit_words::unit_word(&self.scope.unit).unwrap_or_else(|| plain(&self.scope.unit));
            return Some((unit, 0.85, "scope"));
        }
        if let Some(unit) = self.unit_of_neighbours(label) {
            return Some((unit, 0.9, "neighbours"));
        }
        // Rows and columns of times alone: only the caption says what is counted.
        if label.is_empty()
            && self.row.path.is_empty()
            && let Some(unit) =
                self.tools.catalog.match_measure(caption, "", "").and_then(|m| m.units.first())
        {
            return Some((plain(unit), 0.65, "topic"));
        }
        // 参加者 | 22 | 35 under months: the row tells what is counted.
        let of_row = |w: &String| unit_words::implied(w).filter(|_| !unit_words::is_ordinal(w));
        let of_row = || self.row.path.iter().rev().find_map(of_row).filter(|_| label.is_empty());
        of_row()
            .map(|unit| (plain(unit), 0.85, "row"))
            .or_else(|| Some((plain(unit_words::counted_noun(label)?), 0.75, "noun")))
            .or_else(|| Some((plain(self.table.counted.as_deref()?), 0.8, "counted")))
    }

    /// The unit of the nearest column to the left of a part (うち児童書) that is no part itself.
    fn unit_of_whole(&self, label: &str) -> Option<ScaledUnit> {
        let at = self.table.headers.iter().position(|h| h == label)?;
        let before = self.table.headers.get(..at)?;
        self.unit_of_header(before.iter().rev().find(|h| !h.starts_with("うち"))?)
    }

    /// The unit that a header of this table tells by itself.
    fn unit_of_header(&self, header: &str) -> Option<ScaledUnit> {
        let implied = unit_words::implied(header);
        let own = unit_words::bracketed(header).or_else(|| self.noted(header, implied));
        own.or_else(|| implied.map(plain)).or_else(|| unit_words::is_money(header).then(|| plain("円")))
    }

    /// The unit of the other columns, where they agree, for differences (増減 beside 決算額) and totals.
    ///
    /// A difference is told in the unit of the nearest column to its left that it can compare.
    fn unit_of_neighbours(&self, label: &str) -> Option<ScaledUnit> {
        let counted = |header: &String| self.unit_of_header(header).filter(|u| u.unit != "%");
        let at = self.table.headers.iter().position(|h| h == label);
        if words::aggregation(label, "") == Aggregation::Change
            && let Some(unit) = at.and_then(|at| self.table.headers.get(..at)?.iter().rev().find_map(counted))
        {
            return Some(unit);
        }
        let mut units = self.table.headers.iter().filter(|h| h.as_str() != label).filter_map(counted);
        let first = units.next()?;
        units.all(|u| u == first).then_some(first)
    }

    /// The unit of the table's note that goes with a label.
    fn noted(&self, label: &str, implied: Option<&str>) -> Option<ScaledUnit> {
        let units = &self.table.units;
        if let Some(exact) = units.iter().find(|u| implied == Some(u.unit.as_str())) {
            return Some(exact.clone());
        }
        let first = units.first()?;
        let money = unit_words::is_money(label);
        match implied {
            // 執行率 in a table in 千円 is no money; neither is 件数.
            Some(_) if !money => None,
            None if units.len() > 1 => {
                // Rates say that they are: what is left is money, or counts where there are any.
                let left = || units.iter().filter(|u| u.unit != "%");
                let fits = |u: &&ScaledUnit| money == (u.unit == "円");
                // 世帯 in (単位:世帯,t) is that of 世帯数; 収集量 beside it has the other one.
                let claimed = |u: &ScaledUnit| {
                    let told = |h: &String| h != label && unit_words::implied(h) == Some(u.unit.as_str());
                    self.table.headers.iter().any(told)
                };
                let free = || left().find(|u| fits(u) && !claimed(u));
                let found = if label.is_empty() {
                    left().next()
                } else {
                    free().or_else(|| left().find(fits)).or(left().next())
                };
                found.cloned()
            }
            _ => Some(first.clone()),
        }
    }
}
