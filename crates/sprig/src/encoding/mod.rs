//! `b64enc`, `b64dec`, `b32enc`, `b32dec`.
//!
//! In: bytes. Out: bytes. What cannot be decoded gives Go's words on it as its result, not an
//! error: that is how these functions are. Source: sprig 3.3, strings.go.

mod base32;
pub(crate) mod base64;
#[cfg(test)]
mod tests;

use gotemplate::{Call, Function, FunctionError, Functions, Parameter, Value};

type Body = fn(&mut Call<'_>, &[Value]) -> Result<Value, FunctionError>;

const FUNCTIONS: [(&str, Body); 4] = [
    ("b64enc", |_, arguments| coded(base64::encode, arguments)),
    ("b64dec", |_, arguments| coded(base64::decode, arguments)),
    ("b32enc", |_, arguments| coded(base32::encode, arguments)),
    ("b32dec", |_, arguments| coded(base32::decode, arguments)),
];

/// Adds these functions.
pub fn add_to(functions: &mut Functions) {
    for (name, body) in FUNCTIONS {
        let function = Function {
            parameters: &[Parameter::Text],
            variadic: false,
            body,
        };
        functions.add(name, function);
    }
}

fn coded(code: fn(&[u8]) -> Vec<u8>, arguments: &[Value]) -> Result<Value, FunctionError> {
    match &arguments[0] {
        Value::Text(text) => Ok(Value::Text(code(text.as_bytes()).into())),
        _ => Err(FunctionError::new("wrong type for value; expected string")),
    }
}
