//! One character at a time: compatibility forms, half-width katakana, radicals, invisible characters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A normalised character and the index of the source character it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Folded {
    pub(crate) c: char,
    pub(crate) at: u32,
}

/// Folds every character of `raw`; all kinds of spaces become U+0020, tabs stay.
pub(crate) fn fold(raw: impl Iterator<Item = char>, out: &mut Vec<Folded>) {
    // Dropped before anything is composed: a mark after one belongs to the character before it.
    let mut raw = raw.enumerate().filter(|(_, c)| !is_dropped(*c)).peekable();
    let mut cluster = String::new();
    while let Some((i, c)) = raw.next() {
        let at = u32::try_from(i).unwrap_or(u32::MAX);
        let marked = raw.peek().is_some_and(|(_, n)| attaches(*n));
        if !marked && stays(c) {
            out.push(Folded { c, at });
            continue;
        }
        if matches!(c, '⁽' | '⁾') && is_around_mark(c, out.last(), raw.peek()) {
            continue;
        }
        if let Some(digit) = superscript_digit(c).filter(|_| !is_exponent(out.last())) {
            // 308³ is 308 with the note mark 3.
            if !mark_ends(out) {
                out.push(Folded { c: '※', at });
            }
            out.push(Folded { c: digit, at });
            let next = raw.peek().map(|(_, n)| *n);
            if next.is_some_and(|n| n.is_ascii_digit() || ('０'..='９').contains(&n)) {
                out.push(Folded { c: ' ', at });
            }
            continue;
        }
        if c.is_whitespace() {
            out.push(Folded { c: if c == '\t' || c == '\n' { c } else { ' ' }, at });
            continue;
        }
        cluster.clear();
        cluster.push(radical(c).unwrap_or(c));
        while let Some((_, mark)) = raw.next_if(|(_, n)| attaches(*n)) {
            cluster.push(mark);
        }
        if keeps_form(c) {
            out.extend(cluster.chars().map(|c| Folded { c, at }));
        } else {
            out.extend(cluster.nfkc().map(|c| Folded { c, at }));
        }
    }
}

/// The digit of a superscript one.
fn superscript_digit(c: char) -> Option<char> {
    let value = match c {
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁰' | '⁴'..='⁹' => u32::from(c) - 0x2070,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// Whether a superscript digit here belongs to a unit or symbol (m², R²) or a power (m⁻²).
fn is_exponent(before: Option<&Folded>) -> bool {
    before.is_some_and(|f| f.c.is_ascii_alphabetic() || matches!(f.c, '㎡' | '-' | '−'))
}

/// Whether the text ends with ※ and digits.
fn mark_ends(text: &[Folded]) -> bool {
    text.iter().rev().take(4).find(|f| !f.c.is_ascii_digit()).is_some_and(|f| f.c == '※')
}

/// Whether a superscript bracket opens or closes a note mark (手続¹⁾).
fn is_around_mark(c: char, before: Option<&Folded>, after: Option<&(usize, char)>) -> bool {
    match c {
        '⁽' => after.is_some_and(|(_, n)| superscript_digit(*n).is_some()),
        _ => before.is_some_and(|f| f.c.is_ascii_digit()),
    }
}

/// Characters that need no look at the tables: the bulk of any text.
pub(crate) fn stays(c: char) -> bool {
    matches!(c, ' '..='~' | '\t' | '\n' | '\u{3001}'..='\u{3011}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FE}' | '\u{4E00}'..='\u{9FFF}' | '～' | '※')
}

/// Marks that belong to the character before them.
fn attaches(c: char) -> bool {
    let letter = c < '\u{300}' || matches!(c, '\u{309B}'..='\u{9FFF}' | '\u{3041}'..='\u{3096}');
    (!letter && is_combining_mark(c)) || matches!(c, '\u{FF9E}' | '\u{FF9F}')
}

/// Invisible characters without meaning for the text.
fn is_dropped(c: char) -> bool {
    !matches!(c, ' '..='~' | '\u{3000}'..='\u{9FFF}')
        && matches!(
            c,
            '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\r' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}'
        )
}

/// Characters whose compatibility form would lose their meaning: enumerators, ～, and marks that NFKC
/// would turn into a space with an accent.
fn keeps_form(c: char) -> bool {
    matches!(
        c,
        '\u{2460}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{3229}' | '\u{3244}'..='\u{325F}' | '\u{3280}'..='\u{32BF}'
        | '\u{32D0}'..='\u{32FE}' | '\u{1F100}'..='\u{1F1FF}' | '\u{1F200}'..='\u{1F265}' | '～' | '※' | '○' | '◯' | '〇'
    ) || matches!(
        c,
        '\u{A8}' | '\u{AF}' | '\u{B4}' | '\u{B8}' | '\u{2D8}'
            ..='\u{2DD}' | '\u{309B}' | '\u{309C}' | '\u{37A}' | '\u{384}' | '\u{385}'
    ) || matches!(c, '\u{2017}' | '\u{203E}' | '\u{FFE3}' | '\u{FE49}'..='\u{FE4C}' | '\u{1FBD}'..='\u{1FC1}' | '\u{1FCD}'..='\u{1FCF}' | '\u{1FDD}'..='\u{1FDF}' | '\u{1FED}'..='\u{1FEF}' | '\u{1FFD}' | '\u{1FFE}')
        || matches!(c, '\u{FC5E}'..='\u{FC63}' | '\u{FDFA}' | '\u{FDFB}' | '\u{FE70}'..='\u{FE7F}')
}

/// CJK radicals that NFKC leaves alone, as their ideographs (the Kangxi radicals NFKC folds itself).
fn radical(c: char) -> Option<char> {
    if !matches!(c, '\u{2E80}'..='\u{2EFF}') {
        return None;
    }
    RADICALS.iter().find(|(r, _)| *r == c).map(|(_, i)| *i)
}

/// CJK Radicals Supplement with the ideograph each stands for (Unicode `EquivalentUnifiedIdeograph`).
const RADICALS: &[(char, char)] = &[
    ('⺁', '厂'),
    ('⺂', '乛'),
    ('⺃', '乚'),
    ('⺄', '乙'),
    ('⺅', '亻'),
    ('⺆', '冂'),
    ('⺇', '几'),
    ('⺈', '刀'),
    ('⺉', '刂'),
    ('⺊', '卜'),
    ('⺋', '㔾'),
    ('⺌', '小'),
    ('⺍', '小'),
    ('⺎', '兀'),
    ('⺏', '尣'),
    ('⺐', '尢'),
    ('⺑', '尣'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺔', '彑'),
    ('⺕', '彐'),
    ('⺖', '忄'),
    ('⺗', '㣺'),
    ('⺘', '扌'),
    ('⺙', '攵'),
    ('⺛', '旡'),
    ('⺜', '日'),
    ('⺝', '月'),
    ('⺞', '歺'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺡', '氵'),
    ('⺢', '氺'),
    ('⺣', '灬'),
    ('⺤', '爫'),
    ('⺥', '爫'),
    ('⺦', '丬'),
    ('⺧', '牛'),
    ('⺨', '犭'),
    ('⺩', '王'),
    ('⺪', '疋'),
    ('⺫', '目'),
    ('⺬', '示'),
    ('⺭', '礻'),
    ('⺮', '竹'),
    ('⺯', '糹'),
    ('⺰', '纟'),
    ('⺱', '罓'),
    ('⺲', '罒'),
    ('⺳', '网'),
    ('⺴', '网'),
    ('⺵', '网'),
    ('⺶', '羊'),
    ('⺷', '羊'),
    ('⺸', '羊'),
    ('⺹', '老'),
    ('⺺', '肀'),
    ('⺻', '聿'),
    ('⺼', '月'),
    ('⺽', '臼'),
    ('⺾', '艹'),
    ('⺿', '艹'),
    ('⻀', '艹'),
    ('⻁', '虎'),
    ('⻂', '衤'),
    ('⻃', '覀'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻇', '角'),
    ('⻈', '讠'),
    ('⻉', '贝'),
    ('⻊', '足'),
    ('⻋', '车'),
    ('⻌', '辶'),
    ('⻍', '辶'),
    ('⻎', '辶'),
    ('⻏', '阝'),
    ('⻐', '钅'),
    ('⻑', '長'),
    ('⻒', '镸'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻕', '阝'),
    ('⻖', '阝'),
    ('⻗', '雨'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻞', '食'),
    ('⻟', '飠'),
    ('⻠', '饣'),
    ('⻡', '首'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻪', '黾'),
    ('⻫', '斉'),
    ('⻬', '齐'),
    ('⻭', '歯'),
    ('⻮', '齿'),
    ('⻯', '竜'),
    ('⻰', '龙'),
    ('⻱', '龟'),
    ('⻲', '亀'),
];
