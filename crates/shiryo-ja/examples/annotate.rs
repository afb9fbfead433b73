//! `annotate -`: each line of standard input's expressions as JSON lines.

use shiryo_ja::{TimeContext, annotate_line};
use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    for (i, line) in std::io::stdin().lock().lines().enumerate() {
        for record in annotate_line(i + 1, &line?, &TimeContext::default()) {
            serde_json::to_writer(&mut out, &record)?;
            writeln!(out)?;
        }
    }
    out.flush()
}
