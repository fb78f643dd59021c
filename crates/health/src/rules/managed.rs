//! What Crossplane manages at AWS.
//!
//! Comes in: a managed resource and the name to call it by. Goes out: what its conditions `Ready`
//! and `Synced` say together; the last of each counts.
//! Source of the rules: Argo CD 3.5, resource_customizations/*.aws.crossplane.io.

use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};

const PAUSED: &str = "ReconcilePaused";

/// The health of a managed resource.
pub fn judge(object: Field<'_>, name: &str) -> Verdict {
    let waiting_for =
        |what: &str| Progressing.says_all(&["Waiting for ".into(), name.into(), what.into()]);
    let conditions = object.find("status.conditions")?;
    if !conditions.is_set() {
        return waiting_for(" to be created");
    }
    let state = state(conditions)?;
    match (state.ready, state.synced, state.paused) {
        (true, true, _) => Healthy.says(state.reason),
        (_, false, true) => Suspended.says(PAUSED),
        (false, true, false) => waiting_for(" to be available"),
        _ => Degraded.says(state.error),
    }
}

struct State<'a> {
    ready: bool,
    /// Why it is ready or not.
    reason: Field<'a>,
    synced: bool,
    paused: bool,
    error: Field<'a>,
}

fn state(conditions: Field<'_>) -> Result<State<'_>, Stumble> {
    let mut state = State {
        ready: false,
        reason: Field::Absent,
        synced: false,
        paused: false,
        error: Field::Absent,
    };
    for condition in conditions.items()? {
        let kind = condition.get("type")?;
        let is_true = condition.get("status")?.is("True");
        let reason = condition.get("reason")?;
        if kind.is("Ready") {
            (state.ready, state.reason) = (is_true, reason);
        } else if kind.is("Synced") {
            state.synced = is_true;
            state.paused |= reason.is(PAUSED);
            if reason.is("ReconcileError") {
                state.error = condition.get("message")?;
            }
        }
    }
    Ok(state)
}
