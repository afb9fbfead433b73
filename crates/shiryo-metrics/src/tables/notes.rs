//! Notes below a table that say of one year or one figure when it holds or whether it happened
//! (※R6年度は9月末時点, ※令和6年度は見込み, 会員数は各年度末現在).

use super::unit_words::{self, ScaledUnit};
use super::when::{self, EachYear, When};
use super::words;
use shiryo_ja::TimeContext;
use shiryo_model::{Period, Status, Table};

/// Notes read of a table.
const MOST_NOTES: usize = 20;

/// What a note says of one year of the table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct YearNote {
    /// The year as labels tell it.
    year: Period,
    /// The time that it stands for.
    period: Option<Period>,
    /// The words of that time.
    label: String,
    /// Whether it happened.
    status: Status,
}

/// What the notes of a table say.
#[derive(Debug, Clone, Default)]
pub(super) struct Notes {
    years: Vec<YearNote>,
    /// Names of figures and the day of every year that they hold for.
    each_year: Vec<(String, EachYear)>,
    /// Names of figures and the unit that they are told in (増減はポイント).
    units: Vec<(String, ScaledUnit)>,
    figures: Vec<FigureNote>,
}

/// What a note says of one figure (蔵書冊数は令和5年3月31日現在, 経費は令和4年度から令和10年度までの見込額).
#[derive(Debug, Clone, PartialEq)]
struct FigureNote {
    /// Its name.
    of: String,
    /// The time that it holds for, with its words.
    period: Option<(Period, String)>,
    /// Whether it happened.
    status: Status,
}

impl Notes {
    /// Reads the notes of a table and what stands behind its unit (単位:千円。令和5年度は決算額、令和6年度は予算額).
    pub(super) fn of(table: &Table, behind_caption: &str, context: &TimeContext) -> Self {
        let mut notes = Self::default();
        let told = table.notes.iter().take(MOST_NOTES).map(|n| n.text.as_str());
        let told = told.chain([table.unit.text.as_str(), behind_caption]);
        let told = told.flat_map(|n| n.trim().trim_matches(['(', ')']).split(['。', '、', ',']));
        for clause in told {
            notes.take(clause, context);
        }
        notes
    }

    /// Reads one clause: what it speaks of, は, and a time or a word that tells whether it happened.
    fn take(&mut self, clause: &str, context: &TimeContext) {
        let clause = &clause.replace("令和 ", "令和").replace("平成 ", "平成");
        let clause = clause.trim().trim_start_matches(|c: char| "※*注・() ".contains(c) || c.is_whitespace());
        // 注1 移行経費は….
        let number = clause.trim_start_matches(|c: char| c.is_ascii_digit());
        let behind = number.trim_start_matches([' ', '\u{3000}', ')', '.', ':']);
        let numbered = number.len() < clause.len() && behind.len() < number.len();
        let clause = if numbered { behind } else { clause };
        let clause = clause.trim_start_matches("ただし").trim_start_matches("なお").trim();
        let Some((of, told)) = clause.split_once('は').or_else(|| clause.split_once("について")) else {
            return;
        };
        let (of, told) = (of.trim().trim_matches(['「', '」']), told.trim());
        if of.is_empty() || of.chars().count() > 40 || told.chars().count() > 40 {
            return;
        }
        if let Some(unit) = unit_words::unit_word(told) {
            let of = of.trim_end_matches("の単位");
            self.units.extend(of.split(['・', '及', 'び']).map(|of| (of.to_owned(), unit.clone())));
            return;
        }
        // 実績は各年4月1日現在 names no single figure.
        if let Some(each) = when::each_year(told).filter(|_| !words::is_generic(of)) {
            self.each_year.push((of.to_owned(), each));
            return;
        }
        let subject = when::read(of.trim_end_matches("の数値").trim_end_matches("の実績"), context);
        // 令和6年5月末時点の見込み: when it was foreseen.
        let foreseen = ["時点の見込", "現在の見込", "時点見込"].iter().any(|w| told.contains(w));
        let when = if foreseen { When::default() } else { when::read(told, context) };
        let Some(year) = subject.period.clone().filter(|_| subject.stem.is_empty()) else {
            if subject.period.is_none() {
                let dated = when.period.filter(|_| only_dates(&when.stem)).map(|period| (period, when.label));
                let status =
                    if dated.is_some() || says_whether(told) { words::status(told) } else { Status::Unknown };
                if dated.is_some() || status != Status::Unknown {
                    self.figures.push(FigureNote { of: of.to_owned(), period: dated, status });
                }
            }
            return;
        };
        // 9月末 behind a year is that of the year.
        let inner = when::read(&format!("{of}({told})"), context);
        // 12月末まで alone is of no year that is known.
        let beside = inner.stem.replace(['(', ')'], "");
        let plain = only_dates(&when.stem) || when.period.is_none() && only_dates(&beside);
        let within = inner.period.filter(|p| *p != year && !foreseen);
        // 令和5年度は令和6年8月末時点の速報値: what was known then of a year that was over.
        let known = |p: &Period| p.start.zip(year.end).is_none_or(|(day, end)| day <= end);
        let period = within.or(when.period.clone()).filter(|p| *p != year && plain && known(p));
        let status = words::status(told);
        // 令和6年度は大幅に増加した tells neither.
        if period.is_some() || foreseen || says_whether(told) {
            self.years.push(YearNote { year, period, label: when.label, status });
        }
    }

    /// The time that a year of the table stands for, with its words.
    pub(super) fn period_of(&self, year: &Period) -> Option<(Period, &str)> {
        let note = self.years.iter().find(|n| n.year == *year && n.period.is_some())?;
        Some((note.period.clone()?, note.label.as_str()))
    }

    /// Whether the figures of a year happened; none: no note says so.
    pub(super) fn status_of(&self, year: &Period) -> Option<Status> {
        // 令和3~5年度は決算額.
        let within = |n: &&YearNote| n.year == *year || when::narrows(year, &n.year) && n.period.is_none();
        let note = self.years.iter().find(within)?;
        (note.status != Status::Unknown).then_some(note.status)
    }

    /// The day of every year that a figure with these labels holds for.
    pub(super) fn each_year_of<'a>(&self, mut labels: impl Iterator<Item = &'a str>) -> Option<EachYear> {
        labels.find_map(|label| self.each_year.iter().find(|(of, _)| names(of, label))).map(|(_, each)| *each)
    }

    /// The unit that a figure with this label is told in.
    pub(super) fn unit_of(&self, label: &str) -> Option<ScaledUnit> {
        self.units.iter().find(|(of, _)| names(of, label)).map(|(_, unit)| unit.clone())
    }

    /// The time that a figure with these labels holds for, with its words.
    pub(super) fn period_for<'a>(&self, labels: impl Iterator<Item = &'a str>) -> Option<(Period, &str)> {
        let (period, label) = self.figure(labels, |f| f.period.is_some())?.period.as_ref()?;
        Some((period.clone(), label.as_str()))
    }

    /// Whether a figure with these labels happened; none: no note says so.
    pub(super) fn status_for<'a>(&self, labels: impl Iterator<Item = &'a str>) -> Option<Status> {
        self.figure(labels, |f| f.status != Status::Unknown).map(|f| f.status)
    }

    fn figure<'a>(
        &self,
        mut labels: impl Iterator<Item = &'a str>,
        tells: impl Fn(&FigureNote) -> bool,
    ) -> Option<&FigureNote> {
        if self.figures.is_empty() {
            return None;
        }
        // 移行経費(総額).
        let named =
            |of: &str, label: &str| names(of, label) || names(of, words::without_brackets(label).trim());
        labels.find_map(|label| self.figures.iter().find(|f| tells(f) && named(&f.of, label)))
    }

    /// Whether every note of a day of every year names the figures that it is told of.
    pub(super) fn names_each_year(&self) -> bool {
        !self.each_year.is_empty()
    }
}

/// Whether a note that speaks of `of` means a figure with this label.
fn names(of: &str, label: &str) -> bool {
    let label = super::unit_words::without_unit(label);
    label.chars().count() >= 2 && of.split(['・', '及', 'び']).any(|part| part == label) || of == label
}

/// Whether what is left beside a time adds nothing to it.
fn only_dates(stem: &str) -> bool {
    let left = [
        "",
        "の数値",
        "数値",
        "の値",
        "値",
        "の実績",
        "実績",
        "の実績値",
        "実績値",
        "まで",
        "までの実績",
        "までの数値",
        "分",
        "の集計",
        "までの累計",
        "の見込み",
        "見込み",
        "見込額",
        "の計",
        "の件数",
        "までの件数",
        "までの数",
        "までの集計",
        "の速報値",
        "速報値",
        "のもの",
        "の状況",
        "まで集計",
    ];
    left.contains(&without_verb(&words::without_brackets(stem)).as_str())
}

/// A note's words without marks and without である.
fn without_verb(words: &str) -> String {
    let plain: String = words.chars().filter(|c| c.is_alphanumeric()).collect();
    plain.trim_end_matches("である").trim_end_matches("です").to_owned()
}

/// Whether a note's words only say if figures happened (見込み, 速報値, 当初予算額).
fn says_whether(told: &str) -> bool {
    let plain = without_verb(told);
    let ends = [
        "見込み",
        "見込",
        "見込値",
        "見込額",
        "予算額",
        "予定",
        "計画値",
        "推計値",
        "推計",
        "実績",
        "実績値",
        "決算額",
        "予算",
        "目標値",
        "予測値",
    ];
    // 全額国庫補助の予定: what is to be done about it, not of its figures.
    let of_it = !plain.ends_with("の予定");
    of_it && plain.chars().count() <= 12 && ends.iter().any(|e| plain.ends_with(e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use shiryo_model::Text;

    #[test]
    fn years_and_figures_that_notes_speak_of() {
        let note = "※R4年度は令和3年10月~令和4年9月、R5年度は9月末時点。ただし、会員数は各年9月末の値。R6年度は見込み。R3年度は休館した。";
        let table = Table { notes: vec![Text::from(note.to_owned())], ..Table::default() };
        let notes = Notes::of(&table, "", &TimeContext::default());
        let period = |year| {
            let year = when::fiscal_year(year).expect("a year");
            notes.period_of(&year).and_then(|(p, _)| p.start.zip(p.end))
        };
        assert_eq!(period(2022), Some((date(2021, 10, 1), date(2022, 9, 30))));
        assert_eq!(period(2023), Some((date(2023, 9, 30), date(2023, 9, 30))));
        assert_eq!((period(2024), period(2021)), (None, None));
        let table = Table {
            notes: vec![Text::from("※令和6年度は12月末までの実績。令和7年度は4~9月の件数".to_owned())],
            ..Table::default()
        };
        let until = Notes::of(&table, "", &TimeContext::default());
        let of = |year| {
            let year = when::fiscal_year(year).expect("a year");
            until.period_of(&year).and_then(|(p, _)| p.start.zip(p.end))
        };
        assert_eq!(of(2024), Some((date(2024, 4, 1), date(2024, 12, 31))));
        assert_eq!(of(2025), Some((date(2025, 4, 1), date(2025, 9, 30))));
        assert_eq!(when::fiscal_year(2024).and_then(|y| notes.status_of(&y)), Some(Status::Forecast));
        assert!(notes.each_year_of(["会員数(人)"].into_iter()).is_some());
        assert!(notes.each_year_of(["職員数"].into_iter()).is_none());
        let table = Table {
            notes: vec![Text::from("※蔵書冊数は令和5年3月31日現在".to_owned())],
            ..Table::default()
        };
        let day = Notes::of(&table, "", &TimeContext::default())
            .period_for(["蔵書冊数(冊)"].into_iter())
            .map(|(p, _)| p.end);
        assert_eq!(day, Some(Some(date(2023, 3, 31))));
        let note = "注1 移行経費は令和4年度から令和10年度までの見込額である。注2 運用経費は決算見込額。";
        let table = Table { notes: vec![Text::from(note.to_owned())], ..Table::default() };
        let notes = Notes::of(&table, "", &TimeContext::default());
        let of = |label: &str| {
            let period = notes.period_for([label].into_iter()).and_then(|(p, _)| p.start.zip(p.end));
            (period, notes.status_for([label].into_iter()))
        };
        let span = Some((date(2022, 4, 1), date(2029, 3, 31)));
        assert_eq!(of("移行経費(総額)"), (span, Some(Status::Forecast)));
        assert_eq!(of("運用経費"), (None, Some(Status::Forecast)));
        assert_eq!(of("業務数"), (None, None));
    }
}
