//! What an amount goes to or is taken from.

use super::bind::Binder;
use super::chars::{begins_any, ends_any};
use super::left::Left;
use super::phrase;
use super::topic::clean;
use super::words::is_generic;

impl Binder<'_, '_> {
    /// What stands before に right before a number: ごみ処理に年間約10億円の….
    pub(super) fn goal_before(&self, start: usize) -> Option<String> {
        self.phrase_of(start, &["に", "には"])
    }

    /// The noun phrase that stands with one of the particles right before the number at `start`.
    fn phrase_of(&self, start: usize, particles: &[&str]) -> Option<String> {
        let region = self.s.region(start);
        let floor = self.floor(start, &region);
        let at = self.strip(start, floor, &mut Left::default());
        let end = ends_any(self.s.chars, at, particles).filter(|e| *e > floor)?;
        let words = clean(&self.s.words(phrase::chain(self.s, end, floor)));
        (words.chars().count() >= 2 && !is_generic(&words)).then_some(words)
    }

    /// 予算には、ロッカーの設置に1,320万円を計上した: what an amount goes to.
    pub(super) fn spent_on(&self, at: usize) -> Option<String> {
        let (m, _) = self.s.quantity_at(at).filter(|(_, q)| q.unit == "円")?;
        let behind =
            begins_any(self.s.chars, self.s.behind_brackets(m.chars.end), &["程度を", "を", "が", ""])?;
        // 財政調整基金から2億円を繰り入れる: where it is taken from.
        let taken = ["繰り入れ", "繰入れ", "繰入", "取り崩", "取崩"];
        if begins_any(self.s.chars, behind, &taken).is_some() {
            return self.phrase_of(at, &["から", "からは", "を"]);
        }
        let verbs = [
            "計上",
            "充当",
            "支出",
            "要し",
            "要する",
            "かか",
            "充て",
            "必要",
            "執行",
            "要求",
            "措置",
            "投じ",
            "配分",
            "見込",
        ];
        begins_any(self.s.chars, behind, &verbs)?;
        self.goal_before(at).filter(|g| !g.ends_with("予算"))
    }
}
