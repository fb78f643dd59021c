//! Jobs: healthy once complete.
//!
//! Comes in: a Job. Goes out: what its conditions mean. Conditions count by being there, and only
//! suspension also has to be true: a job that was resumed has it with the status False.

use crate::conditions;
use crate::fields::Malformed;
use crate::status::Health;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};
use serde_json::Value;

pub fn check(object: &Value) -> Result<Health, Malformed> {
    let (mut failure, mut end, mut suspended) = (None, None, false);
    for condition in conditions::of(object)? {
        match condition.kind {
            "Failed" => failure = Some(condition.message),
            "Complete" => end = Some(condition.message),
            "Suspended" => {
                end = Some(condition.message);
                suspended |= condition.is_true();
            }
            _ => {}
        }
    }
    Ok(match (failure, end) {
        (Some(message), _) => Degraded.because(message),
        // A failure's message would stand here; there is none, and Argo CD 3.5 prints just that.
        (None, _) if suspended => Suspended.plainly(),
        (None, Some(message)) => Healthy.because(message),
        (None, None) => Progressing.plainly(),
    })
}
