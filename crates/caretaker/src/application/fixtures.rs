//! Applications for tests, and the time they are looked at.

use model::Timestamp;
use serde_json::Value;

/// All of them.
pub fn all() -> Vec<Value> {
    let text = include_bytes!("../../tests/cli/fixtures/applications.yaml");
    let documents = yaml::read_documents(text, &yaml::Limits::default()).unwrap();
    documents
        .into_iter()
        .map(|document| document.value)
        .collect()
}

/// A moment after the last thing that happened to them.
pub fn now() -> Timestamp {
    Timestamp::parse_rfc3339("2026-11-21T12:00:00Z").unwrap()
}
