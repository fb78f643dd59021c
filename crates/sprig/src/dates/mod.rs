//! Functions on dates and durations: `now`, `date`, `dateModify`, `toDate`, `durationRound`, ...
//!
//! In: times, numbers and texts. Out: times (`time.Time`, an object with Go's methods) and texts.
//! The time it is comes from the host. Source: sprig 3.3, date.go.

mod calendar;
mod duration;
mod field;
mod format;
mod layout;
mod objects;
mod parse;
#[cfg(test)]
mod tests;
mod time;
mod zone;

pub use objects::{Duration, time as time_of, value};
pub use parse::{ParseError, parse};
pub use time::Time;
pub use zone::Zone;

use crate::host::Host;
use gotemplate::{Call, Function, FunctionError, Functions, Parameter, Value};

type Answer = Result<Value, FunctionError>;
type Body = fn(&mut Call<'_>, &[Value]) -> Answer;

const TIME: Parameter = Parameter::Object("time.Time");

const FUNCTIONS: [(&str, &[Parameter], Body); 16] = [
    ("ago", &[Parameter::Any], ago),
    ("date", &[Parameter::Text, Parameter::Any], date),
    ("date_in_zone", DATE_IN_ZONE, date_in_zone),
    ("dateInZone", DATE_IN_ZONE, date_in_zone),
    ("date_modify", &[Parameter::Text, TIME], date_modify),
    ("dateModify", &[Parameter::Text, TIME], date_modify),
    (
        "must_date_modify",
        &[Parameter::Text, TIME],
        must_date_modify,
    ),
    ("mustDateModify", &[Parameter::Text, TIME], must_date_modify),
    ("duration", &[Parameter::Any], duration_of_seconds),
    ("durationRound", &[Parameter::Any], duration_round),
    ("htmlDate", &[Parameter::Any], html_date),
    (
        "htmlDateInZone",
        &[Parameter::Any, Parameter::Text],
        html_date_in_zone,
    ),
    (
        "mustToDate",
        &[Parameter::Text, Parameter::Text],
        must_to_date,
    ),
    ("now", &[], now),
    ("toDate", &[Parameter::Text, Parameter::Text], to_date),
    ("unixEpoch", &[TIME], unix_epoch),
];

const DATE_IN_ZONE: &[Parameter] = &[Parameter::Text, Parameter::Any, Parameter::Text];

/// Adds these functions.
pub fn add_to(functions: &mut Functions) {
    for (name, parameters, body) in FUNCTIONS {
        let function = Function {
            parameters,
            variadic: false,
            body,
        };
        functions.add(name, function);
    }
}

fn now(call: &mut Call<'_>, _: &[Value]) -> Answer {
    Ok(value(clock(call)?))
}

fn clock(call: &Call<'_>) -> Result<Time, FunctionError> {
    Ok(Time::of_clock(Host::of(call)?.clock))
}

/// A time, or seconds since the epoch; of anything else it is now.
fn moment(call: &Call<'_>, value: &Value) -> Result<Time, FunctionError> {
    match value {
        Value::Int(seconds) | Value::Int64(seconds) => Ok(Time::unix(*seconds, Zone::Local)),
        value => match time_of(value) {
            Some(time) => Ok(time.clone()),
            None => clock(call),
        },
    }
}

fn text_of(value: &Value) -> &[u8] {
    match value {
        Value::Text(text) => text.as_bytes(),
        _ => b"",
    }
}

fn text(bytes: impl Into<gotemplate::Text>) -> Answer {
    Ok(Value::Text(bytes.into()))
}

/// A zone nobody knows is UTC.
fn formatted(call: &Call<'_>, layout: &[u8], date: &Value, zone: &[u8]) -> Answer {
    let zone = Zone::named(zone).unwrap_or(Zone::Utc);
    text(moment(call, date)?.within(zone).format(layout))
}

fn date(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    formatted(call, text_of(&arguments[0]), &arguments[1], b"Local")
}

fn date_in_zone(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let (layout, zone) = (text_of(&arguments[0]), text_of(&arguments[2]));
    formatted(call, layout, &arguments[1], zone)
}

const HTML: &[u8] = b"2006-01-02";

fn html_date(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    formatted(call, HTML, &arguments[0], b"Local")
}

fn html_date_in_zone(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    formatted(call, HTML, &arguments[0], text_of(&arguments[1]))
}

fn given(argument: &Value) -> Result<&Time, FunctionError> {
    time_of(argument).ok_or_else(|| FunctionError::new("wrong type for value; expected time.Time"))
}

fn date_modify(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let time = given(&arguments[1])?;
    let by = duration::parse(text_of(&arguments[0]));
    Ok(value(time.plus(by.unwrap_or(0))))
}

fn must_date_modify(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let time = given(&arguments[1])?;
    let by = duration::parse(text_of(&arguments[0]));
    let by = by.map_err(|error| FunctionError::new(error.to_string()))?;
    Ok(value(time.plus(by)))
}

fn to_date(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let time = parse(text_of(&arguments[0]), text_of(&arguments[1]));
    Ok(value(time.unwrap_or_else(|_| Time::zero())))
}

fn must_to_date(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let time = parse(text_of(&arguments[0]), text_of(&arguments[1]));
    let time = time.map_err(|error| FunctionError::new(error.to_string()));
    time.map(value)
}

fn unix_epoch(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    text(given(&arguments[0])?.seconds.to_string())
}

fn ago(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let passed = clock(call)?.since(&moment(call, &arguments[0])?);
    text(duration::text(duration::round(passed, duration::SECOND)))
}

fn duration_of_seconds(_: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let seconds = match &arguments[0] {
        Value::Text(text) => whole_number(text.as_bytes()),
        Value::Int64(seconds) => *seconds,
        _ => 0,
    };
    text(duration::text(seconds.wrapping_mul(duration::SECOND)))
}

/// A whole number; the one nearest to it if it is too large, zero if it is none.
fn whole_number(text: &[u8]) -> i64 {
    let digits = text.strip_prefix(b"-").or_else(|| text.strip_prefix(b"+"));
    let digits = digits.unwrap_or(text);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return 0;
    }
    let parsed = std::str::from_utf8(text)
        .ok()
        .and_then(|text| text.parse().ok());
    parsed.unwrap_or(if text.starts_with(b"-") {
        i64::MIN
    } else {
        i64::MAX
    })
}

/// The units durations are rounded down to, and the seconds in them.
const UNITS: [(u64, &str); 6] = [
    (365 * 24 * 3600, "y"),
    (30 * 24 * 3600, "mo"),
    (24 * 3600, "d"),
    (3600, "h"),
    (60, "m"),
    (1, "s"),
];

fn duration_round(call: &mut Call<'_>, arguments: &[Value]) -> Answer {
    let nanoseconds = match &arguments[0] {
        Value::Text(text) => duration::parse(text.as_bytes()).unwrap_or(0),
        Value::Int64(nanoseconds) => *nanoseconds,
        value => match time_of(value) {
            Some(time) => clock(call)?.since(time),
            None => 0,
        },
    };
    let magnitude = nanoseconds.unsigned_abs();
    let units = UNITS.map(|(seconds, name)| (seconds * 1_000_000_000, name));
    // Exactly one unit is still so many of the next smaller one.
    let unit = units.iter().find(|(unit, _)| magnitude > *unit);
    text(unit.map_or("0s".into(), |(unit, name)| {
        format!("{}{name}", magnitude / unit)
    }))
}
