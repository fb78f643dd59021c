//! KubeVirt: virtual machines.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{self, Degraded, Healthy, Progressing, Suspended, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "VirtualMachine" => machine,
        "VirtualMachineInstance" => instance,
        _ => return None,
    }))
}

/// A status and the words for it, as far as they are known.
type State<'a> = (HealthStatus, Field<'a>);

const NO_STATUS: State<'_> = (Progressing, Field::Text("No status available"));

/// A machine may be stopped on purpose, so that is no failure.
fn machine(object: Field<'_>) -> Verdict {
    let (mut status, mut message) = NO_STATUS;
    for condition in object.items_at("status.conditions")? {
        let kind = condition.get("type")?;
        let is_true = condition.get("status")?.is("True");
        if kind.is("Paused") && is_true {
            return Suspended.says("Paused");
        } else if kind.is("Ready") && is_true {
            (status, message) = (Healthy, "Running".into());
        } else if kind.is("Ready") && object.find("status.created")?.is_truthy() {
            message = "Starting".into();
        } else if kind.is("Ready") {
            (status, message) = (Suspended, "Stopped".into());
        }
    }
    status.says(object.find("status.printableStatus")?.if_unset(message))
}

fn instance(object: Field<'_>) -> Verdict {
    let phase = object.find("status.phase")?;
    match phase {
        Field::Text("Failed") => Degraded.says(phase),
        Field::Text("Pending" | "Scheduling" | "Scheduled") => Progressing.says(phase),
        Field::Text("Succeeded") => Suspended.says(phase),
        Field::Text("Unknown") => Unknown.says(phase),
        _ => {
            let (status, message) = running(object, phase)?;
            status.says(message)
        }
    }
}

fn running<'a>(object: Field<'a>, phase: Field<'a>) -> Result<State<'a>, Stumble> {
    let (status, message) = NO_STATUS;
    let mut state = (status, phase.if_unset(message));
    for condition in object.items_at("status.conditions")? {
        let kind = condition.get("type")?;
        let is_true = condition.get("status")?.is("True");
        let message = condition.get("message")?;
        if kind.is("Paused") && is_true {
            return Ok((Suspended, message));
        } else if kind.is("Ready") && is_true {
            state = (Healthy, "Running".into());
        } else if kind.is("Ready") {
            state = (Degraded, message);
        }
    }
    Ok(state)
}
