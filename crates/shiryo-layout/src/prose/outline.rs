//! Drafts of blocks to blocks: what is a heading, an item, a note, a caption, and at what depth.

use super::assemble::without_prefix;
use super::joining::{Gap, Seam, continues};
use super::marker::{MarkerKind, leading_marker};
use super::title::{is_letterhead, name_title};
use super::words::{
    closed_up, ends_open, ends_sentence, ends_with_figure, ends_with_particle, is_digit, is_page_number,
    is_unit_note, leads_with_unit_note, open_brackets, tells_value, width,
};
use shiryo_model::{Block, BlockKind, FigurePart, RawText, SourceLine, Table, Text};

/// What is known of a block before its neighbours are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    /// Nothing: its words decide.
    Auto,
    /// Marked up as a heading of this level (1 is the outermost).
    Heading(u8),
    /// Marked up as a list item of this level.
    Item(u8),
    /// Already settled.
    Fixed(BlockKind),
    /// The table with this index.
    Table(u32),
}

/// A block being put together.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// What is known of it.
    pub(crate) hint: Hint,
    /// Its marker and kind, taken off the first line.
    pub(crate) marker: Option<(MarkerKind, String)>,
    /// Its lines.
    pub(crate) lines: RawText,
    /// Space before it.
    pub(crate) gap: Gap,
    /// For readings: the word they belong to.
    pub(crate) of: String,
    /// What it is in its chart.
    pub(crate) figure: Option<FigurePart>,
    /// Brackets open at its end.
    depth: usize,
    /// Characters in it.
    length: usize,
}

/// Runs longer than this are not held together by an open bracket: it was never closed.
const LONGEST_BRACKET: usize = 400;
/// A heading has at most this width in half-width cells.
const HEADING_WIDTH: u32 = 90;
/// A 〇 or ● heading and an unnumbered one are shorter.
const SHORT_HEADING: u32 = 64;

impl Draft {
    /// A block that begins with `line`; its marker is taken off.
    pub(crate) fn begin(line: SourceLine, hint: Hint, gap: Gap) -> Self {
        let found = leading_marker(&line.text).map(|m| (m.kind, m.text.to_string(), m.len));
        let (line, marker) = match found {
            Some((kind, text, len)) if !matches!(hint, Hint::Fixed(_)) => {
                // 【…】 stays in the text; only the white space before it goes.
                (without_prefix(line, len), Some((kind, text)))
            }
            _ => (line, None),
        };
        let mut draft = Self {
            hint,
            marker,
            lines: Vec::new(),
            gap,
            of: String::new(),
            figure: None,
            depth: 0,
            length: 0,
        };
        draft.push(line);
        draft
    }

    /// The place of a table in the flow.
    pub(crate) fn table(index: u32, gap: Gap) -> Self {
        let (hint, lines, of) = (Hint::Table(index), Vec::new(), String::new());
        Self { hint, marker: None, lines, gap, of, figure: None, depth: 0, length: 0 }
    }

    /// Adds a line.
    pub(crate) fn push(&mut self, line: SourceLine) {
        self.depth = open_brackets(self.depth, &line.text);
        self.length += line.text.chars().count();
        self.lines.push(line);
    }

    /// Whether `next` goes on with this block.
    pub(crate) fn takes(&self, next: &str, gap: Gap, full: bool) -> bool {
        if matches!(self.hint, Hint::Table(_) | Hint::Fixed(_)) {
            return false;
        }
        let Some(last) = self.lines.last() else { return false };
        let open_brackets = self.depth > 0 && self.length < LONGEST_BRACKET;
        continues(&last.text, next, Seam { gap, full, titled: self.is_titled(), open_brackets })
    }

    /// Whether running text stops where its sentence cannot end.
    pub(crate) fn stops_open(&self) -> bool {
        !self.is_titled() && (ends_open(self.last_text()) || ends_with_particle(self.last_text()))
    }

    fn is_titled(&self) -> bool {
        let marked = match &self.marker {
            Some((kind, _)) => *kind < MarkerKind::Bullet,
            None => false,
        };
        self.lines.len() == 1 && (marked || matches!(self.hint, Hint::Heading(_)))
    }

    pub(super) fn kind(&self) -> Option<MarkerKind> {
        self.marker.as_ref().map(|m| m.0)
    }

    fn last_text(&self) -> &str {
        self.lines.last().map_or("", |l| l.text.as_str())
    }

    pub(super) fn is_sentence(&self) -> bool {
        ends_sentence(self.last_text())
    }

    pub(super) fn width(&self) -> u32 {
        self.lines.iter().map(|l| width(&l.text)).fold(0, u32::saturating_add)
    }

    pub(super) fn joined(&self) -> String {
        self.lines.iter().map(|l| l.text.trim()).collect()
    }
}

/// Blocks of drafts, in their order; captions, units and notes are given to the tables beside them.
pub(crate) fn settle(drafts: Vec<Draft>, tables: &mut [Table]) -> Vec<Block> {
    let roles = roles(&drafts);
    let mut levels = Levels::default();
    let mut blocks: Vec<Block> = Vec::with_capacity(drafts.len());
    for (draft, role) in drafts.into_iter().zip(roles) {
        let level = levels.of(&draft, role);
        blocks.push(finish(draft, role, level, tables));
    }
    attach(&mut blocks, tables);
    blocks
}

fn finish(draft: Draft, role: BlockKind, level: Option<u8>, tables: &[Table]) -> Block {
    if let Hint::Table(index) = draft.hint {
        let table = tables.get(index as usize);
        let mut place = shiryo_model::Place::default();
        if let Some(t) = table {
            place.page = t.page();
            place.bbox = t.bbox;
            place.line = t.line_range.map(|r| r.0);
        }
        return Block { kind: BlockKind::Table, table: Some(index), place, ..Block::default() };
    }
    let marker = draft.marker.map(|m| m.1).unwrap_or_default();
    let text = shiryo_ja::compose(draft.lines);
    let place = text.place();
    Block { kind: role, level, marker, text, of: draft.of, figure: draft.figure, place, ..Block::default() }
}

/// The role of every draft, from its words and its neighbours.
fn roles(drafts: &[Draft]) -> Vec<BlockKind> {
    let mut roles: Vec<BlockKind> = Vec::with_capacity(drafts.len());
    for (i, draft) in drafts.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|j| Some((drafts.get(j)?, *roles.get(j)?)));
        roles.push(role(draft, before, drafts.get(i + 1)));
    }
    super::signs::level_signs(drafts, &mut roles);
    name_title(drafts, &mut roles);
    name_tables(drafts, &mut roles);
    roles
}

/// A short line right above a table, or above its unit, is its caption.
fn name_tables(drafts: &[Draft], roles: &mut [BlockKind]) {
    let tables = drafts.iter().enumerate().filter(|(_, d)| matches!(d.hint, Hint::Table(_)));
    for (table, _) in tables {
        let unit = |i: &usize| drafts.get(*i).is_some_and(|d| is_unit_note(&d.joined()));
        let Some(i) = (table.saturating_sub(2)..table).rev().find(|i| !unit(i)) else { continue };
        let (Some(draft), Some(role)) = (drafts.get(i), roles.get_mut(i)) else { continue };
        if *role == BlockKind::Paragraph
            && draft.hint == Hint::Auto
            && looks_like_title(draft)
            && draft.width() >= 8
            && draft.joined().split_whitespace().count() <= 2
            && !is_letterhead(&draft.joined())
            && !draft.joined().contains(['：', ':'])
        {
            *role = BlockKind::Caption;
        }
    }
}

fn role(draft: &Draft, before: Option<(&Draft, BlockKind)>, next: Option<&Draft>) -> BlockKind {
    match draft.hint {
        Hint::Fixed(kind) => return kind,
        Hint::Table(_) => return BlockKind::Table,
        Hint::Heading(_) if draft.width() <= 2 * HEADING_WIDTH => return BlockKind::Heading,
        Hint::Heading(_) => return BlockKind::Paragraph,
        Hint::Item(_) => return BlockKind::ListItem,
        Hint::Auto => {}
    }
    let before_table = matches!(next.map(|n| n.hint), Some(Hint::Table(_)));
    let Some(kind) = draft.kind() else { return unmarked(draft, next, before_table) };
    let short = !draft.is_sentence() && draft.lines.len() <= 2;
    match kind {
        MarkerKind::Note => BlockKind::Note,
        MarkerKind::Bullet => BlockKind::ListItem,
        MarkerKind::Bracket if !short || draft.width() > HEADING_WIDTH => BlockKind::Paragraph,
        MarkerKind::Square | MarkerKind::Bracket if before_table => BlockKind::Caption,
        MarkerKind::Bracket => BlockKind::Heading,
        _ if !short || draft.width() > HEADING_WIDTH => BlockKind::ListItem,
        MarkerKind::Square | MarkerKind::Circle if draft.width() > SHORT_HEADING => BlockKind::ListItem,
        MarkerKind::Chapter | MarkerKind::Roman => BlockKind::Heading,
        _ => heading_or_item(draft, kind, before, next),
    }
}

/// An enumerated or marked short line: a heading when something of a lower rank follows, an item when its
/// own kind goes on.
fn heading_or_item(
    draft: &Draft,
    kind: MarkerKind,
    before: Option<(&Draft, BlockKind)>,
    next: Option<&Draft>,
) -> BlockKind {
    let item_before = before.is_some_and(|(d, r)| d.kind() == Some(kind) && r == BlockKind::ListItem);
    let Some(next) = next else { return BlockKind::ListItem };
    let below = match next.hint {
        Hint::Table(_) => true,
        Hint::Heading(_) => false,
        Hint::Item(_) => true,
        Hint::Fixed(_) => !item_before,
        Hint::Auto => match next.kind() {
            Some(MarkerKind::Note) => {
                return if item_before { BlockKind::ListItem } else { BlockKind::Heading };
            }
            // A slide's title, repeated on the next page.
            // 方針２ over 取組２－１: what the one holds.
            Some(MarkerKind::Counted) if kind == MarkerKind::Counted => counted_as(next) != counted_as(draft),
            Some(k) if k == kind => next.marker == draft.marker && next.joined() == draft.joined(),
            // 柱１ … 柱３ below each other: a list, whatever follows the last of them.
            Some(k) => {
                let counted = kind == MarkerKind::Counted;
                k > kind && !(item_before && counted)
                    || counted && k == MarkerKind::Bracket
                    || (kind >= MarkerKind::Square && k >= MarkerKind::ParenNumber && k < MarkerKind::Square)
            }
            None => {
                !item_before && (kind < MarkerKind::Square || !looks_like_title(next) || draft.width() <= 20)
            }
        },
    };
    // １ and （１） lines are headings more often than not; ① and the like only with something below.
    let counts = draft.joined().contains(['：', ':']) && draft.width() > 16;
    let usual = kind <= MarkerKind::ParenNumber && !item_before && !counts && next.gap >= Gap::Wide;
    if below || (usual && next.kind() != Some(kind)) { BlockKind::Heading } else { BlockKind::ListItem }
}

/// What the marker of a measure counts (取組 of 取組２－１).
fn counted_as(draft: &Draft) -> &str {
    let marker = draft.marker.as_ref().map_or("", |(_, text)| text.as_str());
    marker.trim_end_matches(|c: char| !c.is_alphabetic())
}

/// Whether an unmarked draft looks like a title line itself (short, no sentence).
fn looks_like_title(draft: &Draft) -> bool {
    draft.kind().is_none() && draft.lines.len() == 1 && !draft.is_sentence() && draft.width() <= SHORT_HEADING
}

fn unmarked(draft: &Draft, next: Option<&Draft>, before_table: bool) -> BlockKind {
    let text = draft.joined();
    if draft.lines.len() == 1 && is_page_number(&text) {
        return BlockKind::PageNumber;
    }
    if is_unit_note(&text) || (before_table && is_numbered_caption(&text)) {
        return BlockKind::Caption;
    }
    if is_numbered_caption(&text) && looks_like_title(draft) {
        return BlockKind::Caption;
    }
    // ➡ 令和8年度目標 50%: a remark on what stands above, not a heading of the list below.
    if !looks_like_title(draft) || text.trim_start().starts_with(['➡', '⇒', '→', '⇨']) {
        return BlockKind::Paragraph;
    }
    let lists = next.is_some_and(|n| {
        matches!(n.hint, Hint::Item(_))
            || (n.hint == Hint::Auto
                && n.kind().is_some_and(|k| k >= MarkerKind::Circled && k != MarkerKind::Note)
                && (n.kind() == Some(MarkerKind::Bullet) || n.is_sentence() || n.width() > SHORT_HEADING)
                && n.gap < Gap::Break)
    });
    let figure = text.chars().filter(|c| c.is_numeric()).count() * 2 >= text.chars().count();
    let label = !text.ends_with(['日', '記']) && text.chars().any(char::is_alphabetic) && !figure;
    // 車両　小型車２台, 操作が難しい 26.4％: values name nothing that follows.
    let value = |l: &str| {
        tells_value(l) || ends_with_figure(l) && !l.trim_end().ends_with(['年', '月', '日', '期', '度'])
    };
    let label = label && !draft.lines.last().is_some_and(|l| value(&l.text));
    if lists && label { BlockKind::Heading } else { BlockKind::Paragraph }
}

/// 表１ …, 図2-1 …, 別表 ….
pub(crate) fn is_numbered_caption(text: &str) -> bool {
    let t = closed_up(text);
    let t = t.trim_start_matches(['（', '(', '【', '＜', '<']);
    let rest = ["図表", "別表", "表", "図", "グラフ"].iter().find_map(|w| t.strip_prefix(w));
    // 第3表, 第1－2表: as statistical yearbooks number theirs.
    let ordinal = t.strip_prefix('第').is_some_and(|r| {
        let after = r.trim_start_matches(|c: char| is_digit(c) || matches!(c, '－' | '-'));
        after.len() < r.len() && after.starts_with(['表', '図'])
    });
    (ordinal || rest.is_some_and(|r| r.starts_with(|c: char| is_digit(c) || c == '－')))
        && t.chars().count() <= 60
        && !ends_sentence(t)
}

/// Depths by the order in which kinds of markers are met.
#[derive(Debug, Default)]
struct Levels {
    /// Open headings: markup level (0 when there is none) and kind of marker.
    headings: Vec<(u8, Option<MarkerKind>)>,
    /// Open list items: kind of marker.
    items: Vec<MarkerKind>,
}

impl Levels {
    fn of(&mut self, draft: &Draft, role: BlockKind) -> Option<u8> {
        match role {
            BlockKind::Heading => {
                self.items.clear();
                Some(self.heading(draft))
            }
            BlockKind::ListItem => Some(self.item(draft)),
            BlockKind::Title => {
                self.items.clear();
                self.headings.clear();
                None
            }
            BlockKind::Paragraph | BlockKind::Table => {
                self.items.clear();
                None
            }
            _ => None,
        }
    }

    fn heading(&mut self, draft: &Draft) -> u8 {
        let kind = draft.kind();
        if let Hint::Heading(level) = draft.hint {
            let outer = self.headings.iter().position(|(l, _)| *l == 0 || *l >= level);
            self.headings.truncate(outer.unwrap_or(self.headings.len()));
            self.headings.push((level, kind));
        } else if let Some(open) = self.headings.iter().position(|(l, k)| *l == 0 && *k == kind) {
            self.headings.truncate(open + 1);
        } else {
            // A deeper rank cannot hold a higher one: 第１章 closes （１）.
            let outer = self.headings.iter().position(|(l, k)| *l == 0 && kind < *k && is_outline(kind));
            self.headings.truncate(outer.unwrap_or(self.headings.len()));
            self.headings.push((0, kind));
        }
        u8::try_from(self.headings.len()).unwrap_or(u8::MAX).clamp(1, 9)
    }

    fn item(&mut self, draft: &Draft) -> u8 {
        let kind = draft.kind().unwrap_or(MarkerKind::Bullet);
        if let Hint::Item(level) = draft.hint {
            return level.max(1);
        }
        match self.items.iter().position(|k| *k == kind) {
            Some(open) => self.items.truncate(open + 1),
            None => {
                let outer = self.items.iter().position(|k| kind < *k);
                self.items.truncate(outer.unwrap_or(self.items.len()));
                self.items.push(kind);
            }
        }
        u8::try_from(self.items.len()).unwrap_or(u8::MAX).clamp(1, 9)
    }
}

/// Kinds whose rank is firm, whatever the paper.
fn is_outline(kind: Option<MarkerKind>) -> bool {
    kind.is_some_and(|k| k <= MarkerKind::Circled && k != MarkerKind::Bracket)
}

/// Gives captions, unit notes and notes to the tables beside them.
fn attach(blocks: &mut [Block], tables: &mut [Table]) {
    for i in 0..blocks.len() {
        let Some(t) = blocks.get(i).and_then(|b| b.table) else { continue };
        let Some(table) = tables.get_mut(t as usize) else { continue };
        for j in (i.saturating_sub(3)..i).rev() {
            let Some(b) = blocks.get(j) else { break };
            let unit = is_unit_note(&b.text.text);
            if unit && table.unit.is_empty() {
                table.unit = b.text.clone();
            } else if b.kind == BlockKind::Caption && table.caption.is_empty() && !unit {
                table.caption = b.text.clone();
                break;
            } else if b.kind == BlockKind::Heading && table.caption.is_empty() {
                // A heading right above names the table, but stays a heading.
                table.caption = b.text.clone();
                break;
            } else if b.kind == BlockKind::Paragraph && table.caption.is_empty() && ends_in_unit(&b.text.text)
            {
                // 歳入の状況（単位：千円） as a line of its own.
                table.caption = b.text.clone();
                break;
            } else {
                break;
            }
        }
        for b in blocks.iter().skip(i + 1).take(20) {
            if b.kind != BlockKind::Note && !dates_series(b) {
                break;
            }
            table.notes.push(with_marker(b));
        }
        let below =
            blocks.get(i + 1).filter(|b| is_unit_note(&b.text.text) || leads_with_unit_note(&b.text.text));
        // Right above another table it is that one's.
        let alone = blocks.get(i + 2).is_none_or(|b| b.table.is_none());
        if let Some(unit) = below.filter(|_| alone && table.unit.is_empty()) {
            table.unit = unit.text.clone();
        }
    }
}

/// A line that names the table below it is no longer than this.
const LONGEST_NAME: usize = 60;

/// Whether a short line ends in a unit note: a caption that is not marked as one (歳入の状況（単位：千円）, 効果額（千円）).
fn ends_in_unit(words: &str) -> bool {
    let words = words.trim();
    let note = words.strip_suffix([')', '）']).and_then(|w| w.rsplit_once(['(', '（']));
    words.chars().count() <= LONGEST_NAME
        && !words.contains('。')
        && note.is_some_and(|(_, note)| note.contains("単位") || is_unit_note(&format!("（{note}）")))
}

/// Whether a short line tells the day of each month or year that figures hold for (人口は各月１日現在).
fn dates_series(block: &Block) -> bool {
    let words = block.text.text.as_str();
    block.kind == BlockKind::Paragraph
        && words.chars().count() <= LONGEST_NAME
        && ["各月", "毎月", "各年"].iter().any(|w| words.contains(w))
        && ["現在", "末"].iter().any(|w| words.contains(w))
}

/// The text of a note with its mark, so that 1,000件※２ finds it.
fn with_marker(note: &Block) -> Text {
    if note.marker.is_empty() {
        return note.text.clone();
    }
    let mut text = note.text.clone();
    let (marker, _) = shiryo_ja::normalise(&note.marker);
    let inserted = marker.chars().count() + 1;
    text.text = format!("{marker} {}", text.text);
    let first = text.map.first().copied().unwrap_or(0);
    text.map.splice(0..0, std::iter::repeat_n(first, inserted));
    text
}
