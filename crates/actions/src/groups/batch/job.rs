//! Jobs: they rest, go on, and are ended by a condition that tells their controller to give up.
//!
//! Comes in: a Job. Goes out: what makes sense before it is done, or the condition set.

use super::suspend_or_resume;
use crate::fields::{self, find, within};
use crate::run::Request;
use crate::verbs::suspend::is_suspended;
use crate::{Action, ActionError};
use serde_json::{Value, json};

const CONDITIONS: [&str; 2] = ["status", "conditions"];
const FINAL: [&str; 4] = ["Complete", "Failed", "FailureTarget", "SuccessCriteriaMet"];

pub fn offers(job: &Value) -> Result<Vec<Action>, ActionError> {
    if is_completed(job)? {
        return Ok(Vec::new());
    }
    let mut actions = vec![suspend_or_resume(is_suspended(job)?)];
    if !find(job, &["status"])?.is_null() {
        actions.push(Action::new("terminate").icon("fa fa-fw fa-stop"));
    }
    Ok(actions)
}

fn is_completed(job: &Value) -> Result<bool, ActionError> {
    let conditions = match find(job, &CONDITIONS)? {
        Value::Null => return Ok(false),
        Value::Array(conditions) => conditions.iter().collect(),
        Value::Object(members) if members.is_empty() => Vec::new(),
        _ => return Err(ActionError::malformed(&CONDITIONS, "a list")),
    };
    let mut completed = false;
    for condition in conditions.into_iter().filter(|item| !item.is_null()) {
        let kind = within(condition, &["type"])?.as_str();
        let decides = kind.is_some_and(|kind| FINAL.contains(&kind));
        completed |= decides && condition["status"] == "True";
    }
    Ok(completed)
}

pub fn terminate(job: &mut Value, request: &Request) -> Result<(), ActionError> {
    if is_completed(job)? || find(job, &["status"])?.is_null() {
        return Ok(());
    }
    let condition = json!({
        "lastTransitionTime": request.now.rfc3339(),
        "message": "Job was terminated explicitly through Argo CD",
        "reason": "ManuallyTerminated",
        "status": "True",
        "type": "FailureTarget",
    });
    let status = fields::mapping(job, &["status"], &[])?;
    match status.get_mut("conditions").and_then(Value::as_array_mut) {
        Some(conditions) => conditions.push(condition),
        None => {
            status.insert("conditions".to_owned(), json!([condition]));
        }
    }
    Ok(())
}
