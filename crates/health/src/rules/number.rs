//! Numbers in text, as Argo CD's scripts read and print them.
//!
//! Comes in: text that may spell a number, or a number. Goes out: the number, or its text.
//! Source of the rules: gopher-lua 1.1, which leaves both to Go: `strconv.ParseInt`, `ParseFloat`
//! and `fmt.Sprint`.

/// The number a text spells where one is reckoned with: an integer as Go writes it (`0x1f`, `0b1`,
/// `017`), else a float.
pub fn coerced(text: &str) -> Option<f64> {
    let text = text.trim_matches([' ', '\t', '\n']);
    go_integer(text).or_else(|| go_float(text))
}

/// The number a text spells where a script asks for one: decimal, with a point or hexadecimal.
pub fn asked_for(text: &str) -> Option<f64> {
    let text = text.trim_matches([' ', '\t', '\n']);
    if text.contains('.') {
        return go_float(text);
    }
    let hexadecimal = text.get(..2).filter(|two| two.eq_ignore_ascii_case("0x"));
    let integer = match hexadecimal {
        Some(_) => in_base(&text[2..], 16),
        None => in_base(text, 10),
    };
    integer.map(|integer| integer as f64)
}

/// Sign and digits; Rust reads them as Go does.
fn in_base(digits: &str, base: u32) -> Option<i64> {
    i64::from_str_radix(digits, base).ok()
}

fn go_integer(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix(['+', '-']) {
        Some(digits) => (&text[..1], digits),
        None => ("", text),
    };
    let (base, digits) = base_and_digits(digits);
    let integer = digits
        .starts_with(|first: char| first.is_ascii_hexdigit())
        .then(|| in_base(&format!("{sign}{digits}"), base));
    integer.flatten().map(|integer| integer as f64)
}

fn base_and_digits(digits: &str) -> (u32, &str) {
    let prefix = digits.get(..2).unwrap_or_default().to_ascii_lowercase();
    match prefix.as_str() {
        "0x" => (16, &digits[2..]),
        "0b" => (2, &digits[2..]),
        "0o" => (8, &digits[2..]),
        _ if digits.len() > 1 && digits.starts_with('0') => (8, &digits[1..]),
        _ => (10, digits),
    }
}

/// A decimal float. Go knows the same words for infinity as Rust does.
fn go_float(text: &str) -> Option<f64> {
    let number: f64 = text.parse().ok()?;
    let spelled = text.contains(['i', 'I']);
    (number.is_finite() || number.is_nan() || spelled).then_some(number)
}

/// A number as part of a message.
pub fn printed(number: f64) -> String {
    // All whole numbers that fit into 64 bits.
    if number.fract() == 0.0 && (-(2f64.powi(63))..2f64.powi(63)).contains(&number) {
        return (number as i64).to_string();
    }
    let size = number.abs();
    if number.is_infinite() {
        return if number > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    if !(1e-4..1e6).contains(&size) {
        return with_exponent(number);
    }
    number.to_string()
}

/// Rust prints `1e-7` where Go prints `1e-07`.
fn with_exponent(number: f64) -> String {
    let text = format!("{number:e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (sign, exponent) = match exponent.strip_prefix('-') {
        Some(exponent) => ('-', exponent),
        None => ('+', exponent),
    };
    format!("{digits}e{sign}{exponent:0>2}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_go_prints_them() {
        let text = |number: f64| printed(number);
        assert_eq!(text(3.0), "3");
        assert_eq!(text(-1.5), "-1.5");
        assert_eq!(text(1e21), "1e+21");
        assert_eq!(text(1.5e-7), "1.5e-07");
        assert_eq!(text(1e15), "1000000000000000");
        assert_eq!(text(1234567.5), "1.2345675e+06");
        assert_eq!(text(0.0001), "0.0001");
    }

    #[test]
    fn text_spells_numbers_as_go_spells_them() {
        assert_eq!(coerced(" 0x1F\n"), Some(31.0));
        assert_eq!(coerced("-0b11"), Some(-3.0));
        assert_eq!(coerced("017"), Some(15.0));
        assert_eq!(coerced("1e3"), Some(1000.0));
        assert_eq!(coerced("1e999"), None);
        assert_eq!(coerced("08"), Some(8.0));
        assert_eq!(coerced("+-3"), None);
        assert_eq!(coerced(""), None);
    }

    #[test]
    fn a_script_that_asks_reads_plainer_numbers() {
        assert_eq!(asked_for("10"), Some(10.0));
        assert_eq!(asked_for("0x10"), Some(16.0));
        assert_eq!(asked_for("010"), Some(10.0));
        assert_eq!(asked_for("1.5"), Some(1.5));
        assert_eq!(asked_for("1e3"), None);
        assert_eq!(asked_for("é1"), None);
    }
}
