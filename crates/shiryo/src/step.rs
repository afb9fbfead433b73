//! Where a document's run is: told while it goes on, so that whoever watches can say what hangs and what is slow.

use serde::{Deserialize, Serialize};

/// The stages of a document's run, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Telling what the file is, and opening it.
    Open,
    /// Reading pages: glyphs, rules, images.
    Read,
    /// Optical character recognition of scanned pages.
    Recognise,
    /// Lines, blocks and tables.
    Layout,
    /// Facts and observations.
    Observe,
}

impl Stage {
    /// All stages, in their order.
    pub const ALL: [Stage; 5] = [Stage::Open, Stage::Read, Stage::Recognise, Stage::Layout, Stage::Observe];

    /// Its name in records and logs.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Open => "open",
            Stage::Read => "read",
            Stage::Recognise => "recognise",
            Stage::Layout => "layout",
            Stage::Observe => "observe",
        }
    }
}

/// A stage that begins, on one page or on the whole document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Which stage.
    pub stage: Stage,
    /// 1-based page, where the stage is about one.
    pub page: Option<u32>,
}

/// What is told each step.
pub type Watch<'a> = &'a dyn Fn(Step);

/// Nobody watches.
pub(crate) fn unwatched(_: Step) {}
