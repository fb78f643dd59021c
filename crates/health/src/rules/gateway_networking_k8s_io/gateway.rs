//! Gateways, and the classes they belong to.

use super::trouble::trouble;
use crate::rules::field::{Field, Stumble};
use crate::rules::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

/// Its own conditions count before those of its listeners.
pub fn gateway(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    if status.is_set() {
        let (conditions, listeners) = (status.get("conditions")?, status.get("listeners")?);
        if conditions.is_set()
            && let Some((health, words)) = trouble(conditions, "Gateway is still being programmed")?
        {
            return health.says(words);
        }
        if listeners.is_set()
            && let Some(health) = by_listeners(listeners)?
        {
            return Ok(Some(health));
        }
        if conditions.is_set() || (listeners.is_set() && listeners.length()? > 0) {
            return Healthy.says("Gateway is healthy");
        }
    }
    Progressing.says("Waiting for Gateway status")
}

fn by_listeners(listeners: Field<'_>) -> Verdict {
    for listener in listeners.items()? {
        let conditions = listener.get("conditions")?;
        if conditions.is_set()
            && let Some((health, words)) =
                trouble(conditions, "Listener is still being programmed")?
        {
            return health.says_all(&["Listener: ".into(), words]);
        }
    }
    Ok(None)
}

/// Conditions about an older spec do not count.
pub fn gateway_class(object: Field<'_>) -> Verdict {
    const WAITING: &str = "Waiting for GatewayClass status";
    let conditions = object.find("status.conditions")?;
    if conditions.is_set() {
        for condition in conditions.items()? {
            if !condition.get("type")?.is("Accepted") || is_stale(object, condition)? {
                continue;
            }
            let message = condition.get("message")?;
            return match condition.get("status")? {
                Field::Text("True") => Healthy.says(message.or("GatewayClass is accepted")),
                Field::Text("False") => Degraded.says(message.or("GatewayClass is not accepted")),
                _ => Progressing.says(message.or(WAITING)),
            };
        }
    }
    Progressing.says(WAITING)
}

fn is_stale(object: Field<'_>, condition: Field<'_>) -> Result<bool, Stumble> {
    let generation = object.find("metadata.generation")?;
    let observed = condition.get("observedGeneration")?;
    Ok(generation.is_set() && observed.is_set() && observed != generation)
}
