//! Proclaim: services told by DNS.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "DNSSDServiceInstance").then_some(Check::Code(instance))
}

fn instance(object: Field<'_>) -> Verdict {
    // A condition that is not there has no field, as text has none.
    let none = Field::Text("");
    let (mut adopted, mut advertised, mut discovered) = (none, none, none);
    for condition in object.items_at("status.conditions")? {
        match condition.get("type")? {
            Field::Text("Adopted") => adopted = condition,
            Field::Text("Advertised") => advertised = condition,
            Field::Text("Discoverable") => discovered = condition,
            _ => {}
        }
    }
    let failures = ["AdvertiseError", "UnadvertiseError"];
    if adopted.get("status")?.is("False") {
        Degraded.says(adopted.get("message")?)
    } else if advertised.get("reason")?.is_one_of(&failures) {
        Degraded.says(advertised.get("message")?)
    } else if discovered.get("reason")?.is("DiscoveryError") {
        Unknown.says(discovered.get("message")?)
    } else if discovered.get("status")?.is("True") {
        Healthy.says(discovered.get("message")?)
    } else {
        Progressing.says(discovered.get("message")?)
    }
}
