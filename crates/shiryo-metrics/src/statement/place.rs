//! Numbers of places in which something was done: what was done is measured, not the places.

use super::bind::{Binder, Binding};
use super::chars::{begins_any, string};
use super::right::Right;
use super::topic::{self, clean};
use super::words::{action_ending, is_generic, names_quantity};
use super::{chars, phrase};
use shiryo_ja::Mention;

/// Counters of places and offices.
pub(super) const PLACES: [&str; 20] = [
    "か所",
    "会場",
    "窓口",
    "校",
    "園",
    "館",
    "課",
    "店舗",
    "地区",
    "施設",
    "医療機関",
    "地域",
    "拠点",
    "部署",
    "公園",
    "教室",
    "区画",
    "学校",
    "センター",
    "部",
];

/// Doings that set something up in the places counted before に.
const SETTING: [&str; 6] = ["設け", "設置", "開設", "配置", "置い", "新設"];

/// Doings that bring something to the places counted before に.
const BRINGING: [&str; 10] = ["導入", "設置", "配備", "配置", "配付", "配布", "送付", "寄付", "派遣", "整備"];

impl Binder<'_, '_> {
    /// 講座を公民館8館で開いた, 総務部の4課で試作機を試行する: the subject is what was done there; the place becomes a label
    /// of its own.
    pub(super) fn placed(
        &self,
        b: &mut Binding,
        subject: String,
        right: &Right,
        m: &Mention,
        unit: &str,
    ) -> String {
        if !PLACES.contains(&unit) || !matches!(b.how, "noun" | "noun_behind") || subject.is_empty() {
            return subject;
        }
        let (s, c) = (self.s, self.s.chars);
        let mut at = s.behind_brackets(m.chars.end);
        if b.how == "noun_behind" {
            let noun = right.noun.as_deref().map_or(0, |n| n.chars().count());
            let Some(from) = begins_any(c, at, &["の"]) else { return subject };
            at = phrase::forward(s, from, c.len()).max(from + noun.min(c.len() - from.min(c.len())));
        }
        let region = s.region(m.chars.start);
        let rest = string(c, at..region.end);
        let clause = chars::clause_behind(&rest);
        let inside = ["で", "において", "にて"].iter().any(|w| rest.starts_with(w))
            && !["で、", "である", "であり", "でし", "です", "では"].iter().any(|w| rest.starts_with(w))
            && rest != "で";
        let object = self.object_before(m.chars.start);
        let brought = rest.starts_with('に')
            && object.is_some()
            && BRINGING.iter().any(|w| clause.contains(w))
            && !clause.contains('を');
        // 12会場に相談窓口を延べ48日設けた: what was set up there.
        let set =
            rest.starts_with('に') && clause.contains('を') && SETTING.iter().any(|w| clause.contains(w));
        // 出張所4か所で、毎月第2水曜日に実施した: what the passage is about.
        let held = rest.starts_with("で、") && {
            let rest = rest.split('。').next().unwrap_or_default();
            let told = ["実施し", "実施する", "開催し", "開設し", "開い", "行った", "行っている", "設け"];
            !rest.contains(['は', 'が']) && told.iter().any(|w| rest.contains(w))
        };
        if !(inside || brought || set || held) {
            return subject;
        }
        let behind = || if set { self.set_up(at, region.end) } else { self.object_behind(at, region.end) };
        let spoken = || topic::of(s, m.chars.start, self.kept).filter(|t| !names_quantity(t));
        let told = || Some(self.scope.said.clone()).filter(|t| !t.is_empty());
        let done = object.or_else(behind).or_else(spoken).or_else(told);
        let done = done.unwrap_or_else(|| self.carried_topic());
        if done.is_empty() || done == subject {
            return subject;
        }
        b.place = Some(clean(&subject));
        b.how = "object";
        done
    }

    /// The object of a clause that begins at `at` (に相談窓口を延べ48日設けた).
    fn set_up(&self, at: usize, limit: usize) -> Option<String> {
        let wo = (at..limit).find(|&i| self.s.chars.get(i) == Some(&'を'))?;
        let range = phrase::chain(self.s, wo, at + 1);
        let counted = topic::is_counted(self.kept, &range);
        let words = clean(&string(self.s.chars, range));
        let named = words.chars().count() >= 2 && !is_generic(&words) && !names_quantity(&words);
        (named && !counted).then_some(words)
    }

    /// What is done to the object that follows the place or the counter that ends at `at`: 4課で試作機を試行する.
    pub(super) fn object_behind(&self, at: usize, limit: usize) -> Option<String> {
        let (s, c) = (self.s, self.s.chars);
        let from = begins_any(c, at, &["で", "において", "にて", "で、", "において、"])?;
        let stop = (from..limit)
            .find(|&i| matches!(c.get(i), Some('。' | ';')) || self.kept.iter().any(|k| k.start == i));
        let stop = stop.unwrap_or(limit);
        let wo = (from..stop).find(|&i| c.get(i) == Some(&'を') && s.paren_of(i) == s.paren_of(at))?;
        let verb: String = c
            .get(wo + 1..stop)?
            .iter()
            .take_while(|x| chars::is_kanji(**x) || chars::is_katakana(**x))
            .collect();
        let does = action_ending(&verb).is_some()
            || s.is_doing(wo + 1 + verb.chars().count())
            || ["行", "開", "設"].contains(&verb.as_str());
        let range = phrase::chain(s, wo, from);
        let words = clean(&string(c, s.without_time(range)));
        let doing = action_ending(&words) == Some(words.as_str());
        let named = words.chars().count() >= 2 && !is_generic(&words) && !names_quantity(&words) && !doing;
        (does && named).then_some(words)
    }
}
