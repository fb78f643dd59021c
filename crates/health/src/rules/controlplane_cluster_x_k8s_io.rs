//! Cluster API: control planes that AWS manages.

use super::check::Check;
use super::field::{Field, joined};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "AWSManagedControlPlane").then_some(Check::Code(control_plane))
}

/// Being ready outweighs every error that was met before it in the list.
fn control_plane(object: Field<'_>) -> Verdict {
    let conditions = object.find("status.conditions")?;
    if !conditions.is_set() {
        return Progressing.says("Provisioning...");
    }
    let mut errors = None;
    for condition in conditions.items()? {
        let (kind, status) = (condition.get("type")?, condition.get("status")?);
        if kind.is("Ready") && status.is("True") {
            return Healthy.says("Control plane is ready");
        }
        if status.is("False") && condition.get("severity")?.is("Error") {
            let message = joined(&[condition.get("message")?, " ".into()])?;
            errors.get_or_insert_with(String::new).push_str(&message);
        }
    }
    if let Some(errors) = errors {
        return Degraded.says(errors.as_str());
    }
    match object.find("status.ready")? {
        Field::Flag(false) => {
            Progressing.says("Control plane is not ready (.status.ready is false)")
        }
        _ => Progressing.says("Control plane is not ready"),
    }
}
