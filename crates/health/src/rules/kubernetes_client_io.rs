//! External secrets of the first generation.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "ExternalSecret").then_some(Check::Code(external_secret))
}

fn external_secret(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    if !status.is_set() {
        return Progressing.says("Waiting for ExternalSecret.");
    }
    match status.get("status")?.text()? {
        "SUCCESS" => Healthy.says("Fetched ExternalSecret."),
        error if error.starts_with("ERROR") => Degraded.says(error.replace("ERROR, ", "").as_str()),
        _ => Progressing.says("Waiting for ExternalSecret."),
    }
}
