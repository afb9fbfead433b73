//! What headings and label lines say by their words alone.

use super::naming::without_period;
use crate::scope::ScopedPeriod;
use crate::statement::words;
use shiryo_model::Granularity;

/// Whether words name the day that figures hold for (令和6年4月1日現在の…, …の状況(6月末時点)).
pub(crate) fn tells_day(words: &str) -> bool {
    let words = words.trim_end_matches("について").trim_end();
    ["現在の", "時点の", "現在における", "時点における"].iter().any(|w| words.contains(w))
        || ["現在)", "時点)", "現在】", "時点】"].iter().any(|w| words.ends_with(w))
}

/// Whether a line names a sitting whose paper this is (令和7年2月 第1回組合議会定例会資料): when it was, not when figures hold.
pub(super) fn names_sitting(words: &str) -> bool {
    const SITTINGS: [&str; 9] =
        ["議会", "定例会", "臨時会", "委員会", "協議会", "審議会", "懇談会", "本部会議", "分科会"];
    SITTINGS.iter().any(|w| words.contains(w))
        && (words.ends_with("資料") || words.contains('第') && words.contains('回'))
}

/// Whether a heading names what was found out of a year: 施策評価シート(2024年度), 令和5年度の利用状況.
pub(super) fn reports_year(words: &str, p: &ScopedPeriod) -> bool {
    let year = matches!(p.period.granularity, Granularity::FiscalYear | Granularity::Year);
    let found = ["評価", "実績", "結果", "決算"].iter().any(|w| words.contains(w));
    year && found && words.contains(&format!("({})", p.label))
}

/// Whether a heading tells the years of a plan (第9期計画(令和6年度～令和8年度)の概要): all below it is of them.
pub(super) fn is_planned_span(words: &str, p: &ScopedPeriod) -> bool {
    let years = p.period.start.zip(p.period.end).is_some_and(|(a, b)| b.year() - a.year() >= 2);
    years && (words.contains("計画") || words.contains("期間"))
}

/// Whether a heading ends in a bracket that tells a year or a part of one and nothing else
/// (商品券事業(令和3年度)): all below it is of that time.
pub(super) fn ends_in_year(words: &str, p: &ScopedPeriod) -> bool {
    use shiryo_model::Granularity as G;
    let inner = words.trim_end().strip_suffix([')', '）']).and_then(|w| w.rsplit_once(['(', '（']));
    let alone = inner.is_some_and(|(name, inner)| {
        let inner = inner.trim_end_matches("実績").trim_end_matches('分');
        !name.trim().is_empty() && (inner == p.label || inner == format!("{}度", p.label))
    });
    alone && matches!(p.period.granularity, G::FiscalYear | G::HalfYear | G::Range)
}

/// Whether a period is one that results are counted over.
pub(super) fn is_span(p: &ScopedPeriod) -> bool {
    use shiryo_model::Granularity as G;
    matches!(p.period.granularity, G::Year | G::FiscalYear | G::HalfYear | G::Quarter | G::Month | G::Range)
}

pub(super) fn fiscal_year(p: &ScopedPeriod) -> Option<i16> {
    p.period.start.or(p.period.end).map(shiryo_ja::grammar::calendar::fiscal_year_of)
}

/// Whether a heading only says that what is told follows (事業の概要, 基本情報).
pub(super) fn is_overview(topic: &str) -> bool {
    ["概要", "基本情報", "基本事項", "基本データ", "位置付け", "位置づけ"].iter().any(|w| topic.ends_with(w))
}

/// Whether a heading sets what stands under it before or after a change (見直し前, 導入後).
pub(crate) fn phase(words: &str) -> Option<&'static str> {
    let plain: String = words.chars().filter(|c| c.is_alphanumeric()).collect();
    let stem = |end: char| plain.strip_suffix(end).filter(|s| (1..=6).contains(&s.chars().count()));
    let changed = |s: &str| words::action_ending(s).is_some_and(|a| a == s);
    if stem('前').is_some_and(changed) {
        return Some("before");
    }
    stem('後').is_some_and(changed).then_some("after")
}

/// Whether a line tells a number, even one that was not bound (待ち時間18分).
pub(crate) fn holds_quantity(line: &str) -> bool {
    // 窓口数 12: a value without a unit.
    if line.rsplit_once(' ').is_some_and(|(_, last)| last.chars().all(|c| c.is_ascii_digit() || c == ',')) {
        return true;
    }
    let mentions = shiryo_ja::annotate(line, &shiryo_ja::TimeContext::default());
    mentions.iter().any(|m| {
        matches!(&m.kind, shiryo_ja::MentionKind::Quantity(q)
            if !q.unit.is_empty() && matches!(q.bound, shiryo_model::Bound::Exact | shiryo_model::Bound::Approx))
    })
}

/// Whether a line holds a name and its figure in a unit that a quantity is told in (転入 38分 ⇒ 24分 below 手続時間).
pub(super) fn is_value_of(quantity: &str, line: &str) -> bool {
    const LONGEST: usize = 40;
    let short = line.chars().count() <= LONGEST && line.contains(|c: char| c.is_ascii_digit());
    if !short || line.contains(['。', '、', 'は', 'が', 'を', 'に']) {
        return false;
    }
    let mentions = shiryo_ja::annotate(line, &shiryo_ja::TimeContext::default());
    mentions.first().is_some_and(|m| {
        m.chars.start > 0
            && matches!(&m.kind, shiryo_ja::MentionKind::Quantity(q) if words::fits(quantity, &q.unit))
    })
}

/// Whether a line is a name whose figures all stand in a bracket at its end (総合窓口(5月開始・4課)).
pub(super) fn tells_in_brackets(line: &str) -> bool {
    let Some((name, _)) = line.strip_suffix(')').and_then(|l| l.split_once('(')) else { return false };
    !name.contains([':', '、', ')'])
        && !name.contains(|c: char| c.is_ascii_digit())
        && name.chars().count() >= 3
}

/// Whether words name a month or day whose year is not told (12月の件数).
pub(super) fn names_month(words: &str) -> bool {
    let mentions = shiryo_ja::annotate(words, &shiryo_ja::TimeContext::default());
    mentions.iter().any(|m| {
        matches!(&m.kind, shiryo_ja::MentionKind::Time(t) if t.period.start.is_none() && t.period.end.is_none())
            && words.chars().skip(m.chars.start).take(m.chars.len()).any(|c| c.is_ascii_digit())
    })
}

/// Whether a line tells what comes in a month or on a day (10月 新システムへ移行): an entry of a schedule, no name of what
/// is told below it.
pub(super) fn is_scheduled(line: &str) -> bool {
    use shiryo_model::Granularity as G;
    let mentions = shiryo_ja::annotate(line, &shiryo_ja::TimeContext::default());
    let Some(first) = mentions.first().filter(|m| m.chars.start == 0) else { return false };
    let month = matches!(&first.kind, shiryo_ja::MentionKind::Time(t)
        if !matches!(t.period.granularity, G::Year | G::FiscalYear));
    let told: String = line.chars().skip(first.chars.end).collect();
    let name = told.trim();
    month && told.starts_with(' ') && name.chars().count() > 1 && !words::is_generic_heading(name)
}

/// The name of a heading that is one of a series told in parts (利用者アンケート②, 同(その2)), without its number and time.
pub(super) fn part_of_series(words: &str) -> Option<String> {
    let circled = |c: char| matches!(c, '①'..='⑳' | '➀'..='➉');
    let bare = without_period(words);
    let name = match bare.split_once(circled) {
        Some((name, _)) => name,
        None => return None,
    };
    let name = name.trim();
    (name.chars().count() >= 4).then(|| name.to_owned())
}

/// Whether a heading names what people were asked.
pub(super) fn is_survey(topic: &str) -> bool {
    ["アンケート", "意識調査", "満足度調査", "ヒアリング"].iter().any(|w| topic.contains(w))
}

/// Whether a line holds times and nothing that it could name (5月 6月 7月), or is the head of a table that lost its form
/// (指標 R4実績 R5目標 R5実績).
pub(super) fn times_only(line: &str) -> bool {
    let mentions = shiryo_ja::annotate(line, &shiryo_ja::TimeContext::default());
    let times = mentions.iter().filter(|m| matches!(m.kind, shiryo_ja::MentionKind::Time(_))).count();
    let cells = line.split(' ').count();
    mentions.len() > 1 && without_period(line).chars().filter(|c| c.is_alphanumeric()).count() <= 2
        || times > 1 && cells > times && 2 * times >= cells
}

/// 期 間 令和7年…: a key of two characters set apart closes up.
pub(super) fn unspaced(line: &str) -> String {
    let c: Vec<char> = line.chars().take(4).collect();
    match c.as_slice() {
        [a, ' ', b, ' ' | ':'] if *a != ' ' && *b != ' ' => {
            line.chars().take(1).chain(line.chars().skip(2)).collect()
        }
        _ => line.to_owned(),
    }
}

/// Whether words are the key of a line that tells when, or of what status, rather than of what (実施日, 今後の予定).
pub(crate) fn is_key(words: &str) -> bool {
    super::dated::is_name(words)
        || [
            "期間", "日時", "時期", "予定", "実績", "目標", "現状", "結果", "効果", "費", "額", "料", "数",
            "率",
        ]
        .iter()
        .any(|w| words.ends_with(w))
}

/// 会場 区民ホール: where, how or for whom, set apart by a blank; no name of what is measured.
pub(crate) fn names_circumstance(line: &str) -> bool {
    const NAMES: [&str; 24] = [
        "会場",
        "場所",
        "開催場所",
        "実施場所",
        "設置場所",
        "対象",
        "対象者",
        "対象校",
        "講師",
        "主催",
        "共催",
        "後援",
        "協力",
        "内容",
        "方法",
        "実施方法",
        "調査方法",
        "周知方法",
        "募集方法",
        "申込方法",
        "委託先",
        "委託業者",
        "契約方法",
        "実施主体",
    ];
    unspaced(line)
        .split_once([' ', '\u{3000}'])
        .is_some_and(|(name, value)| NAMES.contains(&name) && !value.trim().is_empty())
}

/// ホーム > 市政情報 > 市議会: where a page stands on its site, not what it is about.
pub(super) fn is_navigation(line: &str) -> bool {
    let mut steps = line.split(['>', '＞', '›', '»']).map(str::trim);
    steps.next().is_some_and(|first| !first.is_empty()) && steps.next().is_some_and(|next| !next.is_empty())
}

/// 減収の補填による増: why the figure above it changed.
pub(super) fn is_reason(line: &str) -> bool {
    [
        "による増",
        "による減",
        "の増",
        "の減",
        "の増など",
        "の減など",
        "による増など",
        "による減など",
        "の皆増など",
        "の皆減など",
    ]
    .iter()
    .any(|w| line.ends_with(w))
}

/// Whether a line tells something rather than names it: an object or goal before a doing (問合せに対応).
pub(super) fn tells(line: &str) -> bool {
    if is_reason(line) {
        return true;
    }
    const PREDICATES: [&str; 14] = [
        "目的",
        "必要",
        "可能",
        "課題",
        "重要",
        "不可欠",
        "有効",
        "前提",
        "特徴",
        "急務",
        "困難",
        "顕著",
        "多い",
        "少ない",
    ];
    let predicate = PREDICATES.iter().find_map(|p| line.strip_suffix(p));
    if predicate.is_some_and(|before| before.ends_with(['を', 'が', 'は', 'に', 'も'])) {
        return true;
    }
    words::action_ending(line).is_some_and(|a| {
        let before = line.strip_suffix(a).unwrap_or_default();
        before.ends_with(['を', 'に', 'で', 'へ'])
    })
}
