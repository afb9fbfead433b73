//! What stands before a number: labels, noun phrases and their particles, other numbers, brackets.

use super::bind::{Binder, split_label};
use super::chars::{begins_any, ends, ends_any, is_kanji, is_noun, string};
use super::phrase;
use super::topic::{self, clean};
use super::words::{self, action_ending, is_generic, names_quantity};
use shiryo_ja::Mention;
use std::ops::Range;

/// What stands before a number.
#[derive(Debug, Default)]
pub(super) struct Left {
    pub(super) subject: Option<String>,
    pub(super) label: Option<String>,
    /// Index of the prior draft that the number goes on from.
    pub(super) follows: Option<usize>,
    pub(super) cumulative: bool,
    pub(super) frequency: Option<String>,
    /// The age group that the number is told for.
    pub(super) age: Option<String>,
    pub(super) how: &'static str,
    pub(super) confidence: f64,
}

pub(super) enum Found {
    /// Subject and label.
    Settled(Option<String>, Option<String>),
    /// Only words that name nothing; they begin here.
    Generic(usize),
    Nothing,
}

/// Particles before a number and what they make of the phrase before them; the longest that fits wins.
const PARTICLES: [(&str, &str); 35] = [
    ("においては", "wa"),
    ("においては、", "wa"),
    ("につきましては", "wa"),
    ("につきましては、", "wa"),
    ("に関しては、", "wa"),
    ("までは", "wa"),
    ("までは、", "wa"),
    ("が、", "ga"),
    ("である", "noun"),
    ("が最も多く", "ga"),
    ("が最も多く、", "ga"),
    ("が一番多く", "ga"),
    ("が一番多く、", "ga"),
    ("が最多で", "ga"),
    ("が最多の", "ga"),
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

/// 1立方メートルあたり: what a rate is told for is no longer than this.
const LONGEST_RATE: usize = 10;

/// What stands between the names of a list.
const LISTING: [&str; 8] = ["、", "及び", "および", "並びに", "と", "や", "、及び", "・"];

impl Binder<'_, '_> {
    pub(super) fn left(&self, start: usize) -> Left {
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
            // 286億円と歳入合計の約62%: a share of the whole is the part's.
            let told = region.start > 0 || self.prior.iter().any(|d| d.chars.end == floor);
            if told && self.is_whole(p, start) {
                p = floor;
                break;
            }
            let (joint, kind) = match c.get(p - 1) {
                Some(':') => (p - 1, "label"),
                Some(x) if is_noun(*x) || matches!(x, ')' | '」' | '』' | '】') => (p, "noun"),
                _ => {
                    match PARTICLES.iter().filter_map(|(w, k)| Some((ends(c, p, w)?, *k))).min_by_key(|f| f.0)
                    {
                        Some(found) => found,
                        // 歳入で3.2%減: of what the change is told.
                        None if c.get(p - 1) == Some(&'で')
                            && (self.is_change_at(start) || self.is_account(p - 1, floor)) =>
                        {
                            (p - 1, "ga")
                        }
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
                        "label" => ("label", 0.89),
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
        if left.follows.is_none() && p < start {
            self.follow_compared(p, start, floor, &mut left);
        }
        if left.follows.is_none() && region.start > 0 {
            self.before_bracket(region.start - 1, &mut left);
        }
        left
    }

    /// 一般会計の歳入決算額は…、歳出決算額は…: the second is told of what the first is.
    pub(super) fn same_kind(&self, name: &str) -> Option<String> {
        let kind = |w: &str| w.chars().rev().take(3).collect::<String>();
        let prior = self.prior.last()?;
        let named = prior.subject != prior.measure_label && names_quantity(&prior.measure_label);
        let same = kind(&prior.measure_label) == kind(name) && name.chars().count() > 3;
        (named && same).then(|| prior.subject.clone())
    }

    /// Whether the number that begins at `start` tells by how much something changed.
    fn is_change_at(&self, start: usize) -> bool {
        let number = self.s.quantities().find(|(_, m, _)| m.chars.start == start);
        number.is_some_and(|(_, m, _)| {
            let at = self.s.behind_brackets(m.chars.end);
            begins_any(self.s.chars, at, &["増", "減", "の増", "の減", "上昇", "低下"]).is_some()
        })
    }

    /// Whether 全体の or 歳入合計の stands right before a share.
    fn is_whole(&self, p: usize, start: usize) -> bool {
        let share = self.s.quantities().any(|(_, m, q)| m.chars.start == start && q.unit == "%");
        share && ends_any(self.s.chars, p, &["合計の", "総額の", "総数の", "全体の"]).is_some()
    }

    /// Whether the noun that ends at `end` is an account or tax (総務費で, 町税で): figures are told of it, not by it.
    fn is_account(&self, end: usize, floor: usize) -> bool {
        let noun = string(self.s.chars, phrase::noun_start(self.s, end, floor)..end);
        noun.chars().count() >= 2
            && (noun.ends_with(['費', '税', '債', '金', '料'])
                || noun.ends_with("全体")
                || noun.ends_with("総額"))
    }

    /// The last kept quantity before `at` in the region, or the region's begin.
    pub(super) fn floor(&self, at: usize, region: &Range<usize>) -> usize {
        let ends = self.kept.iter().map(|k| k.end).filter(|e| *e <= at && *e > region.start);
        ends.filter(|e| self.s.region(e - 1) == *region).max().unwrap_or(region.start)
    }

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
                && let Some(one) =
                    (floor..end).rev().take(LONGEST_RATE).find(|&i| matches!(c.get(i), Some('1' | '一')))
                && (one + 1..end).all(|i| c.get(i).is_some_and(|x| is_noun(*x)))
            {
                left.frequency = Some(string(c, one..p));
                p = one;
            }
            p = self.strip_comparison(p, floor);
            p = self.strip_age(p, floor, left);
            if p == was {
                return p;
            }
        }
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
        let years = ["対前年度", "対前年", "前年度", "前年", "昨年度", "昨年", "前回", "前期", "前月"];
        let found = ends_any(c, at, &years).or_else(|| {
            let time = self.s.times().find(|(m, _)| m.chars.end == at || m.chars.end == p);
            time.map(|(m, _)| m.chars.start)
        });
        found.filter(|start| *start >= floor).unwrap_or(p)
    }

    /// Passes over an age group that tells the number from its neighbours: 60歳代で8割, 10~18歳が955人.
    fn strip_age(&self, p: usize, floor: usize, left: &mut Left) -> usize {
        let c = self.s.chars;
        let Some(end) = ends_any(c, p, &["が", "で", "は", "では", "の"]) else { return p };
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

    /// Where the number that begins at `at` or behind a blank begins; `usize::MAX` when none does.
    pub(super) fn number_after(&self, at: usize) -> usize {
        let begins = |i: usize| self.kept.iter().any(|k| k.start == i);
        if begins(at) { at } else { usize::MAX }
    }

    pub(super) fn phrase_before(
        &self,
        joint: usize,
        kind: &str,
        floor: usize,
        region: &Range<usize>,
    ) -> Found {
        let s = self.s;
        let c = s.chars;
        let range = match kind {
            "label" => {
                let from = (floor..joint)
                    .rev()
                    .find(|&i| matches!(c.get(i), Some('、' | '。' | ';' | '/')) && s.region(i) == *region);
                let start = from.map_or(floor, |i| i + 1);
                self.label_range(start, joint)
            }
            "wa" => {
                let stretch = s.without_time(phrase::stretch(s, joint, floor));
                let chain = s.without_time(phrase::chain(s, joint, floor));
                if stretch.len() <= 30 && !stretch.is_empty() { stretch } else { chain }
            }
            "noun" | "of" | "ga" => self.with_clause(s.without_time(phrase::chain(s, joint, floor)), floor),
            _ => s.without_time(phrase::chain(s, joint, floor)),
        };
        if range.is_empty() {
            return Found::Nothing;
        }
        let mut words = clean(&s.words(range.clone()));
        // 指標である利用者数: what stands before only says what kind of thing it is.
        if let Some((_, name)) = words.rsplit_once("である").filter(|(_, n)| names_quantity(n)) {
            words = name.to_owned();
        }
        if kind == "label" {
            for said in
                ["の目標値", "の目標", "の実績", "の見込み", "の見込", "の予定", "の計画", "目標", "実績"]
            {
                if let Some(bare) = words.strip_suffix(said).filter(|b| names_quantity(b)) {
                    words = bare.to_owned();
                }
            }
        }
        // 騒音184件、悪臭43件、その他137件: the rest of a list is one of its entries.
        if matches!(words.as_str(), "その他" | "他")
            && matches!(kind, "noun" | "of")
            && (!self.prior.is_empty() || kind == "of")
        {
            return Found::Settled(Some("その他".to_owned()), None);
        }
        if words.is_empty() || is_generic(&words) || super::status::is_status_word(&words) {
            return Found::Generic(range.start);
        }
        if words::is_term(&words) {
            let of = topic::of(s, range.start, self.kept).unwrap_or_else(|| self.carried_topic());
            return Found::Settled(Some(format!("{of} / {words}")), None);
        }
        if let Some(found) = self.role(&words, range.start, joint) {
            return found;
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
            && (words::is_adverb(&words.chars().collect::<Vec<_>>())
                || words.chars().count() == 1 && !matches!(words.as_str(), "男" | "女"))
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
            // 1件当たりの受付時間: for how many, not of what.
            let rate = |o: &str| ["当たり", "あたり", "につき"].iter().any(|w| o.ends_with(w));
            let name = match &of {
                Some(o) if rate(o) => format!("{o}の{name}"),
                _ => name,
            };
            let of = of.filter(|o| !is_generic(o) && !rate(o)).or_else(concerned);
            let of = of.or_else(|| topic::of_open(s, range.start, self.kept));
            let of = of.or_else(|| self.bracket_owner(region));
            // 目標値20.0% 実績値18.3% 達成率91.5%: told of the figures before it.
            let told = ["達成率", "執行率", "進捗率", "増減率", "前年比", "前年度比", "構成比"]
                .contains(&name.as_str());
            let of = of.or_else(|| self.prior.last().filter(|_| told).map(|d| d.subject.clone()));
            let of = of.or_else(|| self.same_kind(&name));
            let of = of.or_else(|| self.chained_object(range.start, region));
            // 認可保育所を1か所整備し、定員を70名…: the same clause chain speaks of the same thing.
            let chained = || self.prior.last().filter(|d| kind == "object" && !d.rule.contains(".heading."));
            let of = of.or_else(|| chained().map(|d| d.subject.clone()));
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

    /// 翌年度へ繰り越す財源: a word too general to stand alone takes the clause before it.
    fn with_clause(&self, range: Range<usize>, floor: usize) -> Range<usize> {
        const THIN: [&str; 8] = ["財源", "経費", "費用", "予算", "部分", "世帯", "団体", "施設"];
        const LONGEST_CLAUSE: usize = 24;
        let c = self.s.chars;
        let verb = range.start > floor && c.get(range.start - 1).is_some_and(|x| "るたすくつむうきぶぐ".contains(*x));
        if !verb || !THIN.contains(&string(c, range.clone()).as_str()) {
            return range;
        }
        let stop = |i: &usize| matches!(c.get(*i), Some('、' | '。' | 'は' | 'が' | '「' | '('));
        let start = (floor..range.start).rev().find(stop).map_or(floor, |i| i + 1);
        if range.start - start > LONGEST_CLAUSE { range } else { start..range.end }
    }

    /// 回答者168名, 講座の受講者は45人: people told by what they did name the quantity; what it is measured of
    /// stands before them or in the topic.
    fn role(&self, words: &str, start: usize, joint: usize) -> Option<Found> {
        let (of, role) = split_label(words);
        let person =
            self.s.quantities().find(|(_, m, _)| m.chars.start >= joint).is_some_and(|(_, m, q)| {
                m.chars.start <= joint + 6 && matches!(q.unit.as_str(), "人" | "名")
            });
        if !person || !words::is_role(&role) {
            return None;
        }
        let of = of.filter(|o| !is_generic(o)).or_else(|| topic::of_open(self.s, start, self.kept));
        let of = of.unwrap_or_else(|| self.carried_topic());
        Some(Found::Settled(Some(if of.is_empty() { role.clone() } else { of }), Some(format!("{role}数"))))
    }

    /// What an earlier clause of the sentence did something to: 研修を全職員1,860人を対象に実施し、受講率は…
    fn chained_object(&self, at: usize, region: &Range<usize>) -> Option<String> {
        let (s, c) = (self.s, self.s.chars);
        let ends =
            |i: usize| begins_any(c, i, &["し、", "行い、", "設け、"]).is_some() && s.region(i) == *region;
        let clause = (region.start..at).rev().find(|&i| ends(i))?;
        let objects =
            (region.start + 1..clause).rev().filter(|&i| c.get(i) == Some(&'を') && s.region(i) == *region);
        let named = objects.map(|wo| phrase::chain(s, wo, region.start)).find(|range| {
            let counted = self.kept.iter().any(|k| k.start < range.end && range.start < k.end);
            let words = clean(&string(c, range.clone()));
            !counted && words.chars().count() >= 3 && !is_generic(&words) && !names_quantity(&words)
        })?;
        Some(clean(&string(c, s.without_time(named))))
    }

    /// The subject of what a bracket stands behind: 保育所2園(定員160名).
    fn bracket_owner(&self, region: &Range<usize>) -> Option<String> {
        let mut left = Left::default();
        self.before_bracket(region.start.checked_sub(1)?, &mut left);
        match left.follows.and_then(|i| self.prior.get(i)) {
            Some(prior) => Some(prior.subject.clone()),
            None => left.subject,
        }
    }

    /// The names that a number counts, where as many stand listed before it: A、B及びCの3か所.
    pub(super) fn listed(&self, start: usize, count: usize) -> Option<String> {
        let (s, c) = (self.s, self.s.chars);
        let region = s.region(start);
        let floor = self.floor(start, &region);
        let end = self.strip(start, floor, &mut Left::default());
        let end = ends(c, end, "の").filter(|e| *e > floor)?;
        let mut at = end;
        for found in 1..=count {
            let name = phrase::noun_start(s, at, floor);
            if name == at || words::is_adverb(c.get(name..at).unwrap_or_default()) {
                return None;
            }
            at = name;
            if found < count {
                at = ends_any(c, at, &LISTING).filter(|a| *a > floor)?;
            }
        }
        Some(clean(&string(c, at..end)))
    }

    /// A label without the times at its ends and the arrow that leads to it: 利用件数 R5:, ⇒ R6(上期):.
    fn label_range(&self, start: usize, joint: usize) -> Range<usize> {
        let c = self.s.chars;
        let mut end = joint;
        let half = ["(上期)", "(下期)", "(上半期)", "(下半期)"];
        end = ends_any(c, end, &half).unwrap_or(end);
        if let Some((m, _)) = self.s.times().find(|(m, _)| m.chars.end == end && m.chars.start >= start) {
            end = m.chars.start;
        }
        let lead = |i: &usize| c.get(*i).is_some_and(|x| " →⇒➡".contains(*x));
        let start = (start..end).find(|i| !lead(i)).unwrap_or(end);
        let end = (start..end).rev().find(|i| c.get(*i) != Some(&' ')).map_or(start, |i| i + 1);
        self.s.without_time(start..end)
    }

    /// The group that a bound defines, up to the の before the number, and the unit that counts it.
    pub(super) fn defined(&self, range: &Range<usize>, joint: usize) -> Option<String> {
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
        if joins.contains(&plain.as_str()) || (timed && beside <= 3) {
            left.follows = self.prior.iter().rposition(|d| d.chars.end == floor);
            (left.how, left.confidence) = ("follows", 0.88);
        }
    }

    /// 72億円で、前年度と比較すると4億円の減: only a comparison stands between the figure and its change.
    fn follow_compared(&self, p: usize, start: usize, floor: usize, left: &mut Left) {
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
