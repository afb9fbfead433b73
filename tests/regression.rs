//! `check` and `diff`: what changed is found, and named.

// Helpers of tests, too, may stop at the first surprise.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use calamine::{Data, DataType as _, Reader as _, Xlsx, open_workbook};
use common::{PAPER, extract, fixture, shiryo};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A paper, its expected output, a change in the paper: named, and gone after `--update`.
#[test]
fn check_names_what_changed() {
    let dir = tempfile::tempdir().expect("a folder");
    let (papers, junit) = (dir.path().join("papers"), dir.path().join("junit.xml"));
    fs::create_dir(&papers).expect("created");
    let file = papers.join("資料.txt");
    fs::write(&file, PAPER).expect("written");
    let check = |more: &[&str]| {
        let mut args = vec![Path::new("check"), &papers];
        args.extend(more.iter().map(Path::new));
        shiryo(args)
    };
    assert_eq!(check(&[]).code, 1, "there is no expected output yet");
    assert_eq!(check(&["--update"]).code, 0);
    assert_eq!(check(&[]).code, 0);
    fs::write(&file, PAPER.replace("12,345件", "12,346件").replace("4,560件", "4,561件")).expect("written");
    let ran = check(&["--junit", &junit.to_string_lossy()]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("value: 「12345」 → 「12346」"), "{}", ran.stdout);
    assert!(ran.stdout.contains("「4,560件」 → 「4,561件」"), "{}", ran.stdout);
    assert!(fs::read_to_string(&junit).expect("written").contains("failures=\"1\""));
    assert_eq!(check(&["--update"]).code, 0);
    assert_eq!(check(&[]).code, 0);
    // Expected outputs are no papers.
    let out = dir.path().join("out");
    assert_eq!(extract(&[&papers], &out, &[]).code, 0);
    assert_eq!(shiryo_dataset::read(&out).expect("reads back").documents.len(), 1);
}

/// A paper with a table that has merged cells, prose with a plan, and right answers beside it.
const TABLE: &str = "<html><body><h1>窓口の利用状況について</h1><p>令和６年６月14日</p>\
<p>令和５年度の相談件数は、280件であった。</p><p>令和６年度は、300件の相談を予定している。</p>\
<table><tr><th rowspan=2>区分</th><th colspan=2>申請件数</th></tr><tr><th>令和４年度実績</th><th>令和５年度実績</th></tr>\
<tr><td>窓口申請</td><td>1,200件</td><td>980件</td></tr><tr><td>電子申請</td><td>3,400件</td><td>4,560件</td></tr>\
<tr><td>郵送申請</td><td>310件</td><td>275件</td></tr><tr><td>代理申請</td><td>45件</td><td>38件</td></tr></table></body></html>";

/// Checks the paper after `change`; gives what was said.
fn after(change: impl Fn(&str) -> String, more: &[&str]) -> common::Ran {
    let dir = tempfile::tempdir().expect("a folder");
    let paper = dir.path().join("資料.html");
    fs::write(&paper, TABLE).expect("written");
    assert_eq!(shiryo([Path::new("check"), dir.path(), Path::new("--update")]).code, 0);
    fs::write(&paper, change(TABLE)).expect("written");
    let mut args = vec![Path::new("check"), dir.path()];
    args.extend(more.iter().map(Path::new));
    shiryo(args)
}

/// One digit, one status, one merged cell, one lost row of the paper: each is found and named, and no other row is.
#[test]
fn check_names_each_seeded_change() {
    let unchanged = after(str::to_owned, &[]);
    assert_eq!(unchanged.code, 0, "{}", unchanged.stdout);

    let digit = after(|t| t.replace("4,560件", "4,580件"), &[]);
    assert_eq!(digit.code, 1);
    assert!(digit.stdout.contains("table 1: row 3, column 2: 「4,560件」 → 「4,580件」"), "{}", digit.stdout);
    assert!(digit.stdout.contains("value: 「4560」 → 「4580」"), "{}", digit.stdout);
    assert!(!digit.stdout.contains("郵送申請"), "{}", digit.stdout);

    let status = after(|t| t.replace("300件の相談を予定して", "300件の相談を実施して"), &[]);
    assert_eq!(status.code, 1);
    assert!(status.stdout.contains("status: 「plan」 → 「actual」"), "{}", status.stdout);

    let merged = after(|t| t.replace("<th colspan=2>申請件数</th>", "<th>申請件数</th><th></th>"), &[]);
    assert_eq!(merged.code, 1);
    assert!(merged.stdout.contains("row 0, column 1 「申請件数」: covers 1×2 → 1×1"), "{}", merged.stdout);

    let row = "<tr><td>電子申請</td><td>3,400件</td><td>4,560件</td></tr>";
    let lost = after(|t| t.replace(row, ""), &[]);
    assert_eq!(lost.code, 1);
    assert!(
        lost.stdout.contains("table 1: row 3: gone: 「電子申請 | 3,400件 | 4,560件」"),
        "{}",
        lost.stdout
    );
    assert_eq!(lost.stdout.matches("observation: gone: 電子申請").count(), 2, "{}", lost.stdout);
    assert!(!lost.stdout.contains("value:"), "{}", lost.stdout);
}

#[test]
fn tolerance_is_none_unless_asked_for() {
    let near = |t: &str| t.replace("4,560件", "4,561件");
    assert_eq!(after(near, &[]).code, 1);
    assert_eq!(after(near, &["--tolerance", "0.0001"]).code, 1);
    let forgiven = after(near, &["--tolerance", "0.001"]);
    assert_eq!(forgiven.code, 0, "{}", forgiven.stdout);
    assert_eq!(after(near, &["--tolerance", "1"]).code, 2);
}

/// Right answers beside a paper are no paper, and what the paper gives is scored against them.
#[test]
fn papers_are_scored_against_right_answers() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("資料.html"), TABLE).expect("written");
    let gold = concat!(
        r#"{"subject":"相談","value":280,"unit":"件","status":"actual","period_start":"2023-04-01","period_end":"2024-03-31"}"#,
        "\n",
        r#"{"subject":"相談","value":301,"unit":"件","status":"plan","period_start":"2024-04-01","period_end":"2025-03-31"}"#,
        "\n"
    );
    fs::write(dir.path().join("資料.html.gold.jsonl"), gold).expect("written");
    let junit = dir.path().join("junit.xml");
    let ran = shiryo([Path::new("check"), dir.path(), Path::new("--update"), Path::new("--junit"), &junit]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("資料.html: gold 2, found 10; value P 0.100 R 0.500"), "{}", ran.stdout);
    assert!(ran.stdout.contains("1 papers"), "{}", ran.stdout);
    assert!(fs::read_to_string(junit).expect("written").contains("<system-out>gold 2"));
}

#[test]
fn diff_matches_by_meaning() {
    let dir = tempfile::tempdir().expect("a folder");
    let made = |name: &str, paper: &str| {
        let (file, out) = (dir.path().join(format!("{name}.txt")), dir.path().join(name));
        fs::write(&file, paper).expect("written");
        assert_eq!(extract(&[&file], &out, &[]).code, 0);
        out
    };
    let moved = format!(
        "{}
２　その他
詳細は別紙のとおり。
",
        PAPER.replace("12,345件", "13,000件")
    );
    let (old, new) = (made("old", PAPER), made("new", &moved));
    let ran = shiryo([Path::new("diff"), &old, &new]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("value: 12345 → 13000"), "{}", ran.stdout);
    assert!(ran.stdout.contains("1 changed, 0 added, 0 gone"), "{}", ran.stdout);
    let json = shiryo([Path::new("diff"), &old, &new, Path::new("--format"), Path::new("json")]);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["counts"], serde_json::json!({ "changed": 1, "added": 0, "gone": 0 }));
    let csv = shiryo([Path::new("diff"), &old, &new, Path::new("--format"), Path::new("csv")]).stdout;
    let row: BTreeMap<String, String> =
        csv::Reader::from_reader(csv.as_bytes()).deserialize().next().expect("a row").expect("CSV");
    let told = ["kind", "field", "was", "is", "difference", "old_evidence", "new_evidence"].map(|c| &*row[c]);
    assert_eq!(told, ["changed", "value", "12345", "13000", "655", "12,345件", "13,000件"]);
}

/// The rows of the sheet 変更点, by column name.
fn sheet_rows(path: &Path) -> Vec<BTreeMap<String, Data>> {
    let mut book: Xlsx<_> = open_workbook(path).expect("the workbook opens");
    let sheet = book.worksheet_range("変更点").expect("the sheet is there");
    let mut rows = sheet.rows();
    let columns: Vec<String> = rows.next().expect("a header").iter().map(ToString::to_string).collect();
    rows.map(|row| columns.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

/// Last year's report against this year's, both in one dataset, as a workbook: the plan came true with another figure.
#[test]
fn two_papers_of_one_dataset_as_a_workbook() {
    let dir = tempfile::tempdir().expect("a folder");
    let (papers, out) = (dir.path().join("papers"), dir.path().join("out"));
    fs::create_dir(&papers).expect("created");
    let paper = |date: &str, body: &str| {
        format!("{date}\n区民生活委員会資料\n\n相談窓口について\n\n１　相談\n{body}\n")
    };
    let last = paper(
        "令和６年６月14日",
        "令和６年度の相談件数は、300件の見込みである。\n令和５年度の相談件数は、280件であった。",
    );
    let this = paper(
        "令和７年６月13日",
        "令和６年度の相談件数は、312件であった。\n令和５年度の相談件数は、280件であった。",
    );
    fs::write(papers.join("令和５年度報告.txt"), last).expect("written");
    fs::write(papers.join("令和６年度報告.txt"), this).expect("written");
    assert_eq!(extract(&[&papers], &out, &["--format", "json"]).code, 0);
    let book = dir.path().join("変更点.xlsx");
    let ran = shiryo([
        Path::new("diff"),
        &out,
        Path::new("--sources"),
        Path::new("令和５年度報告.txt"),
        Path::new("令和６年度報告.txt"),
        Path::new("-o"),
        &book,
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let rows = sheet_rows(&book);
    let told: Vec<_> =
        rows.iter().map(|r| (r["field"].to_string(), r["was"].clone(), r["is"].clone())).collect();
    assert_eq!(
        told,
        [
            ("value".to_owned(), Data::Float(300.0), Data::Float(312.0)),
            ("status".to_owned(), Data::String("forecast".into()), Data::String("actual".into())),
        ]
    );
    assert_eq!(
        (&rows[0]["difference"], &rows[0]["kind"]),
        (&Data::Float(12.0), &Data::String("changed".into()))
    );
    assert!(rows[0]["period_start"].is_datetime(), "{:?}", rows[0]["period_start"]);
}

/// 現行 and 修正案 set side by side in one paper.
#[test]
fn two_versions_within_a_paper() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let ran = extract(&[&fixture("text/midorino-2025-plan.txt")], &out, &["--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let versions = |old: &str, new: &str| {
        shiryo([Path::new("diff"), &out, Path::new("--versions"), Path::new(old), Path::new(new)])
    };
    let ran = versions("現行", "修正案");
    assert!(ran.stdout.contains("value: 120 → 160"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("version"), "{}", ran.stdout);
    let unknown = versions("現行", "第二案");
    assert_eq!(unknown.code, 1);
    assert!(unknown.stderr.contains("現行") && unknown.stderr.contains("修正案"), "{}", unknown.stderr);
}
