//! NetApp Astra: protected applications, their backups and schedules.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{self, Degraded, Healthy, Progressing, Suspended};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "AppVault" => vault,
        "Application" => application,
        "Backup" | "ExecHooksRun" | "ResourceBackup" | "ResticVolumeBackup" | "Snapshot" => run,
        "ExecHook" => hook,
        "Schedule" => schedule,
        _ => return None,
    }))
}

const NO_STATUS: &str = "No status available";

/// A status, in the words "Kind is so".
fn kind_is(object: Field<'_>, status: HealthStatus, so: &'static str) -> Verdict {
    status.says_all(&[object.get("kind")?, so.into()])
}

fn vault(object: Field<'_>) -> Verdict {
    match object.find("status.state")? {
        Field::Text("available" | "Available") => kind_is(object, Healthy, " Available"),
        Field::Text("failed" | "Failed") => kind_is(object, Degraded, " Failed"),
        _ => Progressing.says(NO_STATUS),
    }
}

fn run(object: Field<'_>) -> Verdict {
    match object.find("status.state")? {
        Field::Absent => Progressing.says(NO_STATUS),
        Field::Text("Completed") => kind_is(object, Healthy, " Completed"),
        Field::Text("Running") => kind_is(object, Progressing, " Running"),
        state => Degraded.says(state),
    }
}

fn hook(object: Field<'_>) -> Verdict {
    match object.find("spec.enabled")? {
        Field::Flag(true) => kind_is(object, Healthy, " enabled"),
        Field::Flag(false) => kind_is(object, Suspended, " disabled"),
        _ => Progressing.says(NO_STATUS),
    }
}

fn schedule(object: Field<'_>) -> Verdict {
    match object.find("status.lastScheduleTime")? {
        Field::Absent => Healthy.says("Protection policy not yet executed"),
        last => Healthy.says_all(&["Protection policy lastScheduleTime: ".into(), last]),
    }
}

fn application(object: Field<'_>) -> Verdict {
    let conditions = object.find("status.conditions")?;
    if !conditions.is_set() {
        return Progressing.says(NO_STATUS);
    }
    for condition in conditions.items()? {
        if !condition.get("type")?.is("Ready") {
            continue;
        }
        let status = condition.get("status")?;
        if status.is("True") {
            let state = object.find("status.protectionState")?;
            return Healthy.says_all(&["Astra Application Ready, protectionState: ".into(), state]);
        }
        if status.is("False") {
            let message = condition.get("message")?;
            return Degraded.says_all(&["Astra Application Degraded, message: ".into(), message]);
        }
    }
    Progressing.says(NO_STATUS)
}
