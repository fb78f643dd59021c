//! The health a script found.
//!
//! Comes in: what `health.lua` returned. Goes out: a health, or none. A table without a status that
//! is one is of unknown health; a list, or fields that are no text, say nothing, as in Go.

use super::{Meaningless, field};
use crate::machine::Returned;
use health::{Health, HealthStatus};
use serde_json::Value;

const INVALID: &str = "Lua returned an invalid health status";

/// What an answer says of the health.
pub fn read(returned: Returned) -> Result<Option<Health>, Meaningless> {
    match returned {
        Returned::Nil => Ok(None),
        Returned::Other(found) => Err(Meaningless::NoTable(found)),
        Returned::Table(Value::Object(fields)) => {
            let (status, message) = (field(&fields, "status"), field(&fields, "message"));
            Ok(text(status)
                .zip(text(message))
                .map(|(status, message)| judged(status, message)))
        }
        Returned::Table(_) => Ok(None),
    }
}

/// Text, empty if it is not there; nothing for all else.
fn text(value: Option<&Value>) -> Option<&str> {
    value.map_or(Some(""), Value::as_str)
}

fn judged(status: &str, message: &str) -> Health {
    match status.parse() {
        Ok(status) => Health {
            status,
            message: message.to_owned(),
        },
        Err(_) => Health {
            status: HealthStatus::Unknown,
            message: INVALID.to_owned(),
        },
    }
}
