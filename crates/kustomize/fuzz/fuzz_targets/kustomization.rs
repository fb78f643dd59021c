//! Any bytes: reading them as each kind of file never panics.
//!
//! Run with `cargo +nightly fuzz run kustomization` in `crates/kustomize`.
#![no_main]

#[path = "../exercise/kustomization.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::run(bytes));
