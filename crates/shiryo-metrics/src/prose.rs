//! Walks a document's blocks, keeps what headings and label lines say, and hands each passage to its reader.

use crate::outline::Outline;
use crate::scope::Scope;
use crate::{Draft, Tools, figures, statement, tables};
use shiryo_model::{Block, BlockKind, Context, DocumentContent, DocumentFacts, Observation};

/// Lines up to this many characters state a value, not a sentence.
const SHORT_LINE: usize = 24;

/// Every stated quantity of the document, in reading order.
pub fn read(content: &DocumentContent, facts: &DocumentFacts, tools: &Tools) -> Vec<Observation> {
    let mut outline = Outline::new(facts);
    let mut out = Vec::new();
    let mut skip_to = 0;
    for (i, block) in content.blocks.iter().enumerate() {
        if i < skip_to {
            continue;
        }
        if let Some(figure) = figures::at(&content.blocks, i) {
            let scope = Scope { context: Context::Figure, ..outline.value_scope() };
            out.extend(figures::read(&content.blocks, &figure, &scope, tools));
            skip_to = figure.end;
            continue;
        }
        match block.kind {
            BlockKind::Title
            | BlockKind::Header
            | BlockKind::Footer
            | BlockKind::PageNumber
            | BlockKind::Watermark
            | BlockKind::Stamp
            | BlockKind::Annotation
            | BlockKind::Ruby
            | BlockKind::Hidden => {}
            BlockKind::Heading => {
                outline.heading(block);
                let drafts = statement_of(block, &outline.scope(), tools);
                out.extend(labelled(drafts).map(|d| d.into_observation(&block.text, tools)));
            }
            BlockKind::Table => {
                let table = block.table.and_then(|t| content.tables.get(t as usize));
                let title = facts.title.clone();
                let scope = Scope { context: Context::Table, title, ..outline.scope() };
                out.extend(table.into_iter().flat_map(|t| tables::read(t, &scope, tools)));
                outline.end_passage();
                if let Some(facts) = table.and_then(|t| tables::sheet_facts(t, &scope)) {
                    outline.sheet(facts);
                }
            }
            BlockKind::Paragraph
            | BlockKind::ListItem
            | BlockKind::Note
            | BlockKind::Caption
            | BlockKind::Figure => {
                outline.begin(block);
                let short = block.text.map.len() <= SHORT_LINE;
                let scope = if short { outline.value_scope() } else { outline.scope() };
                let drafts = statement_of(block, &scope, tools);
                outline.passage(block, &drafts);
                out.extend(drafts.into_iter().map(|d| d.into_observation(&block.text, tools)));
            }
        }
    }
    out
}

fn statement_of(block: &Block, scope: &Scope, tools: &Tools) -> Vec<Draft> {
    statement::read(&block.text, 0..block.text.map.len(), scope, tools)
}

/// Headings state a number only behind a colon (対象業務:11業務); other numbers in them define the section.
fn labelled(drafts: Vec<Draft>) -> impl Iterator<Item = Draft> {
    drafts.into_iter().filter(|d| d.rule.contains(".label."))
}
