//! Writes a dataset of many documents in every format, and tells time, sizes and peak memory: the documents of a dataset
//! again and again under other ids.
//!
//! ```sh
//! cargo run --release -p shiryo-dataset --example replicate -- output 20000 /tmp/many
//! ```

use shiryo_dataset::{DatasetWriter, Formats, RunRecord, WriteOptions, write_document};
use shiryo_model::{Document, Generator};
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::Instant;

/// `document` as another one: other ids, another path, the same content.
fn another(document: &Document, number: usize) -> Document {
    let mut d = document.clone();
    d.id = format!("{number:016x}");
    d.source = format!("{number:05}/{}", d.source);
    for table in &mut d.tables {
        let own = table.id.rsplit_once('-').map_or("t01", |(_, own)| own);
        table.id = format!("{}-{own}", d.id);
    }
    for (i, o) in d.observations.iter_mut().enumerate() {
        o.observation_id = format!("{number:010x}{i:06x}");
        o.document_id.clone_from(&d.id);
        o.source.clone_from(&d.source);
        if let Some((_, own)) = o.table_id.rsplit_once('-') {
            o.table_id = format!("{}-{own}", d.id);
        }
    }
    d
}

/// The most memory this process ever held, in MB; Linux only.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kb| kb / 1024)
}

fn size(path: &Path) -> u64 {
    match fs::read_dir(path) {
        Ok(list) => list.filter_map(|e| e.ok().map(|e| size(&e.path()))).sum(),
        Err(_) => fs::metadata(path).map_or(0, |m| m.len()),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [from, count, to] = args.as_slice() else {
        return Err("usage: replicate DATASET COUNT NEW_FOLDER".into());
    };
    let (from, count, to) = (Path::new(from), count.parse::<usize>()?, Path::new(to));
    let ids: Vec<String> = shiryo_dataset::read(from)?.documents.into_iter().map(|d| d.id).collect();
    let documents =
        ids.iter().map(|id| shiryo_dataset::read_document(from, id)).collect::<Result<Vec<_>, _>>()?;
    fs::create_dir_all(to.join("documents"))?;
    println!("peak memory before writing: {} MB", peak().unwrap_or(0));
    let began = Instant::now();
    let formats = Formats { json: true, csv: true, xlsx: true, parquet: true };
    let options = WriteOptions { formats, ..WriteOptions::default() };
    let generator = Generator { name: "shiryo".into(), version: "1".into(), catalog: String::new() };
    let mut writer = DatasetWriter::begin(to, options, generator)?;
    let mut observations = 0;
    for (number, document) in documents.iter().cycle().take(count).enumerate() {
        let document = another(document, number);
        observations += document.observations.len();
        let file = File::create(to.join("documents").join(format!("{}.json", document.id)))?;
        let mut file = BufWriter::new(file);
        write_document(&mut file, &document)?;
        file.flush()?;
        writer.push(&document, &format!("../papers/{}", document.source))?;
    }
    let pushed = began.elapsed();
    let mut run = RunRecord::default();
    writer.finish(&mut run)?;
    println!(
        "{count} documents, {observations} observations: {:.0} s to write, {:.0} s more to finish; peak memory {} MB",
        pushed.as_secs_f64(),
        (began.elapsed() - pushed).as_secs_f64(),
        peak().unwrap_or(0)
    );
    for name in fs::read_dir(to)? {
        let name = name?.path();
        println!("{:>9.1} MB  {}", size(&name) as f64 / 1e6, name.file_name().unwrap_or_default().display());
    }
    run.notes.iter().for_each(|note| println!("{note}"));
    Ok(())
}
