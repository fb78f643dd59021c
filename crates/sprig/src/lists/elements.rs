//! The items of whatever Go's reflection calls a slice.

use crate::panics;
use gotemplate::{FunctionError, Kind, Value};
use std::borrow::Cow;

/// The items of a value, or its kind if it is no slice.
pub(crate) fn elements(value: &Value) -> Result<Cow<'_, [Value]>, Kind> {
    if let Value::List(list) = value {
        return Ok(Cow::Borrowed(list.items()));
    }
    match value.kind() {
        Kind::Slice => Ok(Cow::Owned(value.items().unwrap_or_default())),
        kind => Err(kind),
    }
}

/// The items of an argument that must be a slice; `refusal` is how the function says that it is not.
pub(super) fn demand<'a>(
    value: &'a Value,
    refusal: &str,
) -> Result<Cow<'a, [Value]>, FunctionError> {
    elements(value).map_err(|kind| match kind {
        Kind::Invalid => panics::nil_pointer(),
        kind => FunctionError::new(format!("{refusal} {kind}")),
    })
}
