//! Times in labels.

use super::*;

fn ends(period: Option<Period>) -> (String, String) {
    let period = period.expect("a period");
    (period.start.expect("start").to_string(), period.end.expect("end").to_string())
}

#[test]
fn bare_years() {
    let context = TimeContext { reference: Some(date(2024, 11, 1)), ..TimeContext::default() };
    for (label, start) in
        [("R4", "2022-04-01"), ("令和元年度", "2019-04-01"), ("5年度", "2023-04-01"), ("H30", "2018-04-01")]
    {
        assert_eq!(ends(read(label, &context).period).0, start, "{label}");
    }
    assert_eq!(ends(read("2019", &context).period).0, "2019-01-01");
    assert_eq!(ends(read("H.30", &context).period).0, "2018-04-01");
    assert_eq!(ends(read("R6.4", &context).period).1, "2024-04-30");
    assert_eq!(read("40年", &context).period, None, "no such year near the paper's");
}

#[test]
fn what_is_compared_with_is_no_time() {
    let context = TimeContext { reference: Some(date(2024, 8, 1)), ..TimeContext::default() };
    for label in ["前年度比", "対前年度増減", "前年同月比"] {
        assert_eq!(read(label, &context).period, None, "{label}");
    }
    assert!(read("前年度", &context).period.is_some());
}

#[test]
fn budgets_as_first_passed() {
    let context = TimeContext { reference: Some(date(2025, 2, 1)), ..TimeContext::default() };
    for (label, stem) in [("R7当初", "当初"), ("令和7年度当初予算額", "当初予算額")] {
        let when = read(label, &context);
        assert_eq!(when.stem, stem);
        assert_eq!(ends(when.period), ("2025-04-01".to_owned(), "2026-03-31".to_owned()), "{label}");
    }
    assert_eq!(ends(read("令和5年度当初現在", &context).period).1, "2023-04-01");
}

#[test]
fn numbers_continue_years() {
    assert_eq!(continued("令和3年", "4年").as_deref(), Some("令和4年"));
    assert_eq!(continued("R元年度", "2").as_deref(), Some("R2年度"));
    assert_eq!(continued("平成9年", "20年").as_deref(), Some("平成20年"));
    assert_eq!(continued("平成30年", "40年"), None, "no such year");
    assert_eq!(continued("令和3年", "38"), None);
    assert_eq!(continued("令和3年", "4年度"), None);
    assert!(begins_years("平成30年度") && begins_years("2019年") && !begins_years("30"));
    assert!(day_without_year("(4月1日現在)").is_some());
    assert_eq!(day_without_year("(令和6年4月1日現在)"), None);
}

#[test]
fn a_day_of_every_year() {
    let day = |words: &str, year: &Period| {
        let each = each_year(words)?;
        Some(ends(each.in_year(year)).0)
    };
    let fiscal = fiscal_year(2023).expect("a year");
    let calendar = calendar_year(2023).expect("a year");
    assert_eq!(day("(各年4月1日現在)", &fiscal).as_deref(), Some("2023-04-01"));
    assert_eq!(day("各年10月1日現在", &calendar).as_deref(), Some("2023-10-01"));
    assert_eq!(day("各年度末現在", &fiscal).as_deref(), Some("2024-03-31"));
    assert_eq!(day("各年度3月31日現在", &fiscal).as_deref(), Some("2024-03-31"));
    assert_eq!(day("各年12月末", &calendar).as_deref(), Some("2023-12-31"));
    assert!(each_year("各年の内訳").is_none() && each_year("各年度の2月30日").is_some());
    assert_eq!(each_year("各年13月1日"), None);
}

#[test]
fn months_go_on_from_one_another() {
    assert_eq!(continued("令和5年9月", "10月").as_deref(), Some("令和5年10月"));
    assert_eq!(continued("令和5年12月", "1月").as_deref(), Some("令和6年1月"));
    assert_eq!(continued("2023年12月", "1月").as_deref(), Some("2024年1月"));
    assert_eq!(continued("R6.10月", "11月").as_deref(), Some("R6年11月"));
    assert_eq!(
        read("R6年11月", &TimeContext::default()).period,
        read("令和6年11月", &TimeContext::default()).period
    );
    assert_eq!(continued("令和5年9月", "12月"), None);
    assert!(begins_years("令和5年9月") && !begins_years("9月"));
}

#[test]
fn months_of_spans() {
    let span = Period {
        start: jiff::civil::Date::new(2023, 9, 4).ok(),
        end: jiff::civil::Date::new(2024, 1, 31).ok(),
        granularity: Granularity::Range,
    };
    let day = |part| within(&span, part).map(|p| ends(Some(p)));
    let of = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
    assert_eq!(day(Part::Month(9)), of("2023-09-01", "2023-09-30"));
    assert_eq!(day(Part::Month(1)), of("2024-01-01", "2024-01-31"));
    assert_eq!(day(Part::MonthEnd(12)), of("2023-12-31", "2023-12-31"));
    assert_eq!(day(Part::Month(4)), None);
    assert_eq!(day(Part::Half(1)), None);
}

#[test]
fn brackets_narrow_a_year() {
    for (label, start, end, stem) in [
        ("令和4年度(10月~3月)", "2022-10-01", "2023-03-31", ""),
        ("令和6年度(12月末現在)", "2024-12-31", "2024-12-31", ""),
        ("R6年度(9月末まで)", "2024-04-01", "2024-09-30", ""),
        ("R6年度(9月末実績)", "2024-04-01", "2024-09-30", "(実績)"),
        ("令和5年度(上半期)実績", "2023-04-01", "2023-09-30", "実績"),
        ("令和5年(1~6月)", "2023-01-01", "2023-06-30", ""),
        ("令和5年度(見込み)", "2023-04-01", "2024-03-31", "(見込み)"),
    ] {
        let when = read(label, &TimeContext::default());
        assert_eq!(ends(when.period), (start.to_owned(), end.to_owned()), "{label}");
        assert_eq!(when.stem, stem, "{label}");
    }
}

#[test]
fn parts_of_years() {
    let year = fiscal_year(2022).expect("a year");
    for (label, start, end) in [
        ("4月", "2022-04-01", "2022-04-30"),
        ("2月", "2023-02-01", "2023-02-28"),
        ("3月末", "2023-03-31", "2023-03-31"),
        ("上期", "2022-04-01", "2022-09-30"),
        ("下半期", "2022-10-01", "2023-03-31"),
        ("第4四半期", "2023-01-01", "2023-03-31"),
        ("2Q", "2022-07-01", "2022-09-30"),
    ] {
        let part = read(label, &TimeContext::default()).part.expect(label);
        assert_eq!(ends(within(&year, part)), (start.to_owned(), end.to_owned()), "{label}");
    }
    assert_eq!(read("13月", &TimeContext::default()).part, None);
    assert_eq!(read("第2期", &TimeContext::default()).part, None);
}

#[test]
fn parts_of_a_year_in_brackets_behind_it() {
    let context = TimeContext { reference: Some(date(2025, 2, 1)), ..TimeContext::default() };
    for (label, start, end) in [
        ("令和4年度(10月～3月)", "2022-10-01", "2023-03-31"),
        ("令和6年度(上半期)", "2024-04-01", "2024-09-30"),
        ("R6(12月まで)", "2024-04-01", "2024-12-31"),
        ("令和5年度(9月末時点)", "2023-09-30", "2023-09-30"),
        ("令和6年度(2025.1.31現在)", "2025-01-31", "2025-01-31"),
        ("令和5年(4月まで)", "2023-01-01", "2023-04-30"),
        ("(R6.4~12)", "2024-04-01", "2024-12-31"),
        ("令和6年10月・11月", "2024-10-01", "2024-11-30"),
        ("令和5年度(令和4年度)", "2023-04-01", "2024-03-31"),
    ] {
        let when = read(label, &context);
        assert_eq!(when.stem, "", "{label}");
        assert_eq!(ends(when.period), (start.to_owned(), end.to_owned()), "{label}");
    }
}

#[test]
fn months_continue_months_with_a_year() {
    for (before, label, whole) in [
        ("令和5年9月", "10月", Some("令和5年10月")),
        ("令和5年12月", "1月", Some("令和6年1月")),
        ("R5.11", "12月", Some("R5年12月")),
        ("2023年3月", "4月", Some("2023年4月")),
        ("令和5年", "4月", None),
        ("4月", "5月", None),
    ] {
        assert_eq!(month_continued(before, label).as_deref(), whole, "{before} {label}");
    }
}
