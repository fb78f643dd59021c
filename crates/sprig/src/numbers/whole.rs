//! Arithmetic of whole numbers, which wrap around.

use crate::arguments::any;
use crate::cast::to_int;
use crate::panics;
use crate::signature::Outcome;
use gotemplate::{Call, Value};

pub(super) fn add1(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Int64(to_int(any(arguments, 0)).wrapping_add(1)))
}

pub(super) fn add(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let sum = arguments.iter().map(to_int).fold(0, i64::wrapping_add);
    Ok(Value::Int64(sum))
}

pub(super) fn sub(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let (a, b) = pair(arguments);
    Ok(Value::Int64(a.wrapping_sub(b)))
}

pub(super) fn mul(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let product = arguments.iter().map(to_int).fold(1, i64::wrapping_mul);
    Ok(Value::Int64(product))
}

pub(super) fn div(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    match pair(arguments) {
        (_, 0) => Err(panics::division()),
        (a, b) => Ok(Value::Int64(a.wrapping_div(b))),
    }
}

pub(super) fn remainder(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    match pair(arguments) {
        (_, 0) => Err(panics::division()),
        (a, b) => Ok(Value::Int64(a.wrapping_rem(b))),
    }
}

pub(super) fn max(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let largest = arguments.iter().map(to_int).max();
    Ok(Value::Int64(largest.unwrap_or(0)))
}

pub(super) fn min(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let smallest = arguments.iter().map(to_int).min();
    Ok(Value::Int64(smallest.unwrap_or(0)))
}

fn pair(arguments: &[Value]) -> (i64, i64) {
    (to_int(any(arguments, 0)), to_int(any(arguments, 1)))
}
