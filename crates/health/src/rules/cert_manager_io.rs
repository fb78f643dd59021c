//! cert-manager: certificates and their issuers.

use super::by_condition::{Sign, conditions, ready, when};
use super::check::Check;
use super::says::Says::Message;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Conditions(match kind {
        "Certificate" => conditions(&[ISSUING, READY], Progressing, "Waiting for certificate"),
        "ClusterIssuer" => ready("Initializing ClusterIssuer"),
        "Issuer" => ready("Initializing issuer"),
        _ => return None,
    }))
}

/// A certificate that is being renewed is not ready yet, even if the old one still is.
const ISSUING: &[Sign] = &[when("Issuing", "True", Progressing, Message)];
const READY: &[Sign] = &[
    when("Ready", "False", Degraded, Message),
    when("Ready", "True", Healthy, Message),
];
