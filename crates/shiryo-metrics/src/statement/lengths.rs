//! Lengths of time: how long something takes is measured; over how long it goes on, and for how long it is lent, states nothing.

use super::chars::{begins_any, clause_behind, ends_any, string};
use super::sentence::Sentence;
use super::words::{self, names_quantity};
use crate::scope::Scope;
use rust_decimal::Decimal;
use shiryo_ja::units::Kind;
use shiryo_ja::{Mention, Quantity};

/// A length of time that nothing calls a quantity (約2週間で構築). Hours are counted (作業時間, 削減).
pub(super) fn is_duration(s: &Sentence, m: &Mention, q: &Quantity) -> bool {
    match words::kind(&q.unit) {
        Kind::Duration => {}
        // 平均年齢は76.8歳: measured; 65歳以上 is a group.
        Kind::Other => {
            let before = || string(s.chars, m.chars.start.saturating_sub(8)..m.chars.start);
            return q.unit == "歳" && !before().contains("年齢");
        }
        Kind::Ordinal => return true,
        _ => return false,
    }
    let region = s.region(m.chars.start);
    let before = string(s.chars, region.start.max(m.chars.start.saturating_sub(30))..m.chars.start);
    let behind = string(s.chars, m.chars.end..(m.chars.end + 8).min(region.end));
    // …した時間は、元年度が410時間、2年度が930時間で、合計は…: all of the list.
    let told = string(s.chars, region.start..m.chars.start);
    if q.unit == "時間" && ["時間は", "時間数は", "合計は"].iter().any(|w| told.contains(w)) {
        return false;
    }
    let called =
        ["時間が", "時間は", "時間を", "時間:", "日数", "期間が", "時間数", "所要", "効果は", "効果が"]
            .iter()
            .any(|w| before.contains(w));
    let changed = ["削減", "短縮", "の削減", "の短縮", "を削減", "を短縮", "分の業務", "相当"]
        .iter()
        .any(|w| behind.starts_with(w));
    // 年間で3,960時間の職員の作業時間を削減した: the clause says what became of it.
    let clause = string(s.chars, m.chars.end..region.end);
    let clause = clause_behind(&clause);
    let saved = ["削減", "短縮", "縮減", "軽減"].iter().any(|w| clause.contains(w));
    // 平均48分, 延べ5,216時間; 振込までの日数は郵送26日、電子14日.
    let told = string(s.chars, region.start..m.chars.start);
    let measured = !matches!(q.unit.as_str(), "年" | "か月" | "か年")
        && (ends_any(s.chars, m.chars.start, &["平均", "平均で", "平均約", "延べ", "延べ約"]).is_some()
            || ["時間は", "日数は", "期間は", "時間が", "日数が"].iter().any(|w| told.contains(w))
            || q.unit == "日" && told.contains("日程")
            || ["時間", "日数"].iter().any(|w| told.trim_end().ends_with(w)));
    // 削減時間は31,200時間で、前年度(24,800時間)から…: in the bracket as before it.
    let sentence = string(s.chars, 0..m.chars.start);
    let measured = measured || q.unit == "時間" && sentence.contains("時間は");
    // 平均11日(前年度16日): beside one that is told already.
    let bracket = s.paren_of(m.chars.start);
    let beside = |n: &Mention, o: &Quantity| {
        let average = ends_any(s.chars, n.chars.start, &["平均", "平均約", "は", "は約"]).is_some();
        o.unit == q.unit && average && bracket.as_ref().is_some_and(|p| p.start == n.chars.end)
    };
    let measured = measured || s.quantities().any(|(_, n, o)| beside(n, o));
    if measured {
        return false;
    }
    // 年72日, 年間で48日; 令和4年度(36日、延べ820人): days on which something was held.
    let days = q.unit == "日"
        && (ends_any(s.chars, m.chars.start, &["年", "年間", "年間で", "延べ", "計", "全"]).is_some()
            || region.start > 0 && behind.starts_with("、延べ")
            || ends_any(s.chars, m.chars.start, &["日程を", "日数を"]).is_some()
            || behind.starts_with("の日程"));
    // 平均26日を要する, 最大で約90分: what was measured; 9.4分(前年9.1分): so was the year before's.
    let measured =
        ["平均", "平均は", "平均で", "平均約", "最大", "最大で", "最大約", "最大で約", "最長で", "最短で"];
    let beside = s.paren_of(m.chars.start).filter(|p| m.chars.end == p.end).is_some_and(|p| {
        let owner = s.quantities().find(|(_, n, o)| n.chars.end == p.start && o.unit == q.unit);
        owner.is_some_and(|(_, n, o)| !is_duration(s, n, o))
    });
    if days || beside || saved && region.start == 0 || ends_any(s.chars, m.chars.start, &measured).is_some() {
        return false;
    }
    let label = before
        .rsplit(['、', ' ', '('])
        .next()
        .is_some_and(|w| names_quantity(w.trim_end_matches(['約', ':', ' '])));
    let timed = before.ends_with("時間") || before.ends_with("日数") || before.ends_with("期間");
    !(called || changed || timed || label && q.unit == "時間")
}

/// Whether a length of time is measured all the same: it is told with tenths, led from before to after, compared with another that
/// is measured, told for one of something, or as many hours as nothing goes on for.
pub(super) fn is_measured(s: &Sentence, m: &Mention, q: &Quantity, scope: &Scope) -> bool {
    const UNITS: [&str; 4] = ["分", "時間", "日", "秒"];
    const MANY_HOURS: i64 = 100;
    // 半日
    let said = s.chars.get(m.chars.start).is_some_and(|c| *c == '半');
    if said || !matches!(words::kind(&q.unit), Kind::Duration) || !UNITS.contains(&q.unit.as_str()) {
        return is_named_time(s, m, q, scope);
    }
    let behind = string(s.chars, m.chars.end..s.chars.len().min(m.chars.end + 12));
    // 1.5時間の講座, 1日3.5時間以内
    let of_another =
        ["の", "程度の", "コース", "以内", "以上", "未満", "×"].iter().any(|w| behind.starts_with(w));
    let named = |w: &str| ["時間", "日数", "期間"].iter().any(|k| w.ends_with(k));
    if named(&scope.measure_label) && !of_another {
        return true;
    }
    if q.unit == "時間" && q.value >= Decimal::from(MANY_HOURS) {
        return true;
    }
    if !q.value.is_integer() && !of_another {
        return true;
    }
    // 8月に50分であった待ち時間
    if ["であった", "だった"]
        .iter()
        .filter_map(|w| behind.strip_prefix(w))
        .any(|n| ["待ち時間", "所要時間"].iter().any(|w| n.starts_with(w)))
    {
        return true;
    }
    is_named_time(s, m, q, scope) || is_led(s, m, q) || is_beside_measured(s, m, q, &behind)
}

/// A time that stands alone behind a name, where the label or heading above tells how long things take or what was
/// saved (平均手続時間 / 転入 38分 ⇒ 24分; 削減効果 / 文書の作成 6,400時間).
fn is_named_time(s: &Sentence, m: &Mention, q: &Quantity, scope: &Scope) -> bool {
    const LENGTHS: [&str; 6] = ["時間", "時間数", "日数", "期間", "所要", "待ち"];
    const SAVED: [&str; 7] =
        ["削減効果", "縮減効果", "短縮効果", "軽減効果", "導入効果", "削減量", "削減実績"];
    let told = |label: &str| {
        let label = label.split_once('(').map_or(label, |(name, _)| name).trim();
        let ends = |w: &&str| label.ends_with(*w);
        let hours = matches!(q.unit.as_str(), "時間" | "分" | "秒");
        LENGTHS.iter().any(&ends) && q.unit != "年" || hours && SAVED.iter().any(ends)
    };
    let before = string(s.chars, 0..m.chars.start);
    // 削減効果(推計) 年間 約6,300時間: the line itself.
    let own = before.trim_end_matches(['約', ' ']);
    let own = words::FREQUENCIES.iter().find_map(|f| own.strip_suffix(f)).unwrap_or(own).trim_end();
    if !(told(&scope.measure_label) || told(scope.topic()) || told(&scope.heading) || told(own)) {
        return false;
    }
    let behind = string(s.chars, m.chars.end..s.chars.len());
    let named = !["は", "が", "を", "で", "に", "、", "。"].iter().any(|w| before.contains(w));
    let ends = behind.trim_start();
    named
        && (ends.is_empty()
            || ends.starts_with(['→', '⇒', '➡', '⇨', '(', '※'])
            || before.contains(['→', '⇒', '➡', '⇨']))
}

/// 38分 → 21分, 前年の1,086時間から742時間に: whether a length leads to another one or another leads to it.
fn is_led(s: &Sentence, m: &Mention, q: &Quantity) -> bool {
    let pair = |a: &Mention, b: &Mention| {
        let from = s.behind_brackets(a.chars.end);
        let between = string(s.chars, from.min(b.chars.start)..b.chars.start);
        let between = between.trim().trim_end_matches('約');
        let into = ["に", "へ", "と", "まで", "程度に", "程度へ"];
        matches!(between, "→" | "⇒" | "➡" | "⇨")
            || matches!(between, "から" | "から平均")
                && begins_any(s.chars, s.behind_brackets(b.chars.end), &into).is_some()
    };
    s.quantities().any(|(_, n, o)| {
        o.unit == q.unit
            && (n.chars.start >= m.chars.end && pair(m, n) || n.chars.end <= m.chars.start && pair(n, m))
    })
}

/// 目標の12時間に届かず, 前年の同時期(66分), 前年より2分延びた: whether a length is set beside one that is measured.
fn is_beside_measured(s: &Sentence, m: &Mention, q: &Quantity, behind: &str) -> bool {
    const CHANGED: [&str; 8] = ["延び", "伸び", "長く", "短く", "縮ま", "早ま", "早く", "改善"];
    const EARLIER: [&str; 9] =
        ["前年の", "前年度の", "昨年の", "昨年度の", "前回の", "前年同期の", "目標の", "従来の", "導入前の"];
    let lead = string(s.chars, m.chars.start.saturating_sub(12)..m.chars.start);
    let lead = lead.trim_end_matches('約');
    let bracket = s.paren_of(m.chars.start).filter(|p| p.start + 1 == m.chars.start && p.end == m.chars.end);
    let held = bracket
        .is_some_and(|p| ends_any(s.chars, p.start, &["同時期", "同期", "同月", "前年", "前年度"]).is_some());
    let changed = CHANGED.iter().any(|w| behind.starts_with(w))
        && ["より", "から", "比べ", "に比べ"].iter().any(|w| lead.contains(w));
    let earlier = EARLIER.iter().any(|w| lead.ends_with(w));
    (held || changed || earlier)
        && s.quantities().any(|(_, n, o)| {
            n.chars.end <= m.chars.start
                && o.unit == q.unit
                && (!is_duration(s, n, o) || !o.value.is_integer())
        })
}

#[cfg(test)]
mod tests {
    use crate::Scope;
    use crate::statement::tests::{rows, under};

    fn lengths(scope: &Scope, words: &str) -> Vec<String> {
        let column = |row: &String| row.split(" | ").nth(2).unwrap_or_default().to_owned();
        rows(scope, words).iter().map(column).collect()
    }

    #[test]
    fn lengths_that_were_measured_are_told() {
        let told =
            |words: &str, expected: &[&str]| assert_eq!(lengths(&under("窓口"), words), expected, "{words}");
        told("転居届 34分 → 19分", &["34 分", "19 分"]);
        told("係の残業は、前年の1,240時間から860時間に減少した。", &["1240 時間", "860 時間"]);
        told("会議録の作成 2,800時間", &["2800 時間"]);
        told("職員１人１月当たり1.8時間", &["1.8 時間"]);
        told("平均待ち時間は41分で、前年の同時期（58分）から短縮した。", &["41 分", "58 分"]);
        told("職員の残業は月平均11.4時間で、目標の10.0時間に届かなかった。", &["11.4 時間", "10 時間"]);
        told("現場までは8.7分で、前年より0.6分延びた。", &["8.7 分", "0.6 分"]);
        let label = Scope { measure_label: "１件当たりの手続時間".into(), ..under("窓口") };
        assert_eq!(lengths(&label, "住所の変更 25分"), ["25 分"]);
    }

    #[test]
    fn how_long_something_goes_on_is_not() {
        for words in
            ["１回2.5時間の講座を開いた。", "調査は約3週間で終えた。", "24時間受け付ける。", "半日かかる。"]
        {
            assert!(lengths(&under("講座"), words).is_empty(), "{words}");
        }
    }
}
