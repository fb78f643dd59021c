//! Claims on volumes: healthy once bound.
//!
//! Comes in: a PersistentVolumeClaim. Goes out: what its phase means.

use crate::fields::{self, Malformed};
use crate::status::Health;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Unknown};
use serde_json::Value;

pub fn check(object: &Value) -> Result<Health, Malformed> {
    let status = match fields::text(object, "status.phase")? {
        "Lost" => Degraded,
        "Pending" => Progressing,
        "Bound" => Healthy,
        _ => Unknown,
    };
    Ok(status.plainly())
}
