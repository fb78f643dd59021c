//! JSON as Go writes it, and as it reads numbers: as floats.
//!
//! Comes in: a value. Goes out: the text that is left of it after Go's encoding/json read it into
//! `interface{}` and wrote it again. Hashes are taken of such texts.

use serde_json::{Number, Value};

/// Writes a value: no space, keys sorted, `<`, `>` and `&` escaped.
pub fn write(value: &Value) -> String {
    let mut out = String::new();
    append(value, &mut out);
    out
}

fn append(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Number(value) => out.push_str(&number(value)),
        Value::String(text) => append_string(text, out),
        Value::Array(items) => {
            let items = items.iter().map(|item| (None, item));
            append_all(['[', ']'], items, out);
        }
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, field)| (Some(key), field));
            append_all(['{', '}'], fields, out);
        }
    }
}

fn append_all<'a>(
    [open, close]: [char; 2],
    values: impl Iterator<Item = (Option<&'a String>, &'a Value)>,
    out: &mut String,
) {
    out.push(open);
    for (index, (key, value)) in values.enumerate() {
        if index > 0 {
            out.push(',');
        }
        if let Some(key) = key {
            append_string(key, out);
            out.push(':');
        }
        append(value, out);
    }
    out.push(close);
}

fn append_string(text: &str, out: &mut String) {
    for c in Value::from(text).to_string().chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
}

/// A float's shortest digits, with an exponent only where it is very small or very large.
fn number(value: &Number) -> String {
    let float = value.as_f64().unwrap_or_default();
    let text = Value::from(float).to_string();
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => ("-", text),
        None => ("", text.as_str()),
    };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let point = whole.len() as i32 + exponent.parse::<i32>().unwrap_or(0);
    let digits = format!("{whole}{fraction}");
    let zeros = digits.len() - digits.trim_start_matches('0').len();
    let (digits, point) = (digits.trim_matches('0'), point - zeros as i32);
    match float.abs() {
        0.0 => format!("{sign}0"),
        1e-6..1e21 => format!("{sign}{}", decimal(digits, point)),
        _ => format!("{sign}{}", scientific(digits, point - 1)),
    }
}

/// The digits with a point behind the first `point` of them.
fn decimal(digits: &str, point: i32) -> String {
    match usize::try_from(point) {
        Ok(0) | Err(_) => format!("0.{}{digits}", "0".repeat(point.unsigned_abs() as usize)),
        Ok(point) => match digits.split_at_checked(point) {
            Some((whole, "")) => whole.to_owned(),
            Some((whole, fraction)) => format!("{whole}.{fraction}"),
            None => format!("{digits}{}", "0".repeat(point - digits.len())),
        },
    }
}

fn scientific(digits: &str, exponent: i32) -> String {
    let (first, rest) = digits.split_at(1);
    let point = if rest.is_empty() { "" } else { "." };
    format!("{first}{point}{rest}e{exponent:+}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_written_as_go_writes_them() {
        for (value, expected) in [
            (
                json!({"b": [true, null], "a": {}}),
                r#"{"a":{},"b":[true,null]}"#,
            ),
            (json!("<a & b>"), r#""\u003ca \u0026 b\u003e""#),
            (
                json!("\u{2028}\u{7f}\u{1}\u{8}\u{c}\t\"\\\u{e9}\u{1f600}"),
                "\"\\u2028\u{7f}\\u0001\\b\\f\\t\\\"\\\\\u{e9}\u{1f600}\"",
            ),
            (
                json!([0, -0.0, 1, -12, 1.0, 1.5, 0.1]),
                "[0,-0,1,-12,1,1.5,0.1]",
            ),
            (
                json!([9_007_199_254_740_993_i64, u64::MAX]),
                "[9007199254740992,18446744073709552000]",
            ),
            (
                json!([1e20, 1e21, 1.5e21, -1e300]),
                "[100000000000000000000,1e+21,1.5e+21,-1e+300]",
            ),
            (
                json!([1e-6, 1.5e-7, 1e-10, 0.001]),
                "[0.000001,1.5e-7,1e-10,0.001]",
            ),
            (
                json!([123456.789, 5e-324, f64::MAX]),
                "[123456.789,5e-324,1.7976931348623157e+308]",
            ),
        ] {
            assert_eq!(write(&value), expected);
        }
    }
}
