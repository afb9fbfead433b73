//! Values of charts as far as their labels say: a name, a bare number with its share, the whole.

use crate::Tools;
use crate::scope::Scope;
use shiryo_model::{Block, Observation};
use std::ops::Range;

/// The blocks from `start` on that are labels and values of one chart; `None` when block `start` begins none.
pub fn at(blocks: &[Block], start: usize) -> Option<Range<usize>> {
    let _ = (blocks, start);
    None
}

/// Every value of a chart.
pub fn read(blocks: &[Block], figure: &Range<usize>, scope: &Scope, tools: &Tools) -> Vec<Observation> {
    let _ = (blocks, figure, scope, tools);
    Vec::new()
}
