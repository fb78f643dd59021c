//! Any bytes: `exercise/chart.rs` never panics on them.
//!
//! Run with `cargo +nightly fuzz run chart` in `crates/helm`.
#![no_main]

#[path = "../exercise/chart.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::run(bytes));
