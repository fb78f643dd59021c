//! Writing: a value in, go-yaml v2's text out.
//!
//! Comes in: a [`Value`]. Goes out: what `sigs.k8s.io/yaml` would marshal it to, byte for byte:
//! two spaces a level, sequences not indented, keys in natural order, long text folded at 80.
//!
//! Where go-yaml's own text would not read back as the same value, this writer quotes instead
//! (a key `<<`, text with a NEL): a manifest that changes by being written is worse than a
//! byte that differs.

pub(crate) mod analysis;
pub(crate) mod base60;
mod block;
pub(crate) mod key_order;
pub(crate) mod quoted;
mod scalar;
mod sheet;

use crate::number;
use key_order::Order;
use serde_json::{Map, Number, Value};
use sheet::Sheet;

/// The text of a value, ending in a line break.
pub fn write(value: &Value) -> String {
    let mut sheet = Sheet::default();
    match value {
        Value::Object(fields) if !fields.is_empty() => mapping(&mut sheet, fields, 0),
        Value::Array(items) if !items.is_empty() => sequence(&mut sheet, items, 0),
        _ => leaf(&mut sheet, value, 2),
    }
    sheet.end()
}

fn mapping(sheet: &mut Sheet, fields: &Map<String, Value>, indent: usize) {
    for (number, (key, value)) in key_order::sorted(fields, Order::V2).into_iter().enumerate() {
        if number > 0 {
            sheet.line(indent);
        }
        if scalar::is_simple_key(key) {
            scalar::simple_key(sheet, key, indent + 2);
            sheet.put(":");
            after_simple_key(sheet, value, indent);
        } else {
            sheet.put("? ");
            scalar::complex_key(sheet, key, indent + 2);
            sheet.line(indent);
            sheet.put(":");
            nested(sheet, value, indent);
        }
    }
}

fn after_simple_key(sheet: &mut Sheet, value: &Value, indent: usize) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            sheet.line(indent + 2);
            mapping(sheet, fields, indent + 2);
        }
        Value::Array(items) if !items.is_empty() => {
            sheet.line(indent);
            sequence(sheet, items, indent);
        }
        _ => {
            sheet.put(" ");
            leaf(sheet, value, indent + 2);
        }
    }
}

fn sequence(sheet: &mut Sheet, items: &[Value], indent: usize) {
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            sheet.line(indent);
        }
        sheet.put("-");
        nested(sheet, item, indent);
    }
}

/// A value behind `-` or behind the `:` of a complex key: it starts on the same line.
fn nested(sheet: &mut Sheet, value: &Value, indent: usize) {
    sheet.put(" ");
    match value {
        Value::Object(fields) if !fields.is_empty() => mapping(sheet, fields, indent + 2),
        Value::Array(items) if !items.is_empty() => sequence(sheet, items, indent + 2),
        _ => leaf(sheet, value, indent + 2),
    }
}

fn leaf(sheet: &mut Sheet, value: &Value, indent: usize) {
    match value {
        Value::Null => sheet.put("null"),
        Value::Bool(true) => sheet.put("true"),
        Value::Bool(false) => sheet.put("false"),
        Value::Number(number) => sheet.put(&number_text(number)),
        Value::String(text) => scalar::text(sheet, text, indent),
        Value::Array(_) => sheet.put("[]"),
        Value::Object(_) => sheet.put("{}"),
    }
}

fn number_text(number: &Number) -> String {
    let settled = match number.as_f64() {
        Some(float) if number.is_f64() => number::through_json(float),
        _ => None,
    };
    match settled.as_ref().unwrap_or(number) {
        float if float.is_f64() => float.as_f64().map(number::go_text).unwrap_or_default(),
        integer => integer.to_string(),
    }
}
