//! How much replacements may write.
//!
//! Comes in: what is about to be written. Goes out: whether it still may be. A replacement can copy
//! a map into itself and so double it, thirty times over in a file of thirty lines.

use yaml::{Content, Limits, Node};

/// How many steps a path may have.
pub(super) const LONGEST_PATH: usize = 256;

/// What all replacements of a list may write together.
const BYTES: usize = 128 << 20;
/// What a node costs besides its text, which is shared.
const NODE: usize = 128;

/// What is left of the allowance.
pub(super) struct Budget {
    bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self::of(BYTES)
    }
}

/// A bound that something would go beyond, for messages.
pub(super) type Bound = &'static str;

impl Budget {
    /// So many bytes.
    pub fn of(bytes: usize) -> Self {
        Self { bytes }
    }

    /// What goes beyond the allowance if a copy of a node is written at some depth.
    pub fn copy(&mut self, node: &Node, depth: usize) -> Result<(), Bound> {
        let (count, below) = measure(node);
        if depth + below > Limits::DEEPEST {
            return Err("maps and lists may nest, 1024 levels");
        }
        self.spend(count.saturating_mul(NODE))
    }

    /// What goes beyond the allowance if a new text is written.
    pub fn text(&mut self, text: &str) -> Result<(), Bound> {
        self.spend(text.len())
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Bound> {
        let left = self.bytes.checked_sub(bytes);
        self.bytes = left.ok_or("a list of replacements may copy, 128 MiB")?;
        Ok(())
    }
}

/// How many nodes there are, and how deep they nest.
fn measure(node: &Node) -> (usize, usize) {
    let sum = |(count, depth): (usize, usize), child: &Node| {
        let (more, below) = measure(child);
        (count + more, depth.max(below + 1))
    };
    match &node.content {
        Content::Scalar(_) => (1, 0),
        Content::Sequence(items) => items.iter().fold((1, 0), sum),
        Content::Mapping(entries) => {
            let children = entries.iter().flat_map(|(key, value)| [key, value]);
            children.fold((1, 0), sum)
        }
    }
}
