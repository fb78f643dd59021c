//! Strategic merge patches.
//!
//! Comes in: an object, a patch shaped like it, and the schema, which says which lists are merged
//! and by what. Goes out: the object with the patch in it, or null if the patch deletes it. Source:
//! kyaml 0.21, yaml/merge2 and yaml/walk.
//!
//! What the source does is kept where it surprises, too: the order of merged lists, elements without
//! their key that push others out, nulls without text that disappear from parts no patch names.

mod directive;
mod element;
mod error;
mod graph;
mod keys;
mod list;
mod map;
mod settle;
#[cfg(test)]
mod tests;
mod walk;

pub use error::{MergeError, MergeProblem};

use crate::schema::Schema;
use graph::{Graph, Id};
use walk::Walker;
use yaml::{Content, Node, Tag};

/// Where elements go that only the patch has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Growth {
    /// Before the others, as in patches of kustomizations.
    Before,
    /// Behind the others, as in values of charts.
    Behind,
}

/// Merges a patch into an object. An object the patch deletes becomes null. A patch that says of its
/// root that it replaces the object changes nothing, as upstream. After an error the object is of no
/// use.
pub fn merge(target: &mut Node, patch: &Node, schema: &Schema) -> Result<(), MergeError> {
    merge_taking(target, patch.clone(), schema)
}

/// The same with a patch that is of no more use.
pub(super) fn merge_taking(
    target: &mut Node,
    patch: Node,
    schema: &Schema,
) -> Result<(), MergeError> {
    let (mut walker, dest, origin) = start(target, patch, schema, Growth::Before);
    let merged = walker.walk(Some(dest), Some(origin), None)?;
    *target = match merged {
        // Upstream looks at the node it gave in, not at the one it got back.
        Some(_) => walker.graph.harvest(dest),
        None => null(),
    };
    Ok(())
}

/// Merges two maps of any kind and gives what came of it, null if nothing.
pub fn merge_values(
    mut target: Node,
    patch: &Node,
    schema: &Schema,
    growth: Growth,
) -> Result<Node, MergeError> {
    let (mut walker, dest, origin) = start(&mut target, patch.clone(), schema, growth);
    let merged = walker.walk(Some(dest), Some(origin), None)?;
    Ok(merged.map_or_else(null, |id| walker.graph.harvest(id)))
}

fn start<'a>(
    target: &mut Node,
    patch: Node,
    schema: &'a Schema,
    growth: Growth,
) -> (Walker<'a>, Id, Id) {
    let mut graph = Graph::default();
    let dest = graph.plant(std::mem::replace(target, null()));
    let origin = graph.plant(patch);
    (Walker::new(graph, schema, growth), dest, origin)
}

fn null() -> Node {
    Node::new(Content::Scalar("".into()), Tag::Null)
}
