//! What the figures of one sentence share: changes told once, names, before and after, the status of a bracket.

use super::chars;
use super::sentence::Sentence;
use super::words;
use crate::Draft;
use crate::scope::{Nearness, ScopedStatus};
use shiryo_model::{Aggregation, Status};
use std::ops::Range;

/// 12分 → 7分(▲42%): what the bracket tells is so if the number before it is.
pub(super) fn follow_status(drafts: &mut [Draft], s: &Sentence) {
    for i in 1..drafts.len() {
        let (head, tail) = drafts.split_at_mut(i);
        let (Some(a), Some(b)) = (head.last(), tail.first_mut()) else { continue };
        let held =
            s.paren_of(b.chars.start).is_some_and(|p| (a.chars.end..=a.chars.end + 1).contains(&p.start));
        if held && b.status.is_none() {
            b.status = a.status;
        }
    }
}

/// 前年と比較すると「A」が14件、「B」が4件減少: the last verb is said of all of them.
pub(super) fn share_changes(drafts: &mut [Draft], s: &Sentence) {
    let text = |range: Range<usize>| chars::string(s.chars, range);
    for i in (1..drafts.len()).rev() {
        let (head, tail) = drafts.split_at_mut(i);
        let Some(b) = tail.first() else { continue };
        // 前年度より347人、約0.7%減少: both tell the change.
        if let Some(a) = head.last_mut().filter(|a| b.unit == "%" && a.unit != "%")
            && b.aggregation == Aggregation::Change
            && matches!(text(a.chars.end..b.chars.start).as_str(), "、" | "、約")
            && a.aggregation == Aggregation::Point
        {
            a.aggregation = Aggregation::Change;
        }
        // A share in a bracket may stand between: 総務費で12億円(9.0%)、民生費で2億円(0.4%)の増.
        let Some(a) = head.iter_mut().rfind(|d| d.unit == b.unit) else { continue };
        let between = text(s.behind_brackets(a.chars.end)..b.chars.start);
        let listed =
            between.starts_with('、') && between.ends_with(['が', 'で']) && !between.contains("で、");
        let before = text(0..a.chars.start);
        let compared = ["と比較", "に比べ", "と比べ", "より"].iter().any(|w| before.contains(w));
        if listed && compared && b.aggregation == Aggregation::Change {
            a.aggregation = Aggregation::Change;
            if a.measure_label == words::counter_noun(&a.unit) {
                a.measure_label.clone_from(&b.measure_label);
            }
        }
    }
}

/// 前年と比較すると件数は3件、損害額は140万円とそれぞれ増加: what 'each' is said of is a change.
pub(super) fn each_changed(drafts: &mut [Draft], s: &Sentence) {
    const EACH: [&str; 5] = ["それぞれ増", "それぞれ減", "それぞれ上昇", "それぞれ低下", "それぞれ短縮"];
    let mut from = 0;
    let each = |i: &usize| s.chars.get(*i) == Some(&'そ') && chars::begins_any(s.chars, *i, &EACH).is_some();
    for at in (0..s.chars.len()).filter(each) {
        let before = chars::string(s.chars, 0..at);
        let compared = ["と比較", "に比べ", "と比べ", "より"].iter().any(|w| before.contains(w));
        for d in drafts.iter_mut().filter(|d| compared && d.chars.start >= from && d.chars.end <= at) {
            if d.aggregation == Aggregation::Point {
                d.aggregation = Aggregation::Change;
            }
        }
        from = at;
    }
}

/// AはX円、BはY円で、1人当たりではそれぞれ9万円、36万円: as many figures as were told before, in their order.
pub(super) fn each_in_order(drafts: &mut [Draft], s: &Sentence) {
    let Some(at) = s.text.find("それぞれ") else { return };
    let at = s.text.get(..at).map_or(0, |t| t.chars().count());
    let Some(first) = drafts.iter().position(|d| d.chars.start > at) else { return };
    let listed = |pair: &[Draft]| match pair {
        [a, b] => {
            let between = chars::string(s.chars, s.behind_brackets(a.chars.end)..b.chars.start);
            a.unit == b.unit && matches!(between.trim_end_matches('約'), "、" | "と" | "及び" | "・")
        }
        _ => false,
    };
    let (told, each) = drafts.split_at_mut(first);
    let count = 1 + each.windows(2).take_while(|pair| listed(pair)).count();
    let named = told.iter().filter(|d| s.paren_of(d.chars.start).is_none());
    let whose: Vec<_> = named.map(|d| (d.subject.clone(), d.section.clone())).collect();
    let Some(whose) = whose.len().checked_sub(count).and_then(|from| whose.get(from..)) else { return };
    if count < 2 {
        return;
    }
    for (d, (subject, section)) in each.iter_mut().zip(whose) {
        d.subject.clone_from(subject);
        d.section.clone_from(section);
    }
}

/// 18手続に加え、…20手続のオンライン化: the first number is named by the second.
pub(super) fn share_labels(drafts: &mut [Draft], s: &Sentence) {
    for i in 1..drafts.len() {
        let (head, tail) = drafts.split_at_mut(i);
        let (Some(a), Some(b)) = (head.last_mut(), tail.first()) else { continue };
        let joins = ["に加え", "及び", "並びに", "のほか"];
        let added = s.chars.get(a.chars.end..b.chars.start).unwrap_or_default().iter().collect::<String>();
        if a.unit == b.unit
            && (chars::begins_any(s.chars, a.chars.end, &joins).is_some()
                || added.starts_with("に、") && added.contains("を加え"))
        {
            a.measure_label.clone_from(&b.measure_label);
        }
    }
}

/// 出荷額4,380万円を令和8年度に6,000万円とする: what the first shall become. Gives where the first ends.
pub(super) fn raised_to(s: &Sentence, a: &Draft, b: &Draft) -> Option<usize> {
    let from = chars::begins(s.chars, a.chars.end, "を")?;
    let becomes = ["とする", "とし", "に拡大", "に増", "に減", "に引き", "に改", "に変更", "へ"];
    let between = chars::string(s.chars, from..b.chars.start);
    let plain = !between.contains(['は', 'が', 'を', '、']);
    (plain && chars::begins_any(s.chars, b.chars.end, &becomes).is_some()).then_some(from)
}

/// The name that stands between an arrow and the figure it leads to; none where it says when or what the figure is.
fn name_between(s: &Sentence, arrow: usize, b: &Draft) -> Option<String> {
    const SAYS: [&str; 10] = ["後", "現在", "今回", "目標", "実績", "見込", "見込み", "予定", "計画", "計"];
    let words = chars::string(s.chars, arrow..b.chars.start);
    let name = words.trim();
    let plain = name.chars().all(char::is_alphabetic)
        && name.chars().any(|c| chars::is_kanji(c) || chars::is_katakana(c))
        && name.chars().count() >= 2;
    let says = SAYS.iter().any(|w| name.ends_with(w))
        || s.times().any(|(m, _)| (arrow..b.chars.start).contains(&m.chars.start));
    (plain && !says && !words::names_quantity(name)).then(|| name.to_owned())
}

/// 1,450時間から680時間まで短縮: before and after.
pub(super) fn mark_phases(drafts: &mut [Draft], s: &Sentence) {
    for i in 1..drafts.len() {
        let (head, tail) = drafts.split_at_mut(i);
        let (Some(a), Some(b)) = (head.last_mut(), tail.first_mut()) else { continue };
        let arrow = s.behind_brackets(a.chars.end);
        let arrow = arrow + usize::from(s.chars.get(arrow) == Some(&' '));
        let arrow = chars::begins_any(s.chars, arrow, &["→", "⇒", "➡", "⇨"]);
        let raised = raised_to(s, a, b);
        let Some(from) = chars::begins(s.chars, a.chars.end, "から").or(arrow).or(raised) else { continue };
        let into = ["に", "へ", "まで", "となり", "となった", "と"];
        // 12部署から全部署(58部署)に: the number in the bracket says how many.
        let close = s.paren_of(b.chars.start).filter(|p| p.start >= from && p.end == b.chars.end);
        let behind = close.map_or_else(|| s.behind_brackets(b.chars.end), |p| p.end + 1);
        if a.unit != b.unit
            || b.chars.start > from + 12
            || arrow.is_none() && raised.is_none() && chars::begins_any(s.chars, behind, &into).is_none()
        {
            continue;
        }
        // 郵送 9.2日 → オンライン 3.5日: one thing beside another.
        if let Some(name) = arrow.and_then(|at| name_between(s, at, b)) {
            b.subject = name;
            b.measure_label.clone_from(&a.measure_label);
            continue;
        }
        // 目標 60% → 実績 63.4%: what was aimed at, and what came.
        let lead = chars::string(s.chars, 0..a.chars.start);
        let aimed = ["目標", "目標値", "計画", "計画値", "予定", "見込み"]
            .iter()
            .any(|w| lead.trim_end().ends_with(w));
        let came = |at: usize| {
            ["実績", "結果", "決算"].iter().any(|w| chars::string(s.chars, at..b.chars.start).contains(w))
        };
        if aimed && arrow.is_some_and(came) {
            continue;
        }
        if arrow.is_some() && b.status.is_none() {
            b.status = a.status.or(Some(ScopedStatus { status: Status::Actual, from: Nearness::Sentence }));
        }
        for d in [&mut *a, &mut *b] {
            if d.aggregation == Aggregation::Change {
                d.aggregation = Aggregation::Point;
            }
        }
        // What it was before is not of the year that the paper reports.
        a.period = a.period.take().filter(|p| p.from > Nearness::Document || p.period.end.is_none());
        a.dimensions.insert("phase".into(), "before".into());
        // 令和9年度の目標を70%から85%に改める: both are aimed at.
        let aim = ["目標を", "目標値を"].iter().any(|w| lead.contains(w)) && !lead.contains('。');
        let status = if aim { Status::Target } else { Status::Actual };
        a.status = Some(ScopedStatus { status, from: Nearness::Clause });
        b.dimensions.insert("phase".into(), "after".into());
        b.subject.clone_from(&a.subject);
        b.section.clone_from(&a.section);
        b.measure_label.clone_from(&a.measure_label);
    }
}
