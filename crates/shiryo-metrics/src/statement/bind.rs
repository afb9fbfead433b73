//! Binds a number to what it counts and to its name.

use super::chars::{begins, begins_any, ends, ends_any, is_kanji, is_katakana, is_noun, string};
use super::phrase;
use super::sentence::Sentence;
use super::topic::{self, clean};
use super::words::{self, action_ending, counter_noun, is_action, is_generic, names_quantity};
use crate::{Draft, Scope, Tools};
use shiryo_ja::{Mention, Quantity};
use shiryo_model::Aggregation;
use std::ops::Range;

/// What a number was bound to.
#[derive(Debug, Clone, Default)]
pub(super) struct Binding {
    /// What is measured.
    pub(super) subject: String,
    /// Name of the quantity.
    pub(super) label: String,
    /// Units in charge named in the subject's phrase.
    pub(super) departments: Vec<String>,
    /// 累計, 延べ, 合計 before the number.
    pub(super) cumulative: bool,
    /// 毎年度, 1人当たり before the number.
    pub(super) frequency: Option<String>,
    /// Which of the sentence's earlier drafts it belongs to.
    pub(super) prior: Option<usize>,
    /// The path taken.
    pub(super) how: &'static str,
    /// 0–1.
    pub(super) confidence: f64,
}

/// What is needed to bind a number of a sentence.
pub(super) struct Binder<'a, 't> {
    pub(super) s: &'a Sentence<'t>,
    pub(super) scope: &'a Scope,
    pub(super) tools: &'a Tools,
    /// Character ranges (in the sentence) of the quantities that count.
    pub(super) kept: &'a [Range<usize>],
    /// Drafts of the kept quantities so far; ranges count from the sentence's begin.
    pub(super) prior: &'a [Draft],
}

/// What stands before a number.
#[derive(Debug, Default)]
struct Left {
    subject: Option<String>,
    label: Option<String>,
    /// Index of the prior draft that the number goes on from.
    follows: Option<usize>,
    cumulative: bool,
    frequency: Option<String>,
    how: &'static str,
    confidence: f64,
}

/// What stands behind a number.
#[derive(Debug, Default)]
struct Right {
    /// The noun phrase joined by の.
    noun: Option<String>,
    /// The doing it is counted in (導入, 参加).
    action: Option<String>,
}

impl Binder<'_, '_> {
    /// Binds the quantity `q` of mention `m`; `None` when there is nothing to bind it to.
    pub(super) fn bind(&self, m: &Mention, q: &Quantity) -> Option<Binding> {
        let unit = if q.unit.is_empty() { self.scope.unit.as_str() } else { q.unit.as_str() };
        let left = self.left(m.chars.start);
        let right = self.right(m.chars.end, unit);
        let mut b = Binding {
            cumulative: left.cumulative,
            frequency: left.frequency.clone(),
            prior: left.follows,
            how: left.how,
            confidence: left.confidence,
            ..Binding::default()
        };
        let (subject, mut label) = self.combine(&mut b, left, &right, m, unit);
        if label.is_empty() {
            label = self.natural_label(unit, right.action.as_deref(), &subject, m);
        }
        let (subject, departments) = topic::split_departments(&clean(&subject));
        let subject = self.fuller(subject);
        if b.cumulative && !["累計", "延べ", "合計", "総"].iter().any(|w| label.contains(w)) {
            let sum = if self.sum_word(m.chars.start).contains("べ") { "延べ" } else { "累計" };
            if self.sum_word(m.chars.start).starts_with(['累', '延', 'の']) {
                label = format!("{sum}{label}");
            }
        }
        b.departments = departments;
        b.subject = subject;
        b.label = label;
        (!b.subject.is_empty()).then_some(b)
    }

    /// The word of sum right before a number.
    fn sum_word(&self, start: usize) -> String {
        let c = self.s.chars;
        let end = (0..=start).rev().find(|&i| i == 0 || c.get(i - 1) != Some(&' ')).unwrap_or(start);
        ends_any(c, end, &words::SUMS).map(|at| string(c, at..end)).unwrap_or_default()
    }

    /// Subject and, where the words give one, label.
    fn combine(
        &self,
        b: &mut Binding,
        left: Left,
        right: &Right,
        m: &Mention,
        unit: &str,
    ) -> (String, String) {
        let label = left.label.clone().unwrap_or_default();
        if let Some(alias) = self.alias(m.chars.end) {
            (b.how, b.confidence) = ("alias", 0.93);
            return (alias, label);
        }
        let other_noun =
            right.noun.as_ref().is_some_and(|n| !self.counted(n, unit).0 && !is_action(n) && !is_generic(n));
        if let Some(prior) =
            left.follows.and_then(|i| self.prior.get(i)).filter(|p| !other_noun || p.unit == unit)
        {
            let label = if label.is_empty() { self.follow_label(prior, unit, right) } else { label };
            return (prior.subject.clone(), label);
        }
        if let Some(noun) = &right.noun {
            let (counted, rest) = self.counted(noun, unit);
            if !counted && !is_action(noun) && !is_generic(noun) {
                (b.how, b.confidence) = ("noun_behind", 0.88);
                return (noun.clone(), label);
            }
            if let Some(subject) = left.subject {
                return (subject, label);
            }
            if counted && !rest.is_empty() {
                (b.how, b.confidence) = ("noun_behind", 0.85);
                return (noun.clone(), label);
            }
        } else if let Some(subject) = left.subject {
            return (subject, label);
        }
        if let Some(subject) = self.predicate(m.chars.end) {
            (b.how, b.confidence) = ("predicate", 0.85);
            return (subject, label);
        }
        let (subject, how, confidence) = self.topic(m.chars.start);
        (b.how, b.confidence) =
            (how, if label.is_empty() { confidence } else { (confidence + 0.1).min(0.9) });
        // 総申請数は…114,967件: the topic is the name of the quantity.
        if label.is_empty() && how == "topic" && names_quantity(&subject) {
            let (of, name) = split_label(&subject);
            let of = of.filter(|o| !is_generic(o)).unwrap_or_else(|| self.carried_topic());
            // 収集量は…3.2%減少: not the amount but its change.
            let change = right.action.as_deref().filter(|_| matches!(unit, "%" | "割" | "ポイント" | "倍"));
            let named = match change {
                Some(action) if !name.ends_with(['率', '合', '比']) => format!("{name}{action}率"),
                _ => name.clone(),
            };
            return (if of.is_empty() { name } else { of }, named);
        }
        (subject, label)
    }

    fn topic(&self, at: usize) -> (String, &'static str, f64) {
        if let Some(found) = topic::of(self.s, at, self.kept) {
            return (found, "topic", 0.82);
        }
        if self.s.paren_of(at).is_some_and(|p| p.start > 0)
            && let Some(found) = self.s.paren_of(at).and_then(|p| topic::of(self.s, p.start, self.kept))
        {
            return (found, "topic", 0.78);
        }
        (self.carried_topic(), "heading", 0.72)
    }

    /// A bare class word (システム, 講座) that the heading names more fully gives way to the heading.
    fn fuller(&self, subject: String) -> String {
        let topic = self.scope.topic();
        let short = subject.chars().count() <= 4 && subject != topic;
        if short && topic.contains(&subject) { topic.to_owned() } else { subject }
    }

    fn carried_topic(&self) -> String {
        self.scope.topic().to_owned()
    }

    /// What a number is said to be: 25手続がぴったりサービスとして利用可能, 409件は、…押印が必要な手続.
    fn predicate(&self, end: usize) -> Option<String> {
        let (s, c) = (self.s, self.s.chars);
        let limit = s.region(end.saturating_sub(1)).end;
        let at = begins_any(c, s.behind_brackets(end), &["は、", "は", "が"])?;
        let role = (at + 1..limit.min(at + 25))
            .find(|&i| begins_any(c, i, &["として", "で利用", "で提供", "に登録"]).is_some());
        if let Some(noun) = role.filter(|&n| !string(c, at..n).contains(['、', 'を', 'が', 'は', 'に']))
        {
            return Some(clean(&string(c, at..noun)));
        }
        // A verbless predicate: the sentence ends in a noun.
        let is_wa = c.get(at.saturating_sub(1)) == Some(&'は') || c.get(at.saturating_sub(2)) == Some(&'は');
        let last = c.get(limit.checked_sub(1)?)?;
        let done = action_ending(&string(c, limit.saturating_sub(6).max(at)..limit)).is_some();
        if !is_wa || !(is_kanji(*last) || is_katakana(*last)) || done {
            return None;
        }
        let start = self.without_time(phrase::stretch(s, limit, at)).start.max(at);
        let words = clean(&string(c, start..limit));
        (words.chars().count() >= 3 && !is_generic(&words)).then_some(words)
    }

    /// 38手続(以下「優先度Sの手続」という。).
    fn alias(&self, end: usize) -> Option<String> {
        let c = self.s.chars;
        let mut at = end;
        if let Some(mark) = begins(c, at, "※") {
            at = (mark..).find(|&i| !c.get(i).is_some_and(char::is_ascii_digit))?;
        }
        let open = begins(c, at, "(以下")?;
        let open = begins_any(c, open, &["、", ","]).unwrap_or(open);
        let name = begins(c, open, "「")?;
        let close = self.s.close_of(open)?;
        Some(clean(&string(c, name..close)))
    }

    fn left(&self, start: usize) -> Left {
        let (s, c) = (self.s, self.s.chars);
        let region = s.region(start);
        let floor = self.floor(start, &region);
        let mut left = Left { how: "none", ..Left::default() };
        let mut p = start;
        for _ in 0..8 {
            p = self.strip(p, floor, &mut left);
            if p <= floor {
                break;
            }
            let (joint, kind) = match c.get(p - 1) {
                Some(':') => (p - 1, "label"),
                Some(x) if is_noun(*x) || matches!(x, ')' | '」' | '』' | '】') => (p, "noun"),
                _ => {
                    match PARTICLES.iter().filter_map(|(w, k)| Some((ends(c, p, w)?, *k))).min_by_key(|f| f.0)
                    {
                        Some(found) => found,
                        None => {
                            // 見直し51件: okurigana at the end of a noun.
                            if phrase::noun_start(s, p, floor) < p { (p, "noun") } else { break }
                        }
                    }
                }
            };
            if joint <= floor {
                break;
            }
            match self.phrase_before(joint, kind, floor, &region) {
                Found::Settled(subject, label) => {
                    (left.subject, left.label) = (subject, label);
                    (left.how, left.confidence) = match kind {
                        "label" => ("label", 0.93),
                        "noun" => ("noun", 0.9),
                        "of" => ("noun", 0.9),
                        "as" => ("as", 0.9),
                        "object" => ("object", 0.86),
                        _ => ("topic", 0.88),
                    };
                    return left;
                }
                Found::Generic(at) if at < p => p = at,
                _ => break,
            }
        }
        self.follow(start, floor, &region, &mut left);
        if left.follows.is_none() && region.start > 0 {
            self.before_bracket(region.start - 1, &mut left);
        }
        left
    }

    /// The last kept quantity before `at` in the region, or the region's begin.
    fn floor(&self, at: usize, region: &Range<usize>) -> usize {
        let ends = self.kept.iter().map(|k| k.end).filter(|e| *e <= at && *e > region.start);
        ends.filter(|e| self.s.region(e - 1) == *region).max().unwrap_or(region.start)
    }

    /// Passes over blanks, sums, frequencies, times and their commas before `p`.
    fn strip(&self, p: usize, floor: usize, left: &mut Left) -> usize {
        let c = self.s.chars;
        let mut p = p;
        loop {
            let was = p;
            while p > floor && c.get(p - 1).is_some_and(|x| x.is_whitespace() || *x == '(') {
                p -= 1;
            }
            if let Some(at) = ends_any(c, p, &words::SUMS).filter(|a| *a >= floor) {
                let inside = at > floor && c.get(at - 1).is_some_and(|x| is_kanji(*x));
                if !inside {
                    left.cumulative = true;
                    p = at;
                }
            }
            if let Some(at) = ends_any(c, p, &words::FREQUENCIES).filter(|a| *a >= floor) {
                left.frequency = Some(string(c, at..p));
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
            let time = self.s.times().map(|(m, _)| m.chars.clone()).find(|m| {
                m.end == p || m.end + 1 == p && matches!(c.get(p - 1), Some('で' | 'に' | 'は' | 'の' | '、'))
            });
            if let Some(time) = time.filter(|t| t.start >= floor && t.end <= p) {
                p = time.start;
            }
            if p == was {
                return p;
            }
        }
    }

    /// Where the number that begins at `at` or behind a blank begins; `usize::MAX` when none does.
    fn number_after(&self, at: usize) -> usize {
        let begins = |i: usize| self.kept.iter().any(|k| k.start == i);
        if begins(at) { at } else { usize::MAX }
    }

    fn phrase_before(&self, joint: usize, kind: &str, floor: usize, region: &Range<usize>) -> Found {
        let s = self.s;
        let c = s.chars;
        let range = match kind {
            "label" => {
                let from = (floor..joint)
                    .rev()
                    .find(|&i| matches!(c.get(i), Some('、' | '。' | ';' | '/')) && s.region(i) == *region);
                let start = from.map_or(floor, |i| i + 1);
                self.without_time(start..joint)
            }
            "wa" => {
                let stretch = self.without_time(phrase::stretch(s, joint, floor));
                let chain = phrase::chain(s, joint, floor);
                if stretch.len() <= 30 && !stretch.is_empty() { stretch } else { chain }
            }
            _ => self.without_time(phrase::chain(s, joint, floor)),
        };
        if range.is_empty() {
            return Found::Nothing;
        }
        let mut words = clean(&string(c, range.clone()));
        if kind == "label" {
            for said in
                ["の目標値", "の目標", "の実績", "の見込み", "の見込", "の予定", "の計画", "目標", "実績"]
            {
                if let Some(bare) = words.strip_suffix(said).filter(|b| names_quantity(b)) {
                    words = bare.to_owned();
                }
            }
        }
        if words.is_empty() || is_generic(&words) || super::status::is_status_word(&words) {
            return Found::Generic(range.start);
        }
        // 年間申請数が999件以下の308手続: what defines the group is part of its name.
        let only_number = |m: &Mention| m.chars.start == range.start && m.chars.end >= joint;
        if s.quantities().any(|(_, m, _)| only_number(m)) {
            return match self.defined(&range, joint) {
                Some(subject) if kind == "of" => Found::Settled(Some(subject), None),
                _ => Found::Generic(range.start),
            };
        }
        // An adverb or a bare doing before a comma names nothing.
        if kind == "noun"
            && (words::is_adverb(&words.chars().collect::<Vec<_>>()) || words.chars().count() == 1)
        {
            return Found::Generic(range.start);
        }
        let named = names_quantity(&words);
        if kind == "as" || named {
            let (of, name) = split_label(&words);
            let concerned = || {
                let joints = ["に係る", "に関する", "にかかる"];
                joints.iter().find_map(|j| words.split_once(j)).map(|(of, _)| of.to_owned())
            };
            let of = of.filter(|o| !is_generic(o)).or_else(concerned);
            let of = of.or_else(|| topic::of(s, range.start, self.kept));
            let of = of.unwrap_or_else(|| self.carried_topic());
            // Without any topic the quantity's own name has to stand for it.
            return Found::Settled(Some(if of.is_empty() { name.clone() } else { of }), Some(name));
        }
        if kind == "object"
            && !named
            && topic::of(s, range.start, self.kept).is_some()
            && words.chars().count() <= 4
        {
            let of = topic::of(s, range.start, self.kept);
            return Found::Settled(of, Some(words));
        }
        Found::Settled(Some(words), None)
    }

    /// The group that a bound defines, up to the の before the number, and the unit that counts it.
    fn defined(&self, range: &Range<usize>, joint: usize) -> Option<String> {
        let (s, c) = (self.s, self.s.chars);
        let before = ends_any(c, range.start, &["が", "は", " "]).unwrap_or(range.start);
        let region = s.region(range.start);
        let start = phrase::chain(s, before, region.start.max(range.start.saturating_sub(30))).start;
        let group = clean(&string(c, start.min(range.start)..joint));
        let unit = s
            .quantities()
            .find(|(_, m, _)| m.chars.start > joint && m.chars.start <= joint + 3)?
            .2
            .unit
            .clone();
        (start < range.start && !group.is_empty()).then(|| format!("{group}の{unit}"))
    }

    fn without_time(&self, range: Range<usize>) -> Range<usize> {
        let Some(end) = self
            .s
            .times()
            .map(|(m, _)| &m.chars)
            .find(|m| m.start == range.start && m.end <= range.end)
            .map(|m| m.end)
        else {
            return range;
        };
        let particle = begins_any(self.s.chars, end, &["における", "で", "の", "に", "は", "、", " "]);
        particle.unwrap_or(end).min(range.end)..range.end
    }

    /// 24回 439名; 2,000台、累計5,000台: a number right behind another goes on with its subject.
    fn follow(&self, start: usize, floor: usize, region: &Range<usize>, left: &mut Left) {
        if floor <= region.start {
            return;
        }
        let between = string(self.s.chars, floor..start);
        let plain: String =
            between.chars().filter(|c| !c.is_whitespace() && !"、・/,(".contains(*c)).collect();
        let joins = [
            "",
            "から",
            "で",
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
        ];
        let timed = self.s.times().any(|(m, _)| m.chars.start >= floor && m.chars.end <= start);
        let times: usize = self
            .s
            .times()
            .filter(|(m, _)| m.chars.start >= floor && m.chars.end <= start)
            .map(|(m, _)| m.chars.len())
            .sum();
        let beside = plain.chars().count().saturating_sub(times);
        if joins.contains(&plain.as_str()) || (timed && beside <= 3) {
            left.follows = self.prior.iter().rposition(|d| d.chars.end == floor);
            (left.how, left.confidence) = ("follows", 0.88);
        }
    }

    /// What the bracket that opens at `open` belongs to: the number or the noun before it.
    fn before_bracket(&self, open: usize, left: &mut Left) {
        let (s, c) = (self.s, self.s.chars);
        if c.get(open) != Some(&'(') {
            return;
        }
        let mut end = open;
        while end > 0 && c.get(end - 1) == Some(&' ') {
            end -= 1;
        }
        if let Some(i) = self.prior.iter().rposition(|d| d.chars.end == end) {
            left.follows = Some(i);
            (left.how, left.confidence) = ("bracket", 0.9);
            return;
        }
        let region = s.region(open.saturating_sub(1));
        let floor = self.floor(open, &region);
        let noun = phrase::noun_start(s, end, floor);
        let word = string(c, noun..end);
        let chain = phrase::chain(s, end, floor);
        if action_ending(&word).is_some_and(|a| a == word) || noun == end {
            // …を拡充(1%から83%に向上): the object; …まで短縮(53.1%削減): the number before.
            if let Some(object) = ends(c, noun, "を").filter(|o| *o > floor && noun < end) {
                let range = phrase::chain(s, object, floor);
                if !range.is_empty() {
                    left.subject = Some(clean(&string(c, range)));
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
            let words = clean(&string(c, chain));
            if !is_generic(&words) && !words.is_empty() {
                left.subject = Some(words);
                (left.how, left.confidence) = ("bracket", 0.9);
            }
        }
    }

    fn right(&self, end: usize, unit: &str) -> Right {
        let (s, c) = (self.s, self.s.chars);
        let limit = s.region(end.saturating_sub(1)).end;
        let at = s.behind_brackets(end).min(limit);
        let mut right = Right::default();
        let mut verb = at;
        if let Some(noun) = begins(c, at, "の") {
            let stop = phrase::forward(s, noun, limit);
            if stop > noun {
                let words = clean(&string(c, noun..stop));
                if !words.is_empty() {
                    if is_action(&words) {
                        right.action = Some(words.clone());
                    } else if let (true, rest) = self.counted(&words, unit)
                        && action_ending(&rest).is_some()
                    {
                        right.action = Some(rest);
                    }
                    right.noun = Some(words);
                }
                verb = stop;
            }
        }
        if right.action.is_none() {
            right.action = self.verb(verb, limit);
        }
        right
    }

    /// The doing that follows at `at`: 台を導入し, 名参加, 社から回答を受け, 手続の押印を廃止.
    fn verb(&self, at: usize, limit: usize) -> Option<String> {
        let c = self.s.chars;
        let mut at = self.s.behind_brackets(at);
        let mut object = String::new();
        for _ in 0..2 {
            let particles =
                ["を", "に", "で", "が", "も", "へ", "から", "まで", "ずつ", "程度", "にまで", "まで、"];
            at = begins_any(c, at, &particles).unwrap_or(at);
            if self.s.times().any(|(m, _)| m.chars.start == at) {
                return None;
            }
            let stop = (at..limit)
                .find(|&i| !c.get(i).is_some_and(|x| is_kanji(*x) || is_katakana(*x)))
                .unwrap_or(limit);
            if stop == at {
                return None;
            }
            let mut word = string(c, at..stop);
            for end in ["予定", "見込", "中", "目標"] {
                word = word.strip_suffix(end).unwrap_or(&word).to_owned();
            }
            if let Some(done) = word.strip_suffix('済').filter(|d| action_ending(d).is_some()) {
                word = done.to_owned();
            }
            // 区分A: a name goes on.
            if c.get(stop).is_some_and(char::is_ascii_alphanumeric) {
                return None;
            }
            if word.is_empty() {
                return None;
            }
            // 押印を不要とした: the object and what is done with it; 実施を予定する: the doing itself.
            if let Some(behind) = begins(c, stop, "を")
                && object.is_empty()
                && c.get(behind).is_some_and(|x| is_kanji(*x))
                && begins_any(c, behind, &SUPPORTING).is_none()
            {
                object = word;
                at = behind;
                continue;
            }
            let receives =
                begins_any(c, stop, &["を受", "を得", "を行", "を実施", "があっ", "がある"]).is_some();
            let verbal = receives
                || self.s.is_doing(stop) && word.chars().count() <= 6
                || action_ending(&word).is_some_and(|a| a == word)
                || begins_any(c, stop, &["し", "する", "さ", "とし"]).is_some();
            if verbal && word.chars().count() >= 2 {
                return Some(format!("{object}{word}"));
            }
            return None;
        }
        None
    }

    /// Whether a noun phrase begins with what the unit counts (件の手続, 手続のうち); the rest of it.
    fn counted(&self, noun: &str, unit: &str) -> (bool, String) {
        let (head, rest) = noun.split_once('の').unwrap_or((noun, ""));
        let same = head == unit
            || matches!(
                (unit, head),
                ("件", "手続" | "手続き" | "申請" | "届出" | "相談" | "事業")
                    | ("人" | "名", "人" | "方" | "者")
            );
        (same, rest.to_owned())
    }

    /// The label of a number that goes on from another.
    fn follow_label(&self, prior: &Draft, unit: &str, right: &Right) -> String {
        let ratio = matches!(unit, "%" | "割");
        if let Some(action) = &right.action {
            return self.natural_label(
                unit,
                Some(action),
                &prior.subject,
                &Mention {
                    chars: 0..0,
                    kind: shiryo_ja::MentionKind::Quantity(Quantity::default()),
                    status: None,
                    rule: "",
                },
            );
        }
        if prior.unit == unit {
            return prior.measure_label.clone();
        }
        if ratio
            && let Some(change) =
                prior.measure_label.strip_suffix("加額").or(prior.measure_label.strip_suffix("少額"))
        {
            let end = if prior.measure_label.ends_with("加額") { "加率" } else { "少率" };
            return format!("{change}{end}");
        }
        if ratio {
            let base = prior.measure_label.strip_suffix(&counter_noun(&prior.unit));
            let base = base.or(prior.measure_label.strip_suffix('数')).unwrap_or(&prior.measure_label);
            return format!("{base}割合");
        }
        String::new()
    }

    /// The label of a number that the words give no name: from the doing, the scope, the unit.
    fn natural_label(&self, unit: &str, action: Option<&str>, subject: &str, m: &Mention) -> String {
        if !self.scope.measure_label.is_empty() {
            return self.scope.measure_label.clone();
        }
        let tail = action.or_else(|| words::counted_action(subject));
        if let Some(action) = tail {
            let action = match action {
                "増" => "増加",
                "減" => "減少",
                other => other,
            };
            let done = if self.says_done(m) && !action.ends_with('済') { "対応済" } else { "" };
            let people = [
                "参加", "受講", "利用", "申込", "応募", "採用", "登録", "来場", "相談", "受診", "修了",
                "希望",
            ];
            return match unit {
                "人" | "名" if people.contains(&action) => format!("{action}者数"),
                "%" | "割" => format!("{action}率"),
                "円" => format!("{action}額"),
                "倍" => format!("{action}倍率"),
                _ => format!("{action}{done}{}", counter_noun(unit)),
            };
        }
        // A heading says what its own numbers count, not those of a subject that the words name.
        let courses: Vec<&str> = self.scope.dimensions.values().map(String::as_str).collect();
        let near = format!("{subject} {}", courses.join(" "));
        match self.tools.catalog.default_label(unit, &near) {
            Some(label) => label.to_owned(),
            None => counter_noun(unit),
        }
    }

    fn says_done(&self, m: &Mention) -> bool {
        m.chars.end > 0 && string(self.s.chars, m.chars.end..self.s.chars.len()).contains("対応済")
    }
}

/// Verbs that only carry a noun of doing (実施を予定, 回答を受け).
const SUPPORTING: [&str; 20] = [
    "予定", "見込", "目標", "計画", "検討", "目指", "図", "行", "受", "得", "実施", "開始", "進", "続", "求",
    "始", "終", "完了", "想定", "支",
];

enum Found {
    /// Subject and label.
    Settled(Option<String>, Option<String>),
    /// Only words that name nothing; they begin here.
    Generic(usize),
    Nothing,
}

/// Particles before a number and what they make of the phrase before them; the longest that fits wins.
const PARTICLES: [(&str, &str); 20] = [
    ("については、", "wa"),
    ("では、", "wa"),
    ("には、", "wa"),
    ("のうち", "of"),
    ("のうち、", "of"),
    ("など", "of"),
    ("などのうち", "of"),
    ("として", "as"),
    ("については", "wa"),
    ("についての", "of"),
    ("では", "wa"),
    ("には", "wa"),
    ("は、", "wa"),
    ("は", "wa"),
    ("が", "ga"),
    ("も", "ga"),
    ("を", "object"),
    ("などの", "of"),
    ("などで", "of"),
    ("の", "of"),
];

/// Takes the name of the quantity off a phrase: Xの件数 → (X, 件数); 全手続数 → (none, 全手続数).
fn split_label(words: &str) -> (Option<String>, String) {
    match words.rsplit_once('の') {
        Some((of, name)) if !of.is_empty() && name.chars().count() >= 2 => {
            (Some(of.to_owned()), name.to_owned())
        }
        _ => (None, words.to_owned()),
    }
}

/// The kind of figure that its words and unit make it.
pub(super) fn aggregation(s: &Sentence, m: &Mention, q: &Quantity, b: &Binding) -> Aggregation {
    let at = s.behind_brackets(m.chars.end);
    let behind = string(s.chars, at..(at + 6).min(s.chars.len()));
    let behind = behind.trim_start_matches(['の', 'を', 'に']);
    let change = ["増", "減", "削減", "短縮", "縮減", "低下", "上昇"].iter().any(|w| behind.starts_with(w));
    if q.value.is_sign_negative()
        || change
        || q.signed && b.label.contains("増減")
        || b.label.contains("増減")
    {
        return Aggregation::Change;
    }
    if matches!(q.unit.as_str(), "%" | "割" | "倍" | "‰") {
        return Aggregation::Ratio;
    }
    if b.cumulative || ["累計", "累積", "延べ", "合計", "通算"].iter().any(|w| b.label.contains(w))
    {
        return Aggregation::Cumulative;
    }
    let before = m.chars.start.checked_sub(1).and_then(|i| s.chars.get(i));
    if q.signed && matches!(s.chars.get(m.chars.start), Some('+' | '-' | '▲' | '△' | '−'))
        || before == Some(&'+')
    {
        return Aggregation::Change;
    }
    Aggregation::Point
}
