//! What stands between a number and the noun before it and says only for when, for whom or against what it is told.

use super::bind::Binder;
use super::chars::{ends, ends_any, is_kanji, is_noun, string};
use super::left::Left;
use super::{phrase, topic, words};

/// 1立方メートルあたり: what a rate is told for is no longer than this.
const LONGEST_RATE: usize = 10;

impl Binder<'_, '_> {
    /// Passes over blanks, sums, frequencies, times and their commas before `p`.
    pub(super) fn strip(&self, p: usize, floor: usize, left: &mut Left) -> usize {
        let c = self.s.chars;
        let mut p = p;
        loop {
            let was = p;
            while p > floor && c.get(p - 1).is_some_and(|x| x.is_whitespace() || *x == '(') {
                p -= 1;
            }
            if let Some(at) = ends_any(c, p, &words::SUMS).filter(|a| *a >= floor) {
                // 年間延べ927時間: the frequency before it is no name.
                let often = ends_any(c, at, &words::FREQUENCIES).is_some();
                let inside = at > floor && !often && c.get(at - 1).is_some_and(|x| is_kanji(*x));
                if !inside {
                    left.cumulative = true;
                    // 市民と団体を合わせて3,412人: who they are together, not of what.
                    let together = c.get(at) == Some(&'合') || c.get(at) == Some(&'あ');
                    let of =
                        at.checked_sub(1).filter(|wo| together && c.get(*wo) == Some(&'を') && *wo > floor);
                    p = of.map_or(at, |wo| phrase::chain(self.s, wo, floor).start);
                }
            }
            let often = ends(c, p, "平均で").map_or(p, |at| at + 2);
            // 4月1日に720人: a day of the calendar is no rate.
            let dated = |at: usize| self.s.times().any(|(m, _)| m.chars.start < at && at < m.chars.end);
            if let Some(at) = ends_any(c, often, &words::FREQUENCIES).filter(|a| *a >= floor && !dated(*a)) {
                // 1校1日当たり: of one in both.
                let noun = phrase::noun_start(self.s, at, floor);
                let one = c.get(noun..at).filter(|w| {
                    (2..=5).contains(&w.len())
                        && matches!(w.first(), Some('1' | '一'))
                        && !w.iter().skip(1).any(char::is_ascii_digit)
                });
                let at = one.map_or(at, |_| noun);
                left.frequency = Some(string(c, at..often));
                p = at;
            }
            // 作成時間は1回あたり平均3.5時間.
            if let Some(at) = ends_any(c, p, &["平均で", "平均", "平均して"]).filter(|a| *a > floor)
                && (ends_any(c, at, &["当たり", "あたり", "につき"]).is_some()
                    || ends_any(c, at, &["は", "を", "が", "、", "は、"]).is_some())
            {
                p = at;
            }
            // 月2回, 週3日.
            if let Some(at) =
                ends_any(c, p, &["月", "週", "年"]).filter(|a| *a >= floor && p == self.number_after(p))
            {
                let inside = at > floor && c.get(at - 1).is_some_and(|x| is_noun(*x));
                if !inside {
                    left.frequency = Some(string(c, at..p));
                    p = at;
                }
            }
            let joints = ["では", "には", "中は", "中に", "中の", "では、", "には、", "中は、", "は、"];
            let behind = ends_any(c, p, &joints);
            let time = self.s.times().map(|(m, _)| m.chars.clone()).find(|m| {
                m.end == p
                    || behind == Some(m.end)
                    || m.end + 1 == p && matches!(c.get(p - 1), Some('で' | 'に' | 'は' | 'の' | '、'))
            });
            if let Some(time) = time.filter(|t| t.start >= floor && t.end <= p) {
                p = time.start;
            }
            // 1立方メートルあたり81.9円.
            if let Some(end) = ends_any(c, p, &["あたり", "当たり", "につき"])
                && let Some(one) = (floor..end)
                    .rev()
                    .take(LONGEST_RATE)
                    .take_while(|i| c.get(*i).is_some_and(|x| is_noun(*x) || *x == ' '))
                    // 1校1日当たり, 1 km当たり: the first one.
                    .filter(|&i| matches!(c.get(i), Some('1' | '一')))
                    .last()
            {
                left.frequency = Some(string(c, one..p));
                p = one;
            }
            // 市民1人当たり: of whom.
            let rate =
                left.frequency.as_ref().is_some_and(|f| f.ends_with("当たり") || f.ends_with("あたり"));
            if let Some(who) = self.who_before(p, floor).filter(|_| rate) {
                left.frequency = left.frequency.take().map(|f| format!("{}{f}", string(c, who..p)));
                p = who;
            }
            // 48市中34市: of how many.
            let whole = ends(c, p, "中").and_then(|at| {
                self.s.quantities().map(|(_, m, _)| m.chars.clone()).find(|m| m.end == at && m.start >= floor)
            });
            p = whole.map_or(p, |m| m.start);
            p = self.strip_comparison(p, floor);
            p = self.strip_age(p, floor, left);
            p = self.strip_area(p, floor, left);
            if p == was {
                return p;
            }
        }
    }

    /// Where the people begin that a rate is told for (市民1人当たり), right before `p`.
    fn who_before(&self, p: usize, floor: usize) -> Option<usize> {
        const WHO: [&str; 10] =
            ["市民", "町民", "区民", "村民", "住民", "県民", "利用者", "会員", "被保険者", "職員"];
        let c = self.s.chars;
        let at = ends_any(c, p, &WHO).filter(|at| *at >= floor)?;
        let joined = at.checked_sub(1).and_then(|i| c.get(i)).is_some_and(|x| is_noun(*x) || *x == 'の');
        (!joined).then_some(at)
    }

    /// Passes over what a change is told against: 町税が前年度比で4.5%増, 前年より12件減.
    fn strip_comparison(&self, p: usize, floor: usize) -> usize {
        const AGAINST: [&str; 17] = [
            "比で",
            "比",
            "比、",
            "より",
            "より、",
            "から",
            "に比べ",
            "に比べて",
            "に比べ、",
            "に比べて、",
            "と比べ",
            "と比べて",
            "と比べて、",
            "と比較して",
            "と比較して、",
            "と比較すると",
            "に対し",
        ];
        let c = self.s.chars;
        let Some(at) = ends_any(c, p, &AGAINST) else { return p };
        let at = ends_any(c, at, &["同期", "同月", "度", "実績", "同期実績"]).unwrap_or(at);
        let years =
            ["対前年度", "対前年", "前年度", "前年", "昨年度", "昨年", "前回", "前期", "前月", "昨対"];
        let found = ends_any(c, at, &years).or_else(|| {
            let time = self.s.times().find(|(m, _)| m.chars.end == at || m.chars.end == p);
            time.map(|(m, _)| m.chars.start)
        });
        found.filter(|start| *start >= floor).unwrap_or(p)
    }

    /// Passes over an age group that tells the number from its neighbours: 60歳代で8割, 10~18歳が955人.
    fn strip_age(&self, p: usize, floor: usize, left: &mut Left) -> usize {
        let c = self.s.chars;
        let particle = ends_any(c, p, &["が", "で", "は", "では", "の"]);
        // 77歳 2,140人, (うち80歳以上 318名): right before the number.
        let beside = || {
            age_start(c, p)
                .is_some_and(|_| self.number_after(p) != usize::MAX || self.number_after(p + 1) != usize::MAX)
        };
        let Some(end) = particle.or_else(|| beside().then_some(p)) else { return p };
        let Some(mut at) = age_start(c, end) else { return p };
        // 20歳から50歳代で: both ends.
        if let Some(joint) = ends_any(c, at, &["から", "~", "～", "-"]) {
            let digits = digits_start(c, joint);
            at = age_start(c, joint).or((digits < joint).then_some(digits)).unwrap_or(at);
        }
        if at < floor {
            return p;
        }
        left.age = Some(string(c, at..end));
        at
    }

    /// Passes over the place that tells a rate from its neighbours: 導入率は県で71%、本市で75%.
    fn strip_area(&self, p: usize, floor: usize, left: &mut Left) -> usize {
        let c = self.s.chars;
        let Some(end) = ends_any(c, p, &["で", "では", "では、", "が"]) else { return p };
        let start = phrase::noun_start(self.s, end, floor);
        let place = string(c, start..end);
        let start = ends_any(c, start, &["その他の", "他の"]).filter(|at| *at >= floor).unwrap_or(start);
        // Without a topic the place is what the sentence speaks of.
        let spoken = start < end
            && words::is_area(&place)
            && topic::of(self.s, start, self.kept).is_some_and(|t| words::names_quantity(&t));
        if !spoken {
            return p;
        }
        left.area = Some(string(c, start..end));
        start
    }

    /// Where the number that begins at `at` or behind a blank begins; `usize::MAX` when none does.
    pub(super) fn number_after(&self, at: usize) -> usize {
        let begins = |i: usize| self.kept.iter().any(|k| k.start == i);
        if begins(at) { at } else { usize::MAX }
    }
}

/// Where the age that ends at `end` begins: 65歳以上, 60歳代, 30代.
fn age_start(c: &[char], end: usize) -> Option<usize> {
    let bound = ends_any(c, end, &["以上", "以下", "未満"]).unwrap_or(end);
    let decade = ends(c, bound, "代");
    let years = ends(c, decade.unwrap_or(bound), "歳");
    let number = years.or(decade)?;
    let start = digits_start(c, number);
    (start < number).then_some(start)
}

/// Where the digits that end at `end` begin.
fn digits_start(c: &[char], end: usize) -> usize {
    let digit = |i: &usize| c.get(*i).is_some_and(char::is_ascii_digit);
    (0..end).rev().take_while(digit).last().unwrap_or(end)
}
