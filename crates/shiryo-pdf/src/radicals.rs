//! CJK radicals folded to the ideographs they look like.
//!
//! Fonts map one glyph from several code points, and PDF producers that build ToUnicode backwards from the
//! glyph often pick the radical (⼊ ⽉ ⺠) where the author wrote the ideograph (入 月 民). Text never means the
//! radical in running prose, so it is folded by Unicode's property Equivalent_Unified_Ideograph (UCD 14); for
//! the Kangxi radicals that agrees with NFKC.

use smol_str::SmolStr;

/// First code point of the block CJK Radicals Supplement.
const SUPPLEMENT_START: u32 = 0x2E80;
/// First code point of the block Kangxi Radicals.
const KANGXI_START: u32 = 0x2F00;

/// U+2E80–2EF3; `\0` where Unicode names no ideograph.
#[rustfmt::skip]
const SUPPLEMENT: [char; 116] = [
    '\0', '厂', '乛', '乚', '乙', '亻', '冂', '𠘨', '刀', '刂', '卜', '㔾', '小', '小', '兀', '尣',
    '尢', '𡯂', '巳', '幺', '彑', '彐', '忄', '心', '扌', '攵', '\0', '旡', '日', '月', '歺', '母',
    '民', '氵', '氺', '灬', '爫', '爫', '丬', '牛', '犭', '王', '𤴔', '目', '示', '礻', '𥫗', '糹',
    '纟', '罓', '罒', '㓁', '冗', '𦉫', '羊', '𦍌', '𦍋', '耂', '肀', '聿', '肉', '𦥑', '艹', '艹',
    '艹', '虎', '衤', '覀', '西', '见', '角', '𧢲', '讠', '贝', '𧾷', '车', '辶', '辶', '辶', '邑',
    '钅', '長', '镸', '长', '门', '𨸏', '阝', '雨', '青', '韦', '页', '风', '飞', '食', '𩙿', '飠',
    '饣', '𩠐', '马', '骨', '鬼', '鱼', '鸟', '卤', '麦', '黄', '黾', '斉', '齐', '歯', '齿', '竜',
    '龙', '龜', '亀', '龟',
];

/// U+2F00–2FD5.
#[rustfmt::skip]
const KANGXI: [char; 214] = [
    '一', '丨', '丶', '丿', '乙', '亅', '二', '亠', '人', '儿', '入', '八', '冂', '冖', '冫', '几',
    '凵', '刀', '力', '勹', '匕', '匚', '匸', '十', '卜', '卩', '厂', '厶', '又', '口', '囗', '土',
    '士', '夂', '夊', '夕', '大', '女', '子', '宀', '寸', '小', '尢', '尸', '屮', '山', '巛', '工',
    '己', '巾', '干', '幺', '广', '廴', '廾', '弋', '弓', '彐', '彡', '彳', '心', '戈', '戶', '手',
    '支', '攴', '文', '斗', '斤', '方', '无', '日', '曰', '月', '木', '欠', '止', '歹', '殳', '毋',
    '比', '毛', '氏', '气', '水', '火', '爪', '父', '爻', '爿', '片', '牙', '牛', '犬', '玄', '玉',
    '瓜', '瓦', '甘', '生', '用', '田', '疋', '疒', '癶', '白', '皮', '皿', '目', '矛', '矢', '石',
    '示', '禸', '禾', '穴', '立', '竹', '米', '糸', '缶', '网', '羊', '羽', '老', '而', '耒', '耳',
    '聿', '肉', '臣', '自', '至', '臼', '舌', '舛', '舟', '艮', '色', '艸', '虍', '虫', '血', '行',
    '衣', '襾', '見', '角', '言', '谷', '豆', '豕', '豸', '貝', '赤', '走', '足', '身', '車', '辛',
    '辰', '辵', '邑', '酉', '釆', '里', '金', '長', '門', '阜', '隶', '隹', '雨', '靑', '非', '面',
    '革', '韋', '韭', '音', '頁', '風', '飛', '食', '首', '香', '馬', '骨', '高', '髟', '鬥', '鬯',
    '鬲', '鬼', '魚', '鳥', '鹵', '鹿', '麥', '麻', '黃', '黍', '黑', '黹', '黽', '鼎', '鼓', '鼠',
    '鼻', '齊', '齒', '龍', '龜', '龠',
];

/// The ideograph a CJK radical stands for; any other character is itself.
pub(crate) fn fold(c: char) -> char {
    let code = c as u32;
    if !(SUPPLEMENT_START..=0x2FD5).contains(&code) {
        return windows_1252(c);
    }
    let table = |start: u32, table: &[char]| {
        code.checked_sub(start).and_then(|i| table.get(i as usize)).copied().filter(|&f| f != '\0')
    };
    table(KANGXI_START, &KANGXI).or_else(|| table(SUPPLEMENT_START, &SUPPLEMENT)).unwrap_or(c)
}

/// C1 controls are never meant: producers that write them mean the character of Windows' Western code page.
fn windows_1252(c: char) -> char {
    match u8::try_from(c) {
        Ok(byte @ 0x80..=0x9F) => encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next().unwrap_or(c),
        _ => c,
    }
}

/// Whether `c` only selects a variant of the character before it.
pub(crate) fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}')
}

/// Whether `c` is no character of a text: a control (other than white space), a noncharacter or U+FFFD.
pub(crate) fn is_junk(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFD}' | '\u{FFFE}' | '\u{FFFF}')
}

/// `text` as glyphs carry it: radicals folded, variation selectors and junk dropped. `None` when nothing is left.
pub(crate) fn clean(text: &str) -> Option<SmolStr> {
    let cleaned: SmolStr =
        text.chars().map(fold).filter(|&c| !is_variation_selector(c) && !is_junk(c)).collect();
    (!cleaned.is_empty()).then_some(cleaned)
}

/// The same for one character, without going through a string.
pub(crate) fn clean_char(c: char) -> Option<SmolStr> {
    let c = fold(c);
    if is_variation_selector(c) || is_junk(c) {
        return None;
    }
    Some(SmolStr::new(c.encode_utf8(&mut [0; 4])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kangxi_and_supplement_are_folded() {
        assert_eq!(clean("⼊⽉⼈⼝").as_deref(), Some("入月人口"));
        assert_eq!(clean("⺠⻑⻘⻄").as_deref(), Some("民長青西"));
    }

    #[test]
    fn ends_of_the_blocks() {
        assert_eq!(fold('⼀'), '一');
        assert_eq!(fold('⿕'), '龠');
        assert_eq!(fold('⺁'), '厂');
        assert_eq!(fold('⻳'), '龟');
        // Unassigned or without an equivalent: left alone.
        assert_eq!(fold('\u{2E9A}'), '\u{2E9A}');
        assert_eq!(fold('\u{2EFF}'), '\u{2EFF}');
        assert_eq!(fold('龢'), '龢');
    }

    #[test]
    fn selectors_and_junk_are_dropped() {
        assert_eq!(clean("葛\u{E0100}").as_deref(), Some("葛"));
        assert_eq!(clean("\u{0}"), None);
        assert_eq!(clean_char('\u{FE0E}'), None);
        assert_eq!(clean_char('資').as_deref(), Some("資"));
        assert_eq!(clean_char('\u{95}').as_deref(), Some("•"));
        assert_eq!(clean_char('\u{81}'), None);
    }
}
