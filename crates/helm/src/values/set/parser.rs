//! Keys: `a.b`, `a[0]`, and what is set where they end.

use super::error::{SetError, type_of};
use super::reader::Reader;
use super::{Mode, json::leading_value, typed::typed};
use crate::values::from_json;
use gotemplate::{List, Map, Text, Value};

/// How deep names may nest; Helm's own limit.
const MAX_NAMES: usize = 30;

/// How deep names and indexes together may nest; Helm has no such limit, the stack has.
const MAX_NESTED: usize = 200;

/// Why a key is left.
pub(super) enum Stop {
    /// The argument is over, wherever that is: Helm takes this for success.
    End,
    Fail(SetError),
}

impl From<SetError> for Stop {
    fn from(error: SetError) -> Self {
        Self::Fail(error)
    }
}

/// How deep a key stands.
#[derive(Clone, Copy)]
pub(super) struct Depth {
    names: usize,
    all: usize,
}

impl Depth {
    pub fn below(self) -> Result<Self, Stop> {
        match self.all == MAX_NESTED {
            true => Err(SetError::TooDeep(MAX_NESTED).into()),
            false => Ok(Self {
                all: self.all + 1,
                ..self
            }),
        }
    }

    fn below_name(self) -> Result<Self, Stop> {
        match self.names == MAX_NAMES {
            true => Err(SetError::TooDeep(MAX_NAMES).into()),
            false => Ok(Self {
                names: self.names + 1,
                ..self.below()?
            }),
        }
    }
}

/// What stands behind an `=`.
pub(super) enum Found {
    Value(Value),
    /// Nothing: the argument ends there.
    End,
}

pub(super) struct Parser<'a> {
    pub reader: Reader<'a>,
    mode: Mode<'a>,
}

impl<'a> Parser<'a> {
    pub fn new(argument: &'a str, mode: Mode<'a>) -> Self {
        let escapes = !matches!(mode, Mode::Literal);
        let reader = Reader::new(argument, escapes);
        Self { reader, mode }
    }

    pub fn parse(mut self, values: &Map) -> Result<(), SetError> {
        let top = Depth { names: 0, all: 0 };
        loop {
            match self.key(values, top) {
                Ok(()) => {}
                Err(Stop::End) => return Ok(()),
                Err(Stop::Fail(error)) => return Err(error),
            }
        }
    }

    /// One key with its value, set in `data`.
    pub fn key(&mut self, data: &Map, depth: Depth) -> Result<(), Stop> {
        let stops: &[char] = match self.mode {
            Mode::Literal => &['=', '[', '.'],
            _ => &['=', '[', ',', '.'],
        };
        let (key, stop) = self.reader.until(stops);
        match stop {
            None if key.is_empty() => Err(Stop::End),
            None => Err(SetError::NoValue(key).into()),
            Some('=') => self.assign(data, &key),
            Some('[') => self.indexed(data, &key, depth),
            Some('.') => self.named(data, key, depth.below_name()?),
            Some(_) => Err(SetError::EndsWithComma(key).into()),
        }
    }

    fn assign(&mut self, data: &Map, key: &str) -> Result<(), Stop> {
        match self.value()? {
            Found::Value(value) => {
                set(data, key, value);
                Ok(())
            }
            Found::End => {
                set(data, key, Value::Text(Text::from("")));
                Err(Stop::End)
            }
        }
    }

    fn indexed(&mut self, data: &Map, key: &str, depth: Depth) -> Result<(), Stop> {
        let index = self.index()?;
        let mut list = match data.get(key.as_bytes()) {
            None => Vec::new(),
            Some(existing) => items(&existing)?,
        };
        let result = self.item(&mut list, index, depth.below()?);
        set(data, key, Value::List(List::new(list)));
        result
    }

    fn named(&mut self, data: &Map, key: String, depth: Depth) -> Result<(), Stop> {
        let inner = match data.get(key.as_bytes()) {
            None => Map::new(Default::default()),
            Some(Value::Map(inner)) => inner,
            Some(other) => return Err(wrong_type(&other, "map[string]interface {}")),
        };
        let result = self.key(&inner, depth);
        match inner.is_empty() {
            true if result.is_ok() => return Err(SetError::EmptyMap(key).into()),
            true => {}
            false => set(data, &key, Value::Map(inner)),
        }
        result
    }

    /// The number up to `]`.
    pub fn index(&mut self) -> Result<i64, Stop> {
        let (text, Some(_)) = self.reader.until(&[']']) else {
            return Err(Stop::End);
        };
        text.parse().map_err(|error: std::num::ParseIntError| {
            use std::num::IntErrorKind::{NegOverflow, PosOverflow};
            let reason = match error.kind() {
                PosOverflow | NegOverflow => "value out of range",
                _ => "invalid syntax",
            };
            SetError::Index { text, reason }.into()
        })
    }

    /// The value behind an `=`.
    pub fn value(&mut self) -> Result<Found, Stop> {
        match self.mode {
            Mode::Json => self.json().map(Found::Value),
            Mode::Literal => Ok(Found::Value(text(self.reader.until(&[]).0))),
            _ => match self.reader.peek() {
                None => Ok(Found::End),
                Some('{') => self.braces().map(Found::Value),
                Some(_) => {
                    let (text, _) = self.reader.until(&[',']);
                    self.read(text).map(Found::Value)
                }
            },
        }
    }

    fn json(&mut self) -> Result<Value, Stop> {
        if self.reader.ends_value() {
            return Ok(Value::Nil);
        }
        let (value, length) = leading_value(self.reader.rest()).ok_or(SetError::Json)?;
        self.reader.skip(length);
        self.reader.ends_value();
        Ok(from_json(&value))
    }

    /// `{a,b}`, and the comma behind it.
    fn braces(&mut self) -> Result<Value, Stop> {
        self.reader.next();
        let mut list = Vec::new();
        loop {
            let (text, stop) = self.reader.until(&[',', '}']);
            let stop = stop.ok_or(SetError::OpenList)?;
            if stop == '}' && self.reader.peek() == Some(',') {
                self.reader.next();
            }
            list.push(self.read(text)?);
            if stop == '}' {
                return Ok(Value::List(List::new(list)));
            }
        }
    }

    fn read(&self, written: String) -> Result<Value, Stop> {
        match self.mode {
            Mode::Typed => Ok(typed(written)),
            Mode::File(content) => match content(&written) {
                Ok(bytes) => Ok(Value::Text(Text::from(bytes))),
                Err(error) => Err(SetError::File(error).into()),
            },
            _ => Ok(text(written)),
        }
    }
}

fn text(text: String) -> Value {
    Value::Text(Text::from(text))
}

/// Sets a key; one without a name is passed over.
fn set(data: &Map, key: &str, value: Value) {
    if !key.is_empty() {
        data.set(Text::from(key), value);
    }
}

/// The items of what must be a list.
pub(super) fn items(value: &Value) -> Result<Vec<Value>, Stop> {
    match value {
        Value::List(list) => Ok(list.items().to_vec()),
        other => Err(wrong_type(other, "[]interface {}")),
    }
}

fn wrong_type(value: &Value, wanted: &'static str) -> Stop {
    let found = type_of(value);
    SetError::WrongType { found, wanted }.into()
}
