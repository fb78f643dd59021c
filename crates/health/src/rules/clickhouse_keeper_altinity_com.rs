//! Altinity: ClickHouse Keepers.

use super::by_phase::ByPhase;
use super::check::Check;
use super::says::Says::{After, Text};
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "ClickHouseKeeperInstallation").then_some(Check::Phases(INSTALLATION))
}

const INSTALLATION: ByPhase = ByPhase {
    at: "status.status",
    phases: &[
        (
            "Completed",
            Healthy,
            Text("ClickHouseKeeper installation completed successfully"),
        ),
        (
            "InProgress",
            Progressing,
            Text("ClickHouseKeeper installation in progress"),
        ),
    ],
    unset: Some((
        Progressing,
        Text("ClickHouseKeeper status not yet available"),
    )),
    other: Some((Degraded, After("ClickHouseKeeper status: "))),
};
