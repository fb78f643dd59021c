//! From a document's value to typed fields, by the rules of Go's JSON reader.
//!
//! Comes in: a value and the place for it. Goes out: the place filled, or a [`Fault`] that knows
//! the path. A null leaves texts, numbers and structures as they are and empties lists and maps;
//! names match whatever their case, exact ones first; what stands in the place already is built
//! upon, so that `Images` and `images` in one file become one list. Source: Go 1.26,
//! encoding/json/decode.go; sigs.k8s.io/yaml 1.5, yaml.go.

mod fields;
mod kind;
mod rules;
mod scalar;

use super::fault::{Fault, Problem};
use serde_json::{Map, Value};

pub(crate) use fields::{Field, Fields, decode_fields, field, group, inline, same_folded};
pub use kind::{Expected, Found};
pub(crate) use rules::{Reader, Rules};
pub(crate) use scalar::coerced;

/// Where in the document a value stands.
pub(crate) enum At<'a> {
    Root,
    Key(&'a At<'a>, &'a str),
    Item(&'a At<'a>, usize),
}

/// A value to be read.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    pub value: &'a Value,
    pub at: &'a At<'a>,
    pub rules: Rules,
}

impl<'a> Input<'a> {
    /// A whole document.
    pub fn document(value: &'a Value, rules: Rules) -> Self {
        Self {
            value,
            at: &At::Root,
            rules,
        }
    }

    /// What to say if the value is of another type than is expected.
    pub fn mismatch(&self, expected: Expected) -> Fault {
        Fault::new(
            self.at,
            Problem::Type {
                expected,
                found: Found::of(self.value),
            },
        )
    }
}

/// A place that a value can be read into.
pub(crate) trait Decode {
    fn decode(&mut self, input: Input<'_>) -> Result<(), Fault>;
}

/// Reads a whole document.
pub(crate) fn decode<T: Decode + Default>(value: &Value, rules: Rules) -> Result<T, Fault> {
    let mut place = T::default();
    place.decode(Input::document(value, rules))?;
    Ok(place)
}

impl<T: Decode + Default> Decode for Vec<T> {
    fn decode(&mut self, input: Input<'_>) -> Result<(), Fault> {
        let items = match input.value {
            Value::Null => &[][..],
            Value::Array(items) => items,
            _ => return Err(input.mismatch(Expected::List)),
        };
        let dropped = |item: &Value| input.rules.reader == Reader::Yaml && item.is_null();
        let mut filled = 0;
        for (index, value) in items.iter().enumerate() {
            if dropped(value) {
                continue;
            }
            if filled == self.len() {
                self.push(T::default());
            }
            let at = &At::Item(input.at, index);
            self[filled].decode(Input { value, at, ..input })?;
            filled += 1;
        }
        self.truncate(filled);
        Ok(())
    }
}

/// A field of which it counts whether it was there.
impl<T: Decode + Default> Decode for Option<T> {
    fn decode(&mut self, input: Input<'_>) -> Result<(), Fault> {
        if input.value.is_null() {
            *self = None;
            return Ok(());
        }
        self.get_or_insert_default().decode(input)
    }
}

/// The entries of a map whose keys are free; `None` for null.
fn entries<'a>(input: Input<'a>) -> Result<Option<&'a Map<String, Value>>, Fault> {
    match input.value {
        Value::Null => Ok(None),
        Value::Object(entries) => Ok(Some(entries)),
        _ => Err(input.mismatch(Expected::Map)),
    }
}
