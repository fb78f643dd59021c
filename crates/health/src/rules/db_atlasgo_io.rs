//! Atlas: schemas of databases and their migrations.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "AtlasMigration" => |object| judge(object, "reason", &["Reconciling"]),
        "AtlasSchema" => |object| judge(object, "message", &["Reconciling", "GettingDevDB"]),
        _ => return None,
    }))
}

/// The first condition that tells of readiness decides, in the words of its reason. One that is not
/// ready yet shows by these words in that field that it is still at work.
fn judge(object: Field<'_>, field: &str, at_work: &[&str]) -> Verdict {
    let ready = first_ready(object)?;
    if !ready.is_set() {
        return Progressing.says("Waiting for Atlas Operator");
    }
    let status = if ready.get("status")?.is("True") {
        Healthy
    } else if ready.get(field)?.is_one_of(at_work) {
        Progressing
    } else {
        Degraded
    };
    status.says(ready.get("reason")?)
}

fn first_ready(object: Field<'_>) -> Result<Field<'_>, Stumble> {
    let conditions = object.find("status.conditions")?;
    if conditions.is_set() {
        for condition in conditions.items()? {
            if condition.get("type")?.is("Ready") {
                return Ok(condition);
            }
        }
    }
    Ok(Field::Absent)
}
