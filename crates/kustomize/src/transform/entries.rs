//! Entries set in the maps that field specs lead to: what labels and annotations have in common.
//!
//! Comes in: resources, entries, field specs. Goes out: the resources with the entries in each such
//! map. Where one entry is new in several maps of an object, these share its value from then on. Source:
//! Kustomize 5.8.1, api/filters/labels and api/filters/annotations.

use super::field_spec::{FieldPath, FieldSpecError, Make};
use super::set::{self, Entry};
use crate::file::{FieldSpec, StringMap};
use crate::node::NodeError;
use crate::resource::{ResMap, Resource};
use yaml::Node;

/// Why an entry could not be set.
pub type EntryError = FieldSpecError<NodeError>;

/// How many bytes one map of entries may take everywhere.
const MOST: usize = 512 << 20;
/// What a new entry takes besides its texts.
const OF_AN_ENTRY: usize = 512;

pub fn apply(
    resources: &mut ResMap,
    entries: &StringMap,
    specs: &[FieldSpec],
) -> Result<(), EntryError> {
    let paths = FieldPath::all(specs);
    let mut left = MOST;
    for resource in &mut resources.resources {
        let object = &resource.node;
        let fitting: Vec<&FieldPath> = paths.iter().filter(|path| path.fits(object)).collect();
        let mut unsettled = false;
        for (key, value) in entries {
            unsettled |= set(resource, key, value, &fitting, &mut left)?;
        }
        if unsettled {
            resource.settle();
        }
    }
    Ok(())
}

/// Sets one entry. Says whether a shared node has changed.
fn set(
    resource: &mut Resource,
    key: &str,
    value: &str,
    paths: &[&FieldPath],
    left: &mut usize,
) -> Result<bool, EntryError> {
    let bond = resource.shared.bond();
    let mut new: Option<Node> = None;
    let (mut is_shared, mut unsettled) = (false, false);
    for path in paths {
        path.apply_unsettled(&mut resource.node, Some(&Make::MAPPING), &mut |map| {
            let entry = set::entry(map, key, value)?;
            let bytes = match entry {
                Some(Entry::New(_)) => OF_AN_ENTRY + key.len(),
                _ => 0,
            };
            let after = left.checked_sub(bytes + value.len());
            *left = after.ok_or(NodeError::TooMuchText(MOST))?;
            match entry {
                Some(Entry::New(node)) => {
                    is_shared = new.is_some();
                    node.bond = bond;
                    new = Some(node.clone());
                }
                Some(Entry::Old(node)) => unsettled |= node.bond.is_some(),
                None => {}
            }
            Ok(())
        })?;
    }
    if let Some(mut node) = new.filter(|_| is_shared) {
        node.bond = bond;
        resource.shared.add(node);
    }
    Ok(unsettled)
}
