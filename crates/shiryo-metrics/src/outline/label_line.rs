//! Lines without numbers: times that hold for what follows, parts of a paper, labels of the lines below.

use super::headings::{
    self, holds_quantity, is_navigation, names_circumstance, tells, tells_in_brackets, times_only,
};
use super::markers::is_enumerator;
use super::naming::{self, heading_topic, without_period, without_tag};
use super::questions::{self, is_numbered_question, question_topic};
use super::{BULLETS, Label, Open, Outline, dated};
use crate::Draft;
use crate::scope::Nearness;
use crate::statement::{period, status, topic::clean, words};
use shiryo_model::{Block, BlockKind, Status};

/// A line without a number that is longer than this is text, not a label.
const LONGEST_LABEL: usize = 40;

impl Outline {
    /// Takes note of a block that was read; one without numbers may be a label line.
    pub(crate) fn passage(&mut self, block: &Block, drafts: &[Draft]) {
        let text = without_tag(&block.text.text);
        let list = if block.kind == BlockKind::ListItem { block.level.unwrap_or(1) } else { 0 };
        if self.dated_line(text, list) {
            return;
        }
        if let Some(asks) = questions::speaker(text) {
            self.asking = asks;
            return;
        }
        if self.asking {
            let topic = question_topic(&format!("問 {text}")).unwrap_or_default();
            self.labels.clear();
            self.labels.extend((!topic.is_empty()).then(|| Label { topic, ..Label::default() }));
            return;
        }
        if drafts.is_empty() && self.sheet_line(text) {
            return;
        }
        let figure_alone = drafts.first().is_some_and(|d| d.rule.contains(".heading."));
        let after_figure = std::mem::replace(&mut self.bare_figure, figure_alone);
        if figure_alone {
            self.labels.iter_mut().for_each(|l| l.answered = true);
        }
        if aims(text) {
            self.labels.push(Label::of_status(Status::Target));
            return;
        }
        // 質疑:地域券発行事業(320万円)の発行部数は: what it asks about is told in the answer.
        let asks = ["問", "質", "Q", "【", "要", "意", "議", "記"].iter().any(|w| text.starts_with(w));
        if asks && self.opens_part(text) {
            return;
        }
        // ■ 総合窓口(5月開始・4課): what stands in brackets is told of what the lines below are told of as well.
        let named = drafts.is_empty() || tells_in_brackets(text);
        if !named || block.kind == BlockKind::Note || self.is_version(text) {
            return;
        }
        if (asks || !self.opens_part(text))
            && let Some(bare) = self.label_words(text, drafts)
        {
            self.label(block, (text, &bare), list, after_figure);
        }
    }

    /// Takes a line that only says when (実施期間 5月12日~6月6日), whether its key is set as a heading or stands in it.
    fn dated_line(&mut self, text: &str, list: u8) -> bool {
        if let Some(period) = dated::line(text, || self.scope()) {
            // 日時 of a sitting: when it was spoken, not when what was spoken of happened.
            let day = period.period.start == period.period.end;
            let minutes = ["会議", "質疑", "議事", "委員会"].iter().any(|w| self.base.title.contains(w));
            if !(day && minutes) {
                self.hold_line(Some(list), period);
            }
            return true;
        }
        // ◆日時 set as a heading, its time in a line of its own.
        if self.headings.last().is_some_and(|h| h.names_time)
            && let Some(period) = dated::line(&format!("日時:{text}"), || self.scope())
        {
            let level = self.headings.pop().map_or(0, |h| h.level);
            self.hold(dated::Held::said(level, period.clone()));
            self.default_time(period);
            return true;
        }
        false
    }

    /// Takes a line that begins a part of the paper without being set as a heading.
    fn opens_part(&mut self, text: &str) -> bool {
        if let Some(topic) = question_topic(text) {
            self.labels.clear();
            self.labels.push(Label { topic, ..Label::default() });
            return true;
        }
        // Q5 どれだけ減るのですか: what was asked before is answered.
        if is_numbered_question(text) {
            self.labels.clear();
            return true;
        }
        // 取組番号 12 収納率の向上 【納税課】: a section of its own, tables and all.
        if let Some(topic) = naming::numbered_name(text) {
            const INNERMOST: u8 = 90;
            self.headings.retain(|h| h.level < INNERMOST);
            self.labels.clear();
            self.headings.push(Open { level: INNERMOST, topic, ..Open::default() });
            return true;
        }
        false
    }

    /// The words of a line, without its time, that may be the label of those below it: no sentence, time, place or
    /// signature.
    fn label_words(&self, text: &str, drafts: &[Draft]) -> Option<String> {
        // Most passages are sentences: what tells that is asked first, because it costs least.
        if text.chars().count() > LONGEST_LABEL
            || text.contains('。')
            || text.ends_with(['、', '」', 'り', 'た', 'に', 'い'])
        {
            return None;
        }
        if text.contains("委員会") || is_navigation(text) || self.signs(text) {
            return None;
        }
        if drafts.is_empty() && holds_quantity(text) || times_only(text) {
            return None;
        }
        // 会場:… names nothing that is measured.
        if text.split_once([':', '：']).is_some_and(|(_, v)| !v.trim().is_empty()) {
            return None;
        }
        if names_circumstance(text) || headings::is_scheduled(text) {
            return None;
        }
        let bare = without_period(text);
        let short = || bare.chars().filter(|c| c.is_alphanumeric()).count() <= 1;
        let other = tells(&bare) || short() && self.is_own_date(text);
        (!other).then_some(bare)
    }

    /// Takes a label line and its words without the time. `after_figure`: whether a figure alone stands above it.
    fn label(&mut self, block: &Block, (text, bare): (&str, &str), level: u8, after_figure: bool) {
        // その他 after 証明書の請求, 1,105人: one more of them.
        let other = after_figure && bare.starts_with("その他");
        let generic = words::is_generic_heading(bare) && !other;
        let found = period::of_heading(text, &self.scope(), Nearness::Sentence);
        // 水道事業会計決算 names an account, not a quantity.
        let account = bare.ends_with("決算") || bare.ends_with("予算");
        let measure = if words::names_quantity(bare) && !account { clean(bare) } else { String::new() };
        let topic = match (other, generic || !measure.is_empty()) {
            (true, _) => bare.to_owned(),
            (false, true) => String::new(),
            (false, false) => heading_topic(text),
        };
        // A line that only names a quantity or a time stays under the line that names the subject.
        let holds_time = level == 0 && found.is_some() && text.ends_with(')') && !topic.is_empty();
        self.labels.retain(|l| {
            // ■ 令和6年度の目標と実績 / オンライン化率: the time stays above the quantity.
            let timed = l.topic.is_empty()
                && l.measure.is_empty()
                && l.period.as_ref().is_some_and(headings::is_span);
            let timed = timed && topic.is_empty() && !measure.is_empty() && found.is_none();
            let above = topic.is_empty() && !l.topic.is_empty() || l.holds_time && !holds_time || timed;
            l.level < level || level == 0 && above
        });
        // Another topic has a time of its own.
        if !topic.is_empty() && !text.contains(' ') {
            self.held.retain(|h| h.list.is_none_or(|list| list < level || list == level && !h.grouped));
        }
        if let Some(period) = found.clone().filter(|_| level > 0 && headings::tells_day(text)) {
            let heading = self.headings.last().map_or(0, |h| h.level);
            let held = dated::Held::said(heading, period);
            self.hold(dated::Held { list: Some(level), item: true, grouped: true, ..held });
        }
        let (numbered, status) = (is_enumerator(&block.marker), status::of_heading(text));
        let fresh = level > 0 && !numbered && !BULLETS.contains(&block.marker.as_str());
        let answered = false;
        self.labels.push(Label {
            fresh,
            level,
            topic,
            measure,
            period: found,
            status,
            numbered,
            holds_time,
            answered,
        });
    }
}

/// 次の指標及び目標値を目指しています: what is listed below is aimed at.
fn aims(text: &str) -> bool {
    let aims = ["目標", "目指", "成果指標として", "指標として"];
    let last = text.trim_end_matches('。').rsplit('。').next().unwrap_or_default();
    last.contains("次の") && text.ends_with('。') && aims.iter().any(|w| last.contains(w))
}
