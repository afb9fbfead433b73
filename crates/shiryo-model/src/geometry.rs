//! Points and boxes on a page.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A point on a page, in PDF points from the top left.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Point {
    /// Distance from the left edge.
    pub x: f64,
    /// Distance from the top edge.
    pub y: f64,
}

/// An axis-parallel box on a page, in PDF points from the top left; serialised as `[x0, y0, x1, y1]`
/// rounded to 0.01 pt.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct BBox {
    /// Left edge.
    pub x0: f64,
    /// Top edge.
    pub y0: f64,
    /// Right edge.
    pub x1: f64,
    /// Bottom edge.
    pub y1: f64,
}

impl BBox {
    /// A box from its edges; edges given the wrong way round are swapped.
    pub fn new(x0: f64, y0: f64, x1: f64, y1: f64) -> Self {
        Self { x0: x0.min(x1), y0: y0.min(y1), x1: x0.max(x1), y1: y0.max(y1) }
    }

    /// Width in points.
    pub fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    /// Height in points.
    pub fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    /// Area in square points.
    pub fn area(&self) -> f64 {
        self.width() * self.height()
    }

    /// The point in the middle.
    pub fn center(&self) -> Point {
        Point { x: (self.x0 + self.x1) / 2.0, y: (self.y0 + self.y1) / 2.0 }
    }

    /// The smallest box that holds both.
    pub fn union(&self, other: &BBox) -> BBox {
        BBox {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// The smallest box that holds all of `boxes`; `None` when there are none.
    pub fn union_all<'a>(boxes: impl IntoIterator<Item = &'a BBox>) -> Option<BBox> {
        boxes.into_iter().copied().reduce(|a, b| a.union(&b))
    }

    /// The part both boxes share, if any.
    pub fn intersection(&self, other: &BBox) -> Option<BBox> {
        let b = BBox {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        };
        (b.x0 < b.x1 && b.y0 < b.y1).then_some(b)
    }

    /// Whether `p` lies inside or on the edge.
    pub fn contains(&self, p: Point) -> bool {
        p.x >= self.x0 && p.x <= self.x1 && p.y >= self.y0 && p.y <= self.y1
    }

    /// The box grown by `by` points on every side (shrunk when negative).
    pub fn expand(&self, by: f64) -> BBox {
        BBox::new(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)
    }

    /// The four edges rounded to 0.01 pt, as they are written.
    pub fn rounded(&self) -> [f64; 4] {
        [self.x0, self.y0, self.x1, self.y1].map(|v| {
            let r = (v * 100.0).round() / 100.0;
            // -0.0 and values that are not numbers must not reach a file.
            if r.is_finite() && r != 0.0 { r } else { 0.0 }
        })
    }
}

impl Serialize for BBox {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        self.rounded().serialize(s)
    }
}

impl<'de> Deserialize<'de> for BBox {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let [x0, y0, x1, y1] = <[f64; 4]>::deserialize(d)?;
        Ok(BBox { x0, y0, x1, y1 })
    }
}

impl JsonSchema for BBox {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "BBox".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = <[f64; 4]>::json_schema(generator);
        schema.insert(
            "description".into(),
            "[x0, y0, x1, y1] in points, origin at the top left of the page".into(),
        );
        schema
    }
}

/// `x0 y0 x1 y1`, as the column `bbox` of `observations.csv` has it.
impl std::fmt::Display for BBox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [a, b, c, d] = self.rounded();
        write!(f, "{a} {b} {c} {d}")
    }
}
