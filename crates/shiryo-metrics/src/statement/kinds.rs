//! Headings that only say what kind of statements follow.

use super::generic::is_generic;
use super::words::{ACTIONS, action_ending};
use crate::letters::{Letters, Words};

/// Words in headings that say nothing of what a section is about; longest first where one holds another.
static HEADING_WORDS: Words = Words::new(&[
    "これから",
    "今後の方向",
    "手段",
    "実施内容",
    "全体像",
    "スケジュール",
    "及び",
    "日程",
    "経費",
    "費用",
    "効果",
    "検証",
    "取り組み状況",
    "今後の展開",
    "の考え方",
    "修正理由",
    "スタート",
    "導入前",
    "導入後",
    "達成状況",
    "特記事項",
    "事業の",
    "成果",
    "目的",
    "取組状況",
    "取組実績",
    "取組予定",
    "実施状況",
    "実施予定",
    "進捗状況",
    "実施実績",
    "取り組み",
    "取組",
    "これまでの",
    "現時点の",
    "現時点における",
    "現在の",
    "今後の",
    "主な",
    "区の",
    "市の",
    "町の",
    "実績",
    "予定",
    "現状",
    "課題",
    "方向性",
    "状況",
    "概要",
    "内容",
    "結果",
    "参考",
    "事例",
    "と",
    "・",
    "年度の",
    "例",
    "修正の理由",
    "変更の理由",
    "改定の理由",
    "理由",
    "修正",
    "調査の",
    "内訳",
    "推移",
    "分析",
    "経緯",
    "執行",
    "に向けた",
    "検討",
    "見込み",
    "主旨",
    "趣旨",
    "進め方",
    "概況",
    "中間",
    "総括",
]);

/// What is left of a heading that only says what kind of figures follow (事業概要, 施策の分析, 予算の執行状況).
const HEADING_RESTS: [&str; 20] = [
    "事業",
    "施策",
    "サービス",
    "指標",
    "成果指標",
    "活動指標",
    "評価",
    "予算",
    "決算",
    "経費",
    "概算経費",
    "費用",
    "予算額",
    "財源",
    "業務",
    "有効性",
    "効率性",
    "必要性",
    "総合評価",
    "効果",
];

/// Whether a heading only says what kind of statements follow (現時点の取組状況, 今後の予定).
pub(crate) fn is_generic_heading(heading: &str) -> bool {
    // 第3回定例会 6月10日: when it was said.
    let sitting = ["定例会", "臨時会", "本会議", "特別委員会", "常任委員会", "分科会"];
    let named = heading.contains("について") || heading.contains('の');
    if !named && heading.contains(|c: char| c.is_ascii_digit()) && sitting.iter().any(|w| heading.contains(w))
    {
        return true;
    }
    // (所管課の評価), 担当部の考え方: who says what.
    let said = heading.trim_matches(|c| "()【】[]".contains(c)).rsplit_once('の');
    let offices = ["課", "部", "局", "室", "所", "委員会", "委員", "者"];
    let kinds = ["評価", "意見", "見解", "考え方", "コメント", "所見", "対応"];
    if said.is_some_and(|(who, kind)| kinds.contains(&kind) && offices.iter().any(|o| who.ends_with(o))) {
        return true;
    }
    // PLAN(計画), CHECK(評価): the parts of a sheet.
    const PARTS: [&str; 9] = ["PLAN", "DO", "CHECK", "ACT", "ACTION", "Plan", "Do", "Check", "Action"];
    if heading.split('(').next().is_some_and(|part| PARTS.contains(&part.trim())) {
        return true;
    }
    let mut rest = heading.to_owned();
    // What is taken away leaves no letters that were not there.
    for word in HEADING_WORDS.within(Letters::of(heading)) {
        rest = rest.replace(word, "");
    }
    let rest: String = rest.chars().filter(|c| c.is_alphanumeric()).collect();
    // 更新の概要, これまでの利用状況: only a doing is left.
    let doing = rest.trim_end_matches('の');
    let doing = doing.chars().count() <= 3 && ACTIONS.contains(&doing);
    // 6年度の実施内容
    let rest = if heading.contains("年度") {
        rest.trim_start_matches(|c: char| c.is_ascii_digit())
    } else {
        &rest
    };
    let rest = rest.trim_matches('の');
    let doing = doing || rest.chars().count() <= 3 && ACTIONS.contains(&rest);
    // 機能追加, 新規導入: a doing with what there is of everything.
    let added = action_ending(rest).and_then(|a| rest.strip_suffix(a));
    let added = added.is_some_and(|of| ["機能", "新規", "制度", "体制", "内容", "業務"].contains(&of));
    let kind = HEADING_RESTS.contains(&rest) || added;
    // 主な訓練内容: what is done under the heading above.
    let main = heading.starts_with("主な") && heading.ends_with("内容") && heading.chars().count() <= 8;
    rest.chars().count() <= 1 || doing || kind || main || is_generic(rest) || is_generic(heading)
}
