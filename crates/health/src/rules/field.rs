//! One field of an object that nobody has checked, as the rules of custom resources see it.
//!
//! Comes in: JSON. Goes out: its fields, lists and words, read as loosely as Argo CD's scripts read
//! them, so that the same malformed object gets the same verdict: null is no value, not even in a
//! list; text and lists have no fields but may be asked for them; anything else that is asked for a field or
//! walked through without being a list or an object is a [`Stumble`].
//! Source of the rules: Lua 5.1, as gopher-lua runs it.
//!
//! Cost: a lookup for each name; nothing is copied.

use super::number;
use serde_json::{Map, Value};
use std::borrow::Cow;
use thiserror::Error;

/// A field that was looked for.
#[derive(Clone, Copy, Debug)]
pub enum Field<'a> {
    Absent,
    Flag(bool),
    Number(f64),
    Text(&'a str),
    List(&'a Vec<Value>),
    Map(&'a Map<String, Value>),
}

/// Where a rule found what it can make nothing of.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum Stumble {
    /// Only objects have fields.
    #[error("cannot read {name}: expected an object, found {found}")]
    NotAnObject { name: String, found: &'static str },
    /// Only lists and objects can be walked through.
    #[error("expected a list, found {0}")]
    NotAList(&'static str),
    /// Only text and numbers can be part of a message.
    #[error("expected a string, found {0}")]
    NotText(&'static str),
    /// Only numbers can be reckoned with.
    #[error("expected a number, found {0}")]
    NotANumber(&'static str),
    /// Only two numbers or two texts have an order.
    #[error("cannot compare {0} with {1}")]
    Incomparable(&'static str, &'static str),
}

impl<'a> From<&'a Value> for Field<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Absent,
            Value::Bool(flag) => Self::Flag(*flag),
            Value::Number(number) => number.as_f64().map_or(Self::Absent, Self::Number),
            Value::String(text) => Self::Text(text),
            Value::Array(items) => Self::List(items),
            Value::Object(fields) => Self::Map(fields),
        }
    }
}

impl<'a> From<&'a str> for Field<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

/// Lists and objects are the same only if they are one and the same; nothing equals what is of
/// another type.
impl PartialEq for Field<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Absent, Self::Absent) => true,
            (Self::Flag(one), Self::Flag(two)) => one == two,
            (Self::Number(one), Self::Number(two)) => one == two,
            (Self::Text(one), Self::Text(two)) => one == two,
            (Self::List(one), Self::List(two)) => std::ptr::eq(*one, *two),
            (Self::Map(one), Self::Map(two)) => std::ptr::eq(*one, *two),
            _ => false,
        }
    }
}

impl<'a> Field<'a> {
    /// A field of this one, which has to be there.
    pub fn get(self, name: &str) -> Result<Field<'a>, Stumble> {
        match self {
            Self::Map(fields) => Ok(fields.get(name).map_or(Self::Absent, Field::from)),
            Self::Text(_) | Self::List(_) => Ok(Self::Absent),
            other => Err(Stumble::NotAnObject {
                name: name.to_owned(),
                found: other.type_name(),
            }),
        }
    }

    /// What stands at a path such as `status.phase`; absent if anything on the way is.
    pub fn find(self, path: &str) -> Result<Field<'a>, Stumble> {
        let mut field = self;
        for name in path.split('.') {
            if !field.is_set() {
                break;
            }
            field = field.get(name)?;
        }
        Ok(field)
    }

    /// What stands at a path; absent if anything on the way is, or is `false`.
    pub fn reach(self, path: &str) -> Result<Field<'a>, Stumble> {
        let mut field = self;
        for name in path.split('.') {
            if field.is_truthy() {
                field = field.get(name)?;
            }
        }
        Ok(field.or(Self::Absent))
    }

    /// Whether there is a value.
    pub fn is_set(self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// Whether it is this text.
    pub fn is(self, text: &str) -> bool {
        matches!(self, Self::Text(own) if own == text)
    }

    /// Whether it is one of these texts.
    pub fn is_one_of(self, texts: &[&str]) -> bool {
        texts.iter().any(|text| self.is(text))
    }

    /// Whether it counts as true: anything does that is set and not `false`.
    pub fn is_truthy(self) -> bool {
        !matches!(self, Self::Absent | Self::Flag(false))
    }

    /// This, unless it is absent or `false`.
    pub fn or(self, other: impl Into<Field<'a>>) -> Field<'a> {
        if self.is_truthy() { self } else { other.into() }
    }

    /// This, unless it is absent.
    pub fn if_unset(self, other: impl Into<Field<'a>>) -> Field<'a> {
        if self.is_set() { self } else { other.into() }
    }

    /// The items of a list, nulls left out. An object has none.
    pub fn items(self) -> Result<impl DoubleEndedIterator<Item = Field<'a>> + Clone, Stumble> {
        let items = match self {
            Self::List(items) => items.as_slice(),
            Self::Map(_) => &[],
            other => return Err(Stumble::NotAList(other.type_name())),
        };
        Ok(items.iter().map(Field::from).filter(|item| item.is_set()))
    }

    /// The items of the list at a path; none if anything on the way is absent.
    pub fn items_at(self, path: &str) -> Result<impl Iterator<Item = Field<'a>>, Stumble> {
        let list = self.find(path)?;
        let items = if list.is_set() {
            Some(list.items()?)
        } else {
            None
        };
        Ok(items.into_iter().flatten())
    }

    /// The items of a list, or the values of an object in the order of their names, nulls left out.
    pub fn values(self) -> Result<impl Iterator<Item = Field<'a>>, Stumble> {
        let fields = match self {
            Self::Map(fields) => Some(fields.values()),
            _ => None,
        };
        let fields = fields.into_iter().flatten().map(Field::from);
        Ok(self.items()?.chain(fields).filter(|value| value.is_set()))
    }

    /// The same with the number, from 1, or the name each has in a message.
    pub fn entries(self) -> Result<impl Iterator<Item = (String, Field<'a>)>, Stumble> {
        let fields = match self {
            Self::Map(fields) => Some(fields.iter()),
            _ => None,
        };
        let fields = fields.into_iter().flatten();
        let fields = fields.map(|(name, value)| (name.clone(), Field::from(value)));
        let items = (1..).zip(self.items()?);
        let items = items.map(|(number, item): (usize, _)| (number.to_string(), item));
        Ok(items.chain(fields).filter(|(_, value)| value.is_set()))
    }

    /// How many items a list has, nulls left out, or how many bytes a text. An object has none.
    pub fn length(self) -> Result<usize, Stumble> {
        match self {
            Self::Text(text) => Ok(text.len()),
            other => Ok(other.items()?.count()),
        }
    }

    /// Whether this stands before the other.
    pub fn is_less_than(self, other: impl Into<Field<'a>>) -> Result<bool, Stumble> {
        match (self, other.into()) {
            (Self::Number(one), Self::Number(two)) => Ok(one < two),
            (Self::Text(one), Self::Text(two)) => Ok(one < two),
            (one, two) => Err(Stumble::Incomparable(one.type_name(), two.type_name())),
        }
    }

    /// A number to reckon with; text that spells one will do.
    pub fn number(self) -> Result<f64, Stumble> {
        match self {
            Self::Number(number) => Ok(number),
            Self::Text(text) => number::coerced(text).ok_or(Stumble::NotANumber("a string")),
            other => Err(Stumble::NotANumber(other.type_name())),
        }
    }

    /// Text and nothing else.
    pub fn text(self) -> Result<&'a str, Stumble> {
        match self {
            Self::Text(text) => Ok(text),
            other => Err(Stumble::NotText(other.type_name())),
        }
    }

    /// A part of a message; a number will do.
    pub fn piece(self) -> Result<Cow<'a, str>, Stumble> {
        match self {
            Self::Text(text) => Ok(Cow::Borrowed(text)),
            Self::Number(number) => Ok(Cow::Owned(number::printed(number))),
            other => Err(Stumble::NotText(other.type_name())),
        }
    }

    fn type_name(self) -> &'static str {
        match self {
            Self::Absent => "nothing",
            Self::Flag(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Map(_) => "an object",
        }
    }
}

/// The pieces as one text.
pub fn joined(pieces: &[Field<'_>]) -> Result<String, Stumble> {
    let mut text = String::new();
    for piece in pieces {
        text.push_str(&piece.piece()?);
    }
    Ok(text)
}

/// The pieces as one text, with commas between.
pub fn listed<'a>(pieces: impl IntoIterator<Item = Field<'a>>) -> Result<String, Stumble> {
    let texts: Result<Vec<_>, _> = pieces.into_iter().map(Field::piece).collect();
    Ok(texts?.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn text_has_no_fields_and_a_number_must_not_be_asked() {
        let object = json!({"status": "text", "spec": 3, "list": [1, null, 2]});
        let object = Field::from(&object);
        assert_eq!(object.find("status.phase"), Ok(Field::Absent));
        assert_eq!(object.find("none.phase"), Ok(Field::Absent));
        let error = object.find("spec.paused").unwrap_err().to_string();
        assert_eq!(
            error,
            "cannot read paused: expected an object, found a number"
        );
        let none = object.get("none").and_then(|none| none.get("phase"));
        assert!(none.is_err());
    }

    #[test]
    fn nulls_are_no_items_and_objects_have_none() {
        let object = json!({"list": [1, null, 2], "map": {"a": 1, "b": null}, "text": "x"});
        let field = |name| Field::from(&object).get(name).unwrap();
        assert_eq!(field("list").length(), Ok(2));
        assert_eq!(field("map").length(), Ok(0));
        assert_eq!(field("map").values().unwrap().count(), 1);
        assert!(field("text").items().is_err());
        assert_eq!(field("text").length(), Ok(1));
    }

    #[test]
    fn a_message_is_joined_from_text_and_numbers() {
        let pieces = [Field::from("at "), Field::Number(3.0), Field::Number(0.5)];
        assert_eq!(joined(&pieces), Ok("at 30.5".to_owned()));
        assert!(joined(&[Field::Absent]).is_err());
    }

    #[test]
    fn equal_lists_are_not_the_same_list() {
        let object = json!({"a": [], "b": []});
        let field = |name| Field::from(&object).get(name).unwrap();
        assert_eq!(field("a"), field("a"));
        assert_ne!(field("a"), field("b"));
        assert_ne!(Field::Number(1.0), Field::Text("1"));
    }
}
