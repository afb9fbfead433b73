//! JSON files: objects whose lists have one item a line, so that a diff shows the item that changed and no whole
//! document has to be built in memory.

use serde::Serialize;
use shiryo_model::{Document, DocumentFacts, DocumentStatus, MediaType, PageSummary};
use std::io::{self, Write};

/// What [`Document`] is without its contents.
#[derive(Debug, Serialize)]
pub(crate) struct DocumentHead<'a> {
    id: &'a str,
    source: &'a str,
    sha256: &'a str,
    bytes: u64,
    media_type: MediaType,
    encoding: Option<&'a str>,
    status: DocumentStatus,
    facts: &'a DocumentFacts,
    pages: &'a [PageSummary],
}

impl<'a> DocumentHead<'a> {
    pub(crate) fn of(d: &'a Document) -> Self {
        Self {
            id: &d.id,
            source: &d.source,
            sha256: &d.sha256,
            bytes: d.bytes,
            media_type: d.media_type,
            encoding: d.encoding.as_deref(),
            status: d.status,
            facts: &d.facts,
            pages: &d.pages,
        }
    }
}

/// A list being written: `[`, items one a line, `]`.
#[derive(Debug)]
pub(crate) struct List {
    empty: bool,
}

impl List {
    pub(crate) fn new() -> Self {
        Self { empty: true }
    }

    /// Writes one item.
    pub(crate) fn item<W: Write>(&mut self, out: &mut W, item: &impl Serialize) -> io::Result<()> {
        out.write_all(if self.empty { b"\n" } else { b",\n" })?;
        self.empty = false;
        serde_json::to_writer(&mut *out, item).map_err(io::Error::from)
    }

    /// What stands before the closing bracket.
    pub(crate) fn end(&self) -> &'static str {
        if self.empty { "" } else { "\n" }
    }
}

fn list<W: Write, T: Serialize>(out: &mut W, name: &str, items: &[T]) -> io::Result<()> {
    write!(out, ",\n\"{name}\": [")?;
    let mut list = List::new();
    for item in items {
        list.item(out, item)?;
    }
    write!(out, "{}]", list.end())
}

/// One complete document, as `documents/DOCUMENT_ID.json` has it.
pub fn write_document<W: Write>(out: &mut W, d: &Document) -> io::Result<()> {
    let head = serde_json::to_string(&DocumentHead::of(d))?;
    out.write_all(head.strip_suffix('}').unwrap_or(&head).as_bytes())?;
    list(out, "blocks", &d.blocks)?;
    list(out, "tables", &d.tables)?;
    list(out, "observations", &d.observations)?;
    list(out, "diagnostics", &d.diagnostics)?;
    out.write_all(b"}\n")
}
