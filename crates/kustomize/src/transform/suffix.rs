//! What goes behind names.
//!
//! Comes in: resources and a suffix. Goes out: the resources with it behind their names, but for kinds
//! whose names are not free. Source: Kustomize 5.8.1, api/internal/builtins/SuffixTransformer.go.

use super::affix::{self, Affix};
use crate::file::FieldSpec;
use crate::resource::ResMap;
use crate::schema::Schema;

pub use super::affix::AffixError;

/// Puts a suffix to the fields of the specs. Each resource remembers what it was called; an empty suffix
/// is not remembered.
pub fn apply(
    resources: &mut ResMap,
    suffix: &str,
    specs: &[FieldSpec],
    schema: &Schema,
) -> Result<(), AffixError> {
    affix::apply(resources, Affix::Suffix(suffix), specs, schema)
}

#[cfg(test)]
mod tests {
    use crate::transform::tests::check;

    #[test]
    fn names_get_a_suffix() {
        check(include_str!("cases/suffix.txt"));
    }
}
