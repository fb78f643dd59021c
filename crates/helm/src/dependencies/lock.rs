//! The digest of a lock: a hash over what was asked for and what was found.
//!
//! It hashes the very JSON text that Go writes, so field order, left out fields and the escaping of
//! `<`, `>` and `&` count. Source: Helm 4.2, internal/resolver/resolver.go.

use crate::chart::Dependency;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The digest of Chart.lock: of the dependencies of Chart.yaml and of those in the lock.
pub fn digest(asked: Option<&[Dependency]>, locked: Option<&[Dependency]>) -> String {
    hash(&format!("[{},{}]", list(asked), list(locked)))
}

/// The digest of a requirements.lock that Helm 2 wrote: of what was asked for only.
pub fn digest_v2(asked: Option<&[Dependency]>) -> String {
    hash(&format!("{{\"dependencies\":{}}}", list(asked)))
}

fn hash(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

fn list(dependencies: Option<&[Dependency]>) -> String {
    match dependencies {
        None => "null".to_owned(),
        Some(dependencies) => {
            let texts: Vec<_> = dependencies.iter().map(one).collect();
            format!("[{}]", texts.join(","))
        }
    }
}

fn one(dependency: &Dependency) -> String {
    let mut fields = vec![("name", json!(dependency.name))];
    let mut add = |name, value: Value, is_there: bool| {
        if is_there {
            fields.push((name, value));
        }
    };
    let it = dependency;
    add("version", json!(it.version), !it.version.is_empty());
    add("repository", json!(it.repository), true);
    add("condition", json!(it.condition), !it.condition.is_empty());
    add("tags", json!(it.tags), !it.tags.is_empty());
    add("enabled", json!(true), it.enabled);
    add(
        "import-values",
        json!(it.import_values),
        !it.import_values.is_empty(),
    );
    add("alias", json!(it.alias), !it.alias.is_empty());
    let fields = fields
        .iter()
        .map(|(name, value)| format!("\"{name}\":{}", escaped(value)));
    format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
}

/// JSON as Go writes it. These characters stand inside texts only.
fn escaped(value: &Value) -> String {
    value
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}
