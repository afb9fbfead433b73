//! JUnit XML, as build servers read it.

use super::Checked;
use std::fmt::Write as _;

/// The results as one test suite with a case a paper.
pub fn junit(checked: &[Checked]) -> String {
    let failures = checked.iter().filter(|c| !c.differences.is_empty()).count();
    let seconds: f64 = checked.iter().map(|c| c.took.as_secs_f64()).sum();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        out,
        "<testsuites><testsuite name=\"shiryo check\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" time=\"{seconds:.3}\">",
        checked.len()
    );
    for c in checked {
        let _ = write!(
            out,
            "<testcase classname=\"shiryo\" name=\"{}\" time=\"{:.3}\"",
            escape(&c.source),
            c.took.as_secs_f64()
        );
        out.push('>');
        if !c.differences.is_empty() {
            let text = escape(&c.differences.join("\n"));
            let _ = write!(out, "<failure message=\"{} differences\">{text}</failure>", c.differences.len());
        }
        if let Some(score) = c.score {
            let _ = write!(out, "<system-out>{score}</system-out>");
        }
        out.push_str("</testcase>\n");
    }
    out.push_str("</testsuite></testsuites>\n");
    out
}

/// Text for XML, without the control characters that XML cannot hold.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
