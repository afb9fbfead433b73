//! Whose a quantity is that is named before its number (受診率, 手続に要する時間, 1件当たりの受付時間).

use super::bind::{Binder, split_label};
use super::chars::string;
use super::left::Found;
use super::owner::{is_common, is_own_name};
use super::topic;
use super::words::{self, is_generic};
use crate::Draft;
use std::ops::Range;

/// 1件当たり, 1人につき: whether words only say for how many.
pub(super) fn is_rate(words: &str) -> bool {
    ["当たり", "あたり", "につき"].iter().any(|w| words.ends_with(w))
}

impl Binder<'_, '_> {
    /// The quantity that `words` name, which stand at `range`: its name, and what it is of.
    pub(super) fn named(
        &self,
        words: &str,
        kind: &str,
        range: &Range<usize>,
        region: &Range<usize>,
    ) -> Found {
        let (s, c) = (self.s, self.s.chars);
        // 完了までの時間: up to when.
        let until = |o: &str| o.ends_with("まで");
        let (of, name) = split_label(words);
        let concerned = || {
            let joints = ["に係る", "に関する", "にかかる", "による", "に要する", "に要した"];
            let of = joints.iter().find_map(|j| words.split_once(j)).map(|(of, _)| of.to_owned());
            // 構築に要する経費, 手続に要する時間: of whatever the passage is about.
            of.filter(|of| !words::is_action(of) && !is_common(of))
        };
        let name = match &of {
            Some(o) if is_rate(o) || until(o) => format!("{o}の{name}"),
            _ => name,
        };
        // 経費から収入を差し引いた市の負担額: a clause, and who.
        // システムへの移行経費: into what.
        let of = of.map(|o| o.strip_suffix('へ').map_or(o.clone(), str::to_owned));
        let clause = |o: &str| o.contains('を') && o.ends_with(['市', '区', '町', '村', '県', '国']);
        let of = of
            .filter(|o| !clause(o))
            .filter(|o| !is_generic(o) && !is_rate(o) && !until(o))
            .or_else(concerned);
        let of = of.or_else(|| topic::of_open(s, range.start, self.kept));
        // 1人当たり9万円(人口18,652人): of nobody but the place.
        if region.start > 0 && of.is_none() && name == "人口" {
            let place = self.bracket_owner(region).filter(|o| words::is_area(o));
            return Found::Settled(Some(place.unwrap_or_else(|| name.clone())), Some(name));
        }
        let of = of.or_else(|| self.bracket_owner(region));
        // 目標値20.0% 実績値18.3% 達成率91.5%: told of the figures before it.
        let told =
            ["達成率", "執行率", "進捗率", "増減率", "前年比", "前年度比", "構成比"].contains(&name.as_str());
        let of = of.or_else(|| self.prior.last().filter(|_| told).map(|d| d.subject.clone()));
        let of = of.or_else(|| self.same_kind(&name));
        let of = of.or_else(|| self.chained_object(range.start, region));
        // 認可保育所を1か所整備し、定員を70名…: the same clause chain speaks of the same thing.
        let chained = || {
            let told = |d: &&Draft| !d.rule.contains(".heading.") && s.region(d.chars.start) == *region;
            self.prior.last().filter(|d| kind == "object" && told(d))
        };
        let of = of.or_else(|| chained().map(|d| d.subject.clone()));
        let of = of.or_else(|| self.entry(if kind == "noun" { &name } else { "" }));
        // 健診の受診者は742人、受診率44.8%: told of what the figure before it is.
        let beside = || {
            let prior = self.prior.last().filter(|d| d.subject != d.measure_label)?;
            let between = string(c, s.behind_brackets(prior.chars.end).min(range.start)..range.start);
            let next = kind == "noun" && between == "、" && !prior.rule.contains(".heading.");
            (next && !is_own_name(&name)).then(|| prior.subject.clone())
        };
        let of = of.or_else(beside).or_else(|| self.spoken_of(&name));
        let of = of.unwrap_or_else(|| self.above_for(&name));
        // Without any topic the quantity's own name has to stand for it.
        Found::Settled(Some(if of.is_empty() { name.clone() } else { of }), Some(name))
    }
}
