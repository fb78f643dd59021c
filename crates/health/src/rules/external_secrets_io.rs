//! External secrets: stores of secrets, and what is brought from them and to them.

use super::by_condition::ready;
use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    Some(match kind {
        "ClusterExternalSecret" => Check::Code(cluster_external_secret),
        "ClusterSecretStore" => Check::Conditions(ready("Waiting for ClusterSecretStore")),
        "ExternalSecret" => Check::Conditions(ready("Waiting for ExternalSecret")),
        "PushSecret" => Check::Conditions(ready("Waiting for PushSecret")),
        "SecretStore" => Check::Conditions(ready("Waiting for SecretStore")),
        _ => return None,
    })
}

/// Its newest condition stands last and decides alone; there has to be one.
fn cluster_external_secret(object: Field<'_>) -> Verdict {
    let conditions = object.find("status.conditions")?;
    if conditions.is_set() {
        let last = conditions.items()?.next_back().unwrap_or(Field::Absent);
        let (kind, message) = (last.get("type")?, last.get("message")?);
        if last.get("status")?.is("True") {
            match kind {
                Field::Text("Ready") => return Healthy.says(message),
                Field::Text("PartiallyReady" | "NotReady") => return Degraded.says(message),
                _ => {}
            }
        }
    }
    Progressing.says("Waiting for ClusterExternalSecret")
}
