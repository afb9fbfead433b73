//! Streams that unpack to more than any paper holds. The readers unpack whole streams into memory, and a failed
//! allocation ends the whole process: such streams are emptied before a reader sees the file.
//!
//! Sizes are counted, not believed. What escapes this (streams of encrypted files, filters named by reference
//! other than Flate, broken data that a tolerant reader unpacks all the same) meets the memory limit of the process.

use crate::damage::find;
use crate::raw_streams::{RawStream, numbers, streams, values};
use flate2::bufread::{DeflateDecoder, ZlibDecoder};
use shiryo_model::{Diagnostic, DiagnosticCode, Severity};
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use weezl::{BitOrder, LzwStatus, decode::Decoder};

/// Largest stream, unpacked: content, a font, an index.
const LARGEST: u64 = 256 << 20;
/// Largest image: a sheet of A3 at 1,200 dots per inch in colour.
const LARGEST_IMAGE: u64 = 1 << 30;
/// Streams with objects in them stay in memory until the file is closed; all together.
const OBJECTS: u64 = 512 << 20;
/// All streams but images, unpacked; what comes after it goes without being looked at.
const TOGETHER: u64 = 4 << 30;
/// Work for images; they are unpacked one at a time, and only where a page is rendered.
const IMAGES: u64 = 8 << 30;
/// Packed this small and once, a stream stays below 50 MB (LZW makes 2,731 bytes of one, Flate 1,032).
const SMALL: usize = 16 << 10;
/// Filters one after the other.
const MOST_FILTERS: usize = 6;
/// What an emptied stream begins with: nothing, in zlib's format. Spaces follow, which no filter makes much of.
const EMPTY: [u8; 8] = [0x78, 0x9c, 3, 0, 0, 0, 0, 1];

/// Empties streams that unpack to more than any paper holds, and tells of them.
pub(crate) fn empty_bombs(bytes: &mut Arc<Vec<u8>>) -> Vec<Diagnostic> {
    let bombs = find_bombs(bytes);
    let Some(first) = bombs.first() else { return Vec::new() };
    let message = format!(
        "{} of the file's streams unpack to more than a paper can hold (the first: {}); they were taken for empty",
        bombs.len(),
        first.why
    );
    let mut emptied = bytes.to_vec();
    for bomb in &bombs {
        let data = emptied.get_mut(bomb.start..bomb.end).unwrap_or_default();
        data.fill(b' ');
        data.iter_mut().zip(EMPTY).for_each(|(to, from)| *to = from);
    }
    *bytes = Arc::new(emptied);
    vec![Diagnostic::new(Severity::Error, DiagnosticCode::LimitReached, message)]
}

/// Where a bomb's data stand.
struct Bomb {
    start: usize,
    end: usize,
    why: String,
}

fn find_bombs(bytes: &[u8]) -> Vec<Bomb> {
    let encrypted = find(bytes, b"/Encrypt").is_some();
    let (mut together, mut objects, mut images, mut next_end) = (0_u64, 0_u64, 0_u64, 0);
    let mut bombs = Vec::new();
    for stream in streams(bytes) {
        let (is_image, has_objects) = (names(&stream, b"/Image"), names(&stream, b"/ObjStm"));
        let extent = Extent::of(bytes, &stream, &mut next_end);
        let packed = extent.data(bytes);
        let chains = chains(&stream.dict, packed);
        let is_small = extent.is_certain && packed.len() <= SMALL && chains.iter().all(|c| c.len() <= 1);
        if is_small && !has_objects {
            continue;
        }
        if is_image && images > IMAGES {
            continue;
        }
        let most = if is_image { LARGEST_IMAGE } else { LARGEST };
        let unpacked = if together > TOGETHER {
            most
        } else if encrypted && has_objects {
            // What is in it cannot be told; no producer packs so many objects together.
            if packed.len() as u64 > LARGEST / 1000 { most } else { 0 }
        } else {
            chains.iter().map(|chain| unpacked(packed, chain, most)).max().unwrap_or(0)
        };
        if is_image {
            images += unpacked;
        } else {
            together += unpacked;
            objects += if has_objects { unpacked } else { 0 };
        }
        let why = if unpacked >= most {
            format!("at byte {}, more than {} MB", stream.start, most >> 20)
        } else if has_objects && objects > OBJECTS {
            format!("at byte {}, objects of more than {} MB together", stream.start, OBJECTS >> 20)
        } else {
            continue;
        };
        let end = extent.end.max(stream.start);
        bombs.push(Bomb { start: stream.start, end, why });
    }
    bombs
}

fn names(stream: &RawStream, name: &[u8]) -> bool {
    values(&stream.dict, name).next().is_some()
}

/// Where a stream's data lie.
struct Extent {
    start: usize,
    /// The stream's end, by its length or by the next `endstream`.
    end: usize,
    /// The length is told, and the stream ends there.
    is_certain: bool,
}

impl Extent {
    /// `next_end` is where the last search found an `endstream`: it serves every stream before it.
    fn of(bytes: &[u8], stream: &RawStream, next_end: &mut usize) -> Self {
        let start = stream.start;
        let rest = bytes.get(start..).unwrap_or_default();
        let ends_at = |length: u64| {
            let after = rest.get(usize::try_from(length).ok()?..)?;
            let skip = after.iter().take_while(|b| b.is_ascii_whitespace() || **b == 0).count();
            after.get(skip..)?.starts_with(b"endstream").then_some(start + usize::try_from(length).ok()?)
        };
        // Every length the dictionary may mean; a reference (`9 0 R`) ends nowhere but by chance.
        let told =
            values(&stream.dict, b"/Length").filter_map(|v| numbers(v).next()).filter_map(ends_at).max();
        if told.is_none() && *next_end < start {
            *next_end = find(rest, b"endstream").map_or(bytes.len(), |at| start + at);
        }
        Self { start, end: told.unwrap_or(*next_end), is_certain: told.is_some() }
    }

    /// The data; where the end is not certain, all that follows: packed data tell their end themselves.
    fn data<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        let end = if self.is_certain { self.end } else { bytes.len() };
        bytes.get(self.start..end).unwrap_or_default()
    }
}

/// How data are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    /// In zlib's format.
    Zlib,
    /// The same without its frame: what readers try where the frame is broken.
    Deflate,
    Lzw,
    RunLength,
    Hex,
    Ascii85,
}

impl Packing {
    fn named(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"FlateDecode" | b"Fl" => Self::Zlib,
            b"LZWDecode" | b"LZW" => Self::Lzw,
            b"RunLengthDecode" | b"RL" => Self::RunLength,
            b"ASCIIHexDecode" | b"AHx" => Self::Hex,
            b"ASCII85Decode" | b"A85" => Self::Ascii85,
            _ => return None,
        })
    }
}

/// Every way in which a reader may unpack a stream.
fn chains(dict: &[u8], data: &[u8]) -> Vec<Vec<Packing>> {
    let mut chains = Vec::new();
    // Also where the filter is named by reference, in another object.
    if matches!(*data, [a, b, ..] if a & 15 == 8 && (u16::from(a) << 8 | u16::from(b)) % 31 == 0) {
        chains.push(vec![Packing::Zlib]);
    }
    for value in [&b"/Filter"[..], b"/F"].into_iter().flat_map(|key| values(dict, key)) {
        let (list, most) = match value.strip_prefix(b"[") {
            Some(list) => (list.split(|b| *b == b']').next().unwrap_or_default(), MOST_FILTERS),
            None => (value, 1),
        };
        let is_end = |b: u8| b.is_ascii_whitespace() || b"/[]<>()%\0".contains(&b);
        let words = list.split(|b| *b == b'/').skip(1);
        let names = words.map(|w| w.split(|b| is_end(*b)).next().unwrap_or_default());
        let chain: Vec<Packing> = names.take(most).map_while(Packing::named).collect();
        if let Some((Packing::Zlib, rest)) = chain.split_first() {
            chains.push([&[Packing::Deflate], rest].concat());
        }
        if !chain.is_empty() && !chains.contains(&chain) {
            chains.push(chain);
        }
    }
    chains
}

/// To how many bytes the data unpack; counted up to `most`.
fn unpacked(data: &[u8], chain: &[Packing], most: u64) -> u64 {
    let mut source: Box<dyn BufRead + '_> = Box::new(data);
    for packing in chain {
        let unpacker: Box<dyn Read + '_> = match packing {
            Packing::Zlib => Box::new(ZlibDecoder::new(source)),
            Packing::Deflate => Box::new(DeflateDecoder::new(source)),
            Packing::Lzw => {
                Box::new(Lzw { source, decoder: Decoder::with_tiff_size_switch(BitOrder::Msb, 8) })
            }
            Packing::RunLength => Box::new(ByByte::new(source, run_length())),
            Packing::Hex => Box::new(ByByte::new(source, hex())),
            Packing::Ascii85 => Box::new(ByByte::new(source, ascii85())),
        };
        source = Box::new(BufReader::with_capacity(1 << 15, unpacker));
    }
    let mut count = 0;
    while count < most {
        // What was unpacked before an error is in memory then, too.
        let Ok(n @ 1..) = source.fill_buf().map(<[u8]>::len) else { break };
        source.consume(n);
        count += n as u64;
    }
    count.min(most)
}

/// Unpacks LZW.
struct Lzw<S> {
    source: S,
    decoder: Decoder,
}

impl<S: BufRead> Read for Lzw<S> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let result = self.decoder.decode_bytes(self.source.fill_buf()?, out);
            self.source.consume(result.consumed_in);
            let ended = result.consumed_in == 0 || !matches!(result.status, Ok(LzwStatus::Ok));
            if result.consumed_out > 0 || ended {
                return Ok(result.consumed_out);
            }
        }
    }
}

/// Unpacks byte by byte: `step` gets each and adds to the output; `None` at the end of the data.
struct ByByte<S, F> {
    source: S,
    step: F,
    out: Vec<u8>,
    taken: usize,
}

impl<S: BufRead, F: FnMut(u8, &mut Vec<u8>) -> Option<()>> ByByte<S, F> {
    fn new(source: S, step: F) -> Self {
        Self { source, step, out: Vec::new(), taken: 0 }
    }
}

impl<S: BufRead, F: FnMut(u8, &mut Vec<u8>) -> Option<()>> Read for ByByte<S, F> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.out.len() {
            let Some(&byte) = self.source.fill_buf()?.first() else { return Ok(0) };
            self.out.clear();
            self.taken = 0;
            if (self.step)(byte, &mut self.out).is_none() {
                return Ok(0);
            }
            self.source.consume(1);
        }
        let n = self.out.get(self.taken..).unwrap_or_default().read(to)?;
        self.taken += n;
        Ok(n)
    }
}

fn run_length() -> impl FnMut(u8, &mut Vec<u8>) -> Option<()> {
    let (mut literal, mut repeat) = (0_u8, None);
    move |byte, out| {
        if let Some(times) = repeat.take() {
            out.extend(std::iter::repeat_n(byte, times));
        } else if literal > 0 {
            literal -= 1;
            out.push(byte);
        } else {
            match byte {
                0..128 => literal = byte + 1,
                128 => return None,
                _ => repeat = Some(257 - usize::from(byte)),
            }
        }
        Some(())
    }
}

fn hex() -> impl FnMut(u8, &mut Vec<u8>) -> Option<()> {
    let mut high = None;
    move |byte, out| {
        let digit = char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
        match (digit, high.take()) {
            (Some(low), Some(high)) => out.push(high << 4 | low),
            (Some(first), None) => high = Some(first),
            (None, before) => high = before,
        }
        (byte != b'>').then_some(())
    }
}

fn ascii85() -> impl FnMut(u8, &mut Vec<u8>) -> Option<()> {
    let (mut group, mut digits) = (0_u32, 0);
    move |byte, out| {
        match byte {
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                digits += 1;
                if digits == 5 {
                    out.extend(group.to_be_bytes());
                    (group, digits) = (0, 0);
                }
            }
            b'z' => out.extend([0; 4]),
            b'~' => return None,
            _ => {}
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::read::ZlibEncoder;
    use shiryo_model::Severity::Error;

    fn packed(data: impl Read) -> Vec<u8> {
        let mut out = Vec::new();
        let _ = ZlibEncoder::new(data, Compression::fast()).read_to_end(&mut out);
        out
    }

    fn zeros(mega: u64) -> impl Read {
        io::repeat(0).take(mega << 20)
    }

    fn file(dict: &str, data: &[u8]) -> Arc<Vec<u8>> {
        let mut bytes = format!("%PDF-1.5\n1 0 obj\n<< {dict} >>\nstream\n").into_bytes();
        bytes.extend_from_slice(data);
        bytes.extend_from_slice(b"\nendstream\nendobj\n2 0 obj << /A 1 >> endobj\n");
        Arc::new(bytes)
    }

    #[test]
    fn sizes_are_counted_through_every_filter() {
        let text = b"0123456789".repeat(100);
        let flate = packed(text.as_slice());
        let hex: Vec<u8> =
            flate.iter().flat_map(|b| format!("{b:02x} ").into_bytes()).chain([b'>']).collect();
        let lzw =
            weezl::encode::Encoder::with_tiff_size_switch(BitOrder::Msb, 8).encode(&text).unwrap_or_default();
        for (data, chain, size) in [
            (flate.as_slice(), &[Packing::Zlib][..], 1000),
            (flate.get(2..).unwrap_or_default(), &[Packing::Deflate], 1000),
            (&packed(flate.as_slice()), &[Packing::Zlib, Packing::Zlib], 1000),
            (&hex, &[Packing::Hex, Packing::Zlib], 1000),
            (&lzw, &[Packing::Lzw], 1000),
            (b"\x03abcd\xf7e\x80zz", &[Packing::RunLength], 14),
            (b"87cUR D]i,\"z~>!!!!!", &[Packing::Ascii85], 12),
        ] {
            assert_eq!(unpacked(data, chain, 1 << 20), size, "{chain:?}");
            assert_eq!(unpacked(data, chain, 9), 9, "{chain:?}");
        }
    }

    #[test]
    fn a_bomb_is_emptied_and_told_whatever_its_dictionary_says() {
        let once = packed(zeros(257));
        let twice = packed(once.as_slice());
        for (dict, data) in [
            (format!("/Filter /FlateDecode /Length {}", once.len()), &once),
            ("/Filter 9 0 R /Length 8 0 R".to_owned(), &once),
            ("/#46ilter % none\n[/Fl] /Length 3".to_owned(), &once),
            (format!("/Filter [ /FlateDecode /Flate#44ecode ] /Length {}", twice.len()), &twice),
        ] {
            let mut bytes = file(&dict, data);
            let before = bytes.len();
            let told = empty_bombs(&mut bytes);
            assert!(
                matches!(told.as_slice(), [d] if d.severity == Error && d.code == DiagnosticCode::LimitReached)
            );
            assert_eq!(bytes.len(), before);
            assert!(bytes.ends_with(b"endstream\nendobj\n2 0 obj << /A 1 >> endobj\n"));
            assert!(empty_bombs(&mut bytes).is_empty(), "{dict}");
        }
    }

    #[test]
    fn large_streams_that_papers_have_stay() {
        let large = packed(zeros(40));
        for dict in ["/Filter /FlateDecode", "/Subtype /Image /Filter [/FlateDecode]", "/Filter /DCTDecode"] {
            let mut bytes = file(dict, &large);
            let before = bytes.clone();
            assert!(empty_bombs(&mut bytes).is_empty(), "{dict}");
            assert_eq!(bytes, before);
        }
    }
}
