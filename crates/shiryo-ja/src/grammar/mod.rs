//! The grammar of numbers, quantities and times: one pass from left to right over normalised text, no
//! backtracking beyond the expression at hand.

pub(crate) mod bounds;
pub mod calendar;
pub mod era;
mod extent;
mod length;
mod listed;
pub(crate) mod number;
mod parts;
pub(crate) mod quantity;
pub(crate) mod range;
mod reject;
pub(crate) mod relative;
mod scan;
mod share;
pub(crate) mod time;

pub(crate) use scan::{may_begin, scan};
