//! Rollouts of Argo Rollouts: pausing, promoting, aborting a rollout under way.
//!
//! Comes in: a Rollout. Goes out: what its state allows, or the state wished for. A controller up
//! to 0.9 writes a digest into `status.observedGeneration` instead of a generation; such a rollout
//! is promoted by jumping to its last step. One that has no status yet offers what a promoted one
//! does, where Argo CD offers nothing but an error.

use crate::catalogue::{Verb, Verb::Change};
use crate::fields::{self, find, flag, holds, length, within};
use crate::number;
use crate::run::Request;
use crate::{Action, ActionError};
use serde_json::Value;

pub const VERBS: [(&str, Verb); 7] = [
    ("abort", Change(abort)),
    ("pause", Change(pause)),
    ("promote-full", Change(promote_full)),
    ("restart", Change(restart)),
    ("resume", Change(resume)),
    ("retry", Change(retry)),
    ("skip-current-step", Change(skip_current_step)),
];

const ABORT: [&str; 2] = ["status", "abort"];
const PAUSED: [&str; 2] = ["spec", "paused"];
const PAUSES: [&str; 2] = ["status", "pauseConditions"];
const STEPS: [&str; 4] = ["spec", "strategy", "canary", "steps"];
const STEP: [&str; 2] = ["status", "currentStepIndex"];

pub fn offers(rollout: &Value) -> Result<Vec<Action>, ActionError> {
    let hash = find(rollout, &["status", "currentPodHash"])?;
    let promoted = fields::same(hash, find(rollout, &["status", "stableRS"])?);
    let aborted = find(rollout, &ABORT)?;
    let not_abortable = promoted || flag(aborted, &ABORT)?;
    Ok(vec![
        Action::new("restart").shown_as("Restart Pods"),
        Action::new("resume").enabled(is_paused(rollout)?),
        Action::new("abort").disabled(not_abortable),
        Action::new("retry").disabled(promoted || !holds(aborted)),
        Action::new("pause").disabled(not_abortable || flag(find(rollout, &PAUSED)?, &PAUSED)?),
        Action::new("promote-full").enabled(!promoted && can_be_promoted(rollout)?),
        Action::new("skip-current-step").enabled(!is_at_last_step(rollout)?),
    ])
}

fn is_paused(rollout: &Value) -> Result<bool, ActionError> {
    match find(rollout, &PAUSES)? {
        Value::Null => find(rollout, &PAUSED).map(holds),
        pauses => Ok(length(pauses, &PAUSES)? > 0),
    }
}

fn can_be_promoted(rollout: &Value) -> Result<bool, ActionError> {
    match promotes_by_flag(rollout)? {
        true => Ok(true),
        false => find(rollout, &["spec", "strategy", "blueGreen"]).map(Value::is_null),
    }
}

/// Whether its controller is of 0.10 or later.
fn promotes_by_flag(rollout: &Value) -> Result<bool, ActionError> {
    let Some(observed) = generation(find(rollout, &["status", "observedGeneration"])?) else {
        return Ok(false);
    };
    let path = ["metadata", "generation"];
    let wanted = find(rollout, &path)?.as_f64();
    let wanted = wanted.ok_or_else(|| ActionError::malformed(&path, "a number"))?;
    Ok(observed <= wanted)
}

fn generation(observed: &Value) -> Option<f64> {
    observed
        .as_f64()
        .or_else(|| number::read(observed.as_str()?))
}

fn is_at_last_step(rollout: &Value) -> Result<bool, ActionError> {
    let steps = find(rollout, &STEPS)?;
    if steps.is_null() {
        return Ok(true);
    }
    let last = length(steps, &STEPS)? as f64;
    Ok(find(rollout, &STEP)?.as_f64() == Some(last))
}

fn abort(rollout: &mut Value, _: &Request) -> Result<(), ActionError> {
    fields::set(rollout, &["status"], "abort", true)
}

fn pause(rollout: &mut Value, _: &Request) -> Result<(), ActionError> {
    fields::set(rollout, &["spec"], "paused", true)
}

fn restart(rollout: &mut Value, request: &Request) -> Result<(), ActionError> {
    fields::set(rollout, &["spec"], "restartAt", request.now.rfc3339())
}

fn retry(rollout: &mut Value, _: &Request) -> Result<(), ActionError> {
    fields::unset(rollout, &["status"], "abort")
}

fn resume(rollout: &mut Value, _: &Request) -> Result<(), ActionError> {
    within(rollout, &PAUSES)?;
    end_pauses(rollout)?;
    match holds(within(rollout, &PAUSED)?) {
        true => fields::set(rollout, &["spec"], "paused", false),
        false => Ok(()),
    }
}

fn end_pauses(rollout: &mut Value) -> Result<(), ActionError> {
    let pauses = find(rollout, &PAUSES)?;
    if pauses.is_null() || length(pauses, &PAUSES)? == 0 {
        return Ok(());
    }
    fields::unset(rollout, &["status"], "pauseConditions")
}

fn promote_full(rollout: &mut Value, _: &Request) -> Result<(), ActionError> {
    if find(rollout, &["status"])?.is_null() {
        return Ok(());
    }
    if promotes_by_flag(rollout)? {
        return fields::set(rollout, &["status"], "promoteFull", true);
    }
    fields::unset(rollout, &["status"], "abort")?;
    let steps = within(rollout, &STEPS)?;
    if steps.is_null() {
        return Ok(());
    }
    let last = length(steps, &STEPS)?;
    fields::set(rollout, &["status"], "currentStepIndex", last)
}

fn skip_current_step(rollout: &mut Value, _: &Request) -> Result<(), ActionError> {
    if find(rollout, &["status"])?.is_null() {
        return Ok(());
    }
    within(rollout, &STEPS[..3])?;
    let steps = find(rollout, &STEPS)?;
    if steps.is_null() {
        return Ok(());
    }
    let last = length(steps, &STEPS)? as f64;
    let step = within(rollout, &STEP)?.as_f64();
    let step = step.ok_or_else(|| ActionError::malformed(&STEP, "a number"))?;
    if step < last {
        end_pauses(rollout)?;
        fields::set(
            rollout,
            &["status"],
            "currentStepIndex",
            number::json(step + 1.0),
        )?;
    }
    Ok(())
}
