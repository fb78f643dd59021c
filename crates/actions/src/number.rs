//! Numbers that people give as text.
//!
//! Comes in: text. Goes out: the number Lua's `tonumber` makes of it (gopher-lua 1.1), in JSON and
//! in text. A fraction is a number only with its point: `1e3` is none, `1.e3` is.

use serde_json::Value;

/// The number a text stands for.
pub fn read(text: &str) -> Option<f64> {
    let text = text.trim_matches([' ', '\n', '\t']);
    if text.contains('.') {
        return decimal(text);
    }
    let hexadecimal = text.strip_prefix("0x").or(text.strip_prefix("0X"));
    let integer = match hexadecimal {
        Some(digits) => i64::from_str_radix(digits, 16),
        None => text.parse(),
    };
    integer.ok().map(|integer| integer as f64)
}

fn decimal(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// As JSON: whole numbers without a fraction.
pub fn json(number: f64) -> Value {
    whole(number).map_or_else(|| number.into(), Value::from)
}

/// As text, the way Go prints it.
pub fn text(number: f64) -> String {
    if let Some(whole) = whole(number) {
        return whole.to_string();
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    match exponent {
        -4..6 => number.to_string(),
        6.. => format!("{digits}e+{exponent:02}"),
        _ => format!("{digits}e-{:02}", -exponent),
    }
}

/// The number as an integer, if it is one.
fn whole(number: f64) -> Option<i64> {
    let fits = number.fract() == 0.0 && number.abs() < i64::MAX as f64;
    fits.then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_numbers_lua_makes_of_them() {
        for (given, json, printed) in [
            ("6", "6", "6"),
            (" 6\n", "6", "6"),
            ("+6", "6", "6"),
            ("-3", "-3", "-3"),
            ("0x1F", "31", "31"),
            ("6.0", "6", "6"),
            ("-0.0", "0", "0"),
            ("3.5", "3.5", "3.5"),
            ("1.e3", "1000", "1000"),
            (".00001", "0.00001", "1e-05"),
            ("1.5e30", "1.5e+30", "1.5e+30"),
        ] {
            let number = read(given).unwrap();
            assert_eq!(super::json(number).to_string(), json, "{given}");
            assert_eq!(text(number), printed, "{given}");
        }
    }

    #[test]
    fn other_texts_are_none() {
        for given in [
            "",
            "x",
            "1e3",
            "1_000",
            "inf",
            "nan",
            "1.e999",
            "0x",
            "9223372036854775808",
        ] {
            assert_eq!(read(given), None, "{given}");
        }
    }
}
