//! Karpenter: nodes at AWS.

use super::by_condition::{Sign, conditions, when};
use super::check::Check;
use super::says::Says::{Message, Text};
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    let waiting = "Waiting for EC2NodeClass to be ready";
    let node_class = conditions(&[READY], Progressing, waiting);
    (kind == "EC2NodeClass").then_some(Check::Conditions(node_class))
}

const READY: &[Sign] = &[
    when("Ready", "False", Degraded, Message),
    when("Ready", "True", Healthy, Text("EC2NodeClass is ready")),
];
