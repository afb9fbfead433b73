//! shiryo
