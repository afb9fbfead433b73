//! Notes and first words of passages that say when figures hold.

use crate::scope::{Nearness, Scope, ScopedPeriod};
use crate::{Draft, statement, tables};
use shiryo_model::{Block, BlockKind, Context, Granularity, Observation, Table, Text};

/// Notes that only date the figures above them are no longer than this.
pub(super) const LONGEST_NOTE: usize = 30;

/// Whether a time is one that figures are reported for: a year, a half, from a year's first day on, or where things
/// stand; not the month of an event.
pub(super) fn reports_on(p: &ScopedPeriod) -> bool {
    use Granularity as G;
    let whole = matches!(p.period.granularity, G::Year | G::FiscalYear | G::HalfYear | G::Quarter);
    let begins = p.period.start.is_some_and(|d| d.day() == 1 && matches!(d.month(), 1 | 4))
        && p.period.start != p.period.end;
    let stands = ["現在", "時点", "末"].iter().any(|w| p.label.contains(w)) || p.period.granularity == G::Day;
    whole || begins || stands
}

/// Whether a paragraph goes on with the report of the one before it.
pub(super) fn goes_on(text: &str) -> bool {
    ["また、", "さらに、", "このうち", "そのうち", "うち、", "なお、", "次に、", "一方、"]
        .iter()
        .any(|w| text.starts_with(w))
}

/// Whether a passage begins with the year it speaks of.
pub(super) fn opens_with_year(text: &str, scope: &Scope) -> bool {
    let text = text.trim_start();
    if !shiryo_ja::may_begin_with_time(text) {
        return false;
    }
    let head: String = text.chars().take(20).collect();
    shiryo_ja::annotate(&head, &scope.time).first().is_some_and(|m| {
        m.chars.start == 0
            && matches!(&m.kind, shiryo_ja::MentionKind::Time(t) if !t.relative && matches!(t.period.granularity, Granularity::Year | Granularity::FiscalYear))
    })
}

/// The year that a figure's own sentence names.
pub(super) fn year_of(draft: &Draft) -> Option<ScopedPeriod> {
    // 276万人(R4年 231万人): the bracket's year is not what the passage speaks of.
    let told = draft.period.as_ref().filter(|_| !draft.rule.contains(".bracket."));
    let period = told.filter(|p| p.from >= Nearness::Sentence)?;
    let year = matches!(period.period.granularity, Granularity::Year | Granularity::FiscalYear);
    let named = period.label.contains(|c: char| c.is_ascii_digit() || c == '元');
    (year && named).then(|| ScopedPeriod { from: Nearness::Sentence, ..period.clone() })
}

/// Whether a short line tells when a page was written or changed (最終更新日2025/04/08), or in which issue it stood
/// (区のたより 令和6年11月号): not when its figures hold.
pub(super) fn tells_edition(line: &str) -> bool {
    let words = ["更新日", "公開日", "掲載日", "作成日", "登録日", "最終更新"];
    let issue = line.ends_with('号') && (line.contains("月号") || line.contains('第') || line.contains("No"));
    line.chars().count() <= LONGEST_NOTE && (issue || words.iter().any(|w| line.contains(w)))
}

/// The table with the unit note that ends the paragraph right above it (…となりました。(単位:百万円)), where it has
/// none of its own.
pub(super) fn with_unit_above(table: &Table, above: &Block) -> Option<Table> {
    if !table.unit.is_empty() || above.kind != BlockKind::Paragraph {
        return None;
    }
    let text = above.text.text.trim();
    // (各年4月1日現在、単位:人) on a line of its own.
    let alone = text.ends_with(')') && !text.contains('。') && tables::holds_unit_note(text);
    let note = if alone { text } else { text.rsplit_once(['。', ' ', '\n'])?.1.trim() };
    (note.starts_with('(') && (alone || tables::is_unit_note(note)))
        .then(|| Table { unit: Text::from(note.to_owned()), ..table.clone() })
}

/// A line below figures that only says when they were taken (※いずれも令和6年10月末現在), and whether it says so
/// of all of them.
pub(super) fn dated_note(line: &str, scope: &Scope) -> Option<(ScopedPeriod, bool)> {
    if line.chars().count() > LONGEST_NOTE {
        return None;
    }
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "※*()。注".contains(c));
    let bare =
        ["現在", "時点", "現在の数値", "時点の数値", "現在の値"].iter().find_map(|w| bare.strip_suffix(w))?;
    let mut rest = bare;
    for word in ["数値は", "数値", "値は", "件数は", "人数は", "、", "いずれも", "すべて", "全て", "各"]
    {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    let mentions = shiryo_ja::annotate(rest, &scope.time);
    let [only] = mentions.as_slice() else { return None };
    if only.chars.start != 0 || only.chars.end != rest.chars().count() {
        return None;
    }
    let period = statement::period::of_heading(rest, scope, Nearness::Section)?;
    Some((period, ["いずれも", "すべて", "全て"].iter().any(|w| bare.contains(w))))
}

/// The day of a note that speaks for all of the paper (※数値は、特に記載のあるものを除き、11月12日現在).
pub(super) fn general_note(text: &str, scope: &Scope) -> Option<ScopedPeriod> {
    const EXCEPT: [&str; 8] = [
        "特に記載のあるものを除き",
        "特に記載のない限り",
        "特に断りのない限り",
        "特に断りのない場合は",
        "特に明記のない限り",
        "特記のない限り",
        "特に記載がない限り",
        "断りのない限り",
    ];
    let first = text.split('。').next().unwrap_or_default();
    let found = EXCEPT.iter().find(|w| first.contains(**w))?;
    if !first.contains("現在") && !first.contains("時点") {
        return None;
    }
    let rest = first.replace(found, "").replace("、", "").replace("午後", " 午後").replace("午前", " 午前");
    let rest = rest.split(' ').find(|w| w.contains('日') || w.contains('月')).unwrap_or(&rest).to_owned();
    statement::period::of_heading(&rest, scope, Nearness::Document)
}

/// Gives a figure without a time the one of the note below it.
pub(super) fn give_period(o: &mut Observation, note: &ScopedPeriod) {
    if o.context == Context::Table || o.period_start.is_some() || o.period_end.is_some() {
        return;
    }
    (o.period_start, o.period_end) = (note.period.start, note.period.end);
    o.period_label.clone_from(&note.label);
}
