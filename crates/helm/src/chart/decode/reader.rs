//! Values into fields, and the first that does not fit.

use super::error::{DecodeError, kind_of};
use serde_json::{Map, Number, Value};

/// Where a field stands: the struct that has it, and the path of names that leads to it.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub of: &'static str,
    pub above: &'a [&'static str],
    pub name: &'static str,
}

impl Place<'_> {
    fn text(&self) -> String {
        let mut parts = vec![self.of];
        parts.extend(self.above);
        parts.push(self.name);
        parts.join(".")
    }
}

/// Reads on after a misfit, as Go does, and remembers the first.
#[derive(Default)]
pub(super) struct Reader {
    misfit: Option<DecodeError>,
}

impl Reader {
    pub fn finish(self) -> Result<(), DecodeError> {
        self.misfit.map_or(Ok(()), Err)
    }

    pub fn misfit(&mut self, value: &Value, place: Place<'_>, wanted: &'static str) {
        self.misfit.get_or_insert_with(|| DecodeError::Field {
            found: kind_of(value),
            place: place.text(),
            wanted,
        });
    }

    pub fn fail(&mut self, error: DecodeError) {
        self.misfit.get_or_insert(error);
    }

    pub fn text(&mut self, value: &Value, place: Place<'_>, target: &mut String) {
        match value {
            Value::Null => {}
            Value::String(text) => target.clone_from(text),
            Value::Bool(flag) => *target = flag.to_string(),
            Value::Number(number) => *target = number_text(number),
            other => self.misfit(other, place, "string"),
        }
    }

    pub fn flag(&mut self, value: &Value, place: Place<'_>, target: &mut bool) {
        match value {
            Value::Null => {}
            Value::Bool(flag) => *target = *flag,
            other => self.misfit(other, place, "bool"),
        }
    }

    pub fn texts(&mut self, value: &Value, place: Place<'_>, target: &mut Vec<String>) {
        match value {
            Value::Null => target.clear(),
            Value::Array(items) => {
                target.resize(items.len(), String::new());
                for (item, target) in items.iter().zip(target) {
                    self.text(item, place, target);
                }
            }
            other => self.misfit(other, place, "[]string"),
        }
    }

    pub fn text_map(
        &mut self,
        value: &Value,
        place: Place<'_>,
        target: &mut std::collections::BTreeMap<String, String>,
    ) {
        match value {
            Value::Null => target.clear(),
            Value::Object(fields) => {
                for (key, value) in fields {
                    let mut text = String::new();
                    self.text(value, place, &mut text);
                    target.insert(key.clone(), text);
                }
            }
            other => self.misfit(other, place, "map[string]string"),
        }
    }

    /// A list of structs, each read into the one that stands there already.
    pub fn structs<T: Default>(
        &mut self,
        value: &Value,
        place: Place<'_>,
        types: (&'static str, &'static str),
        target: &mut Vec<Option<T>>,
        mut read: impl FnMut(&mut Self, &Map<String, Value>, &mut T),
    ) {
        let Value::Array(items) = value else {
            return self.misfit(value, place, types.0);
        };
        target.resize_with(items.len(), || None);
        for (item, target) in items.iter().zip(target) {
            match item {
                Value::Null => *target = None,
                Value::Object(fields) => read(self, fields, target.get_or_insert_default()),
                other => self.misfit(other, place, types.1),
            }
        }
    }
}

/// The field a name means: the very name, or the same in another case.
pub(super) fn field<'a>(name: &str, fields: &[&'a str]) -> Option<&'a str> {
    let exact = fields.iter().find(|field| **field == name);
    let folded = || {
        let name = name.replace('ſ', "s").replace('\u{212a}', "k");
        fields
            .iter()
            .find(|field| field.eq_ignore_ascii_case(&name))
    };
    exact.or_else(folded).copied()
}

/// A number where text is wanted. Fractions are read with 32 bits.
fn number_text(number: &Number) -> String {
    let short = |float: f64| format!("{:e}", float as f32).parse().unwrap_or(float);
    match number.as_f64() {
        Some(float) if number.is_f64() => gotemplate::fmt::format_float(short(float), b'g', None),
        _ => number.to_string(),
    }
}
