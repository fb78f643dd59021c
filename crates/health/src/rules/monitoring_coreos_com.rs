//! Prometheus.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Prometheus").then_some(Check::Code(prometheus))
}

/// The last `Available` counts.
fn prometheus(object: Field<'_>) -> Verdict {
    let mut verdict = Progressing.says("Waiting for initialization");
    for condition in object.items_at("status.conditions")? {
        if condition.get("type")?.is("Available") {
            verdict = available(condition);
        }
    }
    verdict
}

fn available(condition: Field<'_>) -> Verdict {
    if condition.get("status")?.is("True") {
        return Healthy.says("All instances are available");
    }
    let reason = condition.get("reason")?;
    let starting = reason.is("SomePodsNotReady");
    let status = if starting { Progressing } else { Degraded };
    status.says(condition.get("message")?.or(reason))
}
