//! The formats of strings: `email`, `date-time`, `uri`.

use jsonschema::Validator;
use serde_json::{Value, json};

/// Formats the validator knows and checks, in drafts that have formats checked.
const KNOWN: &[&str] = &[
    "regex",
    "uuid",
    "ipv4",
    "ipv6",
    "hostname",
    "email",
    "date",
    "time",
    "date-time",
    "duration",
    "json-pointer",
    "relative-json-pointer",
    "uri",
    "uri-reference",
    "uri-template",
    "iri",
    "iri-reference",
];

/// A format, ready to be checked.
#[derive(Debug)]
pub(super) struct Format {
    pub name: String,
    validator: Validator,
}

impl Format {
    /// A format by its name; none if the validator does not know it, which then checks nothing.
    pub fn named(name: &str) -> Option<Self> {
        if !KNOWN.contains(&name) {
            return None;
        }
        let options = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft201909)
            .should_validate_formats(true);
        let validator = options.build(&json!({"format": name})).ok()?;
        let name = name.to_owned();
        Some(Self { name, validator })
    }

    /// Is a value of the format? Whatever is no text is.
    pub fn admits(&self, value: &Value) -> bool {
        !value.is_string() || self.validator.is_valid(value)
    }
}
