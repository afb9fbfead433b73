//! Facts of the document catalog: language, outline and page labels.

use crate::facts::line;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, String as PdfString};
use shiryo_model::OutlineEntry;
use std::collections::{HashMap, HashSet};

/// Outline entries and nodes of number trees that are read.
const MOST_NODES: usize = 10_000;
/// Pages that get labels.
const MOST_LABELS: usize = 100_000;

/// The catalog of the file.
pub(super) fn catalog(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())
}

/// `/Lang` of the catalog.
pub(super) fn language(catalog: &Dict<'_>) -> String {
    catalog.get::<PdfString<'_>>("Lang").map(|s| line(s.as_bytes())).unwrap_or_default()
}

/// The bookmarks in reading order.
pub(super) fn outline(pdf: &Pdf, catalog: &Dict<'_>) -> Vec<OutlineEntry> {
    let mut entries = Vec::new();
    let Some(root) = catalog.get::<Dict<'_>>("Outlines") else { return entries };
    let pages: HashMap<ObjectIdentifier, u32> =
        (1..).zip(pdf.pages().iter()).filter_map(|(n, p)| Some((p.raw().obj_id()?, n))).collect();
    let mut seen = HashSet::new();
    let mut todo: Vec<(Dict<'_>, u8)> = root.get::<Dict<'_>>("First").map(|d| (d, 1)).into_iter().collect();
    while let Some((item, level)) = todo.pop() {
        if entries.len() >= MOST_NODES || item.obj_id().is_some_and(|id| !seen.insert(id)) {
            break;
        }
        let title = item.get::<PdfString<'_>>("Title").map(|t| line(t.as_bytes())).unwrap_or_default();
        entries.push(OutlineEntry { title, level, page: destination(&item, &pages) });
        todo.extend(item.get::<Dict<'_>>("Next").map(|next| (next, level)));
        todo.extend(item.get::<Dict<'_>>("First").map(|child| (child, level.saturating_add(1))));
    }
    entries
}

fn destination(item: &Dict<'_>, pages: &HashMap<ObjectIdentifier, u32>) -> Option<u32> {
    let target = item
        .get::<Array<'_>>("Dest")
        .or_else(|| item.get::<Dict<'_>>("A").and_then(|action| action.get::<Array<'_>>("D")))?;
    let MaybeRef::Ref(page) = target.raw_iter().next()? else { return None };
    pages.get(&page.into()).copied()
}

/// What the pages are called; empty when they are just counted.
pub(super) fn page_labels(catalog: &Dict<'_>, page_count: u32) -> Vec<String> {
    let Some(tree) = catalog.get::<Dict<'_>>("PageLabels") else { return Vec::new() };
    let mut ranges = label_ranges(tree);
    ranges.sort_by_key(|r| r.from);
    let mut labels = Vec::new();
    let mut ranges = ranges.iter().peekable();
    let mut current: Option<&LabelRange> = None;
    for page in (0..page_count).take(MOST_LABELS) {
        while let Some(range) = ranges.next_if(|r| r.from <= page) {
            current = Some(range);
        }
        labels.push(current.map_or_else(|| (u64::from(page) + 1).to_string(), |r| r.label(page)));
    }
    labels
}

struct LabelRange {
    from: u32,
    prefix: String,
    style: Option<u8>,
    start: u32,
}

impl LabelRange {
    fn label(&self, page: u32) -> String {
        let number = u64::from(self.start) + u64::from(page.saturating_sub(self.from));
        let number = match self.style {
            Some(b'D') => number.to_string(),
            Some(b'r') => roman(number).to_lowercase(),
            Some(b'R') => roman(number),
            Some(b'a') => letters(number, b'a'),
            Some(b'A') => letters(number, b'A'),
            _ => String::new(),
        };
        format!("{}{number}", self.prefix)
    }
}

fn label_ranges(tree: Dict<'_>) -> Vec<LabelRange> {
    let mut ranges = Vec::new();
    let mut todo = vec![tree];
    let mut nodes = 0;
    while let Some(node) = todo.pop() {
        nodes += 1;
        if nodes > MOST_NODES {
            break;
        }
        if let Some(kids) = node.get::<Array<'_>>("Kids") {
            todo.extend(kids.iter::<Dict<'_>>().take(MOST_NODES));
        }
        let Some(numbers) = node.get::<Array<'_>>("Nums") else { continue };
        let mut items = numbers.iter::<Object<'_>>().take(MOST_NODES);
        while let (Some(from), Some(label)) = (items.next(), items.next()) {
            let from = from.into_i32().and_then(|n| u32::try_from(n).ok());
            let (Some(from), Some(label)) = (from, label.into_dict()) else { continue };
            ranges.push(LabelRange {
                from,
                prefix: label.get::<PdfString<'_>>("P").map(|p| line(p.as_bytes())).unwrap_or_default(),
                style: label.get::<Name<'_>>("S").and_then(|s| s.as_ref().first().copied()),
                start: label.get::<u32>("St").unwrap_or(1),
            });
        }
    }
    ranges
}

fn roman(mut n: u64) -> String {
    const DIGITS: [(u64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n == 0 || n > 10_000 {
        return n.to_string();
    }
    let mut out = String::new();
    for (value, digit) in DIGITS {
        while n >= value {
            out.push_str(digit);
            n -= value;
        }
    }
    out
}

/// a … z, aa … zz, aaa …
fn letters(n: u64, first: u8) -> String {
    let Some(index) = n.checked_sub(1).filter(|i| *i < 26 * 100) else { return n.to_string() };
    let letter = u8::try_from(index % 26).unwrap_or(0).saturating_add(first);
    let times = usize::try_from(index / 26).unwrap_or(0) + 1;
    char::from(letter).to_string().repeat(times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        assert_eq!(roman(1994), "MCMXCIV");
        assert_eq!(roman(4).to_lowercase(), "iv");
        assert_eq!((letters(1, b'a'), letters(27, b'A')), ("a".into(), "AA".into()));
    }

    #[test]
    fn label_of_a_range() {
        let range = LabelRange { from: 4, prefix: "別紙".into(), style: Some(b'D'), start: 1 };
        assert_eq!(range.label(5), "別紙2");
    }
}
