//! The hash that goes behind a name.
//!
//! Comes in: an object. Goes out: ten letters and digits that stand for its data. Source: Kustomize
//! 5.8.1, api/hasher/hasher.go.

use crate::{go_json, node};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use yaml::{Content, Node};

/// Why an object has no hash.
#[derive(Debug, thiserror::Error)]
pub enum HashError {
    /// Its data mean nothing JSON could say.
    #[error("the {field} of the {kind} cannot be hashed")]
    Value {
        /// `ConfigMap` or `Secret`.
        kind: &'static str,
        /// The field.
        field: &'static str,
        /// The cause.
        #[source]
        source: Box<yaml::NodeValueError>,
    },
    /// Upstream hashes how the file was laid out, down to columns and comments, which is not known
    /// here.
    #[error("only a ConfigMap or a Secret gets a hash behind its name; this is a {0}")]
    Kind(String),
}

/// The hash of a ConfigMap's or Secret's data. Its name does not count: upstream means to include
/// it, but looks for it under a key that no object has.
pub fn hash(object: &Node) -> Result<String, HashError> {
    let hashed = match node::kind(object) {
        "ConfigMap" => fields(object, "ConfigMap", &["data"], "binaryData")?,
        "Secret" => fields(object, "Secret", &["data", "type"], "stringData")?,
        kind => return Err(HashError::Kind(kind.to_owned())),
    };
    Ok(shorten(&go_json::write(&go_json::as_floats(
        Value::Object(hashed),
    ))))
}

/// What is hashed. The last field counts only if it is no scalar.
fn fields(
    object: &Node,
    kind: &'static str,
    names: &[&'static str],
    optional: &'static str,
) -> Result<Map<String, Value>, HashError> {
    let read = |field: &'static str| {
        let value = object.get(field);
        value_of(value).map_err(|source| HashError::Value {
            kind,
            field,
            source: Box::new(source),
        })
    };
    let mut fields = Map::new();
    fields.insert("kind".to_owned(), kind.into());
    fields.insert("name".to_owned(), "".into());
    for name in names {
        fields.insert((*name).to_owned(), read(name)?);
    }
    let value = read(optional)?;
    if !value.is_string() {
        fields.insert(optional.to_owned(), value);
    }
    Ok(fields)
}

/// A scalar's text as written, a map's value; nothing for a list, where upstream expects a map.
fn value_of(field: Option<&Node>) -> Result<Value, yaml::NodeValueError> {
    let Some(field) = field else {
        return Ok("".into());
    };
    match &field.content {
        Content::Scalar(text) => Ok((**text).into()),
        Content::Mapping(_) => field.to_value(),
        Content::Sequence(_) => Ok(Value::Null),
    }
}

/// The first digits of the text's SHA-256, in letters and digits that make no words.
fn shorten(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let digits = digest
        .iter()
        .take(5)
        .flat_map(|byte| [byte >> 4, byte & 15]);
    let letter = |digit: u8| b"gh2k456789mbcdtf"[usize::from(digit)];
    digits.map(|digit| char::from(letter(digit))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use yaml::Limits;

    fn hash_of(text: &str) -> String {
        let object = yaml::read_node(text, &Limits::default()).unwrap().unwrap();
        match hash(&object) {
            Ok(hash) => hash,
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn data_count_and_names_do_not() {
        for (object, expected) in [
            ("kind: ConfigMap", "6ct58987ht"),
            ("{kind: ConfigMap, metadata: {name: x}}", "6ct58987ht"),
            ("{kind: ConfigMap, data: {one: \"\"}}", "9g67k2htb6"),
            (
                "{kind: ConfigMap, data: {two: 2, one: \"\", three: 3}}",
                "7757f9kkct",
            ),
            ("{kind: ConfigMap, binaryData: {one: \"\"}}", "6mtk2m274t"),
            (
                "{kind: ConfigMap, binaryData: {two: 2, one: \"\", three: 3}}",
                "9th7kc28dg",
            ),
            (
                "{kind: ConfigMap, data: {one: \"\"}, binaryData: {two: \"\"}}",
                "698h7c7t9m",
            ),
            ("{kind: Secret, type: my-type}", "5gmgkf8578"),
            (
                "{kind: Secret, type: my-type, data: {one: \"\"}}",
                "74bd68bm66",
            ),
            (
                "{kind: Secret, type: my-type, data: {two: 2, one: \"\", three: 3}}",
                "4gf75c7476",
            ),
            (
                "{kind: Secret, type: my-type, data: {one: \"\"}, stringData: {two: 2}}",
                "c4h4264gdb",
            ),
        ] {
            assert_eq!(hash_of(object), expected, "{object}");
        }
        let told = hash_of("{kind: Pod}");
        assert!(told.ends_with("this is a Pod"), "{told}");
    }
}
