//! Fonts that must not be loaded: hayro fills a table for every width a font declares, and a range may
//! declare four thousand million of them.

use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Page;
use std::collections::HashSet;

/// Largest code or CID that widths are declared for.
const LARGEST: u32 = 0x10_FFFF;
/// Ranges of a single font may cover this many codes together.
const MOST_CODES: u64 = 4_000_000;
/// Resource dictionaries looked at for one page.
const MOST_NODES: usize = 4_000;

/// Looks at the fonts of pages before hayro does.
#[derive(Debug, Default)]
pub(crate) struct FontGuard {
    /// Objects found harmless.
    seen: HashSet<ObjectIdentifier>,
}

impl FontGuard {
    /// Whether every font of the page and its annotations can be loaded in bounded memory.
    pub(crate) fn allows_page(&mut self, page: &Page<'_>) -> bool {
        let resources = page.resources();
        let annotations = page.raw().get::<Array<'_>>("Annots");
        let appearances = annotations.iter().flat_map(|a| a.iter::<Dict<'_>>()).filter_map(|annotation| {
            let normal = annotation.get::<Dict<'_>>("AP")?.get::<Stream<'_>>("N")?;
            normal.dict().get::<Dict<'_>>("Resources")
        });
        self.allows(&resources.fonts, &resources.x_objects)
            && appearances.into_iter().all(|r| self.allows_all(&r))
    }

    /// Whether every font that resources lead to (through forms, too) can be loaded.
    fn allows_all(&mut self, resources: &Dict<'_>) -> bool {
        let part = |key: &str| resources.get::<Dict<'_>>(key).unwrap_or_default();
        self.allows(&part("Font"), &part("XObject"))
    }

    /// The same for the fonts and XObjects of a resource dictionary.
    fn allows(&mut self, fonts: &Dict<'_>, x_objects: &Dict<'_>) -> bool {
        let mut todo = vec![(fonts.clone(), x_objects.clone())];
        let mut nodes = 0;
        while let Some((fonts, x_objects)) = todo.pop() {
            nodes += 1;
            if nodes > MOST_NODES {
                break;
            }
            for font in fonts.keys().take(MOST_NODES).filter_map(|key| fonts.get::<Dict<'_>>(key)) {
                let new = font.obj_id().is_none_or(|id| !self.seen.contains(&id));
                if new && !is_sane(&font) {
                    return false;
                }
                self.seen.extend(font.obj_id());
            }
            for form in x_objects.keys().take(MOST_NODES).filter_map(|key| x_objects.get::<Stream<'_>>(key)) {
                let dict = form.dict();
                let is_form = dict.get::<Name<'_>>("Subtype").is_some_and(|n| n.as_ref() == b"Form");
                if self.seen.insert(form.obj_id()) && is_form {
                    let resources = dict.get::<Dict<'_>>("Resources").unwrap_or_default();
                    let part = |key: &str| resources.get::<Dict<'_>>(key).unwrap_or_default();
                    todo.push((part("Font"), part("XObject")));
                }
            }
        }
        true
    }
}

fn is_sane(font: &Dict<'_>) -> bool {
    if font.get::<u32>("FirstChar").is_some_and(|first| first > LARGEST) {
        return false;
    }
    let descendants = font.get::<Array<'_>>("DescendantFonts");
    descendants.and_then(|a| a.iter::<Dict<'_>>().next()).is_none_or(|d| {
        d.get::<Array<'_>>("W").is_none_or(|w| ranges_are_sane(&w, 1))
            && d.get::<Array<'_>>("W2").is_none_or(|w| ranges_are_sane(&w, 3))
    })
}

/// Whether the ranges `first last value…` of a width array cover a believable number of codes.
fn ranges_are_sane(array: &Array<'_>, values: usize) -> bool {
    let mut codes = 0_u64;
    let mut pending: Vec<f32> = Vec::new();
    for item in array.iter::<Object<'_>>() {
        match item {
            Object::Array(_) => pending.clear(),
            Object::Number(n) => {
                pending.push(n.as_f32());
                if let &[first, last, ..] = pending.as_slice()
                    && pending.len() == 2 + values
                {
                    // `as` saturates; too far is too far.
                    codes = codes.saturating_add((last - first).max(0.0) as u64);
                    pending.clear();
                }
            }
            _ => {}
        }
        if codes > MOST_CODES {
            return false;
        }
    }
    true
}
