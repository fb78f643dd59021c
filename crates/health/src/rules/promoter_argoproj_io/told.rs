//! Kinds that are ready and have a word to say on what they found.

use crate::rules::field::Field;
use crate::rules::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy};

pub fn applications(object: Field<'_>) -> Verdict {
    let selected = object.get("status")?.get("applicationsSelected")?;
    let count = match selected.is_truthy() {
        true => selected.length()?,
        false => 0,
    };
    if count == 0 {
        return Degraded.says("Argo CD commit status has no applications configured");
    }
    Ok(Some(Healthy.because(format!(
        "Argo CD commit status is healthy and is tracking {count} applications"
    ))))
}

pub fn commit(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    let [sha, phase] = [status.get("sha")?, status.get("phase")?];
    if !sha.is_truthy() || !phase.is_truthy() {
        return Healthy.says("Commit status is healthy");
    }
    let before = "Commit status for commit ".into();
    Healthy.says_all(&[before, sha, " reports ".into(), phase])
}

pub fn pull_request(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    let [id, state] = [status.get("id")?, status.get("state")?];
    if !id.is_truthy() || !state.is_truthy() {
        return Healthy.says("Pull request is healthy");
    }
    Healthy.says_all(&["Pull request is ".into(), state, " as PR ".into(), id])
}
