//! What goes before names.
//!
//! Comes in: resources and a prefix. Goes out: the resources with it before their names, but for kinds
//! whose names are not free. Source: Kustomize 5.8.1, api/internal/builtins/PrefixTransformer.go.

use super::affix::{self, Affix};
use crate::file::FieldSpec;
use crate::resource::ResMap;
use crate::schema::Schema;

pub use super::affix::AffixError;

/// Puts a prefix to the fields of the specs. Each resource remembers what it was called; an empty prefix
/// is not remembered.
pub fn apply(
    resources: &mut ResMap,
    prefix: &str,
    specs: &[FieldSpec],
    schema: &Schema,
) -> Result<(), AffixError> {
    affix::apply(resources, Affix::Prefix(prefix), specs, schema)
}

#[cfg(test)]
mod tests {
    use crate::transform::tests::check;

    #[test]
    fn names_get_a_prefix() {
        check(include_str!("cases/prefix.txt"));
    }
}
