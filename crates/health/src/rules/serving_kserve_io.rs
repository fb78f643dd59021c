//! KServe: models at work.

use super::check::Check;
use super::field::{Field, Stumble, joined};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "InferenceService").then_some(Check::Code(service))
}

fn service(object: Field<'_>) -> Verdict {
    let transition = transition(object)?;
    let conditions = object.find("status.conditions")?;
    if !conditions.is_set() {
        return Progressing.says("Waiting for InferenceService to report status...");
    }
    let tally = tally(conditions)?;
    if tally.stopped {
        return Suspended.says("InferenceService is Stopped");
    }
    let list = Field::from(tally.list.as_str());
    let status = match transition {
        Field::Text("UpToDate") if !tally.unmet => {
            return Healthy.says("InferenceService is healthy.");
        }
        // Conditions that are false are not taken for a failure.
        Field::Text("UpToDate") => return Progressing.says(list),
        Field::Text("InProgress") => Progressing,
        _ => Degraded,
    };
    status.says_all(&["0: transitionStatus | ".into(), transition, list])
}

/// What the conditions come to; `list` tells those that are not met.
#[derive(Default)]
struct Tally {
    stopped: bool,
    unmet: bool,
    list: String,
}

fn tally(conditions: Field<'_>) -> Result<Tally, Stumble> {
    let mut tally = Tally::default();
    for (index, condition) in conditions.entries()? {
        let status = condition.get("status")?;
        let stops = condition.get("type")?.is("Stopped");
        if stops && status.is("True") {
            tally.stopped = true;
            break;
        }
        tally.unmet |= status.is("Unknown") || status.is("False") && !stops;
        if !stops && !status.is("True") {
            tally.list += &told(&index, condition)?;
        }
    }
    Ok(tally)
}

/// What becomes of the model; where there is none, nothing is to come.
fn transition(object: Field<'_>) -> Result<Field<'_>, Stumble> {
    if !object.find("status.modelStatus")?.is_set() {
        return Ok("UpToDate".into());
    }
    let transition = object.find("status.modelStatus.transitionStatus")?;
    transition.piece()?;
    Ok(transition)
}

fn told(index: &str, condition: Field<'_>) -> Result<String, Stumble> {
    let between = Field::from(" | ");
    let (kind, status) = (condition.get("type")?, condition.get("status")?);
    let mut line = joined(&[between, index.into(), ": ".into(), kind, between, status])?;
    for name in ["reason", "message"] {
        let words = condition.get(name)?;
        if !words.if_unset("").is("") {
            line += &joined(&[between, words])?;
        }
    }
    Ok(line)
}
