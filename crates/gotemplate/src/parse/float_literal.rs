//! Floating-point literals, decimal and hexadecimal.
//!
//! Comes in: a literal, with underscores between its digits. Goes out: the nearest `float64`; none
//! if the literal is broken or too large. Source: Go 1.26, internal/strconv/atof.go, fmt/scan.go.

use super::number::underscores_separate_digits;

/// Go's `strconv.ParseFloat`, without infinities and NaN.
pub(super) fn float(text: &[u8]) -> Option<f64> {
    if !underscores_separate_digits(text) {
        return None;
    }
    let plain: Vec<u8> = text.iter().copied().filter(|byte| *byte != b'_').collect();
    let (negative, digits) = match &plain[..] {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let number = match digits {
        [b'0', b'x' | b'X', rest @ ..] => hexadecimal(rest)?,
        _ => decimal(digits)?,
    };
    let number = if negative { -number } else { number };
    number.is_finite().then_some(number)
}

fn decimal(text: &[u8]) -> Option<f64> {
    let is_numeric = |byte: &u8| byte.is_ascii_digit() || b".eE+-".contains(byte);
    let text = std::str::from_utf8(text).ok()?;
    text.bytes()
        .all(|byte| is_numeric(&byte))
        .then(|| text.parse().ok())?
}

fn hexadecimal(text: &[u8]) -> Option<f64> {
    let mark = text.iter().position(|byte| matches!(byte, b'p' | b'P'))?;
    let exponent = std::str::from_utf8(&text[mark + 1..]).ok()?;
    let exponent: i64 = exponent.parse().ok()?;
    let mut mantissa: u128 = 0;
    let (mut point, mut after_point, mut digits) = (0_i64, false, 0);
    for byte in &text[..mark] {
        if *byte == b'.' && !after_point {
            after_point = true;
            continue;
        }
        let digit = u128::from(char::from(*byte).to_digit(16)?);
        digits += 1;
        if mantissa >> 116 == 0 {
            mantissa = mantissa << 4 | digit;
            point -= if after_point { 4 } else { 0 };
        } else {
            // Too small to count, but for whether there was something.
            mantissa |= u128::from(digit != 0);
            point += if after_point { 0 } else { 4 };
        }
    }
    (digits > 0).then(|| scaled(mantissa as f64, exponent.saturating_add(point)))
}

/// Times two to a power, in steps that do not overflow before the result does.
fn scaled(mut number: f64, power: i64) -> f64 {
    let mut power = power.clamp(-4000, 4000) as i32;
    while power > 1000 {
        number *= 2_f64.powi(1000);
        power -= 1000;
    }
    while power < -1000 {
        number *= 2_f64.powi(-1000);
        power += 1000;
    }
    number * 2_f64.powi(power)
}

/// How long the float at the beginning of a text is.
pub(super) fn float_token(text: &[u8]) -> usize {
    let run = |from: usize, wanted: &[u8]| {
        let taken = text[from..].iter().take_while(|byte| wanted.contains(byte));
        from + taken.count()
    };
    let one = |from: usize, wanted: &[u8]| {
        let found = text.get(from).is_some_and(|byte| wanted.contains(byte));
        from + usize::from(found)
    };
    let start = one(0, b"+-");
    let is_hexadecimal = matches!(&text[start..], [b'0', b'x' | b'X', ..]);
    let (digits, exponent): (&[u8], &[u8]) = match is_hexadecimal {
        true => (b"0123456789abcdefABCDEFxX_", b"pP"),
        false => (b"0123456789_", b"eEpP"),
    };
    let mut end = run(start, digits);
    if one(end, b".") > end {
        end = run(end + 1, digits);
    }
    if one(end, exponent) > end {
        end = run(one(end + 1, b"+-"), b"0123456789_");
    }
    end
}

/// A part of a complex literal, where a decimal number may have a binary exponent.
pub(super) fn float_with_any_exponent(text: &[u8]) -> Option<f64> {
    let is_hexadecimal = text.iter().any(|byte| matches!(byte, b'x' | b'X'));
    match text.iter().position(|byte| *byte == b'p') {
        Some(mark) if !is_hexadecimal => {
            let exponent = std::str::from_utf8(&text[mark + 1..]).ok()?;
            Some(scaled(float(&text[..mark])?, exponent.parse().ok()?))
        }
        _ => float(text),
    }
}
