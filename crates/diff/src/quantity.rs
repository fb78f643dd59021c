//! Kubernetes quantities: `1`, `1000m`, `0.5Gi`, `1e3`.
//!
//! In: a text or a number. Out: its exact value as a decimal, so that two spellings of one amount
//! are equal. What the server would refuse is no quantity here.

use serde_json::Value;

/// An amount, exactly: `digits * 10^exponent`, without trailing zeros.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Quantity {
    digits: i128,
    exponent: i32,
}

/// More digits than this are not read; the server rounds such amounts anyway.
const LONGEST: usize = 24;

/// Are these two spellings of one amount?
pub(crate) fn same(one: &Value, other: &Value) -> bool {
    matches!((of(one), of(other)), (Some(one), Some(other)) if one == other)
}

fn of(value: &Value) -> Option<Quantity> {
    match value {
        Value::String(text) => parse(text),
        Value::Number(number) => parse(&number.to_string()),
        _ => None,
    }
}

/// Reads a quantity.
pub(crate) fn parse(text: &str) -> Option<Quantity> {
    if text.len() > LONGEST {
        return None;
    }
    let end = text
        .find(|c: char| c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (number, suffix) = text.split_at(end);
    let (digits, exponent) = decimal(number)?;
    let (factor, power) = suffix_of(suffix)?;
    Some(reduced(digits.checked_mul(factor)?, exponent + power))
}

/// The digits of a plain decimal number and the power of ten they stand at.
fn decimal(text: &str) -> Option<(i128, i32)> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let all = format!("{whole}{fraction}");
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits: i128 = all.parse().ok()?;
    Some((
        if negative { -digits } else { digits },
        -(fraction.len() as i32),
    ))
}

/// A suffix as a factor and a power of ten.
fn suffix_of(suffix: &str) -> Option<(i128, i32)> {
    let binary = |power: u32| Some((1_i128 << (10 * power), 0));
    match suffix {
        "" => Some((1, 0)),
        "n" => Some((1, -9)),
        "u" => Some((1, -6)),
        "m" => Some((1, -3)),
        "k" => Some((1, 3)),
        "M" => Some((1, 6)),
        "G" => Some((1, 9)),
        "T" => Some((1, 12)),
        "P" => Some((1, 15)),
        "E" => Some((1, 18)),
        "Ki" => binary(1),
        "Mi" => binary(2),
        "Gi" => binary(3),
        "Ti" => binary(4),
        "Pi" => binary(5),
        "Ei" => binary(6),
        other => {
            let power = other.strip_prefix(['e', 'E'])?.parse::<i32>().ok()?;
            (-30..=30).contains(&power).then_some((1, power))
        }
    }
}

fn reduced(mut digits: i128, mut exponent: i32) -> Quantity {
    if digits == 0 {
        return Quantity {
            digits,
            exponent: 0,
        };
    }
    while digits % 10 == 0 {
        digits /= 10;
        exponent += 1;
    }
    Quantity { digits, exponent }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn spellings_of_one_amount_are_equal() {
        for (one, other) in [
            (json!("1"), json!("1000m")),
            (json!(1), json!("1")),
            (json!(0.2), json!("200m")),
            (json!("0.5Gi"), json!("512Mi")),
            (json!("1e3"), json!("1k")),
            (json!("1E3"), json!("1000")),
            (json!("1.25G"), json!("1250M")),
            (json!("0"), json!("0m")),
            (json!("128974848"), json!("123Mi")),
            (json!("-1"), json!("-1000m")),
        ] {
            assert!(same(&one, &other), "{one} {other}");
        }
    }

    #[test]
    fn different_amounts_and_nonsense_are_not() {
        for (one, other) in [
            (json!("1"), json!("1m")),
            (json!("1Gi"), json!("1G")),
            (json!("1E"), json!("1")),
            (json!("x"), json!("x")),
            (json!("1 "), json!("1")),
            (json!(true), json!("1")),
            (json!(""), json!("0")),
            (json!("1e999"), json!("1e999")),
        ] {
            assert!(!same(&one, &other), "{one} {other}");
        }
    }
}
