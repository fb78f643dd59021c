//! OpenShift: clusters of storage.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{self, Degraded, Healthy, Progressing, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "StorageCluster").then_some(Check::Code(cluster))
}

/// From the one that counts most to the one that counts least.
const SIGNS: [(&str, HealthStatus); 3] = [
    ("Degraded", Degraded),
    ("Progressing", Progressing),
    ("Available", Healthy),
];

fn cluster(object: Field<'_>) -> Verdict {
    let mut messages = [None; SIGNS.len()];
    let conditions = object.find("status.conditions")?;
    if conditions.is_set() {
        for condition in conditions.values()? {
            let kind = condition.get("type")?;
            let is_true = condition.get("status")?.is("True");
            for ((sign, _), message) in SIGNS.iter().zip(&mut messages) {
                if is_true && kind.is(sign) {
                    *message = Some(condition.get("message")?);
                }
            }
        }
    }
    for ((_, status), message) in SIGNS.iter().zip(messages) {
        if let Some(message) = message {
            return status.says(message);
        }
    }
    Unknown.says("StorageCluster is in an unknown state.")
}
