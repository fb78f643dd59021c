//! iam-manager: roles at AWS for service accounts.

use super::check::Check;
use super::field::{Field, Stumble, joined};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Iamrole").then_some(Check::Code(role))
}

const FAILURES: &[&str] = &[
    "Error",
    "RolesMaxLimitReached",
    "PolicyNotAllowed",
    "RoleNameNotAvailable",
];

fn role(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    let state = object.find("status.state")?;
    if state.is("Ready") {
        return Healthy.says(identity(status, "Role '", "' exists with ARN '")?.as_str());
    }
    if state.is_one_of(FAILURES) {
        return Degraded.says(failure(status)?.as_str());
    }
    Progressing.says("Waiting for Iamrole to be reconciled")
}

fn identity(status: Field<'_>, before: &str, between: &str) -> Result<String, Stumble> {
    let told = |name| Ok(status.get(name)?.or("<none>"));
    joined(&[
        before.into(),
        told("roleName")?,
        between.into(),
        told("roleARN")?,
        "' and ID '".into(),
        told("roleID")?,
        "'.".into(),
    ])
}

fn failure(status: Field<'_>) -> Result<String, Stumble> {
    let mut message = "Failed to reconcile the Iamrole ".to_owned();
    let retries = status.get("retryCount")?;
    if retries.is_set() && Field::Number(0.0).is_less_than(retries)? {
        message += &joined(&["(retry ".into(), retries, ") ".into()])?;
    }
    message += &identity(status, "for role '", "' with ARN '")?;
    let error = status.get("errorDescription")?;
    if error.is_set() {
        message += &joined(&[" Reconciliation error was: ".into(), error])?;
    }
    Ok(message)
}
