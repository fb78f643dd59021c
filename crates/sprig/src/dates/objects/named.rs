//! `time.Month` and `time.Weekday`: numbers with names.

use super::Answer;
use super::arguments::none;
use crate::dates::calendar::{MONTHS, WEEKDAYS};
use gotemplate::{Kind, Object, Value};
use std::any::Any;
use std::borrow::Cow;

/// `time.Month` or `time.Weekday`: a number with a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Named {
    Month(u32),
    Weekday(u32),
}

impl Named {
    fn number(self) -> u32 {
        match self {
            Self::Month(number) | Self::Weekday(number) => number,
        }
    }
}

impl Object for Named {
    fn type_name(&self) -> Cow<'static, str> {
        match self {
            Self::Month(_) => "time.Month".into(),
            Self::Weekday(_) => "time.Weekday".into(),
        }
    }

    fn kind(&self) -> Kind {
        Kind::Int
    }

    fn call(&self, method: &str, arguments: &[Value]) -> Option<Answer> {
        let name = || Value::Text(self.print().into());
        (method == "String").then(|| none(method, arguments).map(|()| name()))
    }

    fn underlying(&self) -> Option<Value> {
        Some(Value::Int(self.number().into()))
    }

    fn print(&self) -> String {
        match self {
            Self::Month(month) => MONTHS[*month as usize - 1].into(),
            Self::Weekday(day) => WEEKDAYS[*day as usize].into(),
        }
    }

    fn to_json(&self) -> serde_json::Value {
        self.number().into()
    }

    fn truth(&self) -> bool {
        self.number() != 0
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
