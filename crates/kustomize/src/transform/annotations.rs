//! Annotations that every resource gets.
//!
//! Comes in: resources, annotations, and the fields they go to. Goes out: the resources with the annotations;
//! one that is there is set to the new value. Source: Kustomize 5.8.1,
//! api/internal/builtins/AnnotationsTransformer.go.

use super::entries;
use crate::file::{FieldSpec, StringMap};
use crate::resource::ResMap;
use crate::schema::Schema;

pub use super::entries::EntryError;

/// Sets annotations in the fields of the specs.
pub fn apply(
    resources: &mut ResMap,
    annotations: &StringMap,
    specs: &[FieldSpec],
    _: &Schema,
) -> Result<(), EntryError> {
    entries::apply(resources, annotations, specs)
}

#[cfg(test)]
mod tests {
    use crate::transform::tests::check;

    #[test]
    fn annotations_go_where_they_belong() {
        check(include_str!("cases/annotations.txt"));
    }
}
