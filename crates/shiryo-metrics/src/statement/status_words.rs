//! Words that say whether what is told happened, is planned, aimed at or expected.

use crate::letters::WordList;
use shiryo_model::Status;
use std::sync::LazyLock;

/// Words that say so wherever they stand in the clause; the first one after the number counts.
static WORDS: [(&str, Status); 80] = [
    ("を要求し", Status::Plan),
    ("計画でござ", Status::Plan),
    ("計画でおり", Status::Plan),
    ("お願いした", Status::Plan),
    ("たいと考え", Status::Plan),
    ("たいと思", Status::Plan),
    ("協議を進め", Status::Plan),
    ("協議して", Status::Plan),
    ("を計上", Status::Plan),
    ("予想され", Status::Forecast),
    ("と推定", Status::Forecast),
    ("調整して", Status::Plan),
    ("調整を進め", Status::Plan),
    ("検討して", Status::Plan),
    ("検討を進め", Status::Plan),
    ("準備を進め", Status::Plan),
    ("対応済", Status::Actual),
    ("実施済", Status::Actual),
    ("導入済", Status::Actual),
    ("整備済", Status::Actual),
    ("設置済", Status::Actual),
    ("配備済", Status::Actual),
    ("完了済", Status::Actual),
    ("移行済", Status::Actual),
    ("済み", Status::Actual),
    ("済である", Status::Actual),
    ("実績", Status::Actual),
    ("決算", Status::Actual),
    ("完了予定", Status::Plan),
    ("見込", Status::Forecast),
    ("見通し", Status::Forecast),
    ("予測", Status::Forecast),
    ("推計", Status::Forecast),
    ("試算", Status::Forecast),
    ("見積も", Status::Forecast),
    ("見積り", Status::Forecast),
    ("想定され", Status::Forecast),
    ("想定して", Status::Forecast),
    ("と想定", Status::Forecast),
    ("予定", Status::Plan),
    ("計画値", Status::Plan),
    ("計画している", Status::Plan),
    ("計画する", Status::Plan),
    ("計画です", Status::Plan),
    ("計画とし", Status::Plan),
    ("計画であ", Status::Plan),
    ("調整中", Status::Plan),
    ("検討中", Status::Plan),
    ("準備中", Status::Plan),
    ("予算", Status::Plan),
    ("こととする", Status::Plan),
    ("こととした", Status::Plan),
    ("こととして", Status::Plan),
    ("ことと定め", Status::Plan),
    ("ことを決定", Status::Plan),
    ("ことを定め", Status::Plan),
    ("ことになってい", Status::Plan),
    ("取り組む", Status::Plan),
    ("取り組みます", Status::Plan),
    ("取組む", Status::Plan),
    ("図っていく", Status::Plan),
    ("進めていく", Status::Plan),
    ("していく", Status::Plan),
    ("行っていく", Status::Plan),
    ("ていきます", Status::Plan),
    ("てまいります", Status::Plan),
    ("て参ります", Status::Plan),
    ("方針である", Status::Plan),
    ("目標", Status::Target),
    ("目指", Status::Target),
    ("めざ", Status::Target),
    ("目途に", Status::Plan),
    ("を完了", Status::Actual),
    ("が完了", Status::Actual),
    ("は完了", Status::Actual),
    ("時点", Status::Actual),
    ("現在", Status::Actual),
    ("実施中", Status::Actual),
    ("運用中", Status::Actual),
    ("か所完了", Status::Actual),
];

/// Words in which a status word says nothing about the figure.
const OTHER: [&str; 59] = [
    "目標に達",
    "目標値に達",
    "目標を達成",
    "目標値を達成",
    "目標を上回",
    "目標を下回",
    "目標値を上回",
    "目標値を下回",
    "目標に対",
    "目標値に対",
    "目標に届",
    "目標値に届",
    "予算に対",
    "計画を上回",
    "見込みを上回",
    "見込みを下回",
    "予定がな",
    "予定はな",
    "予定のな",
    "を完了する",
    "が完了する",
    "は完了する",
    "を完了でき",
    "目標達成",
    "計画的",
    "検討会",
    "検討部会",
    "予定価格",
    "目標年度",
    "予算編成",
    "予算書",
    "決算書",
    "計画書",
    "実績報告",
    "実績を踏まえ",
    "取組予定を踏まえ",
    "予定を踏まえ",
    "予定を変更",
    "実績及び",
    "目標に向け",
    "現在地",
    "時点における",
    "現時点",
    "目標管理",
    "利益を計上",
    "損失を計上",
    "黒字を計上",
    "赤字を計上",
    "目標値を見直",
    "目標を見直",
    "目標値の見直",
    "目標の見直",
    "予定どおり",
    "計画どおり",
    "予定表",
    "目標設定",
    "予算に反映",
    "予算要求",
    "予算編成に",
];

/// Ends of sentences that tell of what happened or is so.
const PAST: [&str; 24] = [
    "ございます",
    "おります",
    "した",
    "った",
    "いた",
    "きた",
    "れた",
    "えた",
    "けた",
    "げた",
    "めた",
    "せた",
    "んだ",
    "だった",
    "ました",
    "である",
    "です",
    "ている",
    "ています",
    "あります",
    "にある",
    "がある",
    "ところである",
    "みられる",
];

/// Verbs in the present that tell of what is so.
const STATIVE: [&str; 19] = [
    "属する",
    "位置する",
    "存在する",
    "挙げられる",
    "挙げられます",
    "である",
    "がある",
    "もある",
    "あり",
    "いる",
    "占める",
    "留まる",
    "とどまる",
    "上る",
    "のぼる",
    "達する",
    "できる",
    "該当する",
    "相当する",
];

/// Ends of sentences that tell of what shall be done.
const FUTURE: [&str; 41] = [
    "絞り込む",
    "すること",
    "されたい",
    "受け入れる",
    "受入れる",
    "置く",
    "開く",
    "加える",
    "充てる",
    "移す",
    "改める",
    "引き上げる",
    "引き下げる",
    "見直す",
    "振り替える",
    "取り入れる",
    "開催されます",
    "実施されます",
    "配布されます",
    "行われます",
    "いたします",
    "する",
    "します",
    "行う",
    "行います",
    "図る",
    "図ります",
    "進める",
    "進めます",
    "設ける",
    "高める",
    "努める",
    "始める",
    "広げる",
    "増やす",
    "減らす",
    "目指す",
    "させる",
    "ていく",
    "くす",
    "整える",
];

/// Predicates that only introduce what follows.
pub(super) const INTRODUCING: [&str; 8] = [
    "以下に示",
    "次に示",
    "以下のとおり",
    "次のとおり",
    "下記のとおり",
    "報告する",
    "報告します",
    "説明する",
];

/// Nouns that, ending a sentence without a verb, tell of what was done.
pub(super) const DONE_NOUNS: [&str; 40] = [
    "導入", "実施", "配備", "設置", "開始", "廃止", "短縮", "削減", "増加", "減少", "拡充", "拡大", "整備",
    "対応", "策定", "受付", "開催", "配布", "登録", "参加", "向上", "達成", "運用", "発足", "移行", "更新",
    "構築", "実現", "推進", "提案", "公開", "提供", "改定", "委託", "縮減", "完了", "交付", "支援", "利用",
    "不要",
];

/// オンライン申請率は19.7%にとどまっており、目標を…: what completes the statement of a number.
pub(super) const COMPLETE: [&str; 13] = [
    "あり",
    "となっており",
    "となり",
    "にとどまり",
    "にとどまっており",
    "に達し",
    "に達しており",
    "に上り",
    "を占め",
    "を占めており",
    "であり",
    "にのぼり",
    "に留まり",
];

/// 12課で試作が進められており、年度末までに30課とすることを…: ends of clauses that tell what is so before they go on.
pub(super) const GOING: [&str; 10] =
    ["ており", "ているが", "稼働し", "利用し", "登録し", "回答し", "参加し", "加入し", "受講し", "確認し"];

/// Words in the label right before a number that say what it is, whatever stands behind it.
pub(super) const LABELS: [(&str, Status); 37] = [
    ("推計", Status::Forecast),
    ("推計値", Status::Forecast),
    ("想定", Status::Forecast),
    ("決算", Status::Actual),
    ("執行額", Status::Actual),
    ("執行率", Status::Actual),
    ("支出済額", Status::Actual),
    ("収入済額", Status::Actual),
    ("計画額", Status::Plan),
    ("計画数", Status::Plan),
    ("目標額", Status::Target),
    ("目標数", Status::Target),
    ("予算現額は", Status::Plan),
    ("予算", Status::Plan),
    ("予算現額", Status::Plan),
    ("策定時", Status::Actual),
    ("現状", Status::Actual),
    ("実績数", Status::Actual),
    ("基準年", Status::Actual),
    ("目標値", Status::Target),
    ("目標", Status::Target),
    ("現状値", Status::Actual),
    ("基準値", Status::Actual),
    ("実績値", Status::Actual),
    ("実績", Status::Actual),
    ("決算額", Status::Actual),
    ("現行", Status::Actual),
    ("目標である", Status::Target),
    ("目標値である", Status::Target),
    ("見込値", Status::Forecast),
    ("見込額", Status::Forecast),
    ("見込数", Status::Forecast),
    ("見込み", Status::Forecast),
    ("見込", Status::Forecast),
    ("計画値", Status::Plan),
    ("予算額", Status::Plan),
    ("予定数", Status::Plan),
];

/// The first clause that says so; within it the first word.
pub(super) fn in_clauses(text: &str) -> Option<Status> {
    // 書面が要るもの97件、検討中のもの72件: what stands before another number is said of that one.
    let own = |(i, clause): (usize, &str)| {
        let rest = if i == 0 {
            clause
        } else {
            clause.rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or(clause)
        };
        first_word(rest)
    };
    text.split('、').enumerate().find_map(own)
}

fn words(text: &str) -> impl Iterator<Item = (usize, Status)> + '_ {
    static LIST: LazyLock<WordList<Status>> = LazyLock::new(|| WordList::new(&WORDS));
    let hidden = |at: usize, len: usize| {
        OTHER.iter().any(|o| text.match_indices(o).any(|(b, _)| b < at + len && at < b + o.len()))
    };
    LIST.candidates(text).flat_map(move |(w, status)| {
        let found = text.match_indices(w).filter(move |(at, _)| !hidden(*at, w.len()));
        found.map(|(at, _)| (at, *status)).collect::<Vec<_>>()
    })
}

/// What the first word that says so says.
pub(super) fn first_word(clause: &str) -> Option<Status> {
    let mut found: Vec<(usize, Status)> = words(clause).collect();
    found.sort_by_key(|f| f.0);
    // 実績 and 時点 say less than what the predicate says.
    let strong = found.iter().find(|(at, s)| *s != Status::Actual || !is_weak(clause, *at));
    strong.or(found.first()).map(|f| f.1)
}

fn is_weak(clause: &str, at: usize) -> bool {
    clause.get(at..).is_some_and(|r| r.starts_with("時点") || r.starts_with("現在") || r.starts_with("実績"))
}

/// What the last word that says so says.
pub(super) fn last_word(text: &str) -> Option<Status> {
    words(text).max_by_key(|f| f.0).map(|f| f.1)
}

/// What the ending of the sentence's last verb says.
pub(super) fn by_ending(behind: &str) -> Option<Status> {
    let end = behind.trim_end_matches(['。', ' ', '.', ')']);
    if end.ends_with("必要がある") || end.ends_with("ない") {
        return None;
    }
    if PAST.iter().any(|p| end.ends_with(p)) || STATIVE.iter().any(|p| end.ends_with(p)) {
        return Some(Status::Actual);
    }
    FUTURE.iter().any(|p| end.ends_with(p)).then_some(Status::Plan)
}

/// Whether words only say a status (実績, 予定).
pub(super) fn is_status_word(text: &str) -> bool {
    WORDS.iter().any(|(w, _)| *w == text)
}

/// A clause of reason or contrast in the past: 計画を15手続上回ったため、…
pub(super) fn of_reason(clause: &str) -> Option<Status> {
    let ends = [
        "であることから",
        "であるため",
        "いることから",
        "いるため",
        "たため",
        "たことから",
        "たが",
        "たものの",
        "たところ",
        "たことにより",
        "たので",
    ];
    ends.iter().any(|e| clause.ends_with(e)).then_some(Status::Actual)
}

/// Whether words end with what was done.
pub(super) fn ends_done(text: &str) -> bool {
    let end = text.trim_end_matches(['。', ' ', '、']);
    DONE_NOUNS.iter().any(|n| end.ends_with(n))
}
