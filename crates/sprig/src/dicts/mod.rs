//! Maps. Source: sprig 3.3, `dict.go`; mergo 1.0; copystructure 1.2.
//!
//! In: maps, which are shared: `set`, `unset` and the merging functions change them for everyone who
//! holds them, as in Go. Out: maps, lists in the order of keys, single values. Go's own order of
//! keys is random.

mod copy;
mod dig;
mod entries;
mod merge;
mod select;

use crate::signature::{add_all, fixed, variadic};
use gotemplate::{Function, Functions, Parameter};

const ANY: Parameter = Parameter::Any;
const MAP: Parameter = Parameter::Map;
const TEXT: Parameter = Parameter::Text;

/// Adds the family.
pub(crate) fn add_to(functions: &mut Functions) {
    add_all(functions, FAMILY);
}

const FAMILY: &[(&str, Function)] = &[
    ("dict", variadic(&[ANY], entries::dict)),
    ("get", fixed(&[MAP, TEXT], entries::get)),
    ("set", fixed(&[MAP, TEXT, ANY], entries::set)),
    ("unset", fixed(&[MAP, TEXT], entries::unset)),
    ("hasKey", fixed(&[MAP, TEXT], entries::has_key)),
    ("pluck", variadic(&[TEXT, MAP], select::pluck)),
    ("keys", variadic(&[MAP], select::keys)),
    ("values", fixed(&[MAP], select::values)),
    ("pick", variadic(&[MAP, TEXT], select::pick)),
    ("omit", variadic(&[MAP, TEXT], select::omit)),
    ("merge", variadic(&[MAP, MAP], merge::merge)),
    ("mustMerge", variadic(&[MAP, MAP], merge::merge)),
    (
        "mergeOverwrite",
        variadic(&[MAP, MAP], merge::merge_overwrite),
    ),
    (
        "mustMergeOverwrite",
        variadic(&[MAP, MAP], merge::merge_overwrite),
    ),
    ("deepCopy", fixed(&[ANY], copy::deep_copy)),
    ("mustDeepCopy", fixed(&[ANY], copy::deep_copy)),
    ("dig", variadic(&[ANY], dig::dig)),
];
