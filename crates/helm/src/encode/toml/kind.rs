//! What a value is to TOML: nothing, something behind a key, or a table of its own.

use super::write::{DEEPEST, ToTomlError};
use gotemplate::{List, Map, Object, Text, Value};
use sprig::dates;
use std::rc::Rc;

/// What a value is to TOML.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    /// Nothing: it is left out.
    Nothing,
    Plain,
    Table,
    Tables,
}

pub fn kind(value: &Value, depth: usize) -> Result<Kind, ToTomlError> {
    match value {
        value if value.is_nil_of_any_type() => Ok(Kind::Nothing),
        Value::Map(_) => Ok(Kind::Table),
        Value::List(list) => kind_of_list(list, depth),
        Value::Complex(..) => Err(ToTomlError::Unsupported("complex128")),
        _ => Ok(Kind::Plain),
    }
}

/// Every item is looked at: one that is nothing cannot be written.
pub fn kind_of_list(list: &List, depth: usize) -> Result<Kind, ToTomlError> {
    if depth > DEEPEST {
        return Err(ToTomlError::TooDeep);
    }
    let mut all_tables = !list.items().is_empty();
    for item in list.items() {
        match kind(&resolved(item), depth + 1)? {
            Kind::Nothing => return Err(ToTomlError::NilElement),
            Kind::Table => {}
            _ => all_tables = false,
        }
    }
    Ok(if all_tables {
        Kind::Tables
    } else {
        Kind::Plain
    })
}

/// An object as what is written for it: times stay, the rest becomes what it is underneath.
pub fn resolved(value: &Value) -> Value {
    match value {
        Value::Object(object) if dates::time_of(value).is_none() => of_object(object),
        value => value.clone(),
    }
}

fn of_object(object: &Rc<dyn Object>) -> Value {
    let written_as_text = matches!(&*object.type_name(), "time.Duration" | "*semver.Version");
    match object.underlying() {
        _ if written_as_text => Value::Text(object.print().into()),
        Some(underlying) => underlying,
        None => Value::from_json(&object.to_json()),
    }
}

/// A key, its value, and what that is.
pub type Entry = (Text, Value, Kind);

/// What is written straight under a table first, then the tables in it; each by its key.
pub fn in_order(map: &Map, depth: usize) -> Result<Vec<Entry>, ToTomlError> {
    let mut entries = Vec::with_capacity(map.len());
    for (key, value) in map.entries() {
        let value = resolved(&value);
        let kind = kind(&value, depth)?;
        entries.push((key, value, kind));
    }
    entries.retain(|(_, _, kind)| *kind != Kind::Nothing);
    entries.sort_by_key(|(_, _, kind)| *kind != Kind::Plain);
    Ok(entries)
}
