//! Keycloak: who may enter.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};
use std::cmp::Ordering::{Equal, Greater, Less};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Keycloak").then_some(Check::Code(keycloak))
}

fn keycloak(object: Field<'_>) -> Verdict {
    let conditions = object.find("status.conditions")?;
    if !conditions.is_set() {
        return Progressing.says("Waiting for Keycloak status conditions to exist");
    }
    for condition in oldest_first(conditions)? {
        let kind = condition.get("type")?;
        if !condition.get("status")?.is("True") {
            continue;
        }
        if kind.is("Ready") {
            return Ok(Some(Healthy.plainly()));
        }
        if kind.is("HasErrors") {
            return Degraded.says_all(&["Has Errors: ".into(), condition.get("message")?]);
        }
    }
    Ok(Some(Progressing.plainly()))
}

/// Conditions by the time of their last transition, those without one at the end.
fn oldest_first(conditions: Field<'_>) -> Result<Vec<Field<'_>>, Stumble> {
    let mut timed = Vec::new();
    let mut timeless = Vec::new();
    for condition in conditions.items()? {
        match condition.get("lastTransitionTime")? {
            Field::Absent => timeless.push(condition),
            time => timed.push((time, condition)),
        }
    }
    // All times are comparable if every one is with the first.
    if let [(first, _), rest @ ..] = timed.as_slice() {
        for (time, _) in rest {
            first.is_less_than(*time)?;
        }
    }
    timed.sort_by(|(one, _), (two, _)| match one.is_less_than(*two) {
        Ok(true) => Less,
        _ if two.is_less_than(*one) == Ok(true) => Greater,
        _ => Equal,
    });
    Ok(timed
        .into_iter()
        .map(|(_, it)| it)
        .chain(timeless)
        .collect())
}
