//! What the text of a paper makes doubtful: dates that no calendar has, and what its extract carries that nobody
//! wrote.

use shiryo_ja::{NoiseKind, TimeContext, find_noise, impossible_expressions};
use shiryo_model::{BlockKind, Diagnostic, DiagnosticCode, DocumentContent, Place, Severity, Text};
use std::collections::BTreeMap;

/// Dates told one by one; more than this are counted.
const MOST: usize = 20;

/// Every doubt about the text of `content`, in reading order.
pub(crate) fn doubts(content: &DocumentContent) -> Vec<Diagnostic> {
    let mut found = Doubts::default();
    for block in content.blocks.iter().filter(|b| b.kind != BlockKind::Hidden) {
        match block.table.and_then(|i| content.tables.get(i as usize)) {
            Some(table) => {
                found.read(&table.caption, block.place);
                for cell in &table.cells {
                    let place = Place { page: cell.page.or(block.place.page), ..block.place };
                    found.read(&cell.text, place);
                }
            }
            None => found.read(&block.text, block.place),
        }
    }
    found.told()
}

#[derive(Default)]
struct Doubts {
    dates: Vec<Diagnostic>,
    more: usize,
    /// How often each kind of noise was seen, and where first.
    noise: BTreeMap<&'static str, (usize, Place)>,
}

impl Doubts {
    fn read(&mut self, text: &Text, place: Place) {
        for (range, reason) in impossible_expressions(&text.text, &TimeContext::default()) {
            if self.dates.len() >= MOST {
                self.more += 1;
                continue;
            }
            let at = place_of(text, range.start).unwrap_or(place);
            let message = format!("no such date, left out: {reason}");
            self.dates.push(placed(Severity::Warning, DiagnosticCode::ImpossibleExpression, message, at));
        }
        for noise in find_noise(&text.text) {
            let kind = match noise.kind {
                NoiseKind::StrayArrow => "arrows that lead from or to nothing",
                NoiseKind::StrayWord => "Latin words between Japanese ones",
                NoiseKind::Tag => "HTML tags",
                NoiseKind::Unreadable => "characters that stand for unreadable ones",
            };
            let at = place_of(text, noise.chars.start).unwrap_or(place);
            self.noise.entry(kind).or_insert((0, at)).0 += 1;
        }
    }

    fn told(self) -> Vec<Diagnostic> {
        let mut out = self.dates;
        if self.more > 0 {
            let message = format!("{} more dates that no calendar has were left out", self.more);
            out.push(Diagnostic::new(Severity::Warning, DiagnosticCode::ImpossibleExpression, message));
        }
        out.extend(self.noise.into_iter().map(|(kind, (count, first))| {
            let message = format!("{count} {kind} in the text, passed over as noise; here the first");
            placed(Severity::Info, DiagnosticCode::TextNoise, message, first)
        }));
        out
    }
}

fn placed(severity: Severity, code: DiagnosticCode, message: String, place: Place) -> Diagnostic {
    Diagnostic { page: place.page, line: place.line, ..Diagnostic::new(severity, code, message) }
}

/// The place of the source line that character `index` of the normalised text came from.
fn place_of(text: &Text, index: usize) -> Option<Place> {
    let raw = *text.map.get(index)?;
    let line = text.lines.partition_point(|l| l.start <= raw).checked_sub(1)?;
    text.lines.get(line).map(|l| l.place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_are_none_and_noise_are_told_with_their_line() {
        let content = shiryo_layout::layout_text(
            "会議の報告\n\n受付は令和5年2月30日まで行った。\n\n窓口 of 混雑の緩和を進める。\n",
            shiryo_model::MediaType::Text,
        );
        let found: Vec<_> = doubts(&content).into_iter().map(|d| (d.code, d.line, d.severity)).collect();
        assert_eq!(
            found,
            [
                (DiagnosticCode::ImpossibleExpression, Some(3), Severity::Warning),
                (DiagnosticCode::TextNoise, Some(5), Severity::Info)
            ]
        );
    }
}
