//! Words that say whether the stated thing happened.

use crate::chars::{is_kanji, starts_with};
use crate::mention::StatusWord;
use shiryo_model::Status;

/// Status words. Where several begin at one place, the longest counts.
pub const WORDS: &[(&str, Status)] = &[
    ("実績", Status::Actual),
    ("実施済", Status::Actual),
    ("対応済", Status::Actual),
    ("導入済", Status::Actual),
    ("整備済", Status::Actual),
    ("完了済", Status::Actual),
    ("設置済", Status::Actual),
    ("済み", Status::Actual),
    ("済である", Status::Actual),
    ("実施した", Status::Actual),
    ("行った", Status::Actual),
    ("導入した", Status::Actual),
    ("開始した", Status::Actual),
    ("完了した", Status::Actual),
    ("設置した", Status::Actual),
    ("受付した", Status::Actual),
    ("達した", Status::Actual),
    ("となった", Status::Actual),
    ("であった", Status::Actual),
    ("実施中", Status::Actual),
    ("運用中", Status::Actual),
    ("稼働中", Status::Actual),
    ("決算", Status::Actual),
    ("完了", Status::Actual),
    ("達成した", Status::Actual),
    ("現在", Status::Actual),
    ("時点", Status::Actual),
    ("廃止した", Status::Actual),
    ("終了した", Status::Actual),
    ("増加した", Status::Actual),
    ("減少した", Status::Actual),
    ("対応した", Status::Actual),
    ("予定", Status::Plan),
    ("計画値", Status::Plan),
    ("計画", Status::Plan),
    ("取り組む", Status::Plan),
    ("取組む", Status::Plan),
    ("実施する", Status::Plan),
    ("導入する", Status::Plan),
    ("開始する", Status::Plan),
    ("整備する", Status::Plan),
    ("検討中", Status::Plan),
    ("検討する", Status::Plan),
    ("検討", Status::Plan),
    ("予算", Status::Plan),
    ("廃止する", Status::Plan),
    ("完了予定", Status::Plan),
    ("完了する予定", Status::Plan),
    ("実施予定", Status::Plan),
    ("調整中", Status::Plan),
    ("図っていく", Status::Plan),
    ("進めていく", Status::Plan),
    ("拡大する", Status::Plan),
    ("未実施", Status::Plan),
    ("未対応", Status::Unknown),
    ("未着手", Status::Plan),
    ("準備中", Status::Plan),
    ("目標値", Status::Target),
    ("目標", Status::Target),
    ("目指す", Status::Target),
    ("目指し", Status::Target),
    ("めざす", Status::Target),
    ("めざし", Status::Target),
    ("達成目標", Status::Target),
    ("目標達成", Status::Target),
    ("KPI", Status::Target),
    ("見込", Status::Forecast),
    ("見込み", Status::Forecast),
    ("見込まれ", Status::Forecast),
    ("見込む", Status::Forecast),
    ("想定", Status::Forecast),
    ("予測", Status::Forecast),
    ("推計", Status::Forecast),
    ("試算", Status::Forecast),
    ("見通し", Status::Forecast),
    ("将来推計", Status::Forecast),
    ("未定", Status::Unknown),
];

/// Longer words that contain a status word and say nothing about status.
const OTHER: &[&str] = &[
    "計画書",
    "計画的",
    "計画期間",
    "計画名",
    "計画策定",
    "計画課",
    "計画部",
    "予定表",
    "予定価格",
    "目標管理",
    "目標年度",
    "目標設定",
    "実績報告",
    "検討会",
    "検討部会",
    "検討委員会",
    "検討組織",
    "計画担当",
    "予算書",
    "予算編成",
    "決算書",
    "計画」",
    "現在地",
    "完了検査",
    "完了報告",
];

/// Every status word of `text`, in order, with its character range. 基本計画 and 行動計画 are names, not plans
/// of a figure.
pub fn status_words(text: &str) -> Vec<StatusWord> {
    let chars: Vec<char> = text.chars().collect();
    in_chars(&chars)
}

/// Status words of `c`.
pub(crate) fn in_chars(c: &[char]) -> Vec<StatusWord> {
    let mut found = Vec::new();
    let mut i = 0;
    while let Some(x) = c.get(i) {
        let hit = first_chars(*x).then(|| at(c, i)).flatten();
        i += match hit {
            Some((len, Some(status))) => {
                found.push(StatusWord { chars: i..i + len, status });
                len
            }
            Some((len, None)) => len,
            None => 1,
        };
    }
    found
}

fn first_chars(c: char) -> bool {
    matches!(
        c,
        'K' | 'で'
            | 'と'
            | 'め'
            | '予'
            | '取'
            | '受'
            | '図'
            | '増'
            | '完'
            | '実'
            | '対'
            | '将'
            | '導'
            | '廃'
            | '想'
            | '拡'
            | '推'
            | '整'
            | '時'
            | '未'
            | '検'
            | '決'
            | '済'
            | '減'
            | '準'
            | '現'
            | '目'
            | '稼'
            | '終'
            | '行'
            | '見'
            | '計'
            | '設'
            | '試'
            | '調'
            | '進'
            | '運'
            | '達'
            | '開'
    )
}

/// The status word at `i`: its length and, unless it is part of a name, what it says.
fn at(c: &[char], i: usize) -> Option<(usize, Option<Status>)> {
    let rest = c.get(i..)?;
    if let Some(w) = OTHER.iter().find(|w| starts_with(rest, w)) {
        return Some((w.chars().count(), None));
    }
    let (word, status) = WORDS.iter().filter(|(w, _)| starts_with(rest, w)).max_by_key(|(w, _)| w.len())?;
    let before = i.checked_sub(1).and_then(|b| c.get(b)).copied().unwrap_or('\n');
    // 完了する見込み: what follows decides.
    let next = rest.get(word.chars().count()).copied().unwrap_or('\n');
    if *word == "完了" && "すを予見目後時までのに".contains(next) {
        return Some((2, None));
    }
    let named = matches!(*word, "計画" | "検討")
        && is_kanji(before)
        && !matches!(before, '度' | '回' | '名' | '件' | '台' | '校');
    Some((word.chars().count(), (!named).then_some(*status)))
}

/// The status that governs the characters `from..to` of `c`: the first status word after them in the clause, else
/// the last before them in the sentence.
pub(crate) fn governing(c: &[char], words: &[StatusWord], from: usize, to: usize) -> Option<Status> {
    const REACH: usize = 40;
    let stop = |x: &char| matches!(x, '。' | '\n' | '\t');
    let limit =
        c.get(to..).unwrap_or_default().iter().take(REACH).position(stop).map_or(to + REACH, |n| to + n);
    let first = words.partition_point(|w| w.chars.start < to);
    if let Some(w) = words.get(first).filter(|w| w.chars.start < limit) {
        return Some(w.status);
    }
    let head = c.get(from.saturating_sub(REACH)..from).unwrap_or_default();
    let reach = head.iter().rev().take_while(|x| !stop(x)).count();
    let last = words.partition_point(|w| w.chars.end <= from).checked_sub(1)?;
    words.get(last).filter(|w| w.chars.start + reach >= from).map(|w| w.status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_names() {
        let s = |t: &str| status_words(t).iter().map(|w| w.status).collect::<Vec<_>>();
        assert_eq!(s("24回実施予定"), [Status::Plan]);
        assert_eq!(s("令和4年度に対応済である"), [Status::Actual]);
        assert_eq!(s("基本計画に基づき3割削減を目指す"), [Status::Target]);
        assert_eq!(s("完了する見込みである"), [Status::Forecast]);
    }
}
