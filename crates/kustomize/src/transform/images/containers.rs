//! Containers wherever they stand.
//!
//! Comes in: an object of any kind. Goes out: the object with the image of each item of its lists
//! called `containers` or `initContainers` changed. Source: Kustomize 5.8.1,
//! api/filters/imagetag/legacy.go.

use super::update::Update;
use crate::node::{NodeError, get_field};
use yaml::{Content, Node};

pub fn visit(node: &mut Node, update: &Update) -> Result<(), NodeError> {
    match &mut node.content {
        Content::Scalar(_) => Ok(()),
        Content::Sequence(items) => items.iter_mut().try_for_each(|item| visit(item, update)),
        Content::Mapping(entries) => entries.iter_mut().try_for_each(|(key, value)| {
            visit(value, update)?;
            match key.text() {
                "containers" | "initContainers" => change_items(value, update),
                _ => Ok(()),
            }
        }),
    }
}

/// Changes the image of each item. An item that is no map is an error, null is none.
fn change_items(list: &mut Node, update: &Update) -> Result<(), NodeError> {
    for item in list.items_mut().into_iter().flatten() {
        get_field(item, "image")?;
        if let Some(image) = item.get_mut("image") {
            update.write(image)?;
        }
    }
    Ok(())
}
