//! OpenKruise's jobs: done, or at least started once.

use crate::rules::field::{Field, Stumble};
use crate::rules::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};

pub fn advanced_cron_job(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    let last = status.get("lastScheduleTime")?;
    let ran = last.is_set();
    if ran {
        last.piece()?;
    } else if object.get("spec")?.get("paused")? == Field::Flag(true) {
        return Suspended.says("AdvancedCronJob is Paused");
    }
    let active = status.get("active")?;
    if active.is_set() && active.length()? > 0 {
        return Progressing.says("AdvancedCronJobs has active jobs");
    }
    match ran {
        true => Healthy.says("AdvancedCronJobs has run successfully"),
        false => Degraded.says("AdvancedCronJobs has not run successfully"),
    }
}

pub fn broadcast_job(object: Field<'_>) -> Verdict {
    const RUNNING: &str = "BroadcastJob is still running";
    let status = object.get("status")?;
    if !status.is_set() {
        return Progressing.says(RUNNING);
    }
    let phase = status.get("phase")?;
    if phase.is("completed") && status.get("desired")? == status.get("succeeded")? {
        Healthy.says("BroadcastJob is completed successfully")
    } else if phase.is("failed") && status.get("failed")? != Field::Number(0.0) {
        Degraded.says("BroadcastJob failed")
    } else if phase.is("paused") && is_paused(object)? {
        Suspended.says("BroadcastJob is Paused")
    } else {
        Progressing.says(RUNNING)
    }
}

fn is_paused(object: Field<'_>) -> Result<bool, Stumble> {
    Ok(object.get("spec")?.get("paused")? == Field::Flag(true))
}
