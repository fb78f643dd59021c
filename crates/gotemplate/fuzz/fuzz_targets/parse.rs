//! Any bytes: parsing never panics, and what is refused is refused at a line the text has.
//!
//! Run with `cargo +nightly fuzz run parse` in `crates/gotemplate`.
#![no_main]

use gotemplate::{Functions, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let lines = 1 + text.iter().filter(|byte| **byte == b'\n').count();
    if let Err(error) = parse("t", text, &Functions::default()) {
        assert!((1..=lines).contains(&error.line), "{error}");
    }
});
