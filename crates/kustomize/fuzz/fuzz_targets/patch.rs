//! Any object and any patches: applying them never panics.
//!
//! Run with `cargo +nightly fuzz run patch` in `crates/kustomize`.
#![no_main]

#[path = "../exercise/patch.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::run(bytes));
