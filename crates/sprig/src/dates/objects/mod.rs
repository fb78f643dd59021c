//! Times and what belongs to them as templates see them: objects with Go's methods.
//!
//! In: a method and its arguments. Out: what Go's method gives. Methods of several results cannot be
//! called from a template; they answer with the error Go gives there.

mod arguments;
mod duration;
mod location;
mod named;

pub use duration::Duration;

use super::time::Time;
use super::zone::Zone;
use super::{TIME, format};
use arguments::{integer, none, one_duration, one_location, one_text, one_time, wrong_count};
use gotemplate::{FunctionError, Kind, Object, Parameter, Signature, Value};
use location::Location;
use named::Named;
use std::any::Any;
use std::borrow::Cow;
use std::cmp::Ordering;

type Answer = Result<Value, FunctionError>;

/// A time as a value of templates.
pub fn value(time: Time) -> Value {
    Value::object(time)
}

/// The time a value is, if it is one.
pub fn time(value: &Value) -> Option<&Time> {
    value.downcast()
}

impl Object for Time {
    fn type_name(&self) -> Cow<'static, str> {
        "time.Time".into()
    }

    fn kind(&self) -> Kind {
        Kind::Struct
    }

    /// Not of methods that take durations, which a number in the template may be.
    fn signature(&self, method: &str) -> Option<Signature> {
        Some(Signature::of(match method {
            "Format" => &[Parameter::Text],
            "AddDate" => &[Parameter::Int, Parameter::Int, Parameter::Int],
            "Sub" | "Before" | "After" | "Equal" | "Compare" => &[TIME],
            "In" => &[Parameter::Object("*time.Location")],
            _ => return None,
        }))
    }

    fn call(&self, method: &str, arguments: &[Value]) -> Option<Answer> {
        reading(self, method, arguments)
            .or_else(|| moving(self, method, arguments))
            .or_else(|| manifold(method))
    }

    fn print(&self) -> String {
        self.text()
    }

    fn to_json(&self) -> serde_json::Value {
        let text = self.format(format::RFC3339_NANO);
        String::from_utf8_lossy(&text).into()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Methods that say something about a time.
fn reading(time: &Time, method: &str, arguments: &[Value]) -> Option<Answer> {
    let civil = || time.civil();
    let of_epoch =
        |unit: i128| Value::Int64((time.nanoseconds_since_epoch().div_euclid(unit)) as i64);
    let value = match method {
        "String" => Value::Text(time.text().into()),
        "Format" => {
            return Some(one_text(method, arguments).map(|layout| text(time.format(layout))));
        }
        "Year" => Value::Int(civil().year),
        "Month" => Value::object(Named::Month(civil().month)),
        "Day" => Value::Int(civil().day.into()),
        "Weekday" => Value::object(Named::Weekday(civil().weekday)),
        "YearDay" => Value::Int(civil().day_of_year.into()),
        "Hour" => Value::Int(civil().hour.into()),
        "Minute" => Value::Int(civil().minute.into()),
        "Second" => Value::Int(civil().second.into()),
        "Nanosecond" => Value::Int(time.nanoseconds.into()),
        "Unix" => Value::Int64(time.seconds),
        "UnixMilli" => of_epoch(1_000_000),
        "UnixMicro" => of_epoch(1_000),
        "UnixNano" => of_epoch(1),
        "IsZero" => Value::Bool(time.is_zero()),
        "IsDST" => Value::Bool(time.zone_now().summer),
        "Location" => Value::object(Location(time.zone.clone())),
        _ => return None,
    };
    Some(none(method, arguments).map(|()| value))
}

/// Methods that give another time, or hold this one against another.
fn moving(time: &Time, method: &str, arguments: &[Value]) -> Option<Answer> {
    let in_zone = |zone| none(method, arguments).map(|()| value(time.within(zone)));
    let by = |moved: fn(&Time, i64) -> Time| {
        one_duration(method, arguments).map(|by| value(moved(time, by)))
    };
    let against = |compared: fn(&Time, &Time) -> Value| {
        one_time(method, arguments).map(|other| compared(time, other))
    };
    Some(match method {
        "UTC" => in_zone(Zone::Utc),
        "Local" => in_zone(Zone::Local),
        "In" => one_location(method, arguments).map(|zone| value(time.within(zone))),
        "Add" => by(Time::plus),
        "Truncate" => by(Time::truncated),
        "Round" => by(Time::rounded),
        "AddDate" => add_date(time, arguments),
        "Sub" => against(|a, b| Value::object(Duration(a.since(b)))),
        "Before" => against(|a, b| Value::Bool(order(a, b).is_lt())),
        "After" => against(|a, b| Value::Bool(order(a, b).is_gt())),
        "Equal" => against(|a, b| Value::Bool(order(a, b).is_eq())),
        "Compare" => against(|a, b| Value::Int(order(a, b) as i64)),
        _ => return None,
    })
}

fn order(a: &Time, b: &Time) -> Ordering {
    a.nanoseconds_since_epoch()
        .cmp(&b.nanoseconds_since_epoch())
}

fn add_date(time: &Time, arguments: &[Value]) -> Answer {
    let numbers: Result<Vec<i64>, _> = arguments.iter().map(|a| integer(a, "int")).collect();
    match numbers?.as_slice() {
        [years, months, days] => Ok(value(time.on_by(*years, *months, *days))),
        _ => Err(wrong_count("AddDate", 3, arguments)),
    }
}

/// Methods whose results are too many for a template.
fn manifold(method: &str) -> Option<Answer> {
    let results = match method {
        "Date" | "Clock" => 3,
        "ISOWeek" | "Zone" | "ZoneBounds" => 2,
        _ => return None,
    };
    let message = match results {
        2 => {
            format!("invalid function signature for {method}: second return value should be error")
        }
        results => format!("function {method} has {results} return values; should be 1 or 2"),
    };
    Some(Err(FunctionError::new(message)))
}

fn text(bytes: Vec<u8>) -> Value {
    Value::Text(bytes.into())
}
