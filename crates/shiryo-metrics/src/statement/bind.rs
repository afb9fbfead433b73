//! Binds a number to what it counts and to its name.

use super::chars::{begins, begins_any, ends_any, is_kanji, is_katakana, string};
use super::left::Left;
use super::phrase;
use super::right::Right;
use super::sentence::Sentence;
use super::topic::{self, clean};
use super::words::{self, action_ending, is_action, is_generic, names_quantity};
use crate::{Draft, Scope, Tools};
use rust_decimal::prelude::ToPrimitive;
use shiryo_ja::units::Kind;
use shiryo_ja::{Mention, Quantity};
use shiryo_model::Aggregation;
use std::ops::Range;

/// What a number was bound to.
#[derive(Debug, Clone, Default)]
pub(super) struct Binding {
    /// What is measured.
    pub(super) subject: String,
    /// What the section speaks of, where the subject is one of its things.
    pub(super) section: String,
    /// Name of the quantity.
    pub(super) label: String,
    /// Units in charge named in the subject's phrase.
    pub(super) departments: Vec<String>,
    /// 累計, 延べ, 合計 before the number.
    pub(super) cumulative: bool,
    /// 毎年度, 1人当たり before the number.
    pub(super) frequency: Option<String>,
    /// The age group that the number is told for.
    pub(super) age: Option<String>,
    /// The place or group of places that the number is told for.
    pub(super) area: Option<String>,
    /// The places that the number counts, where something else is measured in them.
    pub(super) place: Option<String>,
    /// The group of people that the number counts among those counted before (うち女性).
    pub(super) part: Option<String>,
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
    /// Drafts of the sentences before in the same line.
    pub(super) earlier: &'a [Draft],
}

impl Binder<'_, '_> {
    /// Binds the quantity `q` of mention `m`; `None` when there is nothing to bind it to.
    pub(super) fn bind(&self, m: &Mention, q: &Quantity) -> Option<Binding> {
        let unit = if q.unit.is_empty() { self.scope.unit.as_str() } else { q.unit.as_str() };
        let mut left = self.left(m.chars.start);
        if left.how == "noun"
            && matches!(words::kind(unit), Kind::Count)
            && q.value_upper.is_none()
            && let Some(names) = q
                .value
                .to_usize()
                .filter(|n| (2..=12).contains(n))
                .and_then(|n| self.listed(m.chars.start, n))
        {
            left.subject = Some(names);
        }
        if left.how == "noun" && left.cumulative {
            left.subject = left.subject.take().map(|last| self.summed(last, m.chars.start));
        }
        let right = self.right(m.chars.end, unit);
        let mut b = Binding {
            cumulative: left.cumulative,
            frequency: left.frequency.clone(),
            age: left.age.clone(),
            area: left.area.clone().or_else(|| self.average_before(m.chars.start)),
            prior: left.follows,
            how: left.how,
            confidence: left.confidence,
            ..Binding::default()
        };
        let (subject, mut label) = self.combine(&mut b, left, &right, m, unit);
        // 12分 → 7分(▲42%): by how much it changed.
        if let Some(prior) = b.prior.and_then(|i| self.prior.get(i)).filter(|_| unit == "%")
            && q.value.is_sign_negative()
        {
            label = format!("{}増減率", prior.measure_label);
        }
        let subject = self.placed(&mut b, subject, &right, m, unit);
        if label.is_empty() {
            label = self.natural_label(unit, right.action.as_deref(), &subject, m);
        }
        // 委員99名の活動費: the name of another quantity.
        if !words::fits(&label, unit) && !matches!(unit, "%" | "割" | "倍" | "ポイント" | "‰") {
            label = words::counter_noun(unit);
        }
        let subject = self.part_of(&mut b, subject, &mut label, unit);
        let full = clean(&subject);
        let (subject, departments) = topic::split_departments(&full);
        // 税務課の窓口, 消防指令センターの更新(1年目): the unit in charge tells which one.
        let alone = subject.split('(').next().unwrap_or_default();
        let bare = alone.chars().count() <= 3 || is_action(alone) || names_quantity(alone);
        let bare = bare && !departments.is_empty();
        let subject = if bare { full } else { subject };
        // Under a line that names the quantity, a label is a value, not a subject (第一区:43%).
        let valued = b.how == "label" && !self.scope.measure_label.is_empty();
        let subject = if valued { subject } else { self.fuller(subject) };
        if b.cumulative && !["累計", "延べ", "合計", "総"].iter().any(|w| label.contains(w)) {
            let sum = if self.sum_word(m.chars.start).contains("べ") { "延べ" } else { "累計" };
            if self.sum_word(m.chars.start).starts_with(['累', '延', 'の']) {
                label = format!("{sum}{label}");
            }
        }
        let subject = self.without_where(&mut b, subject, &label);
        b.departments = departments;
        b.subject = subject;
        b.label = label;
        // 防災対策費 under …の取組状況: a heading over many things tells less than the quantity's own name.
        let above = self.scope.topic();
        let wide = ["取組状況", "進捗状況", "検討状況", "推進状況"].iter().any(|w| above.ends_with(w));
        if wide && b.subject == above && topic::bare(above) == above && words::names_of(&b.label) {
            b.subject.clone_from(&b.label);
        }
        b.section = self.section(&b);
        // What a passage is about is no guess for a number whose own topic could not be read.
        let guessed = matches!(b.how, "heading" | "before")
            && b.age.is_none()
            && topic::is_unread(self.s, m.chars.start);
        // 50~54歳が最も多く、男性820人: the group is told elsewhere.
        let sexes = ["男性", "女性", "男", "女", "男子", "女子"].contains(&b.subject.as_str());
        let aged =
            sexes && self.s.quantities().any(|(_, n, o)| o.unit == "歳" && n.chars.end <= m.chars.start);
        // Speech and letters to the public change their topic from sentence to sentence.
        let polite = self.is_polite() && matches!(b.how, "heading" | "before");
        if polite || b.section.is_empty() && !topic::is_name(&b.subject) {
            return None;
        }
        // 全国の7割以上の市町村: a subject with a share of its own is another statement.
        let shared = b.subject.char_indices().any(|(i, c)| {
            matches!(c, '割' | '%')
                && b.subject.get(..i).is_some_and(|w| w.ends_with(|d: char| d.is_ascii_digit()))
        });
        let left_over = b.how == "heading"
            && unit == "円"
            && ends_any(self.s.chars, m.chars.start, &["残りの", "残る"]).is_some();
        (!b.subject.is_empty() && !guessed && !aged && !shared && !left_over).then_some(b)
    }

    /// うち女性は12人, うち70歳以上18名: a group of those that the number before counts. Other parts have a name of
    /// their own (うちインターネットによる申込み).
    fn part_of(&self, b: &mut Binding, subject: String, label: &mut String, unit: &str) -> String {
        let Some(part) = ["このうち", "そのうち", "うち"].iter().find_map(|w| subject.strip_prefix(w))
        else {
            return subject;
        };
        let part = part.trim_start_matches(['、', ' ']);
        let people = matches!(unit, "人" | "名" | "%" | "割");
        let whole = self.prior.last().or(self.earlier.last());
        let whole = whole.filter(|d| people && matches!(d.unit.as_str(), "人" | "名"));
        match whole.filter(|_| words::is_group(part)) {
            Some(whole) => {
                if whole.unit == unit {
                    label.clone_from(&whole.measure_label);
                }
                if part.contains('歳') {
                    b.age = Some(part.to_owned());
                } else {
                    b.part = Some(part.to_owned());
                }
                whole.subject.clone()
            }
            None if part.is_empty() => subject,
            // うち6年度中の新規: of what was counted before.
            None if is_generic(part) => {
                self.prior.last().or(self.earlier.last()).map_or(subject, |d| d.subject.clone())
            }
            None => part.to_owned(),
        }
    }

    /// 市の交付率は72.3%、全国平均77.4%: the same quantity, of others.
    fn average_before(&self, at: usize) -> Option<String> {
        ends_any(self.s.chars, at, &words::AVERAGES).map(|start| string(self.s.chars, start..at))
    }

    /// 市区町村での導入率, 年間での削減率: where or how often it is counted, not what is.
    fn without_where(&self, b: &mut Binding, subject: String, label: &str) -> String {
        let Some(place) = subject.strip_suffix('で').filter(|p| !p.ends_with('ま')) else { return subject };
        if words::is_area(place) {
            b.area = Some(place.to_owned());
        } else if words::FREQUENCIES.contains(&place) {
            b.frequency = Some(place.to_owned());
        } else {
            return place.to_owned();
        }
        let same = self.prior.iter().rfind(|d| d.measure_label == label).map(|d| d.subject.clone());
        let told = same.unwrap_or_else(|| self.carried_topic());
        if told.is_empty() { label.to_owned() } else { told }
    }

    /// 小学校8校、中学校3校、本庁舎の計12施設: the sum counts all that are listed.
    fn summed(&self, last: String, start: usize) -> String {
        let mut names = vec![last];
        let mut from = start;
        for d in self.prior.iter().rev() {
            let between = string(self.s.chars, d.chars.end..from);
            let listed = between.starts_with('、') && between.matches('、').count() == 1;
            if !listed || between.contains(['は', 'が', 'を', '。']) || !d.rule.contains(".noun.") {
                break;
            }
            names.push(d.subject.clone());
            from = d.chars.start;
            from -= self
                .s
                .chars
                .get(..from)
                .map_or(0, |c| c.iter().rev().take_while(|x| !matches!(x, '、' | '。' | 'は')).count());
        }
        names.reverse();
        names.join("、")
    }

    /// Whether the sentence is told in the polite form of speech (…いただきました, …ございます).
    fn is_polite(&self) -> bool {
        const FORMS: [&str; 8] =
            ["いただき", "ございま", "くださ", "お越し", "みなさ", "皆さ", "皆様", "思います"];
        FORMS.iter().any(|w| self.s.text.contains(w))
    }

    /// The word of sum right before a number.
    pub(super) fn sum_word(&self, start: usize) -> String {
        let c = self.s.chars;
        let end = (0..=start).rev().find(|&i| i == 0 || c.get(i - 1) != Some(&' ')).unwrap_or(start);
        ends_any(c, end, &words::SUMS).map(|at| string(c, at..end)).unwrap_or_default()
    }

    /// Subject and, where the words give one, label.
    pub(super) fn combine(
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
            // 総支出が9億円で、2,079万円の純利益: what is told is named behind.
            let named = right
                .noun
                .clone()
                .filter(|n| other_noun && names_quantity(n) && words::fits(n, unit) && !n.contains('の'));
            let label = named.unwrap_or(label);
            let label = if label.is_empty() { self.follow_label(prior, unit, right) } else { label };
            return (prior.subject.clone(), label);
        }
        if let Some(noun) = &right.noun {
            let (counted, rest) = self.counted(noun, unit);
            if let Some(found) = left.subject.is_none().then(|| self.role_behind(b, noun, m, unit)).flatten()
            {
                return found;
            }
            // 収支は、2億円の純利益となった: the noun behind names the quantity, the topic what it is of.
            let names =
                names_quantity(noun) && !noun.contains('の') && !words::is_role(noun) && label.is_empty();
            if let Some(subject) = left.subject.clone().filter(|s| names && s != noun && !names_quantity(s)) {
                return (subject, noun.clone());
            }
            if let Some(subject) = left.subject.clone().filter(|_| !words::fits(noun, unit)) {
                return (subject, label);
            }
            // 市内小中学校17校の児童全員(8,640人): what stands behind has a number of its own.
            let own = m.chars.end..m.chars.end + noun.chars().count() + 1;
            let counted_too = topic::is_counted(self.kept, &own);
            if let Some(subject) =
                left.subject.clone().filter(|s| left.how == "noun" && counted_too && s.ends_with(unit))
            {
                return (subject, label);
            }
            // 約630万円の軽減となった, 23件の意見があった: what was done, of what the passage is about.
            let bare = noun.split('(').next().unwrap_or(noun);
            let done = || {
                let doing = bare.chars().count() == 2 && self.does(bare) && self.is_headed();
                // 6園の定員720人: the name of another figure.
                doing || names_quantity(bare) && !words::fits(bare, unit)
            };
            if !counted && !is_action(noun) && !is_generic(noun) && !done() {
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
        if let Some(subject) = self.remaining(m, unit) {
            (b.how, b.confidence) = ("follows", 0.82);
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
            // 一人当たりの消費額: for how many, not of what.
            let rate = of.as_ref().is_some_and(|o| ["当たり", "あたり"].iter().any(|w| o.ends_with(w)));
            let (of, name) = if rate { (None, subject.clone()) } else { (of, name) };
            // 降り始めから6日正午までの雨量: from when to when.
            let of = of.filter(|o| !o.ends_with("まで"));
            let told = || self.prior.iter().rfind(|d| d.measure_label == name).map(|d| d.subject.clone());
            let of = of.filter(|o| !is_generic(o)).or_else(told).or_else(|| self.same_kind(&name));
            let of = of.or_else(|| self.chained_object(m.chars.start, &self.s.region(m.chars.start)));
            let of = of.or_else(|| self.entry("")).or_else(|| self.spoken_of(&name));
            let of = of.unwrap_or_else(|| self.above_for(&name));
            // 収集量は…3.2%減少: not the amount but its change.
            let change = right.action.as_deref().filter(|_| matches!(unit, "%" | "割" | "ポイント" | "倍"));
            let named = match change {
                Some(action) if !name.ends_with(['率', '合', '比']) => format!("{name}{action}率"),
                // 歳入総額は…4億円の増加: likewise.
                None if is_change(self.s, m) && name.ends_with(['額', '数', '量']) => {
                    format!("{name}の増減")
                }
                _ => name.clone(),
            };
            return (if of.is_empty() { name } else { of }, named);
        }
        (subject, label)
    }

    /// Whether words name the body whose paper this is.
    pub(super) fn is_home(&self, words: &str) -> bool {
        !words.is_empty() && words == self.scope.issuer
    }

    /// Whether a heading other than the paper's title stands above.
    fn is_headed(&self) -> bool {
        let above = self.carried_topic();
        !above.is_empty() && !self.scope.title.contains(&above)
    }

    /// 41名の参加者があり, 12組の親子の参加者: people told by what they did name the quantity; what they did it in
    /// is told before.
    fn role_behind(&self, b: &mut Binding, noun: &str, m: &Mention, unit: &str) -> Option<(String, String)> {
        let (_, role) = split_label(noun);
        let person = matches!(unit, "人" | "名") && words::is_role(&role);
        // ごみ処理に約10億円の経費がかかる: the noun behind names the quantity.
        let named = !person && noun == role && names_quantity(&role) && words::fits(&role, unit);
        // 8時間程度の事務の削減, 3,960時間の職員の作業時間を削減: what the hours are of is no thing measured.
        let spent = unit == "時間"
            && (["削減", "短縮", "軽減", "縮減"].iter().any(|w| noun.ends_with(w)) || noun.ends_with("時間"));
        let named = named || spent;
        if !person && !named {
            return None;
        }
        let before = named.then(|| self.goal_before(m.chars.start)).flatten();
        let (subject, how, confidence) = match before {
            Some(goal) => (goal, "object", 0.82),
            None => self.topic(m.chars.start),
        };
        (b.how, b.confidence) = (how, confidence);
        let label = if person { format!("{role}数") } else { role.clone() };
        let label = if spent && !label.ends_with("時間") { format!("{label}時間") } else { label };
        Some((if subject.is_empty() && person { role } else { subject }, label))
    }

    /// What a number is said to be: 25手続がぴったりサービスとして利用可能, 409件は、…押印が必要な手続.
    pub(super) fn predicate(&self, end: usize) -> Option<String> {
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
        let start = s.without_time(phrase::stretch(s, limit, at)).start.max(at);
        let words = clean(&string(c, start..limit));
        (words.chars().count() >= 3 && !is_generic(&words)).then_some(words)
    }

    /// 38手続(以下「優先度Sの手続」という。).
    pub(super) fn alias(&self, end: usize) -> Option<String> {
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
}

/// Takes the name of the quantity off a phrase: Xの件数 → (X, 件数); 全手続数 → (none, 全手続数).
pub(super) fn split_label(words: &str) -> (Option<String>, String) {
    // 全国平均の策定率: whose figure it is belongs to its name.
    const OTHERS: [&str; 6] = ["全国平均", "県平均", "都平均", "全国", "国", "県"];
    // 受付率(発送数に占める申請の割合): the bracket says how it is reckoned.
    let words =
        words.strip_suffix(')').and_then(|w| w.split_once('(')).map_or(words, |(name, _)| name.trim_end());
    match words.rsplit_once('の').filter(|(of, _)| !OTHERS.contains(of)) {
        Some((of, name)) if !of.is_empty() && name.chars().count() >= 2 => {
            (Some(of.to_owned()), name.to_owned())
        }
        _ => (None, words.to_owned()),
    }
}

/// Whether a number tells by how much something changed (12件の増, 53時間を短縮); 150件に増加 tells what it came to.
fn is_change(s: &Sentence, m: &Mention) -> bool {
    let at = s.behind_brackets(m.chars.end);
    let at = begins_any(s.chars, at, &["の", "を"]).unwrap_or(at);
    begins_any(s.chars, at, &["増", "減", "削減", "短縮", "縮減", "低下", "上昇"]).is_some()
}

/// The kind of figure that its words and unit make it.
pub(super) fn aggregation(s: &Sentence, m: &Mention, q: &Quantity, b: &Binding) -> Aggregation {
    let at = s.behind_brackets(m.chars.end);
    let behind = string(s.chars, at..(at + 6).min(s.chars.len()));
    let behind = behind.trim_start_matches(['の', 'を', 'に']);
    if q.value.is_sign_negative() || is_change(s, m) || b.label.contains("増減") {
        return Aggregation::Change;
    }
    // 前年度を717人上回る: by how much.
    let over = ["上回", "下回"].iter().any(|w| behind.starts_with(w));
    if over && m.chars.start > 0 && s.chars.get(m.chars.start - 1) == Some(&'を') {
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
