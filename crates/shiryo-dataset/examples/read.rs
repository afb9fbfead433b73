//! Reads a dataset back: what each body states per measure and fiscal year, and where.
//!
//! ```sh
//! cargo run -p shiryo-dataset --example read -- output
//! ```

use rust_decimal::Decimal;
use shiryo_model::{Observation, Status};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;

/// The Japanese fiscal year (April to March) that an observation lies in as a whole.
fn fiscal_year(o: &Observation) -> Option<i16> {
    let year = |d: jiff::civil::Date| if d.month() < 4 { d.year() - 1 } else { d.year() };
    let (start, end) = (year(o.period_start?), year(o.period_end?));
    (start == end).then_some(start)
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "output".to_owned()));
    let dataset = shiryo_dataset::read(&folder)?;
    println!(
        "{} documents, {} tables, {} observations",
        dataset.documents.len(),
        dataset.tables.len(),
        dataset.observations.len()
    );
    let actual = dataset.observations.iter().filter(|o| o.status == Status::Actual && !o.measure.is_empty());
    let mut rows = BTreeMap::<_, Vec<&Observation>>::new();
    for o in actual {
        if let Some(year) = fiscal_year(o) {
            rows.entry((&o.issuer_code, &o.issuer, &o.measure, &o.unit, year)).or_default().push(o);
        }
    }
    for ((code, issuer, measure, unit, year), found) in rows {
        let largest = found.iter().map(|o| o.value).max().unwrap_or(Decimal::ZERO);
        println!("{code:>6} {issuer} {measure} FY{year}: {} values, up to {largest} {unit}", found.len());
    }
    // One paper with all its text, tables and positions.
    if let Some(first) = dataset.documents.first() {
        let document = shiryo_dataset::read_document(&folder, &first.id)?;
        println!("{}: {} blocks, {} tables", document.source, document.blocks.len(), document.tables.len());
    }
    Ok(())
}
