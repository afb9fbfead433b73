//! The Tesseract program: finding it, running it with a limit.

use crate::GrayImage;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A page that takes longer than this is given up.
const TIME_LIMIT: Duration = Duration::from_secs(120);
/// hOCR of a full page is some 2 MB; more than this is not a page.
const OUTPUT_LIMIT: u64 = 64 << 20;

/// Why a page could not be read by character recognition.
#[derive(Debug, thiserror::Error)]
pub enum OcrError {
    /// The program or its Japanese model is not installed.
    #[error(
        "Tesseract 5 with its Japanese model is not installed ({0}); Debian: apt-get install tesseract-ocr tesseract-ocr-jpn tesseract-ocr-jpn-vert"
    )]
    NotInstalled(String),
    /// It failed or took too long.
    #[error("Tesseract: {0}")]
    Failed(String),
}

/// How the words of an image are laid out, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// A page of text of varying sizes.
    Page,
    /// One block of text: a table cell.
    Block,
    /// A single character: a mark in a table cell.
    Character,
}

impl Layout {
    /// Tesseract's page segmentation mode.
    fn mode(self) -> &'static str {
        match self {
            Layout::Page => "4",
            Layout::Block => "6",
            Layout::Character => "10",
        }
    }
}

/// An installed Tesseract with its Japanese model.
#[derive(Debug, Clone)]
pub struct Tesseract {
    program: String,
    /// `tesseract --version`, first line.
    pub version: String,
}

impl Tesseract {
    /// Looks for the program on `PATH` and asks for its version and languages.
    pub fn find() -> Result<Self, OcrError> {
        let program = "tesseract".to_owned();
        let ask = |flag: &str| {
            let out = Command::new(&program).arg(flag).stdin(Stdio::null()).output();
            out.map(|o| String::from_utf8_lossy(&o.stdout).into_owned() + &String::from_utf8_lossy(&o.stderr))
                .map_err(|e| OcrError::NotInstalled(e.to_string()))
        };
        let version = ask("--version")?.lines().next().unwrap_or_default().to_owned();
        if !ask("--list-langs")?.lines().any(|l| l.trim() == "jpn") {
            return Err(OcrError::NotInstalled("the model `jpn` is missing".into()));
        }
        Ok(Self { program, version })
    }

    /// hOCR with character boxes for each of `images`, taken at `dpi` dots per inch, in their order.
    ///
    /// `layout` is Tesseract's page segmentation mode. One run reads all images, so that the model is loaded once.
    pub(crate) fn read(
        &self,
        images: &[GrayImage],
        layout: Layout,
        dpi: f64,
    ) -> Result<Vec<String>, OcrError> {
        let failed = |e: std::io::Error| OcrError::Failed(e.to_string());
        let folder = tempfile::tempdir().map_err(failed)?;
        let mut list = String::new();
        for (i, image) in images.iter().enumerate() {
            let path = folder.path().join(format!("{i}.pgm"));
            std::fs::write(&path, image.to_pgm()).map_err(failed)?;
            list.push_str(&format!("{}\n", path.display()));
        }
        let list_path = folder.path().join("list.txt");
        std::fs::write(&list_path, list).map_err(failed)?;
        let text = self.run(&list_path, layout, dpi)?;
        let mut pages = text.split("class='ocr_page'").skip(1).map(str::to_owned);
        Ok(images.iter().map(|_| pages.next().unwrap_or_default()).collect())
    }

    /// Runs the program over a list of images; its whole output.
    fn run(&self, list: &Path, layout: Layout, dpi: f64) -> Result<String, OcrError> {
        let failed = |e: std::io::Error| OcrError::Failed(e.to_string());
        let mut child = Command::new(&self.program)
            .arg(list)
            .args(["stdout", "-l", "jpn", "--psm", layout.mode(), "--dpi"])
            .arg(format!("{dpi:.0}"))
            .args(["-c", "hocr_char_boxes=1", "-c", "tessedit_create_hocr=1"])
            // One page, one thread: shiryo spreads pages over the cores itself.
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let stdout = child.stdout.take();
        let reader = std::thread::spawn(move || {
            let mut text = Vec::new();
            if let Some(pipe) = stdout {
                // A broken pipe means that the program gave up; its exit code tells.
                let _ = pipe.take(OUTPUT_LIMIT).read_to_end(&mut text);
            }
            text
        });
        let status = wait(&mut child).map_err(failed)?;
        let text = reader.join().unwrap_or_default();
        match status {
            Some(s) if s.success() => Ok(String::from_utf8_lossy(&text).into_owned()),
            Some(s) => Err(OcrError::Failed(format!("ended with {s}"))),
            None => Err(OcrError::Failed(format!("took longer than {} s", TIME_LIMIT.as_secs()))),
        }
    }
}

/// Waits for the child; after the limit it is killed and `None` given.
fn wait(child: &mut Child) -> std::io::Result<Option<std::process::ExitStatus>> {
    let begin = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if begin.elapsed() > TIME_LIMIT {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}
