//! KEDA: scaling by events.

use super::check::Check;
use super::field::Field;
use super::verdict::Verdict;
use crate::status::HealthStatus::{self, Degraded, Healthy, Progressing, Suspended};

pub fn check(kind: &str) -> Option<Check> {
    Some(Check::Code(match kind {
        "ScaledJob" => |object| judge(object, JOB, "Waiting for ScaledJob"),
        "ScaledObject" => |object| judge(object, OBJECT, "Creating HorizontalPodAutoscaler Object"),
        _ => return None,
    }))
}

/// Type and status of a condition, and what it speaks for.
type Sign = (&'static str, &'static str, HealthStatus);

const JOB: &[Sign] = &[
    ("Ready", "False", Degraded),
    ("Ready", "Unknown", Degraded),
    ("Ready", "True", Healthy),
    ("Paused", "True", Suspended),
];
const OBJECT: &[Sign] = &[
    ("Ready", "False", Degraded),
    ("Fallback", "True", Degraded),
    ("Ready", "True", Healthy),
    ("Paused", "True", Suspended),
];

/// The worst word counts, and the last message; only what is ready can rest.
fn judge(object: Field<'_>, signs: &[Sign], waiting: &str) -> Verdict {
    let (mut degraded, mut ready, mut paused) = (false, false, false);
    let mut message = Field::Absent;
    for condition in object.items_at("status.conditions")? {
        let kind = condition.get("type")?;
        let status = condition.get("status")?;
        let mut signs = signs.iter();
        let sign = signs.find(|(name, value, _)| kind.is(name) && status.is(value));
        if let Some((.., meaning)) = sign {
            message = condition.get("message")?;
            degraded |= *meaning == Degraded;
            ready |= *meaning == Healthy;
            paused |= *meaning == Suspended;
        }
    }
    match (degraded, ready, paused) {
        (true, ..) => Degraded.says(message),
        (_, true, false) => Healthy.says(message),
        (_, true, true) => Suspended.says(message),
        _ => Progressing.says(waiting),
    }
}
