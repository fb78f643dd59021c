//! Rook: Ceph clusters and object stores.

use super::check::Check;
use super::field::{Field, Stumble, joined};
use super::verdict::Verdict;
use crate::status::HealthStatus::{self, Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "CephCluster" => cluster,
        "CephObjectStore" => object_store,
        _ => return None,
    }))
}

/// Ceph's own verdict comes first; the operator's state counts only on top of a good one.
fn cluster(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    if !status.is_set() {
        return Progressing.says("Waiting for status to be reported");
    }
    let mut parts = Vec::new();
    let health = by_ceph(status.get("ceph")?, &mut parts)?;
    let health = by_state(health, status.get("state")?, &mut parts)?;
    match status.get("message")? {
        Field::Absent | Field::Text("") => health.says(parts.join(" - ").as_str()),
        message if parts.is_empty() => health.says(message),
        message => health.says_all(&[parts.join(" - ").as_str().into(), " - ".into(), message]),
    }
}

fn by_ceph(ceph: Field<'_>, parts: &mut Vec<String>) -> Result<HealthStatus, Stumble> {
    let health = ceph.find("health")?;
    if !health.is_set() {
        return Ok(Progressing);
    }
    let details = details(ceph.get("details")?)?;
    parts.push(joined(&[
        "Ceph health is ".into(),
        health,
        details.as_str().into(),
    ])?);
    Ok(match health {
        Field::Text("HEALTH_ERR" | "HEALTH_WARN") => Degraded,
        Field::Text("HEALTH_OK") => Healthy,
        _ => Progressing,
    })
}

/// The messages of all checks by the names of the checks.
fn details(checks: Field<'_>) -> Result<String, Stumble> {
    let mut messages = Vec::new();
    if checks.is_set() {
        for check in checks.values()? {
            messages.push(check.get("message")?);
        }
    }
    messages.retain(|message| message.is_set());
    let texts: Result<Vec<_>, _> = messages.into_iter().map(Field::piece).collect();
    let texts = texts?;
    Ok(match texts.is_empty() {
        true => String::new(),
        false => format!(" ({})", texts.join("; ")),
    })
}

fn by_state(
    health: HealthStatus,
    state: Field<'_>,
    parts: &mut Vec<String>,
) -> Result<HealthStatus, Stumble> {
    if health != Healthy || !state.is_set() {
        return Ok(health);
    }
    parts.push(joined(&["Ceph cluster state is ".into(), state])?);
    Ok(match state {
        Field::Text("Created" | "Connected") => Healthy,
        Field::Text("Error") => Degraded,
        _ => Progressing,
    })
}

fn object_store(object: Field<'_>) -> Verdict {
    let phase = object.find("status.phase")?;
    let endpoint = object.find("status.info.endpoint")?;
    let health = match phase {
        Field::Text("Ready") => Healthy,
        Field::Text("Failure") => Degraded,
        _ => Progressing,
    };
    let message = match phase {
        Field::Absent => "Waiting for status to be reported".to_owned(),
        phase => joined(&["Ceph object store phase is ".into(), phase])?,
    };
    match endpoint {
        Field::Absent | Field::Text("") => health.says(message.as_str()),
        endpoint => health.says_all(&[message.as_str().into(), " - endpoint: ".into(), endpoint]),
    }
}
