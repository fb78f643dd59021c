//! Flagger: canaries. The message tells the weight, then all that the conditions say.

use super::check::Check;
use super::field::{Field, Stumble, joined};
use super::number;
use super::verdict::Verdict;
use crate::status::HealthStatus::{Degraded, Healthy, Progressing, Unknown};

pub fn check(kind: &str) -> Option<Check> {
    (kind == "Canary").then_some(Check::Code(canary))
}

const BETWEEN: &str = " --- ";

fn canary(object: Field<'_>) -> Verdict {
    let status = object.get("status")?;
    if !status.is_set() {
        return Unknown.says("No status");
    }
    let message = message(status)?;
    let phase = status.get("phase")?;
    let health = match phase {
        Field::Text("Failed") => Degraded,
        Field::Text("Progressing" | "Finalising" | "Promoting") => Progressing,
        Field::Text("Succeeded" | "Initialized") => Healthy,
        _ => Unknown,
    };
    health.says_all(&[phase, BETWEEN.into(), message.as_str().into()])
}

fn message(status: Field<'_>) -> Result<String, Stumble> {
    let weight = status.get("canaryWeight")?;
    let mut message = match Field::Number(0.0).is_less_than(as_number(weight))? {
        true => joined(&["Canary Weight: ".into(), weight, " %".into()])?,
        false => String::new(),
    };
    for condition in status.get("conditions")?.items()? {
        if !message.is_empty() {
            message.push_str(BETWEEN);
        }
        message.push_str(&condition.get("message")?.piece()?);
    }
    Ok(message)
}

fn as_number(weight: Field<'_>) -> Field<'_> {
    match weight {
        Field::Number(_) => weight,
        Field::Text(text) => number::asked_for(text).map_or(Field::Absent, Field::Number),
        _ => Field::Absent,
    }
}
