//! Any bytes: `exercise/set.rs` never panics on them.
//!
//! Run with `cargo +nightly fuzz run set` in `crates/helm`.
#![no_main]

#[path = "../exercise/set.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::run(bytes));
