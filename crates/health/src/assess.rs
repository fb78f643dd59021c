//! The health of any object.
//!
//! Comes in: an object. Goes out: its health; nothing for a kind that has no check.

use crate::built_in::check_for;
use crate::deletion::pending_deletion;
use crate::error;
use crate::gvk::Gvk;
use crate::rules;
use crate::status::{Health, HealthStatus};
use serde_json::Value;

/// The health of an object by the rules built in.
pub fn assess(object: &Value) -> Option<Health> {
    pending_deletion(object).or_else(|| built_in(object))
}

/// The health of an object by what is built in for its kind alone. A rule for a custom resource
/// comes before a check of Argo CD's own code.
pub fn built_in(object: &Value) -> Option<Health> {
    let gvk = Gvk::of(object)?;
    match rules::check_for(gvk) {
        Some(rule) => rule.judge(object),
        None => by_check(object, gvk),
    }
}

/// The health of a custom resource by the rule for its kind; nothing for a kind of Kubernetes.
pub fn custom_resource(object: &Value) -> Option<Health> {
    rules::check_for(Gvk::of(object)?)?.judge(object)
}

/// The health of an object of Kubernetes by the check for its kind; nothing for a custom resource.
pub fn kubernetes(object: &Value) -> Option<Health> {
    by_check(object, Gvk::of(object)?)
}

fn by_check(object: &Value, gvk: Gvk<'_>) -> Option<Health> {
    let health = check_for(gvk)?(object, gvk);
    Some(health.unwrap_or_else(|error| HealthStatus::Unknown.because(error::in_full(&error))))
}
