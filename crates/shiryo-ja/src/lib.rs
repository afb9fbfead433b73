#![doc = include_str!("../README.md")]

pub mod cell;
mod chars;
pub mod compose;
pub mod gazetteer;
pub mod grammar;
pub mod mention;
pub mod noise;
pub mod normalise;
pub mod record;
pub mod reference;
#[cfg(feature = "segment")]
pub mod segment;
pub mod sentence;
pub mod status;
pub mod units;
pub mod wards;
#[cfg(feature = "segment")]
mod words;

pub use cell::{parse_cell_number, unit_of_header};
pub use chars::{is_dash, is_mark};
pub use compose::compose;
pub use gazetteer::{
    Municipality, department_at, find_committees, find_departments, find_municipalities, municipality,
};
pub use mention::{
    Mention, MentionKind, Quantity, StatusWord, TimeContext, TimeMention, YearParts, annotate,
    may_begin_with_time,
};
pub use noise::{Noise, NoiseKind, find_noise};
pub use normalise::normalise;
pub use record::{AnnotationRecord, absent, annotate_line, impossible_expressions, records, undecided};
#[cfg(feature = "segment")]
pub use segment::{Pos, SegmentError, Segmenter, Token, noun_phrase_ending_at};
pub use sentence::sentences;
pub use status::status_words;
pub use wards::{FormerCity, Ward, find_wards, former_cities, former_city, ward, wards};
#[cfg(feature = "segment")]
pub use words::annotate_segmented;
