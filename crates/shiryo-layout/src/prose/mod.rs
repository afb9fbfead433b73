//! What lines of Japanese administrative prose look like, whatever they were read from: markers, sentence
//! ends, lines broken inside a sentence, headings, captions. Shared by pages ([`crate::blocks`]) and text
//! sources ([`crate::markup`]).

pub(crate) mod assemble;
pub(crate) mod joining;
pub(crate) mod marker;
pub(crate) mod outline;
pub(crate) mod references;
mod signs;
mod title;
pub(crate) mod words;
