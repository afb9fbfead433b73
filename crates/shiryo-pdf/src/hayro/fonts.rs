//! Fonts: identity, weight, Unicode for glyphs that have no ToUnicode, and metrics of vertical writing.
//!
//! hayro decodes ToUnicode, glyph names and fonts that are not embedded. Embedded CID fonts without ToUnicode
//! are left to us: code → CID → Unicode by the font's character collection, else the embedded font's own cmap.

use super::cid_fonts::CidFont;
use super::symbols;
use crate::radicals;
use hayro_interpret::font::{Glyph, OutlineFontData, OutlineGlyph, StandardFont};
use hayro_interpret::hayro_cmap::BfString;
use hayro_syntax::Pdf;
use smol_str::SmolStr;
use std::cell::Cell;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// What a run of glyphs needs to know of its font.
#[derive(Debug, Clone)]
pub(super) struct RunFont {
    /// Identity within the document.
    pub(super) id: u32,
    /// Whether name or weight say bold.
    pub(super) bold: bool,
    name: Rc<str>,
    vertical: bool,
    /// For simple fonts: whether hayro stretches the glyphs of a font standing in for them. The stretch is part
    /// of the glyphs' transforms, and only the distance to the next glyph tells it from horizontal scaling.
    pub(super) stretched: Option<Rc<Cell<bool>>>,
    cid: Option<Rc<CidFont>>,
}

/// Content hash of the font program, writing mode, and base font where the program only stands in for it.
type FontKey = (u128, bool, Option<String>);

/// Metrics of a glyph in vertical writing, in glyph space.
#[derive(Debug, Clone, Copy)]
pub(super) struct VerticalMetrics {
    /// Horizontal width of the glyph.
    pub(super) width: f64,
    /// How far the next glyph stands below (negative).
    pub(super) advance: f64,
    /// Where the vertical baseline meets the glyph: middle of its top.
    pub(super) origin: (f64, f64),
}

/// All fonts met so far in a document.
pub(super) struct FontTable<'pdf> {
    pdf: &'pdf Pdf,
    fonts: HashMap<FontKey, RunFont>,
    /// Programs hayro puts in the place of fonts that are not embedded; many fonts may share one.
    stand_ins: HashMap<u128, bool>,
    /// Composite fonts of the file; read when the first glyph needs them.
    cid_fonts: Option<Vec<Rc<CidFont>>>,
    /// Unicode by glyph of embedded programs that had to be asked.
    glyph_maps: HashMap<u128, Rc<HashMap<u32, char>>>,
    /// Answers for glyphs hayro could not decode, by font and character code.
    found: HashMap<(u32, u32), Option<SmolStr>>,
}

impl<'pdf> FontTable<'pdf> {
    pub(super) fn new(pdf: &'pdf Pdf) -> Self {
        Self {
            pdf,
            fonts: HashMap::new(),
            stand_ins: HashMap::new(),
            cid_fonts: None,
            glyph_maps: HashMap::new(),
            found: HashMap::new(),
        }
    }

    /// The font of a run, by its first glyph.
    pub(super) fn run_font(&mut self, glyph: &Glyph<'_>, vertical: bool) -> RunFont {
        let outline = match glyph {
            Glyph::Outline(outline) => Some(outline),
            Glyph::Type3(_) => None,
        };
        let program = outline.map_or(0, program_hash);
        let stands_in = self.stand_ins.get(&program).copied();
        let mut key = (program, vertical, None);
        if stands_in == Some(false)
            && let Some(font) = self.fonts.get(&key)
        {
            return font.clone();
        }
        // Costs an allocation: once per font, but once per run for fonts that are not embedded.
        let data = outline.and_then(OutlineGlyph::font_data);
        let stands_in = stands_in.unwrap_or_else(|| data.as_ref().is_some_and(is_stand_in));
        self.stand_ins.insert(program, stands_in);
        if stands_in {
            key.2 = data.as_ref().and_then(|d| d.postscript_name.clone());
        }
        if let Some(font) = self.fonts.get(&key) {
            return font.clone();
        }
        let font = RunFont {
            id: u32::try_from(self.fonts.len()).unwrap_or(u32::MAX),
            bold: data.as_ref().is_some_and(is_bold),
            name: data.as_ref().and_then(|d| d.postscript_name.as_deref()).unwrap_or_default().into(),
            vertical,
            stretched: (outline.is_some() && data.is_none()).then(Rc::default),
            cid: data.as_ref().filter(|_| vertical).and_then(|data| self.cid_font(data, vertical)),
        };
        self.fonts.insert(key, font.clone());
        font
    }

    /// Unicode of a glyph, cleaned; `None` when it has none.
    pub(super) fn text(&mut self, glyph: &Glyph<'_>, font: &RunFont) -> Option<SmolStr> {
        let known = match glyph.as_unicode() {
            Some(BfString::Char(c @ '\u{F020}'..='\u{F0FF}')) => {
                radicals::clean_char(symbols::decode(c, &font.name).unwrap_or(c))
            }
            Some(BfString::Char(c)) => radicals::clean_char(c),
            Some(BfString::String(s)) => radicals::clean(&s),
            None => None,
        };
        if known.is_some() {
            return known;
        }
        let Glyph::Outline(outline) = glyph else { return None };
        let key = (font.id, outline.char_code());
        if let Some(found) = self.found.get(&key) {
            return found.clone();
        }
        let found = self.look_up(outline, font);
        self.found.insert(key, found.clone());
        found
    }

    fn look_up(&mut self, glyph: &OutlineGlyph, font: &RunFont) -> Option<SmolStr> {
        let data = glyph.font_data()?;
        let by_collection = self
            .cid_font(&data, font.vertical)
            .and_then(|cid| cid.unicode(glyph.char_code()))
            .and_then(|text| radicals::clean(&text));
        if by_collection.is_some() {
            return by_collection;
        }
        let map = self
            .glyph_maps
            .entry(data.cache_key)
            .or_insert_with(|| Rc::new(glyph_map((*data.data).as_ref())));
        let &c = map.get(&glyph.glyph_id().to_u32())?;
        radicals::clean_char(symbols::decode(c, &font.name).unwrap_or(c))
    }

    /// The composite font dictionary an embedded program belongs to.
    fn cid_font(&mut self, data: &OutlineFontData, vertical: bool) -> Option<Rc<CidFont>> {
        let pdf = self.pdf;
        let all = self.cid_fonts.get_or_insert_with(|| super::cid_fonts::read_all(pdf));
        let name = data.postscript_name.as_deref();
        let mut candidates = all.iter().filter(|f| f.vertical == vertical && f.name.as_deref() == name);
        let first = candidates.next()?;
        if candidates.next().is_none() {
            return Some(first.clone());
        }
        let bytes = (*data.data).as_ref();
        all.iter()
            .filter(|f| f.vertical == vertical && f.name.as_deref() == name)
            .find(|f| f.has_program(pdf, bytes))
            .or(Some(first))
            .cloned()
    }

    /// Metrics of a glyph in vertical writing.
    pub(super) fn vertical_metrics(&self, font: &RunFont, code: u32) -> VerticalMetrics {
        match &font.cid {
            Some(cid) => cid.vertical_metrics(code),
            None => VerticalMetrics { width: 1000.0, advance: -1000.0, origin: (500.0, 880.0) },
        }
    }
}

/// Whether the program is one of hayro's own.
fn is_stand_in(data: &OutlineFontData) -> bool {
    const FONTS: [StandardFont; 14] = [
        StandardFont::Helvetica,
        StandardFont::HelveticaBold,
        StandardFont::HelveticaOblique,
        StandardFont::HelveticaBoldOblique,
        StandardFont::Courier,
        StandardFont::CourierBold,
        StandardFont::CourierOblique,
        StandardFont::CourierBoldOblique,
        StandardFont::TimesRoman,
        StandardFont::TimesBold,
        StandardFont::TimesItalic,
        StandardFont::TimesBoldItalic,
        StandardFont::ZapfDingBats,
        StandardFont::Symbol,
    ];
    let bytes = (*data.data).as_ref();
    FONTS.iter().any(|font| std::ptr::eq((*font.get_font_data().0).as_ref().as_ptr(), bytes.as_ptr()))
}

fn is_bold(data: &OutlineFontData) -> bool {
    const NAMES: [&str; 9] = ["bold", "black", "heavy", "demi", "-w6", "-w7", "-w8", "-w9", "ultra"];
    let name = data.postscript_name.as_deref().unwrap_or_default().to_ascii_lowercase();
    NAMES.iter().any(|n| name.contains(n)) || data.weight.is_some_and(|w| w >= 600)
}

/// Catches the content hash that a glyph's identifier feeds to a hasher first: the cheapest identity there is.
#[derive(Default)]
struct ProgramHash(Option<u128>);

impl Hasher for ProgramHash {
    fn finish(&self) -> u64 {
        0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u128(&mut self, hash: u128) {
        self.0.get_or_insert(hash);
    }
}

fn program_hash(glyph: &OutlineGlyph) -> u128 {
    let mut hasher = ProgramHash::default();
    glyph.identifier().hash(&mut hasher);
    hasher.0.unwrap_or_default()
}

/// Unicode by glyph from a font's own cmap. Where several characters share a glyph, the plainest wins.
fn glyph_map(data: &[u8]) -> HashMap<u32, char> {
    let mut map: HashMap<u32, char> = HashMap::new();
    let Ok(face) = ttf_parser::Face::parse(data, 0) else { return map };
    let Some(cmap) = face.tables().cmap else { return map };
    for subtable in cmap.subtables {
        // Symbol tables (3, 0) give private code points, which `symbols` may know.
        let symbol = subtable.platform_id == ttf_parser::PlatformId::Windows && subtable.encoding_id == 0;
        if !subtable.is_unicode() && !symbol {
            continue;
        }
        subtable.codepoints(|code| {
            let (Some(c), Some(glyph)) = (char::from_u32(code), subtable.glyph_index(code)) else { return };
            if symbol && !matches!(c, '\u{F020}'..='\u{F0FF}') {
                return;
            }
            map.entry(glyph.0.into())
                .and_modify(|kept| {
                    if rank(c) < rank(*kept) {
                        *kept = c;
                    }
                })
                .or_insert(c);
        });
    }
    map
}

/// How far from plain text a character is, for choosing among those that share a glyph.
fn rank(c: char) -> (u8, u32) {
    let class = match c {
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => 3,
        '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => 2,
        '\u{A0}' | '\u{AD}' => 1,
        _ => 0,
    };
    (class, c.into())
}
