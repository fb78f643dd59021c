//! Writing a value where a field spec has led to.
//!
//! Comes in: a node. Goes out: the node with another text or another entry. The tag decides what
//! the text will mean: a label is a string whatever it looks like, a count is a number, and a name
//! is what its text looks like in the style it was written in. Source of the rules: Kustomize 5.8.1,
//! api/filters/filtersutil/setters.go, and kyaml 0.21, yaml/fns.go (FieldSetter).

use crate::node::{NodeError, set_field};
use yaml::{Content, Node, Tag};

/// Gives a scalar, or null, another text and tag. Its style stays.
pub fn scalar(node: &mut Node, text: &str, tag: Tag) -> Result<(), NodeError> {
    if !node.is_null() && !node.is_scalar() {
        return Err(NodeError::wrong_kind("scalar", node));
    }
    node.content = Content::Scalar(text.into());
    node.tag = tag;
    node.comments = None;
    Ok(())
}

/// The value of an entry that was set.
pub enum Entry<'n> {
    /// The map had no such entry.
    New(&'n mut Node),
    /// It had one.
    Old(&'n mut Node),
}

/// Sets an entry of a map to a string, and gives its value. Null stays as it is.
pub fn entry<'n>(
    node: &'n mut Node,
    key: &str,
    value: &str,
) -> Result<Option<Entry<'n>>, NodeError> {
    if key.is_empty() {
        scalar(node, value, Tag::Str)?;
        return Ok(None);
    }
    if node.is_null() {
        return Ok(None);
    }
    let kind = match node.get(key) {
        Some(_) => Entry::Old,
        None => Entry::New,
    };
    let value = Node::new(Content::Scalar(value.into()), Tag::Str);
    Ok(set_field(node, key, value)?.map(kind))
}

/// Is there a text already?
pub fn has_text(node: &Node) -> bool {
    !node.is_null() && !node.text().is_empty()
}
