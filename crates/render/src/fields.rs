//! Blocks of a source, read field by field.
//!
//! In: a block as JSON. Out: its values, or an error that names the field and what it must be.

use crate::OptionsError;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A value and where it stands.
pub(crate) struct Field<'a> {
    pub path: String,
    pub value: &'a Value,
}

/// The fields of a map and where it stands.
pub(crate) struct Fields<'a> {
    path: String,
    map: Option<&'a Map<String, Value>>,
}

impl<'a> Fields<'a> {
    pub fn new(path: &str, value: Option<&'a Value>) -> Result<Self, OptionsError> {
        let map = match value {
            None | Some(Value::Null) => None,
            Some(Value::Object(map)) => Some(map),
            Some(_) => return Err(wrong(path, "a map of fields")),
        };
        let path = path.to_owned();
        Ok(Self { path, map })
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'a str, Field<'a>)> {
        let entries = self.map.into_iter().flatten();
        entries.map(|(name, value)| {
            let path = format!("{}.{name}", self.path);
            (name.as_str(), Field { path, value })
        })
    }
}

impl<'a> Field<'a> {
    pub fn given(&self) -> bool {
        !self.value.is_null()
    }

    pub fn wrong(&self, expected: &'static str) -> OptionsError {
        wrong(&self.path, expected)
    }

    pub fn text(&self) -> Result<String, OptionsError> {
        match self.value {
            Value::Null => Ok(String::new()),
            Value::String(text) => Ok(text.clone()),
            _ => Err(self.wrong("text")),
        }
    }

    pub fn switch(&self) -> Result<bool, OptionsError> {
        match self.value {
            Value::Null => Ok(false),
            Value::Bool(yes) => Ok(*yes),
            _ => Err(self.wrong("true or false")),
        }
    }

    /// A whole number, or a text that is one.
    pub fn count(&self) -> Result<i64, OptionsError> {
        let number = match self.value {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        number.ok_or_else(|| self.wrong("a whole number"))
    }

    pub fn fields(&self) -> Result<Fields<'a>, OptionsError> {
        Fields::new(&self.path, Some(self.value))
    }

    pub fn map(&self) -> Result<BTreeMap<String, String>, OptionsError> {
        let entries = self.fields()?;
        let text = |(name, value): (&str, Field<'_>)| Ok((name.to_owned(), value.text()?));
        entries.iter().map(text).collect()
    }

    pub fn texts(&self) -> Result<Vec<String>, OptionsError> {
        self.list(|item| item.text())
    }

    pub fn list<T>(
        &self,
        read: impl Fn(&Field<'_>) -> Result<T, OptionsError>,
    ) -> Result<Vec<T>, OptionsError> {
        let items: &[Value] = match self.value {
            Value::Null => &[],
            Value::Array(items) => items,
            _ => return Err(self.wrong("a list")),
        };
        let field = |(at, value)| Field {
            path: format!("{}[{at}]", self.path),
            value,
        };
        let items = items.iter().enumerate();
        items.map(|item| read(&field(item))).collect()
    }
}

fn wrong(path: &str, expected: &'static str) -> OptionsError {
    OptionsError::WrongType {
        field: path.to_owned(),
        expected,
    }
}
