//! Istio: its operator.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{self, Degraded, Healthy, Progressing, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "IstioOperator").then_some(Check::Code(operator))
}

/// The states in the order of their numbers: the operator has written either.
const STATES: &[(&str, HealthStatus, &str)] = &[
    ("NONE", Unknown, "Component is not present."),
    (
        "UPDATING",
        Progressing,
        "Component is being updated to a different version.",
    ),
    (
        "RECONCILING",
        Progressing,
        "Controller has started but not yet completed reconciliation loop for the component.",
    ),
    ("HEALTHY", Healthy, "Component is healthy."),
    ("ERROR", Degraded, "Component is in an error state."),
];

fn operator(object: Field<'_>) -> Verdict {
    let state = object.find("status.status")?;
    let mut states = (0_u32..).zip(STATES);
    let known = states
        .find(|(number, (word, ..))| state.is(word) || state == Field::Number(f64::from(*number)));
    match known {
        Some((_, (_, status, message))) => status.says(*message),
        None => Progressing.says("Waiting for Istio Control Plane"),
    }
}
