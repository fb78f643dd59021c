//! Sealed secrets: healthy once decrypted.

use super::by_condition::{ByCondition, conditions, when};
use super::check::Check;
use super::says::Says::Message;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "SealedSecret").then_some(Check::Conditions(SEALED_SECRET))
}

const SEALED_SECRET: ByCondition = conditions(
    &[&[
        when("Synced", "False", Degraded, Message),
        when("Synced", "True", Healthy, Message),
    ]],
    Progressing,
    "Waiting for Sealed Secret to be decrypted",
);
