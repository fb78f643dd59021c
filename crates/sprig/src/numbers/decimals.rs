//! Arithmetic in decimals: `addf 0.1 0.2` is `0.3`.

use super::decimal::Decimal;
use crate::arguments::{any, rest};
use crate::cast::to_float;
use crate::signature::Outcome;
use gotemplate::{Call, FunctionError, Value};

type Operation = fn(&Decimal, &Decimal) -> Result<Decimal, FunctionError>;

pub(super) fn add1f(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    folded(any(arguments, 0), &[Value::Int(1)], Decimal::add)
}

pub(super) fn addf(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    folded(&Value::Float(0.0), arguments, Decimal::add)
}

pub(super) fn subf(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    folded(any(arguments, 0), rest(arguments, 1), Decimal::sub)
}

pub(super) fn mulf(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    folded(any(arguments, 0), rest(arguments, 1), Decimal::mul)
}

pub(super) fn divf(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    folded(any(arguments, 0), rest(arguments, 1), Decimal::div)
}

fn folded(first: &Value, others: &[Value], operation: Operation) -> Outcome {
    let mut result = Decimal::of(to_float(first))?;
    for other in others {
        result = operation(&result, &Decimal::of(to_float(other))?)?;
    }
    Ok(Value::Float(result.to_float()))
}
