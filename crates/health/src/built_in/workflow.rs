//! Argo Workflows: healthy once succeeded.
//!
//! Comes in: a Workflow of any version. Goes out: what its phase means. A phase or message that is
//! not text is none.

use crate::fields;
use crate::status::Health;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Unknown};
use serde_json::Value;

pub fn check(object: &Value) -> Health {
    let text = |path| fields::text(object, path).unwrap_or_default();
    let status = match text("status.phase") {
        "" | "Pending" | "Running" => Progressing,
        "Succeeded" => Healthy,
        "Failed" | "Error" => Degraded,
        _ => Unknown,
    };
    status.because(text("status.message"))
}
