//! The page that lists what is recognised, made from the tables and from the grammar itself: every example on it
//! is read when the page is made.

use crate::grammar::{bounds, era::ERAS};
use crate::mention::{MentionKind, TimeContext, annotate};
use crate::{status, units};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Groups of examples; what they mean is read, not written.
const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "Numbers",
        &[
            "１，２３４件",
            "約16億円",
            "1万2千人",
            "十二万人",
            "三千五百名",
            "53.1％",
            "8・3％",
            "３分の２",
            "３割５分",
            "△3.5％",
            "+5,000件",
            "数十件",
            "十数件",
            "20数名",
            "数億円",
            "2、3日",
            "¥12,000",
            "12の施策",
            "職員一名",
        ],
    ),
    (
        "Shares, lengths of several units, what is counted per",
        &[
            "補助率は1/2",
            "国1/2、都1/4",
            "男女の比率は2：1",
            "3対2の割合",
            "1時間30分",
            "1年6か月",
            "半年間",
            "年4回",
            "月に２回",
            "10件/日",
            "1人当たり3回",
            "人口10万人当たり8.2人",
        ],
    ),
    (
        "Bounds and ranges",
        &[
            "1,000件以上",
            "999件以下",
            "50件未満",
            "70%を超えて",
            "15％程度",
            "最大30名",
            "少なくとも3回",
            "100～999件",
            "3～5億円",
            "10件から20件まで",
        ],
    ),
    (
        "Years",
        &[
            "令和5年度",
            "R5",
            "令和元年",
            "令和5(2023)年度",
            "2023(令和5)年度",
            "6(2024)年度",
            "令和8年(2026年)度末",
            "平成三十年",
            "平成31年度(令和元年度)",
            "令6.4.1",
            "2010年代",
            "明治45年",
        ],
    ),
    (
        "Months and days",
        &[
            "令和5年9月29日(金)",
            "R6.10.22",
            "2024/7/16",
            "令和5年7月末時点",
            "令和6年3月上旬",
            "令和５年２月",
        ],
    ),
    (
        "Parts of a year",
        &[
            "R6年度下期",
            "令和6年度第1四半期",
            "令和5年度中",
            "令和6年度当初",
            "令和6年春",
            "令和6年度前期",
            "令和6年4～6月期",
        ],
    ),
    (
        "Ranges and open ends",
        &[
            "令和2年度～6年度",
            "令和4年度から令和7年度まで",
            "令和5・6年度",
            "平成30～令和4年度",
            "2024-25年度",
            "R6.4～R7.3",
            "令和8年1月～3月",
            "令和6年4月1日～10日",
            "令和6年度末までに",
            "令和6年度以降",
            "2023年4月1日～",
        ],
    ),
    (
        "Against a reference (29 September 2023)",
        &[
            "今年度",
            "昨年度",
            "来年度",
            "11月～",
            "5/7・13",
            "2月まで",
            "8月～9月",
            "先週",
            "3日後",
            "半年前",
            "21世紀",
            "毎年度",
            "毎月第2水曜日",
            "隔週",
            "16年度",
            "30年3月",
            "第3四半期",
            "10～12月",
            "年度内",
            "年末まで",
            "令和6年4～9月は前年同期を上回る",
            "午前9時～午後5時",
        ],
    ),
    (
        "No quantities",
        &[
            "別紙１",
            "目標2 窓口",
            "第３条",
            "第2回",
            "※１",
            "WiFi6",
            "5G",
            "IPv4",
            "一人ひとり",
            "03-1234-5678",
            "(単位：千円)",
            "2番目",
            "3年目",
            "令和5年2月30日",
            "100歳体操",
            "Windows 11",
            "10ページ参照",
            "03(1234)5678",
            "令和6年度後期高齢者医療の第2号被保険者",
        ],
    ),
];

/// The page as Markdown (`docs/expressions.md`).
pub fn reference() -> String {
    let mut page = String::from(
        "# What is recognised in Japanese text\n\nMade by `cargo run -p shiryo-ja --no-default-features --example reference`; a test keeps it current.\n",
    );
    for (title, examples) in EXAMPLES {
        let _ = write!(page, "\n## {title}\n\n| text | read as |\n| --- | --- |\n");
        for text in *examples {
            let _ = writeln!(page, "| {text} | {} |", read(text));
        }
    }
    page.push_str("\n## Eras\n\n| era | letter | first year |\n| --- | --- | --- |\n");
    for e in ERAS.iter().rev() {
        let _ = writeln!(page, "| {} | {} | {} |", e.name, e.letter, e.first);
    }
    page.push_str(
        "\nA year without an era (16年度, 30年3月) is one of the era of the text's day, unless that lies more than eight years\n\
         ahead: then it is the Western year (16年度 in 2024 is 2016) or, were that ahead too, one of the era before (30年3月 in\n\
         2024 is March 2018).\n",
    );
    words(&mut page, "Bound words before a number", bounds::BEFORE.iter().map(|(w, b)| (b.as_str(), *w)));
    words(&mut page, "Bound words after a number", bounds::AFTER.iter().map(|(w, b)| (b.as_str(), *w)));
    words(&mut page, "Status words", status::WORDS.iter().map(|(w, s)| (s.as_str(), *w)));
    let listed: Vec<(String, String)> = units::all()
        .map(|u| {
            (
                format!("{:?}", u.kind),
                if u.written == u.canonical {
                    u.written.to_string()
                } else {
                    format!("{} → {}", u.written, u.canonical)
                },
            )
        })
        .collect();
    words(&mut page, "Units and counters", listed.iter().map(|(k, w)| (k.as_str(), w.as_str())));
    bases(&mut page);
    page.push_str(TABLE);
    page
}

/// How the table of the tests came about.
const TABLE: &str = "
## The table of the tests

`crates/shiryo-ja/tests/data` holds sentences of our own and what they say. They were written in three readings, each
before the grammar was changed for it:

| reading | texts | read right at first | traps | sprung at first |
| --- | --- | --- | --- | --- |
| 1, every class of expression | 367 | 319 | 150 | 9 |
| 2, forms of real papers | 154 | 137 | 97 | 6 |
| 3, after the grammar was mended | 100 | 90 | 92 | 2 |

A handful of expectations that were wrong or open to doubt were corrected or left out on the way. All of the table is
read right now, and no trap springs. Known limits: a bare number glued to a noun (賛成25) is taken for a name; 数件 and
数名 are no numbers; a number whose unit stands in another line or in the header has none.
";

/// Units with what may stand before them and what they are told in.
fn bases(page: &mut String) {
    page.push_str("\nA single kanji numeral may stand before: ");
    let mut kanji: Vec<&str> = units::all().filter(|u| u.takes_kanji()).map(|u| u.canonical).collect();
    kanji.dedup();
    page.push_str(&kanji.join(" "));
    page.push_str(".\n\n| unit | is |\n| --- | --- |\n");
    let mut seen = Vec::new();
    for unit in units::all().map(|u| u.canonical) {
        if let Some((base, times)) = units::base(unit).filter(|_| !seen.contains(&unit)) {
            seen.push(unit);
            let _ = writeln!(page, "| {unit} | {} {base} |", times.normalize());
        }
    }
}

/// A table of words by what they say.
fn words<'a>(page: &mut String, title: &str, list: impl Iterator<Item = (&'a str, &'a str)>) {
    let mut by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (what, word) in list {
        let words = by.entry(what).or_default();
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let _ = write!(page, "\n## {title}\n\n| says | words |\n| --- | --- |\n");
    for (what, words) in by {
        let _ = writeln!(page, "| {what} | {} |", words.join(" "));
    }
}

/// What the grammar reads in an example.
fn read(text: &str) -> String {
    let context =
        TimeContext { reference: jiff::civil::Date::new(2023, 9, 29).ok(), ..TimeContext::default() };
    let one = |kind: &MentionKind| match kind {
        MentionKind::Quantity(q) => {
            let upper = q.value_upper.map(|u| format!(" … {u}")).unwrap_or_default();
            let per = if q.per.is_empty() { String::new() } else { format!(" / {}", q.per) };
            format!("{}{upper} {}{per} ({})", q.value, q.unit, q.bound.as_str()).replace("  ", " ")
        }
        MentionKind::Time(t) => {
            let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
            format!("{} … {}", day(t.period.start), day(t.period.end))
        }
    };
    let found: Vec<String> = annotate(text, &context).iter().map(|m| one(&m.kind)).collect();
    if found.is_empty() { "nothing".into() } else { found.join("; ") }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_is_current() {
        let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/expressions.md"))
            .unwrap_or_default();
        assert!(
            page == super::reference(),
            "docs/expressions.md is not current: run the example `reference`"
        );
    }
}
