//! Any bytes: `exercise/archive.rs` never panics on them.
//!
//! Run with `cargo +nightly fuzz run archive` in `crates/helm`.
#![no_main]

#[path = "../exercise/archive.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::run(bytes));
