//! The functions around JSON. Those without `must` swallow errors; `toRawJson` cannot.

use super::{Html, JsonError, decode, encode, encode_indented};
use crate::arguments::{any, text};
use crate::signature::{Outcome, add_all, fixed};
use gotemplate::{Call, Function, FunctionError, Functions, Parameter, Value};

/// Adds the family.
pub(crate) fn add_to(functions: &mut Functions) {
    add_all(functions, FAMILY);
}

const ANY: Parameter = Parameter::Any;
const TEXT: Parameter = Parameter::Text;

const FAMILY: &[(&str, Function)] = &[
    ("fromJson", fixed(&[TEXT], from_json)),
    ("mustFromJson", fixed(&[TEXT], must_from_json)),
    ("toJson", fixed(&[ANY], to_json)),
    ("mustToJson", fixed(&[ANY], must_to_json)),
    ("toPrettyJson", fixed(&[ANY], to_pretty_json)),
    ("mustToPrettyJson", fixed(&[ANY], must_to_pretty_json)),
    ("toRawJson", fixed(&[ANY], to_raw_json)),
    ("mustToRawJson", fixed(&[ANY], to_raw_json)),
];

fn from_json(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(decode(text(arguments, 0)).unwrap_or_default())
}

fn must_from_json(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    decode(text(arguments, 0)).map_err(FunctionError::passed_on)
}

fn to_json(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    written(Ok(
        encode(any(arguments, 0), Html::Escape).unwrap_or_default()
    ))
}

fn must_to_json(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    written(encode(any(arguments, 0), Html::Escape))
}

fn to_pretty_json(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    written(Ok(encode_indented(any(arguments, 0)).unwrap_or_default()))
}

fn must_to_pretty_json(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    written(encode_indented(any(arguments, 0)))
}

fn to_raw_json(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    written(encode(any(arguments, 0), Html::Keep))
}

fn written(json: Result<Vec<u8>, JsonError>) -> Outcome {
    let json = json.map_err(FunctionError::passed_on)?;
    Ok(Value::Text(json.into()))
}
