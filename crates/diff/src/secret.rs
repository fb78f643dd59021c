//! Secrets: how their write-only half becomes data.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A Secret with its `stringData` folded into `data`, as the server stores it. Values that are no
/// text are kept as they are, for the server to refuse.
pub(crate) fn folded(secret: Cow<'_, Value>) -> Cow<'_, Value> {
    if secret.get("stringData").is_none() {
        return secret;
    }
    let mut secret = secret.into_owned();
    fold(&mut secret);
    Cow::Owned(secret)
}

/// Folds `stringData` into `data` in place.
pub(crate) fn fold(secret: &mut Value) {
    let Some(fields) = secret.as_object_mut() else {
        return;
    };
    let Some(Value::Object(texts)) = fields.remove("stringData") else {
        return;
    };
    let data = fields
        .entry("data")
        .or_insert_with(|| Value::Object(Map::new()));
    if !data.is_object() {
        *data = Value::Object(Map::new());
    }
    if let Some(data) = data.as_object_mut() {
        data.extend(
            texts
                .into_iter()
                .map(|(name, value)| (name, encoded(value))),
        );
    }
}

fn encoded(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(STANDARD.encode(text)),
        Value::Null => Value::String(String::new()),
        other => other,
    }
}
