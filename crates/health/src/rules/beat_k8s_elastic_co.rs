//! Elastic: Beats.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Beat").then_some(Check::Code(beat))
}

fn beat(object: Field<'_>) -> Verdict {
    let health = object.find("status.health")?;
    let expected = object.find("status.expectedNodes")?;
    match health {
        Field::Text("red") => Degraded.says("Elastic Beat status is Red"),
        Field::Text("green") => Healthy.says("Elastic Beat status is Green"),
        Field::Text("yellow") => deploying(object.find("status.availableNodes")?, expected),
        Field::Absent if expected.is_set() => Progressing.says(IN_PROGRESS),
        _ => Unknown.says(UNKNOWN),
    }
}

const IN_PROGRESS: &str = "Elastic Beat phase is progressing";
const UNKNOWN: &str = "Elastic Beat status is unknown. Ensure your ArgoCD is current and then \
    check for/file a bug report: https://github.com/argoproj/argo-cd/issues";

fn deploying(available: Field<'_>, expected: Field<'_>) -> Verdict {
    if !available.is_set() || !expected.is_set() {
        return Progressing.says(IN_PROGRESS);
    }
    Progressing.says_all(&[
        "Elastic Beat status is deploying, there is ".into(),
        available,
        " instance(s) on ".into(),
        expected,
        " expected".into(),
    ])
}
