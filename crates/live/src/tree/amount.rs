//! Quantities, added up and compared in billionths.
//!
//! In: a quantity as Kubernetes writes it: `100m`, `128Mi`, `1e3`, `0.5`. Out: an exact number;
//! what is finer than a billionth is rounded up, what is larger than can be counted is capped.

use serde_json::Value;

const BILLIONTHS: i128 = 1_000_000_000;

/// Digits after the point that are looked at.
const FINEST: usize = 18;

/// Reads a quantity; nothing if it is none.
pub(super) fn billionths(value: &Value) -> Option<i128> {
    match value {
        Value::String(text) => read(text),
        Value::Number(number) => read(&number.to_string()),
        _ => None,
    }
}

/// In thousandths, rounded up, as Kubernetes' `MilliValue`.
pub(super) fn thousandths(billionths: i128) -> i64 {
    let up = billionths.div_euclid(1_000_000) + i128::from(billionths.rem_euclid(1_000_000) > 0);
    i64::try_from(up).unwrap_or(if up < 0 { i64::MIN } else { i64::MAX })
}

fn read(text: &str) -> Option<i128> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (number, suffix) = text.split_at(end.unwrap_or(text.len()));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') {
        return None;
    }
    let (binary, tens) = scale(suffix)?;
    let fraction = fraction.get(..FINEST).unwrap_or(fraction);
    let digits = format!("{whole}{fraction}");
    let digits = match digits.trim_start_matches('0') {
        "" => 0,
        // Too long to be read is too large to be counted.
        digits => digits.parse().unwrap_or(i128::MAX),
    };
    let exponent = tens + 9 - i32::try_from(fraction.len()).ok()?;
    let amount = scaled(digits.saturating_mul(binary), exponent);
    Some(if negative { -amount } else { amount })
}

/// A suffix as a factor and a power of ten.
fn scale(suffix: &str) -> Option<(i128, i32)> {
    let binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    if let Some(power) = binary.iter().position(|name| *name == suffix) {
        return Some((1024_i128.pow(u32::try_from(power).ok()?), 0));
    }
    let tens = match suffix {
        "n" => -9,
        "u" => -6,
        "m" => -3,
        "k" => 3,
        "M" => 6,
        "G" => 9,
        "T" => 12,
        "P" => 15,
        "E" => 18,
        _ => suffix.strip_prefix(['e', 'E'])?.parse().ok()?,
    };
    Some((1, tens))
}

fn scaled(number: i128, exponent: i32) -> i128 {
    let most = i128::from(i64::MAX) * BILLIONTHS;
    let factor = 10_i128.checked_pow(exponent.unsigned_abs());
    let amount = match (factor, exponent < 0) {
        (_, _) if number == 0 => 0,
        (Some(factor), false) => number.saturating_mul(factor),
        (Some(factor), true) => number / factor + i128::from(number % factor > 0),
        (None, false) => most,
        (None, true) => 1,
    };
    amount.min(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn quantities_are_read_exactly() {
        for (text, milli) in [
            (json!("128Mi"), Some(134_217_728_000)),
            (json!("100m"), Some(100)),
            (json!("0.1"), Some(100)),
            (json!(2), Some(2000)),
            (json!("1500u"), Some(2)),
            (json!("1e3"), Some(1_000_000)),
            (json!("1E"), Some(i64::MAX)),
            (json!("-1"), Some(-1000)),
            (json!("1.5Gi"), Some(1_610_612_736_000)),
            (json!(".5"), Some(500)),
            (json!("1e-99999999"), Some(1)),
            (
                json!("99999999999999999999999999999999999999999E"),
                Some(i64::MAX),
            ),
            (json!("1..5"), None),
            (json!("abc"), None),
            (json!("1x"), None),
            (json!(true), None),
        ] {
            assert_eq!(billionths(&text).map(thousandths), milli, "{text}");
        }
    }
}
