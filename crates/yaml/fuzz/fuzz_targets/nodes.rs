//! Any text: reading it as a tree never panics; the tree is written so that it reads back the same,
//! but for what yaml.v3 itself does not read as it wrote it.
//!
//! Run with `cargo +nightly fuzz run nodes` in `crates/yaml`.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yaml::{Content, Form, Limits, Node};
use yaml::{read_node, read_node_with_comments, write_node};

fuzz_target!(|text: &str| {
    let limits = Limits {
        bytes: 1 << 16,
        ..Limits::default()
    };
    if let Ok(Some(node)) = read_node_with_comments(text, &limits) {
        write_node(&node);
    }
    let Ok(Some(node)) = read_node(text, &limits) else {
        return;
    };
    let Ok(value) = node.to_value() else {
        return;
    };
    let _ = Node::from_value(&value).to_value();
    if !has_odd_blocks(&node) {
        let written = write_node(&node);
        // Not expanded: a key tagged as a merge would be merged once more.
        let read = read_node_with_comments(&written, &limits).ok().flatten();
        assert_eq!(read.map(|node| node.to_value()), Some(Ok(value)), "{written}");
    }
});

/// Blocks that are folded, or have lines that end with something else than `\n`, change each time.
fn has_odd_blocks(node: &Node) -> bool {
    match &node.content {
        Content::Scalar(text) => {
            node.style.form == Form::Folded || text.contains(['\u{85}', '\u{2028}', '\u{2029}'])
        }
        Content::Sequence(items) => items.iter().any(has_odd_blocks),
        Content::Mapping(entries) => entries
            .iter()
            .any(|(key, value)| has_odd_blocks(key) || has_odd_blocks(value)),
    }
}
