//! From words to a measure: the most specific cue wins.

use super::{Catalog, Measure};

/// A word found in the measure's own label counts this many times one found only in the subject: the label is
/// what the paper calls the number, the subject only what the number is about.
const LABEL_WEIGHT: usize = 3;

impl Catalog {
    /// The measure of a number that the paper calls `label`, about the `subject` words, in `unit` (canonical;
    /// empty when unknown). Deterministic: the most specific cue wins, the earlier measure among equals.
    pub fn match_measure(&self, label: &str, subject: &str, unit: &str) -> Option<&Measure> {
        let mut best: Option<(usize, &Measure)> = None;
        for measure in &self.measures {
            if !unit.is_empty() && !measure.units.iter().any(|u| u == unit) {
                continue;
            }
            if measure.not.iter().any(|word| label.contains(word.as_str())) {
                continue;
            }
            let score = measure.cues.iter().filter_map(|cue| score(cue, label, subject)).max();
            if let Some(score) = score
                && best.is_none_or(|(most, _)| score > most)
            {
                best = Some((score, measure));
            }
        }
        best.map(|(_, measure)| measure)
    }

    /// The natural noun of a number in `unit` whose surroundings say `near` (subject, course, heading) and
    /// that has no label of its own.
    pub fn default_label(&self, unit: &str, near: &str) -> Option<&str> {
        let applies = |words: &[String]| words.is_empty() || words.iter().any(|w| near.contains(w.as_str()));
        self.defaults.iter().find(|d| d.unit == unit && applies(&d.near)).map(|d| d.label.as_str())
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
            ("受診率", "胃がん検診", "%", "health.checkup_rate"),
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
