//! Kiali: a view of Istio.

use super::by_condition::{Sign, conditions, when, whenever};
use super::check::Check;
use super::says::Says::Message;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    let kiali = conditions(&[SIGNS], Progressing, "Waiting for Kiali");
    (kind == "Kiali").then_some(Check::Conditions(kiali))
}

const SIGNS: &[Sign] = &[
    when("Successful", "True", Healthy, Message),
    when("Failure", "True", Degraded, Message),
    whenever("Running", Progressing, Message).because_of("Running"),
];
