//! Types and kinds of values, by Go's names. Source: sprig 3.3, `reflect.go`.

use crate::arguments::{any, text};
use crate::signature::{Outcome, add_all, fixed};
use gotemplate::{Call, Function, Functions, Parameter, Value};

/// Adds the family.
pub(crate) fn add_to(functions: &mut Functions) {
    add_all(functions, FAMILY);
}

const ANY: Parameter = Parameter::Any;
const TEXT: Parameter = Parameter::Text;

const FAMILY: &[(&str, Function)] = &[
    ("typeOf", fixed(&[ANY], type_of)),
    ("typeIs", fixed(&[TEXT, ANY], type_is)),
    ("typeIsLike", fixed(&[TEXT, ANY], type_is_like)),
    ("kindOf", fixed(&[ANY], kind_of)),
    ("kindIs", fixed(&[TEXT, ANY], kind_is)),
    ("deepEqual", fixed(&[ANY, ANY], deep_equal)),
];

fn type_of(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(any(arguments, 0).type_name().into())
}

fn type_is(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let name = any(arguments, 1).type_name();
    Ok(Value::Bool(text(arguments, 0) == name.as_bytes()))
}

/// The type, or a pointer to it.
fn type_is_like(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let (wanted, name) = (text(arguments, 0), any(arguments, 1).type_name());
    let pointed = name.strip_prefix('*').map(str::as_bytes);
    Ok(Value::Bool(
        wanted == name.as_bytes() || Some(wanted) == pointed,
    ))
}

fn kind_of(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(any(arguments, 0).kind().name().into())
}

fn kind_is(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let name = any(arguments, 1).kind().name();
    Ok(Value::Bool(text(arguments, 0) == name.as_bytes()))
}

fn deep_equal(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let equal = any(arguments, 0).deep_equal(any(arguments, 1));
    Ok(Value::Bool(equal))
}
