//! OpenShift: ingress controllers.

use super::by_condition::{Sign, conditions, when};
use super::check::Check;
use super::says::Says::{Message, Reason, Text};
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    let unknown = "Status of IngressController is not known yet";
    let controller = conditions(&[SIGNS], Progressing, unknown).in_any_table();
    (kind == "IngressController").then_some(Check::Conditions(controller))
}

const SIGNS: &[Sign] = &[
    when("Degraded", "True", Degraded, Message),
    when(
        "DeploymentReplicasAllAvailable",
        "False",
        Progressing,
        Message,
    ),
    when("Progressing", "True", Progressing, Reason),
    when(
        "Available",
        "True",
        Healthy,
        Text("IngressController is available"),
    ),
];
