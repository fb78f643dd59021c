//! The definitions of Argo CD's kinds, written for Caretaker.
//!
//! Comes in: nothing. Goes out: three CustomResourceDefinitions, as text or as values. They accept
//! and keep every field of Argo CD 3.5, so that a resource can go back to where it came from.

use serde_json::Value;

const TEXTS: [&str; 3] = [
    include_str!("../crds/application.yaml"),
    include_str!("../crds/appproject.yaml"),
    include_str!("../crds/applicationset.yaml"),
];

/// The three definitions.
///
/// # Panics
/// Never: the texts are part of the program, and a test reads them.
pub fn crds() -> Vec<Value> {
    let read = |text: &&str| yaml::read_first(text.as_bytes(), &yaml::Limits::default());
    TEXTS
        .iter()
        .map(read)
        .collect::<Result<_, _>>()
        .expect("the definitions are valid YAML")
}

/// The three definitions as one YAML stream, with their comments.
pub fn crds_yaml() -> String {
    TEXTS.join("---\n")
}
