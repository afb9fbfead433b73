//! Sentences.

use std::ops::Range;

/// Sentences of `text` as character ranges, in order, without surrounding white space: cut after 。 ! ? and at
/// line breaks, but not inside brackets that close in the same line.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut start = 0;
    for line in chars.split(|c| *c == '\n') {
        cut_line(line, start, &mut found);
        start += line.len() + 1;
    }
    found
}

fn cut_line(line: &[char], offset: usize, found: &mut Vec<Range<usize>>) {
    let inside = inside_brackets(line);
    let mut from = 0;
    for (i, c) in line.iter().enumerate() {
        let ends =
            matches!(c, '。' | '！' | '？' | '!' | '?' | '．') && !inside.get(i).copied().unwrap_or(false);
        // 「…。」 and !? end together.
        let more = line
            .get(i + 1)
            .is_some_and(|n| matches!(n, '。' | '！' | '？' | '!' | '?' | '」' | '』' | ')' | '）'));
        if ends && !more {
            push(line, from..i + 1, offset, found);
            from = i + 1;
        }
    }
    push(line, from..line.len(), offset, found);
}

fn push(line: &[char], r: Range<usize>, offset: usize, found: &mut Vec<Range<usize>>) {
    let Some(part) = line.get(r.clone()) else { return };
    let lead = part.iter().take_while(|c| c.is_whitespace()).count();
    let trail = part.iter().rev().take_while(|c| c.is_whitespace()).count();
    if lead < part.len() {
        found.push(offset + r.start + lead..offset + r.end - trail);
    }
}

/// For each character whether a pair of brackets holds it; brackets without partner hold nothing.
fn inside_brackets(line: &[char]) -> Vec<bool> {
    let mut depth = vec![0i32; line.len() + 1];
    let mut open: Vec<(char, usize)> = Vec::new();
    for (i, c) in line.iter().enumerate() {
        if let Some(close) = partner(*c) {
            open.push((close, i));
        } else if let Some(at) = open.iter().rev().take(8).position(|(close, _)| close == c) {
            let from = open.get(open.len() - 1 - at).map_or(i, |o| o.1);
            open.truncate(open.len() - 1 - at);
            depth[from] += 1;
            depth[i] -= 1;
        }
    }
    let mut level = 0;
    depth
        .iter()
        .take(line.len())
        .map(|d| {
            level += d;
            level > 0
        })
        .collect()
}

/// The closing partner of an opening bracket.
pub(crate) fn partner(c: char) -> Option<char> {
    Some(match c {
        '「' => '」',
        '『' => '』',
        '(' => ')',
        '（' => '）',
        '【' => '】',
        '〔' => '〕',
        '《' => '》',
        '〈' => '〉',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_ends_and_not_inside_brackets() {
        let cut = |s: &str| {
            let c: Vec<char> = s.chars().collect();
            sentences(s).into_iter().map(|r| c[r].iter().collect::<String>()).collect::<Vec<_>>()
        };
        assert_eq!(cut("導入した。効果は大きい。"), ["導入した。", "効果は大きい。"]);
        assert_eq!(cut("(注。別紙。)を見る。次へ"), ["(注。別紙。)を見る。", "次へ"]);
        assert_eq!(cut("・一つ\n ・二つ"), ["・一つ", "・二つ"]);
        assert_eq!(cut("「開いたまま。次"), ["「開いたまま。", "次"]);
        assert_eq!(cut("「そうだ。」と言う。"), ["「そうだ。」と言う。"]);
        assert!(cut(" \n ").is_empty());
    }
}
