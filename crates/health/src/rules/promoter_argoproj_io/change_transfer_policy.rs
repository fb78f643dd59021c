//! Policies that carry a change into one environment.
//!
//! Comes in: a policy that is ready. Goes out: whether the environment has the proposed commit,
//! and what the checks say.

use super::commit_statuses::Tally;
use super::sha;
use crate::rules::field::Field;
use crate::rules::verdict::Verdict;
use crate::status::HealthStatus::{Healthy, Progressing};

pub fn judge(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    let active = sha::at(status, "active.dry.sha")?;
    if !active.is_set() {
        return Progressing.says("The active commit DRY SHA is missing or empty.");
    }
    let proposed = sha::at(status, "proposed.dry.sha")?;
    if !proposed.is_set() {
        return Progressing.says("The proposed commit DRY SHA is missing or empty.");
    }
    if proposed == active {
        arrived(status, active)
    } else {
        on_its_way(status, active, proposed)
    }
}

fn on_its_way(status: Field<'_>, active: Field<'_>, proposed: Field<'_>) -> Verdict {
    let checks = Tally::of(status.get("proposed")?.get("commitStatuses")?)?.told()?;
    let (from, to) = (sha::short(active)?, sha::short(proposed)?);
    let message = format!("Promotion in progress from '{from}' to '{to}': {checks}");
    Ok(Some(Progressing.because(message)))
}

/// What has arrived is healthy, whatever its checks say.
fn arrived(status: Field<'_>, active: Field<'_>) -> Verdict {
    let checks = Tally::of(status.get("active")?.get("commitStatuses")?)?;
    if checks.all_passed() {
        let commit = sha::short(active)?;
        let message = format!("Environment is up-to-date on commit {commit}.");
        return Ok(Some(Healthy.because(message)));
    }
    let checks = checks.told()?;
    Ok(Some(Healthy.because(format!(
        "Environment is up-to-date, but there are non-successful active commit statuses: {checks}"
    ))))
}
