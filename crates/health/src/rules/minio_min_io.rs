//! MinIO: tenants.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Tenant").then_some(Check::Code(tenant))
}

const FAILURES: &[&str] = &[
    "Statefulset not controlled by operator",
    "Another MinIO Tenant already exists in the namespace",
    "Tenant credentials are not set properly",
    "Different versions across MinIO Pools",
    "Pool Decommissioning Not Allowed",
];

/// All other states are steps on the way.
fn tenant(object: Field<'_>) -> Verdict {
    let state = object.find("status.currentState")?;
    if !state.is_set() {
        return Progressing.says("No status info available");
    }
    let status = match state.text()? {
        "Initialized" => Healthy,
        failure if FAILURES.contains(&failure) => Degraded,
        _ => Progressing,
    };
    status.says(state)
}
