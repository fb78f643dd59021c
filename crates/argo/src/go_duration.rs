//! Durations as Go writes them.
//!
//! Comes in: a text such as `1h30m` or `1.5s`. Goes out: the duration, or nothing if the text is
//! none. Durations below zero are refused: no setting here has a use for one.
//! Source: the documentation of Go's `time.ParseDuration`; Argo CD 3.5:
//! pkg/apis/application/v1alpha1/types.go (parseStringToDuration) for bare seconds.

use std::time::Duration;

const UNITS: [(&str, u64); 8] = [
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("μs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// Reads Go's notation: numbers, each with its unit.
pub(crate) fn parse(text: &str) -> Option<Duration> {
    let mut rest = text.strip_prefix('+').unwrap_or(text);
    if rest == "0" {
        return Some(Duration::ZERO);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let (nanoseconds, tail) = part(rest)?;
        total = total.checked_add(nanoseconds)?;
        rest = tail;
    }
    Some(Duration::from_nanos(total))
}

/// Reads Go's notation, or a bare number of seconds.
pub(crate) fn parse_lenient(text: &str) -> Option<Duration> {
    match text.parse::<u64>() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => parse(text),
    }
}

/// Reads Go's notation, or whole days (`1d`), as Argo CD's settings have them.
pub(crate) fn parse_setting(text: &str) -> Option<Duration> {
    match text
        .strip_suffix('d')
        .and_then(|days| days.parse::<u64>().ok())
    {
        Some(days) => days.checked_mul(86_400).map(Duration::from_secs),
        None => parse(text),
    }
}

fn part(text: &str) -> Option<(u64, &str)> {
    let number_end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, rest) = text.split_at(number_end);
    let unit_end = rest
        .find(|c: char| c.is_ascii_digit() || c == '.')
        .unwrap_or(rest.len());
    let (unit, rest) = rest.split_at(unit_end);
    let (_, nanoseconds) = UNITS.iter().find(|(name, _)| *name == unit)?;
    Some((scaled(number, *nanoseconds)?, rest))
}

fn scaled(number: &str, unit: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = if whole.is_empty() {
        0
    } else {
        whole.parse::<u64>().ok()?
    };
    let mut nanoseconds = whole.checked_mul(unit)?;
    let mut place = unit;
    for digit in fraction.chars() {
        place /= 10;
        nanoseconds = nanoseconds.checked_add(place * u64::from(digit.to_digit(10)?))?;
    }
    Some(nanoseconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_go_reads_them() {
        for (text, milliseconds) in [
            ("5s", Some(5_000)),
            ("1h30m", Some(5_400_000)),
            ("1.5s", Some(1_500)),
            (".5m", Some(30_000)),
            ("100ms", Some(100)),
            ("0", Some(0)),
            ("5", None),
            ("", None),
            ("s", None),
            ("2a", None),
            ("1s ", None),
            ("-1s", None),
            ("99999999999999999999h", None),
            ("1.2.3s", None),
        ] {
            assert_eq!(
                parse(text),
                milliseconds.map(Duration::from_millis),
                "{text:?}"
            );
        }
    }

    #[test]
    fn bare_seconds_and_days_stand_where_argo_cd_has_them() {
        assert_eq!(parse_lenient("30"), Some(Duration::from_secs(30)));
        assert_eq!(parse_lenient("3m"), Some(Duration::from_secs(180)));
        assert_eq!(parse_setting("1d"), Some(Duration::from_secs(86_400)));
        assert_eq!(parse_setting("30"), None);
    }
}
