//! Knative: services.

use super::check::Check;
use super::field::{Field, Stumble, joined};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Service").then_some(Check::Code(service))
}

const NEEDED: [&str; 3] = ["ConfigurationsReady", "RoutesReady", "Ready"];

fn service(object: Field<'_>) -> Verdict {
    let conditions = object.find("status.conditions")?;
    if !conditions.is_set() {
        return Progressing.says("Waiting for status update.");
    }
    let (mut achieved, mut failed) = (0, false);
    let mut complaints = String::new();
    for condition in conditions.values()? {
        let status = condition.get("status")?;
        if status.is("True") {
            achieved += usize::from(condition.get("type")?.is_one_of(&NEEDED));
        } else if status.is_one_of(&["False", "Unknown"]) {
            complaints += &complaint(condition)?;
            failed |= status.is("False");
        }
    }
    if failed {
        Ok(Some(Degraded.because(complaints)))
    } else if achieved == NEEDED.len() && complaints.is_empty() {
        Healthy.says("Knative Service is healthy.")
    } else {
        Ok(Some(Progressing.because(complaints)))
    }
}

/// A line on a condition that is not met.
fn complaint(condition: Field<'_>) -> Result<String, Stumble> {
    let (kind, status) = (condition.get("type")?, condition.get("status")?);
    let mut line = joined(&[kind, " is ".into(), status])?;
    let [reason, message] = [condition.get("reason")?, condition.get("message")?];
    if !reason.if_unset("").is("") {
        line += &joined(&[", since ".into(), reason, ".".into()])?;
    }
    if !message.if_unset("").is("") {
        line += &joined(&[" ".into(), message])?;
    }
    Ok(line + "\n")
}
