//! `annotate [--words]`: each line of standard input's expressions as JSON lines; with `--words` every line is cut
//! into words as well, and their number goes to standard error.

use shiryo_ja::{TimeContext, annotate_line};
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words = std::env::args().any(|a| a == "--words");
    let segmenter = words.then(shiryo_ja::Segmenter::new).transpose()?;
    let mut counted = 0;
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    for (i, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line?;
        if let Some(segmenter) = &segmenter {
            counted += segmenter.tokens(&line).len();
        }
        for record in annotate_line(i + 1, &line, &TimeContext::default()) {
            serde_json::to_writer(&mut out, &record)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    if words {
        eprintln!("{counted} words");
    }
    Ok(())
}
