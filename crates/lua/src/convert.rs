//! Objects as Lua's tables, and tables as JSON.
//!
//! Comes in: JSON, or what a script returned. Goes out: the other. Lua has one kind of number, no
//! null (a field that is null is absent, an item that is null is left out) and cannot tell an empty
//! list from an empty object: an empty table is an empty list.
//! Source: Argo CD 3.5: util/lua/lua.go (decodeValue); gopher-json.

use crate::number;
use mlua::{Lua, Table};
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::ffi::c_void;
use thiserror::Error;

/// Values may nest this deep.
const DEEPEST: usize = 200;
/// An answer may have this many values, and its text this many bytes.
const MOST_VALUES: usize = 500_000;
const MOST_BYTES: usize = 16 << 20;

/// What a script returned and JSON cannot say.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum Unsayable {
    /// Keys that are neither all text nor all numbers.
    #[error("cannot encode mixed or invalid key types")]
    Keys,
    /// A list with gaps.
    #[error("cannot encode sparse array")]
    Sparse,
    /// A table that is there twice, or in itself.
    #[error("cannot encode recursively nested tables to JSON")]
    Twice,
    /// A function or the like.
    #[error("cannot encode {0} to JSON")]
    Type(&'static str),
    /// No number.
    #[error("unsupported value: {0}")]
    Number(String),
    /// Too deep, or too much.
    #[error("the answer is too large: at most {DEEPEST} levels and {MOST_VALUES} values")]
    TooLarge,
    /// Lua itself gave up.
    #[error("the answer could not be read: {0}")]
    Failed(String),
}

/// JSON as a value of Lua; what nests too deep is left out.
pub fn to_lua(lua: &Lua, value: &Value) -> mlua::Result<mlua::Value> {
    lent(lua, value, DEEPEST)
}

fn lent(lua: &Lua, value: &Value, levels: usize) -> mlua::Result<mlua::Value> {
    Ok(match value {
        Value::Null => mlua::Value::Nil,
        Value::Bool(flag) => mlua::Value::Boolean(*flag),
        Value::Number(number) => mlua::Value::Number(number.as_f64().unwrap_or(0.0)),
        Value::String(text) => mlua::Value::String(lua.create_string(text)?),
        _ if levels == 0 => mlua::Value::Nil,
        Value::Array(items) => {
            let table = lua.create_table_with_capacity(items.len(), 0)?;
            let present = items.iter().filter(|item| !item.is_null());
            for (index, item) in present.enumerate() {
                table.raw_set(index + 1, lent(lua, item, levels - 1)?)?;
            }
            mlua::Value::Table(table)
        }
        Value::Object(fields) => {
            let table = lua.create_table_with_capacity(0, fields.len())?;
            for (name, field) in fields.iter().filter(|(_, field)| !field.is_null()) {
                table.raw_set(name.as_str(), lent(lua, field, levels - 1)?)?;
            }
            mlua::Value::Table(table)
        }
    })
}

/// What gopher-lua calls the type of a value.
pub fn type_of(value: &mlua::Value) -> &'static str {
    match value {
        mlua::Value::Integer(_) => "number",
        other => other.type_name(),
    }
}

/// What a script returned, as JSON.
pub fn from_lua(value: &mlua::Value) -> Result<Value, Unsayable> {
    let mut reader = Reader {
        seen: HashSet::new(),
        values: 0,
        bytes: 0,
    };
    reader.value(value, DEEPEST)
}

struct Reader {
    seen: HashSet<*const c_void>,
    values: usize,
    bytes: usize,
}

impl Reader {
    fn value(&mut self, value: &mlua::Value, levels: usize) -> Result<Value, Unsayable> {
        self.values += 1;
        if self.values > MOST_VALUES || self.bytes > MOST_BYTES || levels == 0 {
            return Err(Unsayable::TooLarge);
        }
        match value {
            mlua::Value::Nil => Ok(Value::Null),
            mlua::Value::Boolean(flag) => Ok((*flag).into()),
            mlua::Value::Integer(whole) => Ok((*whole).into()),
            mlua::Value::Number(number) => json_number(*number),
            mlua::Value::String(text) => Ok(self.text(text).into()),
            mlua::Value::Table(table) => self.table(table, levels),
            other => Err(Unsayable::Type(type_of(other))),
        }
    }

    fn text(&mut self, text: &mlua::LuaString) -> String {
        let bytes = text.as_bytes();
        self.bytes += bytes.len();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn table(&mut self, table: &Table, levels: usize) -> Result<Value, Unsayable> {
        if !self.seen.insert(table.to_pointer()) {
            return Err(Unsayable::Twice);
        }
        let (mut fields, mut items) = (Map::new(), Vec::new());
        for pair in table.pairs::<mlua::Value, mlua::Value>() {
            let (key, value) = pair.map_err(|error| Unsayable::Failed(error.to_string()))?;
            let value = self.value(&value, levels - 1)?;
            match key {
                mlua::Value::String(name) => drop(fields.insert(self.text(&name), value)),
                mlua::Value::Integer(index) => items.push((index as f64, value)),
                mlua::Value::Number(index) => items.push((index, value)),
                _ => return Err(Unsayable::Keys),
            }
        }
        match (fields.is_empty(), items.is_empty()) {
            (false, false) => Err(Unsayable::Keys),
            (false, true) => Ok(Value::Object(fields)),
            (true, _) => list(items),
        }
    }
}

fn list(mut items: Vec<(f64, Value)>) -> Result<Value, Unsayable> {
    items.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let whole = items
        .iter()
        .enumerate()
        .all(|(at, (index, _))| *index == (at + 1) as f64);
    if !whole {
        return Err(Unsayable::Sparse);
    }
    Ok(items.into_iter().map(|(_, value)| value).collect())
}

/// Whole numbers are integers, as Kubernetes reads them.
fn json_number(number: f64) -> Result<Value, Unsayable> {
    if let Some(whole) = number::whole(number) {
        return Ok(whole.into());
    }
    let read = serde_json::Number::from_f64(number).map(Value::Number);
    read.ok_or_else(|| Unsayable::Number(number::print(number)))
}
