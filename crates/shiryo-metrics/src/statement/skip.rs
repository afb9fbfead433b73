//! Numbers that state nothing: names, thresholds that define a group, durations, numbers of numbers.

use super::chars::{begins, begins_any, ends_any, is_kanji, is_katakana, string};
use super::lengths;
use super::sentence::Sentence;
use super::words::{self, names_quantity};
use crate::scope::Scope;
use rust_decimal::Decimal;
use shiryo_ja::units::Kind;
use shiryo_ja::{Mention, Quantity};
use shiryo_model::Bound;

/// Whether the quantity is no observation.
pub(super) fn skip(s: &Sentence, m: &Mention, q: &Quantity, scope: &Scope) -> bool {
    let c = s.chars;
    // 1,000点満点: how many there could be.
    if q.unit.is_empty() && scope.unit.is_empty() || s.is_quoted(m.chars.start) || q.unit.ends_with("満点")
    {
        return true;
    }
    // 活動指標1 計画 20 25: a row of a table that lost its form.
    let kind = ["計画", "実績", "目標", "予定", "見込"].contains(&q.unit.as_str());
    if kind && m.rule == "quantity.unknown-counter" {
        return true;
    }
    // 補助率10/10: who bears it, not how far something came.
    if m.rule == "quantity.fraction" {
        return true;
    }
    // 第3…, and a question's number: 問2 市の….
    let question = m.chars.start == 1 && c.first() == Some(&'問');
    if question || m.chars.start.checked_sub(1).and_then(|i| c.get(i)) == Some(&'第') {
        return true;
    }
    // The share of a chart's number torn from its chart: 409(14.6%).
    let torn = q.unit == "%"
        && s.paren_of(m.chars.start).is_some_and(|p| {
            let before = p.start.checked_sub(1).and_then(|i| c.get(i));
            p.start + 1 == m.chars.start && p.end == m.chars.end && before.is_some_and(char::is_ascii_digit)
        });
    if torn {
        return true;
    }
    // 1 行政手続の…: an enumerator whose gap got lost.
    let noun_behind = c.get(m.chars.end).is_some_and(|x| is_kanji(*x) || is_katakana(*x));
    let doing = ["増", "減", "実施", "開催", "参加", "導入", "削減", "達成", "完了", "予定"];
    let leads = m.chars.start == 0 && s.at == 0 && q.value < Decimal::from(30) && q.value.is_integer();
    let counter = m.rule == "quantity.unknown-counter";
    if leads && (counter || noun_behind && begins_any(c, m.chars.end, &doing).is_none()) {
        return true;
    }
    if begins_any(c, m.chars.end, &["以外", "目"]).is_some() {
        return true;
    }
    if m.rule == "quantity.unknown-counter" && !counts_something(s, m, q) {
        return true;
    }
    // 決算書107ページの…: where it stands. 過去10年間の平均は: of a time that no period names.
    let place = matches!(q.unit.as_str(), "ページ" | "頁")
        && ends_any(c, m.chars.start, &["全", "計", "約", "総"]).is_none();
    place
        || is_row_of_lost_table(s, m, q)
        || is_frame(c, m, q)
        || is_price(s, m, q)
        || is_one_in(s, m, q)
        || is_usual_range(s, m, q)
        || ends_any(c, m.chars.start, &["を合わせると", "を合わせた", "を加えると"]).is_some()
        || numbers_heading(c, m)
        || is_long_average(s, m)
        || is_benchmark(s, m, q)
        || is_size(s, m, q)
        || lengths::is_duration(s, m, q) && !lengths::is_measured(s, m, q, scope)
        || is_threshold(s, m, q)
        || is_per_one(s, m, q)
        || is_in_name(s, m, q)
}

/// 給与報告書の入力 1,240時間 1,410時間: figures that count the same side by side are of columns that nothing names.
fn is_row_of_lost_table(s: &Sentence, m: &Mention, q: &Quantity) -> bool {
    let blank = |between: std::ops::Range<usize>| {
        between.start <= between.end
            && s.chars.get(between).is_some_and(|gap| gap.iter().all(|c| c.is_whitespace()))
    };
    let beside = |n: &Mention| blank(m.chars.end..n.chars.start) || blank(n.chars.end..m.chars.start);
    s.quantities().any(|(_, n, other)| n.chars != m.chars && other.unit == q.unit && beside(n))
}

/// 47都道府県中第3位: what a rank is counted in. 二.九%: a decimal that was not read as a whole. 今後30年で…: not told when.
fn is_frame(c: &[char], m: &Mention, q: &Quantity) -> bool {
    let ranked = begins_any(c, m.chars.end, &["中、", "中で", "中第", "中1", "中2", "中3", "のうち"])
        .is_some()
        && matches!(
            q.unit.as_str(),
            "都道府県"
                | "市町村"
                | "市区町村"
                | "区市町村"
                | "団体"
                | "自治体"
                | "市"
                | "町"
                | "区"
        );
    let cut = m.chars.start.checked_sub(2).is_some_and(|i| {
        matches!(c.get(i + 1), Some('.' | '・'))
            && c.get(i).is_some_and(|x| "〇一二三四五六七八九十百".contains(*x))
    });
    let before = string(c, m.chars.start.saturating_sub(12)..m.chars.start);
    let ahead =
        before.rsplit_once("今後").is_some_and(|(_, years)| years.contains('年') && !years.contains('。'));
    // 5・53冊, 39,2%: the fraction alone is another number.
    let fraction = m.chars.start.checked_sub(2).is_some_and(|i| {
        matches!(c.get(i + 1), Some('・' | ',')) && c.get(i).is_some_and(char::is_ascii_digit)
    });
    // 気温が40度: the weather is nobody's result.
    let weather =
        matches!(q.unit.as_str(), "度" | "℃") || ends_any(c, m.chars.start, &["震度", "気温"]).is_some();
    ranked || cut || ahead || fraction || weather || matches!(q.unit.as_str(), "つ" | "段階")
}

/// 約32人に1人, 7.2日に1件: a rate told as one in so many.
fn is_one_in(s: &Sentence, m: &Mention, q: &Quantity) -> bool {
    let pair = |a: &Mention, b: &Mention, one: &Quantity| {
        one.value == Decimal::ONE && string(s.chars, a.chars.end..b.chars.start).trim() == "に"
    };
    s.quantities().any(|(_, n, o)| {
        n.chars.start >= m.chars.end && pair(m, n, o) || n.chars.end <= m.chars.start && pair(n, m, q)
    })
}

/// 離脱率は一般に20%から30%とされる: from where to where something commonly lies.
fn is_usual_range(s: &Sentence, m: &Mention, q: &Quantity) -> bool {
    let usual = ["とされ", "といわれ", "と言われ"];
    let range = |a: &Mention, b: &Mention| {
        string(s.chars, a.chars.end..b.chars.start).trim() == "から"
            && begins_any(s.chars, b.chars.end, &usual).is_some()
    };
    s.quantities().any(|(_, n, o)| {
        o.unit == q.unit
            && (n.chars.start >= m.chars.end && range(m, n) || n.chars.end <= m.chars.start && range(n, m))
    })
}

/// Prices and fees are conditions, not results: 受講料は3,000円, 5,000円の商品券, 2万円分のポイント.
fn is_price(s: &Sentence, m: &Mention, q: &Quantity) -> bool {
    const FEES: [&str; 14] = [
        "受講料",
        "参加費",
        "参加料",
        "入場料",
        "入館料",
        "観覧料",
        "受験料",
        "年会費",
        "会費",
        "材料費",
        "送料",
        "テキスト代",
        "手数料",
        "使用料",
    ];
    const TOKENS: [&str; 6] = ["商品券", "クーポン", "ポイント", "金券", "電子マネー", "図書カード"];
    if q.unit != "円" || q.value > Decimal::from(50_000) {
        return false;
    }
    let before = string(s.chars, m.chars.start.saturating_sub(14)..m.chars.start);
    let bare = before.trim_end_matches(|c: char| " :は/、約(".contains(c));
    let bare = ["年間", "1人", "一人", "各", "1回", "月額", "年額"]
        .iter()
        .fold(bare, |b, w| b.strip_suffix(w).unwrap_or(b));
    let bare = bare.trim_end_matches(|c: char| " :は/、".contains(c));
    let token = begins_any(s.chars, m.chars.end, &["の", "分の"]).unwrap_or(m.chars.end);
    FEES.iter().any(|f| bare.ends_with(f)) || begins_any(s.chars, token, &TOKENS).is_some()
}

/// 過去10年間の年間平均件数は、78件: the mean of years that the period of the paper is not.
fn is_long_average(s: &Sentence, m: &Mention) -> bool {
    let from = m.chars.start.saturating_sub(40);
    let before = string(s.chars, from..m.chars.start);
    let Some((_, since)) = before.rsplit_once("過去") else { return false };
    since.starts_with(|c: char| c.is_ascii_digit())
        && since.contains("年間")
        && since.contains("平均")
        && !s.quantities().any(|(_, q, o)| {
            o.unit != "年"
                && o.unit != "年間"
                && q.chars.start >= from
                && q.chars.end <= m.chars.start
                && string(s.chars, q.chars.end..m.chars.start).chars().count() < since.chars().count()
        })
}

/// 9,820人と1万人を下回り, 21件で引き続き20件を超え: a round figure that the one before it has passed.
fn is_benchmark(s: &Sentence, m: &Mention, q: &Quantity) -> bool {
    let passed = matches!(q.bound, Bound::LessThan | Bound::MoreThan)
        || begins_any(s.chars, m.chars.end, &["を下回", "を上回", "を超", "を突破", "超え", "台"]).is_some();
    let before = s.quantities().filter(|(_, n, o)| n.chars.end <= m.chars.start && o.unit == q.unit).last();
    passed
        && before.is_some_and(|(_, n, _)| {
            let between = string(s.chars, n.chars.end..m.chars.start);
            let led = between.starts_with('と') || between.starts_with("で");
            led && between.chars().count() <= 14 && !between.contains(['は', 'が', 'の'])
        })
}

/// 目標2 ひとの流れ: the number of a goal or bill, set apart from its name.
fn numbers_heading(c: &[char], m: &Mention) -> bool {
    let kinds = ["目標", "方針", "施策", "柱", "戦略", "議案", "資料", "別紙", "様式", "項目", "テーマ"];
    let after = c.iter().skip(m.chars.start).find(|x| !x.is_ascii_digit());
    let before: String = c.get(..m.chars.start).unwrap_or_default().iter().collect();
    let apart = |x: &char| x.is_whitespace() || ('ぁ'..='ん').contains(x);
    after.is_some_and(apart) && kinds.iter().any(|k| before.ends_with(k))
}

/// Whether a counter that the unit table does not have counts here: it must be followed as a counter is.
fn counts_something(s: &Sentence, m: &Mention, q: &Quantity) -> bool {
    let odd = ["以外", "以内", "程度", "同士", "次", "分", "対応", "合計", "全体", "体制", "満点"]
        .iter()
        .any(|w| q.unit.ends_with(w));
    let at = m.chars.end;
    let ends = at >= s.region(m.chars.start).end;
    let followed =
        begins_any(s.chars, at, &["を", "が", "に", "で", "は", "の", "、", "。", ")", " "]).is_some();
    // 5万超の拠点: how much more, not of what.
    let more = ["超", "弱", "強", "余", "余り", "前後", "台"].contains(&q.unit.as_str());
    !odd && !more && (ends || followed)
}

/// The size of one piece, in the bracket behind its name: 飲料水(500ml) 96,000本.
fn is_size(s: &Sentence, m: &Mention, q: &Quantity) -> bool {
    if !matches!(words::kind(&q.unit), Kind::Volume | Kind::Mass | Kind::Length | Kind::Data) {
        return false;
    }
    let Some(bracket) = s.paren_of(m.chars.start) else { return false };
    let before = bracket.start.checked_sub(1).and_then(|i| s.chars.get(i));
    let alone = bracket.start + 1 == m.chars.start && bracket.end == m.chars.end;
    alone
        && before.is_some_and(|c| is_kanji(*c) || is_katakana(*c))
        && s.quantities().any(|(_, n, _)| n.chars.start > bracket.end && n.chars.start <= bracket.end + 3)
}

/// A bound that defines a group (年間申請数が1,000件以上の手続) rather than states a value.
fn is_threshold(s: &Sentence, m: &Mention, q: &Quantity) -> bool {
    let c = s.chars;
    if !matches!(q.bound, Bound::AtLeast | Bound::AtMost | Bound::LessThan | Bound::MoreThan | Bound::Range) {
        return false;
    }
    let at = m.chars.end;
    // A:達成した(達成率100%以上): the key to a grade.
    let grade = c.iter().position(|x| !x.is_whitespace()).is_some_and(|i| {
        c.get(i).is_some_and(|x| x.is_ascii_uppercase() || "◎○△×".contains(*x))
            && c.get(i + 1).is_some_and(|x| ": ・.".contains(*x))
    });
    if grade && q.bound != Bound::Range {
        return true;
    }
    // A row of a table that lost its form: 年間申請数500件以上 25 2 6.
    if c.get(at) == Some(&' ') && c.get(at + 1).is_some_and(char::is_ascii_digit) {
        return true;
    }
    // 構成比率が3割以上である委員会: which of them are meant.
    let which = begins(c, at, "である").and_then(|n| c.get(n));
    if which.is_some_and(|x| is_kanji(*x) || is_katakana(*x)) {
        return true;
    }
    if let Some(noun) = begins(c, at, "の") {
        let counted = s.quantities().any(|(_, n, _)| n.chars.start >= noun && n.chars.start <= noun + 1);
        if counted {
            return true;
        }
        let behind = string(c, noun..c.len().min(noun + 40));
        let aimed = ["達成", "維持", "確保", "削減", "縮減", "向上", "増", "減", "導入", "整備"];
        let happened = ["があった", "がありました", "を受け", "が参加", "が利用", "を実施", "が来", "を行っ"];
        let people = ["参加", "受講", "利用", "申込", "来場", "応募"];
        let expected = ["見込", "予定", "目標", "想定", "目指"];
        let hoped =
            people.iter().any(|w| behind.starts_with(w)) && expected.iter().any(|w| behind.contains(w));
        return !hoped
            && !aimed.iter().any(|w| behind.starts_with(w))
            && !happened.iter().any(|w| behind.contains(w))
            && !(q.bound == Bound::Range
                && (people.iter().any(|w| behind.starts_with(w))
                    || expected.iter().any(|w| behind.contains(w))));
    }
    q.bound != Bound::Range
        && (begins_any(c, at, &["及び", "並びに", "又は", "または", "かつ", "、かつ", "若しくは"]).is_some()
            || c.get(at).is_some_and(|x| is_kanji(*x))
                && begins_any(c, at, &["達成", "削減", "増", "減", "実施", "参加", "導入"]).is_none())
}

/// 1回4日コース, 1人1台: the one is what the other number is told for.
fn is_per_one(s: &Sentence, m: &Mention, q: &Quantity) -> bool {
    // 1回1日2コース: what a session is made of.
    let makes_up = |n: &Mention, p: &Quantity| n.chars.end == m.chars.start && p.value == Decimal::ONE;
    if matches!(q.unit.as_str(), "コース" | "コマ" | "時限") && s.quantities().any(|(_, n, p)| makes_up(n, p))
    {
        return true;
    }
    let ones = ["一人", "1人", "一世帯", "1世帯", "一校", "1校", "一か所", "1か所"];
    let each =
        ["当たり", "あたり", "につき", "ごと", "1日当たり", "1日あたり", "1月当たり", "1年当たり", "平均"];
    if q.value == Decimal::ONE && begins_any(s.chars, m.chars.end, &each).is_some() {
        return true;
    }
    // 3,000円(1回): what the price is for.
    let bracket = s.paren_of(m.chars.start);
    let alone = bracket.as_ref().is_some_and(|p| p.start + 1 == m.chars.start && p.end == m.chars.end);
    if q.value == Decimal::ONE
        && alone
        && s.quantities().any(|(_, n, _)| bracket.as_ref().is_some_and(|p| n.chars.end == p.start))
    {
        return true;
    }
    if q.value == Decimal::ONE && ends_any(s.chars, m.chars.start, &ones).is_some() {
        return true;
    }
    q.value == Decimal::ONE
        && q.value_upper.is_none()
        && s.quantities().any(|(_, n, _)| {
            n.chars.start == m.chars.end
                || n.chars.start == m.chars.end + 1
                    && begins_any(s.chars, m.chars.end, &["に", "、"]).is_some()
        })
}

/// A number inside a name: Latin letters before it (WiFi6), a noun right behind a share (100%デジタル化) or
/// what is referred to (12箇条に基づく).
fn is_in_name(s: &Sentence, m: &Mention, q: &Quantity) -> bool {
    let c = s.chars;
    if q.unit == "%" && c.get(m.chars.end).is_some_and(|x| is_kanji(*x) || is_katakana(*x)) {
        let changed = [
            "増", "減", "削減", "縮減", "短縮", "向上", "達成", "上昇", "低下", "改善", "超", "台", "減少",
            "増加", "拡大", "引", "上", "下", "完了", "実施", "程度", "以", "未満", "前後", "弱", "強", "分",
            "導入", "対応",
        ];
        if begins_any(c, m.chars.end, &changed).is_none() {
            return true;
        }
    }
    // 再生可能エネルギー100%の電力: a kind of thing, not a share of something.
    let bare_noun = |at: usize| c.get(at).is_some_and(|x| is_kanji(*x) || is_katakana(*x));
    if q.unit == "%"
        && q.value == Decimal::ONE_HUNDRED
        && m.chars.start > 0
        && bare_noun(m.chars.start - 1)
        && let Some(noun) = begins(c, m.chars.end, "の").filter(|n| bare_noun(*n))
        && !names_quantity(&string(c, super::phrase::noun_start(s, m.chars.start, 0)..m.chars.start))
        && words::action_ending(&string(c, noun..super::phrase::forward(s, noun, c.len()))).is_none()
    {
        return true;
    }
    // 表1 端末の…, Wi-Fi 6対応: a number of a table, a version.
    // 様式2,870件: no form has that number.
    let numbers = q.value < Decimal::ONE_HUNDRED;
    if numbers
        && ends_any(c, m.chars.start, &["表", "図", "表 ", "図 ", "別表", "資料", "別紙", "様式"]).is_some()
    {
        return true;
    }
    let gap = m.chars.start.checked_sub(2).and_then(|i| c.get(i)).is_some_and(char::is_ascii_alphabetic);
    if m.rule == "quantity.unknown-counter" && gap && before_is_blank(c, m.chars.start) {
        return true;
    }
    if q.unit == "箇条" || q.unit == "か条" {
        return true;
    }
    let before = m.chars.start.checked_sub(1).and_then(|i| c.get(i));
    before.is_some_and(|b| b.is_ascii_alphanumeric())
}

fn before_is_blank(c: &[char], at: usize) -> bool {
    at.checked_sub(1).and_then(|i| c.get(i)) == Some(&' ')
}
