//! Questions of members and of the press, and what they ask about.

use super::naming::without_held_figures;
use crate::statement::{topic::clean, words};

/// Whether a line only says who speaks, and whether that is to ask (【委員】) or to answer (【理事者】).
pub(super) fn speaker(words: &str) -> Option<bool> {
    const ASK: [&str; 6] = ["委員", "議員", "記者", "質問", "質疑", "問"];
    const ANSWER: [&str; 9] = ["理事者", "執行部", "当局", "答弁", "回答", "答", "事務局", "市側", "説明員"];
    let who = words.trim().strip_prefix('【')?.strip_suffix('】')?;
    if ASK.contains(&who) { Some(true) } else { ANSWER.contains(&who).then_some(false) }
}

/// What stands behind the mark of a question (問 …, 質疑:…, 【問2】…, Q2 …); `None` where nothing is asked.
fn asked(words: &str) -> Option<&str> {
    const MARKS: [&str; 8] = ["問", "質問", "質疑", "意見", "要望", "議員", "記者", "委員"];
    let inner = words.trim_start_matches(|c: char| "【[(「 Q".contains(c) || c.is_ascii_digit());
    let led = MARKS.iter().find(|w| inner.starts_with(**w));
    // 問2, 質問(1): what numbers the question ends with a digit.
    let numbered = words
        .char_indices()
        .take(10)
        .skip_while(|(_, c)| !c.is_ascii_digit())
        .find(|(_, c)| !c.is_ascii_digit());
    let numbered =
        numbered.filter(|_| led.is_some() || words.starts_with('Q')).and_then(|n| words.get(n.0..));
    // 問 予約の状況を問う。 質疑:利用者は増えたか。
    let apart = led.and_then(|mark| inner.strip_prefix(mark)).filter(|rest| {
        let asks = ["か。", "か", "う。", "い。", "は。", "て。", "?", "？"]
            .iter()
            .any(|w| rest.trim_end().ends_with(w));
        // 【委員】電子契約の利用はどうか。
        let held = words.starts_with('【') && rest.starts_with('】');
        (held || rest.starts_with([' ', '\u{3000}', ':', '：', '.', '．'])) && asks
    });
    numbered.or(apart).map(|rest| rest.trim_start_matches(|c: char| "】])」.．:：、 \u{3000}".contains(c)))
}

/// Whether a line is a question with a number of its own (Q5 …か。).
pub(super) fn is_numbered_question(words: &str) -> bool {
    let words = words.trim();
    let ends = ["か。", "か", "？", "?"].iter().any(|w| words.ends_with(w));
    let inner = words.trim_start_matches(['【', '[', '(']);
    let number = ["Q", "問"].iter().find_map(|m| inner.strip_prefix(*m));
    ends && number.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
}

/// What a question asks about (【問2】窓口の混雑について、対策を示されたい。(…委員)); `None` where nothing is asked.
pub(super) fn question_topic(words: &str) -> Option<String> {
    let rest = asked(words.trim())?;
    let rest = rest.split(['。', '?', '？']).next().unwrap_or(rest);
    let about = rest
        .split_once("について")
        .map(|(a, _)| a)
        .or_else(|| rest.char_indices().skip(2).find(|(_, c)| *c == 'は').and_then(|(i, _)| rest.get(..i)))
        .or_else(|| {
            ["を問", "を伺", "を聞", "を尋", "をただ", "を示"]
                .iter()
                .find_map(|w| rest.split_once(w))
                .map(|a| a.0)
        });
    // A, Bはどうか: the first is what the answer begins with.
    let about = about.unwrap_or(rest).split(['、', ',']).next()?.trim_end_matches('と');
    // Aの利用状況とBの結果: likewise.
    let about = about
        .split_once('と')
        .filter(|(a, b)| a.contains('の') && b.chars().count() >= 2)
        .map_or(about, |(a, _)| a);
    // なぜ有料化が必要か: what is asked why. どれだけ減るか: nothing is named.
    const WHY: [&str; 3] = ["なぜ", "どうして", "なんで"];
    const HOW: [&str; 9] = ["どれ", "どの", "どう", "どこ", "いつ", "いくら", "誰", "だれ", "何"];
    let about = WHY.iter().find_map(|w| about.strip_prefix(w)).unwrap_or(about);
    if HOW.iter().any(|w| about.starts_with(w)) {
        return None;
    }
    // RPAの導入状況, 端末の整備率, 高齢者への配慮: of what.
    const ASKED: [&str; 15] = [
        "状況",
        "取組",
        "考え",
        "対策",
        "効果",
        "現状",
        "配慮",
        "見込み",
        "成果",
        "実績",
        "課題",
        "見通し",
        "部数",
        "内容",
        "結果",
    ];
    // システムの導入で何が変わるのか: what is asked of it is not its name.
    const ASKING: [&str; 6] = ["で何", "に何", "でどの", "でどう", "にどの", "にどう"];
    let about = ASKING.iter().find_map(|w| about.split_once(w)).map_or(about, |(of, _)| of);
    let about = about.split('が').next().unwrap_or(about);
    let of = ["への", "に対する", "の"].iter().find_map(|w| about.rsplit_once(w)).filter(|(of, name)| {
        of.chars().count() >= 2 && (words::names_quantity(name) || ASKED.iter().any(|w| name.ends_with(w)))
    });
    let about = of.map_or(about, |(of, _)| of);
    let topic = clean(without_held_figures(about));
    // 前回の実績はどうか: of what was asked before.
    let named = (2..=30).contains(&topic.chars().count()) && !words::is_generic_heading(&topic);
    named.then_some(topic)
}

#[cfg(test)]
mod tests {
    use super::super::naming::heading_topic;
    use super::*;

    #[test]
    fn questions_name_what_they_ask_about() {
        let topic = |words: &str| question_topic(words).unwrap_or_default();
        assert_eq!(
            topic("【問1】住民票のコンビニ交付について、費用と効果を示されたい。(甲野委員)"),
            "住民票のコンビニ交付"
        );
        assert_eq!(topic("問3 保育所の入所待ちの現状はどうか。"), "保育所の入所待ち");
        assert_eq!(topic("問4 予約システムの導入で何が変わるのか。"), "予約システムの導入");
        assert_eq!(topic("問 保育所の入所待ちの状況と今後の対応を問う。"), "保育所の入所待ち");
        assert_eq!(topic("質疑：地域券発行事業(320万円)の発行部数と利用率は。"), "地域券発行事業");
        // Of what was asked before.
        assert_eq!(topic("質疑：前回の実績はどうだったか。"), "");
        assert_eq!(heading_topic("２ 山川 議員(みどりの会)"), "");
        assert_eq!(topic("Q2 車いすを使う方への配慮はあるか。"), "車いすを使う方");
        assert_eq!(topic("【問4】テレワークの実施率が低いのではないか。"), "テレワーク");
        // A survey's question names what was answered to it, and these are none at all.
        assert_eq!(topic("Q 利用した手段(複数回答)"), "");
        assert_eq!(topic("問合せの件数について"), "");
        assert_eq!(topic("【委員】電子契約について、事業者の反応はどうか。"), "電子契約");
        assert_eq!(topic("Q5 どれだけ減るのですか。"), "");
        assert_eq!(topic("Q1 なぜ有料化が必要なのですか。"), "有料化");
        assert_eq!(topic("問 来年度はどう広げるのか。"), "");
        assert_eq!(
            (speaker("【委員】"), speaker("【理事者】"), speaker("【概要】")),
            (Some(true), Some(false), None)
        );
        assert!(
            is_numbered_question("Q5 どれだけ減るのですか。") && !is_numbered_question("質疑：増えたか。")
        );
    }
}
