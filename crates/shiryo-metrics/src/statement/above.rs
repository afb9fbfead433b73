//! What a number is of where the words right before it do not say: the topic, the object of the clause, what the sentence
//! before spoke of, the heading.

use super::bind::Binder;
use super::chars::{begins, begins_any, ends_any, is_hiragana, is_kanji, is_katakana, string};
use super::left::Left;
use super::phrase;
use super::topic::{self, clean};
use super::words::{self, is_generic};
use crate::Draft;
use std::ops::Range;

impl Binder<'_, '_> {
    /// Subject, path and how sure it is.
    pub(super) fn topic(&self, at: usize) -> (String, &'static str, f64) {
        if let Some(found) = self.spent_on(at) {
            return (found, "object", 0.84);
        }
        // 充足率は85.0%で、前年度を6.4ポイント上回った: by how much the figure before it did.
        if let Some(prior) = self.exceeded(at) {
            return (prior.subject.clone(), "follows", 0.82);
        }
        if let Some(found) = topic::of(self.s, at, self.kept) {
            return (found, "topic", 0.82);
        }
        if self.s.paren_of(at).is_some_and(|p| p.start > 0)
            && let Some(found) = self.s.paren_of(at).and_then(|p| topic::of(self.s, p.start, self.kept))
        {
            return (found, "topic", 0.78);
        }
        if let Some(found) = self.object_before(at) {
            return (found, "object", 0.82);
        }
        // 講座を5回開催し、延べ284名が受講した: what goes on without a name of its own is of the same.
        let chained = |d: &&Draft| {
            let between = string(self.s.chars, d.chars.end..at);
            let ways = [".object.", ".noun.", ".topic.", ".label.", ".follows."];
            let bound = ways.iter().any(|w| d.rule.contains(w));
            let plain = !between.contains(['は', 'が', 'を', '「']);
            bound && (between.contains("し、") || plain) && !between.contains('。')
        };
        if let Some(prior) = self.prior.last().filter(chained) {
            return (prior.subject.clone(), "follows", 0.8);
        }
        // 新たに3業務で文字認識を試行する.
        let behind = self.s.quantity_at(at).map(|(m, _)| self.s.behind_brackets(m.chars.end));
        if let Some(found) = behind.and_then(|b| self.object_behind(b, self.s.region(at).end)) {
            return (found, "object", 0.8);
        }
        // 手帳所持者2,000人を対象とするアンケートを行い、1,073人から…: what the clause before did.
        if let Some(found) = self.chained_object(at, &self.s.region(at)) {
            return (found, "object", 0.76);
        }
        // 機器の稼働時間の調整により4,500万円の縮減を図る: what brings it about.
        if let Some(found) = self.cause_before(at) {
            return (found, "cause", 0.74);
        }
        // 旧端末のうち状態のよい200台は: of what they are some.
        if let Some(found) = self.some_before(at) {
            return (found, "noun", 0.8);
        }
        // 年間100件以上の申請がある412手続: which of them are counted.
        if let Some(found) = self.told_by_clause(at) {
            return (found, "clause", 0.7);
        }
        if !self.scope.said.is_empty() {
            return (self.scope.said.clone(), "before", 0.7);
        }
        (self.carried_topic(), "heading", 0.62)
    }

    /// What stands before のうち in the clause of the number at `at`.
    fn some_before(&self, at: usize) -> Option<String> {
        const LONGEST: usize = 24;
        let c = self.s.chars;
        let region = self.s.region(at);
        let from = region.start.max(at.saturating_sub(LONGEST));
        let clause = (from..at).rev().take_while(|&i| !matches!(c.get(i), Some('。' | 'は')));
        let end = clause.filter(|&i| begins(c, i, "のうち").is_some()).last()?;
        let range = phrase::chain(self.s, end, region.start);
        let words = clean(&self.s.words(range.clone()));
        let named = words.chars().count() >= 2 && !is_generic(&words) && topic::is_name(&words);
        (named && !topic::is_counted(self.kept, &range)).then_some(words)
    }

    /// The things that the number at `at` counts, where a clause right before it says which (予算を執行した|148事業).
    fn told_by_clause(&self, at: usize) -> Option<String> {
        const LENGTHS: std::ops::RangeInclusive<usize> = 4..=30;
        let (s, c) = (self.s, self.s.chars);
        let (_, q) = s.quantity_at(at)?;
        let things = [
            "手続",
            "業務",
            "事業",
            "施設",
            "団体",
            "項目",
            "取組",
            "指標",
            "課",
            "校",
            "園",
            "社",
            "システム",
        ];
        let noun = match q.unit.as_str() {
            "人" | "名" => "人",
            unit => things.iter().find(|t| **t == unit)?,
        };
        let region = s.region(at);
        let or = |i: &usize| c.get(i.wrapping_sub(1)) == Some(&'又');
        let stop = |i: &usize| matches!(c.get(*i), Some('、' | '。' | '(' | ')' | 'は')) && !or(i);
        let from = (region.start..at).rev().find(stop).map_or(region.start, |i| i + 1);
        let clause = string(c, s.without_time(from..at));
        let verb = clause.ends_with(['る', 'た', 'い'])
            && !clause.ends_with("うち")
            && LENGTHS.contains(&clause.chars().count());
        let clause = clause.trim_start_matches("のうち");
        (verb && !clause.starts_with(['を', 'に', 'が', 'で', 'と'])).then(|| format!("{clause}{noun}"))
    }

    /// What a clause says right before the number at `at` that it comes of (…の見直しにより、年間…).
    fn cause_before(&self, at: usize) -> Option<String> {
        let region = self.s.region(at);
        let floor = self.floor(at, &region);
        let p = self.strip(at, floor, &mut Left::default());
        let end = ends_any(self.s.chars, p, &["により", "により、", "によって", "によって、"])?;
        let range = phrase::chain(self.s, end, floor);
        // 固定資産税が家屋の新築により1,200万円増える: what it brings about is told of something.
        let clause =
            (floor..range.start).rev().take_while(|&i| !matches!(self.s.chars.get(i), Some('、' | '。')));
        let ga = clause.filter(|&i| i > floor && self.s.chars.get(i) == Some(&'が')).last();
        let range = ga.map_or(range, |ga| phrase::chain(self.s, ga, floor));
        let words = clean(&self.s.words(range));
        let named = words.chars().count() >= 3 && !is_generic(&words) && topic::is_name(&words);
        (named && end > floor && !words.ends_with("こと")).then_some(words)
    }

    /// The figure that the number at `at` says by how much it went beyond something: 目標を120件上回った.
    fn exceeded(&self, at: usize) -> Option<&Draft> {
        let (m, q) = self.s.quantity_at(at)?;
        let beyond = ["上回", "下回", "程度上回", "程度下回", "超え", "超過"];
        begins_any(self.s.chars, self.s.behind_brackets(m.chars.end), &beyond)?;
        ends_any(self.s.chars, at, &["を", "を約"])?;
        let like = |d: &&Draft| d.unit == q.unit || q.unit == "ポイント" && d.unit == "%";
        // 計画額(2億9,400万円)を2,450万円, 目標の380件を19件: what it went beyond has a figure of its own.
        let wo = ends_any(self.s.chars, at, &["を約", "を"])?;
        let passed = |d: &Draft| {
            let closed = self.s.paren_of(d.chars.start).is_some_and(|p| p.end + 1 == wo);
            d.chars.end == wo || closed
        };
        let mut prior = self.prior.iter().rev().filter(like).skip_while(|d| passed(d));
        let prior = prior.next()?;
        let between = string(self.s.chars, prior.chars.end..at);
        (!between.contains('は')).then_some(prior)
    }

    /// What is done with or through what stands before を: リーダーを各課に1名ずつ、計46名配置;
    /// モニターを導入し、42の会議で利用.
    pub(super) fn object_before(&self, at: usize) -> Option<String> {
        let (s, c) = (self.s, self.s.chars);
        let region = s.region(at);
        // システムの改修費として、令和7年度予算に1,280万円を計上: named before the number, apart from it.
        let named = |i: usize| c.get(i) == Some(&'を') || begins(c, i, "として").is_some();
        let wo = (region.start + 1..at).rev().find(|&i| named(i) && s.region(i) == region)?;
        let mut plain = String::new();
        let behind = begins(c, wo, "として").unwrap_or(wo + 1);
        for i in behind..at {
            let mention = s.mentions.iter().any(|m| m.chars.contains(&i));
            let kana = c.get(i).filter(|x| is_hiragana(**x) || **x == '、');
            match kana.filter(|_| s.region(i) == region && !mention) {
                Some(x) => plain.push(*x),
                None if !plain.ends_with(' ') => plain.push(' '),
                None => {}
            }
        }
        let steps = [
            "",
            "に",
            "で",
            "へ",
            "と",
            "の",
            "は",
            "ずつ",
            "から",
            "において",
            "し",
            "して",
            "及び",
            "べ",
            "として",
        ];
        let carries = plain.split([' ', '、']).all(|w| steps.contains(&w));
        let range = self.with_clause(phrase::chain(s, wo, region.start), region.start);
        // 費用の助成(上限10万円): what the bracket tells is another number.
        let bare =
            range.clone().find(|&i| c.get(i) == Some(&'(')).map_or(range.clone(), |open| range.start..open);
        let counted = |r: &Range<usize>| topic::is_counted(self.kept, r);
        let range = if counted(&range) { bare } else { range };
        if !carries || range.is_empty() || counted(&range) {
            return None;
        }
        let words = clean(&string(c, s.without_time(range)));
        let thin = is_generic(&words) || super::owner::is_bare_doing(&words) || words == "予算";
        (!thin && words.chars().count() >= 2).then_some(words)
    }

    /// A bare class word (システム, 講座) that the heading names more fully gives way to the heading.
    pub(super) fn fuller(&self, subject: String) -> String {
        let topic = self.scope.topic();
        let short = subject.chars().count() <= 4 && subject != topic;
        // 火災・救急の件数 names two; 火災 is the one.
        let nouns = |c: Option<char>| c.is_some_and(|c| is_kanji(c) || is_katakana(c));
        let beside = |(a, b): (&str, &str)| nouns(a.chars().last()) && nouns(b.chars().next());
        let several = topic.contains(['・', '、'])
            || ["と", "及び"].iter().any(|w| topic.split_once(w).is_some_and(beside));
        // 校務の電子化(教員の回答): what the bracket says is of no thing of the heading's.
        let named = topic.split('(').next().unwrap_or(topic);
        if short && !several && named.contains(&subject) { topic::bare(topic).to_owned() } else { subject }
    }

    /// The innermost topic that names something (効率性 / B, 今後の予定 above a table do not).
    pub(super) fn carried_topic(&self) -> String {
        // その他 is a topic only where it is one of several labels with their figures.
        let kind = |t: &&String| t.as_str() != "その他" && t.split(" / ").all(words::is_generic_heading);
        let named = self.scope.topics.iter().rfind(|t| !kind(t));
        topic::bare(named.map_or(self.scope.topic(), String::as_str)).to_owned()
    }
}
