//! Zalando's Postgres operator: database clusters.

use super::by_phase::ByPhase;
use super::check::Check;
use super::says::Says::{Text, Word};
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "postgresql").then_some(Check::Phases(CLUSTER))
}

const CLUSTER: ByPhase = ByPhase {
    at: "status.PostgresClusterStatus",
    phases: &[
        ("Running", Healthy, Word),
        ("Creating", Progressing, Word),
        ("Updating", Progressing, Word),
    ],
    unset: Some((Progressing, Text("Waiting for postgres cluster status..."))),
    other: Some((Degraded, Word)),
};
