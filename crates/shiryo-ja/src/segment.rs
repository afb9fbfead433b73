//! Segmentation into words with lindera and the embedded IPADIC.

use lindera::mode::Mode;
use lindera::worker::SegmentWorker;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Mutex;

/// The dictionary could not be loaded or a text could not be segmented.
#[derive(Debug)]
pub struct SegmentError(String);

impl std::fmt::Display for SegmentError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "segmentation: {}", self.0)
    }
}

impl std::error::Error for SegmentError {}

/// Part of speech (IPADIC's first level).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pos {
    /// 名詞
    Noun,
    /// 動詞
    Verb,
    /// 形容詞
    Adjective,
    /// 副詞
    Adverb,
    /// 連体詞
    Adnominal,
    /// 接続詞
    Conjunction,
    /// 助詞
    Particle,
    /// 助動詞
    Auxiliary,
    /// 接頭詞
    Prefix,
    /// 感動詞, フィラー
    Interjection,
    /// 記号
    Symbol,
    /// その他 and words the dictionary does not have.
    Other,
}

impl Pos {
    fn of(name: &str) -> Self {
        match name {
            // A user dictionary may say カスタム名詞 or 固有名詞.
            _ if name.ends_with("名詞") => Self::Noun,
            "動詞" => Self::Verb,
            "形容詞" => Self::Adjective,
            "副詞" => Self::Adverb,
            "連体詞" => Self::Adnominal,
            "接続詞" => Self::Conjunction,
            "助詞" => Self::Particle,
            "助動詞" => Self::Auxiliary,
            "接頭詞" => Self::Prefix,
            "感動詞" | "フィラー" => Self::Interjection,
            "記号" => Self::Symbol,
            _ => Self::Other,
        }
    }
}

/// IPADIC's second level, so that a token needs no string of its own.
const SUBCATEGORIES: &[&str] = &[
    "一般",
    "固有名詞",
    "サ変接続",
    "数",
    "接尾",
    "非自立",
    "代名詞",
    "副詞可能",
    "形容動詞語幹",
    "ナイ形容詞語幹",
    "接続詞的",
    "動詞非自立的",
    "特殊",
    "引用文字列",
    "自立",
    "格助詞",
    "係助詞",
    "連体化",
    "接続助詞",
    "終助詞",
    "副助詞",
    "並立助詞",
    "副助詞／並立助詞／終助詞",
    "副詞化",
    "特殊",
    "名詞接続",
    "動詞接続",
    "形容詞接続",
    "数接続",
    "助詞類接続",
    "句点",
    "読点",
    "空白",
    "括弧開",
    "括弧閉",
    "アルファベット",
    "間投",
];

/// A word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Byte range in the text given.
    pub bytes: Range<usize>,
    /// Character range in the text given.
    pub chars: Range<usize>,
    /// The word as written.
    pub surface: String,
    /// Part of speech.
    pub pos: Pos,
    /// IPADIC's second level (数, サ変接続, 連体化 …); empty where there is none.
    pub pos1: &'static str,
}

/// Segments text. Shared by reference between threads; each call borrows a worker from a pool.
pub struct Segmenter {
    inner: lindera::segmenter::Segmenter,
    idle: Mutex<Vec<Worker>>,
}

/// What one thread segments with.
struct Worker {
    inner: SegmentWorker,
    /// What the dictionary says of the words met so far, by their number: few words are most of any text.
    known: HashMap<u32, (Pos, &'static str)>,
}

/// Most words a worker remembers.
const MOST_KNOWN: usize = 1 << 16;

impl Segmenter {
    /// Loads the embedded dictionary and the terms that ship ([`TERMS`]): a few milliseconds.
    pub fn new() -> Result<Self, SegmentError> {
        Self::with_user_dictionary("")
    }

    /// With words of one's own beside the embedded dictionary and the terms that ship ([`TERMS`]): lines of
    /// `surface,part_of_speech,reading`; blank lines and those that begin with `#` are passed over.
    ///
    /// # Errors
    /// A line that does not have three fields or has an empty one, with its number; a dictionary that cannot be
    /// loaded.
    pub fn with_user_dictionary(csv: &str) -> Result<Self, SegmentError> {
        let mut rows = user_rows(TERMS)?;
        rows.push_str(&user_rows(csv)?);
        let dictionary = shiryo_dict::load().map_err(|e| SegmentError(e.to_string()))?;
        let user = lindera_dictionary::builder::DictionaryBuilder::new((*dictionary.metadata).clone())
            .build_user_dict_from_reader(rows.as_bytes())
            .map_err(|e| SegmentError(format!("user dictionary: {e}")))?;
        Ok(Self {
            inner: lindera::segmenter::Segmenter::new(Mode::Normal, dictionary, Some(user)),
            idle: Mutex::default(),
        })
    }

    /// The words of `text`, in order; white space is none. Text that lindera refuses gives no words.
    pub fn tokens(&self, text: &str) -> Vec<Token> {
        let pooled = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let fresh = || Worker { inner: self.inner.new_worker(), known: HashMap::new() };
        let mut worker = pooled.unwrap_or_else(fresh);
        let mut tokens = Vec::new();
        let (mut byte, mut char) = (0, 0);
        // A line at a time: the lattice of a whole document would take hundreds of megabytes.
        for line in text.split_inclusive('\n') {
            // IPADIC knows 〜 but not ～; both take three bytes.
            let known = line.replace('～', "〜");
            append(&mut worker, line, &known, (byte, char), &mut tokens);
            byte += line.len();
            char += line.chars().count();
        }
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(worker);
        }
        tokens
    }
}

/// The terms of administration that ship, in the form of a user dictionary.
pub const TERMS: &str = include_str!("../data/terms.csv");

/// Most lines of a user dictionary.
const MAX_WORDS: usize = 200_000;

/// The rows of a user dictionary, checked: lindera takes rows of thirteen fields as raw entries with connection
/// numbers of their own, which text from outside must not give.
fn user_rows(csv: &str) -> Result<String, SegmentError> {
    let mut rows = String::with_capacity(csv.len());
    for (i, line) in csv.trim_start_matches('\u{FEFF}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |why: &str| SegmentError(format!("user dictionary, line {}: {why}", i + 1));
        if i >= MAX_WORDS {
            return Err(wrong("too many words"));
        }
        let fields: Vec<&str> = line.split(',').map(str::trim).collect();
        let [surface, part_of_speech, reading] = fields[..] else {
            return Err(wrong("surface,part_of_speech,reading expected"));
        };
        if surface.is_empty() || part_of_speech.is_empty() || line.contains('"') {
            return Err(wrong("a field is empty or quoted"));
        }
        // As `tokens` gives the text to lindera.
        let surface = surface.replace('～', "〜");
        rows.push_str(&format!("{surface},{part_of_speech},{reading}\n"));
    }
    Ok(rows)
}

/// Appends the words of one line that begins at (`byte`, `char`).
fn append(worker: &mut Worker, line: &str, known: &str, (byte, char): (usize, usize), out: &mut Vec<Token>) {
    let Worker { inner, known: entries } = worker;
    let Ok(words) = inner.segment(known) else { return };
    let (mut at, mut chars) = (0, char);
    for word in words {
        let Some((gap, surface)) =
            line.get(at..word.byte_start).zip(line.get(word.byte_start..word.byte_end))
        else {
            continue;
        };
        let start = chars + gap.chars().count();
        chars = start + surface.chars().count();
        at = word.byte_end;
        let bytes = byte + word.byte_start..byte + word.byte_end;
        let (pos, pos1) = known_part_of_speech(entries, &word);
        out.push(Token { bytes, chars: start..chars, surface: surface.to_string(), pos, pos1 });
    }
}

/// What the dictionary says of a word, asked once for each word of its own.
fn known_part_of_speech(
    known: &mut HashMap<u32, (Pos, &'static str)>,
    word: &lindera::token::Token<'_>,
) -> (Pos, &'static str) {
    // Other dictionaries count from 0 as well.
    if word.word_id.is_unknown() || !word.word_id.is_system() {
        return part_of_speech(word);
    }
    let id = word.word_id.id();
    if let Some(entry) = known.get(&id) {
        return *entry;
    }
    let entry = part_of_speech(word);
    if known.len() < MOST_KNOWN {
        known.insert(id, entry);
    }
    entry
}

/// The first two fields of a word's entry. Asking the dictionary itself keeps lindera from copying all nine.
fn part_of_speech(word: &lindera::token::Token<'_>) -> (Pos, &'static str) {
    let id = word.word_id.id() as usize;
    let mut fields = match word.user_dictionary {
        _ if word.word_id.is_unknown() => word.dictionary.unknown_word_details_iter(id),
        _ if word.word_id.is_system() => word.dictionary.word_details_iter(id),
        Some(own) => own.word_details_iter(id),
        None => return (Pos::Other, ""),
    };
    let pos = Pos::of(fields.next().unwrap_or_default());
    let sub = fields.next().unwrap_or_default();
    (pos, SUBCATEGORIES.iter().find(|s| **s == sub).copied().unwrap_or_default())
}

/// The noun phrase that ends right before character `end`, with what modifies it: nouns, prefixes, words in
/// brackets, and の ・ 及び と between them. Empty (at `end`) when no noun stands there.
pub fn noun_phrase_ending_at(tokens: &[Token], end: usize) -> Range<usize> {
    let last = tokens.partition_point(|t| t.chars.end <= end);
    let mut start = end;
    let mut i = last;
    let mut seen_end = None;
    while let Some(t) = i.checked_sub(1).and_then(|k| tokens.get(k)) {
        // A gap between words ends the phrase.
        if seen_end.is_some_and(|s| t.chars.end < s) || seen_end.is_none() && t.chars.end < end {
            break;
        }
        if let Some(open) = bracket_start(tokens, i - 1) {
            i = open;
        } else if is_nominal(t) {
            i -= 1;
        } else if is_link(t)
            && i >= 2
            && tokens.get(i - 2).is_some_and(|p| (is_nominal(p) || closes(p)) && p.chars.end == t.chars.start)
            && start < end
        {
            i -= 1;
            seen_end = Some(t.chars.start);
            continue;
        } else {
            break;
        }
        let Some(first) = tokens.get(i) else { break };
        start = first.chars.start;
        seen_end = Some(start);
    }
    start..end
}

/// A word that can stand in a noun phrase.
fn is_nominal(t: &Token) -> bool {
    match t.pos {
        Pos::Noun => {
            !matches!(t.pos1, "非自立" | "代名詞" | "副詞可能")
                || t.surface.chars().any(crate::chars::is_kanji) && t.pos1 == "副詞可能"
        }
        Pos::Prefix => true,
        Pos::Symbol => {
            t.pos1 == "アルファベット" || matches!(t.surface.as_str(), "・" | "/" | "-" | "&" | "+")
        }
        Pos::Other => true,
        _ => false,
    }
}

/// A word that ties two nouns into one phrase.
fn is_link(t: &Token) -> bool {
    match t.pos {
        Pos::Particle => {
            t.pos1 == "連体化" || t.pos1 == "並立助詞" && matches!(t.surface.as_str(), "と" | "や")
        }
        Pos::Conjunction => {
            matches!(t.surface.as_str(), "及び" | "並びに" | "又は" | "および" | "ならびに" | "または")
        }
        _ => false,
    }
}

fn closes(t: &Token) -> bool {
    t.surface.chars().next_back().is_some_and(|c| matches!(c, '」' | '』' | ')' | '）'))
}

/// If token `i` closes a bracket, the token that opens it.
fn bracket_start(tokens: &[Token], i: usize) -> Option<usize> {
    const REACH: usize = 60;
    let close =
        tokens.get(i)?.surface.chars().next_back().filter(|c| matches!(c, '」' | '』' | ')' | '）'))?;
    let mut depth = 0usize;
    for k in (i.saturating_sub(REACH)..=i).rev() {
        for c in tokens.get(k)?.surface.chars().rev() {
            if c == close {
                depth += 1;
            } else if crate::sentence::partner(c) == Some(close) {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(k);
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(text: &str, before: &str) -> String {
        let tokens = Segmenter::new().map(|s| s.tokens(text)).unwrap_or_default();
        let end = text.find(before).map_or(0, |b| text[..b].chars().count());
        let r = noun_phrase_ending_at(&tokens, end);
        text.chars().skip(r.start).take(r.len()).collect()
    }

    #[test]
    fn words_keep_their_place() {
        let text = "令和5年度の申請は、\n1,000件～2,000件である。";
        let tokens = Segmenter::new().map(|s| s.tokens(text)).unwrap_or_default();
        assert!(tokens.iter().all(|t| text.get(t.bytes.clone()) == Some(t.surface.as_str())));
        let chars: Vec<char> = text.chars().collect();
        assert!(tokens.iter().all(|t| chars[t.chars.clone()].iter().collect::<String>() == t.surface));
        assert_eq!(tokens.first().map(|t| (t.surface.as_str(), t.pos1)), Some(("令和", "固有名詞")));
    }

    #[test]
    fn a_user_dictionary_adds_words_and_says_what_is_wrong() {
        let words = |s: &Segmenter, text: &str| {
            s.tokens(text).into_iter().map(|t| (t.surface, t.pos)).collect::<Vec<_>>()
        };
        let own = Segmenter::with_user_dictionary("# own\n\n杉並ほっとラインα,カスタム名詞,スギナミ\n").ok();
        let found = own.as_ref().map(|s| words(s, "杉並ほっとラインαの利用")).unwrap_or_default();
        assert_eq!(found.first(), Some(&("杉並ほっとラインα".to_string(), Pos::Noun)));
        let found = own.as_ref().map(|s| words(s, "会計年度任用職員を採用")).unwrap_or_default();
        assert_eq!(found.first().map(|w| w.0.as_str()), Some("会計年度任用職員"));
        for wrong in ["語", "語,名詞", ",名詞,ゴ", "語,1,2,3,名詞,*,*,*,*,*,*,*,*", "\"語,名詞,ゴ"]
        {
            let error =
                Segmenter::with_user_dictionary(&format!("# x\n{wrong}")).err().map(|e| e.to_string());
            assert!(error.is_some_and(|e| e.contains("line 2")), "{wrong}");
        }
    }

    #[test]
    fn noun_phrases() {
        assert_eq!(
            phrase("今年は窓口の混雑緩和のため、オンライン申請の件数は増えた", "は増"),
            "オンライン申請の件数"
        );
        assert_eq!(
            phrase("保育課の「入園申込書」及び「変更届」の手続が", "が"),
            "保育課の「入園申込書」及び「変更届」の手続"
        );
        assert_eq!(
            phrase("導入した。電子申請・届出サービスの利用者数は", "は"),
            "電子申請・届出サービスの利用者数"
        );
        assert_eq!(phrase("進める。は", "は"), "");
    }
}
