//! Google's certificates.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "ManagedCertificate").then_some(Check::Code(certificate))
}

fn certificate(object: Field<'_>) -> Verdict {
    for domain in object.items_at("status.domainStatus")? {
        if domain.get("status")?.is("FailedNotVisible") {
            return Degraded.says("At least one certificate has failed to be provisioned");
        }
    }
    if object.find("status.certificateStatus")?.is("Active") {
        return Healthy.says("All certificates are active");
    }
    Progressing.says("At least one certificate is still being provisioned")
}
