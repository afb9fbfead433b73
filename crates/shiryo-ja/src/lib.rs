//! Japanese administrative text: normalisation with an offset map, line joining, sentences, segmentation,
//! and the grammar of numbers, units, times and status words.
//!
//! The grammar and the normaliser need no dictionary; segmentation (feature `segment`) embeds IPADIC.

mod chars;
pub mod compose;
pub mod mention;
pub mod normalise;
pub mod units;

pub use compose::compose;
pub use mention::{Mention, MentionKind, Quantity, StatusWord, TimeContext, TimeMention, annotate};
pub use normalise::normalise;
