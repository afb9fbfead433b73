//! What a document may cost.

use std::time::Duration;

/// What a document may cost. A limit that strikes is named in the document's diagnostics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Time for one document, character recognition of scanned pages apart (that has its own limit a page).
    /// Needs [`super::Isolation::Process`].
    pub timeout: Option<Duration>,
    /// Bytes of address space of a worker process; 0 for no limit. Needs [`super::Isolation::Process`] and Unix.
    pub memory: u64,
    /// Most pages read of one PDF; 0 for no limit.
    pub pages: u32,
    /// Size of a file in bytes; larger ones are not read.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { timeout: Some(Duration::from_secs(300)), memory: 4 << 30, pages: 5000, bytes: 1 << 30 }
    }
}

impl Limits {
    /// The memory limit as it is given on the command line.
    pub fn memory_text(&self) -> String {
        bytes_text(self.memory)
    }
}

/// `2G`, `1536M`, …: the shortest that is exact.
pub(crate) fn bytes_text(bytes: u64) -> String {
    for (unit, shift) in [("G", 30), ("M", 20), ("K", 10)] {
        if bytes > 0 && bytes.is_multiple_of(1 << shift) {
            return format!("{}{unit}", bytes >> shift);
        }
    }
    bytes.to_string()
}

/// Reads `512M`, `2G`, `2GiB`, `1.5G`, `0`.
pub(crate) fn parse_bytes(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let unit = unit.trim().to_ascii_uppercase();
    let shift = match unit.trim_end_matches("IB").trim_end_matches('B') {
        "" => 0,
        "K" => 10,
        "M" => 20,
        "G" => 30,
        "T" => 40,
        _ => return Err(format!("`{text}` is not a size such as 512M or 2G")),
    };
    let number: f64 = number.parse().map_err(|_| format!("`{text}` is not a size such as 512M or 2G"))?;
    let bytes = number * (1u64 << shift) as f64;
    if (0.0..1e18).contains(&bytes) { Ok(bytes as u64) } else { Err(format!("`{text}` is too much")) }
}

/// Least memory a worker can be given: its program and threads take 170 MB of address space before it opens anything.
const LEAST_MEMORY: u64 = 256 << 20;

/// Reads a limit of memory; 0 is none.
pub(crate) fn parse_memory(text: &str) -> Result<u64, String> {
    match parse_bytes(text)? {
        bytes @ 1..LEAST_MEMORY => Err(format!(
            "{} is too little: a worker takes 170 MB before it opens anything; give {} or more, or 0 for no limit",
            bytes_text(bytes),
            bytes_text(LEAST_MEMORY)
        )),
        bytes => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_told() {
        for (text, bytes) in [
            ("0", 0),
            ("4096", 4096),
            ("512M", 512 << 20),
            ("2g", 2 << 30),
            ("1.5GiB", 3 << 29),
            ("8 kb", 8192),
        ] {
            assert_eq!(parse_bytes(text), Ok(bytes), "{text}");
        }
        for text in ["", "M", "-1", "1X", "1e3", "99999999T"] {
            assert!(parse_bytes(text).is_err(), "{text}");
        }
        assert_eq!(bytes_text(3 << 29), "1536M");
        assert_eq!(bytes_text(2 << 30), "2G");
    }

    #[test]
    fn too_little_memory_is_told_at_once() {
        assert_eq!(parse_memory("0"), Ok(0));
        assert_eq!(parse_memory("256M"), Ok(256 << 20));
        for too_little in ["255M", "1"] {
            assert!(parse_memory(too_little).is_err_and(|e| e.contains("256M")), "{too_little}");
        }
    }
}
