//! What stands before a number: labels, noun phrases and their particles, other numbers, brackets.

use super::bind::Binder;
use super::chars::{begins_any, ends, ends_any, is_noun, string};
use super::named::is_rate;
use super::phrase;
use super::topic::{self, clean};
use super::words::{self, is_generic, names_quantity};
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
    /// The place or group of places that the number is told for.
    pub(super) area: Option<String>,
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

/// What kind of value a quantity's name ends with.
const KINDS_OF_VALUE: [&str; 11] =
    ["の目標値", "の目標", "の実績", "の見込み", "の見込", "の予定", "の計画", "目標", "実績", "合計", "計"];

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
            if told && (self.is_share_of(p, start, floor) || self.is_whole(p, start)) {
                p = floor;
                break;
            }
            let Some((joint, kind)) = self.particle(p, start, floor) else { break };
            if joint <= floor {
                break;
            }
            // A、B、Cなど7課, 子育て等の13分野: examples of those that are counted.
            if kind == "of" && self.names_examples(joint, p) {
                let of = topic::of(s, joint, self.kept).or_else(|| self.chained_object(joint, &region));
                let of = of.unwrap_or_else(|| self.carried_topic());
                if !of.is_empty() {
                    (left.subject, left.how, left.confidence) = (Some(of), "topic", 0.8);
                    return left;
                }
            }
            // 交付件数は前半の1.7倍に伸びた: what it is so many times of is no subject.
            if kind == "of" && self.is_of_base(start, joint) && topic::of(s, joint, self.kept).is_some() {
                break;
            }
            // 手数料を半額の150円とした: what was made so much.
            let made =
                (kind == "of" && self.becomes(start)).then(|| self.object_of_clause(joint, floor)).flatten();
            let (joint, kind) = made.map_or((joint, kind), |wo| (wo, "object"));
            // 中間年である令和8年度に50%: which time it is.
            if joint < p && string(c, joint..p) == "である" && s.times().any(|(m, _)| m.chars.start == p) {
                p = phrase::chain(s, joint, floor).start;
                continue;
            }
            match self.phrase_before(joint, kind, floor, &region) {
                Found::Settled(subject, label) => {
                    (left.subject, left.label) = (subject, label);
                    (left.how, left.confidence) = match kind {
                        "label" => ("label", 0.89),
                        "noun" | "of" => ("noun", 0.9),
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

    /// The particle that ends at `p` before the number at `start`, or what stands there instead: where the phrase before it
    /// ends, and what it makes of that.
    fn particle(&self, p: usize, start: usize, floor: usize) -> Option<(usize, &'static str)> {
        let c = self.s.chars;
        match c.get(p - 1) {
            Some(':') => return Some((p - 1, "label")),
            Some(x) if is_noun(*x) || matches!(x, ')' | '」' | '』' | '】') => return Some((p, "noun")),
            _ => {}
        }
        let found = PARTICLES.iter().filter_map(|(w, kind)| Some((ends(c, p, w)?, *kind)));
        if let Some(found) = found.min_by_key(|f| f.0) {
            return Some(found);
        }
        // 歳入で3.2%減: of what the change is told.
        let of_change =
            || self.is_change_at(start) || self.is_account(p - 1, floor) || self.is_entry(p - 1, floor);
        if c.get(p - 1) == Some(&'で') && of_change() {
            return Some((p - 1, "ga"));
        }
        // 見直し51件: okurigana at the end of a noun.
        (phrase::noun_start(self.s, p, floor) < p).then_some((p, "noun"))
    }

    /// 16億円で歳入の約4割: whether the number at `start` tells how much of something the figure before it is.
    fn is_share_of(&self, p: usize, start: usize, floor: usize) -> bool {
        let between = || string(self.s.chars, self.s.behind_brackets(floor).min(p)..p);
        let of = |w: &str| w.starts_with('で') && w.ends_with('の') && !w.contains(['は', 'が', 'を', '、']);
        self.is_share(start) && of(&between())
    }

    /// Whether the number at `start` is a share.
    pub(super) fn is_share(&self, start: usize) -> bool {
        self.s.quantity_at(start).is_some_and(|(_, q)| matches!(q.unit.as_str(), "%" | "割"))
    }

    /// Whether the number at `start` tells so many times of what stands before `joint`, or how much of an earlier time's.
    fn is_of_base(&self, start: usize, joint: usize) -> bool {
        let s = self.s;
        let Some((m, q)) = s.quantity_at(start) else { return false };
        let timed = || {
            let base = joint.checked_sub(1).and_then(|i| s.open_of(i)).unwrap_or(joint);
            s.times().any(|(m, _)| m.chars.end == base)
        };
        let share = || super::period::is_share_of_base(s.chars, m.chars.end) && timed();
        q.unit == "倍" || self.is_share(start) && share()
    }

    /// Whether something is made so much as the number at `start` says.
    fn becomes(&self, start: usize) -> bool {
        const MADE: [&str; 8] =
            ["とした", "とし、", "とする", "に改", "に引き", "に変更", "に見直", "に減額"];
        let number = self.s.quantity_at(start);
        number.is_some_and(|(m, _)| begins_any(self.s.chars, m.chars.end, &MADE).is_some())
    }

    /// Where the object of the clause that ends at `end` is marked.
    fn object_of_clause(&self, end: usize, floor: usize) -> Option<usize> {
        let outer = self.s.paren_of(end.checked_sub(1)?);
        let beside = |i: &usize| self.s.paren_of(*i) == outer;
        let stop = |i: &usize| matches!(self.s.chars.get(*i), Some('、' | '。' | 'は' | 'が' | 'を'));
        let at = (floor + 1..end).rev().filter(beside).find(stop)?;
        (self.s.chars.get(at) == Some(&'を')).then_some(at)
    }

    /// The last kept quantity before `at` in the region, or the region's begin.
    pub(super) fn floor(&self, at: usize, region: &Range<usize>) -> usize {
        let ends = self.kept.iter().map(|k| k.end).filter(|e| *e <= at && *e > region.start);
        ends.filter(|e| self.s.region(e - 1) == *region).max().unwrap_or(region.start)
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
        // 前年同期(31,905件)の1.5倍: a bracket by itself names nothing.
        if c.get(range.start) == Some(&'(')
            && s.close_of(range.start).is_some_and(|close| close + 1 >= range.end)
        {
            return Found::Generic(range.start);
        }
        let mut words = clean(&s.words(range.clone()));
        // 指標である利用者数: what stands before only says what kind of thing it is.
        if let Some((_, name)) = words.rsplit_once("である").filter(|(_, n)| names_quantity(n)) {
            words = name.to_owned();
        }
        // 期間中(25日間)の利用, 本市の端末: over what span or where at home, not what.
        // 前回(令和元年度)の単価: neither does which of them it was.
        const WHICH: [&str; 5] = ["前回", "前々回", "今回", "従来", "現行"];
        if let Some((lead, name)) = words.split_once('の')
            && (words::is_span_or_home(lead)
                || self.is_home(lead)
                || names_quantity(name) && is_generic(lead) && WHICH.iter().any(|w| lead.starts_with(w)))
            && name.chars().count() >= 2
        {
            words = name.to_owned();
        }
        if matches!(kind, "label" | "wa" | "noun" | "object") {
            for said in KINDS_OF_VALUE {
                if let Some(bare) = words.strip_suffix(said).filter(|b| names_quantity(b)) {
                    words = bare.to_owned();
                }
            }
        }
        // 騒音184件、悪臭43件、その他137件: the rest of a list is one of its entries.
        if matches!(words.as_str(), "その他" | "他")
            && matches!(kind, "noun" | "of" | "ga" | "wa")
            && (!self.prior.is_empty() || kind == "of")
        {
            return Found::Settled(Some("その他".to_owned()), None);
        }
        // 歳入は8億円、歳出は7億円で、差引1億円: of what both are of.
        if kind == "noun" && matches!(words.as_str(), "差引" | "差引き" | "差し引き" | "差額") {
            let own = |d: &&crate::Draft| d.subject != d.measure_label && !d.section.is_empty();
            let of = self.prior.last().filter(own).map(|d| d.section.clone());
            let of = of.unwrap_or_else(|| self.owner_above());
            if !of.is_empty() {
                return Found::Settled(Some(of), Some("差引額".to_owned()));
            }
        }
        if let Some(found) = self.some_of(&words, joint) {
            return found;
        }
        // コロナ禍前の令和元年度(4,518人)の93.9%: a time, however it is described.
        let bare = range.clone().find(|&i| c.get(i) == Some(&'(')).unwrap_or(range.end);
        if s.times().any(|(m, _)| m.chars.end == bare && m.chars.start >= range.start) {
            return Found::Generic(range.start);
        }
        // 修正の理由: 累計…: what kind of statement follows.
        let key = kind == "label" && words.chars().count() >= 3 && words::is_generic_heading(&words);
        if words.is_empty() || key || is_generic(&words) || super::status_words::is_status_word(&words) {
            return Found::Generic(range.start);
        }
        if words::is_term(&words) {
            let of = topic::of(s, range.start, self.kept).unwrap_or_else(|| self.carried_topic());
            return Found::Settled(Some(format!("{of} / {words}")), None);
        }
        if let Some(found) = self.role(&words, range.start, joint, region) {
            return found;
        }
        if let Some(found) = self.doing(&words, range.start, joint, region) {
            return found;
        }
        if let Some(found) = self.clause(&words, range.start, joint) {
            return found;
        }
        // アンケート(有効回答1,926件): the doing is counted, of what the bracket stands behind.
        let replied = kind == "noun" && (words::is_action(&words) || words.ends_with("回答"));
        if let Some(owner) = self.bracket_owner(region).filter(|_| replied && region.start > 0) {
            return Found::Settled(Some(owner), None);
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
        // 1校当たりの訪問を月2回から…: for how many.
        if let Some(done) =
            words.split_once('の').filter(|(one, _)| is_rate(one)).map(|(_, done)| done.to_owned())
            && let Some(found) = self.doing(&done, range.start, joint, region)
        {
            return found;
        }
        // 1件当たりの受付時間: for how many, not of what.
        let per_one = words.split_once('の').is_some_and(|(one, name)| is_rate(one) && names_quantity(name));
        if kind == "as" || per_one || names_quantity(&words) {
            return self.named(&words, kind, &range, region);
        }
        if kind == "object"
            && words.chars().count() <= 4
            && let Some(of) = topic::of(s, range.start, self.kept)
        {
            return Found::Settled(Some(of), Some(words));
        }
        Found::Settled(Some(words), None)
    }

    /// Whether what stands before `joint` are examples, of which など or 等の says so.
    fn names_examples(&self, joint: usize, end: usize) -> bool {
        let c = self.s.chars;
        let such = ends_any(c, end, &["など", "などの", "などのうち", "などで"]).is_some();
        let others = c.get(joint.saturating_sub(1)) == Some(&'等') && ends(c, end, "の") == Some(joint);
        let from = joint.saturating_sub(40);
        let before = string(c, from..joint);
        let clause = before.rsplit(['。', 'は', 'に']).next().unwrap_or_default();
        let several = clause.contains('、') || such && clause.contains(['や', '・']);
        let counts = c.get(end).is_some_and(char::is_ascii_digit)
            || such
                && begins_any(c, end, &["年間", "約", "延べ", "計", "合計", "全", "月", "最大"]).is_some();
        (such || others) && several && counts
    }

    /// 翌年度へ繰り越す財源: a word too general to stand alone takes the clause before it.
    pub(super) fn with_clause(&self, range: Range<usize>, floor: usize) -> Range<usize> {
        const THIN: [&str; 24] = [
            "端末", "機器", "財源", "経費", "費用", "予算", "部分", "世帯", "団体", "施設", "者", "人", "方",
            "園", "校", "児童", "生徒", "職員", "教員", "手続", "項目", "地区", "取組", "店舗",
        ];
        const LONGEST_CLAUSE: usize = 30;
        let c = self.s.chars;
        let verb = range.start > floor
            && c.get(range.start - 1).is_some_and(|x| "るたすくつむうきぶぐい".contains(*x));
        if !verb || !THIN.contains(&string(c, range.clone()).as_str()) {
            return range;
        }
        let stop = |i: &usize| matches!(c.get(*i), Some('、' | '。' | 'は' | 'が' | '「' | '('));
        let start = (floor..range.start).rev().find(stop).map_or(floor, |i| i + 1);
        let meant = begins_any(c, start, &["これに", "それに", "これらに", "その"]).is_some();
        if meant || range.start - start > LONGEST_CLAUSE { range } else { start..range.end }
    }

    /// What an earlier clause of the sentence did something to: 研修を全職員1,860人を対象に実施し、受講率は…
    pub(super) fn chained_object(&self, at: usize, region: &Range<usize>) -> Option<String> {
        let (s, c) = (self.s, self.s.chars);
        let ends = |i: usize| {
            begins_any(c, i, &["し、", "行い、", "設け、", "始め、"]).is_some() && s.region(i) == *region
        };
        let clause = (region.start..at).rev().find(|&i| ends(i))?;
        // 通勤手当を除く4業務で導入し、…: what is left out, or what it is done by.
        let aside =
            |i: usize| begins_any(c, i + 1, &["除", "含", "通じ", "踏まえ", "受け", "基", "対象"]).is_some();
        let objects = (region.start + 1..clause)
            .rev()
            .filter(|&i| c.get(i) == Some(&'を') && s.region(i) == *region && !aside(i));
        let named = objects.map(|wo| phrase::chain(s, wo, region.start)).find(|range| {
            let words = clean(&string(c, range.clone()));
            !topic::is_counted(self.kept, range)
                && words.chars().count() >= 3
                && !is_generic(&words)
                && !names_quantity(&words)
        })?;
        Some(clean(&string(c, s.without_time(named))))
    }

    /// The subject of what a bracket stands behind: 保育所2園(定員160名).
    pub(super) fn bracket_owner(&self, region: &Range<usize>) -> Option<String> {
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
}
