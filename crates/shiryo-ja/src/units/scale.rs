//! How units of one kind convert into each other.

use rust_decimal::Decimal;

/// A canonical unit, the unit it is told in, and how many of those it is: mantissa and decimal places.
const BASES: &[(&str, &str, i64, u32)] = &[
    ("割", "%", 10, 0),
    ("‰", "%", 1, 1),
    ("世紀", "年", 100, 0),
    ("年", "か月", 12, 0),
    ("四半期", "か月", 3, 0),
    ("週間", "日", 7, 0),
    ("時間", "分", 60, 0),
    ("分", "秒", 60, 0),
    ("ミリ秒", "秒", 1, 3),
    ("銭", "円", 1, 2),
    ("km", "m", 1000, 0),
    ("cm", "m", 1, 2),
    ("mm", "m", 1, 3),
    ("μm", "m", 1, 6),
    ("nm", "m", 1, 9),
    ("海里", "m", 1852, 0),
    ("km2", "m2", 1_000_000, 0),
    ("cm2", "m2", 1, 4),
    ("ha", "m2", 10_000, 0),
    ("アール", "m2", 100, 0),
    ("cm3", "m3", 1, 6),
    ("L", "m3", 1, 3),
    ("dL", "m3", 1, 4),
    ("mL", "m3", 1, 6),
    ("cc", "m3", 1, 6),
    ("kL", "m3", 1, 0),
    ("t", "kg", 1000, 0),
    ("kt", "kg", 1_000_000, 0),
    ("Mt", "kg", 1_000_000_000, 0),
    ("g", "kg", 1, 3),
    ("mg", "kg", 1, 6),
    ("μg", "kg", 1, 9),
    ("kW", "W", 1000, 0),
    ("MW", "W", 1_000_000, 0),
    ("GW", "W", 1_000_000_000, 0),
    ("kWh", "Wh", 1000, 0),
    ("MWh", "Wh", 1_000_000, 0),
    ("GWh", "Wh", 1_000_000_000, 0),
    ("kJ", "J", 1000, 0),
    ("MJ", "J", 1_000_000, 0),
    ("GJ", "J", 1_000_000_000, 0),
    ("TJ", "J", 1_000_000_000_000, 0),
    ("kcal", "cal", 1000, 0),
    ("kV", "V", 1000, 0),
    ("kbps", "bps", 1000, 0),
    ("Kbps", "bps", 1000, 0),
    ("Mbps", "bps", 1_000_000, 0),
    ("Gbps", "bps", 1_000_000_000, 0),
    ("kHz", "Hz", 1000, 0),
    ("MHz", "Hz", 1_000_000, 0),
    ("GHz", "Hz", 1_000_000_000, 0),
    ("hPa", "Pa", 100, 0),
    ("kPa", "Pa", 1000, 0),
    ("MPa", "Pa", 1_000_000, 0),
    ("kg-CO2", "t-CO2", 1, 3),
    ("kt-CO2", "t-CO2", 1000, 0),
    ("Mt-CO2", "t-CO2", 1_000_000, 0),
];

/// The unit that `canonical` is told in and how many of them it is (km: 1000 m). Quantities are given in the unit
/// that is written; this is for comparing them. `None` for units that are their own base.
///
/// ```
/// let (base, times) = shiryo_ja::units::base("ha").expect("an area");
/// assert_eq!((base, times.to_string().as_str()), ("m2", "10000"));
/// assert!(shiryo_ja::units::base("件").is_none());
/// ```
pub fn base(canonical: &str) -> Option<(&'static str, Decimal)> {
    let (_, base, mantissa, scale) = BASES.iter().find(|(unit, ..)| *unit == canonical)?;
    Some((base, Decimal::new(*mantissa, *scale)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bases_are_units_of_the_same_kind() {
        let kind = |name: &str| crate::units::all().find(|u| u.canonical == name).map(|u| u.kind);
        for (unit, base, ..) in BASES {
            assert!(kind(unit).is_some() && kind(unit) == kind(base), "{unit} {base}");
        }
    }
}
