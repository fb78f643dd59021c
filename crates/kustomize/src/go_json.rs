//! JSON as Go writes and reads it.
//!
//! Comes in: a value. Goes out: its JSON: keys sorted, `<`, `>` and `&` escaped as for a web page,
//! floats without an exponent unless they are very small or large; or the value as Go reads it where
//! it expects anything. Source: Go, encoding/json.

use serde_json::{Number, Value};
use std::fmt::Write;

/// In one line, without spaces.
pub fn write(value: &Value) -> String {
    let mut writer = Writer::default();
    writer.value(value);
    writer.output
}

/// In lines, each level two spaces deeper.
pub fn write_pretty(value: &Value) -> String {
    let mut writer = Writer {
        level: Some(0),
        ..Writer::default()
    };
    writer.value(value);
    writer.output
}

/// What Go reads of a value into `interface{}`: all numbers as floats.
pub fn as_floats(mut value: Value) -> Value {
    make_floats(&mut value);
    value
}

fn make_floats(value: &mut Value) {
    match value {
        Value::Number(number) => {
            if let Some(float) = number.as_f64().and_then(Number::from_f64) {
                *number = float;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(make_floats),
        Value::Object(fields) => fields.values_mut().for_each(make_floats),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

#[derive(Default)]
struct Writer {
    output: String,
    /// How deep it is, if that shows.
    level: Option<usize>,
}

impl Writer {
    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.output.push_str("null"),
            Value::Bool(truth) => self.output.push_str(if *truth { "true" } else { "false" }),
            Value::Number(number) => self.output.push_str(&number_text(number)),
            Value::String(text) => self.string(text),
            Value::Array(items) => self.collection(['[', ']'], items, Self::value),
            Value::Object(entries) => {
                let mut entries: Vec<_> = entries.iter().collect();
                entries.sort_by_key(|(key, _)| *key);
                self.collection(['{', '}'], &entries, |writer, (key, value)| {
                    writer.string(key);
                    let separator = if writer.level.is_some() { ": " } else { ":" };
                    writer.output.push_str(separator);
                    writer.value(value);
                });
            }
        }
    }

    fn collection<T>(&mut self, [open, close]: [char; 2], items: &[T], item: fn(&mut Self, &T)) {
        self.output.push(open);
        for (index, one) in items.iter().enumerate() {
            if index > 0 {
                self.output.push(',');
            }
            self.new_line(1);
            self.level = self.level.map(|level| level + 1);
            item(self, one);
            self.level = self.level.map(|level| level - 1);
        }
        if !items.is_empty() {
            self.new_line(0);
        }
        self.output.push(close);
    }

    fn new_line(&mut self, deeper: usize) {
        if let Some(level) = self.level {
            self.output.push('\n');
            self.output.push_str(&"  ".repeat(level + deeper));
        }
    }

    fn string(&mut self, text: &str) {
        self.output.push('"');
        for character in text.chars() {
            match character {
                '"' => self.output.push_str("\\\""),
                '\\' => self.output.push_str("\\\\"),
                '\n' => self.output.push_str("\\n"),
                '\r' => self.output.push_str("\\r"),
                '\t' => self.output.push_str("\\t"),
                '\u{8}' => self.output.push_str("\\b"),
                '\u{c}' => self.output.push_str("\\f"),
                '\0'..='\u{1f}' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                    // Writing to a string cannot fail.
                    let _ = write!(self.output, "\\u{:04x}", u32::from(character));
                }
                other => self.output.push(other),
            }
        }
        self.output.push('"');
    }
}

fn number_text(number: &Number) -> String {
    match number.as_f64().filter(|_| number.is_f64()) {
        Some(float) if float != 0.0 && !(1e-6..1e21).contains(&float.abs()) => exponential(float),
        // Never with an exponent.
        Some(float) => float.to_string(),
        None => number.to_string(),
    }
}

/// `1e+21`, `1.5e-7`.
fn exponential(float: f64) -> String {
    let text = format!("{float:e}");
    match text.contains("e-") {
        true => text,
        false => text.replace('e', "e+"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn one_line() {
        let value = json!({
            "b": [1, -2.5, 1e21, 1.5e-7, 0.000_01, 100.0, true, null],
            "a": "<&>\"\\\n\r\t\u{8}\u{c}\u{1}\u{7f}\u{2028}é",
            "": {},
            "c": [],
        });
        let expected = r#"{"":{},"a":"\u003c\u0026\u003e\"\\\n\r\t\b\f\u0001"#.to_owned()
            + "\u{7f}"
            + r#"\u2028é","b":[1,-2.5,1e+21,1.5e-7,0.00001,100,true,null],"c":[]}"#;
        assert_eq!(write(&value), expected);
    }

    #[test]
    fn numbers_are_written_as_they_are_or_as_floats() {
        for (value, as_is, as_float) in [
            (
                json!([0, -0.0, 1, -12, 1.0, 1.5, 0.1]),
                "[0,-0,1,-12,1,1.5,0.1]",
                "[0,-0,1,-12,1,1.5,0.1]",
            ),
            (
                json!([9_007_199_254_740_993_i64, u64::MAX]),
                "[9007199254740993,18446744073709551615]",
                "[9007199254740992,18446744073709552000]",
            ),
            (
                json!([
                    1e20,
                    1.5e21,
                    -1e300,
                    1e-6,
                    1e-10,
                    123456.789,
                    5e-324,
                    f64::MAX
                ]),
                "[100000000000000000000,1.5e+21,-1e+300,0.000001,1e-10,123456.789,5e-324,1.7976931348623157e+308]",
                "[100000000000000000000,1.5e+21,-1e+300,0.000001,1e-10,123456.789,5e-324,1.7976931348623157e+308]",
            ),
        ] {
            assert_eq!(write(&value), as_is);
            assert_eq!(write(&as_floats(value)), as_float);
        }
    }

    #[test]
    fn several_lines() {
        let value = json!({"b": [1, {"x": "y"}], "a": {}, "c": []});
        let expected = "{\n  \"a\": {},\n  \"b\": [\n    1,\n    {\n      \"x\": \"y\"\n    }\n  ],\n  \"c\": []\n}";
        assert_eq!(write_pretty(&value), expected);
    }
}
