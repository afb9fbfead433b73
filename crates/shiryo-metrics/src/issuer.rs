//! Who a paper is from: the municipality that signs it, that it speaks as, or that its title names.

use crate::facts::HEAD_LINE;
use shiryo_ja::{find_committees, find_departments, find_municipalities, municipality};
use shiryo_model::{Block, BlockKind, DocumentContent};
use std::collections::BTreeMap;

/// Characters read for the issuer.
const READ_CHARS: usize = 200_000;
/// Signatures stand in this many first blocks.
const SIGNING_BLOCKS: usize = 10;
/// Blocks searched for a name that the title bears.
const HEAD_BLOCKS_READ: usize = 2000;
/// Characters of a name with its prefecture and district.
const LONGEST_NAME: usize = 16;
/// Words that end like a municipality and are none.
const NO_NAMES: [&str; 26] = [
    "都市",
    "市町",
    "地区",
    "学区",
    "校区",
    "特別区",
    "選挙区",
    "管区",
    "行政区",
    "自治区",
    "市町村",
    "農村",
    "山村",
    "漁村",
    "中核市",
    "全市",
    "本市",
    "当市",
    "各市",
    "全区",
    "各区",
    "当区",
    "本町",
    "当町",
    "下町",
    "他市",
];
/// Characters that continue 市, 区, 町 or 村 to another word: 市場, 市街, 区画, 区域, 町民, 町会.
const GOES_ON: [char; 14] =
    ['場', '街', '画', '域', '間', '分', '民', '内', '会', '政', '営', '立', '制', '割'];

/// Words that begin like those and are an office's own: 市政策課, 町会計課.
const OFFICE_WORDS: [&str; 5] = ["政策", "会計", "営繕", "立地", "内部統制"];

/// Whether `rest` goes on with the last letter of a name to another word.
fn goes_on(rest: &str) -> bool {
    rest.starts_with(GOES_ON) && !OFFICE_WORDS.iter().any(|w| rest.starts_with(w))
}

/// Bodies that several municipalities form, and what those of the name 組合 are for: other 組合 are no bodies of theirs.
const UNIONS: [&str; 2] = ["広域連合", "企業団"];
const UNION_PURPOSES: [&str; 20] = [
    "衛生", "事務", "消防", "水道", "環境", "広域", "施設", "医療", "病院", "斎場", "清掃", "処理", "行政",
    "火葬", "し尿", "下水", "福祉", "競輪", "競艇", "競馬",
];
/// How such a body speaks of itself.
const UNION_SELVES: [&str; 6] = ["組合では", "組合は", "本組合", "当組合", "広域連合", "企業団"];

/// How a body speaks of itself and its people.
const SELF_WORDS: [(char, &[&str]); 6] = [
    (
        '区',
        &["区民", "区長", "区では", "区は、", "区として", "区議会", "区の", "本区", "当区", "区立", "全区"],
    ),
    ('市', &["市民", "市長", "市では", "市は、", "市として", "市議会", "市の", "本市", "当市", "市立"]),
    ('町', &["町民", "町長", "町では", "町は、", "町として", "町議会", "本町", "当町", "町立"]),
    ('村', &["村民", "村長", "村では", "村は、", "村として", "村議会", "本村", "当村", "村立"]),
    ('県', &["県民", "県知事", "県では", "県は、", "県として", "県議会", "本県", "当県", "県立"]),
    ('都', &["都民", "都知事", "都では", "都議会", "都立"]),
];

/// The municipality that the paper speaks as. Empty when the paper does not say clearly.
pub(crate) fn issuer(content: &DocumentContent, head: &[&Block], title: &str) -> (String, String) {
    let mut scores: BTreeMap<&'static str, (usize, &'static shiryo_ja::Municipality)> = BTreeMap::new();
    let mut selves = [0usize; SELF_WORDS.len()];
    let mut left = READ_CHARS;
    let texts = content.blocks.iter().filter(|b| !b.kind.is_apart()).map(|b| (b, &b.text.text));
    for (block, text) in texts {
        left = left.saturating_sub(block.text.map.len());
        if left == 0 {
            break;
        }
        // Every word of a body has its letter.
        for (slot, (_, words)) in
            selves.iter_mut().zip(SELF_WORDS).filter(|(_, (end, _))| text.contains(*end))
        {
            *slot += words.iter().map(|w| text.matches(w).count()).sum::<usize>();
        }
        let prominent = head.iter().any(|h| std::ptr::eq(*h, block)) || is_prominent(block.kind);
        for (range, body) in find_municipalities(text) {
            let weight = weigh(text, &range, prominent);
            let entry = scores.entry(body.code).or_insert((0, body));
            entry.0 += weight;
        }
    }
    for table in &content.tables {
        for cell in table.cells.iter().take(2000) {
            for (range, body) in find_municipalities(&cell.text.text) {
                scores.entry(body.code).or_insert((0, body)).0 += weigh(&cell.text.text, &range, false);
            }
        }
    }
    // A paper that speaks of its 区民 is not the 東京都's, however often that is named.
    let spoken =
        selves.iter().zip(SELF_WORDS).max_by_key(|(n, _)| **n).filter(|(n, _)| **n >= 2).map(|(_, w)| w.0);
    let fits =
        |name: &str| spoken.is_none_or(|end| name.ends_with(end) || end == '都' && name.ends_with('都'));
    let mut ranked: Vec<_> = scores.into_values().filter(|(n, b)| *n > 0 && fits(b.short_name())).collect();
    ranked.sort_by_key(|(n, b)| (std::cmp::Reverse(*n), b.code));
    let signers = || head.iter().take(SIGNING_BLOCKS).map(|b| b.text.text.as_str());
    if let Some(union) = signers().find_map(|t| union(t, content)) {
        return (union, String::new());
    }
    if let Some(signed) = signers().find_map(signature)
        && fits(&signed.0)
    {
        return signed;
    }
    let next = ranked.get(1).map_or(0, |r| r.0);
    let enough = if spoken.is_some() { 2 } else { 5 };
    if let Some((most, body)) = ranked.first()
        && *most >= enough
        && *most >= 2 * next
    {
        return (body.short_name().to_owned(), body.code.to_owned());
    }
    signature(title).or_else(|| titled(title, content, spoken)).unwrap_or_default()
}

fn is_prominent(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Title | BlockKind::Heading | BlockKind::Header | BlockKind::Footer)
}

/// How much a mention says that the paper is this body's own: little when it is told as another's.
fn weigh(text: &str, range: &std::ops::Range<usize>, prominent: bool) -> usize {
    let after: String = text.chars().skip(range.end).take(6).collect();
    let others = ["など", "等の", "の事例", "では、", "と比べ", "への視察", "による", "ほか"];
    if others.iter().any(|o| after.starts_with(o)) {
        return 0;
    }
    if prominent { 4 } else { 2 }
}

/// The body that signs a line of the head: its name by itself, or before its department, board or assembly.
fn signature(text: &str) -> Option<(String, String)> {
    if text.chars().count() > 2 * HEAD_LINE || text.contains('。') {
        return None;
    }
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || "（）()".contains(c)).collect();
    words.iter().enumerate().find_map(|(i, word)| {
        let next = words.get(i + 1).copied().unwrap_or_default();
        let (name, _) = names(word)
            .find(|(_, rest)| rest.is_empty() && (next.is_empty() || is_office(next)) || is_office(rest))?;
        Some(known(name).unwrap_or_else(|| (name.to_owned(), String::new())))
    })
}

/// The body of several municipalities that a line of the head names: alone, before its office, or before the
/// matter of a paper that speaks as such a body.
fn union(text: &str, content: &DocumentContent) -> Option<String> {
    if text.chars().count() > 2 * HEAD_LINE || text.contains(['。', '、']) {
        return None;
    }
    let mut words = text.split_whitespace().skip_while(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let (word, next) = (words.next()?, words.next().unwrap_or_default());
    let whole = |name: &str| {
        UNIONS.iter().any(|u| name.ends_with(u) && name.len() > u.len()) || {
            let purpose = name.strip_suffix("組合").unwrap_or_default();
            UNION_PURPOSES.iter().any(|p| purpose.ends_with(p) && purpose.len() > p.len())
        }
    };
    let ends = word.char_indices().skip(3).map(|(i, c)| i + c.len_utf8());
    let (name, rest) = ends.filter_map(|end| word.split_at_checked(end)).find(|(name, _)| whole(name))?;
    let speaks = || {
        let said = |b: &Block| UNION_SELVES.iter().any(|w| b.text.text.contains(w));
        content.blocks.iter().take(HEAD_BLOCKS_READ).any(|b| b.text.text.contains('。') && said(b))
    };
    let signs = rest.is_empty() && (next.is_empty() || is_office(next) || speaks()) || is_office(rest);
    signs.then(|| name.to_owned())
}

/// 常盤市環境部 → 環境部, 東京都建設局 → 建設局: an office without the name of its body.
pub(crate) fn without_municipality(office: &str) -> &str {
    let listed = find_municipalities(office).into_iter().find(|(range, _)| range.start == 0);
    let after = listed.and_then(|(range, _)| office.char_indices().nth(range.end));
    let rest = after.and_then(|(i, _)| office.get(i..)).filter(|r| is_office(r));
    rest.or_else(|| names(office).map(|(_, rest)| rest).find(|rest| is_office(rest))).unwrap_or(office)
}

/// The unlisted body that a title begins with (沢野町一般会計…), when the paper speaks as one of that kind.
fn titled(title: &str, content: &DocumentContent, spoken: Option<char>) -> Option<(String, String)> {
    title.split_whitespace().find_map(|word| {
        let (name, rest) = names(word).next()?;
        let again = || {
            let named = content.blocks.iter().map(|b| b.text.text.matches(name).count());
            named.take(HEAD_BLOCKS_READ).sum::<usize>() >= 2
        };
        let own = spoken.is_some_and(|end| name.ends_with(end)) || again();
        (own && !goes_on(rest) && known(name).is_none()).then(|| (name.to_owned(), String::new()))
    })
}

/// Code and short name, when `name` is in the list (and, for namesakes, its prefecture is written before).
fn known(name: &str) -> Option<(String, String)> {
    municipality(name).map(|m| (m.short_name().to_owned(), m.code.to_owned()))
}

/// Ways to read the beginning of `word` as a municipality's name, with what follows it.
fn names(word: &str) -> impl Iterator<Item = (&str, &str)> {
    let ends = word.char_indices().take(LONGEST_NAME).skip(1);
    ends.filter(|(_, c)| matches!(c, '市' | '区' | '町' | '村')).filter_map(|(i, c)| {
        let (name, rest) = word.split_at_checked(i + c.len_utf8())?;
        let plain = name
            .chars()
            .all(|c| matches!(c, '一'..='鿿' | 'ぁ'..='ヿ' | '々') && !"のをはがに・".contains(c));
        let listed = municipality(name).is_some();
        let common = NO_NAMES.iter().any(|w| name.ends_with(w)) || name == "町村";
        (listed || plain && !common && !goes_on(rest)).then_some((name, rest))
    })
}

/// Whether `text` is nothing but an office: a department, a council, the mayor, the assembly and its papers.
fn is_office(text: &str) -> bool {
    if text == "議会" || text.starts_with("議会") && text.ends_with("資料") {
        return true;
    }
    // 〇〇市長 alone; what follows a dot or comma is a body of its own.
    if text == "長" || text.starts_with(['・', '、']) {
        return text == "長";
    }
    let length = text.chars().count();
    let covers = |found: Vec<std::ops::Range<usize>>| {
        let covered: usize = found.iter().map(ExactSizeIterator::len).sum();
        covered > 0 && covered + 2 >= length
    };
    covers(find_departments(text)) || covers(find_committees(text))
}
