//! Numbers that go on from another: a list, a change beside its figure, a bracket behind its owner.

use super::bind::Binder;
use super::chars::{begins_any, ends, ends_any, string};
use super::left::Left;
use super::owner::is_bare_doing;
use super::phrase;
use super::topic::clean;
use super::words::{action_ending, is_generic, names_quantity};
use std::ops::Range;

impl Binder<'_, '_> {
    /// 24回 439名; 2,000台、累計5,000台: a number right behind another goes on with its subject.
    pub(super) fn follow(&self, start: usize, floor: usize, region: &Range<usize>, left: &mut Left) {
        if floor <= region.start {
            return;
        }
        let between = string(self.s.chars, floor..start);
        let plain: String =
            between.chars().filter(|c| !c.is_whitespace() && !"、・/,(→⇒➡".contains(*c)).collect();
        let plain = ["延べ", "合計", "累計", "計", "約"]
            .iter()
            .find_map(|w| plain.strip_suffix(w).filter(|p| !p.is_empty()))
            .unwrap_or(&plain)
            .to_owned();
        let joins = [
            "",
            "増の",
            "減の",
            "増で",
            "減で",
            "から",
            "で",
            "で全体の",
            "と全体の",
            "全体の",
            "のうち",
            "、うち",
            "うち",
            "及び",
            "と",
            "に対し",
            "に対して",
            "累計",
            "延べ",
            "計",
            "合計",
            "約",
            "内訳は",
            "実績値",
            "実績",
            "目標値",
            "目標",
            "現状値",
        ];
        let timed = self.s.times().any(|(m, _)| m.chars.start >= floor && m.chars.end <= start);
        let times: usize = self
            .s
            .times()
            .filter(|(m, _)| m.chars.start >= floor && m.chars.end <= start)
            .map(|(m, _)| m.chars.len())
            .sum();
        let beside = plain.chars().count().saturating_sub(times);
        // 職員6人で延べ540時間: by how many, not of whom.
        let prior = self.prior.iter().rfind(|d| d.chars.end == floor);
        let hours = self.s.quantity_at(start).is_some_and(|(_, q)| q.unit == "時間");
        if plain.starts_with('で') && hours && prior.is_some_and(|d| matches!(d.unit.as_str(), "人" | "名"))
        {
            return;
        }
        if joins.contains(&plain.as_str()) || (timed && beside <= 3) {
            left.follows = self.prior.iter().rposition(|d| d.chars.end == floor);
            (left.how, left.confidence) = ("follows", 0.88);
        }
    }

    /// 72億円で、前年度と比較すると4億円の減: only a comparison stands between the figure and its change.
    pub(super) fn follow_compared(&self, p: usize, start: usize, floor: usize, left: &mut Left) {
        let between = string(self.s.chars, self.s.behind_brackets(floor).min(p)..p);
        let plain = between.trim_end_matches('、');
        let goes_on =
            ["で", "であり", "となり", "となっており", "となって", "と", "でした。"].contains(&plain);
        if goes_on && self.is_change_at(start) {
            left.follows = self.prior.iter().rposition(|d| d.chars.end == floor);
            (left.how, left.confidence) = ("follows", 0.86);
        }
    }

    /// What the bracket that opens at `open` belongs to: the number or the noun before it.
    pub(super) fn before_bracket(&self, open: usize, left: &mut Left) {
        let (s, c) = (self.s, self.s.chars);
        if c.get(open) != Some(&'(') {
            return;
        }
        // 512組に絵本を配付(対象者の96.8%): the share is that of the figure before the verb.
        let share = self.kept.iter().find(|k| k.start > open).is_some_and(|k| self.is_share(k.start));
        let beside = self.prior.iter().rposition(|d| d.chars.end <= open).filter(|&i| {
            let told = |d: &crate::Draft| string(c, d.chars.end..open);
            share
                && self
                    .prior
                    .get(i)
                    .is_some_and(|d| !told(d).contains(['、', '。', 'は', '(']) && d.unit != "%")
        });
        if beside.is_some() {
            left.follows = beside;
            (left.how, left.confidence) = ("bracket", 0.86);
            return;
        }
        let mut end = open;
        while end > 0 && c.get(end - 1) == Some(&' ') {
            end -= 1;
        }
        let timed = self.s.times().any(|(m, _)| m.chars.end == end);
        let whose = self.prior.iter().rposition(|d| d.chars.end == end || timed && d.chars.end < end);
        if let Some(i) = whose {
            left.follows = Some(i);
            (left.how, left.confidence) = ("bracket", if timed { 0.86 } else { 0.9 });
            return;
        }
        if timed {
            return;
        }
        let region = s.region(open.saturating_sub(1));
        let floor = self.floor(open, &region);
        // 電子決済を導入した(利用310件): the verb's own noun.
        let end = ends_any(c, end, &["した", "している", "する", "された"])
            .filter(|at| *at > floor && s.is_doing(*at))
            .unwrap_or(end);
        let noun = phrase::noun_start(s, end, floor);
        let word = string(c, noun..end);
        let chain = phrase::chain(s, end, floor);
        let short = word.chars().count() <= 2 && s.is_doing(end);
        let does = noun < end && (action_ending(&word).is_some_and(|a| a == word) || short);
        if does || noun == end {
            // …を拡充(1%から83%に向上): the object; …まで短縮(53.1%削減): the number before.
            // 安否の登録を令和7年7月に追加(改修費275万円): when stands between.
            let when = ends(c, noun, "に")
                .and_then(|at| self.s.times().find(|(m, _)| m.chars.end == at).map(|(m, _)| m.chars.start));
            let behind = when.unwrap_or(noun);
            if let Some(object) = ends(c, behind, "を").filter(|o| *o > floor && noun < end) {
                let range = phrase::chain(s, object, floor);
                let words = clean(&string(c, range.clone()));
                // 作業時間を削減(19業務): of whatever its number before is of.
                let thin = is_bare_doing(&words) || names_quantity(&words);
                if !range.is_empty() && !thin {
                    left.subject = Some(clean(&string(c, range)));
                    (left.how, left.confidence) = ("object", 0.85);
                    return;
                }
            }
            // 標準のシステムへ移行(対象20業務): into what.
            let goal = ends_any(c, noun, &["へ", "に"]).filter(|_| when.is_none());
            if let Some(goal) = goal.filter(|o| *o > floor && noun < end) {
                let range = phrase::chain(s, goal, floor);
                if range.len() >= 2 {
                    left.subject = Some(format!("{}への{word}", clean(&string(c, range))));
                    (left.how, left.confidence) = ("object", 0.85);
                    return;
                }
            }
            if let Some(i) = self.prior.iter().rposition(|d| d.chars.end <= end && d.chars.end > region.start)
            {
                left.follows = Some(i);
                (left.how, left.confidence) = ("bracket", 0.86);
                return;
            }
        }
        if !chain.is_empty() {
            let counted = s.quantities().any(|(_, m, _)| m.chars.end == end && m.chars.start <= chain.start);
            let words = clean(&string(c, chain));
            // 計画の目標値(490g以下): a kind of value, of what the passage is about.
            let value =
                ["目標値", "実績値", "基準値", "計画値", "想定", "見込み"].iter().any(|w| words.ends_with(w));
            let figure = counted || words.starts_with(|c: char| c.is_ascii_digit());
            // 養成(累計92人): a doing alone.
            let thin = is_bare_doing(&words) || does && words == word;
            if !is_generic(&words) && !words.is_empty() && !value && !figure && !thin {
                left.subject = Some(words);
                (left.how, left.confidence) = ("bracket", 0.9);
            }
        }
    }

    /// Whether the number that begins at `start` tells by how much something changed.
    pub(super) fn is_change_at(&self, start: usize) -> bool {
        self.s.quantity_at(start).is_some_and(|(m, _)| {
            let at = self.s.behind_brackets(m.chars.end);
            begins_any(self.s.chars, at, &["増", "減", "の増", "の減", "上昇", "低下"]).is_some()
        })
    }

    /// Whether 全体の or 歳入合計の stands right before a share.
    pub(super) fn is_whole(&self, p: usize, start: usize) -> bool {
        let share = self.s.quantity_at(start).is_some_and(|(_, q)| q.unit == "%");
        // 3,050人(対象者の95.9%): what the share is of stands alone in the bracket.
        let of = ends(self.s.chars, p, "の").is_some_and(|end| {
            let open = self.s.region(start).start;
            open > 0 && phrase::noun_start(self.s, end, open) == open && end > open
        });
        share && (of || ends_any(self.s.chars, p, &["合計の", "総額の", "総数の", "全体の"]).is_some())
    }

    /// Whether the noun that ends at `end` is an account or tax (総務費で, 町税で): figures are told of it, not by it.
    pub(super) fn is_account(&self, end: usize, floor: usize) -> bool {
        let noun = string(self.s.chars, phrase::noun_start(self.s, end, floor)..end);
        noun.chars().count() >= 2
            && (noun.ends_with(['費', '税', '債', '金', '料'])
                || noun.ends_with("全体")
                || noun.ends_with("総額"))
    }

    /// 所要時間は、転入届で平均24分、転居届で平均17分: whether the noun that ends at `end` is one of those that the quantity
    /// before は is told for.
    pub(super) fn is_entry(&self, end: usize, floor: usize) -> bool {
        if self.s.text.matches('で').count() < 2 {
            return false;
        }
        let noun = string(self.s.chars, phrase::noun_start(self.s, end, floor)..end);
        let named =
            (2..=12).contains(&noun.chars().count()) && !is_generic(&noun) && super::topic::is_name(&noun);
        let place = || super::words::is_area(&noun) || super::owner::is_common(&noun);
        named
            && !place()
            && !super::words::SUMS.iter().any(|w| noun.ends_with(w))
            && super::topic::of(self.s, end, self.kept)
                .is_some_and(|t| names_quantity(&t) && !t.contains(&noun))
    }

    /// おはなし会:年48回、参加者 延べ912人: what the entry that the line begins with is of.
    pub(super) fn entry(&self, name: &str) -> Option<String> {
        let first = self.prior.first()?;
        let led = [".label.", ".bracket."].iter().any(|w| first.rule.contains(w));
        // ・資源回収 31団体が参加し、回収量は274トン: the name that the line begins with.
        let begins = super::chars::begins(self.s.chars, 0, &first.subject).is_some_and(|end| {
            let named = first.subject.chars().count() >= 3 && !is_generic(&first.subject);
            let place = super::place::PLACES.contains(&first.unit.as_str());
            first.rule.contains(".noun.")
                && named
                && !place
                && first.subject != first.measure_label
                && first.chars.start <= end + 1
        });
        // 救助出動73件、救助人員48人: a quantity that tells of what it is.
        let begins = begins && !super::owner::is_own_name(name);
        (led || begins).then(|| first.subject.clone())
    }

    /// 一般会計の歳入決算額は…、歳出決算額は…: the second is told of what the first is.
    pub(super) fn same_kind(&self, name: &str) -> Option<String> {
        let kind = |w: &str| w.chars().rev().take(3).collect::<String>();
        let prior = self.prior.last()?;
        let named = prior.subject != prior.measure_label && names_quantity(&prior.measure_label);
        let same = kind(&prior.measure_label) == kind(name) && name.chars().count() > 3;
        (named && same).then(|| prior.subject.clone())
    }
}
