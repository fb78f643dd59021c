//! AnalysisRuns of Argo Rollouts: they can be ended before they have come to a result.
//!
//! Comes in: an AnalysisRun. Goes out: whether it still runs, or the wish to end it.

use crate::fields::{self, find, within};
use crate::run::Request;
use crate::{Action, ActionError};
use serde_json::Value;

const FINISHED: [&str; 4] = ["Successful", "Failed", "Error", "Inconclusive"];

pub fn offers(run: &Value) -> Result<Vec<Action>, ActionError> {
    let path = ["spec", "terminate"];
    let terminating = within(run, &path)?;
    let ended = match fields::holds(terminating) {
        true => fields::flag(terminating, &path)?,
        false => {
            let phase = find(run, &["status", "phase"])?.as_str();
            phase.is_some_and(|phase| FINISHED.contains(&phase))
        }
    };
    Ok(vec![Action::new("terminate").disabled(ended)])
}

pub fn terminate(run: &mut Value, _: &Request) -> Result<(), ActionError> {
    fields::set(run, &["spec"], "terminate", true)
}
