//! Go's `eq`, `ne`, `lt`, `le`, `gt` and `ge`.
//!
//! Comes in: two values. Goes out: how they compare, or why they do not: a `float64` and an `int`
//! never do, which is why numbers keep their types. Source: Go 1.26, text/template/funcs.go.

use crate::fmt::sprintf;
use crate::function::FunctionError;
use crate::value::{Kind, Value};
use std::cmp::Ordering;
use std::rc::Rc;

/// What comparisons know: the kinds with an order, and everything else.
enum Basic {
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    Complex(f64, f64),
    Text(Value),
    Other,
}

impl Basic {
    fn of(value: &Value) -> Self {
        match value {
            Value::Bool(value) => Self::Bool(*value),
            Value::Int(value) | Value::Int64(value) => Self::Int(*value),
            Value::Uint8(value) => Self::Uint(u64::from(*value)),
            Value::Uint64(value) => Self::Uint(*value),
            Value::Float(value) => Self::Float(*value),
            Value::Complex(real, imaginary) => Self::Complex(*real, *imaginary),
            Value::Text(_) => Self::Text(value.clone()),
            Value::Object(object) => match object.underlying() {
                Some(Value::Object(_)) | None => Self::Other,
                Some(underlying) => Self::of(&underlying),
            },
            Value::Nil | Value::Bytes(_) | Value::List(_) | Value::Map(_) => Self::Other,
        }
    }
}

/// Is the first equal to any of the others?
pub fn eq(first: &Value, others: &[Value]) -> Result<bool, FunctionError> {
    if others.is_empty() {
        return Err("missing argument for comparison".into());
    }
    for other in others {
        if equal(first, other)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Are they unequal?
pub fn ne(left: &Value, right: &Value) -> Result<bool, FunctionError> {
    equal(left, right).map(|equal| !equal)
}

/// Is the first less?
pub fn lt(left: &Value, right: &Value) -> Result<bool, FunctionError> {
    match (Basic::of(left), Basic::of(right)) {
        (Basic::Other, _) | (_, Basic::Other) => Err(bad_type()),
        (Basic::Int(a), Basic::Int(b)) => Ok(a < b),
        (Basic::Uint(a), Basic::Uint(b)) => Ok(a < b),
        (Basic::Float(a), Basic::Float(b)) => Ok(a < b),
        (Basic::Int(a), Basic::Uint(b)) => Ok(order(a, b) == Ordering::Less),
        (Basic::Uint(a), Basic::Int(b)) => Ok(order(b, a) == Ordering::Greater),
        (Basic::Text(a), Basic::Text(b)) => Ok(a.as_text() < b.as_text()),
        (Basic::Bool(_), Basic::Bool(_)) => Err(bad_type()),
        (Basic::Complex(..), Basic::Complex(..)) => Err(bad_type()),
        _ => Err(incompatible(left, right)),
    }
}

/// Is the first less, or equal?
pub fn le(left: &Value, right: &Value) -> Result<bool, FunctionError> {
    Ok(lt(left, right)? || equal(left, right)?)
}

/// Is the first greater?
pub fn gt(left: &Value, right: &Value) -> Result<bool, FunctionError> {
    le(left, right).map(|less_or_equal| !less_or_equal)
}

/// Is the first greater, or equal?
pub fn ge(left: &Value, right: &Value) -> Result<bool, FunctionError> {
    lt(left, right).map(|less| !less)
}

fn equal(left: &Value, right: &Value) -> Result<bool, FunctionError> {
    match (Basic::of(left), Basic::of(right)) {
        (Basic::Bool(a), Basic::Bool(b)) => Ok(a == b),
        (Basic::Int(a), Basic::Int(b)) => Ok(a == b),
        (Basic::Uint(a), Basic::Uint(b)) => Ok(a == b),
        (Basic::Int(a), Basic::Uint(b)) | (Basic::Uint(b), Basic::Int(a)) => {
            Ok(order(a, b) == Ordering::Equal)
        }
        (Basic::Float(a), Basic::Float(b)) => Ok(a == b),
        (Basic::Complex(a, b), Basic::Complex(c, d)) => Ok(a == c && b == d),
        (Basic::Text(a), Basic::Text(b)) => Ok(a.as_text() == b.as_text()),
        (Basic::Other, Basic::Other) => equal_others(left, right),
        _ if left.is_nil() || right.is_nil() => Ok(false),
        _ => Err(incompatible(left, right)),
    }
}

fn order(signed: i64, unsigned: u64) -> Ordering {
    i128::from(signed).cmp(&i128::from(unsigned))
}

/// Nil, slices, maps and objects: only nil and some objects can be compared.
fn equal_others(left: &Value, right: &Value) -> Result<bool, FunctionError> {
    let comparable = left.is_nil() || right.is_nil() || left.kind() == right.kind();
    let (left_nil, right_nil) = (left.is_nil_of_any_type(), right.is_nil_of_any_type());
    if comparable && (left_nil || right_nil) {
        return Ok(left_nil && right_nil);
    }
    let (left_type, right_type) = (left.type_name(), right.type_name());
    if left.kind() != right.kind() {
        let (left, right) = (printed(b"%s", left), printed(b"%v", right));
        let types = format!("{left}: {left_type}, {right_type}: {right}");
        return Err(format!("non-comparable types {types}").into());
    }
    match (left, right) {
        (Value::Object(a), Value::Object(b)) if matches!(a.kind(), Kind::Struct | Kind::Ptr) => {
            let same_struct = || {
                a.kind() == Kind::Struct && a.type_name() == b.type_name() && left.deep_equal(right)
            };
            Ok(Rc::ptr_eq(a, b) || same_struct())
        }
        _ => {
            let right = printed(b"%s", right);
            Err(format!("non-comparable type {right}: {right_type}").into())
        }
    }
}

fn printed(format: &[u8], value: &Value) -> String {
    let text = sprintf(format, std::slice::from_ref(value));
    String::from_utf8_lossy(&text).into_owned()
}

fn bad_type() -> FunctionError {
    "invalid type for comparison".into()
}

fn incompatible(left: &Value, right: &Value) -> FunctionError {
    let (left, right) = (left.type_name(), right.type_name());
    format!("incompatible types for comparison: {left} and {right}").into()
}
