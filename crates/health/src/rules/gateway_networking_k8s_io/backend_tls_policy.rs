//! Policies for TLS towards backends: every ancestor has to accept them.

use crate::rules::field::{Field, Stumble, joined};
use crate::rules::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn policy(object: Field<'_>) -> Verdict {
    let ancestors = object.find("status.ancestors")?;
    if !ancestors.is_set() {
        return Progressing.says(WAITING);
    }
    let generation = object.get("metadata")?.get("generation")?;
    if let Some(ancestor) = first_behind(ancestors, generation)? {
        let who = name(ancestor)?;
        let what = " to update BackendTLSPolicy status".into();
        return Progressing.says_all(&["Waiting for Ancestor ".into(), who, what]);
    }
    let mut accepted = false;
    for ancestor in ancestors.items()? {
        for condition in ancestor.get("conditions")?.items()? {
            let kind = condition.get("type")?;
            if !kind.is_one_of(&["Accepted", "ResolvedRefs"]) {
                continue;
            }
            if !condition.get("status")?.is("True") {
                return refused_by(ancestor, condition);
            }
            accepted |= kind.is("Accepted");
        }
    }
    match accepted {
        true => Healthy.says("BackendTLSPolicy is healthy"),
        false => Progressing.says(WAITING),
    }
}

const WAITING: &str = "Waiting for BackendTLSPolicy status";

fn name(ancestor: Field<'_>) -> Result<Field<'_>, Stumble> {
    Ok(ancestor.get("ancestorRef")?.get("name")?.or(""))
}

fn refused_by(ancestor: Field<'_>, condition: Field<'_>) -> Verdict {
    let who = joined(&["Ancestor ".into(), name(ancestor)?])?;
    Degraded.says_all(&[who.as_str().into(), ": ".into(), condition.get("message")?])
}

/// The first ancestor that has not seen the present spec.
fn first_behind<'a>(
    ancestors: Field<'a>,
    generation: Field<'_>,
) -> Result<Option<Field<'a>>, Stumble> {
    if !generation.is_set() {
        return Ok(None);
    }
    for ancestor in ancestors.items()? {
        for condition in ancestor.get("conditions")?.items()? {
            let observed = condition.get("observedGeneration")?;
            if observed.is_set() && observed != generation {
                return Ok(Some(ancestor));
            }
        }
    }
    Ok(None)
}
