//! Grafana's organizations, as Kubitus operates them: every kind of the group.

use super::by_condition::{ByCondition, conditions, when, whenever};
use super::check::Check;
use super::says::Says::Message;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(_: &str) -> Option<Check> {
    Some(Check::Conditions(READY))
}

const READY: ByCondition = conditions(
    &[&[
        when("Ready", "False", Degraded, Message),
        when("Ready", "True", Healthy, Message),
        whenever("Ready", Progressing, Message),
    ]],
    Progressing,
    "Waiting ...",
);
