//! Which words gave period and status, and what the confidence is made of.

use super::context;
use shiryo_model::{Context, Document, Observation, Status};

/// What the labels of a row are called.
const ROW_LABEL: &str = "the row label";

/// The words around an observation, nearest first, with what they are.
fn surroundings(document: &Document, o: &Observation) -> Vec<(String, String)> {
    let mut places = Vec::new();
    if let Some(table) = context::table(document, o) {
        let cell = o.row.zip(o.col).and_then(|(r, c)| table.cell_at(r, c));
        places.extend(cell.map(|c| ("the cell".to_owned(), c.text.text.clone())));
        let path = context::header_path(table, o);
        places.extend(path.into_iter().rev().map(|(row, w)| (format!("the column header (row {row})"), w)));
        let labels = context::row_labels(table, o);
        places.extend(labels.into_iter().rev().map(|w| (ROW_LABEL.to_owned(), w)));
        places.push(("the caption".to_owned(), table.caption.text.clone()));
    } else if let Some(index) = context::block_of(document, o) {
        let words = |i: usize| document.blocks.get(i).map(|b| b.text.text.clone()).unwrap_or_default();
        places.push(("the passage itself".to_owned(), words(index)));
        if let Some(before) = index.checked_sub(1) {
            places.push(("the line before".to_owned(), words(before)));
        }
    }
    let headings: Vec<_> = context::headings(document, o).collect();
    places.extend(headings.into_iter().rev().map(|(_, w)| ("the heading".to_owned(), w.to_owned())));
    places.push(("the title of the paper".to_owned(), document.facts.title.clone()));
    places
}

/// The period and the words that gave it.
pub(super) fn period(document: &Document, o: &Observation) -> Vec<String> {
    let (start, end) = (o.period_start, o.period_end);
    if start.is_none() && end.is_none() {
        return vec!["none: neither the words nor the headers nor the headings say when".to_owned()];
    }
    let day = |d: Option<jiff::civil::Date>| d.map_or_else(|| "…".to_owned(), |d| d.to_string());
    let mut lines = vec![format!("{} – {}", day(start), day(end))];
    let label = o.period_label.as_str();
    let squeezed = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let found = surroundings(document, o)
        .into_iter()
        .find(|(_, w)| !label.is_empty() && squeezed(w).contains(&squeezed(label)));
    lines.push(match found {
        Some((place, _)) => format!("from 「{label}」 in {place}"),
        None if label.is_empty() => "from the paper's own date or year".to_owned(),
        None => format!("from 「{label}」 in several of these or further off"),
    });
    lines
}

/// The status and the words that gave it.
pub(super) fn status(document: &Document, o: &Observation) -> Vec<String> {
    if o.status == Status::Unknown {
        return vec!["unknown: nothing says whether it happened".to_owned()];
    }
    let mut lines = vec![o.status.as_str().to_owned()];
    let word = surroundings(document, o).into_iter().find_map(|(place, words)| {
        let said = shiryo_ja::status_words(&words);
        // 開放実績の入力業務: the name of a task, not what came of it.
        let whole = |s: &shiryo_ja::StatusWord| {
            let after: String = words.chars().skip(s.chars.end).collect();
            place != ROW_LABEL || after.trim_end_matches([')', '値', '額', '数', '率']).is_empty()
        };
        let own = said.into_iter().rfind(|s| s.status == o.status && whole(s))?;
        let word: String = words.chars().skip(own.chars.start).take(own.chars.len()).collect();
        Some(format!("from 「{word}」 in {place}"))
    });
    let past = o.period_end.zip(document.facts.date).map(|(end, date)| end < date);
    lines.push(match (word, past, o.status) {
        (Some(word), ..) => word,
        (None, Some(true), Status::Actual) => "the period had ended when the paper was written".to_owned(),
        (None, Some(false), Status::Plan) => "the period had not ended when the paper was written".to_owned(),
        (None, _, Status::Actual) => {
            "stated as a fact, without a word of plan, target or forecast".to_owned()
        }
        _ => "from the surroundings".to_owned(),
    });
    lines
}

/// What the confidence is made of, as far as the row tells.
pub(super) fn confidence(document: &Document, o: &Observation) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(table) = context::table(document, o) {
        lines.push(format!(
            "the structure of the table: {} (found by {})",
            table.confidence,
            method(table.method)
        ));
    }
    lines.push(match (o.context, o.rule.starts_with("table.text.")) {
        (Context::Table, false) => {
            "how the measure was named and where the unit came from: see “Bound by”".to_owned()
        }
        (Context::Figure, _) => "labels of charts are believed less than sentences".to_owned(),
        _ => "how directly the words name what is counted: see “Bound by”".to_owned(),
    });
    if o.status == Status::Unknown {
        lines.push("less, because nothing says whether it happened".to_owned());
    }
    let undated = o.period_start.is_none() && o.period_end.is_none();
    if o.context == Context::Table && !o.rule.starts_with("table.text.") && undated {
        lines.push("less, because no words were found that tell when it holds".to_owned());
    }
    let parts = || o.rule.split('.');
    for (part, words) in [
        ("reckoned", "more, because other figures give the same value"),
        ("contradicted", "less, because other figures give another value"),
        ("ocr", "less, because it was read by character recognition"),
    ] {
        if parts().any(|p| p == part) {
            lines.push(words.to_owned());
        }
    }
    lines
}

fn method(method: shiryo_model::TableMethod) -> &'static str {
    match method {
        shiryo_model::TableMethod::Ruled => "drawn lines",
        shiryo_model::TableMethod::Aligned => "alignment and white space",
        shiryo_model::TableMethod::Delimited => "tabs or column gaps",
        shiryo_model::TableMethod::Html => "table markup",
    }
}
