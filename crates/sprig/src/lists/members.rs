//! What a list holds: by Go's deep equality, types included.

use super::elements::demand;
use crate::arguments::{any, rest};
use crate::signature::Outcome;
use gotemplate::{Call, FunctionError, Text, Value};
use std::collections::HashSet;

pub(super) fn compact(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let items = demand(any(arguments, 0), "Cannot compact on type")?;
    let kept = items.iter().filter(|item| item.truth());
    Ok(kept.cloned().collect::<Vec<_>>().into())
}

/// Each item once, where it comes first.
pub(super) fn uniq(call: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let items = demand(any(arguments, 0), "Cannot find uniq on type")?;
    let mut seen = Seen::default();
    let mut kept = Vec::new();
    for item in items.iter() {
        if seen.add(call, item)? {
            kept.push(item.clone());
        }
    }
    Ok(kept.into())
}

pub(super) fn without(call: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let items = demand(any(arguments, 0), "Cannot find without on type")?;
    let mut unwanted = Seen::default();
    for value in rest(arguments, 1) {
        unwanted.add(call, value)?;
    }
    let mut kept = Vec::new();
    for item in items.iter() {
        if !unwanted.has(call, item)? {
            kept.push(item.clone());
        }
    }
    Ok(kept.into())
}

pub(super) fn has(_: &mut Call<'_>, arguments: &[Value]) -> Outcome {
    let (needle, haystack) = (any(arguments, 0), any(arguments, 1));
    if haystack.is_nil() {
        return Ok(Value::Bool(false));
    }
    let items = demand(haystack, "Cannot find has on type")?;
    let found = items.iter().any(|item| needle.deep_equal(item));
    Ok(Value::Bool(found))
}

/// Values met before: simple ones are looked up, others compared one by one.
#[derive(Default)]
struct Seen {
    simple: HashSet<Simple>,
    others: Vec<Value>,
}

#[derive(PartialEq, Eq, Hash)]
enum Simple {
    Nil,
    Bool(bool),
    Int(i64),
    Int64(i64),
    Float(u64),
    Text(Text),
}

impl Seen {
    /// Notes a value; false if it was met before.
    fn add(&mut self, call: &Call<'_>, value: &Value) -> Result<bool, FunctionError> {
        if let Some(simple) = Simple::of(value) {
            return Ok(self.simple.insert(simple));
        }
        let new = !self.has(call, value)?;
        if new {
            self.others.push(value.clone());
        }
        Ok(new)
    }

    fn has(&self, call: &Call<'_>, value: &Value) -> Result<bool, FunctionError> {
        if let Some(simple) = Simple::of(value) {
            return Ok(self.simple.contains(&simple));
        }
        call.spend(self.others.len() as u64)?;
        Ok(self.others.iter().any(|other| value.deep_equal(other)))
    }
}

impl Simple {
    fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Nil => Self::Nil,
            Value::Bool(value) => Self::Bool(*value),
            Value::Int(number) => Self::Int(*number),
            Value::Int64(number) => Self::Int64(*number),
            // Both zeros are equal; NaN equals nothing and is left to comparison.
            Value::Float(0.0) => Self::Float(0),
            Value::Float(number) if !number.is_nan() => Self::Float(number.to_bits()),
            Value::Text(text) => Self::Text(text.clone()),
            _ => return None,
        })
    }
}
