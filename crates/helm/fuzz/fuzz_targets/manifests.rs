//! Any bytes: `exercise/manifests.rs` never panics on them.
//!
//! Run with `cargo +nightly fuzz run manifests` in `crates/helm`.
#![no_main]

#[path = "../exercise/manifests.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::run(bytes));
