#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| shiryo_fuzz::catalog(data));
