//! Kubernetes: budgets for disruptions.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "PodDisruptionBudget").then_some(Check::Code(budget))
}

/// Too few pods to disrupt any can be what is wanted.
fn budget(object: Field<'_>) -> Verdict {
    let mut verdict = Progressing.says("Waiting for status");
    for condition in object.items_at("status.conditions")? {
        let reason = condition.get("reason")?;
        let message = ["PodDisruptionBudget has ".into(), reason];
        if condition.get("status")?.is("False") && !reason.is("InsufficientPods") {
            return Degraded.says_all(&message);
        }
        verdict = Ok(Healthy.says_all(&message)?);
    }
    verdict
}
