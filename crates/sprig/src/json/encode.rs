//! Values to JSON.

use super::{JsonError, text};
use crate::bounds::{DEPTH, TEXT};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gotemplate::fmt::format_float;
use gotemplate::{List, Map, Value};
use serde_json::Value as Json;

/// Whether `<`, `>` and `&` are escaped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Html {
    /// As Go does by default.
    Escape,
    /// As they are.
    Keep,
}

/// A value as JSON on one line: `json.Marshal`.
pub fn encode(value: &Value, html: Html) -> Result<Vec<u8>, JsonError> {
    write(value, html, None)
}

/// A value as JSON, each level indented by two spaces: `json.MarshalIndent`.
pub fn encode_indented(value: &Value) -> Result<Vec<u8>, JsonError> {
    write(value, Html::Escape, Some(0))
}

fn write(value: &Value, html: Html, indent: Option<usize>) -> Result<Vec<u8>, JsonError> {
    let html = html == Html::Escape;
    let mut writer = Writer {
        out: Vec::new(),
        html,
        indent,
        depth: 0,
    };
    writer.value(value)?;
    Ok(writer.out)
}

struct Writer {
    out: Vec<u8>,
    html: bool,
    /// How deep the line is; none if all is one line.
    indent: Option<usize>,
    depth: usize,
}

impl Writer {
    fn value(&mut self, value: &Value) -> Result<(), JsonError> {
        match value {
            Value::Nil => self.put("null"),
            Value::Bool(value) => self.put(if *value { "true" } else { "false" }),
            Value::Int(number) | Value::Int64(number) => self.put(&number.to_string()),
            Value::Uint8(number) => self.put(&number.to_string()),
            Value::Uint64(number) => self.put(&number.to_string()),
            Value::Float(number) => self.float(*number)?,
            Value::Complex(..) => return Err(JsonError::Type("complex128".to_owned())),
            Value::Text(source) => text::write(&mut self.out, source.as_bytes(), self.html),
            Value::Bytes(bytes) => self.put(&format!("\"{}\"", STANDARD.encode(bytes.as_bytes()))),
            Value::List(list) => self.list(list)?,
            Value::Map(map) => self.map(map)?,
            Value::Object(object) => self.json(&object.to_json())?,
        }
        Ok(())
    }

    fn float(&mut self, number: f64) -> Result<(), JsonError> {
        match number {
            f64::INFINITY => Err(JsonError::Value("+Inf")),
            f64::NEG_INFINITY => Err(JsonError::Value("-Inf")),
            _ if number.is_nan() => Err(JsonError::Value("NaN")),
            _ => {
                self.put(&float_text(number));
                Ok(())
            }
        }
    }

    fn list(&mut self, list: &List) -> Result<(), JsonError> {
        if list.is_nil() {
            self.put("null");
            return Ok(());
        }
        self.nested(b'[', b']', list.items(), |writer, item| writer.value(item))
    }

    fn map(&mut self, map: &Map) -> Result<(), JsonError> {
        if map.is_nil() {
            self.put("null");
            return Ok(());
        }
        map.read(|entries| {
            self.nested(b'{', b'}', entries, |writer, (key, value)| {
                writer.key(key.as_bytes());
                writer.value(value)
            })
        })
    }

    fn json(&mut self, json: &Json) -> Result<(), JsonError> {
        match json {
            Json::String(source) => text::write(&mut self.out, source.as_bytes(), self.html),
            Json::Array(items) => {
                self.nested(b'[', b']', items, |writer, item| writer.json(item))?
            }
            Json::Object(entries) => {
                self.nested(b'{', b'}', entries, |writer, (key, value)| {
                    writer.key(key.as_bytes());
                    writer.json(value)
                })?;
            }
            Json::Number(number) if number.is_f64() => {
                self.float(number.as_f64().unwrap_or(0.0))?
            }
            other => self.put(&other.to_string()),
        }
        Ok(())
    }

    fn key(&mut self, key: &[u8]) {
        text::write(&mut self.out, key, self.html);
        self.put(if self.indent.is_some() { ": " } else { ":" });
    }

    /// Anything between brackets, with commas.
    fn nested<T>(
        &mut self,
        open: u8,
        close: u8,
        items: impl IntoIterator<Item = T>,
        write: impl Fn(&mut Self, T) -> Result<(), JsonError>,
    ) -> Result<(), JsonError> {
        self.open(open)?;
        let mut any = false;
        for item in items {
            if self.out.len() > TEXT {
                return Err(JsonError::Length);
            }
            if std::mem::replace(&mut any, true) {
                self.out.push(b',');
            }
            self.line();
            write(self, item)?;
        }
        self.close(close, any);
        Ok(())
    }

    fn open(&mut self, bracket: u8) -> Result<(), JsonError> {
        if self.depth > DEPTH {
            return Err(JsonError::Value("encountered a cycle"));
        }
        self.out.push(bracket);
        self.depth += 1;
        self.indent = self.indent.map(|indent| indent + 1);
        Ok(())
    }

    /// Behind any items, the bracket stands on a line of its own.
    fn close(&mut self, bracket: u8, any: bool) {
        self.depth -= 1;
        self.indent = self.indent.map(|indent| indent - 1);
        if any {
            self.line();
        }
        self.out.push(bracket);
    }

    /// A new line, where there are any.
    fn line(&mut self) {
        if let Some(indent) = self.indent {
            self.out.push(b'\n');
            self.out.resize(self.out.len() + 2 * indent, b' ');
        }
    }

    fn put(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }
}

/// A float as JavaScript writes it: with an exponent only where it is very small or very large.
fn float_text(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 || (1e-6..1e21).contains(&size) {
        return format_float(number, b'f', None);
    }
    let text = format_float(number, b'e', None);
    match text.strip_suffix(|c: char| c.is_ascii_digit()) {
        Some(head) if head.ends_with("e-0") => {
            let digit = &text[text.len() - 1..];
            format!("{}{digit}", &head[..head.len() - 1])
        }
        _ => text,
    }
}
