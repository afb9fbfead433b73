//! Small PDFs written by hand: each test builds the bytes it reads.

#![allow(dead_code, unreachable_pub, missing_docs, clippy::unwrap_used, clippy::panic)]

use shiryo_model::{Diagnostic, PageContent};
use shiryo_pdf::{PdfError, PdfFacts, ReadOptions, read};

/// Objects of a PDF, the first being number 1.
#[derive(Default, Clone)]
pub struct Builder {
    objects: Vec<Vec<u8>>,
}

impl Builder {
    pub fn add(&mut self, object: impl Into<Vec<u8>>) -> usize {
        self.objects.push(object.into());
        self.objects.len()
    }

    pub fn stream(&mut self, dict: &str, data: &[u8]) -> usize {
        let mut object = format!("<< {dict} /Length {} >>\nstream\n", data.len()).into_bytes();
        object.extend_from_slice(data);
        object.extend_from_slice(b"\nendstream");
        self.add(object)
    }

    /// The file, with a cross-reference table and `catalog` as its root.
    pub fn finish(&self, catalog: usize) -> Vec<u8> {
        let mut out = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        for (i, object) in self.objects.iter().enumerate() {
            offsets.push(out.len());
            out.extend_from_slice(format!("{} 0 obj\n", i + 1).as_bytes());
            out.extend_from_slice(object);
            out.extend_from_slice(b"\nendobj\n");
        }
        let xref = out.len();
        out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).as_bytes());
        for offset in &offsets {
            out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
        }
        let size = offsets.len() + 1;
        out.extend_from_slice(
            format!("trailer\n<< /Size {size} /Root {catalog} 0 R >>\nstartxref\n{xref}\n%%EOF\n").as_bytes(),
        );
        out
    }
}

/// Fonts every test page has: F0 Helvetica, F1 horizontal and F2 vertical Japanese in UCS-2, F3 vertical with
/// half-width advances for the digits. X0 is a form that shows 「式」 at its origin.
pub fn page(page_entries: &str, content: &str) -> Vec<u8> {
    page_with(page_entries, content.as_bytes(), "")
}

/// The same, with more entries for the resources.
pub fn page_with(page_entries: &str, content: &[u8], resources: &str) -> Vec<u8> {
    let mut b = Builder::default();
    let helvetica =
        b.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    let info = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >>";
    let plain =
        b.add(format!("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light {info} /DW 1000 >>"));
    let half = b.add(format!(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /GothicBBB-Medium {info} /DW 1000 /W [231 324 500] /W2 [231 324 -500 250 880] >>"
    ));
    let font = |b: &mut Builder, encoding: &str, name: &str, descendant: usize| {
        b.add(format!(
            "<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{encoding} /DescendantFonts [{descendant} 0 R] >>"
        ))
    };
    let f1 = font(&mut b, "UniJIS-UCS2-H", "Ryumin-Light", plain);
    let f2 = font(&mut b, "UniJIS-UCS2-V", "Ryumin-Light", plain);
    let f3 = font(&mut b, "UniJIS-UCS2-HW-V", "GothicBBB-Medium", half);
    let fonts = format!("/Font << /F0 {helvetica} 0 R /F1 {f1} 0 R /F2 {f2} 0 R /F3 {f3} 0 R >>");
    let form = b.stream(
        &format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 50 50] /Matrix [2 0 0 2 10 20] /Resources << {fonts} >>"
        ),
        format!("BT /F1 10 Tf {} Tj ET 0 0 40 0.5 re f", hex("式")).as_bytes(),
    );
    let image = b.stream(
        "/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        b"\x00\x80\x80\x00",
    );
    let content = b.stream("", content);
    let next = b.objects.len() + 1;
    let pages = next + 1;
    b.add(format!(
        "<< /Type /Page /Parent {pages} 0 R {page_entries} /Contents {content} 0 R /Resources << {fonts} /XObject << /X0 {form} 0 R /I0 {image} 0 R >> {resources} >> >>"
    ));
    b.add(format!("<< /Type /Pages /Kids [{next} 0 R] /Count 1 /MediaBox [0 0 200 300] >>"));
    let catalog = b.add(format!("<< /Type /Catalog /Pages {pages} 0 R /Lang (ja) >>"));
    b.finish(catalog)
}

/// `text` as a UCS-2 string operand.
pub fn hex(text: &str) -> String {
    let digits: String = text.encode_utf16().map(|u| format!("{u:04X}")).collect();
    format!("<{digits}>")
}

pub type Read = Result<(PdfFacts, Vec<Diagnostic>, Vec<PageContent>), PdfError>;

pub fn try_read(bytes: Vec<u8>, options: &ReadOptions) -> Read {
    let mut pages = Vec::new();
    let (facts, diagnostics) = read(bytes, options, &mut |page| pages.push(page))?;
    Ok((facts, diagnostics, pages))
}

/// The only page of a file.
pub fn read_one(bytes: Vec<u8>) -> PageContent {
    let (_, _, mut pages) = try_read(bytes, &ReadOptions::default()).unwrap();
    assert_eq!(pages.len(), 1);
    pages.remove(0)
}

pub fn text(page: &PageContent) -> String {
    page.glyphs.iter().map(|g| g.text.as_str()).collect()
}
