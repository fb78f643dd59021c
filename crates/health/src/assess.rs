//! The health of any object.
//!
//! Comes in: an object. Goes out: its health; nothing for a kind that has no check.

use crate::built_in::check_for;
use crate::deletion::pending_deletion;
use crate::error;
use crate::gvk::Gvk;
use crate::status::{Health, HealthStatus};
use serde_json::Value;

/// The health of an object by the rules built in.
pub fn assess(object: &Value) -> Option<Health> {
    pending_deletion(object).or_else(|| built_in(object))
}

/// The health of an object by the check for its kind alone.
pub fn built_in(object: &Value) -> Option<Health> {
    let gvk = Gvk::of(object)?;
    let check = check_for(gvk)?;
    let health = check(object, gvk);
    Some(health.unwrap_or_else(|error| HealthStatus::Unknown.because(error::in_full(&error))))
}
