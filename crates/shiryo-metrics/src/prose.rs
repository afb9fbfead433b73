//! Walks a document's blocks, keeps what headings and label lines say, and hands each passage to its reader.

use crate::scope::Scope;
use crate::{Tools, tables};
use shiryo_model::{BlockKind, Context, DocumentContent, DocumentFacts, Observation};

/// Every stated quantity of the document, in reading order.
pub fn read(content: &DocumentContent, facts: &DocumentFacts, tools: &Tools) -> Vec<Observation> {
    let mut scope = Scope::default();
    scope.time.reference = facts.date;
    let mut out = Vec::new();
    for block in &content.blocks {
        match block.kind {
            BlockKind::Table => {
                let table = block.table.and_then(|i| content.tables.get(i as usize));
                let scope = Scope { context: Context::Table, ..scope.clone() };
                out.extend(table.into_iter().flat_map(|t| tables::read(t, &scope, tools)));
            }
            _ => {
                let drafts = crate::statement::read(&block.text, 0..block.text.map.len(), &scope, tools);
                out.extend(drafts.into_iter().map(|d| d.into_observation(&block.text, tools)));
            }
        }
    }
    out
}
