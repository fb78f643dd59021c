//! JSON text, read as JSON.
//!
//! Comes in: text. Goes out: its values, if it is JSON from the first brace to the last, as
//! Kubernetes also tells JSON by its first character; nothing if it is anything else, which is
//! then left to the YAML reader. The two agree on all that both accept, but for two things that
//! Kubernetes' JSON reader takes as this one does: pairs of surrogate escapes, and raw NEL, LS and
//! PS characters inside text, which YAML would fold like line breaks.

use super::Document;
use crate::number;
use serde_json::{Deserializer, Value};

/// Every value of a JSON text that starts with an object, or nothing if it is not JSON.
pub fn read(text: &str) -> Option<Vec<Document>> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let mut documents = Vec::new();
    let mut lines = Lines {
        text,
        at: 0,
        line: 1,
    };
    let mut values = Deserializer::from_str(text).into_iter::<Value>();
    loop {
        let line = lines.of_next_value_after(values.byte_offset());
        match values.next() {
            None => return Some(documents),
            Some(Err(_)) => return None,
            Some(Ok(mut value)) => {
                settle_numbers(&mut value);
                documents.push(Document { value, line });
            }
        }
    }
}

/// Counts lines as the reading moves on, each only once.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of_next_value_after(&mut self, offset: usize) -> usize {
        let rest = &self.text[offset..];
        let next = offset + rest.len() - rest.trim_start().len();
        self.line += self.text[self.at..next].matches('\n').count();
        self.at = next;
        self.line
    }
}

/// `1.0` means 1 here as it does in YAML.
fn settle_numbers(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            if let Some(settled) = number.as_f64().and_then(number::through_json) {
                *number = settled;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(settle_numbers),
        Value::Object(fields) => fields.values_mut().for_each(settle_numbers),
        _ => {}
    }
}
