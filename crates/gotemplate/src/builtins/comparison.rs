//! `eq` and its kin, and `not`.

use crate::compare;
use crate::function::{Call, FunctionError};
use crate::value::Value;

type Result = std::result::Result<Value, FunctionError>;

pub(super) fn eq(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    compare::eq(&arguments[0], &arguments[1..]).map(Value::Bool)
}

pub(super) fn ne(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    compare::ne(&arguments[0], &arguments[1]).map(Value::Bool)
}

pub(super) fn lt(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    compare::lt(&arguments[0], &arguments[1]).map(Value::Bool)
}

pub(super) fn le(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    compare::le(&arguments[0], &arguments[1]).map(Value::Bool)
}

pub(super) fn gt(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    compare::gt(&arguments[0], &arguments[1]).map(Value::Bool)
}

pub(super) fn ge(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    compare::ge(&arguments[0], &arguments[1]).map(Value::Bool)
}

pub(super) fn not(_: &mut Call<'_>, arguments: &[Value]) -> Result {
    Ok(Value::Bool(!arguments[0].truth()))
}
