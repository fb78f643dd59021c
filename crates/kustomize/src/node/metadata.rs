//! What every object carries: its type and its metadata.
//!
//! Comes in: an object's node. Goes out: its kind, name, labels, or the node with them set. Source
//! of the rules: kyaml 0.21, yaml/rnode.go and yaml/kfns.go.

use super::field::{NodeError, add_field, clear, set_field};
use super::lookup::{Create, lookup, lookup_create};
use std::collections::BTreeMap;
use std::sync::Arc;
use yaml::{Form, Node};

/// `kind`, or nothing.
pub fn kind(object: &Node) -> &str {
    object.get("kind").map_or("", Node::text)
}

/// `apiVersion`, or nothing.
pub fn api_version(object: &Node) -> &str {
    object.get("apiVersion").map_or("", Node::text)
}

/// `metadata.name`, or nothing.
pub fn name(object: &Node) -> &str {
    in_metadata(object, "name")
}

/// `metadata.namespace`, or nothing.
pub fn namespace(object: &Node) -> &str {
    in_metadata(object, "namespace")
}

/// `metadata.labels`, sorted; nothing where they are missing.
pub fn labels(object: &Node) -> BTreeMap<Arc<str>, Arc<str>> {
    map_in_metadata(object, "labels")
}

/// `metadata.annotations`, sorted; nothing where they are missing.
pub fn annotations(object: &Node) -> BTreeMap<Arc<str>, Arc<str>> {
    map_in_metadata(object, "annotations")
}

/// One annotation.
pub fn annotation<'a>(object: &'a Node, key: &str) -> Option<&'a str> {
    let metadata = metadata(object)?;
    metadata.get("annotations")?.get(key).map(Node::text)
}

fn metadata(object: &Node) -> Option<&Node> {
    object
        .get("metadata")
        .filter(|found| !object.is_null() && !found.is_null_or_empty())
}

fn in_metadata<'a>(object: &'a Node, field: &str) -> &'a str {
    metadata(object)
        .and_then(|metadata| metadata.get(field))
        .filter(|value| !value.is_null_or_empty())
        .map_or("", Node::text)
}

fn map_in_metadata(object: &Node, field: &str) -> BTreeMap<Arc<str>, Arc<str>> {
    let found = metadata(object).and_then(|metadata| metadata.get(field));
    let entries = found.map_or(&[][..], Node::entries).iter();
    entries
        .map(|(key, value)| (key.text().into(), value.text().into()))
        .collect()
}

/// Sets `kind`.
pub fn set_kind(object: &mut Node, kind: &str) -> Result<(), NodeError> {
    set_field(object, "kind", Node::scalar(kind)).map(drop)
}

/// Sets `apiVersion`.
pub fn set_api_version(object: &mut Node, api_version: &str) -> Result<(), NodeError> {
    set_field(object, "apiVersion", Node::scalar(api_version)).map(drop)
}

/// Sets `metadata.name`.
pub fn set_name(object: &mut Node, name: &str) -> Result<(), NodeError> {
    set_in_metadata(object, "name", Node::scalar(name))
}

/// Sets `metadata.namespace`; an empty one takes the field out.
pub fn set_namespace(object: &mut Node, namespace: &str) -> Result<(), NodeError> {
    if !namespace.is_empty() {
        return set_in_metadata(object, "namespace", Node::scalar(namespace));
    }
    lookup(object, &["metadata"])?;
    match object.get_mut("metadata") {
        Some(metadata) => clear(metadata, "namespace").map(drop),
        None => Ok(()),
    }
}

fn set_in_metadata(object: &mut Node, field: &str, value: Node) -> Result<(), NodeError> {
    match lookup_create(object, &["metadata"], Create::Mapping)? {
        Some(metadata) => set_field(metadata, field, value).map(drop),
        None => Ok(()),
    }
}

/// Sets `metadata.labels`; none at all takes the field out.
pub fn set_labels(
    object: &mut Node,
    labels: &BTreeMap<Arc<str>, Arc<str>>,
) -> Result<(), NodeError> {
    set_map_in_metadata(object, "labels", labels)
}

/// Sets `metadata.annotations`; none at all takes the field out.
pub fn set_annotations(
    object: &mut Node,
    annotations: &BTreeMap<Arc<str>, Arc<str>>,
) -> Result<(), NodeError> {
    set_map_in_metadata(object, "annotations", annotations)
}

fn set_map_in_metadata(
    object: &mut Node,
    field: &str,
    map: &BTreeMap<Arc<str>, Arc<str>>,
) -> Result<(), NodeError> {
    let Some(metadata) = lookup_create(object, &["metadata"], Create::Mapping)? else {
        return Ok(());
    };
    clear(metadata, field)?;
    if map.is_empty() {
        return Ok(());
    }
    // Where the field stands twice, the other one is left, and is added to.
    let Some(node) = lookup_create(metadata, &[field], Create::Mapping)? else {
        return Ok(());
    };
    set_texts(node, map)
}

/// Sets fields of a map to texts. A map that is empty has none of them yet; looking for each would
/// take its time if they are very many.
pub fn set_texts(map: &mut Node, texts: &BTreeMap<Arc<str>, Arc<str>>) -> Result<(), NodeError> {
    let empty = map.is_mapping() && map.entries().is_empty();
    for (key, value) in texts {
        let value = Node::string(Arc::clone(value));
        match empty {
            true => add_field(map, key, value),
            false => set_field(map, key, value).map(drop)?,
        }
    }
    Ok(())
}

/// Sets one annotation, quoted. Annotations that are null or empty make room first.
pub fn set_annotation(object: &mut Node, key: &str, value: &str) -> Result<(), NodeError> {
    clear_empty(object)?;
    let mut value = Node::string(value);
    value.style.form = Form::SingleQuoted;
    match lookup_create(object, &["metadata", "annotations"], Create::Mapping)? {
        Some(annotations) => set_field(annotations, key, value).map(drop),
        None => Ok(()),
    }
}

/// Takes out `metadata.annotations`, then `metadata`, where they hold nothing.
fn clear_empty(object: &mut Node) -> Result<(), NodeError> {
    lookup(object, &["metadata"])?;
    if let Some(metadata) = object.get_mut("metadata").filter(|found| !found.is_null()) {
        clear_if_empty(metadata, "annotations")?;
    }
    clear_if_empty(object, "metadata")
}

fn clear_if_empty(node: &mut Node, key: &str) -> Result<(), NodeError> {
    let empty = super::get_field(node, key)?
        .is_some_and(|value| value.items().is_empty() && value.entries().is_empty());
    if empty {
        clear(node, key)?;
    }
    Ok(())
}
