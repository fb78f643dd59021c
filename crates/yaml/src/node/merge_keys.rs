//! Merge keys, as kyaml resolves them.
//!
//! Comes in: a mapping's entries, and what the mappings behind its `<<` hold. Goes out: the entries
//! it is left with. What a mapping says itself stands where it stood and wins; what it takes over
//! comes behind. Source of the rules: kyaml 0.21, yaml/rnode.go (mergeAll) and yaml/fns.go
//! (MapEntrySetter), with what they do to null keys.

use super::{Node, Tag};
use crate::read::Problem;
use std::collections::HashMap;
use std::rc::Rc;

/// A node as written, or one that is already expanded.
#[derive(Clone)]
pub enum Part<'t> {
    Written {
        node: &'t Node,
        /// It comes from behind a `<<`.
        merged: bool,
    },
    Expanded(Rc<Node>),
}

impl Part<'_> {
    fn node(&self) -> &Node {
        match self {
            Self::Written { node, .. } => node,
            Self::Expanded(node) => node,
        }
    }
}

pub type Entry<'t> = (Part<'t>, Part<'t>);

/// The value of a mapping's merge key.
pub fn value<'t>(entries: &[Entry<'t>]) -> Result<Option<Part<'t>>, Problem> {
    let mut values = entries
        .iter()
        .filter(|(key, _)| key.node().tag == Tag::Merge)
        .map(|(_, value)| value.clone());
    let first = values.next();
    match values.next() {
        Some(_) => Err(Problem::DuplicateMergeKey),
        None => Ok(first),
    }
}

/// Takes the first key that reads `<<` out, quoted or not.
pub fn clear(entries: &mut Vec<Entry<'_>>) {
    let at = entries
        .iter()
        .position(|(key, _)| key.node().text() == "<<");
    if let Some(at) = at {
        entries.remove(at);
    }
}

/// A mapping's entries with those of the sources merged in, the last source first to give way.
pub fn merged<'t>(own: Vec<Entry<'t>>, sources: &[Vec<Entry<'t>>]) -> Vec<Entry<'t>> {
    let has_null_key = own.iter().any(|(key, _)| key.node().tag == Tag::Null);
    if sources.is_empty() && !has_null_key {
        return own;
    }
    let mut result = Merged::of(own.clone());
    for source in sources {
        result.set_all(source);
    }
    result.set_all(&own);
    result.entries
}

struct Merged<'t> {
    entries: Vec<Entry<'t>>,
    first: HashMap<String, usize>,
}

impl<'t> Merged<'t> {
    fn of(entries: Vec<Entry<'t>>) -> Self {
        let first = first_of_each(&entries);
        Self { entries, first }
    }

    /// Sets each key as often as the source has it, always to its first value.
    fn set_all(&mut self, source: &[Entry<'t>]) {
        let first = first_of_each(source);
        for (key, _) in source {
            if let Some(at) = first.get(key.node().text()) {
                self.set(source[*at].clone());
            }
        }
    }

    /// A null key is looked for as an empty text, and so seldom found.
    fn set(&mut self, entry: Entry<'t>) {
        let key = entry.0.node();
        let name = match key.tag {
            Tag::Null => "",
            _ => key.text(),
        };
        let renamed = name != key.text();
        match self.first.get(name) {
            Some(at) => self.entries[*at] = entry,
            None => {
                let text = key.text().to_owned();
                self.first.entry(text).or_insert(self.entries.len());
                self.entries.push(entry);
            }
        }
        if renamed {
            self.first = first_of_each(&self.entries);
        }
    }
}

fn first_of_each(entries: &[Entry<'_>]) -> HashMap<String, usize> {
    let mut first = HashMap::with_capacity(entries.len());
    for (at, (key, _)) in entries.iter().enumerate() {
        first.entry(key.node().text().to_owned()).or_insert(at);
    }
    first
}
