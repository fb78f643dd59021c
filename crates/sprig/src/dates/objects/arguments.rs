//! The arguments of methods, checked as Go checks them.

use super::duration::Duration;
use super::location::Location;
use super::time;
use crate::dates::time::Time;
use crate::dates::zone::Zone;
use gotemplate::{FunctionError, Value};

pub fn none(method: &str, arguments: &[Value]) -> Result<(), FunctionError> {
    match arguments {
        [] => Ok(()),
        _ => Err(wrong_count(method, 0, arguments)),
    }
}

fn one<'a>(method: &str, arguments: &'a [Value]) -> Result<&'a Value, FunctionError> {
    match arguments {
        [argument] => Ok(argument),
        _ => Err(wrong_count(method, 1, arguments)),
    }
}

pub fn one_text<'a>(method: &str, arguments: &'a [Value]) -> Result<&'a [u8], FunctionError> {
    match one(method, arguments)? {
        Value::Text(text) => Ok(text.as_bytes()),
        _ => Err(wrong_type("string")),
    }
}

pub fn one_time<'a>(method: &str, arguments: &'a [Value]) -> Result<&'a Time, FunctionError> {
    time(one(method, arguments)?).ok_or_else(|| wrong_type("time.Time"))
}

pub fn one_duration(method: &str, arguments: &[Value]) -> Result<i64, FunctionError> {
    match one(method, arguments)? {
        Value::Object(object) => {
            let duration: Option<&Duration> = object.as_any().downcast_ref();
            duration
                .map(|duration| duration.0)
                .ok_or_else(|| wrong_type("time.Duration"))
        }
        number => integer(number, "time.Duration"),
    }
}

pub fn one_location(method: &str, arguments: &[Value]) -> Result<Zone, FunctionError> {
    let location = match one(method, arguments)? {
        Value::Object(object) => object.as_any().downcast_ref(),
        _ => None,
    };
    let location: &Location = location.ok_or_else(|| wrong_type("*time.Location"))?;
    Ok(location.0.clone())
}

/// A number written in the template may be of any integer type.
pub fn integer(value: &Value, wanted: &str) -> Result<i64, FunctionError> {
    match value {
        Value::Int(number) => Ok(*number),
        _ => Err(wrong_type(wanted)),
    }
}

pub fn wrong_count(method: &str, want: usize, arguments: &[Value]) -> FunctionError {
    let got = arguments.len();
    FunctionError::new(format!(
        "wrong number of args for {method}: want {want} got {got}"
    ))
}

fn wrong_type(wanted: &str) -> FunctionError {
    FunctionError::new(format!("wrong type for value; expected {wanted}"))
}
