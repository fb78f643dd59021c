//! Coralogix: alerts and rules, healthy once Coralogix has them.

use super::by_condition::{ByCondition, conditions, when};
use super::check::Check;
use super::says::Says::{Message, Text};
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    matches!(kind, "Alert" | "RecordingRuleGroupSet").then_some(Check::Conditions(SYNCED))
}

const SYNCED: ByCondition = conditions(
    &[&[
        when("RemoteSynced", "True", Healthy, Text("Resource is ready")),
        when("RemoteSynced", "False", Degraded, Message),
    ]],
    Progressing,
    "Waiting for status to be updated",
);
