//! What stands in for nothing. Source: sprig 3.3, `defaults.go`.
//!
//! Nothing is nil, zero, false, an empty text, list or map. Structs never are.

use crate::arguments::{any, text, truth};
use crate::signature::{Outcome, add_all, fail, fixed, variadic};
use gotemplate::{Call, Function, Functions, Parameter, Value};

/// Adds the family.
pub(crate) fn add_to(functions: &mut Functions) {
    add_all(functions, FAMILY);
}

const ANY: Parameter = Parameter::Any;

const FAMILY: &[(&str, Function)] = &[
    ("default", variadic(&[ANY, ANY], default)),
    ("empty", fixed(&[ANY], empty)),
    ("coalesce", variadic(&[ANY], coalesce)),
    ("all", variadic(&[ANY], all)),
    ("any", variadic(&[ANY], some)),
    ("ternary", fixed(&[ANY, ANY, Parameter::Bool], ternary)),
    ("fail", fixed(&[Parameter::Text], refuse)),
];

/// The second argument, or the first if the second is nothing.
fn default(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let given = any(arguments, 1);
    let chosen = if given.truth() {
        given
    } else {
        any(arguments, 0)
    };
    Ok(chosen.clone())
}

fn empty(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Bool(any(arguments, 0).is_empty()))
}

fn coalesce(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let first = arguments.iter().find(|value| value.truth());
    Ok(first.cloned().unwrap_or_default())
}

fn all(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Bool(arguments.iter().all(Value::truth)))
}

fn some(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Bool(arguments.iter().any(Value::truth)))
}

fn ternary(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let at = if truth(arguments, 2) { 0 } else { 1 };
    Ok(any(arguments, at).clone())
}

fn refuse(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    fail(String::from_utf8_lossy(text(arguments, 0)))
}
