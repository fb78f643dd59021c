//! What Rust lends to scripts.
//!
//! Comes in: a meter and the time of the run. Goes out: a table of functions, which the Lua files
//! in `globals/` build the libraries from. A function that finds something wrong returns what it
//! is as its first value: thrown from here, it would have no line.

use crate::dialect;
use crate::limits::Meter;
use crate::moment::{self, Parts};
use crate::number;
use crate::pattern::{self, Capture};
use mlua::chunk::ChunkMode;
use mlua::{Error, Function, IntoLuaMulti, Lua, LuaString, MultiValue, Table, Value};
use std::cmp::Ordering as Order;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// What scripts are called in their own errors.
pub const CHUNK_NAME: &str = "=<string>";

/// The functions.
pub fn functions(lua: &Lua, meter: &Arc<Meter>, now: &Arc<AtomicI64>) -> mlua::Result<Table> {
    let lent = lua.create_table()?;
    let add = |name: &str, function: Function| lent.raw_set(name, function);
    let counting = |meter: &Arc<Meter>| meter.clone();
    let meter_of = counting(meter);
    add("live", lua.create_function(move |_, ()| live(&meter_of))?)?;
    let meter_of = counting(meter);
    add(
        "sorted_keys",
        lua.create_function(move |lua, table| sorted_keys(lua, &table, &meter_of))?,
    )?;
    let meter_of = counting(meter);
    add(
        "following",
        lua.create_function(move |_, (table, key)| following(&table, &key, &meter_of))?,
    )?;
    let meter_of = counting(meter);
    add(
        "match",
        lua.create_function(move |lua, given| matched(lua, given, &meter_of))?,
    )?;
    add("compile", lua.create_function(compile)?)?;
    let print = |_: &Lua, number: f64| Ok(number::print(number));
    add("print_number", lua.create_function(print)?)?;
    let read = |_: &Lua, (text, radix): (LuaString, Option<f64>)| {
        let text = text.to_string_lossy();
        Ok(number::read(&text, radix.map(|radix| radix as u32)))
    };
    add("read_number", lua.create_function(read)?)?;
    let at = now.clone();
    add(
        "time",
        lua.create_function(move |_, parts| Ok(time(&at, parts)))?,
    )?;
    let at = now.clone();
    add(
        "date",
        lua.create_function(move |lua, given| date(lua, &at, given))?,
    )?;
    let at = now.clone();
    let moment = move |_: &Lua, ()| Ok(at.load(Ordering::Relaxed) as f64);
    add("moment", lua.create_function(moment)?)?;
    Ok(lent)
}

fn live(meter: &Meter) -> mlua::Result<()> {
    match meter.is_spent() {
        true => Err(spent()),
        false => Ok(()),
    }
}

/// The error that ends a run; why is read from the meter.
pub fn spent() -> Error {
    Error::runtime("the script used up what it may use")
}

fn charge(meter: &Meter, work: usize) -> mlua::Result<()> {
    match meter.take(work as u64) {
        true => Ok(()),
        false => Err(spent()),
    }
}

fn keys(table: &Table, meter: &Meter) -> mlua::Result<Vec<Value>> {
    let mut keys = Vec::new();
    for pair in table.pairs::<Value, Value>() {
        keys.push(pair?.0);
    }
    charge(meter, keys.len())?;
    Ok(keys)
}

/// Numbers first, then text; others keep the place they have.
fn order(one: &Value, other: &Value) -> Order {
    match (one, other) {
        (Value::String(one), Value::String(other)) => {
            one.as_bytes().as_ref().cmp(other.as_bytes().as_ref())
        }
        _ => {
            let (one, other) = (rank(one), rank(other));
            one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
        }
    }
}

fn rank(key: &Value) -> (u8, f64) {
    match key {
        Value::Integer(whole) => (0, *whole as f64),
        Value::Number(number) => (0, *number),
        Value::String(_) => (1, 0.0),
        Value::Boolean(flag) => (2, f64::from(u8::from(*flag))),
        _ => (3, 0.0),
    }
}

fn sorted_keys(lua: &Lua, table: &Table, meter: &Meter) -> mlua::Result<Table> {
    let mut keys = keys(table, meter)?;
    keys.sort_by(order);
    lua.create_sequence_from(keys)
}

/// The key that follows in the same order. Keys that have none among themselves are found once.
fn following(table: &Table, key: &Value, meter: &Meter) -> mlua::Result<Option<Value>> {
    let keys = keys(table, meter)?;
    let mut behind = keys
        .into_iter()
        .filter(|other| key.is_nil() || order(key, other) == Order::Less);
    let first = behind.next();
    Ok(first.map(|first| {
        behind.fold(first, |least, other| {
            if order(&other, &least) == Order::Less {
                other
            } else {
                least
            }
        })
    }))
}

type Asked = (LuaString, LuaString, f64, bool);

/// Nil, and where a pattern matches first with what it captured; or what is wrong with it.
fn matched(lua: &Lua, asked: Asked, meter: &Meter) -> mlua::Result<MultiValue> {
    let (text, pattern, init, plain) = asked;
    let (text, pattern) = (text.as_bytes(), pattern.as_bytes());
    let from = (init.max(1.0) as usize).saturating_sub(1);
    if from > text.len() {
        return (Value::Nil, Value::Nil).into_lua_multi(lua);
    }
    charge(meter, (text.len() - from) / 64)?;
    let mut steps = meter.left();
    let before = steps;
    let found = if plain {
        let at = memchr::memmem::find(&text[from..], &pattern);
        Ok(at.map(|at| (from + at, from + at + pattern.len(), Vec::new())))
    } else {
        pattern::find(&text, &pattern, from, &mut steps)
    };
    charge(meter, (before - steps) as usize)?;
    let (first, last, captures) = match found {
        Ok(Some(found)) => found,
        Ok(None) => return (Value::Nil, Value::Nil).into_lua_multi(lua),
        Err(pattern::PatternError::TooManySteps) => {
            charge(meter, usize::MAX)?;
            return Err(spent());
        }
        Err(error) => return error.to_string().into_lua_multi(lua),
    };
    let mut told = (Value::Nil, first + 1, last).into_lua_multi(lua)?;
    for capture in captures {
        told.push_back(match capture {
            Capture::Bytes(from, to) => Value::String(lua.create_string(&text[from..to])?),
            Capture::Place(at) => Value::Number((at + 1) as f64),
        });
    }
    Ok(told)
}

/// A function, or nil and what is wrong with its text. What was compiled before is never taken.
fn compile(
    lua: &Lua,
    (text, name, globals): (LuaString, Option<LuaString>, Table),
) -> mlua::Result<MultiValue> {
    let name = name.map(|name| format!("={}", name.to_string_lossy()));
    let text = text.to_string_lossy();
    let text = dialect::translated(&text);
    let chunk = lua
        .load(&*text)
        .set_name(name.as_deref().unwrap_or(CHUNK_NAME))
        .set_mode(ChunkMode::Text)
        .set_environment(globals);
    match chunk.into_function() {
        Ok(function) => function.into_lua_multi(lua),
        Err(error) => (Value::Nil, error.to_string()).into_lua_multi(lua),
    }
}

fn time(now: &AtomicI64, parts: Option<Table>) -> f64 {
    let Some(table) = parts else {
        return now.load(Ordering::Relaxed).div_euclid(1000) as f64;
    };
    let part = |name: &str, default: i64| match table.raw_get::<Value>(name) {
        Ok(Value::Integer(whole)) => whole,
        Ok(Value::Number(number)) => number as i64,
        _ => default,
    };
    let parts = Parts {
        year: part("year", -1),
        month: part("month", -1),
        day: part("day", -1),
        hour: part("hour", 12),
        minute: part("min", 0),
        second: part("sec", 0),
        weekday: 0,
    };
    parts.seconds() as f64
}

fn date(
    lua: &Lua,
    now: &AtomicI64,
    (format, at): (Option<LuaString>, Option<f64>),
) -> mlua::Result<Value> {
    let format = format.map_or("%c".to_owned(), |format| format.to_string_lossy());
    let format = format.trim_start_matches('!');
    let now = now.load(Ordering::Relaxed).div_euclid(1000);
    let at = Parts::of(at.map_or(now, |at| at as i64));
    if !format.starts_with("*t") {
        let text = lua.create_string(moment::format(format, at))?;
        return Ok(Value::String(text));
    }
    let table = lua.create_table()?;
    for (name, part) in [
        ("year", at.year),
        ("month", at.month),
        ("day", at.day),
        ("hour", at.hour),
        ("min", at.minute),
        ("sec", at.second),
        ("wday", at.weekday + 1),
        ("yday", 0),
    ] {
        table.raw_set(name, part)?;
    }
    table.raw_set("isdst", false)?;
    Ok(Value::Table(table))
}
