//! Dates as go-yaml recognises them.
//!
//! Comes in: text that starts with a digit. Goes out: whether it is a timestamp. The value stays
//! text either way; the writer quotes such text. The forms are `2006-1-2`, the same with a time
//! after `T` or `t` and a zone, and with a time after spaces and no zone, as `time.Parse` takes
//! them: with its latitude about short fields, and its strictness about days of the month.

/// Whether text is a timestamp to go-yaml v2.
pub fn is(text: &str) -> bool {
    let Some(rest) = date(text.as_bytes()) else {
        return false;
    };
    match rest {
        [] => true,
        [b'T' | b't', rest @ ..] => time(rest).is_some_and(zone),
        [b' ', ..] => time(without_spaces(rest)).is_some_and(<[u8]>::is_empty),
        _ => false,
    }
}

fn without_spaces(text: &[u8]) -> &[u8] {
    let spaces = text.iter().take_while(|byte| **byte == b' ').count();
    &text[spaces..]
}

fn date(text: &[u8]) -> Option<&[u8]> {
    let (year, rest) = text.split_at_checked(4)?;
    let year = year
        .iter()
        .try_fold(0, |year, byte| digit(*byte).map(|digit| year * 10 + digit))?;
    let (month, rest) = number(expect(rest, b'-')?)?;
    let (day, rest) = number(expect(rest, b'-')?)?;
    (1..=days_in(month, year)).contains(&day).then_some(rest)
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

fn time(text: &[u8]) -> Option<&[u8]> {
    let (hour, rest) = number(text)?;
    let (minute, rest) = number(expect(rest, b':')?)?;
    let (second, rest) = number(expect(rest, b':')?)?;
    (hour < 24 && minute < 60 && second < 60).then(|| without_fraction(rest))
}

/// A fraction may also stand behind a comma.
fn without_fraction(text: &[u8]) -> &[u8] {
    match text {
        [b'.' | b',', digits @ ..] if digits.first().is_some_and(u8::is_ascii_digit) => {
            let length = digits
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            &digits[length..]
        }
        _ => text,
    }
}

/// Go lets a zone be 24 hours and 60 minutes away, inclusive.
fn zone(text: &[u8]) -> bool {
    match *text {
        [b'Z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => {
            two_digits(h1, h2).is_some_and(|hours| hours <= 24)
                && two_digits(m1, m2).is_some_and(|minutes| minutes <= 60)
        }
        _ => false,
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
    use super::is;

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
}
