//! Values behind keys and in lists.

use super::kind::{Kind, kind, resolved};
use super::write::{DEEPEST, ToTomlError, Writer};
use gotemplate::fmt::format_float;
use gotemplate::{List, Map, Value};
use sprig::dates;

impl Writer {
    /// A value behind a key or in a list.
    pub fn element(&mut self, value: &Value, depth: usize) -> Result<(), ToTomlError> {
        if depth > DEEPEST {
            return Err(ToTomlError::TooDeep);
        }
        match value {
            Value::Nil => return Err(ToTomlError::NilElement),
            Value::Bool(flag) => self.put(flag.to_string()),
            Value::Int(number) | Value::Int64(number) => self.put(number.to_string()),
            Value::Uint8(number) => self.put(number.to_string()),
            Value::Uint64(number) => self.put(number.to_string()),
            Value::Float(number) => self.put(float(*number)),
            Value::Complex(..) => return Err(ToTomlError::Unsupported("complex128")),
            Value::Text(text) => self.quoted(text.as_bytes()),
            Value::Bytes(bytes) => {
                let numbers: Vec<_> = bytes.as_bytes().iter().map(u8::to_string).collect();
                self.put(format!("[{}]", numbers.join(", ")));
            }
            Value::List(list) => self.list(list, depth)?,
            Value::Map(map) => self.inline_table(map, depth)?,
            Value::Object(_) => match dates::time_of(value) {
                Some(time) => self.put(date(time)),
                None => self.element(&resolved(value), depth + 1)?,
            },
        }
        Ok(())
    }

    fn list(&mut self, list: &List, depth: usize) -> Result<(), ToTomlError> {
        self.put("[");
        for (number, item) in list.items().iter().enumerate() {
            if number > 0 {
                self.put(", ");
            }
            self.element(&resolved(item), depth + 1)?;
        }
        self.put("]");
        Ok(())
    }

    /// Commas stand behind all but the last key, whether that is written or not.
    fn inline_table(&mut self, map: &Map, depth: usize) -> Result<(), ToTomlError> {
        self.put("{");
        let mut entries = map.entries();
        for (_, value) in &mut entries {
            *value = resolved(value);
        }
        let mut kinds = Vec::with_capacity(entries.len());
        for (_, value) in &entries {
            kinds.push(kind(value, depth)?);
        }
        let is_sub = |kind: &Kind| matches!(kind, Kind::Table | Kind::Tables);
        let last_direct = kinds.iter().rposition(|kind| !is_sub(kind));
        let last = kinds.iter().rposition(is_sub).or(last_direct);
        for sub in [false, true] {
            for (number, (key, value)) in entries.iter().enumerate() {
                if is_sub(&kinds[number]) != sub || kinds[number] == Kind::Nothing {
                    continue;
                }
                self.key_and_value(Some(key), value, depth + 1)?;
                if last != Some(number) {
                    self.put(", ");
                }
            }
        }
        self.put("}");
        Ok(())
    }

    pub fn quoted(&mut self, text: &[u8]) {
        self.out.push(b'"');
        for byte in text {
            match byte {
                b'"' | b'\\' => self.out.extend([b'\\', *byte]),
                0x08 => self.put("\\b"),
                b'\t' => self.put("\\t"),
                b'\n' => self.put("\\n"),
                0x0c => self.put("\\f"),
                b'\r' => self.put("\\r"),
                0..0x20 | 0x7f => self.put(format!("\\u{byte:04x}")),
                byte => self.out.push(*byte),
            }
        }
        self.out.push(b'"');
    }
}

/// A float has a point or an exponent.
fn float(number: f64) -> String {
    let sign = if number.is_sign_negative() { "-" } else { "" };
    if number.is_nan() {
        return format!("{sign}nan");
    }
    if number.is_infinite() {
        return format!("{sign}inf");
    }
    let text = format_float(number, b'g', None);
    match text.contains(['e', '.']) {
        true => text,
        false => text + ".0",
    }
}

/// A date or a time of day without a zone has none when it is written either.
fn date(time: &dates::Time) -> Vec<u8> {
    let name = time.zone.name();
    let layout: &[u8] = match name {
        "datetime-local" => b"2006-01-02T15:04:05.999999999",
        "date-local" => b"2006-01-02",
        "time-local" => b"15:04:05.999999999",
        _ => b"2006-01-02T15:04:05.999999999Z07:00",
    };
    time.format(layout)
}
