//! Any bytes: reading never panics, and what was read is written so that it reads back the same.
//!
//! Run with `cargo +nightly fuzz run read_write` in `crates/yaml`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yaml::{Limits, read_documents, read_first, write};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let Ok(documents) = read_documents(bytes, &limits) else {
        return;
    };
    for document in documents {
        let text = write(&document.value);
        assert_eq!(read_first(text.as_bytes(), &limits), Ok(document.value), "{text}");
    }
});
