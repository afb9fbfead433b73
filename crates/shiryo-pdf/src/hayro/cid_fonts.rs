//! Composite (Type 0) font dictionaries: what hayro keeps to itself and we need.

use super::fonts::VerticalMetrics;
use hayro_interpret::hayro_cmap::{
    BfString, CMap, CMapName, CharacterCollection, CidFamily, WritingMode, load_embedded,
};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream, String as PdfString};
use std::collections::HashMap;
use std::rc::Rc;

/// Composite fonts kept per file; more than any paper has.
const MOST_FONTS: usize = 4096;
/// Widths kept per font.
const MOST_WIDTHS: usize = 70_000;

/// One composite font of the file.
#[derive(Debug)]
pub(super) struct CidFont {
    /// Base font without its subset prefix.
    pub(super) name: Option<String>,
    /// Whether its encoding writes vertically.
    pub(super) vertical: bool,
    encoding: CMap,
    /// CID to Unicode of its character collection.
    to_unicode: Option<CMap>,
    program: Option<ObjectIdentifier>,
    default_width: f64,
    widths: HashMap<u32, f64>,
    /// Height of the vertical origin and vertical advance.
    default_vertical: (f64, f64),
    /// Advance and origin of single CIDs.
    vertical_widths: HashMap<u32, [f64; 3]>,
}

/// Every composite font of the file.
pub(super) fn read_all(pdf: &Pdf) -> Vec<Rc<CidFont>> {
    let mut fonts = Vec::new();
    for object in pdf.objects() {
        let Object::Dict(dict) = object else { continue };
        if dict.get::<Name<'_>>("Subtype").is_some_and(|n| n.as_ref() == b"Type0")
            && let Some(font) = CidFont::new(&dict)
        {
            fonts.push(Rc::new(font));
            if fonts.len() >= MOST_FONTS {
                break;
            }
        }
    }
    fonts
}

impl CidFont {
    fn new(dict: &Dict<'_>) -> Option<Self> {
        let encoding = encoding(dict.get::<Object<'_>>("Encoding")?)?;
        let descendant = dict.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
        let family = family(&encoding, &descendant);
        let to_unicode = family
            .and_then(|f| f.ucs2_cmap())
            .and_then(load_embedded)
            .and_then(|d| CMap::parse(d, load_embedded));
        let program = descendant
            .get::<Dict<'_>>("FontDescriptor")
            .and_then(|d| ["FontFile2", "FontFile3", "FontFile"].iter().find_map(|k| d.get_ref(k)))
            .map(Into::into);
        let default_vertical =
            descendant.get::<[f32; 2]>("DW2").map_or((880.0, -1000.0), |[y, w]| (y.into(), w.into()));
        Some(Self {
            name: dict.get::<Name<'_>>("BaseFont").map(|n| strip_subset(n.as_str()).to_owned()),
            vertical: encoding.metadata().writing_mode == Some(WritingMode::Vertical),
            encoding,
            to_unicode,
            program,
            default_width: descendant.get::<f32>("DW").unwrap_or(1000.0).into(),
            widths: descendant.get::<Array<'_>>("W").map(|a| widths(&a)).unwrap_or_default(),
            default_vertical,
            vertical_widths: descendant
                .get::<Array<'_>>("W2")
                .map(|a| vertical_widths(&a))
                .unwrap_or_default(),
        })
    }

    fn cid(&self, code: u32) -> Option<u32> {
        (1..=4).find_map(|length| self.encoding.lookup_cid_code(code, length))
    }

    /// Unicode of a character code by the font's character collection.
    pub(super) fn unicode(&self, code: u32) -> Option<String> {
        match self.to_unicode.as_ref()?.lookup_bf_string(self.cid(code)?)? {
            BfString::Char(c) => Some(c.to_string()),
            BfString::String(s) => Some(s),
        }
    }

    /// Whether `bytes` are its embedded program.
    pub(super) fn has_program(&self, pdf: &Pdf, bytes: &[u8]) -> bool {
        let stream = self.program.and_then(|id| pdf.xref().get::<Stream<'_>>(id));
        stream.and_then(|s| s.decoded_data().ok()).is_some_and(|data| data.as_ref() == bytes)
    }

    /// Metrics of a character code in vertical writing.
    pub(super) fn vertical_metrics(&self, code: u32) -> VerticalMetrics {
        let cid = self.cid(code).unwrap_or(0);
        let width = self.widths.get(&cid).copied().unwrap_or(self.default_width);
        match self.vertical_widths.get(&cid) {
            Some(&[advance, x, y]) => VerticalMetrics { width, advance, origin: (x, y) },
            None => {
                let (y, advance) = self.default_vertical;
                VerticalMetrics { width, advance, origin: (width / 2.0, y) }
            }
        }
    }
}

fn encoding(object: Object<'_>) -> Option<CMap> {
    match object {
        Object::Name(name) => match CMapName::from_bytes(name.as_ref()) {
            CMapName::IdentityH => Some(CMap::identity_h()),
            CMapName::IdentityV => Some(CMap::identity_v()),
            predefined => CMap::parse(load_embedded(predefined)?, load_embedded),
        },
        Object::Stream(stream) => CMap::parse(&stream.decoded_data().ok()?, load_embedded),
        _ => None,
    }
}

/// The character collection: of the encoding, else of the descendant font.
fn family(encoding: &CMap, descendant: &Dict<'_>) -> Option<CidFamily> {
    let of_encoding =
        encoding.metadata().character_collection.as_ref().map(|c: &CharacterCollection| c.family.clone());
    of_encoding.filter(|f| f.ucs2_cmap().is_some()).or_else(|| {
        let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
        let registry = info.get::<PdfString<'_>>("Registry")?;
        let ordering = info.get::<PdfString<'_>>("Ordering")?;
        Some(CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes()))
    })
}

/// A font name without the six letters of a subset.
pub(super) fn strip_subset(name: &str) -> &str {
    match name.split_once('+') {
        Some((prefix, rest)) if prefix.len() == 6 => rest,
        _ => name,
    }
}

fn widths(array: &Array<'_>) -> HashMap<u32, f64> {
    let mut map = HashMap::new();
    let mut items = array.flex_iter();
    loop {
        if let Some((first, list)) = items.next::<(u32, Array<'_>)>() {
            map.extend((first..).zip(list.iter::<f32>().map(f64::from)).take(MOST_WIDTHS));
        } else if let Some((first, last, width)) = items.next::<(u32, u32, f32)>() {
            map.extend((first..=last).take(MOST_WIDTHS).map(|cid| (cid, f64::from(width))));
        } else {
            return map;
        }
        if map.len() > MOST_WIDTHS {
            return map;
        }
    }
}

fn vertical_widths(array: &Array<'_>) -> HashMap<u32, [f64; 3]> {
    let mut map = HashMap::new();
    let mut items = array.flex_iter();
    let triple = |w: f32, x: f32, y: f32| [w, x, y].map(f64::from);
    loop {
        if let Some((first, list)) = items.next::<(u32, Array<'_>)>() {
            let flat: Vec<f32> = list.iter::<f32>().take(MOST_WIDTHS * 3).collect();
            let (triples, _) = flat.as_chunks::<3>();
            map.extend((first..).zip(triples.iter().map(|&[w, x, y]| triple(w, x, y))));
        } else if let Some((first, last, w, x, y)) = items.next::<(u32, u32, f32, f32, f32)>() {
            map.extend((first..=last).take(MOST_WIDTHS).map(|cid| (cid, triple(w, x, y))));
        } else {
            return map;
        }
        if map.len() > MOST_WIDTHS {
            return map;
        }
    }
}
