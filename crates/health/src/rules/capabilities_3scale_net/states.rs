//! Kinds of 3scale that also have a state or an id which counts.

use super::tables::DEVELOPER_USER;
use crate::rules::field::{Field, Stumble};
use crate::rules::says::Says::MessageOr;
use crate::rules::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Suspended};

pub fn developer_user(user: Field<'_>) -> Verdict {
    match user.find("status.developerUserState")?.is("suspended") {
        true => Suspended.says("3scale Developer user is waiting for admin approval"),
        false => DEVELOPER_USER.judge(user),
    }
}

fn has_id(object: Field<'_>, path: &str) -> Result<bool, Stumble> {
    Ok(matches!(object.find(path)?, Field::Number(id) if id > 0.0))
}

/// An application that has an id was ready once and may become so again.
pub fn application(application: Field<'_>) -> Verdict {
    if application.find("status.state")?.is("suspended") {
        return Suspended.says("3scale Application is suspended");
    }
    let (conditions, known) = (
        application.find("status.conditions")?,
        has_id(application, "status.adminId")?,
    );
    if conditions.is_set() {
        for condition in conditions.items()? {
            if !condition.get("type")?.is("Ready") {
                continue;
            }
            if condition.get("status")?.is("True") {
                return Healthy.says("3scale Application is ready");
            }
            if !known {
                let words = MessageOr("3scale Application is not ready");
                return words.about(Degraded, condition, Field::Absent);
            }
        }
    }
    Progressing.says("Waiting for 3scale Application status...")
}

pub fn tenant(tenant: Field<'_>) -> Verdict {
    let conditions = tenant.find("status.conditions")?;
    if conditions.is_set() {
        let ready = first_ready(conditions, true)?.is_some();
        let known = has_id(tenant, "status.tenantId")? && has_id(tenant, "status.adminId")?;
        if ready && known {
            return Healthy.says("3scale Tenant is ready");
        }
        if let Some(condition) = first_ready(conditions, false)? {
            let words = MessageOr("3scale Tenant is degraded");
            return words.about(Degraded, condition, Field::Absent);
        }
    }
    Progressing.says("Waiting for 3scale Tenant status...")
}

/// The first condition that tells whether it is ready, and tells this.
fn first_ready(conditions: Field<'_>, ready: bool) -> Result<Option<Field<'_>>, Stumble> {
    for condition in conditions.items()? {
        let tells = condition.get("type")?.is("Ready");
        if tells && condition.get("status")?.is("True") == ready {
            return Ok(Some(condition));
        }
    }
    Ok(None)
}
