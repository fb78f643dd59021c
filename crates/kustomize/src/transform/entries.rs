//! Entries set in the maps that field specs lead to: what labels and annotations have in common.
//!
//! Comes in: resources, entries, field specs. Goes out: the resources with the entries in each such
//! map. Source: Kustomize 5.8.1, api/filters/labels and api/filters/annotations.

use super::field_spec::{FieldPath, FieldSpecError, Make};
use super::set;
use crate::file::{FieldSpec, StringMap};
use crate::node::NodeError;
use crate::resource::ResMap;

/// Why an entry could not be set.
pub type EntryError = FieldSpecError<NodeError>;

pub fn apply(
    resources: &mut ResMap,
    entries: &StringMap,
    specs: &[FieldSpec],
) -> Result<(), EntryError> {
    let paths = FieldPath::all(specs);
    for resource in &mut resources.resources {
        let object = &mut resource.node;
        let fitting: Vec<&FieldPath> = paths.iter().filter(|path| path.fits(object)).collect();
        for (key, value) in entries {
            for path in &fitting {
                path.apply(object, Some(&Make::MAPPING), &mut |map| {
                    set::entry(map, key, value)
                })?;
            }
        }
    }
    Ok(())
}
