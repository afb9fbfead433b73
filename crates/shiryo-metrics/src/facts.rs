//! Title, issuer, committee, date, fiscal year and department of a document: from its content alone.

use crate::issuer::{issuer, without_municipality};
use jiff::civil::Date;
use shiryo_ja::grammar::calendar::fiscal_year_of;
use shiryo_ja::{MentionKind, TimeContext, annotate, find_committees, find_departments};
use shiryo_model::{Block, BlockKind, DocumentContent, DocumentFacts, Granularity, Period};
use std::ops::Range;

/// The head of a paper: this many blocks …
const HEAD_BLOCKS: usize = 30;
/// … and this many characters.
const HEAD_CHARS: usize = 2000;
/// Lines of the head that name a date or department are no longer than this.
pub(crate) const HEAD_LINE: usize = 48;
/// Facts about the document as a whole.
pub fn read(content: &DocumentContent) -> DocumentFacts {
    let head: Vec<&Block> = head(content);
    let title = title(content, &head);
    let (issuer, issuer_code) = issuer(content, &head, &title);
    let date = date(content, &head);
    DocumentFacts {
        committee: committee(&head),
        date,
        fiscal_year: fiscal_year(&title, &head, date),
        department: department(&head),
        title,
        issuer,
        issuer_code,
        ..DocumentFacts::default()
    }
}

fn head(content: &DocumentContent) -> Vec<&Block> {
    let mut chars = 0;
    let worded = content.blocks.iter().filter(|b| !b.kind.is_apart() && !b.text.is_empty());
    worded
        .take(HEAD_BLOCKS)
        .take_while(|b| {
            let before = chars;
            chars += b.text.map.len();
            before < HEAD_CHARS
        })
        .collect()
}

/// Headings of parts that any paper has; none names a paper.
const PART_NAMES: [&str; 10] =
    ["概要", "はじめに", "目的", "趣旨", "経緯", "次第", "記", "要旨", "背景", "目次"];

fn title(content: &DocumentContent, head: &[&Block]) -> String {
    let titled = content.blocks.iter().find(|b| b.kind == BlockKind::Title);
    let session = |t: &str| ["定例会", "臨時会", "会資料"].iter().any(|w| t.ends_with(w));
    let names = |b: &&Block| {
        let text = b.text.text.trim();
        b.kind == BlockKind::Heading
            && !PART_NAMES.contains(&text)
            && !session(text)
            && day_in(text).is_none_or(|d| d.1 > 4)
    };
    let heading = || head.iter().copied().find(names);
    let about = || {
        head.iter().copied().find(|b| b.text.text.ends_with("について") && b.text.map.len() <= 2 * HEAD_LINE)
    };
    // An agenda is called by its meeting.
    let meeting = || {
        let meets = |t: &str| (t.ends_with('会') || t.ends_with("会議")) && !session(t);
        let nth = |t: &str| t.find('第').is_some_and(|i| t.get(i..).is_some_and(|r| r.contains('回')));
        head.iter().copied().find(|b| {
            let text = &b.text.text;
            b.text.map.len() <= HEAD_LINE && nth(text) && meets(text)
        })
    };
    // 福祉常任委員会 所管事務報告: whose paper it is, where another line names what it is about.
    let meets = |b: &&Block| names_meeting(&b.text.text) && about().is_some();
    // 行政改革大綱 / 令和5年度の取組結果について: the second line says what of it.
    let behind = content.blocks.iter().skip_while(|b| b.kind != BlockKind::Title).nth(1);
    let rest = behind.filter(|b| {
        let own = titled.is_some_and(|t| !t.text.text.ends_with("について") && !meets(&t));
        b.kind == BlockKind::Paragraph
            && own
            && b.text.text.ends_with("について")
            && b.text.map.len() <= HEAD_LINE
    });
    if let Some((first, rest)) = titled.zip(rest) {
        return format!("{} {}", first.text.text, rest.text.text).replace('\n', " ");
    }
    titled
        .filter(|b| !meets(b))
        .or_else(about)
        .or_else(meeting)
        .or_else(heading)
        .map(|b| b.text.text.replace('\n', " "))
        .unwrap_or_default()
}

/// Whether a line is a meeting's name with the number or kind of its paper.
fn names_meeting(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let Some(named) = find_committees(text).into_iter().next().filter(|r| r.start <= 8) else { return false };
    let rest: String = chars.get(named.end..).unwrap_or_default().iter().collect();
    let rest = rest.trim();
    rest.is_empty()
        || ["資料", "報告", "説明資料", "所管事務", "報告事項", "審査資料"]
            .iter()
            .any(|w| rest.starts_with(w))
}

fn committee(head: &[&Block]) -> String {
    head.iter()
        .filter(|b| b.text.map.len() <= 2 * HEAD_LINE)
        .find_map(|b| {
            // Standing bodies of the municipality are no committees of its assembly.
            let bodies =
                ["教育委員会", "選挙管理委員会", "農業委員会", "公平委員会", "人事委員会", "公安委員会"];
            let text = b.text.text.trim_end_matches(|c: char| c.is_ascii_digit() || "-－‐ ".contains(c));
            let text = text.trim_end_matches("資料").trim_end().to_owned();
            let chars: Vec<char> = text.chars().collect();
            let name = |r: Range<usize>| chars.get(r).unwrap_or_default().iter().collect::<String>();
            let named = find_committees(&text).into_iter().map(name);
            let found = named.into_iter().find(|n| !bodies.iter().any(|w| n.ends_with(w)))?;
            // …に関する特別委員会: a line that is nothing but the committee's name gives all of it.
            let whole =
                text.ends_with(&found) && chars.len() <= 36 && !text.contains(['、', '。', ' ', '「']);
            Some(if whole { text } else { found })
        })
        .unwrap_or_default()
}

/// Words beside a day of the head that say it is the paper's or its meeting's.
const DAY_OF_PAPER: [&str; 23] = [
    "資料",
    "委員会",
    "会議",
    "部",
    "課",
    "室",
    "局",
    "提出",
    "作成",
    "発表",
    "公表",
    "開催",
    "日時",
    "市長",
    "町長",
    "村長",
    "区長",
    "定例会",
    "更新日",
    "掲載日",
    "公開日",
    "発行",
    "月号",
];
/// Words beside a day that say it is that of the figures, or of what the paper tells.
const OTHER_DAY: [&str; 11] =
    ["現在", "時点", "末", "施行", "適用", "締切", "期限", "予定", "以降", "から", "まで"];

/// The first day that stands in a line of the head by itself or beside a committee or department.
fn date(content: &DocumentContent, head: &[&Block]) -> Option<Date> {
    let lines = || {
        let short = |b: &&&Block| {
            b.text.map.len() <= HEAD_LINE && !matches!(b.kind, BlockKind::ListItem | BlockKind::Note)
        };
        let of_figures = |text: &str| OTHER_DAY.iter().any(|w| text.contains(w));
        head.iter().filter(short).map(|b| &b.text.text).filter(move |t| !of_figures(t))
    };
    let alone = lines().find_map(|text| {
        let (day, rest) = day_in(text).or_else(|| day_without_era(text, content))?;
        (rest <= 4).then_some(day)
    });
    alone.or_else(|| {
        let beside = |text: &str| DAY_OF_PAPER.iter().any(|w| text.contains(w));
        lines().filter(|text| beside(text)).find_map(|text| day_in(text).map(|d| d.0))
    })
}

/// The name of an assembly within that of its session (令和6年|常盤町議会|第3回定例会) is no longer than this.
const LONGEST_BODY: usize = 10;

/// The first day of the month that a line of the head is (令和7年3月), in a paper that tells no day.
pub(crate) fn month(content: &DocumentContent) -> Option<Date> {
    let month = |text: &str| {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let length = text.chars().count();
        let (told, chars) = time_in(&text, |p| p.granularity == Granularity::Month)?;
        let beside = DAY_OF_PAPER.iter().any(|w| text.contains(w));
        told.start.filter(|_| chars.len() + 4 >= length || beside && length <= HEAD_LINE)
    };
    let lines =
        head(content).into_iter().filter(|b| b.text.map.len() <= HEAD_LINE && b.kind != BlockKind::ListItem);
    lines
        .filter(|b| !OTHER_DAY.iter().any(|w| b.text.text.contains(w)))
        .find_map(|b| month(&b.text.text).or_else(|| session(&b.text.text)))
}

/// 令和6年第3回定例会: the month of a regular session of the assembly, of which a year has four (March, June, September,
/// December).
fn session(text: &str) -> Option<Date> {
    const MONTHS: [i8; 4] = [3, 6, 9, 12];
    let (held, chars) = time_in(text, |p| p.granularity == Granularity::Year)?;
    let year = held.start?.year();
    let rest: String = text.chars().skip(chars.end).filter(|c| !c.is_whitespace()).collect();
    let (_, numbered) = rest.split_once('第').filter(|(body, _)| body.chars().count() <= LONGEST_BODY)?;
    let (nth, _) = numbered.split_once("回定例会").or_else(|| numbered.split_once("回"))?;
    let month = *MONTHS.get(nth.parse::<usize>().ok()?.checked_sub(1)?)?;
    rest.contains("定例会").then(|| Date::new(year, month, 1).ok())?
}

/// The first day that one of the blocks tells with its year.
pub(crate) fn stamped<'b>(mut blocks: impl Iterator<Item = &'b Block>) -> Option<Date> {
    blocks.find_map(|b| day_in(&b.text.text).map(|(day, _)| day))
}

/// Meetings go on for no more days than this.
const LONGEST_MEETING: i32 = 14;

/// A day with its year in a text (the first of several: 17日・18日), and how many characters stand beside it.
fn day_in(text: &str) -> Option<(Date, usize)> {
    // Letter-spaced dates are common in heads (令 和 ６ 年 11 月 ７ 日).
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let length = text.chars().count();
    let near = |(start, end): (Date, Date)| {
        end.since(start).is_ok_and(|s| s.get_months() == 0 && s.get_days() < LONGEST_MEETING)
    };
    let days = |p: &Period| {
        matches!(p.granularity, Granularity::Day | Granularity::Range) && p.start.zip(p.end).is_some_and(near)
    };
    let (told, chars) = time_in(&text, days)?;
    Some((told.start?, length.saturating_sub(chars.len())))
}

/// The first time of such a kind that a text tells by itself, and its characters.
fn time_in(text: &str, is: impl Fn(&Period) -> bool) -> Option<(Period, Range<usize>)> {
    annotate(text, &TimeContext::default()).into_iter().find_map(|m| match m.kind {
        MentionKind::Time(t) if !t.relative && is(&t.period) => Some((t.period, m.chars)),
        _ => None,
    })
}

/// 6.11.20 by itself in a line, in a paper that speaks of 令和 and not of 平成.
fn day_without_era(text: &str, content: &DocumentContent) -> Option<(Date, usize)> {
    let parts: Vec<&str> = text.trim().split('.').collect();
    let short = |p: &&str| matches!(p.len(), 1 | 2) && p.bytes().all(|b| b.is_ascii_digit());
    if parts.len() != 3 || !parts.iter().all(short) {
        return None;
    }
    let says = |era: &str| content.blocks.iter().any(|b| b.text.text.contains(era));
    (says("令和") && !says("平成")).then(|| day_in(&format!("R{}", text.trim()))).flatten()
}

/// The fiscal year in the title; in an undated paper that of its first headings.
fn fiscal_year(title: &str, head: &[&Block], date: Option<Date>) -> Option<i16> {
    let of = |text: &str| {
        let (told, _) = time_in(text, |p| p.granularity == Granularity::FiscalYear)?;
        told.start.map(Date::year)
    };
    let found = of(title);
    if found.is_some() || date.is_some() {
        return found;
    }
    // 令和6年4月1日現在の…: the title's day tells the year.
    if let Some((day, _)) = day_in(title) {
        return Some(fiscal_year_of(day));
    }
    // 令和6年度の取組 heads the paper; 導入前の課題(令和4年度調査) a part of it.
    let leads = |b: &&&Block| {
        let words: String = b.text.text.chars().take(14).collect();
        of(&words).is_some()
    };
    let headings = head.iter().filter(|b| b.kind == BlockKind::Heading).take(2);
    headings.filter(leads).find_map(|b| of(&b.text.text))
}

/// The department that signs: a line of the head that is a department's name and nothing else.
fn department(head: &[&Block]) -> String {
    let mut found = String::new();
    for block in head.iter().filter(|b| b.text.map.len() <= HEAD_LINE) {
        let text: String = block.text.text.chars().filter(|c| !c.is_whitespace()).collect();
        // 常盤市環境部, 令和6年5月1日 環境部: body and day stand in columns of their own.
        let text = without_municipality(without_day(&text));
        let ranges = find_departments(text);
        if text.contains("委員会") && !text.contains("教育委員会") {
            continue;
        }
        let whole = ranges.first().is_some_and(|r| r.start == 0) && {
            let covered: usize = ranges.iter().map(ExactSizeIterator::len).sum();
            covered + 2 >= text.chars().count()
        };
        if !whole {
            if !found.is_empty() {
                break;
            }
            continue;
        }
        // 企画経営部 / デジタル推進課 on two lines: one name.
        if found.is_empty() || found.ends_with(['部', '局']) {
            found.push_str(text);
        } else {
            break;
        }
    }
    found
}

/// A line without the day it begins with.
fn without_day(text: &str) -> &str {
    let first = annotate(text, &TimeContext::default()).into_iter().find(|m| m.chars.start == 0);
    match first {
        Some(m) if matches!(m.kind, MentionKind::Time(_)) => {
            text.char_indices().nth(m.chars.end).and_then(|(i, _)| text.get(i..)).unwrap_or(text)
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shiryo_model::SourceLine;

    fn content(lines: &[(BlockKind, &str)]) -> DocumentContent {
        let block = |(kind, text): &(BlockKind, &str)| Block {
            kind: *kind,
            text: shiryo_ja::compose(vec![SourceLine { text: (*text).into(), ..Default::default() }]),
            ..Block::default()
        };
        DocumentContent { blocks: lines.iter().map(block).collect(), ..Default::default() }
    }

    #[test]
    fn the_head_tells_date_committee_and_department() {
        let facts = read(&content(&[
            (BlockKind::Paragraph, "総務財政委員会資料"),
            (BlockKind::Paragraph, "令 和 ６ 年 11 月 ７ 日"),
            (BlockKind::Paragraph, "企画部情報政策課"),
            (BlockKind::Title, "令和６年度 窓口改革の進捗について"),
            (BlockKind::Paragraph, "令和５年４月１日に施行された条例に基づき、市民の利便性を高める。"),
        ]));
        assert_eq!(facts.date, Some(jiff::civil::date(2024, 11, 7)));
        assert_eq!(facts.committee, "総務財政委員会");
        assert_eq!(facts.department, "企画部情報政策課");
        assert_eq!(facts.fiscal_year, Some(2024));
        assert_eq!(facts.title, "令和6年度 窓口改革の進捗について");
        assert_eq!(facts.issuer, "", "市民 alone names no city");
    }

    #[test]
    fn a_title_may_go_on_in_a_second_line() {
        let facts = read(&content(&[
            (BlockKind::Title, "第２次みどり市行政改革大綱・実施計画"),
            (BlockKind::Paragraph, "令和４年度の取組結果について"),
            (BlockKind::Paragraph, "取組の結果を取りまとめたので報告する。"),
        ]));
        assert_eq!(facts.title, "第2次みどり市行政改革大綱・実施計画 令和4年度の取組結果について");
        assert_eq!(facts.fiscal_year, Some(2022));
    }

    #[test]
    fn a_day_of_the_figures_is_not_the_papers() {
        let of = |lines: &[&str]| {
            let lines: Vec<_> = lines.iter().map(|l| (BlockKind::Paragraph, *l)).collect();
            read(&content(&lines)).date
        };
        assert_eq!(of(&["利用の状況", "令和６年５月31日現在"]), None);
        assert_eq!(
            of(&["令和６年４月１日施行", "みさき町長　浜野　一", "令和６年３月21日提出"]),
            day(2024, 3, 21)
        );
        assert_eq!(of(&["（令和６年11月５日・６日）"]), day(2024, 11, 5));
        assert_eq!(of(&["日時　2024年11月５日（火）10時～12時"]), day(2024, 11, 5));
        assert_eq!(of(&["6.11.20", "令和５年度の実績"]), day(2024, 11, 20));
        assert_eq!(of(&["6.11.20", "沿革"]), None, "nothing says which era");
    }

    fn day(year: i16, month: i8, day: i8) -> Option<Date> {
        Some(jiff::civil::date(year, month, day))
    }

    #[test]
    fn bodies_of_several_municipalities_and_councils_sign() {
        let of = |lines: &[&str]| {
            let lines: Vec<_> = lines.iter().map(|l| (BlockKind::Paragraph, *l)).collect();
            read(&content(&lines)).issuer
        };
        assert_eq!(
            of(&["あおば県後期高齢者医療広域連合", "事務局 総務課"]),
            "あおば県後期高齢者医療広域連合"
        );
        assert_eq!(of(&["資料１", "浜野衛生組合　施設の概況", "組合では、ごみを処理した。"]), "浜野衛生組合");
        assert_eq!(of(&["浜野衛生組合への負担金", "市では、費用を分担した。"]), "");
        assert_eq!(of(&["浜野共済組合　事務局"]), "");
        assert_eq!(of(&["第２回　八王子市地域交通協議会", "バスの利用"]), "八王子市");
        assert_eq!(of(&["令和6年3月19日 浜野市政策経営部財政課"]), "浜野市");
    }

    #[test]
    fn offices_stand_without_body_and_day() {
        let of = |line: &str| read(&content(&[(BlockKind::Paragraph, line)])).department;
        assert_eq!(of("令和６年５月１日　浜野市政策経営部財政課"), "政策経営部財政課");
        assert_eq!(of("東京都建設局"), "建設局");
        assert_eq!(of("なぎさ町総務課情報係"), "総務課情報係");
        assert_eq!(of("都市整備部"), "都市整備部");
        assert_eq!(of("中心市街地課"), "中心市街地課");
    }

    #[test]
    fn committees_are_found_beside_numbers_of_their_papers() {
        let of = |line: &str| read(&content(&[(BlockKind::Paragraph, line)])).committee;
        assert_eq!(of("区民生活・環境委員会資料４"), "区民生活・環境委員会");
        assert_eq!(of("第２回　子ども・子育て会議"), "子ども・子育て会議");
        assert_eq!(of("オンライン会議の利用について"), "");
    }

    #[test]
    fn the_issuer_is_who_the_paper_speaks_as() {
        let facts = read(&content(&[
            (BlockKind::Title, "中野区の行政デジタル化について"),
            (BlockKind::Paragraph, "区民サービスの向上のため、区では手続を見直す。東京都の補助金を用いる。"),
            (
                BlockKind::Paragraph,
                "東京都の事業、東京都の講習会、東京都の相談会を活用する。中野区では対象を広げる。",
            ),
        ]));
        assert_eq!((facts.issuer.as_str(), facts.issuer_code.as_str()), ("中野区", "131148"));
        let other =
            read(&content(&[(BlockKind::Paragraph, "先進事例として、横須賀市などの取組を参考にする。")]));
        assert_eq!(other.issuer, "");
    }

    #[test]
    fn a_prefecture_before_decides_between_namesakes() {
        let facts = read(&content(&[
            (BlockKind::Paragraph, "令和６年６月14日"),
            (BlockKind::Paragraph, "東京都府中市教育委員会 学務課"),
            (BlockKind::Title, "給食施設の更新について"),
        ]));
        assert_eq!((facts.issuer.as_str(), facts.issuer_code.as_str()), ("府中市", "132063"));
    }

    #[test]
    fn names_that_no_list_has_are_given_without_a_code() {
        let of = |lines: &[(BlockKind, &str)]| {
            let facts = read(&content(lines));
            assert_eq!(facts.issuer_code, "");
            facts.issuer
        };
        assert_eq!(of(&[(BlockKind::Paragraph, "青羽ヶ丘市　総務部 管財課")]), "青羽ヶ丘市");
        assert_eq!(of(&[(BlockKind::Paragraph, "水無瀬原町議会　総務委員会資料")]), "水無瀬原町");
        assert_eq!(of(&[(BlockKind::Title, "図書館の利用状況（ゆきみ台市 文化振興課）")]), "ゆきみ台市");
        let titled = [
            (BlockKind::Title, "令和５年度　青羽ヶ丘町特別会計の概要"),
            (BlockKind::Paragraph, "町民の負担を抑え、町では基金を積み増した。"),
        ];
        assert_eq!(of(&titled), "青羽ヶ丘町");
        for none in [
            "都市整備部",
            "地区計画課",
            "中心市街地活性化室",
            "卸売市場課",
            "特別区の制度",
            "市町村合併の記録",
        ] {
            assert_eq!(of(&[(BlockKind::Title, none), (BlockKind::Paragraph, "市民と区民")]), "", "{none}");
        }
    }

    #[test]
    fn when_a_page_was_last_touched_stands_beside_other_words() {
        let facts = read(&content(&[
            (BlockKind::Title, "令和6年4月1日現在の入所待ちの人数"),
            (BlockKind::Paragraph, "ページ番号 1104417 更新日 令和6年5月9日"),
        ]));
        assert_eq!(facts.date, Some(jiff::civil::date(2024, 5, 9)));
        // Without it the title's day tells the year, not the heading of a part.
        let facts = read(&content(&[
            (BlockKind::Title, "令和6年4月1日現在の入所待ちの人数"),
            (BlockKind::Heading, "令和5年度に設けた施設"),
        ]));
        assert_eq!(facts.fiscal_year, Some(2024));
    }

    #[test]
    fn a_session_of_the_assembly_tells_its_month() {
        let of = |line| month(&content(&[(BlockKind::Paragraph, line)]));
        assert_eq!(of("令和6年第3回定例会 行政報告"), Some(jiff::civil::date(2024, 9, 1)));
        assert_eq!(of("令和7年常盤町議会第1回定例会"), Some(jiff::civil::date(2025, 3, 1)));
        assert_eq!(of("令和6年第3回臨時会"), None);
        assert_eq!(of("令和6年第7回定例会"), None);
    }

    #[test]
    fn the_day_of_a_figure_on_a_slide_is_not_the_paper_s() {
        let facts = read(&content(&[
            (BlockKind::Title, "デジタル化の取組状況"),
            (BlockKind::Paragraph, "1,127手続"),
            (BlockKind::Paragraph, "(R6.3月末)"),
        ]));
        assert_eq!(facts.date, None);
    }
}
