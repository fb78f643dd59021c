//! Object buckets.

use super::by_phase::ByPhase;
use super::check::Check;
use super::field::Field;
use super::says::Says::{After, Text};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "ObjectBucketClaim").then_some(Check::Code(claim))
}

fn claim(object: Field<'_>) -> Verdict {
    if !object.get("status")?.is_set() {
        return Progressing.says("Waiting for status to be reported");
    }
    CLAIM.judge(object)
}

const PHASE_IS: &str = "Object bucket claim phase is ";

const CLAIM: ByPhase = ByPhase {
    at: "status.phase",
    phases: &[
        ("Bound", Healthy, After(PHASE_IS)),
        ("Failed", Degraded, After(PHASE_IS)),
    ],
    unset: Some((Progressing, Text("Waiting for phase to be reported"))),
    other: Some((Progressing, After(PHASE_IS))),
};
