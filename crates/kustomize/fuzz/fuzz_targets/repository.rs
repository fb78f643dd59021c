//! Any repository: building it never panics, and it builds the same with files parsed before.
//!
//! Run with `cargo +nightly fuzz run repository` in `crates/kustomize`.
#![no_main]

#[path = "../exercise/repository.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::run(bytes));
