//! Reads text papers and prints their observations as the scorer wants them; `--blocks` prints the blocks.
//!
//! `cargo run -p shiryo-metrics --example observe -- [--blocks] FILE… > observations.csv`

use shiryo_layout::layout_text;
use shiryo_metrics::Observer;
use shiryo_model::{MediaType, Observation};

fn quoted(field: &str) -> String {
    format!("\"{}\"", field.replace('"', "\"\""))
}

fn row(source: &str, o: &Observation) -> String {
    let text = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let fields = [
        source.to_owned(),
        o.line.map(|l| l.to_string()).unwrap_or_default(),
        o.subject.clone(),
        o.measure.clone(),
        o.measure_label.clone(),
        o.value.to_string(),
        o.value_upper.map(|v| v.to_string()).unwrap_or_default(),
        o.unit.clone(),
        o.bound.as_str().to_owned(),
        o.status.as_str().to_owned(),
        o.aggregation.as_str().to_owned(),
        text(o.period_start),
        text(o.period_end),
        o.department.clone(),
        serde_json::to_string(&o.dimensions).unwrap_or_default(),
        o.context.as_str().to_owned(),
        o.evidence.clone(),
        o.confidence.to_string(),
        o.rule.clone(),
    ];
    fields.map(|f| quoted(&f)).join(",")
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let observer = Observer::new(None)?;
    let mut blocks = false;
    println!(
        "source,line,subject,measure,measure_label,value,value_upper,unit,bound,status,aggregation,\
         period_start,period_end,department,dimensions,context,evidence,confidence,rule"
    );
    for path in std::env::args().skip(1) {
        if path == "--blocks" {
            blocks = true;
            continue;
        }
        let content = layout_text(&std::fs::read_to_string(&path)?, MediaType::Text);
        let facts = observer.facts(&content);
        if blocks {
            eprintln!("{facts:?}");
            for b in &content.blocks {
                eprintln!("{:?} {:?} L{:?} {:?} {}", b.kind, b.level, b.place.line, b.marker, b.text.text);
            }
        }
        for o in observer.observe(&content, &facts).0 {
            println!("{}", row(&path, &o));
        }
    }
    Ok(())
}
