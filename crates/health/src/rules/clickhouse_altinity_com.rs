//! Altinity: ClickHouse servers.

use super::by_phase::ByPhase;
use super::check::Check;
use super::says::Says::{After, Text};
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "ClickHouseInstallation").then_some(Check::Phases(INSTALLATION))
}

const INSTALLATION: ByPhase = ByPhase {
    at: "status.status",
    phases: &[
        (
            "Completed",
            Healthy,
            Text("ClickHouse installation completed successfully"),
        ),
        (
            "InProgress",
            Progressing,
            Text("ClickHouse installation in progress"),
        ),
    ],
    unset: Some((Progressing, Text("ClickHouse status not yet available"))),
    other: Some((Degraded, After("ClickHouse status: "))),
};
