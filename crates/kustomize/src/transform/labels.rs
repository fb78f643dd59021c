//! Labels that every resource gets.
//!
//! Comes in: resources, labels, and the fields they go to. Goes out: the resources with the labels;
//! one that is there is set to the new value. Source: Kustomize 5.8.1,
//! api/internal/builtins/LabelTransformer.go.

use super::entries;
use crate::file::{FieldSpec, StringMap};
use crate::resource::ResMap;
use crate::schema::Schema;

pub use super::entries::EntryError;

/// Sets labels in the fields of the specs.
pub fn apply(
    resources: &mut ResMap,
    labels: &StringMap,
    specs: &[FieldSpec],
    _: &Schema,
) -> Result<(), EntryError> {
    entries::apply(resources, labels, specs)
}

#[cfg(test)]
mod tests {
    use crate::transform::tests::check;

    #[test]
    fn labels_go_where_they_belong() {
        check(include_str!("cases/labels.txt"));
    }
}
