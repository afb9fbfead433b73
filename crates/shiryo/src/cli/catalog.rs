//! `shiryo catalog`.

use super::{DONE, Failure, NOTHING, read_text, say};
use clap::{Args, Subcommand};
use shiryo_ja::{MentionKind, TimeContext, annotate};
use shiryo_metrics::catalog::{Candidate, Catalog, EMBEDDED, Measure, MeasureKind, Verdict, lint};
use std::fmt::Write as _;
use std::path::PathBuf;

/// The measure catalogue: what papers count, and by which words a count is recognised.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  shiryo catalog list --topic waste
  shiryo catalog test 参加者数 --unit 人
  shiryo catalog test '実施回数 24回' --subject スマートフォン教室
  shiryo catalog lint our-measures.toml
  shiryo extract 資料/ -o out --catalog our-measures.toml")]
pub(super) struct CatalogArgs {
    #[command(subcommand)]
    command: CatalogCommand,
}

#[derive(Debug, Subcommand)]
enum CatalogCommand {
    /// Every measure: id, labels, kind, units and cues, separated by tabs
    List(ListArgs),
    /// Which measure a label would get, and why
    Test(TestArgs),
    /// Faults and doubtful entries, each with its line and column
    Lint(LintArgs),
}

#[derive(Debug, Args)]
struct ListArgs {
    /// Catalogue (TOML) instead of the embedded one
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,
    /// Measures whose id begins with this topic
    #[arg(long)]
    topic: Option<String>,
    /// As one JSON array
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct TestArgs {
    /// Label of a number as the paper has it (column header, noun), or label and number: 参加者数 24名
    text: String,
    /// Words that say what the number is about
    #[arg(long, default_value = "", hide_default_value = true)]
    subject: String,
    /// Unit of the number
    #[arg(long)]
    unit: Option<String>,
    /// Catalogue (TOML) instead of the embedded one
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct LintArgs {
    /// Catalogue to check (default: the embedded one)
    file: Option<PathBuf>,
    /// The same
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    catalog: Option<PathBuf>,
}

/// Measures shown by `test`, at most.
const MOST_SHOWN: usize = 8;

pub(super) fn run(args: &CatalogArgs) -> Result<u8, Failure> {
    match &args.command {
        CatalogCommand::List(args) => list(args),
        CatalogCommand::Test(args) => test(args),
        CatalogCommand::Lint(args) => check(args),
    }
}

/// The catalogue in a file, or the embedded one.
fn catalog(file: Option<&PathBuf>) -> Result<Catalog, Failure> {
    let name = file.map_or_else(|| "embedded catalogue".to_owned(), |f| f.display().to_string());
    let text = file.map(read_text).transpose()?;
    Catalog::from_toml(text.as_deref().unwrap_or(EMBEDDED))
        .map_err(|e| Failure::nothing(format!("{name}: {e}")))
}

fn list(args: &ListArgs) -> Result<u8, Failure> {
    let catalog = catalog(args.catalog.as_ref())?;
    let wanted = |m: &&Measure| args.topic.as_ref().is_none_or(|t| m.id.starts_with(t.as_str()));
    let measures: Vec<&Measure> = catalog.measures().iter().filter(wanted).collect();
    if args.json {
        let json: Vec<_> = measures.iter().map(|m| json(m)).collect();
        let text = serde_json::to_string_pretty(&json).map_err(|e| Failure::nothing(e.to_string()))?;
        say(&(text + "\n"))?;
        return Ok(DONE);
    }
    let mut out = String::from("id\tja\ten\tkind\tunits\tcues\tnot\n");
    for m in measures {
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}",
            m.id,
            m.ja,
            m.en,
            m.kind.as_str(),
            m.units.join(" "),
            m.cues.iter().map(|c| c.join("+")).collect::<Vec<_>>().join(" "),
            m.not.join(" ")
        );
    }
    say(&out)?;
    Ok(DONE)
}

fn json(m: &Measure) -> serde_json::Value {
    let kind: &str = MeasureKind::as_str(m.kind);
    serde_json::json!({
        "id": m.id, "ja": m.ja, "en": m.en, "kind": kind, "units": m.units, "cues": m.cues, "not": m.not,
    })
}

fn test(args: &TestArgs) -> Result<u8, Failure> {
    let catalog = catalog(args.catalog.as_ref())?;
    let (mut label, read_unit) = label_and_unit(&args.text);
    let unit = args.unit.clone().unwrap_or(read_unit);
    let mut out = String::new();
    if label.is_empty() {
        label = catalog.default_label(&unit, &args.subject).unwrap_or_default().to_owned();
        let _ = writeln!(out, "no label: a number in {unit} is called 「{label}」 here");
    }
    let found = catalog.candidates(&label, &args.subject, &unit);
    let shown_unit = if unit.is_empty() { "any" } else { &unit };
    let _ = writeln!(out, "label 「{label}」, subject 「{}」, unit {shown_unit}", args.subject);
    let best = found.iter().any(|c| c.verdict == Verdict::Best);
    if !best {
        let _ = writeln!(out, "no measure");
    }
    for candidate in found.iter().take(MOST_SHOWN) {
        let _ = writeln!(out, "{}", told(candidate));
    }
    if found.len() > MOST_SHOWN {
        let _ = writeln!(out, "… and {} more", found.len() - MOST_SHOWN);
    }
    say(&out)?;
    Ok(if best { DONE } else { NOTHING })
}

fn told(candidate: &Candidate) -> String {
    let Candidate { measure, cue, score, verdict } = candidate;
    let why = match verdict {
        Verdict::Best => "the measure".to_owned(),
        Verdict::Less => "fits less".to_owned(),
        Verdict::Unit => format!("comes in {} only", measure.units.join(" ")),
        Verdict::Not(word) => format!("ruled out by {word}"),
    };
    let mark = if *verdict == Verdict::Best { "→" } else { " " };
    format!(
        "{mark} {} ({} / {}): cue {} scores {score}; {why}",
        measure.id,
        measure.ja,
        measure.en,
        cue.join("+")
    )
}

/// A label and the unit of the number behind or before it; the whole text where it holds no number.
fn label_and_unit(text: &str) -> (String, String) {
    let mentions = annotate(text, &TimeContext::default());
    let quantity = mentions.iter().find_map(|m| match &m.kind {
        MentionKind::Quantity(q) => Some((m.chars.clone(), q.unit.clone())),
        MentionKind::Time(_) => None,
    });
    let Some((chars, unit)) = quantity else { return (text.trim().to_owned(), String::new()) };
    let rest: String = text.chars().enumerate().filter(|(i, _)| !chars.contains(i)).map(|(_, c)| c).collect();
    (rest.trim().trim_matches([':', ':']).trim().to_owned(), unit)
}

fn check(args: &LintArgs) -> Result<u8, Failure> {
    let file = args.file.as_ref().or(args.catalog.as_ref());
    let name = file.map_or_else(|| "embedded catalogue".to_owned(), |f| f.display().to_string());
    let text = file.map(read_text).transpose()?;
    let text = text.as_deref().unwrap_or(EMBEDDED);
    let own = Catalog::own_of_toml(text)
        .map_err(|e| Failure::nothing(format!("{name}:{}:{}: {}", e.line, e.column, e.message)))?;
    let lints = lint(&own);
    let mut out = String::new();
    for l in &lints {
        let _ = writeln!(out, "{name}:{}:{}: {}", l.line, l.column, l.message);
    }
    let (measures, defaults) = (own.measures().len(), own.defaults().len());
    let _ = writeln!(out, "{name}: {measures} measures, {defaults} defaults, {} doubtful", lints.len());
    say(&out)?;
    Ok(if lints.is_empty() { DONE } else { NOTHING })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_gives_the_unit_and_the_rest_is_the_label() {
        assert_eq!(label_and_unit("参加者数 24名"), ("参加者数".to_owned(), "名".to_owned()));
        assert_eq!(label_and_unit("参加者数"), ("参加者数".to_owned(), String::new()));
        assert_eq!(label_and_unit("12件"), (String::new(), "件".to_owned()));
    }
}
