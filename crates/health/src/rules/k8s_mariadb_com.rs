//! MariaDB: servers and what is in them.

use super::check::Check;
use super::field::{Field, Stumble, joined};
use super::verdict::Verdict;
use crate::status::HealthStatus::{self, Degraded, Healthy, Progressing};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "Database" | "Grant" | "User" => content,
        "MariaDB" => server,
        "Backup" => backup,
        "SqlJob" => job,
        _ => return None,
    }))
}

const NOTHING_KNOWN: &str = "No status info available";

/// `Ready` decides; before it comes, the last condition has the word.
fn content(object: Field<'_>) -> Verdict {
    let mut message = NOTHING_KNOWN.into();
    for condition in object.items_at("status.conditions")? {
        message = condition.get("message")?;
        if condition.get("type")?.is("Ready") {
            let ready = condition.get("status")?.is("True");
            return if ready { Healthy } else { Degraded }.says(message);
        }
    }
    Progressing.says(message)
}

/// Nothing may be false.
pub fn server(object: Field<'_>) -> Verdict {
    let conditions = object.find("status.conditions")?;
    if !conditions.is_set() {
        return Progressing.says(NOTHING_KNOWN);
    }
    let mut message = Field::Absent;
    for condition in conditions.items()? {
        message = condition.get("message")?;
        if condition.get("status")?.is("False") {
            let failed = condition.get("reason")?.is("Failed");
            return if failed { Degraded } else { Progressing }.says(message);
        }
    }
    Healthy.says(message)
}

fn backup(object: Field<'_>) -> Verdict {
    let conditions = object.find("status.conditions")?;
    if !conditions.is_set() {
        return Progressing.says(NOTHING_KNOWN);
    }
    last_word(conditions, Healthy, Field::Absent, |condition| {
        let reason = condition.get("reason")?;
        let failed = reason.is("CronJobScheduled") && condition.get("message")?.is("Failed");
        let status = if failed { Degraded } else { Progressing };
        Ok(condition.get("status")?.is("False").then_some(status))
    })
}

fn job(object: Field<'_>) -> Verdict {
    let conditions = object.find("status.conditions")?;
    if !conditions.is_set() {
        return Progressing.says(NOTHING_KNOWN);
    }
    last_word(conditions, Progressing, NOTHING_KNOWN.into(), |condition| {
        let is_true = condition.get("status")?.is("True");
        Ok(match condition.get("reason")? {
            Field::Text("JobComplete") if is_true => Some(Healthy),
            Field::Text("JobFailed") if is_true => Some(Degraded),
            _ => None,
        })
    })
}

type Decision = Result<Option<HealthStatus>, Stumble>;

/// The first condition that decides, or the last one if none does, by reason and message.
fn last_word<'a>(
    conditions: Field<'a>,
    otherwise: HealthStatus,
    message: Field<'a>,
    decide: fn(Field<'a>) -> Decision,
) -> Verdict {
    let mut said = None;
    for condition in conditions.items()? {
        let words = [
            condition.get("reason")?,
            " ".into(),
            condition.get("message")?,
        ];
        let words = joined(&words)?;
        if let Some(status) = decide(condition)? {
            return Ok(Some(status.because(words)));
        }
        said = Some(words);
    }
    match said {
        Some(words) => Ok(Some(otherwise.because(words))),
        None => otherwise.says(message),
    }
}
