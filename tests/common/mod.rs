//! What the end-to-end tests share: running the program and telling datasets apart.

// Each test file uses some of it.
#![allow(dead_code, unreachable_pub)]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run of the program gave.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs `shiryo` with `args`, without standard input.
pub fn shiryo<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Ran {
    shiryo_with(args, "")
}

/// Runs `shiryo` with `args` and `input` on standard input.
pub fn shiryo_with<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, input: &str) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_shiryo"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(input.as_bytes());
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("input was written");
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Extracts `inputs` into `out`.
pub fn extract(inputs: &[&Path], out: &Path, more: &[&str]) -> Ran {
    let mut args = vec![Path::new("extract")];
    args.extend(inputs);
    args.extend([Path::new("-o"), out]);
    args.extend(more.iter().map(Path::new));
    shiryo(args)
}

/// The top of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A fixture, by its path below `fixtures/`.
pub fn fixture(path: &str) -> PathBuf {
    repository().join("fixtures").join(path)
}

/// Every file below `folder` with its bytes, `run.json` left out.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name() != Some(OsStr::new("run.json")) {
                let name =
                    path.strip_prefix(folder).expect("below the folder").to_string_lossy().into_owned();
                files.insert(name, fs::read(&path).expect("the file can be read"));
            }
        }
    }
    files
}

/// A short committee paper.
pub const PAPER: &str = "令和６年６月14日\n区民生活委員会資料\n\nオンライン申請の実績について\n\n１　実績\n令和５年度の申請件数は、12,345件であった。\n\n区分\t令和４年度\t令和５年度\n窓口申請\t1,200件\t980件\n電子申請\t3,400件\t4,560件\n";

/// A PDF with no pages.
pub const NO_PAGES: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// Numbers that are the same every time.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    /// Numbers of a seed that is not 0.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// 64 bits (xorshift).
    pub fn bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from 0 to `n` - 1.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.bits() >> 33).expect("64 bits") % n.max(1)
    }

    /// A number from 0 to 1.
    pub fn fraction(&mut self) -> f64 {
        (self.bits() >> 40) as f64 / (1_u64 << 24) as f64
    }
}

/// Bytes that are no text in any encoding, the same every time.
pub fn noise(n: usize) -> Vec<u8> {
    let mut random = Random::new(0x2545_F491_4F6C_DD1D);
    (0..n).map(|_| (random.bits() >> 32) as u8).collect()
}
