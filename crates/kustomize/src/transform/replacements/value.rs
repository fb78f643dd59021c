//! The value that a replacement copies.
//!
//! Comes in: a node, and perhaps where it was read. Goes out: the node as it is when it is needed. A
//! value that was read whole from a resource is that field itself: where the replacement changes
//! the field, what it copies from then on has changed too.

use super::matches::{Way, node_at};
use crate::node::Create;
use yaml::{Content, Node};

/// What is copied.
pub(super) struct Value {
    node: Node,
    /// The field it is, as long as that is in its tree.
    field: Option<Field>,
}

struct Field {
    resource: usize,
    way: Way,
}

impl Value {
    /// A value of its own.
    pub fn new(node: Node) -> Self {
        Self { node, field: None }
    }

    /// The value that a field of a resource is.
    pub fn of_field(node: Node, resource: usize, way: Way) -> Self {
        Self {
            node,
            field: Some(Field { resource, way }),
        }
    }

    /// The value.
    pub fn node(&self) -> &Node {
        &self.node
    }

    /// What is made where the field it goes to is missing.
    pub fn kind(&self) -> Create {
        match self.node.content {
            Content::Scalar(_) => Create::Scalar,
            Content::Sequence(_) => Create::Sequence,
            Content::Mapping(_) => Create::Mapping,
        }
    }

    /// Takes note that a resource may have changed below the end of a way.
    pub fn refresh(&mut self, resource: usize, object: &Node, way: &[usize]) {
        let field = self.field.as_ref().filter(|field| {
            field.resource == resource
                && (way.starts_with(&field.way) || field.way.starts_with(way))
        });
        if let Some(node) = field.and_then(|field| node_at(object, &field.way)) {
            self.node = node.clone();
        }
    }

    /// Takes note that a map or list of a resource is about to be replaced: a value that is part of
    /// it stays what it is now.
    pub fn detach(&mut self, resource: usize, way: &[usize]) {
        self.field.take_if(|field| {
            field.resource == resource && field.way.len() > way.len() && field.way.starts_with(way)
        });
    }
}
