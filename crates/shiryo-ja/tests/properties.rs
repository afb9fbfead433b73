//! Properties of the grammar: what is written reads back, and no input is too strange.

use proptest::prelude::*;
use rust_decimal::Decimal;
use shiryo_ja::grammar::era::ERAS;
use shiryo_ja::{
    MentionKind, TimeContext, annotate, annotate_line, compose, find_municipalities, parse_cell_number,
    sentences, unit_of_header,
};
use shiryo_model::SourceLine;

/// The only quantity of a text.
fn quantity(text: &str) -> Option<(Decimal, String)> {
    match annotate(text, &TimeContext::default()).as_slice() {
        [m] => match &m.kind {
            MentionKind::Quantity(q) => Some((q.value, q.unit.clone())),
            MentionKind::Time(_) => None,
        },
        _ => None,
    }
}

fn full_width(s: &str) -> String {
    s.chars()
        .map(|c| char::from_u32(u32::from(c) + 0xFEE0).filter(|_| c.is_ascii_graphic()).unwrap_or(c))
        .collect()
}

fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(d);
    }
    out
}

/// Kanji numerals below 10^16 (三百二十億五千).
fn kanji(n: u64) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let small = |n: u64| {
        let mut out = String::new();
        for (scale, word) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let d = (n / scale % 10) as usize;
            if d > 0 {
                out.push_str(if d == 1 && scale > 1 { "" } else { DIGITS[d] });
                out.push_str(word);
            }
        }
        out
    };
    let mut out = String::new();
    for (scale, word) in [(1_000_000_000_000, "兆"), (100_000_000, "億"), (10_000, "万"), (1, "")] {
        let part = n / scale % 10_000;
        if part > 0 {
            // 千万 is written 一千万 before a scale word.
            if (1000..2000).contains(&part) && scale > 1 {
                out.push('一');
            }
            out.push_str(&small(part));
            out.push_str(word);
        }
    }
    out
}

/// 1億2,345万6,789
fn mixed(n: u64) -> String {
    let mut out = String::new();
    for (scale, word) in [(1_000_000_000_000, "兆"), (100_000_000, "億"), (10_000, "万"), (1, "")] {
        let part = n / scale % 10_000;
        if part > 0 {
            out.push_str(&grouped(part));
            out.push_str(word);
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn numbers_read_back(n in 1u64..999_999_999_999) {
        let want = Some((Decimal::from(n), "件".to_string()));
        for style in [n.to_string(), grouped(n), full_width(&grouped(n)), kanji(n), mixed(n), full_width(&mixed(n))] {
            prop_assert_eq!(&quantity(&format!("申請は{style}件である")), &want, "{}", style);
        }
    }

    #[test]
    fn decimals_read_back(n in -99_999_999i64..99_999_999, scale in 0u32..4) {
        let d = Decimal::new(n.abs(), scale);
        prop_assert_eq!(quantity(&format!("率は{d}％")), Some((d.normalize(), "%".into())));
        let signed = format!("△{d}");
        prop_assert_eq!(parse_cell_number(&signed).map(|q| q.value), Some(-d.normalize()));
    }

    #[test]
    fn no_input_panics(text in "\\PC*") {
        walk(&text)?;
    }

    #[test]
    fn no_japanese_panics(parts in prop::collection::vec(prop::sample::select(vec![
        "令和", "5", "年", "度", "12", "月", "31", "日", "～", "から", "まで", "(", ")", "2023", "R", ".", "/", "億", "千", "十", "数", "分の", "割", "件", "以上", "約", "△", "-",
        "第", "四半期", "上期", "末", "翌年", "今年度", "同月", "、", "。", " ", "\t", "\n", "・", "%", "未定", "予定", "一", "〇", "人", "当たり", "東京都", "区", "ﾞ", "毎", "週", "曜日", "半", "世紀", "前", "後", "紀元前", "に", "時間", "回", "割合", ":", "上", "年内", "年末", "代", "数", "同月", "前年同期", "前年同月", "隔週", "つ", "n=", "¥", "±", "対", "曜", "土", "正午", "下旬", "元年", "2、3", "施策", "正", "銭", "<", ">", "９９９９９９９９９９９９９９９９９９",
    ]), 0..30)) {
        walk(&parts.concat())?;
    }
}

/// Every fiscal year from Meiji to 2100, in every era that can name it and every way it is written.
#[test]
fn every_fiscal_year_reads_back() {
    let periods = |text: &str| -> Vec<_> {
        let times = annotate(text, &TimeContext::default());
        let period = |m: shiryo_ja::Mention| match m.kind {
            MentionKind::Time(t) => Some((t.period.start, t.period.end)),
            MentionKind::Quantity(_) => None,
        };
        times.into_iter().map(period).collect::<Option<Vec<_>>>().unwrap_or_default()
    };
    for year in 1868..=2100i16 {
        let days = (Some(jiff::civil::date(year, 4, 1)), Some(jiff::civil::date(year + 1, 3, 31)));
        let mut texts =
            vec![format!("{year}年度"), full_width(&format!("{year}年度")), format!("西暦{year}年度")];
        for era in ERAS.iter().filter(|e| (e.first..e.first + 99).contains(&year)) {
            let n = year - era.first + 1;
            let number = u64::try_from(n).map(kanji).unwrap_or_default();
            texts.extend([
                format!("{}{n}年度", era.name),
                format!("{}{number}年度", era.name),
                format!("{}{}年度", era.name, full_width(&n.to_string())),
                format!("{}{n}({year})年度", era.name),
                format!("{}{n}年度({year}年度)", era.name),
                format!("{year}({}{n})年度", era.name),
                format!("{n}({year})年度"),
                format!("{}{n}年度", era.letter),
                format!("{}{n}年度", era.short),
            ]);
            if n == 1 {
                texts.push(format!("{}元年度", era.name));
            }
        }
        for text in texts {
            assert_eq!(periods(&text), [days], "{text}");
        }
    }
}

/// Every entry of the crate on any text; ranges lie in it and do not overlap.
fn walk(text: &str) -> Result<(), TestCaseError> {
    let length = text.chars().count();
    let mut end = 0;
    let context = TimeContext { reference: Some(jiff::civil::date(2024, 2, 29)), ..TimeContext::default() };
    for m in annotate(text, &context) {
        prop_assert!(
            m.chars.start >= end && m.chars.end <= length && m.chars.start < m.chars.end,
            "{:?} {:?}",
            text,
            m
        );
        end = m.chars.end;
        if let MentionKind::Time(t) = &m.kind
            && let (Some(a), Some(b)) = (t.period.start, t.period.end)
        {
            prop_assert!(a <= b, "{:?} {:?}", text, m);
        }
    }
    for line in text.lines() {
        annotate_line(1, line, &TimeContext::default());
        parse_cell_number(line);
        unit_of_header(line);
    }
    find_municipalities(text);
    shiryo_ja::find_departments(text);
    shiryo_ja::status_words(text);
    for r in sentences(text) {
        prop_assert!(r.end <= length && r.start < r.end);
    }
    compose(text.lines().map(|l| SourceLine { text: l.into(), ..Default::default() }).collect());
    Ok(())
}

/// Long inputs of the kinds that tempt a grammar to look back or ahead too far: time must grow with length.
#[test]
fn long_input_takes_linear_time() {
    let pieces = [
        "1,",
        "1 ",
        "9",
        "一",
        "千",
        "1.",
        "令和",
        "R5",
        "(",
        "「",
        "未定",
        "2～",
        "1 1 年 ",
        "あ 1 ",
        "5月",
        "約",
        "a",
        "課",
        "市",
        "1/",
        "、1日",
        "令和5年度・",
        "件 ",
        "納 税  課   ",
        "1時間",
        "1年1か月",
        "毎月第",
        "2:1の",
        "第3",
        "第1・",
        "毎月第1・",
        "数",
        "十数",
        "2、3",
        "10～",
        "2024-",
        "R5-",
        "R5-R6-",
        "前年同期",
        "国1/",
        "12の",
        "月・",
        "1人1人",
        "03(1)",
        "n=1",
        "<a",
        "未定",
        "該当",
    ];
    for piece in pieces {
        let text = piece.repeat(200_000 / piece.len());
        let start = std::time::Instant::now();
        annotate_line(1, &text, &TimeContext::default());
        find_municipalities(&text);
        shiryo_ja::find_departments(&text);
        sentences(&text);
        compose(vec![SourceLine { text, ..Default::default() }]);
        assert!(start.elapsed().as_secs() < 20, "{piece}: {:?}", start.elapsed());
    }
}
