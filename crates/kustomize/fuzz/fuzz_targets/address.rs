//! Any text: reading it as an address or a path never panics, and leads nowhere but into the tree.
//!
//! Run with `cargo +nightly fuzz run address` in `crates/kustomize`.
#![no_main]

#[path = "../exercise/address.rs"]
mod exercise;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| exercise::run(bytes));
