//! Crossplane: providers as packages.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Provider").then_some(Check::Code(provider))
}

/// It says both reasons, and needs both.
fn provider(object: Field<'_>) -> Verdict {
    let conditions = object.find("status.conditions")?;
    if !conditions.is_set() {
        return Progressing.says("Waiting for provider to be installed");
    }
    let mut installed = (false, Field::Absent);
    let mut healthy = (false, Field::Absent);
    for condition in conditions.items()? {
        let kind = condition.get("type")?;
        let is_true = condition.get("status")?.is("True");
        let state = (is_true, condition.get("reason")?);
        if kind.is("Installed") {
            installed = state;
        } else if kind.is("Healthy") {
            healthy = state;
        }
    }
    let status = if installed.0 && healthy.0 {
        Healthy
    } else {
        Degraded
    };
    status.says_all(&[installed.1, " ".into(), healthy.1])
}
