//! What was generated, added to what is there.
//!
//! Comes in: a ConfigMap or Secret that a generator made. Goes out: the resources with it: as a new
//! one, in place of the one of its name, or merged into that. Source: Kustomize 5.8.1,
//! api/resmap/reswrangler.go (AbsorbAll).

use crate::node::{self, Create, NodeError};
use crate::resource::{Behavior, Origin, Positions, ResId, ResMap, ResMapError, Resource};
use crate::schema::Schema;
use std::collections::BTreeMap;
use std::sync::Arc;
use yaml::Node;

impl Positions {
    /// Adds a generated resource to the map these positions are of.
    pub(super) fn absorb(
        &mut self,
        made: Resource,
        map: &mut ResMap,
        schema: &Schema,
    ) -> Result<(), ResMapError> {
        let id = made.current_id(schema);
        let behavior = made.behavior();
        let replaces = matches!(behavior, Behavior::Replace | Behavior::Merge);
        match (self.get(&id), replaces) {
            ([], true) => Err(ResMapError::NothingToMerge(id.into())),
            ([], false) => {
                self.add(map.resources.len(), &made, schema);
                map.resources.push(made);
                Ok(())
            }
            ([at], true) => take_place(made, &id, &mut map.resources[*at], schema),
            ([_], false) => Err(ResMapError::Exists {
                id: id.into(),
                behavior: behavior.as_str(),
            }),
            _ => Err(ResMapError::ManyToMerge(id.into())),
        }
    }
}

/// Puts a generated resource where another is, which keeps its name and place in the order.
fn take_place(
    mut made: Resource,
    id: &ResId,
    old: &mut Resource,
    schema: &Schema,
) -> Result<(), ResMapError> {
    let shape = |source| ResMapError::Shape {
        id: id.clone().into(),
        source,
    };
    let origin = match made.behavior() {
        Behavior::Merge => old.origin().ok().flatten(),
        _ => None,
    };
    let merge = made.behavior() == Behavior::Merge;
    made.copy_metadata_from(old).map_err(shape)?;
    if merge {
        merge_data(&mut made, old, origin).map_err(shape)?;
    }
    // It has its name from the other one; only of another kind can it be another object.
    if !made.current_id(schema).same(&old.current_id(schema)) {
        return Err(ResMapError::NothingToMerge(made.current_id(schema).into()));
    }
    *old = made;
    Ok(())
}

fn merge_data(
    made: &mut Resource,
    old: &Resource,
    origin: Option<Origin>,
) -> Result<(), NodeError> {
    for field in ["data", "binaryData"] {
        let mut merged = texts(&old.node, field);
        merged.extend(texts(&made.node, field));
        set_texts(&mut made.node, field, merged)?;
    }
    match origin {
        // Only a resource without a place for annotations could refuse one it had.
        Some(origin) => made.set_origin(&origin).or(Ok(())),
        None => Ok(()),
    }
}

fn texts(object: &Node, field: &str) -> BTreeMap<Arc<str>, Arc<str>> {
    let text = |node: &Node| match node.is_null() {
        true => Arc::from(""),
        false => Arc::from(node.text()),
    };
    let entries = object.get(field).map_or(&[][..], Node::entries);
    // Of equal keys the first counts.
    let entries = entries.iter().rev();
    entries
        .map(|(key, value)| (text(key), text(value)))
        .collect()
}

fn set_texts(
    object: &mut Node,
    field: &str,
    texts: BTreeMap<Arc<str>, Arc<str>>,
) -> Result<(), NodeError> {
    node::clear(object, field)?;
    if texts.is_empty() {
        return Ok(());
    }
    match node::lookup_create(object, &[field], Create::Mapping)? {
        Some(map) => node::set_texts(map, &texts),
        None => Ok(()),
    }
}
