//! NMState: the network of nodes.

use super::check::Check;
use super::field::{Field, Stumble, joined};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};

pub fn check(kind: &str) -> Option<Check> {
    let policy = Check::Code(policy);
    (kind == "NodeNetworkConfigurationPolicy").then_some(policy)
}

/// The first condition that is true decides; one for no node at all rests.
fn policy(object: Field<'_>) -> Verdict {
    for condition in object.items_at("status.conditions")? {
        if !condition.get("status")?.is("True") {
            continue;
        }
        let message = reason_and_message(condition)?;
        let status = match condition.get("type")? {
            Field::Text("Available") => Healthy,
            Field::Text("Degraded") => Degraded,
            Field::Text("Progressing") => Progressing,
            Field::Text("Ignored") => Suspended,
            _ => continue,
        };
        return match message {
            Some(message) => Ok(Some(status.because(message))),
            None => status.says(condition.get("reason")?),
        };
    }
    Progressing.says("Waiting for policy to be applied")
}

/// Both, if there is a message.
fn reason_and_message(condition: Field<'_>) -> Result<Option<String>, Stumble> {
    let message = condition.get("message")?;
    if message.if_unset("").is("") {
        return Ok(None);
    }
    joined(&[condition.get("reason")?, ": ".into(), message]).map(Some)
}
