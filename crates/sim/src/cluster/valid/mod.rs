//! What is not valid about an object, as the server would say: the field and why.
//!
//! In: an object about to be kept, and the one it replaces. Out: a line for each error. Only the
//! rules that scenarios and manifests run into are here. Source: Kubernetes 1.36,
//! pkg/apis/*/validation.

mod change;
mod content;
mod metadata;
mod names;
mod status;

use super::custom::errors;
use super::kinds::Kind;
use serde_json::Value;

/// What is wrong with a new object.
pub fn of_new(kind: &Kind, object: &Value) -> Vec<String> {
    let mut found = match &kind.custom {
        Some(custom) => errors(object, &custom.schema),
        None => content::errors(kind, object),
    };
    found.extend(metadata::errors(kind, object));
    found
}

/// What is wrong with an object that replaces another.
pub fn of_changed(kind: &Kind, subresource: &str, object: &Value, old: &Value) -> Vec<String> {
    let mut found = metadata::errors(kind, object);
    found.extend(metadata::change_errors(object, old));
    match (&kind.custom, subresource) {
        (Some(custom), _) => found.extend(errors(object, &custom.schema)),
        (None, "status") => found.extend(status::errors(kind, object)),
        (None, _) => {
            found.extend(content::errors(kind, object));
            found.extend(change::errors(kind, object, old));
        }
    }
    found
}
