//! How much replacements may write.
//!
//! Comes in: what is about to be written. Goes out: whether it still may be. A replacement can copy
//! a map into itself and so double it, thirty times over in a file of thirty lines.

use super::ReplacementError;
use yaml::{Content, Limits, Node};

/// How many steps a path may have.
pub(super) const LONGEST_PATH: usize = 256;

/// What all replacements of a list may write together.
const BYTES: usize = 128 << 20;
/// How often all replacements of a list may look at a resource.
const LOOKS: usize = 200_000_000;
/// What a node costs besides its text, which is shared.
const NODE: usize = 128;
/// What it costs to see whether a change shows in a node.
const VISIT: usize = 8;

/// What is left of the allowance.
pub(super) struct Budget {
    bytes: usize,
    looks: usize,
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
        let looks = LOOKS;
        Self { bytes, looks }
    }

    /// Whether so many more resources may be looked at, so many times.
    pub fn look(&mut self, resources: usize, times: usize) -> Result<(), ReplacementError> {
        let left = self.looks.checked_sub(resources.saturating_mul(times));
        self.looks = left.ok_or(ReplacementError::TooManyLooks(LOOKS))?;
        Ok(())
    }

    /// What goes beyond the allowance if a copy of a node is written at some depth.
    pub fn copy(&mut self, node: &Node, depth: usize) -> Result<(), Bound> {
        let (count, below) = measure(node);
        if depth + below > Limits::DEEPEST {
            return Err("maps and lists may nest, 1024 levels");
        }
        self.spend(count.saturating_mul(NODE))
    }

    /// What goes beyond the allowance if a change shows in other places of an object.
    pub fn spread(&mut self, object: &Node) -> Result<(), Bound> {
        self.spend(measure(object).0.saturating_mul(VISIT))
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
