//! Which letters a text has, coarsely: enough to tell that a word cannot stand in it.

/// One bit for every 128th letter: a word whose bits are not all set in a text does not stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Letters(u128);

impl Letters {
    /// The letters of a text.
    pub(super) fn of(text: &str) -> Self {
        Self(text.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 128)))
    }

    /// The letters of two texts together.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether a word of these letters may stand in a text of `text`.
    pub(super) fn may_stand_in(self, text: Self) -> bool {
        self.0 & !text.0 == 0
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
}
