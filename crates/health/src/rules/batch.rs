//! Jobs on a schedule: healthy unless the last one failed.
//!
//! Whether a run was missed cannot be told from the status, so it is not.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "CronJob").then_some(Check::Code(cron_job))
}

fn cron_job(object: Field<'_>) -> Verdict {
    if object.get("spec")?.get("suspend")? == Field::Flag(true) {
        // Not "Suspended": that would hold up a sync.
        return Healthy.says("CronJob is Suspended");
    }
    let status = object.get("status")?;
    if !status.is_set() {
        return Progressing.says("Waiting for CronJob");
    }
    let started = status.get("lastScheduleTime")?;
    if !started.is_set() {
        return Healthy.says("CronJob has not been scheduled yet");
    }
    let succeeded = status.get("lastSuccessfulTime")?;
    if !succeeded.is_set() {
        return Healthy.says("The CronJob never completed successfully. It may not be healthy");
    }
    let active = status.get("active")?;
    if active.is_set() && active.items()?.next().is_some() {
        return Healthy.says("The job is running. Its last execution may not have been successful");
    }
    match succeeded.is_less_than(started)? {
        true => Degraded.says("CronJob has not completed its last execution successfully"),
        false => Healthy.says("CronJob has completed its last execution successfully"),
    }
}
