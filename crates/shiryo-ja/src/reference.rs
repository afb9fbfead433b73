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
            "３分の２",
            "３割５分",
            "△3.5％",
            "+5,000件",
            "数十件",
        ],
    ),
    (
        "Shares, lengths of several units, what is counted per",
        &[
            "補助率は1/2",
            "男女の比率は2：1",
            "1時間30分",
            "1年6か月",
            "半年間",
            "年4回",
            "月に２回",
            "10件/日",
            "1人当たり3回",
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
    ("Parts of a year", &["R6年度下期", "令和6年度第1四半期", "令和5年度中", "令和6年度当初", "令和6年春"]),
    (
        "Ranges and open ends",
        &[
            "令和2年度～6年度",
            "令和4年度から令和7年度まで",
            "令和5・6年度",
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
    page
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
