//! `$ref`: where it leads.
//!
//! Only into the same text: nothing is fetched, and an URN is taken for a schema that accepts
//! everything, as Helm takes it.

use super::{Compiler, Draft, Index};
use serde_json::Value;

impl<'a> Compiler<'a> {
    /// The schema a `$ref` names.
    pub(super) fn follow(&mut self, reference: &str) -> Result<Index, String> {
        let (address, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let Some(document) = self.document(address) else {
            return match address {
                _ if address.starts_with("urn:") || is_draft(address) => Ok(self.anything()),
                _ => Err(not_fetched(&self.absolute(address))),
            };
        };
        let fragment = unescaped(fragment);
        let found = match fragment.is_empty() || fragment.starts_with('/') {
            true => document.pointer(&fragment),
            false => self.anchored(document, &fragment),
        };
        match found {
            Some(schema) => self.place(schema),
            None => Err(format!(
                "jsonpointer in \"file:///values.schema.json#{fragment}\" not found"
            )),
        }
    }

    /// The part of the text that has this address.
    fn document(&self, address: &str) -> Option<&'a Value> {
        let key = self.id_keyword();
        let last = |text: &str| text.rsplit('/').next().unwrap_or(text).to_owned();
        let is_it = |schema: &Value| {
            let id = schema.get(key).and_then(Value::as_str);
            let id = id.map(|id| id.trim_end_matches('#'));
            id.is_some_and(|id| id == address || last(id) == address)
        };
        match address.is_empty() || is_it(self.root) {
            true => Some(self.root),
            false => find(self.root, &is_it),
        }
    }

    /// An address as the text's own address makes it complete.
    fn absolute(&self, address: &str) -> String {
        if address.contains("://") {
            return address.to_owned();
        }
        let id = self.root.get(self.id_keyword()).and_then(Value::as_str);
        let base = id.filter(|id| id.contains("://")).unwrap_or("file:///");
        let folder = base.rsplit_once('/').map_or(base, |(folder, _)| folder);
        format!("{folder}/{}", address.trim_start_matches("./"))
    }

    fn anchored(&self, document: &'a Value, name: &str) -> Option<&'a Value> {
        let in_id = format!("#{name}");
        let key = self.id_keyword();
        let has = |schema: &Value, key: &str, wanted: &str| {
            schema.get(key).and_then(Value::as_str) == Some(wanted)
        };
        find(document, &|schema: &Value| {
            has(schema, "$anchor", name)
                || has(schema, "$dynamicAnchor", name)
                || has(schema, key, &in_id)
        })
    }

    fn id_keyword(&self) -> &'static str {
        match self.draft {
            Draft::D4 => "id",
            _ => "$id",
        }
    }
}

/// What Helm says where it cannot fetch a schema, with our reason.
pub(super) fn not_fetched(address: &str) -> String {
    let quoted = crate::quote::quote(address);
    format!(
        "failing loading {quoted}: schemas are not fetched; put what it says into values.schema.json"
    )
}

fn is_draft(address: &str) -> bool {
    let address = address
        .strip_prefix("https://")
        .or(address.strip_prefix("http://"));
    address.is_some_and(|address| address.starts_with("json-schema.org/draft"))
}

/// The first part of a text, from the outside in, that fits. JSON nests at most 128 deep.
fn find<'a>(value: &'a Value, fits: &dyn Fn(&Value) -> bool) -> Option<&'a Value> {
    match value {
        Value::Object(_) if fits(value) => Some(value),
        Value::Object(fields) => fields.values().find_map(|below| find(below, fits)),
        Value::Array(items) => items.iter().find_map(|below| find(below, fits)),
        _ => None,
    }
}

/// Without `%20` and the like.
fn unescaped(fragment: &str) -> String {
    let mut out = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let code = code.and_then(|it| u8::from_str_radix(it, 16).ok());
        match (first, code) {
            (b'%', Some(byte)) => {
                out.push(byte);
                rest = &tail[2..];
            }
            _ => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
