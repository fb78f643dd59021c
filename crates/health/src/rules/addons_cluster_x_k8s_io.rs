//! Cluster API: sets of resources that every new cluster gets.

use super::by_condition::{ByCondition, conditions, when};
use super::check::Check;
use super::says::Says::{Message, Text};
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "ClusterResourceSet").then_some(Check::Conditions(RESOURCE_SET))
}

const RESOURCE_SET: ByCondition = conditions(
    &[&[
        when(
            "ResourcesApplied",
            "True",
            Healthy,
            Text("cluster resource set is applied"),
        ),
        when("ResourcesApplied", "False", Degraded, Message),
    ]],
    Progressing,
    "Initializing cluster resource set",
);
