//! Numbers out of anything. Source: spf13/cast 1.7, `caste.go`; Go 1.26, `strconv`.
//!
//! In: any value. Out: a number, zero if the value is none: `int "abc"` is no error. Texts are read
//! as Go reads literals: `0x1f`, `0o17`, `017`, `1_000`; a point is fine if only zeros follow it.

use gotemplate::{Object, Value};

/// An `int`.
pub(crate) fn to_int(value: &Value) -> i64 {
    match value {
        Value::Int(number) | Value::Int64(number) => *number,
        Value::Uint8(number) => i64::from(*number),
        // Bits stay as they are, as in Go's conversion.
        Value::Uint64(number) => *number as i64,
        Value::Float(number) => truncate(*number),
        Value::Text(text) => whole(&text.as_str()),
        Value::Bool(value) => i64::from(*value),
        Value::Object(object) => named_int(object.as_ref()).unwrap_or(0),
        _ => 0,
    }
}

/// A `float64`.
pub(crate) fn to_float(value: &Value) -> f64 {
    match value {
        Value::Int(number) | Value::Int64(number) => *number as f64,
        Value::Uint8(number) => f64::from(*number),
        Value::Uint64(number) => *number as f64,
        Value::Float(number) => *number,
        Value::Text(text) => parse_float(&text.as_str()).unwrap_or(0.0),
        Value::Bool(value) => f64::from(u8::from(*value)),
        Value::Object(object) => named_int(object.as_ref()).unwrap_or(0) as f64,
        _ => 0.0,
    }
}

/// A float as an integer: what does not fit is the smallest one, as amd64 has it.
pub(crate) fn truncate(number: f64) -> i64 {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    match (-LIMIT..LIMIT).contains(&number) {
        true => number as i64,
        false => i64::MIN,
    }
}

/// Months and weekdays count as numbers; no other named type does.
fn named_int(object: &dyn Object) -> Option<i64> {
    let counts = matches!(&*object.type_name(), "time.Month" | "time.Weekday");
    counts.then(|| object.underlying()?.as_int()).flatten()
}

fn whole(text: &str) -> i64 {
    let number = parse_int(trim_zero_decimals(text), 0);
    number.unwrap_or(0)
}

/// Without a point after which there are only zeros, one at least.
fn trim_zero_decimals(text: &str) -> &str {
    let kept = text.trim_end_matches('0');
    match kept.strip_suffix('.') {
        Some(number) if kept.len() < text.len() => number,
        _ => text,
    }
}

/// Reads an integer; base 0 goes by the prefix and lets underscores in.
pub(crate) fn parse_int(text: &str, base: u32) -> Result<i64, ParseError> {
    let (negative, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let number = parse_magnitude(digits, base)?;
    let signed = if negative { -number } else { number };
    i64::try_from(signed).map_err(|_| ParseError::Range(negative))
}

/// Why a text is no integer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ParseError {
    /// It is something else.
    Syntax,
    /// It is too large, or too small if negative.
    Range(bool),
}

/// More than 64 bits are read only to see that they are too many.
fn parse_magnitude(text: &str, base: u32) -> Result<i128, ParseError> {
    let (radix, digits) = match base {
        0 => prefixed(text),
        base => (base, text),
    };
    let underscores = base == 0 && digits.contains('_');
    if digits.is_empty() && !(radix == 8 && text == "0") || underscores && !is_well_separated(text)
    {
        return Err(ParseError::Syntax);
    }
    let mut number: i128 = 0;
    for c in digits.chars().filter(|c| !underscores || *c != '_') {
        let digit = c.to_digit(radix).ok_or(ParseError::Syntax)?;
        number = number
            .saturating_mul(i128::from(radix))
            .saturating_add(i128::from(digit));
        number = number.min(i128::from(u64::MAX) + 1);
    }
    Ok(number)
}

/// The base by the prefix, and what follows the prefix.
fn prefixed(text: &str) -> (u32, &str) {
    let bytes = text.as_bytes();
    match bytes {
        [b'0', b'b' | b'B', _, ..] => (2, &text[2..]),
        [b'0', b'o' | b'O', _, ..] => (8, &text[2..]),
        [b'0', b'x' | b'X', _, ..] => (16, &text[2..]),
        [b'0', ..] => (8, &text[1..]),
        _ => (10, text),
    }
}

/// Underscores stand between digits, or between a prefix and a digit.
fn is_well_separated(text: &str) -> bool {
    let body = text.trim_start_matches(['+', '-']);
    let lower = body.to_ascii_lowercase();
    let prefix = ["0b", "0o", "0x"].iter().any(|p| lower.starts_with(p));
    let hexadecimal = lower.starts_with("0x");
    let is_digit = |c: char| c.is_ascii_digit() || hexadecimal && c.is_ascii_hexdigit();
    let mut after_digit = prefix;
    let mut after_underscore = false;
    for c in lower.chars().skip(if prefix { 2 } else { 0 }) {
        if c == '_' && !after_digit || c != '_' && after_underscore && !is_digit(c) {
            return false;
        }
        after_underscore = c == '_';
        after_digit = is_digit(c);
    }
    !after_underscore
}

/// Reads a float as Go does; none for what is none or too large.
pub(crate) fn parse_float(text: &str) -> Option<f64> {
    let lower = text.to_ascii_lowercase();
    let (negative, body) = match lower.as_bytes().first() {
        Some(b'-') => (true, &lower[1..]),
        Some(b'+') => (false, &lower[1..]),
        _ => (false, lower.as_str()),
    };
    let number = match body {
        "inf" | "infinity" => f64::INFINITY,
        // A sign before it is none of Go's.
        "nan" if body.len() == text.len() => f64::NAN,
        _ if body.starts_with("0x") => hexadecimal(body)?,
        _ => decimal(body)?,
    };
    Some(if negative { -number } else { number })
}

fn decimal(body: &str) -> Option<f64> {
    if body.contains('_') && !is_well_separated(body) {
        return None;
    }
    let body = body.replace('_', "");
    let plain = |b: u8| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'+' | b'-');
    if !body.starts_with(|c: char| c.is_ascii_digit() || c == '.') || !body.bytes().all(plain) {
        return None;
    }
    body.parse().ok().filter(|number: &f64| number.is_finite())
}

/// `0x1.8p3`; underscores may separate digits.
fn hexadecimal(body: &str) -> Option<f64> {
    if body.contains('_') && !is_well_separated(body) {
        return None;
    }
    let body = body.replace('_', "");
    let (digits, exponent) = body.strip_prefix("0x")?.split_once('p')?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let exponent = parse_int(exponent, 10).ok()?;
    let digits = [whole, fraction].concat();
    if digits.is_empty() {
        return None;
    }
    let add = |sum: f64, c: char| Some(sum * 16.0 + f64::from(c.to_digit(16)?));
    let mantissa = digits.chars().try_fold(0.0, add)?;
    let bits = 4 * i64::try_from(fraction.len()).ok()?;
    let power = i32::try_from(exponent.saturating_sub(bits)).unwrap_or(i32::MIN);
    let number = mantissa * 2f64.powi(power);
    number.is_finite().then_some(number)
}
