//! Versions set side by side.

use super::*;
use jiff::civil::date;

/// Subject, version, value and status of each row, for a paper of autumn 2024.
fn versions(t: &Table) -> Vec<String> {
    let observer = crate::Observer::new(None).expect("an observer");
    let mut scope = Scope { title: "情報化計画の変更".into(), ..Scope::default() };
    scope.time.reference = Some(date(2024, 11, 20));
    let told = |o: &shiryo_model::Observation| {
        let version = o.dimensions.get("version").map_or("", String::as_str);
        format!("{}|{version}|{}{}|{}", o.subject, o.value, o.unit, o.status.as_str())
    };
    read(t, &scope, observer.tools()).iter().map(told).collect()
}

#[test]
fn columns_of_versions_are_no_subjects() {
    let t = table("", 1, 1, &["項目|改正前|改正後", "対象手続数|12手続|26手続"]);
    assert_eq!(versions(&t), ["対象手続数|改正前|12手続|actual", "対象手続数|改正後|26手続|actual"]);
}

#[test]
fn what_is_changed_of_a_year_that_goes_on_is_planned() {
    let t = table(
        "新旧対照表",
        2,
        1,
        &[
            "取組|変更前|<|変更後|<",
            "^|令和6年度|令和7年度|令和6年度|令和7年度",
            "講座の開催回数|4回|5回|6回|8回",
        ],
    );
    let subject = "情報化計画の変更 / 講座の開催回数";
    let row = |version: &str, value: &str| format!("{subject}|{version}|{value}|plan");
    assert_eq!(
        versions(&t),
        [row("変更前", "4回"), row("変更前", "5回"), row("変更後", "6回"), row("変更後", "8回")]
    );
}

#[test]
fn short_names_are_versions_beside_each_other_alone() {
    let beside = table("受付件数", 1, 1, &["項目|誤|正", "窓口の受付件数|180件|108件"]);
    let told = versions(&beside);
    assert!(told[0].contains("|誤|180件") && told[1].contains("|正|108件"), "{told:?}");
    let alone = table("登録台数", 1, 1, &["区分|新|中古", "登録台数|18台|10台"]);
    assert!(versions(&alone).iter().all(|l| l.contains("||")), "{:?}", versions(&alone));
}

#[test]
fn brackets_within_a_caption_stay_whole() {
    let t = table("【窓口「総合案内」】", 1, 1, &["項目|改正前|改正後", "受付件数|12件|26件"]);
    assert!(versions(&t)[0].starts_with("窓口「総合案内」 / "), "{:?}", versions(&t));
}

#[test]
fn what_a_draft_changes_is_planned() {
    let t = table(
        "利用料の額",
        1,
        1,
        &["室|現行|改定案|改定率", "大ホール|6,200円|8,500円|37.1%", "会議室|400円|550円|37.5%"],
    );
    let got = lines(&t);
    let status: Vec<&str> = got.iter().filter_map(|r| r.split('|').nth(3)).collect();
    assert_eq!(status, ["actual", "plan", "plan", "actual", "plan", "plan"], "{got:?}");
}

#[test]
fn the_running_text_of_a_form_is_no_name_of_the_years_below() {
    let t = table(
        "相談窓口の拡充",
        4,
        1,
        &[
            "相談窓口の拡充|<|地域振興課",
            "夜間にも応じる窓口を増やします。令和９年度末の目標を12か所から15か所に改めました。|<|<",
            "年度|7年度|8年度",
            "窓口数|11か所|13か所",
            "事業費(千円)|2,100|2,300",
        ],
    );
    let observer = crate::Observer::new(None).expect("an observer");
    let scope = Scope {
        title: "窓口改革の計画".into(),
        dimensions: [("version".to_owned(), "改定案".to_owned())].into(),
        ..Scope::default()
    };
    let rows = read(&t, &scope, observer.tools());
    let years: Vec<_> = rows.iter().filter(|o| !o.rule.contains("text")).collect();
    assert_eq!(years.len(), 4, "{rows:#?}");
    // The paper tells no date, but drafts are of what is to come.
    assert!(years.iter().all(|o| o.status == shiryo_model::Status::Plan), "{years:#?}");
    assert!(years.iter().all(|o| !o.subject.contains("増やします")), "{years:#?}");
}
