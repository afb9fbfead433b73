//! Title, issuer, committee, date, fiscal year and department of a document: from its content alone.

use crate::issuer::issuer;
use jiff::civil::Date;
use shiryo_ja::{MentionKind, TimeContext, annotate, find_committees, find_departments};
use shiryo_model::{Block, BlockKind, DocumentContent, DocumentFacts, Granularity, Period};

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
    let date = date(&head);
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

fn title(content: &DocumentContent, head: &[&Block]) -> String {
    let titled = content.blocks.iter().find(|b| b.kind == BlockKind::Title);
    let heading = || head.iter().copied().find(|b| b.kind == BlockKind::Heading);
    let about = || {
        head.iter().copied().find(|b| b.text.text.ends_with("について") && b.text.map.len() <= 2 * HEAD_LINE)
    };
    titled.or_else(about).or_else(heading).map(|b| b.text.text.replace('\n', " ")).unwrap_or_default()
}

fn committee(head: &[&Block]) -> String {
    head.iter()
        .filter(|b| b.text.map.len() <= 2 * HEAD_LINE)
        .find_map(|b| {
            // Standing bodies of the municipality are no committees of its assembly.
            let bodies =
                ["教育委員会", "選挙管理委員会", "農業委員会", "公平委員会", "人事委員会", "公安委員会"];
            let text: String = b.text.text.trim_end_matches("資料").to_owned();
            let chars: Vec<char> = text.chars().collect();
            let name =
                |r: std::ops::Range<usize>| chars.get(r).unwrap_or_default().iter().collect::<String>();
            let named = find_committees(&text).into_iter().map(name);
            let found = named.into_iter().find(|n| !bodies.iter().any(|w| n.ends_with(w)))?;
            // …に関する特別委員会: a line that is nothing but the committee's name gives all of it.
            let whole =
                text.ends_with(&found) && chars.len() <= 36 && !text.contains(['、', '。', ' ', '「']);
            Some(if whole { text } else { found })
        })
        .unwrap_or_default()
}

/// The first day that stands in a line of the head by itself or beside a committee or department.
fn date(head: &[&Block]) -> Option<Date> {
    let lines = || {
        head.iter().filter(|b| {
            // (令和5年5月1日現在) dates the figures below, not the paper.
            let of_figures = ["現在", "時点"].iter().any(|w| b.text.text.contains(w));
            let plain = !matches!(b.kind, BlockKind::ListItem | BlockKind::Note);
            b.text.map.len() <= HEAD_LINE && plain && !of_figures
        })
    };
    let alone = lines().find_map(|b| {
        let (day, rest) = day_in(&b.text.text)?;
        (rest <= 4).then_some(day)
    });
    alone.or_else(|| {
        lines().find_map(|b| {
            let text = &b.text.text;
            let beside = ["資料", "委員会", "会議", "部", "課", "室"].iter().any(|w| text.contains(w));
            day_in(text).filter(|_| beside).map(|d| d.0)
        })
    })
}

/// A day with its year in a text, and how many characters stand beside it.
fn day_in(text: &str) -> Option<(Date, usize)> {
    let context = TimeContext::default();
    // Letter-spaced dates are common in heads (令 和 ６ 年 11 月 ７ 日).
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let length = text.chars().count();
    annotate(&text, &context).into_iter().find_map(|m| match m.kind {
        MentionKind::Time(t) if !t.relative => match t.period {
            Period { start: Some(start), end: Some(end), granularity: Granularity::Day } if start == end => {
                Some((start, length.saturating_sub(m.chars.len())))
            }
            _ => None,
        },
        _ => None,
    })
}

/// The fiscal year in the title; in an undated paper that of its first headings.
fn fiscal_year(title: &str, head: &[&Block], date: Option<Date>) -> Option<i16> {
    let of = |text: &str| {
        annotate(text, &TimeContext::default()).into_iter().find_map(|m| match m.kind {
            MentionKind::Time(t) if t.period.granularity == Granularity::FiscalYear && !t.relative => {
                let start = t.period.start?;
                Some(start.year())
            }
            _ => None,
        })
    };
    let found = of(title);
    if found.is_some() || date.is_some() {
        return found;
    }
    head.iter().filter(|b| b.kind == BlockKind::Heading).take(2).find_map(|b| of(&b.text.text))
}

/// The department that signs: a line of the head that is a department's name and nothing else.
fn department(head: &[&Block]) -> String {
    let mut found = String::new();
    for block in head.iter().filter(|b| b.text.map.len() <= HEAD_LINE) {
        let text: String = block.text.text.chars().filter(|c| !c.is_whitespace()).collect();
        let ranges = find_departments(&text);
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
            found.push_str(&text);
        } else {
            break;
        }
    }
    without_municipality(&found).to_owned()
}

/// 常盤市環境部 → 環境部: the body stands in a column of its own.
fn without_municipality(department: &str) -> &str {
    let cut = department.char_indices().skip(2).take(6).find(|(_, c)| matches!(c, '市' | '区' | '町' | '村'));
    let rest = cut.and_then(|(i, c)| department.get(i + c.len_utf8()..));
    match rest {
        Some(rest) if !find_departments(rest).is_empty() && rest.chars().count() >= 3 => rest,
        _ => department,
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
}
