//! Routes: healthy once a gateway takes them, in trouble if any does not.

use super::trouble::trouble;
use crate::rules::field::{Field, Stumble};
use crate::rules::verdict::Verdict;
use crate::status::HealthStatus::{Healthy, Progressing};

pub fn grpc_route(route: Field<'_>) -> Verdict {
    match by_parents(route, |_, _| Ok(true), "GRPCRoute is healthy")? {
        None => Progressing.says("Waiting for GRPCRoute status"),
        health => Ok(health),
    }
}

/// Gateways that have not seen the present spec do not count.
pub fn http_route(route: Field<'_>) -> Verdict {
    match by_parents(route, has_seen, "HTTPRoute is healthy")? {
        None => Progressing.says("Waiting for HTTPRoute status"),
        health => Ok(health),
    }
}

/// Whether a parent's word on a route counts.
type Counts = fn(Field<'_>, Field<'_>) -> Result<bool, Stumble>;

fn by_parents(route: Field<'_>, counts: Counts, healthy: &str) -> Verdict {
    let parents = route.find("status.parents")?;
    if !parents.is_set() {
        return Ok(None);
    }
    for parent in parents.items()? {
        let conditions = parent.get("conditions")?;
        if conditions.is_set()
            && counts(route, parent)?
            && let Some((health, words)) = trouble(conditions, "Route is still being programmed")?
        {
            let name = parent.get("parentRef")?.get("name")?.or("");
            return health.says_all(&["Parent ".into(), name, ": ".into(), words]);
        }
    }
    for parent in parents.items()? {
        let conditions = parent.get("conditions")?;
        if conditions.is_set() && conditions.length()? > 0 && counts(route, parent)? {
            return Healthy.says(healthy);
        }
    }
    Ok(None)
}

fn has_seen(route: Field<'_>, parent: Field<'_>) -> Result<bool, Stumble> {
    let generation = route.get("metadata")?.get("generation")?;
    if !generation.is_set() {
        return Ok(true);
    }
    let conditions = parent.get("conditions")?;
    if conditions.length()? == 0 {
        return Ok(false);
    }
    for condition in conditions.items()? {
        let observed = condition.get("observedGeneration")?;
        if observed.is_set() && observed != generation {
            return Ok(false);
        }
    }
    Ok(true)
}
