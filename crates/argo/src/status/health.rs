//! `status.health`: how the app's objects are, and since when.
//!
//! Before anything was judged it is Unknown; the time the last status has stays, if that was
//! Unknown too.

use super::Fields;
use model::Outcome;
use serde_json::Value;

const UNKNOWN: &str = "Unknown";

pub(super) fn status(outcome: &Outcome, previous: &Value) -> Value {
    let previous = &previous["health"];
    match &outcome.health {
        Some((word, since)) => Fields::new()
            .text("status", word)
            .set("lastTransitionTime", since.rfc3339())
            .done(),
        None if previous["status"] == UNKNOWN => previous.clone(),
        None => Fields::new().set("status", UNKNOWN).done(),
    }
}
