//! Which letters a text has, coarsely: enough to tell that a word cannot stand in it.

use std::sync::OnceLock;

/// One bit for every 128th letter: a word whose bits are not all set in a text does not stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Letters(u128);

impl Letters {
    /// The letters of a text.
    pub(crate) fn of(text: &str) -> Self {
        Self(text.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 128)))
    }

    /// The letters of two texts together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a word of these letters may stand in a text of `text`.
    pub(crate) fn may_stand_in(self, text: Self) -> bool {
        self.0 & !text.0 == 0
    }
}

/// Words to be looked for in many texts, with the letters of each: most texts can hold none of them.
pub(crate) struct Words {
    words: &'static [&'static str],
    letters: OnceLock<Vec<Letters>>,
}

impl Words {
    pub(crate) const fn new(words: &'static [&'static str]) -> Self {
        Self { words, letters: OnceLock::new() }
    }

    /// Those that a text of these letters may hold, in the order of the list.
    pub(crate) fn within(&self, text: Letters) -> impl Iterator<Item = &'static str> {
        let letters = self.letters.get_or_init(|| self.words.iter().map(|w| Letters::of(w)).collect());
        self.words.iter().zip(letters).filter(move |(_, l)| l.may_stand_in(text)).map(|(w, _)| *w)
    }

    /// Whether one of them stands in a text.
    pub(crate) fn stand_in(&self, text: &str) -> bool {
        self.within(Letters::of(text)).any(|w| text.contains(w))
    }
}

/// A list of words with the letters of each, for looking them up in many texts.
pub(crate) struct WordList<T: 'static> {
    words: &'static [(&'static str, T)],
    letters: Vec<Letters>,
}

impl<T> WordList<T> {
    pub(crate) fn new(words: &'static [(&'static str, T)]) -> Self {
        Self { words, letters: words.iter().map(|(w, _)| Letters::of(w)).collect() }
    }

    /// The words whose letters all stand in a text, in the order of the list: the only ones it may have.
    pub(crate) fn candidates(&self, text: &str) -> impl Iterator<Item = &'static (&'static str, T)> {
        let text = Letters::of(text);
        self.words.iter().zip(&self.letters).filter(move |(_, l)| l.may_stand_in(text)).map(|(w, _)| w)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_stands_in_a_text_is_never_ruled_out() {
        let text = Letters::of("年間処理時間");
        assert!(Letters::of("処理").may_stand_in(text) && Letters::of("").may_stand_in(text));
        assert!(!Letters::of("件数").may_stand_in(text));
        assert!(Letters::of("件数").may_stand_in(text.and(Letters::of("数件"))));
    }

    #[test]
    fn words_that_a_text_holds_are_among_those_it_may_hold() {
        static WORDS: Words = Words::new(&["処理", "件数", "時間"]);
        assert!(WORDS.within(Letters::of("年間処理時間")).eq(["処理", "時間"]));
        assert!(WORDS.stand_in("件数は") && !WORDS.stand_in("数件") && !WORDS.stand_in(""));
    }

    #[test]
    fn lists_leave_out_only_words_that_do_not_stand_in_a_text() {
        let list = WordList::new(&[("処理", 1), ("件数", 2), ("時間", 3)]);
        let found: Vec<i32> = list.candidates("年間処理時間").map(|(_, n)| *n).collect();
        assert_eq!(found, [1, 3]);
    }
}
