//! From a graph back to a tree.
//!
//! Comes in: the node to start at. Goes out: the tree below it. Nodes that are held more than once are
//! copied, all others moved.

use super::{Body, Entry, Graph, Id};
use std::collections::HashSet;
use yaml::{Content, Node};

impl Graph {
    /// The tree that starts at a node. The graph is of no use any more then.
    pub fn harvest(mut self, root: Id) -> Node {
        let mut seen = HashSet::new();
        let mut shared = HashSet::new();
        self.count(root, &mut seen, &mut shared);
        self.fold(root, &shared)
    }

    /// Finds the nodes that are held more than once, and all below them.
    fn count(&self, id: Id, seen: &mut HashSet<Id>, shared: &mut HashSet<Id>) {
        if !seen.insert(id) && !shared.insert(id) {
            return;
        }
        match &self.entries[id.0].body {
            Body::Sequence(items) => items.iter().for_each(|id| self.count(*id, seen, shared)),
            Body::Mapping(entries) => {
                let values = entries.iter().map(|(_, value)| *value);
                values.for_each(|id| self.count(id, seen, shared));
            }
            Body::Scalar(_) | Body::Folded(_) => {}
        }
    }

    fn fold(&mut self, id: Id, shared: &HashSet<Id>) -> Node {
        let entry = match shared.contains(&id) {
            true => self.entries[id.0].clone(),
            false => self.entries[id.0].take(),
        };
        let content = match entry.body {
            Body::Scalar(text) => Content::Scalar(text),
            Body::Folded(content) => content,
            Body::Sequence(items) => {
                let items = items.into_iter();
                Content::Sequence(items.map(|id| self.fold(id, shared)).collect())
            }
            Body::Mapping(entries) => {
                let entries = entries.into_iter();
                let folded = entries.map(|(key, value)| (key, self.fold(value, shared)));
                Content::Mapping(folded.collect())
            }
        };
        Node {
            content,
            tag: entry.tag,
            style: entry.style,
            line: entry.line,
            comments: entry.comments,
            bond: entry.bond,
        }
    }
}

impl Entry {
    fn take(&mut self) -> Self {
        Self {
            body: std::mem::replace(&mut self.body, Body::Sequence(Vec::new())),
            tag: std::mem::take(&mut self.tag),
            style: self.style,
            line: self.line,
            comments: self.comments.take(),
            bond: self.bond,
            kept: self.kept,
        }
    }
}
