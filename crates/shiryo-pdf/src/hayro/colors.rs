//! Paint as hayro gives it, reduced to what rulings and visibility need.

use crate::canvas::Paint;
use hayro_interpret::{BlendMode, DrawProps, Paint as HayroPaint};

/// Paint fainter than this share is not seen.
const FAINTEST: f32 = 0.02;

/// Colour and opacity of what `props` paints with.
pub(super) fn paint(props: &DrawProps<'_>, group_opacity: f32) -> Paint {
    match &props.paint {
        HayroPaint::Color(color) => {
            let rgba = color.to_rgba();
            let [r, g, b, _] = rgba.to_rgba8();
            let [.., alpha] = rgba.components();
            let alpha = alpha * group_opacity;
            Paint {
                color: Some(u32::from_be_bytes([0, r, g, b])),
                opaque: alpha > 0.98 && props.soft_mask.is_none() && props.blend_mode == BlendMode::Normal,
                transparent: alpha < FAINTEST,
            }
        }
        HayroPaint::Pattern(_) => Paint { color: None, opaque: false, transparent: group_opacity < FAINTEST },
    }
}
