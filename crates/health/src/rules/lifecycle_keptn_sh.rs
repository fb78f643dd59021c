//! Keptn: the life of a deployment.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "KeptnAppVersion" | "KeptnTask" | "KeptnWorkloadInstance" | "KeptnWorkloadVersion" => {
            |object| judge(object, "status")
        }
        "KeptnEvaluation" => |object| judge(object, "overallStatus"),
        _ => return None,
    }))
}

fn judge(object: Field<'_>, field: &str) -> Verdict {
    let kind = object.get("kind")?;
    match object.get("status")?.get(field)? {
        Field::Text("Succeeded") => Healthy.says_all(&[kind, " is healthy".into()]),
        Field::Text("Failed") => Degraded.says_all(&[kind, " is degraded".into()]),
        _ => Progressing.says_all(&[kind, " is progressing".into()]),
    }
}
