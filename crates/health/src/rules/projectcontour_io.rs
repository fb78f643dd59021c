//! Contour: ways into a cluster.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "ExtensionService" => extension_service,
        "HTTPProxy" => http_proxy,
        _ => return None,
    }))
}

const WAITING: &str = "Waiting for status";

fn extension_service(object: Field<'_>) -> Verdict {
    for condition in current(object)? {
        let condition = condition?;
        if condition.get("type")?.is("Valid") {
            match condition.get("status")? {
                Field::Text("True") => return Healthy.says(condition.get("message")?),
                Field::Text("False") => return Degraded.says(condition.get("message")?),
                _ => {}
            }
        }
    }
    Progressing.says(WAITING)
}

/// Proxies that include each other wait for each other, so one that includes others cannot be
/// judged.
fn http_proxy(object: Field<'_>) -> Verdict {
    for condition in current(object)? {
        let condition = condition?;
        let valid = condition.get("type")?.is("Valid");
        let status = condition.get("status")?;
        if valid && status.is("True") {
            return Healthy.says(object.find("status.description")?);
        }
        let includes = object.get("spec")?.get("includes")?.is_set();
        if includes && status.is("False") {
            return Healthy.says("HTTPProxy inclusions cannot be health checked");
        }
        if valid && status.is("False") {
            return Degraded.says(object.find("status.description")?);
        }
    }
    let judged = object.reach("status.conditions")?.is_set();
    if !judged && object.reach("status.currentStatus")?.is_set() {
        return Progressing.says(object.find("status.description")?);
    }
    Progressing.says(WAITING)
}

type Seen<'a> = Result<Field<'a>, Stumble>;

/// The conditions that are about the object as it is now.
fn current<'a>(object: Field<'a>) -> Result<impl Iterator<Item = Seen<'a>>, Stumble> {
    let conditions = object.reach("status.conditions")?;
    let items = match conditions {
        Field::Absent => None,
        _ => Some(conditions.items()?),
    };
    let is_current = move |condition: Field<'a>| {
        let wanted = object.get("metadata")?.get("generation")?;
        Ok(wanted == condition.get("observedGeneration")?)
    };
    Ok(items
        .into_iter()
        .flatten()
        .filter_map(move |it| match is_current(it) {
            Ok(current) => current.then_some(Ok(it)),
            Err(stumble) => Some(Err(stumble)),
        }))
}
