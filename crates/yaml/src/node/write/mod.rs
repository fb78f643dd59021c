//! Writing a tree: a tree in, yaml.v3's text out.
//!
//! Comes in: a tree. Goes out: the text kyaml's encoder writes: two spaces a level, lists in
//! mappings not indented, every node in its form as far as its text allows, comments where they
//! were. Nothing is folded. Source of the rules: yaml.v3 3.0, encode.go and emitterc.go; kyaml
//! 0.21, yaml/alias.go (NewEncoder).

mod block;
mod comments;
mod flow;
mod lines;
mod pen;
mod properties;
mod scalar;

use super::{Comments, Content, Form, Node};
use comments::Pending;
use pen::Pen;

/// The text of a tree, ending in a line break.
pub fn write_node(root: &Node) -> String {
    written(root, Writer::default())
}

/// The same with lists in mappings indented, which is how yaml.v3 writes them by itself.
pub fn write_node_indented(root: &Node) -> String {
    let indented_lists = true;
    written(
        root,
        Writer {
            indented_lists,
            ..Writer::default()
        },
    )
}

fn written(root: &Node, mut writer: Writer) -> String {
    writer.document(root);
    writer.pen.end()
}

/// Writes one document.
#[derive(Default)]
struct Writer {
    pen: Pen,
    pending: Pending,
    /// How many brackets and braces are open.
    flow_level: usize,
    /// Lists in mappings stand further in than their keys.
    indented_lists: bool,
}

/// What a node stands in.
#[derive(Clone, Copy, PartialEq)]
enum Parent {
    Document,
    BlockSequence,
    BlockMapping,
    FlowSequence,
    FlowMapping,
}

impl Parent {
    fn is_mapping(self) -> bool {
        matches!(self, Self::BlockMapping | Self::FlowMapping)
    }
}

impl Writer {
    fn document(&mut self, root: &Node) {
        let (above, below) = match &root.comments {
            Some(comments) => (&*comments.above, &*comments.below),
            None => ("", ""),
        };
        self.pending.head.set(above);
        if self.pending.head.is_some() {
            self.head_comment();
            self.pen.line_break();
        }
        self.meet(root, "");
        self.head_comment();
        self.node(root, Parent::Document, false, |writer| {
            writer.line_comment();
            writer.foot_comment();
        });
        self.pending.foot.set(below);
        self.pen.foot_at(0);
        self.foot_comment();
        self.pen.no_foot();
        self.pen.indent();
    }

    /// Takes a node's comments up, those that stand before it or, for what has no end, behind it.
    fn meet(&mut self, node: &Node, tail: &str) {
        let none = Comments::default();
        let comments = node.comments.as_deref().unwrap_or(&none);
        self.pending.head.set(&comments.head);
        match &node.content {
            Content::Sequence(_) => {}
            Content::Mapping(_) => self.pending.tail.set(tail),
            Content::Scalar(_) => {
                self.pending.line.set(&comments.line);
                self.pending.foot.set(&comments.foot);
                if !node.is_alias() {
                    self.pending.tail.set(tail);
                }
            }
        }
    }

    /// The same where a collection ends.
    fn meet_end(&mut self, node: &Node, tail: &str) {
        self.pending.tail.set(tail);
        if let Some(comments) = &node.comments {
            self.pending.line.set(&comments.line);
            self.pending.foot.set(&comments.foot);
        }
    }

    /// A node that has been met. What `begun` does comes behind a scalar or an alias, but before
    /// what is in a collection.
    fn node(&mut self, node: &Node, parent: Parent, simple_key: bool, begun: fn(&mut Self)) {
        self.properties(node);
        match &node.content {
            Content::Scalar(_) if node.is_alias() => begun(self),
            Content::Scalar(text) => {
                self.scalar(node, text, parent, simple_key);
                begun(self);
            }
            Content::Sequence(items) => {
                let flow = self.is_flow(node) || items.is_empty();
                begun(self);
                match flow {
                    true => self.flow_sequence(node, items, parent),
                    false => self.block_sequence(node, items, parent),
                }
            }
            Content::Mapping(entries) => {
                let flow = self.is_flow(node) || entries.is_empty();
                begun(self);
                match flow {
                    true => self.flow_mapping(node, entries, parent),
                    false => self.block_mapping(node, entries, parent),
                }
            }
        }
    }

    fn is_flow(&self, node: &Node) -> bool {
        self.flow_level > 0 || node.style.form == Form::Flow
    }
}
