//! The subject that a heading names, without its times, figures and tags; headings that name none.

use super::costed::{behind_tag, without_amount};
use super::headings::{holds_quantity, is_scheduled};
use super::questions::question_topic;
use crate::statement::{topic::clean, words};

/// Whether a heading names a quantity and not of what (経費, 参加者数, 決算見込額): what stands above tells that.
pub(super) fn names_only_quantity(heading: &str) -> bool {
    const NAMES: [&str; 26] = [
        "経費",
        "費用",
        "所要経費",
        "事業費",
        "事業経費",
        "予算",
        "予算額",
        "予算措置",
        "所要額",
        "決算",
        "決算額",
        "決算見込",
        "決算見込み",
        "決算見込額",
        "財源",
        "予算・決算",
        "回収率",
        "回答率",
        "回収数",
        "定員",
        "契約金額",
        "契約額",
        "件数",
        "回数",
        "人数",
        "効果額",
    ];
    let heading = without_figure(without_held_figures(heading));
    let bare = heading.trim_matches(|c: char| c.is_whitespace() || "【】<>〈〉《》■●〇○◆◎".contains(c));
    // 保有枚数等(3月末現在)
    let bare = without_period(bare);
    let bare = bare.trim_end_matches('等');
    const COUNTS: [&str; 9] = ["者数", "人数", "回数", "件数", "日数", "枚数", "台数", "点数", "率"];
    let stem = COUNTS.iter().find_map(|e| bare.strip_suffix(e));
    let doing = |s: &str| words::is_action(s) || s.is_empty() || matches!(s, "保有" | "所有" | "普及");
    NAMES.contains(&bare)
        || words::is_role(bare)
        || stem.is_some_and(|s| doing(s.trim_start_matches("延べ").trim_start_matches('総')))
}

/// Without a tag set apart at the end (… 目標1, … P3).
pub(super) fn without_tag(words: &str) -> &str {
    match words.rsplit_once([' ', '\u{3000}']) {
        Some((head, tag)) if !head.is_empty() => {
            let stem = tag.trim_end_matches(|c: char| c.is_ascii_digit());
            let tagged = stem.len() < tag.len() && !stem.is_empty() && stem.chars().count() <= 4;
            if tagged && !stem.contains(|c: char| c.is_ascii_digit() || "年月度".contains(c)) {
                head.trim_end()
            } else {
                words
            }
        }
        _ => words,
    }
}

/// Without brackets (those may say the period) and without times.
///
/// Quantities go as well only where nothing else is left (年間 約6,200時間).
pub(super) fn without_period(words: &str) -> String {
    let mut out = String::new();
    let mut depth = 0usize;
    for c in words.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    let out = if out.trim().is_empty() { words.to_owned() } else { out };
    let mentions = shiryo_ja::annotate(&out, &shiryo_ja::TimeContext::default());
    let is_time = |m: &shiryo_ja::Mention| matches!(m.kind, shiryo_ja::MentionKind::Time(_));
    let counted: usize = mentions.iter().filter(|m| !is_time(m)).map(|m| m.chars.len()).sum();
    let only_numbers = 2 * counted > out.chars().filter(|c| !c.is_whitespace()).count();
    let times: Vec<_> =
        mentions.iter().filter(|m| is_time(m) || only_numbers).map(|m| m.chars.clone()).collect();
    // 運行の令和5年度の実績及び令和6年度の計画: の behind a time goes with it where a particle stands before.
    let chars: Vec<char> = out.chars().collect();
    let joined = |t: &std::ops::Range<usize>| {
        t.start.checked_sub(1).and_then(|i| chars.get(i)).is_none_or(|c| "のびにと、・ ".contains(*c))
    };
    let of = |i: &usize, c: char| c == 'の' && times.iter().any(|t| t.end == *i && joined(t));
    let kept = out
        .chars()
        .enumerate()
        .filter(|(i, c)| !times.iter().any(|t| t.contains(i)) && !of(i, *c))
        .map(|(_, c)| c);
    kept.collect::<String>()
        .trim_matches(|c: char| c.is_whitespace() || "の・:【】<>[]".contains(c))
        .to_owned()
}

/// A heading without its second title (火災~件数は前年並み~) and without the verb of an announcement
/// (防災訓練を実施しました).
fn without_subtitle(words: &str) -> &str {
    let mark = words.char_indices().skip(2).find(|(_, c)| matches!(c, '~' | '～' | '〜' | '―'));
    let words = match mark {
        Some((at, c)) => {
            let (head, tail) = words.split_at(at);
            let set_apart = head.ends_with(' ') || tail.trim_end().ends_with(c) && tail.chars().count() > 6;
            if set_apart { head.trim_end() } else { words }
        }
        None => words,
    };
    let told = ["ました", "します", "されます", "しました。"].iter().any(|w| words.ends_with(w));
    let verb = [
        "を実施",
        "を開催",
        "を行い",
        "を公表",
        "を発表",
        "を開始",
        "を締結",
        "が開催",
        "が完成",
        "をお知らせ",
    ];
    let at = verb.iter().filter_map(|v| words.find(v)).min().filter(|at| told && *at > 0);
    at.and_then(|at| words.get(..at)).unwrap_or(words)
}

/// 令和4年度水道事業会計決算, 令和6年4月1日現在の入所状況: the heading's name without the year or the day, which is its period.
fn without_time(words: &str) -> &str {
    use shiryo_model::Granularity as G;
    let mentions = shiryo_ja::annotate(words, &shiryo_ja::TimeContext::default());
    let Some(first) = mentions.first().filter(|m| m.chars.start == 0) else { return words };
    let shiryo_ja::MentionKind::Time(time) = &first.kind else { return words };
    let at = words.char_indices().nth(first.chars.end).map_or(words.len(), |(at, _)| at);
    let (told, rest) = words.split_at(at);
    let bare = rest.trim_start_matches("現在").trim_start_matches("時点");
    // 12月補正予算 is a name.
    let dates = bare.starts_with('の') && (bare.len() < rest.len() || told.ends_with(['在', '点', '末']));
    let apart = match time.period.granularity {
        G::FiscalYear | G::Year => true,
        G::Day | G::Month => dates,
        _ => false,
    };
    let name = bare.trim_start_matches(['の', ' ', '中']);
    if apart && name.chars().count() >= 4 { name } else { words }
}

/// アンケートの結果(回答者数846人): the heading's name without the bracket that tells figures.
pub(super) fn without_held_figures(words: &str) -> &str {
    let Some((name, inner)) = words.strip_suffix(')').and_then(|w| w.rsplit_once('(')) else { return words };
    let counts =
        |m: &shiryo_ja::Mention| matches!(&m.kind, shiryo_ja::MentionKind::Quantity(q) if !q.unit.is_empty());
    let told = shiryo_ja::annotate(inner, &shiryo_ja::TimeContext::default()).iter().any(counts);
    if told && !name.trim().is_empty() { name.trim_end() } else { words }
}

/// 全体予算 861億円: the heading's name without the figure it tells.
fn without_figure(words: &str) -> &str {
    let once = without_last_figure(words);
    // 助成金額 59,244,000円 64,836,000円: a row of a table that lost its form.
    let twice = without_last_figure(once);
    if twice == once { once } else { without_last_figure(twice) }
}

fn without_last_figure(words: &str) -> &str {
    let Some((at, _)) = words.char_indices().rev().find(|(_, c)| *c == ' ') else { return words };
    let (name, tail) = words.split_at(at);
    let tail = tail
        .trim()
        .trim_start_matches("延べ")
        .trim_start_matches('約')
        .trim_start_matches("合計")
        .trim_start_matches('計');
    let mentions = shiryo_ja::annotate(tail, &shiryo_ja::TimeContext::default());
    let figure = mentions.iter().any(|m| {
        matches!(m.kind, shiryo_ja::MentionKind::Quantity(_))
            && m.chars.end == tail.chars().count()
            && m.chars.start <= 1
    });
    if figure { name } else { words }
}

/// Whether a heading is a statement of its own (保有率は61%/平均を下回る): no name of what follows.
fn is_headline(words: &str) -> bool {
    let c: Vec<char> = words.chars().collect();
    // 「はまかぜ号」: nor does a name begin with the particle.
    let kana = |x: Option<&char>| x.is_none_or(|x| ('ぁ'..='ゖ').contains(x) || "「『(【・ ".contains(*x));
    // 抽選会で入居者決定: the last words tell what was done.
    let joint = (1..c.len()).rev().find(|&i| kana(c.get(i)));
    let tail: String = joint.and_then(|i| c.get(i + 1..)).unwrap_or_default().iter().collect();
    let done = words::action_ending(&tail).is_some()
        || ["決定", "発表", "完成", "受賞"].iter().any(|w| tail.ends_with(w));
    let reported = joint.is_some_and(|i| matches!(c.get(i), Some('で' | 'が' | 'へ')))
        && done
        && tail.chars().count() >= 4;
    let topic =
        reported || (1..c.len()).any(|i| c.get(i) == Some(&'は') && !kana(c.get(i - 1)) && i + 1 < c.len());
    topic
        || words.ends_with(['?', '!'])
        || ["ですか", "でしょうか", "下回る", "上回る", "する", "した", "している", "される", "できる"]
            .iter()
            .any(|w| words.ends_with(w))
}

/// Whether a line is a row of a table that lost its form (必要性 高い 有効性 高い; 委託料1,200円 1,340円): no name.
fn is_row(words: &str) -> bool {
    const MOST: usize = 3;
    const SHORT: usize = 8;
    let cells = words.split([' ', '\u{3000}']).filter(|cell| !cell.is_ascii());
    let short = cells.clone().all(|cell| cell.chars().count() <= SHORT);
    let cells = cells.count();
    if (cells > MOST || cells == MOST && short) && !words.contains(['→', '⇒', '➡']) {
        return true;
    }
    let mentions = shiryo_ja::annotate(words, &shiryo_ja::TimeContext::default());
    // 有効性A効率性B総合評価A: grades of an evaluation.
    let graded = ["有効性", "効率性", "必要性", "妥当性", "公平性", "総合評価"];
    if graded.iter().filter(|w| words.contains(**w)).count() >= 2
        && words.contains(|c: char| c.is_ascii_uppercase())
    {
        return true;
    }
    // 指標R4実績R5目標R5実績: the header of a table.
    let stated: usize =
        ["実績", "目標", "計画", "見込", "現状"].iter().map(|w| words.matches(w).count()).sum();
    let timed = mentions.iter().filter(|m| matches!(m.kind, shiryo_ja::MentionKind::Time(_))).count();
    if stated >= 2 && timed >= 2 {
        return true;
    }
    // 車両 ワゴン車2台: a key and its value; 間伐45ha、作業道3,200m: figures of several things.
    let counted: Vec<_> = mentions
        .iter()
        .filter(|m| matches!(&m.kind, shiryo_ja::MentionKind::Quantity(q) if !q.unit.is_empty()))
        .collect();
    let length = words.chars().count();
    let closes = counted.last().is_some_and(|m| m.chars.end == length);
    let blank = words.chars().collect::<Vec<_>>().iter().rposition(|c| *c == ' ');
    let keyed = blank.is_some_and(|b| counted.last().is_some_and(|m| m.chars.start > b + 1));
    // 最長待ち時間95分: a statement, not what is told below it.
    let name: String =
        counted.last().map_or_else(String::new, |m| words.chars().take(m.chars.start).collect());
    if closes && words::names_quantity(name.trim_end()) && !name.ends_with(' ') {
        return true;
    }
    if closes && (keyed || counted.len() >= 2 && words.contains('、')) && !words.contains('の') {
        return true;
    }
    let ranges: Vec<_> = mentions.iter().map(|m| m.chars.clone()).collect();
    let beside = ranges.windows(2).any(|pair| match pair {
        [a, b] => a.end + 1 == b.start && words.chars().nth(a.end) == Some(' '),
        _ => false,
    });
    beside && ranges.last().is_some_and(|r| r.end == words.chars().count())
}

/// The name of a measure that its number leads (取組番号 12 収納率の向上 【納税課】, 【取組3】電子申請の拡大 (所管課:情報課)), without
/// who is in charge.
pub(super) fn numbered_name(words: &str) -> Option<String> {
    const LONGEST: usize = 50;
    let behind = behind_number(words).or_else(|| behind_bracketed_number(words));
    let name = without_charge(behind.or_else(|| behind_kind_and_number(words))?);
    let charged = name.split_once('【').filter(|(of, by)| of.chars().count() >= 3 && by.ends_with('】'));
    let charged = charged.or_else(|| {
        let closed = name.strip_suffix(')')?;
        closed
            .split_once('(')
            .filter(|(_, by)| ["課", "部", "局", "室", "所管", "担当"].iter().any(|w| by.contains(w)))
    });
    let name = charged.map_or(name, |(of, _)| of.trim_end());
    let short = name.chars().count() <= LONGEST && !name.contains('。');
    Some(clean(name)).filter(|name| short && name.chars().count() >= 2)
}

/// What stands behind 取組番号 12.
fn behind_number(words: &str) -> Option<&str> {
    const KEYS: [&str; 10] = [
        "取組番号",
        "事業番号",
        "施策番号",
        "整理番号",
        "項目番号",
        "取組No",
        "事業No",
        "施策No",
        "項目No",
        "No",
    ];
    let marks = [' ', ':', '.'];
    let rest = KEYS.iter().find_map(|k| words.strip_prefix(k))?.trim_start_matches(marks);
    let name = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    // 取組No12文書管理の電子化, but not No1の取組.
    let behind = name.len() < rest.len() && !name.starts_with(|c: char| ('ぁ'..='ん').contains(&c));
    let apart = name.starts_with(marks) || words.starts_with(['取', '事', '施', '整', '項']);
    (behind && apart).then(|| name.trim_start_matches(marks))
}

/// What stands behind 取組1-2 and a blank, without the units in charge at its end (取組1-2 申請の電子化 情報課、各課).
fn behind_kind_and_number(words: &str) -> Option<&str> {
    const KINDS: [&str; 16] = [
        "取組",
        "重点取組",
        "取組項目",
        "施策",
        "基本施策",
        "重点施策",
        "方針",
        "基本方針",
        "基本目標",
        "目標",
        "戦略",
        "柱",
        "事業",
        "実施項目",
        "項目",
        "プロジェクト",
    ];
    let blank = |c: char| c == ' ' || c == '\t';
    let rest = KINDS.iter().filter_map(|k| words.strip_prefix(k)).min_by_key(|rest| rest.len())?;
    let rest = rest.trim_start_matches(blank);
    let name = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
    if name.len() == rest.len() || !name.starts_with(blank) || holds_quantity(name) {
        return None;
    }
    let name = name.trim_matches(blank);
    Some(
        name.rsplit_once(blank)
            .filter(|(_, by)| names_units(by))
            .map_or(name, |(of, _)| of.trim_end_matches(blank)),
    )
}

/// What stands behind 【取組3】.
fn behind_bracketed_number(words: &str) -> Option<&str> {
    const KEYS: [&str; 8] = ["取組項目", "取組", "事業", "施策", "項目", "プロジェクト", "No.", "No"];
    let (mark, name) = words.strip_prefix(['【', '〔', '['])?.split_once(['】', '〕', ']'])?;
    let number =
        KEYS.iter().find_map(|k| mark.split_once(k)).map(|(_, n)| n.trim_start_matches("番号").trim())?;
    let numbered = number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || "-－.".contains(c));
    numbered.then(|| name.trim_start())
}

/// 【3】電話の調査: the heading's name without its number in brackets.
fn without_bracketed_number(words: &str) -> &str {
    let inner = words.strip_prefix(['【', '〔', '[', '<', '《']);
    let rest = inner.and_then(|w| w.split_once(['】', '〕', ']', '>', '》'])).filter(|(number, rest)| {
        number.chars().all(|c| c.is_ascii_digit()) && !number.is_empty() && !rest.trim().is_empty()
    });
    rest.map_or(words, |(_, rest)| rest.trim_start())
}

/// Whether a line only says who speaks (高村 議員(会派), 教育長:).
fn speaks(words: &str) -> bool {
    const OFFICES: [&str; 13] = [
        "町長",
        "市長",
        "区長",
        "村長",
        "知事",
        "教育長",
        "部長",
        "課長",
        "局長",
        "室長",
        "議長",
        "委員長",
        "記者",
    ];
    // 【理事者】昨年4月から…
    const SPEAKERS: [&str; 6] = ["【理事者】", "【委員】", "【執行部】", "【答弁】", "【回答】", "【当局】"];
    if SPEAKERS.iter().any(|w| words.starts_with(w)) {
        return true;
    }
    // (高村委員)
    let held = words.strip_prefix(['(', '（']).and_then(|w| w.strip_suffix([')', '）']));
    if held.is_some_and(|w| w.chars().count() <= 8 && (w.ends_with("委員") || w.ends_with("議員"))) {
        return true;
    }
    // 【理事者】 over what is answered.
    const PARTS: [&str; 12] = [
        "委員",
        "議員",
        "理事者",
        "執行部",
        "当局",
        "事務局",
        "説明員",
        "参考人",
        "質問",
        "質疑",
        "答弁",
        "回答",
    ];
    let alone = words.trim_matches(|c| "【】〔〕[]<>〇○◯◆■ :：".contains(c));
    if PARTS.contains(&alone) {
        return true;
    }
    let who = words.split('(').next().unwrap_or(words).trim_end();
    let named = who.trim_end_matches([':', '：']);
    let short = named.chars().count() <= 8;
    who.ends_with("議員") || who.ends_with(" 委員") || short && OFFICES.iter().any(|o| named.ends_with(o))
}

/// 学童クラブの利用が増えています: what a headline tells something of.
fn announced(words: &str) -> Option<&str> {
    let tells = ["ています", "ました", "ます", "ません"].iter().any(|w| words.ends_with(w));
    let at = words.char_indices().skip(3).find(|(_, c)| matches!(c, 'が' | 'は')).filter(|_| tells)?.0;
    words.get(..at)
}

/// 窓口の改善 【所管】市民課, 窓口の改善(担当課:市民課): a heading's name without who is in charge.
fn without_charge(words: &str) -> &str {
    const CHARGED: [&str; 10] =
        ["【所管", "(所管", "[所管", "〔所管", "【担当", "(担当", "[担当", "〔担当", " 担当:", " 所管:"];
    let at = CHARGED.iter().filter_map(|w| words.find(w)).min().filter(|at| *at > 0);
    let words = at.and_then(|at| words.get(..at)).map_or(words, str::trim_end);
    words.rsplit_once('\t').filter(|(_, by)| names_units(by)).map_or(words, |(of, _)| of.trim_end())
}

/// Whether words name units of an administration (情報課、各課).
fn names_units(words: &str) -> bool {
    let unit = |part: &str| shiryo_ja::gazetteer::DEPARTMENT_ENDINGS.iter().any(|e| part.ends_with(e));
    words.split(['、', '・', ',']).all(unit)
}

/// The subject that a heading names.
pub(super) fn heading_topic(words: &str) -> String {
    if let Some(asked) = question_topic(words) {
        return asked;
    }
    if let Some(name) = numbered_name(words) {
        return name;
    }
    let words = without_charge(without_subtitle(without_bracketed_number(words)));
    // 高村 議員(会派): who asks.
    if speaks(words) {
        return String::new();
    }
    let words = announced(words).unwrap_or(words);
    // 〔一次評価〕継続 〔二次評価〕拡充: keys with values.
    if words.starts_with(['〔', '［', '[']) && words.matches(['〕', '］', ']']).count() >= 2 {
        return String::new();
    }
    // 一次評価:A(継続) 二次評価:B
    let keys = words.split([' ', '\u{3000}']).filter(|cell| cell.contains([':', '：'])).count();
    if keys >= 2 || is_headline(words) || is_row(words) || is_scheduled(words) {
        return String::new();
    }
    let words = without_time(without_amount(without_figure(without_held_figures(behind_tag(words)))));
    // 2 1人当たりの…: an enumerator that a number follows.
    let digits = words.chars().take_while(char::is_ascii_digit).count();
    let numbered =
        words.get(digits..).and_then(|rest| rest.strip_prefix(' ')).filter(|_| (1..=2).contains(&digits));
    let words = numbered.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(words);
    let words = words.trim_matches(|c: char| "【】<>〈〉《》■●〇○◆◎ ".contains(c));
    // 〔1〕病児保育: an enumerator in brackets.
    let inner = words.strip_prefix('〔').unwrap_or(words);
    let marked = inner
        .split_once('〕')
        .filter(|(n, _)| n.chars().count() <= 2 && n.chars().all(|c| c.is_ascii_digit()));
    let words = marked.map_or(words, |(_, rest)| rest.trim_start());
    let words = [
        "の内訳",
        "内訳",
        "に関する取組について",
        "の取組について",
        "について",
        "に関すること",
        "に関する事項",
    ]
    .iter()
    .find_map(|w| words.strip_suffix(w))
    .unwrap_or(words);
    clean(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_lost_tables_are_no_headings() {
        assert_eq!(heading_topic("必要性 高い 有効性 高い 効率性 やや低い"), "");
        assert_eq!(heading_topic("補助金額1,200円 1,340円"), "");
        assert_eq!(heading_topic("指標 R4実績 R5目標 R5実績"), "");
        assert_eq!(heading_topic("運休日 日曜日 日曜日及び祝日"), "");
        assert_eq!(heading_topic("車両 小型車3台"), "");
        assert_eq!(heading_topic("端末の整備\t学務課、各校"), "端末の整備\t学務課、各校");
        assert_eq!(heading_topic("端末の整備\t学務課、指導課"), "端末の整備");
        assert_eq!(heading_topic("令和5年10月1日現在の学級編制"), "学級編制");
        assert_eq!(heading_topic("令和6年3月末の会員登録"), "会員登録");
        assert_eq!(heading_topic("12月補正予算のあらまし"), "12月補正予算のあらまし");
        assert_eq!(heading_topic("有効性A効率性B総合評価A(拡充)"), "");
        assert_eq!(heading_topic("混雑時の最長待ち時間75分"), "");
        assert_eq!(heading_topic("〔2〕病後児の預かり"), "病後児の預かり");
        assert_eq!((heading_topic("【理事者】"), heading_topic("【委員】")), (String::new(), String::new()));
        assert_eq!(heading_topic("窓口がどこまで早くなるかを検証する"), "");
        assert_eq!(heading_topic("植樹30ha、林道2,400m"), "");
        assert_eq!(heading_topic("循環バス「はやて号」の運行"), "循環バス「はやて号」の運行");
        assert_eq!(heading_topic("予算の総額 36億円"), "予算の総額");
        assert_eq!(heading_topic("取組番号 7 受付の集約 【市民課】"), "受付の集約");
        assert_eq!(heading_topic("保険料の基準額 4期 → 5期"), "保険料の基準額 4期 → 5期");
        assert_eq!(heading_topic("3 1人当たりの水の使用量"), "1人当たりの水の使用量");
    }

    #[test]
    fn numbers_in_brackets_lead_the_names_of_measures() {
        let name = |words| numbered_name(words).unwrap_or_default();
        assert_eq!(name("【取組14】RPAの活用 (所管課:情報課 関係課:税務課)"), "RPAの活用");
        assert_eq!(name("[事業2-1] 窓口の改善"), "窓口の改善");
        assert_eq!(name("取組番号 12 収納率の向上 【納税課】"), "収納率の向上");
        assert_eq!(name("取組No12文書管理の電子化 担当:総務部文書課"), "文書管理の電子化");
        assert_eq!(name("No1の窓口"), "");
        assert_eq!(name("取組2-3\t申請の電子化\t情報課、各課"), "申請の電子化");
        assert_eq!(name("重点施策4 健康づくりの推進"), "健康づくりの推進");
        assert_eq!((name("取組1の実績"), name("事業2 受講者 120人")), (String::new(), String::new()));
        assert_eq!(name("【重点】窓口の改善"), "");
        assert_eq!(name("【取組3】"), "");
    }
}
