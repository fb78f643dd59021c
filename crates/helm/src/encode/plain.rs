//! Template values as JSON has them.
//!
//! In: a value. Out: the JSON value that `encoding/json` would write for it, or Go's words on why
//! there is none. Source: Go 1.26, encoding/json/encode.go.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gotemplate::{List, Map, Value};
use serde_json::{Number, Value as Plain};
use std::borrow::Cow;

/// A value that JSON cannot have; the words are Go's.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PlainError {
    /// An infinity or no number at all.
    #[error("json: unsupported value: {0}")]
    NotFinite(&'static str),
    /// A number with an imaginary part.
    #[error("json: unsupported type: complex128")]
    Complex,
    /// A map that is in itself, or nearly.
    #[error("json: unsupported value: encountered a cycle via map[string]interface {{}}")]
    Cycle,
}

/// How deep values may nest: Go looks for cycles beyond it, and text that deep is of no use.
const DEEPEST: usize = 500;

/// The JSON value of a value.
pub fn plain(value: &Value) -> Result<Plain, PlainError> {
    plain_at(value, 0)
}

fn plain_at(value: &Value, depth: usize) -> Result<Plain, PlainError> {
    Ok(match value {
        value if value.is_nil_of_any_type() => Plain::Null,
        Value::Nil => Plain::Null,
        Value::Bool(flag) => Plain::Bool(*flag),
        Value::Int(number) | Value::Int64(number) => Plain::from(*number),
        Value::Uint8(number) => Plain::from(*number),
        Value::Uint64(number) => Plain::from(*number),
        Value::Float(number) => Plain::Number(float(*number)?),
        Value::Complex(..) => return Err(PlainError::Complex),
        Value::Text(text) => Plain::String(as_utf8(text.as_bytes()).into_owned()),
        Value::Bytes(bytes) => Plain::String(STANDARD.encode(bytes.as_bytes())),
        Value::List(list) => deeper(depth, |depth| items(list, depth))?,
        Value::Map(map) => deeper(depth, |depth| fields(map, depth))?,
        Value::Object(object) => object.to_json(),
    })
}

/// One level down, with room on the stack for it.
pub(super) fn deeper<T>(
    depth: usize,
    work: impl FnOnce(usize) -> Result<T, PlainError>,
) -> Result<T, PlainError> {
    match depth {
        DEEPEST.. => Err(PlainError::Cycle),
        depth => stacker::maybe_grow(RED_ZONE, MORE, || work(depth + 1)),
    }
}

/// What a few levels take, and what is taken when less is left.
pub(super) const RED_ZONE: usize = 256 << 10;
pub(super) const MORE: usize = 4 << 20;

fn items(list: &List, depth: usize) -> Result<Plain, PlainError> {
    let items = list.items().iter();
    let items: Result<_, _> = items.map(|item| plain_at(item, depth)).collect();
    Ok(Plain::Array(items?))
}

fn fields(map: &Map, depth: usize) -> Result<Plain, PlainError> {
    map.read(|entries| {
        let entries = entries.iter().map(|(key, value)| {
            let key = as_utf8(key.as_bytes()).into_owned();
            Ok((key, plain_at(value, depth)?))
        });
        entries.collect::<Result<_, _>>().map(Plain::Object)
    })
}

fn float(number: f64) -> Result<Number, PlainError> {
    Number::from_f64(number).ok_or(PlainError::NotFinite(match number {
        f64::INFINITY => "+Inf",
        f64::NEG_INFINITY => "-Inf",
        _ => "NaN",
    }))
}

/// Text as UTF-8: to Go every single byte that is none is a U+FFFD.
pub fn as_utf8(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.into();
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '\u{fffd}'));
    }
    text.into()
}
