//! Grafana's operator: instances, and what is shown in them.

use super::check::Check;
use super::field::{Field, Stumble};
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "Grafana" => grafana,
        "GrafanaDashboard" | "GrafanaFolder" => shown,
        "GrafanaDatasource" => data_source,
        _ => return None,
    }))
}

fn grafana(object: Field<'_>) -> Verdict {
    let result = object.find("status.stageStatus")?;
    if !result.is_set() {
        return Progressing.says("Waiting for Grafana status info");
    }
    let stage = object.find("status.stage")?;
    if result.is("failed") {
        Degraded.says_all(&["Failed at stage ".into(), stage])
    } else if stage.is("complete") && result.is("success") {
        Healthy.says("")
    } else {
        Progressing.says(stage)
    }
}

fn data_source(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    if !status.is_set() || status.get("uid")?.is("") {
        Progressing.says("")
    } else if status.get("NoMatchingInstances")?.is_truthy() {
        Degraded.says("can't find matching grafana instance")
    } else {
        Healthy.says("")
    }
}

/// All that is said up to the first condition that is not met.
fn shown(object: Field<'_>) -> Verdict {
    let conditions = object.find("status.conditions")?;
    let (mut health, mut message) = (Progressing, String::new());
    if conditions.is_set() {
        for condition in conditions.items()? {
            let status = condition.get("status")?;
            if !status.is_set() {
                continue;
            }
            if !message.is_empty() {
                message.push_str(", ");
            }
            describe(condition, &mut message)?;
            match status {
                Field::Text("False") => return Degraded.says(message.as_str()),
                Field::Text("True") => health = Healthy,
                _ => {}
            }
        }
    }
    health.says(message.as_str())
}

/// "Reason for Type because message", as far as each is told.
fn describe(condition: Field<'_>, message: &mut String) -> Result<(), Stumble> {
    for (before, name) in [("", "reason"), (" for ", "type"), (" because ", "message")] {
        let words = condition.get(name)?;
        if !words.is_set() {
            break;
        }
        message.push_str(before);
        message.push_str(&words.piece()?);
    }
    Ok(())
}
