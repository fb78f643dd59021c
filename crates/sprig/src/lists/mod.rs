//! Lists. Source: sprig 3.3, `list.go`.
//!
//! In: anything that Go's reflection calls a slice. Out: new lists; what comes in never changes.
//! Functions without `must` panic where the others fail: in a template both are the same error.

mod elements;
mod grow;
mod members;
mod parts;
mod sort;

use crate::signature::{add_all, fixed, variadic};
use gotemplate::{Function, Functions, Parameter};

pub(crate) use elements::elements;

const ANY: Parameter = Parameter::Any;
const INT: Parameter = Parameter::Int;

/// Adds the family.
pub(crate) fn add_to(functions: &mut Functions) {
    add_all(functions, FAMILY);
}

const FAMILY: &[(&str, Function)] = &[
    ("list", variadic(&[ANY], grow::list)),
    ("tuple", variadic(&[ANY], grow::list)),
    ("append", fixed(&[ANY, ANY], grow::push)),
    ("push", fixed(&[ANY, ANY], grow::push)),
    ("mustAppend", fixed(&[ANY, ANY], grow::push)),
    ("mustPush", fixed(&[ANY, ANY], grow::push)),
    ("prepend", fixed(&[ANY, ANY], grow::prepend)),
    ("mustPrepend", fixed(&[ANY, ANY], grow::prepend)),
    ("concat", variadic(&[ANY], grow::concat)),
    ("first", fixed(&[ANY], parts::first)),
    ("mustFirst", fixed(&[ANY], parts::first)),
    ("last", fixed(&[ANY], parts::last)),
    ("mustLast", fixed(&[ANY], parts::last)),
    ("rest", fixed(&[ANY], parts::rest)),
    ("mustRest", fixed(&[ANY], parts::rest)),
    ("initial", fixed(&[ANY], parts::initial)),
    ("mustInitial", fixed(&[ANY], parts::initial)),
    ("slice", variadic(&[ANY, ANY], parts::slice)),
    ("mustSlice", variadic(&[ANY, ANY], parts::slice)),
    ("chunk", fixed(&[INT, ANY], parts::chunk)),
    ("mustChunk", fixed(&[INT, ANY], parts::chunk)),
    ("reverse", fixed(&[ANY], sort::reverse)),
    ("mustReverse", fixed(&[ANY], sort::reverse)),
    ("sortAlpha", fixed(&[ANY], sort::sort_alpha)),
    ("compact", fixed(&[ANY], members::compact)),
    ("mustCompact", fixed(&[ANY], members::compact)),
    ("uniq", fixed(&[ANY], members::uniq)),
    ("mustUniq", fixed(&[ANY], members::uniq)),
    ("without", variadic(&[ANY, ANY], members::without)),
    ("mustWithout", variadic(&[ANY, ANY], members::without)),
    ("has", fixed(&[ANY, ANY], members::has)),
    ("mustHas", fixed(&[ANY, ANY], members::has)),
];
