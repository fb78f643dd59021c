//! What holds for a generator: its own options and those for all.
//!
//! Source: Kustomize 5.8.1, api/types/generatoroptions.go.

use crate::file::{GeneratorOptions, StringMap};

/// Both together: a generator's own labels and annotations win, what is switched on by one of the
/// two is on.
pub fn merge(
    own: Option<&GeneratorOptions>,
    of_all: Option<&GeneratorOptions>,
) -> GeneratorOptions {
    let mut merged = own.cloned().unwrap_or_default();
    let Some(of_all) = of_all else {
        return merged;
    };
    add_missing(&mut merged.labels, &of_all.labels);
    add_missing(&mut merged.annotations, &of_all.annotations);
    merged.disable_name_suffix_hash |= of_all.disable_name_suffix_hash;
    merged.immutable |= of_all.immutable;
    merged
}

fn add_missing(own: &mut StringMap, of_all: &StringMap) {
    for (key, value) in of_all {
        own.entry(key.clone()).or_insert_with(|| value.clone());
    }
}
