//! Reads a binary PGM rendering of a page and prints what was found: `read_pgm PAGE.pgm [DPI]`.

use shiryo_ocr::{GrayImage, Tesseract, read_page};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let bytes = std::fs::read(args.next().ok_or("usage: read_pgm PAGE.pgm [DPI]")?)?;
    let dpi: f64 = args.next().map_or(Ok(300.0), |d| d.parse())?;
    let mut fields = bytes.splitn(4, |b| b.is_ascii_whitespace());
    let _magic = fields.next();
    let mut number = || -> Option<u32> { std::str::from_utf8(fields.next()?).ok()?.parse().ok() };
    let (width, height) = (number().ok_or("no width")?, number().ok_or("no height")?);
    let body = fields.next().and_then(|rest| rest.splitn(2, |b| *b == b'\n').nth(1)).ok_or("no pixels")?;
    let image = GrayImage { width, height, pixels: body.to_vec() };
    let page = read_page(&Tesseract::find()?, 1, image, dpi)?;
    println!("confidence {:.3}", page.confidence);
    for r in &page.content.rulings {
        println!("{} {:.1} {:.1}-{:.1}", if r.horizontal { "H" } else { "V" }, r.position, r.start, r.end);
    }
    let mut last = 0.0;
    for g in &page.content.glyphs {
        if (g.origin.y - last).abs() > 1.0 {
            print!("\n{:6.1} {:6.1} ", g.bbox.x0, g.bbox.y0);
            last = g.origin.y;
        }
        print!("{}", g.text);
    }
    println!();
    Ok(())
}
