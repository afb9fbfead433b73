//! Decoded text to a flow of lines and tables, and from there to drafts of blocks.

use super::boxed::boxed_table;
use super::cells::source_line;
use super::grid::table_of;
use super::headed::part_names;
use super::html::read_html;
use super::inline::{Token, Tokens, has_tag, resolve_references, without_emphasis};
use super::records::record_table;
use super::spaced::{
    cell_table, line_table, may_begin, remarked_table, spaced_table, strip_table, worded_table,
};
use super::tabs::{Numbered, pipe_table, tab_table};
use crate::prose::joining::Gap;
use crate::prose::marker::{MarkerKind, leading_marker};
use crate::prose::outline::{Draft, Hint};
use crate::prose::words::{ends_sentence, is_page_number, width};
use shiryo_model::{BlockKind, SourceLine, Table};

/// One element of the flow.
#[derive(Debug)]
pub(crate) enum Flow {
    /// A line of text.
    Line(FlowLine),
    /// A block that is complete as it is.
    Block(Draft),
}

/// A line of text, inline markup resolved.
#[derive(Debug, Clone)]
pub(crate) struct FlowLine {
    /// Its words and its line number.
    pub(crate) source: SourceLine,
    /// What its markup says.
    pub(crate) hint: Hint,
    /// Space before it.
    pub(crate) gap: Gap,
    /// Width in half-width cells.
    pub(crate) width: u32,
}

/// Builds the flow of a text source.
#[derive(Debug, Default)]
pub(crate) struct FlowBuilder {
    /// The flow so far.
    pub(crate) flow: Vec<Flow>,
    /// Tables so far.
    pub(crate) tables: Vec<Table>,
    blanks: u32,
    broken: bool,
    /// Whether the line at hand stands alone between two rules.
    framed: bool,
}

/// A table opened and not closed is looked for over so many lines.
const LONGEST_HTML_TABLE: usize = 20_000;

impl FlowBuilder {
    /// Reads all lines of `text`.
    pub(crate) fn read(mut self, text: &str) -> Self {
        let lines: Vec<Numbered<'_>> = physical_lines(text);
        let mut at = 0;
        let mut no_table_end = false;
        let mut plain_until = 0; // lines before this were looked through and make no table
        while let Some((no, line)) = lines.get(at).copied() {
            if line.trim().is_empty() {
                self.broken |= line.contains('\u{c}');
                self.blanks += 1;
                at += 1;
                continue;
            }
            let looked = (at >= plain_until)
                .then(|| {
                    boxed_table(&lines, at)
                        .or_else(|| tab_table(&lines, at))
                        .or_else(|| pipe_table(&lines, at))
                })
                .flatten();
            let end = looked.as_ref().map_or(at, |l| l.1);
            if let Some(table) = looked.and_then(|l| l.0).and_then(table_of) {
                self.table(table);
                at = end.max(at + 1);
                continue;
            }
            plain_until = plain_until.max(end);
            if !no_table_end && opens_table(line) {
                match html_end(&lines, at) {
                    Some(end) => {
                        self.html(&lines, at, end);
                        at = end;
                    }
                    None => no_table_end = true,
                }
            } else {
                self.framed = frames(&lines, at);
                self.line(no, line);
                self.framed = false;
                at += 1;
            }
        }
        self
    }

    /// Puts tables together whose columns an extract left as lines.
    pub(crate) fn rebuild_tables(mut self) -> Self {
        let mut tables = Vec::new(); // (start, end, table), in order
        let mut at = 0;
        let mut floor = 0; // what lies before is taken
        let (mut no_records, mut no_rows, mut no_lines) = (0, 0, 0); // looked through before these
        while at < self.flow.len() {
            let records = if at >= no_records { record_table(&self.flow, at, &mut no_records) } else { None };
            let may = matches!(self.flow.get(at), Some(Flow::Line(l)) if may_begin(&l.source.text));
            let remarked = || if may { remarked_table(&self.flow, at, floor) } else { None };
            let strip = || if may { strip_table(&self.flow, at) } else { None };
            let mut spaced = || {
                if may && at >= no_rows { spaced_table(&self.flow, at, floor, &mut no_rows) } else { None }
            };
            let mut lines = || if at >= no_lines { line_table(&self.flow, at, &mut no_lines) } else { None };
            let others = records
                .or_else(|| worded_table(&self.flow, at))
                .or_else(remarked)
                .or_else(&mut spaced)
                .or_else(strip)
                .or_else(&mut lines);
            match others.or_else(|| cell_table(&self.flow, at)) {
                Some(f) => {
                    at = f.end.max(at + 1);
                    floor = at;
                    tables.push(f);
                }
                None => at += 1,
            }
        }
        self.splice(tables);
        self
    }

    /// Replaces lines by the tables made of them; all tables are numbered anew, in reading order.
    fn splice(&mut self, found: Vec<super::found::Found>) {
        if found.is_empty() {
            return;
        }
        let mut old: Vec<Option<Table>> = std::mem::take(&mut self.tables).into_iter().map(Some).collect();
        let mut found = found.into_iter().peekable();
        let mut out = Vec::with_capacity(self.flow.len());
        for (i, f) in std::mem::take(&mut self.flow).into_iter().enumerate() {
            while found.peek().is_some_and(|t| t.end <= i) {
                found.next();
            }
            if let Some(t) = found.peek_mut().filter(|t| t.start <= i) {
                if i == t.start {
                    let index = u32::try_from(self.tables.len()).unwrap_or(u32::MAX);
                    self.tables.push(std::mem::take(&mut t.table));
                    out.push(Flow::Block(Draft::table(index, Gap::Wide)));
                }
                continue;
            }
            match f {
                Flow::Block(mut d) => {
                    if let Hint::Table(n) = d.hint
                        && let Some(table) = old.get_mut(n as usize).and_then(Option::take)
                    {
                        d.hint = Hint::Table(u32::try_from(self.tables.len()).unwrap_or(u32::MAX));
                        self.tables.push(table);
                    }
                    out.push(Flow::Block(d));
                }
                line => out.push(line),
            }
        }
        self.flow = out;
    }

    fn gap(&mut self) -> Gap {
        let gap = match (self.broken, self.blanks) {
            (true, _) => Gap::Break,
            (false, 0) => Gap::None,
            (false, 1) => Gap::Wide,
            _ => Gap::Break,
        };
        self.blanks = 0;
        self.broken = false;
        gap
    }

    fn table(&mut self, table: Table) {
        let gap = self.gap();
        let index = u32::try_from(self.tables.len()).unwrap_or(u32::MAX);
        self.tables.push(table);
        self.flow.push(Flow::Block(Draft::table(index, gap)));
    }

    fn html(&mut self, lines: &[Numbered<'_>], at: usize, end: usize) {
        let part = lines.get(at..end).unwrap_or(&[]);
        let Some((first, _)) = part.first() else { return };
        let mut html = String::new();
        let mut last = *first;
        for (no, line) in part {
            // Parts of a line that a form feed broke have one number.
            html.extend((last..*no).map(|_| '\n'));
            html.push_str(line);
            last = *no;
        }
        let index = u32::try_from(self.tables.len()).unwrap_or(u32::MAX);
        let content = read_html(&html, *first, index);
        self.gap();
        self.tables.extend(content.tables);
        self.flow.extend(content.drafts.into_iter().map(Flow::Block));
    }

    /// One line of words; tags inside break it where they begin blocks.
    fn line(&mut self, no: u32, line: &str) {
        if line.trim_start().starts_with("```") {
            return;
        }
        if is_rule(line) {
            self.broken = true;
            return;
        }
        let (hint, words) = if is_page_number(line) { (Hint::Auto, line) } else { markdown_prefix(line) };
        let mut hint = hint;
        for (item, piece) in pieces(words) {
            let text = without_emphasis(&without_links(&piece));
            let text = text.trim_end();
            if text.trim().is_empty() {
                continue;
            }
            let gap = self.gap();
            let hint = if item { Hint::Item(1) } else { std::mem::replace(&mut hint, Hint::Auto) };
            let hint = if hint == Hint::Auto && is_page_number(text) {
                Hint::Fixed(BlockKind::PageNumber)
            } else if hint == Hint::Auto && self.framed {
                Hint::Heading(1)
            } else {
                hint
            };
            let source = source_line(text.to_string(), no);
            self.flow.push(Flow::Line(FlowLine { width: width(text), source, hint, gap }));
        }
    }
}

/// Lines with their 1-based numbers; a form feed breaks a line but does not count.
fn physical_lines(text: &str) -> Vec<Numbered<'_>> {
    let mut out = Vec::new();
    for (no, line) in (1u32..).zip(text.split('\n')) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        for (i, part) in line.split('\u{c}').enumerate() {
            if i > 0 {
                out.push((no, "\u{c}"));
            }
            out.push((no, part));
        }
    }
    out
}

fn opens_table(line: &str) -> bool {
    line.contains('<') && Tokens::new(line).any(|t| matches!(t, Token::Open(n, _) if n == "table"))
}

/// Index of the line after the table that opens at `at`.
fn html_end(lines: &[Numbered<'_>], at: usize) -> Option<usize> {
    let mut depth = 0i32;
    for (i, (_, line)) in lines.iter().enumerate().skip(at).take(LONGEST_HTML_TABLE) {
        if !line.contains('<') {
            continue;
        }
        for token in Tokens::new(line) {
            match token {
                Token::Open(n, _) if n == "table" => depth += 1,
                Token::Close(n) if n == "table" => depth -= 1,
                _ => {}
            }
        }
        if depth <= 0 {
            return Some(i + 1);
        }
    }
    None
}

/// Whether the line at `at` stands between two rules: it heads what follows.
fn frames(lines: &[Numbered<'_>], at: usize) -> bool {
    let rule = |i: Option<usize>| i.and_then(|i| lines.get(i)).is_some_and(|(_, l)| is_rule(l));
    rule(at.checked_sub(1)) && rule(Some(at + 1))
}

/// `---`, `***`, `======`: a break, no words.
fn is_rule(line: &str) -> bool {
    let t = line.trim();
    let mut chars = t.chars();
    let Some(first) = chars.next() else { return false };
    "-*_=─━―".contains(first) && t.chars().count() >= 3 && chars.all(|c| c == first)
}

/// What Markdown says at the beginning of a line, and the words after it.
fn markdown_prefix(line: &str) -> (Hint, &str) {
    let body = line.trim_start();
    let hashes = body.len() - body.trim_start_matches('#').len();
    if (1..=6).contains(&hashes)
        && let Some(rest) = body.get(hashes..).filter(|r| r.starts_with([' ', '\t', '\u{3000}']))
    {
        let level = u8::try_from(hashes).unwrap_or(6);
        return (Hint::Heading(level), rest.trim().trim_end_matches('#').trim_end());
    }
    if let Some(rest) = body.strip_prefix("> ") {
        return (Hint::Auto, rest);
    }
    // `- ・item` and `- 1. item`: the inner marker is the paper's own.
    let indent = u8::try_from((line.len() - body.len()).min(16)).unwrap_or(0);
    if let Some(rest) = body.strip_prefix("- ").or_else(|| body.strip_prefix("* ")) {
        let inner = leading_marker(rest);
        let marked = inner.is_some_and(|m| !m.text.is_empty());
        let after_mark = rest.trim_start().get(inner.map_or(0, |m| m.text.len())..).unwrap_or("");
        if inner.is_some_and(|m| m.kind == MarkerKind::Circle) && after_mark.starts_with(char::is_whitespace)
        {
            // `- 〇 name`: two columns of marks, no list.
            return (Hint::Auto, line);
        }
        return (Hint::Item(1 + indent / 2), if marked { rest } else { line });
    }
    (Hint::Auto, line)
}

/// The words of a line, cut where block tags stand; true where `<li>` began the piece.
fn pieces(line: &str) -> Vec<(bool, String)> {
    if !has_tag(line) {
        return vec![(false, resolve_references(line))];
    }
    let mut out = vec![(false, String::new())];
    for token in Tokens::new(line) {
        match token {
            Token::Text(words) => {
                if let Some((_, last)) = out.last_mut() {
                    last.push_str(&resolve_references(words));
                }
            }
            Token::Open(n, _) | Token::Close(n)
                if matches!(
                    n.as_str(),
                    "p" | "br" | "li" | "ul" | "ol" | "div" | "h1" | "h2" | "h3" | "h4" | "hr"
                ) =>
            {
                out.push((n == "li", String::new()));
            }
            _ => {}
        }
    }
    out
}

/// `[words](address)` → words; images vanish.
fn without_links(line: &str) -> String {
    if !line.contains("](") {
        return line.to_string();
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find("](") {
        let (before, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let Some(open) = before.rfind('[') else { break };
        let Some(close) = after.find(')') else { break };
        let image = before.get(..open).is_some_and(|b| b.ends_with('!'));
        out.push_str(before.get(..open).unwrap_or("").trim_end_matches('!'));
        if !image {
            out.push_str(before.get(open + 1..).unwrap_or(""));
        }
        rest = after.get(close + 1..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

/// How many lines on either side tell the measure of a line.
const NEIGHBOURS: usize = 12;
/// Narrower lines (in half-width cells) are never full.
const LEAST_MEASURE: u32 = 36;

/// From this measure on, lines of running text are full already when they come near it: proportional fonts
/// and wide indents make widths uneven.
const RUNNING_MEASURE: u32 = 56;

/// Whether a line reads like part of a sentence.
fn is_running(f: &Flow) -> bool {
    let Flow::Line(l) = f else { return false };
    l.hint == Hint::Auto && l.source.text.contains(['、', 'を', 'は', 'が'])
}

/// Whether each line fills the measure of the lines around it. A measure is a width that at least two lines
/// nearly reach: without a margin at work, lines end where they end.
fn full_lines(flow: &[Flow]) -> Vec<bool> {
    let widths: Vec<u32> = flow.iter().map(|f| if let Flow::Line(l) = f { l.width } else { 0 }).collect();
    let full = |i: usize, w: u32| {
        let around =
            widths.get(i.saturating_sub(NEIGHBOURS)..(i + NEIGHBOURS + 1).min(widths.len())).unwrap_or(&[]);
        let longest = around.iter().copied().max().unwrap_or(0);
        let near = |share: u32| around.iter().filter(|o| **o * 100 >= longest * share).count();
        let share = if flow.get(i).is_some_and(is_running) && longest >= RUNNING_MEASURE { 70 } else { 86 };
        longest >= LEAST_MEASURE && w * 100 >= longest * share && near(share) >= 2
    };
    widths.iter().enumerate().map(|(i, w)| full(i, *w)).collect()
}

/// A line that begins this many half-width cells further in than the one before is set at the right margin.
const RIGHT_INDENT: u32 = 20;

/// A line that begins this many half-width cells further out than the one before stands below a centred one.
const CENTRED: u32 = 8;

/// A line that begins this many half-width cells further in than the one before tells something of it.
const FURTHER_IN: u32 = 2;

/// Half-width cells of white space that a line begins with.
fn indent_of(line: &str) -> u32 {
    let space = line.chars().take_while(|c| matches!(c, ' ' | '\u{3000}'));
    space.map(|c| if c == ' ' { 1 } else { 2 }).sum()
}

/// Whether lines follow one another without blank lines between them, so that a blank line parts what stands
/// above it from what stands below: in extracts that double their spacing it says nothing.
fn is_single_spaced(flow: &[Flow]) -> bool {
    let gaps = || flow.iter().filter_map(|f| if let Flow::Line(l) = f { Some(l.gap) } else { None });
    let wide = gaps().filter(|g| *g == Gap::Wide).count();
    2 * gaps().filter(|g| *g == Gap::None).count() >= wide
}

/// Joins the lines of the flow to drafts.
pub(crate) fn drafts_of(flow: Vec<Flow>) -> Vec<Draft> {
    let flow = part_names(flow);
    let full = full_lines(&flow);
    let single = is_single_spaced(&flow);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut last_full = false;
    let mut last_indent = 0;
    let indents: Vec<u32> =
        flow.iter().map(|f| if let Flow::Line(l) = f { indent_of(&l.source.text) } else { 0 }).collect();
    let names =
        |text: &str| width(text) <= LEAST_MEASURE && !ends_sentence(text) && !text.contains(['、', '（']);
    for (i, (f, full)) in flow.into_iter().zip(full).enumerate() {
        match f {
            Flow::Block(draft) => {
                drafts.push(draft);
                last_full = false;
            }
            Flow::Line(line) => {
                let indent = indents.get(i).copied().unwrap_or(0);
                // Dates and senders at the right margin go on with nothing.
                let set_right = indent >= last_indent + RIGHT_INDENT;
                // What stands below a centred line begins something else.
                let centred = last_indent >= indent + CENTRED && line.gap > Gap::None;
                // Nor does a name further in than a line that begins with no sign, and itself above lines further in.
                let plain = drafts.last().is_some_and(|d| d.marker.is_none() && !d.stops_open());
                let below = plain
                    && last_indent > 0
                    && indent >= last_indent + FURTHER_IN
                    && indents.get(i + 1).is_some_and(|next| *next >= indent + FURTHER_IN)
                    && names(&line.source.text);
                last_indent = indent;
                // Unless the sentence cannot end there (氏名や住所などが).
                let open = drafts.last().is_some_and(Draft::stops_open);
                let gap = if single && line.gap == Gap::Wide && !open { Gap::Break } else { line.gap };
                let joins = line.hint == Hint::Auto
                    && !set_right
                    && !centred
                    && !below
                    && drafts.last().is_some_and(|d| d.takes(&line.source.text, gap, last_full));
                match drafts.last_mut() {
                    Some(open) if joins => open.push(line.source),
                    _ => drafts.push(Draft::begin(line.source, line.hint, line.gap)),
                }
                last_full = full;
            }
        }
    }
    drafts
}
