//! What the parts of a `rule` mean, in words: the column that traces a row back to how it was read.
//!
//! `table.column.header`: a cell whose column header names the measure and whose unit the header implies.
//! `prose.noun.clause`: a number in running text bound to the noun before it, with a status from its own clause.

/// What names the measure of a figure in a cell: second part of `table.…`.
const CELLS: [(&str, &str); 6] = [
    ("column", "the column header names what is measured"),
    ("row", "the row label names what is measured"),
    ("caption", "the caption or the heading above the table names what is measured"),
    ("unit", "the unit alone says what is measured"),
    ("counted", "the cell names a thing and counts it"),
    ("text", "the cell holds running text"),
];

/// Where the unit of a figure in a cell comes from: third part of `table.…`.
const UNITS: [(&str, &str); 12] = [
    ("cell", "the unit stands in the cell"),
    ("bracket", "the unit stands in brackets behind the header or label"),
    ("note", "the unit is that of the table's unit note"),
    ("header", "the header implies the unit"),
    ("caption", "the caption implies the unit"),
    ("money", "the header names money, and no other unit is given"),
    ("neighbours", "the unit is that of the neighbouring columns"),
    ("catalogue", "the unit is the one that the catalogue gives the measure"),
    ("scope", "the unit is the one of the passage above"),
    ("topic", "the unit is the one that the catalogue gives the table's topic"),
    ("none", "no unit was found"),
    ("share", "a share in brackets behind the figure"),
];

/// How a figure in running text is bound to what it counts.
const WORDS: [(&str, &str); 16] = [
    ("label", "a label and a colon stand before the number"),
    ("noun", "the noun before the number is what is measured"),
    ("noun_behind", "the noun behind the number is what is measured"),
    ("as", "the phrase before として says what the number is"),
    ("object", "the number is what is done to the phrase before を"),
    ("topic", "the topic of the sentence (は, では, について) is what is measured"),
    ("before", "nothing in the sentence names it: the topic of the sentence before does"),
    ("heading", "nothing in the sentence names it: the heading or label line above does"),
    ("follows", "the number goes on with the subject of the number before it"),
    ("bracket", "the number stands in brackets behind what it belongs to"),
    ("alias", "the words behind the number give it a name of its own"),
    ("predicate", "the predicate behind the number says what is measured"),
    ("beneath", "the name stands above the number, one of as many in a line"),
    ("answer", "an answer to a question of a survey, named by its words"),
    ("share", "a value of a chart, named by the label beside it"),
    ("figure", "a label of a chart or diagram"),
];

/// Where the words stand that give the status of a figure in running text.
const PLACES: [(&str, &str); 8] = [
    ("clause", "its own clause or cell says whether it happened"),
    ("column", "the column header says whether it happened"),
    ("row", "the row label says whether it happened"),
    ("caption", "the caption says whether it happened"),
    ("sentence", "an earlier sentence or line of the passage says whether it happened"),
    ("section", "the heading of the section says whether it happened"),
    ("document", "only the paper as a whole says whether it happened"),
    ("unknown", "nothing says whether it happened"),
];

/// What was done to the row after it was read.
const AFTERWARDS: [(&str, &str); 3] = [
    ("reckoned", "other figures of the paper give the same value"),
    ("contradicted", "other figures of the paper give another value"),
    ("ocr", "read from a scanned page by character recognition"),
];

/// A rule in words, one sentence a part. Parts that are not known are named as they are.
pub fn in_words(rule: &str) -> Vec<String> {
    let mut parts = rule.split('.').filter(|p| !p.is_empty());
    let mut out = Vec::new();
    let mut say = |part: &str, lists: &[&[(&str, &str)]]| {
        let words = lists.iter().flat_map(|l| l.iter()).find(|(name, _)| *name == part);
        out.push(words.map_or_else(|| part.to_owned(), |(_, words)| (*words).to_owned()));
    };
    let mut in_cell = false;
    match parts.next() {
        Some("table") => {
            let how = parts.next().unwrap_or_default();
            say(how, &[&CELLS]);
            in_cell = how != "text";
            if !in_cell {
                // The text's own rule follows: table.text.table.noun.clause.
                parts.next();
            }
        }
        Some("prose" | "figure") => {}
        Some(other) => say(other, &[&AFTERWARDS]),
        None => {}
    }
    let first: &[&[(&str, &str)]] = if in_cell { &[&UNITS, &AFTERWARDS] } else { &[&WORDS, &AFTERWARDS] };
    if let Some(part) = parts.next() {
        say(part, first);
    }
    for part in parts {
        say(part, &[&AFTERWARDS, &PLACES]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_read_as_sentences() {
        let said = |rule| in_words(rule).join("; ");
        assert_eq!(
            said("table.column.header"),
            "the column header names what is measured; the header implies the unit"
        );
        assert!(
            said("table.text.table.noun.clause.ocr")
                .ends_with("read from a scanned page by character recognition")
        );
        assert_eq!(in_words("prose.noun.unknown").len(), 2);
        assert_eq!(said("prose.something"), "something");
        assert_eq!(said(""), "");
    }
}
