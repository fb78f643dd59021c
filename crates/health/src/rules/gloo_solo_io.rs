//! Gloo: proxies, upstreams and settings.
//!
//! A state is a word or its number. There is one for each namespace that Gloo runs in; before, there
//! was but one.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};

pub fn check(kind: &str) -> Option<Check> {
    matches!(kind, "Proxy" | "Settings" | "Upstream" | "UpstreamGroup")
        .then_some(Check::Code(resource))
}

/// The rule of every kind of Gloo: the first known state counts.
pub(super) fn resource(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    if status.is_set() {
        let several = status.get("statuses")?;
        if several.is_set() {
            for status in several.values()? {
                if is_known(status)? {
                    return by_state(status);
                }
            }
        }
        if is_known(status)? {
            return by_state(status);
        }
    }
    Progressing.says("Update in progress")
}

const STATES: [&str; 4] = ["Pending", "Accepted", "Rejected", "Warning"];

/// The place of a state among all.
fn state(status: Field<'_>) -> Result<Option<usize>, Stumble> {
    let state = status.get("state")?;
    let is = |index: usize| state.is(STATES[index]) || state == Field::Number(index as f64);
    Ok((0..STATES.len()).find(|index| is(*index)))
}

fn is_known(status: Field<'_>) -> Result<bool, Stumble> {
    Ok(state(status)?.is_some())
}

fn by_state(status: Field<'_>) -> Verdict {
    match state(status)? {
        Some(0) => Suspended.says("The resource has not yet been validated"),
        Some(1) => Healthy.says("The resource has been validated"),
        _ => Degraded.says(status.get("reason")?),
    }
}
