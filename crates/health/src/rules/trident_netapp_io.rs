//! Trident: storage of NetApp.

use super::by_phase::{ByPhase, phases};
use super::check::Check;
use super::field::Field;
use super::says::Says::Message;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    Some(match kind {
        "TridentBackendConfig" => Check::Code(backend),
        "TridentOrchestrator" => Check::Phases(ORCHESTRATOR),
        _ => return None,
    })
}

const ORCHESTRATOR: ByPhase = phases(
    "status.status",
    &[
        ("Installed", Healthy, Message),
        ("Failed", Degraded, Message),
        ("Error", Degraded, Message),
    ],
    Progressing,
    "Waiting for trident installation",
);

fn backend(object: Field<'_>) -> Verdict {
    let operation = object.find("status.lastOperationStatus")?;
    let message = object.find("status.message")?;
    if operation.is("Success") && object.find("status.phase")?.is("Bound") {
        return Healthy.says(message);
    }
    if operation.is("Failed") {
        return Degraded.says(message);
    }
    Progressing.says("Waiting for backend creation")
}
