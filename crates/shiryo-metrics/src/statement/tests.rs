//! Sentences of every pattern.
