//! JSON to values: all numbers are floats.

use super::{JsonError, text};
use crate::bounds::DEPTH;
use gotemplate::{Map, Text, Value};
use std::collections::BTreeMap;

/// Reads one value: `json.Unmarshal` into an `interface{}`.
pub fn decode(source: &[u8]) -> Result<Value, JsonError> {
    let mut reader = Reader {
        source,
        at: 0,
        depth: 0,
    };
    let value = reader.value()?;
    match reader.peek() {
        None => Ok(value),
        Some(found) => unexpected(found, "after top-level value"),
    }
}

struct Reader<'a> {
    source: &'a [u8],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Value, JsonError> {
        match self.peek().ok_or(JsonError::End)? {
            b'{' => self.nested(Self::object),
            b'[' => self.nested(Self::list),
            b'"' => Ok(Value::Text(self.text()?)),
            b'-' | b'0'..=b'9' => self.number(),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Nil),
            found => unexpected(found, "looking for beginning of value"),
        }
    }

    fn nested(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Value, JsonError>,
    ) -> Result<Value, JsonError> {
        if self.depth >= DEPTH {
            return Err(JsonError::Depth);
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn list(&mut self) -> Result<Value, JsonError> {
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(items.into());
        }
        loop {
            items.push(self.value()?);
            match self.peek().ok_or(JsonError::End)? {
                b',' => self.at += 1,
                b']' => break,
                found => return unexpected(found, "after array element"),
            }
        }
        self.at += 1;
        Ok(items.into())
    }

    fn object(&mut self) -> Result<Value, JsonError> {
        let mut entries = BTreeMap::new();
        if self.take(b'}') {
            return Ok(Map::new(entries).into());
        }
        loop {
            let (key, value) = self.entry()?;
            entries.insert(key, value);
            match self.peek().ok_or(JsonError::End)? {
                b',' => self.at += 1,
                b'}' => break,
                found => return unexpected(found, "after object key:value pair"),
            }
        }
        self.at += 1;
        Ok(Map::new(entries).into())
    }

    fn entry(&mut self) -> Result<(Text, Value), JsonError> {
        let key = match self.peek().ok_or(JsonError::End)? {
            b'"' => self.text()?,
            found => return unexpected(found, "looking for beginning of object key string"),
        };
        match self.peek().ok_or(JsonError::End)? {
            b':' => self.at += 1,
            found => return unexpected(found, "after object key"),
        }
        Ok((key, self.value()?))
    }

    fn text(&mut self) -> Result<Text, JsonError> {
        self.at += 1;
        let (text, length) = text::read(&self.source[self.at..])?;
        self.at += length;
        Ok(text.into())
    }

    fn number(&mut self) -> Result<Value, JsonError> {
        let from = self.at;
        self.at += usize::from(self.next() == Some(b'-'));
        match self.next() {
            Some(b'0') => self.at += 1,
            _ => self.digits("in numeric literal")?,
        }
        if self.next() == Some(b'.') {
            self.at += 1;
            self.digits("after decimal point in numeric literal")?;
        }
        if let Some(b'e' | b'E') = self.next() {
            self.at += 1;
            self.at += usize::from(matches!(self.next(), Some(b'+' | b'-')));
            self.digits("in exponent of numeric literal")?;
        }
        let literal = String::from_utf8_lossy(&self.source[from..self.at]);
        match literal.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Value::Float(number)),
            _ => Err(JsonError::Number(literal.into_owned())),
        }
    }

    /// One digit or more.
    fn digits(&mut self, context: &'static str) -> Result<(), JsonError> {
        match self.next_or_space() {
            b'0'..=b'9' => {}
            found => return unexpected(found, context),
        }
        while let Some(b'0'..=b'9') = self.next() {
            self.at += 1;
        }
        Ok(())
    }

    fn word(&mut self, word: &'static str, value: Value) -> Result<Value, JsonError> {
        for expected in word.bytes() {
            match self.next_or_space() {
                found if found == expected => self.at += 1,
                found => return unexpected(found, literal_context(word, expected)),
            }
        }
        Ok(value)
    }

    /// Skips a byte if it comes next, spaces before it aside.
    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// The next byte that is no space.
    fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.next() {
            self.at += 1;
        }
        self.next()
    }

    /// Inside of words and numbers, Go takes the end for a space.
    fn next_or_space(&self) -> u8 {
        self.next().unwrap_or(b' ')
    }

    fn next(&self) -> Option<u8> {
        self.source.get(self.at).copied()
    }
}

fn literal_context(word: &str, expected: u8) -> &'static str {
    match (word, expected) {
        ("true", b'r') => "in literal true (expecting 'r')",
        ("true", b'u') => "in literal true (expecting 'u')",
        ("true", _) => "in literal true (expecting 'e')",
        ("false", b'a') => "in literal false (expecting 'a')",
        ("false", b'l') => "in literal false (expecting 'l')",
        ("false", b's') => "in literal false (expecting 's')",
        ("false", _) => "in literal false (expecting 'e')",
        (_, b'u') => "in literal null (expecting 'u')",
        _ => "in literal null (expecting 'l')",
    }
}

fn unexpected<T>(found: u8, context: &'static str) -> Result<T, JsonError> {
    Err(JsonError::Character { found, context })
}
