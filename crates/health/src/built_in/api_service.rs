//! Registrations of API services: healthy once available.
//!
//! Comes in: an APIService. Goes out: what its condition `Available` says.

use crate::conditions;
use crate::fields::Malformed;
use crate::status::Health;
use crate::status::HealthStatus::{Healthy, Progressing};
use serde_json::Value;

pub fn check(object: &Value) -> Result<Health, Malformed> {
    let Some(available) = conditions::find(object, "Available")? else {
        return Ok(Progressing.because("Waiting to be processed"));
    };
    let status = if available.is_true() {
        Healthy
    } else {
        Progressing
    };
    Ok(status.because(format!("{}: {}", available.reason, available.message)))
}
