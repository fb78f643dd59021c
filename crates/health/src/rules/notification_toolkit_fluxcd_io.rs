//! Flux: receivers of webhooks.

use super::check::Check;
use super::flux::{Flux, READY};
use crate::status::HealthStatus::Degraded;

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Receiver").then_some(Check::Code(|object| RECEIVER.judge(object)))
}

const RECEIVER: Flux = Flux {
    at_work: "False",
    then: Degraded,
    ..READY
};
