//! Text to a time, by a layout.
//!
//! In: a layout and a text. Out: the time, or Go's words on why there is none. Source: Go 1.26,
//! time/format.go (parse).

use super::calendar::{days_in, days_to, is_leap};
use super::field::{self, Bad, Fields};
use super::layout::cut;
use super::time::Time;
use super::zone::Zone;

/// The text is not of this layout; the words are Go's.
#[derive(Debug, thiserror::Error)]
#[error("parsing time {}{message}", quote(.text))]
pub struct ParseError {
    text: Vec<u8>,
    message: String,
}

/// Reads a time; one without a zone is of the local one.
pub fn parse(layout: &[u8], text: &[u8]) -> Result<Time, ParseError> {
    let problem = |message| ParseError {
        text: text.to_vec(),
        message,
    };
    let fields = fields(layout, text).map_err(problem)?;
    let fields = with_date(fields).map_err(|wrong| problem(format!(": {wrong}")))?;
    Ok(time(fields))
}

/// Goes through layout and text together.
fn fields(layout: &[u8], text: &[u8]) -> Result<Fields, String> {
    let mut fields = Fields::default();
    let (mut rest, mut value) = (layout, text);
    loop {
        let piece = cut(rest);
        let cannot = |at: &[u8], wanted: &[u8]| {
            let (layout, at, wanted) = (quote(layout), quote(at), quote(wanted));
            format!(" as {layout}: cannot parse {at} as {wanted}")
        };
        value = skip(value, piece.before).map_err(|at| cannot(at, piece.before))?;
        let Some(element) = piece.element else {
            return match value {
                b"" => Ok(fields),
                extra => Err(format!(": extra text: {}", quote(extra))),
            };
        };
        let found = field::read(element, value, piece.behind, &mut fields);
        value = found.map_err(|bad| match bad {
            Bad::Form => cannot(value, piece.spelling),
            Bad::Range(what) => format!(": {what} out of range"),
        })?;
        rest = piece.behind;
    }
}

/// Takes the text between elements off; any number of spaces is as good as any other.
fn skip<'a>(mut value: &'a [u8], mut prefix: &[u8]) -> Result<&'a [u8], &'a [u8]> {
    while let Some(first) = prefix.first() {
        if *first == b' ' {
            if value.first().is_some_and(|c| *c != b' ') {
                return Err(value);
            }
            prefix = without_spaces(prefix);
            value = without_spaces(value);
            continue;
        }
        let same = value.first() == Some(first);
        (value, prefix) = match same {
            true => (&value[1..], &prefix[1..]),
            false => return Err(value),
        };
    }
    Ok(value)
}

fn without_spaces(text: &[u8]) -> &[u8] {
    let spaces = text.iter().take_while(|c| **c == b' ').count();
    &text[spaces..]
}

/// Month and day from the day of the year, or from what stands there, or the first of all.
fn with_date(mut fields: Fields) -> Result<Fields, &'static str> {
    if let Some(day_of_year) = fields.day_of_year {
        let (month, day) = date_of(fields.year, day_of_year).ok_or("day-of-year out of range")?;
        if fields.month.is_some_and(|seen| seen != month) {
            return Err("day-of-year does not match month");
        }
        if fields.day.is_some_and(|seen| seen != day) {
            return Err("day-of-year does not match day");
        }
        (fields.month, fields.day) = (Some(month), Some(day));
    }
    let month = *fields.month.get_or_insert(1);
    let day = *fields.day.get_or_insert(1);
    match (1..=days_in(fields.year, month)).contains(&day) {
        true => Ok(fields),
        false => Err("day out of range"),
    }
}

fn date_of(year: i64, day_of_year: u32) -> Option<(u32, u32)> {
    let days = 365 + u32::from(is_leap(year));
    let mut day = Some(day_of_year).filter(|day| (1..=days).contains(day))?;
    for month in 1..=12 {
        if day <= days_in(year, month) {
            return Some((month, day));
        }
        day -= days_in(year, month);
    }
    None
}

fn time(fields: Fields) -> Time {
    let hour = match fields.hour {
        hour @ ..12 if fields.afternoon => hour + 12,
        12 if fields.morning => 0,
        hour => hour,
    };
    let (month, day) = (fields.month.unwrap_or(1), fields.day.unwrap_or(1));
    let days = days_to(fields.year, month, i64::from(day));
    let clock = (hour * 60 + fields.minute) * 60 + fields.second;
    let seconds = days * 86_400 + i64::from(clock);
    let (seconds, zone) = placed(seconds, &fields);
    Time {
        seconds,
        nanoseconds: fields.nanoseconds,
        zone,
    }
}

/// The moment at which a zone's clocks show so many seconds.
fn placed(seconds: i64, fields: &Fields) -> (i64, Zone) {
    let name = fields.zone_name.clone();
    if fields.utc {
        return (seconds, Zone::Utc);
    }
    if let Some(offset) = fields.zone_offset {
        let zone = match (offset, name.as_str()) {
            (0, "" | "UTC") => Zone::Local,
            _ => Zone::Fixed { name, offset },
        };
        return (seconds - i64::from(offset), zone);
    }
    if name.is_empty() {
        return (seconds, Zone::Local);
    }
    // A name alone says nothing of the distance, but behind GMT; not even there is it taken off.
    let hours = name
        .strip_prefix("GMT")
        .and_then(|hours| hours.parse().ok());
    let offset = hours.map_or(0, |hours: i32| hours * 3600);
    (seconds, Zone::Fixed { name, offset })
}

/// As Go's package quotes text in its messages: what is not ASCII byte by byte.
pub fn quote(text: &[u8]) -> String {
    let mut quoted = String::from('"');
    for byte in text {
        match byte {
            b'"' | b'\\' => quoted.extend(['\\', char::from(*byte)]),
            0x20..0x80 => quoted.push(char::from(*byte)),
            _ => quoted.push_str(&format!("\\x{byte:02x}")),
        }
    }
    quoted.push('"');
    quoted
}
