//! How much aliases may make of a document.
//!
//! Comes in: the size of every part of a tree that is copied because an alias or a `<<` asks for
//! it. Goes out: a refusal once that is more than anybody could mean. yaml.v3 has no such bound
//! where kyaml expands aliases; a few lines could fill any memory.

use super::{Content, Node};
use crate::limits::Limits;
use crate::read::Problem;

/// Nodes that may be copied within one document.
const NODES: usize = 1_000_000;

/// How much a tree amounts to.
#[derive(Clone, Copy, Default)]
pub struct Size {
    nodes: usize,
    text: usize,
    /// How many levels it has below its own.
    pub height: usize,
}

impl Size {
    /// That of nodes without text.
    pub fn of_nodes(nodes: usize) -> Self {
        Self {
            nodes,
            ..Self::default()
        }
    }

    fn add(&mut self, child: &Node) {
        let child = size_of(child);
        self.nodes += child.nodes;
        self.text += child.text;
        self.height = self.height.max(child.height + 1);
    }
}

/// The size of a tree without aliases.
pub fn size_of(node: &Node) -> Size {
    let mut size = Size::of_nodes(1);
    match &node.content {
        Content::Scalar(text) => size.text = text.len(),
        Content::Sequence(items) => {
            for item in items {
                size.add(item);
            }
        }
        Content::Mapping(entries) => {
            for (key, value) in entries {
                size.add(key);
                size.add(value);
            }
        }
    }
    size
}

/// What is left to be copied.
pub struct Copies {
    nodes: usize,
    text: usize,
    limit: usize,
}

impl Copies {
    pub fn new(limits: &Limits) -> Self {
        Self {
            nodes: NODES,
            text: limits.aliased_bytes,
            limit: limits.aliased_bytes,
        }
    }

    /// Something is copied.
    pub fn take(&mut self, size: Size) -> Result<(), Problem> {
        let nodes = self.nodes.checked_sub(size.nodes);
        self.nodes = nodes.ok_or(Problem::ExcessiveAliasing)?;
        let text = self.text.checked_sub(size.text);
        let limit = self.limit;
        self.text = text.ok_or(Problem::AliasedTooMuch { limit })?;
        Ok(())
    }
}
