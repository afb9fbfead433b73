//! Years that a paper can know nothing of yet, and what it then tells of them: aims or plans.

use super::bind::Place;
use super::words;
use jiff::civil::Date;
use shiryo_ja::{MentionKind, annotate};
use shiryo_model::{Period, Status};

/// What titles and captions that tell how something went speak of, though they name a plan or an aim.
const LOOKING_BACK: [&str; 9] = ["実績", "状況", "進捗", "達成", "結果", "評価", "成果", "報告", "決算"];

/// What a title or caption looks ahead to (端末整備計画, 共同目標); `Unknown`: to nothing, or back.
fn outlook(words: &str) -> Status {
    let plain = words::without_brackets(words);
    let plain = plain.trim().trim_end_matches("について");
    let plain = plain.trim_end_matches("(案)").trim_matches(|c| "「」『』 ".contains(c));
    if LOOKING_BACK.iter().any(|w| plain.contains(w)) {
        return Status::Unknown;
    }
    if ["目標", "目標値", "数値目標"].iter().any(|w| plain.ends_with(w)) {
        return Status::Target;
    }
    if plain.ends_with("計画") { Status::Plan } else { Status::Unknown }
}

impl Place<'_> {
    /// What caption, headings or title say years to come to be, nearest first; `Unknown`: nothing.
    fn outlook(&self) -> Status {
        let headings = self.scope.topics.iter().rev().chain([&self.scope.title]);
        let told = std::iter::once(&self.table.caption).chain(headings).map(|w| outlook(w));
        told.into_iter().find(|s| *s != Status::Unknown).unwrap_or_default()
    }

    /// First and last day of the times that the title names, unless it tells how something went: that may have been
    /// written years later.
    fn titled_times(&self) -> Option<(Date, Date)> {
        if LOOKING_BACK.iter().any(|w| self.scope.title.contains(w)) {
            return None;
        }
        let times = annotate(&self.scope.title, &self.scope.time).into_iter().filter_map(|m| match m.kind {
            MentionKind::Time(t) => t.period.start.zip(t.period.end),
            MentionKind::Quantity(_) => None,
        });
        times.reduce(|(a, b), (c, d)| (a.min(c), b.max(d)))
    }

    /// The status of a time that begins after all that the paper can know: its date or the latest one in its title.
    /// `None`: the paper may know of it; `Unknown`: nothing tells what it is.
    pub(super) fn status_to_come(&self, period: &Period) -> Option<Status> {
        let own = self.scope.time.reference.or(self.scope.written);
        let known = own.or(self.titled_times().map(|(_, last)| last))?;
        period.start.is_some_and(|start| start > known).then(|| self.outlook())
    }

    /// The status of a series of years in a paper without a date whose caption, headings or title name a plan or an
    /// aim: from the first year that the title names on.
    pub(super) fn status_of_series(&self, period: &Period) -> Option<Status> {
        let undated = self.scope.time.reference.or(self.scope.written).is_none();
        let first = self.titled_times().map(|(first, _)| first);
        let covered = first.is_none_or(|first| period.start.is_some_and(|start| start >= first));
        let status = Some(self.outlook()).filter(|s| *s != Status::Unknown);
        status.filter(|_| undated && covered && self.table.year_columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_and_aims_in_titles() {
        for (words, status) in [
            ("端末の整備計画", Status::Plan),
            ("「窓口改革の共同目標(令和6年2月時点)」について", Status::Target),
            ("第2期計画の進捗状況", Status::Unknown),
            ("目標の達成状況", Status::Unknown),
            ("窓口の利用者数", Status::Unknown),
        ] {
            assert_eq!(outlook(words), status, "{words}");
        }
    }
}
