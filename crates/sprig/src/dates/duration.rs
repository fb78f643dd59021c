//! Durations: 64 bits of nanoseconds, read and written as Go does ("1h30m0s").
//!
//! In: text or nanoseconds. Out: nanoseconds or text. Source: Go 1.26, time/format.go
//! (ParseDuration) and time/time.go (Duration.format, Round).

use super::parse::quote;

pub const SECOND: i64 = 1_000_000_000;

/// Not a duration; the text is Go's.
#[derive(Debug, thiserror::Error)]
#[error("time: {problem} {}", quote(.text))]
pub struct DurationError {
    problem: String,
    text: Vec<u8>,
}

/// Reads a duration, in nanoseconds.
pub fn parse(text: &[u8]) -> Result<i64, DurationError> {
    let nanoseconds = magnitude(text).map_err(|problem| DurationError {
        problem,
        text: text.to_vec(),
    });
    let magnitude = nanoseconds?;
    let signed = match text.first() {
        Some(b'-') => -i128::from(magnitude),
        _ => i128::from(magnitude),
    };
    i64::try_from(signed).map_err(|_| DurationError {
        problem: INVALID.into(),
        text: text.to_vec(),
    })
}

const INVALID: &str = "invalid duration";
const MOST: u64 = 1 << 63;

fn magnitude(text: &[u8]) -> Result<u64, String> {
    let unsigned = text.strip_prefix(b"-").or_else(|| text.strip_prefix(b"+"));
    let mut rest = unsigned.unwrap_or(text);
    if rest == b"0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(INVALID.into());
    }
    let mut sum = 0_u64;
    while !rest.is_empty() {
        let (term, behind) = term(rest)?;
        sum = sum
            .checked_add(term)
            .filter(|sum| *sum <= MOST)
            .ok_or(INVALID)?;
        rest = behind;
    }
    Ok(sum)
}

/// A number and its unit, and what follows.
fn term(text: &[u8]) -> Result<(u64, &[u8]), String> {
    let (whole, rest) = leading_integer(text).ok_or(INVALID)?;
    let before_point = rest.len() != text.len();
    let (fraction, rest) = match rest.strip_prefix(b".") {
        Some(digits) => leading_fraction(digits),
        None => (Fraction::NONE, rest),
    };
    if !before_point && fraction.length == 0 {
        return Err(INVALID.into());
    }
    let ends = rest.iter().position(|c| *c == b'.' || c.is_ascii_digit());
    let (unit, rest) = rest.split_at(ends.unwrap_or(rest.len()));
    if unit.is_empty() {
        return Err("missing unit in duration".into());
    }
    let unit =
        nanoseconds_of(unit).ok_or_else(|| format!("unknown unit {} in duration", quote(unit)))?;
    let whole = whole
        .checked_mul(unit)
        .filter(|whole| *whole <= MOST)
        .ok_or(INVALID)?;
    let part = (fraction.digits as f64 * (unit as f64 / fraction.scale)) as u64;
    let sum = whole
        .checked_add(part)
        .filter(|sum| *sum <= MOST)
        .ok_or(INVALID)?;
    Ok((sum, rest))
}

fn nanoseconds_of(unit: &[u8]) -> Option<u64> {
    Some(match std::str::from_utf8(unit).ok()? {
        "ns" => 1,
        // With the micro sign and with the Greek letter.
        "us" | "\u{b5}s" | "\u{3bc}s" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    })
}

/// The digits a text begins with; none if they are too many.
pub fn leading_integer(text: &[u8]) -> Option<(u64, &[u8])> {
    let length = text.iter().take_while(|c| c.is_ascii_digit()).count();
    let (digits, rest) = text.split_at(length);
    let value = digits.iter().try_fold(0_u64, |value, digit| {
        let value = value
            .checked_mul(10)?
            .checked_add(u64::from(digit - b'0'))?;
        (value <= MOST).then_some(value)
    });
    value.map(|value| (value, rest))
}

/// Digits behind a point: as many as fit, the rest is read over.
struct Fraction {
    digits: u64,
    scale: f64,
    length: usize,
}

impl Fraction {
    const NONE: Self = Self {
        digits: 0,
        scale: 1.0,
        length: 0,
    };
}

fn leading_fraction(text: &[u8]) -> (Fraction, &[u8]) {
    let length = text.iter().take_while(|c| c.is_ascii_digit()).count();
    let (digits, rest) = text.split_at(length);
    let mut fraction = Fraction {
        length,
        ..Fraction::NONE
    };
    for digit in digits {
        let longer = fraction.digits.checked_mul(10);
        let longer = longer.and_then(|more| more.checked_add(u64::from(digit - b'0')));
        let fits = fraction.digits <= (MOST - 1) / 10;
        let Some(longer) = longer.filter(|longer| fits && *longer <= MOST) else {
            break;
        };
        fraction.digits = longer;
        fraction.scale *= 10.0;
    }
    (fraction, rest)
}

/// As `%v` prints a duration.
pub fn text(nanoseconds: i64) -> String {
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let magnitude = nanoseconds.unsigned_abs();
    let below_second = match magnitude {
        0 => return "0s".into(),
        1..1_000 => Some((1, "ns")),
        1_000..1_000_000 => Some((1_000, "\u{b5}s")),
        1_000_000..1_000_000_000 => Some((1_000_000, "ms")),
        _ => None,
    };
    if let Some((unit, name)) = below_second {
        return format!("{sign}{}{name}", decimal(magnitude, unit));
    }
    let minutes = magnitude / 60_000_000_000;
    let seconds = decimal(magnitude % 60_000_000_000, 1_000_000_000);
    match (minutes / 60, minutes % 60) {
        (0, 0) => format!("{sign}{seconds}s"),
        (0, minutes) => format!("{sign}{minutes}m{seconds}s"),
        (hours, minutes) => format!("{sign}{hours}h{minutes}m{seconds}s"),
    }
}

/// A number of units with what is left of it behind a point.
fn decimal(nanoseconds: u64, unit: u64) -> String {
    let (whole, rest) = (nanoseconds / unit, nanoseconds % unit);
    if rest == 0 {
        return whole.to_string();
    }
    let width = unit.ilog10() as usize;
    let digits = format!("{rest:0width$}");
    format!("{whole}.{}", digits.trim_end_matches('0'))
}

/// To the nearest multiple, halves away from zero; a unit of none changes nothing.
pub fn round(nanoseconds: i64, unit: i64) -> i64 {
    if unit <= 0 {
        return nanoseconds;
    }
    let (wide, unit) = (i128::from(nanoseconds), i128::from(unit));
    let rest = wide % unit;
    let down = wide - rest;
    let rounded = match rest.abs() * 2 < unit {
        true => down,
        false => down + unit * wide.signum(),
    };
    clamped(rounded)
}

/// Towards zero, to a multiple.
pub fn truncate(nanoseconds: i64, unit: i64) -> i64 {
    match unit {
        ..=0 => nanoseconds,
        unit => nanoseconds - nanoseconds % unit,
    }
}

/// The duration nearest to a number of nanoseconds.
pub fn clamped(nanoseconds: i128) -> i64 {
    nanoseconds.clamp(i64::MIN.into(), i64::MAX.into()) as i64
}
