//! Dates as go-yaml recognises them.
//!
//! Comes in: text that starts with a digit. Goes out: the moment it names, if it names one. To
//! go-yaml v2 it stays text either way, and its writer quotes such text; yaml.v3 makes RFC 3339 of
//! it. The forms are `2006-1-2`, the same with a time
//! after `T` or `t` and a zone, and with a time after spaces and no zone, as `time.Parse` takes
//! them: with its latitude about short fields, and its strictness about days of the month.

/// Whether text is a timestamp to go-yaml.
pub fn is(text: &str) -> bool {
    of(text).is_some()
}

/// A moment, in the zone it was written in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Timestamp<'a> {
    /// Year, month and day.
    date: [u32; 3],
    /// Hour, minute and second.
    time: [u32; 3],
    /// Digits behind the point.
    fraction: &'a [u8],
    /// Minutes east of UTC.
    zone: i32,
}

/// The moment a text names.
pub fn of(text: &str) -> Option<Timestamp<'_>> {
    let (date, rest) = date(text.as_bytes())?;
    let day = Timestamp {
        date,
        ..Timestamp::default()
    };
    match rest {
        [] => Some(day),
        [b'T' | b't', rest @ ..] => {
            let (time, fraction, rest) = time(rest)?;
            let zone = zone(rest)?;
            Some(Timestamp {
                date,
                time,
                fraction,
                zone,
            })
        }
        [b' ', ..] => match time(without_spaces(rest))? {
            (time, fraction, []) => Some(Timestamp {
                time,
                fraction,
                ..day
            }),
            _ => None,
        },
        _ => None,
    }
}

impl Timestamp<'_> {
    /// What Go's JSON makes of it; nothing if its zone is a day away or more.
    pub fn rfc3339(&self) -> Option<String> {
        let ([year, month, day], [hour, minute, second]) = (self.date, self.time);
        let mut text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
        // Go counts in nanoseconds.
        let fraction = &self.fraction[..self.fraction.len().min(9)];
        let fraction = String::from_utf8_lossy(fraction);
        let fraction = fraction.trim_end_matches('0');
        if !fraction.is_empty() {
            text.push('.');
            text.push_str(fraction);
        }
        let (hours, minutes) = (self.zone.abs() / 60, self.zone.abs() % 60);
        match self.zone {
            0 => text.push('Z'),
            1.. => text.push_str(&format!("+{hours:02}:{minutes:02}")),
            ..0 => text.push_str(&format!("-{hours:02}:{minutes:02}")),
        }
        (hours < 24).then_some(text)
    }
}

fn without_spaces(text: &[u8]) -> &[u8] {
    let spaces = text.iter().take_while(|byte| **byte == b' ').count();
    &text[spaces..]
}

fn date(text: &[u8]) -> Option<([u32; 3], &[u8])> {
    let (year, rest) = text.split_at_checked(4)?;
    let year = year
        .iter()
        .try_fold(0, |year, byte| digit(*byte).map(|digit| year * 10 + digit))?;
    let (month, rest) = number(expect(rest, b'-')?)?;
    let (day, rest) = number(expect(rest, b'-')?)?;
    let exists = (1..=days_in(month, year)).contains(&day);
    exists.then_some(([year, month, day], rest))
}

fn days_in(month: u32, year: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    }
}

type Time<'a> = ([u32; 3], &'a [u8], &'a [u8]);

/// Hour, minute and second, the fraction, and what follows.
fn time(text: &[u8]) -> Option<Time<'_>> {
    let (hour, rest) = number(text)?;
    let (minute, rest) = number(expect(rest, b':')?)?;
    let (second, rest) = number(expect(rest, b':')?)?;
    let exists = hour < 24 && minute < 60 && second < 60;
    let (fraction, rest) = split_fraction(rest);
    exists.then_some(([hour, minute, second], fraction, rest))
}

/// A fraction may also stand behind a comma.
fn split_fraction(text: &[u8]) -> (&[u8], &[u8]) {
    match text {
        [b'.' | b',', digits @ ..] if digits.first().is_some_and(u8::is_ascii_digit) => {
            let length = digits
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            digits.split_at(length)
        }
        _ => (&[], text),
    }
}

/// Minutes east of UTC. Go lets a zone be 24 hours and 60 minutes away, inclusive.
fn zone(text: &[u8]) -> Option<i32> {
    match *text {
        [b'Z'] => Some(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let hours = two_digits(h1, h2).filter(|hours| *hours <= 24)?;
            let minutes = two_digits(m1, m2).filter(|minutes| *minutes <= 60)?;
            let away = i32::try_from(hours * 60 + minutes).ok()?;
            Some(if sign == b'-' { -away } else { away })
        }
        _ => None,
    }
}

/// One or two digits.
fn number(text: &[u8]) -> Option<(u32, &[u8])> {
    match *text {
        [tens, ones, ref rest @ ..] if ones.is_ascii_digit() => {
            Some((two_digits(tens, ones)?, rest))
        }
        [ones, ref rest @ ..] => Some((digit(ones)?, rest)),
        [] => None,
    }
}

fn two_digits(tens: u8, ones: u8) -> Option<u32> {
    Some(digit(tens)? * 10 + digit(ones)?)
}

fn digit(byte: u8) -> Option<u32> {
    char::from(byte).to_digit(10)
}

fn expect(text: &[u8], byte: u8) -> Option<&[u8]> {
    text.strip_prefix(&[byte])
}

#[cfg(test)]
mod tests {
    use super::{is, of};

    #[test]
    fn timestamps_are_those_of_go() {
        for text in [
            "2020-01-01",
            "2020-2-29",
            "2020-01-01T10:00:00Z",
            "2020-01-01t1:2:3,5+24:60",
            "2001-12-14   21:59:43.10",
        ] {
            assert!(is(text), "{text}");
        }
        for text in [
            "2021-02-29",
            "2020-13-01",
            "2020-01-01T10:00:00",
            "2020-01-01 10:00:00Z",
            "2020-01-01T10:00:60Z",
            "2020-01-01T10:00:00.Z",
            "2001-12-14 21:59:43.10 -5:00",
            "20200-01-01",
            "2020-01-01 ",
        ] {
            assert!(!is(text), "{text}");
        }
    }
    #[test]
    fn timestamps_are_spelled_as_in_go_json() {
        for (text, spelled) in [
            ("2020-1-2", Some("2020-01-02T00:00:00Z")),
            ("2020-1-2 3:4:5", Some("2020-01-02T03:04:05Z")),
            (
                "2020-01-02t03:04:05.1234567899+00:00",
                Some("2020-01-02T03:04:05.123456789Z"),
            ),
            (
                "2020-01-02T03:04:05,100-22:60",
                Some("2020-01-02T03:04:05.1-23:00"),
            ),
            ("2020-01-02T03:04:05+24:00", None),
        ] {
            let moment = of(text).unwrap();
            assert_eq!(moment.rfc3339().as_deref(), spelled, "{text}");
        }
    }
}
