//! What is the same about two answers.

use crate::ask::{Answer, Said};
use serde_json::{Value, json};
use std::collections::HashMap;

/// The versions and UIDs that one side gave an object, in order.
#[derive(Clone, Debug, Default)]
pub struct Known {
    versions: Vec<String>,
    uids: Vec<String>,
}

impl Known {
    pub fn version(&self, said: Said) -> Option<String> {
        said.of(&self.versions, "1")
    }

    pub fn uid(&self, said: Said) -> Option<String> {
        said.of(&self.uids, "00000000-0000-0000-0000-000000000000")
    }
}

/// What one side gave all objects.
#[derive(Debug, Default)]
pub struct Memory {
    known: HashMap<String, Known>,
    uids: Vec<String>,
    addresses: Vec<String>,
}

impl Memory {
    pub fn of(&self, key: &str) -> Known {
        self.known.get(key).cloned().unwrap_or_default()
    }

    /// Remembers what an answer gave an object.
    pub fn learn(&mut self, key: &str, object: &Value) {
        let known = self.known.entry(key.to_owned()).or_default();
        let text = |field: &str| object["metadata"][field].as_str().map(str::to_owned);
        if let Some(version) =
            text("resourceVersion").filter(|version| !known.versions.contains(version))
        {
            known.versions.push(version);
        }
        if let Some(uid) = text("uid") {
            if !known.uids.contains(&uid) {
                known.uids.push(uid.clone());
            }
            if !self.uids.contains(&uid) {
                self.uids.push(uid);
            }
        }
        if let Some(address) = object["spec"]["clusterIP"]
            .as_str()
            .filter(|a| a.starts_with("10."))
        {
            self.addresses.push(address.to_owned());
        }
    }

    /// The object in words that are the same on both sides.
    pub fn plain(&self, key: &str, object: &Value) -> Value {
        let mut object = object.clone();
        let known = self.of(key);
        if let Some(version) = object["metadata"]["resourceVersion"].as_str() {
            let at = known.versions.iter().position(|known| known == version);
            object["metadata"]["resourceVersion"] = json!(format!("{at:?}"));
        }
        let uid = object["metadata"]["uid"].as_str().map(str::to_owned);
        let mut text = object.to_string();
        for (at, uid) in self.uids.iter().enumerate() {
            text = text.replace(&format!("{uid}\""), &format!("U{at}\""));
            text = text.replace(&format!("{uid}\\"), &format!("U{at}\\"));
        }
        if let Some(uid) = uid.filter(|uid| !self.uids.contains(uid)) {
            text = text.replace(&format!("{uid}\""), "U-new\"");
        }
        for address in &self.addresses {
            text = text.replace(&format!("\"{address}\""), "\"IP\"");
        }
        let mut object: Value = serde_json::from_str(&text).unwrap_or_default();
        address(&mut object);
        // What is told of an object that an update lets go is not read from what was kept.
        if let Some(metadata) = object["metadata"]
            .as_object_mut()
            .filter(|m| m.contains_key("deletionTimestamp"))
        {
            metadata.retain(|_, value| value.as_object().is_none_or(|map| !map.is_empty()));
        }
        // Of namespaces the server itself gives finalizers in any order.
        let finalizers = object["metadata"]
            .get_mut("finalizers")
            .and_then(Value::as_array_mut);
        if let Some(finalizers) = finalizers.filter(|_| key.starts_with("Namespace ")) {
            finalizers.sort_by_key(Value::to_string);
        }
        times(&mut object);
        if let Some(entries) = object["metadata"]
            .get_mut("managedFields")
            .and_then(Value::as_array_mut)
        {
            entries.sort_by_key(Value::to_string);
        }
        object
    }

    /// An answer in words that are the same on both sides.
    pub fn said(&self, key: &str, answer: &Answer, is_list: bool, deletes: bool) -> Value {
        let body = &answer.body;
        if answer.code >= 300 {
            let mut said = json!({"code": answer.code, "reason": body["reason"]});
            let message = body["message"].as_str().unwrap_or_default();
            if message.starts_with("Apply failed") {
                let mut lines: Vec<&str> = message.lines().collect();
                lines.sort_unstable();
                said["message"] = json!(lines);
            }
            return said;
        }
        if is_list {
            let items = body["items"].as_array().into_iter().flatten();
            return items.map(|item| item["metadata"]["name"].clone()).collect();
        }
        // What is answered about what is gone differs by kind.
        let object = if deletes {
            Value::Null
        } else {
            self.plain(key, body)
        };
        json!({"code": answer.code, "object": object})
    }
}

fn address(object: &mut Value) {
    let given = object["spec"]
        .get("clusterIP")
        .and_then(Value::as_str)
        .is_some_and(|a| a.starts_with("10."));
    if given {
        object["spec"]["clusterIP"] = json!("IP");
        object["spec"]["clusterIPs"] = json!(["IP"]);
    }
}

fn times(value: &mut Value) {
    match value {
        Value::String(text) if is_time(text) => *text = "T".into(),
        Value::Array(items) => items.iter_mut().for_each(times),
        Value::Object(map) => map.values_mut().for_each(times),
        _ => {}
    }
}

fn is_time(text: &str) -> bool {
    text.len() >= 20
        && text.as_bytes()[4] == b'-'
        && text.as_bytes()[10] == b'T'
        && text.ends_with('Z')
}

/// The first places in which two values differ.
pub fn differences(real: &Value, simulated: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(real, simulated, "", &mut found);
    found.truncate(12);
    found
}

fn walk(real: &Value, simulated: &Value, path: &str, found: &mut Vec<String>) {
    match (real, simulated) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys: Vec<&String> = a.keys().chain(b.keys()).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                let none = Value::Null;
                let (x, y) = (a.get(key).unwrap_or(&none), b.get(key).unwrap_or(&none));
                if a.contains_key(key) != b.contains_key(key) {
                    let side = if a.contains_key(key) {
                        "only real"
                    } else {
                        "only simulated"
                    };
                    found.push(format!(
                        "{path}/{key}: {side}: {}",
                        if a.contains_key(key) { x } else { y }
                    ));
                } else {
                    walk(x, y, &format!("{path}/{key}"), found);
                }
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (at, (x, y)) in a.iter().zip(b).enumerate() {
                walk(x, y, &format!("{path}/{at}"), found);
            }
        }
        (a, b) if a == b => {}
        (a, b) => found.push(format!("{path}: real {a}, simulated {b}")),
    }
}
