//! Numbers as text.
//!
//! Comes in: a number, or text. Goes out: the text Go prints for it, or the number gopher-lua's
//! `tonumber` reads: with a point it is a decimal number, without one a whole number, `1e3` none.

/// A number as `tostring` gives it.
pub fn print(number: f64) -> String {
    if let Some(whole) = whole(number) {
        return whole.to_string();
    }
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    match exponent.parse::<i32>().unwrap_or(0) {
        -4..=5 => number.to_string(),
        exponent if exponent > 0 => format!("{digits}e+{exponent:02}"),
        exponent => format!("{digits}e-{:02}", exponent.unsigned_abs()),
    }
}

/// The number as an integer, if it is one.
pub fn whole(number: f64) -> Option<i64> {
    let fits = number.fract() == 0.0 && number.abs() < i64::MAX as f64;
    fits.then_some(number as i64)
}

/// The number a text stands for, in a base or, without one, as it looks.
pub fn read(text: &str, radix: Option<u32>) -> Option<f64> {
    let text = text.trim_matches([' ', '\n', '\t']);
    if text.contains('.') {
        return text.parse().ok();
    }
    let hexadecimal = text.strip_prefix("0x").or(text.strip_prefix("0X"));
    let (digits, radix) = match (hexadecimal, radix) {
        (Some(digits), None) => (digits, 16),
        (_, radix) => (text, radix.unwrap_or(10)),
    };
    let whole = (2..=36)
        .contains(&radix)
        .then(|| i64::from_str_radix(digits, radix).ok())?;
    whole.map(|whole| whole as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_go_prints_them() {
        for (number, text) in [
            (3.0, "3"),
            (-0.0, "0"),
            (1e15, "1000000000000000"),
            (0.1 + 0.2, "0.30000000000000004"),
            (100.0 / 3.0, "33.333333333333336"),
            (0.00001, "1e-05"),
            (1e30, "1e+30"),
            (1234567.5, "1.2345675e+06"),
            (f64::INFINITY, "+Inf"),
        ] {
            assert_eq!(print(number), text);
        }
    }

    #[test]
    fn texts_are_numbers_as_gopher_lua_reads_them() {
        for (text, radix, number) in [
            (" 6\n", None, Some(6.0)),
            ("0x1F", None, Some(31.0)),
            ("1.5e3", None, Some(1500.0)),
            ("010", None, Some(10.0)),
            ("ff", Some(16), Some(255.0)),
            ("1e3", None, None),
            ("", None, None),
            ("x", None, None),
            ("7", Some(99), None),
        ] {
            assert_eq!(read(text, radix), number, "{text}");
        }
    }
}
