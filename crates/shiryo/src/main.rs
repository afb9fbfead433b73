//! shiryo
fn main() {}
