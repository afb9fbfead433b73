//! Papers with a stream that unpacks to a gigabyte, wherever a stream can stand: it costs neither time nor memory, is
//! named, and the rest of the paper is read.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod common;
#[path = "common/memory.rs"]
mod memory;

use common::{Builder, text, try_read};
use flate2::{Compress, Compression, FlushCompress};
use shiryo_model::DiagnosticCode;
use shiryo_pdf::{Engine, ReadOptions};

/// A gigabyte of zeros in zlib's format: the same packed megabyte again and again.
fn gigabyte() -> Vec<u8> {
    let mut packer = Compress::new(Compression::fast(), false);
    let mut mega = Vec::with_capacity(1 << 16);
    packer.compress_vec(&vec![0; 1 << 20], &mut mega, FlushCompress::Full).unwrap();
    // After a full flush nothing refers to what was before. The sum at the end: a = 1, b = 2^30 mod 65521.
    let sum = ((1_u32 << 30) % 65_521) << 16 | 1;
    [vec![0x78, 1], mega.repeat(1 << 10), vec![3, 0], sum.to_be_bytes().to_vec()].concat()
}

fn packed(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() + (1 << 10));
    Compress::new(Compression::fast(), true).compress_vec(data, &mut out, FlushCompress::Finish).unwrap();
    out
}

/// Two pages with the same resources; the first one's content is `contents`, the second says "kept".
fn paper(b: &mut Builder, contents: &str, resources: &str) -> Vec<u8> {
    let font = b.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
    let kept = b.stream("", b"BT /F0 10 Tf 20 100 Td (kept) Tj ET");
    let contents = contents.replace("KEPT", &format!("{kept} 0 R"));
    // The pages are the next three objects.
    let pages = kept + 3;
    for contents in [contents, format!("{kept} 0 R")] {
        b.add(format!(
            "<< /Type /Page /Parent {pages} 0 R /Contents {contents} /Resources << /Font << /F0 {font} 0 R >> {resources} >> >>"
        ));
    }
    b.add(format!(
        "<< /Type /Pages /Kids [{} 0 R {} 0 R] /Count 2 /MediaBox [0 0 200 300] >>",
        pages - 2,
        pages - 1
    ));
    let catalog = b.add(format!("<< /Type /Catalog /Pages {pages} 0 R >>"));
    b.finish(catalog)
}

fn check(name: &str, file: &[u8], first: &str, engines: &[Engine]) {
    for &engine in engines {
        let options = ReadOptions { engine, ..ReadOptions::default() };
        let (_, told, pages) = try_read(file.to_vec(), &options).unwrap();
        let limits = told.iter().filter(|d| d.code == DiagnosticCode::LimitReached).count();
        assert_eq!(limits, 1, "{name}, {engine:?}: {told:?}");
        let read: Vec<String> = pages.iter().map(text).collect();
        assert_eq!(read, [first, "kept"], "{name}, {engine:?}");
    }
    let most = memory::peak_kib().unwrap_or(0);
    assert!(most < 400 << 10, "{name}: {most} KiB");
}

#[test]
fn a_gigabyte_in_any_stream_is_left_out_and_named() {
    let bomb = gigabyte();
    let flate = "/Filter /FlateDecode";
    let both = [Engine::Auto, Engine::PdfExtract];

    let mut b = Builder::default();
    let stream = b.stream(flate, &bomb);
    let file = paper(&mut b, &format!("[KEPT {stream} 0 R]"), "");
    check("content", &file, "kept", &both);

    let mut b = Builder::default();
    let stream = b.stream("/Filter [/FlateDecode /FlateDecode]", &packed(&bomb));
    let file = paper(&mut b, &format!("[{stream} 0 R KEPT]"), "");
    check("content, packed twice", &file, "kept", &both);

    let mut b = Builder::default();
    let program = b.stream(flate, &bomb);
    let descriptor =
        b.add(format!("<< /Type /FontDescriptor /FontName /Bomb /Flags 4 /FontFile2 {program} 0 R >>"));
    let font = b.add(format!(
        "<< /Type /Font /Subtype /TrueType /BaseFont /Bomb /Encoding /WinAnsiEncoding /FirstChar 97 /LastChar 98 /Widths [500 500] /FontDescriptor {descriptor} 0 R >>"
    ));
    let words = b.stream("", b"BT /B 10 Tf 20 100 Td (ab) Tj ET");
    let file = paper(&mut b, &format!("[{words} 0 R KEPT]"), "");
    let file = replaced(&file, b"/Font << ", format!("/Font << /B {font} 0 R ").as_bytes());
    check("font", &file, "abkept", &[Engine::Auto]);

    let mut b = Builder::default();
    let image = b.stream(
        &format!("/Type /XObject /Subtype /Image /Width 9 /Height 9 /BitsPerComponent 8 /ColorSpace /DeviceGray {flate}"),
        &bomb,
    );
    let paint = b.stream("", b"q 100 0 0 100 0 0 cm /I Do Q");
    let file = paper(&mut b, &format!("[{paint} 0 R KEPT]"), &format!("/XObject << /I {image} 0 R >>"));
    check("image", &file, "kept", &both);

    let mut b = Builder::default();
    b.stream(&format!("/Type /ObjStm /N 1 /First 5 {flate}"), &bomb);
    let file = paper(&mut b, "KEPT", "");
    // Without a table every stream of objects is opened.
    let file = replaced(&file, b"startxref\n", b"startxref\n9");
    check("objects", &file, "kept", &[Engine::Auto]);
}

/// The file with other bytes in it. Its table is wrong then: the first reader looks for the objects, the second gives up.
fn replaced(file: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = file;
    while let Some(at) = rest.windows(old.len()).position(|w| w == old) {
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(new);
        rest = &rest[at + old.len()..];
    }
    out.extend_from_slice(rest);
    out
}
