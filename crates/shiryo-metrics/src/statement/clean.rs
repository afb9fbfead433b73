//! What belongs to the sentence rather than to the name is taken off a phrase.

use super::chars::is_hiragana;
use crate::letters::{Letters, Words};
use std::borrow::Cow;

/// What goes from a phrase.
enum Cut {
    /// Words that it begins with.
    Begin(Words),
    /// Words that it ends with.
    End(Words),
    /// All up to the first of the words.
    First(Words),
    /// All up to the last of the words.
    Last(Words),
    /// What a function finds: it gives what is left.
    By(fn(&str) -> Option<&str>),
}

const fn begin(words: &'static [&'static str]) -> Cut {
    Cut::Begin(Words::new(words))
}

const fn end(words: &'static [&'static str]) -> Cut {
    Cut::End(Words::new(words))
}

const fn first(words: &'static [&'static str]) -> Cut {
    Cut::First(Words::new(words))
}

const fn last(words: &'static [&'static str]) -> Cut {
    Cut::Last(Words::new(words))
}

/// What is taken off, in this order, each with the number of letters that must be left.
static CUTS: [(usize, Cut); 29] = [
    (0, end(&["について", "並びに", "及び"])),
    (0, begin(&["また", "なお", "さらに", "そこから", "そこで", "しかし", "すると", "そして"])),
    (0, begin(&["のうち", "このうち", "そのうち", "このため", "そのため", "一方"])),
    (0, begin(&["及び"])),
    (0, begin(&["等の"])),
    (0, begin(&["を除いた", "を除く"])),
    // 勘定では保険給付費: the inner topic is the one.
    (2, last(&["では"])),
    (1, Cut::By(behind_speaker)),
    // 国によると普及率: who says so stands before.
    (1, last(&["によると", "によれば"])),
    // 前年度と比較して歳入: what is compared with stands before.
    (1, last(&["のに対して", "のに対し"])),
    (1, last(&["と比較して", "と比較すると", "と比べて", "に比べて", "と比べると"])),
    (0, begin(&["比べて", "比べ", "比較して", "対して", "に対し", "対し"])),
    (0, begin(&["における", "であった", "だった"])),
    // 定員各10名: each of them.
    (2, end(&["各"])),
    // 管理職全96人.
    (3, end(&["全"])),
    (2, begin(&["現在の"])),
    // 情報の中から: those that were chosen from.
    (2, end(&["の中"])),
    (1, Cut::By(behind_particle)),
    // この差引額から繰越金を除いた単年度収支: what is left is named.
    (2, last(&["を除いた", "を差し引いた", "を加えた", "を控除した"])),
    (5, Cut::By(behind_beginning)),
    (2, Cut::By(behind_bracket)),
    (2, Cut::By(behind_mark)),
    // これによる削減時間: what was spoken of.
    (
        2,
        begin(&[
            "これによる",
            "これにより",
            "それにより",
            "このことにより",
            "これらの",
            "それによる",
            "これに伴う",
            "これに対し",
        ]),
    ),
    // 受付件数ベースの利用率: by what it was reckoned.
    (2, first(&["ベースの"])),
    // 目標額19億円|に対する進捗率: what it is set against has a number of its own.
    (1, begin(&["対する"])),
    (2, Cut::By(behind_cut_verb)),
    // 決算書107ページの歳入: where it is told.
    (1, first(&["ページの"])),
    (1, Cut::By(behind_number)),
    (1, Cut::By(behind_order)),
];

impl Cut {
    /// What is left of a phrase, if there is something to take off; `letters`: those of the phrase.
    fn of<'p>(&self, phrase: &'p str, letters: Letters) -> Option<&'p str> {
        match self {
            Self::Begin(words) => words.within(letters).find_map(|w| phrase.strip_prefix(w)),
            Self::End(words) => words.within(letters).find_map(|w| phrase.strip_suffix(w)),
            Self::First(words) => words.within(letters).find_map(|w| phrase.split_once(w)).map(|(_, r)| r),
            Self::Last(words) => words.within(letters).find_map(|w| phrase.rsplit_once(w)).map(|(_, r)| r),
            Self::By(cut) => cut(phrase),
        }
    }
}

/// A phrase without footnote marks, outer punctuation and the words around the name.
pub(crate) fn clean(phrase: &str) -> String {
    let whole = without_marks(phrase);
    let whole = if whole.contains("()") { whole.replace("()", "").into() } else { whole };
    if let Some(word) = letter_spaced(&whole) {
        return word;
    }
    // 火災…2件, ［男：…／女：…］: leaders and brackets set words apart from their figures.
    let apart = |c: char| c.is_whitespace() || "、。・:;,/●○〇■□◆◇▼…[]〔〕⇒→➡⇨".contains(c);
    let name = whole.trim_matches(apart).trim_end_matches("...").trim_start_matches(['-', '*']);
    let letters = Letters::of(name);
    let name = CUTS.iter().fold(name, |name, (least, cut)| {
        let left = cut.of(name, letters).map(|r| r.trim_start_matches('、'));
        left.filter(|r| r.chars().count() >= *least).unwrap_or(name)
    });
    // A lone bracket is the rest of a name cut in two.
    let balanced = [('(', ')'), ('「', '」'), ('【', '】')]
        .iter()
        .all(|(o, c)| name.matches(*o).count() == name.matches(*c).count());
    if balanced {
        return name.trim_matches(apart).to_owned();
    }
    name.replace(['(', ')', '「', '」', '【', '】'], "").trim_matches(apart).to_owned()
}

/// A phrase without footnote marks.
fn without_marks(phrase: &str) -> Cow<'_, str> {
    if !phrase.contains('※') {
        return phrase.into();
    }
    let mut out = String::with_capacity(phrase.len());
    let mut chars = phrase.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '※' {
            while chars.next_if(char::is_ascii_digit).is_some() {}
        } else {
            out.push(c);
        }
    }
    out.into()
}

/// 件 数: a word of two letters set apart.
fn letter_spaced(phrase: &str) -> Option<String> {
    let mut letters = phrase.chars();
    match (letters.next(), letters.next(), letters.next(), letters.next()) {
        (Some(a), Some(' '), Some(b), None) => Some(format!("{a}{b}")),
        _ => None,
    }
}

/// 市民部長 窓口の件数: who speaks stands before.
fn behind_speaker(phrase: &str) -> Option<&str> {
    const OFFICES: [&str; 10] =
        ["部長", "課長", "局長", "室長", "市長", "区長", "町長", "村長", "議員", "委員"];
    let (who, said) = phrase.split_once(' ')?;
    OFFICES.iter().any(|o| who.ends_with(o)).then_some(said)
}

/// も国庫支出金, は高齢者の数: the particle closes what a time was taken from.
fn behind_particle(phrase: &str) -> Option<&str> {
    phrase.strip_prefix(['は', 'も', 'が', 'に', 'へ', 'の', 'で']).filter(|r| !r.starts_with(is_hiragana))
}

/// 導入した案内システム: that it was introduced says nothing of which it is.
fn behind_beginning(phrase: &str) -> Option<&str> {
    const DOINGS: [&str; 12] =
        ["導入", "開設", "設置", "整備", "更新", "開始", "運用", "作成", "改修", "構築", "新設", "配備"];
    let verb = DOINGS.iter().find_map(|w| phrase.strip_prefix(w))?;
    ["した", "している", "する"].iter().find_map(|v| verb.strip_prefix(v))
}

/// (前年度5,125時間)電子決裁率, (参考)町営バス: a bracket that leads belongs to what stands before; (仮称)… is a name's.
fn behind_bracket(phrase: &str) -> Option<&str> {
    let (inner, rest) = phrase.strip_prefix('(')?.split_once(')')?;
    let apart = !inner.contains('(') && inner.chars().count() >= 2 && inner != "仮称";
    apart.then(|| rest.trim_start_matches(['の', ' ']))
}

/// 【検証】用紙の購入枚数, 〈修正理由〉移行の経費: what kind of statement it is.
fn behind_mark(phrase: &str) -> Option<&str> {
    const LONGEST_MARK: usize = 6;
    const MARKS: [(char, char); 4] = [('【', '】'), ('〈', '〉'), ('《', '》'), ('<', '>')];
    let (mark, rest) =
        MARKS.iter().find_map(|(open, close)| phrase.strip_prefix(*open)?.split_once(*close))?;
    (mark.chars().count() <= LONGEST_MARK).then(|| rest.trim_start())
}

/// を差し引いた実質収支: the verb's object was cut off.
fn behind_cut_verb(phrase: &str) -> Option<&str> {
    const LONGEST_VERB: usize = 6;
    let (verb, rest) = phrase.strip_prefix('を')?.split_once(['た', 'る'])?;
    (verb.chars().count() <= LONGEST_VERB && !rest.starts_with(is_hiragana)).then_some(rest)
}

/// 27.歳入: the number of the item.
fn behind_number(phrase: &str) -> Option<&str> {
    let digits = phrase.bytes().take_while(u8::is_ascii_digit).count();
    let rest = phrase.get(digits..)?.strip_prefix('.').filter(|_| (1..=2).contains(&digits))?;
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some(rest)
}

/// 以下窓口12件: those that follow in order.
fn behind_order(phrase: &str) -> Option<&str> {
    phrase.strip_prefix("以下").filter(|r| !r.starts_with(|c: char| "のに、はを".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_a_cut_clause_leaves_before_the_noun_goes() {
        assert_eq!(clean("を除いた単年度収支"), "単年度収支");
        assert_eq!(clean("なお、実質収支"), "実質収支");
    }

    #[test]
    fn what_belongs_to_the_sentence_goes_and_the_name_stays() {
        for (phrase, name) in [
            ("市民部長 窓口の件数", "窓口の件数"),
            ("(参考)町営バス", "町営バス"),
            ("【検証】購入枚数", "購入枚数"),
            ("(仮称)中央公園", "(仮称)中央公園"),
            ("27.歳入", "歳入"),
            ("27.5", "27.5"),
            ("受付件数ベースの利用率", "利用率"),
            ("も国庫支出金", "国庫支出金"),
            ("もの忘れ相談", "もの忘れ相談"),
            ("導入した案内システム", "案内システム"),
            ("導入した窓口", "導入した窓口"),
            ("件 数", "件数"),
            ("「窓口", "窓口"),
        ] {
            assert_eq!(clean(phrase), name, "{phrase}");
        }
    }
}
