//! Readings (ruby): small kana above a word, or to its right where text runs downwards.
//!
//! Left in the text they would stand as a line of their own between two lines of a sentence. They are taken out of
//! the page before lines are made, each with the word it belongs to.

use super::apart::Apart;
use crate::lines::{is_blank, lines_of, source_line};
use shiryo_model::{BlockKind, Direction, Glyph, PageContent, Visibility};

/// Size of a reading against its word.
const SMALLEST: f64 = 0.3;
const LARGEST: f64 = 0.65;
/// How far its lower edge may lie from the upper edge of the word, in em of the word.
const DISTANCE: f64 = 0.35;
/// Kana further apart than this, in their own em, are two readings.
const GAP: f64 = 0.8;
/// Readings a page has at most.
const MOST: usize = 2_000;

/// A glyph as its line has it: `start` to `end` along the line, `top` to `bottom` across it.
#[derive(Clone, Copy)]
struct Framed {
    index: usize,
    start: f64,
    end: f64,
    top: f64,
    bottom: f64,
    size: f64,
}

impl Framed {
    fn of(index: usize, g: &Glyph) -> Self {
        let b = &g.bbox;
        let (start, end, top, bottom) = match g.direction {
            Direction::Vertical => (b.y0, b.y1, -b.x1, -b.x0),
            _ => (b.x0, b.x1, b.y0, b.y1),
        };
        Self { index, start, end, top, bottom, size: g.font_size }
    }

    fn middle(&self) -> f64 {
        (self.start + self.end) / 2.0
    }
}

/// The page without its readings, and those; `None` where there are none.
pub(crate) fn without_readings(page: &PageContent) -> Option<(PageContent, Vec<Apart>)> {
    let mut found = Vec::new();
    for direction in [Direction::Horizontal, Direction::Vertical] {
        found.extend(readings(page, direction));
    }
    if found.is_empty() {
        return None;
    }
    let mut gone: Vec<usize> = found.iter().flat_map(|(own, _)| own.iter().copied()).collect();
    gone.sort_unstable();
    let apart = found.iter().map(|(own, of)| apart_of(page, own, of)).collect();
    let mut rest = page.clone();
    let mut number = 0;
    rest.glyphs.retain(|_| {
        number += 1;
        gone.binary_search(&(number - 1)).is_err()
    });
    Some((rest, apart))
}

fn apart_of(page: &PageContent, own: &[usize], of: &str) -> Apart {
    let all: Vec<u32> = own.iter().filter_map(|&i| u32::try_from(i).ok()).collect();
    let lines = lines_of(page, &all).iter().map(|l| source_line(page, l)).collect();
    Apart { kind: BlockKind::Ruby, lines, of: of.to_owned() }
}

/// Readings of one direction: their glyphs and the word each belongs to.
fn readings(page: &PageContent, direction: Direction) -> Vec<(Vec<usize>, String)> {
    let seen = || {
        let all = page.glyphs.iter().enumerate();
        all.filter(|(_, g)| g.visibility == Visibility::Visible && g.direction == direction && !is_blank(g))
    };
    let smallest = seen().filter(|(_, g)| is_kana(g)).map(|(_, g)| g.font_size).fold(f64::INFINITY, f64::min);
    let mut words: Vec<Framed> = seen()
        .filter(|(_, g)| g.font_size * LARGEST >= smallest && is_ideograph(g))
        .map(|(i, g)| Framed::of(i, g))
        .filter(|f| f.top.is_finite() && f.start.is_finite())
        .collect();
    if words.is_empty() {
        return Vec::new();
    }
    words.sort_by(|a, b| a.top.total_cmp(&b.top).then(a.start.total_cmp(&b.start)));
    let mut kana: Vec<(Framed, Framed)> = seen()
        .filter(|(_, g)| is_kana(g))
        .filter_map(|(i, g)| {
            let small = Framed::of(i, g);
            Some((small, *word_under(&small, &words)?))
        })
        .collect();
    if kana.len() > MOST {
        return Vec::new();
    }
    kana.sort_by(|(a, _), (b, _)| {
        let row = |f: &Framed| (f.bottom * 2.0).round();
        row(a).total_cmp(&row(b)).then(a.start.total_cmp(&b.start))
    });
    let mut runs: Vec<Vec<(Framed, Framed)>> = Vec::new();
    for k in kana {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|(last, _)| goes_on(last, &k.0)) => run.push(k),
            _ => runs.push(vec![k]),
        }
    }
    runs.into_iter()
        .filter(|run| !is_inside_small_text(run, page, direction))
        .filter_map(|run| {
            let of = base_of(&run, &words, page)?;
            Some((run.iter().map(|(k, _)| k.index).collect(), of))
        })
        .collect()
}

fn goes_on(last: &Framed, next: &Framed) -> bool {
    (last.bottom - next.bottom).abs() < 0.5 * last.size
        && next.start - last.end < GAP * last.size
        && next.start > last.start
}

/// The ideograph right below a small kana.
fn word_under<'a>(small: &Framed, words: &'a [Framed]) -> Option<&'a Framed> {
    // The largest word that may count reaches furthest.
    let reach = small.size / SMALLEST * DISTANCE;
    let from = words.partition_point(|w| w.top < small.bottom - reach);
    words.get(from..)?.iter().take_while(|w| w.top <= small.bottom + reach).find(|w| {
        let ratio = small.size / w.size.max(0.1);
        (SMALLEST..=LARGEST).contains(&ratio)
            && (w.top - small.bottom).abs() <= DISTANCE * w.size
            && small.middle() > w.start - 0.6 * w.size
            && small.middle() < w.end + 0.6 * w.size
    })
}

/// Whether other small letters stand beside the kana: then they are a line of small text over larger text.
fn is_inside_small_text(run: &[(Framed, Framed)], page: &PageContent, direction: Direction) -> bool {
    let (Some((first, _)), Some((last, _))) = (run.first(), run.last()) else { return true };
    let em = first.size;
    page.glyphs.iter().enumerate().any(|(i, g)| {
        if g.direction != direction || g.visibility != Visibility::Visible || is_blank(g) || is_kana(g) {
            return false;
        }
        let f = Framed::of(i, g);
        f.size < 1.3 * em
            && (f.bottom - first.bottom).abs() < 0.5 * em
            && f.end > first.start - 1.2 * em
            && f.start < last.end + 1.2 * em
    })
}

/// The ideographs under a run of kana.
fn base_of(run: &[(Framed, Framed)], words: &[Framed], page: &PageContent) -> Option<String> {
    let (first, word) = run.first()?;
    let (last, _) = run.last()?;
    let from = words.partition_point(|w| w.top < word.top - 0.3 * word.size);
    let mut base: Vec<&Framed> = words
        .get(from..)?
        .iter()
        .take_while(|w| w.top <= word.top + 0.3 * word.size)
        .filter(|w| w.end > first.start + 0.25 * first.size && w.start < last.end - 0.25 * last.size)
        .collect();
    base.sort_by(|a, b| a.start.total_cmp(&b.start));
    let of: String = base.iter().filter_map(|w| page.glyphs.get(w.index)).map(|g| g.text.as_str()).collect();
    // A character has a reading of at most five kana or so.
    (!base.is_empty() && run.len() <= 6 * base.len()).then_some(of)
}

fn is_kana(g: &Glyph) -> bool {
    !g.text.is_empty()
        && g.text.chars().all(|c| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヶ' | 'ー' | 'ゝ' | 'ゞ' | 'ｦ'..='ﾟ'))
}

fn is_ideograph(g: &Glyph) -> bool {
    g.text.chars().next().is_some_and(
        |c| matches!(c, '々' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(out: &mut Vec<Glyph>, text: &str, at: (f64, f64), size: f64, direction: Direction) {
        let (mut x, mut y) = at;
        for c in text.chars() {
            let glyph = Glyph::on_baseline(c.to_string(), x, y + 0.88 * size, size, size);
            out.push(Glyph { direction, ..glyph });
            if direction == Direction::Vertical { y += size } else { x += size }
        }
    }

    fn taken(glyphs: Vec<Glyph>) -> Vec<(String, String)> {
        let page = PageContent { number: 1, width: 400.0, height: 400.0, glyphs, ..PageContent::default() };
        let found = without_readings(&page).map(|f| f.1).unwrap_or_default();
        found.iter().map(|a| (a.of.clone(), a.lines.iter().map(|l| l.text.as_str()).collect())).collect()
    }

    #[test]
    fn readings_above_and_beside_their_words() {
        let mut g = Vec::new();
        word(&mut g, "区の斎場を改修する", (20.0, 40.0), 10.0, Direction::Horizontal);
        word(&mut g, "さいじょう", (37.5, 34.5), 5.0, Direction::Horizontal);
        assert_eq!(taken(g), [("斎場".to_owned(), "さいじょう".to_owned())]);
        let mut g = Vec::new();
        word(&mut g, "斎場の改修", (200.0, 40.0), 10.0, Direction::Vertical);
        word(&mut g, "さいじょう", (210.0, 37.5), 5.0, Direction::Vertical);
        assert_eq!(taken(g), [("斎場".to_owned(), "さいじょう".to_owned())]);
    }

    #[test]
    fn a_small_line_over_a_heading_is_no_reading() {
        let mut g = Vec::new();
        word(&mut g, "令和の改革について", (20.0, 34.0), 9.0, Direction::Horizontal);
        word(&mut g, "窓口改革の進捗", (20.0, 44.0), 18.0, Direction::Horizontal);
        assert_eq!(taken(g), []);
    }
}
