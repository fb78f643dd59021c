//! Other values as numbers.

use crate::arguments::{any, text};
use crate::cast::{ParseError, parse_int, to_float, to_int};
use crate::signature::Outcome;
use gotemplate::{Call, Value, fmt};

/// A decimal text; too large a one is the largest number there is.
pub(super) fn atoi(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let source = String::from_utf8_lossy(text(arguments, 0));
    let number = match parse_int(&source, 10) {
        Ok(number) => number,
        Err(ParseError::Range(true)) => i64::MIN,
        Err(ParseError::Range(false)) => i64::MAX,
        Err(ParseError::Syntax) => 0,
    };
    Ok(Value::Int(number))
}

pub(super) fn int(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Int(to_int(any(arguments, 0))))
}

pub(super) fn int64(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Int64(to_int(any(arguments, 0))))
}

pub(super) fn float64(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Float(to_float(any(arguments, 0))))
}

/// What a value prints, read in base eight: file modes.
pub(super) fn to_decimal(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let printed = fmt::sprint(arguments);
    let number = parse_int(&String::from_utf8_lossy(&printed), 8);
    Ok(Value::Int64(number.unwrap_or(0)))
}
