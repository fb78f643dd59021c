//! The text Go prints for what is not there, taken away again.
//!
//! Helm deletes it from every file and from every text of `tpl`, but not from what is included, so
//! that a hash over an included text counts it. Source: Helm 4.2, pkg/engine/engine.go.

use gotemplate::Text;

const NO_VALUE: &[u8] = b"<no value>";

/// The text without any `<no value>`.
pub fn removed(text: Text) -> Text {
    let bytes = text.as_bytes();
    let mut found = memchr::memmem::find_iter(bytes, NO_VALUE).peekable();
    if found.peek().is_none() {
        return text;
    }
    let mut kept = Vec::with_capacity(bytes.len());
    let mut from = 0;
    for at in found {
        kept.extend_from_slice(&bytes[from..at]);
        from = at + NO_VALUE.len();
    }
    kept.extend_from_slice(&bytes[from..]);
    Text::from(kept)
}
