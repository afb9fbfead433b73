//! Whether what a clause states happened, is planned, aimed at or expected.

use super::chars::{begins, begins_any, clause_before, ends, ends_any, string};
use super::outcome::{becomes, does, is_done_to, is_state};
use super::sentence::Sentence;
use super::status_words::{
    COMPLETE, DONE_NOUNS, GOING, INTRODUCING, LABELS, by_ending, ends_done, first_word, in_clauses,
    last_word, of_reason,
};
use crate::letters::WordList;
use shiryo_model::Status;
use std::ops::Range;
use std::sync::LazyLock;

/// What the sentence says of the number at `from..to`: the words behind it first, then those before it.
pub(super) fn of(s: &Sentence, from: usize, to: usize) -> Option<Status> {
    let region = s.region(from);
    let end = s.behind_brackets(to);
    if let Some(status) = in_own_bracket(s, to).or_else(|| right_behind(s, from, end, &region)) {
        return Some(status);
    }
    // 63.7%(10月~3月) 目標 7年度:90%: what is set apart behind is of another number.
    let apart = begins_any(s.chars, end, &[" 目標", " 計画", " 予算", " 見込"]);
    let other = apart.is_some_and(|at| s.quantities().any(|(_, q, _)| q.chars.start >= at));
    let label = by_label(s, region.start, from);
    if other || label.is_some() {
        return label;
    }
    let lead = plain(s, region.start, from);
    let behind = plain(s, to, region.end);
    // (累計92人。7年度までに…を目標): what follows the stop is another statement.
    let behind = if region.start > 0 { behind.split('。').next().unwrap_or_default() } else { &behind };
    let behind = before_next_key(behind);
    let clause = own_clause(&lead);
    // A218頭、B347頭、C26頭で、…: what is said of the last of a list is said of all.
    let list = last_of_list(s, to, region.end).map(|last| s.behind_brackets(last));
    let of_list = |words: &[&str]| list.is_some_and(|at| begins_any(s.chars, at, words).is_some());
    if is_aimed(&lead, behind) || of_list(&["を目標", "とする目標", "を目指"]) {
        return Some(Status::Target);
    }
    if of_list(&["で、", "であり、", "となり、"]) || is_complete(&lead, behind) {
        return last_word(clause);
    }
    let introducing = INTRODUCING.iter().any(|w| behind.contains(w));
    let told = if introducing { None } else { in_own_words(s, to, &region, clause, behind) };
    told.or_else(|| last_word(clause).filter(|_| !sets_out(clause, behind)))
        .or_else(|| if introducing { None } else { by_ending(behind) })
}

/// What the words say that follow a number, behind its brackets.
fn right_behind(s: &Sentence, from: usize, end: usize, region: &Range<usize>) -> Option<Status> {
    const AIMS: [&str; 5] = ["とする目標", "の目標", "という目標", "との目標", "を目標"];
    const SO: [&str; 11] = [
        "と低",
        "と高",
        "と多",
        "と少な",
        "と大き",
        "と小さ",
        "に満たな",
        "に過ぎな",
        "にすぎな",
        "にとどま",
        "に留ま",
    ];
    const OVER: [&str; 9] = [
        "上回った",
        "上回り",
        "上回っている",
        "上回っており",
        "下回った",
        "下回り",
        "下回っている",
        "下回っており",
        "超過した",
    ];
    let begins = |words: &[&str]| begins_any(s.chars, end, words).is_some();
    // 数値目標24項目のうち: how many aims there are.
    let counted = |q: &shiryo_ja::Quantity| matches!(q.unit.as_str(), "項目" | "指標" | "つ" | "本");
    if ends(s.chars, from, "目標").is_some() && s.quantity_at(from).is_some_and(|(_, q)| counted(q)) {
        return Some(Status::Actual);
    }
    // 原本を要する231手続を除く953手続: those that are left out are there already.
    if region.start == 0 && begins(&["を除く", "を除き", "を除いた"]) {
        return Some(Status::Actual);
    }
    // 購入後の充足率は57.3%となります: what follows from something that is still to be done.
    if becomes(s, from, end, region) {
        return Some(Status::Forecast);
    }
    // 対応済手続数を529手続とする。
    let made = || {
        let lead = plain(s, region.start, from);
        lead.ends_with('を') && !["目標", "KPI", "指標"].iter().any(|w| lead.contains(w))
    };
    if region.start == 0 && begins(&["とする。", "とします。"]) && made() {
        return Some(Status::Plan);
    }
    // 完了11取組、実施中28取組、検討中3取組: how far each of them is.
    if is_state(s, from) && s.quantities().filter(|(_, m, _)| is_state(s, m.chars.start)).count() > 1 {
        return Some(Status::Actual);
    }
    // 7年度末に200人とする目標に対し: the aim itself.
    if begins(&AIMS) {
        return Some(Status::Target);
    }
    // 利用率は22%と低く, 3割に満たない: so it is.
    if begins(&SO) {
        return by_label(s, region.start, from).or(Some(Status::Actual));
    }
    // 帳票420種類のうち133種類を廃止する: how many there are.
    let whole = region.start == 0 && is_whole(s, end, region.end) && {
        let before = plain(s, region.start, from);
        let before = clause_before(&before);
        // 区が所管する1,184手続のうち: as they are.
        let stands = ["所管する", "所有する", "管理する", "有する", "要する", "ある", "いる", "該当する"];
        let verb = before.ends_with(['る', 'す']) && !stands.iter().any(|w| before.ends_with(w));
        !verb && first_word(before).is_none()
    };
    // 目標を1,115冊上回った: told of what came, whatever it is measured against.
    (whole || begins(&OVER)).then_some(Status::Actual)
}

/// The clause before a number, as far as it speaks of it.
fn own_clause(lead: &str) -> &str {
    let clause = clause_before(lead);
    // 目標の1,500時間を上回る2,086時間: told of what was passed.
    let passed = ["を上回る", "を下回る", "を超える"].iter().find_map(|w| clause.rsplit_once(w));
    let clause = passed.map_or(clause, |(_, own)| own);
    // 効果が見込まれる4業務: which of them are meant.
    let which = ["見込まれる", "見込まれた", "想定される", "予想される"].iter().any(|w| clause.ends_with(w));
    if which { "" } else { clause }
}

/// Whether the topic is an aim: 計画の目標は、…を37％削減するものです.
fn is_aimed(lead: &str, behind: &str) -> bool {
    // 数値目標は144項目で、達成したものは61項目: a topic of its own.
    let own = lead.rsplit_once('は');
    let own = own.is_some_and(|(before, _)| before.ends_with("目標") || before.ends_with("目標値"));
    // 7年度の目標は、取得率85%、…の割合80%である.
    let stands = || ["である。", "です。", "である"].iter().any(|w| behind.trim_end().ends_with(w));
    let aims = own || ["指標として、", "目標として、"].iter().any(|w| lead.contains(w));
    aims && (own && stands() || by_ending(behind) != Some(Status::Actual))
        || lead.contains("目標は") && behind.contains("するもの")
}

/// 86店舗で、…: whether the statement of a number is complete; what follows is said of others.
fn is_complete(lead: &str, behind: &str) -> bool {
    behind.split_once('、').is_some_and(|(own, _)| {
        matches!(own, "であり" | "だが" | "であるが" | "であったが")
            || own == "で" && lead.contains(['は', 'が'])
    })
}

/// 現在の3園から7園に拡大する: whether what is now is only where it sets out from.
fn sets_out(clause: &str, behind: &str) -> bool {
    ["現在の", "現行の"].iter().any(|w| clause.contains(w)) && by_ending(behind) == Some(Status::Plan)
}

/// What the clauses behind a number say of it, its own first.
fn in_own_words(
    s: &Sentence,
    to: usize,
    region: &Range<usize>,
    clause: &str,
    behind: &str,
) -> Option<Status> {
    // In a bracket's list each entry stands for itself: (前期 4回 28名参加、後期 11月実施予定).
    let own = behind.split('、').next().unwrap_or_default();
    let said = first_word(own);
    if region.start > 0 && said.is_none() && ends_done(own) {
        return Some(Status::Actual);
    }
    if let Some(status) = said.or_else(|| of_reason(own)) {
        return Some(status);
    }
    // 11万haで完了し、令和5年度までに…終える計画である: what was brought to an end before a time was told.
    let ended = || ["完了し", "終え", "済ませ"].iter().any(|w| own.ends_with(w));
    if behind.contains('、') && ended() && !s.times().any(|(m, _)| m.chars.start < to) {
        return Some(Status::Actual);
    }
    let so = COMPLETE.contains(&own) || own.starts_with("となって") || GOING.iter().any(|w| own.ends_with(w));
    if behind.contains('、') && so {
        return last_word(clause).or(Some(Status::Actual));
    }
    if last_word(clause) == Some(Status::Actual) && !sets_out(clause, behind) {
        return Some(Status::Actual);
    }
    // 7施設で試行、令和7年度に拡大予定: what was done is told; what follows is another thing.
    if end_of_done(s, to, region.end).is_some() {
        return Some(Status::Actual);
    }
    let other = s.quantities().any(|(_, m, _)| m.chars.start > to && m.chars.start < region.end);
    // 交付数は平成28年度で1,000件、件数の目標は…: a topic of its own.
    let aimed = || ["目標は", "目標値は", "目標数は"].iter().any(|w| behind.contains(w));
    if let Some(status) = in_clauses(behind).filter(|s| *s != Status::Target || !other || !aimed()) {
        // 150手続の電子化に取り組み、…対応率90%を目指す: the aim is the other number's.
        let chained = ["組み", "し", "行い", "図り", "設け", "進め", "広げ", "とともに", "ほか"];
        // 総量は670万tとなり、…目標である22.1％に届かない: the aim is the other number's.
        let came = ["となり", "となりました", "となった"].iter().any(|w| own.ends_with(w));
        return Some(match status {
            Status::Target if came => Status::Actual,
            Status::Target if !own.ends_with("増やし") && chained.iter().any(|w| own.ends_with(w)) => {
                Status::Plan
            }
            // 支所3か所に拡大し、年間35,000件の利用を見込む: what is expected is the other number.
            Status::Forecast if other && does(own) => Status::Plan,
            // 100手続を追加、利用率70%を目指す
            Status::Forecast | Status::Target if other && is_done_to(own) => Status::Plan,
            status => status,
        });
    }
    // A status in the bracket that closes the clause: 71事業で実施(令和2年度実績).
    in_closing_bracket(s, to, region.end)
}

/// Whether the number that ends at `end` is what others are parts of: …のうち, の指定避難所のうち.
fn is_whole(s: &Sentence, end: usize, limit: usize) -> bool {
    const LONGEST_NOUN: usize = 8;
    let direct = begins_any(s.chars, end, &["のうち"]).is_some();
    direct
        || begins_any(s.chars, end, &["の"]).is_some_and(|noun| {
            let behind = super::phrase::forward(s, noun, limit.min(noun + LONGEST_NOUN));
            behind > noun && begins_any(s.chars, behind, &["のうち"]).is_some()
        })
}

/// Where the last figure of the list ends that goes on behind the one that ends at `to`: 、noun and number each time.
fn last_of_list(s: &Sentence, to: usize, limit: usize) -> Option<usize> {
    const LONGEST_NAME: usize = 12;
    let mut end = to;
    let mut last = None;
    while let Some(from) = begins_any(s.chars, s.behind_brackets(end), &["、", "及び"]) {
        let next = s.quantities().map(|(_, q, _)| &q.chars).find(|q| q.start >= from && q.end <= limit)?;
        let name = string(s.chars, from..next.start);
        let name = name.strip_suffix('は').unwrap_or(&name);
        if name.chars().count() > LONGEST_NAME || name.contains(['は', 'が', 'を', 'に', 'で', '、', '。'])
        {
            break;
        }
        end = next.end;
        last = Some(end);
    }
    last
}

/// What stands before the key of the next value: in 63.7% 目標 90% the aim is the second one's.
fn before_next_key(behind: &str) -> &str {
    const KEYS: [&str; 9] =
        ["目標値", "目標", "実績値", "実績", "計画値", "計画", "見込み", "見込", "現状値"];
    let key = |rest: &str| {
        let value = KEYS.iter().find_map(|k| rest.strip_prefix(k))?;
        let value = value.trim_start_matches([' ', ':', '：', '(']);
        value.starts_with(|c: char| c.is_ascii_digit() || "RH令平約".contains(c)).then_some(())
    };
    let at = behind
        .match_indices([' ', '\u{3000}'])
        .find(|(at, blank)| behind.get(at + blank.len()..).and_then(key).is_some());
    at.and_then(|(at, _)| behind.get(..at)).unwrap_or(behind)
}

/// What the label right before a number says: 現状値 6%(令和6年度) 目標値 50%(令和9年度).
fn by_label(s: &Sentence, floor: usize, from: usize) -> Option<Status> {
    let c = s.chars;
    let mut at = from;
    for _ in 0..6 {
        let was = at;
        while at > floor && c.get(at - 1).is_some_and(|x| " :は約".contains(*x)) {
            at -= 1;
        }
        if let Some((m, _)) = s.times().find(|(m, _)| m.chars.end == at && m.chars.start >= floor) {
            at = m.chars.start;
        }
        // 目標値(令和8年度) 60%; 令和6年度(見込) 75%.
        if let Some(open) = at.checked_sub(1).and_then(|close| s.open_of(close)).filter(|o| *o >= floor) {
            let (inner, held) = (string(s.chars, open + 1..at - 1), open..at);
            if s.quantities().any(|(_, q, _)| held.contains(&q.chars.start)) {
                return None;
            }
            if let Some(status) = first_word(&inner) {
                return Some(status);
            }
            if !s.times().any(|(m, _)| held.contains(&m.chars.start)) {
                return None;
            }
            at = open;
        }
        if at == was {
            break;
        }
    }
    // 受診率の目標を60%とし、…: the aim itself.
    if ends_any(c, at, &["目標を", "目標値を"]).is_some_and(|w| w >= floor) {
        return Some(Status::Target);
    }
    // 予定どおり移行する業務:12業務.
    let label = string(c, floor..at);
    let ahead = ["予定どおり", "計画どおり", "予定通り", "計画通り"].iter().any(|w| label.contains(w));
    if ahead && label.contains("する") && c.get(at) == Some(&':') {
        return Some(Status::Plan);
    }
    // 受講者 計画 120人: the word alone is a key, behind a name (介護計画 12件) it is not.
    let key = |w: usize| w >= floor && (w == floor || c.get(w - 1).is_some_and(|x| " (、:/⇒→".contains(*x)));
    if ends(c, at, "計画").is_some_and(key) {
        return Some(Status::Plan);
    }
    let found = LABELS.iter().filter_map(|(w, status)| Some((ends(c, at, w)?, *status)));
    found.min_by_key(|f| f.0).filter(|f| f.0 >= floor).map(|f| f.1)
}

/// What the name that ends at `end` says of the figure in the bracket behind it.
pub(super) fn of_name(s: &Sentence, end: usize) -> Option<Status> {
    let told = by_label(s, s.region(end.saturating_sub(1)).start, end)?;
    (told != Status::Actual).then_some(told)
}

/// What a noun at the end of a verbless sentence says, where nothing else does.
pub(super) fn by_noun(s: &Sentence, to: usize) -> Option<Status> {
    let region = s.region(to.saturating_sub(1));
    let behind = plain(s, to, region.end);
    let own = behind.trim_start_matches(['を', 'に', 'で', 'へ', 'ま', 'が', 'と']);
    let done = ends_done(&behind) || DONE_NOUNS.iter().any(|n| own.starts_with(n));
    done.then_some(Status::Actual)
}

/// What the bracket right behind a number says of it: 86店舗(9月末現在), 28.9%(見込み).
fn in_own_bracket(s: &Sentence, to: usize) -> Option<Status> {
    let open = to + usize::from(s.chars.get(to) == Some(&' '));
    if s.chars.get(open) != Some(&'(') {
        return None;
    }
    let close = s.close_of(open)?;
    if s.quantities().any(|(_, m, _)| m.chars.start > open && m.chars.end <= close) {
        return None;
    }
    let words = string(s.chars, open + 1..close);
    let planned = words.ends_with("計画") || words.ends_with("計画値");
    first_word(&words).or(planned.then_some(Status::Plan))
}

/// What a sentence says of all its numbers: 令和4年度(予算) 利用料1,188,000円; 経費は、委託費2,085万円…である(執行見込み)。
pub(super) fn of_all(s: &Sentence) -> Option<Status> {
    const LONGEST: usize = 8;
    let inner = |open: usize| {
        let close = s.close_of(open).filter(|c| *c <= open + LONGEST)?;
        let counted = s.mentions.iter().any(|m| m.chars.start > open && m.chars.end <= close);
        first_word(&string(s.chars, open + 1..close)).filter(|_| !counted)
    };
    let led = s.times().next().filter(|(m, _)| m.chars.start == 0).map(|(m, _)| m.chars.end);
    // 令和7年度の目標 利用者数45人、収支率10%.
    const KINDS: [(&str, Status); 6] = [
        ("の目標 ", Status::Target),
        ("目標 ", Status::Target),
        ("の目標値 ", Status::Target),
        ("の実績 ", Status::Actual),
        ("の見込み ", Status::Forecast),
        ("の計画 ", Status::Plan),
    ];
    // 【目標】8年度末までに…: a mark that leads the line.
    const MARKS: [(&str, Status); 6] = [
        ("【目標】", Status::Target),
        ("【実績】", Status::Actual),
        ("【現状】", Status::Actual),
        ("【予定】", Status::Plan),
        ("【計画】", Status::Plan),
        ("【見込み】", Status::Forecast),
    ];
    if let Some((_, status)) = MARKS.iter().find(|(w, _)| begins(s.chars, 0, w).is_some()) {
        return Some(*status);
    }
    let kind = led.and_then(|at| KINDS.iter().find(|(w, _)| begins(s.chars, at, w).is_some()));
    if let Some((_, status)) = kind {
        return Some(*status);
    }
    // 令和7年度の数値目標 応答率92%、完結率73%
    let key: String = led
        .map(|at| s.chars.iter().skip(at).take_while(|c| !matches!(c, ' ' | ':')).collect())
        .unwrap_or_default();
    let length = key.chars().count();
    let set_apart = led.and_then(|at| s.chars.get(at + length)).is_some();
    if set_apart
        && (3..=8).contains(&length)
        && key.ends_with("目標")
        && !key.contains(['は', 'が', 'を'])
        && !s.text.contains("実績")
    {
        return Some(Status::Target);
    }
    if let Some(status) = led.filter(|at| s.chars.get(*at) == Some(&'(')).and_then(inner) {
        return Some(status);
    }
    let end = s.chars.iter().rposition(|c| !"。 ".contains(*c))?;
    let open = s.open_of(end)?;
    let told = ends_any(s.chars, open, &["である", "です", "となった", "となる"]).is_some();
    inner(open).filter(|_| told)
}

/// Whether the number itself ends a sentence about a topic (手続は908件): it tells what is so.
pub(super) fn is_copula(s: &Sentence, from: usize, to: usize) -> bool {
    let region = s.region(from);
    let behind = plain(s, to, region.end);
    let rest = behind.trim_matches(|c: char| c.is_whitespace() || "。、です".contains(c));
    let before = plain(s, region.start, from);
    let so = rest.is_empty()
        || behind.starts_with("で、")
        || behind.starts_with("であり、")
        || behind.starts_with("となり、");
    so && (before.contains('は') || before.contains('が'))
        || rest.is_empty() && before.ends_with(['は', 'が'])
}

/// The status a heading, label or page mark gives to what stands under it.
pub(crate) fn of_heading(heading: &str) -> Option<Status> {
    static HEADINGS: [(&str, Status); 26] = [
        ("進め方", Status::Plan),
        ("募集", Status::Plan),
        ("実績", Status::Actual),
        ("これまで", Status::Actual),
        ("現時点", Status::Actual),
        ("現状", Status::Actual),
        ("取組状況", Status::Actual),
        ("実施状況", Status::Actual),
        ("進捗", Status::Actual),
        ("経過", Status::Actual),
        ("結果", Status::Actual),
        ("事例", Status::Actual),
        ("決算", Status::Actual),
        ("見直し後", Status::Actual),
        ("見直し前", Status::Actual),
        ("現在)", Status::Actual),
        ("時点", Status::Actual),
        ("予定", Status::Plan),
        ("今後", Status::Plan),
        ("計画値", Status::Plan),
        ("予算", Status::Plan),
        ("見込", Status::Forecast),
        ("推計", Status::Forecast),
        ("目標", Status::Target),
        ("めざす", Status::Target),
        ("目指す", Status::Target),
    ];
    static LIST: LazyLock<WordList<Status>> = LazyLock::new(|| WordList::new(&HEADINGS));
    // 取組の目標と現況: both.
    let both = heading.split_once("目標").and_then(|(_, rest)| rest.strip_prefix(['と', '・', '及']));
    if both
        .is_some_and(|rest| ["現況", "現状", "実績", "状況", "結果", "取組"].iter().any(|w| rest.contains(w)))
    {
        return None;
    }
    let found = LIST.candidates(heading).filter_map(|(w, s)| heading.rfind(w).map(|at| (at + w.len(), *s)));
    let found = found.filter(|(end, status)| *status != Status::Target || !is_named_goal(heading, *end));
    found.max_by_key(|(end, _)| *end).map(|(_, s)| s)
}

/// 基本目標1 働く場をつくる, 横断的目標 …, 目標2 安全なまち: a part of a plan that is called a goal, whose results are told in it.
fn is_named_goal(heading: &str, end: usize) -> bool {
    const KINDS: [&str; 8] = ["基本", "横断的", "横断", "重点", "政策", "施策", "戦略", "分野別"];
    let (lead, rest) = heading.split_at_checked(end).unwrap_or((heading, ""));
    let Some(lead) = lead.strip_suffix("目標") else { return false };
    let digits = rest.trim_start().chars().take_while(char::is_ascii_digit).count();
    let behind = rest.trim_start().get(digits..).unwrap_or_default();
    let numbered = (1..=2).contains(&digits) && behind.starts_with([' ', ':', '「', '.']);
    let named = behind.chars().any(char::is_alphabetic);
    named && (numbered || KINDS.iter().any(|k| lead.ends_with(k)))
}

/// Where a clause ends in which a number was told to be done (7施設で試行、), if a time of its own begins the next
/// clause.
pub(super) fn end_of_done(s: &Sentence, to: usize, end: usize) -> Option<usize> {
    let comma = (to..end.min(to + 16)).find(|&i| s.chars.get(i) == Some(&'、'))?;
    let own = string(s.chars, to..comma);
    let done = own.starts_with(['で', 'に', 'を']) && (ends_done(&own) || own.ends_with("試行"));
    let timed = s.times().any(|(m, _)| m.chars.start == comma + 1);
    (done && timed && first_word(&own).is_none()).then_some(comma)
}

/// The text between, without what stands in brackets.
pub(super) fn plain(s: &Sentence, from: usize, to: usize) -> String {
    let mut out = String::new();
    let mut i = from;
    while i < to {
        let Some(&c) = s.chars.get(i) else { break };
        match s.close_of(i) {
            Some(close) if close < to => i = close + 1,
            _ => {
                out.push(c);
                i += 1;
            }
        }
    }
    out
}

fn in_closing_bracket(s: &Sentence, to: usize, end: usize) -> Option<Status> {
    let open = (to..end).find(|&i| s.chars.get(i) == Some(&'('))?;
    let close = s.close_of(open)?;
    // A bracket behind another number, or before one, is that number's.
    if s.quantities().any(|(_, q, _)| q.chars.start >= to && q.chars.start <= close + 2) {
        return None;
    }
    // Only brackets at the end of the clause speak of the whole clause.
    if !matches!(s.chars.get(close + 1), None | Some('。' | '、' | ' ')) {
        return None;
    }
    first_word(&string(s.chars, open + 1..close))
}
