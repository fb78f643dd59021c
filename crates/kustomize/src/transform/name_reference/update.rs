//! A field that names resources, brought up to date.
//!
//! Comes in: the node a rule leads to: a name, a map with a name and perhaps a namespace, or a list
//! of either. Goes out: the node with the names of today, and the positions of what it names.
//! Source: Kustomize 5.8.1, api/filters/nameref/nameref.go and seqfilter.go.

use super::UpdateError;
use super::search::{Search, Within};
use crate::node::{self, NodeError};
use yaml::{Content, Node};

/// Updates the fields one rule leads to.
pub(super) struct Update<'a> {
    search: Search<'a>,
    found: Vec<usize>,
    changed: bool,
}

impl<'a> Update<'a> {
    pub fn new(search: Search<'a>) -> Self {
        Self {
            search,
            found: Vec::new(),
            changed: false,
        }
    }

    /// Positions of what was named, each time it was, and whether any field has changed.
    pub fn finish(self) -> (Vec<usize>, bool) {
        (self.found, self.changed)
    }

    /// Updates the node at the end of a path.
    pub fn field(&mut self, node: &mut Node) -> Result<(), UpdateError> {
        if node.is_null() {
            return Ok(());
        }
        match &mut node.content {
            Content::Sequence(items) => items.iter_mut().try_for_each(|item| self.item(item)),
            Content::Mapping(_) => self.map(node),
            Content::Scalar(_) => self.name(node),
        }
    }

    fn item(&mut self, node: &mut Node) -> Result<(), UpdateError> {
        match node.is_sequence() && !node.is_null() {
            true => Err(UpdateError::ListInList { line: node.line }),
            false => self.field(node),
        }
    }

    fn name(&mut self, node: &mut Node) -> Result<(), UpdateError> {
        let Some(found) = self.search.by_name(node.text())? else {
            return Ok(());
        };
        self.found.push(found);
        let name = &self.search.entry(found).id.name;
        if name != node.text() && !name.is_empty() {
            let mut updated = Node::scalar(name.as_str());
            updated.style = node.style;
            updated.line = node.line;
            node.become_like(updated);
            self.changed = true;
        }
        Ok(())
    }

    fn map(&mut self, node: &mut Node) -> Result<(), UpdateError> {
        let Some(name) = node.get("name").map(Node::text) else {
            return Err(UpdateError::NoName { line: node.line });
        };
        let namespace = node.get("namespace").map(Node::text);
        let within = namespace.map_or(Within::Reach, |namespace| self.search.within(namespace));
        let Some(found) = self.search.by_name_within(name, within)? else {
            return Ok(());
        };
        self.found.push(found);
        let today = &self.search.entry(found).id;
        if today.name != name || !today.namespace.is_empty() {
            self.changed = true;
            set(node, "name", &today.name)?;
            // No namespace means any here; it must not take the place of one that is said.
            if !today.namespace.is_empty() {
                set(node, "namespace", &today.namespace)?;
            }
        }
        Ok(())
    }
}

fn set(node: &mut Node, key: &str, value: &str) -> Result<(), NodeError> {
    match value.is_empty() {
        true => node::clear(node, key).map(drop),
        false => node::set_field(node, key, Node::scalar(value)).map(drop),
    }
}
