//! Elastic: Logstash.

use super::by_phase::{ByPhase, phases};
use super::check::Check;
use super::says::Says::Text;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Logstash").then_some(Check::Phases(LOGSTASH))
}

const LOGSTASH: ByPhase = phases(
    "status.health",
    &[
        ("green", Healthy, Text("Logstash status is Green")),
        ("yellow", Progressing, Text("Logstash status is Yellow")),
        ("red", Degraded, Text("Logstash status is Red")),
    ],
    Progressing,
    "Waiting for Logstash",
);
