//! Page content and marked-up text to blocks in reading order and tables.

pub mod blocks;
mod figures;
pub mod lines;
pub mod markup;
mod note_marks;
mod prose;
pub mod tables;

pub use blocks::PageLayout;
pub use markup::layout_text;
