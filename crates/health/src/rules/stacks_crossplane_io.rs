//! Crossplane: stacks, as its early versions had them.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "ClusterStackInstall").then_some(Check::Code(install))
}

fn install(object: Field<'_>) -> Verdict {
    let mut message = "Waiting for stack to be installed".into();
    for condition in object.items_at("status.conditionedStatus.conditions")? {
        if condition.get("type")?.is("Ready") {
            message = condition.get("reason")?;
            if condition.get("status")?.is("True") {
                return Healthy.says(message);
            }
        }
    }
    Progressing.says(message)
}
