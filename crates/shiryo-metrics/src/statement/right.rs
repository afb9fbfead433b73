//! What stands behind a number: the noun it modifies, the doing it is counted in; and the label that follows.

use super::bind::Binder;
use super::chars::{begins, begins_any, is_kanji, is_katakana, string};
use super::phrase;
use super::topic::clean;
use super::words::{self, action_ending, counter_noun, is_action};
use crate::Draft;
use shiryo_ja::{Mention, Quantity};

/// What stands behind a number.
#[derive(Debug, Default)]
pub(super) struct Right {
    /// The noun phrase joined by の.
    pub(super) noun: Option<String>,
    /// The doing it is counted in (導入, 参加).
    pub(super) action: Option<String>,
}

/// Verbs that only carry a noun of doing (実施を予定, 回答を受け).
const SUPPORTING: [&str; 20] = [
    "予定", "見込", "目標", "計画", "検討", "目指", "図", "行", "受", "得", "実施", "開始", "進", "続", "求",
    "始", "終", "完了", "想定", "支",
];

impl Binder<'_, '_> {
    pub(super) fn right(&self, end: usize, unit: &str) -> Right {
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
                    if is_action(&words) || words.chars().count() == 2 && self.does(&words) {
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
        // 4億円増: a change told in one character.
        let changed = c.get(at).filter(|x| matches!(x, '増' | '減'));
        if right.action.is_none() && !c.get(at + 1).is_some_and(|x| is_kanji(*x)) {
            right.action = changed.map(char::to_string);
        }
        right
    }

    /// The doing that follows at `at`: 台を導入し, 名参加, 社から回答を受け, 手続の押印を廃止.
    pub(super) fn verb(&self, at: usize, limit: usize) -> Option<String> {
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
            // 30万回分を追加配備: what the counter ends with.
            if object.is_empty()
                && word.starts_with('分')
                && begins_any(c, at, &["分を", "分の", "分が"]).is_some()
            {
                at += 1;
                continue;
            }
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
                || self.s.is_doing(stop)
                    && word.chars().count() <= 6
                    && !c.get(stop).is_some_and(|x| "がはのもをとで".contains(*x))
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
    pub(super) fn counted(&self, noun: &str, unit: &str) -> (bool, String) {
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
    pub(super) fn follow_label(&self, prior: &Draft, unit: &str, right: &Right) -> String {
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
            // 179名増の6,842名: the second is what the change led to.
            let label = &prior.measure_label;
            let bare = ["増加", "減少", "拡大", "削減"].iter().find_map(|w| label.strip_prefix(w));
            let bare = bare.or_else(|| {
                ["の増減", "増加数", "減少数", "増加", "減少"].iter().find_map(|w| label.strip_suffix(w))
            });
            let changed = prior.aggregation == shiryo_model::Aggregation::Change;
            return bare.filter(|b| changed && b.chars().count() >= 2).unwrap_or(label).to_owned();
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
            return if base.ends_with("割合") { base.to_owned() } else { format!("{base}割合") };
        }
        String::new()
    }

    /// The label of a number that the words give no name: from the doing, the scope, the unit.
    pub(super) fn natural_label(
        &self,
        unit: &str,
        action: Option<&str>,
        subject: &str,
        m: &Mention,
    ) -> String {
        if !self.scope.measure_label.is_empty() {
            return self.scope.measure_label.clone();
        }
        // 文書の作成 6,400時間 below 削減効果: the hours saved.
        let saved = self.scope.heading.strip_suffix("効果").filter(|doing| words::is_action(doing));
        if let Some(doing) = saved.filter(|_| unit == "時間") {
            return format!("{doing}時間");
        }
        // 利用率の向上 70%: what is to rise names the quantity, not how far it rose.
        let raised =
            subject.rsplit_once('の').filter(|(_, doing)| words::action_ending(doing) == Some(doing));
        if let (None, Some((name, _))) = (action, raised)
            && words::names_quantity(name)
            && words::fits(name, unit)
        {
            return name.to_owned();
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

    pub(super) fn says_done(&self, m: &Mention) -> bool {
        m.chars.end > 0 && string(self.s.chars, m.chars.end..self.s.chars.len()).contains("対応済")
    }
}
