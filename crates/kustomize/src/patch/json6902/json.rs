//! JSON as a patch sees it.
//!
//! Comes in: a value, or JSON text. Goes out: a tree whose scalars compare as their texts do: in a
//! JSON patch `1.0` is not the 1 of the object, and `"<"` not its `"\u003c"`. Source: evanphx/json-patch
//! 4.13 (lazyNode.equal), Go's encoding/json.

use super::error::{DecodeError, JsonPatchError};
use serde_json::value::RawValue;
use serde_json::{Number, Value};
use std::borrow::Cow;
use std::collections::BTreeMap;
use yaml::Limits;

/// A JSON value.
#[derive(Clone, Debug)]
pub enum Json {
    Null,
    /// A scalar of the object, or of a patch in YAML.
    Scalar(Value),
    /// A scalar of a patch in JSON, as written.
    Raw(Box<str>),
    Array(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            Value::Object(fields) => {
                let fields = fields.into_iter();
                Self::Object(fields.map(|(key, value)| (key, value.into())).collect())
            }
            scalar => Self::Scalar(scalar),
        }
    }
}

impl Json {
    /// Reads JSON text that is known to be JSON.
    pub fn read(text: &RawValue) -> Result<Self, DecodeError> {
        Self::read_at(text, 0)
    }

    fn read_at(text: &RawValue, depth: usize) -> Result<Self, DecodeError> {
        if depth > Limits::DEEPEST {
            return Err(DecodeError::TooDeep(Limits::DEEPEST));
        }
        let text = text.get();
        match text.as_bytes().first() {
            Some(b'{') => {
                let fields: BTreeMap<String, &RawValue> =
                    serde_json::from_str(text).map_err(DecodeError::Json)?;
                let fields = fields.into_iter();
                let fields = fields.map(|(key, value)| Ok((key, Self::read_at(value, depth + 1)?)));
                fields.collect::<Result<_, _>>().map(Self::Object)
            }
            Some(b'[') => {
                let items: Vec<&RawValue> =
                    serde_json::from_str(text).map_err(DecodeError::Json)?;
                let items = items.into_iter();
                let items = items.map(|item| Self::read_at(item, depth + 1));
                items.collect::<Result<_, _>>().map(Self::Array)
            }
            _ if text == "null" => Ok(Self::Null),
            _ => Ok(Self::Raw(text.into())),
        }
    }

    /// The value it stands for.
    pub fn into_value(self) -> Result<Value, JsonPatchError> {
        Ok(match self {
            Self::Null => Value::Null,
            Self::Scalar(value) => value,
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
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Array(ours), Self::Array(theirs)) => {
                ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| a.same(b))
            }
            (Self::Object(ours), Self::Object(theirs)) => {
                ours.len() == theirs.len()
                    && (ours.iter())
                        .all(|(key, value)| theirs.get(key).is_some_and(|it| it.same(value)))
            }
            _ => match (self.scalar_text(), other.scalar_text()) {
                (Some(ours), Some(theirs)) => ours == theirs,
                _ => false,
            },
        }
    }

    fn scalar_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Raw(text) => Some(Cow::Borrowed(text)),
            Self::Scalar(Value::String(text)) => Some(go_string(text).into()),
            Self::Scalar(Value::Number(number)) => Some(go_number(number).into()),
            Self::Scalar(value) => Some(value.to_string().into()),
            _ => None,
        }
    }
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
            assert_eq!(Json::from(value).scalar_text().as_deref(), Some(text));
        }
    }
}
