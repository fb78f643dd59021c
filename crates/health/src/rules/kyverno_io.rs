//! Kyverno: policies.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Policy").then_some(Check::Code(policy))
}

const READY: &[(&str, &str)] = &[
    ("type", "Ready"),
    ("status", "True"),
    ("reason", "Succeeded"),
    ("message", "Ready"),
];

/// All four words have to be right.
fn policy(object: Field<'_>) -> Verdict {
    for condition in object.items_at("status.conditions")? {
        let mut ready = true;
        for (name, word) in READY {
            ready &= condition.get(name)?.is(word);
        }
        if ready {
            return Healthy.says("Policy is ready");
        }
    }
    Progressing.says("Waiting for Policy to be ready")
}
