//! Arguments as bodies read them.
//!
//! The executor has checked their types; what cannot come reads as the zero value of its type, which
//! is also what nil means where Go lets it stand for a map or a slice.

use gotemplate::{Map, Value};

/// A `string`.
pub(crate) fn text(arguments: &[Value], at: usize) -> &[u8] {
    match arguments.get(at) {
        Some(Value::Text(text)) => text.as_bytes(),
        _ => &[],
    }
}

/// An `int`.
pub(crate) fn int(arguments: &[Value], at: usize) -> i64 {
    match arguments.get(at) {
        Some(Value::Int(number)) => *number,
        _ => 0,
    }
}

/// A `float64`.
pub(crate) fn float(arguments: &[Value], at: usize) -> f64 {
    match arguments.get(at) {
        Some(Value::Float(number)) => *number,
        _ => 0.0,
    }
}

/// A `bool`.
pub(crate) fn truth(arguments: &[Value], at: usize) -> bool {
    matches!(arguments.get(at), Some(Value::Bool(true)))
}

/// A `map[string]interface{}`; none if it is a nil one.
pub(crate) fn map(arguments: &[Value], at: usize) -> Option<&Map> {
    match arguments.get(at) {
        Some(Value::Map(map)) => Some(map),
        _ => None,
    }
}

/// An `interface{}`.
pub(crate) fn any(arguments: &[Value], at: usize) -> &Value {
    arguments.get(at).unwrap_or(&Value::Nil)
}

/// What a variadic parameter took.
pub(crate) fn rest(arguments: &[Value], from: usize) -> &[Value] {
    arguments.get(from..).unwrap_or_default()
}
