//! Faults that tests plant in documents, so that a worker really loops, overflows its stack and so on.
//!
//! A document carries the line `SHIRYO-FAULT KIND STAGE [PAGE]` (in a PDF as a comment behind its end). Workers obey it
//! only when they are told to by a hidden option of `shiryo extract`; no document can turn that on.

use crate::{Stage, Step};

const MARK: &[u8] = b"SHIRYO-FAULT ";

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Loop,
    Allocate,
    Stack,
    Abort,
    Panic,
    Exit,
}

/// A fault and where it strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    kind: Kind,
    stage: Stage,
    page: Option<u32>,
}

impl Fault {
    /// The fault that `bytes` carry.
    pub(super) fn find(bytes: &[u8]) -> Option<Self> {
        let at = bytes.windows(MARK.len()).rposition(|w| w == MARK)? + MARK.len();
        let line = bytes.get(at..)?.split(|b| *b == b'\n' || *b == b'\r').next()?;
        let mut words = std::str::from_utf8(line).ok()?.split(' ');
        let kind = match words.next()? {
            "loop" => Kind::Loop,
            "allocate" => Kind::Allocate,
            "stack" => Kind::Stack,
            "abort" => Kind::Abort,
            "panic" => Kind::Panic,
            "exit" => Kind::Exit,
            _ => return None,
        };
        let stage = words.next()?;
        let stage = Stage::ALL.into_iter().find(|s| s.as_str() == stage)?;
        Some(Self { kind, stage, page: words.next().and_then(|p| p.parse().ok()) })
    }

    /// Strikes when its step begins.
    pub(super) fn strike(self, step: Step) {
        if step.stage != self.stage || (self.page.is_some() && step.page != self.page) {
            return;
        }
        match self.kind {
            Kind::Loop => loop {
                std::hint::black_box(0);
            },
            Kind::Allocate => {
                let mut hoard: Vec<Vec<u8>> = Vec::new();
                loop {
                    hoard.push(std::hint::black_box(vec![1; 64 << 20]));
                }
            }
            Kind::Stack => {
                std::hint::black_box(deeper(0));
            }
            Kind::Abort => std::process::abort(),
            #[expect(clippy::panic, reason = "this is what tests ask for")]
            Kind::Panic => panic!("planted"),
            Kind::Exit => std::process::exit(7),
        }
    }
}

/// Never comes back.
fn deeper(n: u64) -> u64 {
    let room = std::hint::black_box([n; 512]);
    if n == u64::MAX { 0 } else { deeper(n + 1).wrapping_add(room.iter().sum()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_planted_line_is_found_and_others_are_not() {
        let found = Fault::find(b"%%EOF\n%SHIRYO-FAULT abort layout 2\n");
        let expected = Fault { kind: Kind::Abort, stage: Stage::Layout, page: Some(2) };
        assert_eq!(found, Some(expected));
        assert_eq!(Fault::find(b"SHIRYO-FAULT whatever read"), None);
        assert_eq!(Fault::find(b"SHIRYO-FAULT \xff\xff"), None);
        assert_eq!(Fault::find(b"nothing"), None);
    }

    #[test]
    fn it_strikes_its_step_alone() {
        let fault = Fault { kind: Kind::Abort, stage: Stage::Layout, page: Some(2) };
        fault.strike(Step { stage: Stage::Layout, page: Some(1) });
        fault.strike(Step { stage: Stage::Read, page: Some(2) });
    }
}
