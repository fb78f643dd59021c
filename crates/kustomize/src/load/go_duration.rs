//! Spans of time as Go writes them.
//!
//! Comes in: `1m30s`, `1.5h`, `250ms`. Goes out: the span, or nothing where Go would refuse it.
//! Source: Go's time.ParseDuration.

use std::time::Duration;

const UNITS: [(&str, f64); 8] = [
    ("ns", 1e-9),
    ("us", 1e-6),
    ("\u{b5}s", 1e-6),
    ("\u{3bc}s", 1e-6),
    ("ms", 1e-3),
    ("s", 1.0),
    ("m", 60.0),
    ("h", 3600.0),
];

/// Go keeps spans in 64 bits of nanoseconds.
const LONGEST: f64 = i64::MAX as f64 / 1e9;

/// Reads a span that is longer than nothing.
pub fn parse(text: &str) -> Option<Duration> {
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let number_end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(number_end);
        let unit_end = after.find(|c: char| c.is_ascii_digit() || c == '.');
        let (unit, after) = after.split_at(unit_end.unwrap_or(after.len()));
        let (_, factor) = UNITS.iter().find(|(name, _)| *name == unit)?;
        seconds += number.parse::<f64>().ok()? * factor;
        rest = after;
    }
    (seconds > 0.0 && seconds <= LONGEST).then(|| Duration::from_secs_f64(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_sums_of_numbers_with_units() {
        for (text, milliseconds) in [
            ("61s", Some(61_000)),
            ("1m1s", Some(61_000)),
            ("1.5h", Some(5_400_000)),
            (".5s", Some(500)),
            ("2.s", Some(2_000)),
            ("+250ms", Some(250)),
            ("1000\u{b5}s", Some(1)),
            ("0s", None),
            ("-1s", None),
            ("1", None),
            ("s", None),
            (".s", None),
            ("1.2.3s", None),
            ("1 s", None),
            ("1d", None),
            ("3000000h", None),
            ("jiffy", None),
            ("", None),
        ] {
            let expected = milliseconds.map(Duration::from_millis);
            assert_eq!(parse(text), expected, "{text}");
        }
    }
}
