//! Floats: rounded, and the larger and smaller of them. Source: Go 1.26, `math`.

use crate::arguments::{any, float, int};
use crate::cast::to_float;
use crate::signature::Outcome;
use gotemplate::{Call, Value};

pub(super) fn ceil(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Float(to_float(any(arguments, 0)).ceil()))
}

pub(super) fn floor(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Float(to_float(any(arguments, 0)).floor()))
}

/// To so many places. What is left over decides: a half or more, or what the third argument says,
/// goes up. Of negative numbers what is left over is negative, so they go down.
pub(super) fn round(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let on = match arguments.len() {
        ..=2 => 0.5,
        _ => float(arguments, 2),
    };
    let power = power_of_ten(int(arguments, 1));
    let digits = power * to_float(any(arguments, 0));
    let rounded = match digits.fract() >= on {
        true => digits.ceil(),
        false => digits.floor(),
    };
    Ok(Value::Float(rounded / power))
}

pub(super) fn maxf(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Float(folded(arguments, larger)))
}

pub(super) fn minf(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    Ok(Value::Float(folded(arguments, |a, b| -larger(-a, -b))))
}

fn folded(arguments: &[Value], choose: impl Fn(f64, f64) -> f64) -> f64 {
    let numbers = arguments.iter().map(to_float);
    numbers.reduce(choose).unwrap_or(0.0)
}

/// Infinity before NaN, NaN before anything else, zero before negative zero.
fn larger(a: f64, b: f64) -> f64 {
    match (a, b) {
        (f64::INFINITY, _) | (_, f64::INFINITY) => f64::INFINITY,
        _ if a.is_nan() || b.is_nan() => f64::NAN,
        _ if a == b && a.is_sign_negative() => b,
        _ if a >= b => a,
        _ => b,
    }
}

/// As Go computes it, by squaring a fraction: the last bit may differ from the true value.
fn power_of_ten(exponent: i64) -> f64 {
    let (mut square, mut square_exponent) = (0.625_f64, 4_i64);
    let (mut fraction, mut binary) = (1.0_f64, 0_i64);
    let mut rest = exponent.unsigned_abs();
    while rest != 0 {
        if !(-4096..=4096).contains(&square_exponent) {
            binary += square_exponent;
            break;
        }
        if rest & 1 == 1 {
            fraction *= square;
            binary += square_exponent;
        }
        square *= square;
        square_exponent <<= 1;
        if square < 0.5 {
            square += square;
            square_exponent -= 1;
        }
        rest >>= 1;
    }
    match exponent {
        ..=-1 => scaled(1.0 / fraction, -binary),
        1 => 10.0,
        _ => scaled(fraction, binary),
    }
}

/// A fraction times a power of two, in steps that are exact but for the last one.
fn scaled(mut fraction: f64, mut binary: i64) -> f64 {
    while binary > 1000 && fraction.is_finite() {
        fraction *= 2f64.powi(1000);
        binary -= 1000;
    }
    while binary < -1000 && fraction != 0.0 {
        fraction *= 2f64.powi(-1000);
        binary += 1000;
    }
    fraction * 2f64.powi(binary as i32)
}
