//! From words to a measure: the most specific cue wins.

use super::{Catalog, Measure};
use crate::letters::Letters;

/// A word found in the measure's own label counts this many times one found only in the subject: the label is
/// what the paper calls the number, the subject only what the number is about.
const LABEL_WEIGHT: usize = 3;

/// What became of a measure that the words could mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'c> {
    /// It is the one.
    Best,
    /// Another cue is more specific, or as specific and earlier.
    Less,
    /// It does not come in the unit.
    Unit,
    /// One of its not-words stands in the label.
    Not(&'c str),
}

/// A measure that the words could mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<'c> {
    /// The measure.
    pub measure: &'c Measure,
    /// The cue that fits best.
    pub cue: &'c [String],
    /// How specific the cue is: characters found, those in the label three times.
    pub score: usize,
    /// What became of it.
    pub verdict: Verdict<'c>,
}

impl Catalog {
    /// The measure of a number that the paper calls `label`, about the `subject` words, in `unit` (canonical;
    /// empty when unknown). Deterministic: the most specific cue wins, the earlier measure among equals.
    pub fn match_measure(&self, label: &str, subject: &str, unit: &str) -> Option<&Measure> {
        let all = Letters::of(label).and(Letters::of(subject));
        let mut best: Option<(usize, &Measure)> = None;
        for (measure, letters) in self.measures.iter().zip(&self.letters) {
            let in_unit = unit.is_empty() || measure.units.iter().any(|u| u == unit);
            if !in_unit || !letters.iter().any(|l| l.may_stand_in(all)) || measure.ruled_out(label).is_some()
            {
                continue;
            }
            let cues = measure.cues.iter().zip(letters).filter(|(_, l)| l.may_stand_in(all));
            let score = cues.filter_map(|(cue, _)| score(cue, label, subject)).max();
            if let Some(score) = score
                && best.is_none_or(|(most, _)| score > most)
            {
                best = Some((score, measure));
            }
        }
        best.map(|(_, measure)| measure)
    }

    /// Every measure one of whose cues fits, best first, with why it is or is not the one.
    pub fn candidates(&self, label: &str, subject: &str, unit: &str) -> Vec<Candidate<'_>> {
        let best = self.match_measure(label, subject, unit).map(|m| m.id.as_str());
        let mut found: Vec<Candidate> = Vec::new();
        for measure in &self.measures {
            let scored = measure.cues.iter().filter_map(|cue| score(cue, label, subject).map(|s| (s, cue)));
            let Some((score, cue)) = scored.max_by_key(|(s, _)| *s) else { continue };
            let in_unit = unit.is_empty() || measure.units.iter().any(|u| u == unit);
            let verdict = match measure.ruled_out(label) {
                _ if best == Some(measure.id.as_str()) => Verdict::Best,
                _ if !in_unit => Verdict::Unit,
                Some(word) => Verdict::Not(word),
                None => Verdict::Less,
            };
            found.push(Candidate { measure, cue, score, verdict });
        }
        // Stable: equals stay in the catalogue's order.
        found.sort_by_key(|c| (c.verdict != Verdict::Best, std::cmp::Reverse(c.score)));
        found
    }

    pub(super) fn mark_letters(&mut self) {
        let of =
            |cue: &Vec<String>| cue.iter().fold(Letters::default(), |all, word| all.and(Letters::of(word)));
        self.letters = self.measures.iter().map(|m| m.cues.iter().map(of).collect()).collect();
    }

    /// The natural noun of a number in `unit` whose surroundings say `near` (subject, course, heading) and
    /// that has no label of its own.
    pub fn default_label(&self, unit: &str, near: &str) -> Option<&str> {
        let applies = |words: &[String]| words.is_empty() || words.iter().any(|w| near.contains(w.as_str()));
        self.defaults.iter().find(|d| d.unit == unit && applies(&d.near)).map(|d| d.label.as_str())
    }
}

impl Measure {
    /// The not-word that a label has.
    fn ruled_out(&self, label: &str) -> Option<&str> {
        self.not.iter().find(|word| label.contains(word.as_str())).map(String::as_str)
    }
}

/// How specifically a cue fits; `None` if a word is missing or all stand in the subject alone.
fn score(cue: &[String], label: &str, subject: &str) -> Option<usize> {
    let (mut total, mut in_label) = (0, false);
    for word in cue {
        let length = word.chars().count();
        if label.contains(word.as_str()) {
            in_label = true;
            total += LABEL_WEIGHT * length;
        } else if subject.contains(word.as_str()) {
            total += length;
        } else {
            return None;
        }
    }
    in_label.then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(label: &str, subject: &str, unit: &str) -> String {
        let catalog = Catalog::embedded().expect("embedded catalogue");
        catalog.match_measure(label, subject, unit).map(|m| m.id.clone()).unwrap_or_default()
    }

    #[test]
    fn labels_find_their_measure() {
        for (label, subject, unit, expected) in [
            ("令和4年度オンライン化対応済手続数", "年間申請数1,000件以上", "手続", "procedures.online.done"),
            ("令和5年度オンライン化見込手続数", "全体", "手続", "procedures.online.planned"),
            ("年間処理時間", "データ入力", "時間", "processing.hours"),
            ("年間処理件数", "データ入力", "件", "processing.cases"),
            ("削減時間", "データ入力", "時間", "processing.hours_saved"),
            ("実施回数", "スマートフォン教室", "回", "sessions.held"),
            ("参加者数", "スマートフォン教室", "名", "sessions.attendance"),
            ("電子決裁率", "", "%", "eapproval.rate"),
            ("交付率", "マイナンバーカード", "%", "mynumber.rate"),
            ("構築経費", "標準化", "円", "cost.build"),
            ("予算額", "", "円", "budget.amount"),
            ("決算額", "", "円", "budget.settled"),
            ("オンライン申請件数", "", "件", "applications.online"),
            ("件数", "オンライン申請", "件", "applications.online"),
            ("待機児童数", "", "人", "childcare.waiting"),
            ("世帯数", "第1地区", "世帯", "population.households"),
            ("利用者数", "テレワーク", "人", "telework.users"),
            ("受診率", "胃がん検診", "%", "health.cancer_checkup_rate"),
            ("受診率", "成人健診", "%", "health.checkup_rate"),
            ("団体数", "登録団体", "団体", "groups.count"),
            ("廃止件数", "手続の押印", "件", "procedures.seal_abolished"),
            ("給水人口", "", "人", "water.population"),
            ("差押件数", "特別区民税", "件", "tax.seizures"),
            ("貸出点数", "中央図書館", "点", "library.loans"),
            ("蔵書冊数", "中央図書館", "冊", "library.holdings"),
            ("要介護認定者数", "", "人", "welfare.care_certified"),
            ("出生数", "", "人", "population.births"),
            ("最終処分量", "", "t", "waste.final_disposal"),
            ("避難行動要支援者数", "", "人", "disaster.support_list"),
            ("経常収支比率", "", "%", "finance.ordinary_ratio"),
            ("宿泊者数", "市内の宿", "人", "tourism.nights"),
            // Nothing says that these are classes, attendants or firms.
            ("策定回数", "計画", "回", ""),
            ("人員", "参加", "団体", ""),
            ("登録数", "町会", "団体", ""),
        ] {
            assert_eq!(id(label, subject, unit), expected, "{label} / {subject} / {unit}");
        }
    }

    #[test]
    fn the_unit_rules_out() {
        assert_eq!(id("年間処理時間", "", "円"), "");
        assert_eq!(id("", "マイナンバーカード", "枚"), "", "the subject alone names no measure");
    }

    #[test]
    fn units_have_natural_nouns() {
        let catalog = Catalog::embedded().expect("embedded catalogue");
        assert_eq!(catalog.default_label("回", "パソコン教室"), Some("実施回数"));
        assert_eq!(catalog.default_label("名", "パソコン教室"), Some("参加者数"));
        assert_eq!(catalog.default_label("名", "第2係"), Some("人数"));
        assert_eq!(catalog.default_label("平方里", ""), None);
    }
}
