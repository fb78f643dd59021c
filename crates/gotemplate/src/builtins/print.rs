//! `print`, `printf`, `println`.

use crate::fmt;
use crate::function::{Call, FunctionError};
use crate::value::Value;

type Result = std::result::Result<Value, FunctionError>;

pub(super) fn print(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    Ok(Value::text(fmt::sprint(arguments)))
}

pub(super) fn printf(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    let format = arguments[0]
        .as_text()
        .map(AsRef::as_ref)
        .unwrap_or_default();
    Ok(Value::text(fmt::sprintf(format, &arguments[1..])))
}

pub(super) fn println(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    Ok(Value::text(fmt::sprintln(arguments)))
}
