use super::dice::Dice;
use std::ops::Range;

/// Numbers that a size, length, count or reference may be replaced by.
const GIANTS: [&str; 10] = [
    "0",
    "-1",
    "65535",
    "65536",
    "2147483647",
    "4294967295",
    "99999999999",
    "-2147483648",
    "1e38",
    "0.0000001",
];
/// Entries whose number decides how much is read, kept or drawn.
const SIZES: [&str; 20] = [
    "/Length ",
    "/Length1 ",
    "/Count ",
    "/Size ",
    "/Width ",
    "/Height ",
    "/BitsPerComponent ",
    "/Columns ",
    "/Predictor ",
    "/FirstChar ",
    "/LastChar ",
    "/First ",
    "/N ",
    "/Prev ",
    "/Rotate ",
    "/DW ",
    "/W [",
    "/MediaBox [",
    "/Index [",
    "startxref\n",
];

/// Breaks a file in one to five ways; `other` lends objects.
pub(crate) fn break_structure(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    for _ in 0..=dice.roll(5) {
        match dice.roll(9) {
            0 => flip_bytes(bytes, dice),
            1 => cut_stream(bytes, dice),
            2 => swap_objects(bytes, dice),
            3 => lend_object(bytes, other, dice),
            4 | 5 => bend_reference(bytes, dice),
            6 | 7 => make_giant(bytes, dice),
            _ if dice.roll(6) == 0 => bytes.truncate(dice.roll(bytes.len())),
            _ => nest(bytes, dice),
        }
    }
}

/// Bytes changed at random, half of the time outside streams, where every byte counts.
fn flip_bytes(bytes: &mut [u8], dice: &mut Dice) {
    for _ in 0..=dice.roll(30) {
        let mut at = dice.roll(bytes.len());
        if dice.roll(2) == 0
            && let Some(object) = pick(&objects(bytes), dice)
        {
            at = object.start + dice.roll(object.len().min(300));
        }
        if let Some(byte) = bytes.get_mut(at) {
            *byte = if dice.roll(2) == 0 {
                *byte ^ (1 << dice.roll(8))
            } else {
                u8::try_from(dice.roll(256)).unwrap()
            };
        }
    }
}

/// A part of a stream removed, its declared length left alone.
fn cut_stream(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let starts = find_all(bytes, b"stream");
    let Some(start) = pick(&starts, dice) else { return };
    let length = find_all(&bytes[start..], b"endstream").first().copied().unwrap_or(0);
    let from = start + dice.roll(length);
    let to = (from + 1 + dice.roll(length)).min(start + length).min(bytes.len());
    if from < to {
        bytes.drain(from..to);
    }
}

/// Bodies of two objects exchanged: fonts become pages, pages become images.
fn swap_objects(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let all = objects(bytes);
    let (Some(a), Some(b)) = (pick(&all, dice), pick(&all, dice)) else { return };
    let (a, b) = if a.start <= b.start { (a, b) } else { (b, a) };
    if a.end > b.start {
        return;
    }
    let (first, second) = (bytes[a.clone()].to_vec(), bytes[b.clone()].to_vec());
    bytes.splice(b, first);
    bytes.splice(a, second);
}

/// An object of another file in the place of one of this.
fn lend_object(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    if let (Some(here), Some(there)) = (pick(&objects(bytes), dice), pick(&objects(other), dice)) {
        bytes.splice(here, other[there].iter().copied());
    }
}

/// References led to other objects, to themselves, to their parents: circles.
fn bend_reference(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.roll(4) {
        let marks = find_all(bytes, b" 0 R");
        let Some(end) = pick(&marks, dice) else { return };
        let digits = bytes[..end].iter().rev().take_while(|b| b.is_ascii_digit()).count();
        let last = objects(bytes).len();
        bytes.splice(end - digits..end, (1 + dice.roll(last)).to_string().into_bytes());
    }
}

/// A size, count or length that no file can have.
fn make_giant(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let places: Vec<usize> = SIZES
        .iter()
        .flat_map(|key| find_all(bytes, key.as_bytes()).into_iter().map(|at| at + key.len()))
        .collect();
    let Some(at) = pick(&places, dice) else { return };
    let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit() || **b == b'.' || **b == b'-').count();
    bytes.splice(at..at + digits, GIANTS[dice.roll(GIANTS.len())].bytes());
}

/// Brackets within brackets, thousands deep, at the beginning of some object's content.
fn nest(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let Some(object) = pick(&objects(bytes), dice) else { return };
    let (open, close) = [("[", "]"), ("<</A ", ">>"), ("(", ")"), ("<</Kids[", "]>>")][dice.roll(4)];
    let depth = [3, 100, 2_000, 20_000][dice.roll(4)];
    // Some are never closed.
    let closed = if dice.roll(3) == 0 { 0 } else { depth };
    let deep = format!("{}1{}", open.repeat(depth), close.repeat(closed));
    let at =
        bytes[object.clone()].iter().position(|&b| b == b'/').map_or(object.start, |at| object.start + at);
    bytes.splice(at..at, format!("/Deep {deep} ").into_bytes());
}

/// What stands between `obj` and `endobj`.
fn objects(bytes: &[u8]) -> Vec<Range<usize>> {
    let ends = find_all(bytes, b"endobj");
    let starts = find_all(bytes, b" obj").into_iter().map(|at| at + 4);
    starts
        .filter_map(|start| {
            let end = *ends.get(ends.partition_point(|&end| end < start))?;
            Some(start..end)
        })
        .collect()
}

fn pick<T: Clone>(all: &[T], dice: &mut Dice) -> Option<T> {
    all.get(dice.roll(all.len())).cloned()
}

fn find_all(bytes: &[u8], word: &[u8]) -> Vec<usize> {
    let first = word[0];
    let candidates = bytes.iter().enumerate().filter(|&(_, &b)| b == first);
    candidates.filter(|&(at, _)| bytes[at..].starts_with(word)).map(|(at, _)| at).collect()
}
