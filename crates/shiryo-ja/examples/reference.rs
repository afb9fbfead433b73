//! Writes `docs/expressions.md` from the tables.

fn main() -> std::io::Result<()> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/expressions.md");
    std::fs::write(path, shiryo_ja::reference::reference())
}
