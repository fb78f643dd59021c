//! Datadog: metrics, healthy unless they say otherwise.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "DatadogMetric").then_some(Check::Code(metric))
}

/// An error counts before being invalid.
fn metric(object: Field<'_>) -> Verdict {
    let conditions = object.find("status.conditions")?;
    if conditions.is_set() {
        for condition in conditions.items()? {
            if condition.get("type")?.is("Error") && condition.get("status")?.is("True") {
                return error(condition);
            }
        }
        for condition in conditions.items()? {
            if condition.get("type")?.is("Valid") && condition.get("status")?.is("False") {
                let message = condition.get("message")?;
                return Degraded.says(message.or("DatadogMetric is not valid"));
            }
        }
    }
    Healthy.says("DatadogMetric is healthy")
}

fn error(condition: Field<'_>) -> Verdict {
    let reason = condition.get("reason")?.or("");
    let message = condition.get("message")?;
    let message = message.or("DatadogMetric reported an error");
    match reason.is("") {
        true => Degraded.says(message),
        false => Degraded.says_all(&[reason, ": ".into(), message]),
    }
}
