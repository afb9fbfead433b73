//! When two figures count as the same.

use rust_decimal::Decimal;

/// How far a figure may be from the expected one, as a share of it. None by default: every digit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tolerance(Decimal);

impl Tolerance {
    /// A share between 0 and 1 (0.01: one per cent).
    pub fn new(share: Decimal) -> Option<Self> {
        (Decimal::ZERO..Decimal::ONE).contains(&share).then_some(Self(share))
    }

    /// Whether two values are the same or near enough.
    pub(super) fn values(self, was: &str, is: &str) -> bool {
        if was == is {
            return true;
        }
        match (was.parse::<Decimal>(), is.parse::<Decimal>()) {
            (Ok(was), Ok(is)) if !self.0.is_zero() => {
                let far = is.checked_sub(was).map(|d| d.abs());
                let most = was.abs().checked_mul(self.0);
                far.zip(most).is_some_and(|(far, most)| far <= most)
            }
            _ => false,
        }
    }

    /// Whether two texts are the same, or the same words around values that are near enough.
    pub(super) fn texts(self, was: &str, is: &str) -> bool {
        if was == is {
            return true;
        }
        let (a, b) = (parts(was), parts(is));
        !self.0.is_zero() && a.1 == b.1 && self.values(&a.0, &b.0)
    }
}

/// The digits of a text as one number, and what stands around them.
fn parts(text: &str) -> (String, String) {
    let digit = |c: char| c.is_ascii_digit() || c == '.';
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(text.len());
    let (lead, rest) = text.split_at(start);
    let end = rest.find(|c: char| !digit(c) && c != ',').unwrap_or(rest.len());
    let (number, tail) = rest.split_at(end);
    (number.replace(',', ""), format!("{lead}\u{0}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_digit_may_differ_unless_asked() {
        let none = Tolerance::default();
        assert!(none.values("12", "12") && !none.values("1000000", "1000001") && !none.texts("12件", "13件"));
        let one = Tolerance::new(Decimal::new(1, 2)).unwrap();
        assert!(one.values("1000", "1010") && !one.values("1000", "1011") && one.values("-50", "-50.5"));
        assert!(
            one.texts("1,000件", "1,005件") && !one.texts("1,000件", "1,005人") && !one.texts("甲", "乙")
        );
        assert!(Tolerance::new(Decimal::ONE).is_none() && Tolerance::new(Decimal::NEGATIVE_ONE).is_none());
    }
}
