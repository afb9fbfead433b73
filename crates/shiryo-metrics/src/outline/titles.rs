//! What titles and announcing sentences say of a whole paper: of when it reports, whether its figures happened.

use crate::scope::ScopedPeriod;
use shiryo_ja::TimeContext;
use shiryo_model::{DocumentFacts, Granularity, Status};

/// Words in titles of what is issued again and again, or spoken: they say who speaks, not of what.
const PUBLICATIONS: [&str; 21] = [
    "日記",
    "だより",
    "便り",
    "通信",
    "広報",
    "コラム",
    "会議録",
    "議事録",
    "議事要旨",
    "定例会",
    "施政方針",
    "所信表明",
    "行政報告",
    "あいさつ",
    "挨拶",
    "町長室",
    "市長室",
    "協議会",
    "審議会",
    "懇談会",
    "特集",
];

/// Whether a title names what is issued again and again or spoken (広報, 会議録).
pub(super) fn is_publication(title: &str) -> bool {
    PUBLICATIONS.iter().any(|w| title.contains(w))
}

/// Whether a title reports what came of a time (令和5年中の火災の概況), rather than what is planned in it.
pub(super) fn reported(title: &str) -> bool {
    let ahead = ["計画", "予算", "方針", "目標", "見込", "募集", "案内", "予定", "選挙"];
    let results = ["状況", "概況", "統計", "結果", "実績", "件数", "決算", "概要", "報告"];
    // 推進計画の進捗状況(令和5年度実績): of a plan, but what came of it.
    let bare = without_tail(title);
    let tail = title.rsplit_once('(').map_or("", |(_, tail)| tail);
    let came = ["状況", "結果", "実績", "決算", "報告書", "実績報告"].iter().any(|w| bare.ends_with(w))
        || ["実績", "結果", "決算"].iter().any(|w| tail.contains(w));
    let looks = ["予算", "予定", "募集", "案内", "選挙"].iter().any(|w| title.contains(w));
    results.iter().any(|w| title.contains(w)) && (!ahead.iter().any(|w| title.contains(w)) || came && !looks)
}

/// Whether a year heads or ends a title (令和5年中の火災のあらまし, ごみの量と費用(令和4年度)), not that of a meeting: once it is
/// over, the paper looks back on it.
pub(super) fn headed_by_year(title: &str) -> bool {
    let chars: Vec<char> = title.chars().collect();
    shiryo_ja::annotate(title, &TimeContext::default()).iter().any(|m| {
        let shiryo_ja::MentionKind::Time(t) = &m.kind else { return false };
        let year = matches!(t.period.granularity, Granularity::FiscalYear | Granularity::Year);
        let before = m.chars.start.checked_sub(1).and_then(|i| chars.get(i));
        let behind: String = chars.get(m.chars.end..).unwrap_or_default().iter().take(3).collect();
        let heads = before.is_none_or(|c| " 」のる".contains(*c))
            && ["の", "中の", "にお", "分の"].iter().any(|w| behind.starts_with(w));
        let ends = before == Some(&'(') && behind == ")" || before == Some(&' ') && behind.is_empty();
        year && !t.relative && (heads || ends)
    })
}

/// Whether a title names a session or a meeting (令和6年第3回定例会): its year is no time of what was reported there.
pub(super) fn is_of_session(title: &str) -> bool {
    let numbered = title.split_once('第').is_some_and(|(_, rest)| rest.contains('回'));
    numbered && ["定例会", "臨時会"].iter().any(|w| title.contains(w))
}

/// Whether a title joins what happened and what is planned (事業の実績及び来年度予算): each section tells which.
fn is_of_both(title: &str) -> bool {
    const BEHIND: [&str; 5] = ["概況", "状況", "結果", "実績", "決算"];
    const AHEAD: [&str; 8] = ["予算", "計画", "予定", "方針", "目標", "今後", "方向性", "取組"];
    let joined = ["並びに", "及び", "、", "と"].iter().find_map(|joint| title.split_once(joint));
    let said = |part: &str, words: &[&str]| words.iter().any(|w| part.contains(w));
    // 実施計画の実績 looks back on a plan.
    let behind = |part: &str| said(part, &BEHIND);
    let ahead = |part: &str| !behind(part) && said(part, &AHEAD);
    joined.is_some_and(|(a, b)| behind(a) && ahead(b) || ahead(a) && behind(b))
}

/// The year that an evaluation is about (施策評価シート(令和5年度)), once it is over.
pub(super) fn evaluated(facts: &DocumentFacts) -> Option<ScopedPeriod> {
    let about = ["評価", "実績", "進捗", "事業報告", "結果", "達成状況", "実施状況", "取組状況"];
    let time = TimeContext { reference: facts.date, ..TimeContext::default() };
    let told = about
        .iter()
        .any(|w| facts.title.contains(w))
        .then(|| super::reported::looking_back(&facts.title, &time))?;
    told.filter(|p| matches!(p.period.granularity, Granularity::FiscalYear | Granularity::Year))
        .filter(|p| facts.date.is_none() || p.period.end < facts.date)
}

/// Whether words speak of a year's budget.
pub(super) fn is_budget(words: &str) -> bool {
    words.contains("予算")
        && !is_of_both(words)
        && !["決算", "編成", "要求", "執行"].iter().any(|w| words.contains(w))
}

/// 昨年(令和5年)の…の概況がまとまりました: a first sentence that says of when the report is.
pub(super) fn announces(text: &str) -> bool {
    // 主な業務は次のとおりである says nothing of when.
    let listed = text.trim_end().ends_with("とおりである。") || text.trim_end().ends_with("とおりです。");
    if listed && !["状況", "結果", "実績", "概要", "概況"].iter().any(|w| text.contains(w)) {
        return false;
    }
    let ends = [
        "を発表。",
        "を公表。",
        "を発表した。",
        "を公表した。",
        "まとまりました。",
        "まとめました。",
        "お知らせします。",
        "公表します。",
        "発表します。",
        "報告します。",
        "報告する。",
        "取りまとめた。",
        "まとめた。",
        "発表しました。",
        "以下のとおりである。",
        "次のとおりである。",
        "下記のとおりである。",
        "以下のとおりです。",
        "次のとおりです。",
    ];
    ends.iter().any(|e| text.trim_end().ends_with(e)) && text.chars().count() <= 120
}

/// A title without について, (報告) and what else in brackets ends it.
fn without_tail(title: &str) -> &str {
    let mut bare = title.trim_end();
    loop {
        let cut = bare.trim_end_matches("について").trim_end();
        // 計画(案) is planned all the same: what is said in the bracket itself is asked later.
        let cut = cut.strip_suffix(')').and_then(|b| b.rsplit_once('(')).map_or(cut, |(head, inner)| {
            let said = inner.ends_with("案") || inner.chars().all(|c| c.is_ascii_digit());
            if said || head.is_empty() { cut } else { head.trim_end() }
        });
        if cut == bare {
            return bare;
        }
        bare = cut;
    }
}

/// What the title says of all numbers: results happened, plans are planned.
pub(super) fn title_status(title: &str) -> Option<Status> {
    if is_of_both(title) {
        return None;
    }
    let bare = without_tail(title).trim_end_matches(['」', '等', ')', ' ']);
    // 決算報告(1): the part of a series.
    let part = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let bare = part.strip_suffix('(').unwrap_or(bare);
    let said = [
        ("計画", Status::Plan),
        ("計画(案)", Status::Plan),
        ("計画案", Status::Plan),
        ("予算", Status::Plan),
        ("予算(案)", Status::Plan),
        ("取組方針", Status::Plan),
        ("結果", Status::Actual),
        ("実績", Status::Actual),
        ("決算", Status::Actual),
        ("決算報告", Status::Actual),
        ("概況", Status::Actual),
        ("取組状況", Status::Actual),
        ("実施状況", Status::Actual),
        ("進捗状況", Status::Actual),
        ("進捗報告", Status::Actual),
        ("報告書", Status::Actual),
        ("説明書", Status::Actual),
    ];
    if title.contains("しました") {
        return Some(Status::Actual);
    }
    let budget = title.contains("当初予算") || title.contains("補正予算");
    // 実施計画の実績と次期の方向性: of a plan, but not only of what is planned.
    let results = ["実績", "結果", "状況", "進捗", "成果", "報告"].iter().any(|w| title.contains(w));
    let named = ["推進計画", "実行計画", "実施計画"].iter().any(|w| title.contains(w));
    let plan = budget || named && !results;
    said.iter().find(|(w, _)| bare.ends_with(w)).map(|(_, s)| *s).or(plan.then_some(Status::Plan))
}

/// Whether a title tells the results of something that was held or counted, which is reported when it is done.
pub(super) fn tells_results(title: &str) -> bool {
    let ahead = ["計画", "予定", "予算", "方針"].iter().any(|w| title.contains(w));
    ["実施結果", "調査結果", "開催結果", "結果について", "決算"].iter().any(|w| title.contains(w)) && !ahead
}

#[cfg(test)]
mod tests {
    use super::{headed_by_year, is_of_session};

    #[test]
    fn years_that_head_or_end_a_title() {
        for title in [
            "令和5年中の火災・救急のあらまし",
            "令和4年度における相談のまとめ",
            "常盤市の2023年度の図書館",
            "資源とごみの量をお知らせします(令和4年度)",
            "救急出動が過去最多に 令和5年",
        ] {
            assert!(headed_by_year(title), "{title}");
        }
        for title in
            ["令和3年度に策定した指針について", "令和6年第3回定例会", "第2次計画(令和4年度から令和8年度)"]
        {
            assert!(!headed_by_year(title), "{title}");
        }
    }

    #[test]
    fn the_year_of_a_session_is_no_time_of_its_reports() {
        assert!(is_of_session("議会報告(令和6年第3回定例会)"));
        assert!(!is_of_session("第3回アンケートの結果(令和6年)"));
    }
}
