//! Reading: whole numbers stay whole, dates become times.
//!
//! In: a text. Out: the map of it; what is wrong under `Error` if it is no TOML.

use gotemplate::{ElementType, List, Map, Value};
use sprig::dates::{self, Time, Zone};
use toml_edit::{Datetime, Document, Item, TableLike, Value as Toml};

/// The map of a text.
pub fn from_toml(text: &[u8]) -> Map {
    let parsed = std::str::from_utf8(text).map_err(|error| error.to_string());
    let parsed = parsed.and_then(|text| {
        Document::parse(text).map_err(|error| format!("toml: {}", error.message()))
    });
    match parsed {
        Ok(document) => table(document.as_table()),
        Err(message) => [("Error", Value::from(message))].into_iter().collect(),
    }
}

fn table(table: &dyn TableLike) -> Map {
    let entries = table.iter();
    entries.map(|(key, item)| (key, of_item(item))).collect()
}

fn of_item(item: &Item) -> Value {
    match item {
        Item::None => Value::Nil,
        Item::Value(value) => of_value(value),
        Item::Table(inner) => Value::Map(table(inner)),
        Item::ArrayOfTables(tables) => {
            let tables = tables.iter().map(|inner| Value::Map(table(inner)));
            Value::List(List::of(ElementType::Map, tables.collect()))
        }
    }
}

fn of_value(value: &Toml) -> Value {
    match value {
        Toml::String(text) => Value::Text(text.value().as_str().into()),
        Toml::Integer(number) => Value::Int64(*number.value()),
        Toml::Float(number) => Value::Float(*number.value()),
        Toml::Boolean(flag) => Value::Bool(*flag.value()),
        Toml::Datetime(date) => dates::value(time(date.value())),
        Toml::Array(items) => Value::List(List::new(items.iter().map(of_value).collect())),
        Toml::InlineTable(inner) => Value::Map(table(inner)),
    }
}

/// Dates without a zone are in one that says what was left out.
fn time(date: &Datetime) -> Time {
    let (layout, zone): (&[u8], _) = match (date.date, date.time, date.offset) {
        (_, _, Some(_)) => (b"2006-01-02T15:04:05Z07:00", None),
        (Some(_), Some(_), None) => (b"2006-01-02T15:04:05", Some("datetime-local")),
        (Some(_), None, None) => (b"2006-01-02", Some("date-local")),
        (None, ..) => (b"15:04:05", Some("time-local")),
    };
    let text = date.to_string();
    let time = dates::parse(layout, text.as_bytes()).unwrap_or_else(|_| Time::zero());
    match zone {
        None => time,
        Some(name) => Time {
            zone: Zone::Fixed {
                name: name.to_owned(),
                offset: 0,
            },
            ..time
        },
    }
}
