//! `time.Duration`: nanoseconds with methods.

use super::Answer;
use super::arguments::{none, one_duration};
use crate::dates::duration;
use gotemplate::{Kind, Object, Value};
use std::any::Any;
use std::borrow::Cow;

/// `time.Duration`, in nanoseconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Duration(pub i64);

impl Object for Duration {
    fn type_name(&self) -> Cow<'static, str> {
        "time.Duration".into()
    }

    fn kind(&self) -> Kind {
        Kind::Int64
    }

    fn call(&self, method: &str, arguments: &[Value]) -> Option<Answer> {
        let nanoseconds = self.0;
        // Whole units and the rest apart, as Go divides.
        let units =
            |unit: i64| (nanoseconds / unit) as f64 + (nanoseconds % unit) as f64 / unit as f64;
        let value = match method {
            "String" => Value::Text(self.print().into()),
            "Nanoseconds" => Value::Int64(nanoseconds),
            "Microseconds" => Value::Int64(nanoseconds / 1_000),
            "Milliseconds" => Value::Int64(nanoseconds / 1_000_000),
            "Seconds" => Value::Float(units(duration::SECOND)),
            "Minutes" => Value::Float(units(60 * duration::SECOND)),
            "Hours" => Value::Float(units(3600 * duration::SECOND)),
            "Abs" => Value::object(Self(nanoseconds.saturating_abs())),
            "Round" | "Truncate" => {
                let to = match method {
                    "Round" => duration::round,
                    _ => duration::truncate,
                };
                let unit = one_duration(method, arguments);
                return Some(unit.map(|unit| Value::object(Self(to(nanoseconds, unit)))));
            }
            _ => return None,
        };
        Some(none(method, arguments).map(|()| value))
    }

    fn underlying(&self) -> Option<Value> {
        Some(Value::Int64(self.0))
    }

    fn print(&self) -> String {
        duration::text(self.0)
    }

    fn to_json(&self) -> serde_json::Value {
        self.0.into()
    }

    fn truth(&self) -> bool {
        self.0 != 0
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
