//! JSON as a patch sees it.
//!
//! Comes in: a value, or JSON text. Goes out: a tree whose scalars compare as their texts do: in a
//! JSON patch `1.0` is not the 1 of the object, and `"<"` not its `"\u003c"`. Source: evanphx/json-patch
//! 4.13 (lazyNode.equal), Go's encoding/json.

use super::error::{DecodeError, JsonPatchError};
use crate::patch::DEEPEST;
use serde_json::value::RawValue;
use serde_json::{Number, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A JSON value.
#[derive(Clone, Debug)]
pub enum Json {
    /// Part of the object or of a patch in YAML that nobody looked into, or a scalar of it.
    Value(Value),
    /// A scalar of a patch in JSON, as written.
    Raw(Box<str>),
    Array(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

impl Json {
    pub const NULL: Self = Self::Value(Value::Null);

    /// Is it null?
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Value(Value::Null))
    }

    /// Looks into it: what is a list or a map is an `Array` or an `Object` then.
    pub fn open(&mut self) -> &mut Self {
        if let Self::Value(value) = self {
            match value.take() {
                Value::Array(items) => {
                    *self = Self::Array(items.into_iter().map(Self::Value).collect());
                }
                Value::Object(fields) => {
                    let fields = fields.into_iter();
                    *self = Self::Object(fields.map(|(key, at)| (key, Self::Value(at))).collect());
                }
                scalar => *value = scalar,
            }
        }
        self
    }

    /// Reads JSON text that is known to be JSON.
    pub fn read(text: &RawValue) -> Result<Self, DecodeError> {
        Self::read_at(text, 0)
    }

    /// Loops instead of iterators: they need less of the stack at each level.
    fn read_at(text: &RawValue, depth: usize) -> Result<Self, DecodeError> {
        if depth > DEEPEST {
            return Err(DecodeError::TooDeep(DEEPEST));
        }
        match text.get().as_bytes().first() {
            Some(b'{') => {
                let mut fields = BTreeMap::new();
                for (key, value) in parts_of_object(text)? {
                    fields.insert(key, Self::read_at(value, depth + 1)?);
                }
                Ok(Self::Object(fields))
            }
            Some(b'[') => {
                let mut items = Vec::new();
                for item in parts_of_array(text)? {
                    items.push(Self::read_at(item, depth + 1)?);
                }
                Ok(Self::Array(items))
            }
            Some(b'n') => Ok(Self::NULL),
            _ => Ok(Self::Raw(text.get().into())),
        }
    }

    /// The value it stands for.
    pub fn into_value(self) -> Result<Value, JsonPatchError> {
        Ok(match self {
            Self::Value(value) => value,
            Self::Raw(text) => serde_json::from_str(&text).map_err(JsonPatchError::Number)?,
            Self::Array(items) => {
                let items = items.into_iter().map(Self::into_value);
                Value::Array(items.collect::<Result<_, _>>()?)
            }
            Self::Object(fields) => {
                let fields = fields.into_iter();
                let fields = fields.map(|(key, value)| Ok((key, value.into_value()?)));
                Value::Object(fields.collect::<Result<_, JsonPatchError>>()?)
            }
        })
    }

    /// Is it the same, scalars by their text?
    pub fn same(&self, other: &Self) -> bool {
        let (mut ours, mut theirs) = (self.clone(), other.clone());
        ours.is_same(&mut theirs)
    }

    fn is_same(&mut self, other: &mut Self) -> bool {
        match (self.open(), other.open()) {
            (Self::Array(ours), Self::Array(theirs)) => {
                ours.len() == theirs.len()
                    && ours
                        .iter_mut()
                        .zip(theirs)
                        .all(|(one, other)| one.is_same(other))
            }
            (Self::Object(ours), Self::Object(theirs)) => {
                ours.len() == theirs.len()
                    && ours.iter_mut().all(|(key, value)| {
                        theirs
                            .get_mut(key)
                            .is_some_and(|other| value.is_same(other))
                    })
            }
            (ours, theirs) => match (ours.scalar_text(), theirs.scalar_text()) {
                (Some(ours), Some(theirs)) => ours == theirs,
                _ => false,
            },
        }
    }

    fn scalar_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Raw(text) => Some(Cow::Borrowed(text)),
            Self::Value(Value::String(text)) => Some(go_string(text).into()),
            Self::Value(Value::Number(number)) => Some(go_number(number).into()),
            Self::Value(value) => Some(value.to_string().into()),
            _ => None,
        }
    }
}

fn parts_of_object(text: &RawValue) -> Result<BTreeMap<String, &RawValue>, DecodeError> {
    serde_json::from_str(text.get()).map_err(DecodeError::Json)
}

fn parts_of_array(text: &RawValue) -> Result<Vec<&RawValue>, DecodeError> {
    serde_json::from_str(text.get()).map_err(DecodeError::Json)
}

/// A string as Go writes it in JSON.
fn go_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// A number as Go writes it in JSON.
fn go_number(number: &Number) -> String {
    let Some(float) = number.as_f64().filter(|_| number.is_f64()) else {
        return number.to_string();
    };
    match float.abs() {
        0.0 => format!("{float:.0}"),
        size if (1e-6..1e21).contains(&size) => float.to_string(),
        size if size < 1e-6 => format!("{float:e}"),
        _ => format!("{float:e}").replace('e', "e+"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_written_as_go_writes_them() {
        for (value, text) in [
            (
                "\"a<b>&\\u2028\\b\\u0001é\"",
                "\"a\\u003cb\\u003e\\u0026\\u2028\\b\\u0001é\"",
            ),
            ("1.5", "1.5"),
            ("0.000001", "0.000001"),
            ("0.00000015", "1.5e-7"),
            ("1e300", "1e+300"),
            ("true", "true"),
        ] {
            let value: Value = serde_json::from_str(value).unwrap();
            assert_eq!(Json::Value(value).scalar_text().as_deref(), Some(text));
        }
    }
}
