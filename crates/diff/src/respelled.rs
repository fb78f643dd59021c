//! Two texts that may be one value: the server rewrites some fields into its own spelling.
//!
//! In: two scalars that are not equal. Out: whether a server could take one for the other. Saying
//! yes too often costs a dry run, saying no wrongly an endless fight, so this is generous.

use crate::quantity;
use serde_json::Value;
use std::net::IpAddr;

/// Could the server have turned one of these into the other?
pub(crate) fn possible(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => texts(one, other),
        (Value::String(text), scalar) | (scalar, Value::String(text)) => {
            let written = scalar.to_string();
            texts(text, &written) || (scalar.is_boolean() && is_boolean(text))
        }
        _ => false,
    }
}

fn texts(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
        || same(one, other, quantity::parse)
        || same(one, other, nanoseconds)
        || same(one, other, |text| text.parse::<f64>().ok())
        || same(one, other, |text| text.parse::<IpAddr>().ok())
        || same(one, other, network)
        || (is_timestamp(one) && is_timestamp(other))
}

/// Are these two spellings of one duration, as Go reads them?
pub(crate) fn same_duration(one: &Value, other: &Value) -> bool {
    let read = |value: &Value| {
        let text = value.as_str()?;
        nanoseconds(text).filter(|_| !text.contains(['d', 'w']))
    };
    matches!((read(one), read(other)), (Some(one), Some(other)) if one == other)
}

fn same<T: PartialEq>(one: &str, other: &str, read: impl Fn(&str) -> Option<T>) -> bool {
    matches!((read(one), read(other)), (Some(one), Some(other)) if one == other)
}

/// A text without what normalising commonly changes: case, white space, a dot or slash behind.
fn folded(text: &str) -> String {
    let bare: String = text.split_whitespace().collect();
    bare.trim_end_matches(['.', '/', '=']).to_lowercase()
}

fn is_boolean(text: &str) -> bool {
    matches!(
        folded(text).as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
    )
}

/// A Go duration (`1h`, `90s`, `1m30.5s`) in nanoseconds.
fn nanoseconds(text: &str) -> Option<i128> {
    let (sign, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Some(0);
    }
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, tail) = rest.split_at(digits);
        let end = tail
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(end);
        total = total.checked_add((number.parse::<f64>().ok()? * unit_length(unit)?) as i128)?;
        rest = tail;
    }
    (!text.is_empty()).then_some(sign * total)
}

fn unit_length(unit: &str) -> Option<f64> {
    Some(match unit {
        "ns" => 1.0,
        "us" | "µs" | "μs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        "m" => 60e9,
        "h" => 3600e9,
        "d" => 86_400e9,
        "w" => 604_800e9,
        _ => return None,
    })
}

/// An address with a prefix length, its host bits cleared.
fn network(text: &str) -> Option<(u128, u32)> {
    let (address, length) = text.split_once('/')?;
    let length: u32 = length.parse().ok()?;
    let (bits, width) = match address.parse().ok()? {
        IpAddr::V4(v4) => (u128::from(u32::from(v4)), 32_u32),
        IpAddr::V6(v6) => (u128::from(v6), 128),
    };
    let host = width.checked_sub(length)?;
    Some((bits.checked_shr(host).unwrap_or(0), width * 1000 + length))
}

/// Any two timestamps may be one instant in different zones; reckoning that is the server's work.
fn is_timestamp(text: &str) -> bool {
    let Some((date, time)) = text.split_once(['T', 't', ' ']) else {
        return false;
    };
    let is_date = date.len() == 10 && date.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    is_date && time.len() >= 5 && time.as_bytes()[2] == b':'
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn spellings_a_server_may_exchange() {
        for (one, other) in [
            (json!("60s"), json!("1m0s")),
            (json!("8760h"), json!("8760h0m0s")),
            (json!("1d"), json!("24h0m0s")),
            (json!("80"), json!(80)),
            (json!("true"), json!(true)),
            (json!("yes"), json!(true)),
            (json!("Always"), json!("always")),
            (json!("1.0"), json!("1")),
            (json!("0.5"), json!("500m")),
            (json!("2001:db8:0::1"), json!("2001:db8::1")),
            (json!("10.0.0.7/8"), json!("10.0.0.0/8")),
            (json!("example.org."), json!("example.org")),
            (
                json!("2025-01-01T00:00:00+01:00"),
                json!("2025-01-01T01:00:00Z"),
            ),
            (json!("a\n"), json!("a")),
        ] {
            assert!(possible(&one, &other), "{one} {other}");
        }
    }

    #[test]
    fn values_no_server_would_exchange() {
        for (one, other) in [
            (json!("nginx:1"), json!("nginx:2")),
            (json!("60s"), json!("61s")),
            (json!("80"), json!(81)),
            (json!(true), json!(false)),
            (json!("25%"), json!(1)),
            (json!("false"), json!(3)),
            (json!("10.0.0.0/8"), json!("10.0.0.0/9")),
            (json!("a"), json!("b")),
            (json!("1/2"), json!("1/3")),
        ] {
            assert!(!possible(&one, &other), "{one} {other}");
        }
    }
}
