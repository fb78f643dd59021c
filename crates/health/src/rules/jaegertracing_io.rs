//! Jaeger: tracing.

use super::by_phase::{ByPhase, phases};
use super::check::Check;
use super::says::Says::Text;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Jaeger").then_some(Check::Phases(JAEGER))
}

const JAEGER: ByPhase = phases(
    "status.phase",
    &[
        ("Running", Healthy, Text("Jaeger is Running")),
        ("Failed", Degraded, Text("Jaeger Failed For Some Reason")),
    ],
    Progressing,
    "Waiting for Jaeger",
);
