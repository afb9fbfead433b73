//! `annotate [--grammar | --words]`: the expressions of each line of standard input as JSON lines. Segmentation looks
//! at the lines where a counter has to be told; `--grammar` does without it, `--words` cuts every line into words.

use shiryo_ja::{Segmenter, TimeContext, annotate_line, annotate_segmented, records};
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked = |option: &str| std::env::args().any(|a| a == option);
    let (grammar, every) = (asked("--grammar"), asked("--words"));
    let segmenter = (!grammar).then(Segmenter::new).transpose()?;
    let context = TimeContext::default();
    let mut words = 0;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (i, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line?;
        let found = match &segmenter {
            Some(segmenter) => {
                words += if every { segmenter.tokens(&line).len() } else { 0 };
                records(i + 1, &line, annotate_segmented(&line, &context, segmenter))
            }
            None => annotate_line(i + 1, &line, &context),
        };
        for record in found {
            serde_json::to_writer(&mut out, &record)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    if every {
        eprintln!("{words} words");
    }
    Ok(())
}
